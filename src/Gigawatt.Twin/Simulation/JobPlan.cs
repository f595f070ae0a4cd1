using Gigawatt.Numerics;
using Gigawatt.Reliability;
using Gigawatt.Training;

namespace Gigawatt.Simulation;

/// <summary>What a simulated job needs in its loop, worked out once: rates, durations in nanoseconds, the best interval.</summary>
public sealed class JobPlan
{
    internal readonly double[] Rising;
    internal readonly double[] Transient;
    internal readonly long[] Detect;
    internal readonly double[] RepairNs;
    internal readonly double[] FlapNs;
    internal readonly long[] Retry;
    internal readonly double[] SilentNs;
    internal readonly FailureKind[] Kind;
    internal readonly long[] SiteAt;
    internal readonly long[] SiteLasts;
    internal readonly int[] SiteNodes;

    /// <summary>The plan of a job.</summary>
    /// <exception cref="CaseException">Counted causes without a time or a rate.</exception>
    public JobPlan(JobSimulationSpec spec)
    {
        Spec = spec;
        IReadOnlyList<FailureCauseSpec> causes = spec.Failures.Causes;
        double[] rates = FailureCauses.RatesPerS(spec.Failures, spec.Gpus);
        Rising = new double[rates.Length];
        double sum = 0, lost = 0;
        for (int i = 0; i < rates.Length; i++)
        {
            sum += rates[i];
            Rising[i] = sum;
            lost += rates[i] * FailureCauses.StoppingFraction(causes[i]) * (causes[i].DetectS + SwapFraction(causes[i]) * spec.SwapS);
        }
        EventsPerS = sum;
        MtbfS = FailureCauses.MtbfS(spec.Failures, spec.Gpus);
        DownS = double.IsFinite(MtbfS) ? lost * MtbfS : 0;
        RestartS = spec.RestartS ?? Goodput.ColdRestartS(spec.Gpus);
        LocalRestartS = Math.Min(RestartS, spec.Local?.RestartS ?? RestartS);
        StallS = spec.StallFraction * spec.CheckpointS;
        WriteS = spec.CheckpointS - StallS;
        IntervalS = spec.CheckpointIntervalS ?? BestIntervalS();
        Transient = [.. causes.Select(cause => cause.Kind == FailureKind.RestartInPlace ? 1 : cause.TransientFraction)];
        Detect = [.. causes.Select(cause => Ns(cause.DetectS))];
        RepairNs = [.. causes.Select(cause => cause.RepairS * 1e9)];
        FlapNs = [.. causes.Select(cause => (cause.FlapS ?? 0) * 1e9)];
        Retry = [.. causes.Select(cause => Ns(cause.RetryS))];
        SilentNs = [.. causes.Select(cause => (cause.SilentS ?? 0) * 1e9)];
        Kind = [.. causes.Select(cause => cause.Kind)];
        Nodes = (spec.Gpus + spec.Failures.GpusPerNode - 1) / spec.Failures.GpusPerNode;
        SiteEventSpec[] site = [.. spec.SiteEvents.OrderBy(one => one.AtS)];
        SiteAt = [.. site.Select(one => Ns(one.AtS))];
        SiteLasts = [.. site.Select(one => Ns(one.LastsS))];
        SiteNodes = [.. site.Select(one => (int)Math.Ceiling(one.GpuFraction * Nodes))];
    }

    /// <summary>The job.</summary>
    public JobSimulationSpec Spec { get; }

    /// <summary>Nodes of the job, spares apart.</summary>
    public int Nodes { get; }

    /// <summary>Events of all causes, absorbed flaps among them.</summary>
    public double EventsPerS { get; }

    /// <summary>Mean time at risk between events that stop the job; infinite when nothing fails.</summary>
    public double MtbfS { get; }

    /// <summary>Mean time from failure to restart: detection and, for those that take a node, a swap.</summary>
    public double DownS { get; }

    /// <summary>Restart from storage.</summary>
    public double RestartS { get; }

    /// <summary>Restart from local copies.</summary>
    public double LocalRestartS { get; }

    /// <summary>Time that a checkpoint to storage stops the job.</summary>
    public double StallS { get; }

    /// <summary>Time that its write then goes on beside computing.</summary>
    public double WriteS { get; }

    /// <summary>Time computing between checkpoints to storage.</summary>
    public double IntervalS { get; }

    /// <summary>From one checkpoint to storage to the next, when nothing fails.</summary>
    public double PeriodS => IntervalS + StallS + (Spec.Local is { } local ? local.PerStorage * local.CheckpointS : 0);

    /// <summary>Share of time that becomes safe work by closed form; null where none is known, and the reason then.</summary>
    /// <remarks>Leaves out what the simulation adds: planned stops, silent corruption, waiting for nodes and the site, slow steps, early failures.</remarks>
    public double? EfficiencyFraction(out string? whyNot)
    {
        whyNot = null;
        if (double.IsInfinity(MtbfS)) { return IntervalS / PeriodS; }
        if (Spec.Replicas > 1)
        {
            whyNot = "replicas that go on without each other have a form of first order only";
            return null;
        }
        if (Spec.Local is not { } local) { return Checkpoint.AsynchronousEfficiencyFraction(MtbfS, PeriodS, StallS, WriteS, DownS, RestartS); }
        if (WriteS > 0)
        {
            whyNot = "local checkpoints together with writes beside computing have no closed form here";
            return null;
        }
        return CheckpointLevels.EfficiencyFraction(
            MtbfS, IntervalS / local.PerStorage + local.CheckpointS, local.CheckpointS, local.PerStorage, StallS, local.RecoversFraction, DownS,
            LocalRestartS, RestartS);
    }

    internal static long Ns(double seconds) => (long)Math.Min(Math.Round(seconds * 1e9), 4e18);

    private static double SwapFraction(FailureCauseSpec cause) => cause.Kind == FailureKind.RestartInPlace ? 0 : 1 - cause.TransientFraction;

    // Nothing fails: a checkpoint a day does no harm.
    private double BestIntervalS()
    {
        if (double.IsInfinity(MtbfS)) { return Math.Max(86400, Spec.CheckpointS); }
        double storedS = Spec.Local is { } local ? MtbfS / Math.Max(1e-6, 1 - local.RecoversFraction) : MtbfS;
        return Math.Max(Math.Max(1, WriteS), Checkpoint.BestPeriodS(storedS, Math.Max(StallS, 1e-3)) - StallS);
    }
}
