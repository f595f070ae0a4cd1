using Gigawatt.Numerics;

namespace Gigawatt.Power.Waveforms;

/// <summary>Which filter a rule's band is cut with.</summary>
public enum BandFilterKind
{
    /// <summary>Fourth-order Butterworth gains without delay, as a study does with a recording.</summary>
    ZeroPhase,

    /// <summary>Second-order Butterworth high-pass and low-pass one behind the other, as an instrument does.</summary>
    Causal,
}

/// <summary>Cuts a band out of a recording without delaying any of it.</summary>
/// <remarks>
/// Every frequency is multiplied by 1/√(1 + (low/f)⁸) · 1/√(1 + (f/high)⁸): the gain of a Butterworth filter of fourth order, without its phase; −3 dB
/// at both ends. The gap to the next power of two is filled with the mirrored ends, faded into each other, so that the wrap makes no step. A high end of
/// half the sampling rate or more leaves everything above the low end.
/// </remarks>
public sealed class ZeroPhaseBand
{
    private readonly int samples;
    private readonly double stepS;
    private readonly RealFft fft;
    private readonly double[] padded;
    private readonly double[] real;
    private readonly double[] imaginary;

    /// <summary>Tables for recordings of one length.</summary>
    public ZeroPhaseBand(int samples, double stepS)
    {
        this.samples = samples;
        this.stepS = stepS;
        fft = new RealFft(RealFft.LengthFor(samples + samples / 8 + 2));
        padded = new double[fft.Length];
        real = new double[fft.Bins];
        imaginary = new double[fft.Bins];
    }

    /// <summary>What of a recording lies in a band.</summary>
    public void Filter(double lowHz, double highHz, ReadOnlySpan<double> waveMw, Span<double> bandMw)
    {
        waveMw.CopyTo(padded);
        int gap = padded.Length - samples;
        for (int j = 0; j < gap; j++)
        {
            double fade = 0.5 - 0.5 * Elementary.Cos(Math.PI * (j + 1) / (gap + 1));
            padded[samples + j] = (1 - fade) * waveMw[Mirrored(samples + j)] + fade * waveMw[Mirrored(j - gap)];
        }
        fft.Transform(padded, real, imaginary);
        double binHz = 1 / (padded.Length * stepS);
        for (int k = 0; k < real.Length; k++)
        {
            double gain = Gain(k * binHz, lowHz, highHz);
            real[k] *= gain;
            imaginary[k] *= gain;
        }
        fft.Invert(real, imaginary, padded);
        padded.AsSpan(0, samples).CopyTo(bandMw);
    }

    /// <summary>What the filter leaves of a sine wave.</summary>
    public static double Gain(double frequencyHz, double lowHz, double highHz)
    {
        if (lowHz > 0 && frequencyHz == 0) { return 0; }
        double below = lowHz > 0 ? Eighth(lowHz / frequencyHz) : 0;
        return 1 / Math.Sqrt((1 + below) * (1 + Eighth(frequencyHz / highHz)));
    }

    private int Mirrored(int index)
    {
        int round = 2 * (samples - 1);
        int at = (index % round + round) % round;
        return at < samples ? at : round - at;
    }

    private static double Eighth(double x)
    {
        double square = x * x;
        double fourth = square * square;
        return fourth * fourth;
    }
}

/// <summary>A causal band filter: a Butterworth high-pass and low-pass of second order each.</summary>
/// <remarks>
/// Bilinear transform with the corners put where they were asked for: K = tan(π·corner·step), Q = 1/√2. It has run through the mirrored beginning before
/// the recording, so that a steady load gives nothing and a periodic one does not ring. Leave out the high end when it reaches half the sampling rate.
/// </remarks>
public static class CausalBand
{
    /// <summary>What of a recording lies in a band, as an instrument would have shown it at the time.</summary>
    public static void Filter(double lowHz, double highHz, double stepS, ReadOnlySpan<double> waveMw, Span<double> bandMw)
    {
        if (waveMw.Length == 0) { return; }
        Section high = lowHz > 0 ? Section.Of(lowHz, stepS, passesHigh: true) : Section.Through;
        Section low = highHz < 0.5 / stepS ? Section.Of(highHz, stepS, passesHigh: false) : Section.Through;
        // Three periods of the lowest frequency before the recording are its beginning, mirrored: what rang from settling has died out by then.
        int before = lowHz > 0 ? (int)Math.Min(waveMw.Length - 1, 3 / (lowHz * stepS)) : 0;
        low.Settle(high.Settle(waveMw[before]));
        for (int i = before; i > 0; i--) { low.Next(high.Next(waveMw[i])); }
        for (int i = 0; i < waveMw.Length; i++) { bandMw[i] = low.Next(high.Next(waveMw[i])); }
    }

    /// <summary>What the filter leaves of a sine wave, apart from the warp of frequencies near half the sampling rate.</summary>
    public static double Gain(double frequencyHz, double lowHz, double highHz)
    {
        if (lowHz > 0 && frequencyHz == 0) { return 0; }
        double below = lowHz > 0 ? Fourth(lowHz / frequencyHz) : 0;
        return 1 / Math.Sqrt((1 + below) * (1 + Fourth(frequencyHz / highHz)));
    }

    private static double Fourth(double x) => x * x * x * x;

    // Direct form II, transposed.
    private struct Section
    {
        private double b0, b1, b2, a1, a2, z1, z2;

        public static Section Through => new() { b0 = 1 };

        public static Section Of(double cornerHz, double stepS, bool passesHigh)
        {
            double angle = Math.PI * cornerHz * stepS;
            double k = Elementary.Sin(angle) / Elementary.Cos(angle);
            double norm = 1 / (1 + Math.Sqrt(2) * k + k * k);
            double b = passesHigh ? norm : k * k * norm;
            return new Section
            {
                b0 = b,
                b1 = passesHigh ? -2 * b : 2 * b,
                b2 = b,
                a1 = 2 * (k * k - 1) * norm,
                a2 = (1 - Math.Sqrt(2) * k + k * k) * norm,
            };
        }

        public double Settle(double x)
        {
            double y = (b0 + b1 + b2) / (1 + a1 + a2) * x;
            z2 = b2 * x - a2 * y;
            z1 = b1 * x - a1 * y + z2;
            return y;
        }

        public double Next(double x)
        {
            double y = b0 * x + z1;
            z1 = b1 * x - a1 * y + z2;
            z2 = b2 * x - a2 * y;
            return y;
        }
    }
}
