using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Gigawatt.Scenarios.Reading;

/// <summary>Reads a YAML text into a tree that remembers where everything stands.</summary>
/// <remarks>Not read: tags (ignored), merge keys, several documents in one text.</remarks>
internal sealed class YamlParser
{
    private const int DeepestNesting = 64;
    private const int MostNodes = 1_000_000;

    private readonly Parser parser;
    private readonly YamlFile file;
    private readonly ProblemList problems;
    private readonly Dictionary<string, YamlNode?> anchors = new(StringComparer.Ordinal);
    private readonly List<string> path = [];
    private int left = MostNodes;

    private YamlParser(string text, YamlFile file, ProblemList problems)
    {
        parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        this.file = file;
        this.problems = problems;
    }

    /// <summary>The tree of a text, or null when it is no YAML, which is then among the problems.</summary>
    public static YamlNode? Parse(string text, YamlFile file, ProblemList problems)
    {
        if (text.IndexOf('\0', StringComparison.Ordinal) is int nul and >= 0)
        {
            (int line, int column) = Position(text, nul);
            problems.Add(new Problem(file.Name, line, column, "", "YAML text", "a NUL character", "is this a binary file?"));
            return null;
        }
        try
        {
            return new YamlParser(text, file, problems).Document(text);
        }
        catch (YamlException e)
        {
            problems.Add(YamlSyntax.Explain(e, text, file));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException or FormatException
            or OverflowException or NullReferenceException or KeyNotFoundException)
        {
            // The parser has no better word for some malformed texts.
            problems.Add(new Problem(file.Name, 0, 0, "", "YAML text", "text that cannot be read as YAML"));
        }
        return null;
    }

    /// <summary>Line and column, from 1, of a character.</summary>
    public static (int Line, int Column) Position(string text, int index)
    {
        int line = 1;
        int start = 0;
        for (int i = 0; i < index; i++)
        {
            if (text[i] != '\n') { continue; }
            line++;
            start = i + 1;
        }
        return (line, index - start + 1);
    }

    private YamlNode? Document(string text)
    {
        Next();
        if (Next() is not DocumentStart)
        {
            string found = string.IsNullOrWhiteSpace(text) ? "an empty file" : "nothing but comments";
            problems.Add(new Problem(file.Name, 1, 1, "", "keys and values such as 'name: Colossus 2'", found));
            return null;
        }
        YamlNode? root = Node(Next(), 0);
        if (root is null) { return null; }
        Next();
        if (Next() is DocumentStart second)
        {
            problems.Add(new Problem(file.Name, Line(second), Column(second), "", "one document", "a second one after '---'",
                "put it into a file of its own"));
            return null;
        }
        return root;
    }

    private ParsingEvent Next() => parser.MoveNext() && parser.Current is { } current
        ? current
        : throw new YamlException("unexpected end");

    private YamlNode? Node(ParsingEvent e, int depth)
    {
        if (depth > DeepestNesting || --left <= 0)
        {
            string limit = left <= 0 ? $"at most {MostNodes:N0} values" : $"at most {DeepestNesting} levels of nesting";
            problems.Add(new Problem(file.Name, Line(e), Column(e), "", limit, "more"));
            return null;
        }
        switch (e)
        {
            case Scalar scalar:
                var text = new YamlText(file, Line(e), Column(e), scalar.Value, scalar.Style != ScalarStyle.Plain);
                return Anchored(scalar, text);
            case AnchorAlias alias:
                return Alias(alias);
            case SequenceStart start:
                return Anchored(start, List(start, depth));
            case MappingStart start:
                return Anchored(start, Map(start, depth));
            default:
                throw new YamlException(e.Start, e.End, "unexpected content");
        }
    }

    private YamlNode? Anchored(NodeEvent e, YamlNode? node)
    {
        if (!e.Anchor.IsEmpty) { anchors[e.Anchor.Value] = node; }
        return node;
    }

    private YamlNode? Alias(AnchorAlias alias)
    {
        bool known = anchors.TryGetValue(alias.Value.Value, out YamlNode? target);
        if (target is null)
        {
            problems.Add(new Problem(file.Name, Line(alias), Column(alias), "", "an anchor declared before this alias",
                $"'*{alias.Value.Value}'" + (known ? ", which stands inside its own anchor" : ""),
                known ? null : Words.DidYouMean(alias.Value.Value, anchors.Keys)));
            return null;
        }
        YamlNode copy = target.Copy(ref left);
        if (left > 0) { return copy; }
        problems.Add(new Problem(file.Name, Line(alias), Column(alias), "", $"at most {MostNodes:N0} values", "more, by aliases"));
        return null;
    }

    private YamlList? List(SequenceStart start, int depth)
    {
        if (!start.Anchor.IsEmpty) { anchors[start.Anchor.Value] = null; }
        var list = new YamlList(file, Line(start), Column(start));
        while (true)
        {
            ParsingEvent e = Next();
            if (e is SequenceEnd) { return list; }
            path.Add($"[{list.Items.Count}]");
            if (Node(e, depth + 1) is not { } item) { return null; }
            path.RemoveAt(path.Count - 1);
            list.Items.Add(item);
        }
    }

    private YamlMap? Map(MappingStart start, int depth)
    {
        if (!start.Anchor.IsEmpty) { anchors[start.Anchor.Value] = null; }
        var map = new YamlMap(file, Line(start), Column(start), start.Style == MappingStyle.Flow);
        while (true)
        {
            ParsingEvent e = Next();
            if (e is MappingEnd) { return map; }
            if (Node(e, depth + 1) is not { } keyNode) { return null; }
            if (keyNode is not YamlText key)
            {
                problems.Add(keyNode, "", "a word as key", keyNode.Described);
                return null;
            }
            path.Add(key.Text);
            if (Node(Next(), depth + 1) is not { } value) { return null; }
            if (!map.TryAdd(key, value) && !problems.IsFull)
            {
                int first = map.Entries.First(entry => entry.Key.Text == key.Text).Key.Line;
                problems.Add(key, Path(), "each key once", $"{key.Described} again (first in line {first})");
            }
            path.RemoveAt(path.Count - 1);
        }
    }

    private string Path() => string.Concat(path.Select((step, i) => i == 0 || step.StartsWith('[') ? step : "." + step));

    private static int Line(ParsingEvent e) => (int)e.Start.Line;

    private static int Column(ParsingEvent e) => (int)e.Start.Column;
}
