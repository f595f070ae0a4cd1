using System.Globalization;

namespace Gigawatt.Weather;

/// <summary>One field of a comma-separated line and where it stands.</summary>
internal readonly record struct WeatherField(int Line, int Column, string Text)
{
    // Codes for "no value" in EPW and TMY3, which count only where they cannot be a value of the field.
    private static readonly double[] MissingCodes = [99.9, 999, 9999, 99999, 999999, -9900, -9999];

    /// <summary>The fields of a line; commas within double quotes do not part them.</summary>
    public static List<WeatherField> Split(int line, string text)
    {
        List<WeatherField> fields = [];
        bool quoted = false;
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '"') { quoted = !quoted; }
            if (i == text.Length || (text[i] == ',' && !quoted))
            {
                fields.Add(new WeatherField(line, start + 1, text[start..i].Trim().Trim('"')));
                start = i + 1;
            }
        }
        return fields;
    }

    /// <summary>The field as a measured value; not a number when it is marked as missing or was wrong.</summary>
    public double Value(string what, double lowest, double highest, WeatherFileProblems problems)
    {
        if (Text.Length == 0) { return double.NaN; }
        bool isNumber = double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
        if (isNumber && value >= lowest && value <= highest) { return value; }
        if (!isNumber || !MissingCodes.Contains(value))
        {
            problems.Add(Line, Column, $"{what} from {lowest} to {highest}", WeatherFileProblems.Quote(Text));
        }
        return double.NaN;
    }

    /// <summary>The field as a count; 0 when it was wrong.</summary>
    public int Count(string what, int lowest, int highest, WeatherFileProblems problems)
    {
        if (int.TryParse(Text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int value)
            && value >= lowest && value <= highest)
        {
            return value;
        }
        problems.Add(Line, Column, $"{what} from {lowest} to {highest}", WeatherFileProblems.Quote(Text));
        return 0;
    }
}
