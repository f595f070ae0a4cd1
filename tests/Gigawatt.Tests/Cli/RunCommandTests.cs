using System.Globalization;
using System.Text.Json;

namespace Gigawatt.Tests.Cli;

/// <summary>Three July days of the shipped island, in all the ways that they can be asked for.</summary>
public sealed class RunCommandTests : TemporaryFolder
{
    private static readonly string[] JulyDays = ["--from", "2026-07-01", "--to", "2026-07-03"];

    [Fact]
    public void Without_options_it_prints_a_summary_and_leaves_three_files_below_runs()
    {
        Outcome outcome = Gw.Run(Folder, [], ["run", Gw.Island, .. JulyDays]);
        outcome.Code.ShouldBe(0);
        outcome.Err.ShouldBeEmpty();
        outcome.Out.ShouldNotContain("\u001b");
        outcome.Out.ShouldStartWith("Island 100 MW  2026-07-01 to 2026-07-03, step 60 s, seed 1\n");
        foreach (string question in (string[])["How many useful GPUs?", "When?", "Limited by what?", "At what cost?", "Paid by whom?", "What would stop them?"])
        {
            outcome.Out.ShouldContain("\n" + question);
        }
        string run = Directory.GetDirectories(Named("runs")).ShouldHaveSingleItem();
        Path.GetFileName(run).ShouldMatch(@"^island-100mw-\d{8}-\d{6}$");
        Directory.GetFiles(run).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal).ShouldBe(["report.html", "run.db", "summary.json"]);
    }

    [Fact]
    public void Json_prints_the_bytes_of_summary_json_whatever_the_locale()
    {
        Outcome outcome = Gw.Run(null, [("LC_ALL", "de_DE.ISO-8859-1")], ["run", Gw.Island, .. JulyDays, "--json", "--out", Named("json")]);
        outcome.Code.ShouldBe(0);
        outcome.Err.ShouldBeEmpty();
        outcome.OutBytes.ShouldBe(File.ReadAllBytes(Named("json/summary.json")));
        using JsonDocument summary = JsonDocument.Parse(outcome.Out);
        foreach (string name in (string[])["scenario", "seed", "from", "to", "step_s", "steps", "headline", "ledgers", "binding", "claims", "lints", "events"])
        {
            summary.RootElement.TryGetProperty(name, out _).ShouldBeTrue(name);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_does_not()
    {
        byte[] Summary(string folder, params string[] more)
        {
            Outcome outcome = Gw.Run(["run", Gw.Island, .. JulyDays, "--quiet", "--out", Named(folder), .. more]);
            (outcome.Code, outcome.Out, outcome.Err).ShouldBe((0, "", ""));
            return File.ReadAllBytes(Named(folder + "/summary.json"));
        }
        byte[] once = Summary("once");
        Summary("again").ShouldBe(once);
        Summary("seed-1", "--seed", "1").ShouldBe(once);
        Summary("seed-2", "--seed", "2").ShouldNotBe(once);
    }

    [Fact]
    public void Days_step_seed_and_values_can_be_changed()
    {
        Outcome outcome = Gw.Run(
            "run", Gw.Island, "--from", "2026-07-02", "--to", "2026-07-05", "--step", "15 min", "--seed", "42",
            "--set", "name=Hot island", "--set", "weather.warming=3 K", "--json", "--out", Named("changed"));
        outcome.Code.ShouldBe(0);
        using JsonDocument summary = JsonDocument.Parse(outcome.Out);
        JsonElement root = summary.RootElement;
        root.GetProperty("scenario").GetString().ShouldBe("Hot island");
        root.GetProperty("from").GetString().ShouldBe("2026-07-02");
        root.GetProperty("to").GetString().ShouldBe("2026-07-05");
        root.GetProperty("seed").GetInt32().ShouldBe(42);
        root.GetProperty("step_s").GetDouble().ShouldBe(900);
        root.GetProperty("steps").GetInt32().ShouldBe(4 * 96);   // four days of 96 quarters of an hour
        root.GetProperty("complete").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public void Words_with_spaces_and_a_folder_of_one_s_own_choice_survive()
    {
        string path = Island("my island.yaml", "name: Island 100 MW", "name: Ö [red]island[/]");
        Outcome outcome = Gw.Run(Folder, [], "run", path, "--to", "2026-01-02", "--out", "my run/first one");
        outcome.Code.ShouldBe(0);
        outcome.Out.ShouldStartWith("Ö [red]island[/]  2026-01-01 to 2026-01-02");
        File.Exists(Named("my run/first one/report.html")).ShouldBeTrue();
    }

    [NeedsFact("/usr/bin/script")]
    public void A_terminal_gets_colours_and_with_NO_COLOR_none()
    {
        Outcome OnTerminal(string folder, string noColour)
        {
            string line = $"dotnet '{Gw.Program}' run '{Gw.Island}' --to 2026-01-05 --out '{Named(folder)}'";
            return Gw.Finish(Gw.Begin("/usr/bin/script", null, [("TERM", "xterm-256color"), ("NO_COLOR", noColour)], "-qec", line, "/dev/null"));
        }
        Outcome coloured = OnTerminal("coloured", "");
        coloured.Code.ShouldBe(0);
        coloured.Out.ShouldContain("\u001b[1m");
        Outcome plain = OnTerminal("plain", "1");
        plain.Code.ShouldBe(0);
        plain.Out.ShouldContain("How many useful GPUs?");
        plain.Out.ShouldNotContain("\u001b");
    }

    [Fact]
    public void A_weather_file_with_hour_24_leap_day_gaps_CRLF_and_BOM_is_read()
    {
        List<string> lines = Weather.WeatherText.Epw(leap: true);
        lines.Count(line => line.Split(',') is { Length: > 20 }).ShouldBe(8784);
        Weather.WeatherText.Put(lines, Weather.WeatherText.EpwLine(100), 6, "99.9");   // missing dry-bulb
        Weather.WeatherText.Put(lines, Weather.WeatherText.EpwLine(200), 9, "999999"); // missing pressure
        File.WriteAllText(Named("site.epw"), "\uFEFF" + string.Join("\r\n", lines) + "\r\n");
        string path = Island("measured.yaml", "climate: memphis", "file: site.epw");
        Outcome outcome = Gw.Run("run", path, "--to", "2026-01-10", "--json", "--out", Named("measured"));
        outcome.Err.ShouldBeEmpty();
        outcome.Code.ShouldBe(0);
    }

    [Fact]
    public void A_weather_file_that_is_short_or_not_there_is_named_before_anything_is_run()
    {
        List<string> lines = Weather.WeatherText.Epw();
        Weather.WeatherText.Put(lines, Weather.WeatherText.EpwLine(10), 3, "25");
        File.WriteAllLines(Named("site.epw"), lines);
        string path = Island("measured.yaml", "climate: memphis", "file: site.epw");
        Outcome outcome = Gw.Run("run", path, "--out", Named("measured"));
        outcome.Code.ShouldBe(2);
        outcome.ErrLines[0].ShouldStartWith(string.Create(CultureInfo.InvariantCulture, $"{Named("site.epw")}:{Weather.WeatherText.EpwLine(10) + 1}:"));
        File.Delete(Named("site.epw"));
        Outcome missing = Gw.Run("run", path, "--out", Named("measured"));
        missing.Code.ShouldBe(2);
        missing.Err.ShouldContain("site.epw");
        Directory.Exists(Named("measured")).ShouldBeFalse();
    }
}
