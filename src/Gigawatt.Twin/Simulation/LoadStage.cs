using Gigawatt.Compute;

namespace Gigawatt.Simulation;

/// <summary>What the racks ask for in one step, as means.</summary>
/// <param name="ChipsMw">GPUs, CPUs, memory, adapters and fans: the useful IT power, switches in the rack included.</param>
/// <param name="BoardLossMw">Lost in nodes' board converters.</param>
/// <param name="ShelfLossMw">Lost in power shelves.</param>
/// <param name="FabricMw">Switches and optics outside the racks.</param>
/// <param name="LiquidHeatMw">Heat to liquid.</param>
/// <param name="AirHeatMw">Heat to room air, the fabric's included.</param>
/// <param name="IdleMw">IT power if no job ran and every live rack were on.</param>
/// <param name="FreeMw">IT power if every GPU offered to jobs trained without a cap and no rack were shed.</param>
/// <param name="BusyShare">Share of TDP that training draws when free, mean of the live racks.</param>
/// <param name="IdleShare">Share of TDP without a job, mean of the live racks.</param>
public readonly record struct LoadStep(
    double ChipsMw, double BoardLossMw, double ShelfLossMw, double FabricMw, double LiquidHeatMw, double AirHeatMw, double IdleMw,
    double FreeMw, double BusyShare, double IdleShare)
{
    /// <summary>IT power: racks and fabric.</summary>
    public double ItMw => ChipsMw + BoardLossMw + ShelfLossMw + FabricMw;
}

/// <summary>From what the GPUs do to the power and heat of racks and fabric.</summary>
/// <remarks>
/// Racks of a group share the group's mean power. Fabric power is constant for live GPUs.
/// Not modelled: the waveform inside a step, differences between racks.
/// </remarks>
public static class LoadStage
{
    /// <summary>One step of the load.</summary>
    public static LoadStep Step(Site site, double stepS)
    {
        double chips = 0, board = 0, shelf = 0, liquid = 0, air = 0, idle = 0, free = 0, gpus = 0, onGpus = 0, busyShare = 0, idleShare = 0;
        foreach (RackGroup rack in site.Racks)
        {
            if (rack.Live == 0) { continue; }
            RackSpec spec = rack.Spec.Rack;
            int liveGpus = rack.Live * rack.GpusPerRack;
            gpus += liveGpus;
            idle += rack.Live * rack.IdleMw;
            busyShare += liveGpus * spec.Gpu.BusyFraction;
            idleShare += liveGpus * spec.Gpu.IdleFraction;
            double offeredShare = Math.Min(1, rack.OfferedGpuS / (liveGpus * stepS));
            free += rack.Live * Rack.Power(
                spec, spec.Gpu.IdleFraction + offeredShare * (spec.Gpu.BusyFraction - spec.Gpu.IdleFraction),
                offeredShare * spec.TrainingActivityFraction).TotalMw;
            if (rack.On == 0) { continue; }
            int on = rack.On * rack.GpusPerRack;
            onGpus += on;
            double onGpuS = on * stepS;
            double busyCap = Gpu.BusyShareAtCap(spec.Gpu, site.Limits.CapFraction);
            double idleGpuS = Math.Max(0, onGpuS - rack.BusyGpuS - rack.StallGpuS);
            double share = (rack.BusyGpuS * busyCap + rack.StallGpuS * spec.Gpu.StallFraction + idleGpuS * spec.Gpu.IdleFraction) / onGpuS;
            RackPower power = Rack.Power(spec, share, spec.TrainingActivityFraction * Math.Min(1, rack.BusyGpuS / onGpuS));
            chips += rack.On * (power.ChipsMw + power.SwitchMw);
            board += rack.On * power.BoardLossMw;
            shelf += rack.On * power.ShelfLossMw;
            liquid += rack.On * power.LiquidHeatMw;
            air += rack.On * power.AirHeatMw;
        }
        double fabric = onGpus * site.FabricMwPerGpu;
        double fabricFree = gpus * site.FabricMwPerGpu;
        return new LoadStep(
            chips, board, shelf, fabric, liquid, air + fabric, idle + fabricFree, free + fabricFree,
            gpus > 0 ? busyShare / gpus : 0, gpus > 0 ? idleShare / gpus : 0);
    }
}
