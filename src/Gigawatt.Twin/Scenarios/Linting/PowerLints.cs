using Gigawatt.Numerics;
using Gigawatt.Power;

namespace Gigawatt.Scenarios.Linting;

/// <summary>Generation and batteries too small for the rules they are under.</summary>
internal static class PowerLints
{
    public static void Check(SitePlan plan, LintList lints)
    {
        PowerSection power = plan.Scenario.Power;
        if (power.GasTurbines.Count == 0) { return; }
        DateOnly day = plan.Scenario.End;
        int[] units = plan.AllowedUnits(day);
        double allMw = 0, largestMw = 0;
        string largest = "";
        for (int i = 0; i < units.Length; i++)
        {
            double unitMw = plan.DesignUnitMw(power.GasTurbines[i]);
            allMw += units[i] * unitMw;
            if (units[i] > 0 && unitMw > largestMw) { (largestMw, largest) = (unitMw, power.GasTurbines[i].Name); }
        }
        if (largestMw == 0) { return; }
        CheckSpare(plan, day, allMw, largestMw, largest, lints);
        CheckBridge(plan, day, units, largestMw, lints);
        CheckLines(plan, day, units, lints);
        CheckCompliance(plan, day, units, allMw, largestMw, lints);
    }

    private static void CheckSpare(SitePlan plan, DateOnly day, double allMw, double largestMw, string largest, LintList lints)
    {
        int spare = plan.Scenario.Power.Dispatch.ReserveUnits;
        if (spare == 0) { return; }
        double loadMw = PlannedMw(plan, day);
        double gridMw = plan.GridOn(day);
        double leftMw = allMw + gridMw - spare * largestMw;
        if (leftMw >= loadMw) { return; }
        string grid = gridMw > 0 ? $" and {Figures.Power(gridMw)} of grid" : "";
        lints.Add(
            LintRules.NoSpareGeneration, "power.gas_turbines",
            $"on {Figures.Day(day)} units that may run give {Figures.Power(allMw)} in design weather{grid}; without {spare} of '{largest}' "
            + $"({Figures.Power(largestMw)} each) {Figures.Power(leftMw)} are left for racks and house of {Figures.Power(loadMw)}, "
            + $"{Figures.Power(loadMw - leftMw)} short before cooling and losses");
    }

    private static void CheckBridge(SitePlan plan, DateOnly day, int[] units, double largestMw, LintList lints)
    {
        PowerSection power = plan.Scenario.Power;
        double startS = 0;
        string slowest = "";
        for (int i = 0; i < units.Length; i++)
        {
            if (units[i] > 0 && power.GasTurbines[i].Unit.StartS > startS) { (startS, slowest) = (power.GasTurbines[i].Unit.StartS, power.GasTurbines[i].Name); }
        }
        if (!power.Dispatch.BatteriesCountAsReserve || power.Dispatch.ReserveUnits == 0 || power.Batteries.Count == 0 || startS == 0) { return; }
        if (power.Dispatch.BridgeS < startS)
        {
            lints.Add(
                LintRules.BridgeTooShort, "power.dispatch.bridge",
                $"batteries are held for {Figures.Duration(power.Dispatch.BridgeS)}, but '{slowest}' takes {Figures.Duration(startS)} to start");
        }
        double lostMw = power.Dispatch.ReserveUnits * largestMw;
        double outputMw = 0, energyMwh = 0;
        foreach (BatteryGroupSpec group in power.Batteries)
        {
            int blocks = plan.UnitsOn(group.Online, group.Count, day);
            BatterySpec block = group.Block;
            outputMw += blocks * block.RatedMw;
            energyMwh += blocks * block.CapacityMwh * Battery.DischargeEfficiency(block)
                * Math.Max(0, block.TargetChargeFraction - BatteryRoles.KeptFromReserveFraction(block));
        }
        double neededMwh = lostMw * startS / 3600;
        if (outputMw >= lostMw && energyMwh >= neededMwh) { return; }
        string held = power.Batteries.Any(one => BatteryRoles.KeptFromReserveFraction(one.Block) > one.Block.ReserveChargeFraction) ? ", less what other roles hold" : "";
        lints.Add(
            LintRules.BatteryCannotBridge, "power.batteries",
            $"the loss of {Figures.Power(lostMw)} for the {Figures.Duration(startS)} of a start takes {Figures.Number(neededMwh)} MWh; "
            + $"batteries give {Figures.Power(outputMw)} and {Figures.Number(energyMwh)} MWh between target and reserve charge{held}");
    }

    // What must come over lines, and what the circuits of each let through.
    private static void CheckLines(SitePlan plan, DateOnly day, int[] units, LintList lints)
    {
        PowerSection power = plan.Scenario.Power;
        if (power.Lines.Count == 0 || plan.Scenario.Site.Parcels.Count == 0) { return; }
        string halls = plan.Scenario.Site.Parcels[0].Name;
        double neededMw = PlannedMw(plan, day) - plan.GridOn(day), behindMw = 0, throughMw = 0;
        List<string> full = [];
        for (int i = 0; i < units.Length; i++)
        {
            string at = power.GasTurbines[i].At ?? halls;
            if (at == halls || power.Lines.All(line => line.From != at)) { neededMw -= units[i] * plan.DesignUnitMw(power.GasTurbines[i]); }
        }
        foreach (IGrouping<string, LineGroupSpec> lines in power.Lines.GroupBy(line => line.From))
        {
            double parcelMw = 0;
            for (int i = 0; i < units.Length; i++) { parcelMw += power.GasTurbines[i].At == lines.Key ? units[i] * plan.DesignUnitMw(power.GasTurbines[i]) : 0; }
            double ratedMw = lines.Sum(line => plan.UnitsOn(line.Online, line.Count, day) * line.Line.RatedMw);
            behindMw += parcelMw;
            throughMw += Math.Min(parcelMw, ratedMw);
            if (parcelMw > ratedMw) { full.Add($"'{lines.First().Name}' ({Figures.Power(ratedMw)} for {Figures.Power(parcelMw)} behind it)"); }
        }
        double carriedMw = Math.Min(neededMw, behindMw);
        if (full.Count == 0 || carriedMw <= throughMw) { return; }
        lints.Add(
            LintRules.LineOverloaded, "power.lines",
            $"on {Figures.Day(day)} racks and house need {Figures.Power(carriedMw)} over lines in design weather, which let {Figures.Power(throughMw)} through: "
            + $"a loading of {Figures.Number(100 * carriedMw / throughMw)} %; full: {string.Join(", ", full)}");
    }

    // Units share the load alike; enough of them run for load and reserve.
    private static void CheckCompliance(SitePlan plan, DateOnly day, int[] units, double allMw, double largestMw, LintList lints)
    {
        PowerSection power = plan.Scenario.Power;
        double loadMw = PlannedMw(plan, day) - plan.GridOn(day);
        double reserveMw = power.Dispatch.ReserveUnits * largestMw;
        if (power.Dispatch.BatteriesCountAsReserve)
        {
            foreach (BatteryGroupSpec group in power.Batteries)
            {
                BatterySpec block = group.Block;
                double heldMwh = block.CapacityMwh * Math.Max(0, block.TargetChargeFraction - BatteryRoles.KeptFromReserveFraction(block));
                reserveMw -= plan.UnitsOn(group.Online, group.Count, day) * Math.Min(block.RatedMw, heldMwh * 3600 / power.Dispatch.BridgeS);
            }
        }
        double committedMw = Math.Min(allMw, loadMw + reserveMw);
        if (loadMw <= 0 || reserveMw <= 0 || committedMw <= loadMw) { return; }
        double share = loadMw / committedMw;
        for (int i = 0; i < units.Length; i++)
        {
            GasTurbineSpec unit = power.GasTurbines[i].Unit;
            double designShare = Math.Min(1, plan.DesignUnitMw(power.GasTurbines[i]) / unit.RatedMw);
            if (units[i] == 0 || share * designShare >= unit.Emissions.CompliantFraction) { continue; }
            lints.Add(
                LintRules.BelowCompliance, "power.dispatch.reserve_units",
                $"on {Figures.Day(day)} {Figures.Power(committedMw)} of units run for a load of {Figures.Power(loadMw)} and the loss of {power.Dispatch.ReserveUnits}; "
                + $"'{power.GasTurbines[i].Name}' then runs at {Figures.Number(100 * share * designShare)} % of its rating, below the "
                + $"{Figures.Number(100 * unit.Emissions.CompliantFraction)} % of its guarantee");
            return;
        }
    }

    // Racks that cannot be cooled do not draw power.
    private static double PlannedMw(SitePlan plan, DateOnly day)
    {
        (double itMw, double heatMw) = plan.LoadOn(day);
        var cooling = plan.CoolingOn(day);
        double cooledMw = cooling.Sum(c => plan.DesignDayMw(c, c.Units));
        double liveMw = cooling.Count > 0 && heatMw > 0 ? itMw * Math.Min(1, cooledMw / heatMw) : itMw;
        return liveMw + plan.Scenario.Compute.HouseLoadMw;
    }
}
