using Gigawatt.Power;
using Gigawatt.Weather;

namespace Gigawatt.Tests.Power;

public sealed class GasTurbineTests
{
    private const double SeaLevelPa = 101_325;

    private static readonly GasTurbineSpec Industrial = new()
    {
        RatedMw = 38,
        HeatRateRatio = 2.5,
        NoLoadFuelFraction = 0.2,
        DerateFractionPerK = 0.007,
    };

    [Theory]
    [InlineData(15, 101_325, 38)]                   // its rating
    [InlineData(35, 101_325, 32.68)]                // 20 K x 0.7 %/K = 14 % less
    [InlineData(15, 91_192.5, 34.2)]                // nine tenths of the pressure, about 880 m up
    [InlineData(35, 91_192.5, 29.412)]              // both: 38 x 0.9 x 0.86
    [InlineData(-10, 101_325, 38)]                  // cold air would give 17.5 % more; generator and gearbox do not
    [InlineData(200, 101_325, 0)]                   // never less than nothing
    public void Warm_and_thin_air_take_output(double inletC, double pressurePa, double expectedMw) =>
        GasTurbine.AvailableMw(Industrial, inletC, pressurePa).ShouldBe(expectedMw, 1e-9);

    [Fact]
    public void An_aeroderivative_loses_a_quarter_at_40_degrees() =>
        GasTurbine.AvailableMw(Industrial with { RatedMw = 48, DerateFractionPerK = 0.01 }, 40, SeaLevelPa).ShouldBe(36, 1e-9);

    [Fact]
    public void A_larger_generator_uses_the_cold() =>
        GasTurbine.AvailableMw(Industrial with { ColdDayLimitFraction = 1.1 }, 5, SeaLevelPa).ShouldBe(38 * 1.07, 1e-9);

    [Theory]
    [InlineData(38, 95)]                            // 38 MW x 2.5
    [InlineData(0, 19)]                             // a fifth of it just to turn
    [InlineData(19, 57)]                            // half way between
    public void Fuel_follows_a_straight_line_that_does_not_start_at_zero(double outputMw, double expectedMw) =>
        GasTurbine.FuelMw(Industrial, outputMw).ShouldBe(expectedMw, 1e-9);

    [Fact]
    public void With_the_default_no_load_flow_half_load_costs_19_percent_of_efficiency()
    {
        // GGOV1 defaults: w_fnl 0.2, K_turb 1.5, so f0 = 0.2/(0.2 + 1/1.5) = 0.2308 and 0.5/(0.2308 + 0.7692/2) = 0.8125.
        GasTurbineSpec spec = new() { RatedMw = 10, HeatRateRatio = 2.5 };
        double half = 5 / GasTurbine.FuelMw(spec, 5);
        double full = 10 / GasTurbine.FuelMw(spec, 10);
        (half / full).ShouldBe(0.8125, 1e-12);
    }

    [Fact]
    public void A_least_output_above_the_rating_is_a_contradiction() =>
        (Industrial with { MinStableFraction = 1.2 }).Contradictions().ShouldHaveSingleItem().Found.ShouldBe("120 % of 38 MW");

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1500, 0.834503)]                    // (1 - 2.25577e-5 x 1500)^5.25588
    [InlineData(3000, 0.691917)]
    public void Height_takes_output_with_the_pressure_of_the_air_and_leaves_the_heat_rate(double heightM, double expectedShare)
    {
        double pressurePa = Psychrometrics.StationPressurePa(heightM);
        UnitConditions at = GasTurbine.Conditions(Industrial, 15, 15, pressurePa, 0);
        at.AvailableMw.ShouldBe(38 * expectedShare, 38 * 2e-5);
        (GasTurbine.FuelMw(Industrial, at, at.AvailableMw) / at.AvailableMw).ShouldBe(2.5, 1e-12);
    }

    [Fact]
    public void Warm_air_raises_the_heat_rate_by_so_much_a_kelvin()
    {
        UnitConditions at = GasTurbine.Conditions(Industrial, 35, 35, SeaLevelPa, 0);
        (GasTurbine.FuelMw(Industrial, at, at.AvailableMw) / at.AvailableMw).ShouldBe(2.5 * 1.03, 1e-12);       // 20 K x 0.15 %/K
    }

    [Fact]
    public void On_a_cold_day_a_unit_at_its_limit_runs_at_part_load()
    {
        // -10 °C: the machine could give 17.5 % more than generator and gearbox carry; x = 1/1.175, f = 0.2 + 0.8 x, HR x (1 - 25 K x 0.15 %).
        UnitConditions at = GasTurbine.Conditions(Industrial, -10, -10, SeaLevelPa, 0);
        at.AvailableMw.ShouldBe(38, 1e-12);
        at.CapabilityMw.ShouldBe(44.65, 1e-9);
        (GasTurbine.FuelMw(Industrial, at, 38) / 38).ShouldBe(2.5 * (0.2 * 1.175 + 0.8) * 0.9625, 1e-9);
    }

    [Fact]
    public void Four_inches_of_water_at_the_inlet_take_1_42_percent_of_output_and_add_0_45_percent_of_fuel()
    {
        UnitConditions at = GasTurbine.Conditions(Industrial with { InletLossPa = 996.356 }, 15, 15, SeaLevelPa, 0);
        at.AvailableMw.ShouldBe(38 * 0.9858, 1e-9);
        at.HeatRateFactor.ShouldBe(1.0045, 1e-9);
        at = GasTurbine.Conditions(Industrial with { ExhaustLossPa = 996.356 }, 15, 15, SeaLevelPa, 0);
        (at.AvailableMw / 38, at.HeatRateFactor).ShouldBe((0.9958, 1.0042));
    }

    [Fact]
    public void Evaporation_goes_85_percent_of_the_way_to_the_wet_bulb()
    {
        GasTurbineSpec cooled = Industrial with { InletCooling = new InletCoolingSpec() };
        UnitConditions at = GasTurbine.Conditions(cooled, 35, 25, SeaLevelPa, 0);
        at.InletC.ShouldBe(26.5, 1e-12);                                                    // 35 - 0.85 x 10
        at.AvailableMw.ShouldBe(38 * (1 - 0.007 * 11.5), 1e-9);
        GasTurbine.Conditions(cooled, 10, 5, SeaLevelPa, 0).InletC.ShouldBe(10);            // not against ice
    }

    [Fact]
    public void A_chiller_gives_its_target_and_takes_its_power()
    {
        // Dry air of 35 °C with a wet bulb of 14 °C: sensible 1.006 x 25 = 25.15 kJ/kg is more than hs(14) - hs(10) = 9.8.
        CooledAir air = InletCooling.Cool(new InletCoolingSpec { Kind = InletCoolingKind.Chiller }, 38, 35, 14, SeaLevelPa);
        air.InletC.ShouldBe(10);
        air.ElectricMw.ShouldBe(3 * 38 * 25.15 / 1000 / 4.5, 1e-9);
        // Damp air of 35 °C, wet bulb 28 °C: hs(28) - hs(10) = 89.5 - 29.3 kJ/kg (ASHRAE table of saturated air: 89.5 and 29.3).
        air = InletCooling.Cool(new InletCoolingSpec { Kind = InletCoolingKind.Chiller }, 38, 35, 28, SeaLevelPa);
        air.ElectricMw.ShouldBe(3 * 38 * (89.5 - 29.3) / 1000 / 4.5, 0.01);
    }

    [Fact]
    public void Ageing_takes_output_and_adds_fuel_until_an_overhaul()
    {
        const double yearS = 365.25 * 86400;
        UnitConditions at = GasTurbine.Conditions(Industrial, 15, 15, SeaLevelPa, 5 * yearS);
        at.AvailableMw.ShouldBe(38 * 0.99, 1e-9);                                           // 5 years x 0.2 %
        at.HeatRateFactor.ShouldBe(1.015, 1e-12);                                           // 5 years x 0.3 %
        UnitAgeing.AfterOverhaulS(Industrial.Ageing, 5 * yearS).ShouldBe(yearS, 1);         // four fifths given back
    }

    [Theory]
    [InlineData(0, 600, 3.6)]
    [InlineData(7, 600, 3.6)]
    [InlineData(9, 1200, 7.2)]                      // warm: twice as long, twice the fuel
    [InlineData(80, 3600, 30)]                      // cold
    public void A_start_is_longer_the_longer_a_unit_has_rested(double restHours, double expectedS, double expectedMwh) =>
        GasTurbine.Start(Industrial with { WarmStartS = 1200, ColdStartS = 3600, ColdStartFuelMwh = 30 }, restHours * 3600)
            .ShouldBe((expectedS, expectedMwh));

    [Fact]
    public void Points_of_a_maker_take_the_place_of_the_line_and_meet_the_rating()
    {
        GasTurbineSpec engine = new() { RatedMw = 2.5, HeatRateRatio = 8.06 / 3.6, FuelPoints = Points(9.43, 8.64, 8.06) };
        engine.Contradictions().ShouldBeEmpty();
        (GasTurbine.FuelMw(engine, 2.5) / 2.5 * 3.6).ShouldBe(8.06, 1e-9);
        (GasTurbine.FuelMw(engine, 1.25) / 1.25 * 3.6).ShouldBe(9.43, 1e-9);
        (GasTurbine.FuelMw(engine, 1.875) / 1.875 * 3.6).ShouldBe(8.64, 1e-9);
        (engine with { HeatRateRatio = 2.3 }).Contradictions().ShouldHaveSingleItem().Found.ShouldBe("8.06 MJ/kWh");
    }

    [Fact]
    public void A_cold_start_shorter_than_a_hot_one_is_a_contradiction() =>
        (Industrial with { ColdStartS = 60 }).Contradictions().ShouldHaveSingleItem().Property.ShouldBe("ColdStartS");

    [Fact]
    public void Below_its_compliant_load_a_unit_may_not_run_unless_it_may_smoke()
    {
        Industrial.LowestFraction.ShouldBe(0.5);                                            // stable from 40 %
        (Industrial with { Emissions = new UnitEmissions { BelowCompliance = PartLoadEmissions.Uncontrolled } }).LowestFraction.ShouldBe(0.4);
    }

    private static FuelPoint[] Points(double half, double threeQuarters, double full) =>
    [
        new() { LoadFraction = 0.5, HeatRateRatio = half / 3.6 },
        new() { LoadFraction = 0.75, HeatRateRatio = threeQuarters / 3.6 },
        new() { LoadFraction = 1, HeatRateRatio = full / 3.6 },
    ];
}
