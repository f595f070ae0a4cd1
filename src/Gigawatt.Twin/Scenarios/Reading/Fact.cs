using Gigawatt.Numerics;

namespace Gigawatt.Scenarios.Reading;

/// <summary>One value of a scenario with where it stands and what supports it.</summary>
/// <param name="Path">Path of keys from the top, such as <c>power.batteries[0].count</c>; <c>--set</c> takes the same path.</param>
/// <param name="Text">The value as written, or as it would be written when it is a default.</param>
/// <param name="Value">The number in <paramref name="Unit"/>; null for texts, dates, choices and curves.</param>
/// <param name="Unit">Unit of <paramref name="Value"/>; empty for plain numbers.</param>
/// <param name="Evidence">What supports the value.</param>
/// <param name="Origin">Who gave the value.</param>
/// <param name="File">File, catalogue file or override where the value stands; empty for a default.</param>
/// <param name="Line">Line, from 1; 0 when there is none.</param>
/// <param name="Column">Column, from 1; 0 when there is none.</param>
public sealed record Fact(
    string Path, string Text, double? Value, string Unit, Evidence Evidence, FactOrigin Origin, string File, int Line, int Column);

/// <summary>Who gave a value.</summary>
public enum FactOrigin
{
    /// <summary>The scenario file.</summary>
    Scenario,

    /// <summary>The catalogue entry that a <c>model</c> names.</summary>
    Catalog,

    /// <summary>The specification's own default.</summary>
    Default,

    /// <summary>An override on the command line.</summary>
    CommandLine,
}

/// <summary>What supports a value.</summary>
/// <param name="Grade">How much it can be trusted; E when nothing says so.</param>
/// <param name="Source">Title of the source, or a sentence saying why there is none.</param>
/// <param name="SourceId">Id under <c>sources</c>, when the source was declared there.</param>
/// <param name="Publisher">Who published the source.</param>
/// <param name="Date">Date of the source, or on which the value held.</param>
/// <param name="Url">Address of the source.</param>
/// <param name="Note">Remark of whoever wrote the value down.</param>
public sealed record Evidence(
    Grade Grade, string Source, string? SourceId = null, string? Publisher = null, DateOnly? Date = null, string? Url = null,
    string? Note = null)
{
    /// <summary>A value that came without any source: an assumption, whatever its author thought.</summary>
    public static Evidence None { get; } = new(Grade.E, "no source given");

    /// <summary>A value given by <c>--set</c>.</summary>
    public static Evidence CommandLine { get; } = new(Grade.E, "given on the command line");

    /// <summary>Whether anything supports the value.</summary>
    public bool IsGiven => Source != None.Source;
}

/// <summary>A document that values refer to, declared once under <c>sources</c>.</summary>
/// <param name="Id">The id by which values refer to it.</param>
/// <param name="Title">Title of the document.</param>
/// <param name="Publisher">Who published it.</param>
/// <param name="Date">When it was published.</param>
/// <param name="Url">Where it can be read.</param>
/// <param name="Grade">How much values taken from it can be trusted, where they do not say so themselves.</param>
public sealed record Source(
    string Id, string Title, string? Publisher = null, DateOnly? Date = null, string? Url = null, Grade? Grade = null);
