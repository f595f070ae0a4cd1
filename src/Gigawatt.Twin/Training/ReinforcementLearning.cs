using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>Reinforcement learning after pre-training: GPUs that answer (rollouts) and GPUs that learn from the answers.</summary>
/// <remarks>The answers of a group are taken to end together. Not modelled: reward models that need GPUs of their own, failures, evaluation, rollouts continued across versions.</remarks>
public sealed record ReinforcementLearningSpec : ISelfChecking
{
    /// <summary>GPUs of the job, rollout and learner together; 0 stands for those of the job of a campus that carries it.</summary>
    [Default(Grade.E, "none: a study says it, in a campus it is the job's")]
    public int Gpus { get; init => field = (int)Check.Within(value, 2, 100_000_000); }

    /// <summary>GPUs of them that roll out; the best split when absent.</summary>
    public int? RolloutGpus { get; init => field = value is { } given ? Check.AtLeastOne(given) : null; }

    /// <summary>Tokens that one rollout GPU writes in a second.</summary>
    public required double RolloutTokensPerGpuS { get; init => field = Check.Positive(value); }

    /// <summary>Tokens that one learner GPU learns from in a second.</summary>
    [Default(Grade.B, "Megatron-Bridge 26.06, table of performance: Llama 3.1 405B pre-training on GB200 in FP8 (NVIDIA, 2026)")]
    public double LearnerTokensPerGpuS { get; init => field = Check.Positive(value); } = 843;

    /// <summary>Groups of answers that one update takes.</summary>
    [Default(Grade.E, "assumption: 512")]
    public int BatchGroups { get; init => field = Check.AtLeastOne(value); } = 512;

    /// <summary>Answers of one group.</summary>
    [Default(Grade.E, "assumption: 8")]
    public int GroupAnswers { get; init => field = Check.AtLeastOne(value); } = 8;

    /// <summary>Tokens of one answer.</summary>
    [Default(Grade.E, "assumption: 4,096")]
    public double AnswerTokensRatio { get; init => field = Check.Positive(value); } = 4096;

    /// <summary>How long answers take.</summary>
    public RolloutTimeSpec Rollout { get; init; } = new();

    /// <summary>Time to bring new weights to the rollout GPUs.</summary>
    [Default(Grade.E, "assumption: 10 s")]
    public double SyncS { get; init => field = Check.NotNegative(value); } = 10;

    /// <summary>Versions that an answer may be behind the weights that learn from it; groups in flight stay below as many batches.</summary>
    [Default(Grade.E, "assumption: 2")]
    public double StalenessRatio { get; init => field = Check.Positive(value); } = 2;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (Gpus > 0 && RolloutGpus >= Gpus) { yield return new(nameof(RolloutGpus), FormattableString.Invariant($"fewer than the {Gpus} GPUs of the job, so that some learn"), FormattableString.Invariant($"{RolloutGpus}")); }
    }
}

/// <summary>One synchronous step: everybody answers, everybody learns, everybody gets the weights.</summary>
/// <param name="RolloutS">Until the last answer is written.</param>
/// <param name="LearnS">Until the update is made.</param>
/// <param name="SyncS">Until the weights are where they belong.</param>
/// <param name="BusyFraction">Share of the rollout's time in which the places of its batch work.</param>
public readonly record struct SynchronousStep(double RolloutS, double LearnS, double SyncS, double BusyFraction)
{
    /// <summary>The whole step.</summary>
    public double StepS => RolloutS + LearnS + SyncS;
}

/// <summary>How fast a job of reinforcement learning goes, and what bounds it.</summary>
public static class ReinforcementLearning
{
    /// <summary>Tokens of one update.</summary>
    public static double BatchTokensRatio(ReinforcementLearningSpec spec) => (double)spec.BatchGroups * spec.GroupAnswers * spec.AnswerTokensRatio;

    /// <summary>Tokens a second when rollout and learner work side by side: the slower of them, min(G_r·r, G_t·τ).</summary>
    public static double TokensPerS(ReinforcementLearningSpec spec, int rolloutGpus) =>
        Math.Min(rolloutGpus * spec.RolloutTokensPerGpuS, (spec.Gpus - rolloutGpus) * spec.LearnerTokensPerGpuS);

    /// <summary>Rollout GPUs at which neither side waits: G_r/G_t = τ/r, as near as whole GPUs come.</summary>
    public static int BestRolloutGpus(ReinforcementLearningSpec spec)
    {
        double exact = spec.Gpus * spec.LearnerTokensPerGpuS / (spec.RolloutTokensPerGpuS + spec.LearnerTokensPerGpuS);
        int below = (int)Math.Limit(Math.Floor(exact), 1, spec.Gpus - 1), above = Math.Min(below + 1, spec.Gpus - 1);
        return TokensPerS(spec, above) > TokensPerS(spec, below) ? above : below;
    }

    /// <summary>Rollout GPUs of the job: those it says, or the best split.</summary>
    public static int RolloutGpus(ReinforcementLearningSpec spec) => spec.RolloutGpus ?? BestRolloutGpus(spec);

    /// <summary>A synchronous step on all GPUs, which take turns at answering and learning.</summary>
    /// <remarks>Longest rollout + batch/(GPUs · τ) + weights. The rollout runs in waves when the places are fewer than the answers.</remarks>
    public static SynchronousStep Synchronous(ReinforcementLearningSpec spec)
    {
        int answers = spec.BatchGroups * spec.GroupAnswers;
        double places = Places(spec, spec.Gpus), longestS = RolloutPool.LongestS(spec.Rollout, answers);
        double meanS = RolloutPool.MeanS(spec.Rollout);
        // Full places work through the batch; the last answer to begin, or the longest, then ends it.
        double rolloutS = Math.Max(longestS, meanS * answers / places + (answers > places ? longestS - meanS : 0));
        double usedPlaces = Math.Min(places, answers);
        return new SynchronousStep(rolloutS, BatchTokensRatio(spec) / (spec.Gpus * spec.LearnerTokensPerGpuS), spec.SyncS, meanS * answers / (usedPlaces * rolloutS));
    }

    /// <summary>Answers that so many rollout GPUs write at the same time: their tokens a second over those of one answer (Little's law).</summary>
    public static double Places(ReinforcementLearningSpec spec, int rolloutGpus) =>
        rolloutGpus * spec.RolloutTokensPerGpuS * RolloutPool.MeanS(spec.Rollout) / spec.AnswerTokensRatio;
}
