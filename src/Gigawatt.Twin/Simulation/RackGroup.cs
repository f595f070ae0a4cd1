using Gigawatt.Reliability;
using Gigawatt.Scenarios;
using Gigawatt.Training;

namespace Gigawatt.Simulation;

/// <summary>A group of identical racks as the run goes: how many are there, how many are live, what their GPUs do.</summary>
public sealed class RackGroup(RackGroupSpec spec)
{
    /// <summary>The group's declaration.</summary>
    public RackGroupSpec Spec { get; } = spec;

    /// <summary>GPUs in one rack.</summary>
    public int GpusPerRack { get; } = Compute.Rack.Gpus(spec.Rack);

    /// <summary>Power of one rack with every GPU at TDP.</summary>
    public double FullMw { get; } = Compute.Rack.FullMw(spec.Rack);

    /// <summary>Power of one rack switched on without a job.</summary>
    public double IdleMw { get; } = Compute.Rack.IdleMw(spec.Rack);

    /// <summary>Racks delivered.</summary>
    public int Delivered;

    /// <summary>Racks through commissioning.</summary>
    public int Commissioned;

    /// <summary>Racks live on the planning basis.</summary>
    public int Live;

    /// <summary>Racks of those that are off because power or cooling ran short or their circuit failed.</summary>
    public int Shed;

    /// <summary>Racks whose circuit has failed and that nothing else feeds.</summary>
    public int Dark;

    /// <summary>Nodes in repair.</summary>
    public FailurePopulationState Repair;

    /// <summary>Mean repair time of the jobs whose nodes are there.</summary>
    public double MeanRepairS = 86400;

    /// <summary>Where repair times come from.</summary>
    public Numerics.Stream RepairLuck;

    /// <summary>GPUs of this step that can work and no job has been offered yet.</summary>
    public int FreeGpus;

    /// <summary>GPU-seconds of this step in steady training.</summary>
    public double BusyGpuS;

    /// <summary>GPU-seconds of this step loaded but waiting.</summary>
    public double StallGpuS;

    /// <summary>GPU-seconds offered to jobs in this step.</summary>
    public double OfferedGpuS;

    /// <summary>Racks that are switched on.</summary>
    public int On => Live - Shed;

    /// <summary>GPUs in repair, at most those that are on.</summary>
    public int RepairGpus => Math.Min(Repair.InRepairUnits * Spec.Rack.NodeGpus, On * GpusPerRack);
}

/// <summary>A job as the run goes.</summary>
public sealed class SiteJob(JobSpec spec, TrainingPace? pace, int group, int groups)
{
    /// <summary>The job's declaration, with the utilisation and the wave of its plan.</summary>
    public TrainingJobSpec Spec { get; } = JobPaces.With(spec.Job, pace);

    /// <summary>What its plan makes of it; null without a plan.</summary>
    public TrainingPace? Pace { get; } = pace;

    /// <summary>Its GPUs of the rack groups.</summary>
    public GpuShare Share { get; } = new(group, groups);

    /// <summary>What it remembers.</summary>
    public TrainingJobState State;

    /// <summary>Its pace when it is reinforcement learning.</summary>
    public RolloutPace? Learning { get; } = spec.Reinforcement is { } learnt ? new RolloutPace(learnt, spec.Job.Gpus, spec.LiveUsers) : null;

    /// <summary>What it has learnt.</summary>
    public RolloutState Learnt;

    /// <summary>Its luck.</summary>
    public Numerics.Stream Luck;

    /// <summary>What became of its GPUs in this step.</summary>
    public JobStep Step;

    /// <summary>Interruptions so far.</summary>
    public int Interruptions;

    /// <summary>Progress made safe so far.</summary>
    public double UsefulGpuS;

    /// <summary>Relays or a blackout took its power: it loses its GPUs in the next step.</summary>
    public bool IsDropped;
}
