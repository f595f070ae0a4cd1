using Gigawatt.Numerics;

namespace Gigawatt.Power.Protection;

/// <summary>One stage of a frequency relay.</summary>
public sealed record FrequencyStageSpec
{
    /// <summary>Frequency at or beyond which its clock runs.</summary>
    public required double LevelHz { get; init => field = Check.Within(value, 30, 90); }

    /// <summary>How long it must last.</summary>
    [Default(Grade.E, "assumption: at once")]
    public double DelayS { get; init => field = Check.NotNegative(value); }
}

/// <summary>Under- and over-frequency protection of a source (81U, 81O) with mechanical overspeed.</summary>
/// <remarks>A stage's clock starts when frequency passes its level, returns to zero when it comes back, and trips at its delay. Not modelled: measuring windows.</remarks>
[Catalog("frequency_relays")]
public sealed record FrequencyRelaySpec
{
    /// <summary>What it is called.</summary>
    public string Title { get; init; } = "";

    /// <summary>Under-frequency stages.</summary>
    [Default(Grade.E, "assumption: 58.5 Hz 10 s and 57.5 Hz 0.2 s, typical of gas turbine sets (58.5 Hz/10–20 s, 57.5 Hz/0.2–2 s)")]
    public IReadOnlyList<FrequencyStageSpec> Under { get; init; } = [new() { LevelHz = 58.5, DelayS = 10 }, new() { LevelHz = 57.5, DelayS = 0.2 }];

    /// <summary>Over-frequency stages; mechanical overspeed is one without delay.</summary>
    [Default(Grade.E, "assumption: 61.8 Hz 0.5 s (61.8–62.5 Hz in the trade) and overspeed at 110 %")]
    public IReadOnlyList<FrequencyStageSpec> Over { get; init; } = [new() { LevelHz = 61.8, DelayS = 0.5 }, new() { LevelHz = 66 }];
}

/// <summary>The clock of a relay stage.</summary>
public static class FrequencyRelay
{
    /// <summary>Time on the clock after a step in which a quantity moved in a straight line; zero when it ended on the safe side.</summary>
    /// <param name="clockS">Time on the clock before.</param>
    /// <param name="beforePu">How far beyond its level the quantity was; negative on the safe side.</param>
    /// <param name="afterPu">How far beyond it is now.</param>
    /// <param name="stepS">Length of the step.</param>
    public static double Clock(double clockS, double beforePu, double afterPu, double stepS)
    {
        if (afterPu < 0) { return 0; }
        return beforePu >= 0 ? clockS + stepS : stepS * afterPu / (afterPu - beforePu);
    }
}
