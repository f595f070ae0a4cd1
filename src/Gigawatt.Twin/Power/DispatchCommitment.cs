namespace Gigawatt.Power;

/// <summary>Decides which units are on the bus.</summary>
/// <remarks>
/// Units count with what can reach the bus through line and gas line of their parcel. Reserve is the largest block that may be lost
/// or taken: so many of the largest units, a line, a step of load; grid headroom and charged batteries stand in for it. Units
/// start in the order of their cost with a start counted, and stop from the dear end of the merit order. With a plan, units that it wants are
/// started in time and kept, the grid counts for load as well, and others stop as soon as they are not needed.
/// </remarks>
internal static class DispatchCommitment
{
    // Step-up and line losses are a percent or two: counted here as a flat allowance, exactly in the balance.
    public const double LossAllowance = 1.02;

    /// <summary>Starts and stops units; returns how many starts were ordered.</summary>
    public static int Commit(PowerPlant plant, in DispatchInput input, double needMw, double batteryReserveMw, double gridBaseMw)
    {
        ReadOnlySpan<GeneratorGroup> generators = plant.Generators;
        double nowS = input.NowS;
        double headroomMw = plant.GridLimitMw - gridBaseMw;
        double batteriesMw = plant.Dispatch.BatteriesCountAsReserve ? batteryReserveMw : 0;
        HourlyPlan? plan = plant.Plan is { } made && made.Covers(nowS) ? made : null;
        int starts = 0;
        Array.Clear(plant.SiteCommittedMw);
        for (int i = 0; i < generators.Length; i++)
        {
            GeneratorGroup group = generators[i];
            group.BringUp(nowS);
            plant.Conditions[i] = GasTurbine.Conditions(group.Spec, input.DryBulbC, input.WetBulbC, input.PressurePa, group.AgedS);
            plant.UnitMw[i] = plant.Conditions[i].AvailableMw;
            if (plan is not null)
            {
                int wanted = plan.Wanted(i, nowS, group.NextStartS(nowS));
                while (group.Running + group.Starting < wanted && group.Start(nowS)) { starts++; }
            }
            plant.SiteCommittedMw[group.Site] += (group.Running + group.Starting) * plant.UnitMw[i];
        }
        double committedMw = 0;
        for (int s = 0; s < plant.Sites.Length; s++)
        {
            plant.SiteCapMw[s] = Math.Min(plant.Sites[s].LimitMw, DispatchFuel.SteadyCapMw(plant, s));
            committedMw += Deliverable(plant, s, plant.SiteCommittedMw[s]);
        }
        double loadMw = Math.Max(0, needMw) * LossAllowance;
        double fullMw = Math.Max(0, needMw + gridBaseMw) * LossAllowance;
        double blockMw = Math.Max(UnitsBlockMw(plant), input.LoadStepMw);
        double coveredMw = headroomMw + batteriesMw;
        if (plan is not null)
        {
            coveredMw = batteriesMw + Math.Max(0, headroomMw - loadMw);
            loadMw = Math.Max(0, loadMw - headroomMw);
        }
        double unitsWantMw = loadMw + Math.Max(0, blockMw - coveredMw);
        if (plant.Dispatch.CoversGridLoss) { unitsWantMw = Math.Max(unitsWantMw, fullMw - batteriesMw); }
        for (int order = 0; order < generators.Length;)
        {
            int i = plant.StartOrder is { } listed ? listed[order] : order;
            double lineMw = WorstLineMw(plant, out int worst);
            double lackMw = Math.Max(unitsWantMw, loadMw + Math.Max(0, lineMw - coveredMw)) - committedMw;
            if (lackMw <= 0) { break; }
            int site = generators[i].Site;
            double gainMw = Deliverable(plant, site, plant.SiteCommittedMw[site] + plant.UnitMw[i]) - Deliverable(plant, site, plant.SiteCommittedMw[site]);
            // A unit behind the line whose loss is feared makes the loss as much larger as the supply.
            bool helps = gainMw > 1e-9 && (committedMw < unitsWantMw || site != worst);
            bool isWorth = committedMw < loadMw || lackMw > plant.Dispatch.StartLackFraction * plant.UnitMw[i];
            if (!helps || !isWorth || !generators[i].Start(nowS))
            {
                order++;
                continue;
            }
            plant.SiteCommittedMw[site] += plant.UnitMw[i];
            committedMw += gainMw;
            starts++;
        }
        double wantedMw = Math.Max(unitsWantMw, loadMw + Math.Max(0, WorstLineMw(plant, out _) - coveredMw));
        plant.HighestWantedMw = Math.Max(plant.HighestWantedMw, wantedMw);
        double keepMw = plan is null ? wantedMw * (1 + plant.Dispatch.StopMarginFraction) : wantedMw;
        for (int i = generators.Length - 1; i >= 0; i--)
        {
            int site = generators[i].Site;
            int planned = plan?.Wanted(i, nowS, generators[i].Spec.StartS) ?? 0;
            while (generators[i].Running > 0 && generators[i].Running + generators[i].Starting > planned)
            {
                double lessMw = Deliverable(plant, site, plant.SiteCommittedMw[site]) - Deliverable(plant, site, plant.SiteCommittedMw[site] - plant.UnitMw[i]);
                if (committedMw - lessMw <= keepMw || !generators[i].Stop(nowS)) { break; }
                plant.SiteCommittedMw[site] -= plant.UnitMw[i];
                committedMw -= lessMw;
            }
        }
        return starts;
    }

    /// <summary>Supply of the largest units on the bus or starting, as many as reserve counts; where fewer are on, the rest are as large as the largest.</summary>
    public static double UnitsBlockMw(PowerPlant plant)
    {
        double sumMw = 0, largestMw = 0, lastMw = double.MaxValue;
        int left = plant.Dispatch.ReserveUnits;
        while (left > 0)
        {
            double nextMw = 0;
            int count = 0;
            for (int i = 0; i < plant.Generators.Length; i++)
            {
                int on = plant.Generators[i].Running + plant.Generators[i].Starting;
                if (on == 0 || plant.UnitMw[i] >= lastMw || plant.UnitMw[i] < nextMw) { continue; }
                count = plant.UnitMw[i] > nextMw ? on : count + on;
                nextMw = plant.UnitMw[i];
            }
            if (count == 0) { return sumMw + left * largestMw; }
            largestMw = Math.Max(largestMw, nextMw);
            int taken = Math.Min(left, count);
            sumMw += taken * nextMw;
            left -= taken;
            lastMw = nextMw;
        }
        return sumMw;
    }

    /// <summary>Supply that is gone when a line is lost, with so much committed behind it.</summary>
    public static double LineBlockMw(PowerPlant plant, int site, double committedMw)
    {
        if (plant.Dispatch.LineReserve == LineReserve.None || plant.Sites[site].Line is not { } line || plant.Sites[site].Circuits == 0) { return 0; }
        double carriedMw = Math.Min(committedMw, plant.Sites[site].LimitMw);
        return plant.Dispatch.LineReserve == LineReserve.Parcel ? carriedMw
            : Math.Max(0, carriedMw - (plant.Sites[site].Circuits - 1) * line.RatedMw);
    }

    /// <summary>Supply that is gone when the worst line is lost, and its parcel.</summary>
    public static double WorstLineMw(PowerPlant plant, out int worst)
    {
        worst = -1;
        double worstMw = 0;
        for (int s = 0; s < plant.Sites.Length; s++)
        {
            double blockMw = LineBlockMw(plant, s, Math.Min(plant.SiteCommittedMw[s], plant.SiteCapMw[s]));
            if (blockMw > worstMw) { (worst, worstMw) = (s, blockMw); }
        }
        return worstMw;
    }

    private static double Deliverable(PowerPlant plant, int site, double committedMw) => Math.Min(committedMw, plant.SiteCapMw[site]);
}
