using System.Reflection;

namespace Gigawatt.Scenarios.Reading;

/// <summary>One entry of the catalogue with the evidence of each value.</summary>
/// <param name="File">Catalogue file without folder and ending, such as <c>turbines</c>.</param>
/// <param name="Name">The name that <c>model</c> takes.</param>
/// <param name="Facts">The values of the entry; their paths begin at the record that takes the model.</param>
public sealed record CatalogEntry(string File, string Name, IReadOnlyList<Fact> Facts);

/// <summary>Datasheets that scenarios start from: files of entries, each value with its source.</summary>
/// <remarks>Files are read when first asked for and then kept; several scenarios may be read with one catalogue at a time.</remarks>
public sealed class Catalog
{
    private const string Folder = "catalog/";
    private const string Ending = ".yaml";

    private readonly Func<string, ProblemList, string?> textOf;
    private readonly Dictionary<string, Loaded> loaded = new(StringComparer.Ordinal);
    private readonly Lock loading = new();

    private Catalog(IEnumerable<string> files, Func<string, ProblemList, string?> textOf)
    {
        Files = [.. files.Order(StringComparer.Ordinal)];
        this.textOf = textOf;
    }

    /// <summary>The catalogue that comes with the program.</summary>
    public static Catalog Embedded { get; } = FromAssembly(typeof(Catalog).Assembly);

    /// <summary>Names of the catalogue files, without folder and ending.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>A catalogue of given texts, by file name without ending.</summary>
    public static Catalog FromTexts(IReadOnlyDictionary<string, string> texts) =>
        new(texts.Keys, (file, _) => texts.GetValueOrDefault(file));

    /// <summary>A catalogue of the <c>.yaml</c> files in a folder.</summary>
    /// <exception cref="ScenarioException">The folder cannot be read.</exception>
    public static Catalog FromFolder(string folder)
    {
        string[] names = [.. InputFile.Names(folder, "*" + Ending).Select(n => Path.GetFileNameWithoutExtension(n)!)];
        return new Catalog(names, (file, problems) =>
            names.Contains(file) ? InputFile.Read(Path.Combine(folder, file + Ending), problems) : null);
    }

    /// <summary>Names of the entries of a file, in the order of the file.</summary>
    /// <exception cref="ScenarioException">The file has mistakes.</exception>
    public IReadOnlyList<string> Models(string file)
    {
        var problems = new ProblemList();
        IReadOnlyList<string> models = File(file, problems)?.Models ?? [];
        problems.ThrowIfAny(NameOf(file));
        return models;
    }

    /// <summary>Every entry that a file of type <typeparamref name="T"/> can start from, read with its units and evidence.</summary>
    /// <exception cref="ScenarioException">A catalogue file has mistakes.</exception>
    public IReadOnlyList<CatalogEntry> Entries<T>() => Entries([typeof(T)]);

    /// <summary>Every entry that files of some types can start from.</summary>
    /// <exception cref="ScenarioException">A catalogue file has mistakes.</exception>
    public IReadOnlyList<CatalogEntry> Entries(IReadOnlyList<Type> roots)
    {
        var entries = new List<CatalogEntry>();
        var problems = new ProblemList();
        foreach (IGrouping<string, RecordShape> shapes in roots.SelectMany(Takers).Distinct().GroupBy(s => s.CatalogFile!).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            if (File(shapes.Key, problems) is not { } file) { continue; }
            foreach (KeyValuePair<string, YamlMap> entry in file.Entries) { entries.Add(Read(file, shapes, entry.Key, entry.Value, problems)); }
        }
        problems.ThrowIfAny("");
        return entries;
    }

    /// <summary>The records within a type that start from a catalogue entry.</summary>
    internal static IReadOnlyList<RecordShape> Takers(Type root)
    {
        var visited = new HashSet<Type>();
        var takers = new List<RecordShape>();
        void Visit(ValueShape shape)
        {
            if (shape.Element is { } element) { Visit(element); }
            if (shape.Kind != ValueKind.Record || !visited.Add(shape.Type)) { return; }
            if (shape.Record.CatalogFile is not null) { takers.Add(shape.Record); }
            foreach (PropertyShape property in shape.Record.Properties) { Visit(property.Value); }
        }
        Visit(ValueShape.Of(root, root.Name));
        return takers;
    }

    /// <summary>A file's entries; null when there is no such file or it is broken, which is then among the problems.</summary>
    internal CatalogFile? File(string name, ProblemList problems)
    {
        Loaded? known;
        lock (loading)
        {
            if (!loaded.TryGetValue(name, out known))
            {
                var found = new ProblemList();
                string? text = textOf(name, found);
                var file = new YamlFile(NameOf(name), FactOrigin.Catalog);
                known = new Loaded(text is null ? null : CatalogFile.Read(name, file, text, found), found);
                loaded[name] = known;
            }
        }
        foreach (Problem problem in known.Problems.Listed) { problems.Add(problem); }
        return known.File;
    }

    private sealed record Loaded(CatalogFile? File, ProblemList Problems);

    private static string NameOf(string file) => Folder + file + Ending;

    private static Catalog FromAssembly(Assembly assembly) => new(
        assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Folder, StringComparison.Ordinal) && n.EndsWith(Ending, StringComparison.Ordinal))
            .Select(n => n[Folder.Length..^Ending.Length]),
        (file, _) =>
        {
            using System.IO.Stream? stream = assembly.GetManifestResourceStream(NameOf(file));
            if (stream is null) { return null; }
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        });

    private CatalogEntry Read(CatalogFile file, IEnumerable<RecordShape> shapes, string name, YamlMap map, ProblemList problems)
    {
        ProblemList? first = null;
        List<Fact> facts = [];
        foreach (RecordShape shape in shapes)
        {
            var found = new ProblemList();
            var reader = new RecordReader(this, found) { IsPartial = true };
            reader.Root(shape, map, file.Book, new Place("", name));
            first ??= found;
            facts = reader.Facts;
            if (found.Count == 0) { return new CatalogEntry(file.Name, name, facts); }
        }
        foreach (Problem problem in first?.Listed ?? []) { problems.Add(problem); }
        return new CatalogEntry(file.Name, name, facts);
    }
}

/// <summary>A catalogue file: its sources and its entries by name.</summary>
internal sealed class CatalogFile
{
    private static readonly string[] Keys = ["sources", "entries", "note"];

    private CatalogFile(string name, SourceBook book)
    {
        Name = name;
        Book = book;
    }

    public string Name { get; }

    public SourceBook Book { get; }

    public Dictionary<string, YamlMap> Entries { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Models => [.. Entries.Keys];

    public static CatalogFile? Read(string name, YamlFile file, string text, ProblemList problems)
    {
        if (YamlParser.Parse(text, file, problems) is not { } root) { return null; }
        if (root is not YamlMap map)
        {
            problems.Add(root, "", "a mapping with the keys sources and entries", root.Described);
            return null;
        }
        foreach ((YamlText key, _) in map.Entries)
        {
            if (Keys.Contains(key.Text)) { continue; }
            problems.Add(key, key.Text, $"one of {Words.List(Keys)}", key.Described, Words.DidYouMean(key.Text, Keys));
        }
        var catalog = new CatalogFile(name, new EvidenceReader(problems).Book(map.Find("sources")));
        if (map.Find("entries") is not YamlMap entries)
        {
            problems.Add(map.Find("entries") ?? map, "entries", "a mapping from model names to their values", map.Find("entries")?.Described ?? "nothing");
            return catalog;
        }
        foreach ((YamlText key, YamlNode value) in entries.Entries)
        {
            if (value is YamlMap entry)
            {
                catalog.Entries.Add(key.Text, entry);
            }
            else
            {
                problems.Add(value, $"entries.{key.Text}", "a mapping of values", value.Described);
            }
        }
        return catalog;
    }
}
