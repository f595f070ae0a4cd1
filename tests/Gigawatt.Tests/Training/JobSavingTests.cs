using Gigawatt.Training;

namespace Gigawatt.Tests.Training;

public sealed class JobSavingTests
{
    // Computing from 100 to 900 s, then 15 s of standing still and 45 s of writing beside computing.
    private static readonly TrainingJobSpec Beside = LivedJob.Calm with { CheckpointStallFraction = 0.25 };

    [Fact]
    public void Work_written_beside_computing_is_safe_when_the_write_ends()
    {
        LivedJob job = new(Beside);
        job.Until(959).CommittedGpuS.ShouldBe(0);
        job.Total.CheckpointGpuS.ShouldBe(100 * 15);
        job.Until(961).CommittedGpuS.ShouldBe(100 * 800, 1e-6);
        job.State.ProvisionalGpuS.ShouldBe(100 * 46, 1e-6);              // since 915 s
    }

    [Fact]
    public void A_write_that_a_failure_cuts_off_saves_nothing()
    {
        LivedJob job = new(Beside);
        job.Until(950);
        job.Until(951, gpus: 99).LostGpuS.ShouldBe(100 * (800 + 35), 1e-6);
        // 40 to find, 100 to restart, 800 and 60 s until the next one is safe
        job.Until(1949).CommittedGpuS.ShouldBe(0);
        job.Until(1951).CommittedGpuS.ShouldBe(100 * 800, 1e-6);
    }

    [Fact]
    public void Asked_to_stop_it_waits_for_the_whole_write()
    {
        LivedJob job = new(Beside);
        job.Until(905);
        job.Until(1000, mayRun: false).CommittedGpuS.ShouldBe(100 * 800, 1e-6);
        job.Events[^1].ShouldBe(new JobEvent(960, JobEventKind.Paused, 100));
    }

    [Fact]
    public void A_failure_falls_back_to_the_local_copy_when_one_is_left()
    {
        // Copies every 200 s of computing: 300 to 305 s. The failure at 350 s loses 45 s, is found at 390, and 20 s later the job computes.
        TrainingJobSpec spec = LivedJob.Frail with { LocalCheckpoint = new() { CheckpointS = 5, PerStorage = 4, RestartS = 20, RecoversFraction = 1 } };
        LivedJob job = new(spec, failsAtS: 350);
        job.Until(410).LostGpuS.ShouldBe(100 * 45, 1e-6);
        job.State.ProvisionalGpuS.ShouldBe(100 * 200, 1e-6);
        job.Until(411).ComputingGpuS.ShouldBe(100, 1e-6);
        // Without a copy left it is the whole work, and the restart of 100 s.
        LivedJob without = new(spec with { LocalCheckpoint = spec.LocalCheckpoint! with { RecoversFraction = 0 } }, failsAtS: 350);
        without.Until(490).LostGpuS.ShouldBe(100 * 245, 1e-6);
        without.Until(491).ComputingGpuS.ShouldBe(100, 1e-6);
    }

    [Fact]
    public void Local_copies_add_up_to_a_checkpoint_in_storage()
    {
        LivedJob job = new(LivedJob.Calm with { LocalCheckpoint = new() { CheckpointS = 5, PerStorage = 4 } });
        // 100 + 4·(200 + 5) + 60 = 980 s
        job.Until(979).CommittedGpuS.ShouldBe(0);
        job.Until(981).CommittedGpuS.ShouldBe(100 * 800, 1e-6);
        job.Total.CheckpointGpuS.ShouldBe(100 * (4 * 5 + 60), 1e-6);
    }

    [Theory]
    [InlineData(950, 24, 80_000 + 18_000, 0)]      // the checkpoint taken at 900 s is clean
    [InlineData(850, 24, 160_000 + 18_000, 0)]     // only the beginning is: all work is done again
    [InlineData(950, 1, 160_000 + 18_000, 1)]      // the clean one was not kept
    public void Silent_corruption_takes_back_work_that_seemed_safe(double corruptAtS, int kept, double lostGpuS, int begunAnew)
    {
        // Checkpoints are taken at 900 and 1,760 s; corruption is found at 2,000 s, 180 s after the second was written.
        LivedJob job = new(LivedJob.Calm with { RetainedCheckpoints = kept });
        job.Until(1000);
        (job.State.CorruptAtS, job.State.FoundAtS) = (corruptAtS, 2000);
        job.Until(2001);
        job.Total.LostGpuS.ShouldBe(lostGpuS, 1e-6);
        job.State.BegunAnew.ShouldBe(begunAnew);
        job.State.ProvisionalGpuS.ShouldBe(0);
        job.Total.EarnedGpuS.ShouldBe(job.Total.CommittedGpuS + job.Total.LostGpuS, 1e-6);
        job.State.SafeGpuS.ShouldBe(job.Total.CommittedGpuS, 1e-6);
        job.State.FoundAtS.ShouldBe(double.PositiveInfinity);
    }

    [Fact]
    public void Without_an_interval_the_best_for_the_size_is_taken()
    {
        // 8,701 s is the best period for a write of 10 min and a failure every 60,150 s.
        TrainingJobSpec spec = LivedJob.Calm with { Gpus = 1000, FailuresPerGpuS = 1 / 60_150e3, CheckpointS = 600, CheckpointIntervalS = null };
        JobPlan plan = new(spec);
        plan.IntervalS.ShouldBe(8_701 - 600, 1);
        plan.IntervalAtS(500).ShouldBe(Checkpoint.BestPeriodS(120_300, 600) - 600, 1e-6);
        plan.IntervalAtS(500).ShouldBeGreaterThan(1.3 * plan.IntervalS);
        new JobPlan(spec with { FailuresPerGpuS = 0 }).IntervalS.ShouldBe(86400);
    }
}
