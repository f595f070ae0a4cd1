using Gigawatt.Training;

namespace Gigawatt.Studies;

/// <summary>What <c>gw study job-power --json</c> prints; what the input does not hold is null.</summary>
public sealed record JobPowerAnswer
{
    /// <summary>Mean power at the racks' feed for each GPU, pauses included.</summary>
    public required double? MeanKwPerGpu { get; init; }

    /// <summary>Time of a step.</summary>
    public required double? PeriodS { get; init; }

    /// <summary>Plateau less valley as a share of the plateau.</summary>
    public required double? SwingFraction { get; init; }

    /// <summary>Power of the states.</summary>
    public required JobPowerAnswerStates? States { get; init; }

    /// <summary>The cap that gives most on a fixed power.</summary>
    public required JobPowerAnswerCap? BestCap { get; init; }

    /// <summary>All caps that were compared.</summary>
    public required IReadOnlyList<JobPowerAnswerCap> Caps { get; init; }

    /// <summary>The wave of the first job.</summary>
    public required JobPowerAnswerWave? Wave { get; init; }

    /// <summary>Harmonics of its step, peak amplitudes.</summary>
    public required IReadOnlyList<JobPowerAnswerLine> Spectrum { get; init; }

    /// <summary>Speed over that without cap and pauses.</summary>
    public required double? ThroughputRatio { get; init; }

    /// <summary>All jobs together.</summary>
    public required CampusPower? Campus { get; init; }

    /// <summary>What the recording of power says.</summary>
    public required JobPowerAnswerTrace? Trace { get; init; }

    /// <summary>What the log of steps says.</summary>
    public required StepTrace? StepLog { get; init; }
}

/// <summary>One state.</summary>
/// <param name="TdpFraction">Power of the GPU as a share of TDP; null in a recording of whole nodes.</param>
/// <param name="GpuW">Power of the GPU.</param>
/// <param name="FeedKwPerGpu">Power at the racks' feed for each GPU.</param>
public sealed record JobPowerAnswerState(double? TdpFraction, double? GpuW, double FeedKwPerGpu);

/// <summary>All states.</summary>
/// <param name="Idle">No job loaded.</param>
/// <param name="Stall">Loaded and waiting.</param>
/// <param name="Communication">Exposed communication; the valley of the wave in a recording.</param>
/// <param name="Memory">Bound by memory.</param>
/// <param name="Compute">Matrix products; the plateau of the wave in a recording.</param>
public sealed record JobPowerAnswerStates(
    JobPowerAnswerState? Idle, JobPowerAnswerState? Stall, JobPowerAnswerState? Communication, JobPowerAnswerState? Memory, JobPowerAnswerState Compute);

/// <summary>A cap on a fixed power.</summary>
/// <param name="CapW">The cap of a GPU.</param>
/// <param name="TdpFraction">The same as a share of TDP.</param>
/// <param name="Gpus">GPUs that the power feeds.</param>
/// <param name="ThroughputRatio">Speed of one GPU relative to no cap.</param>
/// <param name="GainFraction">Speed of all over that of uncapped ones on the same power, less one.</param>
public sealed record JobPowerAnswerCap(double CapW, double TdpFraction, int Gpus, double ThroughputRatio, double GainFraction);

/// <summary>The wave of a job.</summary>
/// <param name="HighMw">Plateau.</param>
/// <param name="LowMw">Valley.</param>
/// <param name="MeanMw">Mean with pauses.</param>
/// <param name="PeriodS">Time of a step.</param>
/// <param name="DutyFraction">Share of the step above the middle height.</param>
/// <param name="RiseS">Time of the climb.</param>
/// <param name="FallS">Time of the fall.</param>
/// <param name="PhaseSpreadS">Time between first and last pipeline stage at work.</param>
/// <param name="Checkpoint">Dip of its checkpoints; null when there are none.</param>
/// <param name="Evaluation">Dip of its evaluations; null when there are none.</param>
public sealed record JobPowerAnswerWave(
    double HighMw, double LowMw, double MeanMw, double PeriodS, double DutyFraction, double RiseS, double FallS, double PhaseSpreadS, JobDip? Checkpoint, JobDip? Evaluation);

/// <summary>A line of a spectrum.</summary>
/// <param name="FrequencyHz">Where it stands.</param>
/// <param name="AmplitudeMw">Its peak amplitude.</param>
public sealed record JobPowerAnswerLine(double FrequencyHz, double AmplitudeMw);

/// <summary>What a recording of power says, per node.</summary>
/// <param name="Nodes">Nodes recorded.</param>
/// <param name="SampleIntervalS">Time between samples.</param>
/// <param name="Samples">Samples.</param>
/// <param name="Bridged">Samples that were missing and read off between their neighbours.</param>
/// <param name="MeanKw">Mean.</param>
/// <param name="NodeSpreadW">Standard deviation between nodes.</param>
/// <param name="P1Kw">What 1 % of time is below.</param>
/// <param name="P50Kw">What half of time is below.</param>
/// <param name="P99Kw">What 1 % of time is above.</param>
/// <param name="IdleKw">Level of idle nodes, when three levels are seen.</param>
/// <param name="StallKw">Level of waiting nodes.</param>
/// <param name="ComputeKw">Highest level.</param>
/// <param name="ValleyKw">Valley of the wave.</param>
/// <param name="PeriodS">Period; null when there is none.</param>
/// <param name="RegularityFraction">Likeness to itself one period later.</param>
/// <param name="DutyFraction">Share of time above the middle of valley and plateau.</param>
/// <param name="RiseS">Time of a climb.</param>
/// <param name="FallS">Time of a fall.</param>
/// <param name="SteepestKwPerS">Steepest change between two samples.</param>
/// <param name="Twin">Error of the wave made from these numbers.</param>
/// <param name="JobErrorFraction">Mean power of the first job's model over the recorded mean, less one; null without a job.</param>
public sealed record JobPowerAnswerTrace(
    int Nodes, double SampleIntervalS, int Samples, int Bridged, double MeanKw, double NodeSpreadW, double P1Kw, double P50Kw, double P99Kw, double? IdleKw,
    double? StallKw, double ComputeKw, double ValleyKw, double? PeriodS, double RegularityFraction, double DutyFraction, double RiseS, double FallS,
    double SteepestKwPerS, TwinError Twin, double? JobErrorFraction);
