using Gigawatt.Numerics;

namespace Gigawatt.Power.Protection;

/// <summary>Published shapes of inverse-time overcurrent relays.</summary>
public enum OvercurrentCurve
{
    /// <summary>IEC 60255-151 standard inverse: k = 0.14, α = 0.02.</summary>
    IecStandardInverse,

    /// <summary>IEC 60255-151 very inverse: k = 13.5, α = 1.</summary>
    IecVeryInverse,

    /// <summary>IEC 60255-151 extremely inverse: k = 80, α = 2.</summary>
    IecExtremelyInverse,

    /// <summary>IEEE C37.112 moderately inverse: A = 0.0515, B = 0.1140, p = 0.02.</summary>
    IeeeModeratelyInverse,

    /// <summary>IEEE C37.112 very inverse: A = 19.61, B = 0.491, p = 2.</summary>
    IeeeVeryInverse,

    /// <summary>IEEE C37.112 extremely inverse: A = 28.2, B = 0.1217, p = 2.</summary>
    IeeeExtremelyInverse,
}

/// <summary>An overcurrent relay with its breaker.</summary>
/// <remarks>
/// t = TMS·k/((I/I_s)^α − 1) (IEC 60255-151) or t = TD·(A/(M^p − 1) + B) (IEEE C37.112); a current that changes moves the relay by dt/t(I)
/// until it reaches 1, as the induction disc that both standards describe. Not modelled: direction, earth faults, saturation of transformers, the
/// slow return of a disc (resets at once below pick-up).
/// </remarks>
public sealed record OvercurrentSpec
{
    /// <summary>Shape of the curve.</summary>
    [Default(Grade.E, "assumption: very inverse curves are usual where fault currents differ along a feeder")]
    public OvercurrentCurve Curve { get; init; } = OvercurrentCurve.IecVeryInverse;

    /// <summary>Current at which the relay starts.</summary>
    public required double PickupKa { get; init => field = Check.Positive(value); }

    /// <summary>Time multiplier (IEC) or time dial (IEEE).</summary>
    [Default(Grade.E, "assumption: a low setting, since nothing downstream of a hall's feeder has to trip first")]
    public double TimeDialFactor { get; init => field = Check.Positive(value); } = 0.1;

    /// <summary>Current above which the relay does not wait; null when it has no such element.</summary>
    public double? InstantPickupKa { get; init => field = value is { } current ? Check.Positive(current) : null; }

    /// <summary>Time of the instantaneous element.</summary>
    [Default(Grade.E, "assumption: one to two cycles of a numerical relay")]
    public double InstantDelayS { get; init => field = Check.NotNegative(value); } = 0.02;

    /// <summary>Time from the relay's order to the end of the arc.</summary>
    [Default(Grade.E, "assumption: vacuum breaker of three to five cycles at 60 Hz")]
    public double BreakerS { get; init => field = Check.NotNegative(value); } = 0.06;
}

/// <summary>What a relay remembers between steps.</summary>
public struct OvercurrentState
{
    /// <summary>How far it has come: 1 is the order to trip.</summary>
    public double TravelFraction;

    /// <summary>Time for which the instantaneous element has seen its current.</summary>
    public double InstantForS;

    /// <summary>Time since the order to trip; negative until then is zero.</summary>
    public double OrderedForS;

    /// <summary>Whether the order to trip was given.</summary>
    public bool IsOrdered;

    /// <summary>Whether the breaker is open.</summary>
    public bool IsOpen;
}

/// <summary>The overcurrent relay's equations.</summary>
public static class Overcurrent
{
    /// <summary>Time to the order at a steady current; without limit at or below pick-up.</summary>
    public static double TripS(OvercurrentSpec spec, double currentKa)
    {
        double multiple = currentKa / spec.PickupKa;
        double inverseS = multiple <= 1 ? double.PositiveInfinity : spec.TimeDialFactor * Seconds(spec.Curve, multiple);
        return spec.InstantPickupKa is { } instantKa && currentKa >= instantKa ? Math.Min(inverseS, spec.InstantDelayS) : inverseS;
    }

    /// <summary>Lets the relay see a current for one step; true from the moment the breaker is open.</summary>
    public static bool Step(OvercurrentSpec spec, ref OvercurrentState state, double currentKa, double stepS)
    {
        if (state.IsOpen) { return true; }
        if (state.IsOrdered)
        {
            state.OrderedForS += stepS;
        }
        else
        {
            double multiple = currentKa / spec.PickupKa;
            state.TravelFraction = multiple <= 1 ? 0 : state.TravelFraction + stepS / (spec.TimeDialFactor * Seconds(spec.Curve, multiple));
            state.InstantForS = spec.InstantPickupKa is { } instantKa && currentKa >= instantKa ? state.InstantForS + stepS : 0;
            // Half a nanosecond forgives the rounding of summed steps.
            bool instant = state.InstantForS > 0 && state.InstantForS >= spec.InstantDelayS - 5e-10;
            state.IsOrdered = instant || state.TravelFraction >= 1 - 1e-9;
        }
        state.IsOpen = state.IsOrdered && state.OrderedForS >= spec.BreakerS - 5e-10;
        return state.IsOpen;
    }

    private static double Seconds(OvercurrentCurve curve, double multiple) => curve switch
    {
        OvercurrentCurve.IecStandardInverse => 0.14 / (Elementary.Pow(multiple, 0.02) - 1),
        OvercurrentCurve.IecVeryInverse => 13.5 / (multiple - 1),
        OvercurrentCurve.IecExtremelyInverse => 80 / (multiple * multiple - 1),
        OvercurrentCurve.IeeeModeratelyInverse => 0.0515 / (Elementary.Pow(multiple, 0.02) - 1) + 0.1140,
        OvercurrentCurve.IeeeVeryInverse => 19.61 / (multiple * multiple - 1) + 0.491,
        _ => 28.2 / (multiple * multiple - 1) + 0.1217,
    };
}
