using System.Globalization;
using Gigawatt.Numerics;

namespace Gigawatt.Scenarios.Reading;

/// <summary>Why a value was refused.</summary>
internal readonly record struct Refusal(string Expected, string Found, string? Suggestion = null);

/// <summary>Reads single values: numbers with units, counts, dates, words.</summary>
internal static class ScalarReader
{
    /// <summary>What belongs where a value of this shape is expected, in words.</summary>
    public static string Expected(PropertyShape property, ValueShape value) => value.Kind switch
    {
        ValueKind.Number when property.Unit.Symbol.Length > 0 || property.IsFraction =>
            $"a quantity such as '{QuantityWords.Example(property)}'",
        ValueKind.Number => "a number such as '1.25'",
        ValueKind.Whole => "a whole number such as '110,000'",
        ValueKind.Truth => "true or false",
        ValueKind.Date => "a date such as '2025-09-15'",
        ValueKind.Choice => $"one of {Words.List(value.Choices)}",
        ValueKind.Curve => "a list of two or more points such as '[[0, 1], [10, 0.8]]'",
        ValueKind.List => "a list",
        ValueKind.Map => "a mapping",
        ValueKind.Record => value.Record.HasModel ? "a model or a mapping" : $"a mapping with keys such as {Words.List(value.Record.Keys, 5)}",
        _ => "a text",
    };

    /// <summary>The value of a text, or null with the reason why not.</summary>
    public static object? Read(PropertyShape property, ValueShape value, YamlText node, out Refusal refusal)
    {
        refusal = default;
        if (Parse(property, value, node, ref refusal) is { } read) { return read; }
        // Words cost more than numbers, so they are only looked for when something is wrong.
        refusal = Refuse(property, value, node);
        return Parse(property, value, node, ref refusal);
    }

    /// <summary>Why a node of the wrong kind is refused.</summary>
    public static Refusal Refuse(PropertyShape property, ValueShape value, YamlNode node) => new(
        Expected(property, value), node.Described,
        node is YamlMap && value.Kind == ValueKind.List ? "begin each item with '- '" : null);

    private static object? Parse(PropertyShape property, ValueShape value, YamlText node, ref Refusal refusal)
    {
        if (node.IsMissing) { return null; }
        string text = node.Text.Trim();
        return value.Kind switch
        {
            ValueKind.Number => Number(property, text, ref refusal),
            ValueKind.Whole when value.Type == typeof(long) => Whole(text),
            ValueKind.Whole => Count(text, ref refusal),
            ValueKind.Truth => Truth(text, ref refusal),
            ValueKind.Date => Date(text, ref refusal),
            ValueKind.Choice => Choice(value, text, ref refusal),
            ValueKind.Text => node.Text,
            _ => null,
        };
    }

    private static double? Number(PropertyShape property, string text, ref Refusal refusal)
    {
        Unit wanted = property.Unit.Unit;
        if (!Quantity.TryParse(text, out Quantity quantity, out string? unknownUnit))
        {
            if (unknownUnit is null || !char.IsLetter(unknownUnit[0]) || property.Unit.Symbol.Length == 0) { return null; }
            refusal = new Refusal(
                Described(property), $"{Words.Quote(text)} (unknown unit {Words.Quote(unknownUnit)})", NearestUnit(unknownUnit, property));
            return null;
        }
        if (quantity.Unit.Dimension != wanted.Dimension)
        {
            refusal = quantity.Symbol.Length == 0
                ? refusal with { Expected = $"a quantity such as '{QuantityWords.Example(property, text)}'" }
                : new Refusal(Described(property), Words.Quote(text)
                    + (QuantityWords.Noun(quantity.Unit.Dimension) is { } noun ? $" ({noun})" : ""));
            return null;
        }
        // Dividing by 100 is exact where multiplying by 0.01 is not: 41 % is 0.41.
        double value = quantity.Symbol == "%" ? quantity.Value / 100 / wanted.Size : quantity.In(wanted);
        if (double.IsFinite(value)) { return value; }
        refusal = refusal with { Expected = "a number that is not infinite" };
        return null;
    }

    private static string Described(PropertyShape property) =>
        $"{QuantityWords.Noun(property.Unit.Unit.Dimension) ?? "a quantity"} such as '{QuantityWords.Example(property)}'";

    private static string? NearestUnit(string word, PropertyShape property)
    {
        IEnumerable<string> fitting = Unit.Known.Where(
            u => Unit.TryParse(u, out Unit unit, out _) && unit.Dimension == property.Unit.Unit.Dimension);
        return Words.DidYouMean(word, fitting.Prepend(property.Unit.Symbol)) ?? Words.DidYouMean(word, Unit.Known);
    }

    private static int? Count(string text, ref Refusal refusal)
    {
        long? number = Whole(text);
        if (number is null or (>= int.MinValue and <= int.MaxValue)) { return (int?)number; }
        refusal = refusal with { Expected = $"a whole number up to {int.MaxValue.ToString("N0", CultureInfo.InvariantCulture)}" };
        return null;
    }

    private static long? Whole(string text)
    {
        string[] groups = text.Split(',');
        bool grouped = groups.Length == 1 || (groups[0].Length is > 0 and <= 4 && groups.Skip(1).All(g => g.Length == 3));
        string digits = string.Concat(groups).Replace("_", "", StringComparison.Ordinal);
        return grouped && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : null;
    }

    private static bool? Truth(string text, ref Refusal refusal)
    {
        string? meant = text.ToLowerInvariant() switch
        {
            "true" or "yes" or "on" or "y" => "true",
            "false" or "no" or "off" or "n" => "false",
            _ => null,
        };
        if (text == meant) { return text == "true"; }
        if (meant is not null) { refusal = refusal with { Suggestion = $"did you mean '{meant}'?" }; }
        return null;
    }

    private static DateOnly? Date(string text, ref Refusal refusal)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)) { return date; }
        string[] parts = text.Split(['-', '/', '.', 'T', ' ']);
        bool yearFirst = parts[0].Length == 4 && parts.Take(3).All(p => p.Length is > 0 and <= 4 && p.All(char.IsAsciiDigit));
        if (!yearFirst) { return null; }
        int year = Part(parts, 0);
        int month = Part(parts, 1);
        int day = Part(parts, 2);
        if (year == 0 || month is < 1 or > 12)
        {
            refusal = refusal with { Expected = "a date that exists, with a month from 01 to 12" };
        }
        else if (day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            string name = CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month);
            refusal = refusal with { Expected = $"a date that exists ({name} {year} has {DateTime.DaysInMonth(year, month)} days)" };
        }
        else
        {
            refusal = refusal with { Suggestion = $"did you mean '{new DateOnly(year, month, day):yyyy-MM-dd}'?" };
        }
        return null;
    }

    private static int Part(string[] parts, int i) =>
        i < parts.Length ? int.Parse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture) : 1;

    private static object? Choice(ValueShape value, string text, ref Refusal refusal)
    {
        for (int i = 0; i < value.Choices.Count; i++)
        {
            if (string.Equals(value.Choices[i], text, StringComparison.Ordinal)) { return Enum.Parse(value.Type, Enum.GetNames(value.Type)[i]); }
        }
        refusal = refusal with { Suggestion = Words.DidYouMean(text, value.Choices) };
        return null;
    }
}
