using Gigawatt.Numerics;

namespace Gigawatt.Power.Waveforms;

/// <summary>Power smoothing inside the GPUs: a floor while they were lately at work, and limits of how fast power climbs and falls.</summary>
/// <remarks>
/// out = rate limit(max(request, floor if lately active), up, down after the hysteresis): the interface that NVML and DCGM headers show (floor in percent,
/// ramp-up and ramp-down rates, ramp-down hysteresis). What is drawn above the request is burnt; what is withheld below it is work that comes later.
/// Not modelled: the wave itself growing longer by the withheld work (it is said as a loss of throughput), circuit lifetime, presets.
/// </remarks>
public sealed record GpuSmoothingSpec
{
    /// <summary>Floor as a share of the highest power of the wave; 0 is none.</summary>
    [Default(Grade.E, "assumption: no floor; up to 90 % is offered by one maker")]
    public double FloorFraction { get; init => field = Check.Fraction(value); }

    /// <summary>How long after the last moment at or above the floor the floor is held.</summary>
    [Default(Grade.E, "assumption: 5 s, longer than an iteration's valley, shorter than a long pause")]
    public double ActiveS { get; init => field = Check.NotNegative(value); } = 5;

    /// <summary>Fastest climb of all GPUs together; absent when not limited.</summary>
    public double? RampUpMwPerS { get; init => field = value is { } given ? Check.Positive(given) : null; }

    /// <summary>Fastest fall of all GPUs together; absent when not limited.</summary>
    public double? RampDownMwPerS { get; init => field = value is { } given ? Check.Positive(given) : null; }

    /// <summary>How long power is held before it falls.</summary>
    [Default(Grade.E, "assumption: falls at once")]
    public double HysteresisS { get; init => field = Check.NotNegative(value); }
}

/// <summary>What smoothed GPUs remember.</summary>
public struct GpuSmoothingState
{
    /// <summary>Power drawn at the end of the last step.</summary>
    public double OutputMw;

    /// <summary>Time since the request last reached the floor.</summary>
    public double IdleS;

    /// <summary>Time for which power has been wanted lower than it is.</summary>
    public double HeldS;
}

/// <summary>What smoothing inside the GPUs cost over a series.</summary>
/// <param name="BurntMwh">Energy drawn beyond the request.</param>
/// <param name="WithheldMwh">Energy requested and not given.</param>
public readonly record struct GpuSmoothingCost(double BurntMwh, double WithheldMwh);

/// <summary>The equations of GPU power smoothing.</summary>
public static class GpuSmoothing
{
    /// <summary>One step; returns the power drawn.</summary>
    public static double Step(GpuSmoothingSpec spec, ref GpuSmoothingState state, double requestMw, double floorMw, double stepS)
    {
        state.IdleS = requestMw >= floorMw ? 0 : state.IdleS + stepS;
        double targetMw = state.IdleS <= spec.ActiveS ? Math.Max(requestMw, floorMw) : requestMw;
        if (targetMw >= state.OutputMw)
        {
            state.HeldS = 0;
            state.OutputMw = Math.Min(targetMw, state.OutputMw + (spec.RampUpMwPerS ?? double.PositiveInfinity) * stepS);
            return state.OutputMw;
        }
        state.HeldS += stepS;
        if (state.HeldS > spec.HysteresisS * (1 + 1e-9))
        {
            state.OutputMw = Math.Max(targetMw, state.OutputMw - (spec.RampDownMwPerS ?? double.PositiveInfinity) * stepS);
        }
        return state.OutputMw;
    }

    /// <summary>A whole series.</summary>
    /// <param name="spec">The smoothing.</param>
    /// <param name="ceilingMw">Highest power of the wave, of which the floor is a share.</param>
    /// <param name="stepS">Time between samples.</param>
    /// <param name="requestMw">What the jobs ask for.</param>
    /// <param name="drawnMw">Takes what the GPUs draw; may be the same memory.</param>
    public static GpuSmoothingCost Run(GpuSmoothingSpec spec, double ceilingMw, double stepS, ReadOnlySpan<double> requestMw, Span<double> drawnMw)
    {
        double floorMw = spec.FloorFraction * ceilingMw;
        double burnt = 0, withheld = 0;
        // Before the series the GPUs drew what they first ask for, and the floor counts only if that reached it.
        GpuSmoothingState state = new() { OutputMw = requestMw.Length > 0 ? requestMw[0] : 0, IdleS = double.PositiveInfinity };
        for (int i = 0; i < requestMw.Length; i++)
        {
            double askedMw = requestMw[i];
            double gotMw = Step(spec, ref state, askedMw, floorMw, stepS);
            burnt += Math.Max(0, gotMw - askedMw);
            withheld += Math.Max(0, askedMw - gotMw);
            drawnMw[i] = gotMw;
        }
        return new GpuSmoothingCost(burnt * stepS / 3600, withheld * stepS / 3600);
    }

    /// <summary>By how much the limit of the climb lengthens one iteration, as a share of it.</summary>
    /// <remarks>Climbing at r instead of A/rise withholds A²/2·(1/r − rise/A); made up on the plateau it takes A/(2r) − rise/2 longer.</remarks>
    public static double LengtheningFraction(in Trapezoid iteration, double rampUpMwPerS) =>
        Math.Max(0, iteration.SwingMw / rampUpMwPerS - iteration.RiseS) / 2 / iteration.PeriodS;
}
