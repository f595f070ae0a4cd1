namespace Gigawatt.Power.Commitment;

/// <summary>Plans a long horizon window by window; each window looks further ahead than the hours that are kept of it.</summary>
/// <remarks>
/// All that a window knows of the past is the <see cref="CommitmentState"/> at its beginning: hours on and off, outputs, charge,
/// emissions. A window as long as the horizon is the single plan. Emission caps are shared among windows by hours left.
/// </remarks>
public static class RollingHorizon
{
    /// <summary>Plans all hours.</summary>
    /// <param name="problem">The question.</param>
    /// <param name="windowHours">Length of a window.</param>
    /// <param name="keptHours">Hours that are kept of each window before the next one is planned.</param>
    /// <param name="searches">Whether each window is searched and not only planned by the fast rule.</param>
    public static CommitmentSchedule Solve(CommitmentProblem problem, int windowHours = 48, int keptHours = 24, bool searches = false)
    {
        CommitmentChecks.Demand(problem);
        CommitmentSchedule best = Roll(problem, windowHours, keptHours, searches);
        if (problem.EmissionsCapKg is not { } capKg) { return best; }
        // Units that a window leaves on may overdraw the next one's share: then all shares are cut until the whole cap is kept.
        for (double share = 0.9; share > 0.05 && best.End.EmittedKg > capKg * (1 + 1e-9); share *= 0.8)
        {
            CommitmentSchedule less = Roll(problem with { EmissionsCapKg = capKg * share }, windowHours, keptHours, searches);
            if (less.End.EmittedKg < best.End.EmittedKg) { best = less; }
        }
        return best;
    }

    private static CommitmentSchedule Roll(CommitmentProblem problem, int windowHours, int keptHours, bool searches)
    {
        int hours = problem.LoadMw.Count;
        keptHours = Math.Clamp(keptHours, 1, Math.Max(1, windowHours));
        CommitmentSchedule whole = new(hours, problem.UnitCount, problem.Shortfall.Count + 1);
        CommitmentState state = problem.FirstState();
        int first = state.Hour;
        while (state.Hour - first < hours)
        {
            CommitmentProblem window = problem.Window(state, windowHours);
            CommitmentSchedule planned = searches ? UnitCommitment.Solve(window, 0).Schedule : UnitCommitment.Quick(window, true);
            int kept = state.Hour - first + planned.Hours >= hours ? planned.Hours : Math.Min(keptHours, planned.Hours);
            whole.Take(planned, state.Hour - first, kept);
            state = After(state, planned, kept);
        }
        whole.End = state;
        ScheduleAccount.Settle(problem, whole);
        return whole;
    }

    /// <summary>The state after the first hours of a plan.</summary>
    public static CommitmentState After(CommitmentState before, CommitmentSchedule planned, int hours)
    {
        int[] status = [.. before.InStatusHours];
        double[] outputs = [.. before.OutputMw];
        double emitted = before.EmittedKg;
        for (int t = 0; t < hours; t++)
        {
            for (int i = 0; i < status.Length; i++)
            {
                bool isOn = planned.On(i, t);
                status[i] = isOn ? Math.Max(0, status[i]) + 1 : Math.Min(0, status[i]) - 1;
                outputs[i] = planned.Mw(i, t);
            }
            emitted += planned.EmittedKg[t];
        }
        return new CommitmentState
        {
            Hour = before.Hour + hours,
            InStatusHours = status,
            OutputMw = outputs,
            StoredMwh = hours > 0 ? planned.StoredMwh[hours - 1] : before.StoredMwh,
            EmittedKg = emitted,
        };
    }
}
