using FsCheck.Fluent;
using Gigawatt.Numerics;
using Gigawatt.Training;

namespace Gigawatt.Tests.Training;

public sealed class RewardModelTests
{
    private static readonly SyntheticUsersSpec Small = new() { Users = 60, Styles = 64 };

    [Fact]
    public void No_other_policy_does_better_under_the_penalty() => Prop.ForAll(Gen.Choose(1, 1000).Three().ToArbitrary(), weights =>
    {
        double[] reference = [0.5, 0.3, 0.2], rewards = [0, 1, 2], best = new double[3];
        double sum = weights.Item1 + weights.Item2 + weights.Item3;
        double[] other = [weights.Item1 / sum, weights.Item2 / sum, weights.Item3 / sum];
        double value = RewardModel.Optimum(reference, rewards, 1, best);
        double ofBest = RewardModel.Mean(best, rewards) - RewardModel.Kl(best, reference);
        return Math.Abs(ofBest - value) < 1e-12 && RewardModel.Mean(other, rewards) - RewardModel.Kl(other, reference) <= value + 1e-12;
    }).HoldsInAnyCase();

    [Fact]
    public void Best_of_n_stays_within_its_bound_and_keeps_ties()
    {
        double[] reference = [0.25, 0.25, 0.25, 0.25], rewards = [0, 1, 2, 2], policy = new double[4];
        RewardModel.BestOfN(reference, rewards, 2, policy);
        policy.ShouldBe([1 / 16.0, 3 / 16.0, 6 / 16.0, 6 / 16.0], 1e-12);
        double[] many = [.. Enumerable.Repeat(1 / 5000.0, 5000)], ranked = [.. Enumerable.Range(0, 5000).Select(i => (double)i)], chosen = new double[5000];
        RewardModel.BestOfN(many, ranked, 8, chosen);
        chosen.Sum().ShouldBe(1, 1e-9);
        RewardModel.Kl(chosen, many).ShouldBe(OverOptimisation.BestOfNKl(8), 1e-3);                // many answers: the bound is reached
        RewardModel.Kl(chosen, many).ShouldBeLessThanOrEqualTo(OverOptimisation.BestOfNKl(8));
    }

    [Fact]
    public void A_huge_reward_does_not_overflow_and_an_impossible_answer_stays_so()
    {
        double[] policy = new double[3];
        RewardModel.Optimum([0.5, 0.5, 0], [0, 5000, 9999], 0.1, policy).ShouldBe(5000 + 0.1 * Elementary.Log(0.5), 1e-9);
        policy.ShouldBe([0, 1, 0]);
    }

    [Fact]
    public void The_penalty_for_a_distance_gives_that_distance()
    {
        double[] reference = [0.5, 0.3, 0.2], rewards = [0, 1, 2], policy = new double[3];
        double penalty = RewardModel.PenaltyAt(reference, rewards, 0.25, policy);
        RewardModel.Kl(policy, reference).ShouldBe(0.25, 1e-9);
        penalty.ShouldBeGreaterThan(0);
        RewardModel.PenaltyAt(reference, rewards, 5, policy).ShouldBe(0);                          // ln 5 = 1.61 nats is the furthest
    }

    [Fact]
    public void A_fit_finds_the_law_again()
    {
        foreach (OptimisationMethod method in Enum.GetValues<OptimisationMethod>())
        {
            OverOptimisationLaw law = new() { Method = method, Alpha = 1.3, Beta = 0.4 };
            double[] distances = [0.5, 1, 1.5, 2, 3], golds = [.. distances.Select(d => OverOptimisation.Gold(law, d))];
            OverOptimisationLaw fit = OverOptimisation.Fit(method, distances, golds)!;
            fit.Alpha.ShouldBe(1.3, 1e-9);
            fit.Beta.ShouldBe(0.4, 1e-9);
            OverOptimisation.Fit(method, distances, [-1, -2, -3, -4, -6]).ShouldBeNull();
        }
    }

    [Fact]
    public void The_rule_stops_at_a_clear_fall_and_not_at_noise()
    {
        double[] golds = [.. Enumerable.Range(0, 40).Select(k => 1 - (k - 20) * (k - 20) / 400.0)], errors = [.. Enumerable.Repeat(0.005, 40)];
        RewardStopPoint stop = RewardStop.Run(golds, errors, 5, 0.05);
        stop.IsSure.ShouldBeTrue();
        stop.Step.ShouldBe(20);
        stop.SeenStep.ShouldBeInRange(26, 32);
        double[] level = new double[40];
        RewardStop.Run(level, errors, 5, 0.05).IsSure.ShouldBeFalse();
    }

    [Fact]
    public void A_training_without_a_fall_is_seldom_stopped()
    {
        int stopped = 0;
        double[] golds = new double[60], errors = [.. Enumerable.Repeat(1.0, 60)];
        for (int run = 0; run < 400; run++)
        {
            Gigawatt.Numerics.Stream stream = Gigawatt.Numerics.Stream.For(1, run, "test", "labels");
            for (int k = 0; k < 60; k++) { golds[k] = stream.NextNormal(); }
            if (RewardStop.Run(golds, errors, 5, 0.05).IsSure) { stopped++; }
        }
        stopped.ShouldBeLessThan(20);                                                              // doubt 5 % of 400, a bound
    }

    [Fact]
    public void A_session_without_stimulation_does_no_harm_and_tires()
    {
        SyntheticSession calm = SyntheticUsers.Session(Small, 0.5, 0.2, 0.4, 0), pulled = SyntheticUsers.Session(Small, 0.5, 0.2, 0.4, 0.8);
        calm.Turns.ShouldBeInRange(1, Small.Turns);
        pulled.Turns.ShouldBeGreaterThan(calm.Turns);
        calm.Gold.ShouldBe(0.7 * (1 - Elementary.Exp(-calm.Turns / Small.HealthyTurnsRatio)), 1e-12);
        SyntheticUsers.Session(Small with { FatigueFactor = 0.5 }, 0.5, 0.2, 0.4, 0).Turns.ShouldBeLessThan(calm.Turns);
    }

    [Fact]
    public void Engagement_alone_first_helps_and_then_harms()
    {
        SyntheticUsers users = new(new());
        RewardStep[] steps = RewardTraining.Run(new(), users, 1);
        int peak = RewardTraining.Peak(steps);
        peak.ShouldBeInRange(1, steps.Length - 6);
        steps[peak].Gold.ShouldBeGreaterThan(users.Gold.Average());
        steps[^1].Gold.ShouldBeLessThan(steps[peak].Gold);
        for (int k = 1; k < steps.Length; k++)
        {
            steps[k].Proxy.ShouldBeGreaterThan(steps[k - 1].Proxy);
            steps[k].Kl.ShouldBeGreaterThan(steps[k - 1].Kl);
        }
        RewardTraining.Run(new(), users, 1).ShouldBe(steps);
        RewardTraining.Run(new(), users, 2)[3].Estimate.ShouldNotBe(steps[3].Estimate);
    }

    [Fact]
    public void Labels_estimate_the_gold_reward()
    {
        SyntheticUsers users = new(Small);
        Gigawatt.Numerics.Stream stream = Gigawatt.Numerics.Stream.For(1, 0, "test", "labels");
        (double mean, double error) = users.Labels(users.Reference, 20_000, ref stream);
        mean.ShouldBe(RewardModel.Mean(users.Reference, users.Gold), 4 * error);
    }

    [Fact]
    public void Nothing_on_the_front_is_beaten()
    {
        RewardMix[] mixes = RewardParetoFront.Of(new SyntheticUsers(Small), 0.5, 11);
        RewardMix[] front = [.. mixes.Where(mix => mix.IsEfficient).OrderBy(mix => mix.Turns)];
        front.Length.ShouldBeGreaterThan(2);
        for (int i = 1; i < front.Length; i++) { front[i].Comfort.ShouldBeLessThan(front[i - 1].Comfort); }
        mixes[0].Turns.ShouldBe(mixes.Max(mix => mix.Turns), 1e-9);
        mixes[^1].Comfort.ShouldBe(mixes.Max(mix => mix.Comfort), 1e-9);
    }
}
