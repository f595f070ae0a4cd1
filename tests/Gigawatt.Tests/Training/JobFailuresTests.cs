using Gigawatt.Reliability;
using Gigawatt.Training;

namespace Gigawatt.Tests.Training;

public sealed class JobFailuresTests
{
    private static FailureRecordSpec Record(params FailureCauseSpec[] causes) => new() { Title = "test", Gpus = 100, Causes = causes };

    [Fact]
    public void Causes_strike_as_often_as_their_rates_and_take_their_own_time_to_find()
    {
        // 3 : 1; a day of 100 GPUs has 100·1e-6·86,400 = 8.64 of both.
        LivedJob job = new(LivedJob.Calm with
        {
            FailureRecord = Record(
                new() { Name = "often", FailuresPerUnitS = 7.5e-7, DetectS = 10, Kind = FailureKind.RestartInPlace },
                new() { Name = "seldom", FailuresPerUnitS = 2.5e-7, DetectS = 500, Kind = FailureKind.RestartInPlace }),
        });
        job.Until(400 * 86400.0);
        int often = job.State.Memory.ByCause[0], seldom = job.State.Memory.ByCause[1];
        ((double)often / seldom).ShouldBe(3, 0.3);
        job.Total.Failures.ShouldBe(often + seldom);
        job.Total.DetectionGpuS.ShouldBe(100.0 * (10 * often + 500 * seldom), 1e-3);
        job.Total.NodesFailed.ShouldBe(0);
    }

    [Fact]
    public void A_failure_is_told_with_its_cause_and_the_node_it_takes()
    {
        LivedJob job = new(LivedJob.Calm with { FailureRecord = Record(new FailureCauseSpec { Name = "node", FailuresPerUnitS = 1e-10, TransientFraction = 0 }) }, failsAtS: 350);
        job.Until(400, gpus: 116);
        (job.Events[1].Kind, job.Events[1].Cause).ShouldBe((JobEventKind.Interrupted, 0));
        job.Events[1].Value.ShouldBe(100 * 250 / 3600.0, 1e-9);
        job.Events[2].ShouldBe(new JobEvent(350, JobEventKind.NodeFailed, 8, 0));
    }

    [Theory]
    [InlineData(false, 30)]
    [InlineData(true, 0)]      // by a node of the same rack
    public void A_failed_node_is_swapped_for_a_spare(bool inside, double swapS)
    {
        LivedJob job = new(LivedJob.Frail with { RepairFraction = 1, SwapS = 30 }, failsAtS: 350);
        job.Until(350 + 40 + swapS + 100, gpus: 116, inside: inside).SwappingGpuS.ShouldBe(100 * swapS, 1e-6);
        job.Until(351 + 40 + swapS + 100, gpus: 108, inside: inside).ComputingGpuS.ShouldBe(100, 1e-6);
    }

    [Fact]
    public void Without_a_spare_it_lacks_GPUs_until_others_are_offered()
    {
        LivedJob job = new(LivedJob.Frail with { RepairFraction = 1, SwapS = 30 }, failsAtS: 350);
        job.Until(1000).LackingGpuS.ShouldBe(92 * (1000 - 390), 1e-6);
        job.Until(1131).SwappingGpuS.ShouldBe(100 * 30, 1e-6);
        job.Total.ComputingGpuS.ShouldBe(100 * (250 + 1), 1e-6);
    }

    [Fact]
    public void A_flap_that_retries_absorb_only_stalls()
    {
        LivedJob job = new(LivedJob.Calm with { FailureRecord = Record(new FailureCauseSpec { Name = "flap", FailuresPerUnitS = 1e-10, FlapS = 10, RetryS = 1e6 }) }, failsAtS: 350);
        job.Until(2000);
        double stallS = job.Total.NetworkGpuS / 100;
        stallS.ShouldBeGreaterThan(0);
        (job.State.Flaps, job.Total.Failures, job.Total.LostGpuS).ShouldBe((1, 0, 0));
        // Its checkpoints end at 960 and 1,820 s, later by the stall.
        job.Total.ComputingGpuS.ShouldBe(100 * (2000 - 100 - 2 * 60 - stallS), 1e-6);
        job.State.ProvisionalGpuS.ShouldBe(100 * (180 - stallS), 1e-6);
    }

    [Fact]
    public void New_GPUs_fail_early_as_many_as_are_weak()
    {
        // −ln(1 − 0.2) = 0.223 for each of 100, nearly all within three weeks of a scale of one day; ±3 standard errors of 22.3
        LivedJob job = new(LivedJob.Calm with { NewBatch = new() { WeakFraction = 0.2, ScaleS = 86400 }, Start = new DateOnly(2025, 1, 11) });
        job.Until(10 * 86400.0, gpus: 0);
        job.State.Memory.ByCause.Sum().ShouldBe(0);
        for (int day = 11; day < 60; day++) { job.Until(day * 86400.0, gpus: 400); }
        job.State.Memory.ByCause[1].ShouldBeInRange(9, 36);
        job.Total.NodesFailed.ShouldBe(job.State.Memory.ByCause[1]);
    }

    [Fact]
    public void Early_failures_are_drawn_once_from_the_first_day()
    {
        LivedJob job = new(LivedJob.Calm with { NewBatch = new() { ScaleS = 86400 }, Start = new DateOnly(2025, 1, 11) });
        job.Until(1, gpus: 0);
        job.State.BornBadAtS.ShouldBeGreaterThan(10 * 86400);
    }
}
