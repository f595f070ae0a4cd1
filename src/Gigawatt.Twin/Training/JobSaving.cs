namespace Gigawatt.Training;

/// <summary>What a job saves, and what it falls back to.</summary>
/// <remarks>
/// A checkpoint to storage stops the job for the stall; the rest of its write goes on beside computing, and the work is safe when that ends. Local copies come
/// between those to storage. Before a stop the whole write is waited for. Safe work is counted from the beginning, provisional work from the newest checkpoint in storage.
/// </remarks>
internal static class JobSaving
{
    /// <summary>Time computing until the next checkpoint of any level.</summary>
    public static double NextS(in JobMoment at) => at.Plan.Spec.LocalCheckpoint is { } local ? at.State.IntervalS / local.PerStorage : at.State.IntervalS;

    /// <summary>An interval of computing is over.</summary>
    public static void Save(ref JobMoment at)
    {
        at.Fall(at.State.ActiveGpus);
        if (at.Plan.Spec.LocalCheckpoint is { } local) { Write(ref at, JobSave.Local, local.CheckpointS); }
        else { SaveToStorage(ref at); }
    }

    /// <summary>The job leaves off computing for a checkpoint whose end it waits for.</summary>
    public static void SaveLast(ref JobMoment at, AfterSave after)
    {
        if (at.State.Phase == JobPhase.Computing) { at.Fall(at.State.ActiveGpus); }
        Write(ref at, JobSave.Last, at.Plan.Spec.CheckpointS);
        at.State.After = after;
    }

    /// <summary>The time of a checkpoint is over; true when one in storage is finished and nothing else was begun.</summary>
    public static bool Saved(ref JobMoment at)
    {
        ref TrainingJobState state = ref at.State;
        switch (state.Saving)
        {
            case JobSave.Local:
                (state.LocalGpuS, state.LocalAtS) = (state.ProvisionalGpuS, state.SavedAtS);
                bool isFull = ++state.LocalCount >= at.Plan.Spec.LocalCheckpoint!.PerStorage;
                if (state.StopsAfterCheckpoint) { Write(ref at, JobSave.Last, at.Plan.Spec.CheckpointS); }
                else if (isFull) { SaveToStorage(ref at); }
                else { at.Compute(NextS(at)); }
                return false;
            case JobSave.Storage when at.Plan.WriteS > 0:
                state.LocalCount = 0;
                if (state.StopsAfterCheckpoint || state.After == AfterSave.Grow)
                {
                    (state.Saving, state.PhaseLeftS) = (JobSave.Last, at.Plan.WriteS);
                    return false;
                }
                (state.CommitAtS, state.PendingGpuS, state.PendingAtS) = (state.ClockS + at.Plan.WriteS, state.ProvisionalGpuS, state.SavedAtS);
                at.Compute(NextS(at));
                return false;
            default:
                state.LocalCount = 0;
                Commit(ref at, state.ProvisionalGpuS, state.SavedAtS);
                return true;
        }
    }

    /// <summary>A checkpoint in storage is finished: provisional work up to it is safe.</summary>
    public static void Commit(ref JobMoment at, double workGpuS, double takenAtS)
    {
        ref TrainingJobState state = ref at.State;
        at.Step.CommittedGpuS += workGpuS;
        state.ProvisionalGpuS -= workGpuS;
        state.SafeGpuS += workGpuS;
        state.LocalGpuS -= workGpuS;
        if (at.Plan.Spec.LocalCheckpoint is null || state.LocalGpuS < 0) { (state.LocalGpuS, state.LocalAtS) = (0, takenAtS); }
        state.Memory.Keep(state.SafeGpuS, takenAtS);
        state.CommitAtS = double.PositiveInfinity;
    }

    /// <summary>The job falls back to its newest local copy or to the newest kept checkpoint; returns the work lost, which may have been safe.</summary>
    public static double FallBack(ref JobMoment at, bool local)
    {
        ref TrainingJobState state = ref at.State;
        double undoneGpuS = local ? 0 : state.SafeGpuS - state.Memory.NewestGpuS;
        double lostGpuS = (local ? state.ProvisionalGpuS - state.LocalGpuS : state.ProvisionalGpuS) + undoneGpuS;
        at.Step.CommittedGpuS -= undoneGpuS;
        at.Step.LostGpuS += lostGpuS;
        state.SafeGpuS -= undoneGpuS;
        state.ProvisionalGpuS = local ? state.LocalGpuS : 0;
        double takenAtS = local ? state.LocalAtS : state.Memory.NewestAtS;
        if (!local) { (state.LocalGpuS, state.LocalAtS, state.LocalCount, state.HoldsLocal) = (0, takenAtS, 0, false); }
        state.RestartsFromStorage = !local;
        state.CommitAtS = double.PositiveInfinity;
        if (takenAtS < state.CorruptAtS) { (state.CorruptAtS, state.FoundAtS) = (double.PositiveInfinity, double.PositiveInfinity); }
        return lostGpuS;
    }

    private static void SaveToStorage(ref JobMoment at)
    {
        at.State.After = Grows(at) ? AfterSave.Grow : AfterSave.Compute;
        Write(ref at, JobSave.Storage, at.Plan.StallS);
    }

    // More of what it wants is offered, and its last restart is long enough ago.
    private static bool Grows(in JobMoment at) =>
        at.Plan.Spec.GrowEveryS is { } every && at.State.SizeGpus < at.Plan.Spec.Gpus && at.State.ClockS - at.State.RestartedAtS >= every
        && TrainingJob.FittingGpus(at.Plan.Spec, at.HealthyGpus) > at.State.SizeGpus;

    private static void Write(ref JobMoment at, JobSave kind, double lengthS)
    {
        (at.State.Saving, at.State.SavedAtS) = (kind, at.State.ClockS);
        at.Enter(JobPhase.Checkpointing, lengthS);
    }
}
