using Gigawatt.Reliability;
using Gigawatt.Scenarios;
using Gigawatt.Simulation;
using Gigawatt.Tests.Training;
using Gigawatt.Training;

namespace Gigawatt.Tests.Simulation;

public sealed class RackGroupTests
{
    [Theory]
    [InlineData(0, 6400, 800)]
    [InlineData(10, 6400, 760)]       // ten nodes of four are made up for
    [InlineData(300, 6000, 0)]        // of 300 only 200 can be
    public void Nodes_that_stand_by_in_a_rack_make_up_for_failed_ones(int failed, int free, int standby)
    {
        // 100 racks of 72 GPUs, 64 of them for jobs
        RackGroup rack = new(Island.Scenario().Compute.Racks[0] with { SchedulablePerRack = 64 }) { Live = 100 };
        FailurePopulation.Send(ref rack.Repair, failed);
        rack.Count();
        (rack.FreeGpus, rack.StandbyGpus, rack.RepairGpus).ShouldBe((free, standby, 4 * failed));
    }

    [Fact]
    public void A_rack_cannot_schedule_more_than_it_has() =>
        (Island.Scenario().Compute.Racks[0] with { SchedulablePerRack = 80 }).Contradictions().Single().Expected.ShouldBe("at most the 72 GPUs of a rack");

    [Fact]
    public void With_technicians_and_parts_nodes_are_away_as_long_as_their_causes_say()
    {
        // One cause: every failure takes a node for four days of parts and an hour of work.
        TrainingJobSpec job = LivedJob.Calm with
        {
            Name = "job",
            Start = new DateOnly(2026, 1, 1),
            Gpus = 30_000,
            MinGpus = 20_000,
            FailureRecord = new() { Title = "test", Gpus = 1, Causes = [new() { Name = "node", FailuresPerUnitS = 1e-8, TransientFraction = 0, RepairS = 3600, Kind = FailureKind.HardwareReturn }] },
        };
        Scenario campus = Island.Scenario(new DateOnly(2026, 3, 31));
        campus = campus with
        {
            Compute = campus.Compute with { Racks = [campus.Compute.Racks[0] with { Repair = new() { PartsS = 4 * 86400 } }] },
            Training = new TrainingSection { Jobs = [new JobSpec { Job = job }] },
        };
        RunResult run = Island.Run(campus, new RunOptions { StepS = 600 });
        JobHistory ran = run.JobHistories[0];
        ran.ByCause["node"].ShouldBe(ran.Interruptions);
        // Little's law: rate × time × 4 GPUs, less the first days in which the shop fills
        double hours = ran.Time.NodesFailed * (4 * 24 + 1) * 4;
        run.GpuTime["in_repair"].ShouldBe(hours * (1 - 4.0 / 90), hours * 0.1);
        run.GpuTime.RelativeResidual.ShouldBeLessThan(1e-9);
    }
}
