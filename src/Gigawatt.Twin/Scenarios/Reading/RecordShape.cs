using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using Gigawatt.Numerics;

namespace Gigawatt.Scenarios.Reading;

/// <summary>The ways in which a value can be written.</summary>
internal enum ValueKind
{
    Number,
    Whole,
    Truth,
    Text,
    Date,
    Choice,
    Record,
    List,
    Map,
    Curve,
}

/// <summary>What a C# type looks like in a file.</summary>
internal sealed class ValueShape
{
    private ValueShape(ValueKind kind, Type type, ValueShape? element = null)
    {
        Kind = kind;
        Type = type;
        Element = element;
        Choices = kind == ValueKind.Choice ? [.. Enum.GetNames(type).Select(Choice)] : [];
    }

    public ValueKind Kind { get; }

    public Type Type { get; }

    /// <summary>What a list or a mapping holds.</summary>
    public ValueShape? Element { get; }

    /// <summary>What is held in the end, below lists and mappings.</summary>
    public ValueKind Leaf => Element?.Leaf ?? Kind;

    /// <summary>The words of an enumeration, in the order of its names.</summary>
    public IReadOnlyList<string> Choices { get; }

    /// <summary>The record, when it is one. Looked up on use, since records may hold their own kind.</summary>
    public RecordShape Record => RecordShape.Of(Type);

    /// <summary>The shape of a type.</summary>
    /// <param name="type">A type without <c>?</c>.</param>
    /// <param name="where">The property that has the type, for the exception.</param>
    /// <exception cref="InvalidOperationException">A scenario cannot hold the type.</exception>
    public static ValueShape Of(Type type, string where)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(double)) { return new ValueShape(ValueKind.Number, type); }
        if (type == typeof(int) || type == typeof(long)) { return new ValueShape(ValueKind.Whole, type); }
        if (type == typeof(bool)) { return new ValueShape(ValueKind.Truth, type); }
        if (type == typeof(string)) { return new ValueShape(ValueKind.Text, type); }
        if (type == typeof(DateOnly)) { return new ValueShape(ValueKind.Date, type); }
        if (type == typeof(Curve)) { return new ValueShape(ValueKind.Curve, type); }
        if (type.IsEnum) { return new ValueShape(ValueKind.Choice, type); }
        if (type.IsArray) { return new ValueShape(ValueKind.List, type, Of(type.GetElementType()!, where)); }
        Type[] arguments = type.GetGenericArguments();
        if (arguments.Length == 1 && type.IsAssignableFrom(typeof(List<>).MakeGenericType(arguments)))
        {
            return new ValueShape(ValueKind.List, type, Of(arguments[0], where));
        }
        if (arguments.Length == 2 && arguments[0] == typeof(string)
            && type.IsAssignableFrom(typeof(Dictionary<,>).MakeGenericType(arguments)))
        {
            return new ValueShape(ValueKind.Map, type, Of(arguments[1], where));
        }
        bool isRecord = arguments.Length == 0 && !type.IsAbstract && !type.IsPrimitive && type.Namespace?.StartsWith("System", StringComparison.Ordinal) != true
            && (type.IsValueType || type.GetConstructor([]) is not null);
        return isRecord
            ? new ValueShape(ValueKind.Record, type)
            : throw new InvalidOperationException($"{where}: a scenario cannot hold a {type.Name}");
    }

    /// <summary>The word of a file for a name of an enumeration.</summary>
    public static string Choice(string name) => name.Length == 1 ? name : SnakeCase.Of(name);
}

/// <summary>One property of a record and its key in a file.</summary>
internal sealed class PropertyShape
{
    public PropertyShape(PropertyInfo info)
    {
        string where = $"{info.DeclaringType!.Name}.{info.Name}";
        Info = info;
        Value = ValueShape.Of(info.PropertyType, where);
        Unit = PropertyUnit.Of(info.Name);
        // Only numbers have units: the int GpusPerNode is gpus_per_node, not gpus in 1/node.
        if (Unit.HasUnit && Value.Leaf is not (ValueKind.Number or ValueKind.Curve))
        {
            Unit = new PropertyUnit(SnakeCase.Of(info.Name), "", new Unit(1, default), false);
        }
        IsRequired = info.IsDefined(typeof(RequiredMemberAttribute));
        IsInline = info.IsDefined(typeof(InlineAttribute));
        Default = info.GetCustomAttribute<DefaultAttribute>();
        RefersTo = info.GetCustomAttribute<RefersToAttribute>()?.Lists;
        AbsentAs = info.GetCustomAttribute<AbsentAsAttribute>()?.Word;
        IsFraction = info.Name.EndsWith("Fraction", StringComparison.Ordinal);
        if (IsInline && Value.Kind != ValueKind.Record) { throw new InvalidOperationException($"{where}: only a record can be inline"); }
    }

    public PropertyInfo Info { get; }

    public string Key => Unit.Key;

    public PropertyUnit Unit { get; }

    public ValueShape Value { get; }

    public bool IsRequired { get; }

    /// <summary>Whether <c>null</c> may stand for the value. Found on use, which is rare, since finding it is slow.</summary>
    public bool IsNullable => Nullable.GetUnderlyingType(Info.PropertyType) is not null
        || (!Info.PropertyType.IsValueType && new NullabilityInfoContext().Create(Info).ReadState == NullabilityState.Nullable);

    public bool IsInline { get; }

    public bool IsFraction { get; }

    public DefaultAttribute? Default { get; }

    public IReadOnlyList<string>? RefersTo { get; }

    /// <summary>The word that says as much as leaving it out.</summary>
    public string? AbsentAs { get; }

    /// <summary>Sets the property, so that its check speaks without a wrapping exception.</summary>
    public void Set(object record, object? value) =>
        Info.SetValue(record, value, BindingFlags.DoNotWrapExceptions, binder: null, index: null, culture: null);
}

/// <summary>A record's keys and how it may be abbreviated; found once per type.</summary>
internal sealed class RecordShape
{
    private static readonly ConcurrentDictionary<Type, RecordShape> Known = new();

    private readonly Dictionary<string, PropertyShape> byKey = new(StringComparer.Ordinal);

    private RecordShape(Type type)
    {
        Type = type;
        Properties = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.SetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0)
            .OrderBy(p => p.MetadataToken)
            .Select(p => new PropertyShape(p))];
        CatalogFile = type.GetCustomAttribute<CatalogAttribute>()?.File;
        var shorthand = type.GetCustomAttribute<ShorthandAttribute>();
        ValueKey = KeyOf(shorthand?.Value);
        ListKey = KeyOf(shorthand?.List);
        foreach (PropertyShape property in Properties)
        {
            if (!property.IsInline)
            {
                Add(property.Key, property);
                continue;
            }
            foreach (KeyValuePair<string, PropertyShape> inner in property.Value.Record.byKey) { Add(inner.Key, inner.Value); }
            InlineCatalogs += property.Value.Record.HasModel ? 1 : 0;
        }
        if (InlineCatalogs + (CatalogFile is null ? 0 : 1) > 1)
        {
            throw new InvalidOperationException($"{type.Name}: two catalogues would read the same key 'model'");
        }
        Keys = [.. HasModel && !byKey.ContainsKey("model") ? ["model"] : Array.Empty<string>(), .. byKey.Keys];
    }

    public Type Type { get; }

    /// <summary>The properties that a file can set, in the order declared.</summary>
    public IReadOnlyList<PropertyShape> Properties { get; }

    /// <summary>Every key that may stand in the mapping, those of inline records included.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <summary>Catalogue file of the record itself.</summary>
    public string? CatalogFile { get; }

    /// <summary>Whether the key <c>model</c> chooses a catalogue entry for the record or for an inline one.</summary>
    public bool HasModel => CatalogFile is not null || InlineCatalogs > 0;

    /// <summary>Key that a single value stands for.</summary>
    public string? ValueKey { get; }

    /// <summary>Key that a list stands for.</summary>
    public string? ListKey { get; }

    private int InlineCatalogs { get; }

    /// <summary>The shape of a record type.</summary>
    /// <exception cref="InvalidOperationException">The record declares something that a file cannot hold.</exception>
    public static RecordShape Of(Type type) => Known.TryGetValue(type, out RecordShape? shape)
        ? shape
        : Known.GetOrAdd(type, new RecordShape(type));

    /// <summary>The property of a key, also of an inline record.</summary>
    public PropertyShape? Find(string key) => byKey.GetValueOrDefault(key);

    /// <summary>Whether a key belongs to the record.</summary>
    public bool Knows(string key) => byKey.ContainsKey(key) || (HasModel && key == "model");

    private string? KeyOf(string? property) => property is null
        ? null
        : Properties.FirstOrDefault(p => p.Info.Name == property)?.Key
            ?? throw new InvalidOperationException($"{Type.Name}: the shorthand names no property '{property}'");

    private void Add(string key, PropertyShape property)
    {
        if (!byKey.TryAdd(key, property))
        {
            throw new InvalidOperationException(
                $"{Type.Name}: {byKey[key].Info.Name} and {property.Info.Name} are both written '{key}'");
        }
    }
}
