using Gigawatt.Numerics;
using Gigawatt.Power;

namespace Gigawatt.Tests.Power;

public sealed class BatteryTests
{
    private static readonly BatterySpec Megapack = new() { CapacityMwh = 3.9, RatedMw = 1.927 };

    [Fact]
    public void Ten_megawatt_hours_in_give_9_2_back()
    {
        BatteryState state = new() { Blocks = 10 };
        Battery.Charge(Megapack, ref state, 10, 3600).ShouldBe(10);
        state.StoredMwh.ShouldBe(9.591663, 1e-6);                       // 10 x sqrt(0.92)
        double back = 0;
        for (int minute = 0; minute < 120; minute++) { back += Battery.Discharge(Megapack, ref state, 10, 60) / 60; }
        back.ShouldBe(9.2, 1e-9);
        state.StoredMwh.ShouldBe(0, 1e-9);
    }

    [Fact]
    public void Power_is_limited_by_the_inverter_of_every_block()
    {
        BatteryState state = new() { Blocks = 168, StoredMwh = 500 };
        Battery.DischargeLimitMw(Megapack, state, 60).ShouldBe(168 * 1.927, 1e-9);      // 323.7 MW
        Battery.Discharge(Megapack, ref state, 1000, 60).ShouldBe(323.736, 1e-9);
    }

    [Fact]
    public void The_last_energy_lasts_one_step_and_no_longer()
    {
        BatteryState state = new() { Blocks = 10, StoredMwh = 0.1 };
        Battery.DischargeLimitMw(Megapack, state, 60).ShouldBe(0.1 * 0.9591663046625439 * 60, 1e-9);   // 5.755 MW for a minute
        Battery.Discharge(Megapack, ref state, 19, 60).ShouldBe(5.754997828, 1e-6);
        state.StoredMwh.ShouldBe(0, 1e-12);
        Battery.Discharge(Megapack, ref state, 19, 60).ShouldBe(0, 1e-9);
    }

    [Fact]
    public void A_full_battery_takes_nothing()
    {
        BatteryState state = new() { Blocks = 2, StoredMwh = 7.8 };
        Battery.Charge(Megapack, ref state, 3, 60).ShouldBe(0);
        state.StoredMwh = 7.8 - 0.01;
        Battery.ChargeLimitMw(Megapack, state, 60).ShouldBe(0.01 / 0.9591663046625439 * 60, 1e-9);
    }

    [Fact]
    public void Blocks_that_leave_take_their_share_of_the_energy_along()
    {
        BatteryGroup group = new("yard", Megapack);
        group.Resize(10);
        group.State.StoredMwh = 20;
        group.Resize(9).ShouldBe(2, 1e-12);
        group.State.StoredMwh.ShouldBe(18, 1e-12);
        group.Resize(12).ShouldBe(0);
        group.State.StoredMwh.ShouldBe(18, 1e-12);                      // new blocks arrive empty
    }

    [Fact]
    public void A_reserve_above_the_target_is_a_contradiction() =>
        (Megapack with { ReserveChargeFraction = 0.95 }).Contradictions().ShouldHaveSingleItem()
            .Found.ShouldBe("95 % with a target of 90 %");

    [Theory]
    [InlineData(0.95, 0.95, 0.9025)]
    [InlineData(0.92, 1, 0.92)]
    [InlineData(0.96, 0.958333333333, 0.92)]
    public void A_round_trip_gives_back_what_both_ways_keep(double inward, double outward, double expected)
    {
        BatterySpec spec = Megapack with { ChargeEfficiencyFraction = inward, DischargeEfficiencyFraction = outward };
        BatteryState state = new() { Blocks = 10 };
        double gone = 0, back = 0;
        for (int minute = 0; minute < 60; minute++) { gone += Battery.Charge(spec, ref state, 10, 60) / 60; }
        for (int minute = 0; minute < 90; minute++) { back += Battery.Discharge(spec, ref state, 10, 60) / 60; }
        (back / gone).ShouldBe(expected, 1e-9);
        Battery.RoundTrip(spec).ShouldBe(expected, 1e-9);
    }

    [Theory]
    [InlineData(0.80, 10)]
    [InlineData(0.95, 6)]            // halfway from 100 % at 90 to 20 % at 100
    [InlineData(0.99, 2.8)]
    public void A_nearly_full_battery_takes_less_where_its_taper_says_so(double charge, double expectedMw)
    {
        BatterySpec spec = new() { CapacityMwh = 40, RatedMw = 10, ChargeTaperFraction = new Curve([0.9, 1], [1, 0.2]) };
        BatteryState state = new() { Blocks = 1, StoredMwh = 40 * charge };
        Battery.ChargeLimitMw(spec, state, 1).ShouldBe(expectedMw, 1e-9);
        Battery.DischargeLimitMw(spec, state, 1).ShouldBe(10, 1e-12);
    }

    [Fact]
    public void Standing_takes_the_same_however_the_day_is_cut()
    {
        // 1 kW for each of 10 blocks of 1 MW and 2 % of the charge a month: 10 kW × 24 h = 0.24 MWh and 20 MWh × 2 %/30 = 0.0133 MWh.
        BatterySpec spec = new() { CapacityMwh = 4, RatedMw = 1, StandbyFraction = 0.001, SelfDischargePerS = 0.02 / (30 * 86400) };
        foreach (double stepS in new[] { 86400.0, 3600, 60 })
        {
            BatteryState state = new() { Blocks = 10, StoredMwh = 20 };
            double lost = 0;
            for (double atS = 0; atS < 86400; atS += stepS) { lost += Battery.Stand(spec, ref state, stepS) * stepS / 3600; }
            lost.ShouldBe(0.2533, 1e-4);
            (20 - state.StoredMwh).ShouldBe(lost, 1e-11);
            state.StoredMwh.ShouldBe(19.746751, 1e-6);
        }
    }

    [Fact]
    public void Taper_and_standing_converge_when_the_step_is_halved()
    {
        BatterySpec spec = new()
        {
            CapacityMwh = 4,
            RatedMw = 2,
            StandbyFraction = 0.01,
            ChargeTaperFraction = new Curve([0.5, 1], [1, 0.1]),
        };
        double minute = Fill(spec, 60), half = Fill(spec, 30), tiny = Fill(spec, 1);
        half.ShouldBe(minute, 0.003 * minute);
        Math.Abs(half - tiny).ShouldBeLessThan(Math.Abs(minute - tiny));
    }

    [Fact]
    public void Hot_and_cold_air_raise_the_auxiliary_load()
    {
        BatterySpec spec = Megapack with { AuxiliaryRiseFractionPerK = 0.001 };
        BatteryState state = new() { Blocks = 10 };
        Battery.AuxiliaryMw(spec, state, 20).ShouldBe(0.1927, 1e-12);           // 1 % of 19.27 MW
        Battery.AuxiliaryMw(spec, state, 35).ShouldBe(0.3854, 1e-12);           // 10 K above 25 °C: another 1 %
        Battery.AuxiliaryMw(spec, state, 0).ShouldBe(0.3854, 1e-12);            // 10 K below 10 °C
    }

    [Fact]
    public void Reactive_power_leaves_less_for_active_power_and_an_overload_lasts_ten_seconds()
    {
        BatterySpec spec = new() { CapacityMwh = 4, RatedMw = 4, ApparentMva = 5 };
        BatteryState state = new() { Blocks = 1 };
        Battery.ActiveLimitMw(spec, state, 3, 60).ShouldBe(4, 1e-12);           // √(25 − 9)
        Battery.ActiveLimitMw(spec, state, 4, 60).ShouldBe(3, 1e-12);
        Battery.ActiveLimitMw(spec, state, 6, 60).ShouldBe(0);
        Battery.ActiveLimitMw(spec, state, 0, 10).ShouldBe(4.8, 1e-12);         // 1.2 × 4 MW
        Battery.ActiveLimitMw(spec, state, 0, 10.1).ShouldBe(4, 1e-12);
    }

    [Fact]
    public void Roles_that_hold_more_than_lies_between_reserve_and_target_are_a_contradiction()
    {
        BatterySpec spec = Megapack with
        {
            Roles =
            [
                new() { Role = BatteryRole.Bridge, HoldFraction = 0.5 },
                new() { Role = BatteryRole.Smoothing, HoldFraction = 0.3, RoomFraction = 0.2 },
            ],
        };
        string[] found = [.. spec.Contradictions().Select(one => $"{one.Expected}: {one.Found}")];
        found.ShouldBe(
        [
            "at most 70 % held, which lie between reserve and target charge: 80 %; raise the target, lower the reserve, or give a role less",
            "at most 10 % of room, which lie above the target charge: 20 %; lower the target or give a role less room",
        ]);
    }

    [Fact]
    public void Reserve_counts_only_what_no_other_role_holds()
    {
        // 10 blocks of 4 MWh, full to 36 MWh; reserve charge 8 MWh, smoothing holds 12: 16 MWh in a quarter of an hour are beyond the inverters' 20 MW.
        BatterySpec spec = new() { CapacityMwh = 4, RatedMw = 20, Roles = [new() { Role = BatteryRole.Smoothing, HoldFraction = 0.3 }] };
        Yard(spec).ReserveMw(3600).ShouldBe(16, 1e-9);
        Yard(spec with { Roles = [new() { Role = BatteryRole.Bridge, HoldFraction = 0.3 }] }).ReserveMw(3600).ShouldBe(28, 1e-9);
        Yard(spec with { Roles = [] }).ReserveMw(3600).ShouldBe(28, 1e-9);
    }

    [Fact]
    public void A_peak_is_shaved_before_units_and_grid_see_it_and_not_from_what_others_hold()
    {
        BatterySpec spec = SmallPlant.Block with
        {
            TargetChargeFraction = 0.9,
            Roles = [new() { Role = BatteryRole.PeakShaving, AboveMw = 20 }, new() { Role = BatteryRole.Bridge, HoldFraction = 0.5 }],
        };
        BatteryGroup group = new("yard", spec);
        group.Resize(5);
        group.State.StoredMwh = 18;
        PowerPlant plant = new()
        {
            Generators = [],
            Sites = [new PlantSite("halls")],
            Batteries = [group],
            StepUp = SmallPlant.NoLoss,
            Dispatch = new DispatchSpec { ReserveUnits = 0 },
            GridLimitMw = 100,
            GridFirst = true,
        };
        PowerStep step = Dispatch.Step(plant, 26, 0, 15, 101_325, 0, 60);
        step.DischargeMw.ShouldBe(6, 1e-12);
        step.GridMw.ShouldBe(20, 1e-12);
        step.BatteryLossMw.ShouldBe(6 / 0.95 - 6, 1e-12);
        for (int minute = 1; minute < 120; minute++) { step = Dispatch.Step(plant, 26, 0, 15, 101_325, minute * 60, 60); }
        group.State.StoredMwh.ShouldBe(20 * 0.7, 1e-9);                         // 20 % reserve and the 50 % of the bridge stay
        step.GridMw.ShouldBe(26, 1e-9);
        step = Dispatch.Step(plant, 19, 0, 15, 101_325, 7200, 60);
        step.ChargeMw.ShouldBe(1, 1e-12);                                       // and comes back without a new peak
    }

    [Fact]
    public void Counting_and_settling_allocate_nothing()
    {
        BatteryGroup group = Yard(Megapack with { StandbyFraction = 0.001 });
        for (int i = 0; i < 1000; i++) { Swing(group, i); }
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100_000; i++) { Swing(group, i); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Capacity_falls_only_where_it_is_not_guaranteed_and_no_energy_is_lost_from_the_books(bool fades)
    {
        BatteryGroup group = new("yard", Megapack with { Wear = new BatteryWearSpec { Fades = fades } });
        group.Resize(10);
        group.State.StoredMwh = 39;
        for (int step = 0; step < 24; step++) { group.Settle(3600); }
        double leftMwh = group.Age();
        // One day of a calendar life of 7,300: 0.2 × (1/7300)^0.526 = 0.00186.
        group.Wear.CalendarFraction.ShouldBe(0.00186, 1e-5);
        leftMwh.ShouldBe(fades ? 39 * group.Wear.CalendarFraction : 0, 1e-12);
        (group.State.StoredMwh + leftMwh).ShouldBe(39, 1e-12);
        Battery.FullMwh(group.Spec, group.State).ShouldBe(39 - leftMwh, 1e-12);
    }

    private static double Fill(BatterySpec spec, double stepS)
    {
        BatteryState state = new() { Blocks = 10, StoredMwh = 4 };
        for (double atS = 0; atS < 3 * 3600; atS += stepS)
        {
            Battery.Charge(spec, ref state, 100, stepS);
            Battery.Stand(spec, ref state, stepS);
        }
        return state.StoredMwh;
    }

    private static BatteryGroup Yard(BatterySpec spec)
    {
        BatteryGroup group = new("yard", spec);
        group.Resize(10);
        group.State.StoredMwh = 0.9 * 10 * spec.CapacityMwh;
        return group;
    }

    [Fact]
    public void Surplus_never_charges_beyond_the_target()
    {
        // One unit cannot go below 5 MW; 2 MW are asked for, 3 are left over. Ten blocks of 4 MWh, target one half: 20 MWh.
        SmallPlant plant = new SmallPlant(SmallPlant.Units(1)).WithBatteries(10, 0.49).Running();
        BatteryGroup group = plant.Plant.Batteries[0];
        group.ToTargetMw(3600).ShouldBe(0.4 / 0.95, 1e-9);              // 0.01 x 40 MWh within an hour, 5 % lost on the way
        double highestMwh = 0;
        PowerStep last = default;
        for (int minute = 0; minute < 60; minute++)
        {
            last = plant.Step(2);
            highestMwh = Math.Max(highestMwh, group.State.StoredMwh);
        }
        highestMwh.ShouldBeInRange(19.99, 20 + 1e-9);
        last.DumpedMw.ShouldBeGreaterThan(2.9);
        group.ToTargetMw(60).ShouldBe(0, 0.05);
        group.State.StoredMwh = 30;                                     // above it, nothing is wanted and nothing taken away
        group.ToTargetMw(60).ShouldBe(0);
        plant.Step(2).ChargeMw.ShouldBe(0);
    }

    [Fact]
    public void Small_cycles_count_as_throughput_of_the_cells()
    {
        BatteryGroup group = new("yard", Megapack);
        group.Resize(10);
        group.State.StoredMwh = 20;
        group.Settle(60);
        group.Smooth(5000, 0.0002);
        group.SoFar().Wear.FullCyclesRatio.ShouldBe(1, 1e-6);           // 5,000 x 0.02 %
    }

    private static void Swing(BatteryGroup group, int step)
    {
        if ((step / (1 + step % 7)) % 2 == 0) { Battery.Discharge(group.Spec, ref group.State, 10, 60); }
        else { Battery.Charge(group.Spec, ref group.State, 11, 60); }
        group.Settle(60);
        if (step % 1440 == 0) { group.Age(); }
    }
}
