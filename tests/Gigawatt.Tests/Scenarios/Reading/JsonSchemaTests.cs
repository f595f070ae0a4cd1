using System.Text.Json.Nodes;
using Gigawatt.Numerics;
using Gigawatt.Scenarios.Reading;

namespace Gigawatt.Tests.Scenarios.Reading;

public sealed class JsonSchemaTests
{
    private static readonly string Text = JsonSchema.Of<Plant>(Reader.Sheets);
    private static readonly JsonNode Schema = JsonNode.Parse(Text)!;

    [Fact]
    public void The_same_declarations_give_the_same_bytes() => JsonSchema.Of<Plant>(Reader.Sheets).ShouldBe(Text);

    [Fact]
    public void Every_key_of_the_reader_is_in_it_and_no_other()
    {
        Keys(Schema).ShouldBe([.. RecordShape.Of(typeof(Plant)).Keys, "sources", "source", "note"], ignoreOrder: true);
        JsonNode turbines = Schema["$defs"]!["plant_turbines"]!["anyOf"]![0]!;
        Keys(turbines).ShouldBe([.. RecordShape.Of(typeof(PlantTurbines)).Keys, "source", "note"], ignoreOrder: true);
        ((bool)turbines["additionalProperties"]!).ShouldBeFalse();
        Texts(turbines["required"]!).ShouldBe(["name"]);
        Texts(turbines["anyOf"]![1]!["required"]!).ShouldBe(["rated"]);
        ((string)turbines["properties"]!["model"]!["$ref"]!).ShouldBe("#/$defs/model_of_turbines");
        Texts(Schema["$defs"]!["model_of_turbines"]!["enum"]!).ShouldBe(["gt-50", "gt-50-hot"]);
    }

    [Fact]
    public void A_quantity_shows_how_it_is_written_and_may_bring_its_evidence()
    {
        JsonNode step = Schema["properties"]!["step"]!;
        ((string)step["$ref"]!).ShouldBe("#/$defs/quantity_in_s");
        JsonNode time = Schema["$defs"]!["quantity_in_s"]!;
        Texts(time["anyOf"]![0]!["examples"]!).ShouldBe(["30 min"]);
        Keys(time["anyOf"]![1]!).ShouldBe(["value", "source", "grade", "date", "note"]);
        ((string)step["description"]!).ShouldBe("Give a time with its unit. Default of grade D: one sample a minute resolves a day.");
        Texts(Schema["$defs"]!["grade"]!["enum"]!).ShouldBe(Enum.GetNames<Grade>());
        Texts(Schema["$defs"]!["plant_chemistry"]!["anyOf"]![0]!["enum"]!)
            .ShouldBe(["iron_phosphate", "sodium_ion"]);
    }

    [Fact]
    public void A_record_says_how_it_may_be_abbreviated()
    {
        JsonArray online = Schema["$defs"]!["plant_online"]!["anyOf"]!.AsArray();
        online.Count.ShouldBe(4);    // mapping, date, list of phases, either with evidence
        ((string)online[1]!["$ref"]!).ShouldBe("#/$defs/date");
        ((string)online[2]!["items"]!["$ref"]!).ShouldBe("#/$defs/plant_phase");
    }

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        var definitions = Schema["$defs"]!.AsObject();
        foreach (string reference in References(Schema)) { definitions.ContainsKey(reference["#/$defs/".Length..]).ShouldBeTrue(reference); }
    }

    private static IEnumerable<string> Keys(JsonNode mapping) => mapping["properties"]!.AsObject().Select(p => p.Key);

    private static IEnumerable<string> Texts(JsonNode list) => list.AsArray().Select(t => (string)t!);

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(p => p.Key == "$ref" ? [(string)p.Value!] : References(p.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}
