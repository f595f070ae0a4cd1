using Gigawatt.Numerics;

namespace Gigawatt.Power.Protection;

/// <summary>The power supplies of a hall's racks: what they bear without help from upstream.</summary>
/// <remarks>
/// Inside its input window a supply draws constant power. Outside, its capacitors carry the racks for the hold-up time; then they stop, and start
/// again, with a ramp, some time after the voltage is back. While the capacitors carry, it draws nothing. Not modelled: staggered starts of
/// single racks, inrush, recharge of the capacitors after a sag that was borne.
/// </remarks>
public sealed record PowerSupplyUnitSpec : ISelfChecking
{
    /// <summary>Lowest input voltage at full load.</summary>
    [Default(Grade.E, "assumption: a 200 to 240 V supply (-10 %) on a 415/240 V system keeps going to about 0.8 of nominal")]
    public double LowestVoltagePu { get; init => field = Check.Positive(value); } = 0.8;

    /// <summary>Highest input voltage.</summary>
    [Default(Grade.E, "assumption: 264 V of 240 V, the upper end of the usual range")]
    public double HighestVoltagePu { get; init => field = Check.Positive(value); } = 1.1;

    /// <summary>Time for which the capacitors carry full load.</summary>
    [Default(Grade.E, "assumption: 10 to 20 ms is usual; ITIC asks for 20 ms")]
    public double HoldUpS { get; init => field = Check.NotNegative(value); } = 0.02;

    /// <summary>Time of good voltage before a stopped supply starts again.</summary>
    [Default(Grade.E, "assumption: a few seconds of self test")]
    public double RestartS { get; init => field = Check.NotNegative(value); } = 5;

    /// <summary>Time over which the restarted racks take up their load.</summary>
    [Default(Grade.E, "assumption: servers start and jobs are loaded again; the power of the hall climbs in minutes")]
    public double RampS { get; init => field = Check.Positive(value); } = 120;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (HighestVoltagePu <= LowestVoltagePu) { yield return new Contradiction(nameof(HighestVoltagePu), FormattableString.Invariant($"more than the lowest, {LowestVoltagePu} pu"), FormattableString.Invariant($"{HighestVoltagePu} pu")); }
    }
}

/// <summary>What the supplies of a hall remember.</summary>
public struct PowerSupplyUnitState
{
    /// <summary>How long the input has been outside the window.</summary>
    public double OutForS;

    /// <summary>How long it has been good since the supplies stopped.</summary>
    public double GoodForS;

    /// <summary>Share of the hall's load that is down and not yet back.</summary>
    public double DownFraction;

    /// <summary>Times the supplies have stopped.</summary>
    public int Stops;
}

/// <summary>The power supplies' behaviour.</summary>
public static class PowerSupplyUnit
{
    /// <summary>Lets a voltage stand for one step; returns the share of the load that is drawn from the input.</summary>
    public static double Step(PowerSupplyUnitSpec spec, ref PowerSupplyUnitState state, double voltagePu, double stepS)
    {
        bool good = voltagePu >= spec.LowestVoltagePu && voltagePu <= spec.HighestVoltagePu;
        state.OutForS = good ? 0 : state.OutForS + stepS;
        if (state.OutForS > spec.HoldUpS + 1e-9 && state.DownFraction < 1)
        {
            state.DownFraction = 1;
            state.GoodForS = 0;
            state.Stops++;
        }
        if (state.DownFraction > 0)
        {
            state.GoodForS = good ? state.GoodForS + stepS : 0;
            if (state.GoodForS > spec.RestartS) { state.DownFraction = Math.Max(0, state.DownFraction - stepS / spec.RampS); }
        }
        return good ? 1 - state.DownFraction : 0;
    }
}
