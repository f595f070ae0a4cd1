using System.Text.Json;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Studies;
using Gigawatt.Tests.Cli;

namespace Gigawatt.Tests.Studies;

public sealed class AdequacyStudyTests : TemporaryFolder
{
    private const string Unit = "units:\n  - { name: a, count: 3, rated: 10 MW, mttf: 900 h, mttr: 100 h }\n";

    private static string Example(string name) => Path.Combine(Gw.Root, "studies", name);

    [Fact]
    public void The_program_answers_with_the_contract()
    {
        Outcome outcome = Gw.Run("study", "adequacy", "studies/rts-79.yaml", "--json", "--set", "monte_carlo.years=2000");
        outcome.Code.ShouldBe(0, outcome.Err);
        JsonElement data = JsonDocument.Parse(outcome.Out).RootElement;
        data.GetProperty("lole_h_per_year").GetDouble().ShouldBe(9.394175, 1e-6);
        data.GetProperty("lole_days_per_year").GetDouble().ShouldBe(1.368863, 1e-6);
        data.GetProperty("eens_mwh_per_year").GetDouble().ShouldBe(1176.2985, 1e-4);
        data.GetProperty("lolp_at_peak").GetDouble().ShouldBe(0.0845781, 1e-7);
        data.GetProperty("eue_ppm").GetDouble().ShouldBe(1176.2985 / 15.2970747, 1e-3);
        data.GetProperty("loss_frequency_per_year").GetDouble().ShouldBeGreaterThan(1);
        data.GetProperty("mean_duration_h").GetDouble().ShouldBeGreaterThan(1);
        data.GetProperty("outage_table").GetArrayLength().ShouldBeGreaterThan(100);
        JsonElement simulated = data.GetProperty("monte_carlo");
        simulated.GetProperty("years").GetInt32().ShouldBe(2000);
        Math.Abs(simulated.GetProperty("lole_h_per_year").GetDouble() - 9.394175).ShouldBeLessThan(3 * simulated.GetProperty("standard_error").GetDouble());
    }

    [Theory]
    [InlineData("15 °C", 40)]
    [InlineData("35 °C", 45)]
    public void Five_nines_take_so_many_turbines(string inlet, int expected)
    {
        StudyAnswer answer = AdequacyStudy.Definition.Answer(Example("five-nines.yaml"), [$"inlet={inlet}"]);
        ((AdequacyAnswer)answer.Data).UnitsNeeded.ShouldBe(expected);
        answer.Finding.ShouldContain($"takes {expected} units");
        answer.Charts.Count.ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public void A_common_cause_puts_the_target_out_of_reach() =>
        AdequacyStudy.Definition.Answer(Example("five-nines.yaml"), ["units[0].common_cause=1 %"]).Finding.ShouldContain("no number of units");

    [Fact]
    public void A_peak_above_all_that_stands_is_reported_and_answered()
    {
        StudyAnswer answer = Asked(Unit + "load: { constant: 40 MW }\n");
        ((AdequacyAnswer)answer.Data).LolpAtPeak.ShouldBe(1);
        ((AdequacyAnswer)answer.Data).EensMwhPerYear.ShouldBe(8760 * (10 + 3), 1e-6);
        answer.Remarks.ShouldContain(remark => remark.Contains("above the 30 MW", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("units: []\nload: { constant: 40 MW }\n", "", "units: expected one generating unit or more, found an empty list")]
    [InlineData("units:\n  - { name: a, rated: 10 MW, mttf: -900 h, mttr: 100 h }\nload: { constant: 40 MW }\n", ":3:36", "units[0].mttf: expected more than 0 h, found '-900 h'")]
    [InlineData("units:\n  - { name: a, rated: 10 MW, forced_outage_rate: 100 % }\nload: { constant: 40 MW }\n", ":3:50", "less than 100 %, found '100 %'")]
    [InlineData("units:\n  - { name: a, rated: 10 MW, mttf: 900 h, mttr: 100 h, forced_outage_rate: 5 % }\nload: { constant: 40 MW }\n", ":3:76", "the 10 % that mttf 900 h and mttr 100 h give")]
    [InlineData("units:\n  - { name: a, rated: 10 MW, mttf: 900 h }\nload: { constant: 40 MW }\n", ":3:5", "a forced outage rate such as '4 %', or mttf and mttr")]
    [InlineData(Unit + "load: { hourly: [] }\n", "", "load.hourly: expected a load for every hour, found an empty list")]
    [InlineData(Unit + "load: { hourly: [1 MW, 2 MW, 3 MW] }\n", ":4:18", "load.hourly: expected whole days of 24 hours without a gap")]
    [InlineData(Unit + "load: { constant: 4 MW, peak: 5 MW }\n", ":4:19", "load: expected one of constant, hourly, or peak")]
    [InlineData(Unit + "load: { peak: 4 MW, weekly_peak_percent: [90, 100], daily_peak_percent: [1] }\n", ":4:", "daily_peak_percent: expected seven percents")]
    [InlineData(Unit + "load: { constant: 4 MW }\ntarget: { availability: 100 % }\n", ":5:25", "less than 100 %")]
    public void What_does_not_fit_is_shown_with_its_place(string text, string place, string words)
    {
        ScenarioException wrong = Should.Throw<ScenarioException>(() => Asked(text));
        string all = string.Join('\n', wrong.Problems.Select(problem => problem.ToString()));
        all.ShouldContain(words);
        all.ShouldContain("case.yaml" + place);
    }

    private StudyAnswer Asked(string text)
    {
        string file = Named("case.yaml");
        File.WriteAllText(file, "name: case\n" + text);
        return AdequacyStudy.Definition.Answer(file, []);
    }
}
