using Gigawatt.Compute;
using Gigawatt.Reliability;

namespace Gigawatt.Training;

/// <summary>The job's equations: from event to event, exact inside a step of any length.</summary>
/// <remarks>
/// A run lets it pass step by step; a study lets it pass from one return of a mended node to the next. What strikes it is in <see cref="JobFailures"/>, what it
/// saves in <see cref="JobSaving"/>, what becomes of its time in <see cref="JobAccount"/>.
/// </remarks>
public static class TrainingJob
{
    /// <summary>The job at the beginning of a run.</summary>
    public static TrainingJobState Begin(JobPlan plan, DateTime runStart)
    {
        TrainingJobSpec spec = plan.Spec;
        double toStartS = Math.Max(0, (spec.Start.ToDateTime(TimeOnly.MinValue) - runStart).TotalSeconds);
        const double never = double.PositiveInfinity;
        return new TrainingJobState
        {
            ToStartS = toStartS,
            ToEndS = spec.End is { } end ? Math.Max(0, (end.AddDays(1).ToDateTime(TimeOnly.MinValue) - runStart).TotalSeconds) : never,
            RestartsFromStorage = true,
            LocalAtS = -1,
            CommitAtS = never,
            CorruptAtS = never,
            FoundAtS = never,
            ReplicaBackAtS = never,
            BornBadAtS = spec.NewBatch is { WeakFraction: > 0, BatchFraction: > 0 } ? double.NaN : never,
            EarlyHazard = spec.NewBatch is { } batch ? InfantMortality.ExpectedPerGpu(batch, batch.AgeS) : 0,
            EarlyFromS = toStartS,
            PlannedAtS = toStartS + plan.PlannedEveryS / 2,
            EvaluateAtS = toStartS + plan.EvaluateEveryS / 2,
            Memory = new JobMemory(spec.RetainedCheckpoints, spec.Replicas, plan.CauseNames.Count),
        };
    }

    /// <summary>GPUs the job wants now: none before its first day and after its end.</summary>
    public static int WantedGpus(TrainingJobSpec spec, in TrainingJobState state) =>
        state.ToStartS > 0 || state.Phase == JobPhase.Ended ? 0 : spec.Gpus;

    /// <summary>Mean time at risk between events that stop a job of so many GPUs; infinite when nothing fails.</summary>
    public static double MeanTimeBetweenFailuresS(TrainingJobSpec spec, int gpus) => FailureCauses.MtbfS(JobPlan.FailuresOf(spec), gpus);

    /// <summary>Time of a restart from storage with so many GPUs.</summary>
    /// <remarks>By the table up to 98,000 GPUs; in proportion to size beyond it (assumption).</remarks>
    public static double RestartS(TrainingJobSpec spec, int gpus) => spec.RestartS ?? Goodput.ColdRestartS(gpus);

    /// <summary>Model arithmetic that one GPU does in a second of work at full speed.</summary>
    public static double TflopPerGpuS(TrainingJobSpec spec, GpuSpec gpu) =>
        spec.MfuFraction * Gpu.PeakTflopPerS(gpu, spec.Precision);

    /// <summary>Tokens that one GPU trains in a second of work at full speed; none when the model is not said.</summary>
    /// <remarks>The utilisation counts attention too, so a token costs a sample's arithmetic over its length.</remarks>
    public static double TokensPerGpuS(TrainingJobSpec spec, GpuSpec gpu) => spec.Trains is { } model
        ? TflopPerGpuS(spec, gpu) * model.Sequence / Model.TflopPerSample(model)
        : 0;

    /// <summary>GPUs a job takes of those that can work: all it wants, or whole copies of the model; none when they are too few.</summary>
    public static int FittingGpus(TrainingJobSpec spec, int gpus)
    {
        if (gpus >= spec.Gpus) { return spec.Gpus; }
        int whole = spec.CopyGpus is { } copy ? gpus - gpus % copy : gpus;
        return whole >= (spec.MinGpus ?? spec.Gpus) ? whole : 0;
    }

    /// <summary>Lets one step pass.</summary>
    /// <param name="plan">The job.</param>
    /// <param name="state">What it remembers.</param>
    /// <param name="luck">Its luck.</param>
    /// <param name="stepS">Length of the step.</param>
    /// <param name="offer">What it is given for the step.</param>
    /// <param name="events">Room for what happened; further events are counted in the step but not told.</param>
    /// <param name="eventCount">How many events were told.</param>
    public static JobStep Advance(
        JobPlan plan, ref TrainingJobState state, ref JobLuck luck, double stepS, in JobOffer offer, Span<JobEvent> events, out int eventCount)
    {
        JobMoment at = new(plan, ref state, ref luck, offer, events);
        if (double.IsNaN(state.BornBadAtS)) { JobFailures.DrawEarly(ref at); }
        JobFailures.TakeAway(ref at);
        JobReplicas.Mend(ref at);
        while (at.NowS < stepS && !at.IsOver)
        {
            Decide(ref at);
            Next(ref at, stepS);
        }
        eventCount = at.EventCount;
        return JobAccount.Close(ref at);
    }

    /// <summary>Takes back work that was counted on and not done.</summary>
    /// <returns>What could be taken: no more than is provisional.</returns>
    public static double TakeBack(ref TrainingJobState state, double workGpuS)
    {
        double takenGpuS = Math.Min(state.ProvisionalGpuS, workGpuS);
        state.ProvisionalGpuS -= takenGpuS;
        state.PendingGpuS = Math.Min(state.PendingGpuS, state.ProvisionalGpuS);
        state.LocalGpuS = Math.Min(state.LocalGpuS, state.ProvisionalGpuS);
        return takenGpuS;
    }

    // The next event: the clock moves to it, and it happens. Failures first, then what a phase does at its end.
    private static void Next(ref JobMoment at, double stepS)
    {
        ref TrainingJobState state = ref at.State;
        bool canFail = CanFail(state.Phase), computes = state.Phase == JobPhase.Computing;
        double rate = !canFail ? 0 : state.OutReplicas == 0 ? state.EventsPerS : state.EventsPerS * (1 - (double)state.OutReplicas / at.Plan.Spec.Replicas);
        if (state.HazardToFailure <= 0) { state.HazardToFailure = at.Luck.Failures.NextExponential(); }
        double toFailureS = rate > 0 ? state.HazardToFailure / rate : double.PositiveInfinity;
        double toPhaseEndS = HasLength(state.Phase) ? state.PhaseLeftS : double.PositiveInfinity;
        double toDateS = state.ToStartS > 0 ? state.ToStartS : state.ToEndS > 0 ? state.ToEndS : double.PositiveInfinity;
        double nextAtS = Math.Min(Math.Min(state.CommitAtS, state.FoundAtS), state.ReplicaBackAtS);
        if (canFail) { nextAtS = Math.Min(nextAtS, state.BornBadAtS); }
        if (computes) { nextAtS = Math.Min(nextAtS, Math.Min(state.PlannedAtS, state.EvaluateAtS)); }
        double toOtherS = Math.Max(0, nextAtS - state.ClockS);
        double restS = stepS - at.NowS;
        double spanS = Math.Min(Math.Min(Math.Min(restS, toDateS), Math.Min(toPhaseEndS, toFailureS)), toOtherS);

        JobAccount.Spend(ref at, spanS);
        at.NowS = spanS == restS ? stepS : at.NowS + spanS;
        state.ClockS += spanS;
        state.ToStartS = Math.Max(0, state.ToStartS - spanS);
        state.ToEndS = Math.Max(0, state.ToEndS - spanS);
        state.PhaseLeftS -= spanS;
        if (spanS == toFailureS)
        {
            state.HazardToFailure = 0;
            JobFailures.Strike(ref at);
            return;
        }
        state.HazardToFailure = Math.Max(double.Epsilon, state.HazardToFailure - rate * spanS);
        if (spanS == toPhaseEndS) { EndPhase(ref at); }
        else if (spanS == toOtherS) { Fall(ref at, nextAtS, canFail); }
    }

    // What has a time of its own, beside the phases.
    private static void Fall(ref JobMoment at, double dueAtS, bool canFail)
    {
        ref TrainingJobState state = ref at.State;
        if (dueAtS == state.CommitAtS) { JobSaving.Commit(ref at, state.PendingGpuS, state.PendingAtS); }
        else if (dueAtS == state.FoundAtS) { JobFailures.FindCorruption(ref at); }
        else if (dueAtS == state.ReplicaBackAtS) { JobReplicas.Return(ref at); }
        else if (canFail && dueAtS == state.BornBadAtS) { JobFailures.FailEarly(ref at); }
        else if (dueAtS == state.PlannedAtS)
        {
            state.PlannedAtS = After(dueAtS, at.Plan.PlannedEveryS, state.ClockS);
            JobSaving.SaveLast(ref at, AfterSave.Stop);
        }
        else
        {
            state.EvaluateAtS = After(dueAtS, at.Plan.EvaluateEveryS, state.ClockS);
            state.ComputeLeftS = state.PhaseLeftS;
            at.Leave(JobPhase.Evaluating, at.Plan.Spec.Evaluation!.LastsS);
        }
    }

    // The next time of a cadence; those that a long pause swallowed are not made up for.
    private static double After(double dueAtS, double everyS, double clockS) => dueAtS + everyS * (1 + Math.Floor((clockS - dueAtS) / everyS));

    // What does not wait for time: starting when there are GPUs, stopping when asked to.
    private static void Decide(ref JobMoment at)
    {
        ref TrainingJobState state = ref at.State;
        bool mustStop = at.MustStop;
        switch (state.Phase)
        {
            case JobPhase.Waiting or JobPhase.Paused when state.ToEndS <= 0:
                Stop(ref at);
                break;
            case JobPhase.Waiting or JobPhase.Paused when !mustStop && state.ToStartS <= 0 && !at.Offer.HoldsStart:
                Start(ref at);
                break;
            case JobPhase.Detecting or JobPhase.Swapping or JobPhase.Restarting or JobPhase.Planned when mustStop:
                Stop(ref at);
                break;
            case JobPhase.Computing or JobPhase.Evaluating or JobPhase.Stalled when mustStop:
                JobSaving.SaveLast(ref at, AfterSave.Compute);
                state.StopsAfterCheckpoint = true;
                break;
            case JobPhase.Checkpointing:
                state.StopsAfterCheckpoint = mustStop;
                break;
        }
    }

    private static void EndPhase(ref JobMoment at)
    {
        ref TrainingJobState state = ref at.State;
        switch (state.Phase)
        {
            // Replicas that are out stay out.
            case JobPhase.Planned when state.OutReplicas > 0 && state.HeldGpus > 0:
                Restart(ref at);
                break;
            case JobPhase.Detecting or JobPhase.Planned:
                Start(ref at);
                break;
            case JobPhase.Swapping:
                Restart(ref at);
                break;
            case JobPhase.Restarting:
                state.HoldsLocal = true;
                at.Compute(JobSaving.NextS(at));
                if (!state.HasStarted) { at.Tell(JobEventKind.Started, state.HeldGpus); }
                else if (state.IsResuming) { at.Tell(JobEventKind.Resumed, state.HeldGpus); }
                else if (state.LastGpus != state.HeldGpus) { at.Tell(JobEventKind.Resized, state.HeldGpus); }
                (state.HasStarted, state.IsResuming, state.LastGpus) = (true, false, state.HeldGpus);
                break;
            case JobPhase.Stalled or JobPhase.Evaluating:
                at.Compute(state.ComputeLeftS);
                break;
            case JobPhase.Computing:
                JobSaving.Save(ref at);
                break;
            case JobPhase.Checkpointing:
                if (JobSaving.Saved(ref at)) { GoOn(ref at); }
                break;
        }
    }

    // A checkpoint to storage is finished.
    private static void GoOn(ref JobMoment at)
    {
        ref TrainingJobState state = ref at.State;
        AfterSave after = state.After;
        state.After = AfterSave.Compute;
        if (state.StopsAfterCheckpoint) { Stop(ref at); }
        else if (after == AfterSave.Stop)
        {
            state.PlannedStops++;
            state.RestartsFromStorage = true;
            at.Tell(JobEventKind.Planned, state.HeldGpus);
            at.Enter(JobPhase.Planned, at.Plan.Spec.Maintenance!.LastsS);
        }
        else if (after == AfterSave.Grow)
        {
            state.RestartsFromStorage = true;
            Start(ref at);
        }
        else { at.Compute(JobSaving.NextS(at)); }
    }

    // Takes the GPUs that fit, replaces a failed node if that is what makes it whole, and restarts.
    private static void Start(ref JobMoment at)
    {
        ref TrainingJobState state = ref at.State;
        TrainingJobSpec spec = at.Plan.Spec;
        int gpus = FittingGpus(spec, at.HealthyGpus);
        state.HeldGpus = gpus;
        if (gpus == 0)
        {
            state.Phase = JobPhase.Waiting;
            return;
        }
        if (gpus != state.SizeGpus)
        {
            state.SizeGpus = gpus;
            state.EventsPerS = at.Plan.EventsPerS(gpus);
            state.IntervalS = at.Plan.IntervalAtS(gpus);
        }
        bool swaps = state.NeedsSwap && gpus >= spec.Gpus && spec.SwapS > 0 && !at.Offer.SwapsInside;
        state.NeedsSwap = false;
        if (swaps) { at.Enter(JobPhase.Swapping, spec.SwapS); }
        else { Restart(ref at); }
    }

    private static void Restart(ref JobMoment at)
    {
        ref TrainingJobState state = ref at.State;
        state.RestartS = at.Plan.RestartAtS(state.SizeGpus, state.RestartsFromStorage);
        state.RestartedAtS = state.ClockS;
        at.Enter(JobPhase.Restarting, state.RestartS);
    }

    private static void Stop(ref JobMoment at)
    {
        ref TrainingJobState state = ref at.State;
        bool isOver = state.ToEndS <= 0;
        at.Tell(isOver ? JobEventKind.Ended : JobEventKind.Paused, state.HeldGpus);
        state.Phase = isOver ? JobPhase.Ended : JobPhase.Paused;
        state.HeldGpus = 0;
        state.IsResuming = true;
        state.StopsAfterCheckpoint = false;
        state.RestartsFromStorage = true;
        JobReplicas.Forget(ref state);
    }

    private static bool HasLength(JobPhase phase) => phase is not (JobPhase.Waiting or JobPhase.Paused or JobPhase.Ended);

    private static bool CanFail(JobPhase phase) => phase is JobPhase.Restarting or JobPhase.Computing or JobPhase.Checkpointing or JobPhase.Evaluating;
}
