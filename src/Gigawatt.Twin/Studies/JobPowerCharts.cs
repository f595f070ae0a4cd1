using Gigawatt.Compute;
using Gigawatt.Numerics;
using Gigawatt.Power.Waveforms;
using Gigawatt.Training;

namespace Gigawatt.Studies;

/// <summary>Tables and pictures of a job's power.</summary>
internal static class JobPowerCharts
{
    private const int Points = 400;
    private const int Bars = 60;

    public static IReadOnlyList<StudyTable> Tables(JobPowerAnswer data, JobPowerSpec[] jobs, JobWave[] waves)
    {
        List<StudyTable> tables = [];
        if (data.States is { } states)
        {
            (string Name, JobPowerAnswerState? State)[] all =
                [("idle", states.Idle), ("stall", states.Stall), ("communication", states.Communication), ("memory", states.Memory), ("compute", states.Compute)];
            tables.Add(StudyTable.Of("States", ["state", "share of TDP, %", "GPU, W", "at the feed, kW a GPU"], all.Where(one => one.State is not null)
                .Select(one => new object?[] { one.Name, one.State!.TdpFraction * 100, one.State.GpuW, one.State.FeedKwPerGpu })));
        }
        if (waves.Length > 0)
        {
            tables.Add(StudyTable.Of("Jobs", ["job", "GPUs", "mean, MW", "high, MW", "low, MW", "period, s", "duty, %", "climb, s", "fall, s", "speed, %"],
                waves.Select((wave, i) => new object?[] { jobs[i].Name, wave.Gpus, wave.MeanMw, wave.HighMw, wave.LowMw, wave.PeriodS, wave.DutyFraction * 100, wave.RiseS, wave.FallS, wave.ThroughputRatio * 100 })));
        }
        if (data.Campus is { } campus)
        {
            tables.Add(StudyTable.Of("All jobs together", ["mean, MW", "lowest, MW", "1 % below, MW", "1 % above, MW", "peak, MW", "strongest line, Hz", "its amplitude, MW"],
                [[campus.MeanMw, campus.LowestMw, campus.LowPercentileMw, campus.HighPercentileMw, campus.PeakMw, campus.FundamentalHz, campus.FundamentalMw]]));
        }
        if (data.BestCap is { } best)
        {
            tables.Add(StudyTable.Of("Caps on a fixed power", ["cap, W", "GPUs", "speed of one, %", "gain of all, %"], data.Caps.Where((_, i) => i % 5 == 0)
                .Append(best).OrderByDescending(cap => cap.CapW).Select(cap => new object?[] { cap.CapW, cap.Gpus, cap.ThroughputRatio * 100, cap.GainFraction * 100 })));
        }
        if (data.Trace is { } trace)
        {
            tables.Add(StudyTable.Of("Recording, kW a node", ["mean", "1 % below", "median", "1 % above", "idle", "stall", "valley", "compute", "period, s", "duty, %"],
                [[trace.MeanKw, trace.P1Kw, trace.P50Kw, trace.P99Kw, trace.IdleKw, trace.StallKw, trace.ValleyKw, trace.ComputeKw, trace.PeriodS, trace.DutyFraction * 100]]));
        }
        return tables;
    }

    public static IReadOnlyList<StudyChart> Of(JobPowerAnswer data, JobPowerSpec? job, JobWave? wave, FixedPowerSpec? fixedPower, PowerTrace? trace)
    {
        List<StudyChart> charts = [];
        if (job is not null && wave is { } made) { charts.Add(TwoPeriods(job, made)); }
        if (data.BestCap is { } best) { charts.Add(Cap(data, best, fixedPower!)); }
        if (trace is not null)
        {
            charts.Add(Histogram(data.Trace!, trace));
            charts.Add(InTime(data.Trace!, trace));
        }
        if (charts.Count == 0 && data.StepLog is { } log) { charts.Add(Steps(log)); }
        return charts;
    }

    private static StudyChart TwoPeriods(JobPowerSpec job, JobWave wave)
    {
        double[] samples = new double[Points];
        double stepS = 2 * wave.PeriodS / Points;
        JobWaveSpec spec = JobPowerStudy.WaveOf(job.Name, wave) with { Checkpoint = null, Evaluation = null };
        JobWaveState state = IterationWave.Begin(spec, 1);
        IterationWave.Add(spec, ref state, 0, stepS, samples);
        double[] at = [.. Enumerable.Range(0, Points).Select(i => (i + 0.5) * stepS)];
        return new StudyChart
        {
            Title = $"{Figures.Number(wave.Gpus)} GPUs move between {Figures.Power(wave.LowMw)} and {Figures.Power(wave.HighMw)} every {Figures.Duration(wave.PeriodS)}",
            Caption = wave.PhaseSpreadS > 0
                ? $"Pipeline stages begin over {Figures.Duration(wave.PhaseSpreadS)}, which slows the climb. Pauses are not drawn."
                : "All GPUs in step. Pauses are not drawn.",
            X = new ChartAxis("time", "s"),
            Y = new ChartAxis("power at the racks", "MW"),
            Series = [new("power", SeriesStyle.Line, at, samples, "gpu")],
            Marks = [new ChartMark("mean with pauses", wave.MeanMw, IsLevel: true)],
        };
    }

    private static StudyChart Cap(JobPowerAnswer data, JobPowerAnswerCap best, FixedPowerSpec spec)
    {
        double[] at = [.. data.Caps.Select(cap => cap.CapW)];
        CapCurve curve = CapCurve.For(spec.Gpu.Title);
        return new StudyChart
        {
            Title = best.GainFraction > 0
                ? $"On {Figures.Power(spec.SiteMw)}, {Figures.Number(best.Gpus)} GPUs at {Figures.Number(best.CapW)} W do {Figures.Percent(best.GainFraction)} more than uncapped ones"
                : "On this power no cap helps",
            Caption = $"{curve.Title}: {curve.Source}. {Figures.Power(spec.OtherMwPerGpu)} of everything else a GPU. The best is sought among measured caps; speed counts in proportion to GPUs.",
            X = new ChartAxis("cap", "W"),
            Y = new ChartAxis("relative to no cap", "%"),
            Series =
            [
                new("speed of one GPU", SeriesStyle.Line, at, [.. data.Caps.Select(cap => cap.ThroughputRatio * 100)], "gpu"),
                new("tokens on the same power", SeriesStyle.Line, at, [.. data.Caps.Select(cap => (1 + cap.GainFraction) * 100)], "electricity"),
            ],
            Marks = [new ChartMark("best cap", best.CapW)],
        };
    }

    private static StudyChart Histogram(JobPowerAnswerTrace found, PowerTrace trace)
    {
        double lowest = trace.MeanMwPerNode.Min() * 1e3, highest = trace.MeanMwPerNode.Max() * 1e3;
        double width = Math.Max((highest - lowest) / Bars, 1e-9);
        double[] shares = new double[Bars];
        foreach (double mw in trace.MeanMwPerNode) { shares[Math.Min(Bars - 1, (int)((mw * 1e3 - lowest) / width))] += 100.0 / trace.MeanMwPerNode.Count; }
        (string Label, double? At)[] levels = [("idle", found.IdleKw), ("stall", found.StallKw), ("compute", found.ComputeKw)];
        return new StudyChart
        {
            Title = $"A node draws {Figures.Number(found.MeanKw)} kW in the mean, {Figures.Number(found.P1Kw)} to {Figures.Number(found.P99Kw)} kW in 98 % of time",
            Caption = $"{found.Samples:N0} samples at {Figures.Duration(found.SampleIntervalS)}, mean of {found.Nodes:N0} nodes.",
            X = new ChartAxis("power of a node", "kW"),
            Y = new ChartAxis("share of time", "%"),
            Series = [new("time", SeriesStyle.Bar, [.. Enumerable.Range(0, Bars).Select(i => lowest + (i + 0.5) * width)], shares, "gpu")],
            Marks = [.. levels.Where(level => level.At is not null).Select(level => new ChartMark(level.Label, level.At!.Value))],
        };
    }

    private static StudyChart InTime(JobPowerAnswerTrace found, PowerTrace trace)
    {
        int count = Math.Min(trace.MeanMwPerNode.Count, 1500);
        return new StudyChart
        {
            Title = found.PeriodS is { } period ? $"The recording repeats every {Figures.Duration(period)}" : "The recording shows no period",
            Caption = $"The first {Figures.Duration(count * trace.StepS)}; likeness to itself one period later {Figures.Percent(found.RegularityFraction)}.",
            X = new ChartAxis("time", "s"),
            Y = new ChartAxis("power of a node", "kW"),
            Series = [new("recorded", SeriesStyle.Line, [.. Enumerable.Range(0, count).Select(i => i * trace.StepS)], [.. trace.MeanMwPerNode.Take(count).Select(mw => mw * 1e3)], "gpu")],
        };
    }

    private static StudyChart Steps(StepTrace log) => new()
    {
        Title = $"A step takes {Figures.Duration(log.PeriodS)}, {log.PausedSteps} of {log.Steps:N0} hold a pause",
        X = new ChartAxis("steps"),
        Y = new ChartAxis("time", "s"),
        Categories = ["1 % below", "median", "mean", "1 % above"],
        Series = [new("time of a step", SeriesStyle.Bar, [0, 1, 2, 3], [log.LowPercentileS, log.PeriodS, log.MeanS, log.HighPercentileS], "gpu")],
    };
}
