using Gigawatt.Reliability;

namespace Gigawatt.Training;

/// <summary>What strikes a job, and what it does to it.</summary>
/// <remarks>
/// The causes share one exponential clock of hazard, used up at the momentary rate. A flap that retries absorb only stalls the job; silent corruption takes it back,
/// when it is found, to the newest checkpoint from before it; anything else stops it, and may take a node.
/// </remarks>
internal static class JobFailures
{
    /// <summary>Fewer GPUs are offered than the job holds, or some were taken: without notice, so it is a failure.</summary>
    public static void TakeAway(ref JobMoment at)
    {
        ref TrainingJobState state = ref at.State;
        if (at.Offer.TakenGpus == 0 && state.HeldGpus <= at.HealthyGpus) { return; }
        if (state.Phase == JobPhase.Planned)
        {
            state.HeldGpus = Math.Min(state.HeldGpus, at.HealthyGpus);
            return;
        }
        if (state.Phase is JobPhase.Waiting or JobPhase.Paused or JobPhase.Ended)
        {
            if (state.Phase == JobPhase.Waiting && state.HasStarted) { Count(ref at, at.Plan.TakenCause, 0); }
            return;
        }
        state.NeedsSwap |= at.Offer.TakenGpus > 0 && at.HealthyGpus >= at.Plan.Spec.Gpus;
        Interrupt(ref at, at.Plan.TakenCause, Math.Min(state.HeldGpus, at.HealthyGpus), local: false);
    }

    /// <summary>The clock of all causes rang: which cause, and what it does.</summary>
    public static void Strike(ref JobMoment at)
    {
        ref TrainingJobState state = ref at.State;
        JobPlan plan = at.Plan;
        int cause = 0;
        if (plan.Rising.Length > 1)
        {
            double draw = at.Luck.Causes.NextUniform();
            while (cause < plan.Rising.Length - 1 && draw >= plan.Rising[cause]) { cause++; }
        }
        if (plan.FlapS[cause] > 0)
        {
            double lengthS = at.Luck.Causes.NextExponential() * plan.FlapS[cause];
            if (lengthS <= plan.RetryS[cause])
            {
                state.Flaps++;
                if (state.Phase != JobPhase.Computing) { return; }
                state.ComputeLeftS = state.PhaseLeftS;
                at.Leave(JobPhase.Stalled, lengthS);
                return;
            }
        }
        if (plan.SilentS[cause] > 0)
        {
            if (!double.IsInfinity(state.CorruptAtS)) { return; }
            (state.CorruptAtS, state.SilentCause) = (state.ClockS, cause);
            state.FoundAtS = state.ClockS + at.Luck.Causes.NextExponential() * plan.SilentS[cause];
            return;
        }
        Fail(ref at, cause, at.Luck.Failures.NextUniform() < plan.TakesNode[cause]);
    }

    /// <summary>A GPU of a new batch fails.</summary>
    public static void FailEarly(ref JobMoment at)
    {
        DrawEarly(ref at);
        Fail(ref at, at.Plan.EarlyCause, takesNode: true);
    }

    /// <summary>When the next GPU of a new batch fails, counted from the job's first day.</summary>
    public static void DrawEarly(ref JobMoment at)
    {
        ref TrainingJobState state = ref at.State;
        InfantMortalitySpec batch = at.Plan.Spec.NewBatch!;
        state.EarlyHazard += at.Luck.Early.NextExponential() / (at.Plan.Spec.Gpus * batch.BatchFraction);
        state.BornBadAtS = state.EarlyFromS + InfantMortality.AgeS(batch, state.EarlyHazard) - batch.AgeS;
    }

    /// <summary>Corruption is found: every checkpoint since then is of no use.</summary>
    public static void FindCorruption(ref JobMoment at)
    {
        ref TrainingJobState state = ref at.State;
        if (!state.Memory.DropSince(state.CorruptAtS)) { state.BegunAnew++; }
        at.Step.Failures++;
        bool runs = state.Phase is JobPhase.Computing or JobPhase.Checkpointing or JobPhase.Restarting or JobPhase.Stalled or JobPhase.Evaluating;
        if (runs) { Interrupt(ref at, state.SilentCause, state.HeldGpus, local: false); }
        else { Count(ref at, state.SilentCause, JobSaving.FallBack(ref at, local: false)); }
        (state.CorruptAtS, state.FoundAtS) = (double.PositiveInfinity, double.PositiveInfinity);
    }

    private static void Fail(ref JobMoment at, int cause, bool takesNode)
    {
        ref TrainingJobState state = ref at.State;
        TrainingJobSpec spec = at.Plan.Spec;
        at.Step.Failures++;
        if (takesNode)
        {
            at.Step.NodesFailed++;
            at.HealthyGpus = Math.Max(0, at.HealthyGpus - at.Offer.NodeGpus);
            at.IsOver = at.Offer.EndsWhenANodeFails;
        }
        if (spec.Replicas > 1 && state.OutReplicas < spec.Replicas - 1 && state.Phase is JobPhase.Computing or JobPhase.Checkpointing)
        {
            Count(ref at, cause, 0);
            JobReplicas.Drop(ref at, at.Plan.DetectS[cause], takesNode);
        }
        else
        {
            state.NeedsSwap |= takesNode;
            int kept = takesNode ? Math.Max(0, state.HeldGpus - at.Offer.NodeGpus) : state.HeldGpus;
            bool local = spec.LocalCheckpoint is { } level && state.HoldsLocal && at.Luck.Causes.NextUniform() < level.RecoversFraction;
            Interrupt(ref at, cause, kept, local);
        }
        if (takesNode) { at.Tell(JobEventKind.NodeFailed, at.Offer.NodeGpus, cause); }
    }

    private static void Interrupt(ref JobMoment at, int cause, int keptGpus, bool local)
    {
        ref TrainingJobState state = ref at.State;
        Count(ref at, cause, JobSaving.FallBack(ref at, local));
        if (state.Phase == JobPhase.Computing) { at.Fall(state.ActiveGpus); }
        state.NeedsSwap |= state.WaitingReplicas > 0;
        JobReplicas.Forget(ref state);
        state.HeldGpus = keptGpus;
        state.StopsAfterCheckpoint = false;
        state.After = AfterSave.Compute;
        double detectS = at.Plan.DetectS[cause];
        at.Enter(JobPhase.Detecting, state.Phase == JobPhase.Detecting ? Math.Max(state.PhaseLeftS, detectS) : detectS);
    }

    private static void Count(ref JobMoment at, int cause, double lostGpuS)
    {
        at.State.Memory.ByCause[cause]++;
        at.Tell(JobEventKind.Interrupted, lostGpuS / 3600, cause);
    }
}
