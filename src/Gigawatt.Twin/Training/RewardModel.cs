using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>A small policy over listed answers, the rewards of each, and the price of leaving where it started.</summary>
public sealed record RewardChoiceSpec : ISelfChecking
{
    /// <summary>Probabilities of the answers before training.</summary>
    public IReadOnlyList<double> ReferenceFraction { get; init; } = [];

    /// <summary>Reward of each answer.</summary>
    public IReadOnlyList<double> Rewards { get; init; } = [];

    /// <summary>Reward given up for one nat of KL divergence (λ).</summary>
    public required double Penalty { get; init => field = Check.Positive(value); }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        double sum = ReferenceFraction.Sum();
        if (ReferenceFraction.Any(share => share < 0)) { yield return new(nameof(ReferenceFraction), "probabilities of 0 % or more", FormattableString.Invariant($"{ReferenceFraction.Min() * 100:0.###} %")); }
        else if (Math.Abs(sum - 1) > 1e-9) { yield return new(nameof(ReferenceFraction), "probabilities that sum to 100 %", FormattableString.Invariant($"a sum of {sum * 100:0.######} %")); }
        if (Rewards.Count != ReferenceFraction.Count)
        {
            yield return new(nameof(Rewards), FormattableString.Invariant($"a reward for each of the {ReferenceFraction.Count} answers"), FormattableString.Invariant($"{Rewards.Count}"));
        }
    }
}

/// <summary>What a reward makes of a policy: the exact optimum under a KL penalty, and the best of n.</summary>
/// <remarks>
/// max over π of E_π[r] − λ·KL(π‖π₀) is reached by π ∝ π₀·e^(r/λ), with value λ·ln Z, Z = Σ π₀·e^(r/λ). It is the point that penalised
/// reinforcement learning would reach if it were perfect. Not modelled: noise of gradients, policies that cannot tell answers apart.
/// </remarks>
public static class RewardModel
{
    /// <summary>The optimal policy; returns λ·ln Z, the reward it keeps after the penalty.</summary>
    /// <param name="reference">Probabilities before training.</param>
    /// <param name="rewards">Rewards.</param>
    /// <param name="penalty">Reward for one nat (λ), more than 0.</param>
    /// <param name="policy">Receives the probabilities.</param>
    public static double Optimum(ReadOnlySpan<double> reference, ReadOnlySpan<double> rewards, double penalty, Span<double> policy)
    {
        double highest = double.NegativeInfinity, sum = 0;
        for (int i = 0; i < rewards.Length; i++)
        {
            if (reference[i] > 0) { highest = Math.Max(highest, rewards[i]); }
        }
        for (int i = 0; i < rewards.Length; i++)
        {
            policy[i] = reference[i] > 0 ? reference[i] * Elementary.Exp((rewards[i] - highest) / penalty) : 0;
            sum += policy[i];
        }
        for (int i = 0; i < rewards.Length; i++) { policy[i] /= sum; }
        return highest + penalty * Elementary.Log(sum);
    }

    /// <summary>The policy that draws n answers and keeps the one of highest reward; of equal rewards each is as likely as it was.</summary>
    public static void BestOfN(ReadOnlySpan<double> reference, ReadOnlySpan<double> rewards, double n, Span<double> policy)
    {
        for (int i = 0; i < rewards.Length; i++)
        {
            double below = 0, equal = 0;
            for (int j = 0; j < rewards.Length; j++)
            {
                if (rewards[j] < rewards[i]) { below += reference[j]; }
                else if (rewards[j] == rewards[i]) { equal += reference[j]; }
            }
            double upTo = Math.Min(1, below + equal);
            policy[i] = equal > 0 ? (Elementary.Pow(upTo, n) - Elementary.Pow(below, n)) * reference[i] / equal : 0;
        }
    }

    /// <summary>KL divergence of a policy from its start, in nats.</summary>
    public static double Kl(ReadOnlySpan<double> policy, ReadOnlySpan<double> reference)
    {
        double kl = 0;
        for (int i = 0; i < policy.Length; i++)
        {
            if (policy[i] > 0) { kl += policy[i] * Elementary.Log(policy[i] / reference[i]); }
        }
        return Math.Max(0, kl);
    }

    /// <summary>Mean of values under a policy.</summary>
    public static double Mean(ReadOnlySpan<double> policy, ReadOnlySpan<double> values)
    {
        double mean = 0;
        for (int i = 0; i < policy.Length; i++) { mean += policy[i] * values[i]; }
        return mean;
    }

    /// <summary>The penalty at which the optimal policy is so far from its start; the policy is left in the last argument.</summary>
    /// <returns>The penalty (λ); 0 when not even the best answer alone is so far.</returns>
    public static double PenaltyAt(ReadOnlySpan<double> reference, ReadOnlySpan<double> rewards, double kl, Span<double> policy)
    {
        double low = 1e-4, high = 1e4;
        Optimum(reference, rewards, low, policy);
        if (Kl(policy, reference) < kl) { return 0; }
        for (int i = 0; i < 100; i++)
        {
            double middle = Math.Sqrt(low * high);
            Optimum(reference, rewards, middle, policy);
            if (Kl(policy, reference) > kl) { low = middle; }
            else { high = middle; }
        }
        return high;
    }
}
