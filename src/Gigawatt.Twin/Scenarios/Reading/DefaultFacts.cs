using System.Collections;
using System.Globalization;
using Gigawatt.Numerics;

namespace Gigawatt.Scenarios.Reading;

/// <summary>Lists the values that no file gave, with the evidence declared beside them.</summary>
internal sealed class DefaultFacts(List<Fact> facts, References references)
{
    /// <summary>Adds what a property holds by default.</summary>
    public void Add(PropertyShape property, object record, Place place) =>
        Add(property, property.Value, property.Info.GetValue(record), place, Evidence.None);

    private void Add(PropertyShape property, ValueShape shape, object? value, Place place, Evidence above)
    {
        if (value is null) { return; }
        Evidence evidence = property.Default is { } declared ? new Evidence(declared.Grade, declared.Source) : above;
        switch (shape.Kind)
        {
            case ValueKind.Record:
                foreach (PropertyShape inner in shape.Record.Properties)
                {
                    object? held = inner.Info.GetValue(value);
                    Add(inner, inner.Value, held, inner.IsInline ? place : place.Key(inner.Key), evidence);
                    if (inner.Info.Name == "Name" && held is string { Length: > 0 } name) { references.Declare(place.Path, name); }
                }
                break;
            case ValueKind.List:
                int i = 0;
                foreach (object? item in (IEnumerable)value)
                {
                    Add(property, shape.Element!, item, place.Item(i.ToString(CultureInfo.InvariantCulture)), evidence);
                    i++;
                }
                break;
            case ValueKind.Map:
                foreach (DictionaryEntry entry in (IDictionary)value)
                {
                    Add(property, shape.Element!, entry.Value, place.Item((string)entry.Key), evidence);
                }
                break;
            default:
                Leaf(property, value, place, evidence);
                break;
        }
    }

    private void Leaf(PropertyShape property, object value, Place place, Evidence evidence)
    {
        string text = value switch
        {
            double number => QuantityWords.Write(property, number),
            bool truth => truth ? "true" : "false",
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Enum choice => ValueShape.Choice(choice.ToString()),
            Curve => "a curve",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };
        if (text.Length == 0) { return; }
        facts.Add(new Fact(place.Path, text, Value(value), value is double ? property.Unit.Symbol : "", evidence, FactOrigin.Default, "", 0, 0));
    }

    /// <summary>A value as a number, when it is one.</summary>
    public static double? Value(object value) => value switch
    {
        double number => number,
        int number => number,
        long number => number,
        _ => null,
    };
}
