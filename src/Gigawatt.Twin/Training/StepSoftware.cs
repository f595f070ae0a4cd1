using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>What of a step depends on the software that trains.</summary>
public sealed record StepSoftwareSpec
{
    /// <summary>What the software hides.</summary>
    [Default(Grade.E, "assumption: everything that can be, as Megatron-Core does")]
    public StepOverlap Overlap { get; init; } = StepOverlap.All;

    /// <summary>Whether attention is one kernel.</summary>
    [Default(Grade.A, "FlashAttention, arXiv 2205.14135, standard since 2023")]
    public bool FusedAttention { get; init; } = true;

    /// <summary>Software and year as in the published runs; empty when unknown.</summary>
    [Default(Grade.E, "assumption: unknown")]
    public string Framework { get; init; } = "";

    /// <summary>Bytes of weights, gradients and optimiser.</summary>
    [Default(Grade.A, "mixed precision with Adam: 2 + 4 + 12 bytes")]
    public StatePrecisionSpec State { get; init; } = new();
}
