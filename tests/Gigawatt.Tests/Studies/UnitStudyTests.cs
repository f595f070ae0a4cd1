using System.Text.Json;
using Gigawatt.Scenarios;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Studies;
using Gigawatt.Tests.Conventions;

namespace Gigawatt.Tests.Studies;

public sealed class UnitStudyTests
{
    [Fact]
    public void The_example_answers_with_the_names_of_its_contract()
    {
        StudyAnswer answer = UnitStudy.Definition.Answer(Path.Combine(Repository.Root, "studies", "unit.yaml"), []);
        JsonElement data = JsonDocument.Parse(answer.Json()).RootElement;
        data.GetProperty("rated_mw").GetDouble().ShouldBe(16.5);
        data.GetProperty("half_load_efficiency_ratio").GetDouble().ShouldBe(0.8125, 1e-9);         // GGOV1 defaults
        data.GetProperty("points").GetArrayLength().ShouldBe(30);
        JsonElement at = data.GetProperty("points").EnumerateArray().First(p => p.GetProperty("dry_bulb_c").GetDouble() == 35 && p.GetProperty("load_fraction").GetDouble() == 1);
        // 16.5 x p(81 m)/p0 x (1 - 0.7 % x 20 K); heat rate 9,630 x 1.03.
        at.GetProperty("available_mw").GetDouble().ShouldBe(16.5 * 0.990429 * 0.86, 0.002);
        at.GetProperty("heat_rate_btu_per_kwh").GetDouble().ShouldBe(9630 * 1.03, 0.5);
        at.GetProperty("nox_lb_per_mmbtu").GetDouble().ShouldBe(0.03316, 5e-6);
        JsonElement service = data.GetProperty("service");
        service.GetProperty("eoh_per_year").GetDouble().ShouldBe(8000 + 12 * 2 + 2 * 40, 1e-6);
        service.GetProperty("two_state_fraction").GetDouble().ShouldBe(4000 / 4024.0, 1e-12);
        service.GetProperty("forced_h_per_year").GetDouble().ShouldBe(48, 1e-9);                   // 8,000 h / 4,000 h x 24 h
        answer.Charts.Count.ShouldBe(3);
        answer.Tables[0].Rows.Count.ShouldBe(30);
        answer.Finding.ShouldContain("39.9 °C");
    }

    [Fact]
    public void Availability_on_demand_follows_IEEE_762()
    {
        // SH 1,000 h, FOH 1,000/969 x 31 = 32.0 h, 100 starts; planned 132.7 h x EOH share.
        StudyAnswer answer = Answer("name: x\nunit: { model: rts-gmlc-ct55 }\nduty: { run: \"1,000 h\", starts: 100, trips: 0 }\n");
        UnitAnswerService year = ((UnitAnswer)answer.Data).Service;
        year.ForcedHPerYear.ShouldBe(1000.0 / 969 * 31, 1e-9);
        year.ForFraction.ShouldBe(0.031, 1e-9);                                                    // as published
        double perOutage = 1 / 31.0, perCall = 100 / year.ReserveHPerYear, perRun = 100 / 1000.0;
        double called = (perOutage + perCall) / (perOutage + perCall + perRun);
        year.EfordFraction.ShouldBe(year.ForcedHPerYear * called / (1000 + year.ForcedHPerYear * called), 1e-12);
        year.FailedStartsPerYear.ShouldBe(100 / (1 - 0.0094) - 100, 1e-9);
    }

    [Theory]
    [InlineData("  min_stable: 140 %\n", ":4:15: unit.min_stable:", "a minimum below the rating")]
    [InlineData("  emissions: { compliant: 120 % }\n", ":4:27: unit.emissions.compliant:", "0 % to 100 %")]
    [InlineData("  start_fuel: -2 MWh\n", ":4:15: unit.start_fuel:", "0 MWh or more")]
    [InlineData("  start: 10 min\n  cold_start: 5 min\n", ":5:15: unit.cold_start:", "at least the time of a hotter start")]
    [InlineData("  fuel_points: [ { load: 50 %, heat_rate: 12 MJ/kWh }, { load: 100 %, heat_rate: 11 MJ/kWh } ]\n", ":4:16: unit.fuel_points:", "within 1 % of the heat rate")]
    [InlineData("duty: { run: \"8,760 h\" }\n", ":4:14: duty.run:", "leaves room for")]
    [InlineData("loads: [50 %, 130 %]\n", ":4:", "loads above 0 % and up to 100 %")]
    public void Nonsense_is_refused_where_it_stands(string lines, string place, string words)
    {
        string message = Should.Throw<ScenarioException>(() => Answer("name: x\nunit:\n  model: smt-130\n" + lines)).Message;
        message.ShouldContain(place);
        message.ShouldContain(words);
    }

    [Fact]
    public void A_cap_of_nothing_is_refused() => Should.Throw<ScenarioException>(() => ScenarioReader.ReadText<BuildoutSection>(
        "permits: [ { name: air, issued: 2026-01-01, nox_cap: 0 t } ]\n", "one.yaml", Catalog.Embedded)).Message.ShouldContain("permits[0].nox_cap: expected more than 0");

    private static StudyAnswer Answer(string text)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, text);
            return UnitStudy.Definition.Answer(file, []);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
