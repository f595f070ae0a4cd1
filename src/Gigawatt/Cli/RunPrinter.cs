using Gigawatt.Reports;
using Gigawatt.Scenarios;
using Gigawatt.Simulation;
using Spectre.Console;

namespace Gigawatt.Cli;

/// <summary>Prints what a run found, for a person at a terminal.</summary>
public static class RunPrinter
{
    private const int MostClaims = 12;

    /// <summary>The summary of a run.</summary>
    public static void Print(Scenario scenario, RunResult run, TerminalSummary summary, RunFolder folder)
    {
        IAnsiConsole console = Terminal.Out;
        string state = run.Complete ? "" : "  INTERRUPTED: what follows covers only the time simulated";
        string period = run.StepCount > 0 ? $"{run.From:yyyy-MM-dd} to {run.To.AddDays(-1):yyyy-MM-dd}" : $"no day after {run.From:yyyy-MM-dd}";
        console.MarkupLine($"[bold]{Markup.Escape(scenario.Name)}[/]  {period}, step {run.StepS:0.##} s, seed {run.Seed}[red]{state}[/]");
        console.WriteLine();
        Table answers = Bare("question", "answer");
        foreach (Answer answer in summary.Answers) { answers.AddRow($"[bold]{Markup.Escape(answer.Question)}[/]", Markup.Escape(answer.Text)); }
        console.Write(answers);
        foreach (TerminalSection section in summary.Sections) { Section(console, section); }
        console.MarkupLine($"\nreport   {Markup.Escape(folder.ReportFile)}");
        console.MarkupLine($"data     {Markup.Escape(folder.DatabaseFile)}, {Markup.Escape(folder.SummaryFile)}");
    }

    private static void Section(IAnsiConsole console, TerminalSection section)
    {
        if (section.Rows.Count == 0) { return; }
        console.MarkupLine($"\n[bold]{Markup.Escape(section.Heading)}[/]");
        bool claims = section.Heading == "Claims";
        Table table = Bare("label", "value", "basis");
        table.Columns[1].RightAligned();
        // The contradicted claims are the news; all of them are in the report.
        IEnumerable<TerminalRow> rows = claims
            ? section.Rows.OrderBy(row => row.Value == "contradicted" ? 0 : 1).Take(MostClaims)
            : section.Rows;
        foreach (TerminalRow row in rows)
        {
            string colour = row.Value switch { "contradicted" or "does not close" => "red", "supported" or "closes" => "green", _ => "default" };
            table.AddRow(Markup.Escape(row.Label), $"[{colour}]{Markup.Escape($"{row.Value} {row.Unit}".TrimEnd())}[/]", $"[grey]{Markup.Escape(row.Basis)}[/]");
        }
        console.Write(table);
        if (claims && section.Rows.Count > MostClaims)
        {
            console.MarkupLine($"[grey]{section.Rows.Count - MostClaims} more claims are in the report.[/]");
        }
    }

    private static Table Bare(params string[] columns)
    {
        Table table = new Table().Border(TableBorder.None).HideHeaders();
        foreach (string column in columns) { table.AddColumn(new TableColumn(column).PadRight(3)); }
        return table;
    }
}
