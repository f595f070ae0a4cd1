using FsCheck.Fluent;
using Gigawatt.Power.Protection;
using Gigawatt.Scenarios.Reading;

namespace Gigawatt.Tests.Power.Protection;

public sealed class RideThroughTests
{
    [Theory]
    [InlineData("ercot-nogrr282", 0.85, 2)]
    [InlineData("ercot-nogrr282", 0.6, 0.5)]
    [InlineData("ercot-nogrr282", 0.3, 0.25)]
    [InlineData("ercot-nogrr282", 0, 0.15)]
    [InlineData("ercot-nogrr282", 1.15, 2)]
    [InlineData("caiso-straw", 0.6, 3)]
    [InlineData("caiso-straw", 0.1, 0.15)]
    [InlineData("itic", 0.75, 0.5)]
    [InlineData("itic", 0, 0.02)]
    [InlineData("itic", 1.15, 0.5)]
    public void The_catalogue_says_what_its_sources_say(string model, double voltagePu, double expectedS)
    {
        RideThroughCurveSpec curve = Curve(model);
        RideThroughCurve.WithstandS(curve, voltagePu).ShouldBe(expectedS);
        RideThroughState state = default;
        int stayed = 0;
        while (RideThroughCurve.Step(curve, ref state, voltagePu, 1e-3)) { stayed++; }
        stayed.ShouldBe((int)Math.Round(expectedS * 1000));
    }

    [Fact]
    public void Inside_the_continuous_band_a_load_stays_for_ever() =>
        RideThroughCurve.WithstandS(Curve("ercot-nogrr282"), 0.95).ShouldBe(double.PositiveInfinity);

    [Fact]
    public void A_deeper_sag_never_asks_for_longer() => Prop.ForAll(
        Gen.Elements("ercot-nogrr282", "caiso-straw", "itic").ToArbitrary(), Gen.Choose(0, 100).ToArbitrary(), Gen.Choose(0, 100).ToArbitrary(),
        (model, a, b) => RideThroughCurve.WithstandS(Curve(model), Math.Min(a, b) / 100.0) <= RideThroughCurve.WithstandS(Curve(model), Math.Max(a, b) / 100.0))
        .HoldsInAnyCase();

    [Fact]
    public void A_staircase_that_grows_with_depth_is_a_contradiction()
    {
        RideThroughCurveSpec curve = new() { Title = "x", Sags = [new() { BelowPu = 0.9, DurationS = 1 }, new() { BelowPu = 0.5, DurationS = 2 }] };
        curve.Contradictions().ShouldHaveSingleItem().Expected.ShouldContain("do not grow with depth");
    }

    [Theory]
    [InlineData(19, 0)]       // capacitors carry 20 ms
    [InlineData(20, 0)]
    [InlineData(21, 1)]
    public void Racks_stop_when_the_hold_up_is_over(int outMs, int expectedStops)
    {
        PowerSupplyUnitSpec spec = new();
        PowerSupplyUnitState state = default;
        for (int i = 0; i < outMs; i++) { PowerSupplyUnit.Step(spec, ref state, 0.3, 1e-3).ShouldBe(0); }
        PowerSupplyUnit.Step(spec, ref state, 1, 1e-3).ShouldBe(1 - expectedStops);
        state.Stops.ShouldBe(expectedStops);
        // 5 s of good voltage and 120 s of ramp later they are back.
        for (int i = 0; i < 126; i++) { PowerSupplyUnit.Step(spec, ref state, 1, 1); }
        PowerSupplyUnit.Step(spec, ref state, 1, 1).ShouldBe(1);
    }

    private static RideThroughCurveSpec Curve(string model) =>
        ScenarioReader.ReadText<RideThroughCurveSpec>($"model: {model}\n", "one.yaml", Catalog.Embedded).Value;
}
