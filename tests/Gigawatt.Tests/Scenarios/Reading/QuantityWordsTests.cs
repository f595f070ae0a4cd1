using Gigawatt.Numerics;
using Gigawatt.Scenarios.Reading;

namespace Gigawatt.Tests.Scenarios.Reading;

public sealed class QuantityWordsTests
{
    [Fact]
    public void Every_example_is_a_quantity_that_its_property_takes()
    {
        foreach (PropertyShape property in RecordShape.Of(typeof(Everything)).Properties)
        {
            string example = QuantityWords.Example(property);
            Quantity.TryParse(example, out Quantity quantity, out _).ShouldBeTrue(example);
            quantity.Unit.Dimension.ShouldBe(property.Unit.Unit.Dimension, example);
        }
    }

    [Theory]
    [InlineData("ShareFraction", 0.125, "12.5 %")]
    [InlineData("WaitS", 7200, "2 h")]
    [InlineData("WaitS", 19 * 86400, "19 d")]
    [InlineData("WaitS", 0.5, "0.5 s")]
    [InlineData("RampMwPerS", 0.5, "0.5 MW/s")]
    [InlineData("GpuFailuresPerGpuS", 1e-8, "0.315576 1/GPU/year")]    // 1e-8 × 31,557,600 s
    [InlineData("EnergyUsdPerMwh", 12.8, "12.8 USD/MWh")]
    public void A_default_is_written_as_a_person_would(string property, double value, string expected) =>
        QuantityWords.Write(new PropertyShape(typeof(Everything).GetProperty(property)!), value).ShouldBe(expected);

    private sealed record Everything
    {
        public double RatedMw { get; init; }
        public double StoredMwh { get; init; }
        public double WaitS { get; init; }
        public double InletC { get; init; }
        public double ApproachK { get; init; }
        public double MassKg { get; init; }
        public double HeightM { get; init; }
        public double FloorM2 { get; init; }
        public double TankM3 { get; init; }
        public double PressurePa { get; init; }
        public double PriceUsd { get; init; }
        public double MemoryGb { get; init; }
        public double PeakTflop { get; init; }
        public double FlowM3PerS { get; init; }
        public double SteamKgPerS { get; init; }
        public double RampMwPerS { get; init; }
        public double ArrivalsPerS { get; init; }
        public double LinkGbPerS { get; init; }
        public double SpeedTflopPerS { get; init; }
        public double EnergyUsdPerMwh { get; init; }
        public double CapitalUsdPerMw { get; init; }
        public double LeaseUsdPerMwS { get; init; }
        public double RentUsdPerGpuS { get; init; }
        public double FixedUsdPerS { get; init; }
        public double WaterUsdPerM3 { get; init; }
        public double Co2KgPerMwh { get; init; }
        public double GpuFailuresPerGpuS { get; init; }
        public double NodeFailuresPerNodeS { get; init; }
        public double UnitFailuresPerUnitS { get; init; }
        public double LossPerK { get; init; }
        public double DerateFractionPerK { get; init; }
        public double ShareFraction { get; init; }
        public double HeatRatio { get; init; }
    }
}
