using System.Text.Json.Nodes;
using Gigawatt.Scenarios;
using Gigawatt.Scenarios.Reading;

namespace Gigawatt.Tests.Scenarios.Reading;

public sealed class ShippedFilesTests
{
    [Fact]
    public void Every_catalogue_entry_can_be_read_and_every_number_in_it_has_a_source()
    {
        IReadOnlyList<CatalogEntry> entries = Catalog.Embedded.Entries(Gigawatt.Studies.StudyList.CatalogRoots);
        entries.Select(e => e.File).Distinct().ShouldBe(Catalog.Embedded.Files, ignoreOrder: true);
        entries.SelectMany(e => e.Facts.Where(f => f.Value is not null && !f.Evidence.IsGiven).Select(f => $"{e.File}/{e.Name}/{f.Path}")).ShouldBeEmpty();
    }

    [Fact]
    public void The_schema_of_a_scenario_offers_the_models_of_the_catalogue()
    {
        JsonNode schema = JsonNode.Parse(JsonSchema.Of<Scenario>(Catalog.Embedded))!;
        string text = schema.ToJsonString();
        foreach (string model in Catalog.Embedded.Models("turbines")) { text.ShouldContain($"\"{model}\""); }
        ((string?)schema["properties"]!["name"]!["description"]).ShouldNotBeNullOrEmpty();
    }
}
