namespace Gigawatt.Training;

/// <summary>What can happen to a job abruptly.</summary>
public enum JobEventKind
{
    /// <summary>First computing step after the first loading; value: GPUs held.</summary>
    Started,

    /// <summary>A failure, or GPUs taken away without notice, stopped the job or a replica of it; value: GPU-hours of work lost.</summary>
    Interrupted,

    /// <summary>A node left for repair; value: GPUs of it.</summary>
    NodeFailed,

    /// <summary>The job stopped cleanly after a last checkpoint and gave its GPUs back; value: GPUs given back.</summary>
    Paused,

    /// <summary>First computing step after a pause; value: GPUs held.</summary>
    Resumed,

    /// <summary>First computing step with more or fewer GPUs than before; value: GPUs held.</summary>
    Resized,

    /// <summary>A planned stop began, with a checkpoint before; value: GPUs held.</summary>
    Planned,

    /// <summary>The job came to its planned end; value: GPUs given back.</summary>
    Ended,
}

/// <summary>Something abrupt that happened to a job inside a step.</summary>
/// <param name="OffsetS">Seconds since the beginning of the step.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Value">How much, in the unit of the kind.</param>
/// <param name="Cause">Number of the cause in the job's plan; -1 where there is none.</param>
public readonly record struct JobEvent(double OffsetS, JobEventKind Kind, double Value, int Cause = -1);
