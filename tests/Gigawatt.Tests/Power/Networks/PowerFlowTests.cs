using FsCheck.Fluent;
using Gigawatt.Power.Networks;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Tests.Power.Networks;

public sealed class PowerFlowTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(300)]
    [InlineData(499)]
    public void Behind_a_reactance_the_voltage_is_the_root_of_its_quadratic(double loadMw)
    {
        // V⁴ − V² + x²P² = 0 with x = 0.1 pu; the nose is at P = 1/(2x) = 500 MW.
        (PowerFlow flow, PowerFlowOutcome outcome) = SmallGrids.Solved(SmallGrids.TwoBuses(loadMw));
        double p = loadMw / 100;
        outcome.Converged.ShouldBeTrue();
        flow.VoltagePu[1].ShouldBe(Math.Sqrt(0.5 + Math.Sqrt(0.25 - 0.01 * p * p)), 1e-6);
        flow.Flows[0].FromMw.ShouldBe(loadMw, 1e-5);
        flow.Flows[0].LoadingFraction.ShouldBeGreaterThan(loadMw / 100);
    }

    [Fact]
    public void Beyond_the_nose_it_says_that_the_voltage_of_the_hall_collapses()
    {
        (PowerFlow flow, PowerFlowOutcome outcome) = SmallGrids.Solved(SmallGrids.TwoBuses(600));
        outcome.Converged.ShouldBeFalse();
        outcome.Failure.ShouldBe(FlowFailure.VoltageCollapse);
        outcome.Why(flow.Grid).ShouldContain("collapses at bus hall");
        // The nose of 500 MW is five sixths of what is asked, at 1/√2 of the source voltage.
        outcome.CarriedFraction.ShouldBe(5.0 / 6, 1e-3);
        outcome.LowestVoltagePu.ShouldBe(Math.Sqrt(0.5), 0.02);
    }

    [Fact]
    public void A_generator_without_room_is_named_with_what_is_missing()
    {
        (PowerFlow flow, PowerFlowOutcome outcome) = SmallGrids.Solved(SmallGrids.TwoBuses(100, maxMw: 80));
        outcome.Failure.ShouldBe(FlowFailure.NoRoom);
        outcome.ShortMw.ShouldBe(20, 1e-6);
        outcome.Why(flow.Grid).ShouldContain("lacks 20 MW");
    }

    [Fact]
    public void A_shared_imbalance_stops_at_maxima_and_the_rest_takes_more()
    {
        // 90 MW in shares 1:1:1 with maxima 10, 25 and none: 10, 25, 55.
        (PowerFlow flow, PowerFlowOutcome outcome) = SmallGrids.Solved(Shared(90));
        outcome.Converged.ShouldBeTrue();
        flow.OutputMw.ToArray().ShouldBe([10, 25, 55], 1e-6);
        // 24 MW: nobody is at a limit.
        (flow, _) = SmallGrids.Solved(Shared(24));
        flow.OutputMw.ToArray().ShouldBe([8, 8, 8], 1e-6);
        // Losing the last one leaves 35 of 90 MW.
        flow = new PowerFlow(Grid.Of(Shared(90)));
        flow.SetSource(2, false);
        flow.Solve().ShortMw.ShouldBe(55, 1e-6);
    }

    [Fact]
    public void At_its_reactive_limit_a_generator_lets_the_voltage_go_and_takes_hold_again_when_it_may()
    {
        NetworkCase network = SmallGrids.TwoBuses(100, 80) with
        {
            Generators =
            [
                new SourceSpec { Name = "G", Bus = "plant", VoltagePu = 1 },
                new SourceSpec { Name = "H", Bus = "hall", VoltagePu = 1, MinReactiveMvar = -20, MaxReactiveMvar = 30 },
            ],
        };
        (PowerFlow flow, _) = SmallGrids.Solved(network);
        flow.OutputMvar[1].ShouldBe(30, 1e-6);
        flow.VoltagePu[1].ShouldBeLessThan(1);
        flow.IsAtReactiveLimit(1).ShouldBeTrue();
        flow.SetLoad(1, 100, 20);
        flow.Solve().Converged.ShouldBeTrue();
        flow.VoltagePu[1].ShouldBe(1, 1e-12);
        flow.IsAtReactiveLimit(1).ShouldBeFalse();
        (flow, _) = SmallGrids.Solved(network, new PowerFlowOptions { ReactiveLimits = false });
        flow.OutputMvar[1].ShouldBeGreaterThan(60);
    }

    [Fact]
    public void Two_islands_are_balanced_each_by_its_own()
    {
        NetworkCase network = Pair(0.05) with { Branches = [] };
        network = network with { Buses = [.. network.Buses.Select(bus => bus with { LoadMw = bus.Name == "a" ? 30 : 50 })] };
        (PowerFlow flow, PowerFlowOutcome outcome) = SmallGrids.Solved(network);
        outcome.Converged.ShouldBeTrue();
        flow.OutputMw.ToArray().ShouldBe([30, 50], 1e-6);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.001)]
    [InlineData(0.0001)]
    public void Two_inverters_with_droop_settle_across_a_short_tie(double reactance)
    {
        // 50 + 30 Mvar shared by droop of 2 % on 100 MVA each, almost equally over a short tie.
        NetworkCase network = Pair(reactance);
        network = network with
        {
            Buses = [network.Buses[0] with { LoadMw = 20, LoadReactiveMvar = 50 }, network.Buses[1] with { LoadMw = 20, LoadReactiveMvar = 30 }],
            Generators = [.. network.Generators.Select(one => one with { RatedMva = 100, VoltageDroopFraction = 0.02, ParticipationFactor = 1 })],
        };
        (PowerFlow flow, PowerFlowOutcome outcome) = SmallGrids.Solved(network);
        outcome.Converged.ShouldBeTrue();
        outcome.Iterations.ShouldBeLessThan(8);
        (flow.OutputMvar[0] + flow.OutputMvar[1]).ShouldBe(80, 0.5);
        flow.OutputMvar[0].ShouldBe(100 * (1 - flow.VoltagePu[0]) / 0.02, 1e-5);
        Math.Abs(flow.OutputMvar[0] - flow.OutputMvar[1]).ShouldBeLessThan(15 * reactance / 0.001 + 1);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.002)]
    public void Two_tap_changers_at_the_ends_of_a_short_tie_come_to_rest_in_their_bands(double reactance)
    {
        GridTransformerSpec Tapped(string name, string from, string to) => new()
        {
            Name = name,
            From = from,
            To = to,
            RatedMva = 100,
            ImpedanceFraction = 0.1,
            TapChanger = new TapChangerSpec { TargetPu = 1.0, HalfBandPu = 0.007 },
        };
        NetworkCase network = new()
        {
            Buses = [new BusSpec { Name = "grid" }, new BusSpec { Name = "a", LoadMw = 90, LoadReactiveMvar = 50 }, new BusSpec { Name = "b", LoadMw = 60, LoadReactiveMvar = 40 }],
            Generators = [new SourceSpec { Name = "G", Bus = "grid", VoltagePu = 1.0 }],
            Branches = [new BranchSpec { From = "a", To = "b", ReactancePu = reactance }],
            Transformers = [Tapped("TA", "grid", "a"), Tapped("TB", "grid", "b")],
        };
        (PowerFlow flow, PowerFlowOutcome outcome) = SmallGrids.Solved(network);
        outcome.Converged.ShouldBeTrue();
        flow.VoltagePu[1].ShouldBe(1, 0.0071);
        flow.VoltagePu[2].ShouldBe(1, 0.0071);
        flow.TapSteps.ToArray().ShouldAllBe(step => step < 0 && step >= -16);
    }

    [Fact]
    public void A_closed_switch_makes_one_bus_of_two_and_an_open_one_nothing()
    {
        NetworkCase network = SmallGrids.TwoBuses(100) with
        {
            Buses = [.. SmallGrids.TwoBuses(100).Buses, new BusSpec { Name = "spare", LoadMw = 40 }],
            Switches = [new SwitchSpec { Name = "S", From = "hall", To = "spare" }],
        };
        (PowerFlow flow, PowerFlowOutcome outcome) = SmallGrids.Solved(network);
        flow.Grid.NodeCount.ShouldBe(2);
        flow.Grid.NameOf(1).ShouldBe("hall=spare");
        flow.Flows[0].FromMw.ShouldBe(140, 1e-5);
        outcome.Converged.ShouldBeTrue();
    }

    [Fact]
    public void A_tie_of_five_kilometres_drops_and_loses_what_the_formulas_of_short_lines_say()
    {
        // 34.5 kV, 5 km of 0.07 + j0.11 ohm/km: R 0.35, X 0.55; 20 MW + 5 Mvar: ΔV ≈ (RP + XQ)/V = 0.2826 kV, loss ≈ R (P² + Q²)/V² = 0.125 MW.
        NetworkCase network = new()
        {
            Buses = [new BusSpec { Name = "a", BaseKv = 34.5 }, new BusSpec { Name = "b", BaseKv = 34.5, LoadMw = 20, LoadReactiveMvar = 5 }],
            Generators = [new SourceSpec { Name = "G", Bus = "a", VoltagePu = 1 }],
            Lines = [new LineSpec { Name = "tie", From = "a", To = "b", LengthM = 5000, ResistanceOhmPerM = 0.07e-3, ReactanceOhmPerM = 0.11e-3, AmpacityKa = 0.7 }],
        };
        (PowerFlow flow, PowerFlowOutcome outcome) = SmallGrids.Solved(network);
        ((1 - flow.VoltagePu[1]) * 34.5).ShouldBe(0.2826, 0.006);
        outcome.LossMw.ShouldBe(0.125, 0.003);
        flow.Flows[0].LoadingFraction.ShouldBe(20.8 / (Math.Sqrt(3) * 34.5 * 0.7), 0.005);
    }

    [Fact]
    public void A_phase_shift_of_150_degrees_and_a_tap_do_not_change_what_arrives()
    {
        NetworkCase network = SmallGrids.TwoBuses(100, 30);
        (PowerFlow plain, _) = SmallGrids.Solved(network);
        (PowerFlow shifted, PowerFlowOutcome outcome) = SmallGrids.Solved(network with { Branches = [network.Branches[0] with { TapRatio = 1, ShiftDeg = 150 }] });
        outcome.Converged.ShouldBeTrue();
        shifted.VoltagePu[1].ShouldBe(plain.VoltagePu[1], 1e-9);
        (shifted.AngleRad[1] * 180 / Math.PI).ShouldBe(plain.AngleRad[1] * 180 / Math.PI - 150, 1e-6);
    }

    [Fact]
    public void Any_meshed_network_is_balanced_the_same_from_every_start_and_twice_the_same_bits() => Prop.ForAll(Gen.Choose(1, 100_000).ToArbitrary(), seed =>
    {
        NetworkCase network = SyntheticGrid.Of(24, seed);
        (PowerFlow flow, PowerFlowOutcome outcome) = SmallGrids.Solved(network);
        outcome.Converged.ShouldBeTrue();
        double shuntMw = network.Buses.Select((bus, i) => bus.ShuntMw * flow.VoltagePu[i] * flow.VoltagePu[i]).Sum();
        flow.OutputMw.ToArray().Sum().ShouldBe(network.Buses.Sum(bus => bus.LoadMw) + outcome.LossMw + shuntMw, 1e-4);
        outcome.LossMw.ShouldBeGreaterThan(0);
        (PowerFlow flat, _) = SmallGrids.Solved(network, new PowerFlowOptions { Start = FlowStart.Flat });
        for (int i = 0; i < flow.Grid.NodeCount; i++) { flat.VoltagePu[i].ShouldBe(flow.VoltagePu[i], 1e-7); }
        double before = flow.VoltagePu[5];
        flow.Solve();
        flow.VoltagePu[5].ShouldBe(before);
    }).HoldsInAnyCase(40);

    [Theory]
    [InlineData(FlowStart.Dc)]
    [InlineData(FlowStart.Warm)]
    public void A_warmed_flow_of_200_buses_solves_again_without_allocating(FlowStart start)
    {
        PowerFlow flow = new(Grid.Of(SyntheticGrid.Of(200, 1)), new PowerFlowOptions { Start = start });
        flow.Solve().Converged.ShouldBeTrue();
        flow.Solve();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 5; i++)
        {
            flow.SetBranch(3, i % 2 == 0);
            flow.SetLoad(7, 10 + i, 2);
            flow.Solve();
        }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static NetworkCase Shared(double loadMw) => new()
    {
        Buses = [new BusSpec { Name = "a", LoadMw = loadMw }, new BusSpec { Name = "b" }],
        Generators =
        [
            new SourceSpec { Name = "1", Bus = "a", VoltagePu = 1, ParticipationFactor = 1, MaxMw = 10 },
            new SourceSpec { Name = "2", Bus = "b", VoltagePu = 1, ParticipationFactor = 1, MaxMw = 25 },
            new SourceSpec { Name = "3", Bus = "b", VoltagePu = 1, ParticipationFactor = 1 },
        ],
        Branches = [new BranchSpec { From = "a", To = "b", ReactancePu = 0.02 }],
    };

    private static NetworkCase Pair(double reactance) => new()
    {
        Buses = [new BusSpec { Name = "a" }, new BusSpec { Name = "b" }],
        Generators = [new SourceSpec { Name = "A", Bus = "a", VoltagePu = 1 }, new SourceSpec { Name = "B", Bus = "b", VoltagePu = 1 }],
        Branches = [new BranchSpec { From = "a", To = "b", ReactancePu = reactance }],
    };
}

/// <summary>Meshed networks drawn from a seed: a ring with chords, a tenth of the buses with generators.</summary>
internal static class SyntheticGrid
{
    public static NetworkCase Of(int buses, int seed)
    {
        Stream draw = Stream.For(seed, 0, "grid", "shape");
        List<BranchSpec> branches = [];
        for (int i = 0; i < buses; i++)
        {
            double x = 0.01 + 0.05 * draw.NextUniform();
            branches.Add(new BranchSpec { From = $"{i}", To = $"{(i + 1) % buses}", ResistancePu = x / 8, ReactancePu = x, ChargingPu = 0.01, RatedMva = 300 });
            int far = (i + 2 + (int)(draw.NextUniform() * 12)) % buses;
            if (i % 3 == 0 && far != i) { branches.Add(new BranchSpec { From = $"{i}", To = $"{far}", ResistancePu = x / 5, ReactancePu = 2 * x, TapRatio = i % 6 == 0 ? 0.98 : null }); }
        }
        return new NetworkCase
        {
            Name = $"{buses} buses, drawn",
            Buses = [.. Enumerable.Range(0, buses).Select(i => new BusSpec { Name = $"{i}", LoadMw = 5 + 15 * draw.NextUniform(), LoadReactiveMvar = 4 * draw.NextUniform(), ShuntMw = i % 7 == 0 ? 0.5 : 0 })],
            Generators = [.. Enumerable.Range(0, Math.Max(1, buses / 8)).Select(g => new SourceSpec
            {
                Name = $"G{g}", Bus = $"{g * 8}", OutputMw = 90, VoltagePu = 1.02, ParticipationFactor = 1 + g % 3, MinMw = 0, MaxMw = 400, MinReactiveMvar = -60, MaxReactiveMvar = 80,
            })],
            Branches = branches,
        };
    }
}
