using Gigawatt.Numerics;
using Gigawatt.Scenarios;
using Gigawatt.Scenarios.Linting;
using Gigawatt.Simulation;

namespace Gigawatt.Claims;

/// <summary>Findings that need the results of a run.</summary>
public static class RunLints
{
    private const double UnservedWorthSaying = 0.001;
    private const double OutsideWorthSaying = 1;
    private const double LedgerTolerance = 1e-9;

    /// <summary>Every finding, by code.</summary>
    /// <param name="run">The run.</param>
    /// <param name="verdicts">Its claims, judged.</param>
    /// <param name="facts">Written values with their places; no lines are known without them.</param>
    public static IReadOnlyList<Lint> Check(
        RunResult run, IReadOnlyList<ClaimVerdict> verdicts, IReadOnlyList<LintFact>? facts = null)
    {
        LintList lints = new(facts ?? []);
        foreach (ClaimVerdict verdict in verdicts) { CheckClaim(run, verdict, lints); }
        CheckIncome(run, lints);
        CheckPhysics(run, lints);
        CheckWork(run, lints);
        return lints.Ordered();
    }

    // A contradicted power that is right for another measure of the same day.
    private static void CheckClaim(RunResult run, ClaimVerdict verdict, LintList lints)
    {
        ClaimSpec claim = run.Scenario.Claims[verdict.Index];
        if (verdict.Verdict != Verdict.Contradicted || claim.Measure is not { } measure || Measures.BasisOf(measure) is not { } basis) { return; }
        if (claim.On is not { } on || !ClaimArithmetic.TryValue(claim.Value, out FormulaResult value)) { return; }
        DayRecord day = run.Days.FirstOrDefault(d => d.Day == on);
        List<string> matches = [];
        foreach (Measure other in Enum.GetValues<Measure>())
        {
            if (Measures.BasisOf(other) is not { } otherBasis || otherBasis == basis) { continue; }
            double found = MeasuredDay.BaseValue(other, day);
            if (ClaimArithmetic.Holds(Comparison.Equal, found, value.BaseValue, claim.ToleranceFraction))
            {
                matches.Add($"{Measures.Key(other)} ({Figures.Power(found / 1e6)}, {Measures.Name(otherBasis)})");
            }
        }
        if (matches.Count == 0) { return; }
        lints.Add(
            LintRules.MatchesOtherMeasure, verdict.Path,
            $"'{verdict.Says}': {verdict.Claimed} is not {Measures.Key(measure)} on {Figures.Day(on)} ({verdict.Found}), but is {string.Join(" and ", matches)}");
    }

    private static void CheckIncome(RunResult run, LintList lints)
    {
        double relatedUsd = -run.Parties.Where(p => p.Related && p.NetReceivedUsd < 0).Sum(p => p.NetReceivedUsd);
        double allUsd = run.Days.Sum(d => d.IncomeUsd);
        if (relatedUsd <= 0) { return; }
        string names = string.Join(", ", run.Parties.Where(p => p.Related && p.NetReceivedUsd < 0).Select(p => $"'{p.Party}'"));
        string share = allUsd > 0 ? $", {Figures.Percent(relatedUsd / allUsd)} of all income" : "";
        lints.Add(LintRules.RelatedIncome, "economics.rentals", $"{Money(relatedUsd)} net came from {names}{share}");
    }

    private static void CheckPhysics(RunResult run, LintList lints)
    {
        Headline headline = run.Headline;
        if (run.OutsideCurveHours > OutsideWorthSaying)
        {
            double hours = run.StepCount * run.StepS / 3600;
            string share = hours > 0 ? $", {Figures.Percent(run.OutsideCurveHours / hours)} of the run" : "";
            lints.Add(LintRules.OutsideCurves, "cooling.chillers", $"{Figures.Number(run.OutsideCurveHours)} hours{share}");
        }
        if (headline.ItEnergyMwh > 0 && headline.UnservedMwh > UnservedWorthSaying * headline.ItEnergyMwh)
        {
            int days = run.Days.Count(d => d.ShortfallMw > 0);
            lints.Add(
                LintRules.Unserved, "power",
                $"{Figures.Number(headline.UnservedMwh)} MWh were not served on {days} days, {Figures.Percent(headline.UnservedMwh / headline.ItEnergyMwh)} of what racks took");
        }
        if (!run.Complete && run.Days.Count > 0)
        {
            lints.Add(
                LintRules.Stopped, "end",
                $"the last day is {Figures.Day(run.Days[^1].Day)}, the scenario ends on {Figures.Day(run.Scenario.End)}");
        }
        foreach (Ledger ledger in (Ledger[])[run.Energy, run.Water, run.GpuTime, run.Money])
        {
            if (!(ledger.RelativeResidual <= LedgerTolerance))
            {
                lints.Add(LintRules.OpenLedger, "", $"the {ledger.Name} ledger is open by {Figures.Percent(ledger.RelativeResidual)} of its turnover");
            }
        }
    }

    private static void CheckWork(RunResult run, LintList lints)
    {
        Headline headline = run.Headline;
        if (run.Scenario.Training.Jobs.Count > 0 && headline.ItEnergyMwh > 0 && headline.GoodputFraction < 0.1)
        {
            lints.Add(
                LintRules.LowGoodput, "training.jobs",
                $"{Figures.Percent(headline.GoodputFraction)} of the GPU time given to jobs became safe progress, with {Figures.Number(headline.Interruptions)} interruptions");
        }
        foreach (DayRecord day in run.Days.Reverse())
        {
            if (day.LiveGpus <= 0 || !double.IsFinite(day.Capacity.LiveMw)) { continue; }
            double eachMw = day.Capacity.LiveMw / day.LiveGpus;
            if (eachMw is < 0.0005 or > 0.003)
            {
                lints.Add(
                    LintRules.RunPowerPerGpu, "compute.racks",
                    $"on {Figures.Day(day.Day)} {Figures.Power(day.Capacity.LiveMw)} for {Figures.Number(day.LiveGpus)} live GPUs are {Figures.Power(eachMw)} for each");
            }
            break;
        }
    }

    private static string Money(double usd) => Figures.Of(usd, new Dimension(Money: 1), new Unit(1, new Dimension(Money: 1)), "USD");
}
