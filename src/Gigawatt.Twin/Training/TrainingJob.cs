using Gigawatt.Compute;
using Gigawatt.Numerics;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Training;

/// <summary>A synchronous training job: all its GPUs advance together, and one failure stops them all.</summary>
/// <remarks>
/// Cycle: compute for an interval, write a checkpoint that blocks, compute again. A failure loses the work since the
/// last finished checkpoint; it is detected (nothing more can fail meanwhile), then the job restarts (and can fail
/// again), then computes. Failures come at N·λ·(N/N₀)^β: the hazard is memoryless and stands still while nothing runs.
/// Not modelled: step time and its parts, stragglers, checkpoint writing beside computing, checkpoint levels,
/// silent corruption, elastic runs that go on with fewer GPUs, storage bandwidth.
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

    /// <summary>Jobs of a higher priority get GPUs first.</summary>
    [Default(Grade.E, "assumption: jobs are equal")]
    public int Priority { get; init; }

    /// <summary>Model arithmetic done over the peak of the chips while computing at full speed (MFU).</summary>
    [Default(Grade.D, "Llama 3 405B, BF16, 16,384 H100: 400 TFLOP/s of 989 (arXiv 2407.21783, Table 4)")]
    public double MfuFraction { get; init => field = Check.PositiveFraction(value); } = 0.40;

    /// <summary>Number format of the matrix arithmetic, which says of which peak the MFU is.</summary>
    [Default(Grade.E, "assumption: BF16, in which most published utilisations are given")]
    public Precision Precision { get; init; } = Precision.Bf16;

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

    /// <summary>Time computing from the end of one checkpoint to the start of the next.</summary>
    [Default(Grade.E, "assumption: near the optimum at 16,384 H100 (MTBF 3.1 h) for a 60 s checkpoint, 18.6 min")]
    public double CheckpointIntervalS { get; init => field = Check.Positive(value); } = 1200;

    /// <summary>Time that one checkpoint stops the job.</summary>
    [Default(Grade.E, "assumption: blocking write; 40 s for 2.3 TB (BLOOM), 17-29 s measured on one 8 x H100 node")]
    public double CheckpointS { get; init => field = Check.NotNegative(value); } = 60;

    /// <summary>Time from a failure until the job is stopped and a restart is ordered.</summary>
    [Default(Grade.E, "assumption: 60 s with inspection, 30-60 s for network faults; 10 min by time-out (ByteRobust, arXiv 2509.16293)")]
    public double DetectS { get; init => field = Check.NotNegative(value); } = 60;

    /// <summary>Time of a cold restart with loading; grows with the size of the job by the published table when not given.</summary>
    [Default(Grade.A, "FT-HSDP, Meta, arXiv 2602.00277: 200 s at 16,000, 300 at 22,000, 600 at 64,000, 900 at 98,000 GPUs")]
    public double? RestartS { get; init => field = value is { } restart ? Check.NotNegative(restart) : null; }

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
    }
}

/// <summary>What a job is doing.</summary>
public enum JobPhase
{
    /// <summary>Before its first day, or short of GPUs.</summary>
    Waiting,

    /// <summary>Stopped by a failure that is being found.</summary>
    Detecting,

    /// <summary>Starting processes, joining the network, loading.</summary>
    Restarting,

    /// <summary>Training.</summary>
    Computing,

    /// <summary>Stopped while a checkpoint is written.</summary>
    Checkpointing,

    /// <summary>Stopped cleanly because it may not run.</summary>
    Paused,

    /// <summary>Past its last day.</summary>
    Ended,
}

/// <summary>What a job remembers between steps. <see cref="TrainingJob.Begin"/> makes the first one.</summary>
public struct TrainingJobState
{
    /// <summary>What it is doing.</summary>
    public JobPhase Phase;

    /// <summary>Time left in a phase of fixed length.</summary>
    public double PhaseLeftS;

    /// <summary>Time until its first day; zero from then on.</summary>
    public double ToStartS;

    /// <summary>Time until its end; infinite without one.</summary>
    public double ToEndS;

    /// <summary>GPUs it holds.</summary>
    public int HeldGpus;

    /// <summary>Hazard left until the next failure, in units of the mean. Zero: not drawn yet.</summary>
    public double HazardToFailure;

    /// <summary>Work done since the last finished checkpoint, in GPU-seconds at full speed.</summary>
    public double ProvisionalGpuS;

    /// <summary>It has computed before.</summary>
    public bool HasStarted;

    /// <summary>It was paused and has not computed since.</summary>
    public bool IsResuming;

    /// <summary>It stops when the checkpoint being written is finished.</summary>
    public bool StopsAfterCheckpoint;
}

/// <summary>The job's equations: from event to event, exact inside a step of any length.</summary>
public static class TrainingJob
{
    // Cold restart by size, FT-HSDP (Meta, arXiv 2602.00277).
    private static readonly Curve RestartBySize = new([16_000, 22_000, 64_000, 98_000], [200, 300, 600, 900]);

    /// <summary>The job at the beginning of a run.</summary>
    public static TrainingJobState Begin(TrainingJobSpec spec, DateTime runStart) => new()
    {
        ToStartS = Math.Max(0, (spec.Start.ToDateTime(TimeOnly.MinValue) - runStart).TotalSeconds),
        ToEndS = spec.End is { } end
            ? Math.Max(0, (end.AddDays(1).ToDateTime(TimeOnly.MinValue) - runStart).TotalSeconds)
            : double.PositiveInfinity,
    };

    /// <summary>GPUs the job wants now: none before its first day and after its end.</summary>
    public static int WantedGpus(TrainingJobSpec spec, in TrainingJobState state) =>
        state.ToStartS > 0 || state.Phase == JobPhase.Ended ? 0 : spec.Gpus;

    /// <summary>Failures per second of a job of so many GPUs: N·λ·(N/N₀)^β.</summary>
    public static double FailuresPerS(TrainingJobSpec spec, int gpus) => spec.FailuresPerGpuS * gpus
        * (spec.FailureElasticityRatio == 0 || gpus <= 0
            ? 1
            : Elementary.Pow((double)gpus / spec.ReferenceGpus, spec.FailureElasticityRatio));

    /// <summary>Mean time between failures of a job of so many GPUs; infinite when nothing fails.</summary>
    public static double MeanTimeBetweenFailuresS(TrainingJobSpec spec, int gpus) => 1 / FailuresPerS(spec, gpus);

    /// <summary>Time of a restart with so many GPUs.</summary>
    /// <remarks>By the table up to 98,000 GPUs; in proportion to size beyond it (assumption).</remarks>
    public static double RestartS(TrainingJobSpec spec, int gpus) =>
        spec.RestartS ?? RestartBySize.At(gpus) * Math.Max(1, gpus / 98_000.0);

    /// <summary>Model arithmetic that one GPU does in a second of work at full speed.</summary>
    public static double TflopPerGpuS(TrainingJobSpec spec, GpuSpec gpu) =>
        spec.MfuFraction * Gpu.PeakTflopPerS(gpu, spec.Precision);

    /// <summary>Tokens that one GPU trains in a second of work at full speed; none when the model is not said.</summary>
    /// <remarks>The utilisation counts attention too, so a token costs a sample's arithmetic over its length.</remarks>
    public static double TokensPerGpuS(TrainingJobSpec spec, GpuSpec gpu) => spec.Trains is { } model
        ? TflopPerGpuS(spec, gpu) * model.Sequence / Model.TflopPerSample(model)
        : 0;

    /// <summary>Lets one step pass.</summary>
    /// <param name="spec">The job.</param>
    /// <param name="state">What it remembers.</param>
    /// <param name="stream">Its stream, named after the job.</param>
    /// <param name="stepS">Length of the step.</param>
    /// <param name="availableGpus">GPUs offered: healthy, powered and cooled, spares included. Fewer than held stops the job.</param>
    /// <param name="speedFraction">Progress of a second of computing, 1 at full speed: less under a power cap.</param>
    /// <param name="mayRun">False asks for a clean stop: a last checkpoint, then the GPUs are given back.</param>
    /// <param name="nodeGpus">GPUs that a failed node takes away.</param>
    /// <param name="events">Room for what happened; further events are counted in the step but not told.</param>
    /// <param name="eventCount">How many events were told.</param>
    public static JobStep Advance(
        TrainingJobSpec spec, ref TrainingJobState state, ref Stream stream, double stepS, int availableGpus,
        double speedFraction, bool mayRun, int nodeGpus, Span<JobEvent> events, out int eventCount)
    {
        JobAccount account = new() { Events = events };
        int healthyGpus = availableGpus;
        double nowS = 0;
        if (state.HeldGpus > healthyGpus) { Interrupt(spec, ref state, healthyGpus, nowS, ref account); }
        while (nowS < stepS)
        {
            Decide(spec, ref state, healthyGpus, mayRun, nowS, ref account);
            double rate = CanFail(state.Phase) ? FailuresPerS(spec, state.HeldGpus) : 0;
            if (state.HazardToFailure <= 0) { state.HazardToFailure = stream.NextExponential(); }
            double toFailureS = rate > 0 ? state.HazardToFailure / rate : double.PositiveInfinity;
            double toPhaseEndS = HasLength(state.Phase) ? state.PhaseLeftS : double.PositiveInfinity;
            double toDateS = state.ToStartS > 0 ? state.ToStartS : state.ToEndS > 0 ? state.ToEndS : double.PositiveInfinity;
            double restS = stepS - nowS;
            double spanS = Math.Min(Math.Min(restS, toDateS), Math.Min(toPhaseEndS, toFailureS));

            Spend(ref account, ref state, spanS, availableGpus, healthyGpus, speedFraction, mayRun);
            nowS = spanS == restS ? stepS : nowS + spanS;
            state.ToStartS = Math.Max(0, state.ToStartS - spanS);
            state.ToEndS = Math.Max(0, state.ToEndS - spanS);
            state.PhaseLeftS -= spanS;
            if (spanS == toFailureS)
            {
                state.HazardToFailure = 0;
                account.Failures++;
                if (stream.NextUniform() < spec.RepairFraction)
                {
                    account.NodesFailed++;
                    healthyGpus = Math.Max(0, healthyGpus - nodeGpus);
                    Interrupt(spec, ref state, Math.Max(0, state.HeldGpus - nodeGpus), nowS, ref account);
                }
                else { Interrupt(spec, ref state, state.HeldGpus, nowS, ref account); }
                continue;
            }
            state.HazardToFailure = Math.Max(double.Epsilon, state.HazardToFailure - rate * spanS);
            if (spanS == toPhaseEndS) { EndPhase(spec, ref state, healthyGpus, nowS, ref account); }
        }
        eventCount = account.EventCount;
        return account.Step();
    }

    // What does not wait for time: starting when there are GPUs, stopping when asked to.
    private static void Decide(
        TrainingJobSpec spec, ref TrainingJobState state, int healthyGpus, bool mayRun, double nowS, ref JobAccount account)
    {
        bool isOver = state.ToEndS <= 0;
        bool mustStop = isOver || !mayRun;
        switch (state.Phase)
        {
            case JobPhase.Waiting or JobPhase.Paused when isOver:
                Stop(ref state, nowS, ref account);
                break;
            case JobPhase.Waiting or JobPhase.Paused when !mustStop && state.ToStartS <= 0:
                Restart(spec, ref state, healthyGpus);
                break;
            case JobPhase.Detecting or JobPhase.Restarting when mustStop:
                Stop(ref state, nowS, ref account);
                break;
            case JobPhase.Computing when mustStop:
                account.Fall(state.HeldGpus);
                (state.Phase, state.PhaseLeftS) = (JobPhase.Checkpointing, spec.CheckpointS);
                state.StopsAfterCheckpoint = true;
                break;
            case JobPhase.Checkpointing:
                state.StopsAfterCheckpoint = mustStop;
                break;
        }
    }

    private static void EndPhase(
        TrainingJobSpec spec, ref TrainingJobState state, int healthyGpus, double nowS, ref JobAccount account)
    {
        switch (state.Phase)
        {
            case JobPhase.Detecting:
                Restart(spec, ref state, healthyGpus);
                break;
            case JobPhase.Restarting:
                Compute(spec, ref state, ref account);
                if (!state.HasStarted) { account.Tell(nowS, JobEventKind.Started, state.HeldGpus); }
                else if (state.IsResuming) { account.Tell(nowS, JobEventKind.Resumed, state.HeldGpus); }
                (state.HasStarted, state.IsResuming) = (true, false);
                break;
            case JobPhase.Computing:
                account.Fall(state.HeldGpus);
                (state.Phase, state.PhaseLeftS) = (JobPhase.Checkpointing, spec.CheckpointS);
                break;
            case JobPhase.Checkpointing:
                account.CommittedGpuS += state.ProvisionalGpuS;
                state.ProvisionalGpuS = 0;
                if (state.StopsAfterCheckpoint) { Stop(ref state, nowS, ref account); }
                else { Compute(spec, ref state, ref account); }
                break;
        }
    }

    private static void Compute(TrainingJobSpec spec, ref TrainingJobState state, ref JobAccount account)
    {
        account.Rise(state.HeldGpus);
        (state.Phase, state.PhaseLeftS) = (JobPhase.Computing, spec.CheckpointIntervalS);
    }

    private static void Restart(TrainingJobSpec spec, ref TrainingJobState state, int healthyGpus)
    {
        bool enough = healthyGpus >= (spec.MinGpus ?? spec.Gpus);
        state.HeldGpus = enough ? Math.Min(spec.Gpus, healthyGpus) : 0;
        if (enough) { (state.Phase, state.PhaseLeftS) = (JobPhase.Restarting, RestartS(spec, state.HeldGpus)); }
        else if (state.Phase == JobPhase.Detecting) { state.Phase = JobPhase.Waiting; }
    }

    private static void Interrupt(
        TrainingJobSpec spec, ref TrainingJobState state, int keptGpus, double nowS, ref JobAccount account)
    {
        account.LostGpuS += state.ProvisionalGpuS;
        account.Tell(nowS, JobEventKind.Interrupted, state.ProvisionalGpuS / 3600);
        if (state.Phase == JobPhase.Computing) { account.Fall(state.HeldGpus); }
        state.ProvisionalGpuS = 0;
        state.HeldGpus = keptGpus;
        state.StopsAfterCheckpoint = false;
        (state.Phase, state.PhaseLeftS) = (JobPhase.Detecting, spec.DetectS);
    }

    private static void Stop(ref TrainingJobState state, double nowS, ref JobAccount account)
    {
        bool isOver = state.ToEndS <= 0;
        account.Tell(nowS, isOver ? JobEventKind.Ended : JobEventKind.Paused, state.HeldGpus);
        state.Phase = isOver ? JobPhase.Ended : JobPhase.Paused;
        state.HeldGpus = 0;
        state.IsResuming = true;
        state.StopsAfterCheckpoint = false;
    }

    private static void Spend(
        ref JobAccount account, ref TrainingJobState state, double spanS, int availableGpus, int healthyGpus,
        double speedFraction, bool mayRun)
    {
        double heldGpuS = state.HeldGpus * spanS;
        double unheldGpuS = (healthyGpus - state.HeldGpus) * spanS;
        switch (state.Phase)
        {
            case JobPhase.Detecting or JobPhase.Restarting:
                account.DownGpuS += heldGpuS;
                break;
            case JobPhase.Checkpointing:
                account.CheckpointGpuS += heldGpuS;
                break;
            case JobPhase.Computing:
                account.ComputingGpuS += heldGpuS;
                account.EarnedGpuS += heldGpuS * speedFraction;
                state.ProvisionalGpuS += heldGpuS * speedFraction;
                break;
        }
        if (state.Phase == JobPhase.Paused || !mayRun) { account.PausedGpuS += unheldGpuS; }
        else { account.WaitingGpuS += unheldGpuS; }
        account.FailedGpuS += (availableGpus - healthyGpus) * spanS;
    }

    private static bool HasLength(JobPhase phase) =>
        phase is JobPhase.Detecting or JobPhase.Restarting or JobPhase.Computing or JobPhase.Checkpointing;

    private static bool CanFail(JobPhase phase) =>
        phase is JobPhase.Restarting or JobPhase.Computing or JobPhase.Checkpointing;
}
