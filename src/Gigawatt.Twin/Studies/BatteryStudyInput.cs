using Gigawatt.Numerics;
using Gigawatt.Power;

namespace Gigawatt.Studies;

/// <summary>Input of <c>gw study battery</c>: blocks, and what they do.</summary>
public sealed record BatteryStudyInput
{
    /// <summary>Name of what is studied.</summary>
    public required string Name { get; init; }

    /// <summary>One block.</summary>
    [Inline]
    public required BatterySpec Block { get; init; }

    /// <summary>Blocks.</summary>
    public required int Count { get; init => field = Check.AtLeastOne(value); }

    /// <summary>What they do, all at once.</summary>
    public required IReadOnlyList<BatteryDutySpec> Duties { get; init; }

    /// <summary>State of charge around which a wave swings, which calendar wear depends on.</summary>
    [Default(Grade.E, "assumption: 50 %, where a smoothing battery has room both ways")]
    public double MeanChargeFraction { get; init => field = Check.Fraction(value); } = 0.5;

    /// <summary>How far the answer looks.</summary>
    [Default(Grade.E, "assumption: 25 years, the longest life that a maker names (Megapack 3)")]
    public double HorizonS { get; init => field = Check.Within(value, 365 * 86400.0, 60 * 365 * 86400.0); } = 25 * 365 * 86400.0;

    /// <summary>Price of the energy that is lost.</summary>
    [Default(Grade.E, "assumption: 40 USD/MWh, fuel and upkeep of gas turbines")]
    public double EnergyUsdPerMwh { get; init => field = Check.NotNegative(value); } = 40;
}

/// <summary>One duty: a wave that is smoothed, or a history of states of charge that repeats.</summary>
public sealed record BatteryDutySpec
{
    /// <summary>Name of the duty.</summary>
    public required string Name { get; init; }

    /// <summary>A load that swings between two powers.</summary>
    public BatteryWaveSpec? Wave { get; init; }

    /// <summary>States of charge that follow each other; the last leads back to the first.</summary>
    public IReadOnlyList<double> ChargeFraction { get; init; } = [];

    /// <summary>How often that history is gone through.</summary>
    [Default(Grade.E, "assumption: once a day")]
    public double RepeatsPerS { get; init => field = Check.NotNegative(value); } = 1 / 86400.0;
}

/// <summary>A trapezoid of power that the battery levels to its mean.</summary>
public sealed record BatteryWaveSpec : ISelfChecking
{
    /// <summary>Power of the upper level.</summary>
    public required double HighMw { get; init => field = Check.Positive(value); }

    /// <summary>Power of the lower level.</summary>
    public required double LowMw { get; init => field = Check.NotNegative(value); }

    /// <summary>Time of one swing.</summary>
    public required double PeriodS { get; init => field = Check.Positive(value); }

    /// <summary>Share of the period at the upper level, measured at half height.</summary>
    [Default(Grade.E, "assumption: 70 % computing, 30 % exchanging")]
    public double DutyFraction { get; init => field = Check.Within(value, 0.01, 0.99); } = 0.7;

    /// <summary>Time of one edge.</summary>
    [Default(Grade.E, "assumption: none; an upright edge moves the most energy")]
    public double EdgeS { get; init => field = Check.NotNegative(value); }

    /// <summary>Time in a year in which the load swings.</summary>
    [Default(Grade.E, "assumption: 8,760 h, training never stops")]
    public double ActiveS { get; init => field = Check.Within(value, 0, 8760 * 3600.0); } = 8760 * 3600.0;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (LowMw >= HighMw)
        {
            yield return new(nameof(LowMw), "less than the high power", FormattableString.Invariant($"{LowMw:0.###} MW with a high of {HighMw:0.###} MW"));
        }
        double longestS = Math.Min(DutyFraction, 1 - DutyFraction) * PeriodS;
        if (EdgeS > longestS)
        {
            yield return new(
                nameof(EdgeS), FormattableString.Invariant($"at most {longestS:0.###} s, which the shorter level lasts"), FormattableString.Invariant($"{EdgeS:0.###} s"));
        }
    }
}
