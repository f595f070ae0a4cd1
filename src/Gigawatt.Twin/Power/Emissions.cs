using Gigawatt.Numerics;

namespace Gigawatt.Power;

/// <summary>What happens below the load down to which emissions are guaranteed.</summary>
public enum PartLoadEmissions
{
    /// <summary>The unit may not run there.</summary>
    NotPermitted,

    /// <summary>It may, with the emissions of uncontrolled combustion.</summary>
    Uncontrolled,
}

/// <summary>What the exhaust of a unit carries, as parts per million by volume, dry, at 15 % oxygen.</summary>
/// <remarks>
/// Carbon dioxide belongs to the gas (<c>economics.gas</c>). Not modelled: ammonia slip, particles, formaldehyde; the passage
/// between guaranteed and uncontrolled emissions is a step.
/// </remarks>
public sealed record UnitEmissions : ISelfChecking
{
    /// <summary>Nitrogen oxides where they are guaranteed.</summary>
    [Default(Grade.E, "assumption: 15 ppm, dry low-emission combustion without a catalyst (9 to 25 ppm in the trade)")]
    public double NoxPpm { get; init => field = Check.Within(value, 0, 1000); } = 15;

    /// <summary>Nitrogen oxides below that load and during starts.</summary>
    [Default(Grade.E, "assumption: 86.9 ppm, 0.32 lb/MMBtu uncontrolled (AP-42 3.1 as recalled) / 0.003684")]
    public double UncontrolledNoxPpm { get; init => field = Check.Within(value, 0, 5000); } = 86.9;

    /// <summary>Carbon monoxide; not counted when absent.</summary>
    public double? CoPpm { get; init => field = value is { } co ? Check.Within(co, 0, 10_000) : null; }

    /// <summary>Lowest output within the guarantee, as a share of rated output.</summary>
    [Default(Grade.C, "turbines stay within NOx permits only above about 50 % load (SemiAnalysis, 2026)")]
    public double CompliantFraction { get; init => field = Check.Fraction(value); } = 0.5;

    /// <summary>What happens below it.</summary>
    [Default(Grade.E, "assumption: permits forbid it")]
    public PartLoadEmissions BelowCompliance { get; init; } = PartLoadEmissions.NotPermitted;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (UncontrolledNoxPpm < NoxPpm)
        {
            yield return new(nameof(UncontrolledNoxPpm), "at least what is guaranteed",
                FormattableString.Invariant($"{UncontrolledNoxPpm:0.#} ppm with {NoxPpm:0.#} ppm guaranteed"));
        }
    }
}

/// <summary>From concentrations to masses by EPA Method 19.</summary>
/// <remarks>
/// E = C · K · Fd · 20.9 / (20.9 − O2) with Fd = 8,710 dscf/MMBtu of natural gas, per higher heating value, and K = 1.194e-7 lb/scf
/// per ppm of NOx counted as NO2: 0.0036840 lb/MMBtu per ppm at 15 % oxygen. CO scales with its molar mass. Source: 40 CFR 60, Appendix A-7, Method 19.
/// </remarks>
public static class Emissions
{
    /// <summary>Kilograms per MWh of fuel for one lb/MMBtu.</summary>
    internal const double KgPerMwhOfPoundsRatio = 0.45359237 / 0.29307107017222;

    /// <summary>lb/MMBtu of nitrogen oxides for one ppm at 15 % oxygen.</summary>
    public const double PoundsOfPpmRatio = 1.194e-7 * 8710 * 20.9 / (20.9 - 15);

    private const double CoToNo2Ratio = 28.010 / 46.0055;

    /// <summary>Nitrogen oxides per unit of fuel, higher heating value.</summary>
    public static double NoxKgPerMwh(double noxPpm) => noxPpm * PoundsOfPpmRatio * KgPerMwhOfPoundsRatio;

    /// <summary>Carbon monoxide per unit of fuel, higher heating value.</summary>
    public static double CoKgPerMwh(double coPpm) => NoxKgPerMwh(coPpm) * CoToNo2Ratio;

    /// <summary>Concentration of nitrogen oxides at a load.</summary>
    public static double NoxPpm(UnitEmissions spec, double loadFraction) =>
        loadFraction >= spec.CompliantFraction - 1e-9 ? spec.NoxPpm : spec.UncontrolledNoxPpm;

    /// <summary>Most nitrogen oxides per unit of fuel that a unit may show when it runs as it may.</summary>
    public static double WorstNoxKgPerMwh(GasTurbineSpec spec) => NoxKgPerMwh(
        spec.LowestFraction < spec.Emissions.CompliantFraction ? spec.Emissions.UncontrolledNoxPpm : spec.Emissions.NoxPpm);
}

/// <summary>A sum over the last twelve months, day by day.</summary>
/// <remarks>365 days; days before the run count as nothing.</remarks>
public sealed class RollingYear
{
    private const int Days = 365;
    private readonly double[] days = new double[Days];
    private int today;

    /// <summary>The sum of the last 365 days, today so far included.</summary>
    public double SumKg { get; private set; }

    /// <summary>What was added today.</summary>
    public double TodayKg => days[today];

    /// <summary>Adds to today.</summary>
    public void Add(double massKg)
    {
        days[today] += massKg;
        SumKg += massKg;
    }

    /// <summary>A new day begins; the day a year ago falls out.</summary>
    public void NextDay()
    {
        today = (today + 1) % Days;
        days[today] = 0;
        double sum = 0;
        for (int i = 0; i < Days; i++) { sum += days[i]; }
        SumKg = sum;
    }
}
