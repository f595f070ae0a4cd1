using System.Runtime.CompilerServices;

namespace Gigawatt.Numerics;

/// <summary>Refuses values that cannot exist, in words a user understands. Each check returns the value it was given.</summary>
public static class Check
{
    /// <summary>More than zero and finite.</summary>
    /// <exception cref="SpecException">The value is zero, negative or not a number.</exception>
    public static double Positive(double value, [CallerMemberName] string property = "") =>
        value > 0 && double.IsFinite(value) ? value : throw new SpecException(property, "more than 0", value);

    /// <summary>Zero or more and finite.</summary>
    /// <exception cref="SpecException">The value is negative or not a number.</exception>
    public static double NotNegative(double value, [CallerMemberName] string property = "") =>
        value >= 0 && double.IsFinite(value) ? value : throw new SpecException(property, "0 or more", value);

    /// <summary>Any finite number.</summary>
    /// <exception cref="SpecException">The value is infinite or not a number.</exception>
    public static double Finite(double value, [CallerMemberName] string property = "") =>
        double.IsFinite(value) ? value : throw new SpecException(property, "a finite number", value);

    /// <summary>Between 0 and 1, both included.</summary>
    /// <exception cref="SpecException">The value lies outside 0 % to 100 %.</exception>
    public static double Fraction(double value, [CallerMemberName] string property = "") =>
        value is >= 0 and <= 1 ? value : throw new SpecException(property, "0 % to 100 %", value);

    /// <summary>More than 0 and at most 1: an efficiency, for which zero would divide.</summary>
    /// <exception cref="SpecException">The value lies outside the range above 0 % up to 100 %.</exception>
    public static double PositiveFraction(double value, [CallerMemberName] string property = "") =>
        value is > 0 and <= 1 ? value : throw new SpecException(property, "more than 0 % and at most 100 %", value);

    /// <summary>Between two limits, both included.</summary>
    /// <exception cref="SpecException">The value lies outside the limits.</exception>
    public static double Within(double value, double lowest, double highest, [CallerMemberName] string property = "") =>
        value >= lowest && value <= highest
            ? value
            : throw new SpecException(property, new Range(lowest, highest), value);

    /// <summary>A count of one or more.</summary>
    /// <exception cref="SpecException">The count is zero or negative.</exception>
    public static int AtLeastOne(int value, [CallerMemberName] string property = "") =>
        value >= 1 ? value : throw new SpecException(property, "a count of 1 or more", value);

    /// <summary>A count of zero or more.</summary>
    /// <exception cref="SpecException">The count is negative.</exception>
    public static int NotNegative(int value, [CallerMemberName] string property = "") =>
        value >= 0 ? value : throw new SpecException(property, "a count of 0 or more", value);

    /// <summary>The limits of a refused value, in the unit of the property.</summary>
    internal readonly record struct Range(double Lowest, double Highest);
}

/// <summary>A value that a specification cannot hold: which property, what it expects, what it was given.</summary>
/// <remarks>The scenario reader adds file, line and column and says the numbers in the unit the user wrote.</remarks>
public sealed class SpecException : Exception
{
    /// <summary>A check that failed with a sentence.</summary>
    public SpecException(string property, string expected, double found)
        : base(FormattableString.Invariant($"{property}: expected {expected}, found {found}"))
    {
        Property = property;
        Expected = expected;
        Found = found;
    }

    internal SpecException(string property, Check.Range expected, double found)
        : this(property, FormattableString.Invariant($"{expected.Lowest} to {expected.Highest}"), found) => Limits = expected;

    /// <summary>Name of the C# property that refused the value.</summary>
    public string Property { get; }

    /// <summary>What the property can hold, in words.</summary>
    public string Expected { get; }

    /// <summary>The refused value, in the unit of the property.</summary>
    public double Found { get; }

    internal Check.Range? Limits { get; }
}
