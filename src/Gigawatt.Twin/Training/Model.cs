using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>A transformer language model: its shape, and so the arithmetic that one token of training costs.</summary>
/// <remarks>
/// Not modelled: memory for weights, optimizer and activations; checkpoint size; the arithmetic of the optimizer step.
/// </remarks>
[Catalog("models")]
public sealed record ModelSpec : ISelfChecking
{
    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>Parameters in all.</summary>
    public required long Parameters { get; init => field = (long)Check.Positive(value); }

    /// <summary>Parameters that one token meets; fewer than all in a mixture of experts.</summary>
    public long? ActiveParameters { get; init => field = value is { } active ? (long)Check.Positive(active) : null; }

    /// <summary>Transformer layers.</summary>
    public required int Layers { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Width of the model.</summary>
    public required int Hidden { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Attention heads of one layer.</summary>
    public required int Heads { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Heads that hold keys and values; as many as all heads when not given.</summary>
    public int? KvHeads { get; init => field = value is { } heads ? Check.AtLeastOne(heads) : null; }

    /// <summary>Width of the feed-forward part.</summary>
    public required int Ffn { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Matrices of the feed-forward part: 3 when gated (SwiGLU), else 2.</summary>
    [Default(Grade.A, "SwiGLU, N. Shazeer, arXiv 2002.05202 (2020): gate, up and down projection")]
    public int FfnMatrices { get; init => field = (int)Check.Within(value, 2, 3); } = 3;

    /// <summary>Entries of the vocabulary as trained, with padding.</summary>
    public required int Vocabulary { get; init => field = Check.AtLeastOne(value); }

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
    }
}

/// <summary>The arithmetic that training a model costs.</summary>
public static class Model
{
    /// <summary>Training arithmetic of one token, forward and backward: 6 for each parameter it meets.</summary>
    /// <remarks>
    /// Kaplan et al., arXiv 2001.08361 (2020). Leaves out attention over the sequence: 7 % low for Llama 3.1 405B.
    /// </remarks>
    public static double TflopPerToken(ModelSpec spec) => 6e-12 * (spec.ActiveParameters ?? spec.Parameters);

    /// <summary>Training arithmetic of one sample of full sequence length, as utilisation (MFU) is commonly counted.</summary>
    /// <remarks>
    /// 6·(L·P + h·V)·s + 12·L·s²·h, with P = 2h² + 2h·(width of keys and values) + (2 or 3)·h·ffn; the attention matrix
    /// is counted whole, not its causal half (Narayanan et al., SC21, appendix). In a mixture of experts
    /// 6·(active parameters)·s stands for the first term.
    /// </remarks>
    public static double TflopPerSample(ModelSpec spec)
    {
        double h = spec.Hidden, s = spec.Sequence, layers = spec.Layers;
        double kvWidth = h * (spec.KvHeads ?? spec.Heads) / spec.Heads;
        double perLayer = 2 * h * h + 2 * h * kvWidth + spec.FfnMatrices * h * spec.Ffn;
        double met = spec.ActiveParameters ?? layers * perLayer + h * spec.Vocabulary;
        return (6 * met * s + 12 * layers * s * s * h) * 1e-12;
    }
}
