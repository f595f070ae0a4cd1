using Gigawatt.Compute;
using Gigawatt.Power;
using Gigawatt.Power.Transients;
using Gigawatt.Scenarios;

namespace Gigawatt.Simulation;

/// <summary>What was made of the disturbances of a run.</summary>
public struct TransientCounts
{
    /// <summary>Sudden changes of load and supply.</summary>
    public long Disturbances;

    /// <summary>Taken by a utility that holds the frequency.</summary>
    public long HeldByGrid;

    /// <summary>Proved harmless by a closed-form bound.</summary>
    public long Bounded;

    /// <summary>Milder in every respect than a case known to be harmless.</summary>
    public long Precedented;

    /// <summary>Simulations of such harder cases.</summary>
    public long HardSimulated;

    /// <summary>Simulated one by one.</summary>
    public long Simulated;

    /// <summary>Given the outcome of a case of the same cell that had been simulated.</summary>
    public long Recalled;

    /// <summary>Ended with load dropped, no source lost.</summary>
    public long Shed;

    /// <summary>Ended with sources lost to protection.</summary>
    public long Tripped;

    /// <summary>Ended in a blackout.</summary>
    public long Black;

    /// <summary>Jobs dropped by relays or blackouts.</summary>
    public long JobsDropped;
}

/// <summary>The campus bus as its transients see it: built once, brought up to date when something happens.</summary>
/// <remarks>Load 0 is everything that no job moves; load 1 + j is what job j draws above idle GPUs. Fuel cells and ties that do not hold frequency give constant power.</remarks>
public sealed class CampusTransients
{
    private readonly double[] busyLessIdleMw;
    private readonly double[] busyLessStallMw;
    private readonly double[] busyMwPerGpu;
    private readonly int[] machineOf;
    private double pricedCap = double.NaN;

    /// <summary>Prepares the bus of a campus.</summary>
    public CampusTransients(Scenario scenario, Generation generation, SiteJob[] jobs, int rackGroups)
    {
        Spec = scenario.Power.Frequency;
        busyLessIdleMw = new double[rackGroups];
        busyLessStallMw = new double[rackGroups];
        busyMwPerGpu = new double[rackGroups];
        PowerPlant plant = generation.Plant;
        machineOf = new int[plant.Generators.Length];
        List<MachineGroupSpec> machines = [];
        for (int i = 0; i < plant.Generators.Length; i++)
        {
            GasTurbineSpec unit = plant.Generators[i].Spec;
            machineOf[i] = unit.PrimeMover == PrimeMover.FuelCell ? -1 : machines.Count;
            if (machineOf[i] < 0) { continue; }
            machines.Add(Machine(Spec, plant.Generators[i].Name, unit));
        }
        GridFormingSpec[] forming = Spec.BatteriesForm ? plant.Batteries.Select(group => new GridFormingSpec
        {
            Name = group.Name,
            // One block makes the bus whole for the checks; what is there is set before every use.
            Count = 1,
            RatedMva = group.Spec.ApparentMva ?? group.Spec.RatedMw,
            MaxPowerPu = group.Spec.RatedMw / (group.Spec.ApparentMva ?? group.Spec.RatedMw),
            MinPowerPu = -group.Spec.RatedMw / (group.Spec.ApparentMva ?? group.Spec.RatedMw),
            MaxCurrentPu = Math.Max(1, group.Spec.OverloadFactor),
            OverloadS = group.Spec.OverloadLastsS,
            CapacityMwh = group.Spec.CapacityMwh,
            DroopPu = Spec.BatteryDroopPu,
            OneWayEfficiencyFraction = group.Spec.OneWayEfficiencyFraction,
        }).ToArray() : [];
        if (!Spec.IsSimulated || (machines.All(group => group.InertiaS <= 0) && forming.Length == 0)) { return; }
        Bus = new CampusBus(new CampusBusSpec
        {
            Machines = machines,
            Forming = forming,
            Loads = [new LoadBlockSpec { Name = "everything else", PowerMw = 0 }, .. jobs.Select(job => new LoadBlockSpec { Name = job.Spec.Name, PowerMw = 0 })],
            Shedding = [.. Spec.Shedding.Select((stage, k) => new Power.Protection.UnderFrequencyStageSpec
            {
                LevelHz = stage.LevelHz,
                DelayS = stage.DelayS,
                Drops = [.. jobs.Where((_, j) => StageOf(j, jobs.Length, Spec.Shedding.Count) == k).Select(job => job.Spec.Name)],
            }).Where(stage => stage.Drops.Count > 0)],
        });
        HardCases = new HardCases(Bus);
    }

    /// <summary>How it is looked at.</summary>
    public CampusFrequencySpec Spec { get; }

    /// <summary>The bus; null when nothing on it could hold a frequency.</summary>
    public CampusBus? Bus { get; }

    /// <summary>Memory of the simulation.</summary>
    public TransientWorkspace Work { get; } = new();

    /// <summary>Harder cases than those at hand, remembered; null without a bus.</summary>
    public HardCases? HardCases { get; }

    /// <summary>What was made of the disturbances.</summary>
    public TransientCounts Counts;

    /// <summary>Lowest frequency of any simulation.</summary>
    public double LowestHz { get; internal set; } = 60;

    /// <summary>Highest frequency of any simulation.</summary>
    public double HighestHz { get; internal set; } = 60;

    /// <summary>Room for what happens at once.</summary>
    internal Disturbance[] Events { get; } = new Disturbance[4];

    /// <summary>Whether the sources of the bus are those of this step.</summary>
    internal bool IsBusFresh { get; set; }

    /// <summary>One unit of a generating group as a machine on the bus, at rest.</summary>
    internal static MachineGroupSpec Machine(CampusFrequencySpec spec, string name, GasTurbineSpec unit) => new()
    {
        Name = name,
        Count = 1,
        GeneratorMva = unit.RatedMw * unit.MachineMvaRatio,
        RatedMw = unit.RatedMw,
        TurbineBaseMw = unit.RatedMw * unit.ColdDayLimitFraction,
        InertiaS = unit.InertiaS,
        Governor = unit.PrimeMover == PrimeMover.GasEngine ? spec.EngineGovernor : spec.TurbineGovernor,
        CarryingMw = 0,
        BlockLoadFraction = unit.BlockLoadFraction > 0 ? unit.BlockLoadFraction : null,
        NoLoadFuelFraction = unit.NoLoadFuelFraction,
        StartS = unit.StartS,
        Relay = spec.Relay,
    };

    /// <summary>Machine group of a generating group, or -1.</summary>
    internal int MachineOf(int generator) => machineOf[generator];

    // The least important job goes first, at the highest frequency.
    private static int StageOf(int job, int jobs, int stages) => Math.Min(stages - 1, (jobs - 1 - job) * stages / jobs);

    /// <summary>What a GPU of each rack group swings, under the cap in force.</summary>
    internal void Price(Site site)
    {
        if (site.Limits.CapFraction == pricedCap) { return; }
        pricedCap = site.Limits.CapFraction;
        for (int g = 0; g < site.Racks.Length; g++)
        {
            RackSpec rack = site.Racks[g].Spec.Rack;
            double gpus = site.Racks[g].GpusPerRack;
            double busyMw = Rack.Power(rack, Gpu.BusyShareAtCap(rack.Gpu, site.Limits.CapFraction), rack.TrainingActivityFraction).TotalMw;
            busyMwPerGpu[g] = busyMw / gpus;
            busyLessIdleMw[g] = (busyMw - site.Racks[g].IdleMw) / gpus;
            busyLessStallMw[g] = (busyMw - Rack.Power(rack, rack.Gpu.StallFraction, 0).TotalMw) / gpus;
        }
    }

    /// <summary>What so many GPUs of a job draw less when they stop computing and wait.</summary>
    internal double StallDropMw(SiteJob job, int gpus) => gpus * (Mean(job, busyLessStallMw) - (1 - job.PowerRatio) * Mean(job, busyLessIdleMw));

    /// <summary>What so many computing GPUs of a job draw above idle ones.</summary>
    internal double AboveIdleMw(SiteJob job, int gpus) => gpus * job.PowerRatio * Mean(job, busyLessIdleMw);

    /// <summary>What so many computing GPUs of a job draw with their racks.</summary>
    internal double BusyMw(SiteJob job, int gpus) => gpus * (Mean(job, busyMwPerGpu) - (1 - job.PowerRatio) * Mean(job, busyLessIdleMw));

    /// <summary>The largest step that the start of one job can bring, in racks.</summary>
    internal double LargestStepMw(Site site)
    {
        Price(site);
        double largestMw = 0;
        foreach (SiteJob job in site.Jobs) { largestMw = Math.Max(largestMw, AboveIdleMw(job, Math.Max(job.State.HeldGpus, job.Spec.Gpus))); }
        return largestMw;
    }

    private static double Mean(SiteJob job, double[] perGpuMw)
    {
        double gpus = 0, sum = 0;
        for (int g = 0; g < perGpuMw.Length; g++)
        {
            gpus += job.Share.Offered[g];
            sum += job.Share.Offered[g] * perGpuMw[g];
        }
        return gpus > 0 ? sum / gpus : 0;
    }
}
