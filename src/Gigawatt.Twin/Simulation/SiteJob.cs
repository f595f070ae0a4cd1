using Gigawatt.Scenarios;
using Gigawatt.Training;

namespace Gigawatt.Simulation;

/// <summary>A job as the run goes.</summary>
public sealed class SiteJob
{
    private readonly string[] labels;

    /// <summary>A job of the scenario.</summary>
    /// <param name="spec">Its declaration.</param>
    /// <param name="pace">What its plan makes of it; null without a plan.</param>
    /// <param name="group">Index of the rack group it must run on, or -1 for any.</param>
    /// <param name="groups">Rack groups of the campus.</param>
    /// <param name="from">First day of the run.</param>
    public SiteJob(JobSpec spec, TrainingPace? pace, int group, int groups, DateOnly from)
    {
        Pace = pace;
        PowerRatio = pace?.AboveIdleRatio ?? 1;
        Spec = JobPaces.With(spec.Job, pace);
        Plan = new JobPlan(Spec);
        Learning = spec.Reinforcement is { } learnt ? new RolloutPace(learnt, spec.Job.Gpus, spec.LiveUsers) : null;
        Share = new GpuShare(group, groups);
        State = TrainingJob.Begin(Plan, from.ToDateTime(TimeOnly.MinValue));
        labels = [.. Plan.CauseNames.Select((name, i) => i == Plan.TakenCause || (i == 0 && Spec.FailureRecord is null) ? Spec.Name : $"{Spec.Name} ({name})")];
    }

    /// <summary>The job's declaration, with the utilisation and the wave of its plan.</summary>
    public TrainingJobSpec Spec { get; }

    /// <summary>What its plan makes of it; null without a plan.</summary>
    public TrainingPace? Pace { get; }

    /// <summary>Power above idle while it computes, over that of steady training: less where a plan says that it waits and communicates much.</summary>
    public double PowerRatio { get; }

    /// <summary>Its pace when it is reinforcement learning.</summary>
    public RolloutPace? Learning { get; }

    /// <summary>What it has learnt.</summary>
    public RolloutState Learnt;

    /// <summary>What it needs at every event.</summary>
    public JobPlan Plan { get; }

    /// <summary>Its GPUs of the rack groups.</summary>
    public GpuShare Share { get; }

    /// <summary>What it remembers.</summary>
    public TrainingJobState State;

    /// <summary>Its luck.</summary>
    public JobLuck Luck;

    /// <summary>What became of its GPUs in this step.</summary>
    public JobStep Step;

    /// <summary>What became of its GPUs since the run began.</summary>
    public JobStep Total;

    /// <summary>Unplanned interruptions so far.</summary>
    public int Interruptions
    {
        get
        {
            int sum = 0;
            foreach (int count in State.Memory.ByCause) { sum += count; }
            return sum;
        }
    }

    /// <summary>Times it stopped for a more important job.</summary>
    public int Preemptions;

    /// <summary>Relays or a blackout took its power: it loses its GPUs in the next step.</summary>
    public bool IsDropped;

    /// <summary>A more important job needs its GPUs: it is asked to stop.</summary>
    public bool IsAsked;

    /// <summary>GPUs that it could have in this step and that are too few for it.</summary>
    public int ShortGpus;

    /// <summary>What interrupted it, for the record of events.</summary>
    public string Label(int cause) => cause < 0 ? Spec.Name : labels[cause];
}
