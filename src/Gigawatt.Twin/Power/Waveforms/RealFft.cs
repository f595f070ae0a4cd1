using Gigawatt.Numerics;

namespace Gigawatt.Power.Waveforms;

/// <summary>The discrete Fourier transform of a real series whose length is a power of two, and its inverse.</summary>
/// <remarks>
/// Radix 2, decimation in time, on half as many complex numbers (even samples as real, odd ones as imaginary parts). Tables are made once; a transform
/// allocates nothing. X_k = Σ x_n e^(−2πikn/N), unscaled; the inverse divides by N. One object is for one thread.
/// </remarks>
public sealed class RealFft
{
    private readonly int half;
    private readonly double[] cosines;
    private readonly double[] sines;
    private readonly int[] reversed;
    private readonly double[] re;
    private readonly double[] im;

    /// <summary>Tables for one length.</summary>
    /// <exception cref="ArgumentException">The length is no power of two, or less than 4.</exception>
    public RealFft(int length)
    {
        if (length < 4 || !int.IsPow2(length)) { throw new ArgumentException($"a length that is a power of two, 4 or more, was expected, {length} found"); }
        Length = length;
        half = length / 2;
        cosines = new double[half];
        sines = new double[half];
        for (int k = 0; k < half; k++)
        {
            double angle = 2 * Math.PI * k / length;
            (cosines[k], sines[k]) = (Elementary.Cos(angle), Elementary.Sin(angle));
        }
        reversed = new int[half];
        for (int i = 1; i < half; i++) { reversed[i] = reversed[i >> 1] >> 1 | ((i & 1) == 1 ? half >> 1 : 0); }
        re = new double[half];
        im = new double[half];
    }

    /// <summary>Samples of the series.</summary>
    public int Length { get; }

    /// <summary>Frequencies from zero to half the sampling rate, both included.</summary>
    public int Bins => half + 1;

    /// <summary>The least power of two that is not less than a length.</summary>
    public static int LengthFor(int samples) => (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, samples));

    /// <summary>From samples to real and imaginary parts.</summary>
    public void Transform(ReadOnlySpan<double> samples, Span<double> real, Span<double> imaginary)
    {
        for (int i = 0; i < half; i++) { (re[reversed[i]], im[reversed[i]]) = (samples[2 * i], samples[2 * i + 1]); }
        Butterflies(1);
        real[0] = re[0] + im[0];
        imaginary[0] = 0;
        real[half] = re[0] - im[0];
        imaginary[half] = 0;
        for (int k = 1; k < half; k++)
        {
            double sumRe = re[k] + re[half - k], sumIm = im[k] - im[half - k];
            double gapRe = re[k] - re[half - k], gapIm = im[k] + im[half - k];
            real[k] = 0.5 * (sumRe + cosines[k] * gapIm - sines[k] * gapRe);
            imaginary[k] = 0.5 * (sumIm - cosines[k] * gapRe - sines[k] * gapIm);
        }
    }

    /// <summary>From real and imaginary parts back to samples.</summary>
    public void Invert(ReadOnlySpan<double> real, ReadOnlySpan<double> imaginary, Span<double> samples)
    {
        for (int k = 0; k < half; k++)
        {
            double sumRe = real[k] + real[half - k], sumIm = imaginary[k] - imaginary[half - k];
            double gapRe = real[k] - real[half - k], gapIm = imaginary[k] + imaginary[half - k];
            int at = reversed[k];
            re[at] = 0.5 * (sumRe - cosines[k] * gapIm - sines[k] * gapRe);
            im[at] = 0.5 * (sumIm + cosines[k] * gapRe - sines[k] * gapIm);
        }
        Butterflies(-1);
        double scale = 1.0 / half;
        for (int i = 0; i < half; i++)
        {
            samples[2 * i] = re[i] * scale;
            samples[2 * i + 1] = im[i] * scale;
        }
    }

    // The complex transform of half the length; its roots of unity are every second one of the table.
    private void Butterflies(int direction)
    {
        for (int span = 1; span < half; span *= 2)
        {
            int stride = half / span;
            for (int start = 0; start < half; start += 2 * span)
            {
                for (int j = 0; j < span; j++)
                {
                    double c = cosines[j * stride], s = -direction * sines[j * stride];
                    int a = start + j, b = a + span;
                    double bRe = re[b] * c - im[b] * s, bIm = re[b] * s + im[b] * c;
                    (re[b], im[b]) = (re[a] - bRe, im[a] - bIm);
                    (re[a], im[a]) = (re[a] + bRe, im[a] + bIm);
                }
            }
        }
    }
}
