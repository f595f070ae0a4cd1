using Gigawatt.Numerics;

namespace Gigawatt.Power.Networks;

/// <summary>A network in plain data: buses, what feeds them and what joins them.</summary>
/// <remarks>
/// Balanced three-phase positive sequence. Branches are given per unit on <see cref="BaseMva"/>; lines and transformers by their physical data.
/// Not modelled: unbalance, neutral and earth currents, harmonics, frequency.
/// </remarks>
public sealed record NetworkCase
{
    /// <summary>Name of the network, for people.</summary>
    public string Name { get; init; } = "";

    /// <summary>Apparent power that one per unit stands for.</summary>
    [Default(Grade.D, "100 MVA, the usual base of published cases; only per-unit branches depend on it")]
    public double BaseMva { get; init => field = Check.Positive(value); } = 100;

    /// <summary>Places of one voltage.</summary>
    public required IReadOnlyList<BusSpec> Buses { get; init; }

    /// <summary>Machines, inverters and grid connections.</summary>
    public required IReadOnlyList<SourceSpec> Generators { get; init; }

    /// <summary>Lines and transformers given per unit.</summary>
    public IReadOnlyList<BranchSpec> Branches { get; init; } = [];

    /// <summary>Cables and overhead lines given by conductor and length.</summary>
    public IReadOnlyList<LineSpec> Lines { get; init; } = [];

    /// <summary>Transformers given by their nameplate.</summary>
    public IReadOnlyList<GridTransformerSpec> Transformers { get; init; } = [];

    /// <summary>Breakers and switches; a closed one makes one bus of two, an open one is nothing.</summary>
    public IReadOnlyList<SwitchSpec> Switches { get; init; } = [];
}

/// <summary>What a power flow is told to hold at a bus.</summary>
public enum BusKind
{
    /// <summary>Active and reactive power are given.</summary>
    Load,

    /// <summary>Generators hold the voltage.</summary>
    Generator,

    /// <summary>Generators hold the voltage; angles are counted from here, and without participation factors these generators balance the island.</summary>
    Reference,

    /// <summary>Cut off on purpose: neither fed nor counted.</summary>
    Isolated,
}

/// <summary>A place of one voltage, with its load.</summary>
public sealed record BusSpec : ISelfChecking
{
    /// <summary>Name that branches and generators refer to.</summary>
    public required string Name { get; init; }

    /// <summary>What is held here; absent: the voltage where a generator has a set point, else the load.</summary>
    public BusKind? Kind { get; init; }

    /// <summary>Active power drawn here; negative when something unlisted feeds in.</summary>
    [Default(Grade.D, "nothing is drawn where nothing is stated")]
    public double LoadMw { get; init => field = Check.Finite(value); }

    /// <summary>Reactive power drawn here; negative for a capacitive load.</summary>
    [Default(Grade.D, "nothing is drawn where nothing is stated")]
    public double LoadReactiveMvar { get; init => field = Check.Finite(value); }

    /// <summary>Active power that a shunt draws at 1 pu; it goes with the square of the voltage.</summary>
    [Default(Grade.D, "no shunt where none is stated")]
    public double ShuntMw { get; init => field = Check.Finite(value); }

    /// <summary>Reactive power that a shunt gives at 1 pu: positive for a capacitor, negative for a reactor.</summary>
    [Default(Grade.D, "no shunt where none is stated")]
    public double ShuntReactiveMvar { get; init => field = Check.Finite(value); }

    /// <summary>Voltage between phases that one per unit stands for; absent when only per-unit data is used.</summary>
    public double? BaseKv { get; init => field = value is { } given ? Check.Positive(given) : null; }

    /// <summary>Lowest voltage that is acceptable in service.</summary>
    [Default(Grade.E, "assumption: 95 % of nominal, as ANSI C84.1 range A (recalled)")]
    public double MinVoltagePu { get; init => field = Check.NotNegative(value); } = 0.95;

    /// <summary>Highest voltage that is acceptable in service.</summary>
    [Default(Grade.E, "assumption: 105 % of nominal, as ANSI C84.1 range A (recalled)")]
    public double MaxVoltagePu { get; init => field = Check.Positive(value); } = 1.05;

    /// <summary>Angle of the voltage where this bus is the reference.</summary>
    [Default(Grade.D, "angles are counted from the reference")]
    public double AngleDeg { get; init => field = Check.Finite(value); }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions() => MinVoltagePu > MaxVoltagePu
        ? [new(nameof(MinVoltagePu), FormattableString.Invariant($"at most the highest voltage, {MaxVoltagePu:0.####} pu"), FormattableString.Invariant($"{MinVoltagePu:0.####} pu"))]
        : [];
}

/// <summary>A generator, an inverter or a grid connection at a bus.</summary>
/// <remarks>
/// With <see cref="VoltagePu"/> it holds its bus at that voltage as far as its reactive limits go; with a droop it gives
/// Q = rated · (set point − V) / droop. Without, it gives <see cref="OutputReactiveMvar"/>. What the island lacks is shared by participation within
/// the limits of active power. Not modelled: capability curves, saturation, excitation.
/// </remarks>
public sealed record SourceSpec : ISelfChecking
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Bus it feeds.</summary>
    [RefersTo("buses")]
    public required string Bus { get; init; }

    /// <summary>Scheduled active power, before the island is balanced.</summary>
    [Default(Grade.D, "a source without a schedule only balances")]
    public double OutputMw { get; init => field = Check.Finite(value); }

    /// <summary>Reactive power given when no voltage is held.</summary>
    [Default(Grade.D, "unity power factor")]
    public double OutputReactiveMvar { get; init => field = Check.Finite(value); }

    /// <summary>Voltage it holds; absent when it follows the network.</summary>
    public double? VoltagePu { get; init => field = value is { } given ? Check.Within(given, 0.5, 1.5) : null; }

    /// <summary>Fall of voltage from no reactive power to rated; zero holds the voltage stiffly.</summary>
    [Default(Grade.D, "a voltage regulator without droop")]
    public double VoltageDroopFraction { get; init => field = Check.Within(value, 0, 0.5); }

    /// <summary>Least active power; absent when there is no limit.</summary>
    public double? MinMw { get; init => field = value is { } given ? Check.Finite(given) : null; }

    /// <summary>Most active power; absent when there is no limit.</summary>
    public double? MaxMw { get; init => field = value is { } given ? Check.Finite(given) : null; }

    /// <summary>Least reactive power, negative when it can absorb; absent when there is no limit.</summary>
    public double? MinReactiveMvar { get; init => field = value is { } given ? Check.Finite(given) : null; }

    /// <summary>Most reactive power; absent when there is no limit.</summary>
    public double? MaxReactiveMvar { get; init => field = value is { } given ? Check.Finite(given) : null; }

    /// <summary>Weight with which it shares what the island lacks; where nobody has a weight the reference balances alone.</summary>
    [Default(Grade.D, "only stated participation counts")]
    public double ParticipationFactor { get; init => field = Check.NotNegative(value); }

    /// <summary>Rating of the machine or inverter, for droop and short circuits; absent: not known.</summary>
    public double? RatedMva { get; init => field = value is { } given ? Check.Positive(given) : null; }

    /// <summary>Subtransient reactance of a machine, or the source impedance of a grid, on its rating.</summary>
    [Default(Grade.E, "assumption: 0.2 pu, a round-rotor machine of 10–60 MVA")]
    public double SubtransientPu { get; init => field = Check.Within(value, 1e-4, 10); } = 0.2;

    /// <summary>Whether it is an inverter, which limits its current in a short circuit instead of standing behind a reactance.</summary>
    [Default(Grade.D, "a machine unless stated")]
    public bool Inverter { get; init; }

    /// <summary>Current of an inverter into a short circuit, over its rated current.</summary>
    [Default(Grade.E, "assumption: 1.2, typical of inverters that limit current")]
    public double FaultCurrentRatio { get; init => field = Check.Within(value, 0, 5); } = 1.2;

    /// <summary>Whether it is connected.</summary>
    [Default(Grade.D, "in service unless stated")]
    public bool InService { get; init; } = true;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (MinMw > MaxMw) { yield return new(nameof(MinMw), FormattableString.Invariant($"at most its maximum, {MaxMw:0.###} MW"), FormattableString.Invariant($"{MinMw:0.###} MW")); }
        if (MinReactiveMvar > MaxReactiveMvar) { yield return new(nameof(MinReactiveMvar), FormattableString.Invariant($"at most its maximum, {MaxReactiveMvar:0.###} Mvar"), FormattableString.Invariant($"{MinReactiveMvar:0.###} Mvar")); }
        if (VoltageDroopFraction > 0 && (RatedMva is null || VoltagePu is null))
        {
            yield return new(nameof(VoltageDroopFraction), "a rating in MVA and a voltage set point beside the droop", RatedMva is null ? "no rated" : "no voltage");
        }
    }
}

/// <summary>A breaker or switch between two buses.</summary>
/// <remarks>Closed it has no impedance: both buses are one. Not modelled: its own current and rating.</remarks>
public sealed record SwitchSpec
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>One side.</summary>
    [RefersTo("buses")]
    public required string From { get; init; }

    /// <summary>The other side.</summary>
    [RefersTo("buses")]
    public required string To { get; init; }

    /// <summary>Whether it conducts.</summary>
    [Default(Grade.D, "closed unless stated")]
    public bool Closed { get; init; } = true;
}
