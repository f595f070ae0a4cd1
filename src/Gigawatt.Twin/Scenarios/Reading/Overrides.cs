using System.Globalization;

namespace Gigawatt.Scenarios.Reading;

/// <summary>Applies <c>--set path=value</c> to a scenario's tree before it is read.</summary>
internal sealed class Overrides
{
    private readonly YamlFile file;
    private readonly string set;
    private readonly List<(string Name, bool IsItem)> steps = [];
    private readonly ProblemList problems;

    private Overrides(string set, ProblemList problems)
    {
        this.set = set;
        this.problems = problems;
        file = new YamlFile("--set " + set, FactOrigin.CommandLine);
    }

    /// <summary>Changes or adds one value; what is wrong with the override is among the problems.</summary>
    public static void Apply(YamlMap root, RecordShape shape, string set, ProblemList problems)
    {
        var one = new Overrides(set, problems);
        if (one.Split() is { } value) { one.Put(root, shape, container: null, value, 0); }
    }

    /// <summary>Takes the path apart; null when the override has no path or no value.</summary>
    private YamlNode? Split()
    {
        int start = 0;
        int i = 0;
        bool wellFormed = true;
        for (; i < set.Length && set[i] != '='; i++)
        {
            if (set[i] == '.')
            {
                wellFormed &= Step(start, i, afterItem: i > 0 && set[i - 1] == ']');
                start = i + 1;
            }
            else if (set[i] == '[')
            {
                wellFormed &= Step(start, i, afterItem: i > 0 && set[i - 1] == ']');
                int close = set.IndexOf(']', i);
                if (close < 0)
                {
                    wellFormed = false;
                    break;
                }
                steps.Add((set[(i + 1)..close], true));
                i = close;
                start = close + 1;
            }
        }
        if (wellFormed && i < set.Length && Step(start, i, afterItem: i > 0 && set[i - 1] == ']') && i + 1 < set.Length && !steps[0].IsItem)
        {
            return Value(set[(i + 1)..].Trim());
        }
        problems.Add(new Problem(file.Name, 0, 0, "", "a path and a value such as 'power.batteries[0].count=200'", Words.Quote(set)));
        return null;
    }

    /// <summary>Adds the key between two marks of the path; false when there should be one and is none.</summary>
    private bool Step(int start, int end, bool afterItem)
    {
        string key = set[start..end].Trim();
        if (key.Length > 0) { steps.Add((key, false)); }
        return key.Length > 0 != afterItem;
    }

    private YamlNode Value(string text)
    {
        if (text.Length > 0 && text[0] is '[' or '{' or '"' or '\'')
        {
            var wrong = new ProblemList();
            if (YamlParser.Parse(text, file, wrong) is { } node && wrong.Count == 0) { return node; }
        }
        return new YamlText(file, 0, 0, text, quoted: false);
    }

    /// <summary>The node with the value put at the rest of the path.</summary>
    private YamlNode Put(YamlNode? node, RecordShape? record, ValueShape? container, YamlNode value, int step)
    {
        if (step == steps.Count) { return value; }
        (string name, bool isItem) = steps[step];
        if (node is YamlMap wrapper && wrapper.Find("value") is { } wrapped && name != "value"
            && container?.Kind != ValueKind.Map && record?.Knows("value") != true)
        {
            wrapper.Set("value", Put(wrapped, record, container, value, step));
            return wrapper;
        }
        if (isItem) { return PutItem(node, container, value, step, name); }
        node = node switch
        {
            null => new YamlMap(file, 0, 0),
            YamlText { IsMissing: true } => new YamlMap(file, 0, 0),
            YamlText when record?.HasModel == true => YamlMap.Implied("model", node),
            YamlText when record?.ValueKey is { } key => YamlMap.Implied(key, node),
            YamlList when record?.ListKey is { } key => YamlMap.Implied(key, node),
            _ => node,
        };
        if (node is not YamlMap map)
        {
            Refuse(step, "a mapping", node.Described);
            return node;
        }
        PropertyShape? property = record?.Find(name);
        map.Set(name, Put(map.Find(name), RecordOf(property?.Value), property?.Value.Element is null ? null : property.Value, value, step + 1));
        return map;
    }

    private YamlNode PutItem(YamlNode? node, ValueShape? container, YamlNode value, int step, string name)
    {
        ValueShape? item = container?.Element;
        ValueShape? nested = item?.Element is null ? null : item;
        if (container?.Kind == ValueKind.Map && node is null or YamlMap)
        {
            YamlMap map = node as YamlMap ?? new YamlMap(file, 0, 0);
            map.Set(name, Put(map.Find(name), RecordOf(item), nested, value, step + 1));
            return map;
        }
        if (node is not YamlList list)
        {
            Refuse(step, "a list", node?.Described ?? "nothing");
            return node ?? value;
        }
        string[] names = [.. list.Items.Select(i => NameOf(i) ?? "").Where(n => n.Length > 0)];
        int index = list.Items.FindIndex(i => NameOf(i) == name);
        if (index < 0 && !int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out index)) { index = -1; }
        if (index < 0 || index >= list.Items.Count)
        {
            string numbers = list.Items.Count switch { 0 => "the list is empty", 1 => "0", _ => $"0 to {list.Items.Count - 1}" };
            string expected = names.Length > 0 ? $"an item: {numbers}, or a name ({Words.List(names, 12)})" : $"an item: {numbers}";
            Refuse(step, expected, Words.Quote(name), Words.DidYouMean(name, names));
            return node;
        }
        list.Items[index] = Put(list.Items[index], RecordOf(item), nested, value, step + 1);
        return list;
    }

    private static string? NameOf(YamlNode item) => ((item as YamlMap)?.Find("name") as YamlText)?.Text;

    private static RecordShape? RecordOf(ValueShape? shape) => shape?.Kind == ValueKind.Record ? shape.Record : null;

    private void Refuse(int step, string expected, string found, string? suggestion = null)
    {
        string path = "";
        for (int i = 0; i <= step; i++)
        {
            path += steps[i].IsItem ? $"[{steps[i].Name}]" : (i > 0 ? "." : "") + steps[i].Name;
        }
        problems.Add(new Problem(file.Name, 0, 0, path, expected, found, suggestion));
    }
}
