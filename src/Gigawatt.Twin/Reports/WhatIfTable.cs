using Gigawatt.Simulation;

namespace Gigawatt.Reports;

/// <summary>How changed campuses fare beside the one of the scenario.</summary>
internal static class WhatIfTable
{
    /// <summary>The table; without rows when nothing was run beside.</summary>
    public static WhatIfData Build(ReportInput input)
    {
        IReadOnlyList<WhatIfRow> rows = Rows(input);
        string title = rows.Count < 2 ? "" : Readable.Sentence($"{rows[1].Name}: {Difference(input.WhatIfs[0].AsItIs, input.WhatIfs[0].Changed, weightiest: true)}");
        return new WhatIfData(
            title, rows.Count < 2 ? "" : "Each row is a run of its own over the same days with the same seed: the same weather, outages and failures, as far as the change leaves them.", rows);
    }

    /// <summary>The campus as it is, then each changed one; those compared over other days have a row of the campus as it is of their own. Empty when none was run.</summary>
    public static IReadOnlyList<WhatIfRow> Rows(ReportInput input)
    {
        List<WhatIfRow> rows = [];
        RunResult? shown = null;
        foreach ((string name, RunResult changed, RunResult asItIs) in input.WhatIfs)
        {
            if (shown is null || (shown.From, shown.To) != (asItIs.From, asItIs.To))
            {
                shown = asItIs;
                rows.Add(Row(ReferenceEquals(asItIs, input.Run) ? "as it is" : $"as it is, {Days(asItIs)}", "", asItIs));
            }
            rows.Add(Row(ReferenceEquals(asItIs, input.Run) ? name : $"{name}, {Days(asItIs)}", Difference(asItIs, changed), changed));
        }
        return rows;
    }

    private static string Days(RunResult run) => Readable.Span(DateOnly.FromDateTime(run.From), DateOnly.FromDateTime(run.To.AddTicks(-1)));

    private static WhatIfRow Row(string name, string says, RunResult run) => new(
        name, says, run.Headline.Interruptions, run.Headline.UsefulGpuHours, run.Headline.UnservedMwh, MoneyChart.CostUsd(run.Money),
        run.Headline.UsefulGpuHours > 0 ? run.Headline.UsdPerUsefulGpuHour : null);

    // The title leaves out what the price of a useful GPU-hour holds already.
    private static string Difference(RunResult run, RunResult changed, bool weightiest = false)
    {
        List<string> parts = [];
        int interruptions = changed.Headline.Interruptions - run.Headline.Interruptions;
        if (interruptions != 0) { parts.Add($"{Readable.Count(Math.Abs(interruptions))} {(interruptions > 0 ? "more" : "fewer")} {(Math.Abs(interruptions) == 1 ? "interruption" : "interruptions")}"); }
        double hours = changed.Headline.UsefulGpuHours - run.Headline.UsefulGpuHours;
        if (Math.Abs(hours) >= 0.5) { parts.Add($"{Readable.Amount(Math.Abs(hours))} {(hours > 0 ? "more" : "fewer")} useful GPU-hours"); }
        double unserved = changed.Headline.UnservedMwh - run.Headline.UnservedMwh;
        bool isPriced = run.Headline.UsefulGpuHours > 0 && changed.Headline.UsefulGpuHours > 0;
        bool leaves = weightiest && isPriced && parts.Count > 0;
        if (!leaves && Math.Abs(unserved) > 0.05) { parts.Add($"{Readable.Energy(Math.Abs(unserved))} {(unserved > 0 ? "more" : "less")} not served"); }
        double costUsd = MoneyChart.CostUsd(changed.Money) - MoneyChart.CostUsd(run.Money);
        if (!leaves && Math.Abs(costUsd) >= 1) { parts.Add($"{Readable.Money(Math.Abs(costUsd))} {(costUsd > 0 ? "more" : "less")} cost"); }
        if (isPriced)
        {
            double priceUsd = changed.Headline.UsdPerUsefulGpuHour - run.Headline.UsdPerUsefulGpuHour;
            if (Math.Abs(priceUsd) >= 0.0005) { parts.Add($"a useful GPU-hour {Readable.Price(Math.Abs(priceUsd))} {(priceUsd > 0 ? "dearer" : "cheaper")}"); }
        }
        return parts.Count > 0 ? Readable.List(parts) : "nothing changes";
    }
}
