using Gigawatt.Cooling;
using Gigawatt.Power;

namespace Gigawatt.Simulation;

/// <summary>Turns what supply and loops could give in this step into what the next one must respect, and tells what changed.</summary>
public static class LimitsStage
{
    /// <summary>One decision.</summary>
    public static void Step(Site site, in LoadStep load, in CoolingStep cooling, in PowerStep power, double startS, double stepS)
    {
        LimitsState before = site.Limits;
        // What runs on besides racks takes its part first; batteries count only above their reserve charge.
        double otherMw = power.DemandMw - load.ItMw + power.AuxiliaryMw;
        double sustainableMw = power.ReachMw + Math.Min(power.BatteryMw, power.BatteryReserveMw);
        double budgetMw = site.Generation.Plant.Sites.Length == 0 ? double.MaxValue : sustainableMw - otherMw;
        double endS = startS + stepS;
        Limits.Step(
            ref site.Limits, budgetMw, cooling.ThrottleFraction, load.IdleMw, load.FreeMw, load.BusyShare, load.IdleShare, site.UserCount, endS);
        site.Day.LowestCapFraction = Math.Min(site.Day.LowestCapFraction, site.Limits.CapFraction);
        string cause = site.Limits.Cause == Shortage.Cooling ? "cooling" : "power";
        if (before.CapFraction >= 1 && site.Limits.CapFraction < 1) { site.Tell(endS, EventKind.Capped, cause, site.Limits.CapFraction); }
        if (before.CapFraction < 1 && site.Limits.CapFraction >= 1)
        {
            site.Tell(endS, EventKind.Uncapped, before.Cause == Shortage.Cooling ? "cooling" : "power", (endS - before.SinceS) / 3600);
        }
        if (site.Limits.ShedFraction != before.ShedFraction)
        {
            double changeMw = Math.Abs(site.Limits.ShedFraction - before.ShedFraction) * site.Capacity.LiveMw;
            site.Tell(endS, site.Limits.ShedFraction > before.ShedFraction ? EventKind.Shed : EventKind.Restored, cause, changeMw);
        }
        double shortMw = power.DemandMw - power.ServedMw;
        if (shortMw > 1e-6) { site.Tell(startS, EventKind.Shortfall, "campus bus", shortMw); }
    }
}
