using Gigawatt.Numerics;

namespace Gigawatt.Scenarios.Linting;

/// <summary>Collects findings and finds the line where each stands.</summary>
/// <param name="facts">Written values with their places.</param>
internal sealed class LintList(IReadOnlyList<LintFact> facts)
{
    private readonly List<Lint> lints = [];

    /// <summary>Written values with their places.</summary>
    public IReadOnlyList<LintFact> Facts { get; } = facts;

    /// <summary>The findings in the order of their codes, then of the file.</summary>
    public IReadOnlyList<Lint> Ordered() =>
        [.. lints.OrderBy(l => l.Code, StringComparer.Ordinal).ThenBy(l => l.Line).ThenBy(l => l.Path, StringComparer.Ordinal)];

    /// <summary>Adds a finding at a path.</summary>
    public void Add(LintRule rule, string path, string what)
    {
        (int line, int column) = PlaceOf(path);
        lints.Add(new Lint(rule, path, line, column, what));
    }

    /// <summary>Values at a path or below it.</summary>
    public IEnumerable<LintFact> Below(string path) => Facts.Where(f => IsBelow(f.Path, path));

    /// <summary>Whether the values at and below a path rest on assumptions; null when none is written there.</summary>
    public bool? IsAssumed(string path)
    {
        bool any = false;
        foreach (LintFact fact in Below(path))
        {
            if (fact.Grade != Grade.E) { return false; }
            any = true;
        }
        return any ? true : null;
    }

    // The value itself, else the first below it, else that of the nearest key above.
    private (int Line, int Column) PlaceOf(string path)
    {
        for (string at = path; at.Length > 0; at = Parent(at))
        {
            (int Line, int Column) first = Below(at).Where(f => f.Line > 0).Select(f => (f.Line, f.Column)).DefaultIfEmpty().Min();
            if (first.Line > 0) { return first; }
        }
        return (0, 0);
    }

    private static bool IsBelow(string path, string above) =>
        path.StartsWith(above, StringComparison.Ordinal) && (path.Length == above.Length || path[above.Length] is '.' or '[');

    private static string Parent(string path)
    {
        int end = path.LastIndexOfAny(['.', '[']);
        return end < 0 ? "" : path[..end];
    }
}
