using Gigawatt.Numerics;

namespace Gigawatt.Power.Transients;

/// <summary>A governor and turbine with one lag, a part of whose power answers at once: the reheat turbine of the classical response model.</summary>
/// <remarks>Power change = −(Km/R) (1 + F T s)/(1 + T s) Δω. Source: Anderson and Mirheydar 1990. Not modelled: valve stops and rates.</remarks>
public sealed record LagGovernorSpec
{
    /// <summary>Change of frequency that moves the reference by the base power: R.</summary>
    [Default(Grade.E, "assumption: 5 %, the usual droop")]
    public double DroopPu { get; init => field = Check.Within(value, 1e-4, 1); } = 0.05;

    /// <summary>Power per reference: Km.</summary>
    [Default(Grade.E, "assumption: the governor commands the whole rating")]
    public double GainRatio { get; init => field = Check.Positive(value); } = 1;

    /// <summary>The lag: T.</summary>
    [Default(Grade.E, "assumption: half a second")]
    public double LagS { get; init => field = Check.Within(value, 0.005, 600); } = 0.5;

    /// <summary>Share of the power that does not wait for the lag: F.</summary>
    [Default(Grade.E, "assumption: none")]
    public double FastFraction { get; init => field = Check.Fraction(value); }
}

/// <summary>What a one-lag governor remembers; also its rate of change per second.</summary>
public struct LagGovernorState
{
    /// <summary>Power behind the lag.</summary>
    public double LaggedPu;
}

/// <summary>The equations of a one-lag governor.</summary>
public static class LagGovernor
{
    /// <summary>The turbine at rest at an output.</summary>
    public static LagGovernorState Initialise(LagGovernorSpec spec, double outputPu) => new() { LaggedPu = outputPu };

    /// <summary>Rate of change of the state.</summary>
    public static void Derivatives(
        LagGovernorSpec spec, in LagGovernorState state, double deviationPu, double referencePu, double ceilingPu, out LagGovernorState rates) =>
        rates.LaggedPu = (Math.Min(referencePu - spec.GainRatio * deviationPu / spec.DroopPu, ceilingPu) - state.LaggedPu) / spec.LagS;

    /// <summary>Power at the shaft.</summary>
    public static double PowerPu(LagGovernorSpec spec, in LagGovernorState state, double deviationPu, double referencePu) =>
        (1 - spec.FastFraction) * state.LaggedPu + spec.FastFraction * (referencePu - spec.GainRatio * deviationPu / spec.DroopPu);
}
