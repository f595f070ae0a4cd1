using Gigawatt.Numerics;
using Gigawatt.Scenarios;
using Gigawatt.Scenarios.Linting;
using Gigawatt.Simulation;

namespace Gigawatt.Claims;

/// <summary>Holds claims against a run or against arithmetic.</summary>
/// <remarks>
/// A claim with a measure is compared with the run on its day; without a day, with the best day of the run (the worst, when it
/// says "at most"). A claim with a formula needs no run. The claim's tolerance counts as agreement in every comparison. A power
/// without a basis is read as the measure's own, and the reason says so. Not modelled: claims about hours, months or costs.
/// </remarks>
public static class Claim
{
    private const double DayS = 86400;
    private static readonly Dimension OfPower = new(2, 1, -3);
    private static readonly Dimension OfVolume = new(Length: 3);

    /// <summary>Judges all claims of the scenario that was run, in their order.</summary>
    public static IReadOnlyList<ClaimVerdict> JudgeAll(RunResult run)
    {
        var verdicts = new ClaimVerdict[run.Scenario.Claims.Count];
        for (int i = 0; i < verdicts.Length; i++) { verdicts[i] = Judge(run.Scenario.Claims[i], i, run); }
        return verdicts;
    }

    /// <summary>Judges one claim.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="index">Its position in the scenario.</param>
    /// <param name="run">The run to hold it against.</param>
    public static ClaimVerdict Judge(ClaimSpec claim, int index, RunResult run)
    {
        if (claim.Formula is not null) { return JudgeArithmetic(claim, index); }
        if (claim.Measure is not { } measure) { return Undecided(claim, index, "it has neither a measure nor a formula"); }
        if (!ClaimArithmetic.TryValue(claim.Value, out FormulaResult value))
        {
            return Undecided(claim, index, $"the value '{claim.Value}' is no quantity such as '1 GW' or '110,000'");
        }
        if (Mismatch(claim, measure, value) is { } mismatch) { return Undecided(claim, index, mismatch); }
        if (run.Days.Count == 0) { return Undecided(claim, index, "the run has no complete day"); }

        double claimed = value.Dimension == OfVolume ? value.BaseValue / DayS : value.BaseValue;
        DateOnly? reached = FirstDayReached(run, measure, claimed, claim);
        if (DayOf(claim, measure, run) is not { } position)
        {
            string stopped = run.Complete ? "" : ", which was stopped before its end";
            string when = reached is { } first ? $"; it reached {Amount(measure, value, claimed)} on {Figures.Day(first)}" : "";
            return Undecided(
                claim, index,
                $"{Figures.Day(claim.On!.Value)} lies outside the run ({Figures.Day(run.Days[0].Day)} to {Figures.Day(run.Days[^1].Day)}){stopped}{when}")
                with
            { FirstDayReached = reached };
        }

        DayRecord day = run.Days[position];
        double found = MeasuredDay.BaseValue(measure, day);
        bool holds = ClaimArithmetic.Holds(claim.Compares, found, claimed, claim.ToleranceFraction);
        bool isShort = !holds && found < claimed;
        bool isPower = Measures.DimensionOf(measure) == OfPower;
        string amount = Amount(measure, value, found);
        return Bare(claim, index) with
        {
            Verdict = holds ? Verdict.Supported : Verdict.Contradicted,
            Found = measure is Measure.InstalledGpus or Measure.LiveGpus ? $"{amount} GPUs" : amount,
            Reason = Reason(claim, measure, value, day, found, claimed, holds, reached),
            Constraint = isShort ? MeasuredDay.Responsible(measure, day) : null,
            ShortfallMw = isShort && isPower ? (claimed - found) / 1e6 : null,
            FirstDayReached = reached,
        };
    }

    private static ClaimVerdict JudgeArithmetic(ClaimSpec claim, int index)
    {
        FormulaCheck check = ClaimArithmetic.Check(claim);
        return Bare(claim, index) with
        {
            Claimed = check.Claimed,
            Verdict = check.Holds is not { } holds ? Verdict.NotDecidable : holds ? Verdict.Supported : Verdict.Contradicted,
            Found = check.Found,
            Reason = check.Reason,
        };
    }

    private static ClaimVerdict Undecided(ClaimSpec claim, int index, string reason) => Bare(claim, index) with { Reason = reason };

    private static ClaimVerdict Bare(ClaimSpec claim, int index) => new()
    {
        Index = index,
        Says = claim.Says,
        By = claim.By,
        On = claim.On,
        Claimed = ClaimArithmetic.TryValue(claim.Value, out FormulaResult value) ? value.ToString() : claim.Value,
        Verdict = Verdict.NotDecidable,
        Found = "",
        Reason = "",
    };

    // Why the value cannot be compared with the measure at all.
    private static string? Mismatch(ClaimSpec claim, Measure measure, FormulaResult value)
    {
        Dimension dimension = Measures.DimensionOf(measure);
        bool isDailyVolume = measure == Measure.DailyWater && value.Dimension == OfVolume;
        if (value.Day is not null || (value.Dimension != dimension && !isDailyVolume))
        {
            return $"the value {value} is {value.Kind}, but {Measures.Key(measure)} is {Figures.NameOf(dimension)}";
        }
        if (dimension == default && value.Symbol is "%" or "ppm" or "percent")
        {
            return $"the value {value} is a share, but {Measures.Key(measure)} is a count; a share of what would be a formula";
        }
        if (claim.Basis is { } basis && Measures.BasisOf(measure) is { } own && basis != own)
        {
            return $"the value is {Measures.Name(basis)}, but {Measures.Key(measure)} is {Measures.Name(own)}: "
                + $"compare it with {Measures.KeysOf(basis)}";
        }
        return null;
    }

    // The day to compare: the claim's own, or without one the day that speaks most for it ("at least") or against it ("at most").
    private static int? DayOf(ClaimSpec claim, Measure measure, RunResult run)
    {
        if (claim.On is { } on)
        {
            int offset = on.DayNumber - run.Days[0].Day.DayNumber;
            return offset >= 0 && offset < run.Days.Count ? offset : null;
        }
        int best = 0;
        for (int i = 1; i < run.Days.Count; i++)
        {
            if (MeasuredDay.BaseValue(measure, run.Days[i]) > MeasuredDay.BaseValue(measure, run.Days[best])) { best = i; }
        }
        return best;
    }

    private static DateOnly? FirstDayReached(RunResult run, Measure measure, double claimed, ClaimSpec claim)
    {
        double tolerance = claim.Compares == Comparison.AtMost ? 0 : claim.ToleranceFraction;
        foreach (DayRecord day in run.Days)
        {
            if (ClaimArithmetic.Holds(Comparison.AtLeast, MeasuredDay.BaseValue(measure, day), claimed, tolerance)) { return day.Day; }
        }
        return null;
    }

    private static string Reason(
        ClaimSpec claim, Measure measure, FormulaResult value, in DayRecord day, double found, double claimed, bool holds, DateOnly? reached)
    {
        string amount = Amount(measure, value, found);
        string wanted = Amount(measure, value, claimed);
        string gap = Amount(measure, value, Math.Abs(claimed - found));
        string on = Figures.Day(day.Day);
        bool isShort = !holds && found < claimed;
        string said = $"{MeasuredDay.Statement(measure, amount)} on {on}";
        if (isShort && measure == Measure.LiveItPower)
        {
            said = $"{MeasuredDay.Name(day.Capacity.Binding)} allowed {amount} of IT power on {on}";
        }
        said += (holds, found < claimed) switch
        {
            (false, true) => $", {gap} short",
            (false, false) => $", {gap} more than the {wanted} claimed",
            _ when amount == wanted => ", as claimed",
            (true, _) when ClaimArithmetic.Holds(Comparison.Equal, found, claimed, claim.ToleranceFraction) =>
                $", which agrees with {wanted} {ClaimArithmetic.Within(found, claimed)}",
            (true, true) => $", {gap} less than the {wanted} claimed",
            (true, false) => $", {gap} more than the {wanted} claimed",
        };
        if (isShort && measure is Measure.LiveItPower or Measure.LiveGpus) { said += Constraints(measure, day.Capacity); }
        if (isShort && measure == Measure.FacilityPower)
        {
            said += $"; racks drew {Figures.Power(day.ItMw)} of the {Figures.Power(day.Capacity.LiveMw)} of IT power that was live";
        }
        if (isShort) { said += reached is { } first ? $"; the run reached it on {Figures.Day(first)}" : "; the run never reached it"; }
        bool isPower = Measures.BasisOf(measure) is not null;
        return isPower && claim.Basis is null ? $"{said} (the claim gives no basis; read as {Measures.Name(Measures.BasisOf(measure)!.Value)})" : said;
    }

    private static string Constraints(Measure measure, in Capacity capacity)
    {
        string binding = measure == Measure.LiveGpus
            ? $"; {MeasuredDay.Name(capacity.Binding)} bound, at {Figures.Power(capacity.LiveMw)} of IT power"
            : "";
        double nextMw = capacity.AllowsMw[(int)capacity.Next];
        return double.IsFinite(nextMw)
            ? $"{binding}; the next constraint, {MeasuredDay.Name(capacity.Next)}, allowed {Figures.Power(nextMw)}"
            : binding;
    }

    // An amount in the unit of the claim; powers and energies in the rung of their ladder that fits.
    private static string Amount(Measure measure, FormulaResult value, double baseValue)
    {
        if (value.Dimension == OfVolume) { return $"{Figures.Number(baseValue * DayS / value.Unit.Size)} {value.Symbol} a day"; }
        bool isCount = Measures.DimensionOf(measure) == default;
        return isCount ? Figures.Number(baseValue) : Figures.Of(baseValue, value.Dimension, value.Unit, value.Symbol);
    }
}
