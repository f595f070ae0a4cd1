namespace Gigawatt.Weather;

/// <summary>Outdoor air at a full hour, as a station reports it.</summary>
/// <param name="DryBulbC">Temperature in the shade.</param>
/// <param name="DewPointC">Temperature at which dew or frost would form.</param>
/// <param name="PressurePa">Air pressure at the station, not reduced to sea level.</param>
/// <param name="WindMPerS">Wind speed at 10 m.</param>
public readonly record struct WeatherHour(double DryBulbC, double DewPointC, double PressurePa, double WindMPerS);

/// <summary>Outdoor air at one moment, with the humidity measures that cooling plant needs.</summary>
/// <param name="DryBulbC">Temperature in the shade.</param>
/// <param name="DewPointC">Temperature at which dew or frost would form.</param>
/// <param name="WetBulbC">Temperature that evaporating water settles at.</param>
/// <param name="HumidityRatio">Mass of vapour per mass of dry air.</param>
/// <param name="PressurePa">Air pressure at the site.</param>
/// <param name="WindMPerS">Wind speed at 10 m.</param>
/// <remarks>Not modelled: sun, rain, wind direction, gusts, the site's own exhaust air.</remarks>
public readonly record struct AirState(
    double DryBulbC, double DewPointC, double WetBulbC, double HumidityRatio, double PressurePa, double WindMPerS)
{
    /// <summary>The air of an hour, wet-bulb solved; a dew point above dry-bulb counts as saturated air.</summary>
    public static AirState Of(in WeatherHour hour)
    {
        double dewPointC = Math.Min(hour.DewPointC, hour.DryBulbC);
        double humidityRatio = Psychrometrics.HumidityRatioFromDewPoint(dewPointC, hour.PressurePa);
        double wetBulbC = Psychrometrics.WetBulbC(hour.DryBulbC, humidityRatio, hour.PressurePa);
        return new AirState(
            hour.DryBulbC, dewPointC, Math.Max(wetBulbC, dewPointC), humidityRatio, hour.PressurePa, hour.WindMPerS);
    }

    /// <summary>The air on the straight line between two moments; 0 is the first, 1 the second.</summary>
    /// <remarks>
    /// Wet-bulb too is interpolated, not solved again: half way between hours 5 K apart in dry-bulb and dew point that
    /// is 0.01 K off.
    /// </remarks>
    public static AirState Between(in AirState before, in AirState after, double fraction) => new(
        before.DryBulbC + (after.DryBulbC - before.DryBulbC) * fraction,
        before.DewPointC + (after.DewPointC - before.DewPointC) * fraction,
        before.WetBulbC + (after.WetBulbC - before.WetBulbC) * fraction,
        before.HumidityRatio + (after.HumidityRatio - before.HumidityRatio) * fraction,
        before.PressurePa + (after.PressurePa - before.PressurePa) * fraction,
        before.WindMPerS + (after.WindMPerS - before.WindMPerS) * fraction);
}
