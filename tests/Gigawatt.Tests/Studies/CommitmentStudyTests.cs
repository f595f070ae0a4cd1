using System.Text.Json;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Studies;
using Gigawatt.Tests.Cli;

namespace Gigawatt.Tests.Studies;

/// <summary><c>gw study commitment</c> as a program: the contract of its JSON, and what it says to bad files.</summary>
public sealed class CommitmentStudyTests : TemporaryFolder
{
    [Fact]
    public void Ten_units_answer_in_the_words_of_the_contract()
    {
        JsonElement answer = Answer("ten-units.yaml");
        answer.GetProperty("cost_usd").GetDouble().ShouldBe(563_938, 564);
        answer.GetProperty("gap_fraction").GetDouble().ShouldBeInRange(0, 0.01);
        answer.GetProperty("bound_usd").GetDouble().ShouldBeLessThan(563_938);
        answer.GetProperty("merit_order_cost_usd").GetDouble().ShouldBeGreaterThanOrEqualTo(answer.GetProperty("cost_usd").GetDouble());
        answer.GetProperty("unserved_mwh").GetDouble().ShouldBe(0);
        answer.GetProperty("least_margin_mw").GetDouble().ShouldBeGreaterThanOrEqualTo(0);
        JsonElement units = answer.GetProperty("units");
        units.GetArrayLength().ShouldBe(10);
        foreach (JsonElement unit in units.EnumerateArray())
        {
            unit.GetProperty("name").GetString().ShouldNotBeNullOrEmpty();
            unit.GetProperty("on").GetArrayLength().ShouldBe(unit.GetProperty("hours").GetInt32());
            unit.GetProperty("output_mw").GetArrayLength().ShouldBe(24);
            unit.GetProperty("starts").GetInt32().ShouldBeInRange(0, 3);
        }
        units.EnumerateArray().Sum(unit => unit.GetProperty("cost_usd").GetDouble()).ShouldBe(answer.GetProperty("cost_usd").GetDouble(), 1e-6);
    }

    [Fact]
    public void Three_units_answer_the_economic_dispatch()
    {
        JsonElement answer = Asked("three-units.yaml");
        answer.GetProperty("lambda_usd_per_mwh").GetDouble().ShouldBe(9.148263, 1e-6);
        answer.GetProperty("cost_usd").GetDouble().ShouldBe(8194.356, 1e-3);
        answer.GetProperty("is_proven_optimal").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public void A_year_of_forty_units_is_planned_and_its_gap_measured()
    {
        JsonElement answer = Asked("year-40-units.yaml");
        answer.GetProperty("units").GetArrayLength().ShouldBe(40);
        answer.GetProperty("gap_fraction").GetDouble().ShouldBeInRange(0, 0.01);
        answer.GetProperty("unserved_mwh").GetDouble().ShouldBe(0, 1e-6);
        answer.GetProperty("reserve_short_hours").GetInt32().ShouldBe(0);
    }

    [Theory]
    [InlineData("max: 400 MW", "max: 90 MW", "units[1].min: expected a minimum at or below the maximum, found 100 MW above 90 MW")]
    [InlineData("quadratic_fuel: 0.00194 MMBtu/MWh/MW", "quadratic_fuel: -0.00194 MMBtu/MWh/MW", "units[1].quadratic_fuel: expected 0 or more: each further MW may not cost less than the one before (convex)")]
    [InlineData("incremental_fuel: 7.85 MMBtu/MWh", "incremental_fuel: -7.85 MMBtu/MWh", "units[1].incremental_fuel: expected a cost that rises with output")]
    [InlineData("load: [850 MW]", "load: []", "load: expected the load of at least one hour, found an empty list")]
    [InlineData("max: 400 MW,", "max: 400 MW, min_up: 8 h, in_status: 3 h, maintenance: [{ from: 0 h, to: 4 h }],", "units[1].in_status: expected 8 h on before maintenance at hour 0, as the minimum time on asks, found 3 h")]
    [InlineData("load: [850 MW]", "load: [850 MW]\nbattery: { rated: 10 MW, capacity: 100 MWh, initial: 10 %, final: 90 % }", "battery.final: expected a charge that can be reached: at most")]
    [InlineData("max: 400 MW,", "max: 400 MW, fuel_line: est,", "units[1].fuel_line: expected no such key, as no fuel line is declared, found 'est'")]
    public void Bad_input_is_told_with_its_place(string piece, string instead, string says)
    {
        string text = File.ReadAllText(Path.Combine(Gw.Root, "studies", "three-units.yaml"));
        text.ShouldContain(piece);
        int at = text.IndexOf(piece, StringComparison.Ordinal);
        string path = Named("bad.yaml");
        File.WriteAllText(path, string.Concat(text.AsSpan(0, at), instead, text.AsSpan(at + piece.Length)));
        ScenarioException wrong = Should.Throw<ScenarioException>(() => CommitmentStudy.Definition.Answer(path, []));
        wrong.Message.ShouldContain(says);
        // An empty list has no line of its own.
        wrong.Message.ShouldMatch(instead.EndsWith("[]", StringComparison.Ordinal) ? @"bad\.yaml: " : @"bad\.yaml:\d+:\d+: ");
    }

    [Fact]
    public void Load_above_everything_is_an_answer_and_not_an_error()
    {
        StudyAnswer answer = CommitmentStudy.Definition.Answer(Path.Combine(Gw.Root, "studies", "three-units.yaml"), ["load[0]=1300 MW"]);
        answer.Failure.ShouldBeNull();
        ((CommitmentStudyAnswer)answer.Data).UnservedMwh.ShouldBe(100, 1e-9);
        answer.Finding.ShouldContain("100 MWh of load in 1 hours cannot be served");
    }

    private static JsonElement Answer(string file)
    {
        Outcome outcome = Gw.Run("study", "commitment", Path.Combine(Gw.Root, "studies", file), "--json");
        outcome.Code.ShouldBe(0, outcome.Err);
        return JsonDocument.Parse(outcome.Out).RootElement;
    }

    private static JsonElement Asked(string file) =>
        JsonDocument.Parse(CommitmentStudy.Definition.Answer(Path.Combine(Gw.Root, "studies", file), []).Json()).RootElement;
}
