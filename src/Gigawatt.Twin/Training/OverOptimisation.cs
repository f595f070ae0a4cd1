using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>How a policy is pushed towards a reward.</summary>
public enum OptimisationMethod
{
    /// <summary>Reinforcement learning.</summary>
    Rl,

    /// <summary>The best of n answers by the reward.</summary>
    BestOfN,
}

/// <summary>How the gold reward rises and falls as a policy is optimised for a proxy of it.</summary>
/// <remarks>
/// Gao, Schulman, Hilton, Scaling laws for reward model overoptimization, arXiv 2210.10760 (2022): with d the root of the KL divergence from the
/// starting policy, best of n gives R = d·(α − β·d), reinforcement learning R = d·(α − β·ln d), R(0) = 0. The coefficients depend on reward model and
/// data and are only plotted there; both have to be given. Not modelled: rewards of people instead of a gold model, adversarial answers.
/// </remarks>
public sealed record OverOptimisationLaw
{
    /// <summary>Reinforcement learning or best of n.</summary>
    public required OptimisationMethod Method { get; init; }

    /// <summary>Gain of gold reward for the first step away from the start.</summary>
    public required double Alpha { get; init => field = Check.Positive(value); }

    /// <summary>How fast that gain wears off.</summary>
    public required double Beta { get; init => field = Check.Positive(value); }
}

/// <summary>The laws of over-optimisation, their peaks, and their fit to what was seen.</summary>
public static class OverOptimisation
{
    /// <summary>Gold reward at a distance.</summary>
    /// <param name="law">The law.</param>
    /// <param name="d">Root of the KL divergence, in root nats.</param>
    public static double Gold(OverOptimisationLaw law, double d) => d <= 0
        ? 0
        : d * (law.Alpha - law.Beta * (law.Method == OptimisationMethod.Rl ? Elementary.Log(d) : d));

    /// <summary>Distance of the highest gold reward: e^(α/β − 1), or α/(2β).</summary>
    public static double PeakD(OverOptimisationLaw law) => law.Method == OptimisationMethod.Rl
        ? Elementary.Exp(law.Alpha / law.Beta - 1)
        : law.Alpha / (2 * law.Beta);

    /// <summary>Highest gold reward: β·d, or α²/(4β).</summary>
    public static double PeakGold(OverOptimisationLaw law) => law.Method == OptimisationMethod.Rl
        ? law.Beta * PeakD(law)
        : law.Alpha * law.Alpha / (4 * law.Beta);

    /// <summary>Distance at which nothing is left of the gain: e^(α/β), or α/β.</summary>
    public static double ZeroD(OverOptimisationLaw law) => law.Method == OptimisationMethod.Rl ? Elementary.Exp(law.Alpha / law.Beta) : law.Alpha / law.Beta;

    /// <summary>KL divergence of the best of n from a single answer: ln n − (n − 1)/n.</summary>
    public static double BestOfNKl(double n) => Elementary.Log(n) - (n - 1) / n;

    /// <summary>The law that fits gold rewards best, in least squares; null when they do not show a law with a peak.</summary>
    public static OverOptimisationLaw? Fit(OptimisationMethod method, ReadOnlySpan<double> distances, ReadOnlySpan<double> golds)
    {
        double xx = 0, xy = 0, yy = 0, xr = 0, yr = 0;
        for (int i = 0; i < distances.Length; i++)
        {
            double d = distances[i];
            if (d <= 0) { continue; }
            double bend = -d * (method == OptimisationMethod.Rl ? Elementary.Log(d) : d);
            xx += d * d;
            xy += d * bend;
            yy += bend * bend;
            xr += d * golds[i];
            yr += bend * golds[i];
        }
        double determinant = xx * yy - xy * xy;
        if (determinant <= 1e-12 * xx * yy) { return null; }
        double alpha = (xr * yy - yr * xy) / determinant, beta = (yr * xx - xr * xy) / determinant;
        return alpha > 0 && beta > 0 ? new OverOptimisationLaw { Method = method, Alpha = alpha, Beta = beta } : null;
    }
}
