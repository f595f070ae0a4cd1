using Gigawatt.Numerics;
using Gigawatt.Power.Waveforms;

namespace Gigawatt.Studies;

/// <summary>Holds the wave of a training load against what grid operators allow, and finds the battery that makes it fit.</summary>
public static class WaveformStudy
{
    private const double YearS = 8760 * 3600.0;
    private const int CsvRows = 3000;

    // Of a battery that nobody described: round trip 92 %.
    private const double PlainEfficiencyFraction = 0.9591663046625439;

    /// <summary>The study.</summary>
    public static Study Definition { get; } = Study.Of<WaveformInput>(
        "waveform", "Does the load's wave keep the limits of a grid connection, and which battery makes it?", "studies/iteration-wave.yaml", Answer);

    private static StudyAnswer Answer(WaveformInput input)
    {
        double[] wave = input.Wave();
        double stepS = input.SampleIntervalS;
        double settledMw = input.Jobs.Count > 0 ? IterationWave.SettledMw(input.Jobs) : wave.Average();
        double siteMw = input.SiteRatedMw ?? wave.Max();
        MitigationSpec mitigation = input.Mitigation ?? new MitigationSpec();
        MitigatedWave made = MitigatedWave.Of(mitigation, wave, stepS, settledMw);
        ComplianceMeter meter = new(wave.Length, stepS);
        WaveformAnswerProfile[] profiles = [.. input.Profiles.Select(profile => Held(profile, meter, wave, made.GridMw, siteMw))];
        double efficiency = mitigation.Battery?.Block.OneWayEfficiencyFraction ?? PlainEfficiencyFraction;
        WaveformAnswerBattery? Sized(string name, IEnumerable<ComplianceProfile> chosen)
        {
            List<ComplianceRule> rules = [.. chosen.Where(profile => Applies(profile, siteMw)).SelectMany(profile => profile.Rules)];
            SizedBattery? battery = BatterySizing.Smallest(made.RackMw, stepS, made.SettledMw, siteMw, rules, efficiency, meter);
            double years = YearS / (wave.Length * stepS);
            return battery is null ? null : new WaveformAnswerBattery(
                name, battery.Mw, battery.Mwh, battery.Mwh > 0 ? battery.Store.TimeConstantS : 0, battery.Store.StartChargeFraction,
                battery.Totals.DischargedMwh * years, battery.Totals.LossMwh * years);
        }
        bool finds = input.FindsBattery && input.Profiles.Count > 0;
        WaveformAnswerBattery? smallest = finds ? Sized("all", input.Profiles) : null;
        WaveformAnswerBattery[] byProfile = finds && input.Profiles.Count > 1
            ? [.. input.Profiles.Select(profile => Sized(profile.Name, [profile])).OfType<WaveformAnswerBattery>()] : [];
        WaveformAnswer answer = Described(input, wave, made) with
        {
            Profiles = profiles,
            SmallestBattery = smallest,
            BatteryByProfile = byProfile,
            Mitigation = Stages(input, mitigation, wave, made),
            LoadRecord = Recorded(input, made.GridMw),
        };
        return new StudyAnswer
        {
            Subject = input.Name,
            Finding = Finding(answer, mitigation, finds),
            Remarks = Remarks(input, answer, siteMw),
            Tables = Tables(answer),
            Charts = WaveformCharts.Of(input, answer, wave, made, meter, siteMw),
            Data = answer,
        };
    }

    private static bool Applies(ComplianceProfile profile, double siteMw) => siteMw >= (profile.AppliesFromMw ?? 0);

    private static WaveformAnswerProfile Held(ComplianceProfile profile, ComplianceMeter meter, double[] bare, double[] left, double siteMw)
    {
        if (!Applies(profile, siteMw))
        {
            return new WaveformAnswerProfile(profile.Name, Verdict.NotApplicable, null, 0, Verdict.NotApplicable, 0, []);
        }
        RuleVerdict[] before = [.. profile.Rules.Select(rule => meter.Measure(rule, bare, siteMw, []))];
        RuleVerdict[] after = [.. profile.Rules.Select(rule => meter.Measure(rule, left, siteMw, []))];
        static Verdict All(RuleVerdict[] rules) => rules.All(rule => rule.Verdict == Verdict.Met) ? Verdict.Met : Verdict.NotMet;
        RuleVerdict? worst = after.Length == 0 ? null : after.MaxBy(rule => rule.WorstMw / rule.LimitMw);
        return new WaveformAnswerProfile(
            profile.Name, All(after), worst, worst?.AttenuationNeededDb ?? 0, All(before),
            before.Length == 0 ? 0 : before.Max(rule => rule.AttenuationNeededDb), after);
    }

    private static WaveformAnswer Described(WaveformInput input, double[] wave, MitigatedWave made)
    {
        double stepS = input.SampleIntervalS, meanMw = wave.Average();
        WaveformAnswer plain = new()
        {
            HarmonicsMw = [],
            HarmonicsHz = [],
            EnergySwingMwh = 0,
            RampMwPerS = 0,
            MeanMw = meanMw,
            PeakToPeakMw = wave.Max() - wave.Min(),
            MeanDischargeMw = wave.Sum(mw => Math.Max(0, mw - meanMw)) / wave.Length,
            Profiles = [],
            BatteryByProfile = [],
            Mitigation = [],
            LoadRecord = Recorded(input, made.GridMw),
        };
        if (input.Jobs.Count > 0)
        {
            Trapezoid iteration = input.Jobs.MaxBy(job => job.Iteration.SwingMw)!.Iteration;
            int[] orders = [.. Enumerable.Range(1, 10)];
            return plain with
            {
                HarmonicsMw = [.. orders.Select(iteration.HarmonicMw)],
                HarmonicsHz = [.. orders.Select(order => order / iteration.PeriodS)],
                EnergySwingMwh = iteration.EnergySwingMwh,
                RampMwPerS = iteration.RampMwPerS,
            };
        }
        IReadOnlyList<SpectralLine> lines = Lines(wave, stepS, 10);
        double energy = 0, least = 0, most = 0, steepest = 0;
        for (int i = 0; i < wave.Length; i++)
        {
            energy += (wave[i] - meanMw) * stepS / 3600;
            (least, most) = (Math.Min(least, energy), Math.Max(most, energy));
            if (i > 0) { steepest = Math.Max(steepest, Math.Abs(wave[i] - wave[i - 1]) / stepS); }
        }
        return plain with
        {
            HarmonicsMw = [.. lines.Select(line => line.AmplitudeMw)],
            HarmonicsHz = [.. lines.Select(line => line.FrequencyHz)],
            EnergySwingMwh = most - least,
            RampMwPerS = steepest,
        };
    }

    private static WaveformAnswerStage[] Stages(WaveformInput input, MitigationSpec mitigation, double[] wave, MitigatedWave made)
    {
        double stepS = input.SampleIntervalS, years = YearS / (wave.Length * stepS);
        int window = Math.Max(1, (int)(5 / stepS)), tenth = Math.Max(1, (int)Math.Floor(0.1 / stepS + 0.5));
        int[] highs = new int[wave.Length], lows = new int[wave.Length];
        double[] changes = new double[wave.Length];
        WaveformAnswerStage Left(string stage, double[] series)
        {
            double steepest = 0;
            int count = RollingWindow.Changes(series, tenth, 1, changes);
            for (int i = 0; i < count; i++) { steepest = Math.Max(steepest, Math.Abs(changes[i])); }
            return new WaveformAnswerStage(
                stage, RollingWindow.PeakToPeak(series, window + 1, highs, lows, []).ValueMw, steepest / (tenth * stepS), 0, 0, 0, 0, 0, 0, 0, 0);
        }
        WaveformAnswerStage Store(WaveformAnswerStage stage, StorageTotals totals, double capacityMwh, double wearUsdPerMwh) => stage with
        {
            EnergyMwhPerYear = totals.LossMwh * years,
            CostUsdPerYear = totals.LossMwh * years * input.Prices.EnergyUsdPerMwh + totals.DischargedMwh * years * wearUsdPerMwh,
            ThroughputMwhPerYear = totals.DischargedMwh * years,
            CyclesPerYear = totals.DischargedMwh * years / capacityMwh,
            SwingsPerYear = totals.Cycles * years,
            SwingDepthFraction = totals.MeanCycleMwh / capacityMwh,
            RangeFraction = (totals.HighestStoredMwh - totals.LowestMwh) / capacityMwh,
        };
        List<WaveformAnswerStage> stages = [Left("request", wave)];
        if (mitigation.Gpu is not null)
        {
            double swingMws = (wave.Max() - wave.Min()) * wave.Length * stepS;
            stages.Add(Left("gpu", made.GpuMw) with
            {
                EnergyMwhPerYear = made.Gpu.BurntMwh * years,
                CostUsdPerYear = made.Gpu.BurntMwh * years * input.Prices.EnergyUsdPerMwh,
                ThroughputLossFraction = swingMws > 0 ? made.Gpu.WithheldMwh * 3600 / swingMws : 0,
            });
        }
        if (mitigation.Rack is { } rack) { stages.Add(Store(Left("rack", made.RackMw), made.Rack, rack.Store.EnergyMwh, 0)); }
        if (mitigation.Battery is { } battery) { stages.Add(Store(Left("battery", made.GridMw), made.Battery, battery.Store.EnergyMwh, input.Prices.WearUsdPerMwh)); }
        if (mitigation.Turbine is not null) { stages.Add(Left("turbine", made.TurbineMw)); }
        return [.. stages];
    }

    private static WaveformAnswerLoad Recorded(WaveformInput input, double[] left)
    {
        double stepS = input.SampleIntervalS;
        Perc1Load load = Perc1Load.From(input.Load, input.Profiles.FirstOrDefault(profile => profile.Frequency.Count > 0));
        ZeroPhaseBand filter = new(left.Length, stepS);
        double[] band = new double[left.Length];
        int[] highs = new int[left.Length], lows = new int[left.Length];
        List<WaveformAnswerBand> bands = [];
        foreach ((double lowHz, double highHz) in new[] { (0.1, 1.0), (1.0, 5.0), (5.0, 20.0), (20.0, 55.0) })
        {
            if (lowHz >= 0.5 / stepS || 2 / lowHz > left.Length * stepS) { continue; }
            filter.Filter(lowHz, highHz, left, band);
            bands.Add(new WaveformAnswerBand(lowHz, highHz, RollingWindow.PeakToPeak(band, Math.Max(2, (int)(5 / stepS) + 1), highs, lows, []).ValueMw));
        }
        return new WaveformAnswerLoad(
            load, load.TextLine(input.Bus, input.Name), RampStatistics.Of(left, stepS), Lines(left, stepS, 6), bands, RampStatistics.Csv(left, stepS, CsvRows));
    }

    internal static IReadOnlyList<SpectralLine> Lines(double[] wave, double stepS, int count)
    {
        Spectrum spectrum = new(Stretch(wave.Length), stepS, WindowShape.FlatTop);
        double[] amplitudes = new double[spectrum.Bins];
        spectrum.Amplitudes(wave, amplitudes);
        return spectrum.Lines(amplitudes, count);
    }

    /// <summary>The largest power of two of samples that a wave holds, at most 65,536.</summary>
    internal static int Stretch(int samples) => Math.Min(65_536, RealFft.LengthFor(samples + 1) / 2);

    private static string Finding(WaveformAnswer answer, MitigationSpec mitigation, bool finds)
    {
        string swing = $"The load swings by {Figures.Power(answer.PeakToPeakMw)}";
        if (answer.Profiles.Count == 0) { return $"{swing} about a mean of {Figures.Power(answer.MeanMw)}."; }
        string[] broken = [.. answer.Profiles.Where(profile => profile.Verdict == Verdict.NotMet).Select(profile => profile.Name)];
        string behind = mitigation.Gpu is null && mitigation.Rack is null && mitigation.Battery is null ? "" : " behind its mitigation";
        string verdict = broken.Length == 0
            ? $"and keeps every limit that applies{behind}"
            : $"and breaks the limits of {string.Join(", ", broken)}{behind}, by up to {Figures.Number(answer.Profiles.Max(profile => profile.AttenuationNeededDb))} dB";
        string battery = !finds ? "" : answer.SmallestBattery is { } found
            ? found.Mwh > 0 ? $"; {Figures.Number(found.Mw)} MW with {Figures.Number(found.Mwh)} MWh of battery suffice" : "; it needs no battery"
            : "; no battery suffices by smoothing alone";
        return $"{swing} {verdict}{battery}.";
    }

    private static string[] Remarks(WaveformInput input, WaveformAnswer answer, double siteMw)
    {
        List<string> remarks = [];
        if (answer.Profiles.SelectMany(profile => profile.Rules).Any(rule => rule.SeenToHz < 50))
        {
            remarks.Add($"Samples every {Figures.Duration(input.SampleIntervalS)} show nothing above {Figures.Number(0.5 / input.SampleIntervalS)} Hz of the bands.");
        }
        string[] notFor = [.. answer.Profiles.Where(profile => profile.Verdict == Verdict.NotApplicable).Select(profile => profile.Name)];
        if (notFor.Length > 0) { remarks.Add($"Not applicable to a site of {Figures.Power(siteMw)}: {string.Join(", ", notFor)}."); }
        if (answer.SmallestBattery is { Mwh: > 0 }) { remarks.Add("Battery energy is usable energy for smoothing alone: reserves, taper and ageing come on top."); }
        remarks.Add("Limits are proposals of 2026, read through a secondary source; filter, window ends and some thresholds are assumptions (see docs/waveform.md).");
        remarks.Add($"Wear at {Figures.Number(input.Prices.WearUsdPerMwh)} USD a MWh of throughput counts shallow swings like deep ones; rainflow counting would say less.");
        return [.. remarks];
    }

    private static StudyTable[] Tables(WaveformAnswer answer)
    {
        List<StudyTable> tables = [];
        if (answer.Profiles.Count > 0)
        {
            tables.Add(StudyTable.Of("Limits behind the mitigation", ["Profile", "Rule", "Verdict", "Worst, MW", "Limit, MW", "From, s", "Missing, dB", "Missing bare, dB"],
                answer.Profiles.SelectMany(profile => profile.Rules.Count == 0
                    ? [[profile.Name, "", profile.Verdict == Verdict.NotApplicable ? "not applicable" : "no rule on the wave", double.NaN, double.NaN, double.NaN, double.NaN, double.NaN]]
                    : profile.Rules.Select(rule => new object?[]
                    {
                        profile.Name, rule.Rule, rule.Verdict == Verdict.Met ? "met" : "not met", rule.WorstMw, rule.LimitMw, rule.StartS, rule.AttenuationNeededDb,
                        profile.BareAttenuationNeededDb,
                    }))));
        }
        WaveformAnswerBattery[] batteries = answer.SmallestBattery is { } all ? [all, .. answer.BatteryByProfile] : [.. answer.BatteryByProfile];
        if (batteries.Length > 0)
        {
            tables.Add(StudyTable.Of("Smallest battery", ["For", "Power, MW", "Usable energy, MWh", "Time constant, s", "Throughput, MWh/yr", "Loss, MWh/yr"],
                batteries.Select(one => new object?[] { one.For, one.Mw, one.Mwh, one.TimeConstantS, one.ThroughputMwhPerYear, one.LossMwhPerYear })));
        }
        tables.Add(StudyTable.Of("What each part leaves and costs in a year of this wave",
            ["Part", "Peak-to-peak in 5 s, MW", "Steepest, MW/s", "Energy, MWh/yr", "Cost, USD/yr", "Longer iterations, %", "Throughput, MWh/yr", "Full cycles/yr", "Swing depth, %"],
            answer.Mitigation.Select(stage => new object?[]
            {
                stage.Stage, stage.PeakToPeakMw, stage.SteepestMwPerS, stage.EnergyMwhPerYear, stage.CostUsdPerYear, stage.ThroughputLossFraction * 100,
                stage.ThroughputMwhPerYear, stage.CyclesPerYear, stage.SwingDepthFraction * 100,
            })));
        tables.Add(StudyTable.Of("Harmonics of the iteration", ["Frequency, Hz", "Amplitude, MW"],
            answer.HarmonicsHz.Zip(answer.HarmonicsMw, (hz, mw) => new object?[] { hz, mw })));
        tables.Add(StudyTable.Of("Changes of the load behind the mitigation", ["Within, s", "Median, MW", "95 %, MW", "99 %, MW", "Highest, MW"],
            answer.LoadRecord.Ramps.Select(row => new object?[] { row.WindowS, row.MedianMw, row.Percentile95Mw, row.Percentile99Mw, row.HighestMw })));
        return [.. tables];
    }
}
