using System.Globalization;
using System.Text.RegularExpressions;

namespace Gigawatt.Numerics;

/// <summary>Arithmetic on quantities with units and on days, for claims: <c>1140 MW / 1700 MW</c>, <c>2025-08-22 - 2025-03-07</c>.</summary>
/// <remarks>
/// Operators + − × ÷ (or - * / ·) and brackets; <c>min</c>, <c>max</c>, <c>sqrt</c>, and <c>crf(rate, life)</c>, the level
/// yearly payment per capital. Numbers and units are written as in every quantity. A '/', '-' or '·' that stands between two letters
/// without spaces belongs to the unit (<c>9.5 MMBtu/MWh</c>, <c>46 USD/kW-month</c>); any other is an operator. A comma before
/// exactly three digits separates thousands; any other separates arguments. Day − day is a duration; day ± duration is a day,
/// to the nearest. Temperatures on a scale (°C, °F) count from absolute zero, so their difference is in kelvin.
/// Not modelled: powers, logarithms, rounding, months of their own length (a month is 1/12 of 365.25 days).
/// </remarks>
public static partial class Formula
{
    private static readonly string[] Functions = ["min", "max", "sqrt", "crf"];

    /// <summary>Works a formula out.</summary>
    /// <exception cref="FormulaException">The formula cannot be read, or mixes things that do not mix.</exception>
    public static FormulaResult Evaluate(string text)
    {
        Reader reader = new(text);
        Term term = reader.Sum();
        if (!reader.AtEnd) { throw reader.Wrong("an operator (+ − × ÷) or the end of the formula"); }
        if (term.Day is { } day) { return new FormulaResult(0, default, day, new Unit(1, default), ""); }
        if (!double.IsFinite(term.Value)) { throw new FormulaException(1, "a result that is a finite number", "a number beyond all bounds"); }
        foreach ((Unit unit, string symbol) in reader.Units)
        {
            if (unit.Dimension == term.Dimension && term.Dimension != default)
            {
                return new FormulaResult(term.Value, term.Dimension, null, unit.IsTemperatureScale ? Of("K") : unit, unit.IsTemperatureScale ? "K" : symbol);
            }
        }
        return term.Dimension == new Dimension(Time: 1)
            ? new FormulaResult(term.Value, term.Dimension, null, Of("d"), "d")
            : new FormulaResult(term.Value, term.Dimension, null, new Unit(1, term.Dimension), Figures.Symbol(term.Dimension));
    }

    private static Unit Of(string symbol) => Unit.TryParse(symbol, out Unit unit, out _) ? unit : default;

    /// <summary>A part of the formula worked out, with the column where it began.</summary>
    private readonly record struct Term(int Column, double Value, Dimension Dimension, DateOnly? Day)
    {
        public string Kind => Day is null ? Figures.NameOf(Dimension) : "a day";
    }

    // Reads and works out from left to right in one pass: a sum of products of signed operands.
    private sealed class Reader(string text)
    {
        private const int DeepestBrackets = 64;
        private const double DayS = 86400;
        private const double YearS = 365.25 * DayS;
        private static readonly Dimension OfTime = new(Time: 1);
        private static readonly Dimension PerTime = new(Time: -1);

        private int at;
        private int depth;

        /// <summary>Units in the order of the text.</summary>
        public List<(Unit Unit, string Symbol)> Units { get; } = [];

        public bool AtEnd => Peek() == '\0';

        public Term Sum()
        {
            Term left = Product();
            while (Peek() is '+' or '-' or '−')
            {
                bool minus = Next() is not '+';
                left = Add(left, Product(), minus);
            }
            return left;
        }

        public FormulaException Wrong(string expected) => Peek() == '\0'
            ? new FormulaException(at + 1, expected, "the end of the formula")
            : new FormulaException(at + 1, expected, $"'{Word().Match(text, at).Value}'");

        private Term Product()
        {
            Term left = Signed();
            while (Peek() is '*' or '×' or '/' or '÷' or '·')
            {
                bool divide = Next() is '/' or '÷';
                Term right = Signed();
                RequireQuantity(left);
                RequireQuantity(right);
                if (divide && right.Value == 0) { throw new FormulaException(right.Column, "a divisor other than zero", "zero"); }
                left = divide
                    ? new(left.Column, left.Value / right.Value, left.Dimension.Times(right.Dimension, -1), null)
                    : new(left.Column, left.Value * right.Value, left.Dimension.Times(right.Dimension, 1), null);
            }
            return left;
        }

        private Term Signed()
        {
            if (++depth > DeepestBrackets) { throw Wrong($"at most {DeepestBrackets} brackets and signs inside one another"); }
            Term term;
            if (Peek() is '-' or '−')
            {
                int column = at + 1;
                Next();
                term = Signed();
                RequireQuantity(term);
                term = term with { Column = column, Value = -term.Value };
            }
            else
            {
                term = Operand();
            }
            depth--;
            return term;
        }

        private Term Operand()
        {
            char first = Peek();
            int column = at + 1;
            if (first == '(')
            {
                Next();
                Term inner = Sum();
                Close();
                return inner with { Column = column };
            }
            if (char.IsAsciiDigit(first) || first == '.') { return DayPattern().Match(text, at) is { Success: true } day ? Day(day) : Number(); }
            if (char.IsLetter(first)) { return Call(); }
            throw Wrong("a number, a day such as 2026-01-17, or a bracket");
        }

        private Term Day(Match match)
        {
            int column = at + 1;
            if (!DateOnly.TryParseExact(match.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
            {
                throw new FormulaException(column, "a day of the calendar", $"'{match.Value}'");
            }
            at += match.Length;
            return new Term(column, 0, default, day);
        }

        private Term Number()
        {
            int column = at + 1;
            Match match = NumberPattern().Match(text, at);
            string digits = match.Value.Replace(",", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
            if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
            {
                throw Wrong("a number");
            }
            at += match.Length;
            int end = at;
            Peek();
            Match written = UnitPattern().Match(text, at);
            if (written.Length == 0)
            {
                at = end;
                return new Term(column, value, default, null);
            }
            if (!Unit.TryParse(written.Value, out Unit unit, out string unknown))
            {
                string hint = unknown is "x" or "X" ? "; write × or * to multiply" : Suggestion.Phrase(unknown, Unit.Known);
                int offset = Math.Max(0, written.Value.IndexOf(unknown, StringComparison.Ordinal));
                throw new FormulaException(at + offset + 1, "a unit or an operator", $"'{unknown}'{hint}");
            }
            at += written.Length;
            Units.Add((unit, written.Value));
            return new Term(column, value * unit.Size + unit.ZeroK, unit.Dimension, null);
        }

        private Term Call()
        {
            int column = at + 1;
            string name = Word().Match(text, at).Value;
            if (!Functions.Contains(name))
            {
                throw new FormulaException(
                    column, $"a number, a day or a function ({string.Join(", ", Functions)})", $"'{name}'{Suggestion.Phrase(name, Functions)}");
            }
            at += name.Length;
            if (Peek() != '(') { throw Wrong($"'(' after {name}"); }
            List<Term> arguments = [];
            do
            {
                Next();
                arguments.Add(Sum());
                RequireQuantity(arguments[^1]);
            }
            while (Peek() is ',' or ';');
            Close();
            int wanted = name == "sqrt" ? 1 : 2;
            bool exactly = name is "sqrt" or "crf";
            if (arguments.Count < wanted || (exactly && arguments.Count > wanted))
            {
                string hint = name is "sqrt" ? "" : " (a comma before three digits separates thousands: put a space after it)";
                throw new FormulaException(column, $"{wanted} argument{(wanted > 1 ? "s" : "")} of {name}{hint}", $"{arguments.Count}");
            }
            Term result = name switch
            {
                "sqrt" => SquareRoot(arguments[0]),
                "crf" => CapitalRecovery(arguments[0], arguments[1]),
                _ => Extreme(arguments, name == "max"),
            };
            return result with { Column = column };
        }

        private static Term Add(Term left, Term right, bool minus)
        {
            double sign = minus ? -1 : 1;
            if (left.Day is { } day)
            {
                if (right.Day is { } other)
                {
                    return minus
                        ? new Term(left.Column, (day.DayNumber - other.DayNumber) * DayS, OfTime, null)
                        : throw new FormulaException(right.Column, "a duration to add to the day", "another day");
                }
                if (right.Dimension != OfTime)
                {
                    throw new FormulaException(right.Column, minus ? "a day or a duration" : "a duration to add to the day", right.Kind);
                }
                double number = day.DayNumber + Math.Round(sign * right.Value / DayS, MidpointRounding.AwayFromZero);
                return number >= 0 && number <= DateOnly.MaxValue.DayNumber
                    ? new Term(left.Column, 0, default, DateOnly.FromDayNumber((int)number))
                    : throw new FormulaException(right.Column, "a duration that ends in a year from 1 to 9999", "a longer one");
            }
            if (right.Day is not null)
            {
                return !minus && left.Dimension == OfTime
                    ? Add(right with { Column = left.Column }, left, false)
                    : throw new FormulaException(right.Column, left.Kind, "a day");
            }
            return left.Dimension == right.Dimension
                ? new Term(left.Column, left.Value + sign * right.Value, left.Dimension, null)
                : throw new FormulaException(right.Column, $"{left.Kind}, to go with what stands before", right.Kind);
        }

        private static Term Extreme(List<Term> terms, bool largest)
        {
            Term best = terms[0];
            foreach (Term term in terms)
            {
                if (term.Dimension != best.Dimension) { throw new FormulaException(term.Column, $"{best.Kind}, like the first", term.Kind); }
                if (largest ? term.Value > best.Value : term.Value < best.Value) { best = term; }
            }
            return best;
        }

        private static Term SquareRoot(Term of)
        {
            Dimension d = of.Dimension;
            if (of.Value < 0) { throw new FormulaException(of.Column, "a number of 0 or more under the root", "one below 0"); }
            bool even = ((d.Length | d.Mass | d.Time | d.Temperature | d.Money | d.Data | d.Work | d.Current) & 1) == 0;
            if (!even) { throw new FormulaException(of.Column, "a square, such as an area, under the root", of.Kind); }
            Dimension root = new(d.Length / 2, d.Mass / 2, d.Time / 2, d.Temperature / 2, d.Money / 2, d.Data / 2, d.Work / 2, d.Current / 2);
            return new Term(of.Column, Math.Sqrt(of.Value), root, null);
        }

        // CRF(r, n) = r (1 + r)ⁿ / ((1 + r)ⁿ − 1) per year, and 1/n without interest.
        private static Term CapitalRecovery(Term rate, Term life)
        {
            if (rate.Dimension != default && rate.Dimension != PerTime)
            {
                throw new FormulaException(rate.Column, "an interest rate such as '7 %'", rate.Kind);
            }
            if (life.Dimension != OfTime) { throw new FormulaException(life.Column, "a life such as '5 years'", life.Kind); }
            double perYear = rate.Dimension == default ? rate.Value : rate.Value * YearS;
            double years = life.Value / YearS;
            if (perYear < 0) { throw new FormulaException(rate.Column, "an interest rate of 0 % or more", "one below 0"); }
            if (years <= 0) { throw new FormulaException(life.Column, "a life of more than 0", "none"); }
            double growth = Elementary.Pow(1 + perYear, years);
            double factor = perYear == 0 ? 1 / years : perYear * growth / (growth - 1);
            return new Term(rate.Column, factor / YearS, PerTime, null);
        }

        private static void RequireQuantity(Term term)
        {
            if (term.Day is not null) { throw new FormulaException(term.Column, "a quantity", "a day (a day can only be subtracted, or moved by a duration)"); }
        }

        private void Close()
        {
            if (Peek() != ')') { throw Wrong("')'"); }
            Next();
        }

        // The next letter that is no space, which is where reading goes on; '\0' at the end.
        private char Peek()
        {
            while (at < text.Length && char.IsWhiteSpace(text[at])) { at++; }
            return at < text.Length ? text[at] : '\0';
        }

        private char Next() => text[at++];
    }

    private const string Letters = @"(?:sq ft|square feet|square met(?:er|re)s|[\p{L}%°][\p{L}\d%°²³]*)";

    [GeneratedRegex(@"\G\d{4}-\d{2}-\d{2}(?!\d)")]
    private static partial Regex DayPattern();

    [GeneratedRegex(@"\G(?:\d{1,3}(?:,\d{3})+(?!\d)|\d[\d_]*)?(?:\.\d+)?(?:[eE][+-]?\d+)?")]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"\G(?:(?!per\b)" + Letters + "(?:[-·/]" + Letters + @")*)?(?:\s*\bper\s+(?:\d[\d,]*\s+)?" + Letters + "(?:[-·/]" + Letters + ")*)*")]
    private static partial Regex UnitPattern();

    [GeneratedRegex(@"\G(?:\w+|.)")]
    private static partial Regex Word();
}
