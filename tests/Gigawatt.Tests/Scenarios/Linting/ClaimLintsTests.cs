using Gigawatt.Scenarios;
using static Gigawatt.Tests.Scenarios.Linting.SmallCampus;

namespace Gigawatt.Tests.Scenarios.Linting;

public sealed class ClaimLintsTests
{
    private static readonly DateOnly Midwinter = new(2026, 1, 17);

    [Fact]
    public void A_power_without_a_basis_is_told()
    {
        ClaimSpec claim = new() { Says = "first gigawatt", On = Midwinter, Measure = Measure.LiveItPower, Value = "1 GW" };
        Check(With(claim)).Only("GW101").What.ShouldBe("'first gigawatt' says 1 GW and is read as IT power, as live_it_power is");
        Check(With(claim with { Basis = PowerBasis.It })).ShouldLack("GW101");
    }

    [Fact]
    public void A_count_needs_no_basis() =>
        Check(With(new ClaimSpec { Says = "110,000 GPUs", Measure = Measure.InstalledGpus, Value = "110,000" })).ShouldBeEmpty();

    [Theory]
    [InlineData("119 chillers are on their pads", null, Measure.LiveItPower, true)]
    [InlineData("first 200 MW", PowerBasis.Cooling, Measure.LiveItPower, true)]
    [InlineData("200 MW are operational", null, Measure.CoolingNameplate, true)]
    [InlineData("200 MW of cooling are operational", PowerBasis.Cooling, Measure.CoolingNameplate, false)]
    [InlineData("racks draw 200 MW", PowerBasis.It, Measure.LiveItPower, false)]
    public void Cooling_quoted_as_power_is_told(string says, PowerBasis? basis, Measure measure, bool expected)
    {
        ClaimSpec claim = new() { Says = says, Basis = basis, On = Midwinter, Measure = measure, Value = "200 MW" };
        Check(With(claim)).Count(l => l.Code == "GW102").ShouldBe(expected ? 1 : 0);
    }

    [Fact]
    public void A_basis_that_is_not_the_measures_is_told()
    {
        ClaimSpec claim = new() { Says = "units of 1.2 GW", Basis = PowerBasis.Generation, Measure = Measure.FacilityPower, Value = "1.2 GW" };
        Check(With(claim)).Only("GW103").What.ShouldBe(
            "'units of 1.2 GW' is generation, but facility_power is facility power (generation is installed_generation or permitted_generation)");
        Check(With(claim with { Measure = Measure.InstalledGeneration })).ShouldLack("GW103");
    }

    [Fact]
    public void Parties_that_disagree_are_listed_and_not_averaged()
    {
        ClaimSpec article = new() { Says = "target", By = "article", Measure = Measure.LiveItPower, Basis = PowerBasis.It, Value = "1.1 GW" };
        ClaimSpec post = article with { By = "post", Value = "1.2 GW" };
        ClaimSpec later = article with { By = "analyst", Value = "1.5 GW" };
        Check(With(article, post, later)).Only("GW104").What.ShouldBe(
            "live_it_power is said to be 1.1 GW (article), 1.2 GW (post), 1.5 GW (analyst)");
    }

    [Theory]
    [InlineData("350 MW", "2026-01-17", "500 MW", "2026-05-01", false)]  // growth is no contradiction
    [InlineData("1 GW", "2026-01-17", "500 MW", "2026-05-01", true)]     // shrinking is
    [InlineData("1 GW", "2026-01-17", "1.01 GW", "2026-01-17", false)]   // within 2 %
    [InlineData("1 GW", "2026-01-17", "350 MW", "2026-01-17", true)]
    public void Values_of_different_days_disagree_only_when_the_site_would_shrink(
        string one, string onOne, string other, string onOther, bool expected)
    {
        ClaimSpec first = new() { Says = "a", By = "operator", Measure = Measure.LiveItPower, Basis = PowerBasis.It, Value = one, On = DateOnly.Parse(onOne) };
        ClaimSpec second = first with { By = "analyst", Value = other, On = DateOnly.Parse(onOther) };
        Check(With(first, second)).Count(l => l.Code == "GW104").ShouldBe(expected ? 1 : 0);
    }

    [Theory]
    [InlineData("200 MW / 300 MW", "50 %", "GW105", "'it': 200 MW / 300 MW = 66.67 %, not 50 %: 33.3 % more than claimed")]
    [InlineData("1140 MW / 1700 MW", "67 %", null, "")]
    [InlineData("1140 MW / 1700 MW", "0.67 %", "GW107", "'it': 1140 MW / 1700 MW = 67.06 %, not 0.67 %: 9,909 % more than claimed, a factor of 100")]
    [InlineData("1140 MW / 1700 WM", "67 %", "GW106", "'it': the formula '1140 MW / 1700 WM' cannot be worked out: column 16: expected a unit or an operator, found 'WM'; did you mean 'W'?")]
    [InlineData("1140 MW / 1700 MW", "67 MW", "GW106", "'it': 1140 MW / 1700 MW = 0.6706, a plain number; the value claimed, 67 MW, is a power")]
    public void Arithmetic_that_does_not_follow_is_told(string formula, string value, string? code, string what)
    {
        var lints = Check(With(new ClaimSpec { Says = "it", Formula = formula, Value = value, Comparison = Comparison.Equal }));
        if (code is null) { lints.ShouldBeEmpty(); }
        else { lints.ShouldHaveSingleItem().ShouldSatisfyAllConditions(l => l.Code.ShouldBe(code), l => l.What.ShouldBe(what)); }
    }

    [Fact]
    public void A_claim_of_a_share_that_would_hold_for_anything_larger_is_told()
    {
        ClaimSpec half = new() { Says = "almost half", Formula = "200 MW / 300 MW", Value = "50 %", Comparison = Comparison.AtLeast };
        Check(With(half)).Only("GW108").What.ShouldBe("'almost half': 200 MW / 300 MW = 66.67 %, at least the 50 % claimed: 33.3 % more than claimed");
        Check(With(half with { Value = "65 %" })).ShouldLack("GW108");
    }

    [Fact]
    public void A_value_that_measures_something_else_is_told()
    {
        ClaimSpec claim = new() { Says = "67 %", Measure = Measure.LiveItPower, Value = "67 %" };
        Check(With(claim)).Only("GW106").What.ShouldBe("'67 %': 67 % is a plain number, but live_it_power is a power");
        Check(With(claim with { Value = "67 MW" })).ShouldLack("GW106");
    }

    [Fact]
    public void A_day_outside_the_run_is_told()
    {
        ClaimSpec claim = new() { Says = "later", Measure = Measure.LiveGpus, Value = "7000", On = new DateOnly(2027, 1, 1) };
        Check(With(claim)).Only("GW109").What.ShouldBe("'later' speaks of 2027-01-01, the run of 2026-01-01 to 2026-12-31");
        Check(With(claim with { On = Midwinter })).ShouldLack("GW109");
    }

    [Theory]
    [InlineData("110,000 GB200 NVL72 systems", true)]
    [InlineData("30,000 台 GB200 NVL72", true)]
    [InlineData("30,000 GB200 NVL72 GPUs", false)]
    [InlineData("57 units of 16 MW", false)]
    public void A_counting_word_beside_a_racks_name_is_told(string says, bool expected) =>
        Check(With(new ClaimSpec { Says = says, Measure = Measure.InstalledGpus, Value = "110,000" }))
            .Count(l => l.Code == "GW203").ShouldBe(expected ? 1 : 0);

    [Theory]
    [InlineData("1 GW", "110,000", true)]    // 9.1 kW for each
    [InlineData("200 MW", "110,000", false)] // 1.8 kW
    [InlineData("20 MW", "110,000", true)]   // 0.18 kW
    public void Power_and_GPUs_of_one_party_and_day_must_fit(string power, string gpus, bool expected)
    {
        ClaimSpec mw = new() { Says = "power", By = "operator", On = Midwinter, Measure = Measure.LiveItPower, Basis = PowerBasis.It, Value = power };
        ClaimSpec count = new() { Says = "GPUs", By = "operator", On = Midwinter, Measure = Measure.InstalledGpus, Value = gpus };
        Check(With(mw, count)).Count(l => l.Code == "GW204").ShouldBe(expected ? 1 : 0);
    }

    [Theory]
    [InlineData("200 MW / 110,000 GPUs", "1.8 kW", false)]
    [InlineData("1.2 GW / 110,000 GPUs", "10.9 kW", true)]
    public void A_formula_of_power_per_GPU_must_be_that_of_a_machine(string formula, string value, bool expected) =>
        Check(With(new ClaimSpec { Says = "each", Formula = formula, Value = value })).Count(l => l.Code == "GW204").ShouldBe(expected ? 1 : 0);
}
