namespace Gigawatt.Power.Commitment;

/// <summary>Holds a schedule against its problem, knowing nothing of how it was made. Returns what is broken, in words; nothing when all holds.</summary>
/// <remarks>Shortages that the schedule itself reports (unserved, dumped, reserve, fuel) are no breach; a balance or a limit that it does not report is.</remarks>
public static class ScheduleCheck
{
    private const double ToleranceMw = 1e-6;

    /// <summary>Every breach.</summary>
    public static IReadOnlyList<string> Breaches(CommitmentProblem problem, CommitmentSchedule schedule)
    {
        List<string> breaches = [];
        CommittableUnit[] units = [.. problem.Units.SelectMany(unit => Enumerable.Repeat(unit, unit.Count))];
        CommitmentState start = problem.FirstState();
        if (schedule.Hours != problem.LoadMw.Count || schedule.UnitCount != units.Length) { return ["the schedule has another size than the problem"]; }
        for (int i = 0; i < units.Length; i++) { Unit(units[i], i, start, schedule, breaches); }
        for (int t = 0; t < schedule.Hours; t++) { Hour(problem, units, schedule, t, breaches); }
        if (problem.Battery is { } battery) { Battery(problem, battery, start.StoredMwh, schedule, breaches); }
        double emitted = start.EmittedKg + schedule.EmittedKg.Sum();
        if (problem.EmissionsCapKg is { } capKg && emitted > capKg * (1 + 1e-9))
        {
            // Excused is only what cannot be avoided: a cap below the emission of units that are bound to run.
            double forcedKg = start.EmittedKg + ForcedKg(problem);
            if (forcedKg < capKg) { breaches.Add(FormattableString.Invariant($"{emitted:G8} kg emitted under a cap of {capKg:G8} kg, of which {forcedKg:G8} kg cannot be avoided")); }
        }
        return breaches;
    }

    /// <summary>What is emitted whatever is planned: units that must run, or have not run their minimum time yet, at their least output.</summary>
    public static double ForcedKg(CommitmentProblem problem)
    {
        CommitmentState start = problem.FirstState();
        CommittableUnit[] units = [.. problem.Units.SelectMany(unit => Enumerable.Repeat(unit, unit.Count))];
        double sumKg = 0;
        for (int i = 0; i < units.Length; i++)
        {
            CommittableUnit unit = units[i];
            int status = start.InStatusHours[i], up = Hours(unit.MinUpS), down = Hours(unit.MinDownS);
            double leastKg = (unit.NoLoadFuelMw + unit.MinMw * (unit.IncrementalFuelRatio + unit.QuadraticFuelPerMw * unit.MinMw)) * unit.EmissionKgPerMwh;
            // Too high to stop at once, it comes down by its ramp first.
            double beforeMw = start.OutputMw[i];
            for (int t = 0; t < problem.LoadMw.Count; t++)
            {
                int hour = start.Hour + t;
                bool mayStart = status > 0 || (-status >= down && Enumerable.Range(0, up).All(k => !IsOut(unit, hour + k)));
                bool isHeld = status > 0 && (status < up || beforeMw > unit.StopLimitMw);
                bool isOn = !IsOut(unit, hour) && (isHeld || (unit.MustRun && mayStart));
                sumKg += isOn ? leastKg : 0;
                status = isOn ? Math.Max(0, status) + 1 : Math.Min(0, status) - 1;
                beforeMw = isOn ? Math.Max(unit.MinMw, beforeMw - unit.RampDownMwPerS * 3600 ?? unit.MinMw) : 0;
            }
        }
        return sumKg;
    }

    private static bool IsOut(CommittableUnit unit, int hour) =>
        unit.Maintenance.Any(window => window.FromS < (hour + 1) * 3600.0 - 1e-6 && window.ToS > hour * 3600.0 + 1e-6);

    private static void Unit(CommittableUnit unit, int i, CommitmentState start, CommitmentSchedule schedule, List<string> breaches)
    {
        int status = start.InStatusHours[i];
        double beforeMw = start.OutputMw[i];
        int up = Hours(unit.MinUpS), down = Hours(unit.MinDownS);
        void Say(int t, string what) => breaches.Add($"{unit.Name} (unit {i}), hour {t}: {what}");
        for (int t = 0; t < schedule.Hours; t++)
        {
            bool isOn = schedule.On(i, t), wasOn = status > 0;
            double mw = schedule.Mw(i, t);
            int hour = start.Hour + t;
            if (isOn && !wasOn && -status < down) { Say(t, $"started after {-status} h down, {down} h are the least"); }
            if (!isOn && wasOn && status < up) { Say(t, $"stopped after {status} h on, {up} h are the least"); }
            if (isOn && IsOut(unit, hour)) { Say(t, "runs in its maintenance"); }
            if (isOn && (mw < unit.MinMw - ToleranceMw || mw > unit.MaxMw + ToleranceMw)) { Say(t, FormattableString.Invariant($"{mw:G8} MW outside its limits")); }
            if (!isOn && mw != 0) { Say(t, FormattableString.Invariant($"off at {mw:G6} MW")); }
            if (isOn && wasOn && !double.IsNaN(beforeMw))
            {
                if (mw > beforeMw + unit.RampUpMwPerS * 3600 + ToleranceMw) { Say(t, FormattableString.Invariant($"rises by {mw - beforeMw:G6} MW")); }
                if (mw < beforeMw - unit.RampDownMwPerS * 3600 - ToleranceMw) { Say(t, FormattableString.Invariant($"falls by {beforeMw - mw:G6} MW")); }
            }
            if (isOn && !wasOn && mw > unit.StartLimitMw + ToleranceMw) { Say(t, FormattableString.Invariant($"starts at {mw:G6} MW")); }
            if (!isOn && wasOn && beforeMw > unit.StopLimitMw + ToleranceMw) { Say(t, FormattableString.Invariant($"stops from {beforeMw:G6} MW")); }
            status = isOn ? Math.Max(0, status) + 1 : Math.Min(0, status) - 1;
            beforeMw = mw;
        }
    }

    private static void Hour(CommitmentProblem problem, CommittableUnit[] units, CommitmentSchedule schedule, int t, List<string> breaches)
    {
        double madeMw = 0, capacityMw = problem.Import?.LimitMw ?? 0, emitted = 0;
        Dictionary<string, double> fuelMw = [], blockMw = [];
        for (int i = 0; i < units.Length; i++)
        {
            if (!schedule.On(i, t)) { continue; }
            double mw = schedule.Mw(i, t);
            double fuel = units[i].NoLoadFuelMw + mw * (units[i].IncrementalFuelRatio + units[i].QuadraticFuelPerMw * mw);
            madeMw += mw;
            capacityMw += units[i].MaxMw;
            emitted += fuel * units[i].EmissionKgPerMwh;
            if (units[i].FuelLine.Length > 0) { fuelMw[units[i].FuelLine] = fuelMw.GetValueOrDefault(units[i].FuelLine) + fuel; }
            string block = units[i].Feeder.Length > 0 ? "feeder " + units[i].Feeder : FormattableString.Invariant($"unit {i}");
            blockMw[block] = blockMw.GetValueOrDefault(block) + units[i].MaxMw;
        }
        if (problem.Import is { LimitMw: > 0 } import)
        {
            blockMw["grid"] = import.LimitMw;
            if (schedule.ImportMw[t] < 0 || schedule.ImportMw[t] > import.LimitMw + ToleranceMw) { breaches.Add(FormattableString.Invariant($"hour {t}: import of {schedule.ImportMw[t]:G6} MW")); }
        }
        double apart = madeMw + schedule.ImportMw[t] + schedule.BatteryMw[t] + schedule.UnservedMw[t] - schedule.DumpedMw[t] - problem.LoadMw[t];
        if (Math.Abs(apart) > ToleranceMw * Math.Max(1, problem.LoadMw[t] / 1000)) { breaches.Add(FormattableString.Invariant($"hour {t}: supply and load are {apart:G6} MW apart")); }
        if (schedule.UnservedMw[t] < 0 || schedule.UnservedMw[t] > problem.LoadMw[t] + Math.Max(0, -schedule.BatteryMw[t]) + ToleranceMw) { breaches.Add(FormattableString.Invariant($"hour {t}: {schedule.UnservedMw[t]:G6} MW unserved")); }
        double over = problem.FuelLines.Sum(line => Math.Max(0, fuelMw.GetValueOrDefault(line.Name) - line.LimitMw));
        if (over > schedule.FuelOverMw[t] + 1e-5) { breaches.Add(FormattableString.Invariant($"hour {t}: fuel lines overdrawn by {over:G6} MW")); }
        if (Math.Abs(emitted - schedule.EmittedKg[t]) > 1e-6 * Math.Max(1, emitted)) { breaches.Add($"hour {t}: emissions are not those of the fuel"); }
        if (problem.Battery is { } battery)
        {
            double lastingMw = schedule.StoredMwh[t] * battery.OneWayEfficiencyFraction * 3600 / problem.Reserve.BatteryS;
            capacityMw += schedule.BatteryMw[t] + Math.Min(battery.RatedMw - schedule.BatteryMw[t], lastingMw);
        }
        double lostMw = blockMw.Values.OrderDescending().Take(problem.Reserve.LostBlocks).Sum();
        double needMw = problem.LoadMw[t] + problem.Reserve.LoadStepMw + Math.Max(problem.Reserve.LoadFraction * problem.LoadMw[t], lostMw);
        if (Math.Abs(needMw - schedule.NeedMw[t]) > ToleranceMw || Math.Abs(capacityMw - schedule.CapacityMw[t]) > ToleranceMw)
        {
            breaches.Add(FormattableString.Invariant($"hour {t}: reserve is reported as {schedule.CapacityMw[t]:G8} of {schedule.NeedMw[t]:G8} MW, and is {capacityMw:G8} of {needMw:G8} MW"));
        }
    }

    private static void Battery(CommitmentProblem problem, CommitmentBattery battery, double storedMwh, CommitmentSchedule schedule, List<string> breaches)
    {
        for (int t = 0; t < schedule.Hours; t++)
        {
            double mw = schedule.BatteryMw[t];
            storedMwh += mw < 0 ? -mw * battery.OneWayEfficiencyFraction : -mw / battery.OneWayEfficiencyFraction;
            if (Math.Abs(mw) > battery.RatedMw + ToleranceMw) { breaches.Add(FormattableString.Invariant($"hour {t}: battery at {mw:G6} MW")); }
            if (storedMwh < -ToleranceMw || storedMwh > battery.CapacityMwh + ToleranceMw || Math.Abs(storedMwh - schedule.StoredMwh[t]) > ToleranceMw * Math.Max(1, battery.CapacityMwh))
            {
                breaches.Add(FormattableString.Invariant($"hour {t}: battery holds {storedMwh:G8} MWh, reported {schedule.StoredMwh[t]:G8} MWh"));
            }
        }
        double wantedMwh = (battery.FinalFraction ?? battery.InitialFraction) * battery.CapacityMwh;
        if (problem.IsLast && storedMwh < wantedMwh - 1e-6 * Math.Max(1, battery.CapacityMwh)) { breaches.Add(FormattableString.Invariant($"battery ends with {storedMwh:G6} MWh, {wantedMwh:G6} MWh were asked")); }
    }

    private static int Hours(double lengthS) => Math.Max(1, (int)Math.Ceiling(lengthS / 3600 - 1e-9));
}
