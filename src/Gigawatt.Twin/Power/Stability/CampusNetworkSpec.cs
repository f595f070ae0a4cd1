using Gigawatt.Numerics;
using Gigawatt.Power.Protection;

namespace Gigawatt.Power.Stability;

/// <summary>A place where branches meet.</summary>
public sealed record NetworkBusSpec
{
    /// <summary>Name that everything else refers to.</summary>
    public required string Name { get; init; }

    /// <summary>Nominal voltage between lines, which turns per unit into kA.</summary>
    public required double NominalKv { get; init => field = Check.Positive(value); }
}

/// <summary>A cable, a line or a transformer between two buses.</summary>
/// <remarks>Impedance in series only. Not modelled: charging current, off-nominal taps, magnetising current, zero sequence.</remarks>
public sealed record CampusBranchSpec : ISelfChecking
{
    /// <summary>Name that faults refer to.</summary>
    public required string Name { get; init; }

    /// <summary>Bus at one end, where its relay measures.</summary>
    [RefersTo("buses")]
    public required string From { get; init; }

    /// <summary>Bus at the other end.</summary>
    [RefersTo("buses")]
    public required string To { get; init; }

    /// <summary>Series resistance, per unit of the branch's rating.</summary>
    [Default(Grade.E, "assumption: resistance is small beside reactance in medium-voltage bus duct and transformers")]
    public double ResistancePu { get; init => field = Check.NotNegative(value); }

    /// <summary>Series reactance, per unit of the branch's rating.</summary>
    public required double ReactancePu { get; init => field = Check.NotNegative(value); }

    /// <summary>Rating that its impedance is per unit of; null for the base of the network.</summary>
    public double? RatingMva { get; init => field = value is { } rating ? Check.Positive(rating) : null; }

    /// <summary>Relay at its first end; null when nothing trips it.</summary>
    public OvercurrentSpec? Relay { get; init; }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (ReactancePu == 0 && ResistancePu == 0)
        {
            yield return new Contradiction(nameof(ReactancePu), "an impedance above 0 (join the two buses into one instead)", "zero resistance and reactance");
        }
        if (From == To) { yield return new Contradiction(nameof(To), $"another bus than '{From}'", "the same bus"); }
    }
}

/// <summary>The network outside: a voltage of fixed size and frequency behind its short-circuit reactance.</summary>
public sealed record GridInfeedSpec
{
    /// <summary>Bus at which it enters.</summary>
    [RefersTo("buses")]
    public required string Bus { get; init; }

    /// <summary>Three-phase short-circuit power it gives there.</summary>
    public required double ShortCircuitMva { get; init => field = Check.Positive(value); }
}

/// <summary>A hall of racks with what stands between it and the network.</summary>
/// <remarks>
/// Share p draws constant power, the rest constant impedance; below the cut-over voltage constant power turns into the impedance it has there, as
/// rectifiers do that reach their current limit. Behind a UPS the network loses the hall during a sag, and the racks see nothing; without
/// one their power supplies decide. Not modelled: cooling that stays on motors, single racks.
/// </remarks>
public sealed record HallLoadSpec
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Bus that feeds it.</summary>
    [RefersTo("buses")]
    public required string Bus { get; init; }

    /// <summary>What it draws before the event.</summary>
    public required double LoadMw { get; init => field = Check.Positive(value); }

    /// <summary>Active over apparent power, lagging.</summary>
    [Default(Grade.E, "assumption: power-factor corrected supplies and rectifiers at 0.98 to 1")]
    public double PowerFactorRatio { get; init => field = Check.PositiveFraction(value); } = 0.99;

    /// <summary>Share that draws constant power; the rest is constant impedance.</summary>
    [Default(Grade.E, "assumption: all of an electronic load holds its power")]
    public double ConstantPowerFraction { get; init => field = Check.Fraction(value); } = 1;

    /// <summary>Voltage below which constant power turns into impedance.</summary>
    [Default(Grade.E, "assumption: 0.7 pu, as stability programs use")]
    public double CutOverPu { get; init => field = Check.Positive(value); } = 0.7;

    /// <summary>UPS in front of the racks; null when they hang on the network.</summary>
    public UpsSpec? Ups { get; init; }

    /// <summary>Power supplies of the racks.</summary>
    public PowerSupplyUnitSpec Supplies { get; init; } = new();
}

/// <summary>A short circuit of all three phases.</summary>
public sealed record NetworkFaultSpec : ISelfChecking
{
    /// <summary>Branch on which it is; null when it is at a bus.</summary>
    [RefersTo("branches")]
    public string? Branch { get; init; }

    /// <summary>Bus at which it is; null when it is on a branch.</summary>
    [RefersTo("buses")]
    public string? Bus { get; init; }

    /// <summary>How far along the branch, from its first end.</summary>
    [Default(Grade.E, "assumption: in the middle")]
    public double AtFraction { get; init => field = Check.Fraction(value); } = 0.5;

    /// <summary>Resistance of the arc, per unit of the network's base.</summary>
    [Default(Grade.E, "assumption: a metallic fault, the worst case for voltage")]
    public double ArcPu { get; init => field = Check.NotNegative(value); }

    /// <summary>When it begins.</summary>
    public required double StartS { get; init => field = Check.NotNegative(value); }

    /// <summary>When it ends and the branch opens; null to leave that to the branch's relay.</summary>
    public double? ClearedS { get; init => field = value is { } time ? Check.NotNegative(time) : null; }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (Branch is null == Bus is null) { yield return new Contradiction(nameof(Branch), "a 'branch' or a 'bus'", Branch is null ? "neither" : "both"); }
        if (ClearedS is { } cleared && cleared <= StartS)
        {
            yield return new Contradiction(nameof(ClearedS), FormattableString.Invariant($"a time after the start of the fault at {StartS} s"), FormattableString.Invariant($"{cleared} s"));
        }
        if (Bus is not null && ClearedS is null) { yield return new Contradiction(nameof(ClearedS), "a time, since no single relay clears a bus", "nothing"); }
    }
}

/// <summary>A campus as its transients see it.</summary>
public sealed record CampusNetworkSpec
{
    /// <summary>Power that per-unit impedances without a rating of their own refer to.</summary>
    [Default(Grade.E, "assumption: the usual base of network data")]
    public double BaseMva { get; init => field = Check.Positive(value); } = 100;

    /// <summary>Frequency before the event.</summary>
    [Default(Grade.D, "60 Hz networks, as on every site of the shipped scenarios")]
    public double NominalHz { get; init => field = Check.Positive(value); } = 60;

    /// <summary>Voltage that generators and inverters hold before the event.</summary>
    [Default(Grade.E, "assumption: nominal")]
    public double HeldPu { get; init => field = Check.Within(value, 0.5, 1.5); } = 1;

    /// <summary>What turbines give beside a grid, of their rating; on an island they share the whole load.</summary>
    [Default(Grade.E, "assumption: a campus beside a grid runs its turbines at 80 %")]
    public double TurbineLoadFraction { get; init => field = Check.Fraction(value); } = 0.8;

    /// <summary>Buses.</summary>
    public required IReadOnlyList<NetworkBusSpec> Buses { get; init; }

    /// <summary>Cables, lines and transformers.</summary>
    public IReadOnlyList<CampusBranchSpec> Branches { get; init; } = [];

    /// <summary>Generators.</summary>
    public IReadOnlyList<NetworkMachineSpec> Turbines { get; init; } = [];

    /// <summary>Grid-forming inverters.</summary>
    public IReadOnlyList<GridFormingGroupSpec> Inverters { get; init; } = [];

    /// <summary>The network outside; null on an island.</summary>
    public GridInfeedSpec? Grid { get; init; }

    /// <summary>Loads.</summary>
    public IReadOnlyList<HallLoadSpec> Halls { get; init; } = [];

    /// <summary>Index of a bus.</summary>
    /// <exception cref="CaseException">There is none of that name.</exception>
    public int BusIndex(string name, string path)
    {
        for (int i = 0; i < Buses.Count; i++)
        {
            if (Buses[i].Name == name) { return i; }
        }
        throw new CaseException(path, $"the name of a bus ({string.Join(", ", Buses.Select(bus => bus.Name).Take(12))})", $"'{name}'{Suggestion.Phrase(name, Buses.Select(bus => bus.Name))}");
    }
}
