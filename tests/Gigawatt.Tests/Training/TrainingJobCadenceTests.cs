using Gigawatt.Training;

namespace Gigawatt.Tests.Training;

public sealed class TrainingJobCadenceTests
{
    [Fact]
    public void A_planned_stop_saves_first_and_restarts_afterwards()
    {
        // The first after half a cadence, at 500 s: checkpoint to 560, stop to 760, restart to 860 s.
        LivedJob job = new(LivedJob.Calm with { Maintenance = new() { EveryS = 1000, LastsS = 200 } });
        job.Until(861);
        job.Total.PlannedGpuS.ShouldBe(100 * 200, 1e-6);
        job.Total.CheckpointGpuS.ShouldBe(100 * 60, 1e-6);
        job.Total.CommittedGpuS.ShouldBe(100 * 400, 1e-6);
        job.State.ProvisionalGpuS.ShouldBe(100, 1e-6);
        (job.Total.LostGpuS, job.State.PlannedStops, job.State.Memory.ByCause.Sum()).ShouldBe((0, 1, 0));
        job.Events[^1].ShouldBe(new JobEvent(560, JobEventKind.Planned, 100));
    }

    [Fact]
    public void Planned_stops_that_a_pause_swallowed_are_not_made_up_for()
    {
        LivedJob job = new(LivedJob.Calm with { Maintenance = new() { EveryS = 1000, LastsS = 200 } });
        job.Until(400);
        job.Until(9400, mayRun: false);
        job.Until(10_400);
        // Due at 500 s, made at once after the pause; the next at 10,500 s.
        job.State.PlannedStops.ShouldBe(1);
    }

    [Fact]
    public void In_an_evaluation_the_GPUs_are_held_and_do_not_train()
    {
        // At 500 s for 50 s; 400 s of computing are left, so the checkpoint comes at 950 s.
        LivedJob job = new(LivedJob.Calm with { Evaluation = new() { EveryS = 1000, LastsS = 50 } });
        job.Until(1000);
        job.Total.EvaluationGpuS.ShouldBe(100 * 50, 1e-6);
        job.Total.CheckpointGpuS.ShouldBe(100 * 50, 1e-6);
        job.Total.ComputingGpuS.ShouldBe(100 * 800, 1e-6);
        job.Total.FellGpus.ShouldBe(0);                                 // of sums; of each step: 100
    }

    [Fact]
    public void Slow_steps_and_waiting_for_data_take_their_shares_of_computing()
    {
        LivedJob job = new(LivedJob.Calm with { SlowFraction = 0.1, WaitingForDataFraction = 0.05 });
        JobStep step = job.Until(500);
        (step.SlowGpuS, step.DataGpuS).ShouldBe((4000, 2000));
        step.EarnedGpuS.ShouldBe(100 * 400 * 0.85, 1e-6);
        step.ThrottledGpuS.ShouldBe(0, 1e-9);
    }

    [Fact]
    public void A_smaller_job_runs_in_whole_copies_of_the_model()
    {
        TrainingJobSpec spec = LivedJob.Calm with { CopyGpus = 30, MinGpus = 30 };
        TrainingJob.FittingGpus(spec, 120).ShouldBe(100);
        TrainingJob.FittingGpus(spec, 99).ShouldBe(90);
        TrainingJob.FittingGpus(spec, 29).ShouldBe(0);
        TrainingJob.FittingGpus(LivedJob.Calm, 99).ShouldBe(0);
    }

    [Fact]
    public void It_grows_after_a_checkpoint_at_the_cost_of_a_restart()
    {
        // 60 of 85 GPUs from 100 to 900 s, checkpoint to 960, restart with all to 1,060 s.
        LivedJob job = new(LivedJob.Calm with { CopyGpus = 30, MinGpus = 30, GrowEveryS = 500 });
        job.Until(500, gpus: 85);
        job.State.HeldGpus.ShouldBe(60);
        job.Until(1061);
        job.Events[^1].ShouldBe(new JobEvent(1060, JobEventKind.Resized, 100));
        job.Total.CommittedGpuS.ShouldBe(60 * 800, 1e-6);
        (job.Total.LostGpuS, job.State.Memory.ByCause.Sum()).ShouldBe((0, 0));
        job.Total.ComputingGpuS.ShouldBe(60 * 800 + 100, 1e-6);
    }

    [Fact]
    public void Without_a_cadence_it_grows_only_when_it_restarts_anyway()
    {
        LivedJob job = new(LivedJob.Calm with { MinGpus = 30 });
        job.Until(500, gpus: 85);
        job.Until(2000);
        job.State.HeldGpus.ShouldBe(85);
    }

    [Fact]
    public void A_restart_joins_starts_and_loads()
    {
        // 17 of 200 s of communicators at this size, then half of the rest each.
        JobStep step = new LivedJob(LivedJob.Calm).Until(200);
        step.CommunicatorsGpuS.ShouldBe(850, 1e-6);
        step.StartupGpuS.ShouldBe(4575, 1e-6);
        step.LoadGpuS.ShouldBe(4575, 1e-6);
    }

    [Fact]
    public void Contradictions_of_checkpoints_copies_and_causes_are_told()
    {
        TrainingJobSpec spec = LivedJob.Calm with
        {
            CopyGpus = 200,
            CheckpointIntervalS = 30,
            CheckpointStallFraction = 0.1,
            SlowFraction = 0.6,
            WaitingForDataFraction = 0.5,
            FailureRecord = new() { Title = "shares", Gpus = 1, Causes = [new() { Name = "one", Count = 3 }] },
        };
        spec.Contradictions().Select(one => one.Property).ShouldBe(
            [nameof(spec.CopyGpus), nameof(spec.FailureRecord), nameof(spec.CheckpointIntervalS), nameof(spec.WaitingForDataFraction)]);
        // 60 s, of which 54 beside computing: an interval of 30 s is too short.
        spec.Contradictions().ElementAt(2).Expected.ShouldStartWith("at least the 54 s that a write goes on beside computing");
    }
}
