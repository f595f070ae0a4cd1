using Gigawatt.Power.Networks;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Studies;
using Gigawatt.Tests.Conventions;
using Gigawatt.Tests.Power.Networks;

namespace Gigawatt.Tests.Validation;

/// <summary>Published test networks against MATPOWER's runpf, which enforces no reactive limits by default.</summary>
/// <remarks>Sources: MATPOWER data/case9.m (set points 1.04/1.025/1.025), case14.m, case33bw.m, versions of 2015 to 2026.</remarks>
public sealed class PowerFlowTests
{
    private static readonly PowerFlowOptions AsRunpf = new() { ReactiveLimits = false };

    [Theory]
    [InlineData(FlowStart.Dc)]
    [InlineData(FlowStart.Flat)]
    public void Nine_buses_lose_4641021_W_and_the_slack_gives_71_641_MW(FlowStart start)
    {
        (PowerFlow flow, PowerFlowOutcome outcome) = SmallGrids.Solved(Matpower.Parse(SmallGrids.Case9).Network, AsRunpf with { Start = start });
        outcome.Converged.ShouldBeTrue();
        outcome.LossMw.ShouldBe(4.641021, 1e-6);
        flow.OutputMw[0].ShouldBe(71.641, 5e-4);
        outcome.Iterations.ShouldBeLessThanOrEqualTo(5);
    }

    [Fact]
    public void Nine_buses_with_the_older_set_points_of_1_lose_4_9547_MW()
    {
        NetworkCase network = Matpower.Parse(SmallGrids.Case9).Network;
        network = network with { Generators = [.. network.Generators.Select(one => one with { VoltagePu = 1.0 })] };
        (PowerFlow flow, PowerFlowOutcome outcome) = SmallGrids.Solved(network, AsRunpf);
        outcome.LossMw.ShouldBe(4.9547, 5e-5);
        flow.OutputMw[0].ShouldBe(71.95, 5e-3);
    }

    [Fact]
    public void Fourteen_buses_lose_13_393272_MW()
    {
        string file = Path.Combine(Repository.Root, "studies", "case14.yaml");
        PowerFlowInput input = ScenarioReader.ReadFile<PowerFlowInput>(file, Catalog.Embedded, []).Value;
        (PowerFlow flow, PowerFlowOutcome outcome) = SmallGrids.Solved(input.Network, AsRunpf);
        outcome.LossMw.ShouldBe(13.393272, 1e-6);
        flow.OutputMw[0].ShouldBe(232.393, 5e-4);
    }

    [Fact]
    public void The_33_buses_of_Baran_and_Wu_lose_202_677_kW()
    {
        (PowerFlow flow, PowerFlowOutcome outcome) = SmallGrids.Solved(Matpower.Parse(SmallGrids.BaranWu).Network, AsRunpf);
        (outcome.LossMw * 1000).ShouldBe(202.677, 5e-4);
        // The end of the main feeder, bus 18, is lowest.
        outcome.LowestVoltagePu.ShouldBe(0.9131, 5e-5);
        flow.VoltagePu[17].ShouldBe(outcome.LowestVoltagePu);
    }
}
