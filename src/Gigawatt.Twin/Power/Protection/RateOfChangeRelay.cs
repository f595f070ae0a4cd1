using Gigawatt.Numerics;

namespace Gigawatt.Power.Protection;

/// <summary>Trips a source when frequency changes too fast over a window (RoCoF, anti-islanding).</summary>
public sealed record RateOfChangeRelaySpec
{
    /// <summary>Rate at or above which its clock runs, either way.</summary>
    [Default(Grade.E, "assumption: 1 Hz/s, of 0.5–1 Hz/s for anti-islanding; 5 Hz/s is the withstand asked by IESO")]
    public double LevelHzPerS { get; init => field = Check.Positive(value); } = 1;

    /// <summary>Window over which the rate is measured.</summary>
    [Default(Grade.E, "assumption: 500 ms, typical")]
    public double WindowS { get; init => field = Check.Within(value, 0.02, 5); } = 0.5;

    /// <summary>How long the rate must last beyond its level.</summary>
    [Default(Grade.E, "assumption: at once")]
    public double DelayS { get; init => field = Check.NotNegative(value); }
}
