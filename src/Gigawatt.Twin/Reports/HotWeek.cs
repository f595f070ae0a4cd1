using Gigawatt.Scenarios;
using Gigawatt.Simulation;
using Gigawatt.Store;

namespace Gigawatt.Reports;

/// <summary>The hottest week of the run at ten minutes: what heat, supply and load did when it was hardest.</summary>
/// <remarks>
/// The week is the window of seven days with the highest mean of daily maxima of dry-bulb temperature, among days on which racks
/// drew power; a shorter run gives its longest such window. Values are means of the recorded steps of each interval.
/// </remarks>
internal static class HotWeek
{
    private const int Week = 7;
    private const double IntervalS = 600;

    /// <summary>The chart's data; without panels when nothing was recorded or never a rack drew power.</summary>
    public static HotWeekData Build(ReportInput input)
    {
        (int first, int count) = Window(input.Run.Days);
        const string Caption = "Operation, not planning: units fail, the sun shines, jobs stop. Means of at most ten minutes of the recorded steps, site time. "
            + "Heat that could be rejected counts the cooling units in service at that moment and temperature.";
        if (count == 0) { return new HotWeekData("No racks drew power in this run, so there is no hot week to show", Caption, [], []); }
        if (input.Recorded is not { } recorded) { return new HotWeekData("The steps of this run were not kept, so its hottest week cannot be shown", Caption, [], []); }
        Intervals intervals = new(recorded, input.Run, first, count);
        return new HotWeekData(Title(input.Run, intervals, first, count), Caption, intervals.Times, Panels(input.Run.Scenario, intervals));
    }

    /// <summary>First day and length of the hottest window; length 0 when no day qualifies.</summary>
    public static (int First, int Count) Window(IReadOnlyList<DayRecord> days)
    {
        int longest = 0, live = 0;
        foreach (DayRecord day in days)
        {
            live = day.ItMw > 0 ? live + 1 : 0;
            longest = Math.Max(longest, live);
        }
        int count = Math.Min(Week, longest);
        if (count == 0) { return (0, 0); }
        int best = -1;
        double hottest = double.NegativeInfinity;
        for (int first = 0; first + count <= days.Count; first++)
        {
            double sum = 0;
            bool isLive = true;
            for (int i = first; i < first + count; i++)
            {
                sum += days[i].HighestDryBulbC;
                isLive &= days[i].ItMw > 0;
            }
            if (isLive && sum > hottest) { (hottest, best) = (sum, first); }
        }
        return (best, count);
    }

    /// <summary>The finding: what the heat took, or how much was left.</summary>
    private static string Title(RunResult run, Intervals intervals, int first, int count)
    {
        DayRecord[] days = run.Days.Skip(first).Take(count).ToArray();
        string name = count == Week ? "In the hottest week" : count == 1 ? "On the hottest day" : $"In the hottest {Readable.Counted(count, "day")}";
        string when = $"{name}, {Readable.Span(days[0].Day, days[^1].Day)} and up to {Readable.Temperature(days.Max(day => day.HighestDryBulbC))}";
        double unservedMwh = 24 * days.Sum(day => day.ShortfallMw);
        double lowestCap = days.Min(day => day.LowestCapFraction);
        if (unservedMwh > 0.1) { return $"{when}, {Readable.Energy(unservedMwh)} of load were not served"; }
        if (lowestCap < 1) { return $"{when}, GPUs were capped to {Readable.Percent(lowestCap)} of their power"; }
        double drawnMw = intervals.Of("it_power_mw").Max();
        if (!HasCooling(run.Scenario)) { return $"{when}, racks drew up to {Readable.Power(drawnMw)}"; }
        double spareMw = intervals.Of("cooling_capacity_mw").Zip(intervals.Of("heat_mw"), (could, had) => could - had).Min();
        return spareMw >= 0
            ? $"{when}, cooling kept at least {Readable.Power(spareMw)} in hand and no GPU was capped"
            : $"{when}, heat exceeded what could be rejected by up to {Readable.Power(-spareMw)}, and the loops took it up without a cap";
    }

    private static Panel[] Panels(Scenario scenario, Intervals intervals)
    {
        bool isCooled = HasCooling(scenario);
        double[] it = intervals.Of("it_power_mw"), cooling = intervals.Of("cooling_power_mw"), facility = intervals.Of("facility_power_mw");
        double[] unserved = intervals.Of("asked_power_mw").Zip(facility, (asked, served) => Math.Max(0, asked - served)).ToArray();
        Series? Unless(bool missing, string column, string label, string family) => missing ? null : Line(column, label, family, intervals.Of(column));
        Panel?[] panels =
        [
            Of("Temperature", "°C", false, Unless(false, "dry_bulb_c", "Dry-bulb", "heat"), Unless(false, "wet_bulb_c", "Wet-bulb", "water"),
                Unless(!isCooled, "supply_c", "Facility water supply", "neutral")),
            isCooled ? Of("Heat", "MW", false, Unless(false, "cooling_capacity_mw", "Could be rejected", "neutral"),
                Unless(false, "heat_mw", "Into the loops", "heat"), Unless(false, "rejected_mw", "Rejected", "water")) : null,
            Of("Supply", "MW", true, Unless(scenario.Power.GasTurbines.Count == 0, "generation_mw", "Generating units", "fuel"),
                Unless(scenario.Power.Grid.Count == 0, "grid_mw", "Grid import", "electricity"),
                Unless(scenario.Power.Batteries.Count == 0, "discharge_mw", "Batteries discharging", "electricity")),
            Of("Load", "MW", true, Line("it", "IT", "gpu", it), isCooled ? Line("cooling", "Cooling plant", "heat", cooling) : null,
                Line("other", "House, water and step-down losses", "electricity", it.Zip(cooling, (a, b) => a + b).Zip(facility, (sum, all) => Math.Max(0, all - sum)).ToArray()),
                unserved.Max() > 1e-3 ? Line("unserved", "Asked for and not served", "neutral", unserved) : null),
            scenario.Power.Batteries.Count > 0 ? Of("Charge of batteries", "MWh", false, Unless(false, "stored_mwh", "Stored", "electricity")) : null,
            Of("GPUs", "GPUs", true, Unless(false, "computing_gpus", "Computing", "gpu"), Unless(false, "stalled_gpus", "Down or checkpointing", "gpu"),
                Unless(false, "idle_gpus", "Idle", "neutral"), Unless(false, "repair_gpus", "In repair", "neutral"), Unless(false, "held_back_gpus", "Held back", "heat")),
            intervals.Of("cap_fraction").Min() < 0.9999
                ? Of("Cap on GPU power", "%", false, Line("cap", "Cap, share of full power", "heat", intervals.Of("cap_fraction").Select(cap => 100 * cap).ToArray())) : null,
            scenario.Water is not null ? Of("Water", "L/s", false, Unless(false, "reclaimed_l_per_s", "Reclaimed", "water"),
                Unless(false, "city_l_per_s", "City", "neutral"), Unless(false, "evaporation_l_per_s", "Evaporation", "heat")) : null,
        ];
        return panels.OfType<Panel>().Where(panel => panel.Series.Count > 0).ToArray();
    }

    private static Panel Of(string label, string unit, bool isStacked, params ReadOnlySpan<Series?> series) =>
        new(label, unit, isStacked, series.ToArray().OfType<Series>().ToArray());

    private static Series Line(string key, string label, string family, double[] values) =>
        new(key, label, family, values.Select(value => Readable.Cut(value, family == "gpu" || key.EndsWith("_gpus", StringComparison.Ordinal) ? 1 : 2)).ToArray());

    private static bool HasCooling(Scenario scenario) =>
        scenario.Cooling.Chillers.Count + scenario.Cooling.DryCoolers.Count + scenario.Cooling.Towers.Count > 0;

    /// <summary>Recorded columns as means of intervals within some days.</summary>
    private sealed class Intervals
    {
        private readonly RunReader recorded;
        private readonly Dictionary<string, double[]> read = new(StringComparer.Ordinal);
        private readonly int firstRow;
        private readonly int rows;
        private readonly int rowsPerInterval;

        public Intervals(RunReader recorded, RunResult run, int firstDay, int days)
        {
            this.recorded = recorded;
            firstRow = (int)Math.Round(firstDay * 86400 / run.StepS);
            rows = Math.Min((int)Math.Round(days * 86400 / run.StepS), recorded.RowCount - firstRow);
            rowsPerInterval = Math.Max(1, (int)(IntervalS / run.StepS));
            Times = new string[(rows + rowsPerInterval - 1) / rowsPerInterval];
            for (int i = 0; i < Times.Length; i++) { Times[i] = Readable.Iso(recorded.TimeOf(firstRow + i * rowsPerInterval)); }
        }

        public string[] Times { get; }

        public double[] Of(string column)
        {
            if (read.TryGetValue(column, out double[]? known)) { return known; }
            double[] values = recorded.Read(column, firstRow, rows);
            double[] means = new double[Times.Length];
            for (int i = 0; i < means.Length; i++)
            {
                int from = i * rowsPerInterval, to = Math.Min(from + rowsPerInterval, rows);
                for (int row = from; row < to; row++) { means[i] += values[row] / (to - from); }
            }
            read[column] = means;
            return means;
        }
    }
}
