using Gigawatt.Cooling;

namespace Gigawatt.Tests.Cooling;

public sealed class FacilityLoopTests
{
    [Theory]
    [InlineData(1, 1, 4.17)]      // 1 m³ per MW is 1 L per kW: 4.17 s per K
    [InlineData(2, 20, 166.8)]    // 20 K in 2.8 min
    [InlineData(10, 20, 834)]     // 13.9 min
    public void Water_held_per_MW_buys_seconds(double m3PerMw, double riseK, double expectedS) =>
        FacilityLoop.RideThroughS(m3PerMw, 1, riseK).ShouldBe(expectedS, 1e-9);

    [Fact]
    public void A_cool_loop_with_capacity_enough_limits_nothing() =>
        FacilityLoop.AllowedFraction(4, 10, 3, 100, 100, 1, 60).ShouldBe(1);

    [Theory]
    [InlineData(4, 1)]
    [InlineData(7, 0.5)]
    [InlineData(10, 0)]
    [InlineData(50, 0)]
    public void In_short_steps_the_limit_falls_in_a_straight_line_from_start_to_trip(double aboveK, double expected) =>
        FacilityLoop.AllowedFraction(4, 10, aboveK, 50, 100, 1, 1e-6).ShouldBe(expected, 1e-6);

    [Theory]
    [InlineData(90, 0.9)]
    [InlineData(50, 0.5)]
    [InlineData(0, 0)]
    public void In_very_long_steps_the_limit_is_what_the_plant_can_carry(double capacityMw, double expected) =>
        FacilityLoop.AllowedFraction(4, 10, 4, capacityMw, 100, 1, 1e9).ShouldBe(expected, 1e-4);
}
