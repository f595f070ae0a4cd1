using Gigawatt.Compute;
using Gigawatt.Numerics;
using Gigawatt.Reliability;

namespace Gigawatt.Training;

/// <summary>A synchronous training job: all its GPUs advance together, and one failure stops them all.</summary>
/// <remarks>
/// Cycle: compute for an interval, write a checkpoint, compute again. A failure loses the work since the last finished checkpoint; it is detected (nothing more
/// can fail meanwhile), a node that cannot go on is replaced, the job restarts (and can fail again), then computes. Failures come at N·λ·(N/N₀)^β: the hazard
/// is memoryless and stands still while nothing runs. Everything beyond that is optional: causes, early failures of new GPUs, checkpoints written beside computing
/// and near the GPUs, sizes in whole copies of the model, replicas that go on without each other, planned stops, evaluations, slow steps.
/// Not modelled: nodes that fail again and again, storage bandwidth shared between jobs.
/// </remarks>
public sealed record TrainingJobSpec : ISelfChecking
{
    /// <summary>Name of the job in the scenario.</summary>
    public required string Name { get; init; }

    /// <summary>The model it trains; tokens are not counted without one.</summary>
    public ModelSpec? Trains { get; init; }

    /// <summary>First day.</summary>
    public required DateOnly Start { get; init; }

    /// <summary>Last day; the job stops at its midnight. None: until the run ends.</summary>
    public DateOnly? End { get; init; }

    /// <summary>GPUs wanted.</summary>
    public required int Gpus { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Fewest GPUs it starts with; all wanted when not given. It grows only when it restarts.</summary>
    public int? MinGpus { get; init => field = value is { } gpus ? Check.AtLeastOne(gpus) : null; }

    /// <summary>GPUs of one copy of the model; a job that runs smaller than wanted runs with whole copies. None: any number.</summary>
    public int? CopyGpus { get; init => field = value is { } gpus ? Check.AtLeastOne(gpus) : null; }

    /// <summary>Time after a restart from which a job that runs smaller grows, after a checkpoint and at the cost of a restart; none: only when it restarts anyway.</summary>
    public double? GrowEveryS { get; init => field = value is { } every ? Check.NotNegative(every) : null; }

    /// <summary>Replicas of the model that go on without each other; one: a failure stops all.</summary>
    [Default(Grade.E, "assumption: synchronous")]
    public int Replicas { get; init => field = (int)Check.Within(value, 1, 1000); } = 1;

    /// <summary>Time until a mended replica takes part again, after detection and swap.</summary>
    [Default(Grade.E, "assumption: three minutes, with which 18 min between failures give the 80 % of FT-HSDP (arXiv 2602.00277)")]
    public double ReplicaRestartS { get; init => field = Check.NotNegative(value); } = 180;

    /// <summary>Jobs of a higher priority get GPUs first.</summary>
    [Default(Grade.E, "assumption: jobs are equal")]
    public int Priority { get; init; }

    /// <summary>Model arithmetic done over the peak of the chips while computing at full speed (MFU).</summary>
    [Default(Grade.D, "Llama 3 405B, BF16, 16,384 H100: 400 TFLOP/s of 989 (arXiv 2407.21783, Table 4)")]
    public double MfuFraction { get; init => field = Check.PositiveFraction(value); } = 0.40;

    /// <summary>Number format of the matrix arithmetic, which says of which peak the MFU is.</summary>
    [Default(Grade.E, "assumption: BF16, in which most published utilisations are given")]
    public Precision Precision { get; init; } = Precision.Bf16;

    /// <summary>Share of computing that slow GPUs and stragglers take.</summary>
    [Default(Grade.E, "assumption: the utilisation holds it already")]
    public double SlowFraction { get; init => field = Check.Fraction(value); }

    /// <summary>Share of computing in which input data is waited for.</summary>
    [Default(Grade.E, "assumption: none")]
    public double WaitingForDataFraction { get; init => field = Check.Fraction(value); }

    /// <summary>What fails, by cause; absent: one cause, of the values below.</summary>
    public FailureRecordSpec? FailureRecord { get; init; }

    /// <summary>Early failures of a new batch of GPUs; absent for none.</summary>
    public InfantMortalitySpec? NewBatch { get; init; }

    /// <summary>Failures that stop the job, for each GPU at the reference size.</summary>
    [Default(Grade.D, "419 unplanned interruptions in 54 days on 16,384 H100 (Llama 3, arXiv 2407.21783, Table 5): 4.74e-4 per GPU-day")]
    public double FailuresPerGpuS { get; init => field = Check.NotNegative(value); } = 419 / (54.0 * 86400 * 16384);

    /// <summary>Size at which the failure rate was observed.</summary>
    [Default(Grade.A, "Llama 3, arXiv 2407.21783: 16,384 H100")]
    public int ReferenceGpus { get; init => field = Check.AtLeastOne(value); } = 16384;

    /// <summary>Growth of the failure rate of one GPU with the size of the job: the exponent β.</summary>
    [Default(Grade.E, "assumption: in proportion; 0.9 fits the one published pair, 32K to 100K GPUs (arXiv 2602.00277)")]
    public double FailureElasticityRatio { get; init => field = Check.Within(value, 0, 2); }

    /// <summary>Share of failures after which the node cannot go on and leaves for repair.</summary>
    [Default(Grade.D, "73 % of failures transient (Unicron, arXiv 2401.00134)")]
    public double RepairFraction { get; init => field = Check.Fraction(value); } = 0.27;

    /// <summary>Mean time that a node spends in repair.</summary>
    [Default(Grade.E, "assumption: one day; swaps take minutes, returns to the vendor take days")]
    public double MeanRepairS { get; init => field = Check.Positive(value); } = 86400;

    /// <summary>Spare nodes wanted beside the job, warm and idle.</summary>
    [Default(Grade.E, "assumption: two, so that a failure can be made good at once")]
    public int Spares { get; init => field = Check.NotNegative(value); } = 2;

    /// <summary>Time to put another node in the place of one that failed.</summary>
    [Default(Grade.E, "assumption: part of the restart; swaps from a warm pool take minutes")]
    public double SwapS { get; init => field = Check.NotNegative(value); }

    /// <summary>Time computing from the end of one checkpoint to the start of the next; when not given, or <c>auto</c>, the best by closed form for the size at which it runs.</summary>
    [AbsentAs("auto")]
    public double? CheckpointIntervalS { get; init => field = value is { } interval ? Check.Positive(interval) : null; }

    /// <summary>Time to write one checkpoint to storage.</summary>
    [Default(Grade.E, "assumption: 40 s for 2.3 TB (BLOOM), 17-29 s measured on one 8 x H100 node")]
    public double CheckpointS { get; init => field = Check.NotNegative(value); } = 60;

    /// <summary>Share of that time in which the job stands still; the rest is written beside computing.</summary>
    [Default(Grade.E, "assumption: a write that blocks; asynchronous writers stall for a few percent")]
    public double CheckpointStallFraction { get; init => field = Check.Fraction(value); } = 1;

    /// <summary>Local checkpoints between those to storage; absent for none.</summary>
    public LocalCheckpointSpec? LocalCheckpoint { get; init; }

    /// <summary>Checkpoints in storage that are kept: how far the job can go back behind silent corruption.</summary>
    [Default(Grade.E, "assumption: two dozen")]
    public int RetainedCheckpoints { get; init => field = (int)Check.Within(value, 1, 10_000); } = 24;

    /// <summary>Planned stops, with a checkpoint before; absent for none.</summary>
    public CadenceSpec? Maintenance { get; init; }

    /// <summary>Evaluations, in which the GPUs are held and do not train; absent for none.</summary>
    public CadenceSpec? Evaluation { get; init; }

    /// <summary>Time from a failure until the job is stopped and a restart is ordered; with causes, of GPUs that were taken away.</summary>
    [Default(Grade.E, "assumption: 60 s with inspection, 30-60 s for network faults; 10 min by time-out (ByteRobust, arXiv 2509.16293)")]
    public double DetectS { get; init => field = Check.NotNegative(value); } = 60;

    /// <summary>Time of a cold restart with loading; grows with the size of the job by the published table when not given.</summary>
    [Default(Grade.A, "FT-HSDP, Meta, arXiv 2602.00277: 200 s at 16,000, 300 at 22,000, 600 at 64,000, 900 at 98,000 GPUs")]
    public double? RestartS { get; init => field = value is { } restart ? Check.NotNegative(restart) : null; }

    /// <summary>Share of a restart, after communicators are set up, in which the checkpoint is loaded.</summary>
    [Default(Grade.E, "assumption: half; the rest starts the program")]
    public double LoadFraction { get; init => field = Check.Fraction(value); } = 0.5;

    /// <summary>Its power inside one step of training.</summary>
    public IterationPowerSpec Iteration { get; init; } = new();

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (End < Start)
        {
            yield return new Contradiction(
                nameof(End), FormattableString.Invariant($"a day not before the start, {Start:yyyy-MM-dd}"),
                FormattableString.Invariant($"{End:yyyy-MM-dd}"));
        }
        if (MinGpus > Gpus)
        {
            yield return new Contradiction(
                nameof(MinGpus), FormattableString.Invariant($"at most the {Gpus} GPUs wanted"),
                FormattableString.Invariant($"{MinGpus}"));
        }
        if (CopyGpus is { } copy && (MinGpus ?? Gpus) < copy)
        {
            yield return new Contradiction(
                nameof(CopyGpus), FormattableString.Invariant($"a copy of the model in the {MinGpus ?? Gpus} GPUs it starts with at least"), FormattableString.Invariant($"{copy}"));
        }
        if (CopyGpus is { } whole && Gpus > whole && Gpus % whole != 0)
        {
            yield return new Contradiction(
                nameof(Gpus), FormattableString.Invariant($"whole copies of the model of {whole} GPUs, such as {Math.Max(1, Gpus / whole) * whole} or {(Gpus / whole + 1) * whole}"),
                FormattableString.Invariant($"{Gpus}"));
        }
        if (Replicas > 1 && (MinGpus ?? Gpus) < Replicas * (long)(CopyGpus ?? 1))
        {
            yield return new Contradiction(
                nameof(Replicas), FormattableString.Invariant($"at most {(MinGpus ?? Gpus) / (CopyGpus ?? 1)}, one for each copy of the model in the {MinGpus ?? Gpus} GPUs it starts with at least"),
                FormattableString.Invariant($"{Replicas}"));
        }
        if (Replicas > 1 && Gpus % Replicas != 0)
        {
            yield return new Contradiction(
                nameof(Replicas), FormattableString.Invariant($"replicas of equal size: a number that divides the {Gpus} GPUs"), FormattableString.Invariant($"{Replicas}"));
        }
        if (FailureRecord is { Causes.Count: 0 })
        {
            yield return new Contradiction(nameof(FailureRecord), "causes, one or more", "an empty list");
        }
        if (FailureRecord is { ObservedS: null, FailuresPerNodeS: null } shares && shares.Causes.Any(cause => cause.Count > 0))
        {
            yield return new Contradiction(
                nameof(FailureRecord), "beside counts, which are only shares, 'observed' (their time) or 'failures' (a rate, such as '4.5 per 1000 node-days')", "neither");
        }
        if (CheckpointIntervalS is { } interval && interval + CheckpointStallFraction * CheckpointS < CheckpointS)
        {
            yield return new Contradiction(
                nameof(CheckpointIntervalS),
                $"at least the {Figures.Duration(CheckpointS * (1 - CheckpointStallFraction))} that a write goes on beside computing (a longer interval, or a faster write)",
                Figures.Duration(interval));
        }
        if (SlowFraction + WaitingForDataFraction > 1)
        {
            yield return new Contradiction(
                nameof(WaitingForDataFraction), "shares of computing that add up to at most 100 %", Figures.Percent(SlowFraction + WaitingForDataFraction));
        }
    }
}

/// <summary>Something planned that comes again and again.</summary>
public sealed record CadenceSpec : ISelfChecking
{
    /// <summary>From the beginning of one to the beginning of the next; the first comes after half of it.</summary>
    public required double EveryS { get; init => field = Check.Positive(value); }

    /// <summary>How long it lasts.</summary>
    public required double LastsS { get; init => field = Check.NotNegative(value); }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (LastsS >= EveryS) { yield return new(nameof(LastsS), $"less than the {Figures.Duration(EveryS)} after which it comes again", Figures.Duration(LastsS)); }
    }
}
