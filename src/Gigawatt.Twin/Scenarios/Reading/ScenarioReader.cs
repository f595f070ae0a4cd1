namespace Gigawatt.Scenarios.Reading;

/// <summary>A scenario as read, with everything that is known about where it came from.</summary>
/// <typeparam name="T">Type of the record at the top.</typeparam>
/// <param name="Value">The scenario.</param>
/// <param name="Facts">Every value with its evidence, in the order of the declarations, defaults included.</param>
/// <param name="Sources">The sources that the file declares, by id.</param>
/// <param name="File">The file as the user named it.</param>
/// <param name="Text">The text of the file.</param>
public sealed record Reading<T>(
    T Value, IReadOnlyList<Fact> Facts, IReadOnlyDictionary<string, Source> Sources, string File, string Text);

/// <summary>Reads scenario files into records. Whatever the file holds, the answer is a record or a list of problems.</summary>
public static class ScenarioReader
{
    /// <summary>Reads a file.</summary>
    /// <typeparam name="T">Record at the top of the file.</typeparam>
    /// <param name="path">Path of the file.</param>
    /// <param name="catalog">Datasheets for <c>model</c>.</param>
    /// <param name="sets">Overrides such as <c>power.batteries[0].count=200</c>, in order; a later one wins.</param>
    /// <exception cref="ScenarioException">The file cannot be read or has mistakes; all of them are listed.</exception>
    public static Reading<T> ReadFile<T>(string path, Catalog catalog, IReadOnlyList<string>? sets = null)
        where T : class
    {
        var problems = new ProblemList();
        string? text = InputFile.Read(path, problems);
        problems.ThrowIfAny(path);
        return ReadText<T>(text!, path, catalog, sets);
    }

    /// <summary>Reads a text.</summary>
    /// <typeparam name="T">Record at the top of the text.</typeparam>
    /// <param name="text">A scenario.</param>
    /// <param name="fileName">What problems call the text.</param>
    /// <param name="catalog">Datasheets for <c>model</c>.</param>
    /// <param name="sets">Overrides such as <c>power.batteries[0].count=200</c>, in order; a later one wins.</param>
    /// <exception cref="ScenarioException">The text has mistakes; all of them are listed.</exception>
    public static Reading<T> ReadText<T>(string text, string fileName, Catalog catalog, IReadOnlyList<string>? sets = null)
        where T : class
    {
        RecordShape shape = RecordShape.Of(typeof(T));
        var problems = new ProblemList();
        YamlNode? root = YamlParser.Parse(text.TrimStart('\uFEFF'), new YamlFile(fileName, FactOrigin.Scenario), problems);
        if (root is not YamlMap map)
        {
            if (root is not null) { problems.Add(root, "", "keys and values such as 'name: Colossus 2'", root.Described); }
            problems.ThrowIfAny(fileName);
            throw new InvalidOperationException("a text without a tree must have a problem");
        }
        foreach (string set in sets ?? []) { Overrides.Apply(map, shape, set, problems); }
        var reader = new RecordReader(catalog, problems);
        SourceBook book = reader.Book(map);
        object? value = reader.Root(shape, map, book, new Place("", ""));
        problems.ThrowIfAny(fileName);
        return new Reading<T>((T)value!, reader.Facts, book.Sources, fileName, text);
    }
}
