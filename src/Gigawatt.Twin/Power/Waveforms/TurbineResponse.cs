using Gigawatt.Numerics;

namespace Gigawatt.Power.Waveforms;

/// <summary>How generators on the site follow what is left of the wave.</summary>
/// <remarks>
/// A first-order governor with a limit of its ramp; what it does not follow in time comes from the spin of the machines, or from the grid. Not modelled:
/// droop and frequency (that is a study of frequency), dead band, temperature limits.
/// </remarks>
public sealed record TurbineResponseSpec
{
    /// <summary>Time constant of governor and combustion together.</summary>
    [Default(Grade.E, "assumption: 5 s; turbine governors act above 1 to 5 s")]
    public double TimeConstantS { get; init => field = Check.Positive(value); } = 5;

    /// <summary>Fastest change of all units together; absent when not limited.</summary>
    public double? RampMwPerS { get; init => field = value is { } given ? Check.Positive(given) : null; }
}

/// <summary>What following the wave asked of the machines.</summary>
/// <param name="HighestSpinMw">Highest power that came from, or went into, the spin of the machines or the grid.</param>
/// <param name="SpinMwh">Energy that came from the spin, summed over all swings.</param>
/// <param name="SteepestMwPerS">Fastest change of the turbines' power.</param>
public readonly record struct TurbineEffort(double HighestSpinMw, double SpinMwh, double SteepestMwPerS);

/// <summary>The equations of turbines that follow a wave.</summary>
public static class TurbineResponse
{
    /// <summary>A whole series: the load that the machines see and the power that the turbines make.</summary>
    public static TurbineEffort Run(TurbineResponseSpec spec, double stepS, double settledMw, ReadOnlySpan<double> loadMw, Span<double> turbineMw)
    {
        double share = 1 - Elementary.Exp(-stepS / spec.TimeConstantS);
        double reach = (spec.RampMwPerS ?? double.PositiveInfinity) * stepS;
        double output = settledMw, highest = 0, spin = 0, steepest = 0;
        for (int i = 0; i < loadMw.Length; i++)
        {
            double load = loadMw[i];
            double change = Math.Limit(share * (load - output), -reach, reach);
            output += change;
            highest = Math.Max(highest, Math.Abs(load - output));
            spin += Math.Max(0, load - output);
            steepest = Math.Max(steepest, Math.Abs(change));
            turbineMw[i] = output;
        }
        return new TurbineEffort(highest, spin * stepS / 3600, steepest / stepS);
    }
}
