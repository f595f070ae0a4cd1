using System.Text.Json;
using Gigawatt.Reports;
using Gigawatt.Scenarios;
using Gigawatt.Simulation;
using Gigawatt.Tests.Simulation;

namespace Gigawatt.Tests.Reports;

public sealed class ReportJsonTests(ReportedRun reported) : IClassFixture<ReportedRun>
{
    [Fact]
    public void A_report_survives_being_written_and_read()
    {
        string json = ReportJson.Write(reported.Data);
        ReportJson.Write(ReportJson.Read(json)).ShouldBe(json);
    }

    [Fact]
    public void The_same_run_gives_the_same_report_and_summary_to_the_byte()
    {
        ReportInput one = ReportedRun.Of(Island.Scenario(new DateOnly(2026, 1, 3))), again = ReportedRun.Of(Island.Scenario(new DateOnly(2026, 1, 3)));
        ReportJson.Write(ReportBuilder.Build(one)).ShouldBe(ReportJson.Write(ReportBuilder.Build(again)));
        Summary.Of(one).ToJson().ShouldBe(Summary.Of(again).ToJson());
        ReportInput other = ReportedRun.Of(Island.Scenario(new DateOnly(2026, 1, 3)), new RunOptions { Seed = 2 });
        Summary.Of(other).ToJson().ShouldNotBe(Summary.Of(one).ToJson());
    }

    [Fact]
    public void A_summary_holds_what_its_readers_look_for()
    {
        string json = Summary.Of(reported.Input).ToJson();
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        root.EnumerateObject().Select(property => property.Name).ShouldBe(
        [
            "scenario", "scenario_hash", "program", "seed", "from", "to", "step_s", "steps", "complete", "headline", "ledgers", "binding", "fleet", "what_if", "claims",
            "lints", "events", "evidence", "transients", "wave", "shortfalls", "foresight", "power", "jobs", "serving", "rentals", "reinforcement", "faults",
        ]);
        string[] headline = root.GetProperty("headline").EnumerateObject().Select(property => property.Name).ToArray();
        headline.ShouldBeSubsetOf(
        [
            "live_it_power_peak_mw", "it_power_peak_mw", "it_energy_mwh", "facility_energy_mwh", "pue", "wue_l_per_kwh", "goodput_fraction",
            "installed_gpu_hours", "useful_gpu_hours", "usd_per_gpu_hour", "usd_per_useful_gpu_hour", "cost_usd", "income_usd", "interruptions",
            "co2_t", "unserved_mwh", "outside_curve_hours",
        ]);
        headline.Length.ShouldBe(17);
        root.GetProperty("ledgers").EnumerateObject().Select(property => property.Name).ShouldBe(["energy", "gpu_time", "heat", "money", "water"]);
        root.GetProperty("ledgers").GetProperty("energy").GetProperty("lines").GetProperty("useful_it").GetDouble().ShouldBe(reported.Run.Energy["useful_it"]);
        root.GetProperty("from").GetString().ShouldBe("2026-01-01");
        root.GetProperty("to").GetString().ShouldBe("2026-01-10");
        root.GetProperty("binding")[0].GetProperty("month").GetString().ShouldBe("2026-01");
        root.GetProperty("evidence").GetProperty("A").GetInt32().ShouldBe(2);
        root.GetProperty("events").GetProperty("job_started").GetInt64().ShouldBeGreaterThan(0);
        Summary.FromJson(json).ToJson().ShouldBe(json);
        json.ShouldEndWith("}\n");
        json.ShouldNotContain("\r");
    }

    [Fact]
    public void A_margin_without_limit_is_null()
    {
        MonthBinding month = new("2026-01", Constraint.Racks, 10, Constraint.Commissioning, double.PositiveInfinity);
        SummaryBinding.Of(month).ShouldBe(new SummaryBinding("2026-01", "racks", 10, null, null));
    }

    [Fact]
    public void Text_of_the_user_cannot_leave_the_script_element()
    {
        const string Nasty = "</script><b>hall-3</b><!-- \"'&";
        ReportData data = reported.Data with { Name = Nasty };
        string page = ReportPage.Render(ReportJson.Write(data), "<p><script type=\"application/json\" id=\"report-data\">/*__DATA__*/null</script><p>");
        page.Split("</script>").Length.ShouldBe(2);
        string json = page["<p><script type=\"application/json\" id=\"report-data\">".Length..page.IndexOf("</script>", StringComparison.Ordinal)];
        ReportJson.Read(json).Name.ShouldBe(Nasty);
    }

    [Fact]
    public void A_page_without_a_slot_is_refused()
    {
        Should.Throw<ReportPageException>(() => ReportPage.Render(ReportJson.Write(reported.Data), "<p>")).Message.ShouldContain("report-data");
        if (!ReportPage.IsBuilt) { Should.Throw<ReportPageException>(() => ReportPage.Render(reported.Data)).Message.ShouldContain("front end was not built"); }
    }

    [Fact]
    public void A_run_stopped_before_its_first_day_ended_still_gives_a_report()
    {
        Scenario scenario = Island.Scenario();
        Simulator simulator = new(scenario, default, DeafSink.Instance);
        for (int i = 0; i < 10; i++) { simulator.Step(); }
        ReportData data = ReportBuilder.Build(ReportedRun.Of(simulator.Result()));
        data.Complete.ShouldBeFalse();
        (data.From, data.To).ShouldBe(("2026-01-01", "2026-01-01"));
        data.Answers.ShouldBeEmpty();
        data.Capacity.Title.ShouldBe("The run ended before its first day did, so no capacity was recorded");
        ReportJson.Write(data).ShouldNotContain("NaN");
        Summary.Of(ReportedRun.Of(simulator.Result())).ToJson().ShouldContain("\"complete\": false");
        TerminalSummary.Of(ReportedRun.Of(simulator.Result())).Findings.ShouldNotBeEmpty();
    }
}
