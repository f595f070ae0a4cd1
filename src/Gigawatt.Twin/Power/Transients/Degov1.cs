using Gigawatt.Numerics;

namespace Gigawatt.Power.Transients;

/// <summary>An engine with a Woodward-type governor in the DEGOV1 form: electric control box, actuator with integral, droop on the throttle.</summary>
/// <remarks>
/// Per unit of the engine's base power and of nominal frequency. Control box (1 + T3 s)/(1 + T1 s + T1 T2 s²) on R (reference − throttle) − Δω; actuator
/// K (1 + T4 s)/(s (1 + T5 s)(1 + T6 s)) with stops; torque = throttle, power = throttle times speed. Source: PSS/E model library, values of GridLAB-D.
/// Not modelled: firing dead time (T_D, about 10 ms), droop on electrical power.
/// </remarks>
public sealed record Degov1Spec : ISelfChecking
{
    /// <summary>Change of frequency per base power: R.</summary>
    [Default(Grade.B, "R 0.05 (GridLAB-D diesel_dg)")]
    public double DroopPu { get; init => field = Check.Within(value, 0, 1); } = 0.05;

    /// <summary>First time of the control box: T1.</summary>
    [Default(Grade.B, "T1 0.2 s (GridLAB-D diesel_dg)")]
    public double BoxFirstS { get; init => field = Check.Within(value, 0.005, 60); } = 0.2;

    /// <summary>Second time of the control box: T2.</summary>
    [Default(Grade.B, "T2 0.3 s (GridLAB-D diesel_dg)")]
    public double BoxSecondS { get; init => field = Check.Within(value, 0.005, 60); } = 0.3;

    /// <summary>Lead of the control box: T3.</summary>
    [Default(Grade.B, "T3 0.5 s (GridLAB-D diesel_dg)")]
    public double BoxLeadS { get; init => field = Check.NotNegative(value); } = 0.5;

    /// <summary>Gain of the actuator: K.</summary>
    [Default(Grade.B, "K 0.8 1/s (GridLAB-D diesel_dg)")]
    public double ActuatorGainPerS { get; init => field = Check.Positive(value); } = 0.8;

    /// <summary>Lead of the actuator: T4.</summary>
    [Default(Grade.B, "T4 1 s (GridLAB-D diesel_dg)")]
    public double ActuatorLeadS { get; init => field = Check.NotNegative(value); } = 1;

    /// <summary>First lag of the actuator: T5.</summary>
    [Default(Grade.B, "T5 0.1 s (GridLAB-D diesel_dg)")]
    public double ActuatorFirstS { get; init => field = Check.Within(value, 0.005, 60); } = 0.1;

    /// <summary>Second lag of the actuator: T6.</summary>
    [Default(Grade.B, "T6 0.2 s (GridLAB-D diesel_dg)")]
    public double ActuatorSecondS { get; init => field = Check.Within(value, 0.005, 60); } = 0.2;

    /// <summary>Upper stop of the throttle: TMAX.</summary>
    [Default(Grade.E, "assumption: 10 % above the rating")]
    public double MaxThrottlePu { get; init => field = Check.Positive(value); } = 1.1;

    /// <summary>Lower stop of the throttle: TMIN.</summary>
    [Default(Grade.E, "assumption: closed")]
    public double MinThrottlePu { get; init => field = Check.NotNegative(value); }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (MinThrottlePu >= MaxThrottlePu)
        {
            yield return new(nameof(MinThrottlePu), FormattableString.Invariant($"a lower stop below the upper stop of {MaxThrottlePu:0.###}"),
                FormattableString.Invariant($"{MinThrottlePu:0.###}"));
        }
    }
}

/// <summary>What a DEGOV1 engine remembers; also its rates of change per second.</summary>
public struct Degov1State
{
    /// <summary>Output of the control box before its lead.</summary>
    public double BoxPu;

    /// <summary>How fast it changes.</summary>
    public double BoxRatePuPerS;

    /// <summary>First lag of the actuator.</summary>
    public double FirstPu;

    /// <summary>Second lag of the actuator: speed of the throttle.</summary>
    public double ThrottleRatePuPerS;

    /// <summary>Position of the throttle.</summary>
    public double ThrottlePu;
}

/// <summary>The equations of a DEGOV1 engine.</summary>
public static class Degov1
{
    /// <summary>The engine at rest at an output.</summary>
    public static Degov1State Initialise(Degov1Spec spec, double outputPu) => new() { ThrottlePu = outputPu };

    /// <summary>The reference that holds an output at nominal frequency.</summary>
    public static double ReferencePu(Degov1Spec spec, double outputPu) => outputPu;

    /// <summary>Rates of change of the state.</summary>
    /// <param name="spec">The engine.</param>
    /// <param name="state">Where it stands.</param>
    /// <param name="deviationPu">Frequency over nominal, less one.</param>
    /// <param name="referencePu">Throttle that it is asked for at nominal frequency.</param>
    /// <param name="ceilingPu">Highest power it may take on now; infinite without such a limit.</param>
    /// <param name="rates">Change of each state per second.</param>
    public static void Derivatives(Degov1Spec spec, in Degov1State state, double deviationPu, double referencePu, double ceilingPu, out Degov1State rates)
    {
        double error = spec.DroopPu * (referencePu - state.ThrottlePu) - deviationPu;
        rates.BoxPu = state.BoxRatePuPerS;
        rates.BoxRatePuPerS = (error - state.BoxPu - spec.BoxFirstS * state.BoxRatePuPerS) / (spec.BoxFirstS * spec.BoxSecondS);
        double box = state.BoxPu + spec.BoxLeadS * state.BoxRatePuPerS;
        rates.FirstPu = (box - state.FirstPu) / spec.ActuatorFirstS;
        double led = state.FirstPu + spec.ActuatorLeadS * rates.FirstPu;
        rates.ThrottleRatePuPerS = (spec.ActuatorGainPerS * led - state.ThrottleRatePuPerS) / spec.ActuatorSecondS;
        double highest = Math.Max(spec.MinThrottlePu, Math.Min(spec.MaxThrottlePu, ceilingPu));
        rates.ThrottlePu = Stops.Held(state.ThrottlePu, state.ThrottleRatePuPerS, spec.MinThrottlePu, highest, spec.ActuatorSecondS);
    }

    /// <summary>Power at the shaft.</summary>
    public static double PowerPu(Degov1Spec spec, in Degov1State state, double deviationPu) => state.ThrottlePu * (1 + deviationPu);
}
