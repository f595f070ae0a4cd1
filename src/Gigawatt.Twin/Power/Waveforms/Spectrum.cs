using Gigawatt.Numerics;

namespace Gigawatt.Power.Waveforms;

/// <summary>How the ends of a stretch are faded before it is transformed.</summary>
public enum WindowShape
{
    /// <summary>Not at all: exact when the stretch holds whole periods.</summary>
    Rectangular,

    /// <summary>Raised cosine: a good look at unknown lines; amplitudes up to 15 % low between bins.</summary>
    Hann,

    /// <summary>Flat top of five cosines: amplitudes within 0.1 % between bins; a line is ten bins wide.</summary>
    FlatTop,
}

/// <summary>Amplitudes by frequency of a stretch of power.</summary>
/// <remarks>
/// Amplitudes are peak values of sine waves: 2|X_k|/Σw. The mean and straight trend of the stretch are taken out first when a window is used, since they
/// would leak into the lowest bins. Flat top: coefficients 0.21557895, 0.41663158, 0.277263158, 0.083578947, 0.006947368 (D'Antona and Ferrero 2006).
/// </remarks>
public sealed class Spectrum
{
    private readonly RealFft fft;
    private readonly double[] window;
    private readonly double[] faded;
    private readonly double[] real;
    private readonly double[] imaginary;
    private readonly double gain;
    private readonly WindowShape shape;

    /// <summary>Tables for stretches of one length.</summary>
    public Spectrum(int length, double stepS, WindowShape shape)
    {
        fft = new RealFft(length);
        this.shape = shape;
        window = new double[length];
        faded = new double[length];
        real = new double[fft.Bins];
        imaginary = new double[fft.Bins];
        double squares = 0;
        for (int i = 0; i < length; i++)
        {
            window[i] = Weight(shape, 2 * Math.PI * i / length);
            gain += window[i];
            squares += window[i] * window[i];
        }
        NoiseFactor = squares * length / (gain * gain);
        BinHz = 1 / (length * stepS);
    }

    /// <summary>Samples of a stretch.</summary>
    public int Length => fft.Length;

    /// <summary>Frequencies from zero to half the sampling rate.</summary>
    public int Bins => fft.Bins;

    /// <summary>Distance of two frequencies.</summary>
    public double BinHz { get; }

    /// <summary>By how many bins of noise the window smears a bin.</summary>
    public double NoiseFactor { get; }

    /// <summary>Peak amplitude at each frequency; the first is the mean, or 0 when a window took it out.</summary>
    public void Amplitudes(ReadOnlySpan<double> waveMw, Span<double> amplitudesMw)
    {
        (double mean, double slope) = shape == WindowShape.Rectangular ? (0, 0) : Trend(waveMw);
        double middle = (Length - 1) / 2.0;
        for (int i = 0; i < faded.Length; i++) { faded[i] = (waveMw[i] - mean - slope * (i - middle)) * window[i]; }
        fft.Transform(faded, real, imaginary);
        double scale = 2 / gain;
        for (int k = 0; k < real.Length; k++) { amplitudesMw[k] = scale * Math.Sqrt(real[k] * real[k] + imaginary[k] * imaginary[k]); }
        amplitudesMw[0] /= 2;
        amplitudesMw[^1] /= 2;
    }

    /// <summary>Root mean square of what lies in a band, from its amplitudes.</summary>
    public double BandRmsMw(ReadOnlySpan<double> amplitudesMw, double lowHz, double highHz)
    {
        double square = 0;
        for (int k = 0; k < amplitudesMw.Length; k++)
        {
            double hz = k * BinHz;
            if (hz < lowHz || hz > highHz) { continue; }
            square += amplitudesMw[k] * amplitudesMw[k] * (k == 0 || k == amplitudesMw.Length - 1 ? 1 : 0.5);
        }
        return Math.Sqrt(square / NoiseFactor);
    }

    /// <summary>The highest lines, strongest first: those higher than both neighbours and at least so many bins apart.</summary>
    public IReadOnlyList<SpectralLine> Lines(ReadOnlySpan<double> amplitudesMw, int count)
    {
        int apart = shape == WindowShape.FlatTop ? 5 : shape == WindowShape.Hann ? 2 : 1;
        List<SpectralLine> lines = [];
        for (int k = 1; k < amplitudesMw.Length - 1; k++)
        {
            bool highest = amplitudesMw[k] > 0;
            for (int j = Math.Max(1, k - apart); j <= Math.Min(amplitudesMw.Length - 1, k + apart); j++)
            {
                highest &= j == k || amplitudesMw[k] > amplitudesMw[j] || amplitudesMw[k] == amplitudesMw[j] && k < j;
            }
            if (highest) { lines.Add(new SpectralLine(k * BinHz, amplitudesMw[k])); }
        }
        return [.. lines.OrderByDescending(line => line.AmplitudeMw).ThenBy(line => line.FrequencyHz).Take(count)];
    }

    private static (double Mean, double SlopePerSample) Trend(ReadOnlySpan<double> wave)
    {
        double sum = 0, moment = 0;
        double middle = (wave.Length - 1) / 2.0;
        for (int i = 0; i < wave.Length; i++)
        {
            sum += wave[i];
            moment += wave[i] * (i - middle);
        }
        double n = wave.Length;
        return (sum / n, moment * 12 / (n * (n * n - 1)));
    }

    private static double Weight(WindowShape shape, double angle) => shape switch
    {
        WindowShape.Hann => 0.5 - 0.5 * Elementary.Cos(angle),
        WindowShape.FlatTop => 0.21557895 - 0.41663158 * Elementary.Cos(angle) + 0.277263158 * Elementary.Cos(2 * angle)
            - 0.083578947 * Elementary.Cos(3 * angle) + 0.006947368 * Elementary.Cos(4 * angle),
        _ => 1,
    };
}

/// <summary>One line of a spectrum.</summary>
/// <param name="FrequencyHz">Where it stands.</param>
/// <param name="AmplitudeMw">Its peak amplitude.</param>
public readonly record struct SpectralLine(double FrequencyHz, double AmplitudeMw);
