using System.Globalization;
using System.Text;
using Gigawatt.Weather;

namespace Gigawatt.Tests.Weather;

/// <summary>Writes weather files: dry-bulb is the day of the year over ten plus the hour over a hundred.</summary>
internal static class WeatherText
{
    internal static double DryBulbC(int dayOfYear, int hourEnding) => dayOfYear / 10.0 + hourEnding / 100.0;

    internal static List<string> Epw(int rowsPerHour = 1, bool leap = false, int firstDay = 1)
    {
        var start = new DateTime(leap ? 2024 : 2023, 1, 1);
        int days = leap ? 366 : 365;
        DateTime first = start.AddDays(firstDay - 1);
        List<string> lines =
        [
            "LOCATION,Somewhere,TN,USA,TMY3,723340,35.07,-89.98,-6.0,81.0", "DESIGN CONDITIONS,0",
            "TYPICAL/EXTREME PERIODS,0",
            "GROUND TEMPERATURES,0", "HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0", "COMMENTS 1,x", "COMMENTS 2,y",
            $"DATA PERIODS,1,{rowsPerHour},Data,Sunday, {first.Month}/ {first.Day},12/31",
        ];
        for (int i = 0; i < days; i++)
        {
            int day = (firstDay - 1 + i) % days + 1;
            DateTime date = start.AddDays(day - 1);
            for (int hour = 1; hour <= 24; hour++)
            {
                for (int part = 1; part <= rowsPerHour; part++)
                {
                    // The year column means nothing: a leap year for some months, nonsense for others.
                    string dryBulb = DryBulbC(day, hour).ToString("0.00", CultureInfo.InvariantCulture);
                    lines.Add(
                        $"{(date.Month < 6 ? 1996 : 1881)},{date.Month},{date.Day},{hour},"
                        + $"{60 * part / rowsPerHour},?9?9,{dryBulb},-5.0,50,99000,"
                        + "0,0,300,0,0,0,0,0,0,0,180,3.5,5,5,20.0,77777,9,999999999,120,0.05,0,88,999.0,999.0,99.0");
                }
            }
        }
        return lines;
    }

    internal static List<string> Tmy3()
    {
        var start = new DateTime(2023, 1, 1);
        List<string> lines =
        [
            "723170,\"SOMEWHERE, NEAR\",NC,-5.0,36.100,-79.950,273",
            "Date (MM/DD/YYYY),Time (HH:MM),Dry-bulb (C),Dry-bulb source,Dew-point (C),Pressure (mbar),Wspd (m/s)",
        ];
        for (int hour = 0; hour < 8760; hour++)
        {
            DateTime date = start.AddHours(hour);
            string dryBulb = DryBulbC(date.DayOfYear, date.Hour + 1).ToString("0.00", CultureInfo.InvariantCulture);
            lines.Add(string.Create(
                CultureInfo.InvariantCulture, $"{date:MM/dd}/1988,{date.Hour + 1:00}:00,{dryBulb},A,-5.0,999,3.5"));
        }
        return lines;
    }

    internal static WeatherFile Parse(IEnumerable<string> lines, string end = "\n")
    {
        var text = new StringBuilder();
        foreach (string line in lines) { text.Append(line).Append(end); }
        return WeatherFile.Parse(text.ToString(), "some.epw");
    }

    internal static IReadOnlyList<WeatherFileProblem> Problems(IEnumerable<string> lines) =>
        Should.Throw<WeatherFileException>(() => Parse(lines)).Problems;

    /// <summary>Line of an hour of the year (from 0) in a file of one row an hour.</summary>
    internal static int EpwLine(int hour) => hour + 8;

    /// <summary>Replaces one field of a row.</summary>
    internal static void Put(List<string> lines, int index, int field, string text)
    {
        string[] fields = lines[index].Split(',');
        fields[field] = text;
        lines[index] = string.Join(',', fields);
    }
}
