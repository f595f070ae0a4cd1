using Gigawatt.Training;

namespace Gigawatt.Tests.Training;

/// <summary>100 GPUs that never fail unless told to: restart 100 s, compute 800 s, checkpoint 60 s, compute 800 s, …</summary>
internal sealed class LivedJob
{
    private readonly JobEvent[] events = new JobEvent[64];
    private readonly JobPlan plan;
    public TrainingJobState State;
    public JobLuck Luck;

    public LivedJob(TrainingJobSpec spec, double failsAtS = double.PositiveInfinity)
    {
        plan = new JobPlan(spec);
        State = TrainingJob.Begin(plan, new DateTime(2025, 1, 1));
        Luck = JobLuck.For(1, 0, spec.Name);
        // So near the first failure is, if the job is at risk all the time until then.
        if (double.IsFinite(failsAtS)) { State.HazardToFailure = failsAtS * plan.EventsPerS(spec.Gpus); }
    }

    public static TrainingJobSpec Calm { get; } = new()
    {
        Name = "calm",
        Start = new DateOnly(2025, 1, 1),
        Gpus = 100,
        FailuresPerGpuS = 0,
        CheckpointIntervalS = 800,
        CheckpointS = 60,
        DetectS = 40,
        RestartS = 100,
    };

    /// <summary>The same that fails once in three years, or when it is told to, and loses no node.</summary>
    public static TrainingJobSpec Frail { get; } = Calm with { FailuresPerGpuS = 1e-10, RepairFraction = 0 };

    public List<JobEvent> Events { get; } = [];

    public JobStep Total;

    public double NowS { get; private set; }

    public JobStep Until(double untilS, int gpus = 100, bool mayRun = true, bool inside = false)
    {
        JobOffer offer = new(gpus, 1, mayRun, 8) { SwapsInside = inside };
        JobStep step = TrainingJob.Advance(plan, ref State, ref Luck, untilS - NowS, offer, events, out int count);
        for (int i = 0; i < count; i++) { Events.Add(events[i] with { OffsetS = NowS + events[i].OffsetS }); }
        Total.Add(step);
        NowS = untilS;
        return step;
    }
}
