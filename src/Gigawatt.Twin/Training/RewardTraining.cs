using Gigawatt.Numerics;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Training;

/// <summary>A training for a proxy reward, with a few gold labels held out at each step.</summary>
public sealed record RewardTrainingSpec
{
    /// <summary>Steps of training.</summary>
    [Default(Grade.E, "assumption: 60")]
    public int Steps { get; init => field = (int)Check.Within(value, 10, 2000); } = 60;

    /// <summary>Penalty for one nat at the last step (λ); at step k of K it is K/k times as much.</summary>
    [Default(Grade.E, "assumption: 0.15 standard deviations of the proxy")]
    public double LastPenalty { get; init => field = Check.Positive(value); } = 0.15;

    /// <summary>Weight of engagement (turns) in the proxy.</summary>
    [Default(Grade.E, "assumption: 1")]
    public double EngagementFactor { get; init => field = Check.NotNegative(value); } = 1;

    /// <summary>Weight of empathy (comfort) in the proxy.</summary>
    [Default(Grade.E, "assumption: 0, engagement alone")]
    public double EmpathyFactor { get; init => field = Check.NotNegative(value); }

    /// <summary>Gold labels of each step.</summary>
    [Default(Grade.E, "assumption: 1,000")]
    public int Labels { get; init => field = (int)Check.Within(value, 10, 1_000_000); } = 1000;

    /// <summary>Steps averaged by the stop rule.</summary>
    [Default(Grade.E, "assumption: 5")]
    public int Window { get; init => field = (int)Check.Within(value, 1, 100); } = 5;

    /// <summary>Probability that the stop rule ends a training whose gold reward does not fall.</summary>
    [Default(Grade.E, "assumption: 5 %")]
    public double DoubtFraction { get; init => field = Check.Within(value, 1e-6, 0.5); } = 0.05;

    /// <summary>Standard deviation of one gold label, where the training follows a law instead of synthetic users.</summary>
    [Default(Grade.E, "assumption: 1, in units of the gold reward")]
    public double LabelNoise { get; init => field = Check.NotNegative(value); } = 1;
}

/// <summary>One step of a training.</summary>
/// <param name="Kl">KL divergence from the start, in nats.</param>
/// <param name="Proxy">Proxy reward of the policy; not a number where only a law is known.</param>
/// <param name="Gold">Gold reward, true.</param>
/// <param name="Estimate">Gold reward as the labels of the step say.</param>
/// <param name="Error">Standard error of that.</param>
/// <param name="Turns">Turns of a session.</param>
/// <param name="Comfort">Comfort of a session.</param>
/// <param name="Stimulation">How stimulating the styles chosen are.</param>
public readonly record struct RewardStep(double Kl, double Proxy, double Gold, double Estimate, double Error, double Turns, double Comfort, double Stimulation);

/// <summary>A policy on its way, at the exact optimum of each step's penalty.</summary>
/// <remarks>
/// A KL penalty ends the way earlier and does not leave it: at equal distance all penalties give the same policy, as Gao et al. found for the gold
/// reward. Not modelled: the noise of real training, which is worse at equal distance.
/// </remarks>
public static class RewardTraining
{
    /// <summary>The way of a policy trained on synthetic users.</summary>
    public static RewardStep[] Run(RewardTrainingSpec spec, SyntheticUsers users, long seed)
    {
        double[] proxy = users.Proxy(spec.EngagementFactor, spec.EmpathyFactor), policy = new double[proxy.Length];
        RewardStep[] steps = new RewardStep[spec.Steps];
        for (int k = 0; k < spec.Steps; k++)
        {
            RewardModel.Optimum(users.Reference, proxy, spec.LastPenalty * spec.Steps / (k + 1), policy);
            Stream stream = Stream.For(seed, k, "gold labels", "draw");
            (double mean, double error) = users.Labels(policy, spec.Labels, ref stream);
            steps[k] = new RewardStep(
                RewardModel.Kl(policy, users.Reference), RewardModel.Mean(policy, proxy), RewardModel.Mean(policy, users.Gold), mean, error,
                RewardModel.Mean(policy, users.Turns), RewardModel.Mean(policy, users.Comfort), RewardModel.Mean(policy, users.Stimulation));
        }
        return steps;
    }

    /// <summary>The way along a law, in equal steps of distance to twice that of its peak; labels carry the noise of the input.</summary>
    public static RewardStep[] Run(RewardTrainingSpec spec, OverOptimisationLaw law, long seed)
    {
        RewardStep[] steps = new RewardStep[spec.Steps];
        double error = spec.LabelNoise / Math.Sqrt(spec.Labels);
        for (int k = 0; k < spec.Steps; k++)
        {
            double d = 2 * OverOptimisation.PeakD(law) * (k + 1) / spec.Steps, gold = OverOptimisation.Gold(law, d);
            Stream stream = Stream.For(seed, k, "gold labels", "draw");
            steps[k] = new RewardStep(d * d, double.NaN, gold, gold + error * stream.NextNormal(), error, double.NaN, double.NaN, double.NaN);
        }
        return steps;
    }

    /// <summary>Where the gold reward is truly highest.</summary>
    public static int Peak(ReadOnlySpan<RewardStep> steps)
    {
        int peak = 0;
        for (int k = 1; k < steps.Length; k++)
        {
            if (steps[k].Gold > steps[peak].Gold) { peak = k; }
        }
        return peak;
    }

    /// <summary>The stop rule, on the labels alone.</summary>
    public static RewardStopPoint Stop(RewardTrainingSpec spec, ReadOnlySpan<RewardStep> steps)
    {
        double[] golds = new double[steps.Length], errors = new double[steps.Length];
        for (int k = 0; k < steps.Length; k++) { (golds[k], errors[k]) = (steps[k].Estimate, steps[k].Error); }
        return RewardStop.Run(golds, errors, Math.Min(spec.Window, steps.Length), spec.DoubtFraction);
    }
}

/// <summary>A policy for one mix of two objectives.</summary>
/// <param name="EmpathyFraction">Weight of empathy; the rest is engagement.</param>
/// <param name="Turns">Turns of a session.</param>
/// <param name="Comfort">Comfort of a session.</param>
/// <param name="Gold">Gold reward.</param>
/// <param name="IsEfficient">Whether no other mix gives at least as much of both and more of one.</param>
public readonly record struct RewardMix(double EmpathyFraction, double Turns, double Comfort, double Gold, bool IsEfficient);

/// <summary>Engagement against empathy at one distance from the start.</summary>
public static class RewardParetoFront
{
    /// <summary>Policies for mixes from engagement alone to empathy alone.</summary>
    /// <param name="users">The population.</param>
    /// <param name="kl">KL divergence of all of them.</param>
    /// <param name="mixes">How many, two or more.</param>
    public static RewardMix[] Of(SyntheticUsers users, double kl, int mixes)
    {
        RewardMix[] points = new RewardMix[mixes];
        double[] policy = new double[users.Reference.Length];
        for (int i = 0; i < mixes; i++)
        {
            double empathy = (double)i / (mixes - 1);
            RewardModel.PenaltyAt(users.Reference, users.Proxy(1 - empathy, empathy), kl, policy);
            points[i] = new RewardMix(empathy, RewardModel.Mean(policy, users.Turns), RewardModel.Mean(policy, users.Comfort), RewardModel.Mean(policy, users.Gold), true);
        }
        for (int i = 0; i < mixes; i++)
        {
            RewardMix one = points[i];
            bool beaten = points.Any(other => other.Turns >= one.Turns && other.Comfort >= one.Comfort && (other.Turns > one.Turns || other.Comfort > one.Comfort));
            points[i] = one with { IsEfficient = !beaten };
        }
        return points;
    }
}
