using Gigawatt.Numerics;

namespace Gigawatt.Power.Waveforms;

/// <summary>Capacitors in the racks' power shelves.</summary>
public sealed record RackStorageSpec
{
    // Recovery over many iterations; a quick one would raise the plateau by what the edge took.
    private const double Recovery = 400;

    /// <summary>GPUs that have it.</summary>
    public required int Gpus { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Usable energy for each GPU.</summary>
    [Default(Grade.C, "about 65 J a GPU in the power shelves of GB300 NVL72, as quoted from NVIDIA")]
    public double EnergyMwhPerGpu { get; init => field = Check.Positive(value); } = 65 / 3.6e9;

    /// <summary>Highest power for each GPU, either way.</summary>
    [Default(Grade.E, "assumption: 400 W, about a third of a GPU's power")]
    public double PowerMwPerGpu { get; init => field = Check.Positive(value); } = 400e-6;

    /// <summary>Time constant of its low-pass.</summary>
    [Default(Grade.D, "half of 65 J over a swing of 600 W a GPU: what a step may take until the store is empty")]
    public double TimeConstantS { get; init => field = Check.Positive(value); } = 0.05;

    /// <summary>Energy kept on one way.</summary>
    [Default(Grade.E, "assumption: 97 %, capacitors and one converter")]
    public double OneWayEfficiencyFraction { get; init => field = Check.PositiveFraction(value); } = 0.97;

    /// <summary>All racks as one store.</summary>
    public StorageSmoothingSpec Store => new()
    {
        PowerMw = Gpus * PowerMwPerGpu,
        EnergyMwh = Gpus * EnergyMwhPerGpu,
        TimeConstantS = TimeConstantS,
        RecoveryRatio = Recovery,
        OneWayEfficiencyFraction = OneWayEfficiencyFraction,
    };
}

/// <summary>Battery blocks that smooth.</summary>
public sealed record BatterySmoothingSpec
{
    /// <summary>One block.</summary>
    [Inline]
    public required BatterySpec Block { get; init; }

    /// <summary>Blocks.</summary>
    public required int Count { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Time constant of the low-pass.</summary>
    [Default(Grade.E, "assumption: 30 s, ten iterations of 3 s")]
    public double TimeConstantS { get; init => field = Check.Positive(value); } = 30;

    /// <summary>Recovery time of the state of charge in time constants.</summary>
    [Default(Grade.E, "assumption: 20 time constants, which adds at most 5 % to the ripple")]
    public double RecoveryRatio { get; init => field = Check.Positive(value); } = 20;

    /// <summary>All blocks as one store that keeps the middle of its charge.</summary>
    public StorageSmoothingSpec Store => new()
    {
        PowerMw = Count * Block.RatedMw,
        EnergyMwh = Count * Block.CapacityMwh,
        TimeConstantS = TimeConstantS,
        RecoveryRatio = RecoveryRatio,
        OneWayEfficiencyFraction = Block.OneWayEfficiencyFraction,
    };
}

/// <summary>What stands between the GPUs and the grid, in the order in which power passes it; absent parts do nothing.</summary>
public sealed record MitigationSpec
{
    /// <summary>Smoothing inside the GPUs.</summary>
    public GpuSmoothingSpec? Gpu { get; init; }

    /// <summary>Storage in the racks.</summary>
    public RackStorageSpec? Rack { get; init; }

    /// <summary>Batteries at the bus.</summary>
    public BatterySmoothingSpec? Battery { get; init; }

    /// <summary>Generators on the site, behind the point where limits are measured.</summary>
    public TurbineResponseSpec? Turbine { get; init; }
}

/// <summary>A wave after each part of a mitigation, with what the parts did.</summary>
public sealed class MitigatedWave
{
    private MitigatedWave(int samples)
    {
        GpuMw = new double[samples];
        RackMw = new double[samples];
        GridMw = new double[samples];
        StoredMwh = new double[samples];
        TurbineMw = new double[samples];
    }

    /// <summary>What the GPUs draw.</summary>
    public double[] GpuMw { get; }

    /// <summary>What the racks draw.</summary>
    public double[] RackMw { get; }

    /// <summary>What grid and generators see, behind the batteries; limits are measured here.</summary>
    public double[] GridMw { get; }

    /// <summary>Energy in the batteries.</summary>
    public double[] StoredMwh { get; }

    /// <summary>What turbines make that follow it.</summary>
    public double[] TurbineMw { get; }

    /// <summary>Mean power before the series as the batteries see it.</summary>
    public double SettledMw { get; private set; }

    /// <summary>Cost of smoothing inside the GPUs.</summary>
    public GpuSmoothingCost Gpu { get; private set; }

    /// <summary>What passed through the racks' storage.</summary>
    public StorageTotals Rack { get; private set; }

    /// <summary>What passed through the batteries.</summary>
    public StorageTotals Battery { get; private set; }

    /// <summary>What following asked of the turbines.</summary>
    public TurbineEffort Turbine { get; private set; }

    /// <summary>Passes a wave through every part in order.</summary>
    /// <param name="spec">The parts.</param>
    /// <param name="waveMw">What the jobs ask for.</param>
    /// <param name="stepS">Time between samples.</param>
    /// <param name="settledMw">Mean power before the series, which the filters remember.</param>
    public static MitigatedWave Of(MitigationSpec spec, ReadOnlySpan<double> waveMw, double stepS, double settledMw)
    {
        MitigatedWave made = new(waveMw.Length);
        waveMw.CopyTo(made.GpuMw);
        double raisedMw = 0;
        if (spec.Gpu is { } gpu)
        {
            double ceilingMw = 0;
            foreach (double mw in waveMw) { ceilingMw = Math.Max(ceilingMw, mw); }
            made.Gpu = GpuSmoothing.Run(gpu, ceilingMw, stepS, waveMw, made.GpuMw);
            // Before the series the smoothing did what it does in it; a job that starts in it did nothing before.
            raisedMw = settledMw > 0 ? (made.Gpu.BurntMwh - made.Gpu.WithheldMwh) * 3600 / (waveMw.Length * stepS) : 0;
        }
        made.SettledMw = settledMw + raisedMw;
        made.GpuMw.CopyTo(made.RackMw, 0);
        if (spec.Rack is { } rack) { made.Rack = StorageSmoothing.Run(rack.Store, stepS, made.GpuMw[0], made.GpuMw, made.RackMw, []); }
        made.RackMw.CopyTo(made.GridMw, 0);
        if (spec.Battery is { } battery)
        {
            made.Battery = StorageSmoothing.Run(battery.Store, stepS, made.SettledMw, made.RackMw, made.GridMw, made.StoredMwh);
        }
        made.GridMw.CopyTo(made.TurbineMw, 0);
        if (spec.Turbine is { } turbine) { made.Turbine = TurbineResponse.Run(turbine, stepS, made.GridMw[0], made.GridMw, made.TurbineMw); }
        return made;
    }
}
