using System.Collections.Immutable;

namespace Gigawatt.Weather;

/// <summary>A typical year of hourly weather at one station, as read from a file.</summary>
/// <remarks>
/// Formats: EPW (EnergyPlus Auxiliary Programs, "EnergyPlus Weather File (EPW) Data Dictionary") and TMY3 CSV (S.
/// Wilcox and W. Marion, Users Manual for TMY3 Data Sets, NREL/TP-581-43156, 2008, table 1-3). Rows are placed by
/// month, day and hour; the year column is not read, since the months of a typical year come from different years.
/// Not modelled: radiation, illuminance, sky, rain; dew points are not rebuilt from relative humidity.
/// </remarks>
public sealed class WeatherFile
{
    private const long LargestBytes = 64L << 20;

    internal WeatherFile(string station, double elevationM, TypicalYear year)
    {
        Station = station;
        ElevationM = elevationM;
        Hours = year.Hours;
        FilledValues = year.FilledValues;
        Notes = [.. year.Notes];
    }

    /// <summary>Name of the station as the file gives it.</summary>
    public string Station { get; }

    /// <summary>Height of the station above sea level.</summary>
    public double ElevationM { get; }

    /// <summary>8,760 hours; the first is the value at 01:00 on 1 January, the last at 24:00 on 31 December.</summary>
    public ImmutableArray<WeatherHour> Hours { get; }

    /// <summary>Values that the file lacks and that were filled from the hours around them.</summary>
    public int FilledValues { get; }

    /// <summary>What reading changed or assumed, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Reads an EPW or TMY3 CSV file; its first lines show which.</summary>
    /// <exception cref="WeatherFileException">The file cannot be used; every problem is listed.</exception>
    public static WeatherFile Read(string path)
    {
        string text;
        try
        {
            long bytes = new FileInfo(path).Length;
            if (bytes > LargestBytes)
            {
                throw Unreadable(path, "a weather file of at most 64 MB", $"{bytes >> 20} MB");
            }
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, "a file that can be read", e.Message);
        }
        return Parse(text, path);
    }

    /// <summary>Reads the text of an EPW or TMY3 CSV file.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="name">What to call the file in messages.</param>
    /// <exception cref="WeatherFileException">The text cannot be used; every problem is listed.</exception>
    public static WeatherFile Parse(string text, string name)
    {
        string[] lines = text.TrimStart('\uFEFF').Split('\n');
        for (int i = 0; i < lines.Length; i++) { lines[i] = lines[i].TrimEnd('\r'); }
        var problems = new WeatherFileProblems();
        WeatherFile? file = null;
        if (text.Length == 0) { problems.Add(1, 1, "an EPW or TMY3 CSV file", "an empty file"); }
        else if (lines[0].StartsWith("LOCATION", StringComparison.OrdinalIgnoreCase))
        {
            file = EpwReader.Read(lines, problems);
        }
        else if (lines.Length > 1 && lines[1].StartsWith("Date (", StringComparison.OrdinalIgnoreCase))
        {
            file = Tmy3Reader.Read(lines, problems);
        }
        else
        {
            problems.Add(
                1, 1, "LOCATION (EPW), or a station row above names that start with 'Date (MM/DD/YYYY)' (TMY3 CSV)",
                WeatherFileProblems.Quote(lines[0]));
        }
        return problems.AreNone && file is not null ? file : throw new WeatherFileException(name, problems.List);
    }

    private static WeatherFileException Unreadable(string path, string expected, string found) =>
        new(path, [new WeatherFileProblem(1, 1, expected, found)]);
}
