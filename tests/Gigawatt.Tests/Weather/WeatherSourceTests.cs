using Gigawatt.Numerics;
using Gigawatt.Weather;
using static Gigawatt.Tests.Weather.WeatherText;

namespace Gigawatt.Tests.Weather;

public sealed class WeatherSourceTests
{
    private static readonly WeatherFile Line = Parse(Epw());

    [Theory]
    [InlineData("2026-01-01 01:00", 0.11)]
    [InlineData("2026-01-01 01:30", 0.115)]          // half way from 0.11 to 0.12
    [InlineData("2026-01-02 00:00", 0.34)]           // 24:00 of the day before: 0.1 + 0.24
    [InlineData("2026-12-31 12:00", 36.62)]
    [InlineData("2027-01-01 00:00", 36.74)]          // the old year's last hour
    [InlineData("2028-02-28 12:00", 6.02)]
    [InlineData("2028-02-29 12:00", 6.02)]           // the 28th again
    [InlineData("2028-03-01 12:00", 6.12)]
    [InlineData("2028-12-31 12:00", 36.62)]
    public void A_typical_year_is_read_by_the_calendar(string time, double expectedC)
    {
        var start = DateTime.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
        var source = new WeatherSource(Line, start, elevationM: 81);
        WeatherState state = source.Begin();
        source.Advance(ref state, 0, 0).DryBulbC.ShouldBe(expectedC, 1e-9);
        // The same moment, reached from a week and some minutes before.
        source = new WeatherSource(Line, start.AddMinutes(-7 * 24 * 60 - 25), elevationM: 81);
        state = source.Begin();
        source.Advance(ref state, (7 * 24 * 60 + 25) * 60, 0).DryBulbC.ShouldBe(expectedC, 1e-9);
    }

    [Fact]
    public void A_step_gets_the_air_of_its_middle()
    {
        var source = new WeatherSource(Line, new DateTime(2026, 1, 1, 1, 0, 0), elevationM: 81);
        WeatherState state = source.Begin();
        source.Advance(ref state, 0, 3600).DryBulbC.ShouldBe(0.115, 1e-9);      // 01:30
        source.Advance(ref state, 3600, 900).DryBulbC.ShouldBe(0.12125, 1e-9);  // 02:07:30
        source.Advance(ref state, 4500, 1).DryBulbC.ShouldBe(0.122501388, 1e-8);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(900)]
    public void Short_steps_average_to_long_ones(double stepS)
    {
        var source = new WeatherSource(SyntheticClimate.Memphis, new DateTime(2026, 3, 1), 1, 0, 81);
        WeatherState coarse = source.Begin(), fine = source.Begin();
        for (int hour = 0; hour < 48; hour++)
        {
            AirState whole = source.Advance(ref coarse, hour * 3600.0, 3600);
            double dryBulbC = 0, wetBulbC = 0;
            int steps = (int)(3600 / stepS);
            for (int i = 0; i < steps; i++)
            {
                AirState part = source.Advance(ref fine, hour * 3600.0 + i * stepS, stepS);
                dryBulbC += part.DryBulbC / steps;
                wetBulbC += part.WetBulbC / steps;
            }
            dryBulbC.ShouldBe(whole.DryBulbC, 1e-9);
            wetBulbC.ShouldBe(whole.WetBulbC, 1e-9);
        }
    }

    [Fact]
    public void Copying_the_state_forks_the_weather_without_changing_it()
    {
        var source = new WeatherSource(SyntheticClimate.Memphis, new DateTime(2026, 3, 1, 4, 20, 0), 1, 0, 81);
        WeatherState state = source.Begin();
        for (int i = 0; i < 50; i++) { source.Advance(ref state, i * 3600.0, 3600); }
        WeatherState fork = state;
        AirState ahead = source.Advance(ref fork, 400 * 3600.0, 3600);
        source.Advance(ref state, 400 * 3600.0, 3600).ShouldBe(ahead);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Three_years_of_steps_allocate_nothing(bool drawn)
    {
        var start = new DateTime(2026, 6, 1);
        WeatherSource source = drawn
            ? new WeatherSource(SyntheticClimate.Memphis, start, 1, 0, 81)
            : new WeatherSource(Line, start, 81);
        WeatherState state = source.Begin();
        source.Advance(ref state, 0, 1800);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 1; i < 3 * 365 * 48; i++) { source.Advance(ref state, i * 1800.0, 1800); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Warming_moves_dry_bulb_and_dew_point_together()
    {
        var start = new DateTime(2026, 7, 1);
        var today = new WeatherSource(SyntheticClimate.Memphis, start, 1, 0, 81);
        var warmer = new WeatherSource(SyntheticClimate.Memphis, start, 1, 0, 81, warmingK: 2);
        WeatherState one = today.Begin(), two = warmer.Begin();
        for (int i = 0; i < 500; i++)
        {
            AirState a = today.Advance(ref one, i * 3600.0, 3600);
            AirState b = warmer.Advance(ref two, i * 3600.0, 3600);
            (b.DryBulbC - a.DryBulbC).ShouldBe(2, 1e-9);
            (b.DewPointC - a.DewPointC).ShouldBe(2, 1e-9);
            (b.WetBulbC - a.WetBulbC).ShouldBeInRange(1.5, 2.1);
        }
    }

    [Fact]
    public void A_site_higher_than_its_station_has_thinner_air()
    {
        var source = new WeatherSource(Line, new DateTime(2026, 1, 1), elevationM: 1081);
        WeatherState state = source.Begin();
        // 99000 × (1 − 2.25577e-5 × 1081)^5.2559 / (1 − 2.25577e-5 × 81)^5.2559 = 99000 × 0.87824 / 0.99043
        source.Advance(ref state, 0, 60).PressurePa.ShouldBe(87786, 15);
    }

    [Fact]
    public void Constant_weather_is_what_was_asked_for()
    {
        WeatherSource source = WeatherSource.Constant(35, 26.1414);
        WeatherState state = source.Begin();
        source.Advance(ref state, 0, 60);
        AirState air = source.Advance(ref state, 1e7, 3600);
        (air.DryBulbC, air.WetBulbC, air.PressurePa).ShouldBe((35, 26.1414, 101325));
        air.HumidityRatio.ShouldBe(0.017765, 1e-6);
        air.DewPointC.ShouldBe(23.020, 1e-3);
    }

    [Fact]
    public void Wet_bulb_between_hours_needs_no_solving()
    {
        AirState cool = AirState.Of(new WeatherHour(20, 10, 100000, 3));
        AirState warm = AirState.Of(new WeatherHour(25, 15, 100000, 3));
        AirState between = AirState.Between(cool, warm, 0.5);
        between.WetBulbC.ShouldBe(AirState.Of(new WeatherHour(22.5, 12.5, 100000, 3)).WetBulbC, 0.05);
    }

    [Fact]
    public void A_scenario_names_a_climate_or_a_file()
    {
        new WeatherSpec().Contradictions().ShouldBeEmpty();
        new WeatherSpec { Climate = "Memphis" }.Contradictions().ShouldBeEmpty();
        var both = new WeatherSpec { Climate = "memphis", File = "a.epw" };
        both.Contradictions().ShouldHaveSingleItem().Property.ShouldBe("File");
        Contradiction unknown = new WeatherSpec { Climate = "memfis" }.Contradictions().ShouldHaveSingleItem();
        unknown.Found.ShouldBe("'memfis'; did you mean 'memphis'?");
        var nowhere = new WeatherSpec { Climate = "x" };
        Should.Throw<ArgumentException>(() => WeatherSource.Create(nowhere, default, 1, 0, 0));
        WeatherState state = WeatherSource.Create(new WeatherSpec(), new DateTime(2026, 7, 1), 1, 0, 81).Begin();
        state.Before.DryBulbC.ShouldBeInRange(10, 40);
    }
}
