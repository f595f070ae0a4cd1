using System.CommandLine;
using Gigawatt.Numerics;
using Gigawatt.Studies;
using Spectre.Console;

namespace Gigawatt.Cli;

/// <summary><c>gw study</c>: asks one question of one small file; prints what it found and leaves a page with its pictures.</summary>
public static class StudyCommand
{
    private const int MostRows = 40;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string?> name = new("study") { Description = "What to ask; without it the studies are listed", Arity = ArgumentArity.ZeroOrOne };
        Argument<string?> file = new("file") { Description = "Its input, such as studies/rts-79.yaml", Arity = ArgumentArity.ZeroOrOne };
        Option<string[]> sets = ScenarioInput.Sets();
        Option<string?> target = new("--out") { Description = "Folder for study.html and study.json, instead of runs/STUDY-NAME-TIME", HelpName = "folder" };
        Option<bool> json = new("--json") { Description = "Print the answer as JSON and leave no files, unless --out names a folder" };
        Option<bool> quiet = new("--quiet", "-q") { Description = "Print nothing but errors" };
        Option<bool> schema = new("--schema") { Description = "Print the JSON Schema of the study's input and stop" };
        Command command = new("study", "Ask one question without a campus: reliability, frequency, power flow, waveform …") { name, file, sets, target, json, quiet, schema };
        command.SetAction(parsed => ExitCode.Of(() =>
        {
            if (parsed.GetValue(name) is not { } wanted) { return List(); }
            Study study = StudyList.Find(wanted) ?? throw new InputException(
                $"gw study: expected a study ({string.Join(", ", StudyList.All.Select(one => one.Name))}), found '{wanted}'{Suggestion.Phrase(wanted, StudyList.All.Select(one => one.Name))}");
            if (parsed.GetValue(schema))
            {
                Console.WriteLine(study.Schema());
                return ExitCode.Done;
            }
            string input = parsed.GetValue(file) ?? throw new InputException($"gw study {study.Name}: expected a file behind it, such as {study.Example}, found nothing");
            StudyAnswer answer = study.Answer(input, parsed.GetValue(sets) ?? []);
            string? folder = parsed.GetValue(json) || parsed.GetValue(quiet) ? parsed.GetValue(target)
                : parsed.GetValue(target) ?? RunFolder.Fresh($"{study.Name}-{Path.GetFileNameWithoutExtension(input)}");
            if (folder is not null) { Leave(folder, study, answer); }
            if (parsed.GetValue(json)) { Console.WriteLine(answer.Json()); }
            else if (!parsed.GetValue(quiet)) { Print(answer, folder); }
            if (answer.Failure is not { } failure) { return ExitCode.Done; }
            Terminal.Error($"{input}: {failure}");
            return ExitCode.Failed;
        }));
        return command;
    }

    private static int List()
    {
        Table table = Bare(["study", "question", "example"]);
        foreach (Study study in StudyList.All) { table.AddRow($"[bold]{Markup.Escape(study.Name)}[/]", Markup.Escape(study.Question), Markup.Escape(study.Example)); }
        Terminal.Out.Write(table.HideHeaders());
        Terminal.Out.WriteLine("\n'gw study NAME FILE' asks one; 'gw study NAME --schema' describes its input; docs/studies.md explains them.");
        return ExitCode.Done;
    }

    private static void Leave(string folder, Study study, StudyAnswer answer)
    {
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "study.json"), answer.Json() + "\n");
            File.WriteAllText(Path.Combine(folder, "study.html"), StudyPage.Render(study, answer, ProgramVersion.Text));
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"{folder}: the study's files cannot be written ({wrong.Message.TrimEnd('.')}); name another folder with --out");
        }
    }

    private static void Print(StudyAnswer answer, string? folder)
    {
        IAnsiConsole console = Terminal.Out;
        console.MarkupLine($"[bold]{Markup.Escape(answer.Subject)}[/]\n");
        console.WriteLine(answer.Finding);
        foreach (string remark in answer.Remarks) { console.MarkupLine($"[grey]{Markup.Escape(remark)}[/]"); }
        foreach (StudyTable shown in answer.Tables)
        {
            console.MarkupLine($"\n[bold]{Markup.Escape(shown.Title)}[/]");
            Table table = Bare(shown.Columns);
            for (int i = 0; i < shown.Columns.Count; i++)
            {
                if (shown.Rows.Count > 0 && shown.Rows.All(row => row[i].Length == 0 || char.IsAsciiDigit(row[i][0]) || row[i][0] is '-' or '−')) { table.Columns[i].RightAligned(); }
            }
            foreach (IReadOnlyList<string> row in shown.Rows.Take(MostRows)) { table.AddRow([.. row.Select(Markup.Escape)]); }
            console.Write(table);
            if (shown.Rows.Count > MostRows) { console.MarkupLine($"[grey]{shown.Rows.Count - MostRows} more rows are on the page.[/]"); }
        }
        if (folder is not null) { console.MarkupLine($"\npage     {Markup.Escape(Path.Combine(folder, "study.html"))}\ndata     {Markup.Escape(Path.Combine(folder, "study.json"))}"); }
    }

    private static Table Bare(IReadOnlyList<string> columns)
    {
        Table table = new Table().Border(TableBorder.None);
        foreach (string column in columns) { table.AddColumn(new TableColumn($"[grey]{Markup.Escape(column)}[/]").PadRight(3)); }
        return table;
    }
}
