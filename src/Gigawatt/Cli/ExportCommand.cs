using System.CommandLine;
using Gigawatt.Store;

namespace Gigawatt.Cli;

/// <summary><c>gw export</c>: the columns, events and ledgers of a run as CSV.</summary>
public static class ExportCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> run = new("run") { Description = "A run's folder or its run.db" };
        Option<bool> csv = new("--csv") { Description = "Write CSV (the only form so far, and the default)" };
        Option<string[]> columns = new("--columns")
        {
            Description = "Columns to export, separated by commas; all when absent",
            HelpName = "name,name",
            CustomParser = result => result.Tokens[0].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        };
        Option<int?> every = ScenarioInput.Whole("--every", "One line for so many steps, with their means; 1 when absent", "steps", 1);
        Option<string?> target = new("--out") { Description = "CSV file to write; run.csv beside run.db when absent. Events and ledgers go into two files beside it", HelpName = "file" };
        Command command = new("export", "Write the columns, events and ledgers of a run as CSV") { run, csv, columns, every, target };
        command.SetAction(parsed => ExitCode.Of(() =>
        {
            using RunReader reader = new(RunFolder.Database(parsed.GetValue(run)!));
            if (reader.Status != RunStatus.Complete) { Terminal.Note($"{reader.Path}: {reader.StatusSentence}; only those are exported"); }
            string path = parsed.GetValue(target) ?? Path.ChangeExtension(reader.Path, ".csv");
            foreach (string file in CsvExport.Files(reader, path, parsed.GetValue(columns), parsed.GetValue(every) ?? 1)) { Console.WriteLine(file); }
            return ExitCode.Done;
        }));
        return command;
    }
}
