using Gigawatt.Scenarios;
using Gigawatt.Simulation;

namespace Gigawatt.Reports;

/// <summary>Who supplied the load, day by day.</summary>
/// <remarks>Shares are of what came from outside the batteries, which only give back what they took.</remarks>
internal static class DispatchChart
{
    /// <summary>The chart's data.</summary>
    public static DispatchData Build(ReportInput input)
    {
        RunResult run = input.Run;
        PowerSection power = run.Scenario.Power;
        List<Series> supply = [];
        void Add(bool isModelled, string key, string label, string family, Func<DayRecord, double> valueMw)
        {
            if (isModelled) { supply.Add(new Series(key, label, family, run.Days.Select(day => Readable.Cut(valueMw(day))).ToArray())); }
        }
        Add(power.GasTurbines.Count > 0, "generation", "Generating units", "fuel", day => day.GenerationMw);
        Add(power.Grid.Count > 0, "grid", "Grid import", "electricity", day => day.GridMw);
        Add(power.Batteries.Count > 0, "discharge", "Batteries discharging", "electricity", day => day.DischargeMw);
        const string Caption =
            "Daily mean MW at the terminals of units, grid tie and batteries. The line is the load that was asked for: halls, cooling, house and "
            + "step-down losses. What supply gives above it goes into batteries, step-up transformers, lines and load banks; "
            + "where the line stands above supply, load was not served. A mean over a day hides minutes.";
        return new DispatchData(
            Title(run), Caption + EvidenceMix.Sources(input, "power"), run.Days.Select(day => Readable.Iso(day.Day)).ToArray(), supply,
            run.Days.Select(day => Readable.Fixed(day.FacilityMw + day.ShortfallMw)).ToArray());
    }

    /// <summary>The finding.</summary>
    public static string Title(RunResult run)
    {
        PowerSection power = run.Scenario.Power;
        if (power.GasTurbines.Count == 0 && power.Grid.Count == 0)
        {
            string missing = power.Batteries.Count == 0 ? "The scenario models no power plant and no grid" : "The scenario has batteries but nothing to charge them";
            return run.Headline.UnservedMwh > 0
                ? $"{missing}, so {Readable.Energy(run.Headline.UnservedMwh)} that were asked for were not served"
                : $"{missing}, so power is not part of this run";
        }
        double generationMwh = 24 * run.Days.Sum(day => day.GenerationMw);
        double gridMwh = 24 * run.Days.Sum(day => day.GridMw);
        double allMwh = generationMwh + gridMwh;
        if (allMwh <= 0) { return run.Days.Count == 0 ? "The run ended before its first day did" : "Neither units nor grid supplied anything in this run"; }
        string who = power.Grid.Count == 0 ? $"Units on site supply all {Readable.Energy(generationMwh)} without a grid tie"
            : power.GasTurbines.Count == 0 ? $"The grid supplies all {Readable.Energy(gridMwh)} without units on site"
            : $"Units on site supply {Readable.Percent(generationMwh / allMwh)} of {Readable.Energy(allMwh)}, the grid {Readable.Percent(gridMwh / allMwh)}";
        return who + Unserved(run);
    }

    private static string Unserved(RunResult run)
    {
        int days = run.Days.Count(day => day.ShortfallMw > 0);
        return run.Headline.UnservedMwh > 0 && days > 0
            ? $"; {Readable.Energy(run.Headline.UnservedMwh)} were not served, on {Readable.Counted(days, "day")}"
            : ", and every load was served";
    }
}
