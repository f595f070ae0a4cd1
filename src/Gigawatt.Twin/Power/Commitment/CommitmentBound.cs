namespace Gigawatt.Power.Commitment;

/// <summary>What a stretch of a long schedule could cost at least.</summary>
public static class CommitmentBound
{
    /// <summary>Bound of a stretch that begins as the schedule does there and leaves the battery no emptier. Emission caps are left out.</summary>
    /// <param name="problem">The question of the whole horizon.</param>
    /// <param name="schedule">The schedule of the whole horizon.</param>
    /// <param name="firstHour">First hour of the stretch.</param>
    /// <param name="hours">Length of the stretch.</param>
    /// <param name="iterations">Steps towards the bound.</param>
    public static double OfStretch(CommitmentProblem problem, CommitmentSchedule schedule, int firstHour, int hours, int iterations)
    {
        CommitmentState state = RollingHorizon.After(problem.FirstState(), schedule, firstHour);
        CommitmentProblem stretch = problem.Window(state, hours) with { EmissionsCapKg = null, IsLast = true };
        if (problem.Battery is { } battery)
        {
            stretch = stretch with { Battery = battery with { FinalFraction = Math.Min(1, schedule.StoredMwh[firstHour + stretch.LoadMw.Count - 1] / battery.CapacityMwh) } };
        }
        Fleet fleet = new(stretch);
        bool isFree = true;
        double spent = 0;
        double[] prices = new double[fleet.Hours * (2 + fleet.Lines) + 1];
        for (int t = 0; t < fleet.Hours; t++)
        {
            int at = firstHour + t;
            spent += schedule.HourUsd[at];
            isFree &= schedule.NeedMw[at] - schedule.CapacityMw[at] <= 1e-6;
            prices[t] = Math.Min(schedule.PriceUsdPerMwh[at], fleet.RungPrice[0]);
        }
        DualBound dual = new(fleet, isFree, false);
        dual.Raise(spent, prices, iterations, 1e-6);
        return dual.BestUsd;
    }
}
