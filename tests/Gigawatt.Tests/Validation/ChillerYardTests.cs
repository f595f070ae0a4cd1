using Gigawatt.Cooling;
using Gigawatt.Scenarios;
using Gigawatt.Scenarios.Reading;

namespace Gigawatt.Tests.Validation;

/// <summary>The 119 chillers of Colossus 2: what 200 MW of nameplate is on a hot day.</summary>
/// <remarks>
/// Source: about 200 MW from 119 air-cooled units by 22 August 2025 (SemiAnalysis, 16 September 2025). Capacity over water and air:
/// EnergyPlus data set AirCooledChiller.idf, Carrier 30XA500 (CAPFT, raw).
/// </remarks>
public sealed class ChillerYardTests
{
    private static readonly AirCooledChillerSpec Unit = ScenarioReader.ReadText<ChillerGroupSpec>(
        "name: x\nmodel: colossus-yard-478rt\ncount: 119\n", "one.yaml", Catalog.Embedded).Value.Unit;

    [Fact]
    public void One_unit_is_1_681_MW() => Unit.RatedMw.ShouldBe(200.0 / 119, 0.0005);

    [Theory]
    [InlineData(35, 203.0)]                     // the published surface is 1.015 at its own rating point
    [InlineData(40, 188.2)]
    [InlineData(41, 183.9)]
    public void The_yard_carries_less_in_the_heat(double ambientC, double expectedMw) =>
        (119 * AirCooledChiller.CapacityMw(Unit, 6.67, ambientC)).ShouldBe(expectedMw, 0.1);

    [Fact]
    public void The_published_surface_misses_its_own_rating_by_one_and_a_half_percent() =>
        (AirCooledChiller.CapacityMw(Unit, 6.67, 35) / Unit.RatedMw - 1).ShouldBe(0.015, 0.001);
}
