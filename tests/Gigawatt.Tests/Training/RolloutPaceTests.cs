using Gigawatt.Training;

namespace Gigawatt.Tests.Training;

public sealed class RolloutPaceTests
{
    // All answers take 40 s; 1,000 tokens each, 100 of them a batch; a rollout GPU writes 100 tokens a second, a learner GPU reads 300.
    private static readonly ReinforcementLearningSpec Spec = new()
    {
        RolloutTokensPerGpuS = 100,
        LearnerTokensPerGpuS = 300,
        BatchGroups = 100,
        GroupAnswers = 1,
        AnswerTokensRatio = 1000,
        SyncS = 0,
        StalenessRatio = 1000,
        Rollout = new RolloutTimeSpec { MainS = 40, MainShareFraction = 1, TailS = 40 },
    };

    [Fact]
    public void Neither_side_waits_at_the_best_split()
    {
        // G_r · 100 = G_t · 300: 300 of 400 roll out; 30,000 tokens a second are .3 updates.
        RolloutPace pace = new(Spec, 400, null);
        pace.RolloutGpus.ShouldBe(300);
        pace.TokensPerS.ShouldBe(30_000, 1e-6);
        pace.UpdatesPerS.ShouldBe(0.3, 1e-9);
        pace.WaitingFraction.ShouldBe(0, 1e-9);
    }

    [Fact]
    public void The_side_that_could_do_more_waits()
    {
        // 200 rollout GPUs write 20,000 tokens a second; 200 learners could read 60,000 and wait two thirds of their time: a third of all.
        RolloutPace rollout = new(Spec with { RolloutGpus = 200 }, 400, null);
        rollout.BoundName.ShouldBe("rollout");
        rollout.WaitingFraction.ShouldBe(1.0 / 3, 1e-9);
        // 360 write 36,000, 40 read 12,000: nine tenths of the GPUs wait two thirds of their time.
        RolloutPace learner = new(Spec with { RolloutGpus = 360 }, 400, null);
        learner.BoundName.ShouldBe("learner");
        learner.WaitingFraction.ShouldBe(0.6, 1e-9);
    }

    [Fact]
    public void Few_live_users_set_the_pace()
    {
        // 864,000 users of 10 turns of 100 tokens are 10,000 tokens a second: a third of what 400 GPUs could do, two thirds of whose time is waiting.
        LiveUsersSpec users = new() { DailyUsersRatio = 864_000, TurnsRatio = 10, TokensRatio = 100 };
        RolloutPace pace = new(Spec, 400, users);
        pace.BoundName.ShouldBe("live users");
        pace.TokensPerS.ShouldBe(10_000, 1e-6);
        pace.WaitingFraction.ShouldBe(2.0 / 3, 1e-9);
        pace.InteractionsRatio(1000).ShouldBe(10);
        // A minute of 100 GPUs, which could do 7,500 a second by themselves; of 400, which users bound.
        pace.TokensRatio(6000, 60).ShouldBe(7500 * 60, 1e-6);
        pace.TokensRatio(24_000, 60).ShouldBe(10_000 * 60, 1e-6);
    }

    [Fact]
    public void A_tight_cap_on_staleness_holds_rollouts_back()
    {
        // One batch in flight: 100 answers every 40 s, 2,500 tokens a second.
        RolloutPace pace = new(Spec with { StalenessRatio = 1 }, 400, null);
        pace.BoundName.ShouldBe("rollout");
        pace.TokensPerS.ShouldBe(2500, 1e-6);
    }

    [Fact]
    public void Tokens_are_safe_with_a_checkpoint_and_lost_with_the_work()
    {
        RolloutPace pace = new(Spec, 400, null);
        RolloutState state = default;
        // 75 tokens a GPU-second: an hour of 400 GPUs.
        RolloutCount.Advance(pace, ref state, new JobStep { ComputingGpuS = 1_440_000, EarnedGpuS = 1_440_000 }, 400, 1_440_000);
        state.ProvisionalRatio.ShouldBe(75 * 1_440_000.0, 1e-3);
        state.TokensRatio.ShouldBe(0);
        // A quarter is made safe, a quarter lost, the rest open.
        RolloutCount.Advance(pace, ref state, new JobStep { CommittedGpuS = 360_000, LostGpuS = 360_000 }, 400, 720_000);
        state.TokensRatio.ShouldBe(75 * 360_000.0, 1e-3);
        state.ProvisionalRatio.ShouldBe(75 * 720_000.0, 1e-3);
    }
}
