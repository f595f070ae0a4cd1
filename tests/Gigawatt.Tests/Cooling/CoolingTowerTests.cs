using Gigawatt.Cooling;

namespace Gigawatt.Tests.Cooling;

public sealed class CoolingTowerTests
{
    private const double SeaLevelPa = 101_325;
    private static readonly CoolingTowerSpec Spec = new() { RatedMw = 1 };
    private static readonly CoolingTowerDesign Design = CoolingTower.Design(Spec);

    [Fact]
    public void The_design_point_gives_flows_and_conductance()
    {
        // 1 MW over 5.56 K: 1000 / (4.186 × 5.56) = 42.966 kg/s of water, ÷ 1.2 of air; UA 56,300 W/K.
        Design.WaterKgPerS.ShouldBe(42.966, 0.001);
        Design.AirKgPerS.ShouldBe(35.805, 0.001);
        Design.ConductanceMwPerK.ShouldBe(0.0563, 0.0001);
        Spec.Contradictions().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(25.56, 35, 3.880, 1.623)]
    [InlineData(26.8, 32.8, 3.609, 1.449)]   // Memphis 0.4 % wet bulb
    [InlineData(20, 26, 5.234, 1.367)]
    [InlineData(15, 20, 6.637, 1.244)]
    [InlineData(10, 14, 8.193, 1.115)]
    [InlineData(0, 2, 11.634, 0.843)]
    public void Approach_and_evaporation_of_a_1_MW_tower_at_full_fan_agree_with_an_independent_computation(
        double wetBulbC, double dryBulbC, double approachK, double litresPerKwh)
    {
        TowerPoint point = CoolingTower.Point(Design, 1, 1, 1, wetBulbC, SeaLevelPa);
        (point.OutletC - wetBulbC).ShouldBe(approachK, 0.1);
        // kg/s for 1 MW × 3600 s/h ÷ 1000 kW = L/kWh × 3.6
        double evaporation = CoolingTower.EvaporationKgPerS(Design, point, dryBulbC, wetBulbC, SeaLevelPa) * 3.6;
        evaporation.ShouldBe(litresPerKwh, 0.02 * litresPerKwh);
    }

    [Theory]
    [InlineData(25.56, 3.843)]
    [InlineData(26.8, 3.600)]
    [InlineData(20, 5.058)]
    [InlineData(15, 6.330)]
    [InlineData(10, 7.771)]
    public void Merkel_and_the_York_polynomial_agree_within_half_a_kelvin(double wetBulbC, double yorkK)
    {
        TowerPoint point = CoolingTower.Point(Design, 1, 1, 1, wetBulbC, SeaLevelPa);
        (point.OutletC - wetBulbC).ShouldBe(yorkK, 0.5);
    }

    [Theory]
    [InlineData(25.56, 35, 1)]
    [InlineData(10, 30, 0.6)]
    [InlineData(-5, 20, 0.4)]
    public void Capacity_is_the_heat_at_which_the_water_enters_as_warm_as_it_does(double wetBulbC, double inletC, double flow)
    {
        var state = default(CoolingTowerState);
        var at = new TowerConditions(wetBulbC + 5, wetBulbC, SeaLevelPa, inletC, flow);
        double heatMw = CoolingTower.CapacityMw(Design, ref state, at);
        CoolingTower.Point(Design, heatMw, 1, flow, wetBulbC, SeaLevelPa).InletC.ShouldBe(inletC, 2e-4);
    }

    [Fact]
    public void At_the_design_point_capacity_is_the_rating()
    {
        var state = default(CoolingTowerState);
        CoolingTower.CapacityMw(Design, ref state, new(35, 25.56, SeaLevelPa, 35, 1)).ShouldBe(1, 1e-4);
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.5)]
    [InlineData(0.3)]
    public void The_fan_runs_as_fast_as_the_heat_needs(double heatMw)
    {
        var state = default(CoolingTowerState);
        var at = new TowerConditions(30, 24, SeaLevelPa, 34, 1);
        double air = CoolingTower.AirFraction(Spec, Design, ref state, at, heatMw);
        air.ShouldBeInRange(0.125, 1);
        CoolingTower.Point(Design, heatMw, air, 1, 24, SeaLevelPa).InletC.ShouldBe(34, 2e-4);
    }

    [Fact]
    public void In_the_cold_the_natural_draught_is_enough()
    {
        var state = default(CoolingTowerState);
        CoolingTower.AirFraction(Spec, Design, ref state, new(-5, -6, SeaLevelPa, 34, 1), 0.2).ShouldBe(0.125);
    }

    [Fact]
    public void Air_as_wet_as_the_water_is_warm_cools_nothing()
    {
        var state = default(CoolingTowerState);
        CoolingTower.CapacityMw(Design, ref state, new(30, 26, SeaLevelPa, 26, 1)).ShouldBe(0);
    }

    [Fact]
    public void A_solution_holds_while_conditions_hardly_move_and_is_found_anew_when_they_do()
    {
        var state = default(CoolingTowerState);
        double first = CoolingTower.CapacityMw(Design, ref state, new(30, 24, SeaLevelPa, 34, 1));
        CoolingTower.CapacityMw(Design, ref state, new(30, 24.09, SeaLevelPa, 34, 1)).ShouldBe(first);
        CoolingTower.CapacityMw(Design, ref state, new(30, 24.11, SeaLevelPa, 34, 1)).ShouldBeLessThan(first);
    }

    [Theory]
    [InlineData(2.5, 0.6566667)]  // 1 / 1.5 − 0.01
    [InlineData(5, 0.24)]         // 1 / 4 − 0.01
    [InlineData(200, 0)]          // drift alone is more than enough
    public void Blowdown_is_evaporation_over_cycles_less_one_minus_drift(double cycles, double expected) =>
        CoolingTower.BlowdownM3PerS(1, 0.01, cycles).ShouldBe(expected, 1e-6);

    [Theory]
    [InlineData(0, 611.2)]
    [InlineData(25, 3169.2)]
    [InlineData(45, 9594)]
    public void Saturation_agrees_with_the_ASHRAE_table(double airC, double vapourPa)
    {
        double ratio = 0.621945 * vapourPa / (SeaLevelPa - vapourPa);
        MoistAir.SaturationRatio(airC, SeaLevelPa).ShouldBe(ratio, 0.002 * ratio);
    }

    [Fact]
    public void Humidity_of_30_degrees_dry_20_degrees_wet() =>
        // ((2501 − 46.52) × 0.014695 − 1.006 × 10) / (2501 + 55.8 − 83.72) = 0.010517
        MoistAir.HumidityRatio(30, 20, SeaLevelPa).ShouldBe(0.010517, 2e-5);
}
