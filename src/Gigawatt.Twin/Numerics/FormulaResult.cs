namespace Gigawatt.Numerics;

/// <summary>What a formula comes to: a quantity, or a day.</summary>
/// <param name="BaseValue">The number in base units (metre, kilogram, second, kelvin, dollar, byte, operation); 0 for a day.</param>
/// <param name="Dimension">What it measures; none for a plain number and for a day.</param>
/// <param name="Day">The day, when the formula comes to one.</param>
/// <param name="Unit">The unit to say it in: the first in the formula that measures the same thing.</param>
/// <param name="Symbol">That unit as written; empty for plain numbers and days.</param>
public readonly record struct FormulaResult(double BaseValue, Dimension Dimension, DateOnly? Day, Unit Unit, string Symbol)
{
    /// <summary>The number in a unit of the same dimension.</summary>
    /// <exception cref="ArgumentException">The dimensions differ, or the result is a day.</exception>
    public double In(Unit target) => Day is null && Dimension == target.Dimension
        ? new Unit(1, Dimension).Convert(BaseValue, target)
        : throw new ArgumentException($"the formula comes to {Kind}, not to {Figures.NameOf(target.Dimension)}");

    /// <summary>What it is, in words: "a day", "a power", "a plain number".</summary>
    public string Kind => Day is null ? Figures.NameOf(Dimension) : "a day";

    /// <summary>The result as people read it, with four significant digits.</summary>
    public override string ToString() => Day is { } day ? Figures.Day(day) : Figures.Of(BaseValue, Dimension, Unit, Symbol, 4);
}

/// <summary>A formula that cannot be worked out: where, what would fit there, what stands there.</summary>
public sealed class FormulaException : Exception
{
    /// <summary>A formula that fails at a column.</summary>
    public FormulaException(int column, string expected, string found)
        : base(FormattableString.Invariant($"column {column}: expected {expected}, found {found}"))
    {
        Column = column;
        Expected = expected;
        Found = found;
    }

    /// <summary>Column of the first letter that does not fit, from 1.</summary>
    public int Column { get; }

    /// <summary>What would fit there, in words.</summary>
    public string Expected { get; }

    /// <summary>What stands there, in words.</summary>
    public string Found { get; }
}
