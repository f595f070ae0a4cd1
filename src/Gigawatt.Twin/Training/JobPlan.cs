using Gigawatt.Numerics;
using Gigawatt.Reliability;

namespace Gigawatt.Training;

/// <summary>What a job needs at every event, worked out once: rates by cause, times of a restart, the best interval between checkpoints.</summary>
public sealed class JobPlan
{
    // Of new GPUs that fail early, as of GPUs that are lost.
    private const double EarlyDetectS = 60;
    private const double EarlyRepairS = 4 * 3600;

    internal readonly double[] Rising;
    internal readonly double[] TakesNode;
    internal readonly double[] DetectS;
    internal readonly double[] FlapS;
    internal readonly double[] RetryS;
    internal readonly double[] SilentS;
    private readonly FailureRecordSpec record;
    private readonly double eventsPerGpuS;
    private readonly double stoppingFraction;

    /// <summary>The plan of a job.</summary>
    /// <exception cref="CaseException">Counted causes without a time or a rate.</exception>
    public JobPlan(TrainingJobSpec spec)
    {
        Spec = spec;
        record = FailuresOf(spec);
        IReadOnlyList<FailureCauseSpec> causes = record.Causes;
        double[] rates = FailureCauses.RatesPerS(record, record.Gpus);
        double sum = rates.Sum(), stopping = 0, lost = 0;
        Rising = new double[rates.Length];
        double risen = 0;
        for (int i = 0; i < rates.Length; i++)
        {
            risen += rates[i];
            Rising[i] = risen / sum;
            double stops = rates[i] * FailureCauses.StoppingFraction(causes[i]);
            stopping += stops;
            lost += stops * (causes[i].DetectS + SwapFraction(causes[i]) * spec.SwapS);
        }
        eventsPerGpuS = spec.FailureRecord is null ? spec.FailuresPerGpuS : sum / record.Gpus;
        stoppingFraction = sum > 0 ? stopping / sum : 1;
        DownS = stopping > 0 ? lost / stopping : 0;
        TakesNode = [.. causes.Select(SwapFraction), 1];
        DetectS = [.. causes.Select(cause => cause.DetectS), EarlyDetectS, spec.DetectS];
        FlapS = [.. causes.Select(cause => cause.FlapS ?? 0)];
        RetryS = [.. causes.Select(cause => cause.RetryS)];
        SilentS = [.. causes.Select(cause => cause.SilentS ?? 0)];
        RepairS = [.. causes.Select(cause => cause.RepairS), EarlyRepairS];
        NeedsPart = [.. causes.Select(cause => cause.Kind == FailureKind.HardwareReturn), true];
        CauseNames = [.. causes.Select(cause => cause.Name), "early failure of a new GPU", "GPUs taken away"];
        StallS = spec.CheckpointStallFraction * spec.CheckpointS;
        WriteS = spec.CheckpointS - StallS;
        EarningFraction = 1 - spec.SlowFraction - spec.WaitingForDataFraction;
        PlannedEveryS = spec.Maintenance?.EveryS ?? double.PositiveInfinity;
        EvaluateEveryS = spec.Evaluation?.EveryS ?? double.PositiveInfinity;
    }

    /// <summary>The job.</summary>
    public TrainingJobSpec Spec { get; }

    /// <summary>Names of what can interrupt it: causes, then early failures of new GPUs, then GPUs taken away.</summary>
    public IReadOnlyList<string> CauseNames { get; }

    /// <summary>Number of the cause "early failure of a new GPU"; those of the record come before it.</summary>
    public int EarlyCause => Rising.Length;

    /// <summary>Number of the cause "GPUs taken away".</summary>
    public int TakenCause => Rising.Length + 1;

    /// <summary>Mean hands-on time to mend a node, by cause.</summary>
    public IReadOnlyList<double> RepairS { get; }

    /// <summary>Whether a node waits for a part from its maker, by cause.</summary>
    public IReadOnlyList<bool> NeedsPart { get; }

    /// <summary>Mean time at risk between events that stop a job of the size wanted; infinite when nothing fails.</summary>
    public double MtbfS => MtbfAtS(Spec.Gpus);

    /// <summary>Mean time from failure to restart: detection and, for those that take a node, a swap.</summary>
    public double DownS { get; }

    /// <summary>Time that a checkpoint to storage stops the job.</summary>
    public double StallS { get; }

    /// <summary>Time that its write then goes on beside computing.</summary>
    public double WriteS { get; }

    /// <summary>Time computing between checkpoints to storage at the size wanted.</summary>
    public double IntervalS => IntervalAtS(Spec.Gpus);

    /// <summary>From one checkpoint to storage to the next, when nothing fails.</summary>
    public double PeriodS => IntervalS + StallS + (Spec.LocalCheckpoint is { } local ? local.PerStorage * local.CheckpointS : 0);

    /// <summary>Restart from storage at the size wanted.</summary>
    public double RestartS => TrainingJob.RestartS(Spec, Spec.Gpus);

    /// <summary>Share of computing that is neither slow nor waits for data.</summary>
    public double EarningFraction { get; }

    /// <summary>From one planned stop to the next.</summary>
    internal double PlannedEveryS { get; }

    /// <summary>From one evaluation to the next.</summary>
    internal double EvaluateEveryS { get; }

    /// <summary>What fails in a job: its record, or its one cause as a record.</summary>
    public static FailureRecordSpec FailuresOf(TrainingJobSpec spec) => spec.FailureRecord ?? new FailureRecordSpec
    {
        Title = spec.Name,
        Gpus = spec.ReferenceGpus,
        ElasticityRatio = spec.FailureElasticityRatio,
        Causes =
        [
            new FailureCauseSpec
            {
                Name = "failure",
                FailuresPerUnitS = spec.FailuresPerGpuS,
                TransientFraction = 1 - spec.RepairFraction,
                DetectS = spec.DetectS,
                RepairS = spec.MeanRepairS,
            },
        ],
    };

    /// <summary>Events of all causes, absorbed flaps among them, in a job of so many GPUs: N·λ·(N/N₀)^β.</summary>
    public double EventsPerS(int gpus) => eventsPerGpuS * gpus
        * (record.ElasticityRatio == 0 || gpus <= 0 ? 1 : Elementary.Pow((double)gpus / record.Gpus, record.ElasticityRatio));

    /// <summary>Mean time at risk between events that stop a job of so many GPUs.</summary>
    public double MtbfAtS(int gpus) => 1 / (EventsPerS(gpus) * stoppingFraction);

    /// <summary>Time computing between checkpoints to storage of a job of so many GPUs: as given, or the best by closed form.</summary>
    public double IntervalAtS(int gpus)
    {
        if (Spec.CheckpointIntervalS is { } given) { return given; }
        double mtbfS = MtbfAtS(gpus);
        // Nothing fails: a checkpoint a day does no harm.
        if (double.IsInfinity(mtbfS)) { return Math.Max(86400, Spec.CheckpointS); }
        double stallS = Math.Max(StallS, 1e-3), leastS = Math.Max(1, WriteS);
        if (Spec.LocalCheckpoint is not { } local) { return Math.Max(leastS, Checkpoint.BestPeriodS(mtbfS, stallS) - StallS); }
        double bestS = CheckpointLevels.BestStoragePeriodS(mtbfS, local.CheckpointS, local.PerStorage, stallS, local.RecoversFraction);
        return Math.Max(leastS, bestS - StallS - local.PerStorage * local.CheckpointS);
    }

    /// <summary>Time of a restart with so many GPUs, from storage or from local copies.</summary>
    public double RestartAtS(int gpus, bool fromStorage)
    {
        double restartS = TrainingJob.RestartS(Spec, gpus);
        return fromStorage ? restartS : Math.Min(restartS, Spec.LocalCheckpoint?.RestartS ?? restartS);
    }

    /// <summary>Share of time that becomes safe work by closed form; null where none is known, and the reason then.</summary>
    /// <remarks>Leaves out planned stops, evaluations, silent corruption, waiting for nodes and the site, slow steps, early failures.</remarks>
    public double? EfficiencyFraction(out string? whyNot)
    {
        whyNot = null;
        if (double.IsInfinity(MtbfS)) { return IntervalS / PeriodS; }
        if (Spec.Replicas > 1)
        {
            whyNot = "replicas that go on without each other have a form of first order only";
            return null;
        }
        if (Spec.LocalCheckpoint is not { } local) { return Checkpoint.AsynchronousEfficiencyFraction(MtbfS, PeriodS, StallS, WriteS, DownS, RestartS); }
        if (WriteS > 0)
        {
            whyNot = "local checkpoints together with writes beside computing have no closed form here";
            return null;
        }
        return CheckpointLevels.EfficiencyFraction(
            MtbfS, IntervalS / local.PerStorage + local.CheckpointS, local.CheckpointS, local.PerStorage, StallS, local.RecoversFraction, DownS,
            RestartAtS(Spec.Gpus, fromStorage: false), RestartS);
    }

    private static double SwapFraction(FailureCauseSpec cause) => cause.Kind == FailureKind.RestartInPlace ? 0 : 1 - cause.TransientFraction;
}
