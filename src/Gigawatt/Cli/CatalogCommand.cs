using System.CommandLine;
using System.Text.Json;
using Gigawatt.Numerics;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Studies;
using Spectre.Console;

namespace Gigawatt.Cli;

/// <summary><c>gw catalog</c>: the datasheets that <c>model: NAME</c> starts from, every value with its source and grade.</summary>
public static class CatalogCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string?> word = new("name") { Description = "A catalogue (turbines) or an entry (titan-350); all when absent", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> json = new("--json") { Description = "Print JSON" };
        Command command = new("catalog", "List the datasheets that a scenario can start from") { word, json };
        command.SetAction(parsed => ExitCode.Of(() => List(parsed.GetValue(word), parsed.GetValue(json))));
        return command;
    }

    private static int List(string? word, bool json)
    {
        IReadOnlyList<CatalogEntry> all = Catalog.Embedded.Entries(StudyList.CatalogRoots);
        CatalogEntry[] chosen = [.. all.Where(entry => word is null || entry.Name == word || FileName(entry) == word)];
        if (chosen.Length == 0)
        {
            string suggestion = Suggestion.Phrase(word!, all.Select(entry => entry.Name).Concat(all.Select(FileName)).Distinct());
            throw new InputException($"expected a catalogue or an entry, found '{word}'{suggestion}");
        }
        if (json) { Console.WriteLine(JsonSerializer.Serialize(chosen.Select(Plain), Indented)); }
        else if (word is not null && chosen.Length == 1) { Show(chosen[0]); }
        else { ShowAll(chosen); }
        return ExitCode.Done;
    }

    private static void ShowAll(CatalogEntry[] entries)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns("catalogue", "model", "title", "grades");
        foreach (CatalogEntry entry in entries)
        {
            string title = entry.Facts.FirstOrDefault(fact => fact.Path.EndsWith("title", StringComparison.Ordinal))?.Text ?? "";
            string grades = string.Join(" ", Given(entry).GroupBy(fact => fact.Evidence.Grade).OrderBy(g => g.Key).Select(g => $"{g.Key}:{g.Count()}"));
            table.AddRow(Markup.Escape(FileName(entry)), Markup.Escape(entry.Name), Markup.Escape(title), grades);
        }
        Terminal.Out.Write(table);
    }

    private static void Show(CatalogEntry entry)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns("key", "value", "grade", "source");
        foreach (Fact fact in entry.Facts)
        {
            string date = fact.Evidence.Date is { } day ? $", {day:yyyy-MM-dd}" : "";
            string note = fact.Evidence.Note is { } text ? $" ({text})" : "";
            table.AddRow(
                Markup.Escape(fact.Path), Markup.Escape(fact.Text), fact.Evidence.Grade.ToString(),
                Markup.Escape(fact.Evidence.Source + date + note));
        }
        Terminal.Out.Write(table);
    }

    private static object Plain(CatalogEntry entry) => new
    {
        catalogue = FileName(entry),
        model = entry.Name,
        values = entry.Facts.Select(fact => new
        {
            key = fact.Path,
            text = fact.Text,
            value = fact.Value,
            unit = fact.Unit,
            grade = fact.Evidence.Grade.ToString(),
            source = fact.Evidence.Source,
            date = fact.Evidence.Date?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            note = fact.Evidence.Note,
            given_by = fact.Origin.ToString().ToLowerInvariant(),
        }),
    };

    private static IEnumerable<Fact> Given(CatalogEntry entry) => entry.Facts.Where(fact => fact.Origin == FactOrigin.Catalog);

    private static string FileName(CatalogEntry entry) => Path.GetFileNameWithoutExtension(entry.File);
}
