using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gigawatt.Numerics;

namespace Gigawatt.Scenarios.Reading;

/// <summary>Writes the JSON Schema of a scenario, from the declarations that the reader reads by.</summary>
/// <remarks>
/// Draft 2020-12. Editors complete and check with it while a file is written. Not in the schema: limits of values, names
/// that must be declared elsewhere, contradictions between values; <c>gw check</c> finds those.
/// </remarks>
public sealed class JsonSchema
{
    private const string QuantityPattern = @"^\s*[+-]?(\d[\d_,]*(\.\d+)?|\.\d+)([eE][+-]?\d+)?\s*[^\d\s.,_].*$";
    private const string NumberPattern = @"^\s*[+-]?(\d[\d_,]*(\.\d+)?|\.\d+)([eE][+-]?\d+)?(\s*\S.*)?$";
    private const string CountPattern = @"^\s*[+-]?\d[\d_,]*\s*$";
    private const string DatePattern = @"^\d{4}-\d{2}-\d{2}$";

    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Comments comments = new();
    private readonly Catalog catalog;
    private readonly SortedDictionary<string, JsonObject?> records = new(StringComparer.Ordinal);

    private readonly Dictionary<string, Type> named = new(StringComparer.Ordinal)
    {
        { "declared_source", typeof(Source) },
        { "source", typeof(Evidence) },
        { "grade", typeof(Grade) },
    };

    // Records within a catalogue record: a mapping there may leave to the model what it does not change.
    private readonly HashSet<Type> completed;

    private JsonSchema(Catalog catalog, Type root)
    {
        this.catalog = catalog;
        completed = [.. Catalog.Takers(root).SelectMany(taker => taker.Properties).Where(p => p.Value.Kind == ValueKind.Record).Select(p => p.Value.Type)];
    }

    /// <summary>The schema of a scenario of type <typeparamref name="T"/>; the same bytes each time.</summary>
    /// <param name="catalog">Catalogue whose entries are the models to choose from.</param>
    /// <exception cref="ScenarioException">A catalogue file has mistakes.</exception>
    public static string Of<T>(Catalog catalog)
    {
        var schema = new JsonSchema(catalog, typeof(T));
        RecordShape root = RecordShape.Of(typeof(T));
        JsonObject top = schema.Mapping(root);
        top["properties"]!.AsObject()["sources"] = new JsonObject
        {
            { "description", "Documents that values refer to, by id." },
            { "type", "object" },
            { "additionalProperties", Reference("declared_source") },
        };
        var definitions = new JsonObject { { "declared_source", Source(withId: false) }, { "source", Sourced() }, { "grade", GradeOf() } };
        foreach (KeyValuePair<string, JsonObject?> record in schema.records) { definitions.Add(record.Key.Replace(' ', '_'), record.Value); }
        var document = new JsonObject
        {
            { "$schema", "https://json-schema.org/draft/2020-12/schema" },
            { "title", $"Gigawatt {SnakeCase.Of(typeof(T).Name).Replace('_', ' ')}" },
        };
        foreach (KeyValuePair<string, JsonNode?> part in top.ToArray())
        {
            top.Remove(part.Key);
            document.Add(part.Key, part.Value);
        }
        document.Add("$defs", definitions);
        return document.ToJsonString(Layout) + "\n";
    }

    private JsonObject Mapping(RecordShape shape)
    {
        var properties = new JsonObject();
        var required = new SortedSet<string>(StringComparer.Ordinal);
        var modelled = new SortedSet<string>(StringComparer.Ordinal);
        AddKeys(shape, properties, required, modelled, optional: completed.Contains(shape.Type));
        if (!shape.Knows("source")) { properties["source"] = Reference("source"); }
        if (!shape.Knows("note")) { properties["note"] = new JsonObject { { "type", "string" } }; }
        var mapping = new JsonObject();
        if (comments.Of(shape.Type) is { } description) { mapping.Add("description", description); }
        mapping.Add("type", "object");
        mapping.Add("properties", properties);
        if (required.Count > 0) { mapping.Add("required", Texts(required)); }
        if (modelled.Count > 0)
        {
            mapping.Add("anyOf", new JsonArray(
                new JsonObject { { "required", Texts(["model"]) } }, new JsonObject { { "required", Texts(modelled) } }));
        }
        mapping.Add("additionalProperties", false);
        return mapping;
    }

    private void AddKeys(RecordShape shape, JsonObject properties, SortedSet<string> required, SortedSet<string> modelled, bool optional)
    {
        foreach (PropertyShape property in shape.Properties)
        {
            if (property.IsInline)
            {
                AddKeys(property.Value.Record, properties, required, modelled, optional || property.IsNullable);
                continue;
            }
            properties[property.Key] = Property(property);
            if (property.IsRequired && !optional) { (shape.CatalogFile is null ? required : modelled).Add(property.Key); }
        }
        if (shape.CatalogFile is { } file)
        {
            properties["model"] = Models(file);
        }
    }

    private JsonObject Models(string file)
    {
        string name = $"model of {file}";
        if (records.TryAdd(name, null))
        {
            IReadOnlyList<string> models = catalog.Models(file);
            var schema = new JsonObject { { "description", $"Entry of catalog/{file}.yaml to start from." }, { "type", "string" } };
            if (models.Count > 0) { schema.Add("enum", Texts(models)); }
            records[name] = schema;
        }
        return Reference(name);
    }

    private JsonObject Property(PropertyShape property)
    {
        JsonObject value = Value(property, property.Value);
        if (property.Value.Kind is ValueKind.List or ValueKind.Curve)
        {
            value = new JsonObject { { "anyOf", new JsonArray(value, WithEvidence(value.DeepClone())) } };
        }
        if (property.AbsentAs is { } word) { value = new JsonObject { { "anyOf", new JsonArray(value, new JsonObject { { "const", word } }) } }; }
        if (property.IsNullable)
        {
            value = new JsonObject { { "anyOf", new JsonArray(value, new JsonObject { { "type", "null" } }) } };
        }
        if (Description(property) is { Length: > 0 } description) { value.Insert(0, "description", description); }
        return value;
    }

    private string Description(PropertyShape property)
    {
        string summary = comments.Of(property.Info) ?? "";
        string measured = property.Value.Leaf == ValueKind.Number && property.Unit.Symbol.Length > 0
            ? $"Give {QuantityWords.Noun(property.Unit.Unit.Dimension) ?? "a quantity"} with its unit."
            : "";
        string sourced = property.Default is { } given ? $"Default of grade {given.Grade}: {given.Source}." : "";
        return string.Join(' ', new[] { summary, measured, sourced }.Where(s => s.Length > 0));
    }

    /// <summary>A value as it may stand in the file: single values are declared once and may bring their evidence.</summary>
    private JsonObject Value(PropertyShape property, ValueShape value)
    {
        string? name = value.Kind switch
        {
            ValueKind.Number when property.IsFraction => "share",
            ValueKind.Number when property.Unit.Symbol.Length > 0 => QuantityName(property.Unit.Symbol),
            ValueKind.Number => "number",
            ValueKind.Whole => "count",
            ValueKind.Truth => "truth",
            ValueKind.Date => "date",
            ValueKind.Text => "text",
            ValueKind.Choice => NameOf(value.Type),
            _ => null,
        };
        if (name is null) { return Plain(property, value); }
        if (records.TryAdd(name, null))
        {
            JsonObject plain = Plain(property, value);
            records[name] = new JsonObject { { "anyOf", new JsonArray(plain, WithEvidence(plain.DeepClone())) } };
        }
        return Reference(name);
    }

    /// <summary>A name for a quantity that may stand in a reference: letters and digits of plain ASCII.</summary>
    private static string QuantityName(string symbol) => "quantity in " + symbol
        .Replace("/", " per ", StringComparison.Ordinal)
        .Replace("°", "deg", StringComparison.Ordinal)
        .Replace('²', '2')
        .Replace('³', '3')
        .Replace('·', ' ');

    private JsonObject Plain(PropertyShape property, ValueShape value)
    {
        switch (value.Kind)
        {
            case ValueKind.Number when property.Unit.Symbol.Length > 0:
                return new JsonObject
                {
                    { "type", "string" }, { "pattern", QuantityPattern }, { "examples", Texts([QuantityWords.Example(property)]) },
                };
            case ValueKind.Number:
                return new JsonObject
                {
                    { "type", new JsonArray("number", "string") },
                    { "pattern", NumberPattern },
                    { "examples", Texts([QuantityWords.Example(property)]) },
                };
            case ValueKind.Whole:
                return new JsonObject { { "type", new JsonArray("integer", "string") }, { "pattern", CountPattern } };
            case ValueKind.Truth:
                return new JsonObject { { "type", "boolean" } };
            case ValueKind.Date:
                return new JsonObject { { "type", "string" }, { "pattern", DatePattern }, { "examples", Texts(["2025-09-15"]) } };
            case ValueKind.Choice:
                return new JsonObject { { "enum", Texts(value.Choices) } };
            case ValueKind.Curve:
                return new JsonObject { { "type", "array" }, { "minItems", 2 }, { "items", Point() } };
            case ValueKind.List:
                return new JsonObject { { "type", "array" }, { "items", Value(property, value.Element!) } };
            case ValueKind.Map:
                return new JsonObject { { "type", "object" }, { "additionalProperties", Value(property, value.Element!) } };
            case ValueKind.Record:
                return Record(value.Record);
            default:
                // A plain 2025 or 1.5 is a number to an editor and a text to the reader.
                return new JsonObject { { "type", new JsonArray("string", "number", "boolean") } };
        }
    }

    private JsonObject Record(RecordShape shape)
    {
        string name = NameOf(shape.Type);
        if (records.TryAdd(name, null))
        {
            JsonObject mapping = Mapping(shape);
            var choices = new JsonArray();
            if (shape.HasModel && ModelFile(shape) is { } file) { choices.Add((JsonNode)Models(file)); }
            else if (shape.ValueKey is { } key) { choices.Add(Value(shape.Find(key)!, shape.Find(key)!.Value)); }
            if (shape.ListKey is { } listKey) { choices.Add(Value(shape.Find(listKey)!, shape.Find(listKey)!.Value)); }
            if (choices.Count > 0 && !shape.Knows("value"))
            {
                choices.Add((JsonNode)WithEvidence(choices.Count == 1 ? choices[0]!.DeepClone() : new JsonObject { { "anyOf", choices.DeepClone() } }));
            }
            if (choices.Count > 0) { choices.Insert(0, mapping); }
            records[name] = choices.Count > 0 ? new JsonObject { { "anyOf", choices } } : mapping;
        }
        return Reference(name);
    }

    /// <summary>A name for a record; records of the same name in two folders are told apart by the folder.</summary>
    private string NameOf(Type type)
    {
        string name = SnakeCase.Of(type.Name);
        if (!named.TryAdd(name, type) && named[name] != type)
        {
            name = $"{SnakeCase.Of(type.Namespace![(type.Namespace!.LastIndexOf('.') + 1)..])}_{name}";
            named.TryAdd(name, type);
        }
        return name;
    }

    private static string? ModelFile(RecordShape shape) => shape.CatalogFile
        ?? shape.Properties.Where(p => p.IsInline).Select(p => ModelFile(p.Value.Record)).FirstOrDefault(f => f is not null);

    private static JsonObject WithEvidence(JsonNode value) => new()
    {
        { "type", "object" },
        {
            "properties", new JsonObject
            {
                { "value", value },
                { "source", Reference("source") },
                { "grade", Reference("grade") },
                { "date", new JsonObject { { "type", "string" }, { "pattern", DatePattern } } },
                { "note", new JsonObject { { "type", "string" } } },
            }
        },
        { "required", Texts(["value"]) },
        { "additionalProperties", false },
    };

    private static JsonObject Sourced() => new()
    {
        { "description", "What supports the values here: the id of a source, or its id with more." },
        { "anyOf", new JsonArray(new JsonObject { { "type", "string" } }, Source(withId: true)) },
    };

    private static JsonObject Source(bool withId)
    {
        var properties = new JsonObject();
        if (withId) { properties.Add("id", new JsonObject { { "type", "string" } }); }
        foreach (string key in (string[])["title", "publisher", "url", "note"]) { properties.Add(key, new JsonObject { { "type", "string" } }); }
        properties.Add("date", new JsonObject { { "type", "string" }, { "pattern", DatePattern } });
        properties.Add("grade", Reference("grade"));
        var source = new JsonObject { { "type", "object" }, { "properties", properties } };
        if (!withId) { source.Add("required", Texts(["title"])); }
        source.Add("additionalProperties", false);
        return source;
    }

    private static JsonObject GradeOf() => new()
    {
        { "description", "A primary record, B named press or analyst, C aggregator, D derived, E assumption." },
        { "enum", Texts(Enum.GetNames<Grade>()) },
    };

    private static JsonObject Point() => new()
    {
        { "type", "array" }, { "items", new JsonObject { { "type", new JsonArray("number", "string") } } }, { "minItems", 2 }, { "maxItems", 2 },
    };

    private static JsonObject Reference(string name) => new() { { "$ref", "#/$defs/" + name.Replace(' ', '_') } };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode?)t)]);
}
