namespace Gigawatt.Simulation;

/// <summary>Turns what every stage returned into one row of numbers, and into the day's record.</summary>
/// <remarks>Columns and their values stand side by side in this file: a new column is one line in each list.</remarks>
public static class Recorder
{
    private const double Mw = 0.001;
    private const double Gpus = 1;

    /// <summary>The columns of a row, in order.</summary>
    public static IReadOnlyList<RecordedColumn> Columns { get; } =
    [
        new("live_it_power_mw", "Live IT power (planning basis)", "MW", Mw),
        new("it_power_mw", "IT power", "MW", Mw),
        new("facility_power_mw", "Facility power", "MW", Mw),
        new("asked_power_mw", "Power asked for", "MW", Mw),
        new("generation_mw", "Generation", "MW", Mw),
        new("fuel_mw", "Fuel, lower heating value", "MW", Mw),
        new("grid_mw", "Grid import", "MW", Mw),
        new("discharge_mw", "Batteries discharging", "MW", Mw),
        new("charge_mw", "Batteries charging", "MW", Mw),
        new("stored_mwh", "Energy in batteries", "MWh", 0.01),
        new("dumped_mw", "Load banks", "MW", Mw),
        new("reach_mw", "Units on the bus and grid could deliver", "MW", Mw),
        new("running_units", "Generating units on the bus", "units", 1),
        new("network_loss_mw", "Transformer and line losses", "MW", Mw),
        new("cooling_power_mw", "Cooling plant", "MW", Mw),
        new("compressor_mw", "Compressors", "MW", Mw),
        new("heat_mw", "Heat into the loops", "MW", Mw),
        new("rejected_mw", "Heat rejected", "MW", Mw),
        new("cooling_capacity_mw", "Heat that could be rejected", "MW", Mw),
        new("supply_c", "Facility water supply", "°C", 0.01),
        new("free_cooling_fraction", "Heat rejected without compressors", "", 1e-4),
        new("dry_bulb_c", "Dry-bulb temperature", "°C", 0.01),
        new("wet_bulb_c", "Wet-bulb temperature", "°C", 0.01),
        new("cap_fraction", "GPU power cap, share of TDP", "", 1e-4),
        new("computing_gpus", "GPUs computing", "GPUs", Gpus),
        new("stalled_gpus", "GPUs down or checkpointing", "GPUs", Gpus),
        new("idle_gpus", "GPUs idle", "GPUs", Gpus),
        new("repair_gpus", "GPUs in repair", "GPUs", Gpus),
        new("held_back_gpus", "GPUs held back", "GPUs", Gpus),
        new("useful_gpus", "GPU-time made safe, per time", "GPUs", Gpus),
        new("reclaimed_l_per_s", "Reclaimed water", "L/s", 0.01),
        new("city_l_per_s", "City water", "L/s", 0.01),
        new("evaporation_l_per_s", "Evaporation", "L/s", 0.01),
        new("wave_mw", "Swing of the load inside training steps", "MW", 0.01),
        new("wave_left_mw", "Swing left behind the batteries", "MW", 0.01),
        new("serving_gpus", "GPUs serving", "GPUs", Gpus),
        new("rented_gpus", "GPUs rented out", "GPUs", Gpus),
        new("tokens_per_s", "Tokens served, per time", "1/s", 1),
    ];

    /// <summary>Fills one row.</summary>
    public static void Fill(Span<double> row, Site site, in SiteRow at, double stepS)
    {
        double shed = 0;
        foreach (RackGroup rack in site.Racks) { shed += rack.Shed * rack.GpusPerRack; }
        int i = 0;
        row[i++] = site.Capacity.LiveMw;
        row[i++] = at.Served.ItMw;
        row[i++] = at.Served.FacilityMw;
        row[i++] = at.Served.AskedMw;
        row[i++] = at.Power.GenerationMw;
        row[i++] = at.Power.FuelMw;
        row[i++] = at.Power.GridMw;
        row[i++] = at.Power.DischargeMw;
        row[i++] = at.Power.ChargeMw;
        row[i++] = at.Power.StoredMwh;
        row[i++] = at.Power.DumpedMw;
        row[i++] = at.Power.ReachMw;
        row[i++] = at.Power.RunningUnits;
        row[i++] = at.Power.StepUpLossMw + at.Power.LineLossMw + at.Served.StepDownLossMw;
        row[i++] = at.Cooling.ElectricMw * at.Served.Fraction;
        row[i++] = at.Cooling.CompressorMw * at.Served.Fraction;
        row[i++] = at.Served.HeatMw;
        row[i++] = at.Cooling.RejectedMw;
        row[i++] = at.Cooling.CapacityMw;
        row[i++] = at.Cooling.SupplyC;
        row[i++] = at.Cooling.FreeFraction;
        row[i++] = at.Air.DryBulbC;
        row[i++] = at.Air.WetBulbC;
        row[i++] = site.Limits.CapFraction;
        row[i++] = at.Jobs.All.ComputingGpuS / stepS;
        row[i++] = at.Jobs.All.StallGpuS / stepS;
        row[i++] = at.Jobs.IdleGpuS / stepS;
        row[i++] = at.Jobs.RepairGpuS / stepS;
        row[i++] = shed + (at.Jobs.All.PausedGpuS + site.Users.Step.PausedGpuS) / stepS;
        row[i++] = at.Jobs.All.CommittedGpuS / stepS;
        row[i++] = at.Water.ReclaimedM3PerS * 1000;
        row[i++] = at.Water.CityM3PerS * 1000;
        row[i++] = at.Cooling.EvaporationM3PerS * 1000;
        row[i++] = site.Wave.SwingMw;
        row[i++] = site.Wave.SwingMw > 0 ? site.Wave.Now.PeakToPeakMw : 0;
        row[i++] = (site.Users.Step.ServingGpuS + site.Users.Step.ServingIdleGpuS) / stepS;
        row[i++] = site.Users.Step.RentedGpuS / stepS;
        row[i] = site.Users.Step.TokensRatio / stepS;
    }

    /// <summary>Adds one step to the day's record; means are finished when the day is closed.</summary>
    public static void AddToDay(ref DayRecord day, in SiteRow at, double stepS)
    {
        double share = stepS / 86400;
        day.ItMw += at.Served.ItMw * share;
        day.FacilityMw += at.Served.FacilityMw * share;
        day.GenerationMw += at.Power.GenerationMw * share;
        day.GridMw += at.Power.GridMw * share;
        day.DischargeMw += at.Power.DischargeMw * share;
        day.ChargeMw += at.Power.ChargeMw * share;
        day.ShortfallMw += (at.Power.DemandMw - at.Power.ServedMw) * share;
        day.NoxKg += at.Power.NoxKgPerS * stepS;
        day.ReclaimedM3 += at.Water.ReclaimedM3PerS * stepS;
        day.CityM3 += at.Water.CityM3PerS * stepS;
        day.EvaporationM3 += at.Cooling.EvaporationM3PerS * stepS;
        day.DischargedM3 += (at.Cooling.DriftM3PerS + at.Cooling.BlowdownM3PerS + at.Water.PlantRejectM3PerS) * stepS;
        day.HighestDryBulbC = Math.Max(day.HighestDryBulbC, at.Air.DryBulbC);
    }
}
