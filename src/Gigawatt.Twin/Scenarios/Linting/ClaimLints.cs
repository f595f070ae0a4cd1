using System.Text.RegularExpressions;
using Gigawatt.Numerics;

namespace Gigawatt.Scenarios.Linting;

/// <summary>Traps in what was said about the campus.</summary>
internal static partial class ClaimLints
{
    private const double ClearlyMore = 0.1;
    private static readonly Dimension OfPower = new(2, 1, -3);

    public static void Check(Scenario scenario, LintList lints)
    {
        for (int i = 0; i < scenario.Claims.Count; i++)
        {
            ClaimSpec claim = scenario.Claims[i];
            string path = $"claims[{i}]";
            if (claim.Formula is not null) { CheckFormula(claim, path, lints); }
            else if (claim.Measure is { } measure) { CheckMeasure(scenario, claim, measure, path, lints); }
            if (RackName().IsMatch(claim.Says) && CountingWord().Match(claim.Says) is { Success: true } word)
            {
                lints.Add(LintRules.CountingWord, $"{path}.says", $"'{word.Value}' stands beside a rack's name in '{claim.Says}'");
            }
        }
        CheckParties(scenario.Claims, lints);
        CheckPowerPerGpu(scenario.Claims, lints);
    }

    private static void CheckFormula(ClaimSpec claim, string path, LintList lints)
    {
        FormulaCheck check = ClaimArithmetic.Check(claim);
        if (check.Holds is not { } holds)
        {
            lints.Add(LintRules.Unusable, $"{path}.formula", $"{Named(claim)}: {check.Reason}");
            return;
        }
        if (check.Ratio is { } ratio && Slip(ratio, claim.ToleranceFraction) is { } factor)
        {
            lints.Add(LintRules.UnitSlip, $"{path}.value", $"{Named(claim)}: {check.Reason}, a factor of {factor}");
        }
        else if (!holds)
        {
            lints.Add(LintRules.ArithmeticFails, $"{path}.value", $"{Named(claim)}: {check.Reason}");
        }
        else if (claim.Compares == Comparison.AtLeast && check.Ratio > 1 + Math.Max(ClearlyMore, claim.ToleranceFraction))
        {
            lints.Add(LintRules.MeansEqual, $"{path}.comparison", $"{Named(claim)}: {check.Reason}");
        }
        if (claim.Formula!.Contains("GPU", StringComparison.OrdinalIgnoreCase)
            && Formula.Evaluate(claim.Formula) is { } result && result.Dimension == OfPower && IsOdd(result.BaseValue / 1e6))
        {
            lints.Add(LintRules.PowerPerGpu, $"{path}.formula", $"{Named(claim)}: {check.Reason}");
        }
    }

    private static void CheckMeasure(Scenario scenario, ClaimSpec claim, Measure measure, string path, LintList lints)
    {
        if (claim.On is { } on && (on < scenario.Start || on > scenario.End))
        {
            lints.Add(
                LintRules.OutsideRun, $"{path}.on",
                $"{Named(claim)} speaks of {Figures.Day(on)}, the run of {Figures.Day(scenario.Start)} to {Figures.Day(scenario.End)}");
        }
        if (!ClaimArithmetic.TryValue(claim.Value, out FormulaResult value))
        {
            lints.Add(LintRules.Unusable, $"{path}.value", $"{Named(claim)}: '{claim.Value}' is no quantity");
            return;
        }
        Dimension dimension = Measures.DimensionOf(measure);
        bool isDailyVolume = measure == Measure.DailyWater && value.Dimension == new Dimension(Length: 3);
        if (value.Day is not null || (value.Dimension != dimension && !isDailyVolume))
        {
            lints.Add(
                LintRules.Unusable, $"{path}.value",
                $"{Named(claim)}: {value} is {value.Kind}, but {Measures.Key(measure)} is {Figures.NameOf(dimension)}");
            return;
        }
        if (Measures.BasisOf(measure) is not { } own) { return; }
        string key = Measures.Key(measure);
        if (claim.Basis is null)
        {
            lints.Add(LintRules.NoBasis, $"{path}.value", $"{Named(claim)} says {value} and is read as {Measures.Name(own)}, as {key} is");
        }
        bool saysCooling = Cooling().IsMatch(claim.Says);
        if (own != PowerBasis.Cooling && (claim.Basis == PowerBasis.Cooling || (claim.Basis is null && saysCooling)))
        {
            lints.Add(LintRules.CoolingAsPower, path, $"{Named(claim)}: {value} of cooling is to be compared with {key}");
        }
        else if (own == PowerBasis.Cooling && claim.Basis is null or PowerBasis.Cooling && !saysCooling && Operating().IsMatch(claim.Says))
        {
            lints.Add(LintRules.CoolingAsPower, path, $"{Named(claim)} speaks of operation or power, and {value} is compared with {key}");
        }
        else if (claim.Basis is { } basis && basis != own)
        {
            lints.Add(
                LintRules.BasisMismatch, $"{path}.basis",
                $"{Named(claim)} is {Measures.Name(basis)}, but {key} is {Measures.Name(own)} ({Measures.Name(basis)} is {Measures.KeysOf(basis)})");
        }
    }

    // Values of one measure that cannot both hold: the same day, an unknown day, or a later day with less.
    private static void CheckParties(IReadOnlyList<ClaimSpec> claims, LintList lints)
    {
        foreach (var group in claims
            .Select((claim, index) => (Claim: claim, Index: index, Readable: ClaimArithmetic.TryValue(claim.Value, out FormulaResult v), Value: v))
            .Where(c => c.Claim.Measure is not null && c.Readable && c.Claim.Compares != Comparison.AtMost)
            .GroupBy(c => c.Claim.Measure!.Value))
        {
            var all = group.ToArray();
            var torn = all.Where(a => all.Any(b => Disagree(a.Claim, a.Value, b.Claim, b.Value))).ToArray();
            if (torn.Length == 0) { continue; }
            string values = string.Join(", ", torn.Select(t =>
                $"{t.Value} ({(t.Claim.By.Length > 0 ? t.Claim.By : "unnamed")}{(t.Claim.On is { } on ? $", {Figures.Day(on)}" : "")})"));
            lints.Add(LintRules.PartiesDisagree, $"claims[{torn[0].Index}].value", $"{Measures.Key(group.Key)} is said to be {values}");
        }
    }

    private static bool Disagree(ClaimSpec a, FormulaResult x, ClaimSpec b, FormulaResult y)
    {
        if (a.By == b.By || a.Basis != b.Basis || x.Dimension != y.Dimension) { return false; }
        double apart = Math.Abs(x.BaseValue - y.BaseValue);
        if (apart <= Math.Max(a.ToleranceFraction, b.ToleranceFraction) * Math.Max(x.BaseValue, y.BaseValue)) { return false; }
        if (a.On is not { } first || b.On is not { } second || first == second) { return true; }
        return first < second ? x.BaseValue > y.BaseValue : y.BaseValue > x.BaseValue;
    }

    // IT power and GPUs that one party claims for one day.
    private static void CheckPowerPerGpu(IReadOnlyList<ClaimSpec> claims, LintList lints)
    {
        for (int i = 0; i < claims.Count; i++)
        {
            ClaimSpec power = claims[i];
            if (power.Measure is not (Measure.LiveItPower or Measure.FacilityPower)) { continue; }
            foreach (ClaimSpec gpus in claims.Where(c => c.Measure is Measure.InstalledGpus or Measure.LiveGpus && c.By == power.By && c.On == power.On))
            {
                if (!ClaimArithmetic.TryValue(power.Value, out FormulaResult watts) || watts.Dimension != OfPower) { continue; }
                if (!ClaimArithmetic.TryValue(gpus.Value, out FormulaResult count) || count.BaseValue <= 0) { continue; }
                double eachMw = watts.BaseValue / count.BaseValue / 1e6;
                if (IsOdd(eachMw))
                {
                    lints.Add(
                        LintRules.PowerPerGpu, $"claims[{i}].value",
                        $"{Named(power)} and '{gpus.Says}': {watts} for {count} GPUs is {Figures.Power(eachMw)} for each");
                }
            }
        }
    }

    /// <summary>Whether no complete rack draws so much or so little per GPU.</summary>
    internal static bool IsOdd(double perGpuMw) => perGpuMw is < 0.0005 or > 0.003;

    private static int? Slip(double ratio, double toleranceFraction)
    {
        foreach (int factor in (int[])[100, 1000, 1_000_000])
        {
            if (Math.Abs(ratio / factor - 1) <= toleranceFraction || Math.Abs(ratio * factor - 1) <= toleranceFraction) { return factor; }
        }
        return null;
    }

    private static string Named(ClaimSpec claim) => $"'{claim.Says}'";

    [GeneratedRegex(@"NVL\d+|GB[23]00|VR200", RegexOptions.IgnoreCase)]
    private static partial Regex RackName();

    [GeneratedRegex(@"\b(systems?|units?|sets?|superchips?|machines?)\b|台|套", RegexOptions.IgnoreCase)]
    private static partial Regex CountingWord();

    [GeneratedRegex(@"cool|chill|heat reject|冷却|制冷|冷水", RegexOptions.IgnoreCase)]
    private static partial Regex Cooling();

    [GeneratedRegex(@"operational|online|running|\blive\b|\bpower\b|data cent|运行|上线", RegexOptions.IgnoreCase)]
    private static partial Regex Operating();
}
