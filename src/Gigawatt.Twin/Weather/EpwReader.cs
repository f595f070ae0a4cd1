namespace Gigawatt.Weather;

/// <summary>Reads EnergyPlus weather files.</summary>
internal static class EpwReader
{
    private const int MostHeaderLines = 40;
    private const int FewestFields = 32;    // the last three (albedo, rain) came later
    private const int MostFields = 35;

    /// <summary>The file, or null when it has no usable frame; problems are added to the list.</summary>
    public static WeatherFile? Read(string[] lines, WeatherFileProblems problems)
    {
        List<WeatherField> location = WeatherField.Split(1, lines[0]);
        if (location.Count < 10)
        {
            problems.Add(1, 1, "LOCATION with 10 fields", $"{location.Count}");
            return null;
        }
        double elevationM = location[9].Value("station elevation in m", -500, 9000, problems);
        if (double.IsNaN(elevationM)) { problems.Add(1, location[9].Column, "station elevation in m", "none"); }

        int header = Array.FindIndex(
            lines, 0, Math.Min(lines.Length, MostHeaderLines),
            l => l.StartsWith("DATA PERIODS", StringComparison.OrdinalIgnoreCase));
        if (header < 0)
        {
            problems.Add(Math.Min(lines.Length, MostHeaderLines), 1, "a DATA PERIODS row before the data", "none");
            return null;
        }
        List<WeatherField> periods = WeatherField.Split(header + 1, lines[header]);
        if (periods.Count < 7)
        {
            problems.Add(header + 1, 1, "DATA PERIODS with 7 fields", $"{periods.Count}");
            return null;
        }
        int rowsPerHour = periods[2].Count("rows per hour", 1, 60, problems);
        if (rowsPerHour == 0) { return null; }

        var year = new TypicalYear(rowsPerHour, elevationM);
        if (periods[5].Text.Replace(" ", "", StringComparison.Ordinal) is not ("1/1" or "01/01"))
        {
            year.Notes.Add($"The data period starts on {periods[5].Text}; hours are placed by month and day.");
        }
        for (int i = header + 1; i < lines.Length && !problems.AreMany; i++)
        {
            if (lines[i].Length > 0) { ReadRow(i + 1, lines[i], year, problems); }
        }
        year.Finish(lines.Length, problems);
        string station = string.Join(", ", location.Skip(1).Take(3).Select(f => f.Text).Where(t => t.Length > 0));
        return problems.AreNone ? new WeatherFile(station, elevationM, year) : null;
    }

    private static void ReadRow(int line, string text, TypicalYear year, WeatherFileProblems problems)
    {
        List<WeatherField> fields = WeatherField.Split(line, text);
        if (fields.Count is < FewestFields or > MostFields)
        {
            problems.Add(line, 1, $"{FewestFields} to {MostFields} fields", $"{fields.Count}");
            return;
        }
        int month = fields[1].Count("a month", 1, 12, problems);
        int day = fields[2].Count("a day of the month", 1, month == 0 ? 31 : TypicalYear.LongestMonth(month), problems);
        int hour = fields[3].Count("an hour (the end of the period)", 1, 24, problems);
        var values = new WeatherHour(
            fields[6].Value("dry-bulb in °C", -90, 70, problems),
            fields[7].Value("dew point in °C", -90, 70, problems),
            fields[9].Value("pressure in Pa", 31000, 120000, problems),
            fields[21].Value("wind in m/s", 0, 60, problems));
        if (month > 0 && day > 0 && hour > 0) { year.Add(line, month, day, hour, values, problems); }
    }
}
