using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>What of the forward pass is thrown away and computed again in the backward pass, to save memory.</summary>
public enum Recompute
{
    /// <summary>Nothing: every activation is kept.</summary>
    None,

    /// <summary>The core of attention alone: much memory for little arithmetic (or a fused attention that never stores it).</summary>
    Selective,

    /// <summary>Whole layers: only their inputs are kept, the forward pass runs twice.</summary>
    Full,
}

/// <summary>How one training job is cut over its GPUs.</summary>
/// <remarks>
/// Tensor · pipeline · context · data is the number of GPUs. Experts are spread over the tensor, context and data ranks of one pipeline stage
/// ("folded": MoE Parallel Folding, arXiv 2504.14960). Ranks are numbered tensor first, then context, data, pipeline, as Megatron does, so
/// that the busiest exchange stays inside the NVLink domain. Not modelled: stages of unequal length, vocabulary pipelining, zero-bubble schedules.
/// </remarks>
public sealed record ParallelismSpec : ISelfChecking
{
    /// <summary>GPUs that share every matrix of a layer (tensor parallel).</summary>
    [Default(Grade.E, "assumption: matrices are not cut")]
    public int Tensor { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>Stages that the layers are cut into (pipeline parallel).</summary>
    [Default(Grade.E, "assumption: layers are not cut")]
    public int Pipeline { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>Pieces of the model that each stage holds, in turns (interleaved schedule, virtual pipeline).</summary>
    [Default(Grade.E, "assumption: one piece a stage")]
    public int Interleave { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>Copies of the model that see different samples (data parallel).</summary>
    [Default(Grade.E, "assumption: one copy")]
    public int Data { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>GPUs that share the tokens of one sample (context parallel).</summary>
    [Default(Grade.E, "assumption: samples are not cut")]
    public int Context { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>Groups that the experts of a layer are spread over (expert parallel).</summary>
    [Default(Grade.E, "assumption: every copy holds all experts")]
    public int Expert { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>GPUs that share the matrices of one expert; as many as share other matrices when absent.</summary>
    public int? ExpertTensor { get; init => field = value is { } ways ? Check.AtLeastOne(ways) : null; }

    /// <summary>Samples that one copy takes through the pipeline at a time.</summary>
    [Default(Grade.E, "assumption: one sample, as large models are trained")]
    public int MicroBatch { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>Whether what tensor parallelism leaves whole (norms, dropout) is cut along the sequence.</summary>
    [Default(Grade.A, "Korthikanti et al., arXiv 2205.05198: the same traffic for less memory; standard in Megatron")]
    public bool SequenceParallel { get; init; } = true;

    /// <summary>What is computed twice to save memory.</summary>
    [Default(Grade.A, "Korthikanti et al., arXiv 2205.05198; fused attention stores as little")]
    public Recompute Recompute { get; init; } = Recompute.Selective;

    /// <summary>What data-parallel copies share instead of repeating: 0 nothing, 1 optimiser, 2 also gradients, 3 also weights.</summary>
    [Default(Grade.E, "assumption: shared optimiser state, as Megatron's distributed optimiser")]
    public int ZeroStage { get; init => field = (int)Check.Within(value, 0, 3); } = 1;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (Interleave > 1 && Pipeline == 1)
        {
            yield return new(nameof(Interleave), "1, since there is one pipeline stage only", FormattableString.Invariant($"{Interleave}"));
        }
        int ways = Expert * (ExpertTensor ?? Tensor);
        if (Expert > 1 && Tensor * Context * Data % ways != 0)
        {
            yield return new(
                nameof(Expert), FormattableString.Invariant($"expert × expert tensor to divide tensor × context × data = {Tensor * Context * Data}"),
                FormattableString.Invariant($"{Expert} × {ExpertTensor ?? Tensor} = {ways}"));
        }
    }
}

/// <summary>The counting of a parallel layout.</summary>
public static class Parallelism
{
    /// <summary>GPUs that the layout takes.</summary>
    public static long Gpus(ParallelismSpec spec) => (long)spec.Tensor * spec.Pipeline * spec.Context * spec.Data;

    /// <summary>GPUs that share the matrices of one expert.</summary>
    public static int ExpertTensor(ParallelismSpec spec) => spec.ExpertTensor ?? spec.Tensor;

    /// <summary>Copies of each expert: the ranks among which its gradients are added up.</summary>
    public static int ExpertData(ParallelismSpec spec) =>
        Math.Max(1, spec.Tensor * spec.Context * spec.Data / (spec.Expert * ExpertTensor(spec)));

    /// <summary>Ranks among which the gradients of everything else are added up: copies and the pieces of their samples.</summary>
    public static int GradientRanks(ParallelismSpec spec) => spec.Data * spec.Context;

    /// <summary>Microbatches that each copy sends through the pipeline in one step.</summary>
    public static int MicroBatches(ParallelismSpec spec, int globalBatch) => globalBatch / (spec.Data * spec.MicroBatch);

    /// <summary>Layers of the longest stage.</summary>
    public static int StageLayers(ParallelismSpec spec, ModelSpec model) => (model.Layers + spec.Pipeline - 1) / spec.Pipeline;

    /// <summary>Whether the tables of input and output stand in for a layer each, so that first and last stage have one layer less.</summary>
    /// <remarks>
    /// Megatron's accounting of embedding and loss in the split of the pipeline, taken where L + 2 divides by the stages and L does not. Llama 3 405B was trained so: 126 layers
    /// in 16 stages of 8, one less on the first and on the last (arXiv 2407.21783, section 3.3.2).
    /// </remarks>
    public static bool TablesStandIn(ParallelismSpec spec, ModelSpec model) =>
        spec.Pipeline > 1 && model.Layers % spec.Pipeline != 0 && (model.Layers + 2) % spec.Pipeline == 0;

    /// <summary>Layers of the first stage, which holds the most activations: one less than the longest where the input table stands in for one.</summary>
    public static int FirstStageLayers(ParallelismSpec spec, ModelSpec model) => StageLayers(spec, model) - (TablesStandIn(spec, model) ? 1 : 0);

    // What pieces of stages can hold: layers, and the tables where they stand in for some.
    private static int Places(ParallelismSpec spec, ModelSpec model) => model.Layers + (TablesStandIn(spec, model) ? 2 : 0);

    /// <summary>Idle time of the pipeline over its ideal time: (p − 1)/(v·m).</summary>
    /// <remarks>One forward, one backward, interleaved over v pieces (Narayanan et al., SC21, section 2.2).</remarks>
    public static double BubbleRatio(ParallelismSpec spec, int globalBatch) =>
        (spec.Pipeline - 1.0) / ((double)spec.Interleave * MicroBatches(spec, globalBatch));

    /// <summary>Whether the layout fits a model, a batch and a number of GPUs; allocates nothing, for searches.</summary>
    public static bool IsValid(ParallelismSpec spec, ModelSpec model, long gpus, int globalBatch) =>
        Gpus(spec) == gpus
        && globalBatch % (spec.Data * spec.MicroBatch) == 0
        && model.Heads % spec.Tensor == 0 && model.Hidden % spec.Tensor == 0
        && (spec.Tensor <= Model.KvHeads(model) ? Model.KvHeads(model) % spec.Tensor == 0 : spec.Tensor % Model.KvHeads(model) == 0)
        && (long)spec.Pipeline * spec.Interleave <= Places(spec, model)
        && (spec.Interleave == 1 || (spec.Pipeline > 1 && MicroBatches(spec, globalBatch) % spec.Pipeline == 0))
        && model.Sequence % (spec.Context == 1 ? 1 : 2 * spec.Context) == 0
        && (spec.Expert == 1 || (model.Experts > 0 && model.Experts % spec.Expert == 0
            && (long)spec.Tensor * spec.Context * spec.Data % ((long)spec.Expert * ExpertTensor(spec)) == 0));

    /// <summary>Everything that does not fit, in words; empty when the layout is valid.</summary>
    /// <param name="spec">The layout.</param>
    /// <param name="model">What is trained.</param>
    /// <param name="gpus">GPUs of the job.</param>
    /// <param name="globalBatch">Samples of one step.</param>
    /// <param name="path">Where the layout stands in the input, such as <c>parallelism</c>.</param>
    public static IEnumerable<CaseProblem> Problems(ParallelismSpec spec, ModelSpec model, long gpus, int globalBatch, string path = "parallelism")
    {
        string at = path.Length == 0 ? "" : path + ".";
        if (Gpus(spec) != gpus)
        {
            yield return new(
                path, FormattableString.Invariant($"tensor × pipeline × context × data = {gpus}, the GPUs of the job"),
                FormattableString.Invariant($"{spec.Tensor} × {spec.Pipeline} × {spec.Context} × {spec.Data} = {Gpus(spec)}"));
        }
        int copies = spec.Data * spec.MicroBatch;
        if (globalBatch % copies != 0)
        {
            yield return new(
                at + "data", FormattableString.Invariant($"a batch that data × micro batch divides; the batch is {globalBatch}"),
                FormattableString.Invariant($"{spec.Data} × {spec.MicroBatch} = {copies}; {Math.Max(1, (globalBatch + copies / 2) / copies) * copies} samples would fit"));
        }
        if (model.Heads % spec.Tensor != 0 || model.Hidden % spec.Tensor != 0)
        {
            yield return new(
                at + "tensor", FormattableString.Invariant($"a divisor of the {model.Heads} attention heads and of the width {model.Hidden}"),
                FormattableString.Invariant($"{spec.Tensor}"));
        }
        int kv = Model.KvHeads(model);
        if (spec.Tensor <= kv ? kv % spec.Tensor != 0 : spec.Tensor % kv != 0)
        {
            yield return new(
                at + "tensor", FormattableString.Invariant($"a divisor or a multiple of the {kv} heads that hold keys and values"),
                FormattableString.Invariant($"{spec.Tensor}"));
        }
        if ((long)spec.Pipeline * spec.Interleave > Places(spec, model))
        {
            string tables = TablesStandIn(spec, model) ? " and 2 tables, which stand in for layers" : "";
            yield return new(
                at + "pipeline", FormattableString.Invariant($"pipeline × interleave of at most the {model.Layers} layers{tables}"),
                FormattableString.Invariant($"{spec.Pipeline} × {spec.Interleave} = {spec.Pipeline * spec.Interleave}"));
        }
        if (spec.Interleave > 1 && globalBatch % copies == 0 && MicroBatches(spec, globalBatch) % spec.Pipeline != 0)
        {
            yield return new(
                at + "interleave", FormattableString.Invariant($"microbatches in multiples of the {spec.Pipeline} stages, which turns need"),
                FormattableString.Invariant($"{MicroBatches(spec, globalBatch)} microbatches"));
        }
        if (spec.Context > 1 && model.Sequence % (2 * spec.Context) != 0)
        {
            yield return new(
                at + "context", FormattableString.Invariant($"a sequence of {model.Sequence} tokens to be cut into 2 × context equal pieces"),
                FormattableString.Invariant($"{2 * spec.Context} pieces"));
        }
        if (spec.Expert > 1 && (model.Experts == 0 || model.Experts % spec.Expert != 0))
        {
            yield return new(
                at + "expert", model.Experts == 0 ? "1, since the model has no experts" : FormattableString.Invariant($"a divisor of the {model.Experts} experts"),
                FormattableString.Invariant($"{spec.Expert}"));
        }
    }
}
