using FsCheck.Fluent;
using Gigawatt.Power.Transients;

namespace Gigawatt.Tests.Power.Transients;

/// <summary>What a bus does in the seconds after something happened.</summary>
public sealed class TransientTests
{
    private static readonly Disturbance[] Crash = [new(DisturbanceKind.LoadChange, 1, ChangeMw: -537.6)];

    [Fact]
    public void Without_batteries_a_crash_of_60_percent_overspeeds_the_plant()
    {
        TransientOutcome outcome = Run(SmallBus.Turbines(), Crash, 60);
        outcome.InitialHzPerS.ShouldBe(537.6 * 60 / (2 * 1.5 * 1520), 1e-9);        // 7.07 Hz/s
        // No stop binds, so it is six times the rise of a tenth: 60 + 6 × 0.245685.
        outcome.PeakHz.ShouldBe(61.4741, 1e-3);
    }

    [Fact]
    public void Batteries_hold_what_turbines_cannot()
    {
        double bare = Run(SmallBus.Turbines(), Crash, 60).PeakHz;
        TransientOutcome held = Run(SmallBus.Turbines(8), Crash, 60);
        held.PeakHz.ShouldBeLessThan(bare - 0.4);
        held.Verdict.ShouldBe(TransientVerdict.RiddenThrough);
        held.AbsorbedMwh.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Alone_on_the_bus_batteries_follow_their_droop()
    {
        // 30 MW on 2 × 60 MVA at 1 %: 0.25 % of 60 Hz.
        CampusBus bus = new(new CampusBusSpec
        {
            Forming = [SmallBus.Battery(2) with { SetPointMw = 50 }],
            Loads = [new() { Name = "load", PowerMw = 50 }],
        });
        Run(bus, [new(DisturbanceKind.LoadChange, 1, ChangeMw: 30)], 10).EndHz.ShouldBe(60 - 0.15, 1e-6);
    }

    [Fact]
    public void A_battery_within_its_limits_is_a_virtual_machine()
    {
        // H_v = T/(2 m) = 0.01/0.02 = 0.5 s on 480 MVA beside 1.5 s on 1,520 MVA.
        TransientOutcome outcome = Run(SmallBus.Turbines(8), [new(DisturbanceKind.LoadChange, 1, ChangeMw: -89.6)], 10);
        outcome.InitialHzPerS.ShouldBe(89.6 * 60 / (2 * (1.5 * 1520 + 0.5 * 480)), 1e-9);
    }

    [Fact]
    public void More_load_than_all_sources_have_ends_black()
    {
        TransientOutcome outcome = Run(SmallBus.Turbines(), [new(DisturbanceKind.LoadChange, 1, ChangeMw: 900)], 60);
        outcome.Verdict.ShouldBe(TransientVerdict.Black);
        outcome.EndHz.ShouldBe(0);
        outcome.UnitsLost.ShouldBe(32);
    }

    [Fact]
    public void Shedding_saves_what_would_have_tripped()
    {
        CampusBusSpec spec = SmallBus.Spec() with
        {
            Loads = [new() { Name = "job", PowerMw = 600 }, new() { Name = "low", PowerMw = 296 }],
            Shedding = [new() { LevelHz = 59, Drops = ["low"] }],
        };
        Disturbance[] trip = [new(DisturbanceKind.UnitTrip, 1, Count: 12)];
        TransientOutcome shed = Run(new CampusBus(spec), trip, 60);
        shed.Verdict.ShouldBe(TransientVerdict.Shed);
        shed.ShedMw.ShouldBe(296, 1e-9);
        Run(new CampusBus(spec with { Shedding = [] }), trip, 60).Verdict.ShouldBe(TransientVerdict.Black);
    }

    [Fact]
    public void A_lost_grid_leaves_its_import_to_the_island()
    {
        CampusBusSpec spec = SmallBus.Spec() with { ImportMw = 89.6, Loads = [new() { Name = "load", PowerMw = 985.6 }] };
        TransientOutcome outcome = Run(new CampusBus(spec), [new(DisturbanceKind.GridLoss, 2)], 30);
        outcome.NadirHz.ShouldBe(60 - 0.2457, 1e-3);
        outcome.NadirS.ShouldBe(2.32, 0.01);
    }

    [Fact]
    public void Isochronous_machines_bring_frequency_back()
    {
        CampusBusSpec spec = SmallBus.Spec() with { Machines = [SmallBus.Group() with { IsIsochronous = true }] };
        Run(new CampusBus(spec), [new(DisturbanceKind.LoadChange, 1, ChangeMw: -89.6)], 120).EndHz.ShouldBe(60, 1e-3);
    }

    [Fact]
    public void Rows_of_one_and_one_row_of_many_are_the_same_plant()
    {
        CampusBusSpec many = SmallBus.Spec(8);
        CampusBusSpec single = many with
        {
            Machines = [.. Enumerable.Range(0, 32).Select(i => SmallBus.Group(1, $"turbine {i}"))],
            Forming = [.. Enumerable.Range(0, 8).Select(i => SmallBus.Battery(1) with { Name = $"battery {i}" })],
        };
        Run(new CampusBus(single), Crash, 20).PeakHz.ShouldBe(Run(new CampusBus(many), Crash, 20).PeakHz, 1e-9);
    }

    [Fact]
    public void A_simulation_allocates_nothing_once_its_memory_is_there()
    {
        CampusBus bus = SmallBus.Turbines(8);
        TransientWorkspace work = new();
        double sum = Transient.Simulate(bus, Crash, 10, Transient.UsualStepS, work, null).PeakHz;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 3; i++) { sum += Transient.Simulate(bus, Crash, 10, Transient.UsualStepS, work, null).PeakHz; }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        double.IsFinite(sum).ShouldBeTrue();
    }

    [Fact]
    public void The_same_input_gives_the_same_bits() =>
        Run(SmallBus.Turbines(8), Crash, 20).ShouldBe(Run(SmallBus.Turbines(8), Crash, 20));

    [Theory]
    [InlineData(GovernorKindName.Ggov1)]
    [InlineData(GovernorKindName.Degov1)]
    public void Every_governor_stands_still_while_nothing_happens(GovernorKindName kind)
    {
        GovernorSpec governor = kind == GovernorKindName.Ggov1 ? new() { Ggov1 = new() } : new() { Degov1 = new() };
        MachineGroupSpec group = SmallBus.Group() with { Governor = governor, InertiaS = 3 };
        CampusBus bus = new(new CampusBusSpec { Machines = [group], Loads = [new() { Name = "load", PowerMw = 896 }] });
        TransientOutcome outcome = Run(bus, [new(DisturbanceKind.LoadChange, 9)], 10);
        outcome.PeakHz.ShouldBe(60, 1e-9);
        outcome.NadirHz.ShouldBe(60, 1e-9);
    }

    [Fact]
    public void A_ggov1_turbine_burns_the_willans_line_of_the_plant()
    {
        Ggov1.NoLoadFuelFraction(new()).ShouldBe(0.2 / (0.2 + 1 / 1.5), 1e-15);
        Ggov1.NoLoadFuelPu(0.2 / (0.2 + 1 / 1.5), 1.5).ShouldBe(0.2, 1e-15);
    }

    [Fact]
    public void What_the_bound_calls_harmless_neither_sheds_nor_trips()
    {
        int harmless = 0, cases = 0;
        TransientWorkspace work = new();
        Prop.ForAll(Gen.Choose(0, 100_000).ToArbitrary(), seed =>
        {
            Gigawatt.Numerics.Stream chance = Gigawatt.Numerics.Stream.For(seed, 0, "bus", "draw");
            int units = 4 + (int)(chance.NextUniform() * 28);
            CampusBusSpec spec = SmallBus.Spec() with
            {
                Machines = [SmallBus.Group(units) with { InertiaS = 1 + 2 * chance.NextUniform(), RateRelay = chance.NextUniform() < 0.5 ? new() { LevelHzPerS = 2 } : null }],
                Forming = [SmallBus.Battery(1 + (int)(chance.NextUniform() * 12)) with { DroopPu = 0.005 + 0.02 * chance.NextUniform(), FilterS = 0.01 + 0.05 * chance.NextUniform() }],
                Loads = [new() { Name = "load", PowerMw = 28 * units }],
                Shedding = [new() { LevelHz = 59.5, DelayS = 0, Drops = ["load"] }],
            };
            CampusBus bus = new(spec);
            double size = 28 * units * 0.6 * (2 * chance.NextUniform() - 1) * chance.NextUniform();
            Disturbance[] events =
            [
                new(DisturbanceKind.LoadChange, 1, ChangeMw: size, RampS: chance.NextUniform()),
                new(DisturbanceKind.LoadDip, 3, ChangeMw: -0.1 * Math.Abs(size), RampS: 0.1, DurationS: 1),
            ];
            cases++;
            if (!HarmlessBound.IsHarmless(bus, events, 10)) { return true; }
            harmless++;
            TransientOutcome outcome = Transient.Simulate(bus, events, 10, Transient.UsualStepS, work, null);
            double bound = HarmlessBound.DeviationPu(bus, events, 10);
            return outcome.Verdict == TransientVerdict.RiddenThrough
                && Math.Max(outcome.PeakHz / 60 - 1, 1 - outcome.NadirHz / 60) <= bound * (1 + 1e-6);
        }).HoldsInAnyCase(150);
        // 266 of 600 such draws (44 %) need no simulation, as docs/transients.md reports.
        ((double)harmless / cases).ShouldBeInRange(0.3, 0.6, $"{harmless} of {cases}");
    }

    private static TransientOutcome Run(CampusBus bus, Disturbance[] events, double horizonS) =>
        Transient.Simulate(bus, events, horizonS, Transient.UsualStepS, new(), null);
}

/// <summary>Governors that are not the turbines of the other tests.</summary>
public enum GovernorKindName
{
    Ggov1,
    Degov1,
}
