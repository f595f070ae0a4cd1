using Gigawatt.Numerics;

namespace Gigawatt.Power;

/// <summary>Which law says how much capacity is lost.</summary>
public enum BatteryWearLaw
{
    /// <summary>Cycles to the end of life by their depth, as a range of exponents, and a calendar part.</summary>
    Depth,

    /// <summary>NREL BLAST-Lite, iron phosphate cells of 250 Ah, inside the range that it was fitted in.</summary>
    BlastLfp,

    /// <summary>REopt: calendar part and equivalent full cycles, whatever their depth.</summary>
    Reopt,
}

/// <summary>How the cells of a battery wear.</summary>
/// <remarks>
/// Depth law: a cycle of depth D (share of capacity) takes D^b/a of the cycle life, since a·D^−b of them end it. Few cells were ever cycled at
/// a fraction of a percent, so the loss is a range between the exponents. Calendar part: end-of-life loss · (t / calendar life)^p.
/// Not modelled: knee of old cells, growth of resistance, cells that differ.
/// </remarks>
public sealed record BatteryWearSpec : ISelfChecking
{
    /// <summary>The law.</summary>
    [Default(Grade.E, "assumption: the depth law, since duties of a campus are shallow and no fitted model covers them")]
    public BatteryWearLaw Law { get; init; } = BatteryWearLaw.Depth;

    /// <summary>Whether lost capacity is felt in a run; when not, the maker's capacity guarantee holds the nameplate and wear is only counted.</summary>
    [Default(Grade.E, "assumption: capacity is guaranteed and topped up, as long-term service contracts of storage do")]
    public bool Fades { get; init; }

    /// <summary>Cycles from full to empty that end the life: a.</summary>
    [Default(Grade.B, "more than 10,000 cycles (Tesla on Megapack 3, quoted by climovo)")]
    public int FullCycles { get; init => field = Check.AtLeastOne(value); } = 10_000;

    /// <summary>Lowest exponent b: shallow cycles wear most.</summary>
    [Default(Grade.E, "assumption: 1.5 to 2.5 for iron phosphate, recalled from the literature")]
    public double LowestDepthFactor { get; init => field = Check.Within(value, 1, 5); } = 1.5;

    /// <summary>Highest exponent b: shallow cycles wear least.</summary>
    [Default(Grade.E, "assumption: 1.5 to 2.5 for iron phosphate, recalled from the literature")]
    public double HighestDepthFactor { get; init => field = Check.Within(value, 1, 5); } = 2.5;

    /// <summary>Time in which standing alone ends the life.</summary>
    [Default(Grade.B, "15 to 20 years (Tesla Megapack 2019 to 2 XL); 20")]
    public double CalendarLifeS { get; init => field = Check.Positive(value); } = 20 * 365 * 86400.0;

    /// <summary>Exponent of time in the calendar part.</summary>
    [Default(Grade.A, "0.526: calendar part of NREL BLAST-Lite, LFP 250 Ah")]
    public double CalendarTimeFactor { get; init => field = Check.Within(value, 0.1, 1); } = 0.526;

    /// <summary>Capacity at which the battery has reached its end, as a share of the new one.</summary>
    [Default(Grade.A, "80 %: replacement threshold of REopt.jl")]
    public double EndOfLifeFraction { get; init => field = Check.Within(value, 0.3, 0.99); } = 0.8;

    /// <summary>Temperature at which the cooling holds the cells.</summary>
    [Default(Grade.E, "assumption: 25 °C, liquid-cooled")]
    public double CellC { get; init => field = Check.Within(value, -40, 80); } = 25;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (LowestDepthFactor > HighestDepthFactor)
        {
            yield return new(nameof(LowestDepthFactor), "at most the highest exponent",
                FormattableString.Invariant($"{LowestDepthFactor} with a highest of {HighestDepthFactor}"));
        }
    }
}

/// <summary>What cells went through in a time: what the laws of wear ask for.</summary>
/// <param name="LengthS">Length of the time.</param>
/// <param name="CellC">Temperature of the cells.</param>
/// <param name="MeanChargeFraction">Mean state of charge.</param>
/// <param name="DepthFraction">Depth of the cycles, weighted by the energy that they move.</param>
/// <param name="RateRatio">Mean power while cycling, in capacities per hour.</param>
/// <param name="FullCyclesRatio">Equivalent full cycles: energy given at the cells over capacity.</param>
/// <param name="LowWearRatio">Cycle life used up by the depth law with the exponent that spares shallow cycles most.</param>
/// <param name="HighWearRatio">The same with the exponent that spares them least.</param>
public readonly record struct BatteryDuty(
    double LengthS, double CellC, double MeanChargeFraction, double DepthFraction, double RateRatio, double FullCyclesRatio,
    double LowWearRatio, double HighWearRatio);

/// <summary>Capacity lost so far, by law and cause, as shares of the new capacity.</summary>
public struct BatteryWearState
{
    /// <summary>Time since the cells were new.</summary>
    public double AgeS;

    /// <summary>Depth law: lost to time.</summary>
    public double CalendarFraction;

    /// <summary>Depth law: lost to cycles, exponent that spares shallow cycles most.</summary>
    public double LowCycleFraction;

    /// <summary>Depth law: lost to cycles, exponent that spares them least.</summary>
    public double HighCycleFraction;

    /// <summary>BLAST-Lite: lost to time.</summary>
    public double BlastCalendarFraction;

    /// <summary>BLAST-Lite: lost to cycles.</summary>
    public double BlastCycleFraction;

    /// <summary>REopt: lost to both.</summary>
    public double ReoptFraction;

    /// <summary>A counter that knows no depth: full cycles over those that end the life, without a calendar part.</summary>
    public double CounterFraction;

    /// <summary>Equivalent full cycles.</summary>
    public double FullCyclesRatio;

    /// <summary>Time that was outside the range in which BLAST-Lite was fitted.</summary>
    public double OutsideFitS;
}
