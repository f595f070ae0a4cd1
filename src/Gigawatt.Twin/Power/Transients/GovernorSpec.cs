using Gigawatt.Numerics;

namespace Gigawatt.Power.Transients;

/// <summary>Which governor a machine has: exactly one of the forms.</summary>
[Catalog("governors")]
public sealed record GovernorSpec : ISelfChecking
{
    /// <summary>What it is called.</summary>
    public string Title { get; init; } = "";

    /// <summary>A GAST gas turbine.</summary>
    public GastSpec? Gast { get; init; }

    /// <summary>A GGOV1 gas turbine or engine.</summary>
    public Ggov1Spec? Ggov1 { get; init; }

    /// <summary>A DEGOV1 engine.</summary>
    public Degov1Spec? Degov1 { get; init; }

    /// <summary>One lag, as in the classical frequency response model.</summary>
    public LagGovernorSpec? Lag { get; init; }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        int given = (Gast is null ? 0 : 1) + (Ggov1 is null ? 0 : 1) + (Degov1 is null ? 0 : 1) + (Lag is null ? 0 : 1);
        if (given != 1) { yield return new(nameof(Title), "one of gast, ggov1, degov1 and lag", given == 0 ? "none" : FormattableString.Invariant($"{given} of them")); }
    }
}
