using System.CommandLine;
using Gigawatt.Reports;
using Gigawatt.Store;

namespace Gigawatt.Cli;

/// <summary><c>gw report</c>: writes the report of a stored run again, with the front end of this program.</summary>
public static class ReportCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> run = new("run") { Description = "A run's folder or its run.db" };
        Option<string?> target = new("--out") { Description = "HTML file to write; report.html beside run.db when absent", HelpName = "file" };
        Command command = new("report", "Write the report of a stored run again") { run, target };
        command.SetAction(parsed => ExitCode.Of(() =>
        {
            string database = RunFolder.Database(parsed.GetValue(run)!);
            string path = parsed.GetValue(target) ?? Path.Combine(Path.GetDirectoryName(database) ?? "", "report.html");
            using RunReader reader = new(database);
            if (!reader.Documents.Contains("report"))
            {
                throw new InputException($"{database}: holds no report; {reader.StatusSentence}. Run the scenario again");
            }
            if (reader.Status != RunStatus.Complete) { Terminal.Note($"{database}: {reader.StatusSentence}; the report covers only that"); }
            File.WriteAllText(path, ReportPage.Render(ReportJson.Read(reader.Document("report"))));
            Console.WriteLine(path);
            return ExitCode.Done;
        }));
        return command;
    }
}
