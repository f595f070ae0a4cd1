using Gigawatt.Numerics;

namespace Gigawatt.Simulation;

/// <summary>Why load is held back.</summary>
public enum Shortage
{
    /// <summary>Not held back.</summary>
    None,

    /// <summary>Power ran short.</summary>
    Power,

    /// <summary>Cooling ran short.</summary>
    Cooling,
}

/// <summary>What the next step must respect: the only way in which power and cooling act back on the load.</summary>
public struct LimitsState
{
    /// <summary>Most power a GPU may draw, as a share of TDP; 1 is free.</summary>
    public double CapFraction;

    /// <summary>How many jobs are told to pause, the least important first.</summary>
    public int PausedJobs;

    /// <summary>Share of live racks that are switched off.</summary>
    public double ShedFraction;

    /// <summary>What ran short.</summary>
    public Shortage Cause;

    /// <summary>Simulated time since which the cap has held.</summary>
    public double SinceS;

    /// <summary>Simulated time before which nothing is given back, so that the load does not hunt.</summary>
    public double HoldUntilS;

    /// <summary>Nothing to respect.</summary>
    public static LimitsState None => new() { CapFraction = 1 };

    /// <summary>Whether anything is held back.</summary>
    public readonly bool Holds => CapFraction < 1 || PausedJobs > 0 || ShedFraction > 0;
}

/// <summary>Decides what the next step must respect, from what power and cooling could give in this one.</summary>
/// <remarks>
/// On shortfall, in this order: cap GPUs, pause jobs from the least important up, switch off racks in steps of 5 %. Given back in
/// the reverse order, one measure every five minutes, and no earlier than half an hour after the last job was paused. Not modelled: forecasts, prices, who has paid for priority.
/// </remarks>
public static class Limits
{
    private const double LowestCapFraction = 0.3;
    private const double HoldS = 300;

    // A paused job and a dark rack take many minutes to come back: not for a gust of spare power.
    private const double LongHoldS = 1800;
    private const double ShedSteps = 20;
    private const double Margin = 0.99;

    /// <summary>One decision.</summary>
    /// <param name="limits">What holds now.</param>
    /// <param name="budgetMw">IT power that supply can carry on, the batteries above their reserve charge included.</param>
    /// <param name="coolingFraction">Share of IT power that the loops allow; 1 is free.</param>
    /// <param name="idleMw">IT power with every live rack on and no job.</param>
    /// <param name="freeMw">IT power if nothing were held back.</param>
    /// <param name="busyFraction">Share of TDP that training draws when free.</param>
    /// <param name="idleFraction">Share of TDP without a job.</param>
    /// <param name="jobs">Number of jobs.</param>
    /// <param name="nowS">Simulated time.</param>
    public static void Step(
        ref LimitsState limits, double budgetMw, double coolingFraction, double idleMw, double freeMw, double busyFraction,
        double idleFraction, int jobs, double nowS)
    {
        double coolingMw = coolingFraction >= 1 ? double.MaxValue : coolingFraction * freeMw;
        double allowedMw = Math.Max(0, Math.Min(budgetMw, coolingMw));
        Shortage cause = coolingMw < budgetMw ? Shortage.Cooling : Shortage.Power;
        double wantedMw = freeMw;
        if (wantedMw <= allowedMw)
        {
            if (!limits.Holds || nowS < limits.HoldUntilS) { return; }
            GiveBack(ref limits, nowS);
            return;
        }
        double room = freeMw > idleMw ? (allowedMw * Margin - idleMw) / (freeMw - idleMw) : 0;
        double cap = idleFraction + Math.Max(0, room) * (busyFraction - idleFraction);
        if (!limits.Holds) { limits.SinceS = nowS; }
        limits.Cause = cause;
        cap = Math.Limit(cap, 0, 1);
        bool tighter = cap < limits.CapFraction || cap < LowestCapFraction;
        limits.CapFraction = Math.Max(cap, LowestCapFraction);
        if (!tighter && nowS >= limits.HoldUntilS && (limits.ShedFraction > 0 || limits.PausedJobs > 0))
        {
            // Room for a cap is room for jobs: give those back first and let the cap follow.
            GiveBack(ref limits, nowS);
        }
        // What holds longer, such as a blackout, goes on holding.
        if (tighter) { limits.HoldUntilS = Math.Max(limits.HoldUntilS, nowS + HoldS); }
        if (cap >= LowestCapFraction) { return; }
        limits.HoldUntilS = Math.Max(limits.HoldUntilS, nowS + LongHoldS);
        if (limits.PausedJobs < jobs) { limits.PausedJobs++; }
        else if (idleMw > allowedMw && idleMw > 0)
        {
            double share = Math.Ceiling((1 - allowedMw * Margin / idleMw) * ShedSteps) / ShedSteps;
            limits.ShedFraction = Math.Limit(share, limits.ShedFraction, 1);
        }
    }

    private static void GiveBack(ref LimitsState limits, double nowS)
    {
        if (limits.ShedFraction > 0) { limits.ShedFraction = limits.ShedFraction > 0.1 ? limits.ShedFraction - 0.1 : 0; }
        else if (limits.PausedJobs > 0) { limits.PausedJobs--; }
        else
        {
            limits.CapFraction = 1;
            limits.Cause = Shortage.None;
        }
        limits.HoldUntilS = nowS + HoldS;
    }
}
