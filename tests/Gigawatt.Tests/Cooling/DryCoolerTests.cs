using Gigawatt.Cooling;

namespace Gigawatt.Tests.Cooling;

public sealed class DryCoolerTests
{
    private static readonly DryCoolerSpec Spec = new() { RatedMw = 2.931 };
    private static readonly DryCoolerDesign Design = DryCooler.Design(Spec);

    [Fact]
    public void It_reaches_its_own_rating_point()
    {
        // 2,931 kW from 46.11 to 40.55 °C in 35 °C air.
        DryCooler.CapacityMw(Design, 2.931 / 5.56, 46.11, 35).ShouldBe(2.931, 1e-9);
        Spec.Contradictions().ShouldBeEmpty();
    }

    [Fact]
    public void At_rated_flow_heat_is_in_proportion_to_water_minus_air() =>
        // Half the difference of 11.11 K, half the heat.
        DryCooler.CapacityMw(Design, Design.WaterMwPerK, 35 + 11.11 / 2, 35).ShouldBe(2.931 / 2, 1e-9);

    [Fact]
    public void It_never_cools_water_below_the_air()
    {
        foreach (double flow in new[] { 1e-6, 0.01, 0.1, 0.5, 1, 10 })
        {
            double water = flow * Design.WaterMwPerK;
            double outC = 40 - DryCooler.CapacityMw(Design, water, 40, 30) / Math.Min(water, Design.WaterMwPerK);
            outC.ShouldBeGreaterThanOrEqualTo(30);
        }
        DryCooler.CapacityMw(Design, Design.WaterMwPerK, 30, 30).ShouldBe(0);
        DryCooler.CapacityMw(Design, 0, 40, 30).ShouldBe(0);
    }

    [Theory]
    [InlineData(1, 0.11783)]       // 4.02 % of 2,931 kW at full speed
    [InlineData(0.5, 0.01473)]     // an eighth
    [InlineData(0.01, 0.000943)]   // never slower than 20 %: 0.008
    public void Fans_follow_the_cube_of_their_speed(double share, double expectedMw) =>
        DryCooler.FanMw(Spec, share, 1).ShouldBe(expectedMw, 1e-5);

    [Fact]
    public void A_rating_point_that_cools_below_the_air_is_a_contradiction() =>
        (Spec with { RatedOutletC = 34 }).Contradictions().ShouldHaveSingleItem().Property.ShouldBe("RatedOutletC");
}
