using System.Globalization;
using Gigawatt.Numerics;

namespace Gigawatt.Scenarios.Linting;

/// <summary>What a claim's formula comes to, held against the value claimed.</summary>
/// <param name="Holds">Whether the claim holds; null when the two cannot be compared.</param>
/// <param name="Found">What the formula comes to, in the unit of the value; empty when it cannot be worked out.</param>
/// <param name="Claimed">The value as people read it.</param>
/// <param name="Reason">The arithmetic in a sentence.</param>
/// <param name="Ratio">Result over value; null for days, for a value of 0 and when they cannot be compared.</param>
public readonly record struct FormulaCheck(bool? Holds, string Found, string Claimed, string Reason, double? Ratio);

/// <summary>Values of claims, how they compare, and the claims that are arithmetic alone.</summary>
public static class ClaimArithmetic
{
    private static readonly double[] Steps = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

    /// <summary>Reads the value of a claim: a quantity or a day.</summary>
    public static bool TryValue(string text, out FormulaResult value)
    {
        if (DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
        {
            value = new FormulaResult(0, default, day, new Unit(1, default), "");
            return true;
        }
        value = default;
        if (!Quantity.TryParse(text, out Quantity quantity, out _)) { return false; }
        value = new FormulaResult(
            quantity.Value * quantity.Unit.Size + quantity.Unit.ZeroK, quantity.Unit.Dimension, null, quantity.Unit, quantity.Symbol);
        return true;
    }

    /// <summary>Whether a number bears a claim out, given the deviation that still counts as agreement.</summary>
    public static bool Holds(Comparison comparison, double found, double claimed, double toleranceFraction)
    {
        double slack = toleranceFraction * Math.Abs(claimed);
        return comparison switch
        {
            Comparison.AtLeast => found >= claimed - slack,
            Comparison.AtMost => found <= claimed + slack,
            _ => Math.Abs(found - claimed) <= slack,
        };
    }

    /// <summary>"within 0.1 %": the deviation rounded up to a round number.</summary>
    public static string Within(double found, double claimed)
    {
        double deviation = claimed == 0 ? Math.Abs(found) : Math.Abs(found / claimed - 1);
        return "within " + Figures.Percent(Steps.FirstOrDefault(s => deviation <= s, deviation));
    }

    /// <summary>Works the formula of a claim out and compares it with the value.</summary>
    public static FormulaCheck Check(ClaimSpec claim)
    {
        string formula = (claim.Formula ?? "").Trim();
        if (!TryValue(claim.Value, out FormulaResult value))
        {
            return new(null, "", claim.Value, $"the value '{claim.Value}' is no quantity such as '1 GW', '67 %' or '110,000'", null);
        }
        string claimed = value.ToString();
        FormulaResult result;
        try
        {
            result = Formula.Evaluate(formula);
        }
        catch (FormulaException wrong)
        {
            return new(null, "", claimed, $"the formula '{formula}' cannot be worked out: {wrong.Message}", null);
        }
        if (result.Day is { } foundDay && value.Day is { } claimedDay) { return Days(claim, formula, foundDay, claimedDay); }
        if (result.Day is not null || value.Day is not null || result.Dimension != value.Dimension)
        {
            return new(null, result.ToString(), claimed, $"{formula} = {result}, {result.Kind}; the value claimed, {claimed}, is {value.Kind}", null);
        }
        // Said in the unit claimed: a ratio in percent when the claim is in percent.
        string found = Figures.Of(result.BaseValue, result.Dimension, value.Unit, value.Symbol, 4);
        double? ratio = value.BaseValue == 0 ? null : result.BaseValue / value.BaseValue;
        bool holds = Holds(claim.Compares, result.BaseValue, value.BaseValue, claim.ToleranceFraction);
        return new(holds, found, claimed, $"{formula} = {found}{Comparing(claim, holds, found, claimed, ratio, result.BaseValue, value.BaseValue)}", ratio);
    }

    private static string Comparing(
        ClaimSpec claim, bool holds, string found, string claimed, double? ratio, double foundBase, double claimedBase)
    {
        string gap = ratio is { } r ? $": {Figures.Percent(Math.Abs(r - 1))} {(r > 1 ? "more" : "less")} than claimed" : "";
        if (!holds) { return $", not {claimed}{gap}"; }
        if (Holds(Comparison.Equal, foundBase, claimedBase, claim.ToleranceFraction))
        {
            return found == claimed ? ", as claimed" : $": agrees with {claimed} {Within(foundBase, claimedBase)}";
        }
        return claim.Compares == Comparison.AtMost ? $", at most the {claimed} claimed{gap}" : $", at least the {claimed} claimed{gap}";
    }

    private static FormulaCheck Days(ClaimSpec claim, string formula, DateOnly found, DateOnly claimed)
    {
        bool holds = Holds(claim.Compares, found.DayNumber, claimed.DayNumber, 0);
        int apart = Math.Abs(found.DayNumber - claimed.DayNumber);
        string gap = apart == 0 ? ", as claimed" : $", {apart} days {(found > claimed ? "after" : "before")} the {Figures.Day(claimed)} claimed";
        return new(holds, Figures.Day(found), Figures.Day(claimed), $"{formula} = {Figures.Day(found)}{gap}", null);
    }
}
