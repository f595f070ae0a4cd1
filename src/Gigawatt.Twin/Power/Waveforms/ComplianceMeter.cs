using Gigawatt.Numerics;

namespace Gigawatt.Power.Waveforms;

/// <summary>Whether a limit is kept.</summary>
public enum Verdict
{
    /// <summary>Kept in every window.</summary>
    Met,

    /// <summary>Broken in at least one.</summary>
    NotMet,

    /// <summary>The site is smaller than those the limit is for.</summary>
    NotApplicable,
}

/// <summary>A rule held against a wave.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Verdict">Whether it is kept.</param>
/// <param name="WorstMw">What the worst window showed, as a power (a ramp as the change it makes in its window).</param>
/// <param name="LimitMw">What it may show.</param>
/// <param name="StartS">When the worst window begins; not a number for percentiles.</param>
/// <param name="AttenuationNeededDb">By how much the wave would have to be lowered, 20·log₁₀(worst/limit); 0 when kept.</param>
/// <param name="SeenToHz">Upper end of what the samples can show of the band; not a number for rules without one.</param>
public readonly record struct RuleVerdict(
    string Rule, Verdict Verdict, double WorstMw, double LimitMw, double StartS, double AttenuationNeededDb, double SeenToHz);

/// <summary>Holds rules against waves of one length; its tables and room are made once.</summary>
/// <remarks>
/// Sine waves are looked for in overlapping stretches of at least ten periods of the lowest frequency (a power of two of samples) with a flat-top window;
/// the highest stretch counts, so that a wave that lasts for a while is not diluted. Of bands the first and last period of the lowest frequency are not
/// judged. One object is for one thread.
/// </remarks>
public sealed class ComplianceMeter
{
    private const double Ln10 = 2.302585092994046;

    private readonly double stepS;
    private readonly ZeroPhaseBand band;
    private readonly double[] work;
    private readonly int[] highs;
    private readonly int[] lows;
    private readonly Dictionary<int, (Spectrum Spectrum, double[] Amplitudes)> spectra = [];

    /// <summary>Room for waves of so many samples.</summary>
    public ComplianceMeter(int samples, double stepS)
    {
        this.stepS = stepS;
        Samples = samples;
        band = new ZeroPhaseBand(samples, stepS);
        work = new double[samples];
        highs = new int[samples];
        lows = new int[samples];
    }

    /// <summary>Samples of the waves.</summary>
    public int Samples { get; }

    /// <summary>Attenuation as decibels of amplitude.</summary>
    public static double DecibelsDb(double attenuationRatio) => 20 * Elementary.Log(attenuationRatio) / Ln10;

    /// <summary>Length of a stretch in which sine waves from a frequency on can be told apart.</summary>
    public static double StretchS(double lowHz) => 10 / lowHz;

    /// <summary>Holds one rule against a wave.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="waveMw">As many samples as the meter has room for.</param>
    /// <param name="siteMw">Rating of the site, of which some limits are a share.</param>
    /// <param name="traceMw">Takes the peak-to-peak of the window ending at each sample, for rules that have one; may be empty.</param>
    public RuleVerdict Measure(ComplianceRule rule, ReadOnlySpan<double> waveMw, double siteMw, Span<double> traceMw)
    {
        double limitMw = rule.LimitForMw(siteMw);
        double seenToHz = double.NaN, startS = double.NaN, worstMw = 0;
        switch (rule.Kind)
        {
            case RuleKind.BandPeakToPeak:
                seenToHz = Math.Min(rule.HighHz!.Value, 0.5 / stepS);
                Cut(rule, waveMw);
                int edge = Edge(rule.LowHz!.Value, waveMw.Length);
                traceMw.Clear();
                WorstWindow banded = RollingWindow.PeakToPeak(
                    work.AsSpan(edge, waveMw.Length - 2 * edge), Whole(rule.WindowS!.Value) + 1, highs, lows, traceMw.IsEmpty ? [] : traceMw[edge..^edge]);
                (worstMw, startS) = (banded.ValueMw, (edge + banded.Start) * stepS);
                break;
            case RuleKind.ChangeWithin:
                WorstWindow change = RollingWindow.PeakToPeak(waveMw, Whole(rule.WindowS!.Value) + 1, highs, lows, traceMw);
                (worstMw, startS) = (change.ValueMw, change.Start * stepS);
                break;
            case RuleKind.PeriodicAmplitude:
                seenToHz = Math.Min(rule.HighHz!.Value, 0.5 / stepS);
                (worstMw, startS) = Loudest(rule, waveMw);
                break;
            default:
                (worstMw, startS) = Ramp(rule, waveMw);
                break;
        }
        bool met = worstMw <= limitMw;
        return new RuleVerdict(rule.Name, met ? Verdict.Met : Verdict.NotMet, worstMw, limitMw, startS, met ? 0 : DecibelsDb(worstMw / limitMw), seenToHz);
    }

    /// <summary>Whether a wave keeps every rule; stops at the first that it breaks and asks that one first the next time.</summary>
    public bool Keeps(List<ComplianceRule> rules, ReadOnlySpan<double> waveMw, double siteMw)
    {
        for (int i = 0; i < rules.Count; i++)
        {
            if (Measure(rules[i], waveMw, siteMw, []).Verdict == Verdict.Met) { continue; }
            (rules[0], rules[i]) = (rules[i], rules[0]);
            return false;
        }
        return true;
    }

    /// <summary>What lies in the band of a rule.</summary>
    private void Cut(ComplianceRule rule, ReadOnlySpan<double> waveMw)
    {
        if (rule.Filter == BandFilterKind.Causal) { CausalBand.Filter(rule.LowHz!.Value, rule.HighHz!.Value, stepS, waveMw, work); }
        else { band.Filter(rule.LowHz!.Value, rule.HighHz!.Value, waveMw, work); }
    }

    // What a filter makes of the first and last period of its lowest frequency depends on what was before and after, which nobody knows.
    private int Edge(double lowHz, int samples) => lowHz > 0 ? Math.Min(Whole(1 / lowHz), samples / 4) : 0;

    private int Whole(double timeS) => Math.Max(1, (int)Math.Floor(timeS / stepS + 0.5));

    private (double WorstMw, double StartS) Ramp(ComplianceRule rule, ReadOnlySpan<double> waveMw)
    {
        int count = RollingWindow.Changes(waveMw, Whole(rule.WindowS!.Value), Whole(rule.EndS), work);
        if (rule.Kind == RuleKind.RampPercentile)
        {
            // A ramp that begins every second says as much as one that begins every sample.
            int every = Whole(1), kept = 0;
            for (int i = 0; i < count; i += every) { work[kept++] = Math.Abs(work[i]); }
            Span<double> ramps = work.AsSpan(0, kept);
            ramps.Sort();
            return (kept == 0 ? 0 : RollingWindow.QuantileMw(ramps, rule.PercentileFraction!.Value), double.NaN);
        }
        int worst = 0;
        for (int i = 1; i < count; i++)
        {
            if (Math.Abs(work[i]) > Math.Abs(work[worst])) { worst = i; }
        }
        return (count == 0 ? 0 : Math.Abs(work[worst]), worst * stepS);
    }

    private (double WorstMw, double StartS) Loudest(ComplianceRule rule, ReadOnlySpan<double> waveMw)
    {
        int length = RealFft.LengthFor(Math.Max(4, Whole(StretchS(rule.LowHz!.Value))));
        while (length > waveMw.Length) { length /= 2; }
        if (!spectra.TryGetValue(length, out (Spectrum Spectrum, double[] Amplitudes) made))
        {
            made = (new Spectrum(length, stepS, WindowShape.FlatTop), new double[length / 2 + 1]);
            spectra[length] = made;
        }
        double worstMw = 0;
        int worst = 0;
        int last = waveMw.Length - length;
        for (int start = 0; ; start = Math.Min(last, start + length / 2))
        {
            made.Spectrum.Amplitudes(waveMw.Slice(start, length), made.Amplitudes);
            for (int k = 1; k < made.Amplitudes.Length; k++)
            {
                double hz = k * made.Spectrum.BinHz;
                if (hz < rule.LowHz || hz > rule.HighHz) { continue; }
                if (made.Amplitudes[k] > worstMw) { (worstMw, worst) = (made.Amplitudes[k], start); }
            }
            if (start >= last) { return (worstMw, worst * stepS); }
        }
    }
}
