namespace Gigawatt.Weather;

/// <summary>One thing wrong with a weather file.</summary>
/// <param name="Line">Line in the file, from 1.</param>
/// <param name="Column">Character in the line, from 1.</param>
/// <param name="Expected">What should stand there.</param>
/// <param name="Found">What stands there.</param>
public readonly record struct WeatherFileProblem(int Line, int Column, string Expected, string Found);

/// <summary>A weather file that cannot be used, with everything that is wrong with it, up to fifty problems.</summary>
public sealed class WeatherFileException : Exception
{
    /// <summary>The problems of one file.</summary>
    public WeatherFileException(string file, IReadOnlyList<WeatherFileProblem> problems)
        : base(string.Join(
            '\n', problems.Select(p => $"{file}:{p.Line}:{p.Column}: expected {p.Expected}, found {p.Found}")))
    {
        File = file;
        Problems = problems;
    }

    /// <summary>Path of the file as it was given.</summary>
    public string File { get; }

    /// <summary>The problems, in the order they were met.</summary>
    public IReadOnlyList<WeatherFileProblem> Problems { get; }
}

/// <summary>The problems met so far while reading one file.</summary>
internal sealed class WeatherFileProblems
{
    private const int Most = 50;
    private const int LongestQuote = 40;
    private readonly List<WeatherFileProblem> problems = [];

    /// <summary>Whether reading on would help nobody.</summary>
    public bool AreMany => problems.Count >= Most;

    /// <summary>Whether the file is sound so far.</summary>
    public bool AreNone => problems.Count == 0;

    /// <summary>The list so far.</summary>
    public IReadOnlyList<WeatherFileProblem> List => problems;

    /// <summary>Notes a problem; <paramref name="found"/> is said as it is.</summary>
    public void Add(int line, int column, string expected, string found)
    {
        if (!AreMany) { problems.Add(new WeatherFileProblem(line, column, expected, found)); }
    }

    /// <summary>The file's own words, short and on one line.</summary>
    public static string Quote(string text)
    {
        string start = text.Length > LongestQuote ? text[..LongestQuote] + "…" : text;
        return "'" + string.Concat(start.Select(c => char.IsControl(c) ? '·' : c)) + "'";
    }
}
