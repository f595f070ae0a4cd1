using Gigawatt.Economics;
using Gigawatt.Numerics;
using Gigawatt.Scenarios;
using Gigawatt.Scenarios.Linting;
using static Gigawatt.Tests.Scenarios.Linting.SmallCampus;

namespace Gigawatt.Tests.Scenarios.Linting;

public sealed class EvidenceLintsTests
{
    private static readonly LintFact Sourced = new("power.gas_turbines[0].count", Grade.B, "mdeq", 12, 5);
    private static readonly LintFact Bare = new("compute.racks[0].count", Grade.E, null, 20, 5);

    [Fact]
    public void Values_without_a_source_are_counted_and_the_first_named()
    {
        var lints = Check(
            Sound, Sourced, Bare,
            new LintFact("compute.racks[0].name", Grade.E, null, 19, 5),                     // a name needs none
            new LintFact("power.gas_turbines[0].derate", Grade.E, "the default", 0, 0),      // a default is not written
            new LintFact("claims[0].value", Grade.E, null, 90, 5));                          // a claim is what is tested
        Lint lint = lints.Only("GW601");
        (lint.Line, lint.What).ShouldBe((20, "1 of 2 written values have no source: compute.racks[0].count"));
        Check(Sound, Sourced).ShouldLack("GW601");
    }

    [Fact]
    public void Deciding_inputs_that_are_mostly_assumed_are_told()
    {
        LintFact date = new("compute.racks[0].delivered[0].on", Grade.E, "plan", 22, 5);
        Check(Sound, Sourced, Bare, date).Only("GW602").What.ShouldBe("2 of 3 counts and dates that decide the headline are assumptions (grade E)");
        Check(Sound, Sourced, Bare).ShouldLack("GW602");
    }

    [Fact]
    public void A_source_that_nothing_uses_and_one_that_is_declared_twice_are_told()
    {
        var lints = Lints.Check(
            Sound, [Sourced],
            [new LintSource("mdeq", "Permit hearing"), new LintSource("mdeq-2", "permit hearing "), new LintSource("press", "A paper")]);
        lints.Where(l => l.Code == "GW603").Select(l => l.Path).ShouldBe(["sources.mdeq-2", "sources.press"]);
        lints.Only("GW604").What.ShouldBe("'Permit hearing' is declared as 'mdeq' and 'mdeq-2'");
        Lints.Check(Sound, [Sourced], [new LintSource("mdeq", "Permit hearing")]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("X Corp", "GW701", "'X Corp', a related party, pays 365 MUSD a year for 'run'")]
    [InlineData("JV", "GW701", "'JV', of which the operator owns 49.9 %, pays 365 MUSD a year for 'run'")]
    [InlineData("operator", "GW701", "'operator', the operator itself, pays 365 MUSD a year for 'run'")]
    [InlineData("somebody", "GW702", "'somebody' pays 365 MUSD a year for 'run'")]
    [InlineData("Anthropic", null, "")]
    public void Rent_within_the_group_is_told(string tenant, string? code, string what)
    {
        Scenario scenario = Sound with
        {
            Economics = new EconomicsSpec
            {
                // 1 MUSD a day: 365.25 MUSD a year.
                Rentals = [new RentalSpec { Tenant = tenant, Job = "run", RentUsdPerS = 1e6 / 86400 }],
                Parties = [new() { Name = "X Corp", Related = true }, new() { Name = "JV", OwnedFraction = 0.499 }, new() { Name = "Anthropic" }],
            },
        };
        var lints = Check(scenario);
        if (code is null) { lints.ShouldBeEmpty(); }
        else { lints.Only(code).What.ShouldBe(what); }
    }
}
