using Gigawatt.Numerics;

namespace Gigawatt.Power;

/// <summary>What turns fuel into shaft power.</summary>
public enum PrimeMover
{
    /// <summary>A gas turbine in simple cycle, industrial or aeroderivative.</summary>
    GasTurbine,

    /// <summary>A reciprocating gas engine.</summary>
    GasEngine,

    /// <summary>A fuel cell.</summary>
    FuelCell,
}

/// <summary>A generating set that burns natural gas. One spec may describe many identical units.</summary>
/// <remarks>
/// Fuel follows a Willans line: a no-load flow plus a constant slope. Output falls linearly with inlet air temperature above
/// 15 °C and with station pressure; below 15 °C it rises on the same line up to the limit of generator and gearbox.
/// Heat rate does not change with ambient. Not modelled: inlet cooling, ageing, maintenance windows, NOx, separate hot and
/// cold starts, failure to start.
/// </remarks>
[Catalog("turbines")]
public sealed record GasTurbineSpec : ISelfChecking
{
    /// <summary>What the manufacturer calls it.</summary>
    public string Title { get; init; } = "";

    /// <summary>What turns fuel into shaft power.</summary>
    [Default(Grade.E, "assumption: gas turbine unless said otherwise")]
    public PrimeMover PrimeMover { get; init; } = PrimeMover.GasTurbine;

    /// <summary>Net electrical output at 15 °C, sea level, new and clean.</summary>
    public required double RatedMw { get; init => field = Check.Positive(value); }

    /// <summary>Fuel per unit of electricity at rated output, lower heating value.</summary>
    public required double HeatRateRatio { get; init => field = Check.Within(value, 1, 10); }

    /// <summary>Fuel at zero output as a share of full-load fuel: the intercept of the Willans line.</summary>
    [Default(Grade.D, "GGOV1 default no-load flow 0.2 and gain 1.5: 0.2 / (0.2 + 1/1.5) (GridLAB-D diesel_dg)")]
    public double NoLoadFuelFraction { get; init => field = Check.Within(value, 0, 0.95); } = 0.2 / (0.2 + 1 / 1.5);

    /// <summary>Lowest output at which the unit runs stably and within its emission guarantee, as a share of rated output.</summary>
    [Default(Grade.C, "turbines stay within NOx permits only above about 50 % load (SemiAnalysis, 2026)")]
    public double MinStableFraction { get; init => field = Check.Within(value, 0, double.MaxValue); } = 0.5;

    /// <summary>Fastest scheduled change of output of one unit, up or down.</summary>
    [Default(Grade.E, "assumption: between 3.7 MW/min (RTS-GMLC combustion turbine) and 20–50 MW/min (aeroderivatives)")]
    public double RampMwPerS { get; init => field = Check.Positive(value); } = 8.0 / 60;

    /// <summary>Output lost per kelvin of inlet air above 15 °C, as a share of rated output.</summary>
    [Default(Grade.B, "0.7–0.8 %/K for frame and industrial machines (Newkirk et al. 2025, assumption there)")]
    public double DerateFractionPerK { get; init => field = Check.Within(value, 0, 0.05); } = 0.007;

    /// <summary>Highest output on a cold day as a share of rated output: the limit of generator and gearbox.</summary>
    [Default(Grade.E, "assumption: generator and gearbox sized for the rated output")]
    public double ColdDayLimitFraction { get; init => field = Check.Within(value, 0.5, 1.5); } = 1;

    /// <summary>Time from the order to start until the unit can take load.</summary>
    [Default(Grade.B, "5–10 min for LM-class units (vendor family claims)")]
    public double StartS { get; init => field = Check.NotNegative(value); } = 600;

    /// <summary>Fuel burnt by one start, lower heating value.</summary>
    [Default(Grade.E, "assumption: ten minutes at no-load flow of a 38 MW unit")]
    public double StartFuelMwh { get; init => field = Check.NotNegative(value); } = 3.6;

    /// <summary>Shortest time a started unit stays on before dispatch may stop it.</summary>
    [Default(Grade.C, "minimum up time 2.2 h of a 55 MW combustion turbine (RTS-GMLC)")]
    public double MinRunS { get; init => field = Check.NotNegative(value); } = 2.2 * 3600;

    /// <summary>Mean time in service between forced outages.</summary>
    [Default(Grade.B, "4,000 h (Caterpillar sizing library, Titan units)")]
    public double MeanTimeToFailureS { get; init => field = Check.Positive(value); } = 4000 * 3600.0;

    /// <summary>Mean time to repair a forced outage.</summary>
    [Default(Grade.B, "24 h (Caterpillar sizing library, Titan units)")]
    public double MeanRepairS { get; init => field = Check.Positive(value); } = 24 * 3600.0;

    /// <summary>Price of one unit delivered and installed; absent when not known.</summary>
    public double? PriceUsd { get; init; }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (MinStableFraction > 1)
        {
            yield return new(nameof(MinStableFraction), "a minimum below the rating (at most 100 %)",
                FormattableString.Invariant($"{MinStableFraction * 100:0.#} % of {RatedMw:0.###} MW"));
        }
    }
}

/// <summary>How one generating unit stands.</summary>
public enum UnitMode : byte
{
    /// <summary>Ready, not turning.</summary>
    Off,

    /// <summary>Ordered to start, not yet able to take load.</summary>
    Starting,

    /// <summary>On the bus.</summary>
    Running,

    /// <summary>On forced outage.</summary>
    Failed,
}

/// <summary>What one generating unit remembers between steps.</summary>
public struct GasTurbineState
{
    /// <summary>How it stands.</summary>
    public UnitMode Mode;

    /// <summary>Simulated time at which a starting unit is ready, or since when a running one has run.</summary>
    public double SinceS;
}

/// <summary>The gas turbine's equations.</summary>
public static class GasTurbine
{
    private const double IsoInletC = 15;
    private const double SeaLevelPa = 101_325;

    /// <summary>Highest output of one unit that inlet air and altitude allow.</summary>
    /// <remarks>P = rated · (p / 101.325 kPa) · [1 − a (T − 15 °C)], at most the cold-day limit and at least zero.</remarks>
    public static double AvailableMw(GasTurbineSpec spec, double inletAirC, double pressurePa)
    {
        double share = pressurePa / SeaLevelPa * (1 - spec.DerateFractionPerK * (inletAirC - IsoInletC));
        return spec.RatedMw * Math.Limit(share, 0, spec.ColdDayLimitFraction);
    }

    /// <summary>Fuel flow of one unit at a steady output, lower heating value.</summary>
    /// <remarks>Willans line: F(x) = full-load fuel · [f0 + (1 − f0) x], x = output / rated.</remarks>
    public static double FuelMw(GasTurbineSpec spec, double outputMw) =>
        (spec.NoLoadFuelFraction * spec.RatedMw + (1 - spec.NoLoadFuelFraction) * outputMw) * spec.HeatRateRatio;
}
