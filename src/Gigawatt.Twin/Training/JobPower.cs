using Gigawatt.Compute;
using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>A training job as what draws power: GPUs in racks, the parts of its step, its pauses.</summary>
/// <remarks>
/// Power is counted at the feed of the racks: GPUs, the rest of the nodes, converters, switches in the rack, and the network as one number a GPU. Not modelled:
/// nodes that wait for spares, failures, cooling.
/// </remarks>
public sealed record JobPowerSpec : ISelfChecking
{
    /// <summary>What the job is called.</summary>
    public required string Name { get; init; }

    /// <summary>GPUs of the job.</summary>
    public required int Gpus { get; init => field = Check.AtLeastOne(value); }

    /// <summary>The racks that hold them.</summary>
    public required RackSpec Rack { get; init; }

    /// <summary>Where the time of a step goes.</summary>
    public required StepParts Step { get; init; }

    /// <summary>Power of the GPU's states as shares of TDP.</summary>
    public PowerStatesSpec States { get; init; } = new();

    /// <summary>Power cap of a GPU; absent for none.</summary>
    public double? CapMw { get; init => field = value is { } cap ? Check.Positive(cap) : null; }

    /// <summary>Time in which one GPU changes its power.</summary>
    [Default(Grade.E, "assumption: 0.1 s, between 50 and 200 ms")]
    public double EdgeS { get; init => field = Check.NotNegative(value); } = 0.1;

    /// <summary>Power of the network outside the racks for each GPU.</summary>
    [Default(Grade.E, "assumption: counted elsewhere")]
    public double NetworkMwPerGpu { get; init => field = Check.NotNegative(value); }

    /// <summary>Checkpoints that stop the job; absent when none do.</summary>
    public StepPause? Checkpoint { get; init; }

    /// <summary>Evaluations between steps; absent when there are none.</summary>
    public StepPause? Evaluation { get; init; }

    /// <summary>Smoothing in GPUs and power shelves; absent for none.</summary>
    public ShelfSmoothingSpec? Smoothing { get; init; }

    /// <summary>The cap as a share of TDP.</summary>
    public double CapFraction => CapMw is { } cap ? cap / Rack.Gpu.TdpMw : 1;

    /// <summary>What a cap costs on this type of GPU.</summary>
    public CapCurve Caps => CapCurve.For(Rack.Gpu.Title);

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        double idleMw = Math.Max(States.IdleFraction, Caps.IdleFraction) * Rack.Gpu.TdpMw;
        if (CapMw is not { } capMw) { yield break; }
        if (capMw <= idleMw)
        {
            yield return new(nameof(CapMw), FormattableString.Invariant($"more than the idle power of the GPU, {idleMw * 1e6:0.#} W, below which nothing is computed"),
                FormattableString.Invariant($"{capMw * 1e6:0.#} W"));
        }
        if (capMw > Rack.Gpu.TdpMw * (1 + 1e-9))
        {
            yield return new(nameof(CapMw), FormattableString.Invariant($"at most the TDP, {Rack.Gpu.TdpMw * 1e6:0.#} W; leave the key out for no cap"),
                FormattableString.Invariant($"{capMw * 1e6:0.#} W"));
        }
    }
}

/// <summary>A pause in the power of a job.</summary>
/// <param name="LowMw">Power during it.</param>
/// <param name="LastsS">How long it lasts; 0 when there is none.</param>
/// <param name="EverySteps">Steps between two.</param>
public readonly record struct JobDip(double LowMw, double LastsS, int EverySteps);

/// <summary>The power of a job in plain numbers, at the feed of its racks.</summary>
/// <param name="HighMw">Plateau of a step.</param>
/// <param name="LowMw">Valley of a step.</param>
/// <param name="PeriodS">Time of a step.</param>
/// <param name="DutyFraction">Share of a step above the middle height.</param>
/// <param name="RiseS">Time of the climb.</param>
/// <param name="FallS">Time of the fall.</param>
/// <param name="Checkpoint">Its checkpoints.</param>
/// <param name="Evaluation">Its evaluations.</param>
/// <param name="StepMeanMw">Mean power of a step.</param>
/// <param name="MeanMw">Mean power with the pauses.</param>
/// <param name="ThroughputRatio">Steps in a time over those without cap and pauses.</param>
/// <param name="PhaseSpreadS">Time between first and last pipeline stage at work.</param>
/// <param name="Gpus">GPUs of the job.</param>
public readonly record struct JobWave(
    double HighMw, double LowMw, double PeriodS, double DutyFraction, double RiseS, double FallS, JobDip Checkpoint, JobDip Evaluation,
    double StepMeanMw, double MeanMw, double ThroughputRatio, double PhaseSpreadS, int Gpus)
{
    /// <summary>Plateau less valley as a share of the plateau.</summary>
    public double SwingFraction => HighMw > 0 ? (HighMw - LowMw) / HighMw : 0;

    /// <summary>Mean power with pauses for each GPU.</summary>
    public double MeanMwPerGpu => MeanMw / Gpus;
}

/// <summary>The equations of a job's power. Nothing is allocated.</summary>
public static class JobPower
{
    /// <summary>Power at the feed for each GPU whose GPUs run at a share of TDP, a job being loaded or not.</summary>
    public static double FeedMwPerGpu(JobPowerSpec spec, double gpuFraction, bool isLoaded = true) =>
        PowerStates.FeedMwPerGpu(spec.Rack, gpuFraction, isLoaded) + spec.NetworkMwPerGpu;

    /// <summary>Power, wave and speed of a job.</summary>
    /// <remarks>Power at the feed is linear in the share of TDP, so mean and edges keep their form. A pause counts its full time at its level.</remarks>
    public static JobWave Of(JobPowerSpec spec)
    {
        double restMw = FeedMwPerGpu(spec, 0);
        double slopeMw = FeedMwPerGpu(spec, 1) - restMw;
        StepWave wave = StepWave.Of(spec.Step, spec.States, spec.Caps, spec.CapFraction, spec.EdgeS);
        if (spec.Smoothing is { } smoothing) { wave = wave.Smoothed(smoothing, slopeMw, restMw); }
        double mostFraction = spec.States.ComputeFraction * spec.Caps.DrawnFraction(spec.CapFraction);
        JobDip checkpoint = Dip(spec, spec.Checkpoint, restMw, slopeMw, mostFraction), evaluation = Dip(spec, spec.Evaluation, restMw, slopeMw, mostFraction);
        double stepMw = spec.Gpus * (restMw + slopeMw * wave.MeanFraction);
        double pausedS = PausedS(checkpoint) + PausedS(evaluation);
        double energyMws = stepMw * wave.PeriodS + PausedS(checkpoint) * checkpoint.LowMw + PausedS(evaluation) * evaluation.LowMw;
        return new JobWave(
            spec.Gpus * (restMw + slopeMw * wave.HighFraction), spec.Gpus * (restMw + slopeMw * wave.LowFraction), wave.PeriodS, wave.DutyFraction,
            wave.RiseS, wave.FallS, checkpoint, evaluation, stepMw, energyMws / (wave.PeriodS + pausedS), spec.Step.StepS / (wave.PeriodS + pausedS),
            wave.PhaseSpreadS, spec.Gpus);
    }

    /// <summary>Mean share of TDP of a job that computes for some steps and then waits, as in a study of checkpoint spacings.</summary>
    /// <param name="busyFraction">Mean share over a step.</param>
    /// <param name="stallFraction">Share while waiting.</param>
    /// <param name="stepS">Time of a step.</param>
    /// <param name="everySteps">Steps between two waits.</param>
    /// <param name="stallS">Time of a wait.</param>
    public static double SpacedMeanFraction(double busyFraction, double stallFraction, double stepS, int everySteps, double stallS) =>
        (busyFraction * everySteps * stepS + stallFraction * stallS) / (everySteps * stepS + stallS);

    private static double PausedS(in JobDip dip) => dip.EverySteps > 0 ? dip.LastsS / dip.EverySteps : 0;

    private static JobDip Dip(JobPowerSpec spec, StepPause? pause, double restMw, double slopeMw, double mostFraction) => pause is null
        ? default
        : new JobDip(spec.Gpus * (restMw + slopeMw * Math.Min(PowerStates.Fraction(spec.States, pause.Activity), mostFraction)), pause.LastsS, pause.EverySteps);
}
