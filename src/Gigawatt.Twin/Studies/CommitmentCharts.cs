using Gigawatt.Numerics;
using Gigawatt.Power.Commitment;

namespace Gigawatt.Studies;

/// <summary>Tables and pictures of a schedule.</summary>
internal static class CommitmentCharts
{
    private const int MostHours = 336;
    private static readonly string[] Families = ["electricity", "fuel", "heat", "water", "gpu", "neutral"];

    public static IReadOnlyList<StudyTable> Tables(CommitmentProblem problem, CommitmentSchedule schedule, CommitmentStudyAnswer data)
    {
        List<StudyTable> tables =
        [
            StudyTable.Of("Units", ["Unit", "Hours on", "Starts", "Energy, MWh", "Cost, USD"],
                data.Units.Select(unit => new object?[] { unit.Name, unit.Hours, unit.Starts, unit.EnergyMwh, unit.CostUsd })),
        ];
        if (schedule.Hours <= 168)
        {
            tables.Add(StudyTable.Of("Hours", ["Hour", "Load, MW", "Units on", "Import, MW", "Battery, MW", "Unserved, MW", "Margin, MW", "Price, USD/MWh"],
                Enumerable.Range(0, schedule.Hours).Select(t => new object?[]
                {
                    t, problem.LoadMw[t], Enumerable.Range(0, schedule.UnitCount).Count(i => schedule.On(i, t)), schedule.ImportMw[t], schedule.BatteryMw[t],
                    schedule.UnservedMw[t], schedule.CapacityMw[t] - schedule.NeedMw[t], schedule.PriceUsdPerMwh[t],
                })));
        }
        if (data.Shortfall.Count > 0)
        {
            tables.Add(StudyTable.Of("Shortfall", ["What is done", "Energy, MWh", "Hours"], data.Shortfall.Select(rung => new object?[] { rung.Name, rung.EnergyMwh, rung.Hours })));
        }
        return tables;
    }

    public static IReadOnlyList<StudyChart> Charts(CommitmentProblem problem, CommitmentSchedule schedule, CommitmentStudyAnswer data, string[] names)
    {
        int hours = Math.Min(schedule.Hours, MostHours);
        double[] x = [.. Enumerable.Range(0, hours).Select(t => (double)t)];
        string span = hours < schedule.Hours ? $"The first {hours} of {schedule.Hours} hours. " : "";
        double least = schedule.PriceUsdPerMwh.Min(), most = schedule.PriceUsdPerMwh.Max();
        return
        [
            new StudyChart
            {
                Title = data.UnservedMwh > 1e-6
                    ? $"{Figures.Number(data.UnservedMwh, 4)} MWh of load find no supply."
                    : $"Supply meets every hour; the least margin over load and reserve is {Figures.Number(Math.Max(0, data.LeastMarginMw))} MW.",
                Caption = span + "Output of the units, stacked; one value an hour, joined; load is the line, load with reserve the dashed one.",
                X = new ChartAxis("Hour"),
                Y = new ChartAxis("Power", "MW"),
                Series = [.. Supply(problem, schedule, hours, x), new ChartSeries("load", SeriesStyle.Line, x, [.. problem.LoadMw.Take(hours)], "gpu"),
                    new ChartSeries("load and reserve", SeriesStyle.Dashed, x, [.. schedule.NeedMw.Take(hours)], "neutral")],
            },
            new StudyChart
            {
                Title = $"{data.Units.Sum(unit => unit.Starts)} starts in {schedule.Hours} hours; {data.Units.Count(unit => unit.Hours == schedule.Hours)} of {names.Length} units never stop.",
                Caption = span + "One line a kind of unit: as many steps above its base as units run.",
                X = new ChartAxis("Hour"),
                Y = new ChartAxis("Units on, kinds above each other"),
                Series = [.. OnMap(problem, schedule, hours, x)],
            },
            new StudyChart
            {
                Title = most - least < 1e-9 ? $"One more megawatt-hour costs {Figures.Number(most, 4)} USD." : $"One more megawatt-hour costs {Figures.Number(least, 4)} to {Figures.Number(most, 4)} USD.",
                Caption = span + "Marginal cost of the dispatch of running units; no-load and starts are not in it.",
                X = new ChartAxis("Hour"),
                Y = new ChartAxis("Price", "USD/MWh"),
                Series = [new ChartSeries("price", SeriesStyle.Step, x, [.. schedule.PriceUsdPerMwh.Take(hours)], "money")],
            },
        ];
    }

    private static IEnumerable<ChartSeries> Supply(CommitmentProblem problem, CommitmentSchedule schedule, int hours, double[] x)
    {
        int first = 0;
        for (int g = 0; g < problem.Units.Count; g++)
        {
            CommittableUnit unit = problem.Units[g];
            int from = first;
            yield return new ChartSeries(unit.Name, SeriesStyle.Area, x,
                [.. Enumerable.Range(0, hours).Select(t => Enumerable.Range(from, unit.Count).Sum(i => schedule.Mw(i, t)))], Families[g % Families.Length]);
            first += unit.Count;
        }
        if (problem.Import is not null) { yield return new ChartSeries("import", SeriesStyle.Area, x, [.. schedule.ImportMw.Take(hours)], "neutral"); }
        if (problem.Battery is not null) { yield return new ChartSeries("battery", SeriesStyle.Area, x, [.. schedule.BatteryMw.Take(hours).Select(mw => Math.Max(0, mw))], "water"); }
        if (schedule.UnservedMwh > 1e-6) { yield return new ChartSeries("unserved", SeriesStyle.Area, x, [.. schedule.UnservedMw.Take(hours)], "heat"); }
    }

    private static IEnumerable<ChartSeries> OnMap(CommitmentProblem problem, CommitmentSchedule schedule, int hours, double[] x)
    {
        int first = 0;
        double floor = 0;
        for (int g = 0; g < problem.Units.Count; g++)
        {
            CommittableUnit unit = problem.Units[g];
            (int from, double above) = (first, floor);
            yield return new ChartSeries(unit.Name, SeriesStyle.Step, x,
                [.. Enumerable.Range(0, hours).Select(t => above + 0.8 * Enumerable.Range(from, unit.Count).Count(i => schedule.On(i, t)))], Families[g % Families.Length]);
            first += unit.Count;
            floor += unit.Count;
        }
    }
}
