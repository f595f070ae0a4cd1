using Gigawatt.Water;

namespace Gigawatt.Tests.Water;

public sealed class CyclesTests
{
    [Theory]
    [InlineData(0.083, 1.0, 12.05)]   // Memphis Sand aquifer, 83 mg/L against 1,000 mg/L
    [InlineData(0.083, 1.5, 18.07)]
    [InlineData(0.6, 1.5, 2.5)]       // reclaimed water
    [InlineData(1.5, 1.5, 1)]
    [InlineData(3, 1.5, 1)]           // already too salty: no cycles at all
    public void Dissolved_solids_decide_the_cycles(double feed, double limit, double expected) =>
        Cycles.FromChemistry(new() { DissolvedSolidsKgPerM3 = feed }, new() { DissolvedSolidsKgPerM3 = limit })
            .ShouldBe(expected, 0.01);

    [Fact]
    public void The_first_substance_at_its_limit_decides()
    {
        // Solids would allow 1.5/0.083 = 18, silica 0.15/0.02 = 7.5.
        var feed = new WaterChemistry { DissolvedSolidsKgPerM3 = 0.083, SilicaKgPerM3 = 0.020 };
        var limit = new WaterChemistry { DissolvedSolidsKgPerM3 = 1.5, SilicaKgPerM3 = 0.150 };
        Cycles.FromChemistry(feed, limit).ShouldBe(7.5, 1e-12);
    }

    [Theory]
    [InlineData(2.5, 1.667)]
    [InlineData(3, 1.5)]
    [InlineData(5, 1.25)]
    [InlineData(10, 1.111)]
    public void Make_up_over_evaporation_is_C_over_C_minus_1(double cycles, double expected) =>
        Cycles.MakeUpRatio(cycles).ShouldBe(expected, 0.001);

    [Fact]
    public void Salts_of_a_mixture_add_up() =>
        // Half at 12 and half at 2.5 cycles: 1 / (0.5/12 + 0.5/2.5) = 4.138.
        Cycles.OfMixture(1, 12, 1, 2.5).ShouldBe(4.138, 0.001);
}
