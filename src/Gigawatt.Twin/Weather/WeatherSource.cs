using System.Collections.Immutable;
using System.Diagnostics;

namespace Gigawatt.Weather;

/// <summary>What the weather remembers between steps. Copying it forks a what-if.</summary>
public struct WeatherState
{
    /// <summary>Full hours between the first hour of the run and <see cref="Before"/>.</summary>
    public int Hour;

    /// <summary>Air at the full hour before the present moment.</summary>
    public AirState Before;

    /// <summary>Air at the full hour after it.</summary>
    public AirState After;

    /// <summary>Where the generator stands, one hour ahead; unused with a file or constant weather.</summary>
    public SyntheticWeatherState Synthetic;
}

/// <summary>The weather of one run: years drawn from a climate, one typical year, or constant air.</summary>
/// <remarks>
/// Values are straight between full hours. Wet-bulb is solved once an hour and interpolated like the rest. Times are
/// local standard time all year. A typical year's value belongs to the end of its hour (TMY3 users manual); its 28
/// February serves for the 29th too. File pressure is moved to the site's height by the ratio of standard pressures.
/// Not modelled: daylight saving, the campus warming its own air.
/// </remarks>
public sealed class WeatherSource
{
    private readonly ImmutableArray<WeatherHour> typicalYear = [];
    private readonly double pressureRatio = 1;
    private readonly SyntheticWeather? synthetic;
    private readonly AirState constant;
    private readonly DateTime firstHour;
    private readonly double offsetS;
    private readonly double warmingK;

    private WeatherSource(DateTime start, double warmingK)
    {
        firstHour = start.Date.AddHours(start.Hour);
        offsetS = (start - firstHour).TotalSeconds;
        this.warmingK = warmingK;
    }

    /// <summary>Weather drawn from a climate.</summary>
    /// <param name="climate">The climate.</param>
    /// <param name="start">Local standard time at the start of the run.</param>
    /// <param name="seed">Seed of the scenario.</param>
    /// <param name="run">Number of the run; each has its own weather.</param>
    /// <param name="elevationM">Height of the site above sea level.</param>
    /// <param name="warmingK">Warmth added to dry-bulb and dew point.</param>
    public WeatherSource(
        SyntheticClimate climate, DateTime start, long seed, int run, double elevationM, double warmingK = 0)
        : this(start, warmingK) => synthetic = new SyntheticWeather(climate, seed, run, elevationM);

    /// <summary>The typical year of a file, again every year.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">Local standard time at the start of the run.</param>
    /// <param name="elevationM">Height of the site above sea level.</param>
    /// <param name="warmingK">Warmth added to dry-bulb and dew point.</param>
    public WeatherSource(WeatherFile file, DateTime start, double elevationM, double warmingK = 0)
        : this(start, warmingK)
    {
        typicalYear = file.Hours;
        pressureRatio =
            Psychrometrics.StationPressurePa(elevationM) / Psychrometrics.StationPressurePa(file.ElevationM);
    }

    private WeatherSource(AirState constant)
        : this(default, 0) => this.constant = constant;

    /// <summary>The weather a scenario asks for.</summary>
    /// <param name="spec">The scenario's wish.</param>
    /// <param name="start">Local standard time at the start of the run.</param>
    /// <param name="seed">Seed of the scenario.</param>
    /// <param name="run">Number of the run.</param>
    /// <param name="elevationM">Height of the site above sea level.</param>
    /// <param name="folder">Folder that the path of a weather file starts from.</param>
    /// <exception cref="WeatherFileException">The weather file cannot be used; it says why, line by line.</exception>
    /// <exception cref="ArgumentException">The climate is not known.</exception>
    public static WeatherSource Create(
        WeatherSpec spec, DateTime start, long seed, int run, double elevationM, string folder = "")
    {
        if (spec.File is not null)
        {
            WeatherFile file = WeatherFile.Read(Path.Combine(folder, spec.File));
            return new WeatherSource(file, start, elevationM, spec.WarmingK);
        }
        SyntheticClimate climate = SyntheticClimate.Named(spec.Climate ?? SyntheticClimate.Memphis.Name)
            ?? throw new ArgumentException($"expected the name of a climate, found '{spec.Climate}'", nameof(spec));
        return new WeatherSource(climate, start, seed, run, elevationM, spec.WarmingK);
    }

    /// <summary>Air that never changes: for tests and rating points.</summary>
    public static WeatherSource Constant(
        double dryBulbC, double wetBulbC, double pressurePa = Psychrometrics.SeaLevelPa, double windMPerS = 0)
    {
        double humidityRatio = Psychrometrics.HumidityRatioFromWetBulb(dryBulbC, wetBulbC, pressurePa);
        double dewPointC = Psychrometrics.DewPointC(humidityRatio, pressurePa);
        return new WeatherSource(new AirState(dryBulbC, dewPointC, wetBulbC, humidityRatio, pressurePa, windMPerS));
    }

    /// <summary>The weather at the start of the run.</summary>
    public WeatherState Begin()
    {
        WeatherState state = default;
        if (synthetic is not null) { state.Synthetic = synthetic.At(firstHour); }
        state.Before = AirAt(ref state, 0);
        state.After = AirAt(ref state, 1);
        return state;
    }

    /// <summary>Moves the weather to the middle of a step and returns the air there.</summary>
    /// <param name="state">The weather so far; it never goes back.</param>
    /// <param name="startS">Seconds from the start of the run to the start of the step.</param>
    /// <param name="stepS">Length of the step, for all of which its middle stands; at most an hour.</param>
    public AirState Advance(ref WeatherState state, double startS, double stepS)
    {
        double hours = (offsetS + startS + stepS / 2) / 3600;
        Debug.Assert(hours >= state.Hour, "Weather was asked for a time before one it has already passed.");
        while (hours >= state.Hour + 1) { NextHour(ref state); }
        return AirState.Between(state.Before, state.After, Math.Max(0, hours - state.Hour));
    }

    private void NextHour(ref WeatherState state)
    {
        state.Hour++;
        state.Before = state.After;
        state.After = AirAt(ref state, state.Hour + 1);
    }

    /// <summary>Air at a full hour of the run. A generator can only be asked for one hour after the other.</summary>
    private AirState AirAt(ref WeatherState state, int hour)
    {
        WeatherHour air;
        if (synthetic is not null)
        {
            air = synthetic.Hour(state.Synthetic);
            synthetic.Advance(ref state.Synthetic);
        }
        else if (!typicalYear.IsEmpty)
        {
            // The row of an hour is the one that ends then, so midnight of New Year takes the last row of the year.
            air = typicalYear[TypicalYear.SlotOf(firstHour.AddHours(hour - 1))];
            air = air with { PressurePa = air.PressurePa * pressureRatio };
        }
        else { return constant; }
        return AirState.Of(air with { DryBulbC = air.DryBulbC + warmingK, DewPointC = air.DewPointC + warmingK });
    }
}
