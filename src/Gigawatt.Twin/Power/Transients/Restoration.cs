using Gigawatt.Numerics;

namespace Gigawatt.Power.Transients;

/// <summary>How a campus comes back after a trip or a blackout.</summary>
public sealed record RestorationSpec
{
    /// <summary>Time to find out what happened and to give the order.</summary>
    [Default(Grade.E, "assumption: 5 min")]
    public double DecisionS { get; init => field = Check.NotNegative(value); } = 300;

    /// <summary>Time to energise the dead bus from grid-forming batteries.</summary>
    [Default(Grade.E, "assumption: 2 min")]
    public double EnergiseS { get; init => field = Check.NotNegative(value); } = 120;

    /// <summary>Distance between the starts of two machines of a group.</summary>
    [Default(Grade.E, "assumption: 1 min")]
    public double StaggerS { get; init => field = Check.NotNegative(value); } = 60;

    /// <summary>Auxiliary power of one machine while it starts, as a share of its rating.</summary>
    [Default(Grade.E, "assumption: 2 %")]
    public double StartPowerFraction { get; init => field = Check.Fraction(value); } = 0.02;
}

/// <summary>Units of one kind that have to come back, or that could be the first to start.</summary>
/// <param name="Count">How many were lost.</param>
/// <param name="StartS">Time that one takes to start.</param>
/// <param name="RatedMw">Rating of one.</param>
public readonly record struct LostUnits(int Count, double StartS, double RatedMw);

/// <summary>The time until the lost units are back: decide, energise when black, start one after another.</summary>
/// <remarks>
/// Units of different groups start side by side. A dead bus is energised from grid-forming batteries, whose energy must carry the first start of the quickest group.
/// Not modelled: failed starts, load pick-up after the last start, synchronising.
/// </remarks>
public static class Restoration
{
    /// <summary>Time until a dead bus is live again; infinite when the batteries are empty or cannot start the quickest unit.</summary>
    public static double DeadS(RestorationSpec spec, ReadOnlySpan<LostUnits> groups, double storedMwh)
    {
        double firstS = double.PositiveInfinity, neededMwh = 0;
        foreach (ref readonly LostUnits group in groups)
        {
            if (group.StartS >= firstS) { continue; }
            firstS = group.StartS;
            neededMwh = spec.StartPowerFraction * group.RatedMw * firstS / 3600;
        }
        return storedMwh <= neededMwh ? double.PositiveInfinity : spec.DecisionS + spec.EnergiseS;
    }

    /// <summary>Time from a live bus until every lost unit can take load again; zero when none was lost.</summary>
    public static double StartsS(RestorationSpec spec, ReadOnlySpan<LostUnits> groups)
    {
        double longestS = 0;
        foreach (ref readonly LostUnits group in groups)
        {
            if (group.Count > 0) { longestS = Math.Max(longestS, group.StartS + (group.Count - 1) * spec.StaggerS); }
        }
        return longestS;
    }

    /// <summary>Time until every lost unit can take load again; zero when nothing was lost, infinite when a dead bus cannot be energised.</summary>
    /// <param name="spec">How it is done.</param>
    /// <param name="verdict">How the transient ended.</param>
    /// <param name="groups">Every kind of unit on the bus.</param>
    /// <param name="storedMwh">Energy left in grid-forming batteries.</param>
    public static double TimeS(RestorationSpec spec, TransientVerdict verdict, ReadOnlySpan<LostUnits> groups, double storedMwh)
    {
        double startsS = StartsS(spec, groups);
        if (verdict == TransientVerdict.Black) { return DeadS(spec, groups, storedMwh) + startsS; }
        return startsS == 0 ? 0 : spec.DecisionS + startsS;
    }
}
