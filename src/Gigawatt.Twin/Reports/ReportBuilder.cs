using Gigawatt.Simulation;

namespace Gigawatt.Reports;

/// <summary>Makes the data of a report from a run: each chart and section is a file of its own in this folder.</summary>
public static class ReportBuilder
{
    /// <summary>The data of a report. The same input gives the same data.</summary>
    public static ReportData Build(ReportInput input)
    {
        RunResult run = input.Run;
        return new ReportData(
            run.Scenario.Name, run.Scenario.Description, run.Complete, run.Seed, FirstDay(run), LastDay(run), run.StepS, run.StepCount,
            input.Program, input.ScenarioHash,
            Answers.Of(input),
            HeadlineNumbers.Of(input),
            CapacityChart.Build(input),
            EnergySankey.Build(input),
            DispatchChart.Build(input),
            HotWeek.Build(input),
            GpuTimeWaterfall.Build(input),
            WaterChart.Build(input),
            MoneyChart.Build(input),
            WhatIfTable.Build(input),
            EventList.Build(input),
            EventList.Counts(run),
            input.Claims,
            input.Lints,
            LedgerWords.Tables(run),
            EvidenceMix.Table(input),
            Glossary.Entries,
            PowerTable.Build(input),
            ServingTable.Build(input),
            JobTable.Build(input));
    }

    /// <summary>First day of a run.</summary>
    internal static string FirstDay(RunResult run) => Readable.Iso(DateOnly.FromDateTime(run.From));

    /// <summary>Last day of a run, simulated at least in part.</summary>
    internal static string LastDay(RunResult run) =>
        Readable.Iso(DateOnly.FromDateTime(run.To > run.From ? run.To.AddTicks(-1) : run.From));
}
