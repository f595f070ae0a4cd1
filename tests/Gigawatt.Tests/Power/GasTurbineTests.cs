using Gigawatt.Power;

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
}
