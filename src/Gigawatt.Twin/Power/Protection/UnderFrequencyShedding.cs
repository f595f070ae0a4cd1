using Gigawatt.Numerics;

namespace Gigawatt.Power.Protection;

/// <summary>One stage of under-frequency load shedding: which jobs or halls are dropped at which frequency.</summary>
/// <remarks>ERCOT's own stages stand at 59.3, 58.9 and 58.5 Hz. Not modelled: restoration by the relay itself.</remarks>
public sealed record UnderFrequencyStageSpec
{
    /// <summary>Frequency at or below which its clock runs.</summary>
    public required double LevelHz { get; init => field = Check.Within(value, 30, 90); }

    /// <summary>Time from there until the load is gone: relay, message and breaker.</summary>
    [Default(Grade.E, "assumption: 100 ms, as campus schemes promise")]
    public double DelayS { get; init => field = Check.NotNegative(value); } = 0.1;

    /// <summary>Loads that it drops.</summary>
    [RefersTo("loads")]
    public required IReadOnlyList<string> Drops { get; init; }
}
