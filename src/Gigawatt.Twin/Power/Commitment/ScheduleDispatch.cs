namespace Gigawatt.Power.Commitment;

/// <summary>Fills a plan of hours with outputs, hour after hour, within ramps, and writes down what it costs.</summary>
/// <remarks>
/// Backwards, each unit gets the highest output from which it can still come down to a stop that is planned; forwards, each hour is
/// dispatched between what ramps allow from the hour before. Exact where ramps do not bind; where they do, an hour does not prepare the next.
/// </remarks>
internal static class ScheduleDispatch
{
    public static CommitmentSchedule Run(Fleet fleet, HourSupply supply, byte[] on, double[] batteryMw, double[] storedMwh, double[] capMw)
    {
        int count = fleet.Count, hours = fleet.Hours;
        CommitmentSchedule made = new(hours, count, fleet.RungPrice.Length);
        double[] highest = Envelope(fleet, on);
        CostCurve[] bounded = [.. supply.Curve];
        HourDispatch dispatch = new(fleet);
        int[] status = [.. fleet.Start.InStatusHours];
        double[] before = [.. fleet.Start.OutputMw];
        double emitted = 0;
        for (int t = 0; t < hours; t++)
        {
            ReadOnlySpan<byte> flags = on.AsSpan(t * count, count);
            for (int i = 0; i < count && fleet.HasRamps; i++)
            {
                if (flags[i] == 0) { continue; }
                CostCurve curve = supply.Curve[i];
                double high = highest[t * count + i], low = curve.MinMw;
                if (status[i] < 0) { high = Math.Min(high, fleet.StartMax[i]); }
                else if (!double.IsNaN(before[i]))
                {
                    high = Math.Min(high, before[i] + fleet.RampUp[i]);
                    low = Math.Max(low, before[i] - fleet.RampDown[i]);
                }
                bounded[i].MinMw = Math.Min(low, curve.MaxMw);
                bounded[i].MaxMw = Math.Max(high, bounded[i].MinMw);
            }
            double batteryNowMw = fleet.Battery is null ? 0 : batteryMw[t];
            DispatchedHour hour = dispatch.Solve(t, flags, bounded, batteryNowMw);
            double hourUsd = Units(fleet, made, dispatch, flags, status, before, t, ref emitted);
            double importUsd = dispatch.ImportMw * fleet.ImportPrice[t];
            double unserved = hour.ShortMw, penalty = hour.SurplusMw * fleet.Problem.DumpUsdPerMwh + (hour.ShortMw + dispatch.FuelOverMw) * fleet.Problem.ShedUsdPerMwh;
            for (int r = 0; r < fleet.RungPrice.Length; r++)
            {
                made.Rungs[r][t] = dispatch.Rungs[r];
                unserved += dispatch.Rungs[r];
                penalty += dispatch.Rungs[r] * fleet.RungPrice[r];
            }
            made.NeedMw[t] = supply.NeedMw(t, flags) - supply.Extra[t];
            made.CapacityMw[t] = fleet.ImportMw + (fleet.Battery is null ? 0 : capMw[t]);
            for (int i = 0; i < count; i++) { made.CapacityMw[t] += flags[i] * fleet.Curve[i].MaxMw; }
            if (made.NeedMw[t] - made.CapacityMw[t] is > 1e-6 and var shortMw) { penalty += shortMw * fleet.Problem.ReserveShortUsdPerMwh; }
            (made.ImportMw[t], made.BatteryMw[t], made.StoredMwh[t]) = (dispatch.ImportMw, batteryNowMw, fleet.Battery is null ? 0 : storedMwh[t]);
            (made.UnservedMw[t], made.DumpedMw[t], made.FuelOverMw[t]) = (unserved, hour.SurplusMw, dispatch.FuelOverMw);
            made.PriceUsdPerMwh[t] = hour.PriceUsdPerMwh;
            made.HourUsd[t] = hourUsd + importUsd + penalty;
            made.ImportUsd += importUsd;
            made.PenaltyUsd += penalty;
        }
        made.End = new CommitmentState
        {
            Hour = fleet.Start.Hour + hours,
            InStatusHours = status,
            OutputMw = before,
            StoredMwh = fleet.Battery is null ? 0 : storedMwh[hours - 1],
            EmittedKg = fleet.Start.EmittedKg + emitted,
        };
        return made;
    }

    private static double Units(
        Fleet fleet, CommitmentSchedule made, HourDispatch dispatch, ReadOnlySpan<byte> flags, int[] status, double[] before, int t, ref double emitted)
    {
        double hourUsd = 0;
        for (int i = 0; i < fleet.Count; i++)
        {
            int at = t * fleet.Count + i;
            double cost = 0;
            if (flags[i] == 1)
            {
                double outputMw = dispatch.UnitMw[i];
                made.IsOn[at] = true;
                made.OutputMw[at] = outputMw;
                double runningUsd = fleet.Curve[i].HourUsd(outputMw);
                made.RunningUsd += runningUsd;
                made.EmittedKg[t] += fleet.Emission[i] * fleet.FuelMw(i, outputMw);
                cost = runningUsd;
                if (status[i] < 0)
                {
                    double startUsd = fleet.StartUsdAfter(i, -status[i]);
                    made.StartUsd += startUsd;
                    made.Starts[i]++;
                    cost += startUsd;
                }
                status[i] = Math.Max(0, status[i]) + 1;
                before[i] = outputMw;
            }
            else
            {
                status[i] = Math.Min(0, status[i]) - 1;
                before[i] = 0;
            }
            made.UnitUsd[i] += cost;
            hourUsd += cost;
        }
        emitted += made.EmittedKg[t];
        return hourUsd;
    }

    private static double[] Envelope(Fleet fleet, byte[] on)
    {
        int count = fleet.Count;
        double[] highest = new double[count * fleet.Hours];
        if (!fleet.HasRamps) { return highest; }
        for (int i = 0; i < count; i++)
        {
            double maxMw = fleet.Curve[i].MaxMw;
            double after = Beyond(fleet, i);
            for (int t = fleet.Hours - 1; t >= 0; t--)
            {
                if (on[t * count + i] == 0)
                {
                    after = fleet.StopMax[i] - fleet.RampDown[i];
                    continue;
                }
                after = Math.Min(maxMw, double.IsInfinity(fleet.RampDown[i]) && !double.IsInfinity(after) ? maxMw : after + fleet.RampDown[i]);
                bool stopsNext = t + 1 < fleet.Hours ? on[(t + 1) * count + i] == 0 : Fleet.IsInMaintenance(fleet.Unit[i], fleet.Start.Hour + fleet.Hours);
                if (stopsNext) { after = Math.Min(maxMw, fleet.StopMax[i]); }
                highest[t * count + i] = after;
            }
        }
        return highest;
    }

    // Maintenance behind the end of this window must find the unit low enough to stop.
    private static double Beyond(Fleet fleet, int i)
    {
        double rampMw = fleet.RampDown[i], maxMw = fleet.Curve[i].MaxMw;
        if (fleet.Unit[i].Maintenance.Count == 0 || double.IsInfinity(rampMw) && fleet.StopMax[i] >= maxMw) { return double.PositiveInfinity; }
        int end = fleet.Start.Hour + fleet.Hours;
        for (int ahead = 0; ahead < 1000; ahead++)
        {
            if (Fleet.IsInMaintenance(fleet.Unit[i], end + ahead)) { return ahead == 0 ? fleet.StopMax[i] - Math.Min(rampMw, maxMw) : fleet.StopMax[i] + (ahead - 1) * Math.Min(rampMw, maxMw); }
            if (fleet.StopMax[i] + ahead * rampMw >= maxMw) { break; }
        }
        return double.PositiveInfinity;
    }
}
