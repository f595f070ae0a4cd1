using Gigawatt.Fabric;

namespace Gigawatt.Training;

/// <summary>What has to be exchanged again and again in one way.</summary>
/// <param name="SizeGb">Size of each exchange as nccl-tests count it: the whole buffer of one rank, or one message.</param>
/// <param name="ForwardCount">Times in a forward pass.</param>
/// <param name="BackwardCount">Times in a backward pass.</param>
/// <param name="Ranks">GPUs that exchange.</param>
/// <param name="Stride">Distance of their numbers: how many GPUs lie between two neighbours.</param>
public readonly record struct Exchange(double SizeGb, int ForwardCount, int BackwardCount, int Ranks, int Stride)
{
    /// <summary>Whether anything is exchanged.</summary>
    public bool IsNone => Ranks <= 1 || SizeGb <= 0;

    /// <summary>The ranks on a network.</summary>
    public CollectiveGroup On(Interconnect network) => CollectiveGroup.Of(Ranks, Stride, network);
}

/// <summary>What one training step moves between GPUs: per layer and microbatch, per boundary of stages, per step.</summary>
/// <remarks>
/// T = b·s/cp tokens of h numbers of 2 bytes. Tensor: an all-reduce of T·h behind attention and one behind the feed-forward part, forward and
/// backward; with sequence parallel the same bytes as all-gather and reduce-scatter (Korthikanti et al.); full recomputation repeats the forward ones. Context:
/// keys and values go round a ring, forward; with their gradients, backward. Pipeline: T·h over a boundary, each way, for each piece of the model.
/// Data: gradients are reduce-scattered, weights all-gathered once a step. Experts: each token goes to its experts and back.
/// Not modelled: gathering of weights for every layer under ZeRO 3 (<see cref="ShardedWeightsGb"/> gives its bytes), uneven loads of experts.
/// </remarks>
public static class ParallelismTraffic
{
    private const double Number = 2e-9;   // GB of a 16-bit number

    /// <summary>All-reduces of one layer and microbatch in the tensor group, on the way of the arithmetic: cannot be hidden behind it without cutting matrices.</summary>
    /// <remarks>With sequence parallel each stands for one all-gather and one reduce-scatter of the same size. The stride is 1.</remarks>
    public static Exchange Tensor(ModelSpec model, ParallelismSpec spec) => new(
        Number * Tokens(model, spec) * model.Hidden, 2, spec.Recompute == Recompute.Full ? 4 : 2, spec.Tensor, 1);

    /// <summary>Keys and values of one layer and microbatch that pass a GPU in the context ring: overlaps with the core of attention.</summary>
    /// <remarks>The size is that of an all-gather over the group: 2·b·s·(keys)/t; a rank receives (cp − 1)/cp of it. Backward it goes twice.</remarks>
    public static Exchange Context(ModelSpec model, ParallelismSpec spec) => new(
        Number * spec.MicroBatch * model.Sequence * KvKept(model, spec), 1, spec.Recompute == Recompute.Full ? 3 : 2, spec.Context, spec.Tensor);

    /// <summary>A message over one boundary of stages, for each microbatch and each piece of the model: overlaps with another microbatch.</summary>
    /// <remarks>Cut over the tensor ranks with sequence parallel. A microbatch crosses each stage's boundary interleave times each way.</remarks>
    public static Exchange Pipeline(ModelSpec model, ParallelismSpec spec) => new(
        Number * Tokens(model, spec) * model.Hidden / (spec.SequenceParallel ? spec.Tensor : 1),
        spec.Interleave, spec.Interleave, spec.Pipeline, spec.Tensor * spec.Context * spec.Data);

    /// <summary>An all-to-all of one layer with experts and one microbatch, to the experts and back: hidden only behind another microbatch.</summary>
    /// <remarks>A GPU sends the tokens that it holds, T (over tensor when the experts lie across tensor ranks), to top-k experts.</remarks>
    public static Exchange Experts(ModelSpec model, ParallelismSpec spec) => new(
        model.Experts == 0 ? 0 : Number * Tokens(model, spec) * model.ActiveExperts * model.Hidden / (FoldsTensor(spec) ? spec.Tensor : 1),
        2, spec.Recompute == Recompute.Full ? 4 : 2, model.Experts == 0 ? 1 : spec.Expert, FoldsTensor(spec) ? 1 : Parallelism.ExpertTensor(spec));

    /// <summary>Reduce-scatter of the gradients of one GPU, once a step: overlaps with the last backward pass.</summary>
    public static Exchange Gradients(ModelSpec model, ParallelismSpec spec, StatePrecisionSpec precision) => new(
        1e-9 * ModelMemory.DenseParameters(model, spec) * precision.GradientBytes, 0, 1, Parallelism.GradientRanks(spec), spec.Tensor);

    /// <summary>All-gather of the weights of one GPU, once a step: overlaps with the first forward pass.</summary>
    public static Exchange Weights(ModelSpec model, ParallelismSpec spec, StatePrecisionSpec precision) =>
        Gradients(model, spec, precision) with { SizeGb = 1e-9 * ModelMemory.DenseParameters(model, spec) * precision.WeightBytes, ForwardCount = 1, BackwardCount = 0 };

    /// <summary>Reduce-scatter of the gradients of the experts of one GPU among the copies of these experts.</summary>
    public static Exchange ExpertGradients(ModelSpec model, ParallelismSpec spec, StatePrecisionSpec precision) => new(
        1e-9 * ModelMemory.ExpertParameters(model, spec) * precision.GradientBytes, 0, 1, model.Experts == 0 ? 1 : Parallelism.ExpertData(spec),
        spec.Expert * Parallelism.ExpertTensor(spec));

    /// <summary>All-gather of the weights of the experts of one GPU.</summary>
    public static Exchange ExpertWeights(ModelSpec model, ParallelismSpec spec, StatePrecisionSpec precision) =>
        ExpertGradients(model, spec, precision) with { SizeGb = 1e-9 * ModelMemory.ExpertParameters(model, spec) * precision.WeightBytes, ForwardCount = 1, BackwardCount = 0 };

    /// <summary>Weights of a stage that ZeRO 3 gathers for each forward and each backward pass of a microbatch; nothing below ZeRO 3.</summary>
    public static double ShardedWeightsGb(ModelSpec model, ParallelismSpec spec, StatePrecisionSpec precision) => spec.ZeroStage < 3
        ? 0
        : 1e-9 * (ModelMemory.DenseParameters(model, spec) + ModelMemory.ExpertParameters(model, spec)) * precision.WeightBytes;

    // Tokens of one microbatch on one GPU.
    private static double Tokens(ModelSpec model, ParallelismSpec spec) => (double)spec.MicroBatch * model.Sequence / spec.Context;

    // Experts that are cut less than other matrices lie across tensor ranks, each of which then sends its share of the tokens.
    private static bool FoldsTensor(ParallelismSpec spec) => spec.Expert > 1 && Parallelism.ExpertTensor(spec) < spec.Tensor;

    private static double KvKept(ModelSpec model, ParallelismSpec spec) => model.LatentAttention is { } latent
        ? latent.KvRank + latent.PositionWidth
        : 2.0 * Model.KvWidth(model) / Math.Min(spec.Tensor, Model.KvHeads(model));
}
