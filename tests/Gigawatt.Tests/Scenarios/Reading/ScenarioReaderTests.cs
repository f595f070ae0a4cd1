using Gigawatt.Numerics;
using Gigawatt.Scenarios.Reading;
using static Gigawatt.Tests.Scenarios.Reading.Reader;

namespace Gigawatt.Tests.Scenarios.Reading;

public sealed class ScenarioReaderTests
{
    [Fact]
    public void Every_way_of_writing_a_value_arrives_in_the_record()
    {
        Plant plant = Read(Good).Value;
        plant.Name.ShouldBe("Test plant");
        plant.Start.ShouldBe(new DateOnly(2025, 3, 7));
        plant.StepS.ShouldBe(60);
        plant.IsIsland.ShouldBeTrue();
        plant.Seed.ShouldBe(9_007_199);
        plant.TaxUsdPerMwh["state"].ShouldBe(2);
        plant.Campuses["memphis"].FedBy.ShouldBe(["north"]);
        plant.Power.Lines.Length.ShouldBe(2);
        plant.Power.Limits!.MinFraction.ShouldBe(0.5);
        plant.Power.Limits.ApproachK!.Value.ShouldBe(5, 1e-12);    // 9 °F of difference are 5 K
        plant.Power.GasTurbines[0].Online!.From.ShouldBe(new DateOnly(2025, 9, 15));
        plant.Power.GasTurbines[1].Online!.Phases[0].Count.ShouldBe(4);
        plant.Power.GasTurbines[1].Turbine.RatedMw.ShouldBe(38);
        plant.Claims[0].Value.ShouldBe(3);
        plant.Claims[0].Source.ShouldBe("somebody");
    }

    [Fact]
    public void A_model_gives_what_the_file_leaves_out()
    {
        PlantTurbine turbine = Read(Good).Value.Power.GasTurbines[0].Turbine;
        turbine.Model.ShouldBe("gt-50");
        turbine.RatedMw.ShouldBe(50);
        turbine.RampMwPerS.ShouldBe(8.0 / 60, 1e-12);
        turbine.EfficiencyFraction.ShouldBe(0.41);
        turbine.DerateByC!.At(27.5).ShouldBe(0.9, 1e-12);
        Read(Good).Value.Power.Batteries[0].CapacityMwh.ShouldBe(3.9);
        Read(Good).Value.Power.Batteries[1].Chemistry.ShouldBe(PlantChemistry.SodiumIon);
    }

    [Fact]
    public void A_mapping_over_a_model_changes_only_the_keys_it_has()
    {
        PlantEmissions emissions = Read(Good, "power.gas_turbines[West].emissions.nox=0.05 kg/MWh").Value.Power.GasTurbines[0].Turbine.Emissions!;
        emissions.NoxKgPerMwh.ShouldBe(0.05);
        emissions.Co2KgPerMwh.ShouldBe(480);
    }

    [Fact]
    public void A_model_may_start_from_another_model()
    {
        PlantTurbine turbine = Read(Good, "power.gas_turbines[0].model=gt-50-hot").Value.Power.GasTurbines[0].Turbine;
        (turbine.Model, turbine.RatedMw, turbine.InletC).ShouldBe(("gt-50-hot", 50, 35));
    }

    [Theory]
    [InlineData("power.gas_turbines[0].rated", "50 MW", 50.0, "MW", "Datasheet", Grade.A, FactOrigin.Catalog)]
    [InlineData("power.gas_turbines[0].efficiency", "41 %", 0.41, "", "Datasheet", Grade.C, FactOrigin.Catalog)]
    [InlineData("power.gas_turbines[0].count", "16", 16.0, "", "Air permit 1234", Grade.A, FactOrigin.Scenario)]
    [InlineData("power.gas_turbines[0].inlet", "15 °C", 15.0, "°C", "no source given", Grade.E, FactOrigin.Default)]
    [InlineData("power.gas_turbines[0].online.from", "2025-09-15", null, "", "Air permit 1234", Grade.A, FactOrigin.Scenario)]
    [InlineData("power.gas_turbines[1].rated", "38 MW", 38.0, "MW", "A newspaper", Grade.C, FactOrigin.Scenario)]
    [InlineData("power.gas_turbines[1].efficiency", "40 %", 0.4, "", "Typical of the class, handbook 2024", Grade.B, FactOrigin.Default)]
    [InlineData("power.gas_turbines[1].ramp", "0.5 MW/s", 0.5, "MW/s", "no source given", Grade.E, FactOrigin.Default)]
    [InlineData("power.batteries[0].capacity", "3.9 MWh", 3.9, "MWh", "Maker's page", Grade.B, FactOrigin.Catalog)]
    [InlineData("power.batteries[1].count", "168", 168.0, "", "A newspaper", Grade.B, FactOrigin.Scenario)]
    [InlineData("tax[county]", "1.5 USD/MWh", 1.5, "USD/MWh", "no source given", Grade.E, FactOrigin.Scenario)]
    public void A_fact_says_what_a_value_is_and_what_supports_it(
        string path, string text, double? value, string unit, string source, Grade grade, FactOrigin origin)
    {
        Fact fact = Read(Good).Facts.Single(f => f.Path == path);
        (fact.Text, fact.Value, fact.Unit, fact.Origin).ShouldBe((text, value, unit, origin));
        (fact.Evidence.Source, fact.Evidence.Grade).ShouldBe((source, grade));
    }

    [Fact]
    public void Facts_come_in_the_order_of_the_declarations_and_each_once()
    {
        IReadOnlyList<Fact> facts = Read(Good).Facts;
        facts.Select(f => f.Path).Take(5).ShouldBe(["name", "start", "step", "is_island", "power.gas_turbines[0].name"]);
        facts.Select(f => f.Path).ShouldBeUnique();
        Fact rated = facts.Single(f => f.Path == "power.gas_turbines[1].rated");
        (rated.File, rated.Line, rated.Column).ShouldBe(("plant.yaml", 18, 37));
        (rated.Evidence.SourceId, rated.Evidence.Note, rated.Evidence.Url).ShouldBe(("press", "nameplate", "https://example.org/1"));
        facts.Single(f => f.Path == "power.batteries[1].count").Evidence.Note.ShouldBe("counted");
    }

    [Fact]
    public void The_sources_of_the_file_come_with_it()
    {
        Reading<Plant> reading = Read(Good);
        reading.Sources["permit"].ShouldBe(new Source("permit", "Air permit 1234", "County", new DateOnly(2026, 3, 10), null, Grade.A));
        reading.Text.ShouldBe(Good);
    }

    [Theory]
    [InlineData("name: A\r\nstep: 1 min\r\n")]
    [InlineData("\uFEFFname: A\nstep: 1 min\n")]
    [InlineData("name: A\nstep: { value: 60 s, note: measured }\n")]
    [InlineData("---\nname: A\nstep: &s 60 s\n...\n")]
    public void Line_ends_marks_and_wrappings_make_no_difference(string text) => Read(text).Value.StepS.ShouldBe(60);

    [Fact]
    public void An_alias_repeats_a_value()
    {
        Plant plant = Read("""
            name: A
            power:
              gas_turbines:
                - &west { name: West, rated: 5 MW }
            campuses:
              a: &hall { name: H }
              b: *hall
            """).Value;
        plant.Campuses["b"].Name.ShouldBe("H");
    }

    [Fact]
    public void A_catalogue_lists_its_entries_with_their_evidence()
    {
        IReadOnlyList<CatalogEntry> entries = Sheets.Entries<Plant>();
        entries.Select(e => $"{e.File}/{e.Name}").ShouldBe(["batteries/pack-2", "turbines/gt-50", "turbines/gt-50-hot"]);
        Fact efficiency = entries[1].Facts.Single(f => f.Path == "efficiency");
        (efficiency.Text, efficiency.Evidence.Grade, efficiency.Evidence.Publisher).ShouldBe(("41 %", Grade.C, "Maker"));
        Sheets.Models("turbines").ShouldBe(["gt-50", "gt-50-hot"]);
    }

    [Fact]
    public void A_null_clears_what_a_model_gave() =>
        Read("name: A\npower: { gas_turbines: [{ name: W, model: gt-50, derate_by: null }] }").Value
            .Power.GasTurbines[0].Turbine.DerateByC.ShouldBeNull();
}
