using System.Text.Json;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Studies;
using Gigawatt.Tests.Conventions;

namespace Gigawatt.Tests.Studies;

public sealed class BatteryStudyTests
{
    private static readonly string Example = Path.Combine(Repository.Root, "studies", "battery-wear.yaml");

    [Fact]
    public void The_example_has_the_published_throughput()
    {
        // 0.7 × 0.3 × 400 MW = 84 MW; × 8,760 h = 735.8 GWh; / 405.6 MWh = 1,814; 84 × (1/0.9592² − 1) = 7.3 MW.
        BatteryAnswer data = Data(Example);
        data.MeanDischargeMw.ShouldBe(84, 1e-9);
        data.ThroughputMwhPerYear.ShouldBe(735_840, 1e-3);
        data.EquivalentFullCyclesPerYear.ShouldBe(1814.2, 0.05);
        data.MeanLossMw.ShouldBe(7.298, 0.001);
        data.NeededMw.ShouldBe(280 / (0.9592 * 0.9592), 0.001);
        data.ShortOfMw.ShouldBe(data.NeededMw - 104 * 1.927, 1e-9);
        data.Duties[0].CyclesPerYear.ShouldBe(10_512_000, 1e-3);
        data.DeepestCycleFraction.ShouldBe(0.07 / 0.9592 / 405.6, 1e-9);
    }

    [Fact]
    public void A_counter_of_full_cycles_condemns_it_in_five_years_and_wear_that_knows_depth_does_not()
    {
        BatteryAnswer data = Data(Example);
        data.CounterLifeYears!.Value.ShouldBe(10_000 / (1814.2 / 0.9592), 0.01);       // 5.3 years
        data.ReoptLifeYears!.Value.ShouldBeInRange(3.5, 5.5);
        data.LowLifeYears!.Value.ShouldBeInRange(15, 20);
        data.HighLifeYears!.Value.ShouldBeInRange(data.LowLifeYears.Value, 20.01);
        data.InsideFit.ShouldBeFalse();
        data.OutsideFit.ShouldContain("fitted at 80 to 100 %");
        data.BlastLifeYears.ShouldBeNull();
    }

    [Fact]
    public void Deep_daily_cycles_lie_inside_the_fit_and_BLAST_Lite_answers_with_one_number()
    {
        string file = Written(
            """
            name: nightly
            model: megapack-2xl
            count: 100
            wear: { law: blast_lfp }
            duties: [ { name: nightly, charge: [95 %, 10 %] } ]
            """);
        BatteryAnswer data = Data(file);
        data.InsideFit.ShouldBeTrue();
        data.OutsideFit.ShouldBeEmpty();
        data.CellFullCyclesPerYear.ShouldBe(0.85 * 365, 1e-9);
        data.DeepestCycleFraction.ShouldBe(0.85, 1e-12);
        data.LowLifeYears.ShouldBe(data.HighLifeYears);
        data.Years[1].LowCapacityFraction.ShouldBe(data.Years[1].BlastCapacityFraction!.Value, 1e-12);
        data.Years[1].LowCapacityFraction.ShouldBeInRange(0.9, 0.99);
        data.Depths.ShouldHaveSingleItem().CyclesPerYear.ShouldBe(365, 1e-9);
    }

    [Fact]
    public void A_history_counts_its_cycles_by_depth_and_duties_add_up()
    {
        // Once a day 90 → 50 → 60 → 40 → 90 %: one cycle of 50 %, one of 10 %.
        string file = Written(
            """
            name: both
            capacity: 4 MWh
            rated: 2 MW
            count: 10
            duties:
              - { name: day, charge: [60 %, 40 %, 90 %, 50 %] }
              - { name: wave, wave: { high: 20 MW, low: 10 MW, period: 60 s, active: 1000 h } }
            """);
        BatteryAnswer data = Data(file);
        data.Duties.Sum(duty => duty.ThroughputMwhPerYear).ShouldBe(data.ThroughputMwhPerYear, 1e-6);
        data.Duties[0].CyclesPerYear.ShouldBe(730, 1e-9);
        data.Duties[0].ThroughputMwhPerYear.ShouldBe(0.6 * 40 * 365 * 0.9591663, 0.01);
        data.Duties[1].ThroughputMwhPerYear.ShouldBe(2.1 * 1000, 1e-6);
        data.Depths.Sum(depth => depth.CyclesPerYear).ShouldBe(730 + 60_000, 1e-6);
        data.LowCostUsdPerYear.ShouldBeNull();                             // no price of a block is given
    }

    [Fact]
    public void The_built_study_answers_with_its_contract()
    {
        Cli.Outcome outcome = Cli.Gw.Run("study", "battery", Example, "--json");
        outcome.Err.ShouldBeEmpty();
        outcome.Code.ShouldBe(0);
        JsonElement data = JsonDocument.Parse(outcome.Out).RootElement;
        foreach (string key in new[]
        {
            "name", "throughput_mwh_per_year", "equivalent_full_cycles_per_year", "low_life_years", "high_life_years", "counter_life_years", "inside_fit",
            "low_cost_usd_per_mwh", "mean_loss_mw",
        })
        {
            data.TryGetProperty(key, out _).ShouldBeTrue(key);
        }
        data.GetProperty("law").GetString().ShouldBe("depth");
        data.GetProperty("years").GetArrayLength().ShouldBe(26);
        data.GetProperty("depths")[0].GetProperty("cycles_per_year").GetDouble().ShouldBe(10_512_000, 1e-3);
    }

    [Fact]
    public void Pictures_and_finding_say_the_numbers()
    {
        StudyAnswer answer = BatteryStudy.Definition.Answer(Example, []);
        answer.Finding.ShouldStartWith("The duty moves 736 GWh and 1,814 equivalent full cycles a year: 80 % of the capacity is left after ");
        answer.Finding.ShouldEndWith("; a counter that knows no depth says 5.29 years.");
        answer.Charts.Count.ShouldBe(3);
        answer.Charts.ShouldAllBe(chart => chart.Series.All(series => series.X.Count == series.Y.Count));
        answer.Remarks[0].ShouldContain("158 blocks would give it");
    }

    [Theory]
    [InlineData("count: 104", "count: -4", "7:8: count: expected a count of 1 or more, found '-4'")]
    [InlineData("full_cycles: 10000", "full_cycles: -5", "full_cycles: expected a count of 1 or more, found '-5'")]
    [InlineData("full_cycles: 10000", "calendar_life: 0 years", "calendar_life: expected more than 0 years, found '0 years'")]
    [InlineData("one_way_efficiency: 95 %", "one_way_efficiency: 104 %", "4:21: one_way_efficiency: expected more than 0 % and at most 100 %, found '104 %'")]
    [InlineData("one_way_efficiency: 95 %", "reserve_charge: 95 %", "4:17: reserve_charge: expected less than the target charge, found 95 % with a target of 90 %")]
    [InlineData("one_way_efficiency: 95 %", "roles: [{ role: bridge, hold: 80 % }]", "4:8: roles: expected at most 70 % held")]
    [InlineData("one_way_efficiency: 95 %", "roles: [{ role: peak_shaving, hold: 10 % }]", "above: expected the power of the bus above which peaks are shaved")]
    [InlineData("low: 600 MW", "low: 1200 MW", "low: expected less than the high power, found 1200 MW with a high of 1000 MW")]
    [InlineData("low: 600 MW", "low: 600 MW, edge: 2 s", "edge: expected at most 0.9 s")]
    [InlineData("low: 600 MW", "low: 0 MW, duty: 50 %, period: 6 h", "expected a swing that fits into the 405.6 MWh of the blocks")]
    [InlineData("name: a, wave", "name: a, charge: [50 %], wave", "duties[0]: expected either a 'wave' or states of 'charge', found both")]
    [InlineData("name: a, wave: { high: 1000 MW, low: 600 MW, period: 3 s }", "name: a, charge: [150 %, 20 %]", "150 %")]
    public void Bad_input_is_named_with_its_place(string good, string bad, string expected)
    {
        const string text =
            """
            name: bad
            capacity: 3.9 MWh
            rated: 1.9 MW
            one_way_efficiency: 95 %
            wear:
              full_cycles: 10000
            count: 104
            duties:
              - { name: a, wave: { high: 1000 MW, low: 600 MW, period: 3 s } }
            """;
        text.ShouldContain(good);
        string file = Written(text.Replace("period: 3 s", bad.Contains("period", StringComparison.Ordinal) ? "edge: 0 s" : "period: 3 s", StringComparison.Ordinal)
            .Replace(good, bad, StringComparison.Ordinal));
        ScenarioException wrong = Should.Throw<ScenarioException>(() => BatteryStudy.Definition.Answer(file, []));
        wrong.Message.ShouldContain(expected);
        wrong.Problems.ShouldAllBe(problem => problem.Line > 0 && problem.Column > 0);
    }

    private static BatteryAnswer Data(string file) => (BatteryAnswer)BatteryStudy.Definition.Answer(file, []).Data;

    private static string Written(string text)
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("battery-").FullName, "battery.yaml");
        File.WriteAllText(file, text + "\n");
        return file;
    }
}
