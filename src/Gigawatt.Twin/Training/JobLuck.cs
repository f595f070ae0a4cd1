using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Training;

/// <summary>The luck of a job.</summary>
public struct JobLuck
{
    /// <summary>When something fails, and whether the node can go on.</summary>
    public Stream Failures;

    /// <summary>Which cause it is, how long a flap lasts, when corruption is found, whether local copies are left.</summary>
    public Stream Causes;

    /// <summary>Early failures of new GPUs.</summary>
    public Stream Early;

    /// <summary>The luck of one job in one run.</summary>
    public static JobLuck For(long seed, int run, string job) => new()
    {
        Failures = Stream.For(seed, run, job, "failure"),
        Causes = Stream.For(seed, run, job, "cause"),
        Early = Stream.For(seed, run, job, "early failure"),
    };
}
