namespace Gigawatt.Power.Commitment;

/// <summary>A schedule and how good it is proven to be.</summary>
/// <param name="Schedule">The best schedule found.</param>
/// <param name="BoundUsd">No schedule costs less, penalties included.</param>
/// <param name="MeritOrder">The schedule of the fast rule, for comparison.</param>
/// <param name="IsOptimal">Whether the schedule is proven to be the cheapest.</param>
public sealed record CommitmentAnswer(CommitmentSchedule Schedule, double BoundUsd, CommitmentSchedule MeritOrder, bool IsOptimal)
{
    /// <summary>How far the schedule may be from the cheapest, as a share of its cost.</summary>
    public double GapFraction => Schedule.ObjectiveUsd > 0 ? Math.Max(0, (Schedule.ObjectiveUsd - BoundUsd) / Schedule.ObjectiveUsd) : 0;
}

/// <summary>Unit commitment: which units run in which hours.</summary>
/// <remarks>
/// A schedule comes from the merit order, is improved by planning one, two and three units at a time exactly beside all others, and is held
/// against the dual bound. Few units without ramps, battery or cap are solved exactly. Deterministic; no random start.
/// </remarks>
public static class UnitCommitment
{
    private const double MostWork = 3e7;
    private const double MostExactWork = 3e8;
    private const int MostExactUnits = 6;

    // Far beyond the value of lost load, whatever a unit emits.
    private const double MostCarbonUsdPerKg = 1e4;

    /// <summary>Plans all hours at once.</summary>
    /// <param name="problem">The question.</param>
    /// <param name="iterations">Steps towards the bound; more cost time and close the gap.</param>
    public static CommitmentAnswer Solve(CommitmentProblem problem, int iterations = 600)
    {
        CommitmentChecks.Demand(problem);
        Fleet fleet = new(problem);
        double carbon = 0;
        CommitmentSchedule merit = Fast(fleet, 0, false);
        CommitmentSchedule fast = merit;
        if (fleet.CapKg is { } cap && merit.EmittedKg.Sum() > cap) { (carbon, fast) = CarbonPrice(fleet, cap, false); }
        Search search = new(fleet, carbon);
        CommitmentSchedule best = search.Improve(fast, MostWork);
        if (fleet.CapKg is { } most && best.EmittedKg.Sum() > most * (1 + 1e-9) && fast.EmittedKg.Sum() <= most * (1 + 1e-9)) { best = fast; }
        int[] all = [.. Enumerable.Range(0, fleet.Count)];
        if (fleet.Count <= MostExactUnits && fleet.Battery is null && !fleet.HasRamps && !fleet.HasLines && fleet.CapKg is null && search.Work(all) <= MostExactWork)
        {
            CommitmentSchedule exact = search.Exact(all);
            if (IsFree(exact)) { return new CommitmentAnswer(exact, exact.ObjectiveUsd, fast, true); }
        }
        bool isHard = IsFree(best);
        // A bound of what cannot be held would be no bound of the schedule that breaks it.
        bool holdsCap = fleet.CapKg is { } held && best.EmittedKg.Sum() <= held * (1 + 1e-9);
        DualBound dual = new(fleet, isHard, holdsCap);
        double[] prices = new double[dual.Prices.Length];
        for (int t = 0; t < fleet.Hours; t++) { prices[t] = Math.Min(best.PriceUsdPerMwh[t], fleet.RungPrice[0]); }
        dual.Raise(best.ObjectiveUsd, prices, iterations, 1e-6);
        CommitmentSchedule second = search.Improve(dual.Plan, best, MostWork);
        bool isAllowed = fleet.CapKg is not { } limit || second.EmittedKg.Sum() <= (holdsCap ? limit * (1 + 1e-9) : best.EmittedKg.Sum());
        if (second.ObjectiveUsd < best.ObjectiveUsd && isAllowed && IsFree(second) == isHard) { best = second; }
        return new CommitmentAnswer(best, dual.BestUsd, fast, false);
    }

    /// <summary>Plans all hours at once by the fast rule alone.</summary>
    public static CommitmentSchedule MeritOrder(CommitmentProblem problem)
    {
        CommitmentChecks.Demand(problem);
        return Quick(problem, false);
    }

    /// <summary>Plans all hours at once by the fast rule and then each unit once more beside all others: what a long horizon uses.</summary>
    public static CommitmentSchedule Fast(CommitmentProblem problem)
    {
        CommitmentChecks.Demand(problem);
        return Quick(problem, true);
    }

    internal static CommitmentSchedule Quick(CommitmentProblem problem, bool polishes)
    {
        Fleet fleet = new(problem);
        CommitmentSchedule made = Fast(fleet, 0, polishes);
        return fleet.CapKg is { } cap && made.EmittedKg.Sum() > cap ? CarbonPrice(fleet, cap, polishes).Schedule : made;
    }

    private static bool IsFree(CommitmentSchedule schedule)
    {
        for (int t = 0; t < schedule.Hours; t++)
        {
            if (schedule.NeedMw[t] - schedule.CapacityMw[t] > 1e-6) { return false; }
        }
        return true;
    }

    private static CommitmentSchedule Fast(Fleet fleet, double carbon, bool polishes) => new Search(fleet, carbon).Fast(polishes);

    // The least price of emissions at which the fast rule keeps the cap; where none does, the largest share of what is asked that can be kept.
    private static (double CarbonUsdPerKg, CommitmentSchedule Schedule) CarbonPrice(Fleet fleet, double capKg, bool polishes)
    {
        double below = 0, above = 0.01, share = 1;
        CommitmentSchedule held = Made(above);
        while (held.EmittedKg.Sum() > capKg && above < MostCarbonUsdPerKg)
        {
            (below, above) = (above, above * 4);
            held = Made(above);
        }
        while (held.EmittedKg.Sum() > capKg && share > 0)
        {
            (below, share) = (0, Math.Max(0, share - 0.05));
            held = Made(above);
        }
        if (held.EmittedKg.Sum() > capKg) { return (above, held); }
        for (int k = 0; k < 14; k++)
        {
            double middle = (below + above) / 2;
            CommitmentSchedule tried = Made(middle);
            if (tried.EmittedKg.Sum() > capKg) { below = middle; } else { (above, held) = (middle, tried); }
        }
        return (above, held);

        CommitmentSchedule Made(double carbon) => share < 1 ? new Search(fleet, carbon).Scarce(share) : Fast(fleet, carbon, polishes);
    }
}
