using System.Globalization;
using System.Text;

namespace Gigawatt.Scenarios.Reading;

/// <summary>Where a value stands: its path, and the path as the user wrote it where a value stands for a whole record.</summary>
internal sealed record Place(string Path, string Shown)
{
    public Place Key(string key)
    {
        string path = Path.Length == 0 ? key : $"{Path}.{key}";
        return new Place(path, Shown == Path ? path : Shown.Length == 0 ? key : $"{Shown}.{key}");
    }

    public Place Item(string name) => new($"{Path}[{name}]", $"{Shown}[{name}]");
}

/// <summary>The names that a scenario declares and the texts that refer to them, compared when all is read.</summary>
internal sealed class References(ProblemList problems)
{
    private readonly Dictionary<string, List<string>> names = new(StringComparer.Ordinal);
    private readonly List<Reference> references = [];

    /// <summary>A record of this name exists.</summary>
    public void Declare(string path, string name)
    {
        string list = WithoutItems(path);
        if (!names.TryGetValue(list, out List<string>? known)) { names[list] = known = []; }
        known.Add(name);
    }

    /// <summary>A list cannot hold two records of the same name.</summary>
    public void CheckDistinct(YamlList list, Place place)
    {
        var first = new Dictionary<string, YamlText>(StringComparer.Ordinal);
        for (int i = 0; i < list.Items.Count; i++)
        {
            if ((list.Items[i] as YamlMap)?.Find("name") is not YamlText name || first.TryAdd(name.Text, name)) { continue; }
            int line = first[name.Text].Line;
            string path = place.Item(i.ToString(CultureInfo.InvariantCulture)).Key("name").Shown;
            problems.Add(name, path, $"a name that no other {Words.Singular(WithoutItems(place.Path))} has",
                $"{name.Described} again" + (line > 0 ? $" (first in line {line})" : ""));
        }
    }

    /// <summary>A text refers to a name of one of these lists.</summary>
    public void Refer(Place place, YamlText node, IReadOnlyList<string> lists) => references.Add(new Reference(place, node, lists));

    /// <summary>Reports every reference to a name that does not exist.</summary>
    public void Check()
    {
        foreach ((Place place, YamlText node, IReadOnlyList<string> lists) in references)
        {
            bool found = false;
            foreach (string list in lists) { found |= names.TryGetValue(list, out List<string>? known) && known.Contains(node.Text); }
            if (found) { continue; }
            string[] candidates = [.. lists.SelectMany(l => names.GetValueOrDefault(l) ?? []).Distinct()];
            string kinds = string.Join(" or ", lists.Select(Words.Singular));
            string choice = candidates.Length > 0 ? Words.List(candidates, 12) : $"none is declared under {string.Join(" or ", lists)}";
            problems.Add(node, place.Shown, $"the name of a {kinds} ({choice})", node.Described, Words.DidYouMean(node.Text, candidates));
        }
    }

    private sealed record Reference(Place Place, YamlText Node, IReadOnlyList<string> Lists);

    private static string WithoutItems(string path)
    {
        if (!path.Contains('[', StringComparison.Ordinal)) { return path; }
        var flat = new StringBuilder(path.Length);
        int depth = 0;
        foreach (char c in path)
        {
            depth += c == '[' ? 1 : 0;
            if (depth == 0) { flat.Append(c); }
            depth -= c == ']' && depth > 0 ? 1 : 0;
        }
        return flat.ToString();
    }
}
