using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Gigawatt.Numerics;

/// <summary>The unit that the end of a property's name promises: <c>RatedMw</c> is in MW and is written <c>rated</c>.</summary>
/// <param name="Key">The property as users write it: snake_case, without its unit.</param>
/// <param name="Symbol">The unit as shown to users; empty for plain numbers, counts and texts.</param>
/// <param name="Unit">The unit itself.</param>
/// <param name="HasUnit">Whether the name ends in a unit.</param>
/// <remarks>
/// One unit per dimension: MW, MWh, s, °C (K for differences), kg, m, m², m³, Pa, USD, GB, TFLOP; rates as
/// <c>…PerS</c>. Electrical: MVA, Mvar, kV, kA, Ω, Hz, pu, ° and dB. <c>Fraction</c>, <c>Factor</c>, <c>Ratio</c> and <c>Cop</c> are plain numbers.
/// </remarks>
public readonly record struct PropertyUnit(string Key, string Symbol, Unit Unit, bool HasUnit)
{
    private static readonly Dictionary<string, string> Suffixes = new(StringComparer.Ordinal)
    {
        { "Mw", "MW" }, { "Mwh", "MWh" }, { "S", "s" }, { "C", "°C" }, { "K", "K" }, { "Kg", "kg" }, { "M", "m" }, { "M2", "m²" },
        { "M3", "m³" }, { "Pa", "Pa" }, { "Usd", "USD" }, { "Gb", "GB" }, { "Tflop", "TFLOP" }, { "Fraction", "1" },
        { "Factor", "1" }, { "Ratio", "1" }, { "Cop", "1" }, { "Gpu", "GPU" }, { "Node", "node" }, { "Rack", "rack" }, { "Unit", "unit" },
        { "Mva", "MVA" }, { "Mvar", "Mvar" }, { "Kv", "kV" }, { "Ka", "kA" }, { "Ohm", "ohm" }, { "Hz", "Hz" }, { "Pu", "pu" }, { "Deg", "deg" },
        { "Rad", "rad" }, { "Db", "dB" }, { "Ppm", "ppm" },
    };

    /// <summary>Takes a property's name apart.</summary>
    public static PropertyUnit Of(string property)
    {
        string[] words = Words(property);
        int per = Array.LastIndexOf(words, "Per");
        int first = per > 0 ? Array.IndexOf(words, "Per") : words.Length;
        // "FailuresPerGpuS": the unit begins at the word before Per if that is a unit, else at Per itself.
        int start = per > 0 ? first : words.Length - 1;
        if (per > 0 && first > 1 && Suffixes.ContainsKey(words[first - 1])) { start = first - 1; }
        bool known = start > 0 && words[start..].All(w => w == "Per" || Suffixes.ContainsKey(w));
        if (!known) { return new PropertyUnit(Snake(words), "", new Unit(1, new Dimension()), false); }
        string symbol = "";
        bool divide = false;
        foreach (string word in words[start..])
        {
            if (word == "Per")
            {
                symbol += symbol.Length == 0 ? "1/" : "/";
                divide = true;
            }
            else
            {
                symbol += (symbol.Length > 0 && !symbol.EndsWith('/') ? (divide ? "/" : "·") : "") + Suffixes[word];
            }
        }
        return Unit.TryParse(symbol, out Unit unit, out _)
            ? new PropertyUnit(Snake(words[..start]), symbol == "1" ? "" : symbol, unit, true)
            : new PropertyUnit(Snake(words), "", new Unit(1, new Dimension()), false);
    }

    private static string[] Words(string property)
    {
        List<string> words = [];
        int start = 0;
        for (int i = 1; i <= property.Length; i++)
        {
            if (i < property.Length && !char.IsAsciiLetterUpper(property[i])) { continue; }
            words.Add(property[start..i]);
            start = i;
        }
        return [.. words];
    }

    private static string Snake(string[] words) => string.Join('_', words).ToLowerInvariant();
}

/// <summary>A number with its unit, as a person writes it.</summary>
/// <param name="Value">The number.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Symbol">The unit as written.</param>
public readonly partial record struct Quantity(double Value, Unit Unit, string Symbol)
{
    /// <summary>Reads <c>38 MW</c>, <c>1,000,000 sq ft</c>, <c>40 %</c> or <c>2 per month</c>.</summary>
    /// <param name="text">The text of the whole quantity.</param>
    /// <param name="quantity">The quantity read.</param>
    /// <param name="unknownUnit">The unit that was not understood, when that is what failed.</param>
    public static bool TryParse(string text, out Quantity quantity, out string? unknownUnit)
    {
        quantity = default;
        unknownUnit = null;
        Match match = NumberPattern().Match(text.Trim());
        if (!match.Success || !TryNumber(match.Groups["number"].Value, out double value)) { return false; }
        string symbol = match.Groups["unit"].Value.Trim();
        if (symbol.Length == 0)
        {
            quantity = new Quantity(value, new Unit(1, new Dimension()), "");
            return true;
        }
        if (!Unit.TryParse(symbol, out Unit unit, out string unknown))
        {
            unknownUnit = unknown;
            return false;
        }
        quantity = new Quantity(value, unit, symbol);
        return true;
    }

    /// <summary>The value in another unit of the same dimension.</summary>
    /// <exception cref="ArgumentException">The dimensions differ.</exception>
    public double In(Unit target) => Unit.Dimension == target.Dimension
        ? Unit.Convert(Value, target)
        : throw new ArgumentException($"'{Symbol}' does not measure the same thing");

    private static bool TryNumber(string digits, out double value) => double.TryParse(
        digits.Replace("_", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal),
        NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    [GeneratedRegex(@"^(?<number>[+-]?(\d{1,3}(,\d{3})+|\d[\d_]*)?(\.\d+)?([eE][+-]?\d+)?)(?<unit>.*)$")]
    private static partial Regex NumberPattern();
}

/// <summary>How the names of types and choices are written in files.</summary>
public static class SnakeCase
{
    /// <summary><c>GasTurbine</c> as <c>gas_turbine</c>; capitals in a row stay together.</summary>
    public static string Of(string name)
    {
        var snake = new System.Text.StringBuilder(name.Length + 4);
        for (int i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && !char.IsUpper(name[i - 1])) { snake.Append('_'); }
            snake.Append(char.ToLowerInvariant(name[i]));
        }
        return snake.ToString();
    }
}

/// <summary>Suggests the known word nearest to a mistyped one.</summary>
public static class Suggestion
{
    /// <summary>The nearest of the known words, or null when none is near enough to be meant.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        string? best = null;
        int bestDistance = Math.Max(1, word.Length / 3) + 1;
        foreach (string candidate in known)
        {
            int distance = Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }
        return best;
    }

    /// <summary>"; did you mean 'x'?" or nothing.</summary>
    public static string Phrase(string word, IEnumerable<string> known) =>
        Nearest(word, known) is { } near ? $"; did you mean '{near}'?" : "";

    /// <summary>Edits (insert, delete, change, swap of neighbours) that turn one word into the other.</summary>
    [SuppressMessage("Performance", "CA1814", Justification = "A small square table reads best as one.")]
    private static int Distance(string a, string b)
    {
        if (a.Length > 64 || b.Length > 64) { return int.MaxValue; }
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) { d[i, 0] = i; }
        for (int j = 0; j <= b.Length; j++) { d[0, j] = j; }
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int change = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }
        return d[a.Length, b.Length];
    }
}
