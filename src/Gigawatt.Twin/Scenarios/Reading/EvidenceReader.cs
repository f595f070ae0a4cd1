using Gigawatt.Numerics;

namespace Gigawatt.Scenarios.Reading;

/// <summary>The sources that one file declares, by id.</summary>
internal sealed class SourceBook
{
    public Dictionary<string, Source> Sources { get; } = new(StringComparer.Ordinal);
}

/// <summary>The evidence that covers a part of a file, and the sources that the file declares.</summary>
internal sealed record Proof(Evidence? Evidence, SourceBook Book)
{
    /// <summary>Evidence of a value: what is written in a file does not vouch for what the command line says.</summary>
    public Evidence For(YamlNode node) =>
        Evidence ?? (node.File.Origin == FactOrigin.CommandLine ? Reading.Evidence.CommandLine : Reading.Evidence.None);

    /// <summary>The proof that reaches a node below: none when the node came from the command line instead.</summary>
    public Proof Below(YamlNode above, YamlNode node) =>
        node.File.Origin == FactOrigin.CommandLine && above.File != node.File ? this with { Evidence = null } : this;
}

/// <summary>A value with the evidence that covers it.</summary>
internal sealed record Layer(YamlNode Node, Proof Proof)
{
    public YamlMap Map => (YamlMap)Node;

    public Layer Below(YamlNode node) => new(node, Proof.Below(Node, node));
}

/// <summary>Reads <c>sources</c>, the <c>source</c> and <c>note</c> of a mapping, and values written with their evidence.</summary>
internal sealed class EvidenceReader(ProblemList problems)
{
    private static readonly string[] SourceKeys = ["title", "publisher", "date", "url", "grade", "note"];
    private static readonly string[] ReferenceKeys = ["id", .. SourceKeys];
    private static readonly string[] ValueKeys = ["value", "source", "grade", "date", "note"];
    private static readonly RecordShape Shape = RecordShape.Of(typeof(Fields));

    /// <summary>Reads the sources that a file declares.</summary>
    public SourceBook Book(YamlNode? declared)
    {
        var book = new SourceBook();
        if (declared is null) { return book; }
        if (declared is not YamlMap map)
        {
            problems.Add(declared, "sources", "a mapping from ids to sources", declared.Described);
            return book;
        }
        foreach ((YamlText key, YamlNode value) in map.Entries)
        {
            string path = $"sources.{key.Text}";
            if (value is not YamlMap source)
            {
                problems.Add(value, path, "a mapping such as '{ title: Air permit 1234, date: 2026-03-10, grade: A }'", value.Described);
                continue;
            }
            Fields fields = Read(source, path, SourceKeys);
            if (fields.Title is null && source.Find("title") is null)
            {
                problems.Add(source, path + ".title", "the title of the source", "nothing", "the key is required");
            }
            book.Sources.TryAdd(key.Text, new Source(
                key.Text, fields.Title ?? key.Text, fields.Publisher, fields.Date, fields.Url, fields.Grade));
        }
        return book;
    }

    /// <summary>The evidence of a mapping's values: its own <c>source</c> and <c>note</c>, else what covers it from above.</summary>
    public Layer Covered(YamlMap map, RecordShape? shape, Proof proof, string path)
    {
        YamlNode? source = shape?.Knows("source") == true ? null : map.Find("source");
        YamlNode? note = shape?.Knows("note") == true ? null : map.Find("note");
        if (source is null && note is null) { return new Layer(map, proof); }
        Evidence? evidence = source is null ? proof.Evidence : Of(source, proof, path + ".source");
        if (note is YamlText { IsMissing: false } text)
        {
            evidence = (evidence ?? Evidence.None) with { Note = text.Text };
        }
        else if (note is not null)
        {
            problems.Add(note, path + ".note", "a text", note.Described);
        }
        return new Layer(map, proof with { Evidence = evidence });
    }

    /// <summary>A value without the evidence written around it, and under that evidence.</summary>
    public Layer Unwrap(Layer layer, string path)
    {
        if (layer.Node is not YamlMap map || map.Find("value") is not { } value) { return layer; }
        Layer covered = Covered(map, shape: null, layer.Proof, path);
        Fields fields = Read(map, path, ValueKeys);
        Evidence? evidence = covered.Proof.Evidence;
        if (fields.Grade is not null || fields.Date is not null)
        {
            evidence ??= Evidence.None;
            evidence = evidence with { Grade = fields.Grade ?? evidence.Grade, Date = fields.Date ?? evidence.Date };
        }
        return new Layer(value, (covered.Proof with { Evidence = evidence }).Below(map, value));
    }

    private Evidence? Of(YamlNode node, Proof proof, string path)
    {
        if (node is YamlText { IsMissing: false } id) { return Known(id, proof, path) is { } known ? Of(known) : null; }
        if (node is not YamlMap map)
        {
            problems.Add(node, path, "the id of a source or a mapping such as '{ id: ferc-2025, grade: B }'", node.Described);
            return null;
        }
        Fields fields = Read(map, path, ReferenceKeys);
        Evidence? evidence = proof.Evidence;
        if (map.Find("id") is YamlText key)
        {
            evidence = Known(key, proof, path + ".id") is { } known ? Of(known) : null;
        }
        else if (fields.Title is not null)
        {
            evidence = new Evidence(Grade.E, fields.Title);
        }
        evidence ??= Evidence.None;
        return evidence with
        {
            Grade = fields.Grade ?? evidence.Grade,
            Publisher = fields.Publisher ?? evidence.Publisher,
            Date = fields.Date ?? evidence.Date,
            Url = fields.Url ?? evidence.Url,
            Note = fields.Note ?? evidence.Note,
        };
    }

    private static Evidence Of(Source source) =>
        new(source.Grade ?? Grade.E, source.Title, source.Id, source.Publisher, source.Date, source.Url);

    private Source? Known(YamlText id, Proof proof, string path)
    {
        if (proof.Book.Sources.TryGetValue(id.Text, out Source? source)) { return source; }
        if (problems.IsFull)
        {
            problems.Add(id, path, "", "");
            return null;
        }
        string[] ids = [.. proof.Book.Sources.Keys];
        string expected = ids.Length == 0
            ? "the id of a source (none is declared under 'sources')"
            : $"the id of a source ({Words.List(ids, 12)})";
        problems.Add(id, path, expected, id.Described, Words.DidYouMean(id.Text, ids));
        return null;
    }

    private Fields Read(YamlMap map, string path, string[] allowed)
    {
        var fields = new Fields();
        foreach ((YamlText key, YamlNode value) in map.Entries)
        {
            if (!allowed.Contains(key.Text))
            {
                problems.Add(key, $"{path}.{key.Text}", $"one of {Words.List(allowed)}", key.Described, Words.DidYouMean(key.Text, allowed));
                continue;
            }
            // The value itself, its source and its note are read where they are used.
            if (Shape.Find(key.Text) is not { } property || (key.Text == "note" && allowed == ValueKeys)) { continue; }
            Refusal refusal = default;
            object? read = value is YamlText text ? ScalarReader.Read(property, property.Value, text, out refusal) : null;
            if (read is not null)
            {
                property.Set(fields, read);
                continue;
            }
            if (refusal == default) { refusal = ScalarReader.Refuse(property, property.Value, value); }
            problems.Add(value, $"{path}.{key.Text}", refusal.Expected, refusal.Found, refusal.Suggestion);
        }
        return fields;
    }

    /// <summary>What may be said about a source.</summary>
    private sealed record Fields
    {
        public string? Id { get; init; }

        public string? Title { get; init; }

        public string? Publisher { get; init; }

        public DateOnly? Date { get; init; }

        public string? Url { get; init; }

        public Grade? Grade { get; init; }

        public string? Note { get; init; }
    }
}
