namespace Gigawatt.Cooling;

/// <summary>The liquids that carry the heat: PG25 (25 % propylene glycol by volume) at the racks, water in the facility.</summary>
/// <remarks>
/// PG25: straight lines through the Melinder polynomials as used by the Modelica Buildings library, good to 0.1 %
/// between 20 and 45 °C. Not modelled: viscosity and its effect on heat transfer, corrosion inhibitors.
/// </remarks>
public static class Coolant
{
    /// <summary>Heat held by one m³ of water per kelvin, MW·s.</summary>
    public const double WaterMwSPerM3K = 4.17;

    /// <summary>Heat held by one kg of water per kelvin, MW·s.</summary>
    public const double WaterMwSPerKgK = 0.004186;

    /// <summary>Density of PG25.</summary>
    public static double DensityKgPerM3(double coolantC) => 1020.2 - 0.5 * (coolantC - 20);

    /// <summary>Heat held by one kg of PG25 per kelvin, MW·s.</summary>
    public static double HeatMwSPerKgK(double coolantC) => (3908 + 2.56 * (coolantC - 20)) * 1e-6;

    /// <summary>How much warmer PG25 leaves than it entered.</summary>
    public static double TemperatureRiseK(double heatMw, double flowM3PerS, double coolantC) =>
        heatMw / (DensityKgPerM3(coolantC) * flowM3PerS * HeatMwSPerKgK(coolantC));
}
