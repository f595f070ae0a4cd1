using Gigawatt.Buildout;
using Gigawatt.Reports;
using Gigawatt.Scenarios;
using Gigawatt.Simulation;
using Gigawatt.Tests.Simulation;

namespace Gigawatt.Tests.Reports;

public sealed class FleetStagesTests
{
    [Fact]
    public void A_fleet_that_never_grows_has_no_stages() => FleetStages.Of(Island.Run(Island.Scenario())).ShouldBeEmpty();

    [Fact]
    public void A_fleet_that_grows_once_is_told_at_both_sizes_and_their_waterfalls_add_up()
    {
        // 250 racks of 72 GPUs from 1 January, all 500 from 10 February to 10 March: 40 days of 18,000, 29 of 36,000.
        Scenario island = Island.Scenario(new DateOnly(2026, 3, 10));
        RackGroupSpec racks = island.Compute.Racks[0] with
        {
            Delivered = new Rollout { Levels = [new ServiceLevel { On = new DateOnly(2026, 1, 1), Count = 250 }, new ServiceLevel { On = new DateOnly(2026, 2, 10), Count = 500 }] },
        };
        RunResult run = Island.Run(island with { Compute = island.Compute with { Racks = [racks] } });
        IReadOnlyList<FleetStage> stages = FleetStages.Of(run);
        stages.Select(stage => (stage.Gpus, stage.From, stage.To)).ShouldBe(
            [(18_000, new DateOnly(2026, 1, 1), new DateOnly(2026, 2, 9)), (36_000, new DateOnly(2026, 2, 10), new DateOnly(2026, 3, 10))]);
        stages[0].GpuHours("installed").ShouldBe(18_000 * 40 * 24, 1e-6);
        stages[1].GpuHours("installed").ShouldBe(36_000 * 29 * 24, 1e-6);
        stages.Sum(stage => stage.UsefulGpuHours).ShouldBe(run.GpuTime["useful"], 1e-6 * run.GpuTime["useful"]);
        foreach (GpuTimePart part in stages.Select(FleetStages.Part))
        {
            double installed = part.Steps[0].GpuHours, losses = part.Steps.Where(step => step.Kind == "loss").Sum(step => step.GpuHours);
            (installed - losses).ShouldBe(part.Steps[^1].GpuHours, 2e-3 * installed);
            part.Title.ShouldContain(" installed GPU-hours became useful");
        }
        stages[0].Losses(3).Count.ShouldBe(3);
        stages[0].Losses(3).Select(loss => loss.Fraction).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public void Weeks_of_growth_are_no_stage()
    {
        Scenario island = Island.Scenario(new DateOnly(2026, 2, 28));
        RackGroupSpec racks = island.Compute.Racks[0] with { Delivered = new Rollout { From = "2026-01-01", RampPerS = 1 / 7200.0 } };
        // Twelve racks a day: 500 stand after 42 days, and 17 are left.
        FleetStages.Of(Island.Run(island with { Compute = island.Compute with { Racks = [racks] } })).ShouldBeEmpty();
    }
}
