namespace Gigawatt.Power.Commitment;

/// <summary>The fast rule: units in the order of what they cost at full output, each with the hours in which it is needed.</summary>
/// <remarks>
/// A unit is worth much in hours in which those before it leave capacity missing, and costs its no-load in the others; its own dynamic
/// programming turns that into hours that hold its times and look ahead over the window. Then every unit, dearest first, is asked
/// again whether the others can do without it. Source of the order: Wood and Wollenberg, ch. 4 (priority list); the plan of each
/// unit is ours. Not modelled here: that two units exchanged together might be cheaper.
/// </remarks>
internal sealed class MeritOrder
{
    private const double NeededUsd = 1e6;
    private const int MostRounds = 4;

    private readonly Fleet fleet;
    private readonly HourSupply supply;
    private readonly UnitPlan plan;
    private readonly int[] order;
    private readonly double[] averageUsd, need, price, capMw, minMw, onUsd;
    private readonly byte[] hoursOn, flags;

    public MeritOrder(Fleet fleet, HourSupply supply)
    {
        this.fleet = fleet;
        this.supply = supply;
        plan = new UnitPlan(fleet);
        averageUsd = [.. supply.Curve.Select(curve => curve.HourUsd(curve.MaxMw) / curve.MaxMw)];
        order = [.. Enumerable.Range(0, fleet.Count).OrderByDescending(i => fleet.Unit[i].MustRun)
            .ThenBy(i => averageUsd[i]).ThenBy(i => fleet.Start.InStatusHours[i] < 0).ThenBy(i => i)];
        (need, price, capMw) = (new double[fleet.Hours], new double[fleet.Hours], new double[fleet.Hours]);
        (minMw, onUsd) = (new double[fleet.Hours], new double[fleet.Hours]);
        (hoursOn, flags) = (new byte[fleet.Hours], new byte[fleet.Count]);
    }

    /// <summary>Plans all units beside a battery whose plan is given.</summary>
    /// <param name="on">Takes the plan.</param>
    /// <param name="batteryMw">What the battery gives.</param>
    /// <param name="batteryCapMw">What is counted of it.</param>
    /// <param name="askedShare">Share of the capacity that units are asked for; less than all when a cap forbids more.</param>
    public void Commit(byte[] on, double[] batteryMw, double[] batteryCapMw, double askedShare = 1)
    {
        int hours = fleet.Hours;
        for (int t = 0; t < hours; t++)
        {
            // Before anything runs, the blocks that may be lost are those of the units that the load alone would take.
            Array.Clear(flags);
            double sum = 0, last = 0;
            bool imports = false;
            foreach (int i in order)
            {
                // The grid stands in the same order by its price.
                if (!imports && fleet.ImportPrice[t] <= averageUsd[i]) { (imports, sum) = (true, sum + fleet.ImportMw); }
                if (sum >= fleet.Load[t]) { break; }
                if ((fleet.Rule[i * hours + t] & Fleet.MustBeOff) != 0) { continue; }
                flags[i] = 1;
                sum += supply.Curve[i].MaxMw;
                last = supply.Curve[i].MarginalUsdPerMwh(supply.Curve[i].MaxMw);
            }
            price[t] = last;
            double importMw = imports || sum < fleet.Load[t] ? fleet.ImportMw : 0;
            need[t] = Math.Max(supply.NeedMw(t, flags) - batteryCapMw[t] - fleet.ImportMw, fleet.Load[t] - Math.Max(0, batteryMw[t]) - importMw);
            if (askedShare < 1) { need[t] = askedShare * Math.Max(0, need[t]); }
        }
        Array.Clear(on);
        Array.Clear(capMw);
        Array.Clear(minMw);
        foreach (int i in order) { Replan(i, on, batteryMw); }
        for (int round = 0; round < MostRounds; round++)
        {
            for (int k = order.Length - 1; k >= 0; k--) { Replan(order[k], on, batteryMw); }
            bool isEnough = true;
            for (int t = 0; t < hours && askedShare == 1; t++)
            {
                double shortMw = supply.ReserveShortMw(t, on.AsSpan(t * fleet.Count, fleet.Count), batteryCapMw[t]);
                if (shortMw <= 1e-6) { continue; }
                need[t] += shortMw;
                isEnough = false;
            }
            if (isEnough) { break; }
            foreach (int i in order) { Replan(i, on, batteryMw); }
        }
    }

    private void Replan(int i, byte[] on, double[] batteryMw)
    {
        CostCurve curve = supply.Curve[i];
        double lowestUsd = curve.HourUsd(curve.MinMw);
        for (int t = 0; t < fleet.Hours; t++)
        {
            byte was = on[t * fleet.Count + i];
            capMw[t] -= was * curve.MaxMw;
            minMw[t] -= was * curve.MinMw;
            double missing = need[t] - capMw[t];
            onUsd[t] = lowestUsd - Math.Min(price[t] * curve.MinMw, lowestUsd * 0.999);
            if (missing > 1e-6) { onUsd[t] -= NeededUsd + Math.Min(missing, curve.MaxMw) * fleet.Problem.ReserveShortUsdPerMwh; }
            double surplus = minMw[t] + curve.MinMw - (fleet.Load[t] - batteryMw[t]);
            if (surplus > 0) { onUsd[t] += Math.Min(surplus, curve.MinMw) * fleet.Problem.DumpUsdPerMwh; }
        }
        plan.Solve(i, onUsd, hoursOn);
        for (int t = 0; t < fleet.Hours; t++)
        {
            on[t * fleet.Count + i] = hoursOn[t];
            capMw[t] += hoursOn[t] * curve.MaxMw;
            minMw[t] += hoursOn[t] * curve.MinMw;
        }
    }
}
