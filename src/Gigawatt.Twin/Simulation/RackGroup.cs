using Gigawatt.Reliability;
using Gigawatt.Scenarios;

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

    /// <summary>GPUs of one rack that jobs may use; the rest stands by for nodes of the same rack.</summary>
    public int SchedulablePerRack { get; } = spec.SchedulablePerRack ?? Compute.Rack.Gpus(spec.Rack);

    /// <summary>Who mends its nodes; null where only a mean time of repair is known.</summary>
    public RepairShop? Shop { get; } = spec.Repair is { } repair ? new RepairShop(repair, spec.RackCount * spec.Rack.NodeCount) : null;

    /// <summary>Nodes in repair, where only a mean time is known.</summary>
    public FailurePopulationState Repair;

    /// <summary>Mean repair time of the jobs whose nodes are there.</summary>
    public double MeanRepairS = 86400;

    /// <summary>Where repair times come from.</summary>
    public Numerics.Stream RepairLuck;

    /// <summary>GPUs of this step that can work and no job has been offered yet.</summary>
    public int FreeGpus;

    /// <summary>GPUs of those that nobody took and that are too few for a job to go on with.</summary>
    public int LackingGpus;

    /// <summary>GPUs that work beyond those that may be scheduled.</summary>
    public int StandbyGpus;

    /// <summary>GPUs of this step that jobs hold which have not been served yet.</summary>
    public int HeldGpus;

    /// <summary>GPU-seconds of this step in steady training.</summary>
    public double BusyGpuS;

    /// <summary>GPU-seconds of this step loaded but waiting.</summary>
    public double StallGpuS;

    /// <summary>GPU-seconds offered to jobs in this step.</summary>
    public double OfferedGpuS;

    /// <summary>Racks that are switched on.</summary>
    public int On => Live - Shed;

    /// <summary>GPUs in repair, at most those that are on.</summary>
    public int RepairGpus => Math.Min(RepairNodes * Spec.Rack.NodeGpus, On * GpusPerRack);

    /// <summary>Nodes in repair.</summary>
    public int RepairNodes => Shop?.DownNodes ?? Repair.InRepairUnits;

    /// <summary>Counts the GPUs that jobs may use in a step.</summary>
    /// <remarks>
    /// Failed nodes are taken to lie evenly over the racks, so that those standing by in a rack are used up before any rack falls short: right while few nodes are down
    /// (of 72 GPUs each down 2 % of the time, 64 or more work 99.999 % of the time).
    /// </remarks>
    public void Count()
    {
        int working = On * GpusPerRack - RepairGpus;
        FreeGpus = Math.Min(working, On * SchedulablePerRack);
        StandbyGpus = working - FreeGpus;
        HeldGpus = LackingGpus = 0;
        BusyGpuS = StallGpuS = OfferedGpuS = 0;
    }

    /// <summary>A node fails, of which nothing more is known.</summary>
    public void Break(double timeS)
    {
        if (Shop is { } shop) { shop.Send(timeS, needsPart: false, MeanRepairS, ref RepairLuck); }
        else { FailurePopulation.Send(ref Repair, 1); }
    }

    /// <summary>Lets repairs pass until a time; failures come from the users that suffer them.</summary>
    public void Mend(double startS, double stepS)
    {
        if (Shop is { } shop) { shop.Pass(startS + stepS); }
        else { FailurePopulation.Advance(ref Repair, ref RepairLuck, Live * Spec.Rack.NodeCount, 0, MeanRepairS, stepS); }
    }
}
