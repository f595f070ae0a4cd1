using Gigawatt.Power.Transients;

namespace Gigawatt.Tests.Power.Transients;

/// <summary>What batteries, block loads, faults and relays do at their limits.</summary>
public sealed class SourceLimitTests
{
    [Fact]
    public void A_fault_of_a_feeder_takes_the_square_of_the_voltage_from_the_load_until_it_is_cleared()
    {
        // At 0.6 pu the load of 896 MW draws 0.36 of it: 573.44 MW too much turn 4,560 MWs of 2HS for 0.1 s, before governors move much.
        TransientOutcome outcome = Run(SmallBus.Turbines(), [new(DisturbanceKind.FeederFault, 1, DurationS: 0.1, VoltagePu: 0.6)], 30);
        outcome.InitialHzPerS.ShouldBe(60 * 896 * (1 - 0.36) / 4560, 1e-9);
        outcome.PeakHz.ShouldBe(60 + outcome.InitialHzPerS * 0.1, 0.06);
        outcome.PeakHz.ShouldBeLessThan(60 + outcome.InitialHzPerS * 0.1);
        outcome.Verdict.ShouldBe(TransientVerdict.RiddenThrough);
        outcome.EndHz.ShouldBe(60, 1e-3);
    }

    [Fact]
    public void A_current_limit_scales_with_the_voltage_of_a_fault()
    {
        // Alone on the bus, 60 MVA at 1.2 pu of current carry 72 MW at full voltage; at 0.5 pu 36 MW, and the load then draws a quarter of 100.
        Alone.Run(72.1).Verdict.ShouldBe(TransientVerdict.Black);
        CampusBus bus = Alone.Bus(60, 120, 0.5);
        TransientOutcome fault = Run(bus, [new(DisturbanceKind.FeederFault, 1, DurationS: 0.2, VoltagePu: 0.5)], 10);
        // 45 MW less on 60 MVA at 1 %: 0.75 % of 60 Hz above.
        fault.PeakHz.ShouldBe(60 + 0.45, 1e-6);
    }

    [Fact]
    public void Fast_frequency_response_answers_beyond_its_dead_band_after_its_delay()
    {
        CampusBusSpec spec = SmallBus.Spec() with
        {
            Following = [new() { Name = "following", Count = 4, RatedMva = 60, CapacityMwh = 120, DroopPu = 0.02, DeadBandHz = 0.036 }],
        };
        Disturbance[] loss = [new(DisturbanceKind.LoadChange, 1, ChangeMw: 89.6)];
        TransientOutcome bare = Run(SmallBus.Turbines(), loss, 60), helped = Run(new CampusBus(spec), loss, 60);
        helped.InitialHzPerS.ShouldBe(bare.InitialHzPerS, 1e-12);       // nothing in the first moment: it follows
        helped.NadirHz.ShouldBeGreaterThan(bare.NadirHz + 0.04);
        // At rest 1,520/0.04 MW per unit of turbines and 240/0.02 of batteries beyond 0.0006 share 89.6 MW: x = (89.6 + 12,000 × 0.0006)/50,000.
        helped.EndHz.ShouldBe(60 * (1 - (89.6 + 12_000 * 0.0006) / 50_000), 1e-5);
        // Within the dead band it does nothing at all: 12 MW end at 12/38,000 pu, 0.019 Hz, with a nadir of 0.033 Hz.
        Run(new CampusBus(spec), [new(DisturbanceKind.LoadChange, 1, ChangeMw: 12)], 60).EndHz.ShouldBe(60 * (1 - 12 / 38_000.0), 1e-6);
    }

    [Fact]
    public void Beyond_its_block_a_machine_takes_on_load_no_faster_than_it_picks_up()
    {
        // A block of a tenth of 38 MW and 0.01 MW/s after it: of 200 MW more, 32 machines take 121.6 MW at once, and frequency falls on.
        CampusBusSpec slow = SmallBus.Spec() with { Machines = [SmallBus.Group() with { BlockLoadFraction = 0.1, PickUpMwPerS = 0.01 }] };
        CampusBusSpec free = SmallBus.Spec();
        Disturbance[] step = [new(DisturbanceKind.LoadChange, 1, ChangeMw: 200)];
        TransientOutcome held = Run(new CampusBus(slow), step, 5), taken = Run(new CampusBus(free), step, 5);
        taken.Verdict.ShouldBe(TransientVerdict.RiddenThrough);
        held.NadirHz.ShouldBeLessThan(taken.NadirHz - 0.5);
        // Within the block nothing differs.
        Disturbance[] small = [new(DisturbanceKind.LoadChange, 1, ChangeMw: 60)];
        Run(new CampusBus(slow), small, 10).NadirHz.ShouldBe(Run(new CampusBus(free), small, 10).NadirHz, 1e-9);
    }

    [Fact]
    public void An_overloaded_battery_falls_back_to_its_rating_after_its_time()
    {
        // 66 MW on 60 MVA that lasts at 1 and bears 1.2 for 10 s: at 10 s the rest has nowhere to go.
        TransientOutcome outcome = Alone.Run(66);
        outcome.Verdict.ShouldBe(TransientVerdict.Black);
        outcome.EndS.ShouldBeInRange(11, 11.1);                         // the step came at 1 s
        Alone.Run(59.9).Verdict.ShouldBe(TransientVerdict.RiddenThrough);
        // With turbines beside it that have room, it falls back and nothing is lost.
        CampusBusSpec beside = SmallBus.Spec() with { Forming = [SmallBus.Battery(1) with { OverloadS = 2, DroopPu = 0.005 }] };
        TransientOutcome helped = Run(new CampusBus(beside), [new(DisturbanceKind.LoadChange, 1, ChangeMw: 300)], 30);
        helped.Verdict.ShouldBe(TransientVerdict.RiddenThrough);
    }

    [Fact]
    public void An_empty_battery_gives_nothing_and_a_nearly_empty_one_gives_what_it_has()
    {
        // 30 MW from 0.05 MWh at 95.9 %: 0.05 × 0.959/30 h = 5.75 s.
        TransientOutcome outcome = Run(Alone.Bus(0, 0.05, 0.999_999), [new(DisturbanceKind.LoadChange, 1, ChangeMw: 30)], 30);
        outcome.Verdict.ShouldBe(TransientVerdict.Black);
        outcome.EndS.ShouldBe(1 + 0.05 * 0.9591663 / 30 * 3600, 0.02);
        outcome.GivenMwh.ShouldBe(0.05 * 0.9591663, 2e-4);
    }

    [Fact]
    public void A_rate_of_change_relay_trips_at_its_rate_over_its_window()
    {
        CampusBusSpec With(double levelHzPerS) => SmallBus.Spec(4) with
        {
            Machines = [SmallBus.Group() with { RateRelay = new() { LevelHzPerS = levelHzPerS, WindowS = 0.1 }, Relay = SmallBus.NoRelay }],
        };
        // 537.6 MW on 2 (1.5 × 1,520 + 0.5 × 240) MWs: 6.72 Hz/s in the first moment, less over a tenth of a second.
        Disturbance[] crash = [new(DisturbanceKind.LoadChange, 1, ChangeMw: -537.6)];
        TransientWorkspace work = new();
        Transient.Simulate(new CampusBus(With(7)), crash, 10, Transient.UsualStepS, work, null).Verdict.ShouldNotBe(TransientVerdict.Tripped);
        Transient.Simulate(new CampusBus(With(1)), crash, 10, Transient.UsualStepS, work, null);
        work.Trips[0].Cause.ShouldBe(TripCause.RateOfChange);
        work.Trips[0].Count.ShouldBe(32);
        work.Trips[0].AtS.ShouldBeInRange(1, 1.15);
    }

    [Theory]
    [InlineData(TransientVerdict.RiddenThrough, 0, 0, 10, 0)]
    [InlineData(TransientVerdict.Tripped, 3, 0, 10, 300 + 600 + 2 * 60)]            // decide, start, two more a minute apart
    [InlineData(TransientVerdict.Tripped, 3, 1, 10, 300 + 1800)]                    // the slow one takes longer than three quick ones
    [InlineData(TransientVerdict.Black, 3, 0, 10, 300 + 120 + 600 + 2 * 60)]
    [InlineData(TransientVerdict.Black, 3, 0, 0.1, double.PositiveInfinity)]        // 2 % of 38 MW for 600 s are 0.127 MWh
    public void Coming_back_takes_a_decision_a_live_bus_and_the_starts(TransientVerdict verdict, int quick, int slow, double storedMwh, double expectedS) =>
        Restoration.TimeS(new RestorationSpec(), verdict, [new LostUnits(quick, 600, 38), new LostUnits(slow, 1800, 50)], storedMwh).ShouldBe(expectedS);

    private static TransientOutcome Run(CampusBus bus, Disturbance[] events, double horizonS) =>
        Transient.Simulate(bus, events, horizonS, Transient.UsualStepS, new(), null);

    /// <summary>One block of 60 MVA alone with a load.</summary>
    private static class Alone
    {
        public static CampusBus Bus(double loadMw, double capacityMwh, double chargeFraction) => new(new CampusBusSpec
        {
            Forming = [SmallBus.Battery(1) with { SetPointMw = loadMw, CapacityMwh = capacityMwh, ChargeFraction = chargeFraction, Relay = SmallBus.NoRelay }],
            Loads = [new() { Name = "load", PowerMw = loadMw }],
        });

        public static TransientOutcome Run(double loadMw) => SourceLimitTests.Run(Bus(50, 120, 0.5), [new(DisturbanceKind.LoadChange, 1, ChangeMw: loadMw - 50)], 30);
    }
}
