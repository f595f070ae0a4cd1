namespace Gigawatt.Tests.Cli;

public sealed class BadCommandLineTests : TemporaryFolder
{
    [Theory]
    [InlineData("rn", "gw: expected a command (run, check, study, report, compare, export, catalog, schema), found 'rn'; did you mean 'run'?")]
    [InlineData("run", "gw run: expected a scenario file, such as scenarios/island-100mw.yaml, found nothing")]
    [InlineData("run x.yaml --too 2026-01-01", "gw run: expected an option, found '--too'; did you mean '--to'?")]
    [InlineData("run x.yaml --to", "gw run: --to: expected a value (yyyy-mm-dd) behind it, found nothing")]
    [InlineData("run x.yaml --to 2026-13-01", "gw run: --to: expected a date such as 2026-07-01, found '2026-13-01'")]
    [InlineData("run x.yaml --from 1.7.2026", "gw run: --from: expected a date such as 2026-07-01, found '1.7.2026'")]
    [InlineData("run x.yaml --seed seven", "gw run: --seed: expected a whole number such as 7, found 'seven'")]
    [InlineData("run x.yaml --step 7", "gw run: --step: expected a duration from 1 s to 1 h that divides a day, such as '1 min' or '15 min', found '7'")]
    [InlineData("run x.yaml --step 2days", "gw run: --step: expected a duration from 1 s to 1 h that divides a day, such as '1 min' or '15 min', found '2days'")]
    [InlineData("run x.yaml y.yaml", "gw run: expected nothing more, found 'y.yaml'")]
    [InlineData("compare x", "gw compare: expected two or more runs: folders or run.db files, found 'x' alone")]
    [InlineData("export x --every 0", "gw export: --every: expected a whole number of 1 or more, found '0'")]
    public void Says_what_was_expected_and_where_to_read_more(string words, string message)
    {
        Outcome outcome = Gw.Run(words.Split(' '));
        outcome.Code.ShouldBe(2);
        outcome.Out.ShouldBeEmpty();
        outcome.ErrLines[0].ShouldBe("error: " + message);
        outcome.ErrLines[^1].ShouldEndWith("--help' shows what it takes, with examples");
        outcome.ErrLines.Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("--to 2027-01-01", "error: --from and --to: expected days in order between 2026-01-01 and 2026-12-31, found 2026-01-01 and 2027-01-01")]
    [InlineData("--from 2026-03-01 --to 2026-02-01", "error: --from and --to: expected days in order between 2026-01-01 and 2026-12-31, found 2026-03-01 and 2026-02-01")]
    [InlineData("--set power.batteries[9].count=3", "--set power.batteries[9].count=3: power.batteries[9]: expected an item: 0, or a name (battery yard), found '9'")]
    [InlineData("--set power.batterys[0].count=3", "did you mean 'batteries'?")]
    [InlineData("--set power", "--set power: expected a path and a value such as 'power.batteries[0].count=200', found 'power'")]
    [InlineData("--set end=9999-12-31", "expected at most 1,000,000,000 steps in a run, found 2026-01-01 to 9999-12-31 in steps of 60 s")]
    public void Refuses_values_that_do_not_fit_the_scenario(string words, string message)
    {
        Outcome outcome = Gw.Run(["run", Gw.Island, "--out", Named("out"), .. words.Split(' ')]);
        outcome.Code.ShouldBe(2);
        outcome.Out.ShouldBeEmpty();
        outcome.Err.ShouldContain(message);
        Directory.Exists(Named("out")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("report")]
    [InlineData("export")]
    public void A_run_that_is_not_there_is_named(string command)
    {
        Directory.CreateDirectory(Named("six"));
        Outcome outcome = Gw.Run(command, Named("sox"));
        outcome.Code.ShouldBe(2);
        outcome.Err.ShouldBe($"error: {Named("sox")}: expected a run's folder or its run.db, found neither; did you mean 'six'?\n");
    }

    [Fact]
    public void A_file_that_is_no_run_is_refused()
    {
        Outcome outcome = Gw.Run("report", Gw.Island);
        outcome.Code.ShouldBe(1);
        outcome.Err.ShouldContain("this is not a run file");
    }

    [Fact]
    public void An_unknown_catalogue_entry_has_a_suggestion()
    {
        Outcome outcome = Gw.Run("catalog", "titn-350");
        outcome.Code.ShouldBe(2);
        outcome.Err.ShouldBe("error: expected a catalogue or an entry, found 'titn-350'; did you mean 'titan-350'?\n");
    }
}
