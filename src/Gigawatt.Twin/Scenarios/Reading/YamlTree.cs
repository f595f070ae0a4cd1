namespace Gigawatt.Scenarios.Reading;

/// <summary>A text that values come from: a scenario, a catalogue file or an override.</summary>
internal sealed class YamlFile(string name, FactOrigin origin)
{
    public string Name { get; } = name;

    public FactOrigin Origin { get; } = origin;
}

/// <summary>A value in a YAML text with the place where it begins.</summary>
internal abstract class YamlNode(YamlFile file, int line, int column)
{
    public YamlFile File { get; } = file;

    public int Line { get; } = line;

    public int Column { get; } = column;

    /// <summary>The node in the words of an error: 'text', a list, a mapping or nothing.</summary>
    public abstract string Described { get; }

    /// <summary>The same value as a tree of its own.</summary>
    public abstract YamlNode Copy(ref int left);
}

/// <summary>A single value as written.</summary>
internal sealed class YamlText(YamlFile file, int line, int column, string text, bool quoted) : YamlNode(file, line, column)
{
    public string Text { get; } = text;

    /// <summary>Whether nothing stands after the key.</summary>
    public bool IsMissing => !quoted && Text.Length == 0;

    /// <summary>Whether the value is YAML's null.</summary>
    public bool IsNull => !quoted && Text is "null" or "~" or "Null" or "NULL";

    public override string Described => IsMissing ? "nothing" : Words.Quote(Text);

    public override YamlNode Copy(ref int left)
    {
        left--;
        return this;
    }
}

/// <summary>A list.</summary>
internal sealed class YamlList(YamlFile file, int line, int column) : YamlNode(file, line, column)
{
    public List<YamlNode> Items { get; } = [];

    public override string Described => "a list";

    public override YamlNode Copy(ref int left)
    {
        var copy = new YamlList(File, Line, Column);
        left--;
        for (int i = 0; i < Items.Count && left > 0; i++) { copy.Items.Add(Items[i].Copy(ref left)); }
        return copy;
    }
}

/// <summary>A key and its value.</summary>
internal sealed record YamlEntry(YamlText Key, YamlNode Value);

/// <summary>A mapping from keys to values, in the order written.</summary>
internal sealed class YamlMap(YamlFile file, int line, int column, bool braces = false) : YamlNode(file, line, column)
{
    private readonly Dictionary<string, int> index = new(StringComparer.Ordinal);
    private readonly List<YamlEntry> entries = [];

    public IReadOnlyList<YamlEntry> Entries => entries;

    /// <summary>Whether it is written between braces.</summary>
    public bool Braces { get; } = braces;

    /// <summary>Keys that are missing only because something beside them is wrong, which is reported instead.</summary>
    public HashSet<string> Excused => field ??= new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Whether the reader made it for a value that stands for a whole record.</summary>
    public bool IsImplied { get; init; }

    public override string Described => "a mapping";

    /// <summary>A mapping of one key, for a value that stands for a whole record.</summary>
    public static YamlMap Implied(string key, YamlNode value)
    {
        var map = new YamlMap(value.File, value.Line, value.Column) { IsImplied = true };
        map.Set(key, value);
        return map;
    }

    public YamlNode? Find(string key) => index.TryGetValue(key, out int i) ? entries[i].Value : null;

    /// <summary>Adds an entry; false when the key is there already.</summary>
    public bool TryAdd(YamlText key, YamlNode value)
    {
        if (!index.TryAdd(key.Text, entries.Count)) { return false; }
        entries.Add(new YamlEntry(key, value));
        return true;
    }

    /// <summary>Adds or replaces an entry; a new key stands where its value stands.</summary>
    public void Set(string key, YamlNode value)
    {
        if (index.TryGetValue(key, out int i))
        {
            entries[i] = entries[i] with { Value = value };
        }
        else
        {
            TryAdd(new YamlText(value.File, value.Line, value.Column, key, quoted: false), value);
        }
    }

    public override YamlNode Copy(ref int left)
    {
        var copy = new YamlMap(File, Line, Column, Braces);
        left--;
        for (int i = 0; i < entries.Count && left > 0; i++) { copy.TryAdd(entries[i].Key, entries[i].Value.Copy(ref left)); }
        return copy;
    }
}
