using Gigawatt.Numerics;

namespace Gigawatt.Scenarios;

/// <summary>What a claim about the campus can be held against.</summary>
public enum Measure
{
    /// <summary>IT power that all constraints together allow.</summary>
    LiveItPower,

    /// <summary>Power drawn by halls, cooling and house, daily mean.</summary>
    FacilityPower,

    /// <summary>Rated power of generating units in service.</summary>
    InstalledGeneration,

    /// <summary>Rated power of generating units that permits in force allow to run, built or not.</summary>
    PermittedGeneration,

    /// <summary>Generating units in service.</summary>
    InstalledTurbines,

    /// <summary>Heat that cooling units in service reject at their rating.</summary>
    CoolingNameplate,

    /// <summary>Heat that cooling units in service reject on the site's design day.</summary>
    CoolingDesignDay,

    /// <summary>Battery energy in service.</summary>
    BatteryEnergy,

    /// <summary>Import that grid ties allow.</summary>
    GridImport,

    /// <summary>GPUs delivered.</summary>
    InstalledGpus,

    /// <summary>GPUs that can work: delivered, commissioned, powered, cooled, joined.</summary>
    LiveGpus,

    /// <summary>Water drawn from all sources, daily.</summary>
    DailyWater,
}

/// <summary>Which power a number in MW means. Documents mix them; a MW without a basis cannot be checked.</summary>
public enum PowerBasis
{
    /// <summary>Output of generating units.</summary>
    Generation,

    /// <summary>Everything the site draws.</summary>
    Facility,

    /// <summary>Racks alone.</summary>
    It,

    /// <summary>Heat rejected.</summary>
    Cooling,
}

/// <summary>How a claim compares: the run must reach the value, stay below it, or equal it.</summary>
public enum Comparison
{
    /// <summary>At least the value.</summary>
    AtLeast,

    /// <summary>At most the value.</summary>
    AtMost,

    /// <summary>The value, within the tolerance.</summary>
    Equal,
}

/// <summary>Something that was said about the campus and can be held against the run, or against arithmetic.</summary>
/// <remarks>
/// With a <c>measure</c> the claim is compared with the run on the day <c>on</c>. With a <c>formula</c> it is compared with the
/// result of the formula, which may use quantities with units, dates, + − × ÷ and brackets: <c>1140 MW / 1700 MW</c>.
/// </remarks>
public sealed record ClaimSpec : ISelfChecking
{
    /// <summary>What was said, in words.</summary>
    public required string Says { get; init; }

    /// <summary>Who said it.</summary>
    public string By { get; init; } = "";

    /// <summary>The day it speaks of.</summary>
    public DateOnly? On { get; init; }

    /// <summary>What to compare in the run.</summary>
    public Measure? Measure { get; init; }

    /// <summary>What to compute instead.</summary>
    public string? Formula { get; init; }

    /// <summary>The value claimed, with its unit.</summary>
    public required string Value { get; init; }

    /// <summary>Which power is meant, for values in MW.</summary>
    public PowerBasis? Basis { get; init; }

    /// <summary>How the value compares; equal for formulas and at least for measures when absent.</summary>
    public Comparison? Comparison { get; init; }

    /// <summary>How the value compares, also when the claim does not say so.</summary>
    public Comparison Compares => Comparison ?? (Formula is null ? Scenarios.Comparison.AtLeast : Scenarios.Comparison.Equal);

    /// <summary>Deviation that still counts as agreement, as a share of the value.</summary>
    [Default(Grade.E, "assumption: 2 %")]
    public double ToleranceFraction { get; init => field = Check.Within(value, 0, 1); } = 0.02;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (Measure is null == Formula is null)
        {
            yield return new(nameof(Measure), "either 'measure' (compare with the run) or 'formula' (compare with arithmetic)",
                Measure is null ? "neither" : "both");
        }
        if (!Quantity.TryParse(Value, out _, out _))
        {
            yield return new(nameof(Value), "a quantity such as '1 GW', '67 %' or '110,000'", $"'{Value}'");
        }
    }
}
