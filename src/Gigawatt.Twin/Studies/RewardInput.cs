using Gigawatt.Numerics;
using Gigawatt.Training;

namespace Gigawatt.Studies;

/// <summary>Optimising a reward that stands for another one: laws, an exact small case, and a training on synthetic users.</summary>
public sealed record RewardInput : ISelfChecking
{
    /// <summary>What is studied.</summary>
    public required string Name { get; init; }

    /// <summary>Laws of over-optimisation; the first one is the headline.</summary>
    public IReadOnlyList<OverOptimisationLaw> Laws { get; init; } = [];

    /// <summary>A small policy whose optimum under a KL penalty is computed exactly.</summary>
    public RewardChoiceSpec? Choice { get; init; }

    /// <summary>Synthetic users to train on; absent for a training that follows the first law.</summary>
    public SyntheticUsersSpec? Users { get; init; }

    /// <summary>The training and its stop rule.</summary>
    public RewardTrainingSpec Training { get; init; } = new();

    /// <summary>Number that fixes the chance of the labels.</summary>
    [Default(Grade.E, "assumption: any number will do")]
    public long Seed { get; init; } = 1;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (Laws.Count == 0) { yield return new(nameof(Laws), "a law such as '{ method: rl, alpha: 1, beta: 0.3 }'", "none"); }
        if (Training.EngagementFactor + Training.EmpathyFactor <= 0) { yield return new(nameof(Training), "a weight above 0 for engagement or empathy", "0 for both"); }
    }
}
