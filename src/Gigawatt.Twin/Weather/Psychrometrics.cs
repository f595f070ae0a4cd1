using Gigawatt.Numerics;

namespace Gigawatt.Weather;

/// <summary>What moist air of a given temperature, humidity and pressure is like.</summary>
/// <remarks>
/// Equations: ASHRAE Handbook Fundamentals (2017, SI) chapter 1: saturation over liquid water eq. 6, over ice eq. 5;
/// humidity ratio eq. 20; wet-bulb balance eq. 33 (water) and 35 (ice); volume eq. 26; enthalpy eq. 30; standard
/// atmosphere eq. 3. Ice gives way to water at the triple point, 0.01 °C, where both formulas meet within 4e-6 Pa.
/// Meant for −40 to 60 °C at 50 to 110 kPa; the formulas hold from −100 to 200 °C.
/// Not modelled: the enhancement factor of real moist air (0.5 % of vapour pressure at sea level), fog, supercooled
/// wet-bulbs.
/// </remarks>
public static class Psychrometrics
{
    /// <summary>Pressure of the standard atmosphere at sea level.</summary>
    public const double SeaLevelPa = 101325;

    private const double KelvinAtZeroC = 273.15;
    private const double TriplePointC = 0.01;
    private const double TriplePointPa = 611.657;
    private const double ColdestC = -100;               // lower end of the ice formula
    private const double VapourToAirMassRatio = 0.621945;
    private const double AirHeatKjPerKgK = 1.006;
    private const double VapourHeatKjPerKgK = 1.86;
    private const double WaterHeatKjPerKgK = 4.186;
    private const double IceHeatKjPerKgK = 2.1;
    private const double EvaporationKjPerKg = 2501;     // at 0 °C, from water
    private const double SublimationKjPerKg = 2830;     // at 0 °C, from ice
    private const double SettledK = 1e-6;    // Newton's error falls as its square: what is left is below 1e-12 K

    /// <summary>Pressure of the standard atmosphere at a height above sea level, in Pa.</summary>
    public static double StationPressurePa(double elevationM) =>
        SeaLevelPa * Elementary.Pow(1 - 2.25577e-5 * elevationM, 5.2559);

    /// <summary>Pressure of water vapour over liquid water, or over ice below the triple point, in Pa.</summary>
    public static double SaturationPressurePa(double temperatureC)
    {
        double kelvin = temperatureC + KelvinAtZeroC;
        return Elementary.Exp(temperatureC >= TriplePointC ? LogOverWater(kelvin) : LogOverIce(kelvin));
    }

    /// <summary>Mass of vapour per mass of dry air in saturated air.</summary>
    public static double SaturationHumidityRatio(double temperatureC, double pressurePa) =>
        HumidityRatioOfVapour(SaturationPressurePa(temperatureC), pressurePa);

    /// <summary>Mass of vapour per mass of dry air, from the vapour's share of saturation pressure.</summary>
    public static double HumidityRatioFromRelativeHumidity(
        double dryBulbC, double relativeHumidityFraction, double pressurePa) =>
        HumidityRatioOfVapour(relativeHumidityFraction * SaturationPressurePa(dryBulbC), pressurePa);

    /// <summary>Mass of vapour per mass of dry air, from the temperature at which dew or frost would form.</summary>
    public static double HumidityRatioFromDewPoint(double dewPointC, double pressurePa) =>
        SaturationHumidityRatio(dewPointC, pressurePa);

    /// <summary>Mass of vapour per mass of dry air, from dry-bulb and wet-bulb; never below zero.</summary>
    public static double HumidityRatioFromWetBulb(double dryBulbC, double wetBulbC, double pressurePa)
    {
        double saturated = SaturationHumidityRatio(wetBulbC, pressurePa);
        double depression = AirHeatKjPerKgK * (dryBulbC - wetBulbC);
        double ratio = wetBulbC >= TriplePointC
            ? ((EvaporationKjPerKg - 2.326 * wetBulbC) * saturated - depression)
                / (EvaporationKjPerKg + VapourHeatKjPerKgK * dryBulbC - WaterHeatKjPerKgK * wetBulbC)
            : ((SublimationKjPerKg - 0.24 * wetBulbC) * saturated - depression)
                / (SublimationKjPerKg + VapourHeatKjPerKgK * dryBulbC - IceHeatKjPerKgK * wetBulbC);
        return Math.Max(0, ratio);
    }

    /// <summary>Partial pressure of the vapour in air, in Pa.</summary>
    public static double VapourPressurePa(double humidityRatio, double pressurePa) =>
        pressurePa * humidityRatio / (VapourToAirMassRatio + humidityRatio);

    /// <summary>Vapour pressure as a share of saturation pressure at dry-bulb.</summary>
    public static double RelativeHumidityFraction(double dryBulbC, double humidityRatio, double pressurePa) =>
        VapourPressurePa(humidityRatio, pressurePa) / SaturationPressurePa(dryBulbC);

    /// <summary>Heat per kilogram of dry air, counted from dry air and water at 0 °C, in kJ/kg.</summary>
    public static double EnthalpyKjPerKg(double dryBulbC, double humidityRatio) =>
        AirHeatKjPerKgK * dryBulbC + humidityRatio * (EvaporationKjPerKg + VapourHeatKjPerKgK * dryBulbC);

    /// <summary>Room that moist air takes per kilogram of dry air, in m³/kg.</summary>
    public static double SpecificVolumeM3PerKg(double dryBulbC, double humidityRatio, double pressurePa) =>
        287.042 * (dryBulbC + KelvinAtZeroC) * (1 + 1.607858 * humidityRatio) / pressurePa;

    /// <summary>Temperature at which dew, or frost below the triple point, forms; never below −100 °C.</summary>
    /// <remarks>Newton's method on the logarithm of pressure, starting from Magnus' formula turned round.</remarks>
    public static double DewPointC(double humidityRatio, double pressurePa)
    {
        double vapourPa = VapourPressurePa(humidityRatio, pressurePa);
        double target = Elementary.Log(vapourPa);
        if (!(target > LogOverIce(ColdestC + KelvinAtZeroC))) { return double.IsNaN(target) ? target : ColdestC; }
        bool water = vapourPa >= TriplePointPa;
        double above = target - 6.41542;                // ln 611.2 Pa
        double dewPointC = water ? 243.04 * above / (17.625 - above) : 272.62 * above / (22.46 - above);
        for (int turn = 0; turn < 8; turn++)
        {
            double kelvin = dewPointC + KelvinAtZeroC;
            double moveK = water
                ? (target - LogOverWater(kelvin)) / SlopeOverWater(kelvin)
                : (target - LogOverIce(kelvin)) / SlopeOverIce(kelvin);
            dewPointC += moveK;
            if (Math.Abs(moveK) < SettledK) { break; }
        }
        return dewPointC;
    }

    /// <summary>Temperature that evaporating water settles at; dry-bulb when the air is saturated.</summary>
    /// <remarks>
    /// The balance of chapter 1 eq. 33 and 35 leaves a step at freezing: where a wet wick at 0.01 °C could still be
    /// liquid, it is taken as liquid; once it is frozen the wet-bulb is lower by about 0.07 K for each kelvin between
    /// dry-bulb and freezing.
    /// </remarks>
    public static double WetBulbC(double dryBulbC, double humidityRatio, double pressurePa) =>
        WetBulbC(dryBulbC, humidityRatio, pressurePa, out _);

    /// <summary>Wet-bulb, and how often the balance was evaluated to find it.</summary>
    /// <remarks>
    /// Newton's method, kept between limits that the sign of the balance moves inwards. The balance rises and bends
    /// upwards with temperature, so from the warm side it cannot overshoot. It starts from a cubic in the logarithm of
    /// enthalpy, fitted here to saturated air at sea level from −40 to 60 °C (error below 0.8 K from −30 to 40 °C): the
    /// wet-bulb line is nearly one of constant enthalpy.
    /// </remarks>
    internal static double WetBulbC(double dryBulbC, double humidityRatio, double pressurePa, out int turns)
    {
        turns = 0;
        if (humidityRatio >= SaturationHumidityRatio(dryBulbC, pressurePa)) { return dryBulbC; }
        double thawing = HumidityRatioOfVapour(TriplePointPa, pressurePa);
        bool water = dryBulbC > TriplePointC && BalanceOverWater(dryBulbC, TriplePointC, humidityRatio, thawing) <= 0;
        double lowest = water ? TriplePointC : ColdestC;
        double highest = water ? dryBulbC : Math.Min(dryBulbC, TriplePointC);
        double u = Elementary.Log(Math.Max(5, EnthalpyKjPerKg(dryBulbC, humidityRatio) + 50)) - 4.5;
        double wetBulbC = Math.Limit(13.522 + u * (32.971 + u * (-0.4964 - 2.0113 * u)), lowest, highest);
        double moveK = double.MaxValue;
        while (Math.Abs(moveK) > SettledK && turns < 20)
        {
            turns++;
            double kelvin = wetBulbC + KelvinAtZeroC;
            double vapourPa = Elementary.Exp(water ? LogOverWater(kelvin) : LogOverIce(kelvin));
            double relativeSlope = water ? SlopeOverWater(kelvin) : SlopeOverIce(kelvin);
            double saturated = HumidityRatioOfVapour(vapourPa, pressurePa);
            double saturatedSlope = saturated * relativeSlope * pressurePa / (pressurePa - vapourPa);
            double balance = water
                ? BalanceOverWater(dryBulbC, wetBulbC, humidityRatio, saturated)
                : BalanceOverIce(dryBulbC, wetBulbC, humidityRatio, saturated);
            double slope = water
                ? (EvaporationKjPerKg - 2.326 * wetBulbC) * saturatedSlope - 2.326 * saturated
                    + AirHeatKjPerKgK + WaterHeatKjPerKgK * humidityRatio
                : (SublimationKjPerKg - 0.24 * wetBulbC) * saturatedSlope - 0.24 * saturated
                    + AirHeatKjPerKgK + IceHeatKjPerKgK * humidityRatio;
            if (balance > 0) { highest = wetBulbC; } else { lowest = wetBulbC; }
            double next = Math.Limit(wetBulbC - balance / slope, lowest, highest);
            moveK = next - wetBulbC;
            wetBulbC = next;
        }
        return wetBulbC;
    }

    /// <summary>Heat that saturating the air takes beyond what cooling it gives, kJ per kg of dry air.</summary>
    private static double BalanceOverWater(double dryBulbC, double wetBulbC, double humidityRatio, double saturated) =>
        (EvaporationKjPerKg - 2.326 * wetBulbC) * saturated - AirHeatKjPerKgK * (dryBulbC - wetBulbC)
        - humidityRatio * (EvaporationKjPerKg + VapourHeatKjPerKgK * dryBulbC - WaterHeatKjPerKgK * wetBulbC);

    private static double BalanceOverIce(double dryBulbC, double wetBulbC, double humidityRatio, double saturated) =>
        (SublimationKjPerKg - 0.24 * wetBulbC) * saturated - AirHeatKjPerKgK * (dryBulbC - wetBulbC)
        - humidityRatio * (SublimationKjPerKg + VapourHeatKjPerKgK * dryBulbC - IceHeatKjPerKgK * wetBulbC);

    private static double HumidityRatioOfVapour(double vapourPa, double pressurePa) =>
        VapourToAirMassRatio * vapourPa / (pressurePa - vapourPa);

    private static double LogOverWater(double kelvin) =>
        -5.8002206e3 / kelvin + 1.3914993
        + kelvin * (-4.8640239e-2 + kelvin * (4.1764768e-5 - kelvin * 1.4452093e-8))
        + 6.5459673 * Elementary.Log(kelvin);

    private static double SlopeOverWater(double kelvin) =>
        (5.8002206e3 / kelvin + 6.5459673) / kelvin
        - 4.8640239e-2 + kelvin * (2 * 4.1764768e-5 - kelvin * 3 * 1.4452093e-8);

    private static double LogOverIce(double kelvin) =>
        -5.6745359e3 / kelvin + 6.3925247
        + kelvin * (-9.677843e-3 + kelvin * (6.2215701e-7 + kelvin * (2.0747825e-9 - kelvin * 9.484024e-13)))
        + 4.1635019 * Elementary.Log(kelvin);

    private static double SlopeOverIce(double kelvin) =>
        (5.6745359e3 / kelvin + 4.1635019) / kelvin
        - 9.677843e-3 + kelvin * (2 * 6.2215701e-7 + kelvin * (3 * 2.0747825e-9 - kelvin * 4 * 9.484024e-13));
}
