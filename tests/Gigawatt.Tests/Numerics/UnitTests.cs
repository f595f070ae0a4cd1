using Gigawatt.Numerics;

namespace Gigawatt.Tests.Numerics;

public sealed class UnitTests
{
    [Theory]
    [InlineData("38 MW", "RatedMw", 38)]
    [InlineData("200,000 kW", "RatedMw", 200)]
    [InlineData("478 RT", "RatedMw", 1.68105609)]              // 478 × 3.516852842 kW
    [InlineData("9,500 Btu/kWh", "HeatRatio", 2.784175338)]    // 9500 × 1055.05585 / 3.6e6
    [InlineData("41 %", "EfficiencyFraction", 0.41)]
    [InlineData("0.41", "EfficiencyFraction", 0.41)]
    [InlineData("95 °F", "InletC", 35)]
    [InlineData("308.15 K", "InletC", 35)]
    [InlineData("35 C", "InletC", 35)]
    [InlineData("5.4 °F", "ApproachK", 3)]
    [InlineData("3 °C", "ApproachK", 3)]
    [InlineData("13 MGD", "FlowM3PerS", 0.5695643)]            // 13e6 × 3.785411784e-3 / 86400
    [InlineData("1,000,000 sq ft", "FloorM2", 92903.04)]
    [InlineData("4 USD/MMBtu", "PriceUsdPerMwh", 13.6485665)]  // 4 / 0.29307107
    [InlineData("46 USD/kW-month", "LeaseUsdPerMwS", 0.01749182)]  // 46,000 / 2,629,800 s
    [InlineData("8 MW/min", "RampMwPerS", 0.13333333)]
    [InlineData("2 per month", "ArrivalsPerS", 7.605141e-7)]
    [InlineData("3.79 per 1000 node-days", "FailuresPerNodeS", 4.386574e-8)]
    [InlineData("118 lb/MMBtu", "Co2KgPerMwh", 182.631126)]
    [InlineData("12 months", "DurationS", 31557600)]
    [InlineData("1 min", "StepS", 60)]
    [InlineData("0.7 %/K", "DerateFractionPerK", 0.007)]
    [InlineData("1.2 BUSD", "CapitalUsd", 1.2e9)]
    [InlineData("3.2 USD/GPU-hour", "GpuRentUsdPerGpuS", 8.888889e-4)]
    public void A_quantity_arrives_in_the_unit_its_property_promises(string text, string property, double expected)
    {
        Quantity.TryParse(text, out Quantity quantity, out _).ShouldBeTrue();
        PropertyUnit target = PropertyUnit.Of(property);
        quantity.Unit.Dimension.ShouldBe(target.Unit.Dimension);
        quantity.In(target.Unit).ShouldBe(expected, Math.Abs(expected) * 1e-6 + 1e-12);
    }

    [Theory]
    [InlineData("RatedMw", "rated", "MW")]
    [InlineData("OneWayEfficiencyFraction", "one_way_efficiency", "")]
    [InlineData("RampMwPerS", "ramp", "MW/s")]
    [InlineData("FailuresPerGpuS", "failures", "1/GPU/s")]
    [InlineData("LeaseUsdPerMwS", "lease", "USD/MW/s")]
    [InlineData("DerateFractionPerK", "derate", "1/K")]
    [InlineData("Name", "name", "")]
    public void The_users_key_is_the_property_without_its_unit(string property, string key, string symbol)
    {
        PropertyUnit unit = PropertyUnit.Of(property);
        (unit.Key, unit.Symbol).ShouldBe((key, symbol));
    }
}
