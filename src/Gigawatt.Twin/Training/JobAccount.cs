namespace Gigawatt.Training;

/// <summary>Books what becomes of a job's GPU-time between two events.</summary>
internal static class JobAccount
{
    /// <summary>A span passes in which nothing happens.</summary>
    public static void Spend(ref JobMoment at, double spanS)
    {
        ref TrainingJobState state = ref at.State;
        ref JobStep step = ref at.Step;
        ref JobTimes times = ref state.Times;
        double heldGpuS = state.HeldGpus * spanS;
        double unheldGpuS = (at.HealthyGpus - state.HeldGpus) * spanS;
        switch (state.Phase)
        {
            case JobPhase.Computing:
                Compute(ref at, heldGpuS, spanS);
                break;
            case JobPhase.Checkpointing:
                step.CheckpointGpuS += heldGpuS;
                times.CheckpointS += spanS;
                break;
            case JobPhase.Detecting:
                step.DetectionGpuS += heldGpuS;
                times.DetectionS += spanS;
                break;
            case JobPhase.Swapping:
                step.SwappingGpuS += heldGpuS;
                times.SchedulingS += spanS;
                break;
            case JobPhase.Restarting:
                Restart(ref at, spanS);
                break;
            case JobPhase.Stalled:
                step.NetworkGpuS += heldGpuS;
                times.NetworkS += spanS;
                break;
            case JobPhase.Evaluating:
                step.EvaluationGpuS += heldGpuS;
                times.EvaluationS += spanS;
                break;
            case JobPhase.Planned:
                step.PlannedGpuS += heldGpuS;
                times.PlannedS += spanS;
                break;
            case JobPhase.Waiting:
                times.SchedulingS += spanS;
                break;
        }
        if (!at.Offer.IsAsked && (state.Phase == JobPhase.Paused || !at.Offer.MayRun)) { step.PausedGpuS += unheldGpuS; }
        else if (state.Phase == JobPhase.Waiting && (state.HasStarted || at.Offer.HoldsStart) && at.Offer.MayRun) { Lack(ref at, unheldGpuS, spanS); }
        else { step.WaitingGpuS += unheldGpuS; }
        step.FailedGpuS += (at.Offer.Gpus - at.HealthyGpus) * spanS;
    }

    /// <summary>The step as it was.</summary>
    public static JobStep Close(ref JobMoment at)
    {
        JobStep step = at.Step;
        TrainingJobSpec spec = at.Plan.Spec;
        double fullGpuS = step.ComputingGpuS * at.Offer.SpeedFraction;
        step.SlowGpuS = fullGpuS * spec.SlowFraction;
        step.DataGpuS = fullGpuS * spec.WaitingForDataFraction;
        step.ThrottledGpuS = step.ComputingGpuS - step.EarnedGpuS - step.SlowGpuS - step.DataGpuS;
        step.LengthS = at.NowS;
        return step;
    }

    private static void Compute(ref JobMoment at, double heldGpuS, double spanS)
    {
        ref TrainingJobState state = ref at.State;
        double activeGpuS = heldGpuS, activeS = spanS;
        if (state.OutReplicas > 0)
        {
            activeS = spanS * (1 - (double)state.OutReplicas / at.Plan.Spec.Replicas);
            activeGpuS = Math.Min(heldGpuS, state.SizeGpus * activeS);
            at.Step.SwappingGpuS += heldGpuS - activeGpuS;
            state.Times.SchedulingS += spanS - activeS;
        }
        double earnedGpuS = activeGpuS * at.Offer.SpeedFraction * at.Plan.EarningFraction;
        at.Step.ComputingGpuS += activeGpuS;
        at.Step.EarnedGpuS += earnedGpuS;
        state.ProvisionalGpuS += earnedGpuS;
        state.Times.ComputingS += activeS;
    }

    // Communicators come first, then the program, then the load.
    private static void Restart(ref JobMoment at, double spanS)
    {
        ref TrainingJobState state = ref at.State;
        double fromS = state.RestartS - state.PhaseLeftS, toS = fromS + spanS;
        double joinedS = state.RestartS * Goodput.CommunicatorsFraction(state.SizeGpus);
        double loadsS = joinedS + (state.RestartS - joinedS) * (1 - at.Plan.Spec.LoadFraction);
        double joiningS = Math.Max(0, Math.Min(toS, joinedS) - fromS), loadingS = Math.Max(0, toS - Math.Max(fromS, loadsS));
        double startingS = Math.Max(0, spanS - joiningS - loadingS);
        at.Step.CommunicatorsGpuS += state.HeldGpus * joiningS;
        at.Step.StartupGpuS += state.HeldGpus * startingS;
        at.Step.LoadGpuS += state.HeldGpus * loadingS;
        state.Times.CommunicatorsS += joiningS;
        state.Times.StartupS += startingS;
        state.Times.LoadS += loadingS;
    }

    // Spares are more than the job lacks.
    private static void Lack(ref JobMoment at, double unheldGpuS, double spanS)
    {
        double lackingGpuS = Math.Min(unheldGpuS, at.Plan.Spec.Gpus * spanS);
        at.Step.LackingGpuS += lackingGpuS;
        at.Step.WaitingGpuS += unheldGpuS - lackingGpuS;
    }
}
