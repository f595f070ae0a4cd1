using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>Where the time of a step goes, as a critical path: the parts add up to the step.</summary>
/// <param name="ComputeS">Matrices, attention, memory-bound work and launches, the second forward pass of recomputation included.</param>
/// <param name="BubbleS">Filling and draining the pipeline.</param>
/// <param name="TensorS">Tensor-parallel exchange that nothing hides.</param>
/// <param name="PipelineS">Messages between stages that nothing hides.</param>
/// <param name="DataS">Gradients and weights exchanged between copies that nothing hides.</param>
/// <param name="ContextS">Keys and values exchanged that nothing hides.</param>
/// <param name="ExpertS">Tokens to experts and back.</param>
/// <param name="JitterS">Waiting for the slowest GPU of each moment.</param>
/// <param name="OtherS">Optimiser, input, synchronisation.</param>
public readonly record struct StepBreakdown(
    double ComputeS, double BubbleS, double TensorS, double PipelineS, double DataS, double ContextS, double ExpertS, double JitterS, double OtherS)
{
    /// <summary>The step.</summary>
    public double StepS => ComputeS + BubbleS + TensorS + PipelineS + DataS + ContextS + ExpertS + JitterS + OtherS;

    /// <summary>The same with every part in proportion, as a measured run asks.</summary>
    public StepBreakdown Scaled(double ratio) => new(
        ComputeS * ratio, BubbleS * ratio, TensorS * ratio, PipelineS * ratio, DataS * ratio, ContextS * ratio, ExpertS * ratio, JitterS * ratio, OtherS * ratio);
}

/// <summary>What calibration multiplies the parts of a step with; each is 1 where a part takes its physical time and nothing hides it.</summary>
public sealed record StepCoefficients
{
    /// <summary>Matrix products over the time that the best measured rate would take; never below 1.</summary>
    public double MatrixFactor { get; init => field = Check.Within(value, 1, 10); } = 1.2;

    /// <summary>What matrix products of experts take beyond that, over the time at the best measured rate: they are narrow and many.</summary>
    public double ExpertMatrixFactor { get; init => field = Check.NotNegative(value); } = 0.3;

    /// <summary>Core of attention and output table over the best measured BF16 rate.</summary>
    public double CoreFactor { get; init => field = Check.Positive(value); } = 1.5;

    /// <summary>Memory-bound work over the memory bandwidth.</summary>
    public double MemoryFactor { get; init => field = Check.Positive(value); } = 1.3;

    /// <summary>Time that each kernel costs beside its work: launch, first and last wave.</summary>
    public double KernelS { get; init => field = Check.NotNegative(value); } = 5e-6;

    /// <summary>Share of the tensor exchange on the critical path.</summary>
    public double TensorFactor { get; init => field = Check.NotNegative(value); } = 0.5;

    /// <summary>Share of the context exchange on the critical path.</summary>
    public double ContextFactor { get; init => field = Check.NotNegative(value); } = 0.5;

    /// <summary>Share of the expert exchange on the critical path.</summary>
    public double ExpertFactor { get; init => field = Check.NotNegative(value); } = 1;

    /// <summary>Share of the messages between stages on the critical path.</summary>
    public double PipelineFactor { get; init => field = Check.NotNegative(value); } = 0.5;

    /// <summary>Share on the critical path of the exchange between copies that no arithmetic is left to hide.</summary>
    public double DataFactor { get; init => field = Check.NotNegative(value); } = 0.8;

    /// <summary>Slow-down of the arithmetic behind which the rest of that exchange is hidden, as a share of its time.</summary>
    public double HiddenDataFactor { get; init => field = Check.NotNegative(value); } = 0.15;

    /// <summary>Optimiser over the memory bandwidth.</summary>
    public double OptimizerFactor { get; init => field = Check.NotNegative(value); } = 1.2;

    /// <summary>Time of a step that depends on nothing: synchronisation, input, norms of gradients.</summary>
    public double FixedS { get; init => field = Check.NotNegative(value); } = 0.02;

    /// <summary>Spread of one GPU's arithmetic from step to step, as a standard deviation over its mean.</summary>
    public double JitterFraction { get; init => field = Check.Fraction(value); } = 0.003;
}
