using Gigawatt.Compute;
using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>Where the time of one training step goes.</summary>
/// <remarks>Times are those of a whole step on the job's critical path. Without a pipeline the bubble is 0 and all GPUs move together.</remarks>
public sealed record StepParts : ISelfChecking
{
    /// <summary>Matrix products, forward and backward, with communication hidden behind them.</summary>
    public required double ComputeS { get; init => field = Check.Positive(value); }

    /// <summary>Waiting in the pipeline while it fills and drains.</summary>
    [Default(Grade.E, "assumption: no pipeline")]
    public double BubbleS { get; init => field = Check.NotNegative(value); }

    /// <summary>Communication that nothing hides.</summary>
    [Default(Grade.E, "assumption: all of it hidden")]
    public double ExposedCommunicationS { get; init => field = Check.NotNegative(value); }

    /// <summary>Optimiser.</summary>
    [Default(Grade.E, "assumption: counted with the computing")]
    public double OptimiserS { get; init => field = Check.NotNegative(value); }

    /// <summary>Everything else, in which GPUs wait: data, launch of kernels, host.</summary>
    [Default(Grade.E, "assumption: nothing else")]
    public double OtherS { get; init => field = Check.NotNegative(value); }

    /// <summary>Stages of the pipeline.</summary>
    [Default(Grade.E, "assumption: no pipeline")]
    public int PipelineStages { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>Microbatches of one step.</summary>
    [Default(Grade.E, "assumption: one")]
    public int Microbatches { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>Time of a step.</summary>
    public double StepS => ComputeS + BubbleS + ExposedCommunicationS + OptimiserS + OtherS;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (PipelineStages == 1 && BubbleS > 0)
        {
            yield return new(nameof(BubbleS), "0 s, as there is only one pipeline stage; or say 'pipeline_stages'", FormattableString.Invariant($"{BubbleS:0.####} s"));
        }
        // One forward and one backward pass at a time, without interleaving, is the worst schedule that keeps all stages in order.
        double mostS = ComputeS * (PipelineStages - 1) / Microbatches;
        if (PipelineStages > 1 && BubbleS > mostS * (1 + 1e-9))
        {
            yield return new(nameof(BubbleS), FormattableString.Invariant($"at most compute × (stages − 1) / microbatches, {mostS:0.####} s"), FormattableString.Invariant($"{BubbleS:0.####} s"));
        }
    }
}

/// <summary>A pause of a job that comes back after so many steps.</summary>
public sealed record StepPause
{
    /// <summary>Steps between two pauses.</summary>
    public required int EverySteps { get; init => field = Check.AtLeastOne(value); }

    /// <summary>How long it lasts.</summary>
    public required double LastsS { get; init => field = Check.Positive(value); }

    /// <summary>What the GPUs do meanwhile.</summary>
    [Default(Grade.D, "8 x H100 training traces: power falls to that of waiting while a checkpoint blocks the job")]
    public GpuActivity Activity { get; init; } = GpuActivity.Stall;
}

/// <summary>One step of a job as a trapezoid of the share of TDP, mean over its GPUs.</summary>
/// <param name="HighFraction">The plateau.</param>
/// <param name="LowFraction">The valley.</param>
/// <param name="MeanFraction">Mean over the step: exactly that of its parts.</param>
/// <param name="PeriodS">Time of the step.</param>
/// <param name="RiseS">Time of the climb.</param>
/// <param name="FallS">Time of the fall.</param>
/// <param name="PhaseSpreadS">Time between the first and the last pipeline stage at work, which is what the climb takes at least.</param>
/// <remarks>
/// The mean is kept exactly: duty = (mean − low)/(high − low) at the middle height, whatever the edges. Stage s of p begins s forward passes after the first and
/// ends as many backward passes before; with a backward pass of two forward passes the climb takes a third of the bubble and the fall two thirds, also with
/// interleaving. Half of the stages work in the climb; in the fall 1/3 + 1/(6(p − 1)) of them, since a stage that drains waits a forward pass between two
/// backward ones. What is left of the bubble, 7/18 + 1/(9(p − 1)), is waiting between them and lowers the plateau; laid out pass by pass it is that. Racks do not differ: every rack has all stages or the job is synchronous, so racks add up. A pipeline that is never full is level.
/// Not modelled: which rack holds which stage, stragglers, the two levels of a backward and a forward pass.
/// </remarks>
public readonly record struct StepWave(
    double HighFraction, double LowFraction, double MeanFraction, double PeriodS, double RiseS, double FallS, double PhaseSpreadS)
{
    // Forward passes in the time of a forward and a backward pass.
    private const double ForwardShare = 1.0 / 3;

    /// <summary>Height from valley to plateau.</summary>
    public double SwingFraction => HighFraction - LowFraction;

    /// <summary>Share of the step above the middle height.</summary>
    public double DutyFraction => SwingFraction > 0 ? Math.Limit((MeanFraction - LowFraction) / SwingFraction, 0, 1) : 1;

    /// <summary>The wave of a step on capped GPUs.</summary>
    /// <param name="parts">Where its time goes, without a cap.</param>
    /// <param name="states">Power of the states.</param>
    /// <param name="curve">What a cap costs.</param>
    /// <param name="capFraction">The cap as a share of TDP; 1 is none.</param>
    /// <param name="edgeS">How fast one GPU changes its power.</param>
    /// <remarks>The cap slows computing, and with it the bubble, by the measured ratio; communication, optimiser and the rest keep their time.</remarks>
    public static StepWave Of(StepParts parts, PowerStatesSpec states, CapCurve curve, double capFraction, double edgeS)
    {
        double speed = curve.ThroughputRatio(capFraction);
        double most = states.ComputeFraction * curve.DrawnFraction(capFraction);
        double compute = Math.Min(states.ComputeFraction, most), memory = Math.Min(states.MemoryFraction, most);
        double communication = Math.Min(states.CommunicationFraction, most), stall = Math.Min(states.StallFraction, most);
        double computeS = parts.ComputeS / speed, bubbleS = parts.BubbleS / speed;
        double pipelineS = computeS + bubbleS;
        double valleyS = parts.ExposedCommunicationS + parts.OptimiserS + parts.OtherS;
        double periodS = pipelineS + valleyS;
        double valleyPower = communication * parts.ExposedCommunicationS + memory * parts.OptimiserS + stall * parts.OtherS;
        double mean = (compute * computeS + stall * bubbleS + valleyPower) / periodS;
        double atWork = 1 - bubbleS * WaitsBetween(parts.PipelineStages) / computeS, level = computeS / pipelineS;
        bool fills = bubbleS > 0 && atWork > level;
        double high = Mixed(compute, stall, fills ? atWork : level);
        double spreadS = fills ? bubbleS * ForwardShare : 0, drainS = fills ? bubbleS * (1 - ForwardShare) : 0;
        double low = valleyS > 0 ? valleyPower / valleyS : fills ? Mixed(compute, stall, 1.0 / parts.PipelineStages) : high;
        if (mean <= low) { low = Mixed(compute, stall, 1.0 / parts.PipelineStages); }
        if (low >= high) { return new StepWave(mean, mean, mean, periodS, edgeS, edgeS, spreadS); }
        return Fitted(high, low, mean, periodS, Math.Max(edgeS, spreadS), Math.Max(edgeS, drainS), spreadS);
    }

    /// <summary>The wave behind smoothing in GPUs and shelves.</summary>
    /// <param name="spec">The smoothing.</param>
    /// <param name="mwPerFraction">Power at the feed for a share of TDP of one GPU.</param>
    /// <param name="restMw">Power at the feed of one GPU at no share.</param>
    public StepWave Smoothed(ShelfSmoothingSpec spec, double mwPerFraction, double restMw)
    {
        double floorMw = ShelfSmoothing.FloorMw(spec, restMw + LowFraction * mwPerFraction, restMw + HighFraction * mwPerFraction);
        double low = Math.Limit((floorMw - restMw) / mwPerFraction, LowFraction, HighFraction);
        double swingMw = (HighFraction - low) * mwPerFraction;
        double mean = low + DutyFraction * (HighFraction - low);
        return swingMw <= 0
            ? new StepWave(HighFraction, HighFraction, HighFraction, PeriodS, RiseS, FallS, PhaseSpreadS)
            : Fitted(HighFraction, low, mean, PeriodS, Math.Max(RiseS, ShelfSmoothing.EdgeS(spec, swingMw, spec.RampUpMwPerS)),
                Math.Max(FallS, ShelfSmoothing.EdgeS(spec, swingMw, spec.RampDownMwPerS)), PhaseSpreadS);
    }

    /// <summary>Share of TDP at a time, the climb beginning at 0.</summary>
    public double AtFraction(double timeS)
    {
        double at = timeS - Math.Floor(timeS / PeriodS) * PeriodS;
        double plateauEndS = DutyFraction * PeriodS + (RiseS - FallS) / 2;
        if (at < RiseS) { return LowFraction + SwingFraction * at / RiseS; }
        if (at < plateauEndS) { return HighFraction; }
        return at < plateauEndS + FallS ? HighFraction - SwingFraction * (at - plateauEndS) / FallS : LowFraction;
    }

    // Share of the bubble that lies between climb and fall: 1 − (1/3)(1/2) − (2/3)(1 − 1/3 − 1/(6(p − 1))).
    private static double WaitsBetween(int stages) => stages > 1 ? 7.0 / 18 + 1.0 / (9 * (stages - 1)) : 0;

    private static double Mixed(double atWork, double waiting, double share) => share * atWork + (1 - share) * waiting;

    // Edges that leave neither plateau nor valley are shortened together until they do; the mean stays.
    private static StepWave Fitted(double high, double low, double mean, double periodS, double riseS, double fallS, double spreadS)
    {
        StepWave wave = new(high, low, mean, periodS, riseS, fallS, spreadS);
        double roomS = Math.Min(wave.DutyFraction, 1 - wave.DutyFraction) * periodS * (1 - 1e-9);
        double edgesS = (riseS + fallS) / 2;
        return edgesS <= roomS ? wave : wave with { RiseS = riseS * roomS / edgesS, FallS = fallS * roomS / edgesS };
    }
}
