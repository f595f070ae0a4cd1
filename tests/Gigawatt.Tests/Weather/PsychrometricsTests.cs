using FsCheck;
using FsCheck.Fluent;
using Gigawatt.Weather;

namespace Gigawatt.Tests.Weather;

public sealed class PsychrometricsTests
{
    private static readonly Arbitrary<(double DryBulbC, double HumidityFraction, double PressurePa)> Air =
        (from centiC in Gen.Choose(-4000, 6000)
         from humidity in Gen.Choose(0, 10000)
         from hundredPa in Gen.Choose(600, 1080)
         select (centiC / 100.0, humidity / 10000.0, hundredPa * 100.0)).ToArbitrary();

    [Theory]
    [InlineData(-40, 12.84)]        // ASHRAE Fundamentals chapter 1, table 3
    [InlineData(-20, 103.24)]
    [InlineData(0, 611.15)]
    [InlineData(0.01, 611.66)]
    [InlineData(20, 2338.8)]
    [InlineData(40, 7383.5)]
    [InlineData(60, 19943)]
    public void Saturation_pressure_is_that_of_the_table(double temperatureC, double expectedPa) =>
        Psychrometrics.SaturationPressurePa(temperatureC).ShouldBe(expectedPa, expectedPa * 5e-4);

    [Theory]
    [InlineData(20, 0.007262, 13.783, 9.272)]
    [InlineData(35, 0.017765, 26.141, 23.020)]
    public void Half_saturated_air_at_sea_level(double dryBulbC, double ratio, double wetBulbC, double dewPointC)
    {
        double found = Psychrometrics.HumidityRatioFromRelativeHumidity(dryBulbC, 0.5, 101325);
        found.ShouldBe(ratio, 1e-6);
        Psychrometrics.WetBulbC(dryBulbC, found, 101325).ShouldBe(wetBulbC, 1e-3);
        Psychrometrics.DewPointC(found, 101325).ShouldBe(dewPointC, 1e-3);
    }

    [Fact]
    public void Enthalpy_and_volume_of_half_saturated_air_at_20_C()
    {
        Psychrometrics.EnthalpyKjPerKg(20, 0.007262).ShouldBe(38.55, 0.01);               // 20.12 + 0.007262 × 2538.2
        Psychrometrics.SpecificVolumeM3PerKg(20, 0.007262, 101325).ShouldBe(0.8402, 1e-4); // 0.8305 × 1.011676
    }

    [Theory]
    [InlineData(0, 101325)]
    [InlineData(81, 100356)]        // Memphis International, as its EPW header has it
    [InlineData(1500, 84556)]       // ASHRAE Fundamentals chapter 1, table 1
    public void Pressure_falls_with_height(double elevationM, double expectedPa) =>
        Psychrometrics.StationPressurePa(elevationM).ShouldBe(expectedPa, 5);

    [Fact]
    public void Dew_point_wet_bulb_and_dry_bulb_come_in_this_order() =>
        Prop.ForAll(Air, air =>
        {
            double ratio = Psychrometrics.HumidityRatioFromRelativeHumidity(
                air.DryBulbC, air.HumidityFraction, air.PressurePa);
            double wetBulbC = Psychrometrics.WetBulbC(air.DryBulbC, ratio, air.PressurePa);
            double dewPointC = Psychrometrics.DewPointC(ratio, air.PressurePa);
            return double.IsFinite(dewPointC) && dewPointC <= wetBulbC + 1e-6 && wetBulbC <= air.DryBulbC;
        }).HoldsInAnyCase(5000);

    [Fact]
    public void Humidity_comes_back_from_wet_bulb_from_dew_point_and_from_relative_humidity() =>
        Prop.ForAll(Air, air =>
        {
            double fraction = Math.Max(0.001, air.HumidityFraction);
            double ratio = Psychrometrics.HumidityRatioFromRelativeHumidity(air.DryBulbC, fraction, air.PressurePa);
            double wetBulbC = Psychrometrics.WetBulbC(air.DryBulbC, ratio, air.PressurePa);
            double dewPointC = Psychrometrics.DewPointC(ratio, air.PressurePa);
            Psychrometrics.HumidityRatioFromWetBulb(air.DryBulbC, wetBulbC, air.PressurePa).ShouldBe(ratio, 1e-9);
            Psychrometrics.HumidityRatioFromDewPoint(dewPointC, air.PressurePa).ShouldBe(ratio, 1e-8 * (1 + ratio));
            Psychrometrics.RelativeHumidityFraction(air.DryBulbC, ratio, air.PressurePa).ShouldBe(fraction, 1e-9);
        }).HoldsInAnyCase(5000);

    [Fact]
    public void More_moisture_never_lowers_the_wet_bulb() =>
        Prop.ForAll(Air, air =>
        {
            double drier = Psychrometrics.HumidityRatioFromRelativeHumidity(
                air.DryBulbC, air.HumidityFraction * 0.99, air.PressurePa);
            double wetter = Psychrometrics.HumidityRatioFromRelativeHumidity(
                air.DryBulbC, air.HumidityFraction, air.PressurePa);
            return Psychrometrics.WetBulbC(air.DryBulbC, drier, air.PressurePa)
                <= Psychrometrics.WetBulbC(air.DryBulbC, wetter, air.PressurePa) + 1e-9;
        }).HoldsInAnyCase(5000);

    [Fact]
    public void Wet_bulb_is_found_in_few_turns()
    {
        int most = 0, all = 0, count = 0;
        for (double dryBulbC = -40; dryBulbC <= 60; dryBulbC += 0.25)
        {
            for (double humidity = 0; humidity < 1; humidity += 0.02)
            {
                double ratio = Psychrometrics.HumidityRatioFromRelativeHumidity(dryBulbC, humidity, 100000);
                Psychrometrics.WetBulbC(dryBulbC, ratio, 100000, out int turns);
                most = Math.Max(most, turns);
                all += turns;
                count++;
            }
        }
        most.ShouldBeLessThanOrEqualTo(5);
        (all / (double)count).ShouldBeLessThan(3.5);
    }

    [Theory]
    [InlineData(-40, 0)]
    [InlineData(-0.001, 1)]
    [InlineData(0, 1)]
    [InlineData(0.005, 0.9999)]
    [InlineData(0.01, 1)]
    [InlineData(0.02, 0.9999)]
    [InlineData(60, 0)]
    [InlineData(60, 1)]
    [InlineData(25, 1.2)]           // fog: more than saturated
    public void The_corners_are_quiet(double dryBulbC, double humidity)
    {
        double ratio = Psychrometrics.HumidityRatioFromRelativeHumidity(dryBulbC, humidity, 101325);
        double wetBulbC = Psychrometrics.WetBulbC(dryBulbC, ratio, 101325);
        double.IsFinite(wetBulbC).ShouldBeTrue();
        wetBulbC.ShouldBeInRange(dryBulbC - 45, dryBulbC);
        if (humidity >= 0.9999) { wetBulbC.ShouldBe(dryBulbC, 1e-3); }
        Psychrometrics.DewPointC(ratio, 101325).ShouldBeGreaterThanOrEqualTo(-100);
    }

    [Fact]
    public void A_wick_that_freezes_drops_by_seven_hundredths_of_its_depression()
    {
        // Balance over ice less that over water at freezing: 329 kJ/kg × (0.003793 − 0.001786) = 0.66 kJ/kg;
        // slope over ice 1.006 + 2830 × 0.000312 = 1.89 kJ/kg/K; 0.66 / 1.89 = 0.35 K.
        double freezing = Psychrometrics.HumidityRatioFromWetBulb(5, 0.01, 101325);
        double liquid = Psychrometrics.WetBulbC(5, freezing + 1e-8, 101325);
        double frozen = Psychrometrics.WetBulbC(5, freezing - 1e-8, 101325);
        liquid.ShouldBe(0.01, 1e-4);
        (liquid - frozen).ShouldBe(0.35, 0.01);
    }
}
