using Gigawatt.Power.Protection;

namespace Gigawatt.Power.Stability;

/// <summary>What a hall remembers between steps.</summary>
public struct HallLoadState
{
    /// <summary>Its UPS.</summary>
    public UpsState Ups;

    /// <summary>Its power supplies.</summary>
    public PowerSupplyUnitState Supplies;

    /// <summary>Share of its load that the network carries.</summary>
    public double DrawnFraction;

    /// <summary>A hall that has been fed for long.</summary>
    public static HallLoadState Steady => new() { Ups = UpsState.Steady, DrawnFraction = 1 };
}

/// <summary>How a hall rides through what happens to its voltage.</summary>
public static class HallLoad
{
    /// <summary>Lets a voltage stand for one step; returns the share of the hall's load that the network carries.</summary>
    public static double Step(HallLoadSpec spec, ref HallLoadState state, double voltagePu, double frequencyHz, double stepS)
    {
        if (spec.Ups is { } ups)
        {
            double rectifier = UpsTransfer.Step(ups, ref state.Ups, voltagePu, frequencyHz, stepS);
            // The racks see the UPS: nominal voltage while it has anything to give.
            double racks = PowerSupplyUnit.Step(spec.Supplies, ref state.Supplies, UpsTransfer.Carries(state.Ups) ? 1 : 0, stepS);
            state.DrawnFraction = rectifier * racks;
        }
        else
        {
            state.DrawnFraction = PowerSupplyUnit.Step(spec.Supplies, ref state.Supplies, voltagePu, stepS);
        }
        return state.DrawnFraction;
    }

    /// <summary>Whether the racks of the hall have all their power, from the network or from batteries.</summary>
    public static bool RacksRun(in HallLoadState state) => state.Supplies.DownFraction == 0;
}
