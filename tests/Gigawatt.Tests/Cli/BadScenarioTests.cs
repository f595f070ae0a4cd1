using System.Globalization;

namespace Gigawatt.Tests.Cli;

/// <summary>Every kind of bad scenario file, checked in one start of the program.</summary>
public sealed class BadScenarios : TemporaryFolder
{
    public BadScenarios()
    {
        Island("key.yaml", "operator: island-ai", "operatr: island-ai");
        Island("no-unit.yaml", "rated: 1.681 MW", "rated: 1.681");
        Island("wrong-unit.yaml", "rated: 1.681 MW", "rated: 1.681 kg");
        Island("range.yaml", "mfu: 15 %", "mfu: 135 %");
        Island("contradiction.yaml", "model: smt-130", "model: smt-130\n      min_stable: 110 %");
        Island("model.yaml", "model: smt-130", "model: smt-13");
        Island("reference.yaml", "permits: [county air permit]", "permits: [county ar permit]");
        Island("dates.yaml", "end: 2026-12-31", "end: 2025-12-31");
        Island("no-date.yaml", "start: 2026-01-01", "start: 2026-02-30");
        Island("levels.yaml", "count: 8\n", "count: 8\n      online: [{ on: 2026-03-01, count: 2 }, { on: 2026-02-01, count: 8 }]\n");
        Island("twice.yaml", "name: rented turbines", "name: own turbines");
        Island("cycle.yaml", "count: 8\n", "count: 8\n      online: own turbines\n");
        Island("tab.yaml", "  operator: island-ai", "\toperator: island-ai");
        Island("weather.yaml", "climate: memphis", "file: short.epw");
        File.WriteAllText(Named("empty.yaml"), "");
        File.WriteAllBytes(Named("junk.yaml"), [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 197 + 13))]);
        using (FileStream huge = File.Create(Named("huge.yaml"))) { huge.SetLength(100_000_000); }
        File.WriteAllLines(Named("short.epw"), Weather.WeatherText.Epw().Take(5000));
        string[] files = [.. Directory.GetFiles(Folder, "*.yaml"), Folder, Named("none.yaml"), Named("key.yaml/island.yaml"), "/proc/self/mem"];
        Outcome = Gw.Run(["check", .. files]);
    }

    internal Outcome Outcome { get; }
}

public sealed class BadScenarioTests(BadScenarios bad) : IClassFixture<BadScenarios>
{
    [Theory]
    [InlineData("key.yaml", "operatr", "site.operatr: expected one of operator, elevation", "found 'operatr'; did you mean 'operator'?")]
    [InlineData("no-unit.yaml", "1.681,", "cooling.chillers[0].rated: expected a quantity such as '1.681 MW', found '1.681'")]
    [InlineData("wrong-unit.yaml", "1.681 kg", "cooling.chillers[0].rated: expected a power such as '38 MW', found '1.681 kg' (a mass)")]
    [InlineData("range.yaml", "135 %", "training.jobs[1].mfu: expected more than 0 % and at most 100 %, found '135 %'")]
    [InlineData("contradiction.yaml", "110 %", "power.gas_turbines[0].min_stable: expected a minimum below the rating", "found 110 % of 16.5 MW")]
    [InlineData("model.yaml", "smt-13", "power.gas_turbines[0].model: expected a model of catalog/turbines.yaml", "found 'smt-13'; did you mean 'smt-130'?")]
    [InlineData("reference.yaml", "county ar", "power.gas_turbines[0].permits[0]: expected the name of a permit", "did you mean 'county air permit'?")]
    [InlineData("dates.yaml", "2025-12-31", "end: expected a day on or after the start (2026-01-01), found 2025-12-31")]
    [InlineData("no-date.yaml", "2026-02-30", "start: expected a date that exists (February 2026 has 28 days), found '2026-02-30'")]
    [InlineData("levels.yaml", "[{ on", "power.gas_turbines[0].online.levels: expected dates that rise", "found 2026-02-01 after 2026-03-01")]
    [InlineData("twice.yaml", "own turbines", "power.gas_turbines[1].name: expected a name that no other gas turbine has", "(first in line")]
    [InlineData("cycle.yaml", "own turbines", "power.gas_turbines[0].online: expected a start that does not wait for itself", "own turbines → own turbines")]
    [InlineData("tab.yaml", "\t", "expected spaces before the key, found a tab", "use spaces")]
    [InlineData("short.epw", "", "expected", "found")]
    public void Points_to_the_place_and_says_what_was_expected_and_found(string file, string at, string says, string also = "")
    {
        (string line, string path) = LineAbout(file);
        string[] parts = line[(path.Length + 1)..].Split(':', 3);
        int row = int.Parse(parts[0], CultureInfo.InvariantCulture);
        int column = int.Parse(parts[1], CultureInfo.InvariantCulture);
        parts[2].ShouldStartWith(" " + says);
        line.ShouldContain(also);
        string[] text = File.ReadAllLines(path);
        if (at.Length > 0) { text[row - 1][(column - 1)..].ShouldStartWith(at); }
    }

    [Theory]
    [InlineData("empty.yaml", ":1:1: expected keys and values such as", "found an empty file")]
    [InlineData("junk.yaml", ":1:", "expected text in UTF-8, found a byte that is not")]
    [InlineData("huge.yaml", ": expected a file of at most 10 MB, found more", "is this a scenario?")]
    [InlineData("none.yaml", ": expected a file, found none of this name", "")]
    [InlineData("key.yaml/island.yaml", ": expected a file, found none of this name", "there is no folder")]
    [InlineData("", ": expected a file, found a folder; the folder has", "contradiction.yaml")]
    public void Names_what_is_no_scenario_at_all(string file, string says, string also)
    {
        (string line, string path) = LineAbout(file);
        line.ShouldStartWith(path + says);
        line.ShouldContain(also);
    }

    private (string Line, string Path) LineAbout(string file)
    {
        string path = file.Length > 0 ? bad.Named(file) : bad.Folder;
        return (bad.Outcome.ErrLines.First(one => one.StartsWith(path + ":", StringComparison.Ordinal)), path);
    }

    [NeedsFact("/proc/self/mem")]
    public void A_file_that_the_system_does_not_give_is_named() =>
        bad.Outcome.ErrLines.ShouldContain(line => line.StartsWith("/proc/self/mem: expected a file that can be read, found", StringComparison.Ordinal));

    [Fact]
    public void Bad_input_is_exit_code_2() => bad.Outcome.Code.ShouldBe(2);

    [Fact]
    public void All_mistakes_of_a_file_come_at_once_and_nothing_is_run()
    {
        string text = File.ReadAllText(bad.Named("key.yaml")).Replace("mfu: 15 %", "mfu: 135 %", StringComparison.Ordinal);
        string path = bad.Named("two.yaml");
        File.WriteAllText(path, text);
        Outcome outcome = Gw.Run("run", path, "--out", bad.Named("out"));
        outcome.Code.ShouldBe(2);
        outcome.Out.ShouldBeEmpty();
        outcome.ErrLines.Length.ShouldBe(3);
        outcome.ErrLines[0].ShouldContain("site.operatr: expected one of");
        outcome.ErrLines[1].ShouldContain("training.jobs[1].mfu: expected more than");
        outcome.ErrLines[2].ShouldBe("error: 2 problems; nothing was run");
        Directory.Exists(bad.Named("out")).ShouldBeFalse();
    }
}
