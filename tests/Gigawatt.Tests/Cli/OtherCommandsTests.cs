using System.Text.Json;

namespace Gigawatt.Tests.Cli;

/// <summary>Two runs that differ in one input, for the commands that read runs.</summary>
public sealed class TwoRuns : TemporaryFolder
{
    public TwoRuns()
    {
        foreach ((string name, string count) in (ReadOnlySpan<(string, string)>)[("eight", "8"), ("six", "6")])
        {
            Gw.Run(
                "run", Gw.Island, "--from", "2026-07-01", "--to", "2026-07-02", "--set", $"power.gas_turbines[0].count={count}", "--quiet",
                "--out", Named(name)).Code.ShouldBe(0);
        }
    }
}

public sealed class OtherCommandsTests(TwoRuns runs) : IClassFixture<TwoRuns>
{
    [Theory]
    [InlineData("--help", "a digital twin of gigawatt AI training campuses", "./gw run scenarios/island-100mw.yaml")]
    [InlineData("run --help", "--set <path=value>", "./gw run scenarios/island-100mw.yaml --to 2026-03-31 --set power.gas_turbines[0].count=6")]
    [InlineData("export --help", "--columns <name,name>", "./gw export runs/six --csv")]
    public void Help_says_what_it_is_and_shows_lines_to_try(string words, string says, string example)
    {
        Outcome outcome = Gw.Run(words.Split(' '));
        outcome.Code.ShouldBe(0);
        outcome.Err.ShouldBeEmpty();
        outcome.Out.ShouldContain(says);
        outcome.Out.ShouldContain("Examples:");
        outcome.Out.ShouldContain(example);
        outcome.Out.ShouldContain("Exit codes: 0 done, 1 failed or interrupted, 2 bad input, 3 a check was not met.");
    }

    [Fact]
    public void Without_any_word_it_shows_its_help_and_calls_that_bad_input()
    {
        Outcome outcome = Gw.Run();
        outcome.Code.ShouldBe(2);
        outcome.Out.ShouldContain("Examples:");
    }

    [Fact]
    public void Version_is_one_line() => Gw.Run("--version").Out.ShouldMatch(@"^\d+\.\d+\.\d+\S*\n$");

    [Fact]
    public void Check_passes_what_can_be_run_and_strict_minds_warnings()
    {
        Outcome good = Gw.Run("check", Gw.Island, "--run");
        good.Code.ShouldBe(0);
        good.Err.ShouldBeEmpty();
        good.Out.ShouldContain("Island 100 MW can be run;");
        good.Out.ShouldContain("; ledgers checked");
        string doubtful = runs.Island("doubtful.yaml", "    basis: facility", "    # basis: facility");
        Outcome warned = Gw.Run("check", doubtful);
        warned.Code.ShouldBe(0);
        warned.Out.ShouldContain("warning GW101");
        Gw.Run("check", doubtful, "--strict").Code.ShouldBe(3);
    }

    [Fact]
    public void Report_is_written_again_the_same()
    {
        Outcome outcome = Gw.Run("report", runs.Named("eight"), "--out", runs.Named("again.html"));
        (outcome.Code, outcome.Out, outcome.Err).ShouldBe((0, runs.Named("again.html") + "\n", ""));
        File.ReadAllText(runs.Named("again.html")).ShouldBe(File.ReadAllText(runs.Named("eight/report.html")));
    }

    [Fact]
    public void Compare_shows_headline_numbers_and_the_input_that_differs()
    {
        Outcome outcome = Gw.Run("compare", runs.Named("eight"), runs.Named("six"));
        outcome.Code.ShouldBe(0);
        outcome.Err.ShouldBeEmpty();
        outcome.Out.ShouldContain("it_energy_mwh");
        outcome.Out.ShouldMatch(@"power\.gas_turbines\[0\]\.count\s+8\s+6");
        Outcome json = Gw.Run("compare", runs.Named("eight"), runs.Named("six/run.db"), "--json");
        using JsonDocument document = JsonDocument.Parse(json.Out);
        document.RootElement.GetProperty("differing_inputs").EnumerateArray().Select(one => one.GetProperty("path").GetString())
            .ShouldContain("power.gas_turbines[0].count");
    }

    [Fact]
    public void Export_writes_rows_events_and_ledgers()
    {
        Outcome outcome = Gw.Run("export", runs.Named("eight"), "--csv", "--columns", "it_power_mw, facility_power_mw", "--every", "60", "--out", runs.Named("hourly.csv"));
        outcome.Code.ShouldBe(0);
        outcome.Err.ShouldBeEmpty();
        outcome.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe([runs.Named("hourly.csv"), runs.Named("hourly.events.csv"), runs.Named("hourly.ledgers.csv")]);
        string[] rows = File.ReadAllLines(runs.Named("hourly.csv"));
        rows[0].ShouldBe("time,it_power_mw,facility_power_mw");
        rows.Length.ShouldBe(1 + 48);   // two days of hourly means
        rows[1].ShouldStartWith("2026-07-01T00:00:00");
    }

    [Fact]
    public void A_column_that_does_not_exist_is_answered_with_those_that_do()
    {
        Outcome outcome = Gw.Run("export", runs.Named("eight"), "--columns", "it_powr_mw", "--out", runs.Named("none.csv"));
        outcome.Code.ShouldBe(1);
        outcome.Err.ShouldContain("the run has no column 'it_powr_mw'; did you mean 'it_power_mw'?");
    }

    [Fact]
    public void Catalog_lists_all_one_catalogue_and_one_entry()
    {
        Gw.Run("catalog").Out.ShouldContain("titan-350");
        Outcome turbines = Gw.Run("catalog", "turbines");
        turbines.Out.ShouldContain("smt-130");
        turbines.Out.ShouldNotContain("megapack");
        Outcome entry = Gw.Run("catalog", "titan-350");
        entry.Out.ShouldContain("38 MW");
        using JsonDocument json = JsonDocument.Parse(Gw.Run("catalog", "titan-350", "--json").Out);
        json.RootElement[0].GetProperty("model").GetString().ShouldBe("titan-350");
    }

    [Fact]
    public void Schema_is_JSON()
    {
        Outcome outcome = Gw.Run("schema");
        outcome.Code.ShouldBe(0);
        using JsonDocument schema = JsonDocument.Parse(outcome.Out);
        schema.RootElement.TryGetProperty("properties", out _).ShouldBeTrue();
    }
}
