using Gigawatt.Power;
using Gigawatt.Power.Waveforms;
using Gigawatt.Training;

namespace Gigawatt.Simulation;

/// <summary>The swing of the load inside training steps, and what smooths it; counted over the run.</summary>
public struct WaveState
{
    /// <summary>What the wave is now; nothing while no job computes.</summary>
    public CampusSwingStep Now;

    /// <summary>Swing of the load now, all jobs in step.</summary>
    public double SwingMw;

    /// <summary>Time with more left than the limit.</summary>
    public double AboveLimitS;

    /// <summary>Largest swing of the load.</summary>
    public double HighestSwingMw;

    /// <summary>Largest peak-to-peak behind the batteries.</summary>
    public double HighestLeftMw;

    /// <summary>Largest attenuation that was missing.</summary>
    public double WorstNeededDb;

    /// <summary>Energy through the batteries for smoothing.</summary>
    public double ThroughputMwh;

    /// <summary>Energy that smoothing lost in them.</summary>
    public double LossMwh;

    internal long Key;
}

/// <summary>Computes the wave of the campus whenever a job begins or stops to compute, and hands its work to the batteries.</summary>
/// <remarks>
/// Power of a job within one iteration is a plateau and a dip around its mean. Batteries with the role of smoothing (all, when no roles are given) take the swing
/// behind a low-pass; its throughput costs round-trip losses, which the bus carries, and wear at its depth. Not modelled: what is left acting on machines, the power it
/// takes from other roles, floors of GPU power.
/// </remarks>
public static class WaveStage
{
    /// <summary>One step.</summary>
    public static void Step(Site site, double stepS)
    {
        ref WaveState wave = ref site.Wave;
        PowerPlant plant = site.Generation.Plant;
        CampusWaveSpec spec = site.Scenario.Power.Wave;
        double batteryMw = 0, lostPerMw = 0, blocks = 0;
        foreach (BatteryGroup battery in plant.Batteries)
        {
            if (!Smooths(battery.Spec)) { continue; }
            double ratedMw = battery.State.Blocks * battery.Spec.RatedMw;
            batteryMw += ratedMw;
            lostPerMw += ratedMw * (1 / Battery.RoundTrip(battery.Spec) - 1);
            blocks += battery.State.Blocks;
        }
        long key = BitConverter.DoubleToInt64Bits(site.Limits.CapFraction) * 31 + BitConverter.DoubleToInt64Bits(batteryMw);
        foreach (SiteJob job in site.Jobs) { key = key * 31 + (job.State.Phase == JobPhase.Computing ? job.State.HeldGpus : 0); }
        if (key != wave.Key)
        {
            wave.Key = key;
            Compute(site, spec, batteryMw);
        }
        double hours = stepS / 3600;
        plant.SmoothingLossMw = batteryMw > 0 ? wave.Now.DischargeMw * lostPerMw / batteryMw : 0;
        if (wave.SwingMw <= 0) { return; }
        wave.ThroughputMwh += wave.Now.DischargeMw * hours;
        wave.LossMwh += plant.SmoothingLossMw * hours;
        wave.AboveLimitS += wave.Now.IsWithin ? 0 : stepS;
        if (wave.Now.DischargeMw <= 0) { return; }
        // One cycle an iteration: its energy over what is stored in the blocks that share it.
        double cyclesPerS = wave.Now.FundamentalHz;
        foreach (BatteryGroup battery in plant.Batteries)
        {
            if (!Smooths(battery.Spec) || battery.State.Blocks == 0) { continue; }
            double share = battery.State.Blocks * battery.Spec.RatedMw / batteryMw;
            double cycleMwh = wave.Now.DischargeMw * share / cyclesPerS / 3600;
            battery.Smooth(cyclesPerS * stepS, cycleMwh / Battery.FullMwh(battery.Spec, battery.State));
        }
    }

    private static bool Smooths(BatterySpec spec)
    {
        if (spec.Roles.Count == 0) { return true; }
        for (int i = 0; i < spec.Roles.Count; i++)
        {
            if (spec.Roles[i].Role == BatteryRole.Smoothing) { return true; }
        }
        return false;
    }

    private static void Compute(Site site, CampusWaveSpec spec, double batteryMw)
    {
        ref WaveState wave = ref site.Wave;
        site.Transients.Price(site);
        int count = 0;
        wave.SwingMw = 0;
        foreach (SiteJob job in site.Jobs)
        {
            if (job.State.Phase != JobPhase.Computing) { continue; }
            IterationPowerSpec iteration = job.Spec.Iteration;
            double meanMw = site.Transients.BusyMw(job, job.State.HeldGpus);
            double highMw = meanMw / (iteration.DutyFraction + (1 - iteration.DutyFraction) * iteration.DipFraction);
            double swingMw = highMw * (1 - iteration.DipFraction);
            site.JobSwings[count++] = new JobSwing(meanMw, swingMw, iteration.PeriodS, iteration.DutyFraction, iteration.EdgeS, job.State.HeldGpus);
            wave.SwingMw += swingMw;
        }
        wave.Now = CampusSwing.Step(
            site.JobSwings.AsSpan(0, count),
            new CampusSmoothing(0, spec.RackTimeConstantS, spec.RackEnergyMwhPerGpu, batteryMw > 0 ? spec.BatteryTimeConstantS : 0, batteryMw), spec.LimitMw);
        wave.HighestSwingMw = Math.Max(wave.HighestSwingMw, wave.SwingMw);
        wave.HighestLeftMw = Math.Max(wave.HighestLeftMw, wave.Now.PeakToPeakMw);
        wave.WorstNeededDb = Math.Max(wave.WorstNeededDb, wave.Now.AttenuationNeededDb);
    }
}
