using Gigawatt.Simulation;

namespace Gigawatt.Reports;

/// <summary>A row of the summary on a terminal.</summary>
/// <param name="Label">What the number is.</param>
/// <param name="Value">The number, written.</param>
/// <param name="Unit">Its unit; may be empty.</param>
/// <param name="Basis">What it means.</param>
public sealed record TerminalRow(string Label, string Value, string Unit, string Basis);

/// <summary>Rows under a heading.</summary>
/// <param name="Heading">The heading.</param>
/// <param name="Rows">The rows.</param>
public sealed record TerminalSection(string Heading, IReadOnlyList<TerminalRow> Rows);

/// <summary>What a terminal shows of a run: findings, answers and tables as plain text, laid out by whoever prints them.</summary>
/// <param name="Findings">The titles of the charts, whole sentences.</param>
/// <param name="Answers">The question of the product, answered.</param>
/// <param name="Sections">Tables of numbers.</param>
public sealed record TerminalSummary(IReadOnlyList<string> Findings, IReadOnlyList<Answer> Answers, IReadOnlyList<TerminalSection> Sections)
{
    /// <summary>What a terminal shows of a run.</summary>
    public static TerminalSummary Of(ReportInput input)
    {
        RunResult run = input.Run;
        string[] findings =
        [
            CapacityChart.Title(run.Days), GpuTimeWaterfall.Title(run.GpuTime), EnergySankey.Title(run.Energy), DispatchChart.Title(run),
            WaterChart.Title(run), MoneyChart.Title(run),
        ];
        TerminalRow[] headline = HeadlineNumbers.Of(input).Select(one => new TerminalRow(one.Label, one.Value, one.Unit, one.Basis)).ToArray();
        TerminalRow[] binding = run.Binding.Select(Binding).ToArray();
        TerminalRow[] ledgers = LedgerWords.Tables(run).Select(ledger => new TerminalRow(
            ledger.Label, ledger.RelativeResidual <= 1e-9 ? "closes" : "does not close", "",
            $"residual {ledger.RelativeResidual.ToString("0.0e+0", System.Globalization.CultureInfo.InvariantCulture)} of what came and went")).ToArray();
        TerminalRow[] whatIfs = WhatIfTable.Rows(input).Where(row => row.Says.Length > 0).Select(row => new TerminalRow(row.Name, Readable.Amount(row.UsefulGpuHours), "GPU-hours", row.Says)).ToArray();
        TerminalRow[] claims = input.Claims.Select(claim => new TerminalRow(claim.Says, claim.Verdict, "", claim.Reason)).ToArray();
        TerminalRow[] events = EventList.Counts(run).Select(kind => new TerminalRow(Readable.Sentence(kind.Key.Replace('_', ' ')), Readable.Count(kind.Value), "", "")).ToArray();
        TerminalSection[] sections =
        [
            new("Numbers", headline), new("What binds, by month", binding), new("What if", whatIfs), new("Claims", claims), new("Events", events), new("Ledgers", ledgers), new("Power", PowerTable.Rows(run)), new("Jobs", SummaryJob.Rows(run)), new("Serving, rentals, learning", ServingTable.Rows(run)),
        ];
        return new TerminalSummary(findings, Reports.Answers.Of(input), sections.Where(section => section.Rows.Count > 0).ToArray());
    }

    private static TerminalRow Binding(MonthBinding month)
    {
        (string value, string unit) = Readable.PowerParts(month.LiveItPowerMw);
        string next = month.MarginMw < 0.05
            ? month.Next == Constraint.Commissioning ? "" : $", level with {ConstraintWords.Subject(month.Next)}"
            : double.IsFinite(month.MarginMw) ? $", {Readable.Power(month.MarginMw)} before {ConstraintWords.Subject(month.Next)}" : "";
        string basis = month is { Constraint: Constraint.Racks, LiveItPowerMw: 0 } ? "No racks delivered" : ConstraintWords.Binds(month.Constraint) + next;
        return new TerminalRow(month.Month, value, unit, basis);
    }
}
