using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <content>Experts, and attention through latent vectors.</content>
public sealed partial record CalibrationRow
{
    /// <summary>Experts of a layer; 0 in a dense model.</summary>
    [Default(Grade.E, "assumption: a dense model")]
    public int Experts { get; init => field = Check.NotNegative(value); }

    /// <summary>Experts that one token is sent to.</summary>
    [Default(Grade.A, "Switch Transformer, arXiv 2101.03961: one expert a token")]
    public int ActiveExperts { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>Experts that every token meets besides.</summary>
    [Default(Grade.E, "assumption: none")]
    public int SharedExperts { get; init => field = Check.NotNegative(value); }

    /// <summary>Width of one expert; that of the feed-forward part when absent.</summary>
    public int? ExpertFfn { get; init => field = value is { } width ? Check.AtLeastOne(width) : null; }

    /// <summary>First layers that have no experts.</summary>
    [Default(Grade.E, "assumption: experts in every layer")]
    public int DenseLayers { get; init => field = Check.NotNegative(value); }

    /// <summary>Width of one head; the model's over the heads when absent.</summary>
    public int? HeadWidth { get; init => field = value is { } width ? Check.AtLeastOne(width) : null; }

    /// <summary>Width of the latent vector of queries; ordinary attention when absent.</summary>
    public int? QueryRank { get; init => field = value is { } width ? Check.AtLeastOne(width) : null; }

    /// <summary>Width of the latent vector of keys and values.</summary>
    public int? KvRank { get; init => field = value is { } width ? Check.AtLeastOne(width) : null; }

    /// <summary>Width of a head's query and key without position, beside latent vectors.</summary>
    public int? KeyWidth { get; init => field = value is { } width ? Check.AtLeastOne(width) : null; }

    /// <summary>Width of the part of query and key that carries position, beside latent vectors.</summary>
    public int? PositionWidth { get; init => field = value is { } width ? Check.AtLeastOne(width) : null; }

    /// <summary>Width of a head's value, beside latent vectors.</summary>
    public int? ValueWidth { get; init => field = value is { } width ? Check.AtLeastOne(width) : null; }

    /// <summary>Groups that the experts of a layer are spread over.</summary>
    [Default(Grade.E, "assumption: every copy holds all experts")]
    public int Expert { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>GPUs that share the matrices of one expert; one when experts are spread, as Megatron's recipes do.</summary>
    public int? ExpertTensor { get; init => field = value is { } ways ? Check.AtLeastOne(ways) : null; }

    private LatentAttentionSpec? Latent() => QueryRank is { } query && KvRank is { } kv && KeyWidth is { } key && PositionWidth is { } position && ValueWidth is { } value
        ? new LatentAttentionSpec { QueryRank = query, KvRank = kv, KeyWidth = key, PositionWidth = position, ValueWidth = value }
        : null;
}
