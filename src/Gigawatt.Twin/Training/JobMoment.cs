namespace Gigawatt.Training;

/// <summary>A job in the midst of a step: what its equations share while the step runs.</summary>
internal ref struct JobMoment
{
    public readonly JobPlan Plan;
    public readonly JobOffer Offer;
    public readonly Span<JobEvent> Events;
    public ref TrainingJobState State;
    public ref JobLuck Luck;
    public JobStep Step;
    public int EventCount;
    public int HealthyGpus;
    public double NowS;
    public bool IsOver;

    public JobMoment(JobPlan plan, ref TrainingJobState state, ref JobLuck luck, in JobOffer offer, Span<JobEvent> events)
    {
        (Plan, Offer, HealthyGpus) = (plan, offer, offer.Gpus);
        Events = events;
        State = ref state;
        Luck = ref luck;
    }

    /// <summary>The job has to stop cleanly.</summary>
    public readonly bool MustStop => State.ToEndS <= 0 || !Offer.MayRun;

    public void Rise(int gpus) => Step.RoseGpus = Math.Max(Step.RoseGpus, gpus);

    public void Fall(int gpus) => Step.FellGpus = Math.Max(Step.FellGpus, gpus);

    public void Tell(JobEventKind kind, double value, int cause = -1)
    {
        if (EventCount < Events.Length) { Events[EventCount++] = new JobEvent(NowS, kind, value, cause); }
    }

    /// <summary>A phase of fixed length begins.</summary>
    public readonly void Enter(JobPhase phase, double lengthS) => (State.Phase, State.PhaseLeftS) = (phase, lengthS);

    /// <summary>Computing stops and something else begins.</summary>
    public void Leave(JobPhase phase, double lengthS)
    {
        Fall(State.ActiveGpus);
        Enter(phase, lengthS);
    }

    /// <summary>Computing begins or goes on.</summary>
    public void Compute(double lengthS)
    {
        Rise(State.ActiveGpus);
        Enter(JobPhase.Computing, lengthS);
    }
}
