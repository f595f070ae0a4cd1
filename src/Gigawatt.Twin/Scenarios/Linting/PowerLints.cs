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
    }

    private static void CheckSpare(SitePlan plan, DateOnly day, double allMw, double largestMw, string largest, LintList lints)
    {
        int spare = plan.Scenario.Power.Dispatch.ReserveUnits;
        if (spare == 0) { return; }
        (double itMw, double heatMw) = plan.LoadOn(day);
        var cooling = plan.CoolingOn(day);
        // Racks that cannot be cooled do not draw power.
        double cooledMw = cooling.Sum(c => plan.DesignDayMw(c, c.Units));
        double liveMw = cooling.Count > 0 && heatMw > 0 ? itMw * Math.Min(1, cooledMw / heatMw) : itMw;
        double loadMw = liveMw + plan.Scenario.Compute.HouseLoadMw;
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
            energyMwh += blocks * block.CapacityMwh * Math.Max(0, block.TargetChargeFraction - block.ReserveChargeFraction) * block.OneWayEfficiencyFraction;
        }
        double neededMwh = lostMw * startS / 3600;
        if (outputMw >= lostMw && energyMwh >= neededMwh) { return; }
        lints.Add(
            LintRules.BatteryCannotBridge, "power.batteries",
            $"the loss of {Figures.Power(lostMw)} for the {Figures.Duration(startS)} of a start takes {Figures.Number(neededMwh)} MWh; "
            + $"batteries give {Figures.Power(outputMw)} and {Figures.Number(energyMwh)} MWh between target and reserve charge");
    }
}
