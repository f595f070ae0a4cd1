namespace Gigawatt.Power.Commitment;

/// <summary>Adds up what a schedule costs, from its hours and outputs alone.</summary>
internal static class ScheduleAccount
{
    /// <summary>Writes the sums and the units' accounts; the hours must be there.</summary>
    public static void Settle(CommitmentProblem problem, CommitmentSchedule schedule)
    {
        CommittableUnit[] units = [.. problem.Units.SelectMany(unit => Enumerable.Repeat(unit, unit.Count))];
        CommitmentState start = problem.FirstState();
        double running = 0, starting = 0, import = 0, total = 0;
        for (int i = 0; i < units.Length; i++)
        {
            CommittableUnit unit = units[i];
            CostCurve curve = unit.Curve;
            int status = start.InStatusHours[i];
            double unitUsd = 0;
            schedule.Starts[i] = 0;
            for (int t = 0; t < schedule.Hours; t++)
            {
                if (!schedule.On(i, t))
                {
                    status = Math.Min(0, status) - 1;
                    continue;
                }
                double hourUsd = curve.HourUsd(schedule.Mw(i, t));
                running += hourUsd;
                unitUsd += hourUsd;
                if (status < 0)
                {
                    double startUsd = -status > unit.HotUntilS / 3600 + 1e-9 ? unit.ColdStartUsd ?? unit.HotStartUsd : unit.HotStartUsd;
                    starting += startUsd;
                    unitUsd += startUsd;
                    schedule.Starts[i]++;
                }
                status = Math.Max(0, status) + 1;
            }
            schedule.UnitUsd[i] = unitUsd;
        }
        for (int t = 0; t < schedule.Hours; t++)
        {
            if (problem.Import is { } grid) { import += schedule.ImportMw[t] * grid.PriceUsdPerMwh[grid.PriceUsdPerMwh.Count > 1 ? t : 0]; }
            total += schedule.HourUsd[t];
        }
        (schedule.RunningUsd, schedule.StartUsd, schedule.ImportUsd) = (running, starting, import);
        double penalty = total - running - starting - import;
        schedule.PenaltyUsd = Math.Abs(penalty) < 1e-9 * Math.Abs(total) ? 0 : penalty;
    }
}
