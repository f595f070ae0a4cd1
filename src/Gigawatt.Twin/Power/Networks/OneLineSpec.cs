using Gigawatt.Numerics;

namespace Gigawatt.Power.Networks;

/// <summary>What the one-line network of a campus needs beyond the ratings and losses of its parts.</summary>
/// <remarks>
/// Resistances come from the losses that the transformers and lines state; only reactances are given here, so that no loss is given twice.
/// Not modelled: cables inside halls and yards, charging of cables, tap changers, capacitors.
/// </remarks>
public sealed record OneLineSpec
{
    /// <summary>Voltage of the campus bus, of collectors and of lines between parcels.</summary>
    [Default(Grade.E, "assumption: 34.5 kV, usual for collectors of this size")]
    public double NominalKv { get; init => field = Check.Positive(value); } = 34.5;

    /// <summary>Voltage at the terminals of generating units.</summary>
    [Default(Grade.E, "assumption: 13.8 kV, usual for units of 5 to 60 MW")]
    public double GeneratorKv { get; init => field = Check.Positive(value); } = 13.8;

    /// <summary>Voltage behind the step-down transformers.</summary>
    [Default(Grade.E, "assumption: 13.8 kV, distributed inside the halls")]
    public double HallKv { get; init => field = Check.Positive(value); } = 13.8;

    /// <summary>Largest step-down transformer; halls are fed by as many equal ones as it takes.</summary>
    [Default(Grade.E, "assumption: blocks of at most 70 MVA")]
    public double HallBlockMva { get; init => field = Check.Positive(value); } = 70;

    /// <summary>Short-circuit voltage of step-up transformers.</summary>
    [Default(Grade.E, "assumption: 9 %, between 8 and 10 % of generator step-up transformers as recalled")]
    public double StepUpImpedanceFraction { get; init => field = Check.Within(value, 0.01, 0.3); } = 0.09;

    /// <summary>Short-circuit voltage of step-down transformers.</summary>
    [Default(Grade.B, "5.75 %, hall transformers of 2.5–3.5 MVA in the library of the public Caterpillar sizing applications")]
    public double StepDownImpedanceFraction { get; init => field = Check.Within(value, 0.01, 0.3); } = 0.0575;

    /// <summary>Reactance of a line over its resistance, where no length is given.</summary>
    [Default(Grade.E, "assumption: 1.6, as 0.11 over 0.07 ohm/km of a large cable at 34.5 kV")]
    public double LineXToRRatio { get; init => field = Check.Positive(value); } = 1.6;

    /// <summary>Reactance of one phase of a line per length, where its length is given.</summary>
    [Default(Grade.E, "assumption: 0.11 ohm/km, a large cable at 34.5 kV; overhead lines have about 0.4")]
    public double LineReactanceOhmPerM { get; init => field = Check.Positive(value); } = 0.11e-3;

    /// <summary>Active over apparent power of halls, cooling and house.</summary>
    [Default(Grade.E, "assumption: 0.97 lagging, power shelves near 1 beside motors and transformers below it")]
    public double PowerFactorFraction { get; init => field = Check.Within(value, 0.5, 1); } = 0.97;

    /// <summary>Active over apparent power down to which a grid tie gives or takes reactive power at its limit.</summary>
    [Default(Grade.E, "assumption: 0.95, a usual term of interconnection")]
    public double TiePowerFactorFraction { get; init => field = Check.Within(value, 0.5, 1); } = 0.95;

    /// <summary>Subtransient reactance of generating units, on their apparent power; the same for the utility behind a tie, on its import limit.</summary>
    [Default(Grade.E, "assumption: 0.2 pu, a round-rotor machine of 10–60 MVA")]
    public double SubtransientPu { get; init => field = Check.Within(value, 0.01, 2); } = 0.2;

    /// <summary>Voltage that generating units hold at their terminals.</summary>
    [Default(Grade.E, "assumption: 1.02 pu, so that the campus bus stands near 1")]
    public double GeneratorVoltagePu { get; init => field = Check.Within(value, 0.9, 1.1); } = 1.02;

    /// <summary>Voltage that batteries and grid ties aim for at the campus bus.</summary>
    [Default(Grade.E, "assumption: nominal voltage")]
    public double BusVoltagePu { get; init => field = Check.Within(value, 0.9, 1.1); } = 1;

    /// <summary>Fall of voltage at which batteries give all their reactive power.</summary>
    [Default(Grade.E, "assumption: 5 %, a usual droop of grid-forming inverters")]
    public double BatteryDroopFraction { get; init => field = Check.Within(value, 0.005, 0.5); } = 0.05;

    /// <summary>Reactive power that a machine can absorb, as a share of its apparent power.</summary>
    [Default(Grade.E, "assumption: 30 %, the under-excited limit of round-rotor machines")]
    public double AbsorbedFraction { get; init => field = Check.Fraction(value); } = 0.3;

    /// <summary>How the oil and windings of step-up and step-down transformers warm and age.</summary>
    public TransformerThermalSpec Ageing { get; init; } = new();
}
