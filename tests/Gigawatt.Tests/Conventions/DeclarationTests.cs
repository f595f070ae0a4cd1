using System.Reflection;
using Gigawatt.Numerics;
using Gigawatt.Scenarios;
using Gigawatt.Scenarios.Reading;

namespace Gigawatt.Tests.Conventions;

/// <summary>The declarations that a scenario file is read by: keys that do not collide, defaults with a source.</summary>
public sealed class DeclarationTests
{
    private static readonly RecordShape[] Records = All();

    [Fact]
    public void No_two_keys_of_a_record_collide_anywhere_in_a_scenario()
    {
        // Building the shape of a record throws when two properties are written alike.
        Records.Length.ShouldBeGreaterThan(30);
        foreach (RecordShape record in Records) { record.Keys.ShouldBeUnique(record.Type.Name); }
    }

    [Fact]
    public void Every_default_says_where_it_comes_from() => Records
        .SelectMany(record => record.Properties.Select(property => (record, property)))
        .Where(at => NeedsSource(at.property) && at.property.Default is null)
        .Select(at => $"{at.record.Type.Name}.{at.property.Info.Name}")
        .ShouldBeEmpty();

    [Fact]
    public void Every_source_of_a_default_is_more_than_a_word() => Records
        .SelectMany(record => record.Properties)
        .Where(property => property.Default is { } given && given.Source.Length < 9 && given.Grade != Grade.E)
        .Select(property => property.Info.Name)
        .ShouldBeEmpty();

    [Fact]
    public void A_default_that_is_assumed_is_graded_so() => Records
        .SelectMany(record => record.Properties)
        .Where(property => property.Default is { } given && given.Grade < Grade.C
            && given.Source.StartsWith("assumption", StringComparison.OrdinalIgnoreCase))
        .Select(property => property.Info.Name)
        .ShouldBeEmpty();

    [Fact]
    public void Every_default_can_be_written_back()
    {
        // A default outside what its own property accepts would be refused when a file states it.
        foreach (RecordShape record in Records)
        {
            object made = System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(record.Type);
            if (record.Type.GetConstructor([]) is { } maker) { made = maker.Invoke([]); }
            foreach (PropertyShape property in record.Properties.Where(p => p.Default is not null && p.Value.Kind == ValueKind.Number))
            {
                Should.NotThrow(() => property.Set(made, property.Info.GetValue(made)), $"{record.Type.Name}.{property.Info.Name}");
            }
        }
    }

    // Required values come from the file, absent ones are absent, names and lists begin empty, records answer for their own.
    private static bool NeedsSource(PropertyShape property) => !property.IsRequired && !property.IsNullable
        && property.Value.Kind is ValueKind.Number or ValueKind.Whole or ValueKind.Truth or ValueKind.Choice
        && !property.IsRequired && !property.IsNullable && property.Info.DeclaringType is { } owner && !IsCurve(owner);

    // Coefficients of a published curve are data of that curve; whoever holds the curve says where it comes from.
    private static bool IsCurve(Type type) => type.GetCustomAttribute<ObsoleteAttribute>() is null && type.Name is "Biquadratic" or "Quadratic";

    private static RecordShape[] All()
    {
        HashSet<Type> seen = [];
        List<RecordShape> records = [];
        Visit(ValueShape.Of(typeof(Scenario), "scenario"));
        return [.. records];

        void Visit(ValueShape value)
        {
            if (value.Element is { } element) { Visit(element); }
            if (value.Kind != ValueKind.Record || !seen.Add(value.Type)) { return; }
            records.Add(value.Record);
            foreach (PropertyShape property in value.Record.Properties) { Visit(property.Value); }
        }
    }
}
