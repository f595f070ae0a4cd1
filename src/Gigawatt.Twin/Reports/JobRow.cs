using Gigawatt.Simulation;
using Gigawatt.Training;

namespace Gigawatt.Reports;

/// <summary>A job of the run: what it held and made of it, what interrupted it, where its GPU-time went, what an interruption cost.</summary>
/// <param name="Name">Name of the job.</param>
/// <param name="Gpus">GPUs it asked for.</param>
/// <param name="MeanGpus">GPUs it held, mean from its first day in the run to its last.</param>
/// <param name="UsefulGpuHours">GPU-hours of progress made safe.</param>
/// <param name="GoodputFraction">The same over the GPU-hours it held or lacked others to go on with; null without any.</param>
/// <param name="Interruptions">Unplanned interruptions.</param>
/// <param name="HoursBetween">Hours of its days over interruptions; null without interruptions.</param>
/// <param name="ByCause">Interruptions by cause.</param>
/// <param name="Preemptions">Clean stops for more important jobs.</param>
/// <param name="PlannedStops">Stops by plan.</param>
/// <param name="AbsorbedFlaps">Link flaps that retries absorbed.</param>
/// <param name="BegunAnew">Times that no kept checkpoint was clean of silent corruption.</param>
/// <param name="GpuHours">Its GPU-hours by the lines of the GPU-time ledger.</param>
/// <param name="InterruptedFraction">Share of its GPU-time that interruptions took: work lost, finding, replacing, restarting, waiting for nodes; null without any.</param>
/// <param name="LostGpuHoursPerInterruption">The same per interruption, in GPU-hours; null without interruptions.</param>
/// <param name="UsdPerInterruption">The same at the cost of a live GPU-hour; null without interruptions or costs.</param>
/// <param name="UsdPerDay">What interruptions cost on a day between the job's first and last; null without costs.</param>
/// <param name="Plan">What its plan makes of it; null without a plan.</param>
public sealed record JobRow(
    string Name, int Gpus, double MeanGpus, double UsefulGpuHours, double? GoodputFraction, int Interruptions, double? HoursBetween, IReadOnlyDictionary<string, int> ByCause,
    int Preemptions, int PlannedStops, int AbsorbedFlaps, int BegunAnew, IReadOnlyDictionary<string, double> GpuHours, double? InterruptedFraction,
    double? LostGpuHoursPerInterruption, double? UsdPerInterruption, double? UsdPerDay, JobPlanRow? Plan)
{
    /// <summary>The jobs of a run, the most important first.</summary>
    public static IReadOnlyList<JobRow> Of(RunResult run) => [.. run.JobHistories.Select(job => Of(run, job))];

    private static JobRow Of(RunResult run, JobHistory job)
    {
        TrainingJobSpec spec = run.Scenario.Training.Jobs.First(one => one.Job.Name == job.Name).Job;
        TrainingPace? pace = run.Jobs.FirstOrDefault(one => one.Name == job.Name).Pace;
        JobStep time = job.Time;
        double? lostGpuS = job.Interruptions > 0 ? job.InterruptedGpuS / job.Interruptions : null;
        double priceUsdPerGpuS = run.Headline.UsdPerGpuHour / 3600, days = Days(run, spec), takenGpuS = time.TakenGpuS;
        bool isPriced = priceUsdPerGpuS > 0;
        return new JobRow(
            job.Name, spec.Gpus, days > 0 ? (takenGpuS - time.LackingGpuS) / (days * 86400) : 0, time.CommittedGpuS / 3600, takenGpuS > 0 ? time.CommittedGpuS / takenGpuS : null,
            job.Interruptions, job.Interruptions > 0 ? days * 24 / job.Interruptions : null, job.ByCause,
            job.Preemptions, job.PlannedStops, job.Flaps, job.BegunAnew, Hours(time), takenGpuS > 0 ? job.InterruptedGpuS / takenGpuS : null, lostGpuS / 3600,
            isPriced && lostGpuS is { } one ? InterruptionCost.EventUsd(1, priceUsdPerGpuS, one) : null,
            isPriced && days > 0 ? InterruptionCost.EventUsd(1, priceUsdPerGpuS, job.InterruptedGpuS) / days : null,
            pace is null ? null : JobPlanRow.Of(pace));
    }

    private static double Days(RunResult run, TrainingJobSpec spec)
    {
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

/// <summary>What a plan makes of a job; shares are those of a step, and the utilisation (MFU) is one of them.</summary>
/// <param name="Gpu">Accelerator it was planned for.</param>
/// <param name="Layout">How it is cut, ways of one are left out: "8 tensor × 16 pipeline × 128 data".</param>
/// <param name="StepS">Time of a step.</param>
/// <param name="MfuFraction">Model arithmetic at the peak of the chips.</param>
/// <param name="KernelsFraction">Rest of computing.</param>
/// <param name="BubbleFraction">Filling and draining the pipeline.</param>
/// <param name="CommunicationFraction">Exchange that nothing hides.</param>
/// <param name="StragglersFraction">Waiting for the slowest.</param>
/// <param name="OtherFraction">Optimiser, input, synchronisation.</param>
/// <param name="MemoryGb">Memory of the fullest GPU.</param>
/// <param name="GpuMemoryGb">Memory that a GPU has.</param>
public sealed record JobPlanRow(
    string Gpu, string Layout, double StepS, double MfuFraction, double KernelsFraction, double BubbleFraction, double CommunicationFraction, double StragglersFraction,
    double OtherFraction, double MemoryGb, double GpuMemoryGb)
{
    /// <summary>What a pace says.</summary>
    public static JobPlanRow Of(TrainingPace pace)
    {
        StepShares shares = pace.Shares;
        return new JobPlanRow(
            pace.Gpu.Title, Words(pace.Layout), pace.StepS, shares.ArithmeticFraction, shares.KernelsFraction, shares.BubbleFraction, shares.CommunicationFraction,
            shares.StragglersFraction, shares.OtherFraction, pace.MemoryGb, pace.Gpu.MemoryGb);
    }

    private static string Words(ParallelismSpec layout)
    {
        (int Ways, string Name)[] ways = [(layout.Tensor, "tensor"), (layout.Pipeline, "pipeline"), (layout.Context, "context"), (layout.Data, "data")];
        string cut = string.Join(" × ", ways.Where(one => one.Ways > 1).Select(one => $"{Readable.Count(one.Ways)} {one.Name}"));
        string[] more =
        [
            .. layout.Interleave > 1 ? [$"{Readable.Count(layout.Interleave)} pieces a stage"] : Array.Empty<string>(),
            .. layout.Expert > 1 ? [$"experts over {Readable.Count(layout.Expert)}"] : Array.Empty<string>(),
        ];
        return string.Join(", ", [cut.Length > 0 ? cut : "one GPU", .. more]);
    }
}
