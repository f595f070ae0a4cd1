using System.Runtime.CompilerServices;
using Gigawatt.Numerics;

namespace Gigawatt.Power.Protection;

/// <summary>A depth of sag and how long it must be borne.</summary>
public sealed record SagBandSpec
{
    /// <summary>The band holds while the voltage is lower than this.</summary>
    public required double BelowPu { get; init => field = Check.Positive(value); }

    /// <summary>Time below it that must be borne.</summary>
    public required double DurationS { get; init => field = Check.NotNegative(value); }
}

/// <summary>A height of swell and how long it must be borne.</summary>
public sealed record SwellBandSpec
{
    /// <summary>The band holds while the voltage is higher than this.</summary>
    public required double AbovePu { get; init => field = Check.Positive(value); }

    /// <summary>Time above it that must be borne.</summary>
    public required double DurationS { get; init => field = Check.NotNegative(value); }
}

/// <summary>Which sags and swells a load must bear, and how fast it must be back: a grid's rule or an equipment's tolerance.</summary>
/// <remarks>
/// Two staircases of voltage over duration. The load must stay as long as the time below each step of the lower staircase, and above each of the
/// upper, is no longer than that step's duration; a deeper step never allows more. The clocks of an excursion start when the
/// voltage leaves the continuous band and reset when it is back. Not modelled: unbalance, phase jumps, points on wave.
/// </remarks>
[Catalog("ride_through")]
public sealed record RideThroughCurveSpec : ISelfChecking
{
    /// <summary>Most steps that one side may have.</summary>
    public const int MostBands = 8;

    /// <summary>What it is called in tables.</summary>
    public required string Title { get; init; }

    /// <summary>Sags, the shallowest first.</summary>
    public IReadOnlyList<SagBandSpec> Sags { get; init; } = [];

    /// <summary>Swells, the lowest first.</summary>
    public IReadOnlyList<SwellBandSpec> Swells { get; init; } = [];

    /// <summary>Share of its power before the event that the load must draw again; null when the rule does not say.</summary>
    public double? ReturnFraction { get; init => field = value is { } share ? Check.PositiveFraction(share) : null; }

    /// <summary>Time after the voltage is back in which it must.</summary>
    public double? RecoveryS { get; init => field = value is { } time ? Check.Positive(time) : null; }

    /// <summary>Voltage from which it counts as back.</summary>
    [Default(Grade.C, "ERCOT NOGRR282, CAISO straw proposal and EirGrid MPID345 as listed by awesome-compute-power-coordination (2026-10-07): 0.9 pu in all three")]
    public double ReturnsAtPu { get; init => field = Check.Positive(value); } = 0.9;

    /// <summary>Whether a load may stay on its batteries because it has counted several sags.</summary>
    [Default(Grade.E, "assumption: what a rule does not forbid is allowed")]
    public bool AllowsCounting { get; init; } = true;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (Sags.Count > MostBands) { yield return new Contradiction(nameof(Sags), $"at most {MostBands} steps", $"{Sags.Count}"); }
        if (Swells.Count > MostBands) { yield return new Contradiction(nameof(Swells), $"at most {MostBands} steps", $"{Swells.Count}"); }
        for (int i = 1; i < Sags.Count; i++)
        {
            if (!(Sags[i].BelowPu < Sags[i - 1].BelowPu))
            {
                yield return new Contradiction(nameof(Sags), "sags from shallow to deep, each 'below' lower than the one before", FormattableString.Invariant($"{Sags[i].BelowPu} pu after {Sags[i - 1].BelowPu} pu"));
            }
            else if (Sags[i].DurationS > Sags[i - 1].DurationS)
            {
                yield return new Contradiction(
                    nameof(Sags), FormattableString.Invariant($"durations that do not grow with depth: at most {Sags[i - 1].DurationS} s below {Sags[i].BelowPu} pu"),
                    FormattableString.Invariant($"{Sags[i].DurationS} s"));
            }
        }
        for (int i = 1; i < Swells.Count; i++)
        {
            if (!(Swells[i].AbovePu > Swells[i - 1].AbovePu))
            {
                yield return new Contradiction(nameof(Swells), "swells from low to high, each 'above' higher than the one before", FormattableString.Invariant($"{Swells[i].AbovePu} pu after {Swells[i - 1].AbovePu} pu"));
            }
            else if (Swells[i].DurationS > Swells[i - 1].DurationS)
            {
                yield return new Contradiction(
                    nameof(Swells), FormattableString.Invariant($"durations that do not grow with height: at most {Swells[i - 1].DurationS} s above {Swells[i].AbovePu} pu"),
                    FormattableString.Invariant($"{Swells[i].DurationS} s"));
            }
        }
        if (ReturnFraction is null != RecoveryS is null)
        {
            yield return new Contradiction(nameof(RecoveryS), "'return' and 'recovery', or neither", "one of them");
        }
    }
}

/// <summary>Seconds in each step of a staircase.</summary>
[InlineArray(RideThroughCurveSpec.MostBands)]
public struct BandClocks
{
    private double first;
}

/// <summary>How long the voltage has been in each step of a curve.</summary>
public struct RideThroughState
{
    /// <summary>Seconds below each step of the lower staircase in this excursion.</summary>
    public BandClocks Sag;

    /// <summary>Seconds above each step of the upper staircase in this excursion.</summary>
    public BandClocks Swell;

    /// <summary>Whether the curve no longer asks the load to stay.</summary>
    public bool IsReleased;
}

/// <summary>The clocks of a ride-through curve.</summary>
public static class RideThroughCurve
{
    // Whole steps rarely add up to a duration exactly; a microsecond decides nothing.
    private const double SlackS = 1e-6;

    /// <summary>Lets a voltage stand for one step; true while the curve asks the load to stay.</summary>
    public static bool Step(RideThroughCurveSpec spec, ref RideThroughState state, double voltagePu, double stepS)
    {
        bool released = false;
        for (int i = 0; i < spec.Sags.Count; i++)
        {
            state.Sag[i] = voltagePu < spec.Sags[i].BelowPu ? state.Sag[i] + stepS : Kept(state.Sag[i], voltagePu >= spec.Sags[0].BelowPu);
            released |= state.Sag[i] > spec.Sags[i].DurationS + SlackS;
        }
        for (int i = 0; i < spec.Swells.Count; i++)
        {
            state.Swell[i] = voltagePu > spec.Swells[i].AbovePu ? state.Swell[i] + stepS : Kept(state.Swell[i], voltagePu <= spec.Swells[0].AbovePu);
            released |= state.Swell[i] > spec.Swells[i].DurationS + SlackS;
        }
        state.IsReleased = released;
        return !released;
    }

    /// <summary>Longest time that a level voltage must be borne; without limit inside the continuous band.</summary>
    public static double WithstandS(RideThroughCurveSpec spec, double voltagePu)
    {
        double time = double.PositiveInfinity;
        foreach (SagBandSpec band in spec.Sags) { time = voltagePu < band.BelowPu ? Math.Min(time, band.DurationS) : time; }
        foreach (SwellBandSpec band in spec.Swells) { time = voltagePu > band.AbovePu ? Math.Min(time, band.DurationS) : time; }
        return time;
    }

    private static double Kept(double clockS, bool isBack) => isBack ? 0 : clockS;
}
