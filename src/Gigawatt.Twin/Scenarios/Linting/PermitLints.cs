using Gigawatt.Buildout;
using Gigawatt.Numerics;

namespace Gigawatt.Scenarios.Linting;

/// <summary>Permits that end.</summary>
internal static class PermitLints
{
    public static void Check(SitePlan plan, LintList lints)
    {
        Scenario scenario = plan.Scenario;
        for (int i = 0; i < scenario.Buildout.Permits.Count; i++)
        {
            PermitSpec permit = scenario.Buildout.Permits[i];
            if (permit.Temporary && permit.Expires is null)
            {
                lints.Add(
                    LintRules.PermitWithoutEnd, $"buildout.permits[{i}]",
                    $"'{permit.Name}' is temporary, issued on {Figures.Day(permit.Issued)}, and has no 'expires'");
            }
            if (permit.Expires is { } last && last >= scenario.Start && last < scenario.End)
            {
                CheckEnd(plan, permit, last, $"buildout.permits[{i}].expires", lints);
            }
        }
    }

    private static void CheckEnd(SitePlan plan, PermitSpec permit, DateOnly last, string path, LintList lints)
    {
        IReadOnlyList<GeneratorGroupSpec> groups = plan.Scenario.Power.GasTurbines;
        int[] before = plan.AllowedUnits(last);
        int[] after = plan.AllowedUnits(last.AddDays(1));
        List<string> stopped = [];
        double lostMw = 0, siteMw = 0;
        for (int i = 0; i < groups.Count; i++)
        {
            siteMw += before[i] * groups[i].Unit.RatedMw;
            if (!groups[i].Permits.Contains(permit.Name)) { continue; }
            // Units that the plan itself takes away on that day are not the permit's loss.
            int stay = Math.Min(before[i], plan.UnitsOn(groups[i].Online, groups[i].Count, last.AddDays(1)));
            int lost = Math.Max(0, stay - after[i]);
            if (lost == 0) { continue; }
            lostMw += lost * groups[i].Unit.RatedMw;
            stopped.Add($"{groups[i].Name} ({lost} unit{(lost > 1 ? "s" : "")}, {Figures.Power(lost * groups[i].Unit.RatedMw)})");
        }
        if (stopped.Count == 0) { return; }
        lints.Add(
            LintRules.PermitEnds, path,
            $"'{permit.Name}' ends on {Figures.Day(last)}, and {Figures.Power(lostMw)} of the {Figures.Power(siteMw)} that may run then depend on it alone: "
            + $"{string.Join(", ", stopped)} stop on {Figures.Day(last.AddDays(1))}");
    }
}
