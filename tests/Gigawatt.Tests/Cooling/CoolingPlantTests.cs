using FsCheck.Fluent;
using Gigawatt.Cooling;

namespace Gigawatt.Tests.Cooling;

public sealed class CoolingPlantTests
{
    private static readonly CoolingPlantSpec Warm = new();
    private static readonly CoolingGroup Chillers = new(new AirCooledChillerSpec { RatedMw = 200.0 / 119, FreeCooling = true });
    private static readonly CoolingGroup DryCoolers = new(new DryCoolerSpec { RatedMw = 2.931 });
    private static readonly CoolingGroup Towers = new(new CoolingTowerSpec { RatedMw = 5 });
    private static readonly CoolingGroup[] All = [Towers, DryCoolers, Chillers];
    private static readonly int[] Installed = [20, 30, 119];

    private static CoolingInput Summer(double liquidMw, double airMw = 0) =>
        new(liquidMw, airMw, 35, 25, 101_000, double.PositiveInfinity, 5);

    private static CoolingStep StepChillers(int inService, ref CoolingPlantState state, in CoolingInput input, double stepS = 60) =>
        CoolingPlant.Step(Warm, [Chillers], [119], [inService], ref state, input, stepS);

    [Fact]
    public void Planning_capacity_of_the_119_chiller_yard_is_203_MW_at_its_rating_point() =>
        CoolingPlant.PlanningCapacityMw(
            Warm with { SupplyC = 6.67, RecirculationK = 0 }, [new(new AirCooledChillerSpec { RatedMw = 200.0 / 119 })], [119], 35, 25)
            .ShouldBe(203.0, 0.05);

    [Fact]
    public void Recirculation_of_3_K_costs_the_yard_four_percent_on_a_design_day()
    {
        CoolingGroup[] yard = [new(new AirCooledChillerSpec { RatedMw = 200.0 / 119 })];
        double open = CoolingPlant.PlanningCapacityMw(Warm with { SupplyC = 6.67, RecirculationK = 0 }, yard, [119], 35.6, 25);
        double tight = CoolingPlant.PlanningCapacityMw(Warm with { SupplyC = 6.67, RecirculationK = 3 }, yard, [119], 35.6, 25);
        (1 - tight / open).ShouldBe(0.042, 0.004);
    }

    [Fact]
    public void Towers_cannot_promise_water_colder_than_the_wet_bulb_but_chillers_behind_them_can()
    {
        // 24 °C water, 26.8 °C wet bulb and 2 K of exchanger; in 32 °C water the same towers carry more than their rating.
        CoolingPlant.PlanningCapacityMw(Warm, [Towers], [60], 35.6, 26.8).ShouldBe(0);
        CoolingPlant.PlanningCapacityMw(Warm with { SupplyC = 32 }, [Towers], [60], 35.6, 26.8).ShouldBeGreaterThan(300);
        double alone = CoolingPlant.PlanningCapacityMw(Warm, [Chillers], [119], 35.6, 26.8);
        CoolingPlant.PlanningCapacityMw(Warm, [Towers, Chillers], [60, 119], 35.6, 26.8).ShouldBeGreaterThan(alone * 1.1);
    }

    [Fact]
    public void What_can_be_planned_can_be_run()
    {
        double plannedMw = CoolingPlant.PlanningCapacityMw(Warm, All, Installed, 35, 25, 101_000);
        double itMw = plannedMw / CoolingPlant.HeatPerItRatio(Warm, 0.87) * 0.999;
        var state = default(CoolingPlantState);
        CoolingStep step = CoolingPlant.Step(Warm, All, Installed, Installed, ref state, Summer(0.87 * itMw, 0.13 * itMw), 60);
        step.HeatInMw.ShouldBe(plannedMw * 0.999, 0.002 * plannedMw);
        step.StoredChangeMwh.ShouldBe(0, 1e-9);
        step.ThrottleFraction.ShouldBe(1);
    }

    [Fact]
    public void Pumps_and_fans_inside_the_loop_become_heat()
    {
        // 100 MW liquid × 1.3 %, 10 MW air × 3 %; facility pumps 0.7 % × 200 MW × q(0.2 + 0.8 q²) with q = 111.6/200.
        var state = default(CoolingPlantState);
        CoolingStep step = StepChillers(119, ref state, Summer(100, 10));
        step.CduPumpMw.ShouldBe(1.3, 1e-12);
        step.HallFanMw.ShouldBe(0.3, 1e-12);
        double q = 111.6 / 200;
        step.FacilityPumpMw.ShouldBe(1.4 * q * (0.2 + 0.8 * q * q), 1e-12);
        step.HeatInMw.ShouldBe(111.6 + step.FacilityPumpMw, 1e-12);
        step.RejectedMw.ShouldBe(step.HeatInMw, 1e-12);
    }

    [Fact]
    public void A_dead_plant_warms_its_loop_by_a_kelvin_per_4_seconds_for_each_litre_per_kW()
    {
        // 13 m³/MW × 200 MW × 4.17 MJ/m³K = 10,842 MJ/K; 60 s of the heat of 200 MW.
        var state = default(CoolingPlantState);
        CoolingStep step = StepChillers(0, ref state, Summer(200));
        step.RejectedMw.ShouldBe(0, 1e-9);
        step.SupplyC.ShouldBe(24 + step.HeatInMw * 60 / 10_842, 1e-9);
    }

    [Fact]
    public void Loss_of_all_chillers_throttles_the_racks_within_minutes_and_they_recover_when_chillers_return()
    {
        var state = default(CoolingPlantState);
        double throttle = 1;
        for (int minute = 0; minute < 60; minute++)
        {
            CoolingStep step = StepChillers(0, ref state, Summer(200 * throttle));
            throttle = step.ThrottleFraction;
            if (minute == 2) { throttle.ShouldBe(1); }   // 3 min × 1.13 K/min is still below 4 K
        }
        throttle.ShouldBeLessThan(0.01);
        double tripC = Warm.SupplyC + Warm.TripK;
        state.StoredMwh.ShouldBeLessThan(1.02 * (tripC - Warm.SupplyC) * 10_842 / 3600);
        for (int minute = 0; minute < 60; minute++)
        {
            throttle = StepChillers(119, ref state, Summer(150 * throttle)).ThrottleFraction;
        }
        throttle.ShouldBe(1);
        state.StoredMwh.ShouldBe(0, 1e-9);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(60)]
    [InlineData(600)]
    [InlineData(3600)]
    public void A_plant_one_fifth_short_settles_at_the_throttle_it_can_carry_whatever_the_step(double stepS)
    {
        var state = default(CoolingPlantState);
        double throttle = 1;
        CoolingStep step = default;
        for (int i = 0; i < 20 * 3600 / stepS; i++)
        {
            step = StepChillers(80, ref state, Summer(200 * throttle), stepS);
            throttle = step.ThrottleFraction;
        }
        step.RejectedMw.ShouldBe(step.CapacityMw, 0.01 * step.CapacityMw);
        throttle.ShouldBe(step.CapacityMw / step.HeatInMw * throttle, 0.02);
    }

    [Fact]
    public void The_fewest_chillers_run()
    {
        // With a part-load curve that punishes idling, two half-loaded units would draw more than one full one.
        var idling = new AirCooledChillerSpec { RatedMw = 1, PartLoadCurve = new() { C1 = 0.2, C2 = 0.8, C3 = 0 } };
        var state = default(CoolingPlantState);
        double one = AirCooledChiller.CapacityMw(idling, 24, 37);
        CoolingStep step = CoolingPlant.Step(
            Warm with { FacilityPumpFraction = 0, Cdu = new() { PumpFraction = 0 } }, [new(idling)], [10], [10], ref state, Summer(one), 60);
        step.CompressorMw.ShouldBe(one / AirCooledChiller.Cop(idling, 24, 37), 1e-9);
    }

    [Fact]
    public void Towers_first_need_water_and_chillers_carry_on_without_it()
    {
        var wet = default(CoolingPlantState);
        var dry = default(CoolingPlantState);
        CoolingStep withWater = CoolingPlant.Step(Warm, [Towers, Chillers], [40, 119], [40, 119], ref wet, Summer(100), 60);
        CoolingStep without = CoolingPlant.Step(
            Warm, [Towers, Chillers], [40, 119], [40, 119], ref dry, Summer(100) with { WaterAvailableM3PerS = 0 }, 60);
        withWater.MakeUpM3PerS.ShouldBeGreaterThan(0.02);
        without.MakeUpM3PerS.ShouldBe(0);
        without.CompressorMw.ShouldBeGreaterThan(withWater.CompressorMw);
        without.RejectedMw.ShouldBe(without.HeatInMw, 1e-9);
    }

    [Fact]
    public void Half_the_water_carries_half_the_tower_heat()
    {
        var state = default(CoolingPlantState);
        CoolingStep all = CoolingPlant.Step(Warm, [Towers], [40], [40], ref state, Summer(50), 60);
        state = default;
        CoolingStep half = CoolingPlant.Step(
            Warm, [Towers], [40], [40], ref state, Summer(50) with { WaterAvailableM3PerS = all.MakeUpM3PerS / 2 }, 60);
        half.MakeUpM3PerS.ShouldBe(all.MakeUpM3PerS / 2, 1e-12);
        half.RejectedMw.ShouldBe(all.RejectedMw / 2, 1e-9);
    }

    [Fact]
    public void A_campus_without_a_plant_may_run_nothing_and_loses_no_heat()
    {
        var state = default(CoolingPlantState);
        CoolingStep step = CoolingPlant.Step(Warm, [Chillers], [0], [0], ref state, Summer(1), 3600);
        step.ThrottleFraction.ShouldBe(0);
        state.StoredMwh.ShouldBe(1.013, 1e-12);   // 1 MWh and its pump heat
        CoolingPlant.PlanningCapacityMw(Warm, [Chillers], [0], 35, 25).ShouldBe(0);
    }

    [Fact]
    public void An_idle_campus_uses_nothing()
    {
        var state = default(CoolingPlantState);
        CoolingStep step = CoolingPlant.Step(Warm, All, Installed, Installed, ref state, Summer(0), 60);
        step.ElectricMw.ShouldBe(0);
        step.MakeUpM3PerS.ShouldBe(0);
        step.ThrottleFraction.ShouldBe(1);
    }

    [Fact]
    public void Whatever_is_asked_heat_closes_and_every_number_is_finite() =>
        Prop.ForAll(Gen.Choose(0, 1000).ArrayOf(10).ToArbitrary(), Closes).HoldsInAnyCase();

    [Fact]
    public void Halving_the_step_converges()
    {
        double coarse = StoredAfterAnHour(60);
        double middle = StoredAfterAnHour(30);
        double fine = StoredAfterAnHour(15);
        Math.Abs(fine - middle).ShouldBeLessThan(0.6 * Math.Abs(middle - coarse) + 1e-6);
    }

    [Fact]
    public void The_same_inputs_give_the_same_bits()
    {
        var a = default(CoolingPlantState);
        var b = default(CoolingPlantState);
        for (int i = 0; i < 500; i++)
        {
            CoolingInput input = Varying(i);
            CoolingPlant.Step(Warm, All, Installed, Installed, ref a, input, 60)
                .ShouldBe(CoolingPlant.Step(Warm, All, Installed, Installed, ref b, input, 60));
        }
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        var state = default(CoolingPlantState);
        double sum = Run(1000, ref state);
        long before = GC.GetAllocatedBytesForCurrentThread();
        sum += Run(1000, ref state);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        double.IsFinite(sum).ShouldBeTrue();
    }

    private static double Run(int steps, ref CoolingPlantState state)
    {
        double sum = 0;
        for (int i = 0; i < steps; i++)
        {
            sum += CoolingPlant.Step(Warm, All, Installed, Installed, ref state, Varying(i), 60).ElectricMw;
        }
        return sum;
    }

    private static CoolingInput Varying(int minute) => new(
        150 + 100 * (minute % 7) / 7.0, 20, 15 + 20 * (minute % 211) / 211.0, 10 + 15 * (minute % 211) / 211.0, 100_000, 0.1, 4);

    private static double StoredAfterAnHour(double stepS)
    {
        var state = default(CoolingPlantState);
        double throttle = 1;
        for (int i = 0; i < 3600 / stepS; i++)
        {
            throttle = StepChillers(60, ref state, Summer(200 * throttle), stepS).ThrottleFraction;
        }
        return state.StoredMwh;
    }

    private static bool Closes(int[] dice)
    {
        var state = new CoolingPlantState { StoredMwh = dice[0] / 100.0, ThrottledFraction = dice[1] / 1000.0 };
        double dryBulbC = -30 + 0.085 * dice[2];
        double wetBulbC = dryBulbC - dice[3] / 100.0;
        var input = new CoolingInput(dice[4], dice[5] / 5.0, dryBulbC, wetBulbC, 70_000 + 33 * dice[6], dice[7] / 1000.0, 1 + dice[8] / 100.0);
        double stepS = 1 + 3.6 * dice[9];
        int[] inService = [dice[9] % 21, dice[8] % 31, dice[7] % 120];
        double before = state.StoredMwh;
        CoolingStep step = CoolingPlant.Step(Warm, All, Installed, inService, ref state, input, stepS);
        double scale = step.HeatInMw + before * 3600 / stepS + 1;
        Math.Abs(step.HeatInMw - step.RejectedMw - step.StoredChangeMwh * 3600 / stepS).ShouldBeLessThan(1e-12 * scale);
        (state.StoredMwh - before).ShouldBe(step.StoredChangeMwh);
        step.RejectedMw.ShouldBeLessThanOrEqualTo(step.CapacityMw * (1 + 1e-9) + 1e-9 * scale);
        step.MakeUpM3PerS.ShouldBeLessThanOrEqualTo(input.WaterAvailableM3PerS * (1 + 1e-12));
        foreach (double value in new[]
        {
            step.RejectedMw, step.CompressorMw, step.TowerAndCoilFanMw, step.TowerPumpMw, step.FacilityPumpMw, step.CapacityMw,
            step.FreeFraction, step.EvaporationM3PerS, step.DriftM3PerS, step.BlowdownM3PerS, step.ThrottleFraction,
        })
        {
            double.IsFinite(value).ShouldBeTrue();
            value.ShouldBeGreaterThanOrEqualTo(-1e-9 * scale);
        }
        return step.ThrottleFraction <= 1 && step.FreeFraction <= 1 + 1e-12 && double.IsFinite(step.SupplyC);
    }
}
