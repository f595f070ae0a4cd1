namespace Gigawatt.Numerics;

/// <summary>How much a number can be trusted, from a primary record down to an assumption.</summary>
public enum Grade
{
    /// <summary>Primary record: filing, regulator, vendor document, paper or measured data.</summary>
    A,

    /// <summary>Named press, analyst or first-hand organisation.</summary>
    B,

    /// <summary>Aggregator, blog or secondary copy.</summary>
    C,

    /// <summary>Derived here by arithmetic from other evidence.</summary>
    D,

    /// <summary>Assumption.</summary>
    E,
}

/// <summary>Where the default of a specification property comes from. Every property that has a default carries one.</summary>
/// <remarks>A convention test holds that no default goes without its source and grade.</remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DefaultAttribute(Grade grade, string source) : Attribute
{
    /// <summary>How much the default can be trusted.</summary>
    public Grade Grade { get; } = grade;

    /// <summary>Where the default comes from, with date where known.</summary>
    public string Source { get; } = source;
}

/// <summary>A specification that can contradict itself in ways no single property sees.</summary>
public interface ISelfChecking
{
    /// <summary>Every contradiction found: the property to point at, what it should be, what it is, in the user's words.</summary>
    public IEnumerable<Contradiction> Contradictions();
}

/// <summary>Two values of one specification that cannot both hold.</summary>
/// <param name="Property">The C# property to point at.</param>
/// <param name="Expected">What would agree, in words.</param>
/// <param name="Found">What was given, in words.</param>
public readonly record struct Contradiction(string Property, string Expected, string Found);
