using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>Where a stop rule ends a training, and which of its checkpoints is kept.</summary>
/// <param name="Step">The checkpoint to keep: middle of the best stretch seen.</param>
/// <param name="SeenStep">The step at which the rule was sure and training ended.</param>
/// <param name="IsSure">Whether the fall was beyond doubt; otherwise training ran to its end.</param>
/// <param name="Gold">Gold reward of that stretch as estimated.</param>
/// <param name="StandardError">Its standard error.</param>
public readonly record struct RewardStopPoint(int Step, int SeenStep, bool IsSure, double Gold, double StandardError);

/// <summary>Stops a training where the gold reward peaks, from a few held-out gold labels at each step.</summary>
/// <remarks>
/// Means over a window of steps are compared with the best window so far that does not overlap. Training stops once the fall exceeds √(2·ln(K²/2δ))
/// standard errors, with K steps and doubt δ: a bound on every one of the K²/2 comparisons at once (normal tails are below e^(−z²/2)), so looking
/// again after each step costs no confidence. It sees only labels of steps already made. Not modelled: labels that are themselves wrong.
/// </remarks>
public static class RewardStop
{
    /// <summary>Runs the rule over the steps in order.</summary>
    /// <param name="golds">Mean of the gold labels of each step.</param>
    /// <param name="errors">Standard error of each mean.</param>
    /// <param name="window">Steps that are averaged.</param>
    /// <param name="doubtFraction">Probability to stop although nothing fell.</param>
    public static RewardStopPoint Run(ReadOnlySpan<double> golds, ReadOnlySpan<double> errors, int window, double doubtFraction)
    {
        int steps = golds.Length;
        double z = Threshold(steps, doubtFraction);
        int best = -1;
        double bestGold = double.NegativeInfinity, bestError = 0;
        for (int end = window - 1; end < steps; end++)
        {
            (double gold, double error) = Window(golds, errors, end, window);
            if (best >= 0 && end - best >= window && bestGold - gold > z * Math.Sqrt(error * error + bestError * bestError))
            {
                return new RewardStopPoint(best - window / 2, end, true, bestGold, bestError);
            }
            if (gold > bestGold) { (best, bestGold, bestError) = (end, gold, error); }
        }
        return new RewardStopPoint(best - window / 2, steps - 1, false, bestGold, bestError);
    }

    /// <summary>Standard errors by which a window has to fall.</summary>
    public static double Threshold(int steps, double doubtFraction) => Math.Sqrt(2 * Elementary.Log(0.5 * steps * steps / doubtFraction));

    private static (double Gold, double Error) Window(ReadOnlySpan<double> golds, ReadOnlySpan<double> errors, int end, int window)
    {
        double sum = 0, squares = 0;
        for (int i = end - window + 1; i <= end; i++)
        {
            sum += golds[i];
            squares += errors[i] * errors[i];
        }
        return (sum / window, Math.Sqrt(squares) / window);
    }
}
