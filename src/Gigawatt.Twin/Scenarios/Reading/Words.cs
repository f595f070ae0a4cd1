using System.Globalization;
using System.Text;

namespace Gigawatt.Scenarios.Reading;

/// <summary>Turns names and values into the words of an error message.</summary>
internal static class Words
{
    private const int LongestQuote = 60;

    /// <summary>A text between quotes, shortened, with line breaks and control characters made visible.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("'");
        foreach (char c in text)
        {
            if (quoted.Length > LongestQuote)
            {
                quoted.Append('…');
                break;
            }
            quoted.Append(c switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when char.IsControl(c) || char.IsSurrogate(c) => "?",
                _ => c.ToString(),
            });
        }
        return quoted.Append('\'').ToString();
    }

    /// <summary>The first <paramref name="most"/> of the words, separated by commas, with … when there are more.</summary>
    public static string List(IReadOnlyList<string> words, int most = 30) =>
        words.Count <= most ? string.Join(", ", words) : string.Join(", ", words.Take(most)) + ", …";

    /// <summary>"did you mean 'x'?" or null.</summary>
    public static string? DidYouMean(string word, IEnumerable<string> known) =>
        Numerics.Suggestion.Nearest(word, known) is { } near ? $"did you mean '{near}'?" : null;

    /// <summary>The last key of a path as the name of one of its items: <c>power.gas_turbines</c> holds a gas turbine.</summary>
    public static string Singular(string path)
    {
        string word = path[(path.LastIndexOf('.') + 1)..].Replace('_', ' ');
        return word switch
        {
            _ when word.EndsWith("ies", StringComparison.Ordinal) => word[..^3] + "y",
            _ when word.EndsWith("uses", StringComparison.Ordinal) || word.EndsWith("ches", StringComparison.Ordinal) || word.EndsWith("sses", StringComparison.Ordinal) => word[..^2],
            _ when word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) => word[..^1],
            _ => word,
        };
    }

    /// <summary>A number with as many digits as a person wants to read.</summary>
    public static string Number(double value) => value.ToString("G9", CultureInfo.InvariantCulture);
}
