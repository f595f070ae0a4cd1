using Gigawatt.Numerics;

namespace Gigawatt.Cooling;

/// <summary>The few properties of moist air that a cooling tower needs, per kg of dry air.</summary>
/// <remarks>
/// Its own saturation formula, so that this folder needs no other one and one exponential is all it costs: Buck (1981,
/// J. Appl. Meteorology 20, 1527), within 0.1 % of the ASHRAE (Hyland and Wexler) formula between 0 and 45 °C; below
/// 0 °C it is that of supercooled water, which is what falls in a tower.
/// </remarks>
internal static class MoistAir
{
    private const double WaterToAirMassRatio = 0.621945;
    private const double AirHeatKjPerKgK = 1.006;
    private const double VapourHeatKjPerKgK = 1.86;
    private const double EvaporationKjPerKg = 2501;

    /// <summary>Kilograms of water per kilogram of dry air at saturation.</summary>
    public static double SaturationRatio(double airC, double pressurePa)
    {
        double vapourPa = 611.21 * Elementary.Exp(17.502 * airC / (240.97 + airC));
        // Near boiling the ratio has no bound; a tower never comes near, an iteration might.
        return WaterToAirMassRatio * vapourPa / Math.Max(pressurePa - vapourPa, 0.1 * pressurePa);
    }

    /// <summary>Heat content of air, kJ per kg of dry air.</summary>
    public static double EnthalpyKjPerKg(double airC, double humidityRatio) =>
        AirHeatKjPerKgK * airC + humidityRatio * (EvaporationKjPerKg + VapourHeatKjPerKgK * airC);

    /// <summary>Heat content of saturated air, kJ per kg of dry air.</summary>
    public static double SaturationKjPerKg(double airC, double pressurePa) =>
        EnthalpyKjPerKg(airC, SaturationRatio(airC, pressurePa));

    /// <summary>Heat to warm the moist air of a humidity by one kelvin, kJ per kg of dry air.</summary>
    public static double HeatKjPerKgK(double humidityRatio) => AirHeatKjPerKgK + VapourHeatKjPerKgK * humidityRatio;

    /// <summary>Water in the air from its dry-bulb and wet-bulb temperature (ASHRAE Fundamentals 2017, chapter 1, equations 33 and 35).</summary>
    public static double HumidityRatio(double dryBulbC, double wetBulbC, double pressurePa)
    {
        double saturated = SaturationRatio(wetBulbC, pressurePa);
        double ratio = wetBulbC >= 0
            ? ((EvaporationKjPerKg - 2.326 * wetBulbC) * saturated - AirHeatKjPerKgK * (dryBulbC - wetBulbC))
                / (EvaporationKjPerKg + VapourHeatKjPerKgK * dryBulbC - 4.186 * wetBulbC)
            : ((2830 - 0.24 * wetBulbC) * saturated - AirHeatKjPerKgK * (dryBulbC - wetBulbC))
                / (2830 + VapourHeatKjPerKgK * dryBulbC - 2.1 * wetBulbC);
        return Math.Max(0, ratio);
    }

    /// <summary>Temperature at which saturated air holds a heat content, found from <paramref name="guessC"/> by Newton's method.</summary>
    /// <remarks>The heat content of saturated air rises and curves upwards, so the method converges from any side; six steps leave less than 1e-9 K.</remarks>
    public static double SaturationC(double kjPerKg, double pressurePa, double guessC)
    {
        double airC = guessC;
        for (int i = 0; i < 12; i++)
        {
            double ratio = SaturationRatio(airC, pressurePa);
            double excess = EnthalpyKjPerKg(airC, ratio) - kjPerKg;
            double ofTheVapour = 17.502 * 240.97 / ((240.97 + airC) * (240.97 + airC)) * (1 + ratio / WaterToAirMassRatio);
            double slope = HeatKjPerKgK(ratio) + ratio * ofTheVapour * (EvaporationKjPerKg + VapourHeatKjPerKgK * airC);
            double move = excess / slope;
            airC -= move;
            if (Math.Abs(move) < 1e-7) { break; }
        }
        return airC;
    }
}
