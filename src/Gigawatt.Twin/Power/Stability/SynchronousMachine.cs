using Gigawatt.Numerics;
using Gigawatt.Power.Transients;

namespace Gigawatt.Power.Stability;

/// <summary>A synchronous generator with voltage regulator, and how its turbine follows speed.</summary>
/// <remarks>
/// Two-axis model without transient saliency (X'q = X'd), so that the network sees one voltage behind one reactance:
/// T'd0 Ė'q = E_fd − E'q − (X_d − X'd) I_d; T'q0 Ė'd = −E'd + (X_q − X'd) I_q; 2H ω̇ = P_m − P_e − D (ω − 1); δ̇ = ω₀ (ω − 1).
/// Regulator: T_A Ė_fd = K_A (V_ref − V_t) − E_fd within its ceiling. A classical machine holds E'q and has no E'd.
/// Source: Sauer and Pai, Power System Dynamics and Stability, ch. 5 and 6. Not modelled: subtransients, saturation, stator resistance,
/// change of reactance with speed, excitation limits over minutes.
/// </remarks>
public sealed record SynchronousMachineSpec : ISelfChecking
{
    /// <summary>Rating of the generator, the base of its per-unit data.</summary>
    public required double RatingMva { get; init => field = Check.Positive(value); }

    /// <summary>Most that the turbine gives.</summary>
    public required double RatedMw { get; init => field = Check.Positive(value); }

    /// <summary>Energy stored at rated speed over the rating.</summary>
    [Default(Grade.E, "assumption: aeroderivative sets of 20 to 40 MW have 1 to 2 s")]
    public double InertiaS { get; init => field = Check.Positive(value); } = 1.5;

    /// <summary>Power that rises with speed by itself, per unit of both.</summary>
    [Default(Grade.E, "assumption: none; damping comes from the rotor circuits and the governor")]
    public double DampingPu { get; init => field = Check.NotNegative(value); }

    /// <summary>Synchronous reactance of the direct axis.</summary>
    [Default(Grade.E, "assumption: two-pole and four-pole generators have 1.5 to 2.2")]
    public double DirectPu { get; init => field = Check.Positive(value); } = 1.8;

    /// <summary>Synchronous reactance of the quadrature axis.</summary>
    [Default(Grade.E, "assumption: a little below the direct axis of a round rotor")]
    public double QuadraturePu { get; init => field = Check.Positive(value); } = 1.7;

    /// <summary>Transient reactance, of both axes.</summary>
    [Default(Grade.E, "assumption: 0.2 to 0.3 is usual")]
    public double TransientPu { get; init => field = Check.Positive(value); } = 0.25;

    /// <summary>Reactance of the step-up transformer, per unit of the generator's rating; 0 when it sits on the bus.</summary>
    [Default(Grade.E, "assumption: the bus is the generator's own")]
    public double StepUpPu { get; init => field = Check.NotNegative(value); }

    /// <summary>Open-circuit time constant of the field.</summary>
    [Default(Grade.E, "assumption: 4 to 8 s is usual")]
    public double FieldTimeS { get; init => field = Check.Positive(value); } = 6;

    /// <summary>Open-circuit time constant of the quadrature axis.</summary>
    [Default(Grade.E, "assumption: 0.4 to 1 s is usual for round rotors")]
    public double QuadratureTimeS { get; init => field = Check.Positive(value); } = 0.5;

    /// <summary>Whether the voltage behind the transient reactance is constant: the textbook's classical machine.</summary>
    [Default(Grade.D, "the two-axis machine is the better model wherever its data are known")]
    public bool IsClassical { get; init; }

    /// <summary>Gain of the voltage regulator; 0 for a fixed field.</summary>
    [Default(Grade.E, "assumption: static exciters of 100 to 200; the lower end damps better without a stabiliser")]
    public double RegulatorGainFactor { get; init => field = Check.NotNegative(value); } = 100;

    /// <summary>Time constant of the regulator.</summary>
    [Default(Grade.E, "assumption: 20 to 100 ms")]
    public double RegulatorTimeS { get; init => field = Check.Positive(value); } = 0.05;

    /// <summary>Highest field voltage; 1 gives nominal voltage on open circuit.</summary>
    [Default(Grade.E, "assumption: ceilings of 4 to 6 are usual")]
    public double CeilingPu { get; init => field = Check.Positive(value); } = 5;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (RatedMw > RatingMva) { yield return new Contradiction(nameof(RatedMw), FormattableString.Invariant($"at most the generator's rating, {RatingMva} MVA"), FormattableString.Invariant($"{RatedMw} MW")); }
        if (DirectPu < TransientPu) { yield return new Contradiction(nameof(TransientPu), FormattableString.Invariant($"at most the synchronous reactance, {DirectPu} pu"), FormattableString.Invariant($"{TransientPu} pu")); }
        if (QuadraturePu < TransientPu) { yield return new Contradiction(nameof(QuadraturePu), FormattableString.Invariant($"at least the transient reactance, {TransientPu} pu"), FormattableString.Invariant($"{QuadraturePu} pu")); }
    }
}

/// <summary>Constants of one machine on the base of the network, as the step needs them.</summary>
internal struct MachineData
{
    public int Bus;
    public int Source;              // place among the nodes of sources
    public double Rating;           // over the base of the network
    public double Reactance;        // transient plus step-up
    public double StepUp;
    public double SwingPerS;        // 1 / 2H, on the machine's base
    public double Damping;
    public double DirectRise;       // X_d − X'd, X_q − X'd on the base of the network
    public double QuadratureRise;
    public double FieldPerS;
    public double QuadraturePerS;
    public double RegulatorPerS;
    public double Gain;
    public double Ceiling;
    public double Reference;
    public bool IsClassical;
    public GastSpec? Gast;
    public Ggov1Spec? Ggov1;
    public double Turbine;          // rated power over the rating of the generator
    public double Mechanical;       // set point: of the governor on its own base, else of mechanical power
    public double Output;           // before the event, on the machine's base
}

/// <summary>Equal generator sets at one bus.</summary>
public sealed record NetworkMachineSpec : ISelfChecking
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Bus at which they feed in.</summary>
    [RefersTo("buses")]
    public required string Bus { get; init; }

    /// <summary>How many run.</summary>
    [Default(Grade.D, "an entry is one set unless it says more")]
    public int Count { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>One of them.</summary>
    [Inline]
    public required SynchronousMachineSpec Unit { get; init; }

    /// <summary>Turbine and governor in the GAST form, per unit of rated power; without this and GGOV1 mechanical power stays.</summary>
    public GastSpec? Gast { get; init; }

    /// <summary>Turbine and governor in the GGOV1 form instead.</summary>
    public Ggov1Spec? Ggov1 { get; init; }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (Gast is not null && Ggov1 is not null) { yield return new Contradiction(nameof(Ggov1), "one governor", "'gast' and 'ggov1'"); }
    }
}
