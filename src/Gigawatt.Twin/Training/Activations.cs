namespace Gigawatt.Training;

/// <summary>Memory that the forward pass leaves for the backward pass.</summary>
/// <remarks>
/// Two bytes a number, one a dropout mask (V. Korthikanti et al., arXiv 2205.05198, section 4). A layer of GPT on T = b·s tokens: T·h·(34 + 5·a·s/h);
/// tensor parallel T·h·(10 + 24/t + 5·a·s/(h·t)); with sequence parallel all of it over t; selective recomputation drops the 5·a·s/h; full keeps
/// 2·T·h. The same parts are counted for gated feed-forward, grouped keys and experts; where dropout is not used, its masks are absent.
/// Not modelled: fragments, buffers of communication, activations in 8 bits, the copies that experts make when tokens are unevenly spread.
/// </remarks>
public static class Activations
{
    private const double Number = 2;   // bytes of a 16-bit number
    private const double Mask = 1;     // bytes of an entry of a dropout mask

    /// <summary>Memory of one microbatch in one layer on one GPU.</summary>
    /// <param name="model">The model.</param>
    /// <param name="spec">How it is cut.</param>
    /// <param name="hasExperts">Whether the layer is one with experts.</param>
    public static double LayerGb(ModelSpec model, ParallelismSpec spec, bool hasExperts) => LayerGb(model, spec, spec.Recompute, hasExperts);

    private static double LayerGb(ModelSpec model, ParallelismSpec spec, Recompute recompute, bool hasExperts)
    {
        double tokens = (double)spec.MicroBatch * model.Sequence / spec.Context;
        double h = model.Hidden, t = spec.Tensor;
        double wholeWays = spec.SequenceParallel ? t : 1;
        if (recompute == Recompute.Full) { return 1e-9 * tokens * Number * h / wholeWays; }
        // Inputs of two norms and of the matrices that follow them, two masks behind the parts.
        double whole = 4 * Number * h + (model.Dropout ? 2 * Mask * h : 0);
        double attention = Number * (Model.QueryWidth(model) + Model.KvWidth(model) + ValueKept(model) + Model.ValueWidth(model));
        double core = recompute == Recompute.Selective
            ? 0
            : (double)model.Heads * model.Sequence * (2 * Number + (model.Dropout ? Mask : 0));
        double forward = hasExperts ? ExpertsPerToken(model, spec, h, t) : Kept(model) * Number * model.Ffn / t;
        return 1e-9 * tokens * (whole / wholeWays + (attention + core) / t + forward);
    }

    /// <summary>Memory of one microbatch in the layers of one stage: the mean of layers with and without experts.</summary>
    public static double MicroBatchGb(ModelSpec model, ParallelismSpec spec)
    {
        double expertFraction = (double)Model.ExpertLayers(model) / model.Layers;
        double layerGb = (1 - expertFraction) * LayerGb(model, spec, false) + (expertFraction > 0 ? expertFraction * LayerGb(model, spec, true) : 0);
        return layerGb * Parallelism.StageLayers(spec, model);
    }

    /// <summary>Microbatches whose activations the first stage holds at once, in units of a whole stage.</summary>
    /// <param name="spec">How the job is cut.</param>
    /// <param name="globalBatch">Samples of a step.</param>
    /// <param name="stage">Stage asked of, 0 the first: each further one warms up with one microbatch less, interleaved with two pieces less.</param>
    /// <remarks>p with one forward, one backward; p·(1 + (p − 1)/(p·v)) interleaved; never more than there are (Korthikanti et al., section 4.2.3).</remarks>
    public static double InFlightRatio(ParallelismSpec spec, int globalBatch, int stage = 0)
    {
        double p = spec.Pipeline, v = spec.Interleave;
        double held = v > 1 ? p * (1 + (p - 1) / (p * v)) - 2 * stage / v : p - stage;
        return Math.Min(held, Parallelism.MicroBatches(spec, globalBatch));
    }

    /// <summary>Activations of the fullest stage, the first or second, at their highest, with what one full recomputation holds for a moment.</summary>
    public static double FirstStageGb(ModelSpec model, ParallelismSpec spec, int globalBatch)
    {
        double keptGb = MicroBatchGb(model, spec) * (!Parallelism.TablesStandIn(spec, model)
            ? InFlightRatio(spec, globalBatch)
            : Math.Max(
                InFlightRatio(spec, globalBatch) * Parallelism.FirstStageLayers(spec, model) / Parallelism.StageLayers(spec, model), InFlightRatio(spec, globalBatch, 1)));
        double momentGb = spec.Recompute == Recompute.Full ? LayerGb(model, spec, Recompute.Selective, Model.ExpertLayers(model) > 0) : 0;
        return keptGb + momentGb + (spec.Pipeline == 1 ? LogitsGb(model, spec) : 0);
    }

    /// <summary>Logits of one microbatch on the last stage: a 16-bit and a 32-bit number for each entry of the vocabulary.</summary>
    public static double LogitsGb(ModelSpec model, ParallelismSpec spec) =>
        1e-9 * spec.MicroBatch * model.Sequence / spec.Context * 6.0 * model.Vocabulary / spec.Tensor;

    // GELU: before and behind it; gated: gate, up and their product.
    private static double Kept(ModelSpec model) => model.FfnMatrices == 3 ? 3 : 2;

    private static double ValueKept(ModelSpec model) => model.LatentAttention is null ? Model.KvWidth(model) : Model.ValueWidth(model);

    // Each token stands at the experts chosen with a copy of its input; shared experts work like an ordinary feed-forward part.
    private static double ExpertsPerToken(ModelSpec model, ParallelismSpec spec, double h, double t)
    {
        double width = Model.ExpertFfn(model);
        // Tokens are cut over the tensor ranks too when experts are not: then a GPU sees tokens/t·k of them whole.
        double ways = spec.Expert > 1 && Parallelism.ExpertTensor(spec) < spec.Tensor ? t : Parallelism.ExpertTensor(spec);
        return model.ActiveExperts * (Number * h + Kept(model) * Number * width) / ways + model.SharedExperts * Kept(model) * Number * width / t;
    }
}
