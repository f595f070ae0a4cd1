using FsCheck.Fluent;
using Gigawatt.Numerics;
using Gigawatt.Power.Waveforms;

namespace Gigawatt.Tests.Power.Waveforms;

public sealed class SpectrumTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(64)]
    [InlineData(512)]
    public void The_transform_is_the_sum_that_defines_it(int length)
    {
        double[] x = Noise(length);
        RealFft fft = new(length);
        double[] re = new double[fft.Bins], im = new double[fft.Bins];
        fft.Transform(x, re, im);
        for (int k = 0; k < fft.Bins; k++)
        {
            double sumRe = 0, sumIm = 0;
            for (int n = 0; n < length; n++)
            {
                double angle = 2 * Math.PI * (k * n % length) / length;
                sumRe += x[n] * Elementary.Cos(angle);
                sumIm -= x[n] * Elementary.Sin(angle);
            }
            re[k].ShouldBe(sumRe, 1e-11 * length);
            im[k].ShouldBe(sumIm, 1e-11 * length);
        }
    }

    [Fact]
    public void Back_again_gives_the_samples_and_Parseval_holds() => Prop.ForAll(Gen.Choose(-1000, 1000).ArrayOf(256).ToArbitrary(), dice =>
    {
        double[] x = [.. dice.Select(one => one / 7.0)], back = new double[256];
        RealFft fft = new(256);
        double[] re = new double[129], im = new double[129];
        fft.Transform(x, re, im);
        fft.Invert(re, im, back);
        double time = x.Sum(v => v * v), frequency = 0;
        for (int k = 0; k <= 128; k++) { frequency += (re[k] * re[k] + im[k] * im[k]) * (k is 0 or 128 ? 1 : 2) / 256; }
        return x.Zip(back).All(pair => Math.Abs(pair.First - pair.Second) < 1e-10) && Math.Abs(time - frequency) <= 1e-12 * Math.Max(1, time);
    }).HoldsInAnyCase();

    [Fact]
    public void A_sine_of_three_megawatts_shows_three_megawatts_on_a_bin_and_under_a_flat_top_between_bins()
    {
        const double step = 0.01;
        Amplitude(WindowShape.Rectangular, 20 / (1024 * step), step).ShouldBe(3, 1e-12);
        Amplitude(WindowShape.FlatTop, 20.5 / (1024 * step), step).ShouldBe(3, 0.004);
        Amplitude(WindowShape.Hann, 20.5 / (1024 * step), step).ShouldBe(3 * 0.849, 0.01);      // the known droop of 1.42 dB
    }

    [Fact]
    public void Spectrum_of_samples_meets_the_closed_form()
    {
        // 16 periods of 2.56 s in 4,096 samples of 10 ms; a sample is a mean, which lowers f by sinc(f step).
        Trapezoid one = new(1000, 600, 2.56, 0.7, 0.1, 0.2);
        double[] wave = new double[4096];
        IterationWave.Fill([new JobWaveSpec { Name = "a", HighMw = 1000, LowMw = 600, PeriodS = 2.56, DutyFraction = 0.7, RiseS = 0.1, FallS = 0.2 }], 1, 0.01, wave);
        Spectrum spectrum = new(4096, 0.01, WindowShape.Rectangular);
        double[] amplitudes = new double[spectrum.Bins];
        spectrum.Amplitudes(wave, amplitudes);
        amplitudes[0].ShouldBe(880, 1e-6);
        for (int order = 1; order <= 10; order++)
        {
            double x = Math.PI * order / 2.56 * 0.01;
            amplitudes[16 * order].ShouldBe(one.HarmonicMw(order) * Elementary.Sin(x) / x, 0.02, $"harmonic {order}");      // what folds back from above 50 Hz
        }
        double rms = Math.Sqrt(wave.Sum(mw => (mw - 880) * (mw - 880)) / wave.Length);
        spectrum.BandRmsMw(amplitudes, 0.01, 50).ShouldBe(rms, 1e-6);
        spectrum.Lines(amplitudes, 2)[0].FrequencyHz.ShouldBe(1 / 2.56, 1e-12);
    }

    [Fact]
    public void A_transform_allocates_nothing()
    {
        Spectrum spectrum = new(1024, 0.01, WindowShape.Hann);
        double[] amplitudes = new double[spectrum.Bins], noise = Noise(1024);
        spectrum.Amplitudes(noise, amplitudes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        spectrum.Amplitudes(noise, amplitudes);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Only_powers_of_two_have_tables()
    {
        Should.Throw<ArgumentException>(() => new RealFft(1000)).Message.ShouldContain("1000");
        RealFft.LengthFor(1000).ShouldBe(1024);
    }

    [Theory]
    [InlineData(0.1, 0.70711)]        // −3 dB at both ends
    [InlineData(55, 0.70711)]
    [InlineData(2, 1)]
    [InlineData(0.05, 0.0624)]        // 1/√(1 + 2⁸)
    public void The_zero_phase_band_has_the_gain_that_it_says(double hz, double gain)
    {
        ZeroPhaseBand.Gain(hz, 0.1, 55).ShouldBe(gain, 1e-4);
        (double peak, double shift) = Passed(hz, (x, y) => new ZeroPhaseBand(x.Length, 0.002).Filter(0.1, 55, x, y));
        peak.ShouldBe(gain, 0.01);
        shift.ShouldBe(0, 0.01);
    }

    [Theory]
    [InlineData(0.1, 0.70711)]
    [InlineData(55, 0.70711)]
    [InlineData(2, 1)]
    [InlineData(0.05, 0.24254)]       // 1/√(1 + 2⁴)
    public void The_causal_band_has_the_gain_that_it_says(double hz, double gain)
    {
        CausalBand.Gain(hz, 0.1, 55).ShouldBe(gain, 0.002);
        Passed(hz, (x, y) => CausalBand.Filter(0.1, 55, 0.002, x, y)).Peak.ShouldBe(gain, 0.01);
    }

    [Fact]
    public void A_steady_load_has_nothing_in_the_band()
    {
        double[] steady = [.. Enumerable.Repeat(900.0, 5000)], band = new double[5000];
        CausalBand.Filter(0.1, 55, 0.01, steady, band);
        band.ShouldAllBe(mw => Math.Abs(mw) < 1e-9);
        new ZeroPhaseBand(5000, 0.01).Filter(0.1, 55, steady, band);
        band.ShouldAllBe(mw => Math.Abs(mw) < 1e-9);
    }

    // Amplitude and sine part missing, from the middle of 200 s of a sine wave.
    private static (double Peak, double Shift) Passed(double hz, Action<double[], double[]> filter)
    {
        double[] x = [.. Enumerable.Range(0, 100_000).Select(i => Elementary.Sin(2 * Math.PI * hz * i * 0.002))], y = new double[x.Length];
        filter(x, y);
        double sine = 0, cosine = 0;
        int from = 25_000, count = 50_000;                                        // 100 s: whole periods of every frequency tested
        for (int i = from; i < from + count; i++)
        {
            sine += y[i] * x[i] * 2 / count;
            cosine += y[i] * Elementary.Cos(2 * Math.PI * hz * i * 0.002) * 2 / count;
        }
        return (Math.Sqrt(sine * sine + cosine * cosine), cosine);
    }

    private static double Amplitude(WindowShape shape, double hz, double stepS)
    {
        Spectrum spectrum = new(1024, stepS, shape);
        double[] amplitudes = new double[spectrum.Bins];
        spectrum.Amplitudes([.. Enumerable.Range(0, 1024).Select(i => 3 * Elementary.Sin(2 * Math.PI * hz * i * stepS + 0.3))], amplitudes);
        return amplitudes.Max();
    }

    private static double[] Noise(int length)
    {
        Gigawatt.Numerics.Stream chance = Gigawatt.Numerics.Stream.For(1, 0, "test", "noise");
        double[] x = new double[length];
        for (int i = 0; i < length; i++) { x[i] = chance.NextNormal(); }
        return x;
    }
}
