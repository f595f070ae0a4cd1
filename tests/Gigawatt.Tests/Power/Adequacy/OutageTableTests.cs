using FsCheck.Fluent;
using Gigawatt.Numerics;
using Gigawatt.Power.Adequacy;

namespace Gigawatt.Tests.Power.Adequacy;

public sealed class OutageTableTests
{
    private const double Day = 86400;

    [Fact]
    public void Two_units_of_ten_with_a_tenth_of_the_time_out()
    {
        OutageTable table = OutageTable.Of([UnitGroup.TwoState("a", 2, 10, 0.1, Day)]);
        table.AtLeastFraction(0).ShouldBe(1);
        table.AtLeastFraction(10).ShouldBe(1 - 0.81, 1e-15);
        table.AtLeastFraction(20).ShouldBe(0.01, 1e-15);
        table.MeanOutMw.ShouldBe(2, 1e-14);
        // Both out: from one out (0.18 of the time) the other fails, λ = 0.1 / 0.9 / day.
        (table.EnteringPerS(20) * Day).ShouldBe(0.18 / 9, 1e-15);
        // Any out: from none out (0.81) either of two fails.
        (table.EnteringPerS(10) * Day).ShouldBe(0.81 * 2 / 9, 1e-15);
    }

    [Fact]
    public void Unserved_energy_counts_every_missing_unit()
    {
        // 36 × 38 MW, 97 %, 1,200 MW: five out leave 22 MW short, six out 60 MW; a cap at one unit would give 904.5 MWh.
        OutageTable table = OutageTable.Of([UnitGroup.TwoState("gt", 36, 38, 0.03)]);
        AdequacyIndices.Of(table, AdequacyLoad.Constant(1200)).EensMwhPerYear.ShouldBe(1062.3, 0.05);
        double byHand = 0;
        for (int down = 5; down <= 36; down++) { byHand += KOutOfN.ExactlyFraction(36 - down, 36, 0.97) * (1200 - (36 - down) * 38); }
        (table.UnservedMw(1200) / byHand).ShouldBe(1, 1e-12);
    }

    [Fact]
    public void A_unit_between_two_points_keeps_its_mean_outage()
    {
        OutageTable table = OutageTable.Of([UnitGroup.TwoState("a", 3, 12.5, 0.08)], gridMw: 10);
        table.IsExact.ShouldBeFalse();
        table.MeanOutMw.ShouldBe(3 * 12.5 * 0.08, 1e-12);
    }

    [Fact]
    public void A_derated_state_is_a_smaller_outage()
    {
        UnitGroupSpec unit = new() { Name = "a", RatedMw = 100, ForcedOutageRateFraction = 0.05, DeratedStates = [new() { OutputFraction = 0.6, ProbabilityFraction = 0.1 }] };
        OutageTable table = OutageTable.Of([unit.At(15)]);
        table.AtLeastFraction(40).ShouldBe(0.15, 1e-15);
        table.AtLeastFraction(41).ShouldBe(0.05, 1e-15);
        double.IsNaN(table.EnteringPerS(40)).ShouldBeTrue();
    }

    [Fact]
    public void A_common_cause_takes_the_whole_group()
    {
        UnitGroup group = UnitGroup.TwoState("a", 3, 10, 0.05, Day) with { CommonCauseFraction = 0.1 };
        OutageTable table = OutageTable.Of([UnitGroup.TwoState("b", 1, 10, 0.02, Day), group]);
        double shared = 0.005, alone = 0.045;
        table.AtLeastFraction(40).ShouldBe(0.02 * (shared + (1 - shared) * alone * alone * alone), 1e-16);
        (1 - OutageTable.Of([group]).AtLeastFraction(20)).ShouldBe(KOutOfN.AvailabilityFraction(2, 3, 0.95, 0.1), 1e-14);
    }

    [Fact]
    public void A_load_above_all_there_is_is_short_all_the_time()
    {
        OutageTable table = OutageTable.Of([UnitGroup.TwoState("a", 2, 10, 0.1, Day)]);
        table.LossFraction(25).ShouldBe(1);
        table.UnservedMw(25).ShouldBe(5 + 2, 1e-14);
        table.LossFraction(20).ShouldBe(0.19, 1e-15);
        table.LossFraction(10).ShouldBe(0.01, 1e-15);
    }

    [Fact]
    public void Without_units_there_is_no_table() =>
        Should.Throw<CaseException>(() => OutageTable.Of([])).Problems[0].Path.ShouldBe("units");

    [Fact]
    public void Every_table_falls_and_keeps_the_mean_and_does_not_care_for_the_order() => Prop.ForAll(
        (from mw in Gen.Choose(1, 40)
         from count in Gen.Choose(1, 6)
         from percent in Gen.Choose(0, 60)
         select UnitGroup.TwoState("g", count, mw, percent / 100.0, Day)).ArrayOf(4).ToArbitrary(),
        groups =>
        {
            OutageTable table = OutageTable.Of(groups, 1), turned = OutageTable.Of([.. Enumerable.Reverse(groups)], 1);
            double mean = groups.Sum(group => group.InstalledMw * group.States[0].ProbabilityFraction);
            bool falls = Enumerable.Range(1, table.Points).All(i => table.AtLeastFraction(i) is >= 0 and <= 1.0000000001
                && table.AtLeastFraction(i) <= table.AtLeastFraction(i - 1) + 1e-12 && table.EnteringPerS(i) >= 0
                && Math.Abs(table.AtLeastFraction(i) - turned.AtLeastFraction(i)) < 1e-12);
            return falls && Math.Abs(table.MeanOutMw - mean) < 1e-9 * (1 + mean);
        }).HoldsInAnyCase(50);
}
