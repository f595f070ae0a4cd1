using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>Bytes that training keeps for each parameter.</summary>
public sealed record StatePrecisionSpec
{
    /// <summary>Bytes of a weight as it is multiplied.</summary>
    [Default(Grade.A, "mixed precision: 16-bit weights (Micikevicius et al., arXiv 1710.03740)")]
    public int WeightBytes { get; init => field = (int)Check.Within(value, 1, 8); } = 2;

    /// <summary>Bytes of a gradient as it is added up.</summary>
    [Default(Grade.A, "Megatron-LM adds gradients up in 32 bits; 2 when they stay in 16")]
    public int GradientBytes { get; init => field = (int)Check.Within(value, 1, 8); } = 4;

    /// <summary>Bytes of the optimiser: master weight and the two moments of Adam.</summary>
    [Default(Grade.A, "ZeRO, arXiv 1910.02054: 4 + 4 + 4 bytes; 8 with moments in 16 bits (DeepSeek-V3, arXiv 2412.19437)")]
    public int OptimizerBytes { get; init => field = (int)Check.Within(value, 0, 32); } = 12;
}

/// <summary>What lies in the memory of the fullest GPU of a job.</summary>
/// <param name="WeightsGb">Weights.</param>
/// <param name="GradientsGb">Gradients.</param>
/// <param name="OptimizerGb">Master weights and moments.</param>
/// <param name="ActivationsGb">Activations of all microbatches in flight.</param>
/// <param name="ReserveGb">Context of the driver, buffers of collectives, fragments.</param>
public readonly record struct MemoryUse(double WeightsGb, double GradientsGb, double OptimizerGb, double ActivationsGb, double ReserveGb)
{
    /// <summary>Weights, gradients and optimiser together.</summary>
    public double StateGb => WeightsGb + GradientsGb + OptimizerGb;

    /// <summary>Everything.</summary>
    public double TotalGb => StateGb + ActivationsGb + ReserveGb;
}

/// <summary>A change that saves memory.</summary>
/// <param name="Change">What to change, in words with the key.</param>
/// <param name="Layout">The layout changed.</param>
/// <param name="TotalGb">What the fullest GPU then holds.</param>
/// <param name="Price">What it costs in speed, in words.</param>
public sealed record MemoryCure(string Change, ParallelismSpec Layout, double TotalGb, string Price);

/// <summary>Whether a job fits into the memory of its GPUs.</summary>
/// <param name="Use">What the fullest GPU holds.</param>
/// <param name="MemoryGb">What it has.</param>
/// <param name="ShortGb">What is missing; negative: what is left.</param>
/// <param name="Cures">Changes that would make it fit, the cheapest first; empty when it fits or nothing helps.</param>
public sealed record MemoryFit(MemoryUse Use, double MemoryGb, double ShortGb, IReadOnlyList<MemoryCure> Cures)
{
    /// <summary>Whether it fits.</summary>
    public bool Fits => ShortGb <= 0;
}

/// <summary>Memory that training a model takes.</summary>
/// <remarks>
/// Weights, gradients and optimiser are cut by tensor and pipeline, experts by expert and expert tensor; ZeRO 1 shares the optimiser over the
/// data and context ranks, 2 also the gradients, 3 also the weights (S. Rajbhandari et al., arXiv 1910.02054). The fullest GPU is on the first stage:
/// it has the input table and the most microbatches in flight; where the table stands in for a layer the second may be fuller. Not modelled: off-loading, weights gathered ahead under ZeRO 3 beyond two layers.
/// </remarks>
public static class ModelMemory
{
    /// <summary>Memory taken by context, collectives and fragments: assumption, within the 3 to 6 GB that NCCL buffers and CUDA context are seen to take.</summary>
    public const double DefaultReserveGb = 5;

    /// <summary>Parameters on the fullest GPU besides experts.</summary>
    public static double DenseParameters(ModelSpec model, ParallelismSpec spec)
    {
        double expertFraction = (double)Model.ExpertLayers(model) / model.Layers;
        double perLayer = Model.AttentionParameters(model) + (1 - expertFraction) * Model.FeedForwardParameters(model)
            + expertFraction * model.SharedExperts * Model.ExpertParameters(model);
        double whole = Model.VectorParameters(model) + expertFraction * Model.RouterParameters(model);
        double tables = Model.TableParameters(model) * (spec.Pipeline == 1 && !model.TiedEmbedding ? 2.0 : 1.0);
        double layer = perLayer / spec.Tensor + whole, table = tables / spec.Tensor;
        int layers = Parallelism.StageLayers(spec, model), first = Parallelism.FirstStageLayers(spec, model);
        // Where the table stands in for a layer, the stage behind has a layer more and no table.
        return Math.Max(first * layer + table, layers * layer);
    }

    /// <summary>Parameters of experts on one GPU.</summary>
    public static double ExpertParameters(ModelSpec model, ParallelismSpec spec) => model.Experts == 0
        ? 0
        : (double)Model.ExpertLayers(model) / model.Layers * Parallelism.StageLayers(spec, model)
            * model.Experts / spec.Expert * Model.ExpertParameters(model) / Parallelism.ExpertTensor(spec);

    /// <summary>Memory of the fullest GPU.</summary>
    /// <param name="model">The model.</param>
    /// <param name="spec">How it is cut.</param>
    /// <param name="precision">Bytes a parameter.</param>
    /// <param name="globalBatch">Samples of one step.</param>
    /// <param name="reserveGb">Context, buffers, fragments.</param>
    public static MemoryUse Of(
        ModelSpec model, ParallelismSpec spec, StatePrecisionSpec precision, int globalBatch, double reserveGb = DefaultReserveGb)
    {
        double dense = DenseParameters(model, spec), experts = ExpertParameters(model, spec);
        double copies = Parallelism.GradientRanks(spec), expertCopies = Parallelism.ExpertData(spec);
        double shared = dense / copies + experts / expertCopies, all = dense + experts;
        double gatheredGb = spec.ZeroStage == 3 ? 2.0 * all / Parallelism.StageLayers(spec, model) * precision.WeightBytes * 1e-9 : 0;
        return new MemoryUse(
            Math.Min(all * precision.WeightBytes * 1e-9, (spec.ZeroStage >= 3 ? shared : all) * precision.WeightBytes * 1e-9 + gatheredGb),
            (spec.ZeroStage >= 2 ? shared : all) * precision.GradientBytes * 1e-9,
            (spec.ZeroStage >= 1 ? shared : all) * precision.OptimizerBytes * 1e-9,
            Activations.FirstStageGb(model, spec, globalBatch),
            reserveGb);
    }

    /// <summary>Size of a checkpoint that training can go on from: weights and optimiser.</summary>
    /// <remarks>14 bytes a parameter by default; MLPerf Storage has 13 to 15 (405B: 5.29 TB, 1T: 15 TB).</remarks>
    public static double CheckpointGb(ModelSpec model, StatePrecisionSpec precision) =>
        1e-9 * model.Parameters * (precision.WeightBytes + precision.OptimizerBytes);

    /// <summary>Whether the job fits, by how much not, and what would make it fit.</summary>
    public static MemoryFit Fit(
        ModelSpec model, ParallelismSpec spec, StatePrecisionSpec precision, int globalBatch, double memoryGb, double reserveGb = DefaultReserveGb)
    {
        MemoryUse use = Of(model, spec, precision, globalBatch, reserveGb);
        double shortGb = use.TotalGb - memoryGb;
        if (shortGb <= 0) { return new MemoryFit(use, memoryGb, shortGb, []); }
        MemoryCure[] cures =
        [
            .. ModelMemoryCures.Of(model, spec, globalBatch)
                .Select(cure => cure with { TotalGb = Of(model, cure.Layout, precision, globalBatch, reserveGb).TotalGb })
                .Where(cure => cure.TotalGb <= memoryGb),
        ];
        return new MemoryFit(use, memoryGb, shortGb, cures);
    }

    /// <summary>A job that does not fit, in words: how many GB are missing and which changes would help.</summary>
    /// <param name="fit">What was found.</param>
    /// <param name="path">Where the layout stands in the input.</param>
    public static CaseProblem Problem(MemoryFit fit, string path = "parallelism")
    {
        string parts = $"{Figures.Number(fit.Use.StateGb)} GB of weights, gradients and optimiser, {Figures.Number(fit.Use.ActivationsGb)} GB of activations, {Figures.Number(fit.Use.ReserveGb)} GB besides";
        string help = fit.Cures.Count == 0
            ? "no single change helps: use more GPUs or combine changes"
            : "would fit with " + string.Join("; ", fit.Cures.Take(3).Select(cure => $"{cure.Change} ({Figures.Number(cure.TotalGb)} GB; {cure.Price})"));
        return new CaseProblem(
            path, $"at most the {Figures.Number(fit.MemoryGb)} GB of a GPU",
            $"{Figures.Number(fit.Use.TotalGb, 4)} GB on the first stage, {Figures.Number(fit.ShortGb)} GB too much ({parts}); {help}");
    }
}
