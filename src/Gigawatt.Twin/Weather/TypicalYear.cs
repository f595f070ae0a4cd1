using System.Collections.Immutable;

namespace Gigawatt.Weather;

/// <summary>Puts the rows of a weather file into the 8,760 hours of a year and fills short gaps.</summary>
internal sealed class TypicalYear(int rowsPerHour, double elevationM)
{
    /// <summary>Hours of a common year.</summary>
    public const int Slots = DailyMeans.Days * 24;

    private const int LongestGapHours = 6;
    private static readonly int[] LongestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    private readonly Slot[] slots = new Slot[Slots];
    private readonly int[] firstLine = new int[Slots];
    private int leapDayRows;
    private int dewPointsLowered;

    /// <summary>What was changed or assumed.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Values filled from their neighbours.</summary>
    public int FilledValues { get; private set; }

    /// <summary>The finished hours.</summary>
    public ImmutableArray<WeatherHour> Hours { get; private set; } = [];

    /// <summary>Days of a month (1 to 12) when it is longest.</summary>
    public static int LongestMonth(int month) => LongestMonths[month - 1];

    /// <summary>Place in the year of the hour that starts then; 29 February takes the place of the 28th.</summary>
    public static int SlotOf(DateTime periodStart)
    {
        int day = periodStart.DayOfYear - 1;
        bool afterLeapDay = day >= 59 && DateTime.IsLeapYear(periodStart.Year);
        return (afterLeapDay ? day - 1 : day) * 24 + periodStart.Hour;
    }

    /// <summary>Adds one row; a value that is not a number is missing.</summary>
    public void Add(int line, int month, int day, int hourEnding, in WeatherHour values, WeatherFileProblems problems)
    {
        if (month == 2 && day == 29)
        {
            leapDayRows++;
            return;
        }
        const int CommonYear = 2001;
        int place = SlotOf(new DateTime(CommonYear, month, day, hourEnding - 1, 0, 0));
        ref Slot slot = ref slots[place];
        if (slot.Rows == 0) { firstLine[place] = line; }
        if (slot.Rows == rowsPerHour)
        {
            problems.Add(
                line, 1, rowsPerHour == 1 ? "each hour once" : $"{rowsPerHour} rows for each hour",
                $"{month}/{day} hour {hourEnding} again (first in line {firstLine[place]})");
            return;
        }
        slot.Rows++;
        slot.DryBulbC.Add(values.DryBulbC);
        slot.DewPointC.Add(values.DewPointC);
        slot.PressurePa.Add(values.PressurePa);
        slot.WindMPerS.Add(values.WindMPerS);
    }

    /// <summary>Fills gaps, says what was done, and makes the hours.</summary>
    public void Finish(int lastLine, WeatherFileProblems problems)
    {
        if (!Array.Exists(slots, s => s.Rows > 0))
        {
            problems.Add(lastLine, 1, "8,760 hours of data", "none");
            return;
        }
        double[] dryBulbC = Filled("dry-bulb", [.. slots.Select(s => s.DryBulbC.Mean)], null, problems);
        double[] dewPointC = Filled("dew point", [.. slots.Select(s => s.DewPointC.Mean)], null, problems);
        double standardPa = Psychrometrics.StationPressurePa(elevationM);
        double[] pressurePa = Filled("pressure", [.. slots.Select(s => s.PressurePa.Mean)], standardPa, problems);
        double[] windMPerS = Filled("wind", [.. slots.Select(s => s.WindMPerS.Mean)], 0, problems);
        if (!problems.AreNone) { return; }
        var hours = ImmutableArray.CreateBuilder<WeatherHour>(Slots);
        for (int i = 0; i < Slots; i++)
        {
            if (dewPointC[i] > dryBulbC[i]) { dewPointsLowered++; }
            hours.Add(new WeatherHour(dryBulbC[i], Math.Min(dewPointC[i], dryBulbC[i]), pressurePa[i], windMPerS[i]));
        }
        Hours = hours.MoveToImmutable();
        if (leapDayRows > 0) { Notes.Add($"29 February was left out ({leapDayRows} rows)."); }
        if (rowsPerHour > 1) { Notes.Add($"The {rowsPerHour} rows of each hour were averaged."); }
        if (FilledValues > 0) { Notes.Add($"{FilledValues} missing values were filled in straight lines."); }
        if (dewPointsLowered > 0) { Notes.Add($"{dewPointsLowered} dew points above dry-bulb were lowered to it."); }
    }

    /// <summary>The values with short gaps filled in straight lines; the year's end joins its start.</summary>
    private double[] Filled(string what, double[] values, double? standIn, WeatherFileProblems problems)
    {
        int first = Array.FindIndex(values, v => !double.IsNaN(v));
        if (first < 0 && standIn is { } level)
        {
            Notes.Add($"The file has no {what}; {level:0.#} is used throughout.");
            return [.. Enumerable.Repeat(level, values.Length)];
        }
        if (first < 0)
        {
            problems.Add(1, 1, $"a {what} for every hour", "none in the whole file");
            return values;
        }
        double[] filled = [.. values];
        for (int before = first; before < first + Slots;)
        {
            int after = before + 1;
            while (double.IsNaN(values[after % Slots])) { after++; }
            int gap = after - before - 1;
            if (gap > LongestGapHours)
            {
                string from = NameOf((before + 1) % Slots);
                problems.Add(
                    firstLine[before % Slots], 1, $"at most {LongestGapHours} hours in a row without {what}",
                    $"{gap} from {from} on, after this line");
            }
            else
            {
                double start = values[before % Slots], end = values[after % Slots];
                for (int i = 1; i <= gap; i++) { filled[(before + i) % Slots] = start + (end - start) * i / (gap + 1); }
                FilledValues += gap;
            }
            before = after;
        }
        return filled;
    }

    private static string NameOf(int slot)
    {
        var start = new DateTime(2001, 1, 1).AddHours(slot);
        return $"{start.Month}/{start.Day} hour {start.Hour + 1}";
    }

    /// <summary>What is known about one hour.</summary>
    private struct Slot
    {
        public int Rows;
        public Known DryBulbC;
        public Known DewPointC;
        public Known PressurePa;
        public Known WindMPerS;
    }

    /// <summary>Mean of the values of one quantity in one hour; not a number when there are none.</summary>
    private struct Known
    {
        private double sum;
        private int count;

        public readonly double Mean => count > 0 ? sum / count : double.NaN;

        public void Add(double value)
        {
            if (double.IsNaN(value)) { return; }
            sum += value;
            count++;
        }
    }
}
