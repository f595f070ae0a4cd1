using Gigawatt.Compute;
using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>One measured training run: what ran on what, how it was cut, and how long a step took.</summary>
public sealed partial record CalibrationRow
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Runs of one table on one machine with one software: the smallest of a family is said to predict the larger.</summary>
    [Default(Grade.E, "assumption: a family of its own")]
    public string Family { get; init; } = "";

    /// <summary>Whether calibration uses it; otherwise it is predicted only.</summary>
    [Default(Grade.E, "assumption: it does")]
    public bool IsFitted { get; init; } = true;

    /// <summary>Software and its year.</summary>
    [Default(Grade.E, "assumption: unknown software, of which nothing is learnt")]
    public string Framework { get; init; } = "";

    /// <summary>Date of the publication, year first.</summary>
    [Default(Grade.E, "assumption: undated")]
    public string Date { get; init; } = "";

    /// <summary>Accelerator as the catalogue calls it.</summary>
    public required string Gpu { get; init; }

    /// <summary>Number format of the matrices.</summary>
    [Default(Grade.E, "assumption: 16 bits")]
    public Precision Precision { get; init; } = Precision.Bf16;

    /// <summary>Transformer layers.</summary>
    public required int Layers { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Width of the model.</summary>
    public required int Hidden { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Attention heads.</summary>
    public required int Heads { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Heads that hold keys and values; all when absent.</summary>
    public int? KvHeads { get; init => field = value is { } heads ? Check.AtLeastOne(heads) : null; }

    /// <summary>Width of the feed-forward part; four times the model's when absent.</summary>
    public int? Ffn { get; init => field = value is { } width ? Check.AtLeastOne(width) : null; }

    /// <summary>Matrices of the feed-forward part.</summary>
    [Default(Grade.A, "two in GPT (arXiv 2005.14165), three when gated")]
    public int FfnMatrices { get; init => field = (int)Check.Within(value, 2, 3); } = 2;

    /// <summary>Entries of the vocabulary.</summary>
    [Default(Grade.A, "GPT-2 padded as Megatron-LM does: 51,200")]
    public int Vocabulary { get; init => field = Check.AtLeastOne(value); } = 51200;

    /// <summary>Tokens of a sample.</summary>
    public required int Sequence { get; init => field = Check.AtLeastOne(value); }

    /// <summary>GPUs.</summary>
    public required int Gpus { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Samples of a step.</summary>
    public required int Batch { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Tensor parallel.</summary>
    [Default(Grade.E, "assumption: not cut")]
    public int Tensor { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>Pipeline stages.</summary>
    [Default(Grade.E, "assumption: not cut")]
    public int Pipeline { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>Pieces of a stage.</summary>
    [Default(Grade.E, "assumption: one")]
    public int Interleave { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>Context parallel.</summary>
    [Default(Grade.E, "assumption: not cut")]
    public int Context { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>Samples of a microbatch.</summary>
    [Default(Grade.E, "assumption: one")]
    public int MicroBatch { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>What is computed twice.</summary>
    [Default(Grade.A, "Korthikanti et al., arXiv 2205.05198; fused attention stores as little")]
    public Recompute Recompute { get; init; } = Recompute.Selective;

    /// <summary>Whether norms are cut along the sequence.</summary>
    [Default(Grade.A, "standard in Megatron since arXiv 2205.05198")]
    public bool SequenceParallel { get; init; } = true;

    /// <summary>Whether attention is one kernel.</summary>
    [Default(Grade.A, "FlashAttention, arXiv 2205.14135, standard since 2023")]
    public bool FusedAttention { get; init; } = true;

    /// <summary>What the software hides.</summary>
    [Default(Grade.E, "assumption: everything that can be")]
    public StepOverlap Overlap { get; init; } = StepOverlap.All;

    /// <summary>Bytes of a gradient on the network.</summary>
    [Default(Grade.A, "Megatron-LM adds gradients up in 32 bits")]
    public int GradientBytes { get; init => field = (int)Check.Within(value, 1, 8); } = 4;

    /// <summary>Rate of a GPU's adapter; the catalogue's when absent.</summary>
    public double? NicGbPerS { get; init => field = value is { } rate ? Check.Positive(rate) : null; }

    /// <summary>GPUs of an NVLink domain that the job uses.</summary>
    [Default(Grade.A, "eight in a node")]
    public int DomainGpus { get; init => field = Check.AtLeastOne(value); } = 8;

    /// <summary>GPUs that reach each other at full rate; all when absent.</summary>
    public int? PodGpus { get; init => field = value is { } gpus ? Check.AtLeastOne(gpus) : null; }

    /// <summary>Rate inside a pod over the rate between pods.</summary>
    [Default(Grade.E, "assumption: non-blocking")]
    public double OversubscriptionRatio { get; init => field = Check.Within(value, 1, 100); } = 1;

    /// <summary>Measured time of a step; absent to have it predicted only.</summary>
    public double? StepS { get; init => field = value is { } time ? Check.Positive(time) : null; }

    /// <summary>Its shape as a model.</summary>
    public ModelSpec Model()
    {
        ModelSpec shape = new()
        {
            Title = Name,
            Parameters = 1,
            Layers = Layers,
            Hidden = Hidden,
            Heads = Heads,
            KvHeads = KvHeads ?? Heads,
            Ffn = Ffn ?? 4 * Hidden,
            FfnMatrices = FfnMatrices,
            Vocabulary = Vocabulary,
            Sequence = Sequence,
            TiedEmbedding = FfnMatrices == 2,
            Biases = FfnMatrices == 2,
            Dropout = !FusedAttention,
            Experts = Experts,
            ActiveExperts = ActiveExperts,
            SharedExperts = SharedExperts,
            ExpertFfn = ExpertFfn,
            DenseLayers = DenseLayers,
            HeadWidth = HeadWidth,
            LatentAttention = Latent(),
        };
        return shape with { Parameters = Training.Model.CountParameters(shape) };
    }

    /// <summary>Its layout; copies follow from the GPUs.</summary>
    public ParallelismSpec Layout() => new()
    {
        Tensor = Tensor,
        Pipeline = Pipeline,
        Interleave = Interleave,
        Context = Context,
        Data = Math.Max(1, Gpus / (Tensor * Pipeline * Context)),
        Expert = Expert,
        ExpertTensor = ExpertTensor ?? (Expert > 1 ? 1 : null),
        MicroBatch = MicroBatch,
        Recompute = Recompute,
        SequenceParallel = SequenceParallel,
        ZeroStage = Overlap == StepOverlap.None ? 0 : 1,
    };

    /// <summary>Everything else that a step needs.</summary>
    public StepSetting Setting(GpuSpec gpu) => new StepSetting
    {
        Model = Model(),
        GlobalBatch = Batch,
        Precision = Precision,
        Gpu = gpu,
        Overlap = Overlap,
        FusedAttention = FusedAttention,
        Network = StepNetwork.Of(gpu, DomainGpus, PodGpus ?? int.MaxValue, OversubscriptionRatio, NicGbPerS),
        State = new StatePrecisionSpec { GradientBytes = GradientBytes },
    }.For(Gpus);

    /// <summary>What does not fit together in it; empty when all does.</summary>
    /// <param name="path">Where it stands, such as <c>table[3]</c>.</param>
    public IEnumerable<CaseProblem> Problems(string path)
    {
        long ways = (long)Tensor * Pipeline * Context;
        if (Gpus % ways != 0)
        {
            yield return new(path + ".gpus", FormattableString.Invariant($"a multiple of tensor × pipeline × context = {ways}"), FormattableString.Invariant($"{Gpus}"));
            yield break;
        }
        foreach (CaseProblem problem in Parallelism.Problems(Layout(), Model(), Gpus, Batch, path)) { yield return problem; }
    }
}
