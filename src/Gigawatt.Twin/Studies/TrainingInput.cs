using Gigawatt.Compute;
using Gigawatt.Fabric;
using Gigawatt.Numerics;
using Gigawatt.Training;

namespace Gigawatt.Studies;

/// <summary>What the training step is asked of: a job, or a table of jobs.</summary>
public sealed record TrainingInput : ISelfChecking
{
    /// <summary>Name of the job or table.</summary>
    public required string Name { get; init; }

    /// <summary>What is trained.</summary>
    public ModelSpec? Model { get; init; }

    /// <summary>Accelerator.</summary>
    public GpuSpec? Gpu { get; init; }

    /// <summary>GPUs of the job, or <c>auto</c>: as many as the layout takes.</summary>
    [Default(Grade.E, "assumption: as many as the layout takes")]
    public TrainingGpusSpec Gpus { get; init; } = new() { Text = "auto" };

    /// <summary>Samples of a step.</summary>
    public int? Batch { get; init => field = value is { } samples ? Check.AtLeastOne(samples) : null; }

    /// <summary>Number format of the matrices.</summary>
    [Default(Grade.E, "assumption: 16 bits")]
    public Precision Precision { get; init; } = Precision.Bf16;

    /// <summary>How the job is cut, or <c>auto</c>: the fastest layout that fits is searched.</summary>
    [Default(Grade.E, "assumption: searched")]
    public TrainingLayoutSpec Parallelism { get; init; } = new() { Choice = "auto" };

    /// <summary>Scale-out network; a non-blocking one at the rate of the adapters when absent.</summary>
    public FabricSpec? Fabric { get; init; }

    /// <summary>The software that trains.</summary>
    [Inline]
    public StepSoftwareSpec Software { get; init; } = new();

    /// <summary>Memory for driver, buffers and fragments.</summary>
    [Default(Grade.E, "assumption: 5 GB")]
    public double ReserveGb { get; init => field = Check.NotNegative(value); } = ModelMemory.DefaultReserveGb;

    /// <summary>Names of runs to calibrate on, of the published ones or of the table; all published ones marked so when absent.</summary>
    public IReadOnlyList<string>? CalibrateOn { get; init; }

    /// <summary>The run's own log of steps, a file with columns step and seconds: the twin is scaled to its median.</summary>
    public string? StepLog { get; init; }

    /// <summary>Share of the peak that matrices reach, instead of what calibration found.</summary>
    public double? MatrixEfficiencyFraction { get; init => field = value is { } share ? Check.PositiveFraction(share) : null; }

    /// <summary>Nodes that are slow for good and that nobody takes out; when absent the step is that of a fleet kept free of them.</summary>
    public SlowNodesSpec? SlowNodes { get; init; }

    /// <summary>Measured or published time of the step, to compare with.</summary>
    public double? PublishedStepS { get; init => field = value is { } time ? Check.Positive(time) : null; }

    /// <summary>Layouts to show.</summary>
    [Default(Grade.E, "assumption: ten")]
    public int Plans { get; init => field = Check.AtLeastOne(value); } = 10;

    /// <summary>Runs to predict, instead of one job.</summary>
    public IReadOnlyList<CalibrationRow>? Table { get; init; }

    /// <summary>Whether the reader of the table has looked at its runs already, and could name their lines.</summary>
    internal bool IsTableChecked { get; init; }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (Table is not null) { yield break; }
        if (Model is null) { yield return new(nameof(Model), "a model such as 'model: { model: llama-3.1-405b }', or a table of runs", "neither"); }
        if (Gpu is null) { yield return new(nameof(Gpu), "an accelerator such as 'gpu: { model: h100-sxm }', or a table of runs", "neither"); }
        if (Batch is null) { yield return new(nameof(Batch), "the samples of a step, such as 'batch: 2048'", "none"); }
    }
}

/// <summary>A number of GPUs, or <c>auto</c>.</summary>
[Shorthand(Value = nameof(Text))]
public sealed record TrainingGpusSpec
{
    /// <summary>A whole number or <c>auto</c>.</summary>
    public required string Text { get; init; }
}

/// <summary>A layout, or <c>auto</c>.</summary>
[Shorthand(Value = nameof(Choice))]
public sealed record TrainingLayoutSpec
{
    /// <summary>Nothing, or <c>auto</c>.</summary>
    public string? Choice { get; init; }

    /// <summary>The layout.</summary>
    [Inline]
    public ParallelismSpec Layout { get; init; } = new();
}

/// <summary>The contract of <c>gw study training --json</c>.</summary>
/// <param name="Gpus">GPUs of the job.</param>
/// <param name="StepS">Time of a step.</param>
/// <param name="TflopsPerGpu">Model arithmetic a second and GPU, attention counted whole, nothing computed twice.</param>
/// <param name="MfuFraction">The same over the peak of the precision.</param>
/// <param name="PeakTflops">That peak.</param>
/// <param name="MfuLimitFraction">Best measured rate of matrices over the peak: no calibration passes it.</param>
/// <param name="TokensPerS">Tokens trained a second.</param>
/// <param name="MemoryGb">Memory of the fullest GPU.</param>
/// <param name="BubbleRatio">Idle time of the pipeline over its ideal time.</param>
/// <param name="BreakdownS">Where the step goes.</param>
/// <param name="Calibration">What the coefficients are from.</param>
/// <param name="PublishedStepS">Time to compare with; null without one.</param>
/// <param name="ErrorFraction">Step over that, less one; null without one.</param>
/// <param name="Parallelism">The layout answered for; null when none fits.</param>
/// <param name="Plans">Best layouts, the fastest first; empty unless searched.</param>
/// <param name="PlansTried">Valid layouts searched.</param>
/// <param name="PlansTooLarge">How many of them do not fit into the memory.</param>
/// <param name="Rows">Runs of a table, predicted; empty for a single job.</param>
/// <param name="Errors">Errors over the table; null without measured runs.</param>
/// <param name="Stragglers">What waiting for the slowest costs.</param>
public sealed record TrainingAnswer(
    int Gpus, double StepS, double TflopsPerGpu, double MfuFraction, double PeakTflops, double MfuLimitFraction, double TokensPerS, double MemoryGb, double BubbleRatio,
    TrainingAnswerBreakdown BreakdownS, TrainingAnswerCalibration Calibration, double? PublishedStepS, double? ErrorFraction, TrainingAnswerLayout? Parallelism,
    IReadOnlyList<TrainingAnswerPlan> Plans, int PlansTried, int PlansTooLarge, IReadOnlyList<TrainingAnswerRow> Rows, TrainingAnswerErrors? Errors, TrainingAnswerStragglers Stragglers);

/// <summary>Parts of a step in seconds; they add up to it.</summary>
/// <param name="Compute">Arithmetic, recomputation included.</param>
/// <param name="Bubble">Filling and draining the pipeline.</param>
/// <param name="Tp">Tensor exchange.</param>
/// <param name="Pp">Messages between stages.</param>
/// <param name="Dp">Exchange between copies.</param>
/// <param name="Cp">Context exchange.</param>
/// <param name="Ep">Expert exchange.</param>
/// <param name="Jitter">Waiting for the slowest.</param>
/// <param name="Other">Optimiser, input, synchronisation.</param>
public sealed record TrainingAnswerBreakdown(
    double Compute, double Bubble, double Tp, double Pp, double Dp, double Cp, double Ep, double Jitter, double Other)
{
    /// <summary>Of a step.</summary>
    public static TrainingAnswerBreakdown Of(in StepBreakdown step) => new(
        step.ComputeS, step.BubbleS, step.TensorS, step.PipelineS, step.DataS, step.ContextS, step.ExpertS, step.JitterS, step.OtherS);
}

/// <summary>What the coefficients are from.</summary>
/// <param name="Date">Latest publication among runs of the same accelerator and precision.</param>
/// <param name="Error">Mean error of runs left out of the calibration that predicts them, as a share; spread of the log's own steps when a log is given; null when there is none.</param>
/// <param name="Reason">Why there is no error; empty when there is one.</param>
/// <param name="Runs">Runs it was found from.</param>
/// <param name="RunsOfGpu">How many of them on the same accelerator in the same precision.</param>
/// <param name="ScaledBy">Factor that the run's own log asks for; 1 without one.</param>
/// <param name="MatrixFactor">Time of matrices over that at the best measured rate.</param>
public sealed record TrainingAnswerCalibration(string Date, double Error, string Reason, int Runs, int RunsOfGpu, double ScaledBy, double MatrixFactor);

/// <summary>A layout.</summary>
/// <param name="Tensor">Tensor parallel.</param>
/// <param name="Pipeline">Stages.</param>
/// <param name="Interleave">Pieces of a stage.</param>
/// <param name="Data">Copies.</param>
/// <param name="Context">Context parallel.</param>
/// <param name="Expert">Expert parallel.</param>
/// <param name="MicroBatch">Samples of a microbatch.</param>
/// <param name="Recompute">What is computed twice.</param>
public sealed record TrainingAnswerLayout(
    int Tensor, int Pipeline, int Interleave, int Data, int Context, int Expert, int MicroBatch, Recompute Recompute)
{
    /// <summary>Of a layout.</summary>
    public static TrainingAnswerLayout Of(ParallelismSpec spec) => new(
        spec.Tensor, spec.Pipeline, spec.Interleave, spec.Data, spec.Context, spec.Expert, spec.MicroBatch, spec.Recompute);
}

/// <summary>A layout of a search.</summary>
/// <param name="Parallelism">The layout.</param>
/// <param name="StepS">Its step.</param>
/// <param name="TflopsPerGpu">Model arithmetic a second and GPU.</param>
/// <param name="MfuFraction">The same over the peak.</param>
/// <param name="MemoryGb">Memory of the fullest GPU.</param>
/// <param name="BreakdownS">Where the step goes.</param>
/// <param name="Loss">What it loses against the best.</param>
public sealed record TrainingAnswerPlan(
    TrainingAnswerLayout Parallelism, double StepS, double TflopsPerGpu, double MfuFraction, double MemoryGb, TrainingAnswerBreakdown BreakdownS, string Loss);

/// <summary>A run of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Family">Its family.</param>
/// <param name="Gpu">Accelerator.</param>
/// <param name="Precision">Number format.</param>
/// <param name="Gpus">GPUs.</param>
/// <param name="Batch">Samples of a step.</param>
/// <param name="StepS">Predicted step.</param>
/// <param name="PublishedStepS">Measured step; null without one.</param>
/// <param name="ErrorFraction">Predicted over measured, less one.</param>
/// <param name="LeftOutErrorFraction">The same by a calibration without this run; null unless the table is calibrated on.</param>
/// <param name="FromSmallestErrorFraction">The same by a calibration on the smallest run of each family; null for these.</param>
/// <param name="TflopsPerGpu">Model arithmetic a second and GPU.</param>
/// <param name="MfuFraction">The same over the peak.</param>
/// <param name="MemoryGb">Memory of the fullest GPU.</param>
/// <param name="BreakdownS">Where the step goes.</param>
public sealed record TrainingAnswerRow(
    string Name, string Family, string Gpu, Precision Precision, int Gpus, int Batch, double StepS, double? PublishedStepS, double? ErrorFraction,
    double? LeftOutErrorFraction, double? FromSmallestErrorFraction, double TflopsPerGpu, double MfuFraction, double MemoryGb, TrainingAnswerBreakdown BreakdownS);

/// <summary>Errors over a table.</summary>
/// <param name="Predicted">Of the predictions shown.</param>
/// <param name="LeftOut">Each run predicted without it; null unless every fitted run of the table is measured.</param>
/// <param name="FromSmallest">Larger runs predicted from the smallest of each family.</param>
public sealed record TrainingAnswerErrors(CalibrationError Predicted, CalibrationError? LeftOut, CalibrationError? FromSmallest);
