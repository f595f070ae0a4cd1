using Gigawatt.Numerics;
using Gigawatt.Scenarios.Reading;

namespace Gigawatt.Tests.Scenarios.Reading;

/// <summary>A scenario of records that exist for these tests only, one for each way of writing a value.</summary>
public sealed record Plant
{
    public required string Name { get; init; }

    public DateOnly Start { get; init; } = new(2025, 1, 1);

    [Default(Grade.D, "one sample a minute resolves a day")]
    public double StepS { get; init => field = Check.Positive(value); } = 60;

    public bool IsIsland { get; init; }

    public PlantPower Power { get; init; } = new();

    public IReadOnlyList<PlantHall> Halls { get; init; } = [];

    public IReadOnlyDictionary<string, double> TaxUsdPerMwh { get; init; } = new Dictionary<string, double>();

    public IReadOnlyDictionary<string, PlantHall> Campuses { get; init; } = new Dictionary<string, PlantHall>();

    public IReadOnlyList<PlantClaim> Claims { get; init; } = [];

    public long Seed { get; init; } = 1;
}

public sealed record PlantPower
{
    public IReadOnlyList<PlantTurbines> GasTurbines { get; init; } = [];

    public IReadOnlyList<PlantBattery> Batteries { get; init; } = [];

    public PlantLine[] Lines { get; init; } = [];

    public PlantLimits? Limits { get; init; }
}

/// <summary>A group of turbines: what they are is written beside how many there are.</summary>
public sealed record PlantTurbines
{
    public required string Name { get; init; }

    [Default(Grade.E, "one unit")]
    public int Count { get; init => field = Check.AtLeastOne(value); } = 1;

    [Inline]
    public required PlantTurbine Turbine { get; init; }

    public PlantOnline? Online { get; init; }
}

[Catalog("turbines")]
public sealed record PlantTurbine : ISelfChecking
{
    public string Model { get; init; } = "";

    public required double RatedMw { get; init => field = Check.Positive(value); }

    public double RampMwPerS { get; init => field = Check.NotNegative(value); } = 0.5;

    [Default(Grade.B, "Typical of the class, handbook 2024")]
    public double EfficiencyFraction { get; init => field = Check.Fraction(value); } = 0.4;

    public double InletC { get; init => field = Check.Within(value, -40, 60); } = 15;

    public Curve? DerateByC { get; init; }

    public PlantEmissions? Emissions { get; init; }

    public IEnumerable<Contradiction> Contradictions()
    {
        if (RampMwPerS > RatedMw) { yield return new Contradiction(nameof(RampMwPerS), "a ramp of at most the rated power per second", "a faster one"); }
    }
}

public sealed record PlantEmissions
{
    public double Co2KgPerMwh { get; init; } = 500;

    public double NoxKgPerMwh { get; init; } = 0.1;
}

[Catalog("batteries")]
public sealed record PlantBattery
{
    public string? Name { get; init; }

    public required double CapacityMwh { get; init => field = Check.Positive(value); }

    public int Count { get; init; } = 1;

    public PlantChemistry Chemistry { get; init; } = PlantChemistry.IronPhosphate;

    public double? ReserveFraction { get; init; }
}

public enum PlantChemistry
{
    IronPhosphate,
    SodiumIon,
}

public sealed record PlantLine
{
    public required string Name { get; init; }

    [RefersTo("power.lines", "power.batteries")]
    public string? ParallelTo { get; init; }
}

public sealed record PlantLimits
{
    public double MinFraction { get; init => field = Check.Within(value, 0.2, 0.9); } = 0.3;

    public double? ApproachK { get; init => field = value is { } k ? Check.Within(k, 2, 10) : null; }

    public double HeatRatio { get; init; } = 1;
}

[Shorthand(Value = nameof(From), List = nameof(Phases))]
public sealed record PlantOnline
{
    public DateOnly? From { get; init; }

    public IReadOnlyList<PlantPhase> Phases { get; init; } = [];
}

public sealed record PlantPhase
{
    public required DateOnly On { get; init; }

    public required int Count { get; init; }
}

public sealed record PlantHall
{
    public required string Name { get; init; }

    [RefersTo("power.lines")]
    public List<string> FedBy { get; init; } = [];
}

public sealed record PlantClaim
{
    public required string Says { get; init; }

    public required double Value { get; init; }

    public string? Source { get; init; }
}

/// <summary>Texts that the tests read, and short ways to read them.</summary>
internal static class Reader
{
    public const string Good = """
        # A plant that uses every way of writing a value.
        name: Test plant
        start: 2025-03-07
        step: 1 min
        is_island: true
        seed: 9_007_199
        sources:
          permit: { title: Air permit 1234, publisher: County, date: 2026-03-10, grade: A }
          press: { title: A newspaper, url: https://example.org/1 }
        power:
          gas_turbines:
            - name: West
              model: gt-50
              count: 16
              ramp: 8 MW/min
              source: permit
              online: 2025-09-15
            - { name: East, rated: { value: 38 MW, source: press, grade: C, note: nameplate }, online: [{ on: 2026-01-01, count: 4 }] }
          batteries:
            - pack-2
            - { name: Yard, model: pack-2, count: 168, chemistry: sodium_ion, source: { id: press, grade: B, note: counted } }
          lines:
            - name: north
            - { name: south, parallel_to: Yard }
          limits: { min: 50 %, approach: 9 °F }
        halls:
          - { name: H1, fed_by: [north, south] }
        tax: { county: 1.5 USD/MWh, state: 2 USD/MWh }
        campuses:
          memphis: { name: M, fed_by: [north] }
        claims:
          - { says: it runs, value: 3, source: somebody }
        """;

    public static readonly Catalog Sheets = Catalog.FromTexts(new Dictionary<string, string>
    {
        {
            "turbines",
            """
            sources:
              sheet: { title: Datasheet, publisher: Maker, date: 2024-05-01, url: https://example.org/gt, grade: A }
            entries:
              gt-50:
                source: sheet
                rated: 50 MW
                efficiency: { value: 41 %, grade: C }
                derate_by: [[15, 1], [40, 0.8]]
                emissions: { co2: 480 kg/MWh, nox: 0.2 kg/MWh }
              gt-50-hot: { model: gt-50, inlet: 35 °C }
            """
        },
        {
            "batteries",
            """
            entries:
              pack-2: { source: { title: Maker's page, date: 2025-01-01, grade: B }, capacity: 3.9 MWh }
            """
        },
    });

    public static Reading<Plant> Read(string text, params string[] sets) => ScenarioReader.ReadText<Plant>(text, "plant.yaml", Sheets, sets);

    public static string[] Problems(string text, params string[] sets) =>
        [.. Should.Throw<ScenarioException>(() => Read(text, sets)).Problems.Select(p => p.ToString())];
}
