using Gigawatt.Cooling;
using Gigawatt.Power;
using Gigawatt.Scenarios;
using Gigawatt.Water;

namespace Gigawatt.Simulation;

/// <summary>The ledgers of a run and the cash book, and how each step is booked in them.</summary>
public sealed class Books
{
    private readonly Scenario scenario;
    private double startStoredMwh;

    /// <summary>Opens the books of a campus.</summary>
    public Books(Scenario scenario)
    {
        this.scenario = scenario;
        WaterStartM3 = scenario.Water?.System.TankM3 ?? 0;
        Money = new MoneyBook(scenario);
    }

    /// <summary>Fuel and imports = useful IT + each loss by name + stored; MWh.</summary>
    public Ledger Energy { get; } = new("energy", "MWh",
        ("fuel", Side.In), ("grid_import", Side.In), ("turbine_waste_heat", Side.Out), ("step_up_transformers", Side.Out),
        ("lines", Side.Out), ("load_banks", Side.Out), ("battery_conversion", Side.Out), ("battery_auxiliaries", Side.Out),
        ("left_with_battery_blocks", Side.Out), ("step_down_transformers", Side.Out), ("house", Side.Out), ("water_treatment", Side.Out),
        ("compressors", Side.Out), ("cooling_fans", Side.Out), ("hall_fans", Side.Out), ("cdu_pumps", Side.Out),
        ("pumps", Side.Out), ("fabric", Side.Out), ("rack_power_shelves", Side.Out), ("node_converters", Side.Out),
        ("useful_it", Side.Out), ("stored_in_batteries", Side.Stored));

    /// <summary>Heat brought into the loops = heat rejected + heat stored in the loops; MWh.</summary>
    public Ledger Heat { get; } = new("heat", "MWh",
        ("into_loops", Side.In), ("rejected", Side.Out), ("stored_in_loops", Side.Stored));

    /// <summary>Intake by source = evaporation + drift + blowdown + plant rejects + other use + stored; m³.</summary>
    public Ledger Water { get; } = new("water", "m³",
        ("reclaimed", Side.In), ("city", Side.In), ("evaporation", Side.Out), ("drift", Side.Out), ("blowdown", Side.Out),
        ("plant_rejects", Side.Out), ("other_use", Side.Out), ("stored_in_tanks", Side.Stored));

    /// <summary>Every GPU-hour of the delivered fleet goes to exactly one place; GPU-hours.</summary>
    public Ledger GpuTime { get; } = new("gpu_time", "GPU-hours",
        ("installed", Side.In), ("awaiting_commissioning", Side.Out), ("awaiting_floor", Side.Out), ("awaiting_fabric", Side.Out),
        ("awaiting_power", Side.Out), ("awaiting_permits", Side.Out), ("awaiting_cooling", Side.Out), ("held_back_power", Side.Out),
        ("held_back_cooling", Side.Out), ("in_repair", Side.Out), ("idle", Side.Out), ("detection", Side.Out),
        ("waiting_for_nodes", Side.Out), ("communicators", Side.Out), ("program_start", Side.Out), ("checkpoint_load", Side.Out),
        ("planned_stop", Side.Out), ("evaluation", Side.Out), ("network_stall", Side.Out), ("checkpoint_stall", Side.Out),
        ("throttled", Side.Out), ("slow_steps", Side.Out), ("waiting_for_data", Side.Out), ("lost_work", Side.Out), ("useful", Side.Out),
        ("not_yet_safe", Side.Stored), ("serving", Side.Out), ("serving_idle", Side.Out), ("rented_out", Side.Out));

    /// <summary>The operator's cash and what it was spent on.</summary>
    public MoneyBook Money { get; }

    /// <summary>What shortfalls took, measure by measure.</summary>
    public ShortfallBook Shortfalls { get; } = new();

    /// <summary>Energy that left the site in battery blocks taken away.</summary>
    public double EnergyLeftMwh { get; set; }

    /// <summary>Takes stock at the start of a run.</summary>
    public void Begin(Site site)
    {
        foreach (BatteryGroup battery in site.Generation.Plant.Batteries) { startStoredMwh += battery.State.StoredMwh; }
    }

    /// <summary>Ends a day in every ledger.</summary>
    public void CloseDay()
    {
        Energy.CloseDay();
        Heat.CloseDay();
        Water.CloseDay();
        GpuTime.CloseDay();
        Money.Ledger.CloseDay();
    }

    /// <summary>Books one step.</summary>
    /// <param name="site">The campus.</param>
    /// <param name="jobs">What the jobs did.</param>
    /// <param name="load">What the racks asked for.</param>
    /// <param name="cooling">What the cooling plant asked for and did.</param>
    /// <param name="power">What power served.</param>
    /// <param name="water">What water gave.</param>
    /// <param name="served">What the facility got, part by part.</param>
    /// <param name="stepS">Length of the step.</param>
    public void Book(
        Site site, in JobsStep jobs, in LoadStep load, in CoolingStep cooling, in PowerStep power, in WaterStep water,
        in ServedStep served, double stepS)
    {
        double hours = stepS / 3600;
        double share = served.Fraction;
        Energy.Book(0, power.FuelMw * hours);
        Energy.Book(1, power.GridMw * hours);
        Energy.Book(2, (power.FuelMw - power.GenerationMw) * hours);
        Energy.Book(3, power.StepUpLossMw * hours);
        Energy.Book(4, power.LineLossMw * hours);
        Energy.Book(5, power.DumpedMw * hours);
        Energy.Book(6, power.BatteryLossMw * hours);
        Energy.Book(7, power.AuxiliaryMw * hours);
        Energy.Set(8, EnergyLeftMwh);
        Energy.Book(9, served.StepDownLossMw * hours);
        Energy.Book(10, share * scenario.Compute.HouseLoadMw * hours);
        Energy.Book(11, share * water.ElectricMw * hours);
        Energy.Book(12, share * cooling.CompressorMw * hours);
        Energy.Book(13, share * cooling.TowerAndCoilFanMw * hours);
        Energy.Book(14, share * cooling.HallFanMw * hours);
        Energy.Book(15, share * cooling.CduPumpMw * hours);
        Energy.Book(16, share * (cooling.FacilityPumpMw + cooling.TowerPumpMw) * hours);
        Energy.Book(17, share * load.FabricMw * hours);
        Energy.Book(18, share * load.ShelfLossMw * hours);
        Energy.Book(19, share * load.BoardLossMw * hours);
        Energy.Book(20, share * load.ChipsMw * hours);
        double storedMwh = 0;
        foreach (BatteryGroup battery in site.Generation.Plant.Batteries) { storedMwh += battery.State.StoredMwh; }
        Energy.Set(21, storedMwh - startStoredMwh);

        Heat.Book(0, served.HeatMw * hours);
        Heat.Book(1, cooling.RejectedMw * hours);
        Heat.Set(2, site.Cooling.StoredMwh);

        Water.Book(0, water.SewageM3PerS * stepS);
        Water.Book(1, water.CityM3PerS * stepS);
        Water.Book(2, cooling.EvaporationM3PerS * stepS);
        Water.Book(3, cooling.DriftM3PerS * stepS);
        Water.Book(4, cooling.BlowdownM3PerS * stepS);
        Water.Book(5, water.PlantRejectM3PerS * stepS);
        Water.Book(6, ((scenario.Water?.System.OtherUseM3PerS ?? 0) - water.UnservedM3PerS) * stepS);
        Water.Set(7, site.Water.TankM3 - WaterStartM3);

        BookGpuTime(site, jobs, power, served, stepS);
        site.Generation.Units.Book(stepS);
        Money.Book(site, power, water, stepS);
        UserBook.Book(site, this, served, stepS);
    }

    /// <summary>Water in the tanks at the start.</summary>
    public double WaterStartM3 { get; }

    private void BookGpuTime(Site site, in JobsStep jobs, in PowerStep power, in ServedStep served, double stepS)
    {
        double hours = stepS / 3600;
        double delivered = 0, commissioned = 0, live = 0, shed = 0;
        foreach (RackGroup rack in site.Racks)
        {
            delivered += rack.Delivered * rack.GpusPerRack;
            commissioned += rack.Commissioned * rack.GpusPerRack;
            live += rack.Live * rack.GpusPerRack;
            shed += rack.Shed * rack.GpusPerRack;
        }
        GpuTime.Book(0, delivered * hours);
        GpuTime.Book(1, (delivered - commissioned) * hours);
        int waiting = site.Capacity.Binding switch
        {
            Constraint.Floor => 2,
            Constraint.Fabric => 3,
            Constraint.Permits => 5,
            Constraint.Cooling => 6,
            _ => 4,
        };
        GpuTime.Book(waiting, (commissioned - live) * hours);
        GpuTime.Book(site.Limits.Cause == Shortage.Cooling ? 8 : 7, shed * hours + jobs.All.PausedGpuS / 3600);
        Shortfalls.Book(site.Limits.Cause, jobs.All, power, served, (int)(live - shed), (int)shed, stepS);
        GpuTime.Book(9, jobs.RepairGpuS / 3600);
        GpuTime.Book(10, jobs.IdleGpuS / 3600);
        Training.JobStep all = jobs.All;
        GpuTime.Book(11, all.DetectionGpuS / 3600);
        GpuTime.Book(12, (all.SwappingGpuS + all.LackingGpuS) / 3600);
        GpuTime.Book(13, all.CommunicatorsGpuS / 3600);
        GpuTime.Book(14, all.StartupGpuS / 3600);
        GpuTime.Book(15, all.LoadGpuS / 3600);
        GpuTime.Book(16, all.PlannedGpuS / 3600);
        GpuTime.Book(17, all.EvaluationGpuS / 3600);
        GpuTime.Book(18, all.NetworkGpuS / 3600);
        GpuTime.Book(19, all.CheckpointGpuS / 3600);
        GpuTime.Book(20, (all.ThrottledGpuS + served.UnearnedGpuS) / 3600);
        GpuTime.Book(21, all.SlowGpuS / 3600);
        GpuTime.Book(22, all.DataGpuS / 3600);
        GpuTime.Book(23, all.LostGpuS / 3600);
        GpuTime.Book(24, all.CommittedGpuS / 3600);
        double provisional = 0;
        foreach (SiteJob job in site.Jobs) { provisional += job.State.ProvisionalGpuS; }
        GpuTime.Set(25, provisional / 3600);
        site.Day.UsefulGpuHours += all.CommittedGpuS / 3600;
    }
}
