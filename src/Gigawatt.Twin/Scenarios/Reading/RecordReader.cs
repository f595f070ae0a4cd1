using System.Collections;
using System.Globalization;
using Gigawatt.Numerics;

namespace Gigawatt.Scenarios.Reading;

/// <summary>Builds records from YAML trees and writes down every value with its evidence.</summary>
/// <remarks>
/// A record is read from layers: the mapping in the file, below it the catalogue entry that <c>model</c> names. The
/// highest layer that has a key decides; where it holds a mapping for a record, the lower layers fill its gaps.
/// A value that is wrong is reported and read on past, so that one pass finds everything.
/// </remarks>
internal sealed class RecordReader(Catalog catalog, ProblemList problems)
{
    private readonly EvidenceReader evidence = new(problems);
    private readonly References references = new(problems);

    /// <summary>Every value read, in the order of the declarations.</summary>
    public List<Fact> Facts { get; } = [];

    /// <summary>Whether a record may be incomplete: a catalogue entry, read for its own sake.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Reads the record at the top of a file; null when something was wrong.</summary>
    public object? Root(RecordShape shape, YamlMap map, SourceBook book, Place place)
    {
        Layer layer = evidence.Covered(map, shape, new Proof(null, book), "");
        CheckKeys(shape, map, place, alsoKnown: IsPartial ? null : "sources");
        object? record = Fill(shape, [layer], place);
        references.Check();
        return record;
    }

    /// <summary>Reads the sources at the top of a file.</summary>
    public SourceBook Book(YamlMap root) => evidence.Book(root.Find("sources"));

    private object? Record(RecordShape shape, List<Layer> layers, Place place)
    {
        var maps = new List<Layer>(layers.Count + 1);
        foreach (Layer layer in layers)
        {
            if (Open(shape, layer, place, isTop: maps.Count == 0) is not { } opened) { break; }
            maps.Add(opened);
            CheckKeys(shape, opened.Map, place, alsoKnown: null);
            // A model of its own is not mixed with the one below.
            if (shape.HasModel && opened.Map.Find("model") is not null) { break; }
        }
        return maps.Count == 0 ? null : Fill(shape, maps, place);
    }

    /// <summary>The mapping of a record, also where a value or a list stands for it.</summary>
    private Layer? Open(RecordShape shape, Layer layer, Place place, bool isTop)
    {
        if (layer.Node is YamlMap wrapped && wrapped.Find("value") is not null && !shape.Knows("value")
            && (shape.HasModel || shape.ValueKey is not null || shape.ListKey is not null))
        {
            layer = evidence.Unwrap(layer, place.Shown);
        }
        switch (layer.Node)
        {
            case YamlMap map:
                return evidence.Covered(map, shape, layer.Proof, place.Shown);
            case YamlText { IsMissing: false } text when shape.HasModel || shape.ValueKey is not null:
                return new Layer(YamlMap.Implied(shape.HasModel ? "model" : shape.ValueKey!, text), layer.Proof);
            case YamlList list when shape.ListKey is not null:
                return new Layer(YamlMap.Implied(shape.ListKey, list), layer.Proof);
        }
        if (isTop)
        {
            string expected = shape.HasModel ? "a model or a mapping" : $"a mapping with keys such as {Words.List(shape.Keys, 5)}";
            problems.Add(layer.Node, place.Shown, expected, layer.Node.Described);
        }
        return null;
    }

    private void CheckKeys(RecordShape shape, YamlMap map, Place place, string? alsoKnown)
    {
        if (map.IsImplied && map.Entries.Count == 1) { return; }
        YamlText? before = null;
        foreach ((YamlText key, YamlNode value) in map.Entries)
        {
            bool known = shape.Knows(key.Text) || key.Text is "source" or "note" || key.Text == alsoKnown;
            if (!known && !problems.IsFull)
            {
                string? near = Suggestion.Nearest(key.Text, shape.Keys);
                if (near is not null) { map.Excused.Add(near); }
                // { count: 110,000 } is two keys, the second being 000.
                bool comma = map.Braces && before is not null && value is YamlText { IsMissing: true }
                    && key.Text.Length >= 3 && key.Text.Take(3).All(char.IsAsciiDigit);
                string? advice = comma ? "between braces a comma separates keys: put the number into quotes"
                    : near is not null ? $"did you mean '{near}'?" : null;
                problems.Add(key, place.Key(key.Text).Shown, $"one of {Words.List(shape.Keys)}", key.Described, advice);
            }
            else if (!known)
            {
                problems.Add(key, "", "", "");
            }
            before = key;
        }
    }

    private object? Fill(RecordShape shape, List<Layer> layers, Place place)
    {
        object record = Activator.CreateInstance(shape.Type)!;
        bool sound = true;
        if (shape.CatalogFile is not null && !AddModels(shape, layers, place))
        {
            sound = false;
            foreach (string key in shape.Keys) { layers[0].Map.Excused.Add(key); }
        }
        foreach (PropertyShape property in shape.Properties)
        {
            sound &= property.IsInline
                ? FillInline(property, record, layers, place)
                : FillProperty(shape, property, record, layers, place);
        }
        if (sound && !IsPartial && record is ISelfChecking checking) { sound = Agrees(shape, checking, layers, place); }
        return sound || IsPartial ? record : null;
    }

    private bool FillInline(PropertyShape property, object record, List<Layer> layers, Place place)
    {
        RecordShape inner = property.Value.Record;
        bool mentioned = layers.Any(l => inner.Keys.Any(key => l.Map.Find(key) is not null));
        if (!mentioned && property.IsNullable) { return true; }
        return Fill(inner, [.. layers], place) is { } value && TrySet(property, record, value, layers[0].Map, place);
    }

    private bool FillProperty(RecordShape shape, PropertyShape property, object record, List<Layer> layers, Place place)
    {
        var values = new List<Layer>(layers.Count);
        foreach (Layer layer in layers)
        {
            if (layer.Map.Find(property.Key) is { } node) { values.Add(layer.Below(node)); }
        }
        YamlMap top = layers[0].Map;
        if (values.Count == 0) { return Absent(shape, property, record, top, place); }
        bool stands = top.IsImplied && top.Entries.Count == 1;
        Place at = place.Key(property.Key);
        if (stands) { at = at with { Shown = place.Shown }; }
        if (values[0].Node is YamlText none && (none.IsNull || (property.AbsentAs is { } word && none.Text == word)) && property.IsNullable) { return TrySet(property, record, null, values[0].Node, at); }
        if (Value(property, property.Value, values, at) is not { } value) { return false; }
        if (property.Info.Name == "Name" && value is string name) { references.Declare(place.Path, name); }
        return TrySet(property, record, value, values[0].Node, at);
    }

    private bool Absent(RecordShape shape, PropertyShape property, object record, YamlMap map, Place place)
    {
        if (!property.IsRequired)
        {
            if (!IsPartial) { new DefaultFacts(Facts, references).Add(property, record, place.Key(property.Key)); }
            return true;
        }
        if (IsPartial) { return true; }
        if (!map.Excused.Contains(property.Key))
        {
            problems.Add(map, place.Key(property.Key).Shown, ScalarReader.Expected(property, property.Value), "nothing",
                shape.CatalogFile is { } file && map.Find("model") is null
                    ? $"the key is required, unless a 'model' of catalog/{file}.yaml gives it"
                    : "the key is required");
        }
        return false;
    }

    private object? Value(PropertyShape property, ValueShape shape, List<Layer> layers, Place place)
    {
        if (shape.Kind == ValueKind.Record) { return Record(shape.Record, layers, place); }
        Layer layer = layers[0];
        if (shape.Kind != ValueKind.Map) { layer = evidence.Unwrap(layer, place.Shown); }
        switch (layer.Node)
        {
            case YamlList list when shape.Kind == ValueKind.List:
                return List(property, shape, layer, list, place);
            case YamlMap map when shape.Kind == ValueKind.Map:
                return Map(property, shape, layer, map, place);
            case YamlList list when shape.Kind == ValueKind.Curve:
                return new CurveReader(problems, Facts).Read(property, layer, list, place);
            case YamlText text:
                return Scalar(property, shape, layer, text, place);
        }
        Refusal refusal = ScalarReader.Refuse(property, shape, layer.Node);
        problems.Add(layer.Node, place.Shown, refusal.Expected, refusal.Found, refusal.Suggestion);
        return null;
    }

    private object? Scalar(PropertyShape property, ValueShape shape, Layer layer, YamlText written, Place place)
    {
        if (ScalarReader.Read(property, shape, written, out Refusal refusal) is not { } value)
        {
            problems.Add(written, place.Shown, refusal.Expected, refusal.Found, refusal.Suggestion);
            return null;
        }
        if (property.RefersTo is { } lists) { references.Refer(place, written, lists); }
        Facts.Add(new Fact(
            place.Path, written.Text, DefaultFacts.Value(value), value is double ? property.Unit.Symbol : "",
            layer.Proof.For(written), written.File.Origin, written.File.Name, written.Line, written.Column));
        return value;
    }

    private object? List(PropertyShape property, ValueShape shape, Layer layer, YamlList list, Place place)
    {
        Type elementType = shape.Type.IsArray ? shape.Type.GetElementType()! : shape.Type.GetGenericArguments()[0];
        Array items = Array.CreateInstance(elementType, list.Items.Count);
        bool sound = true;
        for (int i = 0; i < items.Length; i++)
        {
            Place at = place.Item(i.ToString(CultureInfo.InvariantCulture));
            object? item = Value(property, shape.Element!, [layer.Below(list.Items[i])], at);
            if (item is null) { sound = false; } else { items.SetValue(item, i); }
        }
        if (shape.Element!.Kind == ValueKind.Record && shape.Element.Record.Find("name")?.Value.Kind == ValueKind.Text)
        {
            references.CheckDistinct(list, place);
        }
        if (!sound) { return null; }
        return shape.Type.IsAssignableFrom(items.GetType())
            ? items
            : Activator.CreateInstance(typeof(List<>).MakeGenericType(elementType), items);
    }

    private object? Map(PropertyShape property, ValueShape shape, Layer layer, YamlMap map, Place place)
    {
        Type elementType = shape.Type.GetGenericArguments()[1];
        var items = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), elementType))!;
        bool sound = true;
        foreach ((YamlText key, YamlNode node) in map.Entries)
        {
            Place at = place.Item(key.Text);
            references.Declare(place.Path, key.Text);
            if (property.RefersTo is { } lists && shape.Element!.Kind != ValueKind.Text) { references.Refer(at, key, lists); }
            object? item = Value(property, shape.Element!, [layer.Below(node)], at);
            if (item is null) { sound = false; } else { items.Add(key.Text, item); }
        }
        return sound ? items : null;
    }

    /// <summary>Puts the catalogue entry that <c>model</c> names below the layer that names it, and its own model below that.</summary>
    private bool AddModels(RecordShape shape, List<Layer> layers, Place place)
    {
        int naming = layers.FindIndex(l => l.Map.Find("model") is not null);
        if (naming < 0) { return true; }
        layers.RemoveRange(naming + 1, layers.Count - naming - 1);
        var visited = new HashSet<string>(StringComparer.Ordinal);
        Layer layer = layers[naming];
        while (layer.Map.Find("model") is { } node)
        {
            string path = layer.Map.IsImplied ? place.Shown : place.Key("model").Shown;
            YamlText? model = Plain(node);
            CatalogFile? file = catalog.File(shape.CatalogFile!, problems);
            if (model is null || file?.Entries.GetValueOrDefault(model.Text) is not { } entry || !visited.Add(model.Text))
            {
                IReadOnlyList<string> models = file?.Models ?? [];
                string choice = models.Count > 0 ? Words.List(models, 12) : "there is none";
                problems.Add(node, path, $"a model of catalog/{shape.CatalogFile}.yaml ({choice})", node.Described,
                    model is null ? null : Words.DidYouMean(model.Text, models.Where(m => m != model.Text)));
                return false;
            }
            layer = evidence.Covered(entry, shape, new Proof(null, file.Book), $"entries.{model.Text}");
            CheckKeys(shape, entry, place, alsoKnown: null);
            layers.Add(layer);
        }
        return true;
    }

    private bool TrySet(PropertyShape property, object record, object? value, YamlNode node, Place place)
    {
        try
        {
            property.Set(record, value);
            return true;
        }
        catch (SpecException e)
        {
            (string expected, string found) = Resaid(property, e, Plain(node));
            problems.Add(node, place.Shown, expected, found);
        }
        catch (ArgumentException e)
        {
            problems.Add(node, place.Shown, e.Message, node.Described);
        }
        return false;
    }

    /// <summary>A failed check in the unit that the user wrote.</summary>
    private static (string Expected, string Found) Resaid(PropertyShape property, SpecException e, YamlText? written)
    {
        if (written is null || !Quantity.TryParse(written.Text, out Quantity quantity, out _)
            || quantity.Unit.Dimension != property.Unit.Unit.Dimension)
        {
            return (e.Expected, written?.Described ?? Words.Quote(QuantityWords.Write(property, e.Found)));
        }
        string Say(double limit) => QuantityWords.Say(property, limit, quantity);
        string expected = e.Limits switch
        {
            { Lowest: double.NegativeInfinity } range => $"{Say(range.Highest)} or less",
            { Highest: double.PositiveInfinity } range => $"{Say(range.Lowest)} or more",
            { } range => $"{Say(range.Lowest)} to {Say(range.Highest)}",
            null when quantity.Symbol is "" or "%" || quantity.Unit.IsTemperatureScale => e.Expected,
            null when e.Expected == "more than 0" => $"more than 0 {quantity.Symbol}",
            null when e.Expected == "0 or more" => $"0 {quantity.Symbol} or more",
            null => e.Expected,
        };
        return (expected, written.Described);
    }

    private bool Agrees(RecordShape shape, ISelfChecking checking, List<Layer> layers, Place place)
    {
        bool agrees = true;
        foreach (Contradiction contradiction in checking.Contradictions())
        {
            agrees = false;
            PropertyShape? property = shape.Properties.FirstOrDefault(p => p.Info.Name == contradiction.Property);
            string? key = property is null || property.IsInline ? null : property.Key;
            YamlNode at = (key is null ? null : layers[0].Map.Find(key)) ?? layers[0].Map;
            problems.Add(at, key is null ? place.Shown : place.Key(key).Shown, contradiction.Expected, contradiction.Found);
        }
        return agrees;
    }

    /// <summary>The text of a value, also when it is written with its evidence.</summary>
    private static YamlText? Plain(YamlNode node) => node as YamlText ?? (node as YamlMap)?.Find("value") as YamlText;
}
