using Gigawatt.Numerics;

namespace Gigawatt.Scenarios.Linting;

/// <summary>How much a finding matters.</summary>
public enum LintSeverity
{
    /// <summary>Worth knowing before the results are read.</summary>
    Note,

    /// <summary>Probably a mistake, or a trap that real documents fall into.</summary>
    Warning,
}

/// <summary>A kind of finding: its code never changes, so that it can be looked up and switched off.</summary>
/// <param name="Code">Code such as <c>GW101</c>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Title">What it is, in a few words.</param>
/// <param name="Why">Why it matters.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record LintRule(string Code, LintSeverity Severity, string Title, string Why, string Remedy);

/// <summary>A finding in a scenario or a run that is no error: a trap, a gap or a doubt.</summary>
/// <param name="Rule">The kind of finding.</param>
/// <param name="Path">Path of keys to the value, such as <c>claims[2].value</c>; empty when it is the whole scenario.</param>
/// <param name="Line">Line in the scenario file, from 1; 0 when not known.</param>
/// <param name="Column">Column, from 1; 0 when not known.</param>
/// <param name="What">What was found, with its numbers.</param>
public sealed record Lint(LintRule Rule, string Path, int Line, int Column, string What)
{
    /// <summary>Code of the rule.</summary>
    public string Code => Rule.Code;

    /// <summary>How much it matters.</summary>
    public LintSeverity Severity => Rule.Severity;

    /// <summary>What was found, why it matters and what to do about it.</summary>
    public string Text => $"{What}. {Rule.Why} {Rule.Remedy}";

    /// <summary>The finding on one line: <c>12:7: warning GW101: claims[2].value: …</c>.</summary>
    public override string ToString() => string.Concat(
        Line > 0 ? FormattableString.Invariant($"{Line}:{Column}: ") : "",
        Severity == LintSeverity.Warning ? "warning " : "note ",
        Code + ": ",
        Path.Length > 0 ? Path + ": " : "",
        Text);
}

/// <summary>What the lints need to know of a written value: where it stands and what supports it.</summary>
/// <param name="Path">Path of keys, such as <c>power.batteries[0].count</c>.</param>
/// <param name="Grade">How much the value can be trusted.</param>
/// <param name="SourceId">Id of its source under <c>sources</c>, or the source's title when it was written with the value; null without one.</param>
/// <param name="Line">Line in the scenario file, from 1; 0 for a default or a catalogue value.</param>
/// <param name="Column">Column, from 1; 0 when there is no line.</param>
public readonly record struct LintFact(string Path, Grade Grade, string? SourceId, int Line, int Column);

/// <summary>A source declared under <c>sources</c>.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
public readonly record struct LintSource(string Id, string Title);
