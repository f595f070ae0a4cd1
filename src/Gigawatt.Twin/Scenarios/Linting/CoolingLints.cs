using Gigawatt.Numerics;

namespace Gigawatt.Scenarios.Linting;

/// <summary>Cooling that looks larger than it is on the day that counts.</summary>
internal static class CoolingLints
{
    private const double YearS = 365.25 * 86400;
    private const double ClearlyLess = 0.98;

    public static void Check(SitePlan plan, LintList lints)
    {
        Scenario scenario = plan.Scenario;
        IReadOnlyList<PlannedCooling> groups = plan.CoolingOn(scenario.End);
        double ratedMw = 0, designMw = 0, failuresPerYear = 0, largestMw = 0;
        int units = 0;
        foreach (PlannedCooling group in groups)
        {
            double groupRatedMw = group.Units * group.Group.RatedMw;
            double groupDesignMw = plan.DesignDayMw(group, group.Units);
            ratedMw += groupRatedMw;
            designMw += groupDesignMw;
            units += group.Units;
            failuresPerYear += group.Units * YearS / group.Group.MeanTimeToFailureS;
            if (group.Units > 0) { largestMw = Math.Max(largestMw, groupDesignMw / group.Units); }
            if (group.Units > 0 && groupDesignMw < ClearlyLess * groupRatedMw) { ReportDerating(plan, group, groupRatedMw, groupDesignMw, lints); }
        }
        double heatMw = plan.LoadOn(scenario.End).HeatMw;
        // Only a plant that just suffices is without a spare; one that falls short binds, and the run says so.
        if (units == 0 || heatMw <= 0 || designMw < heatMw || designMw - largestMw >= heatMw) { return; }
        lints.Add(
            LintRules.NoSpareCooling, groups[0].Path,
            $"on {Figures.Day(scenario.End)} {Figures.Number(units)} units reject {Figures.Power(designMw)} on the design day for {Figures.Power(heatMw)} of heat, "
            + $"{Figures.Power(designMw - heatMw)} to spare with units of up to {Figures.Power(largestMw)}; "
            + $"about {Figures.Number(failuresPerYear, 2)} failures a year are expected among them");
    }

    private static void ReportDerating(SitePlan plan, PlannedCooling group, double ratedMw, double designMw, LintList lints)
    {
        SiteSection site = plan.Scenario.Site;
        double recirculationK = plan.Scenario.Cooling.Plant.RecirculationK;
        lints.Add(
            LintRules.RatedInMildWeather, group.Path,
            $"{group.Units} {group.Kind} '{group.Name}' are rated at {Figures.Power(ratedMw)} with {group.RatedAt}; on the design day "
            + $"({Figures.Number(site.DesignDryBulbC)} °C{(recirculationK > 0 ? $" and {Figures.Number(recirculationK)} K of recirculation" : "")}, "
            + $"{Figures.Number(site.DesignWetBulbC)} °C wet-bulb, water at {Figures.Number(plan.Scenario.Cooling.Plant.SupplyC)} °C) "
            + $"they reject {Figures.Power(designMw)}, {Figures.Power(ratedMw - designMw)} less");
    }
}
