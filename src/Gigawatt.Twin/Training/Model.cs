using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>A transformer language model: its shape, and so the arithmetic that one token of training costs.</summary>
/// <remarks>
/// Decoder layers of attention and a feed-forward part; the latter may be experts of which a router picks some for each token.
/// Not modelled: encoders, pictures, state-space layers, prediction of several tokens at once, the arithmetic of the optimiser step.
/// </remarks>
[Catalog("models")]
public sealed record ModelSpec : ISelfChecking
{
    private const double CountTolerance = 0.02;

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>Parameters in all, as published; the shape must count to it within 2 %.</summary>
    public required long Parameters { get; init => field = (long)Check.Positive(value); }

    /// <summary>Parameters that one token meets, as published; fewer than all in a mixture of experts.</summary>
    public long? ActiveParameters { get; init => field = value is { } active ? (long)Check.Positive(active) : null; }

    /// <summary>Transformer layers.</summary>
    public required int Layers { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Width of the model.</summary>
    public required int Hidden { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Attention heads of one layer.</summary>
    public required int Heads { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Heads that hold keys and values; as many as all heads when not given.</summary>
    public int? KvHeads { get; init => field = value is { } heads ? Check.AtLeastOne(heads) : null; }

    /// <summary>Width of one head; the width of the model over the heads when not given.</summary>
    public int? HeadWidth { get; init => field = value is { } width ? Check.AtLeastOne(width) : null; }

    /// <summary>Attention whose keys and values are squeezed through a narrow latent vector; ordinary when absent.</summary>
    public LatentAttentionSpec? LatentAttention { get; init; }

    /// <summary>Width of the feed-forward part; of its layers without experts in a mixture of experts.</summary>
    public required int Ffn { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Matrices of the feed-forward part: 3 when gated (SwiGLU), else 2.</summary>
    [Default(Grade.A, "SwiGLU, N. Shazeer, arXiv 2002.05202 (2020): gate, up and down projection")]
    public int FfnMatrices { get; init => field = (int)Check.Within(value, 2, 3); } = 3;

    /// <summary>Experts of a layer among which the router chooses; 0 in a dense model.</summary>
    [Default(Grade.E, "assumption: a dense model")]
    public int Experts { get; init => field = Check.NotNegative(value); }

    /// <summary>Experts that one token is sent to (top-k).</summary>
    [Default(Grade.A, "Switch Transformer, arXiv 2101.03961: one expert a token")]
    public int ActiveExperts { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>Experts that every token meets besides.</summary>
    [Default(Grade.E, "assumption: none")]
    public int SharedExperts { get; init => field = Check.NotNegative(value); }

    /// <summary>Width of one expert; that of the feed-forward part when not given.</summary>
    public int? ExpertFfn { get; init => field = value is { } width ? Check.AtLeastOne(width) : null; }

    /// <summary>First layers that have no experts.</summary>
    [Default(Grade.E, "assumption: experts in every layer of a mixture of experts")]
    public int DenseLayers { get; init => field = Check.NotNegative(value); }

    /// <summary>Entries of the vocabulary as trained, with padding.</summary>
    public required int Vocabulary { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Whether the tables of input and output are one.</summary>
    [Default(Grade.E, "assumption: two tables, as in Llama 3")]
    public bool TiedEmbedding { get; init; }

    /// <summary>Whether matrices and norms carry bias vectors and positions are learned, as in GPT-3.</summary>
    [Default(Grade.E, "assumption: none, as in Llama 3")]
    public bool Biases { get; init; }

    /// <summary>Whether activations are dropped at random in training, which stores their masks.</summary>
    [Default(Grade.E, "assumption: none, as in Llama 3")]
    public bool Dropout { get; init; }

    /// <summary>Tokens of one training sample.</summary>
    public required int Sequence { get; init => field = Check.AtLeastOne(value); }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (ActiveParameters > Parameters)
        {
            yield return new Contradiction(
                nameof(ActiveParameters), FormattableString.Invariant($"at most the {Parameters} of the whole model"),
                FormattableString.Invariant($"{ActiveParameters}"));
        }
        if (Heads % Model.KvHeads(this) != 0)
        {
            yield return new Contradiction(
                nameof(KvHeads), FormattableString.Invariant($"a divisor of the {Heads} heads"), FormattableString.Invariant($"{KvHeads}"));
        }
        if (HeadWidth is null && LatentAttention is null && Hidden % Heads != 0)
        {
            yield return new Contradiction(
                nameof(Heads), FormattableString.Invariant($"a divisor of the width {Hidden}, or a width of heads"), FormattableString.Invariant($"{Heads}"));
        }
        if (Experts > 0 && ActiveExperts > Experts)
        {
            yield return new Contradiction(
                nameof(ActiveExperts), FormattableString.Invariant($"at most the {Experts} experts"), FormattableString.Invariant($"{ActiveExperts}"));
        }
        if (DenseLayers > Layers)
        {
            yield return new Contradiction(
                nameof(DenseLayers), FormattableString.Invariant($"at most the {Layers} layers"), FormattableString.Invariant($"{DenseLayers}"));
        }
        // A model that says how many of its parameters are active but not its experts has a shape that does not count to its size.
        if (Experts == 0 && ActiveParameters is not null) { yield break; }
        long counted = Model.CountParameters(this);
        if (Math.Abs((double)counted / Parameters - 1) > CountTolerance)
        {
            yield return new Contradiction(
                nameof(Parameters), FormattableString.Invariant($"within 2 % of what the shape counts to, {counted}"),
                FormattableString.Invariant($"{Parameters}"));
        }
    }
}

/// <summary>Attention whose queries, keys and values pass through narrow latent vectors (multi-head latent attention).</summary>
/// <remarks>DeepSeek-V2, arXiv 2405.04434, section 2.1.</remarks>
public sealed record LatentAttentionSpec
{
    /// <summary>Width of the latent vector of queries.</summary>
    public required int QueryRank { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Width of the latent vector of keys and values.</summary>
    public required int KvRank { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Width of a head's query and key without position.</summary>
    public required int KeyWidth { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Width of the part of query and key that carries position.</summary>
    public required int PositionWidth { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Width of a head's value.</summary>
    public required int ValueWidth { get; init => field = Check.AtLeastOne(value); }
}

/// <summary>What is counted as the arithmetic of a model, which says what a utilisation (MFU) means.</summary>
public enum FlopConvention
{
    /// <summary>The attention matrix whole: Narayanan et al. (SC21), MLPerf, most published utilisations.</summary>
    FullAttention,

    /// <summary>The causal half of the attention matrix alone: what a good kernel computes.</summary>
    CausalAttention,

    /// <summary>6 for each parameter that a token meets, attention over the sequence left out.</summary>
    SixPerParameter,
}

/// <summary>What a model counts to: parameters and arithmetic.</summary>
public static class Model
{
    /// <summary>Heads that hold keys and values.</summary>
    public static int KvHeads(ModelSpec spec) => spec.LatentAttention is null ? spec.KvHeads ?? spec.Heads : spec.Heads;

    /// <summary>Width of all queries together; of the model, unless heads have a width of their own.</summary>
    public static long QueryWidth(ModelSpec spec) => spec.LatentAttention is { } latent
        ? (long)spec.Heads * (latent.KeyWidth + latent.PositionWidth)
        : (long)spec.Heads * (spec.HeadWidth ?? spec.Hidden / spec.Heads);

    /// <summary>Width of all values together that attention gives out.</summary>
    public static long ValueWidth(ModelSpec spec) => spec.LatentAttention is { } latent ? (long)spec.Heads * latent.ValueWidth : QueryWidth(spec);

    /// <summary>Width of the keys, and of the values, that a token leaves behind.</summary>
    public static long KvWidth(ModelSpec spec) => spec.LatentAttention is null ? QueryWidth(spec) * KvHeads(spec) / spec.Heads : QueryWidth(spec);

    /// <summary>Width of one expert.</summary>
    public static int ExpertFfn(ModelSpec spec) => spec.ExpertFfn ?? spec.Ffn;

    /// <summary>Layers with experts.</summary>
    public static int ExpertLayers(ModelSpec spec) => spec.Experts > 0 ? spec.Layers - spec.DenseLayers : 0;

    /// <summary>Parameters of the matrices of one attention.</summary>
    /// <remarks>h·(queries + 2·keys) + values·h; latent: down and up projections of DeepSeek-V2.</remarks>
    public static long AttentionParameters(ModelSpec spec)
    {
        long h = spec.Hidden;
        if (spec.LatentAttention is not { } latent) { return h * (QueryWidth(spec) + 2 * KvWidth(spec)) + ValueWidth(spec) * h; }
        return h * latent.QueryRank + latent.QueryRank * QueryWidth(spec) + h * (latent.KvRank + latent.PositionWidth)
            + (long)latent.KvRank * spec.Heads * (latent.KeyWidth + latent.ValueWidth) + ValueWidth(spec) * h;
    }

    /// <summary>Parameters of the matrices of one feed-forward part without experts.</summary>
    public static long FeedForwardParameters(ModelSpec spec) => (long)spec.FfnMatrices * spec.Hidden * spec.Ffn;

    /// <summary>Parameters of the matrices of one expert.</summary>
    public static long ExpertParameters(ModelSpec spec) => (long)spec.FfnMatrices * spec.Hidden * ExpertFfn(spec);

    /// <summary>Parameters of the matrix that chooses experts.</summary>
    public static long RouterParameters(ModelSpec spec) => (long)spec.Hidden * spec.Experts;

    /// <summary>Parameters of the norms and biases of one layer.</summary>
    /// <remarks>Two norms of h; with biases 13·h for a feed-forward part of 4·h: 4h of norms, 4h of attention, 5h of the rest.</remarks>
    public static long VectorParameters(ModelSpec spec)
    {
        long latent = spec.LatentAttention is { } narrow ? narrow.QueryRank + narrow.KvRank : 0;
        return spec.Biases ? 5L * spec.Hidden + QueryWidth(spec) + 2 * KvWidth(spec) + spec.Hidden + spec.Ffn : 2L * spec.Hidden + latent;
    }

    /// <summary>Parameters of one table of the vocabulary.</summary>
    public static long TableParameters(ModelSpec spec) => (long)spec.Hidden * spec.Vocabulary;

    /// <summary>Parameters that the shape counts to.</summary>
    public static long CountParameters(ModelSpec spec)
    {
        int expertLayers = ExpertLayers(spec);
        return spec.Layers * (AttentionParameters(spec) + VectorParameters(spec)) + (spec.Layers - expertLayers) * FeedForwardParameters(spec)
            + expertLayers * ((spec.Experts + spec.SharedExperts) * ExpertParameters(spec) + RouterParameters(spec)) + EndParameters(spec);
    }

    /// <summary>Parameters that one token meets, tables included: as published, or else what the shape counts to.</summary>
    public static long ActiveParameters(ModelSpec spec) =>
        spec.ActiveParameters ?? (spec.Experts == 0 ? spec.Parameters : CountActiveParameters(spec));

    /// <summary>Parameters that one token meets by the shape, tables included.</summary>
    public static long CountActiveParameters(ModelSpec spec) => CountParameters(spec)
        - ExpertLayers(spec) * Math.Max(0, spec.Experts - spec.ActiveExperts) * ExpertParameters(spec);

    /// <summary>Training arithmetic of one token, forward and backward: 6 for each parameter it meets.</summary>
    /// <remarks>
    /// Kaplan et al., arXiv 2001.08361 (2020). Leaves out attention over the sequence: 7 % low for Llama 3.1 405B.
    /// </remarks>
    public static double TflopPerToken(ModelSpec spec) => 6e-12 * ActiveParameters(spec);

    /// <summary>Training arithmetic of one sample of full sequence length, as utilisation (MFU) is commonly counted.</summary>
    /// <remarks>
    /// 6·(L·P + h·V)·s + 12·L·s²·h, with P = 2h² + 2h·(width of keys and values) + (2 or 3)·h·ffn; the attention matrix
    /// is counted whole, not its causal half (Narayanan et al., SC21, appendix). In a mixture of experts P holds the router and the experts that a
    /// token meets; a model without named experts takes 6·(active parameters)·s for the first term.
    /// </remarks>
    public static double TflopPerSample(ModelSpec spec) => TflopPerSample(spec, FlopConvention.FullAttention);

    /// <summary>Training arithmetic of one sample, forward and backward, in a stated convention; nothing computed twice.</summary>
    public static double TflopPerSample(ModelSpec spec, FlopConvention convention) => convention == FlopConvention.SixPerParameter
        ? TflopPerToken(spec) * spec.Sequence
        : 3 * ForwardTflopPerSample(spec, convention);

    /// <summary>Arithmetic of the forward pass of one sample: a third of training.</summary>
    public static double ForwardTflopPerSample(ModelSpec spec, FlopConvention convention = FlopConvention.FullAttention) =>
        convention == FlopConvention.SixPerParameter
            ? TflopPerToken(spec) * spec.Sequence / 3
            : LayersTflopPerToken(spec) * spec.Sequence + AttentionTflopPerSample(spec, convention) + HeadTflopPerToken(spec) * spec.Sequence;

    /// <summary>What the hardware computes for one training sample, the second forward pass of recomputation included (HFU counts it, MFU does not).</summary>
    /// <remarks>Full: the layers' forward pass again, 96·B·s·L·h²(…) of Narayanan et al. for 72·…; selective: the core of attention again.</remarks>
    public static double HardwareTflopPerSample(ModelSpec spec, Recompute recompute, FlopConvention convention = FlopConvention.FullAttention) =>
        TflopPerSample(spec, convention) + recompute switch
        {
            Recompute.Full => ForwardTflopPerSample(spec, convention) - HeadTflopPerToken(spec) * spec.Sequence,
            Recompute.Selective => AttentionTflopPerSample(spec, convention),
            _ => 0,
        };

    /// <summary>Forward arithmetic of one token in the matrices of all layers.</summary>
    public static double LayersTflopPerToken(ModelSpec spec)
    {
        if (spec.Experts == 0 && spec.ActiveParameters is { } active) { return 2e-12 * active - HeadTflopPerToken(spec); }
        int expertLayers = ExpertLayers(spec);
        return 2e-12 * ((double)spec.Layers * AttentionParameters(spec) + (double)(spec.Layers - expertLayers) * FeedForwardParameters(spec)
            + (double)expertLayers * ((spec.ActiveExperts + spec.SharedExperts) * ExpertParameters(spec) + RouterParameters(spec)));
    }

    /// <summary>Forward arithmetic of one token in the output table.</summary>
    public static double HeadTflopPerToken(ModelSpec spec) => 2e-12 * TableParameters(spec);

    /// <summary>Forward arithmetic of one sample in the core of attention of all layers: queries with keys, weights with values.</summary>
    public static double AttentionTflopPerSample(ModelSpec spec, FlopConvention convention = FlopConvention.FullAttention)
    {
        double whole = 2e-12 * spec.Layers * (double)spec.Sequence * spec.Sequence * (QueryWidth(spec) + ValueWidth(spec));
        return convention switch { FlopConvention.FullAttention => whole, FlopConvention.CausalAttention => whole / 2, _ => 0 };
    }

    // Tables, learned positions and the last norm.
    private static long EndParameters(ModelSpec spec) => TableParameters(spec) * (spec.TiedEmbedding ? 1 : 2)
        + (spec.Biases ? (long)spec.Hidden * spec.Sequence + 2 * spec.Hidden : spec.Hidden);
}
