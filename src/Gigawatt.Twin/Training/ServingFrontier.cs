using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>A measured operating point of a serving system: how fast one user reads, and how much all users get from one GPU.</summary>
public sealed record ServingPoint
{
    /// <summary>Output tokens that one user sees in a second.</summary>
    public required double InteractivityPerS { get; init => field = Check.Positive(value); }

    /// <summary>Tokens, of input and output together, that one GPU handles in a second.</summary>
    public required double ThroughputPerGpuS { get; init => field = Check.Positive(value); }
}

/// <summary>What a kind of GPU can serve of one model: the more users share it, the slower each of them is served.</summary>
/// <remarks>
/// Points come from published benchmarks of one model, precision and mix of input and output. Not modelled: how another mix
/// moves the points, prompts that are cached, time to the first token, progress of the software after the date of the points.
/// </remarks>
[Catalog("serving")]
public sealed record ServingFrontierSpec : ISelfChecking
{
    /// <summary>GPU, model, precision and mix.</summary>
    public required string Title { get; init; }

    /// <summary>The points, slowest reading first.</summary>
    public IReadOnlyList<ServingPoint> Points { get; init; } = [];

    /// <summary>Tokens of input for each token of output in the benchmark.</summary>
    [Default(Grade.A, "InferenceX, mix 8k/1k: 8,192 tokens in, 1,024 out")]
    public double InputRatio { get; init => field = Check.NotNegative(value); } = 8;

    /// <summary>What an hour of one GPU costs its owner: depreciation, power, hosting.</summary>
    public required double CostUsdPerGpuS { get; init => field = Check.Positive(value); }

    /// <summary>Power of the site for one GPU when it serves, cooling and network included.</summary>
    public required double SitePowerMwPerGpu { get; init => field = Check.Positive(value); }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (Points.Count < 2) { yield return new(nameof(Points), "two points or more", FormattableString.Invariant($"{Points.Count}")); }
        for (int i = 1; i < Points.Count; i++)
        {
            if (Points[i].InteractivityPerS <= Points[i - 1].InteractivityPerS)
            {
                yield return new(nameof(Points), FormattableString.Invariant($"rising interactivity: more than {Points[i - 1].InteractivityPerS:0.###} tokens/s at point {i + 1}"),
                    FormattableString.Invariant($"{Points[i].InteractivityPerS:0.###} tokens/s"));
            }
            if (Points[i].ThroughputPerGpuS >= Points[i - 1].ThroughputPerGpuS)
            {
                yield return new(nameof(Points),
                    FormattableString.Invariant($"falling throughput: less than {Points[i - 1].ThroughputPerGpuS:0.###} tokens/s per GPU at point {i + 1}; leave out points that another one beats"),
                    FormattableString.Invariant($"{Points[i].ThroughputPerGpuS:0.###} tokens/s per GPU"));
            }
        }
    }
}

/// <summary>Reading a frontier, and what a token costs on it.</summary>
public static class ServingFrontier
{
    /// <summary>Tokens a second from one GPU while every user reads at a given speed.</summary>
    /// <remarks>
    /// Straight between the points in logarithms of both, which keeps it falling and meets every point. Slower than the first
    /// point it stays level, since nothing better was measured; faster than the last one it is not a number: nothing was measured.
    /// </remarks>
    public static double ThroughputPerGpuS(ServingFrontierSpec spec, double interactivityPerS)
    {
        IReadOnlyList<ServingPoint> points = spec.Points;
        if (interactivityPerS <= points[0].InteractivityPerS) { return points[0].ThroughputPerGpuS; }
        for (int i = 1; i < points.Count; i++)
        {
            if (interactivityPerS > points[i].InteractivityPerS) { continue; }
            return Between(points[i - 1].InteractivityPerS, points[i].InteractivityPerS, points[i - 1].ThroughputPerGpuS, points[i].ThroughputPerGpuS, interactivityPerS);
        }
        return double.NaN;
    }

    /// <summary>The fastest reading at which one GPU still handles so many tokens a second; not a number above the first point.</summary>
    public static double InteractivityPerS(ServingFrontierSpec spec, double throughputPerGpuS)
    {
        IReadOnlyList<ServingPoint> points = spec.Points;
        if (throughputPerGpuS > points[0].ThroughputPerGpuS) { return double.NaN; }
        for (int i = 1; i < points.Count; i++)
        {
            if (throughputPerGpuS < points[i].ThroughputPerGpuS) { continue; }
            return Between(points[i - 1].ThroughputPerGpuS, points[i].ThroughputPerGpuS, points[i - 1].InteractivityPerS, points[i].InteractivityPerS, throughputPerGpuS);
        }
        return points[^1].InteractivityPerS;
    }

    /// <summary>What a million tokens cost: cost of the GPU over its throughput, times a million.</summary>
    public static double MillionTokensUsd(double costUsdPerGpuS, double throughputPerGpuS) => costUsdPerGpuS * 1e6 / throughputPerGpuS;

    /// <summary>Energy of a million tokens at full throughput.</summary>
    public static double MillionTokensMwh(double sitePowerMwPerGpu, double throughputPerGpuS) => sitePowerMwPerGpu / 3600 * 1e6 / throughputPerGpuS;

    /// <summary>Users that read from one GPU at the same time: its output over the speed of one of them (Little's law).</summary>
    /// <remarks>InferenceX prints 649 for GB200 at 75 tokens/s; 5,789.6/(9 × 75) = 8.58 per GPU is 618 on 72 of them.</remarks>
    public static double StreamsPerGpu(ServingFrontierSpec spec, double interactivityPerS) =>
        ThroughputPerGpuS(spec, interactivityPerS) / ((1 + spec.InputRatio) * interactivityPerS);

    private static double Between(double fromX, double toX, double fromY, double toY, double x)
    {
        if (x == toX) { return toY; }
        double share = Elementary.Log(x / fromX) / Elementary.Log(toX / fromX);
        return fromY * Elementary.Exp(share * Elementary.Log(toY / fromY));
    }
}
