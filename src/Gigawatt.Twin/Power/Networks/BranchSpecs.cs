using Gigawatt.Numerics;

namespace Gigawatt.Power.Networks;

/// <summary>A line or transformer given per unit on the base of the case: a π with an ideal transformer at its from side.</summary>
public sealed record BranchSpec
{
    /// <summary>Name; absent: from and to.</summary>
    public string? Label { get; init; }

    /// <summary>Where it begins; the tap is on this side.</summary>
    [RefersTo("buses")]
    public required string From { get; init; }

    /// <summary>Where it ends.</summary>
    [RefersTo("buses")]
    public required string To { get; init; }

    /// <summary>Series resistance.</summary>
    [Default(Grade.D, "lossless unless stated")]
    public double ResistancePu { get; init => field = Check.Finite(value); }

    /// <summary>Series reactance.</summary>
    public required double ReactancePu { get; init => field = Check.Finite(value); }

    /// <summary>Total charging susceptance, half of it at each end.</summary>
    [Default(Grade.D, "no charging unless stated")]
    public double ChargingPu { get; init => field = Check.Finite(value); }

    /// <summary>Most apparent power in service; absent when there is no limit.</summary>
    public double? RatedMva { get; init => field = value is { } given ? Check.Positive(given) : null; }

    /// <summary>Turns ratio off nominal, from over to; absent for a line.</summary>
    public double? TapRatio { get; init => field = value is { } given ? Check.Positive(given) : null; }

    /// <summary>Phase by which the to side lags the from side at no load.</summary>
    [Default(Grade.D, "no phase shift unless stated")]
    public double ShiftDeg { get; init => field = Check.Finite(value); }

    /// <summary>Whether it is connected.</summary>
    [Default(Grade.D, "in service unless stated")]
    public bool InService { get; init; } = true;
}

/// <summary>A cable or overhead line given by conductor and length; a tie between sites is one.</summary>
/// <remarks>Z = (r + jx) · length / circuits over kV²/MVA. Not modelled: temperature of the conductor, mutual coupling, distributed parameters of long lines.</remarks>
public sealed record LineSpec
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it begins.</summary>
    [RefersTo("buses")]
    public required string From { get; init; }

    /// <summary>Where it ends.</summary>
    [RefersTo("buses")]
    public required string To { get; init; }

    /// <summary>Length of the route.</summary>
    public required double LengthM { get; init => field = Check.Positive(value); }

    /// <summary>Resistance of one phase per length, warm.</summary>
    public required double ResistanceOhmPerM { get; init => field = Check.NotNegative(value); }

    /// <summary>Reactance of one phase per length.</summary>
    public required double ReactanceOhmPerM { get; init => field = Check.NotNegative(value); }

    /// <summary>Reactive power that the line's capacitance gives per length at its base voltage.</summary>
    [Default(Grade.D, "short lines charge little")]
    public double ChargingMvarPerM { get; init => field = Check.NotNegative(value); }

    /// <summary>Most current of one circuit; absent when there is no limit.</summary>
    public double? AmpacityKa { get; init => field = value is { } given ? Check.Positive(given) : null; }

    /// <summary>Equal circuits side by side.</summary>
    [Default(Grade.D, "one circuit unless stated")]
    public int Circuits { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>Whether it is connected.</summary>
    [Default(Grade.D, "in service unless stated")]
    public bool InService { get; init; } = true;
}

/// <summary>A transformer given by its nameplate; several equal ones may stand side by side.</summary>
/// <remarks>
/// X and R from Z and X/R; no-load loss as a conductance at the from side. The tap is on the from side.
/// Not modelled: magnetising current, saturation, zero sequence.
/// </remarks>
public sealed record GridTransformerSpec
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Side with the taps, usually the higher voltage.</summary>
    [RefersTo("buses")]
    public required string From { get; init; }

    /// <summary>The other side.</summary>
    [RefersTo("buses")]
    public required string To { get; init; }

    /// <summary>Rating of one unit.</summary>
    public required double RatedMva { get; init => field = Check.Positive(value); }

    /// <summary>Short-circuit voltage: the share of rated voltage that drives rated current through a short.</summary>
    [Default(Grade.B, "5.75 %, hall transformers of 2.5–3.5 MVA in the library of the public Caterpillar sizing applications")]
    public double ImpedanceFraction { get; init => field = Check.Within(value, 1e-4, 0.5); } = 0.0575;

    /// <summary>Reactance over resistance.</summary>
    [Default(Grade.B, "8 to 10 in the transformer library of the public Caterpillar sizing applications")]
    public double XToRRatio { get; init => field = Check.Positive(value); } = 9;

    /// <summary>Loss while energised, as a share of rating.</summary>
    [Default(Grade.E, "assumption: 0.1 % of rating, typical of liquid-filled units")]
    public double NoLoadLossFraction { get; init => field = Check.Within(value, 0, 0.05); } = 0.001;

    /// <summary>Equal units side by side.</summary>
    [Default(Grade.D, "one unit unless stated")]
    public int Count { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>Turns ratio off nominal, from over to: above 1 lowers the voltage of the to side.</summary>
    [Default(Grade.D, "nominal ratio")]
    public double TapRatio { get; init => field = Check.Within(value, 0.5, 2); } = 1;

    /// <summary>Phase by which the to side lags the from side.</summary>
    [Default(Grade.D, "no phase shift: magnitudes do not depend on it in a radial network")]
    public double ShiftDeg { get; init => field = Check.Finite(value); }

    /// <summary>On-load tap changer; absent when the ratio is fixed.</summary>
    public TapChangerSpec? TapChanger { get; init; }

    /// <summary>Whether it is connected.</summary>
    [Default(Grade.D, "in service unless stated")]
    public bool InService { get; init; } = true;
}

/// <summary>An on-load tap changer with its voltage regulator.</summary>
/// <remarks>It moves one step or more while the voltage lies outside the band. Not modelled: time delays, line-drop compensation.</remarks>
public sealed record TapChangerSpec : ISelfChecking
{
    /// <summary>Bus whose voltage it holds; absent: the to side of its transformer.</summary>
    [RefersTo("buses")]
    public string? Controls { get; init; }

    /// <summary>Voltage it aims at.</summary>
    [Default(Grade.D, "nominal voltage")]
    public double TargetPu { get; init => field = Check.Within(value, 0.8, 1.2); } = 1;

    /// <summary>Half of the band around the target within which it stands still.</summary>
    [Default(Grade.E, "assumption: 1.5 steps of 0.625 %, a usual regulator setting")]
    public double HalfBandPu { get; init => field = Check.Positive(value); } = 0.009375;

    /// <summary>Change of the ratio by one step.</summary>
    [Default(Grade.E, "assumption: 32 steps of 5/8 %, the usual regulator (ANSI C57.15, recalled)")]
    public double StepFraction { get; init => field = Check.Within(value, 1e-4, 0.1); } = 0.00625;

    /// <summary>Steps each way from the nominal ratio.</summary>
    [Default(Grade.E, "assumption: 16 raise, 16 lower, the usual regulator (ANSI C57.15, recalled)")]
    public int Steps { get; init => field = Check.AtLeastOne(value); } = 16;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions() => 2 * HalfBandPu < StepFraction
        ? [new(nameof(HalfBandPu), FormattableString.Invariant($"at least half a step, {StepFraction / 2:0.#####} pu, lest it hunts"), FormattableString.Invariant($"{HalfBandPu:0.#####} pu"))]
        : [];
}
