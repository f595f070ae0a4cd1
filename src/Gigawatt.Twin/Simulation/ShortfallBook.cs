using Gigawatt.Power;

namespace Gigawatt.Simulation;

/// <summary>What is done when supply falls short, in this order.</summary>
public enum ShortfallMeasure
{
    /// <summary>Batteries carry what units and grid do not: nothing is lost yet.</summary>
    Battery,

    /// <summary>GPUs draw less and compute more slowly.</summary>
    Cap,

    /// <summary>Jobs write a checkpoint and pause, the least important first.</summary>
    Pause,

    /// <summary>Racks are switched off.</summary>
    Shed,

    /// <summary>Asked for and not there, before any measure worked: progress of the step that was not earned.</summary>
    Unserved,
}

/// <summary>What one measure came to in a run.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="Cause">What ran short.</param>
/// <param name="EnergyMwh">Energy that batteries gave; 0 for the others.</param>
/// <param name="GpuHours">GPU-hours carried by batteries, or taken by the other measures.</param>
/// <param name="WorthUsd">The same at what a live GPU-hour of the run costs.</param>
public readonly record struct ShortfallDuty(ShortfallMeasure Measure, Shortage Cause, double EnergyMwh, double GpuHours, double WorthUsd);

/// <summary>Counts what shortfalls took, measure by measure.</summary>
/// <remarks>
/// Caps, pauses and shed racks are the parts of throttled and held-back GPU-time of the ledger. A battery is worth the GPU-hours of live GPUs that its energy carried, at the
/// campus's power for each. Not counted here: work lost with jobs that were dropped within seconds (transients).
/// </remarks>
public sealed class ShortfallBook
{
    private static readonly int Measures = Enum.GetValues<ShortfallMeasure>().Length;
    private readonly double[] powerGpuS = new double[Measures];
    private readonly double[] coolingGpuS = new double[Measures];
    private double bridgedMws;

    /// <summary>Books one step.</summary>
    /// <param name="cause">What ran short, if anything.</param>
    /// <param name="jobs">What jobs did.</param>
    /// <param name="power">What power gave.</param>
    /// <param name="served">What was served.</param>
    /// <param name="onGpus">GPUs of racks that are switched on.</param>
    /// <param name="shedGpus">GPUs of racks that are switched off.</param>
    /// <param name="stepS">Length of the step.</param>
    public void Book(Shortage cause, in Training.JobStep jobs, in PowerStep power, in ServedStep served, int onGpus, int shedGpus, double stepS)
    {
        double[] gpuS = cause == Shortage.Cooling ? coolingGpuS : powerGpuS;
        gpuS[(int)ShortfallMeasure.Cap] += jobs.ThrottledGpuS;
        gpuS[(int)ShortfallMeasure.Pause] += jobs.PausedGpuS;
        gpuS[(int)ShortfallMeasure.Shed] += shedGpus * stepS;
        powerGpuS[(int)ShortfallMeasure.Unserved] += served.UnearnedGpuS;
        if (power.BridgedMw <= 0) { return; }
        bridgedMws += power.BridgedMw * stepS;
        powerGpuS[(int)ShortfallMeasure.Battery] += Math.Min(1, power.BridgedMw / power.DemandMw) * onGpus * stepS;
    }

    /// <summary>One row a measure and cause, in the order of the measures; those that never happened are left out.</summary>
    /// <param name="usdPerGpuHour">What a live GPU-hour costs.</param>
    public IReadOnlyList<ShortfallDuty> Duties(double usdPerGpuHour)
    {
        List<ShortfallDuty> duties = [];
        foreach (ShortfallMeasure measure in Enum.GetValues<ShortfallMeasure>())
        {
            foreach (Shortage cause in (ReadOnlySpan<Shortage>)[Shortage.Power, Shortage.Cooling])
            {
                double gpuHours = (cause == Shortage.Cooling ? coolingGpuS : powerGpuS)[(int)measure] / 3600;
                if (gpuHours <= 0) { continue; }
                duties.Add(new ShortfallDuty(measure, cause, measure == ShortfallMeasure.Battery ? bridgedMws / 3600 : 0, gpuHours, gpuHours * usdPerGpuHour));
            }
        }
        return duties;
    }
}
