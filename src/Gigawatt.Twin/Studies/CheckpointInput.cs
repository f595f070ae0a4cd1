using Gigawatt.Numerics;
using Gigawatt.Training;

namespace Gigawatt.Studies;

/// <summary>What the study of checkpoints is asked of: a job's failures and the times of checkpoint and restart.</summary>
public sealed record CheckpointInput : ISelfChecking
{
    /// <summary>Name of the job.</summary>
    public required string Name { get; init; }

    /// <summary>Mean time between failures of the whole job.</summary>
    public required double MtbfS { get; init => field = Check.Positive(value); }

    /// <summary>Time to write one checkpoint.</summary>
    public required double CheckpointS { get; init => field = Check.Positive(value); }

    /// <summary>Share of that time in which the job stands still.</summary>
    [Default(Grade.E, "assumption: a write that blocks")]
    public double StallFraction { get; init => field = Check.PositiveFraction(value); } = 1;

    /// <summary>Time from a failure until a restart is ordered.</summary>
    [Default(Grade.E, "assumption: 60 s with inspection; 10 min by time-out (ByteRobust, arXiv 2509.16293)")]
    public double DetectS { get; init => field = Check.NotNegative(value); } = 60;

    /// <summary>Time to restart and load.</summary>
    public required double RestartS { get; init => field = Check.NotNegative(value); }

    /// <summary>From one checkpoint's start to the next's; the best when absent.</summary>
    public double? PeriodS { get; init => field = value is { } period ? Check.Positive(period) : null; }

    /// <summary>Copies near the GPUs; absent for none.</summary>
    public LocalCheckpointSpec? Local { get; init; }

    /// <summary>GPUs of the job, for the cost.</summary>
    [Default(Grade.E, "assumption: one, so that costs are per GPU")]
    public int Gpus { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>Price of a GPU; absent: costs are not told.</summary>
    public double? PriceUsdPerGpuS { get; init => field = value is { } price ? Check.NotNegative(price) : null; }

    /// <summary>Runs to simulate beside the closed form; absent for none.</summary>
    public CheckpointSimulationSpec? Simulate { get; init; }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (PeriodS is { } period && period <= CheckpointS)
        {
            yield return new(nameof(PeriodS), $"a period longer than the checkpoint of {Figures.Duration(CheckpointS)} that is part of it", Figures.Duration(period));
        }
        if (Local is { } local && PeriodS is { } storage && (storage - StallFraction * CheckpointS) / local.PerStorage <= local.CheckpointS)
        {
            yield return new(nameof(Local), $"local checkpoints that leave time to compute between them in a period of {Figures.Duration(storage)}", $"{local.PerStorage} of {Figures.Duration(local.CheckpointS)}");
        }
    }
}

/// <summary>How much to simulate.</summary>
public sealed record CheckpointSimulationSpec
{
    /// <summary>Length of a run.</summary>
    [Default(Grade.E, "assumption: a quarter of a year")]
    public double SpanS { get; init => field = Check.Positive(value); } = 90 * 86400;

    /// <summary>Runs.</summary>
    [Default(Grade.E, "assumption: enough for a standard error below one in a thousand")]
    public int Runs { get; init => field = (int)Check.Within(value, 2, 100_000); } = 200;

    /// <summary>Seed of the chance.</summary>
    [Default(Grade.E, "assumption: any number will do")]
    public long Seed { get; init; } = 1;
}

/// <summary>The contract of <c>gw study checkpoint --json</c>.</summary>
/// <param name="OptimumS">Best period.</param>
/// <param name="OptimumEfficiency">Share of time that becomes safe work with it.</param>
/// <param name="PeriodS">Period studied: the given one, or the best.</param>
/// <param name="Efficiency">Share of time that becomes safe work with it, exact; null when no closed form is known.</param>
/// <param name="Simulated">The simulation; null when not asked for.</param>
/// <param name="FirstOrder">Formulas of first order.</param>
/// <param name="LostUsdPerDay">Cost of what does not become work; null without a price.</param>
/// <param name="Levels">Effect of local checkpoints; null without them.</param>
/// <param name="Sensitivity">What doubling and halving each time does.</param>
public sealed record CheckpointAnswer(
    double OptimumS, double OptimumEfficiency, double PeriodS, double? Efficiency, CheckpointAnswerSimulated? Simulated, CheckpointAnswerFirstOrder FirstOrder,
    double? LostUsdPerDay, CheckpointAnswerLevels? Levels, IReadOnlyList<CheckpointAnswerSensitivity> Sensitivity);

/// <summary>What the simulation gave.</summary>
/// <param name="Efficiency">Mean share of productive time.</param>
/// <param name="StandardError">Standard error of that mean.</param>
/// <param name="Runs">Runs.</param>
/// <param name="Interruptions">Mean interruptions of a run.</param>
/// <param name="LostTime">Share of time by name.</param>
public sealed record CheckpointAnswerSimulated(
    double Efficiency, double StandardError, int Runs, double Interruptions, IReadOnlyDictionary<string, double> LostTime);

/// <summary>Formulas of first order beside the exact ones.</summary>
/// <param name="YoungS">Young's period.</param>
/// <param name="DalyS">Daly's period.</param>
/// <param name="RefinedS">Period of refined first order.</param>
/// <param name="Efficiency">Efficiency to first order; null when refused.</param>
/// <param name="Refused">Why it is refused; null when it holds.</param>
public sealed record CheckpointAnswerFirstOrder(double YoungS, double DalyS, double RefinedS, double? Efficiency, string? Refused);

/// <summary>What local checkpoints bring.</summary>
/// <param name="WithoutEfficiency">Best efficiency without them.</param>
/// <param name="LocalPeriodS">From one local checkpoint's start to the next's.</param>
public sealed record CheckpointAnswerLevels(double WithoutEfficiency, double LocalPeriodS);

/// <summary>What a change of one time does to the best efficiency.</summary>
/// <param name="Of">Which time.</param>
/// <param name="Halved">Efficiency with half of it.</param>
/// <param name="Doubled">Efficiency with twice of it.</param>
public sealed record CheckpointAnswerSensitivity(string Of, double Halved, double Doubled);
