using Gigawatt.Weather;

namespace Gigawatt.Tests.Weather;

public sealed class SyntheticWeatherTests
{
    private const int Years = 15;
    private static readonly DateTime Start = new(2026, 1, 1);

    [Fact]
    public void Fifteen_years_look_like_the_typical_year_of_Memphis()
    {
        AirState[][] years = Draw(seed: 1, Years);
        AirState[] all = [.. years.SelectMany(y => y)];
        all.Average(a => a.DryBulbC).ShouldBe(17.04, 0.5);      // typical year
        all.Average(a => a.DewPointC).ShouldBe(9.98, 0.5);
        all.Average(a => a.WetBulbC).ShouldBe(13.03, 0.5);
        years.Average(y => y.Max(a => a.DryBulbC)).ShouldBe(38.3, 1.5);
        years.Average(y => y.Min(a => a.DryBulbC)).ShouldBe(-11.8, 3);
        years.Average(y => y.Max(a => a.WetBulbC)).ShouldBe(27.5, 1);
        HoursAtOrBelow(all, a => a.DryBulbC, 5).ShouldBe(1246, 150);
        HoursAtOrBelow(all, a => a.DryBulbC, 10).ShouldBe(2365, 170);
        HoursAtOrBelow(all, a => a.DryBulbC, 20).ShouldBe(5027, 170);
        HoursAtOrBelow(all, a => a.DryBulbC, 25).ShouldBe(6764, 200);
        HoursAtOrBelow(all, a => a.DryBulbC, 30).ShouldBe(8080, 150);
        HoursAtOrBelow(all, a => a.DryBulbC, 35).ShouldBe(8704, 40);
        HoursAtOrBelow(all, a => a.WetBulbC, 10).ShouldBe(3168, 200);
        HoursAtOrBelow(all, a => a.WetBulbC, 18).ShouldBe(5633, 200);
        HoursAtOrBelow(all, a => a.WetBulbC, 24).ShouldBe(8146, 150);
    }

    [Fact]
    public void Every_hour_is_possible_air()
    {
        foreach (AirState air in Draw(seed: 4, 3).SelectMany(y => y))
        {
            air.DryBulbC.ShouldBeInRange(-35, 48);
            air.DewPointC.ShouldBeLessThan(25.5);
            air.DewPointC.ShouldBeLessThanOrEqualTo(air.WetBulbC);
            air.WetBulbC.ShouldBeLessThanOrEqualTo(air.DryBulbC);
            air.PressurePa.ShouldBe(100355, 2);                 // 81 m
            air.WindMPerS.ShouldBeInRange(2, 7);
        }
    }

    [Fact]
    public void A_year_is_the_same_whichever_date_the_run_begins()
    {
        var weather = new SyntheticWeather(SyntheticClimate.Memphis, seed: 7, run: 3, elevationM: 81);
        SyntheticWeatherState early = weather.At(new DateTime(2026, 11, 5, 13, 0, 0));
        SyntheticWeatherState late = weather.At(new DateTime(2028, 7, 4));
        while (early is not { Year: 2028, Day: 185, Hour: 0 }) { weather.Advance(ref early); }  // 4 July of a leap year
        for (int hour = 0; hour < 24 * 400; hour++)
        {
            weather.Hour(early).ShouldBe(weather.Hour(late));
            weather.Advance(ref early);
            weather.Advance(ref late);
        }
    }

    [Fact]
    public void New_year_comes_without_a_jump()
    {
        var weather = new SyntheticWeather(SyntheticClimate.Memphis, seed: 7, run: 3, elevationM: 81);
        for (int year = 2026; year < 2046; year++)
        {
            SyntheticWeatherState state = weather.At(new DateTime(year, 12, 31, 23, 0, 0));
            double before = weather.Hour(state).DryBulbC;
            weather.Advance(ref state);
            (state.Year, state.Day, state.Hour).ShouldBe((year + 1, 0, 0));
            Math.Abs(weather.Hour(state).DryBulbC - before).ShouldBeLessThan(4);
        }
    }

    [Fact]
    public void Years_runs_and_seeds_have_their_own_weather()
    {
        double[] noons =
        [
            DryBulbC(1, 0, new DateTime(2026, 7, 1, 12, 0, 0)), DryBulbC(1, 0, new DateTime(2027, 7, 1, 12, 0, 0)),
            DryBulbC(1, 1, new DateTime(2026, 7, 1, 12, 0, 0)), DryBulbC(2, 0, new DateTime(2026, 7, 1, 12, 0, 0)),
        ];
        noons.Distinct().Count().ShouldBe(4);
        DryBulbC(1, 0, new DateTime(2026, 7, 1, 12, 0, 0)).ShouldBe(noons[0]);
    }

    [Fact]
    public void The_daily_curve_keeps_the_monthly_means()
    {
        double[] means = [.. SyntheticClimate.Memphis.Months.Select(m => m.DryBulbC)];
        double[] curve = DailyMeans.Through(means);
        curve.Index().GroupBy(d => DailyMeans.MonthOf(d.Index)).Select(m => m.Average(d => d.Item))
            .Zip(means, (found, given) => Math.Abs(found - given)).Max().ShouldBeLessThan(1e-9);
    }

    [Fact]
    public void A_climate_without_chance_repeats_its_mean_day()
    {
        ClimateMonth still = SyntheticClimate.Memphis.Months[0] with
        {
            DryBulbC = 20,
            DryBulbDeviationK = 0,
            DailyRangeK = 0,
            MeanDayAmplitudeK = 10,
            DewPointC = 5,
            DewPointDeviationK = 0,
            WindMPerS = 3,
        };
        ClimateMonth[] months = [.. Enumerable.Repeat(still, 12)];
        SyntheticClimate climate = new() { Name = "still", Months = months, HourlyDeviationK = 0 };
        var weather = new SyntheticWeather(climate, 1, 0, 0);
        weather.Hour(weather.At(new DateTime(2026, 5, 5, 6, 0, 0))).DryBulbC.ShouldBe(20 - 0.97 * 0.55 * 10, 1e-9);
        weather.Hour(weather.At(new DateTime(2026, 5, 5, 15, 0, 0))).DryBulbC.ShouldBe(20 + 0.97 * 0.55 * 10, 1e-9);
        weather.Hour(weather.At(new DateTime(2026, 5, 5, 15, 0, 0))).DewPointC.ShouldBe(5, 1e-9);
    }

    [Fact]
    public void Eleven_months_are_no_year() =>
        Should.Throw<Gigawatt.Numerics.SpecException>(() =>
            SyntheticClimate.Memphis with { Months = [.. SyntheticClimate.Memphis.Months.Take(11)] })
            .Message.ShouldBe("Months: expected 12 months, found 11");

    private static double DryBulbC(long seed, int run, DateTime hour)
    {
        var weather = new SyntheticWeather(SyntheticClimate.Memphis, seed, run, 81);
        return weather.Hour(weather.At(hour)).DryBulbC;
    }

    private static AirState[][] Draw(long seed, int years)
    {
        var weather = new SyntheticWeather(SyntheticClimate.Memphis, seed, 0, 81);
        SyntheticWeatherState state = weather.At(Start);
        var drawn = new AirState[years][];
        for (int year = 0; year < years; year++)
        {
            drawn[year] = new AirState[8760];
            for (int hour = 0; hour < 8760; hour++)
            {
                drawn[year][hour] = AirState.Of(weather.Hour(state));
                weather.Advance(ref state);
            }
        }
        return drawn;
    }

    private static double HoursAtOrBelow(AirState[] all, Func<AirState, double> value, double limit) =>
        all.Count(a => value(a) <= limit) / (double)Years;
}
