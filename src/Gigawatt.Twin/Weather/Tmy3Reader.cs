namespace Gigawatt.Weather;

/// <summary>Reads TMY3 files as NREL published them: a station row, a row of names, then hours.</summary>
internal static class Tmy3Reader
{
    private const double PaPerMbar = 100;
    private static readonly string[] Needed =
        ["Time (HH:MM)", "Dry-bulb (C)", "Dew-point (C)", "Pressure (mbar)", "Wspd (m/s)"];

    /// <summary>The file, or null when it has no usable frame; problems are added to the list.</summary>
    public static WeatherFile? Read(string[] lines, WeatherFileProblems problems)
    {
        List<WeatherField> stationRow = WeatherField.Split(1, lines[0]);
        if (stationRow.Count != 7)
        {
            problems.Add(
                1, 1, "a station row with 7 fields (number, name, state, time zone, latitude, longitude, elevation)",
                $"{stationRow.Count}");
            return null;
        }
        double elevationM = stationRow[6].Value("station elevation in m", -500, 9000, problems);
        if (double.IsNaN(elevationM)) { problems.Add(1, stationRow[6].Column, "station elevation in m", "none"); }

        List<WeatherField> names = WeatherField.Split(2, lines[1]);
        int[] places =
            [.. Needed.Select(n => names.FindIndex(f => f.Text.Equals(n, StringComparison.OrdinalIgnoreCase)))];
        for (int i = 0; i < Needed.Length; i++)
        {
            if (places[i] < 0) { problems.Add(2, 1, $"a column named '{Needed[i]}'", "none"); }
        }
        if (!problems.AreNone) { return null; }

        var year = new TypicalYear(1, elevationM);
        for (int i = 2; i < lines.Length && !problems.AreMany; i++)
        {
            if (lines[i].Length > 0) { ReadRow(i + 1, lines[i], names.Count, places, year, problems); }
        }
        year.Finish(lines.Length, problems);
        string station = $"{stationRow[1].Text}, {stationRow[2].Text}";
        return problems.AreNone ? new WeatherFile(station, elevationM, year) : null;
    }

    private static void ReadRow(
        int line, string text, int width, int[] places, TypicalYear year, WeatherFileProblems problems)
    {
        List<WeatherField> fields = WeatherField.Split(line, text);
        if (fields.Count != width)
        {
            problems.Add(line, 1, $"{width} fields, as many as there are names", $"{fields.Count}");
            return;
        }
        List<WeatherField> date = Parts(fields[0], '/');
        List<WeatherField> time = Parts(fields[places[0]], ':');
        if (date.Count != 3)
        {
            problems.Add(line, fields[0].Column, "a date MM/DD/YYYY", WeatherFileProblems.Quote(fields[0].Text));
            return;
        }
        if (time.Count != 2 || time[1].Text != "00")
        {
            string found = WeatherFileProblems.Quote(fields[places[0]].Text);
            problems.Add(line, fields[places[0]].Column, "a full hour, 01:00 to 24:00 (the end of the period)", found);
            return;
        }
        int month = date[0].Count("a month", 1, 12, problems);
        int day = date[1].Count("a day of the month", 1, month == 0 ? 31 : TypicalYear.LongestMonth(month), problems);
        int hour = time[0].Count("an hour (the end of the period)", 1, 24, problems);
        double pressureMbar = fields[places[3]].Value("pressure in mbar", 310, 1200, problems);
        var values = new WeatherHour(
            fields[places[1]].Value("dry-bulb in °C", -90, 70, problems),
            fields[places[2]].Value("dew point in °C", -90, 70, problems),
            pressureMbar * PaPerMbar,
            fields[places[4]].Value("wind in m/s", 0, 60, problems));
        if (month > 0 && day > 0 && hour > 0) { year.Add(line, month, day, hour, values, problems); }
    }

    private static List<WeatherField> Parts(WeatherField field, char separator)
    {
        List<WeatherField> parts = [];
        int column = field.Column;
        foreach (string part in field.Text.Split(separator))
        {
            parts.Add(new WeatherField(field.Line, column, part));
            column += part.Length + 1;
        }
        return parts;
    }
}
