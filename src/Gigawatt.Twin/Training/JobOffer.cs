namespace Gigawatt.Training;

/// <summary>What a job is given for one step.</summary>
/// <param name="Gpus">GPUs offered: healthy, powered and cooled, spares included. Fewer than held stops the job.</param>
/// <param name="SpeedFraction">Progress of a second of computing, 1 at full speed: less under a power cap.</param>
/// <param name="MayRun">False asks for a clean stop: a last checkpoint, then the GPUs are given back.</param>
/// <param name="NodeGpus">GPUs that a failed node takes away.</param>
public readonly record struct JobOffer(int Gpus, double SpeedFraction, bool MayRun, int NodeGpus)
{
    /// <summary>More GPUs are on their way: a job that waits goes on waiting for them.</summary>
    public bool HoldsStart { get; init; }

    /// <summary>It may not run because others are given its GPUs.</summary>
    public bool IsAsked { get; init; }

    /// <summary>A node that fails is replaced by one of its own rack, without a swap.</summary>
    public bool SwapsInside { get; init; }

    /// <summary>GPUs of the job that were taken away without notice at the beginning of the step, also when as many others are offered.</summary>
    public int TakenGpus { get; init; }

    /// <summary>The step ends as soon as a node leaves for repair.</summary>
    public bool EndsWhenANodeFails { get; init; }
}
