using Gigawatt.Numerics;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Reliability;

/// <summary>How often a large single thing (turbine, transformer, chiller) fails and how long its repair takes.</summary>
/// <remarks>
/// Up and down times are exponential, so the past does not matter. Not modelled: wear, infant failures, failures on
/// demand, common causes, crews that repair one unit at a time.
/// </remarks>
public sealed record TwoStateUnitSpec
{
    /// <summary>Mean time in service until it fails.</summary>
    public required double MttfS { get; init => field = Check.Positive(value); }

    /// <summary>Mean time from failure back to service.</summary>
    public required double MttrS { get; init => field = Check.Positive(value); }

    /// <summary>Share of time in service over the long run: MTTF / (MTTF + MTTR).</summary>
    public double AvailabilityFraction => MttfS / (MttfS + MttrS);
}

/// <summary>What one unit remembers: whether it is in service, when that next changes, and its luck.</summary>
public struct TwoStateUnitState
{
    /// <summary>In service.</summary>
    public bool IsUp;

    /// <summary>Time of the next failure or return.</summary>
    public double NextS;

    /// <summary>Where its up and down times come from.</summary>
    public Stream Luck;
}

/// <summary>The equations of one unit that is up or down.</summary>
public static class TwoStateUnit
{
    /// <summary>A unit new in service at a time.</summary>
    public static TwoStateUnitState Begin(TwoStateUnitSpec spec, Stream luck, double atS)
    {
        TwoStateUnitState state = new() { IsUp = true, Luck = luck };
        state.NextS = atS + state.Luck.NextExponential() * spec.MttfS;
        return state;
    }

    /// <summary>The change that is due happens: an up unit fails, a down unit returns, and the time of the next is drawn.</summary>
    public static void Change(TwoStateUnitSpec spec, ref TwoStateUnitState state)
    {
        state.IsUp = !state.IsUp;
        state.NextS += state.Luck.NextExponential() * (state.IsUp ? spec.MttfS : spec.MttrS);
    }
}
