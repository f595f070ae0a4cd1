using Gigawatt.Numerics;

namespace Gigawatt.Power.Protection;

/// <summary>A published frequency boundary within which a source must stay connected.</summary>
public enum FrequencyBoundary
{
    /// <summary>PRC-024-3, Eastern Interconnection.</summary>
    Eastern,

    /// <summary>PRC-024-3, ERCOT.</summary>
    Ercot,
}

/// <summary>Shortest time in which a frequency may trip a source under PRC-024-3.</summary>
/// <remarks>
/// Eastern: at or beyond 61.8 and 57.8 Hz at once; above 60.5 Hz t = 10^(90.935 − 1.45713 f), below 59.5 Hz t = 10^(1.7373 f − 100.116).
/// ERCOT: steps at 60.6, 61.6, 61.8 and 59.4, 58.4, 58.0, 57.5 Hz. Both quoted from memory of the standard: grade E until read again there.
/// </remarks>
public static class FrequencyRelayCurves
{
    /// <summary>Time for which a frequency must be endured; infinite in the continuous band, zero where a trip may be instantaneous.</summary>
    public static double EnduredS(FrequencyBoundary curve, double frequencyHz) => curve switch
    {
        FrequencyBoundary.Eastern => frequencyHz switch
        {
            >= 61.8 or <= 57.8 => 0,
            >= 60.5 => Elementary.Pow(10, 90.935 - 1.45713 * frequencyHz),
            <= 59.5 => Elementary.Pow(10, 1.7373 * frequencyHz - 100.116),
            _ => double.PositiveInfinity,
        },
        _ => frequencyHz switch
        {
            >= 61.8 or < 57.5 => 0,
            >= 61.6 => 30,
            >= 60.6 => 540,
            <= 58.0 => 2,
            <= 58.4 => 30,
            <= 59.4 => 540,
            _ => double.PositiveInfinity,
        },
    };

    /// <summary>Every stage of a relay that trips where the curve wants it to stay, in words.</summary>
    public static IEnumerable<string> Conflicts(FrequencyRelaySpec relay, FrequencyBoundary curve)
    {
        foreach (FrequencyStageSpec stage in relay.Under.Concat(relay.Over))
        {
            double enduredS = EnduredS(curve, stage.LevelHz);
            if (stage.DelayS < enduredS)
            {
                yield return FormattableString.Invariant($"the stage at {stage.LevelHz:0.##} Hz trips after {stage.DelayS:0.##} s, where PRC-024-3 ({curve}) asks for {enduredS:0.#} s");
            }
        }
    }
}
