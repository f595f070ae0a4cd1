using System.Globalization;
using Gigawatt.Numerics;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Weather;

/// <summary>Where the weather generator stands. Copying it forks the weather.</summary>
public struct SyntheticWeatherState
{
    /// <summary>Calendar year of the present hour.</summary>
    public int Year;

    /// <summary>Day of the year of the present hour; 0 is 1 January.</summary>
    public int Day;

    /// <summary>Hour of the day, 0 to 23.</summary>
    public int Hour;

    /// <summary>Luck of the present year.</summary>
    public Stream Luck;

    /// <summary>Luck of the coming year; in use from the last day of the present one.</summary>
    public Stream ComingLuck;

    /// <summary>Yesterday's noon.</summary>
    public SyntheticNoon Yesterday;

    /// <summary>Today's noon.</summary>
    public SyntheticNoon Today;

    /// <summary>Tomorrow's noon.</summary>
    public SyntheticNoon Tomorrow;

    /// <summary>How far the present hour strays from its day.</summary>
    public double HourlyK;
}

/// <summary>One day's weather, reached at its noon: the levels that hours are interpolated between.</summary>
public struct SyntheticNoon
{
    /// <summary>Warmth of the air mass in standard deviations.</summary>
    public double WarmthFactor;

    /// <summary>Moisture of the air mass beyond what its warmth explains, in standard deviations.</summary>
    public double MoistureFactor;

    /// <summary>Dry-bulb without the daily swing.</summary>
    public double DryBulbC;

    /// <summary>Dew point before its upper limit.</summary>
    public double DewPointC;

    /// <summary>Half of the day's swing.</summary>
    public double AmplitudeK;

    /// <summary>Wind of the season.</summary>
    public double WindMPerS;
}

/// <summary>Draws the hours of a climate, one after the other.</summary>
/// <remarks>
/// Daily: warmth a and moisture b are first-order autoregressions of unit variance; noon levels are T = mean + c σ_T a
/// and D = mean + c σ_D (r a + √(1 − r²) b), straight between noons; c = 1/√(19/32 + 3ρ/8 + ρ²/32) (1.04 to 1.15) makes
/// up for the variance which that takes from a day's mean. The means run through the year so that every month keeps its
/// own; what they change within a month is taken off its σ², of which at least a quarter stays. Daily swing: half a
/// cosine up from 06 to 15 h and half a cosine down to 06 h of amplitude 0.97 (0.55 A + 0.45 k R/2), A the mean day's,
/// R the daily range, k normal (1, 0.35) within 0.3 to 1.7.
/// Hourly: an autoregression e of correlation 0.88. Dry-bulb = T + swing + e; dew point = D + 0.3 e, bent by a tanh
/// over the last 3 K below its limit, and at least 0.2 K below dry-bulb.
/// Every calendar year has its own stream of luck, and starts from where the year before would have ended had it begun
/// at rest; a year is therefore the same whichever date a run begins. 29 February is a second 28th in its means.
/// The plain numbers were chosen so that many drawn years agree with the Memphis typical year (docs/weather.md).
/// Form: the usual chain-dependent generator without its rain (Richardson, Water Resources Research 17, 1981).
/// Not modelled: fronts (change is as fast up as down), wind other than its season's mean, pressure changes, extremes
/// beyond the normal distribution.
/// </remarks>
public sealed class SyntheticWeather
{
    private const double SwingFactor = 0.97;
    private const double FixedSwingFraction = 0.55;
    private const double SwingDeviationFraction = 0.35;
    private const double HourlyPersistenceFraction = 0.88;
    private const double HourlyMoistureFraction = 0.3;
    private const double DewPointBendK = 3;
    private const double ClosestDewPointK = 0.2;

    // Naming a stream allocates, so the names of all likely years wait here.
    private const int FirstNamedYear = 1900;
    private static readonly string[] YearNames = [.. Enumerable.Range(FirstNamedYear, 300).Select(NameOf)];
    private static readonly double[] Swing = [.. Enumerable.Range(0, 24).Select(SwingAt)];

    private readonly Season[] seasons;
    private readonly double hourlyInnovationK;
    private readonly double highestDewPointC;
    private readonly double pressurePa;
    private readonly long seed;
    private readonly int run;

    /// <summary>The weather of one climate in one run, at the standard pressure of a height above sea level.</summary>
    public SyntheticWeather(SyntheticClimate climate, long seed, int run, double elevationM)
    {
        seasons = Season.Of(climate);
        hourlyInnovationK = climate.HourlyDeviationK * Remaining(HourlyPersistenceFraction);
        highestDewPointC = climate.HighestDewPointC;
        pressurePa = Psychrometrics.StationPressurePa(elevationM);
        this.seed = seed;
        this.run = run;
    }

    /// <summary>The state at a full hour; minutes and seconds are ignored.</summary>
    public SyntheticWeatherState At(DateTime hour)
    {
        SyntheticWeatherState state = StartOf(hour.Year);
        for (int passed = (hour.DayOfYear - 1) * 24 + hour.Hour; passed > 0; passed--) { Advance(ref state); }
        return state;
    }

    /// <summary>The air of the present hour.</summary>
    public WeatherHour Hour(in SyntheticWeatherState state)
    {
        bool morning = state.Hour < 12;
        double afterNoonFraction = (morning ? state.Hour + 12 : state.Hour - 12) / 24.0;
        ref readonly SyntheticNoon before = ref morning ? ref state.Yesterday : ref state.Today;
        ref readonly SyntheticNoon after = ref morning ? ref state.Today : ref state.Tomorrow;
        double dryBulbC = Between(before.DryBulbC, after.DryBulbC, afterNoonFraction)
            + state.Today.AmplitudeK * Swing[state.Hour] + state.HourlyK;
        double dewPointC = Between(before.DewPointC, after.DewPointC, afterNoonFraction)
            + HourlyMoistureFraction * state.HourlyK;
        double overK = dewPointC - (highestDewPointC - DewPointBendK);
        if (overK > 0) { dewPointC += DewPointBendK * Elementary.Tanh(overK / DewPointBendK) - overK; }
        double windMPerS = Between(before.WindMPerS, after.WindMPerS, afterNoonFraction);
        return new WeatherHour(dryBulbC, Math.Min(dewPointC, dryBulbC - ClosestDewPointK), pressurePa, windMPerS);
    }

    /// <summary>Moves on by one hour.</summary>
    public void Advance(ref SyntheticWeatherState state)
    {
        state.Hour++;
        if (state.Hour == 24)
        {
            state.Hour = 0;
            state.Day++;
            if (state.Day == DaysOf(state.Year))
            {
                state = StartOf(state.Year + 1);
                return;
            }
            BeginDay(ref state);
        }
        DriftHour(ref state);
    }

    private SyntheticWeatherState StartOf(int year)
    {
        SyntheticWeatherState state = AtRest(year - 1);
        for (int day = 0; day < DaysOf(year - 1); day++)
        {
            state.Day = day;
            BeginDay(ref state);
            for (int hour = 0; hour < 24; hour++) { DriftHour(ref state); }
        }
        state.Luck = state.ComingLuck;
        state.Year = year;
        state.Day = 0;
        BeginDay(ref state);
        DriftHour(ref state);
        return state;
    }

    private SyntheticWeatherState AtRest(int year)
    {
        SyntheticWeatherState state = new() { Year = year, Luck = LuckOf(year) };
        DrawNoon(ref state.Luck, ref state.Tomorrow, seasons[0]);
        return state;
    }

    /// <summary>Midnight: tomorrow becomes today, and the day after is drawn.</summary>
    private void BeginDay(ref SyntheticWeatherState state)
    {
        state.Yesterday = state.Today;
        state.Today = state.Tomorrow;
        if (state.Day + 1 < DaysOf(state.Year))
        {
            DrawNoon(ref state.Luck, ref state.Tomorrow, seasons[SeasonOf(state.Year, state.Day + 1)]);
            return;
        }
        state.ComingLuck = LuckOf(state.Year + 1);
        DrawNoon(ref state.ComingLuck, ref state.Tomorrow, seasons[0]);
    }

    private static void DrawNoon(ref Stream luck, ref SyntheticNoon noon, in Season season)
    {
        double warmth =
            season.PersistenceFraction * noon.WarmthFactor + season.InnovationFraction * luck.NextNormal();
        double moisture =
            season.PersistenceFraction * noon.MoistureFactor + season.InnovationFraction * luck.NextNormal();
        double swing = Math.Limit(1 + SwingDeviationFraction * luck.NextNormal(), 0.3, 1.7);
        noon.WarmthFactor = warmth;
        noon.MoistureFactor = moisture;
        noon.DryBulbC = season.DryBulbC + season.WarmthK * warmth;
        noon.DewPointC = season.DewPointC + season.SharedMoistureK * warmth + season.OwnMoistureK * moisture;
        noon.AmplitudeK = season.FixedAmplitudeK + season.DrawnAmplitudeK * swing;
        noon.WindMPerS = season.WindMPerS;
    }

    private void DriftHour(ref SyntheticWeatherState state) =>
        state.HourlyK = HourlyPersistenceFraction * state.HourlyK + hourlyInnovationK * state.Luck.NextNormal();

    private Stream LuckOf(int year)
    {
        int place = year - FirstNamedYear;
        string name = place >= 0 && place < YearNames.Length ? YearNames[place] : NameOf(year);
        return Stream.For(seed, run, "weather", name);
    }

    private static string NameOf(int year) => year.ToString(CultureInfo.InvariantCulture);

    private static int DaysOf(int year) => DateTime.IsLeapYear(year) ? 366 : 365;

    /// <summary>Place of a day in a year of 365: 29 February shares that of the 28th.</summary>
    private static int SeasonOf(int year, int day) => day >= 59 && DateTime.IsLeapYear(year) ? day - 1 : day;

    private static double Between(double before, double after, double fraction) => before + (after - before) * fraction;

    private static double Remaining(double correlation) => Math.Sqrt(1 - correlation * correlation);

    /// <summary>What to multiply a deviation by so that daily means keep it although they mix three noons.</summary>
    /// <remarks>A day's mean is 3/4 of its own noon and 1/8 of each neighbour's: the variance of that sum.</remarks>
    private static double MakingUpForMixing(double correlation) =>
        1 / Math.Sqrt(19.0 / 32 + correlation * (12.0 / 32 + correlation / 32));

    private static double SwingAt(int hour) => hour is >= 6 and <= 15
        ? -Elementary.Cos(Math.PI * (hour - 6) / 9)
        : Elementary.Cos(Math.PI * ((hour + 24 - 15) % 24) / 15);

    /// <summary>The generator's numbers for one day of the year.</summary>
    private readonly record struct Season(
        double DryBulbC, double WarmthK, double DewPointC, double SharedMoistureK, double OwnMoistureK,
        double PersistenceFraction, double InnovationFraction, double FixedAmplitudeK, double DrawnAmplitudeK,
        double WindMPerS)
    {
        public static Season[] Of(SyntheticClimate climate)
        {
            double[] dryBulbC = DailyMeans.Through([.. climate.Months.Select(m => m.DryBulbC)]);
            double[] dewPointC = DailyMeans.Through([.. climate.Months.Select(m => m.DewPointC)]);
            double[] windMPerS = DailyMeans.Through([.. climate.Months.Select(m => m.WindMPerS)]);
            Season[] seasons = new Season[DailyMeans.Days];
            for (int day = 0; day < seasons.Length; day++)
            {
                int index = DailyMeans.MonthOf(day);
                ClimateMonth month = climate.Months[index];
                double kept = MakingUpForMixing(month.PersistenceFraction);
                double warmthK = kept * DailyMeans.DeviationBesideTrend(dryBulbC, index, month.DryBulbDeviationK);
                double moistureK = kept * DailyMeans.DeviationBesideTrend(dewPointC, index, month.DewPointDeviationK);
                seasons[day] = new Season(
                    dryBulbC[day],
                    warmthK,
                    dewPointC[day],
                    moistureK * month.HumidityCorrelationFactor,
                    moistureK * Remaining(month.HumidityCorrelationFactor),
                    month.PersistenceFraction,
                    Remaining(month.PersistenceFraction),
                    SwingFactor * FixedSwingFraction * month.MeanDayAmplitudeK,
                    SwingFactor * (1 - FixedSwingFraction) * month.DailyRangeK / 2,
                    Math.Max(0, windMPerS[day]));
            }
            return seasons;
        }
    }
}
