using System.Text.Json;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Studies;
using Gigawatt.Tests.Cli;

namespace Gigawatt.Tests.Studies;

public sealed class FaultStudyTests : TemporaryFolder
{
    private static readonly string Example = Path.Combine(Gw.Root, "studies", "feeder-fault.yaml");

    [Fact]
    public void The_built_program_answers_the_example_with_the_contract()
    {
        Outcome outcome = Gw.Run("study", "fault", Example, "--json", "--set", "run=5 s");
        outcome.Code.ShouldBe(0, outcome.Err);
        using JsonDocument json = JsonDocument.Parse(outcome.Out);
        JsonElement root = json.RootElement;
        root.GetProperty("verdict").GetString().ShouldBe("stable");
        root.GetProperty("load_mw").GetDouble().ShouldBe(896);
        root.GetProperty("cleared_at_s").GetDouble().ShouldBeInRange(1.05, 1.3);
        root.GetProperty("highest_hz").GetDouble().ShouldBeGreaterThan(61);
        root.GetProperty("worst_imbalance_mw").GetDouble().ShouldBeLessThan(1e-5);
        root.GetProperty("most_inverter_current_factor").GetDouble().ShouldBeLessThan(1.001);
        root.GetProperty("halls").GetArrayLength().ShouldBe(8);
        root.GetProperty("halls")[0].GetProperty("racks_stopped").GetBoolean().ShouldBeFalse();
        root.GetProperty("halls")[4].GetProperty("racks_stopped").GetBoolean().ShouldBeTrue();
        root.GetProperty("curves")[0].GetProperty("complies").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public void A_UPS_that_does_not_count_and_walks_in_at_once_meets_the_rule_of_Texas()
    {
        string text = File.ReadAllText(Example).Replace("ups: { retransfer: 10 s, walk_in: 15 s }", "ups: { retransfer: 0.1 s, walk_in: 0.5 s, count_limit: 0 }", StringComparison.Ordinal);
        for (int h = 5; h <= 8; h++)
        {
            text = text.Replace($"bus: hall-{h}, load: 112 MW }}", $"bus: hall-{h}, load: 112 MW, ups: {{ retransfer: 0.1 s, walk_in: 0.5 s, count_limit: 0 }} }}", StringComparison.Ordinal);
        }
        string path = Named("better.yaml");
        File.WriteAllText(path, text);
        StudyAnswer answer = FaultStudy.Definition.Answer(path, ["run=8 s"]);
        FaultAnswer data = answer.Data.ShouldBeOfType<FaultAnswer>();
        data.Curves[0].Complies.ShouldBe(true, string.Join("; ", data.Curves[0].Breaches));
        data.EndLeftMw.ShouldBe(112, 1);            // hall 8 has lost its only feeder
        answer.Charts.Count.ShouldBe(3);
        answer.Charts.ShouldAllBe(chart => chart.Series.All(series => series.X.Count == series.Y.Count));
    }

    [Fact]
    public void The_boundary_of_generators_says_from_when_on_they_may_trip()
    {
        FaultAnswer cleared = FaultStudy.Definition.Answer(Example, ["run=2 s"]).Data.ShouldBeOfType<FaultAnswer>();
        cleared.Generators.Count.ShouldBe(2);
        cleared.Generators.ShouldAllBe(one => one.LowestPu < 1 && one.HighestPu >= one.LowestPu);
        // A sag below 0.99 pu that may last no time at all lets them trip in the first step of the fault.
        FaultAnswer strict = FaultStudy.Definition.Answer(Written(File.ReadAllText(Example).Replace(
            "generators: prc-024-3 ", "generators: { title: strict, sags: [ { below: 0.99 pu, duration: 0 s } ] } ", StringComparison.Ordinal), "strict.yaml"), ["run=2 s"]).Data.ShouldBeOfType<FaultAnswer>();
        strict.Generators.ShouldAllBe(one => one.MayTripAtS >= 1 && one.MayTripAtS < 1.05);
    }

    [Theory]
    [InlineData("fault: { branch: feeder-8", "fault: { branch: feeder-9", ":48:18: ", "did you mean 'feeder-")]
    [InlineData("at: 50 %, start: 1 s }", "at: 150 %, start: 1 s }", ":48:32: ", "0 % to 100 %")]
    [InlineData("start: 1 s }", "start: 1 s, cleared: 0.9 s }", ":48:59: ", "after the start of the fault at 1 s")]
    [InlineData("reactance: 0.02 pu }", "reactance: 0 pu }", ":24:53: ", "an impedance above 0")]
    [InlineData("[ercot-nogrr282,", "[ercot-nogrr228,", ":49:10: ", "did you mean 'ercot-nogrr282'?")]
    [InlineData("  - { name: feeder-7, from: south, to: hall-7, resistance: 0.002 pu, reactance: 0.01 pu, relay: { pickup: 3 kA } }\n", "", ":21:13: ", "island")]
    [InlineData("curves: [ercot-nogrr282,", "curves: [{ title: own, sags: [{ below: 0.9 pu, duration: 1 s }, { below: 0.5 pu, duration: 2 s }] },", ":49:30: ", "do not grow with depth")]
    public void A_mistake_is_named_with_its_place(string piece, string instead, string place, string words)
    {
        string text = File.ReadAllText(Example);
        text.ShouldContain(piece);
        string path = Named("wrong.yaml");
        File.WriteAllText(path, text.Replace(piece, instead, StringComparison.Ordinal));
        ScenarioException wrong = Should.Throw<ScenarioException>(() => FaultStudy.Definition.Answer(path, []));
        wrong.Message.ShouldContain($"wrong.yaml{place}");
        wrong.Message.ShouldContain(words);
    }

    private string Written(string text, string name)
    {
        string path = Named(name);
        File.WriteAllText(path, text);
        return path;
    }
}
