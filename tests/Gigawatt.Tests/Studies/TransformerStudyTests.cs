using System.Text.Json;
using Gigawatt.Power.Networks;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Studies;
using Gigawatt.Tests.Cli;

namespace Gigawatt.Tests.Studies;

/// <summary>The study of a transformer under a load cycle: what a person can redo, and what cannot be.</summary>
public sealed class TransformerStudyTests : TemporaryFolder
{
    private static readonly string Example = Path.Combine(Gw.Root, "studies", "transformer.yaml");

    [Fact]
    public void The_built_program_answers_the_example()
    {
        Outcome outcome = Gw.Run("study", "transformer", Example, "--json");
        outcome.Code.ShouldBe(0, outcome.Err);
        JsonElement root = JsonDocument.Parse(outcome.Out).RootElement;
        root.GetProperty("hottest_c").GetDouble().ShouldBeInRange(100, 120);
        root.GetProperty("hottest_oil_c").GetDouble().ShouldBeLessThan(root.GetProperty("hottest_c").GetDouble());
        root.GetProperty("life_years").GetDouble().ShouldBe(180_000.0 / 8760 / root.GetProperty("ageing_factor").GetDouble(), 1e-9);
        root.GetProperty("intervals").GetArrayLength().ShouldBe(24);
    }

    [Fact]
    public void Rated_load_in_30_degrees_lives_twenty_and_a_half_years()
    {
        TransformerAnswer answer = Of("load: [100 %]", "air: [30 °C]");
        answer.HottestC.ShouldBe(110, 1e-9);                        // 30 + 55 + 25
        answer.AgeingFactor.ShouldBe(1, 1e-9);
        answer.LifeYears.ShouldBe(180_000.0 / 8760, 1e-6);          // 20.548
        answer.LargestScaleFactor.ShouldBe(1, 1e-5);
        answer.LargestPeakMva.ShouldBe(3, 1e-4);
    }

    [Fact]
    public void Ten_degrees_more_air_cost_two_thirds_of_the_life() =>
        // exp(15,000/383 − 15,000/393) = e^0.99657 = 2.709
        Of("load: [100 %]", "air: [40 °C]").LifeYears.ShouldBe(180_000.0 / 8760 / 2.709, 0.01);

    [Fact]
    public void The_largest_load_ages_normally_and_a_hundredth_more_does_not()
    {
        TransformerInput input = ScenarioReader.ReadFile<TransformerInput>(Example, Catalog.Embedded, []).Value;
        double scale = ((TransformerAnswer)TransformerStudy.Definition.Answer(Example, []).Data).LargestScaleFactor;
        TransformerCycle.AgeingFactor(TransformerCycle.Settled(input.Thermal, input.LoadFraction, input.AirC, 3600, scale)).ShouldBe(1, 1e-4);
        TransformerCycle.AgeingFactor(TransformerCycle.Settled(input.Thermal, input.LoadFraction, input.AirC, 3600, scale * 1.01)).ShouldBeGreaterThan(1.05);
    }

    [Fact]
    public void A_settled_cycle_does_not_know_where_it_begins()
    {
        double[] load = [0.5, 1.2, 1.2, 0.9], later = [1.2, 0.9, 0.5, 1.2], air = [20, 30, 35, 25], airLater = [35, 25, 20, 30];
        TransformerInterval[] one = TransformerCycle.Settled(new(), load, air, 6 * 3600), other = TransformerCycle.Settled(new(), later, airLater, 6 * 3600);
        for (int i = 0; i < 4; i++) { other[(i + 2) % 4].HotSpotC.ShouldBe(one[i].HotSpotC, 1e-6); }
        TransformerCycle.AgeingFactor(other).ShouldBe(TransformerCycle.AgeingFactor(one), 1e-6);
    }

    [Theory]
    [InlineData("rated: 3 MVA", "rated: -3 MVA", "rated: expected more than 0 MVA")]
    [InlineData("load: [88 %, 88 %,", "load: [-88 %, 88 %,", "load: expected loads from 0 to 300 % of the rating")]
    [InlineData("air: [26 °C,", "air: [", "air: expected one temperature, or one for each of the 24 loads, found 23")]
    [InlineData("oil_lag: 3 h", "oil_lag: 0 h", "thermal.oil_lag: expected more than 0")]
    public void A_bad_file_is_told_with_line_and_column(string piece, string instead, string says)
    {
        string text = File.ReadAllText(Example);
        text.ShouldContain(piece);
        string bad = Named("bad.yaml");
        File.WriteAllText(bad, text.Replace(piece, instead, StringComparison.Ordinal));
        ScenarioException wrong = Should.Throw<ScenarioException>(() => TransformerStudy.Definition.Answer(bad, []));
        wrong.Message.ShouldContain(says);
        wrong.Message.ShouldMatch(@"bad\.yaml:\d+:\d+: ");
    }

    private TransformerAnswer Of(params string[] lines)
    {
        string path = Named("one.yaml");
        File.WriteAllText(path, string.Join('\n', ["name: x", "rated: 3 MVA", .. lines]) + "\n");
        return (TransformerAnswer)TransformerStudy.Definition.Answer(path, []).Data;
    }
}
