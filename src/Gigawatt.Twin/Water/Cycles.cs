using Gigawatt.Numerics;

namespace Gigawatt.Water;

/// <summary>What is dissolved in water: of a feed as measured, of a tower basin as allowed. One mg/L is 0.001 kg/m³.</summary>
/// <remarks>In a limit, 0 means that nothing limits it.</remarks>
public sealed record WaterChemistry
{
    /// <summary>Everything dissolved together.</summary>
    [Default(Grade.E, "assumption: not given")]
    public double DissolvedSolidsKgPerM3 { get; init => field = Check.NotNegative(value); }

    /// <summary>Chloride, which corrodes stainless steel.</summary>
    [Default(Grade.E, "assumption: not given")]
    public double ChlorideKgPerM3 { get; init => field = Check.NotNegative(value); }

    /// <summary>Silica, which forms scale that acid does not remove.</summary>
    [Default(Grade.E, "assumption: not given")]
    public double SilicaKgPerM3 { get; init => field = Check.NotNegative(value); }

    /// <summary>Calcium hardness, which forms scale.</summary>
    [Default(Grade.E, "assumption: not given")]
    public double CalciumKgPerM3 { get; init => field = Check.NotNegative(value); }

    /// <summary>Phosphate, which forms scale with calcium; high in reclaimed water.</summary>
    [Default(Grade.E, "assumption: not given")]
    public double PhosphateKgPerM3 { get; init => field = Check.NotNegative(value); }

    /// <summary>Ammonia, which corrodes copper; rises when a treatment plant's nitrification is upset.</summary>
    [Default(Grade.E, "assumption: not given")]
    public double AmmoniaKgPerM3 { get; init => field = Check.NotNegative(value); }
}

/// <summary>Cycles of concentration: how many times tower water may be concentrated before it is drained.</summary>
/// <remarks>
/// Salts stay when water evaporates, so basin = feed × cycles; the first substance to reach its limit decides:
/// cycles = min(limit/feed). Make-up = evaporation × C/(C − 1). Not modelled: pH, acid and inhibitors, biology.
/// </remarks>
public static class Cycles
{
    /// <summary>Cycles the chemistry allows; at least 1, and no more than <paramref name="mostRatio"/> where nothing limits it.</summary>
    public static double FromChemistry(WaterChemistry feed, WaterChemistry limit, double mostRatio = 20)
    {
        double cycles = mostRatio;
        cycles = Math.Min(cycles, Ratio(feed.DissolvedSolidsKgPerM3, limit.DissolvedSolidsKgPerM3));
        cycles = Math.Min(cycles, Ratio(feed.ChlorideKgPerM3, limit.ChlorideKgPerM3));
        cycles = Math.Min(cycles, Ratio(feed.SilicaKgPerM3, limit.SilicaKgPerM3));
        cycles = Math.Min(cycles, Ratio(feed.CalciumKgPerM3, limit.CalciumKgPerM3));
        cycles = Math.Min(cycles, Ratio(feed.PhosphateKgPerM3, limit.PhosphateKgPerM3));
        cycles = Math.Min(cycles, Ratio(feed.AmmoniaKgPerM3, limit.AmmoniaKgPerM3));
        return Math.Max(1, cycles);
    }

    /// <summary>Cycles of a mixture: what is dissolved adds up, so the inverse of cycles does.</summary>
    public static double OfMixture(double firstM3PerS, double firstRatio, double secondM3PerS, double secondRatio) =>
        firstM3PerS + secondM3PerS > 0
            ? (firstM3PerS + secondM3PerS) / (firstM3PerS / firstRatio + secondM3PerS / secondRatio)
            : firstRatio;

    /// <summary>Make-up over evaporation, C/(C − 1): 1.67 at 2.5 cycles, 1.25 at 5.</summary>
    public static double MakeUpRatio(double cyclesRatio) => cyclesRatio / (cyclesRatio - 1);

    private static double Ratio(double feed, double limit) => feed > 0 && limit > 0 ? limit / feed : double.PositiveInfinity;
}
