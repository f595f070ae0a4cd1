using Gigawatt.Compute;
using Gigawatt.Numerics;
using Gigawatt.Power.Waveforms;
using Gigawatt.Training;

namespace Gigawatt.Studies;

/// <summary>The power of training jobs: states, wave, cap, recordings: <c>gw study job-power</c>.</summary>
public static class JobPowerStudy
{
    private const int Harmonics = 12;
    private const int CampusBins = 1000;
    private const double KwPerMw = 1e3;
    private const double WPerMw = 1e6;

    /// <summary>The study.</summary>
    public static Study Definition { get; } = Study.Of<JobPowerInput>(
        "job-power", "What does a training job draw, how does it swing, and which power cap gives most on a fixed power?", "studies/job-power.yaml",
        Answer, JobPowerInput.Import);

    /// <summary>A job's power as a wave that batteries and limits can be held against.</summary>
    public static JobWaveSpec WaveOf(string name, JobWave wave) => new()
    {
        Name = name,
        HighMw = wave.HighMw,
        LowMw = wave.LowMw,
        PeriodS = wave.PeriodS,
        DutyFraction = wave.DutyFraction,
        RiseS = wave.RiseS,
        FallS = wave.FallS,
        Gpus = wave.Gpus,
        Checkpoint = Pause(wave.Checkpoint, wave),
        Evaluation = Pause(wave.Evaluation, wave),
    };

    private static StudyAnswer Answer(JobPowerInput input)
    {
        StepTrace? steps = input.StepLog.Count > 0 ? StepTrace.Read(input.StepLog, "step_log", input.Bridges) : null;
        PowerTrace? trace = input.NodePower.Count > 0 ? PowerTrace.Read(input.NodePower, "node_power", input.Bridges) : null;
        PowerTraceFindings? found = trace is null ? null : PowerTraceFindings.Of(trace);
        JobPowerSpec[] jobs = [.. input.Jobs];
        if (jobs.Length > 0 && steps is { } log) { jobs[0] = Fitted(jobs[0], log); }
        JobWave[] waves = [.. jobs.Select(job => JobPower.Of(job))];
        FixedPowerSpec? fixedPower = input.FixedPower ?? (jobs.Length > 0 ? Present(jobs[0], waves[0]) : null);
        JobPowerAnswerCap[] caps = fixedPower is null ? [] : Caps(fixedPower);
        JobPowerAnswerCap? best = fixedPower is null ? null : Best(fixedPower);
        JobPowerSpec? first = jobs.Length > 0 ? jobs[0] : null;
        JobWave? wave = jobs.Length > 0 ? waves[0] : null;
        double nodeGpus = first?.Rack.NodeGpus ?? input.NodeGpus;
        JobPowerAnswer data = new()
        {
            MeanKwPerGpu = wave?.MeanMwPerGpu * KwPerMw ?? found?.MeanMw * KwPerMw / nodeGpus,
            PeriodS = wave?.PeriodS ?? found?.PeriodS ?? steps?.PeriodS,
            SwingFraction = wave?.SwingFraction ?? (found is null ? null : (found.ComputeMw - found.ValleyMw) / found.ComputeMw),
            States = first is not null ? States(first) : found is not null ? States(found, nodeGpus) : null,
            BestCap = best,
            Caps = caps,
            Wave = wave is { } one ? Wave(one) : null,
            Spectrum = wave is { } lines ? Lines(first!, lines) : [],
            ThroughputRatio = wave?.ThroughputRatio,
            Campus = waves.Length > 0 ? JobPowerCampus.Of(waves, input.ConstantMw, new double[JobPowerCampus.ScratchFor(CampusBins + waves.Length)]) : null,
            Trace = found is null ? null : Trace(trace!, found, first),
            StepLog = steps,
        };
        return new StudyAnswer
        {
            Subject = input.Name,
            Finding = Finding(data, first),
            Remarks = Remarks(input, data, first, steps),
            Tables = JobPowerCharts.Tables(data, jobs, waves),
            Charts = JobPowerCharts.Of(data, first, wave, fixedPower, trace),
            Data = data,
        };
    }

    // A log of steps knows the length of a step and its pauses better than a breakdown does; the proportions stay the breakdown's.
    private static JobPowerSpec Fitted(JobPowerSpec job, StepTrace log)
    {
        StepParts parts = job.Step;
        double scale = log.PeriodS / JobPower.Of(job).PeriodS;
        StepParts scaled = parts with
        {
            ComputeS = parts.ComputeS * scale,
            BubbleS = parts.BubbleS * scale,
            ExposedCommunicationS = parts.ExposedCommunicationS * scale,
            OptimiserS = parts.OptimiserS * scale,
            OtherS = parts.OtherS * scale,
        };
        return log.PauseEverySteps > 0
            ? job with { Step = scaled, Checkpoint = new StepPause { EverySteps = log.PauseEverySteps, LastsS = log.PauseS } }
            : job with { Step = scaled };
    }

    private static FixedPowerSpec Present(JobPowerSpec job, JobWave wave)
    {
        double otherMw = JobPower.FeedMwPerGpu(job, 1) - job.Rack.Gpu.TdpMw;
        return new FixedPowerSpec { SiteMw = wave.Gpus * (job.Rack.Gpu.TdpMw + otherMw), Gpu = job.Rack.Gpu, OtherMwPerGpu = otherMw };
    }

    private static JobPowerAnswerCap[] Caps(FixedPowerSpec spec)
    {
        CapCurve curve = CapCurve.For(spec.Gpu.Title);
        double warmth = PowerCap.WarmthFactor(spec.Warmth, spec.ChipC);
        List<JobPowerAnswerCap> caps = [];
        for (double cap = 1; cap >= curve.LowestFraction - 1e-9; cap -= 0.02)
        {
            caps.Add(Row(PowerCap.At(curve, spec.Gpu.TdpMw, cap, spec.SiteMw, spec.OtherMwPerGpu, spec.GpusOwned ?? int.MaxValue, warmth)));
        }
        return [.. caps];
    }

    private static JobPowerAnswerCap Best(FixedPowerSpec spec)
    {
        CapChoice best = PowerCap.Best(
            CapCurve.For(spec.Gpu.Title), spec.Gpu.TdpMw, spec.SiteMw, spec.OtherMwPerGpu, spec.GpusOwned ?? int.MaxValue,
            PowerCap.WarmthFactor(spec.Warmth, spec.ChipC));
        return best.Gpus > 0
            ? Row(best)
            : throw new CaseException("fixed_power.site", FormattableString.Invariant($"power for at least one GPU, {(spec.Gpu.TdpMw * CapCurve.H100.LowestFraction + spec.OtherMwPerGpu) * KwPerMw:0.###} kW"),
                FormattableString.Invariant($"{spec.SiteMw * KwPerMw:0.###} kW"));
    }

    private static JobPowerAnswerCap Row(CapChoice choice) =>
        new(choice.CapMw * WPerMw, choice.CapFraction, choice.Gpus, choice.Gpus > 0 ? choice.ThroughputGpu / choice.Gpus : 0, choice.GainFraction);

    private static JobPowerAnswerStates States(JobPowerSpec job)
    {
        JobPowerAnswerState One(GpuActivity activity)
        {
            double share = PowerStates.CappedFraction(job.States, activity, job.Caps, job.CapFraction);
            return new(share, share * job.Rack.Gpu.TdpMw * WPerMw, JobPower.FeedMwPerGpu(job, share, activity != GpuActivity.Idle) * KwPerMw);
        }
        return new(One(GpuActivity.Idle), One(GpuActivity.Stall), One(GpuActivity.Communication), One(GpuActivity.Memory), One(GpuActivity.Compute));
    }

    private static JobPowerAnswerStates States(PowerTraceFindings found, double nodeGpus)
    {
        JobPowerAnswerState? One(double? mw) => mw is { } level ? new(null, null, level * KwPerMw / nodeGpus) : null;
        return new(One(found.IdleMw), One(found.StallMw), One(found.ValleyMw), null, One(found.ComputeMw)!);
    }

    private static JobPowerAnswerWave Wave(JobWave wave) => new(
        wave.HighMw, wave.LowMw, wave.MeanMw, wave.PeriodS, wave.DutyFraction, wave.RiseS, wave.FallS, wave.PhaseSpreadS,
        wave.Checkpoint.EverySteps > 0 ? wave.Checkpoint : null, wave.Evaluation.EverySteps > 0 ? wave.Evaluation : null);

    private static JobPowerAnswerLine[] Lines(JobPowerSpec job, JobWave wave)
    {
        Trapezoid iteration = WaveOf(job.Name, wave).Iteration;
        return [.. Enumerable.Range(1, Harmonics).Select(k => new JobPowerAnswerLine(k / wave.PeriodS, iteration.HarmonicMw(k)))];
    }

    private static WaveDip? Pause(JobDip dip, JobWave wave) => dip.EverySteps == 0
        ? null
        : new WaveDip { EveryIterations = dip.EverySteps, LowMw = Math.Min(dip.LowMw, wave.LowMw), LastsS = Math.Max(dip.LastsS, wave.RiseS + wave.FallS) };

    private static JobPowerAnswerTrace Trace(PowerTrace trace, PowerTraceFindings found, JobPowerSpec? job) => new(
        trace.Nodes, trace.StepS, trace.MeanMwPerNode.Count, trace.Bridged, found.MeanMw * KwPerMw, trace.NodeSpreadMw * WPerMw, found.LowPercentileMw * KwPerMw,
        found.MedianMw * KwPerMw, found.HighPercentileMw * KwPerMw, found.IdleMw * KwPerMw, found.StallMw * KwPerMw, found.ComputeMw * KwPerMw,
        found.ValleyMw * KwPerMw, found.PeriodS, found.RegularityFraction, found.DutyFraction, found.RiseS, found.FallS, found.SteepestMwPerS * KwPerMw, found.Twin,
        job is null ? null : JobPower.Of(job).MeanMwPerGpu * job.Rack.NodeGpus / found.MeanMw - 1);

    private static string Finding(JobPowerAnswer data, JobPowerSpec? job)
    {
        List<string> parts = [];
        if (job is not null)
        {
            parts.Add($"Job '{job.Name}' draws {Figures.Number(data.MeanKwPerGpu!.Value)} kW a GPU and swings by {Figures.Percent(data.SwingFraction!.Value)} every {Figures.Duration(data.PeriodS!.Value)}");
        }
        else if (data.Trace is { } trace)
        {
            parts.Add($"The nodes draw {Figures.Number(trace.MeanKw)} kW and " + (trace.PeriodS is { } period
                ? $"swing by {Figures.Percent(data.SwingFraction!.Value)} every {Figures.Duration(period)}" : "show no period"));
        }
        else if (data.StepLog is { } log) { parts.Add($"A step takes {Figures.Duration(log.PeriodS)}"); }
        if (data.BestCap is { } best)
        {
            parts.Add($"a cap of {Figures.Number(best.CapW)} W gives most on a fixed power, {Figures.Percent(best.GainFraction)} over none");
        }
        string sentence = string.Join("; ", parts) + ".";
        return char.ToUpperInvariant(sentence[0]) + sentence[1..];
    }

    private static List<string> Remarks(JobPowerInput input, JobPowerAnswer data, JobPowerSpec? job, StepTrace? steps)
    {
        List<string> remarks = [];
        if (input.FixedPower is null && job is not null)
        {
            remarks.Add("The fixed power is what the first job's GPUs and their share of racks and network are rated at now; cooling is not part of it.");
        }
        if (job is not null && steps is { } log)
        {
            remarks.Add($"The parts of the step were stretched to the {Figures.Duration(log.PeriodS)} of the log" + (log.PauseEverySteps > 0
                ? $", and its pauses of {Figures.Duration(log.PauseS)} every {log.PauseEverySteps} steps taken as checkpoints." : "."));
        }
        if (data.Trace is { } trace)
        {
            if (trace.Bridged > 0) { remarks.Add($"{trace.Bridged} missing samples were bridged."); }
            if (job is null) { remarks.Add($"Numbers for each GPU take {input.NodeGpus} GPUs in a node; 'node_gpus' changes it."); }
            remarks.Add($"The wave made from the recording's own numbers misses its distribution by {Figures.Percent(trace.Twin.DistributionFraction)} of the mean."
                + (trace.JobErrorFraction is { } error ? $" The model of job '{job!.Name}' is {Figures.Percent(error)} off the recorded mean." : ""));
            remarks.Add("Levels of a recording are named by their order; two levels do not tell waiting from communicating.");
        }
        if (job is not null) { remarks.Add("Power in exposed communication and at the pace of memory, and the time of an edge, are assumptions; see docs/job-power.md."); }
        return remarks;
    }
}
