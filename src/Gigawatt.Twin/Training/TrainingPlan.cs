using Gigawatt.Compute;
using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>How a job of the campus is cut over its GPUs, from which its step, its utilisation and its wave of power follow.</summary>
public sealed record TrainingPlanSpec
{
    /// <summary>Samples of a step.</summary>
    public required int Batch { get; init => field = Check.AtLeastOne(value); }

    /// <summary>How the job is cut; the fastest layout that fits is searched when absent.</summary>
    public ParallelismSpec? Parallelism { get; init; }

    /// <summary>Accelerator to plan for; that of the job's racks when absent.</summary>
    public GpuSpec? Gpu { get; init; }

    /// <summary>The software that trains.</summary>
    [Inline]
    public StepSoftwareSpec Software { get; init; } = new();

    /// <summary>Time in which one GPU changes its power.</summary>
    [Default(Grade.E, "assumption: 0.1 s, between 50 and 200 ms")]
    public double EdgeS { get; init => field = Check.NotNegative(value); } = 0.1;
}

/// <summary>Where the time of a step goes, as shares of it.</summary>
/// <param name="ArithmeticFraction">Model arithmetic at the peak of the chips: the utilisation (MFU).</param>
/// <param name="KernelsFraction">Rest of computing: kernels below the peak, memory-bound work, recomputation.</param>
/// <param name="BubbleFraction">Filling and draining the pipeline.</param>
/// <param name="CommunicationFraction">Exchange that nothing hides.</param>
/// <param name="StragglersFraction">Waiting for the slowest.</param>
/// <param name="OtherFraction">Optimiser, input, synchronisation.</param>
public readonly record struct StepShares(
    double ArithmeticFraction, double KernelsFraction, double BubbleFraction, double CommunicationFraction, double StragglersFraction, double OtherFraction)
{
    /// <summary>Shares of a step of which only the utilisation is known: the rest cannot be told apart.</summary>
    public static StepShares Unknown(double mfuFraction) => new(mfuFraction, 0, 0, 0, 0, 1 - mfuFraction);

    /// <summary>Shares of a step.</summary>
    public static StepShares Of(in StepBreakdown step, double mfuFraction) => new(
        mfuFraction, step.ComputeS / step.StepS - mfuFraction, step.BubbleS / step.StepS,
        (step.TensorS + step.PipelineS + step.DataS + step.ContextS + step.ExpertS) / step.StepS, step.JitterS / step.StepS, step.OtherS / step.StepS);
}

/// <summary>What a plan makes of a job.</summary>
/// <param name="Layout">How it is cut.</param>
/// <param name="Gpu">Accelerator it was planned for.</param>
/// <param name="StepS">Time of a step.</param>
/// <param name="MfuFraction">Model arithmetic over the peak.</param>
/// <param name="Shares">Where the time goes.</param>
/// <param name="Wave">Its power within a step, as shares of TDP.</param>
/// <param name="MemoryGb">Memory of the fullest GPU.</param>
public sealed record TrainingPace(
    ParallelismSpec Layout, GpuSpec Gpu, double StepS, double MfuFraction, StepShares Shares, StepWave Wave, double MemoryGb)
{
    /// <summary>Power above idle, mean over a step, over that of steady training; at most 1.</summary>
    public double AboveIdleRatio => Math.Limit((Wave.MeanFraction - Gpu.IdleFraction) / (Gpu.BusyFraction - Gpu.IdleFraction), 0, 1);

    /// <summary>Plateau and dip as the campus sees them.</summary>
    public IterationPowerSpec Iteration
    {
        get
        {
            double periodS = Math.Limit(Wave.PeriodS, 0.05, 600), dutyFraction = Math.Limit(Wave.DutyFraction, 0.01, 0.99);
            return new()
            {
                PeriodS = periodS,
                DutyFraction = dutyFraction,
                DipFraction = Wave.LowFraction / Wave.HighFraction,
                EdgeS = Math.Min((Wave.RiseS + Wave.FallS) / 2, Math.Min(dutyFraction, 1 - dutyFraction) * periodS),
            };
        }
    }

    /// <summary>The pace of a plan at the size that the job wants.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="model">What is trained.</param>
    /// <param name="precision">Number format of the matrices.</param>
    /// <param name="gpus">GPUs of the job.</param>
    /// <param name="gpu">Accelerator.</param>
    /// <param name="network">What joins them.</param>
    /// <param name="coefficients">Calibration.</param>
    /// <param name="states">Power of the GPU's states.</param>
    /// <remarks>
    /// Exchange and waiting for the slowest draw the power of communication, optimiser and the rest that of memory-bound work. Not modelled: another pace
    /// when the job holds fewer GPUs than it wants (it keeps its batch a GPU), generations that slow each other.
    /// </remarks>
    /// <exception cref="CaseException">The layout does not fit the model, the batch, the GPUs or their memory, or none was found that does.</exception>
    public static TrainingPace Of(
        TrainingPlanSpec plan, ModelSpec model, Precision precision, int gpus, GpuSpec gpu, Fabric.Interconnect network, StepCoefficients coefficients,
        PowerStatesSpec states)
    {
        StepSetting setting = new StepSetting
        {
            Model = model,
            GlobalBatch = plan.Batch,
            Precision = precision,
            Gpu = gpu,
            Network = network,
            State = plan.Software.State,
            Overlap = plan.Software.Overlap,
            FusedAttention = plan.Software.FusedAttention,
        }.For(gpus);
        ParallelismSpec layout = plan.Parallelism ?? Searched(setting, coefficients, gpus);
        CaseProblem[] problems = [.. Parallelism.Problems(layout, model, gpus, plan.Batch)];
        if (problems.Length > 0) { throw new CaseException(problems); }
        MemoryFit memory = ModelMemory.Fit(model, layout, plan.Software.State, plan.Batch, gpu.MemoryGb);
        if (memory.ShortGb > 0) { throw new CaseException([ModelMemory.Problem(memory)]); }
        StepBreakdown step = StepTime.Of(setting, layout, coefficients);
        double mfu = Model.TflopPerSample(model) * plan.Batch / (step.StepS * gpus * Compute.Gpu.PeakTflopPerS(gpu, precision));
        StepParts parts = new()
        {
            ComputeS = step.ComputeS,
            BubbleS = step.BubbleS,
            ExposedCommunicationS = step.TensorS + step.PipelineS + step.DataS + step.ContextS + step.ExpertS + step.JitterS,
            OptimiserS = step.OtherS,
            PipelineStages = layout.Pipeline,
            Microbatches = Parallelism.MicroBatches(layout, plan.Batch),
        };
        return new TrainingPace(
            layout, gpu, step.StepS, mfu, StepShares.Of(step, mfu), StepWave.Of(parts, states, CapCurve.For(gpu.Title), 1, plan.EdgeS), memory.Use.TotalGb);
    }

    private static ParallelismSpec Searched(StepSetting setting, StepCoefficients coefficients, int gpus)
    {
        StrategyResult found = StrategySearch.Find(setting, coefficients, gpus, 1);
        return found.Plans.Count > 0 ? found.Plans[0].Layout : throw found.NothingFits(setting, gpus);
    }
}
