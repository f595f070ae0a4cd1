using Gigawatt.Numerics;
using Gigawatt.Simulation;

namespace Gigawatt.Reports;

/// <summary>Training jobs one by one: what they held, what stopped them and what that cost, how their steps are spent.</summary>
internal static class JobTable
{
    /// <summary>The tables; without rows where the campus trains nothing.</summary>
    public static JobsData Build(ReportInput input)
    {
        IReadOnlyList<JobRow> rows = JobRow.Of(input.Run);
        if (rows.Count == 0) { return new JobsData("", "", []); }
        string plan = rows.Any(row => row.Plan is not null)
            ? " The step is that of the job's plan at the size it asked for, calibrated on published runs; its MFU is the share of arithmetic at the peak of the chips."
            : "";
        return new JobsData(
            Title(rows),
            "GPUs held are a mean from a job's first day in the run to its last. Goodput is safe progress over the GPU-time held, or spent waiting for missing nodes. An interruption costs the work done "
            + "since the last checkpoint, finding the failure, replacing nodes, waiting for them and restarting, at the campus's mean cost of a live GPU-hour; preemptions and planned stops are not in it."
            + plan + EvidenceMix.Sources(input, "training", "compute"), rows);
    }

    /// <summary>The finding: what interruptions took from the job that lost most to them.</summary>
    public static string Title(IReadOnlyList<JobRow> rows)
    {
        JobRow[] ran = [.. rows.Where(row => row.GoodputFraction is not null)];
        if (ran.Length == 0) { return rows.Count == 0 ? "" : "No training job got GPUs in this run"; }
        JobRow worst = ran.MaxBy(row => row.Interruptions * (row.LostGpuHoursPerInterruption ?? 0))!;
        if (worst is { Interruptions: > 0, InterruptedFraction: { } share })
        {
            return $"{Often(worst)} took {Readable.Percent(share)} of the GPU-time of {worst.Name}{Causes(worst, "; ")}";
        }
        JobRow largest = ran.MaxBy(row => row.MeanGpus)!;
        return $"Nothing interrupted a job; {largest.Name} made safe progress in {Readable.Percent(largest.GoodputFraction!.Value)} of its GPU-time";
    }

    /// <summary>Jobs as rows of a terminal.</summary>
    public static IReadOnlyList<TerminalRow> Rows(RunResult run) => [.. JobRow.Of(run).Select(row =>
    {
        (string value, string unit) = Readable.AmountParts(row.UsefulGpuHours);
        string goodput = row.GoodputFraction is { } one ? $", goodput {Readable.Percent(one)}" : "";
        string stopped = row.Interruptions > 0
            ? $"; {char.ToLowerInvariant(Often(row)[0])}{Often(row)[1..]}{Causes(row, ", ")}; each cost {Readable.Amount(row.LostGpuHoursPerInterruption!.Value)} GPU-hours"
                + (row.UsdPerInterruption is { } usd ? $" or {Readable.Money(usd)}" : "")
            : "; never interrupted";
        return new TerminalRow(row.Name, value, $"{unit} GPU-hours".Trim(), $"On {Readable.Count(row.MeanGpus)} GPUs{goodput}{stopped}");
    })];

    private static string Often(JobRow row) => row.Interruptions == 1 ? "One interruption" : $"An interruption every {Every(row.HoursBetween!.Value)}";

    // "16 minutes", "2.4 hours", "12 days".
    private static string Every(double hours) =>
        hours < 2 ? $"{Figures.Number(hours * 60, 2)} minutes" : hours < 48 ? $"{Figures.Number(hours, 2)} hours" : $"{Figures.Number(hours / 24, 2)} days";

    // "; 30 % of them by faulty GPU, 17 % by GPU memory" after a separator; nothing where the job gives one rate for whatever fails.
    private static string Causes(JobRow row, string separator)
    {
        KeyValuePair<string, int>[] most = [.. row.ByCause.Where(cause => cause.Key != "failure" && cause.Value > 0.005 * row.Interruptions).OrderByDescending(cause => cause.Value).Take(2)];
        if (most.Length == 0) { return ""; }
        string[] words = [.. most.Select(cause => $"by {cause.Key}")];
        return most[0].Value == row.Interruptions ? $"{separator}all {words[0]}"
            : separator + string.Join(", ", most.Select((cause, i) => $"{Readable.Percent(cause.Value / (double)row.Interruptions)} {(i == 0 ? "of them " : "")}{words[i]}"));
    }
}

/// <summary>Training jobs one by one.</summary>
/// <param name="Title">The finding.</param>
/// <param name="Caption">Basis and sources.</param>
/// <param name="Rows">The jobs, the most important first.</param>
public sealed record JobsData(string Title, string Caption, IReadOnlyList<JobRow> Rows);
