using Gigawatt.Power.Adequacy;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Studies;
using Gigawatt.Tests.Cli;

namespace Gigawatt.Tests.Validation;

/// <summary>The IEEE Reliability Test System of 1979, whose hours of shortage everybody knows.</summary>
/// <remarks>
/// Source: IEEE Trans. PAS-98 (1979); LOLE 9.394 h and 1.36886 d a year, 1,176 MWh published. The further digits are an independent
/// computation of the same recursion.
/// </remarks>
public sealed class Rts79Tests
{
    private static readonly AdequacyInput Input = ScenarioReader.ReadFile<AdequacyInput>(Path.Combine(Gw.Root, "studies", "rts-79.yaml"), Catalog.Embedded, []).Value;
    private static readonly UnitGroup[] Groups = [.. Input.Units.Select(unit => unit.At(15))];
    private static readonly AdequacyLoad Load = AdequacyLoad.Of(Input.Load);
    private static readonly OutageTable Table = OutageTable.Of(Groups);
    private static readonly AdequacyIndices Exact = AdequacyIndices.Of(Table, Load);

    [Fact]
    public void The_system_is_the_published_one()
    {
        Groups.Sum(group => group.Count).ShouldBe(32);
        Table.InstalledMw.ShouldBe(3405);
        Table.GridMw.ShouldBe(1);
        Load.Hours.ShouldBe(8736);
        Load.PeakMw.ShouldBe(2850, 1e-9);
        Load.EnergyMwh.ShouldBe(15_297_074.7, 0.1);
    }

    [Fact]
    public void The_indices_are_the_published_ones()
    {
        Exact.LoleHPerYear.ShouldBe(9.394175, 5e-7);
        Exact.LoleDaysPerYear.ShouldBe(1.368863, 5e-7);
        Exact.EensMwhPerYear.ShouldBe(1176.2985, 1e-4);
        Exact.LolpAtPeakFraction.ShouldBe(0.0845781, 5e-8);
    }

    [Theory]
    [InlineData(100, 0.547601, 5e-7)]
    [InlineData(200, 0.381328, 5e-7)]
    [InlineData(400, 0.261873, 5e-7)]
    [InlineData(556, 0.0845781, 5e-8)]
    [InlineData(800, 0.0247194, 5e-8)]
    [InlineData(1000, 0.00434087, 5e-9)]
    public void The_outage_table_is_the_published_one(double outMw, double expected, double within) =>
        Table.AtLeastFraction(outMw).ShouldBe(expected, within);

    [Fact]
    public void Nothing_is_out_a_quarter_of_the_time() => (1 - Table.AtLeastFraction(1)).ShouldBe(0.236395, 5e-7);

    [Fact]
    public void Simulated_years_agree_within_three_standard_errors()
    {
        AdequacyYear[] years = SequentialMonteCarlo.Run(Groups, Load, new() { Years = 20_000, Seed = 79 });
        AnnualStatistic lossH = AnnualStatistic.Of([.. years.Select(year => year.LossH)]);
        AnnualStatistic energyMwh = AnnualStatistic.Of([.. years.Select(year => year.UnservedMwh)]);
        AnnualStatistic losses = AnnualStatistic.Of([.. years.Select(year => (double)year.Losses)]);
        Math.Abs(lossH.Mean - Exact.LoleHPerYear).ShouldBeLessThan(3 * lossH.StandardError);
        Math.Abs(energyMwh.Mean - Exact.EensMwhPerYear).ShouldBeLessThan(3 * energyMwh.StandardError);
        Math.Abs(losses.Mean - Exact.LossesPerYear).ShouldBeLessThan(3 * losses.StandardError);
        // The deviation of a year is known too: about 16.2 h.
        (lossH.StandardError * Math.Sqrt(years.Length)).ShouldBe(16.2, 0.5);
    }
}
