using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>Machines that are slow for good, among many that are not.</summary>
public sealed record SlowNodesSpec
{
    /// <summary>Share of the nodes that are slow.</summary>
    [Default(Grade.A, "MegaScale, arXiv 2402.15627: about 0.5 % of machines, about 10 % slow")]
    public double SlowFraction { get; init => field = Check.Fraction(value); } = 0.005;

    /// <summary>Time that a slow node takes more than others, as a share.</summary>
    [Default(Grade.A, "MegaScale, arXiv 2402.15627")]
    public double ExcessFraction { get; init => field = Check.NotNegative(value); } = 0.10;
}

/// <summary>What waiting for the slowest costs a synchronous step.</summary>
/// <remarks>
/// A step ends when the last of N ends. The mean of the largest of N equal independent variables is the integral of their quantile function
/// over the N-th root of the uniform, ∫₀¹ Q(u^(1/N)) du; for standard normals 1.4236 (8), 3.0439 (512), 3.8023 (8,192), 4.3843 (100,000), while the
/// asymptote √(2 ln N) gives 4.24 for 8,192. Published shares: 42.5 % of jobs lose 10 % or more, 10.4 % of GPU-hours, worst tenth 21.3 %, only 1.7 % of
/// it due to workers, most to stages of unequal work (arXiv 2505.05713, OSDI 25). Not modelled: slowness that is correlated or lasts several steps.
/// </remarks>
public static class Straggler
{
    private const int Points = 400;

    /// <summary>Mean of the largest of <paramref name="count"/> standard normal variables, in standard deviations.</summary>
    /// <remarks>
    /// ∫ x·d(Φ(x)^N) by parts: the largest x that matters, less the area under Φ^N. Simpson's rule over the width of the distribution of the largest,
    /// Φ from its complement so that a million ranks lose no digits. Absolute error below 1e-6 up to a thousand million.
    /// </remarks>
    public static double ExpectedMaximumFactor(long count)
    {
        if (count <= 1) { return 0; }
        double low = -9, high = 9;
        double step = (high - low) / (4 * Points);
        double area = 0;
        for (int i = 0; i <= 4 * Points; i++)
        {
            double x = low + i * step;
            // Φ^N for x above zero minus (1 − Φ^N) is what moves the mean from −9 upwards.
            double weight = i == 0 || i == 4 * Points ? 1 : (i & 1) == 1 ? 4 : 2;
            area += weight * Power(x, count);
        }
        return high - area * step / 3;
    }

    /// <summary>Mean of the largest of many lognormal variables over their mean, less one.</summary>
    /// <param name="count">How many.</param>
    /// <param name="spreadFraction">Standard deviation over mean of one.</param>
    public static double LognormalExcessFraction(long count, double spreadFraction)
    {
        if (count <= 1 || spreadFraction <= 0) { return 0; }
        double sigma = Math.Sqrt(Elementary.Log(1 + spreadFraction * spreadFraction));
        // E[e^(σM)] over e^(σ²/2), M the largest normal: ∫ e^(σx) d(Φ^N) as sums of its increments.
        const double low = -9, high = 9;
        const int steps = 8 * Points;
        double width = (high - low) / steps, below = Power(low, count), mean = 0;
        for (int i = 0; i < steps; i++)
        {
            double x = low + i * width;
            double above = Power(x + width, count);
            mean += (above - below) * Elementary.Exp(sigma * (x + width / 2));
            below = above;
        }
        return mean / Elementary.Exp(sigma * sigma / 2) - 1;
    }

    /// <summary>Extra time of a step whose GPUs differ normally from moment to moment, as a share.</summary>
    public static double NormalExcessFraction(long count, double spreadFraction) => ExpectedMaximumFactor(count) * spreadFraction;

    /// <summary>Probability that at least one of so many nodes is a slow one.</summary>
    public static double AnySlowFraction(SlowNodesSpec spec, long nodes) =>
        spec.SlowFraction >= 1 ? 1 : 1 - Elementary.Exp(nodes * Log1Minus(spec.SlowFraction));

    /// <summary>Mean extra time of a step through nodes that are slow for good: one is enough, as a share.</summary>
    public static double SlowNodeExcessFraction(SlowNodesSpec spec, long nodes) => AnySlowFraction(spec, nodes) * spec.ExcessFraction;

    /// <summary>Extra time through stages of unequal work: the slowest sets the pace, as a share over the mean.</summary>
    /// <param name="layers">Layers of the model.</param>
    /// <param name="stages">Stages they are cut into.</param>
    /// <param name="headLayersRatio">Work of the output table in layers, on the last stage.</param>
    public static double ImbalanceFraction(int layers, int stages, double headLayersRatio)
    {
        double mean = (layers + headLayersRatio) / stages;
        int each = (layers + stages - 1) / stages;
        bool lastIsShort = layers < each * stages;
        double slowest = Math.Max(each, lastIsShort ? layers - each * (stages - 1) + headLayersRatio : each + headLayersRatio);
        return slowest / mean - 1;
    }

    /// <summary>Φ(x), the share of standard normal variables below x.</summary>
    public static double NormalBelowFraction(double deviationsRatio) => deviationsRatio < 0
        ? UpperTail(-deviationsRatio)
        : 1 - UpperTail(deviationsRatio);

    private static double Power(double x, long count)
    {
        double tail = x < 0 ? 1 - UpperTail(-x) : UpperTail(x);
        return tail >= 1 ? 0 : Elementary.Exp(count * Log1Minus(tail));
    }

    private static double Log1Minus(double tail)
    {
        if (tail > 1e-4) { return Elementary.Log(1 - tail); }
        return -tail * (1 + tail * (0.5 + tail * (1.0 / 3 + tail * 0.25)));
    }

    // 1 − Φ(x) for x of zero or more: series below 2.5, Laplace's continued fraction above; relative error below 1e-12.
    private static double UpperTail(double x)
    {
        double density = Elementary.Exp(-x * x / 2) / 2.5066282746310002;
        if (x < 2.5)
        {
            double term = x, sum = x;
            for (int n = 1; n < 60; n++)
            {
                term *= x * x / (2 * n + 1);
                sum += term;
            }
            return 0.5 - density * sum;
        }
        double fraction = x;
        for (int n = 80; n >= 1; n--) { fraction = x + n / fraction; }
        return density / fraction;
    }
}
