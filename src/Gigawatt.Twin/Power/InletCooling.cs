using Gigawatt.Numerics;

namespace Gigawatt.Power;

/// <summary>How inlet air is cooled.</summary>
public enum InletCoolingKind
{
    /// <summary>Water evaporates into the air.</summary>
    Evaporative,

    /// <summary>A chiller behind a coil.</summary>
    Chiller,
}

/// <summary>Cooling of the air that a unit breathes; it acts on output and fuel through the inlet temperature alone.</summary>
/// <remarks>
/// Evaporative: T = Tdb − ε (Tdb − Twb). Chiller: T = target; its power is air flow · (enthalpy taken) / COP. Enthalpy of moist air is
/// nearly that of saturated air at its wet-bulb temperature, so what the coil takes is the larger of cp (Tdb − T) and
/// hs(Twb) − hs(T). Not modelled: water used, size and part load of the chiller, pressure loss of coil or media (give <c>inlet_loss</c>).
/// </remarks>
public sealed record InletCoolingSpec
{
    /// <summary>How the air is cooled.</summary>
    [Default(Grade.E, "assumption: evaporative unless said otherwise")]
    public InletCoolingKind Kind { get; init; } = InletCoolingKind.Evaporative;

    /// <summary>Share of the way from dry-bulb to wet-bulb that evaporation goes.</summary>
    [Default(Grade.E, "assumption: 85 %, usual of wetted media")]
    public double EffectivenessFraction { get; init => field = Check.Fraction(value); } = 0.85;

    /// <summary>Outdoor air below which nothing is cooled, against ice in the inlet.</summary>
    [Default(Grade.E, "assumption: 15 °C")]
    public double AboveC { get; init => field = Check.Within(value, 0, 60); } = 15;

    /// <summary>Air behind the coil of a chiller.</summary>
    [Default(Grade.E, "assumption: 10 °C, with a margin to ice in the bellmouth")]
    public double TargetC { get; init => field = Check.Within(value, 4, 30); } = 10;

    /// <summary>Heat that the chiller takes per unit of electricity.</summary>
    [Default(Grade.E, "assumption: 4.5, pumps included")]
    public double ChillerCop { get; init => field = Check.Within(value, 1, 12); } = 4.5;

    /// <summary>Air that one unit breathes per time and rated output.</summary>
    [Default(Grade.E, "assumption: 3 kg/s per MW, usual of industrial units")]
    public double AirKgPerMwS { get; init => field = Check.Positive(value); } = 3;
}

/// <summary>Inlet air behind its cooling.</summary>
/// <param name="InletC">Air at the compressor.</param>
/// <param name="ElectricMw">Taken by the chiller of one unit.</param>
public readonly record struct CooledAir(double InletC, double ElectricMw);

/// <summary>The equations of inlet cooling.</summary>
public static class InletCooling
{
    private const double AirKjPerKgK = 1.006;

    /// <summary>Cools the air of one unit.</summary>
    public static CooledAir Cool(InletCoolingSpec spec, double ratedMw, double dryBulbC, double wetBulbC, double pressurePa)
    {
        double wetC = Math.Min(wetBulbC, dryBulbC);
        if (dryBulbC <= spec.AboveC) { return new CooledAir(dryBulbC, 0); }
        if (spec.Kind == InletCoolingKind.Evaporative) { return new CooledAir(dryBulbC - spec.EffectivenessFraction * (dryBulbC - wetC), 0); }
        if (dryBulbC <= spec.TargetC) { return new CooledAir(dryBulbC, 0); }
        double sensible = AirKjPerKgK * (dryBulbC - spec.TargetC);
        double total = Math.Max(sensible, SaturatedKjPerKg(wetC, pressurePa) - SaturatedKjPerKg(spec.TargetC, pressurePa));
        return new CooledAir(spec.TargetC, spec.AirKgPerMwS * ratedMw * total / 1000 / spec.ChillerCop);
    }

    // Magnus formula for the pressure of saturated vapour; good to 0.1 % between 0 and 50 °C.
    private static double SaturatedKjPerKg(double airC, double pressurePa)
    {
        double vapourPa = Math.Min(0.5 * pressurePa, 610.94 * Elementary.Exp(17.625 * airC / (airC + 243.04)));
        double humidity = 0.62198 * vapourPa / (pressurePa - vapourPa);
        return AirKjPerKgK * airC + humidity * (2501 + 1.86 * airC);
    }
}
