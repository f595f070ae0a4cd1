using FsCheck.Fluent;
using Gigawatt.Economics;
using Gigawatt.Numerics;
using Gigawatt.Training;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Tests.Training;

public sealed class ReinforcementLearningTests
{
    private static readonly RolloutTimeSpec Tail = new();

    [Fact]
    public void One_percent_that_takes_three_times_as_long_leaves_two_thirds_idle()
    {
        RolloutPool.MeanS(Tail).ShouldBe(0.99 * 40 + 0.01 * 120, 1e-12);
        RolloutPool.LongestS(Tail, 10_000).ShouldBe(120, 1e-9);
        RolloutPool.BusyFraction(Tail, 10_000).ShouldBe(0.34, 1e-9);                               // 40.8/120; the 99 % alone 40/120
        RolloutPool.BusyFraction(Tail, 1).ShouldBe(1, 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(200)]
    public void The_longest_of_many_is_what_drawing_gives(int rollouts)
    {
        RolloutTimeSpec spec = Tail with { SpreadFraction = 0.5 };
        Stream stream = Stream.For(1, 0, "test", "longest");
        double sum = 0;
        for (int i = 0; i < 4000; i++)
        {
            double longest = 0;
            for (int n = 0; n < rollouts; n++) { longest = Math.Max(longest, RolloutPool.Draw(spec, ref stream)); }
            sum += longest / 4000;
        }
        sum.ShouldBe(RolloutPool.LongestS(spec, rollouts), 3 * 40 / Math.Sqrt(4000));              // three standard errors
    }

    [Fact]
    public void The_best_split_is_the_ratio_of_speeds()
    {
        ReinforcementLearningSpec job = new() { Gpus = 1000, RolloutTokensPerGpuS = 300, LearnerTokensPerGpuS = 700 };
        ReinforcementLearning.BestRolloutGpus(job).ShouldBe(700);                                  // G_r/G_t = 700/300
        ReinforcementLearning.TokensPerS(job, 700).ShouldBe(210_000);
    }

    [Fact]
    public void No_split_beats_the_best_one() => Prop.ForAll(Gen.Choose(2, 60).ToArbitrary(), Gen.Choose(1, 50).ToArbitrary(), (gpus, rate) =>
    {
        ReinforcementLearningSpec job = new() { Gpus = gpus, RolloutTokensPerGpuS = rate, LearnerTokensPerGpuS = 17 };
        double best = ReinforcementLearning.TokensPerS(job, ReinforcementLearning.BestRolloutGpus(job));
        return Enumerable.Range(1, gpus - 1).All(split => ReinforcementLearning.TokensPerS(job, split) <= best + 1e-9);
    }).HoldsInAnyCase();

    [Fact]
    public void A_synchronous_step_is_the_longest_rollout_the_update_and_the_weights()
    {
        ReinforcementLearningSpec job = new() { Gpus = 1000, RolloutTokensPerGpuS = 1000, LearnerTokensPerGpuS = 800, BatchGroups = 100, GroupAnswers = 80, AnswerTokensRatio = 1000, SyncS = 5 };
        SynchronousStep step = ReinforcementLearning.Synchronous(job);
        step.RolloutS.ShouldBe(120, 1e-9);                                                         // 40,800 places for 8,000 answers
        step.LearnS.ShouldBe(8e6 / 8e5, 1e-12);
        step.StepS.ShouldBe(135, 1e-9);
        step.BusyFraction.ShouldBe(0.34, 1e-9);
        // A tenth of the GPUs has 4,080 places: two waves of 40.8 s nearly, and the last tail.
        ReinforcementLearning.Synchronous(job with { Gpus = 100 }).RolloutS.ShouldBe(40.8 * 8000 / 4080 + 120 - 40.8, 1e-9);
    }

    [Theory]
    [InlineData(1000, 100, 2, 4)]       // rollouts are slower: 1000/40.8 = 24.5 groups a second against 50
    [InlineData(1000, 100, 10, 20)]     // the learner is slower: 10 a second
    public void Event_by_event_the_slower_side_sets_the_pace(int places, int batch, double learnerS, int staleness)
    {
        StalenessRun run = Staleness.Run(Tail, places, batch, learnerS, places + staleness * batch, 2000, 1);
        double closed = Staleness.GroupsPerS(places, RolloutPool.MeanS(Tail), learnerS, batch);
        run.GroupsPerS.ShouldBe(closed, 0.02 * closed);
        run.MeanRatio.ShouldBe(Staleness.MeanRatio(run.SeenInFlightRatio, batch), 0.02 * run.MeanRatio);
        run.LearnerFraction.ShouldBe(closed * learnerS / batch, 0.03);
        run.SharesFraction.Sum().ShouldBe(1, 1e-12);
    }

    [Fact]
    public void Rollouts_of_many_lengths_are_as_old_as_Little_says_over_time()
    {
        StalenessRun run = Staleness.Run(Tail with { SpreadFraction = 1 }, 1000, 100, 1, 1400, 2000, 1);
        // 1,000 at once, of 21 s each, are 47.6 a second; in flight are they and on average half a batch.
        run.InFlightRatio.ShouldBe(1050, 30);
        run.MeanRatio.ShouldBe(Staleness.MeanRatio(run.InFlightRatio, 100), 0.5);
    }

    [Fact]
    public void A_cap_of_k_batches_keeps_the_age_at_k()
    {
        // The learner is slow: everything in flight waits for it, four batches of 50.
        StalenessRun run = Staleness.Run(Tail, 1000, 50, 100, 200, 500, 1);
        run.InFlightRatio.ShouldBe(200, 5);
        run.MeanRatio.ShouldBe(4, 0.6);
        run.LearnerFraction.ShouldBe(1, 0.01);
        Staleness.MeanRatio(200, 50).ShouldBe(4);
    }

    [Fact]
    public void Equal_rollouts_that_just_fit_are_one_version_old()
    {
        // 10 places of 40 s make one batch of 10 every 40 s; the update takes 1 s: begun before it, learnt from after.
        StalenessRun run = Staleness.Run(new() { MainShareFraction = 1 }, 10, 10, 1, 20, 200, 1);
        run.GroupsPerS.ShouldBe(10 / 40.0, 1e-3);
        run.MeanRatio.ShouldBe(1, 1e-9);
    }

    [Fact]
    public void The_same_seed_gives_the_same_run()
    {
        StalenessRun one = Staleness.Run(Tail, 50, 10, 5, 40, 200, 7), two = Staleness.Run(Tail, 50, 10, 5, 40, 200, 7);
        one.GroupsPerS.ShouldBe(two.GroupsPerS);
        one.SharesFraction.ShouldBe(two.SharesFraction);
    }

    [Fact]
    public void A_cap_below_a_batch_is_refused() => Should.Throw<CaseException>(() => Staleness.Run(Tail, 50, 10, 5, 9, 200, 7)).Message.ShouldContain("10 groups in flight or more");

    [Fact]
    public void Live_users_by_hand()
    {
        LiveUsersSpec users = new() { DailyUsersRatio = 1e7 };
        LiveUsers.DailyTokensRatio(users).ShouldBe(90e9);
        LiveUsers.LearnerGpus(users, 843).ShouldBe(1235.7, 0.05);
        LiveUsers.SessionS(users).ShouldBe(600);
        LiveUsers.PeakSessionsRatio(users).ShouldBe(1.4 * 3e7 / 86400 * 600, 1e-6);                // 291,667 sessions at once
        LiveUsers.BatchS(users, 1e6).ShouldBe(0.96, 1e-9);                                         // 1.04 million tokens a second
    }

    [Fact]
    public void A_contract_by_hand()
    {
        RentalContract contract = new()
        {
            Name = "a",
            Gpus = 100,
            PriceUsdPerGpuS = 3.0 / 3600,
            TermS = 1000 * 3600.0,
            TakeOrPayFraction = 0.9,
            UsedFraction = 0.5,
            AvailableFraction = 0.98,
            Credits = [new() { BelowFraction = 0.99, CreditFraction = 0.1 }, new() { BelowFraction = 0.95, CreditFraction = 0.5 }],
            SavedUsdPerGpuS = 0.1 / 3600,
        };
        RentedCapacity.PaidFraction(contract).ShouldBe(0.9 * 0.98 * 0.9, 1e-12);                   // take or pay, credit of 10 %
        RentedCapacity.RevenueUsd(contract).ShouldBe(100 * 1000 * 3 * 0.7938, 1e-6);
        RentedCapacity.OpportunityUsd(contract, 2.0 / 3600).ShouldBe(196_000, 1e-6);
        RentedCapacity.MarginUsd(contract, 2.0 / 3600).ShouldBe(238_140 + 4_800 - 196_000, 1e-6);
        double even = RentedCapacity.BreakEvenUsdPerGpuS(contract, 2.0 / 3600);
        RentedCapacity.MarginUsd(contract with { PriceUsdPerGpuS = even }, 2.0 / 3600).ShouldBe(0, 1e-6);
        RentedCapacity.BreakEvenFraction(2.21, 3.2).ShouldBe(0.690625, 1e-12);
    }
}
