namespace Gigawatt.Numerics;

/// <summary>One thing that does not fit in an input: which part, what was expected of it, what was found.</summary>
/// <param name="Path">Path of keys to the part, such as <c>branches[3].reactance</c>; empty when it is the whole.</param>
/// <param name="Expected">What would fit, in words.</param>
/// <param name="Found">What is there, in words, with its number.</param>
public readonly record struct CaseProblem(string Path, string Expected, string Found);

/// <summary>The parts of an input do not fit together in a way that no single value shows: an island without a source, a loop without impedance.</summary>
/// <remarks>The models say which part and why; whoever read the file adds its line.</remarks>
public sealed class CaseException : Exception
{
    /// <summary>An input with several misfits.</summary>
    public CaseException(IReadOnlyList<CaseProblem> problems)
        : base(string.Join('\n', problems.Select(problem => $"{problem.Path}: expected {problem.Expected}, found {problem.Found}"))) => Problems = problems;

    /// <summary>An input with one misfit.</summary>
    public CaseException(string path, string expected, string found)
        : this([new CaseProblem(path, expected, found)])
    {
    }

    /// <summary>What does not fit.</summary>
    public IReadOnlyList<CaseProblem> Problems { get; }
}
