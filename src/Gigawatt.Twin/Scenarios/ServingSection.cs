using Gigawatt.Numerics;
using Gigawatt.Training;

namespace Gigawatt.Scenarios;

/// <summary>Inference.</summary>
public sealed record ServingSection
{
    /// <summary>Pools of GPUs that answer users.</summary>
    public IReadOnlyList<PoolSpec> Pools { get; init; } = [];
}

/// <summary>A pool and when and where it may take GPUs.</summary>
/// <remarks>It takes what its demand needs, at most its <c>gpus</c>; the rest is left to users of GPUs of lower priority.</remarks>
public sealed record PoolSpec : ISelfChecking
{
    /// <summary>Name of the pool.</summary>
    public required string Name { get; init; }

    /// <summary>Users of GPUs of a higher priority get theirs first; of equals contracts, then serving pools, then jobs.</summary>
    [Default(Grade.E, "assumption: as important as a job that says nothing")]
    public int Priority { get; init; }

    /// <summary>First day.</summary>
    public required DateOnly Start { get; init; }

    /// <summary>Last day; none: until the run ends.</summary>
    public DateOnly? End { get; init; }

    /// <summary>Rack group it must run on; any when absent.</summary>
    [RefersTo("compute.racks")]
    public string? On { get; init; }

    /// <summary>Who pays.</summary>
    [Default(Grade.E, "assumption: users taken together")]
    public string Customer { get; init; } = "users";

    /// <summary>What it serves, to whom, and for how much.</summary>
    [Inline]
    public required ServedSpec Served { get; init; }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (End < Start) { yield return new(nameof(End), FormattableString.Invariant($"a day not before the start, {Start:yyyy-MM-dd}"), FormattableString.Invariant($"{End:yyyy-MM-dd}")); }
    }
}
