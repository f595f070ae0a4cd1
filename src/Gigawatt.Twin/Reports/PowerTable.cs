using Gigawatt.Simulation;

namespace Gigawatt.Reports;

/// <summary>What units, batteries, permits on emissions, the frequency and the network went through.</summary>
internal static class PowerTable
{
    /// <summary>The tables; without rows where the campus has no such thing.</summary>
    public static PowerData Build(ReportInput input)
    {
        RunResult run = input.Run;
        string caption = run.Network is null ? ""
            : "Voltages and loadings by an AC power flow of each day's highest step of load on a one-line network derived from the scenario; one circuit of each line is lost "
            + "once a week and whenever circuits change. Ageing by IEEE C57.91 from hourly load and air, against 180,000 hours at 110 °C unless the scenario says otherwise. "
            + "Impedances and reactive limits are mostly assumptions; emissions by EPA Method 19.";
        return new PowerData(
            Title(run), caption, Units(run), Permits(run), Batteries(run), StabilityTable.Stability(run), StabilityTable.Swing(run), ShortfallTable.Build(run), Network(run));
    }

    /// <summary>The finding: what failed, is overloaded or low, and otherwise how much is left.</summary>
    public static string Title(RunResult run)
    {
        if (run.Network is not { } network || network.SolvedDays + network.FailedDays == 0) { return ""; }
        if (network.FailedDays > 0) { return $"On {Readable.Counted(network.FailedDays, "day")} the network has no steady state at its highest load, first on {Day(network.FirstFailureOn)}"; }
        NetworkExtreme line = network.Line, transformer = network.Transformer;
        NetworkExtreme most = line.Value >= transformer.Value ? line : transformer;
        if (most.Value > 1) { return $"The {Bare(most.Where)} {Verb(most.Where)} loaded to {Readable.Percent(most.Value)} of {Its(most.Where)} rating on {Day(most.On)}"; }
        if (network.LowVoltageDays > 0)
        {
            return $"Voltage falls to {Readable.Number(network.Voltage.Value)} pu at the {network.Voltage.Where} on {Day(network.Voltage.On)}, and is low on {Readable.Counted(network.LowVoltageDays, "day")}";
        }
        return $"No line or transformer passes {Readable.Percent(most.Value)} of its rating, and no voltage falls below {Readable.Number(network.Voltage.Value)} pu";
    }

    /// <summary>Generating groups, in merit order.</summary>
    public static IReadOnlyList<UnitRow> Units(RunResult run) => [.. run.Units.Where(unit => unit.Units > 0).Select(unit => new UnitRow(
        unit.Name, unit.Units, unit.Starts, unit.FailedStarts, unit.Maintenance, unit.RunningUnitHours, unit.OutageUnitHours, unit.EnergyMwh, unit.FuelMwh,
        unit.NoxKg / 1000, unit.Co2Kg / 1000))];

    /// <summary>Permits under which units emitted.</summary>
    public static IReadOnlyList<PermitRow> Permits(RunResult run) => [.. run.Emissions.Where(permit => permit.Co2Kg > 0).Select(permit => new PermitRow(
        permit.Permit, permit.NoxKg / 1000, permit.HighestNoxKg / 1000, permit.NoxCapKg / 1000, permit.Co2Kg / 1000, permit.HighestCo2Kg / 1000, permit.Co2CapKg / 1000,
        permit.FirstOver is { } over ? Readable.Iso(over) : ""))];

    /// <summary>Battery groups.</summary>
    public static IReadOnlyList<BatteryRow> Batteries(RunResult run) => [.. run.Batteries.Select(battery => new BatteryRow(
        battery.Name, battery.ThroughputMwh, battery.FullCyclesRatio, battery.WorstDepthFraction, battery.LowestCapacityFraction, battery.HighestCapacityFraction))];

    /// <summary>The one-line network, a line a finding.</summary>
    public static NetworkRows Network(RunResult run)
    {
        if (run.Network is not { } network) { return new NetworkRows(0, 0, [], [], []); }
        List<FindingRow> rows = [];
        void Add(string key, string label, string value, string unit, string note) => rows.Add(new FindingRow(key, label, value, unit, note));
        if (network.FailedDays > 0)
        {
            Add("failed_days", "Days without a steady state", Readable.Count(network.FailedDays), "", $"first on {Day(network.FirstFailureOn)}: {network.FirstFailure}");
        }
        if (network.SolvedDays > 0)
        {
            if (network.Line.On is not null) { Add("line_loading", "Highest loading of a line", Percent(network.Line.Value), "%", At(network.Line)); }
            if (network.Transformer.On is not null) { Add("transformer_loading", "Highest loading of a transformer", Percent(network.Transformer.Value), "%", At(network.Transformer)); }
            Add("voltage", "Lowest voltage", Readable.Number(network.Voltage.Value), "pu",
                At(network.Voltage) + (network.LowVoltageDays > 0 ? $"; below what is acceptable on {Readable.Counted(network.LowVoltageDays, "day")}" : ""));
            Add("reactive", "Least reactive power left", Readable.Number(network.ReactiveMargin.Value), "Mvar",
                $"on {Day(network.ReactiveMargin.On)}, of units on the bus, ties and batteries{(network.ReactiveMargin.Value <= 0 ? ": a shortage" : "")}");
            (string value, string unit) = Readable.PowerParts(network.LossMw);
            Add("loss", "Transformer and line losses", value, unit,
                $"mean of the days' highest steps, by power flow; dispatch counts {Readable.Power(network.ClosedFormLossMw)}, {Difference(network)}");
        }
        if (network.Transformers.Count > 0)
        {
            TransformerLife oldest = network.Transformers.MaxBy(life => life.LifeUsedFraction);
            Add("life", "Most life used by a transformer", Percent(oldest.LifeUsedFraction), "%",
                $"{oldest.Name}, hottest spot {Readable.Temperature(oldest.HottestC)}; {Percent(oldest.ServiceFraction)} % would be used at 110 °C");
        }
        return new NetworkRows(
            network.SolvedDays, network.FailedDays, rows,
            [.. network.Outages.Select(outage => new OutageRow(
                outage.Line, outage.Circuits, Readable.Iso(outage.On), outage.Converged ? outage.LoadingFraction : null, outage.LoadLostMw))],
            [.. network.Transformers.Select(life => new TransformerRow(life.Name, life.LifeUsedFraction, life.ServiceFraction, life.HottestC))]);
    }

    /// <summary>The tables as rows of a terminal.</summary>
    public static IReadOnlyList<TerminalRow> Rows(RunResult run)
    {
        List<TerminalRow> rows = [];
        foreach (UnitRow unit in Units(run))
        {
            (string value, string word) = Readable.EnergyParts(unit.EnergyMwh);
            string failed = unit.FailedStarts > 0 ? $" ({Readable.Count(unit.FailedStarts)} failed)" : "";
            string works = unit.PlannedWorks > 0 ? $", {Readable.Counted(unit.PlannedWorks, "planned work")}" : "";
            rows.Add(new TerminalRow(unit.Name, value, word, $"{Readable.Counted(unit.Units, "unit")}, {Readable.Amount(unit.RunningHours)} hours on the bus, {Readable.Counted(unit.Starts, "start")}{failed}{works}"));
        }
        foreach (BatteryRow battery in Batteries(run))
        {
            (string value, string word) = Readable.EnergyParts(battery.ThroughputMwh);
            rows.Add(new TerminalRow(battery.Name, value, word,
                $"given beside smoothing; {Readable.Number(battery.FullCycles)} full cycles with it, deepest {Readable.Percent(battery.WorstDepth)}; capacity left {Range(battery)}"));
        }
        foreach (FindingRow row in (FindingRow[])[.. StabilityTable.Stability(run).Rows, .. StabilityTable.Swing(run).Rows, .. ShortfallTable.Build(run).Rows])
        {
            rows.Add(new TerminalRow(row.Label, row.Value, row.Unit, Readable.Sentence(row.Note)));
        }
        NetworkRows network = Network(run);
        rows.AddRange(network.Rows.Select(row => new TerminalRow(row.Label, row.Value, row.Unit, Readable.Sentence(row.Note))));
        rows.AddRange(network.Outages.Select(outage => new TerminalRow(
            $"One circuit of {outage.Line} lost", outage.Loading is { } loading ? Percent(loading) : "–", outage.Loading is null ? "" : "%",
            outage.Loading is null ? "no steady state" : $"loading of the most loaded line{(outage.LoadLostMw > 0 ? $"; {Readable.Power(outage.LoadLostMw)} of load lost" : "; no load lost")}")));
        return rows;
    }

    private static string Range(BatteryRow battery)
    {
        string low = Percent(battery.LowestCapacity), high = Percent(battery.HighestCapacity);
        return low == high ? $"{high} %" : $"{low} to {high} %";
    }

    private static string Difference(NetworkResult network)
    {
        double share = network.ClosedFormLossMw > 0 ? network.LossMw / network.ClosedFormLossMw - 1 : 0;
        return Math.Abs(share) < 0.0005 ? "the same" : $"{Readable.Percent(Math.Abs(share))} {(share > 0 ? "more" : "less")} by power flow";
    }

    // Transformers are named as "step-up of …", lines by their own name.
    private static string Bare(string name) => name.StartsWith("step-", StringComparison.Ordinal) ? $"{name[..name.IndexOf(' ')]} transformers{name[name.IndexOf(' ')..]}" : $"line '{name}'";

    private static string Verb(string name) => name.StartsWith("step-", StringComparison.Ordinal) ? "are" : "is";

    private static string Its(string name) => name.StartsWith("step-", StringComparison.Ordinal) ? "their" : "its";

    private static string At(NetworkExtreme extreme) => $"{extreme.Where}, on {Day(extreme.On)}";

    private static string Day(DateOnly? day) => day is { } one ? Readable.Day(one) : "no day";

    private static string Percent(double fraction) => Readable.Number(fraction * 100);
}
