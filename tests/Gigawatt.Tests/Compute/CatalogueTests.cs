using System.Reflection;
using Gigawatt.Compute;
using Gigawatt.Fabric;
using Gigawatt.Numerics;
using Gigawatt.Training;
using YamlDotNet.Serialization;

namespace Gigawatt.Tests.Compute;

/// <summary>The datasheets of this domain against the declarations they fill.</summary>
public sealed class CatalogueTests
{
    [Theory]
    [InlineData(typeof(GpuSpec), 9)]
    [InlineData(typeof(RackSpec), 8)]
    [InlineData(typeof(FabricSpec), 4)]
    [InlineData(typeof(ModelSpec), 7)]
    public void Every_value_has_a_key_that_exists_a_unit_that_fits_and_a_source_that_is_named(Type spec, int fewest)
    {
        Dictionary<string, PropertyInfo> properties = spec.GetProperties()
            .ToDictionary(p => PropertyUnit.Of(p.Name).Key, StringComparer.Ordinal);
        Dictionary<object, object> file = Read(spec.GetCustomAttribute<CatalogAttribute>()!.File);
        Dictionary<object, object> sources = (Dictionary<object, object>)file["sources"];
        Dictionary<object, object> entries = (Dictionary<object, object>)file["entries"];
        entries.Count.ShouldBeGreaterThanOrEqualTo(fewest);
        foreach ((object name, object entry) in entries)
        {
            foreach ((object key, object value) in (Dictionary<object, object>)entry)
            {
                string where = $"{name}.{key}";
                Dictionary<object, object>? detail = value as Dictionary<object, object>;
                object? source = (string)key == "source" ? value : detail?.GetValueOrDefault("source");
                if (source is Dictionary<object, object> graded) { source = graded["id"]; }
                if (source is not null) { sources.Keys.ShouldContain(source, where); }
                if ((string)key == "source") { continue; }
                properties.Keys.ShouldContain((string)key, where);
                PropertyUnit unit = PropertyUnit.Of(properties[(string)key].Name);
                if (!unit.HasUnit) { continue; }
                string text = (string)(detail?["value"] ?? value);
                Quantity.TryParse(text, out Quantity quantity, out _).ShouldBeTrue($"{where}: {text}");
                quantity.Unit.Dimension.ShouldBe(unit.Unit.Dimension, $"{where}: {text}");
            }
            foreach (PropertyInfo required in properties.Values
                .Where(p => p.GetCustomAttribute<System.Runtime.CompilerServices.RequiredMemberAttribute>() is not null))
            {
                ((Dictionary<object, object>)entry).Keys.ShouldContain(PropertyUnit.Of(required.Name).Key, $"{name}");
            }
        }
    }

    private static Dictionary<object, object> Read(string name)
    {
        using System.IO.Stream stream = typeof(GpuSpec).Assembly.GetManifestResourceStream($"catalog/{name}.yaml")!;
        using StreamReader reader = new(stream);
        return (Dictionary<object, object>)new DeserializerBuilder().Build().Deserialize(reader)!;
    }
}
