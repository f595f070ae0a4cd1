namespace Gigawatt.Tests.GoldenScenarios;

/// <summary>What a reviewer is shown when a number has moved.</summary>
public sealed class ExpectationTests
{
    [Fact]
    public void A_number_that_moved_too_far_is_shown_as_lines_to_paste() =>
        Of("100", 0.001).Difference(Of("100.2", 0.001)).ReplaceLineEndings("\n").ShouldBe(
            "-  it_energy_mwh: { value: 100, tolerance: 0.001, why: \"a sum\" }\n"
            + "+  it_energy_mwh: { value: 100.2, tolerance: 0.001, why: \"a sum\" }\n");

    [Fact]
    public void A_number_within_its_tolerance_is_not_shown() => Of("100", 0.001).Difference(Of("100.09", 0.001)).ShouldBeEmpty();

    [Fact]
    public void A_month_that_is_bound_by_something_else_is_shown()
    {
        Expectation was = Of("1", 0);
        Expectation now = Of("1", 0);
        was.Binding["2026-05"] = "power, 300.0 MW, then cooling";
        now.Binding["2026-05"] = "cooling, 290.0 MW, then power";
        was.Difference(now).ReplaceLineEndings("\n").ShouldBe(
            "-  2026-05: power, 300.0 MW, then cooling\n+  2026-05: cooling, 290.0 MW, then power\n");
    }

    [Fact]
    public void Every_shipped_expectation_is_of_a_shipped_scenario() => Directory.EnumerateFiles(ScenarioRuns.Folder, "*.expected.yaml")
        .Where(file => !File.Exists(file.Replace(".expected.yaml", ".yaml", StringComparison.Ordinal)))
        .ShouldBeEmpty();

    private static Expectation Of(string energy, double tolerance) => new()
    {
        Headline = new() { ["it_energy_mwh"] = new ExpectedNumber { Value = energy, Tolerance = tolerance, Why = "a sum" } },
    };
}
