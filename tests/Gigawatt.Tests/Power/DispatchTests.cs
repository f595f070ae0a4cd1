using Gigawatt.Power;
using static Gigawatt.Tests.Power.SmallPlant;

namespace Gigawatt.Tests.Power;

public sealed class DispatchTests
{
    [Fact]
    public void Cheap_units_carry_the_load_and_dear_ones_stop()
    {
        GeneratorGroup cheap = Units(3);
        GeneratorGroup dear = Units(3, heatRate: 3.5);
        PowerStep step = new SmallPlant(cheap, dear).Running().Step(25);
        // 25 MW and 2 % need 25.5: three units; a fourth would stand 10 MW idle, more than the 10 % allowed.
        cheap.Running.ShouldBe(3);
        dear.Running.ShouldBe(0);
        step.ServedMw.ShouldBe(25, 1e-12);
        step.GenerationMw.ShouldBe(25, 1e-12);
        step.FuelMw.ShouldBe(3 * 2.5 * (2 + 0.8 * 25 / 3), 1e-9);       // Willans: 0.2 x 10 MW + 0.8 x output
    }

    [Fact]
    public void Running_units_share_load_in_proportion_to_what_they_can_give()
    {
        GeneratorGroup cheap = Units(2);
        GeneratorGroup dear = Units(1, heatRate: 3.5);
        new SmallPlant(cheap, dear).Running().Step(24);
        cheap.OutputMw.ShouldBe(16, 1e-12);
        dear.OutputMw.ShouldBe(8, 1e-12);
    }

    [Fact]
    public void From_cold_as_many_units_start_as_are_needed_and_serve_when_they_are_ready()
    {
        SmallPlant plant = new(Units(6));
        PowerStep first = plant.Step(25);
        first.StartsOrdered.ShouldBe(3);
        first.ServedMw.ShouldBe(0);
        plant.Steps(25, 540).ServedMw.ShouldBe(0);                      // ready after ten minutes
        plant.Step(25).ServedMw.ShouldBe(25, 1e-9);                     // 60 MW/min of ramp is plenty
    }

    [Fact]
    public void A_start_burns_its_fuel_once()
    {
        SmallPlant plant = new(Units(1));
        double fuelMwh = 0;
        for (int minute = 0; minute < 10; minute++) { fuelMwh += plant.Step(5).FuelMw / 60; }
        fuelMwh.ShouldBe(6, 1e-9);
    }

    [Fact]
    public void Load_can_be_prepared_for_before_it_comes() =>
        new SmallPlant(Units(6)).Step(5, prepareMw: 25).StartsOrdered.ShouldBe(3);

    [Fact]
    public void The_k_largest_units_are_counted_each_at_its_size()
    {
        // 20 MW and 2 %: one of 20 MW and a small one for the load; beyond it the loss of the two largest on the bus, 20 + 10 MW.
        GeneratorGroup large = new("large", Unit with { RatedMw = 20 }, 0, 1), small = Units(8);
        large.Resize(1, 1);
        SmallPlant plant = new SmallPlant(large, small).With(new DispatchSpec { ReserveUnits = 2 }).Running();
        plant.Step(20);
        // 20.4 + 30 = 50.4 MW, and a tenth may stand idle: 20 + 4 × 10 with 20 %, 20 + 3 × 10 would be too little.
        (large.Running, small.Running).ShouldBe((1, 4));
    }

    [Fact]
    public void A_step_of_load_and_the_grid_may_be_the_largest_block()
    {
        PowerStep With(DispatchSpec spec, double stepMw, double gridMw, out int running)
        {
            GeneratorGroup units = Units(8);
            SmallPlant plant = new SmallPlant(units).With(spec).WithGrid(gridMw, first: true).Running();
            PowerStep step = Dispatch.Step(plant.Plant, new DispatchInput(30, 30, stepMw, IsoC, IsoC, SeaLevelPa, 0, 60));
            running = units.Running;
            return step;
        }
        DispatchSpec n1 = new() { ReserveUnits = 1, StopMarginFraction = 0 };
        With(n1, 0, 0, out int plain);
        plain.ShouldBe(5);                                                              // 30.6 + 10 MW
        With(n1, 25, 0, out int stepped);
        stepped.ShouldBe(6);                                                            // 30.6 + 25 MW
        // 20 MW of grid first: units for 10.2 MW and one more; for the loss of the grid, for all 30.6 MW.
        With(n1, 0, 20, out int beside);
        With(n1 with { CoversGridLoss = true }, 0, 20, out int held);
        (beside, held).ShouldBe((3, 4));
    }

    [Fact]
    public void With_one_unit_in_reserve_a_trip_sheds_nothing()
    {
        GeneratorGroup units = Units(6);
        SmallPlant plant = new SmallPlant(units).With(new DispatchSpec { ReserveUnits = 1 }).Running();
        plant.Step(25);
        units.Running.ShouldBe(4);                                      // 25.5 MW and another 10 MW
        units.Fail(5).ShouldBe(6.25, 1e-12);                            // a quarter of 25 MW
        plant.Step(25).ServedMw.ShouldBe(25, 1e-12);
    }

    [Fact]
    public void Without_reserve_the_same_trip_sheds_a_fifth_until_another_unit_is_up()
    {
        GeneratorGroup units = Units(6);
        SmallPlant plant = new SmallPlant(units).Running();
        plant.Step(25);
        units.Running.ShouldBe(3);
        units.Fail(5).ShouldBe(25 / 3.0, 1e-12);
        plant.Step(25).ServedMw.ShouldBe(20, 1e-12);
        plant.Steps(25, 600).ServedMw.ShouldBe(25, 1e-9);
    }

    [Fact]
    public void A_battery_stands_in_for_a_unit_that_tripped_until_its_replacement_is_up()
    {
        // Eight blocks of 2 MW, 32 MWh, full: above the 20 % reserve charge enough for 16 MW over the 15 min of bridging.
        GeneratorGroup units = Units(6);
        SmallPlant plant = new SmallPlant(units).WithBatteries(8, 1, new DispatchSpec { ReserveUnits = 1 }).Running();
        plant.Step(25).BatteryReserveMw.ShouldBe(16, 1e-12);
        units.Running.ShouldBe(3);                                      // batteries are the reserve: no fourth unit
        units.Fail(5);
        PowerStep trip = plant.Step(25);
        trip.ServedMw.ShouldBe(25, 1e-12);
        trip.DischargeMw.ShouldBe(5, 1e-12);                            // 25 MW less two units
        trip.StartsOrdered.ShouldBe(1);
        PowerStep after = plant.Steps(25, 600);
        after.DischargeMw.ShouldBe(0);
        after.GenerationMw.ShouldBe(25, 1e-9);
    }

    [Fact]
    public void Batteries_that_do_not_count_as_reserve_leave_a_unit_running()
    {
        GeneratorGroup units = Units(6);
        new SmallPlant(units).WithBatteries(8, 1, new DispatchSpec { ReserveUnits = 1, BatteriesCountAsReserve = false }).Running().Step(25);
        units.Running.ShouldBe(4);
    }

    [Fact]
    public void On_a_shortage_the_grid_is_asked_first_then_the_battery_then_load_goes_unserved()
    {
        SmallPlant plant = new SmallPlant(Units(3)).WithBatteries(1, 1).WithGrid(8).Running();
        PowerStep step = plant.Step(35);
        (step.GenerationMw, step.GridMw, step.DischargeMw).ShouldBe((30, 5, 0));
        step = plant.Step(50);
        (step.GenerationMw, step.GridMw, step.DischargeMw).ShouldBe((30, 8, 2));
        step.ServedMw.ShouldBe(40, 1e-12);
    }

    [Fact]
    public void Below_its_least_stable_output_a_unit_charges_batteries_to_their_target_and_then_heats_load_banks()
    {
        // One unit gives no less than 5 MW; 2 MW are wanted. Two blocks of 4 MWh take the 3 MW until they stand at their target of 50 %: 4 MWh.
        SmallPlant plant = new SmallPlant(Units(1)).WithBatteries(2, 0.48).Running();
        PowerStep step = plant.Step(2);
        step.GenerationMw.ShouldBe(5, 1e-12);
        step.ChargeMw.ShouldBe(3, 1e-12);
        step.DumpedMw.ShouldBe(0, 1e-12);
        step = plant.Steps(2, 300);
        step.ChargeMw.ShouldBe(0, 1e-9);
        step.DumpedMw.ShouldBe(3, 1e-9);
        step.StoredMwh.ShouldBe(4, 1e-9);
    }

    [Fact]
    public void Surplus_lowers_the_import_before_it_heats_load_banks()
    {
        PowerStep step = new SmallPlant(Units(1)).WithGrid(20, first: true).Running().Step(12);
        // Cheap grid carries 12 MW; the unit that is still on gives its least 5 MW, and the import gives way.
        (step.GenerationMw + step.GridMw).ShouldBe(12, 1e-12);
        step.DumpedMw.ShouldBe(0, 1e-12);
    }

    [Theory]
    [InlineData(true, 20, 5)]           // cheaper than fuel: as much as the tie gives
    [InlineData(false, 0, 25)]          // dearer: only what units cannot give
    public void The_grid_comes_first_or_last_by_price(bool first, double gridMw, double generationMw)
    {
        PowerStep step = new SmallPlant(Units(3)).WithGrid(20, first).Running().Step(25);
        step.GridMw.ShouldBe(gridMw, 1e-12);
        step.GenerationMw.ShouldBe(generationMw, 1e-12);
    }

    [Fact]
    public void Units_on_another_parcel_give_what_their_line_carries()
    {
        // Three units, one circuit of 15 MW that loses 1 % at its rating: 14.85 MW arrive.
        SmallPlant plant = new SmallPlant(Units(3, parcel: 1)).WithCircuits(1).Running();
        PowerStep step = plant.Step(25);
        step.ServedMw.ShouldBe(14.85, 1e-12);
        step.LineLossMw.ShouldBe(0.15, 1e-12);
        step.GenerationMw.ShouldBe(15, 1e-12);
        // Two circuits carry 30 MW: 25 MW arrive of P with P - P²/3000 = 25, 25.2118 MW.
        plant.WithCircuits(2);
        step = plant.Step(25);
        step.ServedMw.ShouldBe(25, 1e-9);
        step.GenerationMw.ShouldBe(25.2118, 1e-4);
    }

    [Fact]
    public void A_unit_climbs_no_faster_than_its_ramp()
    {
        GeneratorGroup group = new("slow", Unit with { RampMwPerS = 0.01 }, 0, 1);
        group.Resize(1, 1);
        SmallPlant plant = new SmallPlant(group).Running();
        plant.Step(6).ServedMw.ShouldBe(6, 1e-12);                      // the first step of a run may set any output
        plant.Step(9).ServedMw.ShouldBe(6.6, 1e-12);                    // then 0.6 MW a minute
        plant.Step(9).ServedMw.ShouldBe(7.2, 1e-12);
        plant.Step(6).GenerationMw.ShouldBe(6.6, 1e-12);                // downwards too: 0.6 MW go to load banks
    }

    [Fact]
    public void A_hot_day_leaves_less_to_serve()
    {
        SmallPlant plant = new SmallPlant(Units(3)).Running();
        plant.DryBulbC = 35;                                            // 30 MW less 14 %
        plant.Step(30).ServedMw.ShouldBe(25.8, 1e-12);
    }

    [Fact]
    public void Batteries_recharge_slowly_once_units_have_power_to_spare()
    {
        // Eight empty blocks aim for 16 MWh and take a quarter of their 16 MW.
        SmallPlant plant = new SmallPlant(Units(3)).WithBatteries(8, 0).Running();
        PowerStep step = plant.Step(20);
        step.ChargeMw.ShouldBe(4, 1e-12);
        step.BatteryLossMw.ShouldBe(0.2, 1e-12);
        step.StoredMwh.ShouldBe(4 * 0.95 / 60, 1e-12);
        plant.Steps(20, 8 * 3600).StoredMwh.ShouldBe(16, 0.1);          // and come to rest at their target
    }

    [Fact]
    public void Firm_power_leaves_out_the_largest_unit_unless_batteries_stand_in_for_it()
    {
        SmallPlant plant = new SmallPlant(Units(5)).With(new DispatchSpec { ReserveUnits = 1 });
        Firm(plant, 5, 0, 0).ShouldBe(40, 1e-12);
        Firm(plant, 5, 0, 7).ShouldBe(47, 1e-12);
        Firm(plant, 5, 0, 99).ShouldBe(50, 1e-12);                      // no more than there is
        Firm(plant, 5, 30, 0).ShouldBe(70, 1e-12);                      // and the grid comes on top
        Firm(plant, 0, 30, 0).ShouldBe(30, 1e-12);
    }

    [Fact]
    public void Firm_power_of_a_remote_parcel_stops_at_its_line()
    {
        SmallPlant plant = new SmallPlant(Units(5, parcel: 1)).WithCircuits(2);
        Firm(plant, 5, 0, 0).ShouldBe(30 - 0.3, 1e-12);
    }

    private static double Firm(SmallPlant plant, int units, double gridMw, double batteryMw) =>
        Dispatch.FirmMw(plant.Plant, [units], gridMw, IsoC, SeaLevelPa, batteryMw);

    [Fact]
    public void Reserve_covers_the_loss_of_the_biggest_feeder()
    {
        // Two units behind a line of two circuits of 15 MW, four at the halls; 25 MW asked, 25.5 with losses.
        GeneratorGroup far = Units(2, parcel: 1), near = Units(4, heatRate: 2.6);
        SmallPlant none = new SmallPlant(far, near).WithCircuits(2).Running();
        none.Step(25);
        (far.Running, near.Running).ShouldBe((2, 1));                   // 30 MW carry it
        GeneratorGroup far2 = Units(2, parcel: 1), near2 = Units(4, heatRate: 2.6);
        SmallPlant all = new SmallPlant(far2, near2).With(new DispatchSpec { ReserveUnits = 0, LineReserve = LineReserve.Parcel }).WithCircuits(2).Running();
        all.Step(25);
        near2.Running.ShouldBeGreaterThanOrEqualTo(3);                  // without the parcel 25.5 MW must stand at the halls
        all.WithCircuits(0);
        all.Step(25).ServedMw.ShouldBe(25, 1e-9);
        none.WithCircuits(0);
        none.Step(25).ServedMw.ShouldBe(10, 1e-9);                      // and without that reserve one unit is left
    }

    [Fact]
    public void One_circuit_of_two_takes_only_what_the_other_cannot_carry()
    {
        // Four units of 10 MW behind two circuits of 15: 30 MW come, 15 stay with one circuit; 25.5 MW are needed.
        GeneratorGroup far = Units(4, parcel: 1), near = Units(4, heatRate: 2.6);
        SmallPlant plant = new SmallPlant(far, near).With(new DispatchSpec { ReserveUnits = 0, LineReserve = LineReserve.Circuit }).WithCircuits(2).Running();
        plant.Step(25);
        near.Running.ShouldBeGreaterThanOrEqualTo(2);                   // 10.5 MW of the halls' own
        plant.WithCircuits(1);
        plant.Step(25).ServedMw.ShouldBe(25, 1e-9);
    }

    [Fact]
    public void Reserve_covers_a_step_of_load_that_is_handed_in()
    {
        GeneratorGroup units = Units(8);
        SmallPlant plant = new SmallPlant(units).With(new DispatchSpec { ReserveUnits = 0, StopMarginFraction = 0 }).Running();
        Dispatch.Step(plant.Plant, new DispatchInput(25, 25, 22, IsoC, IsoC, SeaLevelPa, 0, 60));
        units.Running.ShouldBe(5);                                      // 25.5 + 22 = 47.5 MW
    }

    [Fact]
    public void A_gas_line_caps_what_a_parcel_burns()
    {
        // Three units at 30 MW burn 75 MW; a line of 60 MW leaves 15 for no load (3 x 2 x 2.5) and 45 / (0.8 x 2.5) = 22.5 MW of output.
        SmallPlant plant = new SmallPlant(Units(3)).Running();
        plant.Plant.Sites[0].FuelLimitMw = 60;
        PowerStep step = plant.Step(30);
        step.FuelMw.ShouldBeLessThanOrEqualTo(60 * (1 + 1e-9));
        step.ServedMw.ShouldBe(22.5, 1e-6);
    }

    [Fact]
    public void A_step_of_load_within_seconds_meets_the_governors_not_the_headroom()
    {
        GeneratorGroup units = Units(3);
        PowerStep step = new SmallPlant(units).Running().Step(25);
        step.BlockLoadMw.ShouldBe(4.5, 1e-9);                           // 15 % of 30 MW, though 5 MW stand idle
    }

    [Fact]
    public void A_small_lack_of_reserve_starts_nothing_when_it_is_told_not_to()
    {
        GeneratorGroup units = Units(6);
        SmallPlant plant = new SmallPlant(units).With(new DispatchSpec { ReserveUnits = 1, StartLackFraction = 0.6, StopMarginFraction = 0, BatteriesCountAsReserve = false }).Running();
        plant.Step(19);                                                 // 19.38 + 10: three units
        units.Running.ShouldBe(3);
        plant.Step(24).StartsOrdered.ShouldBe(0);                       // 24.48 + 10 lack 4.5 MW, less than 6
        plant.Step(29).StartsOrdered.ShouldBe(1);                       // 29.58 + 10 lack 9.6 MW
    }
}
