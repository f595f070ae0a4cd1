using Gigawatt.Numerics;
using Gigawatt.Power.Waveforms;

namespace Gigawatt.Studies;

/// <summary>Pictures of a wave: in time, by frequency, against its limit, and what the battery does.</summary>
internal static class WaveformCharts
{
    private const int MostPoints = 1500;

    public static IReadOnlyList<StudyChart> Of(
        WaveformInput input, WaveformAnswer answer, double[] wave, MitigatedWave made, ComplianceMeter meter, double siteMw)
    {
        bool mitigated = input.Mitigation is not null;
        List<StudyChart> charts = [InTime(input, answer, wave, made, mitigated), ByFrequency(input, wave, made, mitigated)];
        if (Traced(input, siteMw) is { } rule) { charts.Add(AgainstLimit(input, rule, wave, made, meter, siteMw, mitigated)); }
        if (input.Mitigation?.Battery is { } battery) { charts.Add(Charge(input, battery, made)); }
        return charts;
    }

    private static StudyChart InTime(WaveformInput input, WaveformAnswer answer, double[] wave, MitigatedWave made, bool mitigated)
    {
        int count = Math.Min(wave.Length, MostPoints);
        int from = Worst(mitigated ? made.GridMw : wave, Math.Max(1, (int)Math.Round(5 / input.SampleIntervalS)), count);
        double[] at = [.. Enumerable.Range(from, count).Select(i => i * input.SampleIntervalS)];
        List<ChartSeries> series = [new("asked by the GPUs", SeriesStyle.Line, at, wave[from..(from + count)], "gpu")];
        if (mitigated) { series.Add(new("seen by the grid", SeriesStyle.Line, at, made.GridMw[from..(from + count)])); }
        return new StudyChart
        {
            Title = mitigated
                ? $"Of a swing of {Figures.Power(answer.Mitigation[0].PeakToPeakMw)} in 5 s, {Figures.Power(answer.Mitigation.Last(stage => stage.Stage != "turbine").PeakToPeakMw)} reach the grid"
                : $"The load swings by {Figures.Power(answer.Mitigation[0].PeakToPeakMw)} within 5 s",
            Caption = $"{(from == 0 ? "The first" : "The worst")} {Figures.Duration(count * input.SampleIntervalS)} of {Figures.Duration(wave.Length * input.SampleIntervalS)}; each sample is the mean of its interval.",
            X = new ChartAxis("time", "s"),
            Y = new ChartAxis("power", "MW"),
            Series = series,
        };
    }

    // Where a stretch begins in whose middle the wave swings most within a window; the first of equals.
    private static int Worst(double[] wave, int window, int count)
    {
        int best = 0, step = Math.Max(1, window / 10);
        double most = 0;
        for (int i = 0; i + window <= wave.Length; i += step)
        {
            double low = wave[i], high = wave[i];
            for (int k = i + 1; k < i + window; k++)
            {
                low = Math.Min(low, wave[k]);
                high = Math.Max(high, wave[k]);
            }
            if (high - low > most * (1 + 1e-3))
            {
                most = high - low;
                best = i;
            }
        }
        return Math.Max(0, Math.Min(best - (count - window) / 2, wave.Length - count));
    }

    private static StudyChart ByFrequency(WaveformInput input, double[] wave, MitigatedWave made, bool mitigated)
    {
        Spectrum spectrum = new(WaveformStudy.Stretch(wave.Length), input.SampleIntervalS, WindowShape.Hann);
        double[] amplitudes = new double[spectrum.Bins];
        spectrum.Amplitudes(wave, amplitudes);
        SpectralLine strongest = spectrum.Lines(amplitudes, 1) is [var line, ..] ? line : default;
        List<ChartSeries> series = [Grouped("asked by the GPUs", spectrum, amplitudes, "gpu")];
        if (mitigated)
        {
            spectrum.Amplitudes(made.GridMw, amplitudes);
            series.Add(Grouped("seen by the grid", spectrum, amplitudes, "electricity"));
        }
        IEnumerable<ComplianceRule> banded = input.Profiles.SelectMany(profile => profile.Rules).Where(rule => rule.LowHz is not null && rule.HighHz < 0.5 / input.SampleIntervalS);
        return new StudyChart
        {
            Title = strongest.AmplitudeMw > 0
                ? $"The strongest line stands at {Figures.Number(strongest.FrequencyHz)} Hz with {Figures.Power(strongest.AmplitudeMw)}"
                : "The load is steady",
            Caption = $"Peak amplitudes of {spectrum.Length:N0} samples under a raised-cosine window; of neighbouring lines the highest is drawn.",
            X = new ChartAxis("frequency", "Hz", IsLog: true),
            Y = new ChartAxis("amplitude", "MW", IsLog: true),
            Series = series,
            Marks = [.. banded.SelectMany(rule => new[] { rule.LowHz!.Value, rule.HighHz!.Value }).Distinct().Select(hz => new ChartMark($"band {Figures.Number(hz)} Hz", hz))],
        };
    }

    private static ChartSeries Grouped(string label, Spectrum spectrum, double[] amplitudes, string family)
    {
        List<double> at = [], height = [];
        for (int k = 1; k < amplitudes.Length;)
        {
            int end = Math.Min(amplitudes.Length, Math.Max(k + 1, (int)(k * 1.01)));
            int top = k;
            for (int j = k; j < end; j++) { top = amplitudes[j] > amplitudes[top] ? j : top; }
            at.Add(top * spectrum.BinHz);
            height.Add(Math.Max(1e-4, amplitudes[top]));
            k = end;
        }
        return new ChartSeries(label, SeriesStyle.Line, at, height, family);
    }

    private static ComplianceRule? Traced(WaveformInput input, double siteMw) => input.Profiles
        .Where(profile => siteMw >= (profile.AppliesFromMw ?? 0))
        .SelectMany(profile => profile.Rules)
        .FirstOrDefault(rule => rule.Kind is RuleKind.BandPeakToPeak or RuleKind.ChangeWithin);

    private static StudyChart AgainstLimit(
        WaveformInput input, ComplianceRule rule, double[] wave, MitigatedWave made, ComplianceMeter meter, double siteMw, bool mitigated)
    {
        double[] trace = new double[wave.Length];
        RuleVerdict bare = meter.Measure(rule, wave, siteMw, trace);
        List<ChartSeries> series = [Highest("asked by the GPUs", trace, input.SampleIntervalS, "gpu")];
        RuleVerdict left = meter.Measure(rule, made.GridMw, siteMw, trace);
        if (mitigated) { series.Add(Highest("seen by the grid", trace, input.SampleIntervalS, "electricity")); }
        string kept = left.Verdict == Verdict.Met ? "within" : "above";
        return new StudyChart
        {
            Title = $"{Figures.Power(mitigated ? left.WorstMw : bare.WorstMw)} in the worst window of '{rule.Name}' is {kept} the limit of {Figures.Power(left.LimitMw)}",
            Caption = $"Highest less lowest power in every window of {Figures.Duration(rule.WindowS!.Value)}, at its end.",
            X = new ChartAxis("time", "s"),
            Y = new ChartAxis("peak-to-peak", "MW", IsLog: true),
            Series = series,
            Marks = [new ChartMark("limit", left.LimitMw, IsLevel: true)],
        };
    }

    private static StudyChart Charge(WaveformInput input, BatterySmoothingSpec battery, MitigatedWave made)
    {
        double capacityMwh = battery.Store.EnergyMwh;
        double[] percent = [.. made.StoredMwh.Select(mwh => 100 * mwh / capacityMwh)];
        return new StudyChart
        {
            Title = $"The battery moves between {Figures.Number(percent.Min(), 4)} and {Figures.Number(percent.Max(), 4)} % of its charge",
            Caption = $"{battery.Count} blocks of {Figures.Number(battery.Block.CapacityMwh)} MWh; highest of neighbouring samples.",
            X = new ChartAxis("time", "s"),
            Y = new ChartAxis("state of charge", "%"),
            Series = [Highest("state of charge", percent, input.SampleIntervalS, "electricity")],
        };
    }

    private static ChartSeries Highest(string label, double[] values, double stepS, string family)
    {
        int every = (values.Length + MostPoints - 1) / MostPoints;
        List<double> at = [], height = [];
        for (int i = 0; i < values.Length; i += every)
        {
            int end = Math.Min(values.Length, i + every);
            at.Add(end * stepS);
            double top = values[i];
            for (int j = i; j < end; j++) { top = Math.Max(top, values[j]); }
            height.Add(Math.Max(1e-4, top));
        }
        return new ChartSeries(label, SeriesStyle.Line, at, height, family);
    }
}
