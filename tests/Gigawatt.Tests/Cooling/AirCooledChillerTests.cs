using Gigawatt.Cooling;
using Gigawatt.Numerics;

namespace Gigawatt.Tests.Cooling;

public sealed class AirCooledChillerTests
{
    private const int Units = 119;
    private static readonly AirCooledChillerSpec Yard = new() { RatedMw = 200.0 / Units };

    [Theory]
    [InlineData(6.67, 30, 207.2)]
    [InlineData(6.67, 35, 203.0)]
    [InlineData(6.67, 40, 188.2)]
    [InlineData(6.67, 41, 183.9)]
    [InlineData(10, 30, 222.3)]
    [InlineData(10, 35, 215.1)]
    [InlineData(10, 40, 197.2)]
    [InlineData(10, 41, 192.3)]
    public void A_yard_of_119_chillers_rated_200_MW_carries_less_in_the_heat(double leavingC, double ambientC, double expectedMw) =>
        (Units * AirCooledChiller.CapacityMw(Yard, leavingC, ambientC)).ShouldBe(expectedMw, 0.05);

    [Theory]
    [InlineData(6.67, 30, 1.03584)]
    [InlineData(6.67, 35, 1.01496)]
    [InlineData(6.67, 45, 0.81331)]
    [InlineData(10, 35, 1.07543)]
    public void The_30XA500_capacity_curve_gives_its_published_points(double leavingC, double ambientC, double expected) =>
        Biquadratic.Carrier30XA500Capacity.At(leavingC, ambientC).ShouldBe(expected, 1e-5);

    [Theory]
    [InlineData(18, 35, 3.75)]   // 0.4929 × (18 − 2 + 273.15) / (35 + 19 − 16)
    [InlineData(18, 40, 3.31)]
    [InlineData(24, 35, 4.55)]
    [InlineData(24, 40, 3.93)]
    [InlineData(30, 35, 5.71)]
    [InlineData(24, 20, 8.56)]
    [InlineData(40, 20, 10.23)]  // lift is at least 15 K: 0.4929 × 311.15 / 15
    public void The_second_law_form_says_what_warm_water_is_worth(double leavingC, double ambientC, double expectedCop) =>
        AirCooledChiller.Cop(Yard, leavingC, ambientC).ShouldBe(expectedCop, 0.006);

    [Fact]
    public void Warm_water_adds_two_percent_per_kelvin_up_to_thirty_percent_over_rating()
    {
        double atTenC = AirCooledChiller.CapacityMw(Yard, 10, 35);
        AirCooledChiller.CapacityMw(Yard, 15, 35).ShouldBe(atTenC * 1.10, 1e-12);   // 5 K × 2 %
        AirCooledChiller.CapacityMw(Yard, 30, 35).ShouldBe(1.30 * Yard.RatedMw, 1e-12);
    }

    [Fact]
    public void Colder_air_than_measured_gives_no_more_and_hotter_air_gives_less()
    {
        AirCooledChiller.CapacityMw(Yard, 6.67, 10).ShouldBe(AirCooledChiller.CapacityMw(Yard, 6.67, 29.4));
        AirCooledChiller.CapacityMw(Yard, 6.67, 50).ShouldBeLessThan(AirCooledChiller.CapacityMw(Yard, 6.67, 46.1));
        AirCooledChiller.CapacityMw(Yard, 6.67, 90).ShouldBe(0);
    }

    [Fact]
    public void Without_free_cooling_the_compressor_carries_all_of_it()
    {
        // One unit, 1 MW at 18 °C water and 35 °C air: COP 3.751, power 0.2666 MW.
        ChillerDuty duty = AirCooledChiller.Duty(Yard, 1, 1, 18, 30, 35);
        duty.RejectedMw.ShouldBe(1);
        duty.CompressorMw.ShouldBe(1 / 3.7506, 1e-4);
        duty.FanMw.ShouldBe(0);
        duty.OutsideCurve.ShouldBeTrue();   // 18 °C water was never measured
    }

    [Fact]
    public void The_coil_takes_its_share_before_the_compressor()
    {
        // Return 36, air 24, approach 6: (36 − 24 − 6) / (36 − 24) = half the heat is free, fans at full speed.
        AirCooledChillerSpec spec = Yard with { FreeCooling = true };
        ChillerDuty duty = AirCooledChiller.Duty(spec, 1, 1, 24, 36, 24);
        duty.FreeFraction.ShouldBe(0.5, 1e-12);
        duty.FanMw.ShouldBe(0.04, 1e-12);
        duty.CompressorMw.ShouldBe(0.5 / AirCooledChiller.Cop(spec, 24, 24), 1e-12);
    }

    [Fact]
    public void In_the_cold_no_compressor_runs_and_fans_slow_down()
    {
        // Return 36, air 6, approach 6: reach 24/12 = 2, speed ½, fans 0.04 × ⅛ of the heat.
        ChillerDuty duty = AirCooledChiller.Duty(Yard with { FreeCooling = true }, 1, 1, 24, 36, 6);
        duty.ShouldBe(new ChillerDuty(1, 0, 0.005, 1, false));
    }

    [Fact]
    public void A_unit_takes_no_more_than_its_capacity()
    {
        AirCooledChiller.Duty(Yard, 2, 10, 6.67, 18, 40).RejectedMw.ShouldBe(2 * AirCooledChiller.CapacityMw(Yard, 6.67, 40));
        AirCooledChiller.Duty(Yard, 0, 10, 6.67, 18, 40).ShouldBe(default);
        AirCooledChiller.Duty(Yard, 2, 0, 6.67, 18, 40).ShouldBe(default);
    }

    [Fact]
    public void Part_load_follows_its_curve_and_below_its_least_load_the_unit_cycles()
    {
        // ASHRAE 90.1 path A: 0.141 + 0.655 p + 0.203 p²; at half load 0.5193 of full power for half the heat.
        AirCooledChillerSpec spec = Yard with { PartLoadCurve = new() { C1 = 0.141, C2 = 0.655, C3 = 0.203 } };
        double full = AirCooledChiller.CapacityMw(spec, 6.67, 35);
        double fullPower = full / AirCooledChiller.Cop(spec, 6.67, 35);
        AirCooledChiller.Duty(spec, 1, full / 2, 6.67, 12, 35).CompressorMw.ShouldBe(0.51925 * fullPower, 1e-9);
        double least = AirCooledChiller.Duty(spec, 1, 0.15 * full, 6.67, 12, 35).CompressorMw;
        AirCooledChiller.Duty(spec, 1, 0.075 * full, 6.67, 12, 35).CompressorMw.ShouldBe(least / 2, 1e-12);
    }

    [Fact]
    public void A_curve_that_misses_its_own_rating_point_is_a_contradiction()
    {
        Yard.Contradictions().ShouldBeEmpty();
        // A public copy of a curve has .013545636 where .13545636 was meant: 0.12 too low.
        Biquadratic typo = Biquadratic.Carrier30XA500Capacity with { C1 = -0.3479426478 - 0.12191 };
        Contradiction found = (Yard with { CapacityCurve = typo }).Contradictions().ShouldHaveSingleItem();
        found.Property.ShouldBe(nameof(AirCooledChillerSpec.CapacityCurve));
        found.Found.ShouldBe("0.893");
    }

    [Fact]
    public void A_rated_efficiency_that_the_second_law_form_does_not_give_is_a_contradiction() =>
        (Yard with { RatedEfficiencyCop = 4 }).Contradictions().ShouldHaveSingleItem().Expected
            .ShouldBe("about 0.71, which gives the rated COP of 4");   // 0.4929 × 4 / 2.776
}
