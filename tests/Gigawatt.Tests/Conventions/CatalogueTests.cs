using Gigawatt.Compute;
using Gigawatt.Cooling;
using Gigawatt.Numerics;
using Gigawatt.Power;
using Gigawatt.Scenarios;
using Gigawatt.Scenarios.Reading;

namespace Gigawatt.Tests.Conventions;

/// <summary>The shipped datasheets: all can be read, every value has a source, and each agrees with its own rating point.</summary>
public sealed class CatalogueTests
{
    private static readonly IReadOnlyList<CatalogEntry> Entries =
    [
        .. Catalog.Embedded.Entries<Scenario>(),
        .. Catalog.Embedded.Entries<Gigawatt.Power.Waveforms.ComplianceProfile>(),
        .. Catalog.Embedded.Entries<Gigawatt.Studies.ServingInput>().Where(entry => entry.File == "serving"),
    ];

    public static TheoryData<string> Turbines => [.. Catalog.Embedded.Models("turbines")];

    public static TheoryData<string> Batteries => [.. Catalog.Embedded.Models("batteries")];

    public static TheoryData<string> Racks => [.. Catalog.Embedded.Models("racks")];

    public static TheoryData<string> Chillers => [.. Catalog.Embedded.Models("chillers")];

    public static TheoryData<string> DryCoolers => [.. Catalog.Embedded.Models("dry_coolers")];

    public static TheoryData<string> Towers => [.. Catalog.Embedded.Models("cooling_towers")];

    [Theory]
    [InlineData(12, "turbines")]
    [InlineData(4, "batteries")]
    [InlineData(5, "chillers", "dry_coolers", "cooling_towers")]
    [InlineData(8, "gpus")]
    [InlineData(5, "racks")]
    [InlineData(3, "fabrics")]
    [InlineData(6, "models")]
    public void There_are_entries_enough(int fewest, params string[] files) =>
        Entries.Count(entry => files.Contains(entry.File)).ShouldBeGreaterThanOrEqualTo(fewest);

    [Fact]
    public void Every_file_is_read_by_some_declaration() =>
        Entries.Select(entry => entry.File).Distinct().ShouldBe(Catalog.Embedded.Files, ignoreOrder: true);

    [Fact]
    public void Every_value_has_a_source_and_a_grade() => Entries
        .SelectMany(entry => entry.Facts.Select(fact => (entry, fact)))
        .Where(at => at.fact.Origin == FactOrigin.Catalog && !at.fact.Evidence.IsGiven)
        .Select(at => $"{at.entry.File}: {at.entry.Name}.{at.fact.Path}")
        .ShouldBeEmpty();

    [Fact]
    public void An_assumption_says_what_was_assumed() => Entries
        .SelectMany(entry => entry.Facts.Select(fact => (entry, fact)))
        .Where(at => at.fact.Origin == FactOrigin.Catalog && at.fact.Evidence.Grade == Grade.E)
        .Where(at => at.fact.Evidence.SourceId is null && string.IsNullOrEmpty(at.fact.Evidence.Note))
        .Select(at => $"{at.entry.File}: {at.entry.Name}.{at.fact.Path}")
        .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Turbines))]
    public void A_turbine_gives_its_rating_at_15_degrees_and_its_heat_rate_at_full_load(string model)
    {
        GasTurbineSpec spec = One<GeneratorGroupSpec>($"name: x\nmodel: {model}\ncount: 1\n").Unit;
        spec.Contradictions().ShouldBeEmpty();
        GasTurbine.AvailableMw(spec, 15, 101_325).ShouldBe(spec.RatedMw, 1e-9);
        (GasTurbine.FuelMw(spec, spec.RatedMw) / spec.RatedMw).ShouldBe(spec.HeatRateRatio, 1e-9);
        spec.HeatRateRatio.ShouldBeInRange(1 / 0.65, 1 / 0.25);        // 25 to 65 % efficient
    }

    [Theory]
    [MemberData(nameof(Batteries))]
    public void A_battery_gives_its_power_when_full_and_keeps_80_to_98_percent_of_a_round_trip(string model)
    {
        BatterySpec spec = One<BatteryGroupSpec>($"name: x\nmodel: {model}\ncount: 1\n").Block;
        spec.Contradictions().ShouldBeEmpty();
        BatteryState state = new() { Blocks = 1, StoredMwh = spec.CapacityMwh };
        Battery.DischargeLimitMw(spec, state, 60).ShouldBe(spec.RatedMw);
        (spec.OneWayEfficiencyFraction * spec.OneWayEfficiencyFraction).ShouldBeInRange(0.8, 0.98);
    }

    [Theory]
    [MemberData(nameof(Racks))]
    public void The_parts_of_a_rack_add_up_to_its_nameplate(string model)
    {
        RackSpec spec = One<ComputeSection>($"racks: [ {{ name: x, model: {model}, count: 1 }} ]\n").Racks[0].Rack;
        spec.Contradictions().ShouldBeEmpty();
        if (spec.NameplateMw is { } nameplateMw) { Rack.FullMw(spec).ShouldBe(nameplateMw, nameplateMw * 0.02); }
        Rack.IdleMw(spec).ShouldBeLessThan(Rack.TrainingMw(spec));
        Rack.TrainingMw(spec).ShouldBeLessThanOrEqualTo(Rack.FullMw(spec));
    }

    [Theory]
    [MemberData(nameof(Chillers))]
    public void A_chiller_rejects_its_rating_at_its_rating_point(string model)
    {
        AirCooledChillerSpec spec = One<ChillerGroupSpec>($"name: x\nmodel: {model}\ncount: 1\n").Unit;
        spec.Contradictions().ShouldBeEmpty();
        AirCooledChiller.CapacityMw(spec, spec.RatedLeavingC, spec.RatedAmbientC).ShouldBe(spec.RatedMw, spec.RatedMw * 0.02);
        AirCooledChiller.Cop(spec, spec.RatedLeavingC, spec.RatedAmbientC).ShouldBe(spec.RatedEfficiencyCop, spec.RatedEfficiencyCop * 0.12);
    }

    [Theory]
    [MemberData(nameof(DryCoolers))]
    public void A_dry_cooler_rejects_its_rating_at_its_rating_point(string model)
    {
        DryCoolerSpec spec = One<DryCoolerGroupSpec>($"name: x\nmodel: {model}\ncount: 1\n").Unit;
        spec.Contradictions().ShouldBeEmpty();
        double flowMwPerK = spec.RatedMw / (spec.RatedInletC - spec.RatedOutletC);
        DryCooler.CapacityMw(DryCooler.Design(spec), flowMwPerK, spec.RatedInletC, spec.RatedAmbientC).ShouldBe(spec.RatedMw, spec.RatedMw * 1e-6);
    }

    [Theory]
    [MemberData(nameof(Towers))]
    public void A_tower_rejects_its_rating_at_its_design_point(string model)
    {
        CoolingTowerSpec spec = One<TowerGroupSpec>($"name: x\nmodel: {model}\ncount: 1\n").Unit;
        spec.Contradictions().ShouldBeEmpty();
        CoolingTowerState state = default;
        TowerConditions at = new(spec.DesignInletC, spec.DesignWetBulbC, 101_325, spec.DesignInletC, 1);
        CoolingTower.CapacityMw(CoolingTower.Design(spec), ref state, at).ShouldBe(spec.RatedMw, spec.RatedMw * 1e-3);
    }

    private static T One<T>(string text)
        where T : class => ScenarioReader.ReadText<T>(text, "one.yaml", Catalog.Embedded).Value;
}
