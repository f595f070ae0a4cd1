using System.Globalization;
using Gigawatt.Simulation;

namespace Gigawatt.Reports;

/// <summary>What sudden changes did to the frequency, and what swings inside training steps.</summary>
internal static class StabilityTable
{
    /// <summary>Sudden changes of load and supply, and what became of them; without rows when none was looked at.</summary>
    public static FindingRows Stability(RunResult run)
    {
        TransientCounts counts = run.Transients;
        FaultCounts faults = run.Faults ?? default;
        if (counts.Disturbances + faults.CircuitFaults + faults.TieSags == 0) { return new FindingRows("", "", []); }
        List<FindingRow> rows = [];
        void Add(string key, string label, string value, string unit, string note) => rows.Add(new FindingRow(key, label, value, unit, note));
        void Screened(string key, string label, long count, string note) =>
            Add(key, label, Share(count / Math.Max(1.0, counts.Disturbances)), "%", count > 0 ? $"{Readable.Amount(count)}{note}" : "none");
        void Ended(string key, string label, long count, string note) => Add(key, label, Readable.Count(count), "", count > 0 ? note : "");
        Add("disturbances", "Sudden changes of load and supply", Readable.Amount(counts.Disturbances), "", "jobs that begin or stop to compute, units, battery blocks and utilities that fail");
        Screened("held_by_grid", "Held by the utility", counts.HeldByGrid, ", through ties that hold frequency");
        Screened("precedented", "A harder case known", counts.Precedented, $", milder than cases found harmless; {Readable.Counted(counts.HardSimulated, "such case")} simulated");
        Screened("bounded", "Proved by a bound", counts.Bounded, ", in closed form");
        if (counts.Recalled > 0) { Screened("recalled", "Like a case already simulated", counts.Recalled, ", given its outcome"); }
        Add("simulated", "Simulated by themselves", Readable.Count(counts.Simulated), "", "");
        long dropped = run.EventCounts[(int)EventKind.FrequencyShed];
        Ended("shed", "Ended in load shed", counts.Shed, $"relays opened at low frequency; {Times(dropped)} there were jobs behind them");
        Ended("tripped", "Ended in units tripped", counts.Tripped, "protection took units off the bus");
        Ended("black", "Ended in a blackout", counts.Black, "nothing was left that could hold the frequency");
        Add("jobs_dropped", "Jobs that lost their power so", Readable.Count(counts.JobsDropped), "", "");
        if (counts.Simulated > 0)
        {
            Add("lowest_hz", "Lowest frequency", Readable.Number(run.LowestHz, 4), "Hz", "of the changes simulated by themselves");
            Add("highest_hz", "Highest frequency", Readable.Number(run.HighestHz, 4), "Hz", "of the same");
        }
        if (run.Faults is not null)
        {
            Add("circuit_faults", "Short circuits in the halls", Readable.Count(faults.CircuitFaults), "", faults.CircuitFaults > 0 ? $"{Readable.Count(faults.GroundFaults)} of them to ground, felt by no other circuit" : "");
            Add("tie_sags", "Voltage sags from utilities", Readable.Count(faults.TieSags), "", "");
            Ended("faults_felt", "Felt by racks elsewhere", faults.Felt, "racks beside those of the circuit dropped or went over to batteries");
            Ended("racks_dropped", "Racks that lost power", faults.RacksDropped, $"each time; {Readable.Amount(faults.DarkRackS / 3600)} rack-hours without a circuit");
            Ended("racks_transferred", "Racks carried by UPS batteries", faults.RacksTransferred, faults.Latched > 0 ? $"each time; counters kept them there {Times(faults.Latched)}" : "each time");
            Add("fault_jobs_dropped", "Jobs that lost GPUs so", Readable.Count(faults.JobsDropped), "", "");
        }
        return new FindingRows(
            Title(run),
            "Each change is looked at by itself, from the state at the end of the step before, on one bus with one frequency. Governors, relays and the ramps of jobs are mostly assumptions. "
            + (run.Faults is null ? "No short circuits or voltage sags were asked for. " : "") + "Not modelled: two changes within seconds of each other, voltage beside short circuits.",
            rows);
    }

    /// <summary>The swing of the load inside training steps and what smooths it; without rows when no job computed.</summary>
    public static FindingRows Swing(RunResult run)
    {
        WaveState wave = run.Wave;
        if (wave.HighestSwingMw <= 0) { return new FindingRows("", "", []); }
        double limitMw = run.Scenario.Power.Wave.LimitMw, hours = wave.AboveLimitS / 3600;
        List<FindingRow> rows = [];
        void Add(string key, string label, (string Value, string Unit) parts, string note) => rows.Add(new FindingRow(key, label, parts.Value, parts.Unit, note));
        Add("highest_swing", "Largest swing of the load", Readable.PowerParts(wave.HighestSwingMw), "between plateau and dip, all jobs in step");
        Add("highest_left", wave.ThroughputMwh > 0 ? "Largest left behind the batteries" : "Largest left", Readable.PowerParts(wave.HighestLeftMw), "peak to peak");
        Add("limit", "Limit", Readable.PowerParts(limitMw), "most that may be left");
        Add("hours_above_limit", "Time above the limit", (Readable.Amount(hours), "h"), hours > 0 ? $"{Readable.Percent(hours / (run.To - run.From).TotalHours)} of the run" : "");
        Add("needed", "Attenuation missing", (Readable.Number(wave.WorstNeededDb), "dB"), wave.WorstNeededDb > 0 ? "at the worst" : "");
        Add("throughput", "Energy through batteries", Readable.EnergyParts(wave.ThroughputMwh), "given for smoothing, and taken back");
        Add("loss", "Energy lost in them", Readable.EnergyParts(wave.LossMwh), wave.ThroughputMwh > 0 ? $"{Readable.Percent(wave.LossMwh / wave.ThroughputMwh)} of what they gave for smoothing" : "");
        string left = $"{Readable.Power(wave.HighestLeftMw)} {(wave.ThroughputMwh > 0 ? "is left behind the batteries" : "reaches the machines")}";
        string title = $"Training steps swing the load by up to {Readable.Power(wave.HighestSwingMw)}; as much as {left}, "
            + (hours > 0 ? $"and for {Counted(hours)} it is more than the limit of {Readable.Power(limitMw)}." : $"within the limit of {Readable.Power(limitMw)}.");
        return new FindingRows(
            title, "A plateau and a dip in each training step, from the mean power of the job; batteries that smooth leave a low-pass of it. The limit is 10 MW, of the ERCOT proposal of June 2026, "
            + "unless the scenario says otherwise. What is left does not act on machines.", rows);
    }

    /// <summary>Whether relays or blackouts would stop the campus: a sentence, or nothing.</summary>
    public static string Stops(RunResult run)
    {
        long black = run.Transients.Black, tripped = run.Transients.Tripped, dropped = run.EventCounts[(int)EventKind.FrequencyShed];
        List<string> parts = [];
        if (black > 0) { parts.Add($"the campus bus went dead {Times(black)}"); }
        if (tripped > 0) { parts.Add($"protection took units off the bus {Times(tripped)}"); }
        if (dropped > 0) { parts.Add($"relays dropped jobs {Times(dropped)} because frequency fell"); }
        if (run.Faults is { JobsDropped: > 0 } faults) { parts.Add($"short circuits and voltage sags took GPUs from jobs {Times(faults.JobsDropped)}"); }
        return parts.Count > 0 ? $"{Readable.Sentence(Readable.List(parts))}." : "";
    }

    private static string Title(RunResult run)
    {
        TransientCounts counts = run.Transients;
        double screened = 1 - (counts.Simulated + counts.HardSimulated) / Math.Max(1.0, counts.Disturbances);
        List<string> ends = [];
        if (counts.Shed > 0) { ends.Add($"{Readable.Count(counts.Shed)} ended in load shed"); }
        if (counts.Tripped > 0) { ends.Add($"{Readable.Count(counts.Tripped)} in units tripped"); }
        if (counts.Black > 0) { ends.Add($"{Readable.Count(counts.Black)} ended dark"); }
        string ended = ends.Count == 0 ? "the campus rode through all of them"
            : Readable.List(ends) + (counts.JobsDropped > 0 ? $", and jobs lost their power {Times(counts.JobsDropped)}" : "");
        string needed = screened > 0 ? $"{Share(screened)} % needed no simulation of their own; " : "";
        return $"{Readable.Sentence(Readable.Amount(counts.Disturbances))} sudden change{(counts.Disturbances == 1 ? "" : "s")} of load and supply; {needed}{ended}.";
    }

    private static string Times(long count) => count == 1 ? "once" : $"{Readable.Count(count)} times";

    private static string Counted(double hours) => Readable.Counted(Math.Max(1, hours), "hour");

    // Shares near the whole are what counts here: two digits behind the point, and never a rounded 100.
    private static string Share(double fraction)
    {
        double percent = fraction * 100;
        return percent is > 99 and < 100 ? (Math.Floor(percent * 100) / 100).ToString("0.00", CultureInfo.InvariantCulture) : Readable.Number(percent);
    }
}
