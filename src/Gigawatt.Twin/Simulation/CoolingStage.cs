using Gigawatt.Cooling;
using Gigawatt.Water;
using Gigawatt.Weather;

namespace Gigawatt.Simulation;

/// <summary>Takes the heat of racks and halls to the outdoor air, as asked.</summary>
public static class CoolingStage
{
    /// <summary>One step. A campus whose cooling is not modelled rejects all heat for nothing.</summary>
    public static CoolingStep Step(Site site, in LoadStep load, in AirState air, double stepS)
    {
        if (site.CoolingGroups.Length == 0)
        {
            double heatMw = load.LiquidHeatMw + load.AirHeatMw;
            return new CoolingStep(heatMw, heatMw, 0, 0, 0, 0, 0, 0, 0, 0, 0, heatMw, 1, 0, 0, 0, 1, false);
        }
        double waterM3PerS = site.Scenario.Water is { } water
            ? WaterSystem.AvailableM3PerS(water.System, site.Water, site.ReclaimedInService, site.Today.DayNumber, stepS)
            : 0;
        CoolingInput input = new(
            load.LiquidHeatMw, load.AirHeatMw, air.DryBulbC, air.WetBulbC, air.PressurePa, waterM3PerS,
            Math.Max(1.05, site.Water.CyclesRatio));
        CoolingStep step = CoolingPlant.Step(
            site.Scenario.Cooling.Plant, site.CoolingGroups, site.CoolingInstalled, site.CoolingInService, ref site.Cooling, input, stepS);
        if (step.OutsideCurve) { site.OutsideCurveS += stepS; }
        return step;
    }
}

/// <summary>Makes up what evaporates, drifts and is blown down, and serves other uses.</summary>
public static class WaterStage
{
    /// <summary>One step; nothing when the scenario has no water.</summary>
    public static WaterStep Step(Site site, in CoolingStep cooling, double startS, double stepS)
    {
        if (site.Scenario.Water is not { } water) { return default; }
        WaterStep step = WaterSystem.Step(
            water.System, ref site.Water, cooling.MakeUpM3PerS, site.ReclaimedInService, site.Today.DayNumber, stepS);
        if (step.CityCapReached && !site.CityCapTold)
        {
            site.CityCapTold = true;
            site.Tell(startS, EventKind.WaterCapReached, "city water", site.Water.CityTodayM3);
        }
        return step;
    }
}
