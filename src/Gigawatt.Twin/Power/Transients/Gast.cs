using Gigawatt.Numerics;

namespace Gigawatt.Power.Transients;

/// <summary>A gas turbine with its droop governor in the GAST form: valve, combustor, exhaust temperature limit.</summary>
/// <remarks>
/// Per unit of the turbine's base power and of nominal frequency. Valve: T1 dx1/dt = min(ref − Δω/R, AT + KT (AT − x3)) − x1 within its stops; combustor:
/// T2 dx2/dt = x1 − x2; exhaust temperature: T3 dx3/dt = x2 − x3; shaft power x2 − Dt Δω. Source: PSS/E model library, values as in ANDES, GridLAB-D
/// and the decks of PowerSimulationsDynamics. Not modelled: dead band, valve rate limits (GGOV1 has them), ambient temperature other than through AT.
/// </remarks>
public sealed record GastSpec : ISelfChecking
{
    /// <summary>Change of frequency that moves the reference by the base power: R.</summary>
    [Default(Grade.B, "R 0.05 in GridLAB-D, ANDES and the PSS/E decks of PowerSimulationsDynamics")]
    public double DroopPu { get; init => field = Check.Within(value, 1e-4, 1); } = 0.05;

    /// <summary>Lag of the fuel valve: T1.</summary>
    [Default(Grade.B, "T1 0.4 s (GridLAB-D and PSS/E decks)")]
    public double ValveS { get; init => field = Check.Within(value, 0.005, 60); } = 0.4;

    /// <summary>Lag of the combustor: T2.</summary>
    [Default(Grade.B, "T2 0.1 s (GridLAB-D and PSS/E decks)")]
    public double CombustorS { get; init => field = Check.Within(value, 0.005, 60); } = 0.1;

    /// <summary>Lag of the measured exhaust temperature: T3.</summary>
    [Default(Grade.B, "T3 3 s (GridLAB-D and PSS/E decks)")]
    public double ExhaustS { get; init => field = Check.Within(value, 0.05, 600); } = 3;

    /// <summary>Power that the ambient allows before the exhaust is too hot: AT.</summary>
    [Default(Grade.B, "AT 1 (GridLAB-D, ANDES, PSS/E decks)")]
    public double AmbientLimitPu { get; init => field = Check.Within(value, 0.01, 5); } = 1;

    /// <summary>Gain of the exhaust temperature limit: KT.</summary>
    [Default(Grade.B, "KT 2 (GridLAB-D and PSS/E decks)")]
    public double TemperatureGainRatio { get; init => field = Check.Within(value, 0, 100); } = 2;

    /// <summary>Upper stop of the valve: VMAX.</summary>
    [Default(Grade.B, "VMAX 1.05 (GridLAB-D)")]
    public double MaxValvePu { get; init => field = Check.Finite(value); } = 1.05;

    /// <summary>Lower stop of the valve: VMIN.</summary>
    [Default(Grade.B, "VMIN −0.05 (GridLAB-D)")]
    public double MinValvePu { get; init => field = Check.Finite(value); } = -0.05;

    /// <summary>Power lost per frequency gained by the turbine itself: Dt.</summary>
    [Default(Grade.E, "assumption: none")]
    public double TurbineDampingPu { get; init => field = Check.NotNegative(value); }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (MinValvePu >= MaxValvePu)
        {
            yield return new(nameof(MinValvePu), FormattableString.Invariant($"a lower stop below the upper stop of {MaxValvePu:0.###}"),
                FormattableString.Invariant($"{MinValvePu:0.###}"));
        }
    }
}

/// <summary>What a GAST turbine remembers; also its rates of change per second.</summary>
public struct GastState
{
    /// <summary>Valve opening: x1.</summary>
    public double ValvePu;

    /// <summary>Power of the combustor: x2.</summary>
    public double CombustorPu;

    /// <summary>Measured exhaust temperature as the power that it stands for: x3.</summary>
    public double ExhaustPu;
}

/// <summary>The equations of a GAST turbine.</summary>
public static class Gast
{
    /// <summary>The turbine at rest at an output.</summary>
    public static GastState Initialise(GastSpec spec, double outputPu) => new() { ValvePu = outputPu, CombustorPu = outputPu, ExhaustPu = outputPu };

    /// <summary>The reference that holds an output at nominal frequency.</summary>
    public static double ReferencePu(GastSpec spec, double outputPu) => outputPu;

    /// <summary>Rates of change of the state.</summary>
    /// <param name="spec">The turbine.</param>
    /// <param name="state">Where it stands.</param>
    /// <param name="deviationPu">Frequency over nominal, less one.</param>
    /// <param name="referencePu">Power that it is asked for at nominal frequency.</param>
    /// <param name="ceilingPu">Highest power it may take on now, for example after a block load; infinite without such a limit.</param>
    /// <param name="rates">Change of each state per second.</param>
    public static void Derivatives(GastSpec spec, in GastState state, double deviationPu, double referencePu, double ceilingPu, out GastState rates)
    {
        double speed = referencePu - deviationPu / spec.DroopPu;
        double temperature = spec.AmbientLimitPu + spec.TemperatureGainRatio * (spec.AmbientLimitPu - state.ExhaustPu);
        double rate = (Math.Min(speed, temperature) - state.ValvePu) / spec.ValveS;
        rates.ValvePu = Stops.Held(state.ValvePu, rate, spec.MinValvePu, Math.Min(spec.MaxValvePu, ceilingPu), spec.ValveS);
        rates.CombustorPu = (state.ValvePu - state.CombustorPu) / spec.CombustorS;
        rates.ExhaustPu = (state.CombustorPu - state.ExhaustPu) / spec.ExhaustS;
    }

    /// <summary>Power at the shaft.</summary>
    public static double PowerPu(GastSpec spec, in GastState state, double deviationPu) => state.CombustorPu - spec.TurbineDampingPu * deviationPu;
}
