using Gigawatt.Scenarios;
using Gigawatt.Simulation;
using Gigawatt.Training;

namespace Gigawatt.Tests.Simulation;

public sealed class JobPreemptionTests
{
    private static readonly TrainingJobSpec Small = new()
    {
        Name = "small",
        Start = new DateOnly(2026, 1, 2),
        Gpus = 24_000,
        MinGpus = 6_000,
        Priority = 1,
        FailuresPerGpuS = 0,
        CheckpointIntervalS = 1200,
        RestartS = 300,
    };

    private static Scenario Campus(params TrainingJobSpec[] jobs) => Island.Scenario(new DateOnly(2026, 1, 8)) with
    {
        Training = new TrainingSection { Jobs = [.. jobs.Select(job => new JobSpec { Job = job })] },
    };

    [Fact]
    public void A_less_important_job_saves_its_work_before_it_makes_room()
    {
        TrainingJobSpec big = Small with { Name = "big", Start = new DateOnly(2026, 1, 5), Priority = 5 };
        RunResult run = Island.Run(Campus(Small, big));
        JobHistory asked = run.JobHistories.Single(job => job.Name == "small"), asking = run.JobHistories.Single(job => job.Name == "big");
        (asked.Preemptions, asked.Interruptions, asked.Time.LostGpuS).ShouldBe((1, 0, 0));
        run.EventCounts[(int)EventKind.JobPreempted].ShouldBe(1);
        run.EventCounts[(int)EventKind.JobInterrupted].ShouldBe(0);
        // The other waits for its checkpoint, a minute, and no more than two steps beside.
        asking.Time.LackingGpuS.ShouldBeInRange(1, 3 * 60 * 24_000.0);
        // Four days of 24,000, less a twentieth for checkpoints and the start
        asking.Time.ComputingGpuS.ShouldBe(0.95 * 24_000 * 4 * 86400, 0.01 * 24_000 * 4 * 86400);
        // 36,000 less 24,000 and two spare nodes of four are left to the first.
        run.EventCounts[(int)EventKind.JobResumed].ShouldBe(1);
        run.GpuTime.RelativeResidual.ShouldBeLessThan(1e-9);
    }

    [Fact]
    public void Equal_jobs_do_not_ask_each_other()
    {
        TrainingJobSpec late = Small with { Name = "late", Start = new DateOnly(2026, 1, 5), MinGpus = 24_000 };
        RunResult run = Island.Run(Campus(late, Small));
        run.JobHistories.ShouldAllBe(job => job.Preemptions == 0 && job.Interruptions == 0);
        run.JobHistories.Single(job => job.Name == "late").Time.ComputingGpuS.ShouldBe(0);
    }

    [Fact]
    public void Nobody_is_asked_for_what_would_not_be_enough()
    {
        TrainingJobSpec vast = Small with { Name = "vast", Start = new DateOnly(2026, 1, 5), Gpus = 50_000, MinGpus = 40_000, Priority = 5 };
        RunResult run = Island.Run(Campus(Small, vast));
        run.EventCounts[(int)EventKind.JobPreempted].ShouldBe(0);
        run.JobHistories.Single(job => job.Name == "vast").Time.ComputingGpuS.ShouldBe(0);
    }

    [Fact]
    public void GPUs_that_are_too_few_for_a_job_that_made_room_are_lacking_and_not_paused()
    {
        // 36,000 less 24,000 and spares are left to a job that needs 20,000: it starts again when the other has ended.
        TrainingJobSpec whole = Small with { Gpus = 20_000, MinGpus = null };
        TrainingJobSpec big = Small with { Name = "big", Start = new DateOnly(2026, 1, 5), End = new DateOnly(2026, 1, 6), Priority = 5 };
        RunResult run = Island.Run(Campus(whole, big));
        JobHistory asked = run.JobHistories.Single(job => job.Name == "small");
        asked.Preemptions.ShouldBe(1);
        asked.Time.PausedGpuS.ShouldBe(0);
        asked.Time.LackingGpuS.ShouldBe(12_000 * 2 * 86400.0, 0.01 * 12_000 * 2 * 86400);
        run.EventCounts[(int)EventKind.JobResumed].ShouldBe(1);
        run.GpuTime.RelativeResidual.ShouldBeLessThan(1e-9);
    }

    [Fact]
    public void GPUs_that_are_too_few_for_a_job_work_for_a_less_important_one()
    {
        // While "big" holds 24,000, the 12,000 left are too few for "whole", which needs 20,000; "filler" works on 8,000 of them, and goes on when "big" has ended and 28,000 are enough for "whole".
        TrainingJobSpec whole = Small with { Name = "whole", Gpus = 20_000, MinGpus = null, Priority = 2 };
        TrainingJobSpec big = Small with { Name = "big", Start = new DateOnly(2026, 1, 3), End = new DateOnly(2026, 1, 5), Priority = 5 };
        TrainingJobSpec filler = Small with { Name = "filler", Start = new DateOnly(2026, 1, 4), Gpus = 20_000, MinGpus = 8_000, CopyGpus = 8_000, Priority = 1 };
        RunResult run = Island.Run(Campus(whole, big, filler));
        JobHistory Of(string name) => run.JobHistories.Single(job => job.Name == name);
        Of("filler").Time.ComputingGpuS.ShouldBeGreaterThan(0.9 * 8_000 * 2 * 86400.0);
        Of("filler").Preemptions.ShouldBe(0);
        Of("whole").Preemptions.ShouldBe(1);
        // 2 to 8 January less the three days of the other
        Of("whole").Time.ComputingGpuS.ShouldBe(0.95 * 20_000 * 4 * 86400.0, 0.02 * 20_000 * 4 * 86400);
        run.GpuTime.RelativeResidual.ShouldBeLessThan(1e-9);
    }
}
