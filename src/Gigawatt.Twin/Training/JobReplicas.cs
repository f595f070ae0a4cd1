namespace Gigawatt.Training;

/// <summary>Replicas of a model that go on without the one that failed.</summary>
/// <remarks>
/// FT-HSDP, arXiv 2602.00277. A replica is out until its failure is found, its node replaced and the replica back in step; without a spare node it waits for one.
/// When the last one fails, or a failure strikes a restart, all restart together. Not modelled: reconfiguration of the other replicas.
/// </remarks>
internal static class JobReplicas
{
    /// <summary>A replica drops out.</summary>
    public static void Drop(ref JobMoment at, double detectS, bool takesNode)
    {
        ref TrainingJobState state = ref at.State;
        if (state.Phase == JobPhase.Computing) { at.Fall(state.SizeGpus / at.Plan.Spec.Replicas); }
        state.OutReplicas++;
        if (takesNode) { state.HeldGpus = Math.Min(state.HeldGpus, at.HealthyGpus); }
        if (takesNode && state.HeldGpus < state.SizeGpus) { state.WaitingReplicas++; }
        else { Expect(ref at, detectS + (takesNode && !at.Offer.SwapsInside ? at.Plan.Spec.SwapS : 0)); }
    }

    /// <summary>Nodes that were missing are offered again: replicas that waited for them are on their way back.</summary>
    public static void Mend(ref JobMoment at)
    {
        ref TrainingJobState state = ref at.State;
        if (state.WaitingReplicas == 0) { return; }
        state.HeldGpus = Math.Min(state.SizeGpus, at.HealthyGpus);
        int missing = (state.SizeGpus - state.HeldGpus + at.Offer.NodeGpus - 1) / at.Offer.NodeGpus;
        while (state.WaitingReplicas > missing)
        {
            state.WaitingReplicas--;
            Expect(ref at, at.Plan.Spec.SwapS);
        }
    }

    /// <summary>The first of those on their way is back.</summary>
    public static void Return(ref JobMoment at)
    {
        ref TrainingJobState state = ref at.State;
        double[] back = state.Memory.BackAtS;
        int returning = state.OutReplicas - state.WaitingReplicas, first = 0;
        for (int i = 1; i < returning; i++)
        {
            if (back[i] < back[first]) { first = i; }
        }
        back[first] = back[returning - 1];
        state.OutReplicas--;
        state.ReplicaBackAtS = double.PositiveInfinity;
        for (int i = 0; i < returning - 1; i++) { state.ReplicaBackAtS = Math.Min(state.ReplicaBackAtS, back[i]); }
        if (state.Phase == JobPhase.Computing) { at.Rise(state.SizeGpus / at.Plan.Spec.Replicas); }
    }

    /// <summary>All replicas restart together.</summary>
    public static void Forget(ref TrainingJobState state) =>
        (state.OutReplicas, state.WaitingReplicas, state.ReplicaBackAtS) = (0, 0, double.PositiveInfinity);

    private static void Expect(ref JobMoment at, double inS)
    {
        ref TrainingJobState state = ref at.State;
        double backAtS = state.ClockS + inS + at.Plan.Spec.ReplicaRestartS;
        state.Memory.BackAtS[state.OutReplicas - state.WaitingReplicas - 1] = backAtS;
        state.ReplicaBackAtS = Math.Min(state.ReplicaBackAtS, backAtS);
    }
}
