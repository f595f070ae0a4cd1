using Gigawatt.Scenarios;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Simulation;
using Gigawatt.Training;

namespace Gigawatt.Tests.Simulation;

/// <summary>Jobs with everything that the engine knows, in a run.</summary>
public sealed class RichJobTests
{
    private const string Text = """
        name: rich
        start: 2026-01-02
        gpus: 24,000
        min_gpus: 6,000
        copy_gpus: 2,000
        grow_every: 1 d
        priority: 2
        failure_record: { model: llama-3 }
        new_batch: { weak: 1 % }
        spares: 4
        swap: 3 min
        checkpoint: 40 s
        checkpoint_stall: 10 %
        checkpoint_interval: auto
        local_checkpoint: { checkpoint: 1 s, per_storage: 10, restart: 2 min }
        retained_checkpoints: 12
        maintenance: { every: 7 d, lasts: 2 h }
        evaluation: { every: 12 h, lasts: 10 min }
        slow: 2 %
        waiting_for_data: 1 %
        """;

    private static Scenario Campus()
    {
        TrainingJobSpec job = ScenarioReader.ReadText<TrainingJobSpec>(Text, "job.yaml", Catalog.Embedded).Value;
        Scenario campus = Island.Scenario();
        return campus with
        {
            Compute = campus.Compute with { Racks = [campus.Compute.Racks[0] with { SchedulablePerRack = 64, Repair = new() }] },
            Training = new TrainingSection { Jobs = [new JobSpec { Job = job }, new JobSpec { Job = job with { Name = "four", Gpus = 6_000, MinGpus = null, CopyGpus = null, Replicas = 4, Priority = 1 } }] },
        };
    }

    [Fact]
    public void Every_ledger_closes_and_every_line_has_its_share()
    {
        RunResult run = Island.Run(Campus());
        foreach (Ledger ledger in run.Ledgers) { ledger.RelativeResidual.ShouldBeLessThan(1e-9, ledger.Name); }
        foreach (string line in new[]
        {
            "in_repair", "idle", "detection", "waiting_for_nodes", "communicators", "program_start", "checkpoint_load", "planned_stop", "evaluation", "checkpoint_stall",
            "slow_steps", "waiting_for_data", "lost_work", "useful",
        })
        {
            run.GpuTime[line].ShouldBeGreaterThan(0, line);
        }
        run.JobHistories[0].ByCause.Keys.ShouldContain("faulty GPU");
        run.JobHistories[0].PlannedStops.ShouldBe(4);                           // on the 5th, 12th, 19th and 26th
        run.Headline.Interruptions.ShouldBe(run.JobHistories.Sum(job => job.Interruptions));
    }

    [Fact]
    public void The_lines_of_the_jobs_add_up_to_those_of_the_campus()
    {
        RunResult run = Island.Run(Campus());
        run.GpuTime["detection"].ShouldBe(run.JobHistories.Sum(job => job.Time.DetectionGpuS) / 3600, 1);
        run.GpuTime["useful"].ShouldBe(run.JobHistories.Sum(job => job.Time.CommittedGpuS) / 3600, 1);
        run.GpuTime["lost_work"].ShouldBe(run.JobHistories.Sum(job => job.Time.LostGpuS) / 3600, 1);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        Simulator simulator = new(Campus(), default, DeafSink.Instance);
        for (int i = 0; i < 5000; i++) { simulator.Step(); }
        while (simulator.StepsTaken % 1440 != 1) { simulator.Step(); }
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1400; i++) { simulator.Step(); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
