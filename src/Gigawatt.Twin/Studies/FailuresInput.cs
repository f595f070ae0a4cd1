using Gigawatt.Numerics;
using Gigawatt.Simulation;

namespace Gigawatt.Studies;

/// <summary>What the study of failures is asked of: a job, how often to run it, what its GPUs cost.</summary>
public sealed record FailuresInput
{
    /// <summary>Name of the job.</summary>
    public required string Name { get; init; }

    /// <summary>The job.</summary>
    public required JobSimulationSpec Job { get; init; }

    /// <summary>Causes to leave out, to see what they cost; names as in the record.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>Runs.</summary>
    [Default(Grade.E, "assumption: enough that the mean of 400 interruptions is known to a third of a percent")]
    public int Runs { get; init => field = (int)Check.Within(value, 2, 100_000); } = 200;

    /// <summary>Seed of the chance.</summary>
    [Default(Grade.E, "assumption: any number will do")]
    public long Seed { get; init; } = 1;

    /// <summary>Price of a GPU; absent: costs are not told.</summary>
    public double? PriceUsdPerGpuS { get; init => field = value is { } price ? Check.NotNegative(price) : null; }

    /// <summary>Share of the time in which spares should be enough.</summary>
    [Default(Grade.E, "assumption: 99 % of the time")]
    public double EnoughFraction { get; init => field = Check.Within(value, 0.5, 0.99999); } = 0.99;
}

/// <summary>The contract of <c>gw study failures --json</c>.</summary>
/// <param name="Gpus">GPUs of the job.</param>
/// <param name="SpanDays">Length of a run.</param>
/// <param name="Runs">Runs.</param>
/// <param name="Interruptions">Unplanned interruptions of a run.</param>
/// <param name="ByCause">Mean of them by cause.</param>
/// <param name="Planned">Mean planned interruptions.</param>
/// <param name="AbsorbedFlaps">Mean link flaps that retries absorbed.</param>
/// <param name="MtbfH">Wall time over unplanned interruptions; null when nothing fails.</param>
/// <param name="MtbfAtRiskH">Time at risk between failures by the rates alone; null when nothing fails.</param>
/// <param name="GoodputFraction">Share of GPU-time that is productive.</param>
/// <param name="GoodputStandardError">Standard error of that mean.</param>
/// <param name="ClosedFormFraction">Share by closed form, which leaves out planned stops, silent corruption and waiting; null when none is known.</param>
/// <param name="ClosedFormRefused">Why there is no closed form; null when there is one.</param>
/// <param name="LostTime">Share of GPU-time by name.</param>
/// <param name="Spares">Nodes in repair, and spares.</param>
/// <param name="Cost">Money; null without a price.</param>
public sealed record FailuresAnswer(
    int Gpus, double SpanDays, int Runs, FailuresAnswerSpread Interruptions, IReadOnlyDictionary<string, double> ByCause, double Planned, double AbsorbedFlaps,
    double MtbfH, double MtbfAtRiskH, double GoodputFraction, double GoodputStandardError, double? ClosedFormFraction, string? ClosedFormRefused,
    IReadOnlyDictionary<string, double> LostTime, FailuresAnswerSpares Spares, FailuresAnswerCost? Cost);

/// <summary>How runs differ.</summary>
/// <param name="Mean">Mean of the runs.</param>
/// <param name="StandardError">Standard error of that mean.</param>
/// <param name="P05">One run in twenty stays below.</param>
/// <param name="P50">Every second run stays below.</param>
/// <param name="P95">Nineteen runs in twenty stay below.</param>
public sealed record FailuresAnswerSpread(double Mean, double StandardError, double P05, double P50, double P95);

/// <summary>Nodes in repair, and spares.</summary>
/// <param name="Given">Spares of the job.</param>
/// <param name="MeanDown">Mean number of nodes in repair.</param>
/// <param name="MostDown">Most nodes in repair in any run.</param>
/// <param name="ExhaustedFraction">Share of the time without a spare left.</param>
/// <param name="Enough">Fewest spares that are enough the asked share of the time, by queueing theory; null when the queue grows without limit.</param>
public sealed record FailuresAnswerSpares(int Given, double MeanDown, int MostDown, double ExhaustedFraction, int? Enough);

/// <summary>Money.</summary>
/// <param name="UsdPerInterruption">Lost time of one interruption, on average.</param>
/// <param name="UsdPerDay">Cost of a day of what does not become work.</param>
/// <param name="UsdPerH">Cost of an hour of all GPUs.</param>
public sealed record FailuresAnswerCost(double UsdPerInterruption, double UsdPerDay, double UsdPerH);
