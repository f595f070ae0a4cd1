using Gigawatt.Numerics;
using Gigawatt.Power.Networks;

namespace Gigawatt.Studies;

/// <summary>Input of the topology study: what stands between source and load, and how it may be doubled.</summary>
public sealed record TopologyInput
{
    /// <summary>Name of the campus or hall.</summary>
    public string Name { get; init; } = "power path";

    /// <summary>Kinds of component with their failures.</summary>
    public required IReadOnlyList<GridComponentSpec> Components { get; init; }

    /// <summary>One path from source to load, part behind part.</summary>
    public required IReadOnlyList<PathPartSpec> Path { get; init; }

    /// <summary>What closes on demand in a ring with tie, or transfers in block redundancy.</summary>
    [RefersTo("components")]
    public required string Tie { get; init; }

    /// <summary>Topologies to compare; absent: all that are known.</summary>
    public IReadOnlyList<string> Topologies { get; init; } = [];

    /// <summary>Paths that carry the load.</summary>
    [Default(Grade.E, "assumption: four blocks")]
    public int Needed { get; init => field = Check.AtLeastOne(value); } = 4;

    /// <summary>Share β of a path's unavailability that takes all paths at once: fuel, controls, weather, a mistake.</summary>
    [Default(Grade.E, "assumption: 5 %, within the usual 1 to 10 %")]
    public double CommonCauseFraction { get; init => field = Check.Fraction(value); } = 0.05;
}

/// <summary>One topology of the answer.</summary>
public sealed record TopologyAnswerRow(
    string Name, int Paths, int Needed, double BuiltPerNeeded, double LoadUnavailability, double IndependentUnavailability, double CommonCauseUnavailability,
    double CapacityUnavailability, double OutageMinutesPerYear);

/// <summary>What <c>gw study topology --json</c> prints.</summary>
public sealed record TopologyAnswer(double PathUnavailability, double TieUnavailability, double CommonCause, IReadOnlyList<TopologyAnswerRow> Topologies);

/// <summary>How available power is under each way to build redundancy: <c>gw study topology</c>.</summary>
public static class TopologyStudy
{
    private const double MinutesPerYear = 8760 * 60;

    /// <summary>The study.</summary>
    public static Study Definition { get; } = Study.Of<TopologyInput>(
        "topology", "How often is power missing under each way to build redundancy?", "studies/topology.yaml", Answer);

    private static StudyAnswer Answer(TopologyInput input)
    {
        List<CaseProblem> problems = [];
        Dictionary<string, GridComponentSpec> kinds = input.Components.ToDictionary(one => one.Name, StringComparer.Ordinal);
        if (input.Path.Count == 0) { problems.Add(new("path", "at least one component", "none")); }
        double[] rates = new double[input.Path.Count], repairs = new double[input.Path.Count];
        for (int i = 0; i < input.Path.Count; i++)
        {
            PathPartSpec part = input.Path[i];
            GridComponentSpec kind = kinds[part.Component];
            if (kind.PerLengthM is null != part.LengthM is null)
            {
                problems.Add(new($"path[{i}]", kind.PerLengthM is null ? $"no length, since failures of {kind.Name} count by the piece" : $"a length, since failures of {kind.Name} count by length",
                    part.LengthM is null ? "none" : FormattableString.Invariant($"{part.LengthM:0.##} m")));
            }
            (rates[i], repairs[i]) = (kind.FailuresPerS * part.Count * (part.LengthM ?? 1) / (kind.PerLengthM ?? 1), kind.RepairS);
        }
        for (int i = 0; i < input.Topologies.Count; i++)
        {
            if (!Topology.Names.Contains(input.Topologies[i]))
            {
                problems.Add(new($"topologies[{i}]", $"one of {string.Join(", ", Topology.Names)}", $"'{input.Topologies[i]}'{Suggestion.Phrase(input.Topologies[i], Topology.Names)}"));
            }
        }
        double u = Topology.PathFraction(rates, repairs), tie = kinds[input.Tie].FailuresPerS * kinds[input.Tie].RepairS;
        if (u >= 0.1) { problems.Add(new("path", "parts that are down less than a tenth of the time together, since rare failures are added up", Figures.Percent(u))); }
        if (problems.Count > 0) { throw new CaseException(problems); }
        IReadOnlyList<string> names = input.Topologies.Count > 0 ? input.Topologies : Topology.Names;
        TopologyAnswerRow[] rows = [.. names.Select(name => Topology.Of(name, u, tie, input.Needed, input.CommonCauseFraction)).Select(one => new TopologyAnswerRow(
            one.Name, one.Paths, one.Needed, (double)one.Paths / one.Needed, one.OutageFraction, one.LoadFraction, one.CommonFraction, one.CapacityFraction + one.CommonFraction,
            one.OutageFraction * MinutesPerYear))];
        TopologyAnswerRow best = rows.MinBy(row => row.LoadUnavailability)!;
        TopologyAnswerRow[] redundant = [.. rows.Where(row => row.CommonCauseUnavailability > 0)];
        double share = redundant.Length == 0 ? 0 : redundant.Min(row => row.CommonCauseUnavailability / row.LoadUnavailability);
        return new StudyAnswer
        {
            Subject = input.Name,
            Finding = $"One path is down {Figures.Number(u * MinutesPerYear)} min a year; {best.Name} leaves a load without power {Figures.Number(best.OutageMinutesPerYear)} min a year"
                + (redundant.Length > 0 ? $", and at least {Figures.Percent(share)} of what redundancy leaves is common cause." : "."),
            Remarks =
            [
                $"Independent failures alone would give {Figures.Number(best.IndependentUnavailability * MinutesPerYear * 60)} s a year; the β of {Figures.Percent(input.CommonCauseFraction)} decides.",
                "Capacity: share of time in which not all load can be carried; a load's own feed may still be alive.",
            ],
            Tables =
            [
                StudyTable.Of("Topologies", ["Topology", "Paths", "Needed", "Built / needed", "Load without power, min/yr", "Unavailability", "of it common cause", "Capacity short"],
                    rows.Select(row => (object?[])[row.Name, row.Paths, row.Needed, row.BuiltPerNeeded, row.OutageMinutesPerYear, row.LoadUnavailability, row.CommonCauseUnavailability, row.CapacityUnavailability])),
                StudyTable.Of("One path", ["Part", "Failures per year", "Repair, h", "Down, min/yr"], input.Path.Select((part, i) => (object?[])[
                    part.Component, rates[i] * 8760 * 3600, repairs[i] / 3600, rates[i] * repairs[i] * MinutesPerYear])),
            ],
            Charts =
            [
                new StudyChart
                {
                    Title = redundant.Length == 0
                        ? $"A load is without power {Figures.Number(best.OutageMinutesPerYear)} min a year"
                        : $"Redundancy takes {Figures.Number(u * MinutesPerYear)} min a year down to {Figures.Number(best.OutageMinutesPerYear)}; at least {Figures.Percent(share)} of that is common cause",
                    Caption = "Time one load is without power, and what of it independent failures alone would leave.",
                    X = new ChartAxis(""),
                    Y = new ChartAxis("Without power", "min/year", IsLog: true),
                    Categories = [.. rows.Select(row => row.Name)],
                    Series =
                    [
                        new ChartSeries("Independent failures alone", SeriesStyle.Point, [.. rows.Select((_, i) => (double)i)], [.. rows.Select(row => row.IndependentUnavailability * MinutesPerYear)], "neutral"),
                        new ChartSeries("With common cause", SeriesStyle.Point, [.. rows.Select((_, i) => (double)i)], [.. rows.Select(row => row.OutageMinutesPerYear)]),
                    ],
                },
            ],
            Data = new TopologyAnswer(u, tie, input.CommonCauseFraction, rows),
        };
    }
}
