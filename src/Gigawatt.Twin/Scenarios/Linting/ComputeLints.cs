using Gigawatt.Numerics;

namespace Gigawatt.Scenarios.Linting;

/// <summary>Racks taken for GPUs, GPUs for racks, and deliveries nobody announced.</summary>
internal static class ComputeLints
{
    private const double TooManyTimes = 3;

    public static void Check(SitePlan plan, LintList lints)
    {
        IReadOnlyList<RackGroupSpec> groups = plan.Scenario.Compute.Racks;
        double coolingMw = plan.CoolingOn(plan.Scenario.End).Sum(c => c.Units * c.Group.RatedMw);
        for (int i = 0; i < groups.Count; i++)
        {
            double othersMw = groups.Where((_, k) => k != i).Sum(g => g.RackCount * SitePlan.FullRackMw(g));
            CheckCount(groups[i], i, plan.SupplyMw, Math.Max(Math.Max(plan.SupplyMw, coolingMw), othersMw), groups.Count == 1, lints);
            double eachMw = SitePlan.FullRackMw(groups[i]) / SitePlan.GpusPerRack(groups[i]);
            if (ClaimLints.IsOdd(eachMw))
            {
                lints.Add(
                    LintRules.PowerPerGpu, $"compute.racks[{i}]",
                    $"a rack of '{groups[i].Name}' draws {Figures.Power(SitePlan.FullRackMw(groups[i]))} for "
                    + $"{SitePlan.GpusPerRack(groups[i])} GPUs, {Figures.Power(eachMw)} for each");
            }
        }
        CheckAssumed(plan, lints);
    }

    private static void CheckCount(RackGroupSpec group, int index, double supplyMw, double elseMw, bool alone, LintList lints)
    {
        double rackMw = SitePlan.FullRackMw(group);
        int gpusPerRack = SitePlan.GpusPerRack(group);
        double groupMw = group.RackCount * rackMw;
        if (group.Count is { } count && gpusPerRack > 1 && elseMw > 0 && groupMw > TooManyTimes * elseMw)
        {
            int racks = (count + gpusPerRack - 1) / gpusPerRack;
            lints.Add(
                LintRules.RacksAreGpus, $"compute.racks[{index}].count",
                $"{Figures.Number(count)} racks of {Figures.Power(rackMw)} are {Figures.Power(groupMw)}, {Figures.Number(groupMw / elseMw)} times "
                + $"what else the scenario has ({Figures.Power(elseMw)}); {Figures.Number(count)} GPUs would be {Figures.Number(racks)} racks, "
                + Figures.Power(racks * rackMw));
        }
        if (group.Gpus is not { } gpus || gpusPerRack == 1) { return; }
        double asRacksMw = gpus * rackMw;
        bool fitsAsRacks = alone && groupMw < 0.1 * supplyMw && asRacksMw > 0.3 * supplyMw && asRacksMw < 1.5 * supplyMw;
        if (gpus < gpusPerRack || fitsAsRacks)
        {
            lints.Add(
                LintRules.GpusAreRacks, $"compute.racks[{index}].gpus",
                $"{Figures.Number(gpus)} GPUs are {Figures.Number(group.RackCount)} rack{(group.RackCount > 1 ? "s" : "")} of {gpusPerRack}, "
                + $"{Figures.Power(groupMw)}; {Figures.Number(gpus)} racks would be {Figures.Power(asRacksMw)}");
        }
    }

    // Share of the final racks whose delivery is graded an assumption.
    private static void CheckAssumed(SitePlan plan, LintList lints)
    {
        if (lints.Facts.Count == 0) { return; }
        double allMw = 0, assumedMw = 0;
        IReadOnlyList<RackGroupSpec> groups = plan.Scenario.Compute.Racks;
        for (int i = 0; i < groups.Count; i++)
        {
            RackGroupSpec group = groups[i];
            string path = $"compute.racks[{i}]";
            int final = plan.RacksOn(group, plan.Scenario.End);
            allMw += final * SitePlan.FullRackMw(group);
            assumedMw += AssumedRacks(plan, group, path, final, lints) * SitePlan.FullRackMw(group);
        }
        if (allMw > 0 && assumedMw > 0.5 * allMw)
        {
            lints.Add(
                LintRules.AssumedDeliveries, "compute.racks",
                $"deliveries of {Figures.Power(assumedMw)} of the final {Figures.Power(allMw)} of racks ({Figures.Percent(assumedMw / allMw)}) are assumptions (grade E)");
        }
    }

    private static int AssumedRacks(SitePlan plan, RackGroupSpec group, string path, int final, LintList lints)
    {
        if (group.Delivered is not { Levels: { Count: > 0 } levels })
        {
            bool? assumed = (group.Delivered is null ? null : lints.IsAssumed($"{path}.delivered"))
                ?? lints.IsAssumed($"{path}.count") ?? lints.IsAssumed($"{path}.gpus");
            return assumed == true ? final : 0;
        }
        int before = 0, sum = 0;
        for (int k = 0; k < levels.Count && levels[k].On <= plan.Scenario.End; k++)
        {
            int level = Math.Min(levels[k].Count, group.RackCount);
            bool assumed = (lints.IsAssumed($"{path}.delivered.levels[{k}]") ?? lints.IsAssumed($"{path}.delivered[{k}]")) == true;
            if (assumed) { sum += Math.Max(0, level - before); }
            before = level;
        }
        return Math.Min(sum, final);
    }
}
