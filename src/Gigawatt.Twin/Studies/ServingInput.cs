using Gigawatt.Economics;
using Gigawatt.Numerics;
using Gigawatt.Training;

namespace Gigawatt.Studies;

/// <summary>A pool that serves, who comes to it, and what else its GPUs could do.</summary>
public sealed record ServingInput : ISelfChecking
{
    /// <summary>What is studied.</summary>
    public required string Name { get; init; }

    /// <summary>Frontiers, that of the pool's GPUs first.</summary>
    public IReadOnlyList<ServingFrontierSpec> Frontiers { get; init; } = [];

    /// <summary>Models on GPUs without a published frontier; they follow the published ones.</summary>
    public IReadOnlyList<ServingLawSpec> Laws { get; init; } = [];

    /// <summary>Who comes.</summary>
    public required ServingDemandSpec Demand { get; init; }

    /// <summary>The GPUs and the promise.</summary>
    public required ServingPoolSpec Pool { get; init; }

    /// <summary>Reinforcement learning beside the pool; absent for none.</summary>
    public ReinforcementLearningSpec? Rl { get; init; }

    /// <summary>People from whom it learns; absent when its environment is a program.</summary>
    public LiveUsersSpec? LiveUsers { get; init; }

    /// <summary>Contracts for capacity.</summary>
    public IReadOnlyList<RentalContract> Rentals { get; init; } = [];

    /// <summary>Worth of a GPU-hour in own use, which a contract has to beat.</summary>
    [Default(Grade.C, "H100 on one-year contracts, March 2026: 2.35 USD/h (aggregator)")]
    public double OwnUsdPerGpuS { get; init => field = Check.NotNegative(value); } = 2.35 / 3600;

    /// <summary>Updates simulated to find the age of answers.</summary>
    [Default(Grade.E, "assumption: 300")]
    public int Updates { get; init => field = (int)Check.Within(value, 10, 100_000); } = 300;

    /// <summary>Number that fixes all chance.</summary>
    [Default(Grade.E, "assumption: any number will do")]
    public long Seed { get; init; } = 1;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (Frontiers.Count + Laws.Count == 0) { yield return new(nameof(Frontiers), "a frontier such as 'model: gb200-deepseek-r1', or a law", "neither"); }
        if (Rl is { Gpus: 0 }) { yield return new(nameof(Rl), "the GPUs of the job, in 'gpus'", "none"); }
        if (LiveUsers is not null && Rl is null) { yield return new(nameof(LiveUsers), "a job of reinforcement learning ('rl') that learns from them", "none"); }
    }
}
