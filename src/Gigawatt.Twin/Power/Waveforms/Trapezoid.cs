using Gigawatt.Numerics;

namespace Gigawatt.Power.Waveforms;

/// <summary>One period of a training iteration: a climb, a plateau of computing, a fall, a valley of communication.</summary>
/// <param name="HighMw">Power of the plateau.</param>
/// <param name="LowMw">Power of the valley.</param>
/// <param name="PeriodS">Time from one climb to the next.</param>
/// <param name="DutyFraction">Share of the period above the middle height, so that the mean is low + duty × (high − low) whatever the edges.</param>
/// <param name="RiseS">Time of the climb.</param>
/// <param name="FallS">Time of the fall.</param>
/// <remarks>
/// The period begins with the climb. The plateau lasts duty × period − (rise + fall) / 2, the valley the rest. Harmonic k has the peak amplitude
/// A/(kπ)·√(s_r² + s_f² − 2 s_r s_f cos 2πkD) with s = sin(x)/x, x = πk·edge/period, which is (2A/kπ)|sin kπD|·s for equal edges and
/// (2A/kπ)|sin kπD| for none. Derivation: the slope is a constant on each edge and nothing elsewhere; its coefficients divided by jkω are those of the
/// power. Not modelled: curvature of the edges.
/// </remarks>
public readonly record struct Trapezoid(double HighMw, double LowMw, double PeriodS, double DutyFraction, double RiseS, double FallS)
{
    /// <summary>Height from valley to plateau.</summary>
    public double SwingMw => HighMw - LowMw;

    /// <summary>Mean power of a period.</summary>
    public double MeanMw => LowMw + DutyFraction * SwingMw;

    /// <summary>Time on the plateau.</summary>
    public double PlateauS => DutyFraction * PeriodS - (RiseS + FallS) / 2;

    /// <summary>Time in the valley.</summary>
    public double ValleyS => (1 - DutyFraction) * PeriodS - (RiseS + FallS) / 2;

    /// <summary>Steepest edge; infinite without edges.</summary>
    public double RampMwPerS => SwingMw / Math.Min(RiseS, FallS);

    /// <summary>Energy above the mean in one period, which is what a store that leaves only the mean takes and gives.</summary>
    public double EnergySwingMwh
    {
        get
        {
            double aboveMw = (1 - DutyFraction) * SwingMw;
            return aboveMw * (PlateauS + (1 - DutyFraction) * (RiseS + FallS) / 2) / 3600;
        }
    }

    /// <summary>Mean discharge of a lossless store that leaves only the mean; its mean charge is the same.</summary>
    public double MeanDischargeMw => EnergySwingMwh * 3600 / PeriodS;

    /// <summary>Peak amplitude of a harmonic: of the sine wave with <paramref name="order"/> waves in a period.</summary>
    public double HarmonicMw(int order)
    {
        double rise = Sinc(Math.PI * order * RiseS / PeriodS);
        double fall = Sinc(Math.PI * order * FallS / PeriodS);
        // The form with cos(2x) loses digits where rise and fall are alike: 1 − cos 2x = 2 sin² x.
        double sine = Elementary.Sin(Math.PI * order * DutyFraction);
        double square = (rise - fall) * (rise - fall) + 4 * rise * fall * sine * sine;
        return SwingMw / (order * Math.PI) * Math.Sqrt(Math.Max(0, square));
    }

    /// <summary>Energy from the beginning of the period to <paramref name="timeS"/> within it.</summary>
    public double EnergyMwh(double timeS) =>
        (LowMw * timeS + SwingMw * Shape(timeS, RiseS, RiseS + PlateauS, FallS)) / 3600;

    /// <summary>Area under a trapezoid of height 1 that climbs for <paramref name="firstS"/> and falls from <paramref name="plateauEndS"/> for <paramref name="secondS"/>.</summary>
    internal static double Shape(double timeS, double firstS, double plateauEndS, double secondS)
    {
        if (timeS < firstS) { return timeS * timeS / (2 * firstS); }
        if (timeS < plateauEndS) { return timeS - firstS / 2; }
        double before = plateauEndS - firstS / 2;
        double falling = timeS - plateauEndS;
        return falling < secondS ? before + falling - falling * falling / (2 * secondS) : before + secondS / 2;
    }

    private static double Sinc(double x) => Math.Abs(x) < 1e-9 ? 1 : Elementary.Sin(x) / x;
}
