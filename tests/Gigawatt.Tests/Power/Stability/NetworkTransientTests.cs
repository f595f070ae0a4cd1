using FsCheck.Fluent;
using Gigawatt.Numerics;
using Gigawatt.Power.Stability;

namespace Gigawatt.Tests.Power.Stability;

public sealed class NetworkTransientTests
{
    private const double StepS = 1.0 / 120;

    [Fact]
    public void Nothing_moves_when_nothing_happens()
    {
        NetworkTransient run = new(SmallNetwork.Campus(hasUps: true), null, StepS);
        double rotor = run.RotorRad(0);
        for (int i = 0; i < 600; i++) { run.Step(); }
        run.FrequencyHz.ShouldBe(60, 1e-9);
        run.RotorRad(0).ShouldBe(rotor, 1e-7);
        run.VoltagePu(0).ShouldBe(1, 1e-8);
        run.HallMw(0).ShouldBe(112, 1e-6);
    }

    [Theory]
    [InlineData(32, 8)]
    [InlineData(32, 0)]
    [InlineData(0, 8)]
    public void Power_that_is_given_is_taken_in_every_step(int turbines, int inverters)
    {
        NetworkFaultSpec fault = new() { Branch = "feeder-3", StartS = 0.2, ClearedS = 0.35, ArcPu = 0.01 };
        NetworkTransient run = new(SmallNetwork.Campus(turbines, inverters), fault, StepS);
        for (int i = 0; i < 360; i++)
        {
            run.Step();
            PowerBooks books = run.Books();
            Math.Abs(books.ImbalanceMw).ShouldBeLessThan(1e-9 * Math.Max(1, books.MachinesMw + Math.Abs(books.InvertersMw) + books.FaultMw));
        }
        run.ClearedAtS!.Value.ShouldBe(0.35, StepS);
    }

    [Fact]
    public void An_island_of_inverters_bears_a_fault_at_their_terminals()
    {
        NetworkFaultSpec fault = new() { Bus = "north", StartS = 0.1, ClearedS = 0.25 };
        NetworkTransient run = new(SmallNetwork.Campus(0, 8), fault, StepS);
        for (int i = 0; i < 600; i++)
        {
            run.Step();
            double.IsFinite(run.FrequencyHz + run.VoltagePu(0) + run.InverterMw(0)).ShouldBeTrue();
        }
        run.MostInverterCurrentFactor.ShouldBeLessThan(1.001);
        run.VoltagePu(0).ShouldBe(1, 0.1);
    }

    [Fact]
    public void Inverters_limit_their_current_and_machines_do_not()
    {
        SagProfile few = VoltageSag.Of(SmallNetwork.Campus(0, 8), new() { Bus = "north", StartS = 0 });
        // Eight blocks of 60 MVA at 1.2 times rated current: 576 MVA, 9.6 kA at 34.5 kV, whatever the fault.
        few.FaultKa.ShouldBe(576 / (Math.Sqrt(3) * 34.5), 0.2);
        VoltageSag.Of(SmallNetwork.Campus(), new() { Bus = "north", StartS = 0 }).FaultKa.ShouldBeGreaterThan(5 * few.FaultKa);
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void A_sag_is_the_divider_between_source_and_fault(double at)
    {
        // 500 MVA at the bus is 0.2 pu of 100 MVA; the feeder has 0.1 pu: V = 0.1 at / (0.2 + 0.1 at), seen at the bus without load.
        CampusNetworkSpec radial = new()
        {
            Buses = [new() { Name = "bus", NominalKv = 34.5 }, new() { Name = "end", NominalKv = 34.5 }],
            Branches = [new() { Name = "feeder", From = "bus", To = "end", ReactancePu = 0.1 }],
            Grid = new() { Bus = "bus", ShortCircuitMva = 500 },
        };
        SagProfile sag = VoltageSag.Of(radial, new() { Branch = "feeder", AtFraction = at, StartS = 0 });
        sag.RetainedPu[0].ShouldBe(0.1 * at / (0.2 + 0.1 * at), 1e-6);
        sag.FaultKa.ShouldBe(100 / (0.2 + 0.1 * at) / (Math.Sqrt(3) * 34.5), 1e-5);
    }

    [Fact]
    public void A_relay_clears_its_feeder_after_the_time_of_its_curve()
    {
        CampusNetworkSpec spec = SmallNetwork.Campus();
        spec = spec with { Branches = [.. spec.Branches.Select(branch => branch.Name == "feeder-1" ? branch with { Relay = new() { PickupKa = 3, BreakerS = 0.05 } } : branch)] };
        NetworkTransient run = new(spec, new() { Branch = "feeder-1", StartS = 0.1 }, 1e-3);
        for (int i = 0; i < 800 && run.ClearedAtS is null; i++) { run.Step(); }
        // About 57 kA of 3 kA on a very inverse curve at 0.1: 1.35/18 = 0.075 s, and 0.05 s of breaker.
        run.ClearedAtS!.Value.ShouldBeInRange(0.1 + 0.05 + 0.06, 0.1 + 0.05 + 0.1);
        run.Step();
        run.VoltagePu(2).ShouldBe(0);
        run.VoltagePu(3).ShouldBeGreaterThan(0.8);
    }

    [Fact]
    public void Lost_load_raises_frequency_to_the_droop()
    {
        // Half of the load goes with its feeders: 16 halls' worth of droop is 4 % × 14/38 = 1.47 %, or 0.88 Hz, shared with inverters.
        CampusNetworkSpec spec = SmallNetwork.Campus(32, 0, 2);
        NetworkTransient run = new(spec, new() { Branch = "feeder-2", StartS = 0.1, ClearedS = 0.11, ArcPu = 1 }, StepS);
        for (int i = 0; i < 3600; i++) { run.Step(); }
        double lostPu = (896 - run.HallMw(0)) / (32 * 38.0);
        run.FrequencyHz.ShouldBe(60 * (1 + 0.04 * lostPu), 0.02);
    }

    [Fact]
    public void Equal_sets_counted_are_equal_sets_listed()
    {
        CampusNetworkSpec counted = SmallNetwork.Campus(4, 4, 2);
        CampusNetworkSpec listed = counted with
        {
            Turbines = [.. counted.Turbines.SelectMany(group => Enumerable.Range(0, group.Count).Select(i => group with { Name = $"{group.Name}-{i}", Count = 1 }))],
            Inverters = [.. counted.Inverters.SelectMany(group => Enumerable.Range(0, group.Count).Select(i => group with { Name = $"{group.Name}-{i}", Count = 1 }))],
        };
        NetworkFaultSpec fault = new() { Branch = "feeder-2", StartS = 0.1, ClearedS = 0.2 };
        NetworkTransient one = new(counted, fault, StepS);
        NetworkTransient other = new(listed, fault, StepS);
        for (int i = 0; i < 360; i++)
        {
            one.Step();
            other.Step();
        }
        other.FrequencyHz.ShouldBe(one.FrequencyHz, 1e-6);
        other.VoltagePu(1).ShouldBe(one.VoltagePu(1), 1e-6);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        NetworkTransient run = new(SmallNetwork.Campus(hasUps: true), new() { Branch = "feeder-3", StartS = 1, ClearedS = 1.1 }, StepS);
        for (int i = 0; i < 200; i++) { run.Step(); }
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 500; i++) { run.Step(); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void A_halved_step_gives_nearly_the_same_and_the_same_step_the_same_bits()
    {
        double[] whole = After(StepS);
        After(StepS).ShouldBe(whole);
        double[] half = After(StepS / 2);
        for (int i = 0; i < whole.Length; i++) { half[i].ShouldBe(whole[i], 0.002 * Math.Abs(whole[i]) + 1e-9); }
    }

    [Fact]
    public void Every_fault_leaves_finite_numbers() => Prop.ForAll(
        Gen.Choose(0, 10).Select(i => i / 10.0).ToArbitrary(), Gen.Choose(1, 40).ToArbitrary(), Gen.Elements((32, 8), (2, 8), (0, 8), (32, 0)).ToArbitrary(),
        (at, cycles, sources) =>
        {
            NetworkFaultSpec fault = new() { Branch = "feeder-2", AtFraction = at, StartS = 0.05, ClearedS = 0.05 + cycles / 60.0 };
            NetworkTransient run = new(SmallNetwork.Campus(sources.Item1, sources.Item2), fault, StepS);
            for (int i = 0; i < 240; i++) { run.Step(); }
            return double.IsFinite(run.FrequencyHz + run.VoltagePu(1) + run.Books().HallsMw) && run.MostInverterCurrentFactor < 1.01;
        }).HoldsInAnyCase(25);

    [Fact]
    public void A_bus_without_a_way_to_a_source_is_refused()
    {
        CampusNetworkSpec spec = SmallNetwork.Campus();
        CaseException wrong = Should.Throw<CaseException>(() => new NetworkTransient(spec with { Branches = [.. spec.Branches.Skip(2)] }, null, StepS));
        wrong.Problems.ShouldContain(problem => problem.Path == "buses[2].name" && problem.Found.Contains("island"));
        Should.Throw<CaseException>(() => new NetworkTransient(spec with { Turbines = [], Inverters = [] }, null, StepS)).Problems[0].Expected.ShouldContain("source");
    }

    private static double[] After(double stepS)
    {
        NetworkTransient run = new(SmallNetwork.Campus(), new() { Branch = "feeder-3", StartS = 0.1, ClearedS = 0.2 }, stepS);
        while (run.TimeS < 1.9999) { run.Step(); }
        return [run.FrequencyHz, run.VoltagePu(0), run.MachineMw(0), run.HallMw(1)];
    }
}
