using Gigawatt.Numerics;
using Gigawatt.Power;
using Gigawatt.Scenarios;
using Gigawatt.Scenarios.Reading;

namespace Gigawatt.Tests.Validation;

/// <summary>Part-load fuel of a real unit against our straight line.</summary>
/// <remarks>
/// Source: RTS-GMLC, RTS_Data/SourceData/gen.csv, unit 113_CT_1 (U55, 55 MW gas turbine): Output_pct 0.4, 0.6, 0.8, 1;
/// HR_avg_0 13,125 and HR_incr 6,899, 7,602, 7,797 Btu/kWh, higher heating value.
/// </remarks>
public sealed class TurbineHeatRateTests
{
    private const double HigherToLower = 1.108;
    private const double BtuPerKwh = 3412.141633;

    private static readonly GasTurbineSpec Unit = ScenarioReader.ReadText<GeneratorGroupSpec>(
        "name: x\nmodel: rts-gmlc-ct55\ncount: 1\n", "one.yaml", Catalog.Embedded).Value.Unit;

    [Theory]
    [InlineData(0.4, 13_125)]
    [InlineData(0.5, 11_879.8)]                 // (0.4 x 13,125 + 0.1 x 6,899) / 0.5
    [InlineData(0.6, 11_049.67)]
    [InlineData(0.8, 10_187.75)]
    [InlineData(1.0, 9_709.6)]
    public void The_published_blocks_give_these_averages(double load, double expected) =>
        Published(load).ShouldBe(expected, 0.01);

    [Theory]
    [InlineData(0.4, -1.17)]
    [InlineData(0.5, 0.04)]
    [InlineData(0.6, 0.99)]
    [InlineData(0.8, 0.64)]
    [InlineData(1.0, 0.00)]
    public void The_straight_line_is_off_by_so_many_percent(double load, double expectedPercent) =>
        (100 * (Ours(load) / Published(load) - 1)).ShouldBe(expectedPercent, 0.01);

    [Fact]
    public void The_default_line_of_other_units_is_off_by_six_tenths_of_a_percent_at_half_load()
    {
        // GGOV1 defaults keep 0.8125 of the full-load efficiency at half load, this unit 0.8173.
        (Published(1) / Published(0.5)).ShouldBe(0.8173, 5e-5);
        GasTurbineSpec plain = new() { RatedMw = 55, HeatRateRatio = Unit.HeatRateRatio };
        double half = GasTurbine.FuelMw(plain, 27.5) / 27.5 * HigherToLower * BtuPerKwh;
        (100 * (half / Published(0.5) - 1)).ShouldBe(0.59, 0.01);
    }

    private static double Ours(double load) =>
        GasTurbine.FuelMw(Unit, load * Unit.RatedMw) / (load * Unit.RatedMw) * HigherToLower * BtuPerKwh;

    private static double Published(double load)
    {
        Curve fuel = new([0.4, 0.6, 0.8, 1], [5250, 5250 + 0.2 * 6899, 5250 + 0.2 * (6899 + 7602), 5250 + 0.2 * (6899 + 7602 + 7797)]);
        return fuel.At(load) / load;
    }
}
