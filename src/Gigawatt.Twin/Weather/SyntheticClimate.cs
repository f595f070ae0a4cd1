using Gigawatt.Numerics;

namespace Gigawatt.Weather;

/// <summary>What one month of a place is like, in the numbers the weather generator needs.</summary>
public sealed record ClimateMonth
{
    /// <summary>Mean dry-bulb of the month.</summary>
    public required double DryBulbC { get; init => field = Check.Within(value, -80, 60); }

    /// <summary>Standard deviation of the daily mean dry-bulb within the month.</summary>
    public required double DryBulbDeviationK { get; init => field = Check.NotNegative(value); }

    /// <summary>Mean difference between the highest and lowest dry-bulb of a day.</summary>
    public required double DailyRangeK { get; init => field = Check.NotNegative(value); }

    /// <summary>Half the range of the month's mean day: the sun's part, without that of passing air masses.</summary>
    public required double MeanDayAmplitudeK { get; init => field = Check.NotNegative(value); }

    /// <summary>Mean dew point of the month.</summary>
    public required double DewPointC { get; init => field = Check.Within(value, -80, 40); }

    /// <summary>Standard deviation of the daily mean dew point within the month.</summary>
    public required double DewPointDeviationK { get; init => field = Check.NotNegative(value); }

    /// <summary>Correlation of one day's mean with the next day's.</summary>
    public required double PersistenceFraction { get; init => field = Check.Within(value, 0, 0.99); }

    /// <summary>Correlation of daily mean dry-bulb and dew point.</summary>
    public required double HumidityCorrelationFactor { get; init => field = Check.Within(value, -1, 1); }

    /// <summary>Mean wind speed at 10 m.</summary>
    public required double WindMPerS { get; init => field = Check.NotNegative(value); }
}

/// <summary>A place's climate as monthly statistics, from which any number of different years can be drawn.</summary>
/// <remarks>
/// <see cref="SyntheticWeather"/> has the equations. Source of the Memphis table: computed from the TMY3 file of
/// station 723340 (Memphis International Airport; S. Wilcox and W. Marion, Users Manual for TMY3 Data Sets,
/// NREL/TP-581-43156, 2008); the means agree with the station's published monthly statistics within 0.05 K.
/// Not modelled: trend from year to year, storms, rain, sun.
/// </remarks>
public sealed record SyntheticClimate
{
    /// <summary>The place, as a scenario writes it.</summary>
    public required string Name { get; init; }

    /// <summary>January to December.</summary>
    /// <exception cref="SpecException">The list does not hold twelve months.</exception>
    public required IReadOnlyList<ClimateMonth> Months
    {
        get;
        init => field = value.Count == 12 ? value : throw new SpecException(nameof(Months), "12 months", value.Count);
    }

    /// <summary>Dew point that the air does not exceed, set by the warmest water that feeds it.</summary>
    [Default(Grade.D, "Memphis: design dew point 25.1 °C at 0.4 % of hours (ASHRAE Fundamentals 2009), rounded up")]
    public double HighestDewPointC { get; init => field = Check.Within(value, -20, 40); } = 25.5;

    /// <summary>Standard deviation of what passes within hours: clouds, showers, gusts of other air.</summary>
    [Default(Grade.D, "Chosen so that hours at or below 10, 20 and 30 °C agree with Memphis TMY3")]
    public double HourlyDeviationK { get; init => field = Check.NotNegative(value); } = 1.2;

    /// <summary>Memphis, Tennessee: warm and humid, ASHRAE climate zone 3A.</summary>
    public static SyntheticClimate Memphis { get; } = new()
    {
        Name = "memphis",
        Months =
        [
            Month(4.12, 6.40, 9.57, 2.61, -0.72, 7.03, 0.50, 0.93, 5.33),
            Month(6.58, 5.99, 10.11, 3.77, -1.40, 7.11, 0.66, 0.81, 4.26),
            Month(12.40, 4.44, 11.05, 4.30, 5.60, 5.52, 0.54, 0.83, 3.82),
            Month(16.79, 3.93, 10.22, 4.43, 8.38, 6.23, 0.75, 0.77, 3.90),
            Month(22.07, 2.86, 9.70, 4.11, 15.95, 3.92, 0.62, 0.70, 4.16),
            Month(26.01, 2.82, 10.15, 4.26, 18.97, 3.34, 0.75, 0.80, 3.43),
            Month(28.31, 1.74, 10.29, 4.71, 20.59, 1.84, 0.61, 0.55, 3.04),
            Month(27.55, 2.46, 10.44, 4.83, 19.37, 2.92, 0.83, 0.76, 2.97),
            Month(24.35, 2.73, 9.63, 4.21, 18.61, 4.00, 0.72, 0.77, 3.05),
            Month(16.70, 3.52, 11.46, 4.98, 9.09, 5.24, 0.43, 0.91, 2.72),
            Month(12.12, 4.17, 11.27, 4.50, 5.66, 5.04, 0.50, 0.91, 3.02),
            Month(6.83, 5.26, 10.84, 3.54, -1.10, 6.79, 0.42, 0.92, 4.14),
        ],
    };

    /// <summary>Every climate that comes with the product.</summary>
    public static IReadOnlyList<SyntheticClimate> All { get; } = [Memphis];

    /// <summary>The climate of that name, or null; letter case does not matter.</summary>
    public static SyntheticClimate? Named(string name) =>
        All.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase));

    private static ClimateMonth Month(
        double dryBulbC, double dryBulbDeviationK, double dailyRangeK, double meanDayAmplitudeK, double dewPointC,
        double dewPointDeviationK, double persistence, double humidityCorrelation, double windMPerS) => new()
        {
            DryBulbC = dryBulbC,
            DryBulbDeviationK = dryBulbDeviationK,
            DailyRangeK = dailyRangeK,
            MeanDayAmplitudeK = meanDayAmplitudeK,
            DewPointC = dewPointC,
            DewPointDeviationK = dewPointDeviationK,
            PersistenceFraction = persistence,
            HumidityCorrelationFactor = humidityCorrelation,
            WindMPerS = windMPerS,
        };
}
