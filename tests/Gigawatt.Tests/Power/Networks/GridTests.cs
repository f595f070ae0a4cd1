using Gigawatt.Numerics;
using Gigawatt.Power.Networks;

namespace Gigawatt.Tests.Power.Networks;

/// <summary>What a network must not be, with the words it is refused in.</summary>
public sealed class GridTests
{
    private static readonly NetworkCase Good = SmallGrids.TwoBuses(100);

    [Fact]
    public void An_island_with_load_and_no_source_is_refused() =>
        Refused(Good with { Branches = [] }, "buses[1]", "a generator with a voltage set point", "none in the island of hall");

    [Fact]
    public void An_island_without_load_is_without_voltage_and_no_mistake()
    {
        NetworkCase network = Good with { Buses = [.. Good.Buses, new BusSpec { Name = "empty" }] };
        (PowerFlow flow, PowerFlowOutcome outcome) = SmallGrids.Solved(network);
        outcome.Converged.ShouldBeTrue();
        flow.VoltagePu[2].ShouldBe(0);
    }

    [Fact]
    public void A_branch_without_impedance_is_a_switch() =>
        Refused(Good with { Branches = [Good.Branches[0] with { ReactancePu = 0 }] }, "branches[0].reactance", "use a switch", "x 0 pu");

    [Fact]
    public void A_name_stands_once_and_is_known()
    {
        Refused(Good with { Buses = [.. Good.Buses, Good.Buses[1]] }, "buses[2].name", "no other bus", "'hall' again");
        Refused(Good with { Branches = [Good.Branches[0] with { To = "hal" }] }, "branches[0].to", "the name of a bus", "'hal'; did you mean 'hall'?");
        Refused(Good with { Branches = [Good.Branches[0] with { To = "plant" }] }, "branches[0]", "two different ends", "'plant' at both");
    }

    [Fact]
    public void Both_ends_of_a_line_have_one_base_voltage()
    {
        NetworkCase network = Good with { Buses = [Good.Buses[0] with { BaseKv = 34.5 }, Good.Buses[1] with { BaseKv = 13.8 }] };
        Refused(network, "branches[0]", "use a transformer", "34.5 kV at plant and 13.8 kV at hall");
        Refused(network with { Branches = [], Lines = [new LineSpec { Name = "l", From = "plant", To = "hall", LengthM = 1, ResistanceOhmPerM = 1, ReactanceOhmPerM = 1 }] }, "lines[0]", "a line", "13.8 kV");
    }

    [Fact]
    public void A_minimum_above_its_maximum_is_refused()
    {
        Refused(Good with { Generators = [Good.Generators[0] with { MinMw = 50, MaxMw = 40 }] }, "generators[0].min", "at most its maximum, 40 MW", "50 MW");
        Refused(Good with { Buses = [Good.Buses[0] with { MinVoltagePu = 1.1 }, Good.Buses[1]] }, "buses[0].min_voltage", "at most the highest", "1.1 pu");
    }

    [Fact]
    public void Two_generators_at_a_bus_hold_the_same_voltage() =>
        Refused(Good with { Generators = [Good.Generators[0], Good.Generators[0] with { Name = "H", VoltagePu = 1.02 }] }, "generators[1].voltage", "set point of G", "1.02 pu");

    [Fact]
    public void A_tap_changer_whose_band_is_narrower_than_a_step_would_hunt() => Refused(
        Good with { Transformers = [new GridTransformerSpec { Name = "T", From = "plant", To = "hall", RatedMva = 50, TapChanger = new TapChangerSpec { HalfBandPu = 0.002 } }] },
        "transformers[0].tap_changer.half_band", "at least half a step", "0.002 pu");

    [Fact]
    public void Every_loss_of_one_element_is_ranked_with_what_it_does()
    {
        NetworkCase network = Good with
        {
            Branches = [Good.Branches[0], Good.Branches[0] with { Label = "second" }],
            Buses = [.. Good.Buses, new BusSpec { Name = "far", LoadMw = 10 }],
            Lines = [],
            Transformers = [new GridTransformerSpec { Name = "T", From = "hall", To = "far", RatedMva = 8, Count = 2 }],
        };
        IReadOnlyList<Contingency> found = Contingencies.Of(Grid.Of(network));
        found.Count.ShouldBe(4);
        found[0].Name.ShouldBe("G");
        found[0].LoadLostMw.ShouldBe(110);
        found[1].Name.ShouldBe("one of 2: T");
        found[1].WorstLoadingFraction.ShouldBe(10.1 / 8, 0.03);
        found[2].WorstLoadingFraction.ShouldBe(1.1, 0.03);          // 110 MW on one branch of 100 MVA
        // With one unit only, losing it darkens the far bus.
        network = network with { Transformers = [network.Transformers[0] with { Count = 1, RatedMva = 20 }] };
        Contingency dark = Contingencies.Of(Grid.Of(network)).Single(one => one.Name == "T");
        dark.LoadLostMw.ShouldBe(10);
        dark.Why.ShouldBe("");
    }

    [Fact]
    public void A_short_behind_one_machine_draws_c_over_its_reactance_and_inverters_alone_their_limit()
    {
        NetworkCase network = new()
        {
            Buses = [new BusSpec { Name = "a", BaseKv = 13.8 }, new BusSpec { Name = "b", BaseKv = 13.8 }],
            Generators = [new SourceSpec { Name = "G", Bus = "a", VoltagePu = 1, RatedMva = 50, SubtransientPu = 0.2 }],
            Branches = [new BranchSpec { From = "a", To = "b", ReactancePu = 0.1 }],
        };
        // x″ = 0.2·100/50 = 0.4 pu: 1.1/0.4 = 2.75 pu of 4.184 kA; behind the branch 1.1/0.5 = 2.2 pu.
        IReadOnlyList<FaultCurrent> currents = ShortCircuit.Of(Grid.Of(network));
        currents[0].CurrentKa.ShouldBe(2.75 * 100 / (Math.Sqrt(3) * 13.8), 1e-9);
        currents[1].MachinesPu.ShouldBe(2.2, 1e-9);
        network = network with { Generators = [network.Generators[0] with { Inverter = true, FaultCurrentRatio = 1.2 }] };
        ShortCircuit.Of(Grid.Of(network)).ShouldAllBe(one => Math.Abs(one.InvertersPu - 0.6) < 1e-12 && one.MachinesPu == 0);
    }

    private static void Refused(NetworkCase network, string path, string expected, string found)
    {
        CaseProblem problem = Should.Throw<CaseException>(() => Grid.Of(network)).Problems[0];
        problem.Path.ShouldBe(path);
        problem.Expected.ShouldContain(expected);
        problem.Found.ShouldContain(found);
    }
}
