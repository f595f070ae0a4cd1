namespace Gigawatt.Training;

/// <summary>What can happen to a job abruptly.</summary>
public enum JobEventKind
{
    /// <summary>First computing step after the first loading; value: GPUs held.</summary>
    Started,

    /// <summary>A failure, or GPUs taken away without notice, stopped the job; value: GPU-hours of work lost.</summary>
    Interrupted,

    /// <summary>The job stopped cleanly after a last checkpoint and gave its GPUs back; value: GPUs given back.</summary>
    Paused,

    /// <summary>First computing step after a pause; value: GPUs held.</summary>
    Resumed,

    /// <summary>The job came to its planned end; value: GPUs given back.</summary>
    Ended,
}

/// <summary>Something abrupt that happened to a job inside a step.</summary>
/// <param name="OffsetS">Seconds since the beginning of the step.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Value">How much, in the unit of the kind.</param>
public readonly record struct JobEvent(double OffsetS, JobEventKind Kind, double Value);

/// <summary>What became of the GPU-time offered to a job in one step, and of the work done in it.</summary>
/// <remarks>
/// Every GPU-second offered is down, checkpointing, computing, waiting, paused or failed; they add up. Work is counted
/// in GPU-seconds at full speed: computing less what throttling took. It is provisional until a checkpoint makes it
/// safe or a failure loses it: provisional after = provisional before + earned − committed − lost.
/// </remarks>
public readonly record struct JobStep
{
    /// <summary>Held by the job while a failure is detected or the job restarts.</summary>
    public double DownGpuS { get; init; }

    /// <summary>Held by the job while it writes a checkpoint that blocks it.</summary>
    public double CheckpointGpuS { get; init; }

    /// <summary>Computing, at whatever speed.</summary>
    public double ComputingGpuS { get; init; }

    /// <summary>Offered and healthy but not held: the job waits for more, or needs no more (spares).</summary>
    public double WaitingGpuS { get; init; }

    /// <summary>Offered and healthy while the job may not run.</summary>
    public double PausedGpuS { get; init; }

    /// <summary>Offered at the beginning of the step but taken out by a failure inside it.</summary>
    public double FailedGpuS { get; init; }

    /// <summary>Part of computing that slow running took: computing times (1 − speed).</summary>
    public double ThrottledGpuS { get; init; }

    /// <summary>Work done: computing times speed.</summary>
    public double EarnedGpuS { get; init; }

    /// <summary>Work that checkpoints finished in this step made safe, also from earlier steps.</summary>
    public double CommittedGpuS { get; init; }

    /// <summary>Work that interruptions in this step lost, also from earlier steps.</summary>
    public double LostGpuS { get; init; }

    /// <summary>Failures in this step.</summary>
    public int Failures { get; init; }

    /// <summary>Failures that took a node out for repair.</summary>
    public int NodesFailed { get; init; }

    /// <summary>Most GPUs that began to compute at one moment: the job's worst rise of power.</summary>
    public int RoseGpus { get; init; }

    /// <summary>Most GPUs that stopped computing at one moment: the job's worst fall of power.</summary>
    public int FellGpus { get; init; }

    /// <summary>GPU-seconds at the power of steady training.</summary>
    public double BusyGpuS => ComputingGpuS;

    /// <summary>GPU-seconds loaded but waiting: checkpoint, detection, restart.</summary>
    public double StallGpuS => CheckpointGpuS + DownGpuS;

    /// <summary>GPU-seconds without a job.</summary>
    public double IdleGpuS => WaitingGpuS + PausedGpuS + FailedGpuS;

    /// <summary>All of it: the GPUs offered times the step.</summary>
    public double OfferedGpuS => BusyGpuS + StallGpuS + IdleGpuS;
}

/// <summary>The sums of one step while it runs.</summary>
internal ref struct JobAccount
{
    public Span<JobEvent> Events;
    public int EventCount;
    public double DownGpuS;
    public double CheckpointGpuS;
    public double ComputingGpuS;
    public double WaitingGpuS;
    public double PausedGpuS;
    public double FailedGpuS;
    public double EarnedGpuS;
    public double CommittedGpuS;
    public double LostGpuS;
    public int Failures;
    public int NodesFailed;
    public int RoseGpus;
    public int FellGpus;

    public void Rise(int gpus) => RoseGpus = Math.Max(RoseGpus, gpus);

    public void Fall(int gpus) => FellGpus = Math.Max(FellGpus, gpus);

    public void Tell(double offsetS, JobEventKind kind, double value)
    {
        if (EventCount < Events.Length) { Events[EventCount++] = new JobEvent(offsetS, kind, value); }
    }

    public readonly JobStep Step() => new()
    {
        DownGpuS = DownGpuS,
        CheckpointGpuS = CheckpointGpuS,
        ComputingGpuS = ComputingGpuS,
        WaitingGpuS = WaitingGpuS,
        PausedGpuS = PausedGpuS,
        FailedGpuS = FailedGpuS,
        ThrottledGpuS = ComputingGpuS - EarnedGpuS,
        EarnedGpuS = EarnedGpuS,
        CommittedGpuS = CommittedGpuS,
        LostGpuS = LostGpuS,
        Failures = Failures,
        NodesFailed = NodesFailed,
        RoseGpus = RoseGpus,
        FellGpus = FellGpus,
    };
}
