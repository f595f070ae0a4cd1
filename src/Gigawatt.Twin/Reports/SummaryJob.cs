using Gigawatt.Simulation;
using Gigawatt.Training;

namespace Gigawatt.Reports;

/// <summary>A job of the run: what interrupted it, where its GPU-time went, what an interruption cost.</summary>
/// <param name="Name">Name of the job.</param>
/// <param name="Interruptions">Unplanned interruptions.</param>
/// <param name="ByCause">The same by cause.</param>
/// <param name="Preemptions">Clean stops for more important jobs.</param>
/// <param name="PlannedStops">Stops by plan.</param>
/// <param name="AbsorbedFlaps">Link flaps that retries absorbed.</param>
/// <param name="BegunAnew">Times that no kept checkpoint was clean of silent corruption.</param>
/// <param name="GpuHours">Its GPU-hours by the lines of the GPU-time ledger.</param>
/// <param name="LostGpuHoursPerInterruption">Work lost, finding, replacing, restarting; null without interruptions.</param>
/// <param name="UsdPerInterruption">The same at the cost of a live GPU-hour; null without interruptions or costs.</param>
/// <param name="UsdPerDay">What interruptions cost on a day between the job's first and last; null without costs.</param>
public sealed record SummaryJob(
    string Name, int Interruptions, IReadOnlyDictionary<string, int> ByCause, int Preemptions, int PlannedStops, int AbsorbedFlaps, int BegunAnew,
    IReadOnlyDictionary<string, double> GpuHours, double? LostGpuHoursPerInterruption, double? UsdPerInterruption, double? UsdPerDay)
{
    /// <summary>The jobs of a run, the most important first.</summary>
    public static IReadOnlyList<SummaryJob> Of(RunResult run) => [.. run.JobHistories.Select(job => Of(run, job))];

    /// <summary>The jobs as rows of a terminal.</summary>
    internal static IReadOnlyList<TerminalRow> Rows(RunResult run) => [.. Of(run).Select(job => new TerminalRow(
        job.Name, Readable.Amount(job.GpuHours["useful"]), "GPU-hours", "Useful; " + Stops(job)))];

    // How often it stopped, by what most, and what one of these stops costs.
    private static string Stops(SummaryJob job)
    {
        string made = job.Preemptions > 0 ? $"; preemptions: {Readable.Count(job.Preemptions)}" : "";
        if (job.Interruptions == 0) { return "no interruption" + made; }
        KeyValuePair<string, int> most = job.ByCause.MaxBy(cause => cause.Value);
        string causes = job.ByCause.Count > 1 ? $", {Readable.Count(most.Value)} by {most.Key}" : "";
        string cost = job.UsdPerInterruption is { } usd ? $", {Readable.Money(usd)} each" : "";
        return $"{Readable.Count(job.Interruptions)} interruptions{causes}{cost}{made}";
    }

    private static SummaryJob Of(RunResult run, JobHistory job)
    {
        double? lostGpuS = job.Interruptions > 0 ? job.InterruptedGpuS / job.Interruptions : null;
        double priceUsdPerGpuS = run.Headline.UsdPerGpuHour / 3600, days = Days(run, job.Name);
        bool isPriced = priceUsdPerGpuS > 0;
        return new SummaryJob(
            job.Name, job.Interruptions, job.ByCause, job.Preemptions, job.PlannedStops, job.Flaps, job.BegunAnew, Hours(job.Time), lostGpuS / 3600,
            isPriced && lostGpuS is { } one ? InterruptionCost.EventUsd(1, priceUsdPerGpuS, one) : null,
            isPriced && days > 0 ? InterruptionCost.EventUsd(1, priceUsdPerGpuS, job.InterruptedGpuS) / days : null);
    }

    private static double Days(RunResult run, string name)
    {
        TrainingJobSpec spec = run.Scenario.Training.Jobs.First(job => job.Name == name).Job;
        DateTime start = spec.Start.ToDateTime(TimeOnly.MinValue), end = spec.End?.AddDays(1).ToDateTime(TimeOnly.MinValue) ?? run.To;
        return ((end < run.To ? end : run.To) - (start > run.From ? start : run.From)).TotalDays;
    }

    private static OrderedDictionary<string, double> Hours(in JobStep time) => new()
    {
        ["detection"] = time.DetectionGpuS / 3600,
        ["waiting_for_nodes"] = (time.SwappingGpuS + time.LackingGpuS) / 3600,
        ["communicators"] = time.CommunicatorsGpuS / 3600,
        ["program_start"] = time.StartupGpuS / 3600,
        ["checkpoint_load"] = time.LoadGpuS / 3600,
        ["planned_stop"] = time.PlannedGpuS / 3600,
        ["evaluation"] = time.EvaluationGpuS / 3600,
        ["network_stall"] = time.NetworkGpuS / 3600,
        ["checkpoint_stall"] = time.CheckpointGpuS / 3600,
        ["throttled"] = time.ThrottledGpuS / 3600,
        ["slow_steps"] = time.SlowGpuS / 3600,
        ["waiting_for_data"] = time.DataGpuS / 3600,
        ["lost_work"] = time.LostGpuS / 3600,
        ["useful"] = time.CommittedGpuS / 3600,
    };
}
