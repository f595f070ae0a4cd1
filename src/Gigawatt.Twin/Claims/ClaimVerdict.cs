using Gigawatt.Simulation;

namespace Gigawatt.Claims;

/// <summary>What a run or arithmetic says about a claim.</summary>
public enum Verdict
{
    /// <summary>It holds, within its tolerance.</summary>
    Supported,

    /// <summary>It does not hold.</summary>
    Contradicted,

    /// <summary>Neither can be said, and the reason says why.</summary>
    NotDecidable,
}

/// <summary>A claim held against a run or against arithmetic.</summary>
public sealed record ClaimVerdict
{
    /// <summary>Position in the scenario's list of claims, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>What was said, in words.</summary>
    public required string Says { get; init; }

    /// <summary>Who said it; empty when not given.</summary>
    public required string By { get; init; }

    /// <summary>The day it speaks of.</summary>
    public required DateOnly? On { get; init; }

    /// <summary>The value claimed, as people read it.</summary>
    public required string Claimed { get; init; }

    /// <summary>Whether it holds.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What the run or the arithmetic gave, with its unit; empty when nothing could be compared.</summary>
    public required string Found { get; init; }

    /// <summary>Why, in a sentence with numbers and the constraint responsible.</summary>
    public required string Reason { get; init; }

    /// <summary>What kept the run from the value; null when the claim holds or no constraint can be named.</summary>
    public Constraint? Constraint { get; init; }

    /// <summary>Power missing, for contradicted claims of power.</summary>
    public double? ShortfallMw { get; init; }

    /// <summary>First day on which the run reached the value; null when it never did, or when nothing was compared with days.</summary>
    public DateOnly? FirstDayReached { get; init; }

    /// <summary>Path of the claim in the scenario.</summary>
    public string Path => $"claims[{Index}]";
}
