namespace Gigawatt.Scenarios.Reading;

/// <summary>One thing wrong in what the user gave: where it stands, what was expected there, and what was found.</summary>
/// <param name="File">File as the user named it, or the override such as <c>--set halls[0].count=two</c>.</param>
/// <param name="Line">Line, from 1; 0 when the problem has no place in a text.</param>
/// <param name="Column">Column, from 1; 0 when the problem has no place in a text.</param>
/// <param name="Path">Path of keys to the value, such as <c>power.gas_turbines[0].rated</c>; empty when it is the file itself.</param>
/// <param name="Expected">What belongs there, in words.</param>
/// <param name="Found">What stands there, in words.</param>
/// <param name="Suggestion">What to do about it, such as <c>did you mean 'north'?</c>; null when there is nothing to say.</param>
public sealed record Problem(
    string File, int Line, int Column, string Path, string Expected, string Found, string? Suggestion = null)
{
    /// <summary>The problem as compilers write it, so that editors can jump to it.</summary>
    public override string ToString() => string.Concat(
        Line > 0 ? FormattableString.Invariant($"{File}:{Line}:{Column}: ") : File + ": ",
        Path.Length > 0 ? Path + ": " : "",
        $"expected {Expected}, found {Found}",
        Suggestion is null ? "" : "; " + Suggestion).ReplaceLineEndings(" ");
}

/// <summary>Everything that is wrong with a scenario, found in one pass.</summary>
public sealed class ScenarioException : Exception
{
    /// <summary>A scenario that cannot be used, for the given reasons.</summary>
    public ScenarioException(IReadOnlyList<Problem> problems, int unlisted = 0)
        : base(string.Join('\n', problems) + (unlisted > 0 ? $"\n… and {unlisted} more" : ""))
    {
        Problems = problems;
        Unlisted = unlisted;
    }

    /// <summary>What is wrong, in the order of the file.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>How many more problems there are than are listed.</summary>
    public int Unlisted { get; }
}

/// <summary>Collects the problems of one reading, each once, up to a number that a person would still read.</summary>
internal sealed class ProblemList
{
    private const int Most = 200;

    private readonly List<Problem> problems = [];
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private int unlisted;

    public int Count => problems.Count + unlisted;

    /// <summary>Whether further problems are only counted, so that wording them is wasted.</summary>
    public bool IsFull => problems.Count >= Most;

    public IReadOnlyList<Problem> Listed => problems;

    public void Add(Problem problem)
    {
        if (IsFull)
        {
            unlisted++;
        }
        else if (seen.Add($"{problem.File}:{problem.Line}:{problem.Column}: {problem.Expected}: {problem.Found}"))
        {
            problems.Add(problem);
        }
    }

    public void Add(YamlNode at, string path, string expected, string found, string? suggestion = null) =>
        Add(at.File.Origin == FactOrigin.CommandLine
            ? new Problem(at.File.Name, 0, 0, path, expected, found, suggestion)
            : new Problem(at.File.Name, at.Line, at.Column, path, expected, found, suggestion));

    /// <summary>Ends the reading when anything was wrong: the scenario's own problems first, each file's by line.</summary>
    public void ThrowIfAny(string firstFile)
    {
        if (Count == 0) { return; }
        Problem[] ordered = [.. problems
            .OrderBy(p => p.File != firstFile)
            .ThenBy(p => p.File, StringComparer.Ordinal)
            .ThenBy(p => p.Line)
            .ThenBy(p => p.Column)];
        throw new ScenarioException(ordered, unlisted);
    }
}
