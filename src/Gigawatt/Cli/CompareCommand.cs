using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Gigawatt.Store;
using Spectre.Console;

namespace Gigawatt.Cli;

/// <summary><c>gw compare</c>: headline numbers of runs side by side, and the inputs in which they differ.</summary>
public static class CompareCommand
{
    private const int MostInputs = 40;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private sealed record Stored(string Name, IReadOnlyDictionary<string, double> Headline, IReadOnlyDictionary<string, string> Facts);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string[]> runs = new("runs") { Description = "Two or more runs: folders or run.db files", Arity = new ArgumentArity(2, 9) };
        Option<bool> json = new("--json") { Description = "Print JSON" };
        Command command = new("compare", "Show the headline numbers of runs side by side, and the inputs in which they differ") { runs, json };
        command.SetAction(parsed => ExitCode.Of(() =>
        {
            Stored[] stored = [.. parsed.GetValue(runs)!.Select(Read)];
            if (parsed.GetValue(json)) { PrintJson(stored); }
            else { Print(stored); }
            return ExitCode.Done;
        }));
        return command;
    }

    private static Stored Read(string run)
    {
        string database = RunFolder.Database(run);
        using RunReader reader = new(database);
        if (!reader.Documents.Contains("summary")) { throw new InputException($"{database}: holds no summary; {reader.StatusSentence}"); }
        if (reader.Status != RunStatus.Complete) { Terminal.Note($"{run}: {reader.StatusSentence}"); }
        using JsonDocument summary = JsonDocument.Parse(reader.Document("summary"));
        Dictionary<string, double> headline = summary.RootElement.GetProperty("headline").EnumerateObject()
            .Where(number => number.Value.ValueKind == JsonValueKind.Number)
            .ToDictionary(number => number.Name, number => number.Value.GetDouble(), StringComparer.Ordinal);
        return new Stored(run.TrimEnd('/', '\\'), headline, FactList.Read(reader.Document("facts")));
    }

    private static void Print(Stored[] runs)
    {
        Table numbers = new Table().Border(TableBorder.Simple).AddColumn("headline");
        foreach (Stored run in runs) { numbers.AddColumn(new TableColumn(Markup.Escape(Path.GetFileName(run.Name))).RightAligned()); }
        numbers.AddColumn(new TableColumn("last against first").RightAligned());
        foreach (string name in runs[0].Headline.Keys)
        {
            double first = runs[0].Headline[name];
            double last = runs[^1].Headline.GetValueOrDefault(name);
            string change = first != 0 ? (last / first - 1).ToString("+0.0 %;-0.0 %;0.0 %", CultureInfo.InvariantCulture) : "";
            numbers.AddRow([name, .. runs.Select(run => run.Headline.GetValueOrDefault(name).ToString("#,0.####", CultureInfo.InvariantCulture)), change]);
        }
        Terminal.Out.Write(numbers);
        string[] differing = Differing(runs);
        if (differing.Length == 0)
        {
            Terminal.Out.WriteLine("No input differs.");
            return;
        }
        Table inputs = new Table().Border(TableBorder.Simple).AddColumn("input that differs");
        foreach (Stored run in runs) { inputs.AddColumn(Markup.Escape(Path.GetFileName(run.Name))); }
        foreach (string path in differing.Take(MostInputs))
        {
            inputs.AddRow([Markup.Escape(path), .. runs.Select(run => Markup.Escape(run.Facts.GetValueOrDefault(path, "–")))]);
        }
        Terminal.Out.Write(inputs);
        if (differing.Length > MostInputs) { Terminal.Out.WriteLine($"{differing.Length - MostInputs} more inputs differ; --json lists them all."); }
    }

    private static void PrintJson(Stored[] runs) => Console.WriteLine(JsonSerializer.Serialize(
        new
        {
            runs = runs.Select(run => new { run = run.Name, headline = run.Headline }),
            differing_inputs = Differing(runs).Select(path => new { path, values = runs.Select(run => run.Facts.GetValueOrDefault(path)) }),
        },
        Indented));

    private static string[] Differing(Stored[] runs) =>
    [
        .. runs.SelectMany(run => run.Facts.Keys).Distinct()
            .Where(path => runs.Select(run => run.Facts.GetValueOrDefault(path)).Distinct().Count() > 1),
    ];
}
