using Gigawatt.Numerics;
using Gigawatt.Scenarios.Linting;

namespace Gigawatt.Tests.Scenarios.Linting;

public sealed class LintsTests
{
    [Fact]
    public void A_sound_campus_has_no_findings() => SmallCampus.Check(SmallCampus.Sound).ShouldBeEmpty();

    [Fact]
    public void Codes_are_unique_and_every_rule_says_what_why_and_what_to_do()
    {
        LintRules.All.Count.ShouldBeGreaterThan(30);
        LintRules.All.Select(r => r.Code).ShouldBeUnique();
        foreach (LintRule rule in LintRules.All)
        {
            rule.Code.ShouldMatch("^GW[1-8]0[1-9]$");
            rule.Title.ShouldNotBeEmpty();
            rule.Why.ShouldEndWith(".");
            rule.Remedy.ShouldEndWith(".");
        }
    }

    [Fact]
    public void Every_rule_stands_in_the_documentation()
    {
        string text = File.ReadAllText(Path.Combine(Root(), "docs", "lints.md"));
        foreach (LintRule rule in LintRules.All)
        {
            text.ShouldContain($"| {rule.Code} | {(rule.Severity == LintSeverity.Note ? "note" : "warning")} | {rule.Title} | {rule.Why} | {rule.Remedy} |");
        }
    }

    [Fact]
    public void A_finding_points_at_its_value_or_at_the_nearest_key_above()
    {
        LintRule rule = LintRules.NoBasis;
        LintList lints = new([
            new LintFact("claims[0].says", Grade.B, "s", 40, 5),
            new LintFact("claims[1].says", Grade.B, "s", 44, 5),
            new LintFact("claims[1].value", Grade.B, "s", 46, 12),
            new LintFact("claims[10].value", Grade.B, "s", 90, 12),
        ]);
        lints.Add(rule, "claims[1].value", "exact");
        lints.Add(rule, "claims[1]", "first below");
        lints.Add(rule, "claims[0].basis", "not written: the claim's first line");
        lints.Add(rule, "power.batteries", "nothing near");
        lints.Ordered().Select(l => (l.What, l.Line, l.Column)).ShouldBe([
            ("nothing near", 0, 0), ("not written: the claim's first line", 40, 5), ("first below", 44, 5), ("exact", 46, 12),
        ]);
    }

    [Fact]
    public void A_finding_reads_as_a_line()
    {
        Lint lint = new(LintRules.UnusedSource, "sources.mdeq", 12, 3, "'mdeq' supports no value");
        lint.ToString().ShouldBe(
            "12:3: note GW603: sources.mdeq: 'mdeq' supports no value. Readers take it for support that is not there. "
            + "Refer to it from a value, or remove it.");
    }

    private static string Root()
    {
        string at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "Gigawatt.slnx"))) { at = Path.GetDirectoryName(at)!; }
        return at;
    }
}
