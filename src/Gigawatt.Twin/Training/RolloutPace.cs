namespace Gigawatt.Training;

/// <summary>How fast a job of reinforcement learning goes in a campus and what holds it up, worked out once.</summary>
/// <remarks>
/// Rollout and learner work side by side, at most <see cref="ReinforcementLearningSpec.StalenessRatio"/> batches apart. In updates a second: rollouts alone could
/// min(places, cap)/mean time/batch, the learner alone 1/(batch tokens/(G_t·τ) + weights), live users their tokens over those of a batch; the least of them is the
/// pace, and a side that could do more waits. With fewer GPUs than the job wants all but the users slow down in proportion. Not modelled: the pace of a single
/// update, the day of the users, a split that follows the GPUs that are there.
/// </remarks>
public sealed class RolloutPace
{
    private readonly double usersTokensPerS;

    /// <summary>Works the pace out.</summary>
    /// <param name="spec">What is learnt; its GPUs are those of the job.</param>
    /// <param name="gpus">GPUs of the job.</param>
    /// <param name="users">People from whom it learns; null when its environment is a program.</param>
    public RolloutPace(ReinforcementLearningSpec spec, int gpus, LiveUsersSpec? users)
    {
        Spec = spec with { Gpus = Math.Max(2, gpus) };
        Users = users;
        RolloutGpus = Math.Min(ReinforcementLearning.RolloutGpus(Spec), Spec.Gpus - 1);
        LearnerGpus = Spec.Gpus - RolloutGpus;
        BatchTokensRatio = ReinforcementLearning.BatchTokensRatio(Spec);
        double answers = Math.Min(ReinforcementLearning.Places(Spec, RolloutGpus), Math.Max(1, Spec.StalenessRatio) * Spec.BatchGroups * Spec.GroupAnswers);
        double rolloutPerS = answers / RolloutPool.MeanS(Spec.Rollout) / (Spec.BatchGroups * Spec.GroupAnswers);
        double learnerPerS = 1 / (BatchTokensRatio / (LearnerGpus * Spec.LearnerTokensPerGpuS) + Spec.SyncS);
        usersTokensPerS = users is { } people ? LiveUsers.UsableTokensPerS(people) : double.PositiveInfinity;
        double ownPerS = Math.Min(rolloutPerS, learnerPerS), usersPerS = usersTokensPerS / BatchTokensRatio;
        UpdatesPerS = Math.Min(ownPerS, usersPerS);
        OwnTokensPerGpuS = ownPerS * BatchTokensRatio / Spec.Gpus;
        BoundName = usersPerS <= ownPerS ? "live users" : rolloutPerS <= learnerPerS ? "rollout" : "learner";
        WaitingFraction = (RolloutGpus * (1 - UpdatesPerS / rolloutPerS) + LearnerGpus * (1 - UpdatesPerS / learnerPerS)) / Spec.Gpus;
    }

    /// <summary>What is learnt.</summary>
    public ReinforcementLearningSpec Spec { get; }

    /// <summary>People from whom it learns; null when its environment is a program.</summary>
    public LiveUsersSpec? Users { get; }

    /// <summary>GPUs that answer.</summary>
    public int RolloutGpus { get; }

    /// <summary>GPUs that learn.</summary>
    public int LearnerGpus { get; }

    /// <summary>Tokens of one update.</summary>
    public double BatchTokensRatio { get; }

    /// <summary>Updates a second with all GPUs of the job at full speed.</summary>
    public double UpdatesPerS { get; }

    /// <summary>Tokens a second of it.</summary>
    public double TokensPerS => UpdatesPerS * BatchTokensRatio;

    /// <summary>Tokens a second of one GPU of the job, however few users there are.</summary>
    public double OwnTokensPerGpuS { get; }

    /// <summary>Share of the job's GPU-time in which its side waits for the other one or for users.</summary>
    public double WaitingFraction { get; }

    /// <summary>What sets the pace: "rollout", "learner" or "live users".</summary>
    public string BoundName { get; }

    /// <summary>Tokens of a stretch of computing: those of its GPUs, at most what users wrote meanwhile.</summary>
    /// <param name="earnedGpuS">GPU-time at full speed.</param>
    /// <param name="computingS">How long it lasted.</param>
    public double TokensRatio(double earnedGpuS, double computingS) => Users is null
        ? OwnTokensPerGpuS * earnedGpuS
        : Math.Min(OwnTokensPerGpuS * earnedGpuS, usersTokensPerS * computingS);

    /// <summary>Turns of users, or answers to a program, behind so many tokens.</summary>
    public double InteractionsRatio(double tokensRatio) => tokensRatio / (Users is { } people ? people.TokensRatio * people.UsableFraction : Spec.AnswerTokensRatio);
}

/// <summary>What a job of reinforcement learning has come to.</summary>
public struct RolloutState
{
    /// <summary>Tokens learnt since the last checkpoint.</summary>
    public double ProvisionalRatio;

    /// <summary>Tokens learnt and made safe.</summary>
    public double TokensRatio;
}

/// <summary>Counts what a job learns.</summary>
public static class RolloutCount
{
    /// <summary>One step: tokens are provisional until the job's checkpoint makes their work safe, and are lost with it.</summary>
    /// <param name="pace">The job's pace.</param>
    /// <param name="state">What it has come to.</param>
    /// <param name="step">What the job did.</param>
    /// <param name="heldGpus">GPUs it holds.</param>
    /// <param name="provisionalGpuS">Its work that is not safe, after the step.</param>
    public static void Advance(RolloutPace pace, ref RolloutState state, in JobStep step, int heldGpus, double provisionalGpuS)
    {
        state.ProvisionalRatio += pace.TokensRatio(step.EarnedGpuS, step.ComputingGpuS / (heldGpus > 0 ? heldGpus : pace.Spec.Gpus));
        double doneGpuS = step.CommittedGpuS + step.LostGpuS;
        if (doneGpuS <= 0) { return; }
        double each = state.ProvisionalRatio / (doneGpuS + provisionalGpuS);
        state.TokensRatio += each * step.CommittedGpuS;
        state.ProvisionalRatio = each * provisionalGpuS;
    }
}
