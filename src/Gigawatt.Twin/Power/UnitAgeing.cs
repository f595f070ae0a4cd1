using Gigawatt.Numerics;

namespace Gigawatt.Power;

/// <summary>What a unit loses by running, until an overhaul gives some of it back.</summary>
/// <remarks>
/// Straight lines over equivalent operating time: fouling that a wash removes and wear that only an overhaul does are not kept
/// apart. Not modelled: the quick loss of the first thousand hours, washing, damage.
/// </remarks>
public sealed record UnitAgeingSpec
{
    /// <summary>Output lost per year of equivalent operation, as a share of rated output.</summary>
    [Default(Grade.B, "0.2 % a year, aeroderivatives (Newkirk et al. 2025)")]
    public double PowerFractionPerS { get; init => field = Check.Within(value, 0, 0.2 / UnitAgeing.YearS); } = 0.002 / UnitAgeing.YearS;

    /// <summary>Rise of the heat rate per year of equivalent operation, as a share.</summary>
    [Default(Grade.B, "efficiency 0.3 % a year, aeroderivatives (Newkirk et al. 2025)")]
    public double HeatRateFractionPerS { get; init => field = Check.Within(value, 0, 0.2 / UnitAgeing.YearS); } = 0.003 / UnitAgeing.YearS;

    /// <summary>Share of the loss that an overhaul gives back.</summary>
    [Default(Grade.E, "assumption: 80 %")]
    public double RecoveredFraction { get; init => field = Check.Fraction(value); } = 0.8;
}

/// <summary>The equations of ageing.</summary>
public static class UnitAgeing
{
    internal const double YearS = 365.25 * 86400;

    // A unit that never sees an overhaul does not fall for ever.
    private const double MostFraction = 0.3;

    /// <summary>Share of output lost after so much equivalent time since the unit was new or renewed.</summary>
    public static double LostPowerFraction(UnitAgeingSpec spec, double agedS) => Math.Min(MostFraction, spec.PowerFractionPerS * agedS);

    /// <summary>Share added to the heat rate after so much equivalent time.</summary>
    public static double AddedHeatFraction(UnitAgeingSpec spec, double agedS) => Math.Min(MostFraction, spec.HeatRateFractionPerS * agedS);

    /// <summary>Equivalent time that counts as ageing after an overhaul: what it did not give back.</summary>
    public static double AfterOverhaulS(UnitAgeingSpec spec, double agedS) => agedS * (1 - spec.RecoveredFraction);
}
