using System.Text.Json;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Studies;
using Gigawatt.Tests.Cli;

namespace Gigawatt.Tests.Studies;

public sealed class TorsionStudyTests : TemporaryFolder
{
    private static readonly string Example = Path.Combine(Gw.Root, "studies", "ieee-first-benchmark.yaml");

    [Fact]
    public void The_example_answers_with_the_contract()
    {
        StudyAnswer answer = TorsionStudy.Definition.Answer(Example, []);
        using JsonDocument json = JsonDocument.Parse(answer.Json());
        JsonElement root = json.RootElement;
        root.GetProperty("modes").GetArrayLength().ShouldBe(5);
        root.GetProperty("modes")[0].GetProperty("frequency_hz").GetDouble().ShouldBe(15.71, 0.005);
        root.GetProperty("waves").GetArrayLength().ShouldBe(5);
        root.GetProperty("worst_torque_pu").GetDouble().ShouldBeGreaterThan(0);
        root.GetProperty("yearly_life_fraction").GetDouble().ShouldBeGreaterThanOrEqualTo(0);
        answer.Finding.ShouldContain("15.71, 20.21, 25.55, 32.28, 47.46 Hz");
        answer.Charts.Count.ShouldBe(3);
        answer.Charts.ShouldAllBe(chart => chart.Title.EndsWith('.') && chart.Series.All(series => series.X.Count == series.Y.Count));
    }

    [Fact]
    public void The_geared_example_answers_too() =>
        TorsionStudy.Definition.Answer(Path.Combine(Gw.Root, "studies", "geared-turbine-38mw.yaml"), []).Finding.ShouldContain("swings at 1");

    [Theory]
    [InlineData("stiffness: 2.822 pu/rad", "stiffness: -2.822 pu/rad", ":24:38: ", "more than 0 pu/rad")]
    [InlineData("  - { from: GEN, to: EXC, stiffness: 2.822 pu/rad }\n", "", ":18:", "joins 'EXC'")]
    [InlineData("to: EXC,", "to: EXX,", ":24:", "did you mean 'EXC'?")]
    [InlineData("inertia: 0.092897 s", "inertia: 0 s", ":13:", "more than 0 s")]
    [InlineData("generator: GEN", "generator: MOTOR", ":25:", "MOTOR")]
    public void A_mistake_is_named_with_its_place(string piece, string instead, string place, string words)
    {
        string text = File.ReadAllText(Example);
        text.ShouldContain(piece);
        string path = Named("wrong.yaml");
        File.WriteAllText(path, text.Replace(piece, instead, StringComparison.Ordinal));
        ScenarioException wrong = Should.Throw<ScenarioException>(() => TorsionStudy.Definition.Answer(path, []));
        wrong.Message.ShouldContain($"wrong.yaml{place}");
        wrong.Message.ShouldContain(words);
    }
}
