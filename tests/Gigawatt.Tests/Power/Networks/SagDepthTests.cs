using Gigawatt.Power.Networks;
using Gigawatt.Power.Stability;

namespace Gigawatt.Tests.Power.Networks;

public sealed class SagDepthTests
{
    [Fact]
    public void The_voltage_left_is_the_divider_between_source_and_fault()
    {
        // 500 MVA behind the bus, a reactance in which 500 MVA would flow: half the voltage.
        SagDepth.RetainedPu(500, 0, 1 / 500.0).ShouldBe(0.5, 1e-12);
        SagDepth.RetainedPu(500, 0, 0).ShouldBe(0);
        // Inverters push 100 MVA more into it: (500 + 100)/(500 + 500).
        SagDepth.RetainedPu(500, 100, 1 / 500.0).ShouldBe(0.6, 1e-12);
        // Alone they make a voltage of current times reactance, and never more than they hold.
        SagDepth.RetainedPu(0, 100, 1 / 400.0).ShouldBe(0.25, 1e-12);
        SagDepth.RetainedPu(0, 500, 1 / 400.0).ShouldBe(1);
    }

    [Fact]
    public void A_fault_behind_the_transformer_of_a_circuit_is_hardly_felt()
    {
        // Ten units of 16.5 MW: 20.625 MVA behind 0.2 pu in series with 9 % on the same rating, 10 × 20.625/0.29 = 711 MVA.
        double unitMva = SagDepth.Through(20.625 / 0.2, 0.09 / 20.625);
        (10 * unitMva).ShouldBe(711.2, 0.05);
        OneLineSpec spec = new();
        double cable = SagDepth.CablePerMva(spec, 300);                 // 0.033 ohm on 34.5²/1 ohm
        cable.ShouldBe(0.033 / 1190.25, 1e-12);
        SagDepth.RetainedPu(711.2, 0, cable).ShouldBe(0.0193, 1e-4);    // 711.2 x / (1 + 711.2 x) at the far end
        SagDepth.RetainedPu(711.2, 0, cable + 0.0575 / 3).ShouldBe(0.9317, 1e-4);
    }

    [Fact]
    public void It_is_the_sag_of_the_whole_network_in_the_first_moment()
    {
        // A grid of 700 MVA, a feeder of 0.02 pu on 100 MVA, a fault at its far end: 700 x/(1 + 700 x) with x = 0.0002.
        CampusNetworkSpec network = new()
        {
            Buses = [new() { Name = "main", NominalKv = 34.5 }, new() { Name = "a", NominalKv = 34.5 }],
            Branches = [new() { Name = "to-a", From = "main", To = "a", ReactancePu = 0.02 }],
            Grid = new() { Bus = "main", ShortCircuitMva = 700 },
        };
        double whole = VoltageSag.Of(network, new NetworkFaultSpec { Bus = "a", StartS = 0, ClearedS = 1 }).RetainedPu[0];
        SagDepth.RetainedPu(700, 0, 0.0002).ShouldBe(whole, 1e-6);
    }
}
