using Gigawatt.Numerics;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Power.Waveforms;

/// <summary>A pause that comes back after so many iterations: a checkpoint being written, an evaluation.</summary>
public sealed record WaveDip
{
    /// <summary>Iterations between two pauses.</summary>
    public required int EveryIterations { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Power during the pause.</summary>
    public required double LowMw { get; init => field = Check.NotNegative(value); }

    /// <summary>Time from leaving the valley of the iteration to being back in it, edges included.</summary>
    public required double LastsS { get; init => field = Check.Positive(value); }
}

/// <summary>The electrical wave of one training job: iterations, pauses, start and end.</summary>
/// <remarks>
/// All GPUs of a job move together (correlation about 0.9 to 1.0 in synchronous training). A sample is the mean power over its interval, so energies are
/// exact; a harmonic of frequency f is thereby lowered by sin(πf·step)/(πf·step). Not modelled: the optimiser step as a level of its own, stragglers,
/// crashes (give an end), noise within a plateau.
/// </remarks>
public sealed record JobWaveSpec : ISelfChecking
{
    /// <summary>What the job is called.</summary>
    public required string Name { get; init; }

    /// <summary>Power while computing.</summary>
    public required double HighMw { get; init => field = Check.Positive(value); }

    /// <summary>Power while communicating.</summary>
    public required double LowMw { get; init => field = Check.NotNegative(value); }

    /// <summary>Time of one iteration.</summary>
    public required double PeriodS { get; init => field = Check.Positive(value); }

    /// <summary>Share of the iteration above the middle height.</summary>
    public required double DutyFraction { get; init => field = Check.Fraction(value); }

    /// <summary>Time from low to high.</summary>
    [Default(Grade.E, "assumption: 0.1 s, between the fractions of a second of the trade press and a measured 1.9 pu/s for 0.25 s (NERC, 2025-07)")]
    public double RiseS { get; init => field = Check.NotNegative(value); } = 0.1;

    /// <summary>Time from high to low.</summary>
    [Default(Grade.E, "assumption: 0.1 s, as the climb")]
    public double FallS { get; init => field = Check.NotNegative(value); } = 0.1;

    /// <summary>Standard deviation of the iteration's length as a share of it; draws beyond three deviations are cut.</summary>
    [Default(Grade.E, "assumption: a strictly periodic job, the worst case for a single frequency")]
    public double JitterFraction { get; init => field = Check.Within(value, 0, 0.3); }

    /// <summary>How far into its first iteration the job is when it is first seen.</summary>
    [Default(Grade.E, "assumption: it begins with a climb")]
    public double PhaseS { get; init => field = Check.NotNegative(value); }

    /// <summary>GPUs of the job, for mitigations that are counted by GPU.</summary>
    [Default(Grade.E, "assumption: not said")]
    public int Gpus { get; init => field = Check.NotNegative(value); }

    /// <summary>Pause for checkpoints; absent when none is seen.</summary>
    public WaveDip? Checkpoint { get; init; }

    /// <summary>Pause for evaluations; absent when there is none.</summary>
    public WaveDip? Evaluation { get; init; }

    /// <summary>When the job starts; absent when it runs from the beginning.</summary>
    public double? StartS { get; init => field = value is { } given ? Check.NotNegative(given) : null; }

    /// <summary>Time over which a starting job's GPUs are brought in.</summary>
    [Default(Grade.E, "assumption: at once")]
    public double StartRampS { get; init => field = Check.NotNegative(value); }

    /// <summary>When the job ends or crashes; absent when it runs on.</summary>
    public double? EndS { get; init => field = value is { } given ? Check.NotNegative(given) : null; }

    /// <summary>Time over which an ending job's GPUs are let go; 0 is a crash.</summary>
    [Default(Grade.E, "assumption: a crash, at once")]
    public double EndRampS { get; init => field = Check.NotNegative(value); }

    /// <summary>The iteration without jitter.</summary>
    public Trapezoid Iteration => new(HighMw, LowMw, PeriodS, DutyFraction, RiseS, FallS);

    /// <summary>Long-run mean power with the pauses.</summary>
    public double MeanMw
    {
        get
        {
            double energyMws = Iteration.MeanMw * PeriodS, timeS = PeriodS;
            foreach (WaveDip? dip in new[] { Checkpoint, Evaluation })
            {
                if (dip is null) { continue; }
                double wholeMws = LowMw * dip.LastsS - (LowMw - dip.LowMw) * (dip.LastsS - (RiseS + FallS) / 2);
                energyMws += wholeMws / dip.EveryIterations;
                timeS += dip.LastsS / dip.EveryIterations;
            }
            return energyMws / timeS;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (LowMw > HighMw)
        {
            yield return new(nameof(LowMw), FormattableString.Invariant($"at most the high of {HighMw:0.###} MW"), FormattableString.Invariant($"{LowMw:0.###} MW"));
        }
        double edgesS = (RiseS + FallS) / 2;
        double roomS = Math.Min(DutyFraction, 1 - DutyFraction) * PeriodS;
        if (edgesS > roomS * (1 + 1e-12))
        {
            string part = DutyFraction <= 0.5 ? "plateau" : "valley";
            yield return new(RiseS >= FallS ? nameof(RiseS) : nameof(FallS),
                FormattableString.Invariant($"edges that fit: half of rise and fall together at most the {roomS:0.####} s that duty and period leave for the {part}"),
                FormattableString.Invariant($"{RiseS:0.####} s and {FallS:0.####} s, of which half is {edgesS:0.####} s"));
        }
        foreach ((string property, WaveDip? dip) in new[] { (nameof(Checkpoint), Checkpoint), (nameof(Evaluation), Evaluation) })
        {
            if (dip is null) { continue; }
            if (dip.LowMw > LowMw)
            {
                yield return new(property, FormattableString.Invariant($"a pause at or below the low of {LowMw:0.###} MW"), FormattableString.Invariant($"{dip.LowMw:0.###} MW"));
            }
            if (dip.LastsS < RiseS + FallS)
            {
                yield return new(property, FormattableString.Invariant($"a pause that lasts at least its edges, {RiseS + FallS:0.####} s"), FormattableString.Invariant($"{dip.LastsS:0.####} s"));
            }
        }
        if (EndS is { } endS && endS <= (StartS ?? 0))
        {
            yield return new(nameof(EndS), FormattableString.Invariant($"later than the start at {StartS ?? 0:0.###} s"), FormattableString.Invariant($"{endS:0.###} s"));
        }
    }
}

/// <summary>Where one job is in its sequence of iterations and pauses.</summary>
public struct JobWaveState
{
    /// <summary>What the job is doing.</summary>
    internal Beat Beat;

    /// <summary>Time since the iteration or pause began, on its own clock, which jitter stretches.</summary>
    internal double AtS;

    /// <summary>Time of this iteration over the nominal one.</summary>
    internal double StretchFactor;

    /// <summary>Iterations finished.</summary>
    public long Iterations;

    /// <summary>Chance of the jitter.</summary>
    internal Stream Chance;
}

/// <summary>What a job does between two decisions.</summary>
internal enum Beat
{
    /// <summary>One iteration.</summary>
    Iteration,

    /// <summary>A checkpoint.</summary>
    Checkpoint,

    /// <summary>An evaluation.</summary>
    Evaluation,
}

/// <summary>Makes the power of jobs as a series of samples, without allocating.</summary>
public static class IterationWave
{
    /// <summary>A job at the moment it is first seen.</summary>
    public static JobWaveState Begin(JobWaveSpec spec, long seed)
    {
        JobWaveState state = new() { StretchFactor = 1, Chance = Stream.For(seed, 0, spec.Name, "iteration-jitter") };
        state.StretchFactor = Stretch(spec, ref state);
        if (spec.PhaseS > 0) { TakeMws(spec, ref state, spec.PhaseS); }
        return state;
    }

    /// <summary>Adds a job's power to each sample; sample i is the mean power from i × step to (i + 1) × step.</summary>
    /// <param name="spec">The job.</param>
    /// <param name="state">Where it is; left where the series ends.</param>
    /// <param name="fromS">When the first sample begins.</param>
    /// <param name="stepS">Time between samples.</param>
    /// <param name="waveMw">The series to add to.</param>
    public static void Add(JobWaveSpec spec, ref JobWaveState state, double fromS, double stepS, Span<double> waveMw)
    {
        double startS = spec.StartS ?? double.NegativeInfinity;
        double endS = spec.EndS ?? double.PositiveInfinity;
        for (int i = 0; i < waveMw.Length; i++)
        {
            double middleS = fromS + (i + 0.5) * stepS;
            if (middleS < startS || middleS > endS + spec.EndRampS) { continue; }
            double share = 1;
            if (middleS < startS + spec.StartRampS) { share = (middleS - startS) / spec.StartRampS; }
            if (middleS > endS) { share *= 1 - (middleS - endS) / spec.EndRampS; }
            waveMw[i] += share * TakeMws(spec, ref state, stepS) / stepS;
        }
    }

    /// <summary>The power of all jobs from time zero.</summary>
    public static void Fill(IReadOnlyList<JobWaveSpec> jobs, long seed, double stepS, Span<double> waveMw)
    {
        waveMw.Clear();
        for (int i = 0; i < jobs.Count; i++)
        {
            JobWaveState state = Begin(jobs[i], seed);
            Add(jobs[i], ref state, 0, stepS, waveMw);
        }
    }

    /// <summary>Mean power of the jobs that run at time zero: what a filter that has run for long remembers.</summary>
    public static double SettledMw(IReadOnlyList<JobWaveSpec> jobs)
    {
        double sumMw = 0;
        for (int i = 0; i < jobs.Count; i++) { sumMw += jobs[i].StartS is null ? jobs[i].MeanMw : 0; }
        return sumMw;
    }

    // Energy of the next stretch of time, in MW·s; the job moves on.
    private static double TakeMws(JobWaveSpec spec, ref JobWaveState state, double lengthS)
    {
        double energyMws = 0;
        while (lengthS > 0)
        {
            double wholeS = LengthS(spec, state.Beat);
            double stretch = state.Beat == Beat.Iteration ? state.StretchFactor : 1;
            double leftS = (wholeS - state.AtS) * stretch;
            bool ends = leftS <= lengthS;
            double toS = ends ? wholeS : state.AtS + lengthS / stretch;
            energyMws += stretch * (UntilMws(spec, state.Beat, toS) - UntilMws(spec, state.Beat, state.AtS));
            lengthS -= ends ? leftS : lengthS;
            state.AtS = toS;
            if (ends) { Next(spec, ref state); }
        }
        return energyMws;
    }

    private static void Next(JobWaveSpec spec, ref JobWaveState state)
    {
        Beat before = state.Beat;
        state.AtS = 0;
        if (before == Beat.Iteration) { state.Iterations++; }
        bool checkpoint = before == Beat.Iteration && spec.Checkpoint is { } saved && state.Iterations % saved.EveryIterations == 0;
        bool evaluation = before != Beat.Evaluation && spec.Evaluation is { } judged && state.Iterations % judged.EveryIterations == 0;
        state.Beat = checkpoint ? Beat.Checkpoint : evaluation ? Beat.Evaluation : Beat.Iteration;
        if (state.Beat == Beat.Iteration) { state.StretchFactor = Stretch(spec, ref state); }
    }

    private static double Stretch(JobWaveSpec spec, ref JobWaveState state) =>
        spec.JitterFraction == 0 ? 1 : 1 + spec.JitterFraction * Math.Limit(state.Chance.NextNormal(), -3, 3);

    private static double LengthS(JobWaveSpec spec, Beat beat) => beat switch
    {
        Beat.Checkpoint => spec.Checkpoint!.LastsS,
        Beat.Evaluation => spec.Evaluation!.LastsS,
        _ => spec.PeriodS,
    };

    private static double UntilMws(JobWaveSpec spec, Beat beat, double timeS)
    {
        if (beat == Beat.Iteration) { return spec.Iteration.EnergyMwh(timeS) * 3600; }
        WaveDip dip = beat == Beat.Checkpoint ? spec.Checkpoint! : spec.Evaluation!;
        return spec.LowMw * timeS - (spec.LowMw - dip.LowMw) * Trapezoid.Shape(timeS, spec.FallS, dip.LastsS - spec.RiseS, spec.RiseS);
    }
}
