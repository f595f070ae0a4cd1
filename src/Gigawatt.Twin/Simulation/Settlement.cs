using Gigawatt.Cooling;
using Gigawatt.Power;
using Gigawatt.Training;

namespace Gigawatt.Simulation;

/// <summary>What the facility asked for at the campus bus, and what of it was served.</summary>
/// <param name="AskedMw">Halls, cooling, water, house and step-down losses, asked.</param>
/// <param name="Fraction">Share of every part that was served.</param>
/// <param name="StepDownLossMw">Lost in step-down transformers, as served.</param>
/// <param name="ItMw">Power of racks and fabric, as served.</param>
/// <param name="HeatMw">Heat brought into the loops, as served.</param>
/// <param name="UnearnedGpuS">Progress that jobs had counted on and that missing power took.</param>
public readonly record struct ServedStep(
    double AskedMw, double Fraction, double StepDownLossMw, double ItMw, double HeatMw, double UnearnedGpuS)
{
    /// <summary>Power of halls, cooling, water, house and step-down losses, as served.</summary>
    public double FacilityMw => AskedMw * Fraction;
}

/// <summary>Settles, after power has been dispatched, what was really served.</summary>
/// <remarks>
/// Load and cooling are computed from what is asked. If power serves less, every part of the facility gets the same share;
/// the loops give back the heat that was not made, and jobs the progress that was not earned.
/// </remarks>
public static class Settlement
{
    /// <summary>Power asked for at the bus for a demand behind the step-down transformers.</summary>
    public static double AskedMw(Site site, double behindMw, out double lossMw)
    {
        TransformerSpec spec = site.Scenario.Power.StepDown;
        double capacityMw = Math.Max(site.StepDownMw, behindMw);
        double sentMw = capacityMw > 0
            ? LossyPath.SendMw(behindMw, spec.NoLoadLossFraction * capacityMw, spec.LoadLossFraction / capacityMw)
            : 0;
        lossMw = sentMw - behindMw;
        return sentMw;
    }

    /// <summary>Settles one step.</summary>
    public static ServedStep Step(
        Site site, in LoadStep load, in CoolingStep cooling, in PowerStep power, double lossMw, double stepS)
    {
        double fraction = power.DemandMw > 0 ? power.ServedMw / power.DemandMw : 1;
        double heatMw = cooling.HeatInMw * fraction;
        double unearned = 0;
        if (fraction < 1)
        {
            site.Cooling.StoredMwh -= (cooling.HeatInMw - heatMw) * stepS / 3600;
            foreach (SiteJob job in site.Jobs)
            {
                unearned += TrainingJob.TakeBack(ref job.State, job.Step.EarnedGpuS * (1 - fraction));
            }
        }
        return new ServedStep(power.DemandMw, fraction, lossMw * fraction, load.ItMw * fraction, heatMw, unearned);
    }
}
