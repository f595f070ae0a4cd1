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

/// <summary>The time until the lost units are back: decide, energise when black, start one after another.</summary>
/// <remarks>Machines of different groups start side by side. Not modelled: failed starts, load pick-up after the last start, synchronising.</remarks>
public static class Restoration
{
    /// <summary>Time until every lost machine can take load again; zero when nothing was lost, infinite when a dead bus cannot be energised.</summary>
    /// <param name="spec">How it is done.</param>
    /// <param name="bus">The bus.</param>
    /// <param name="verdict">How the transient ended.</param>
    /// <param name="lost">Machines lost of each group.</param>
    /// <param name="storedMwh">Energy left in grid-forming batteries.</param>
    public static double TimeS(RestorationSpec spec, CampusBusSpec bus, TransientVerdict verdict, ReadOnlySpan<int> lost, double storedMwh)
    {
        double longestS = 0, neededMwh = 0;
        for (int i = 0; i < lost.Length; i++)
        {
            if (lost[i] == 0) { continue; }
            longestS = Math.Max(longestS, bus.Machines[i].StartS + (lost[i] - 1) * spec.StaggerS);
        }
        if (verdict != TransientVerdict.Black) { return longestS == 0 ? 0 : spec.DecisionS + longestS; }
        // The first machine of the quickest group starts from the battery; with it running the others follow.
        double firstS = double.PositiveInfinity;
        for (int i = 0; i < bus.Machines.Count; i++)
        {
            if (bus.Machines[i].StartS >= firstS) { continue; }
            firstS = bus.Machines[i].StartS;
            neededMwh = spec.StartPowerFraction * bus.Machines[i].RatedMw * firstS / 3600;
        }
        if (double.IsInfinity(firstS)) { return spec.DecisionS + spec.EnergiseS; }
        return storedMwh < neededMwh ? double.PositiveInfinity : spec.DecisionS + spec.EnergiseS + longestS;
    }
}
