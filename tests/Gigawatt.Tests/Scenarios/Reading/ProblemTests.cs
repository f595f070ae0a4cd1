using Gigawatt.Scenarios.Reading;
using static Gigawatt.Tests.Scenarios.Reading.Reader;

namespace Gigawatt.Tests.Scenarios.Reading;

/// <summary>The wording of errors is part of the interface; these are the words.</summary>
public sealed class ProblemTests
{
    [Theory]
    [InlineData("rated: 57", "4:9: power.gas_turbines[0].rated: expected a quantity such as '57 MW', found '57'")]
    [InlineData("rated: 38 MWh", "4:9: power.gas_turbines[0].rated: expected a power such as '38 MW', found '38 MWh' (an energy)")]
    [InlineData("rated: 38 NW", "4:9: power.gas_turbines[0].rated: expected a power such as '38 MW', found '38 NW' (unknown unit 'NW'); did you mean 'MW'?")]
    [InlineData("rated: many", "4:9: power.gas_turbines[0].rated: expected a quantity such as '38 MW', found 'many'")]
    [InlineData("rated:", "4:9: power.gas_turbines[0].rated: expected a quantity such as '38 MW', found nothing")]
    [InlineData("rated: [1 MW]", "4:9: power.gas_turbines[0].rated: expected a quantity such as '38 MW', found a list")]
    [InlineData("rated: -3 MW", "4:9: power.gas_turbines[0].rated: expected more than 0 MW, found '-3 MW'")]
    [InlineData("rated: 1e999 MW", "4:9: power.gas_turbines[0].rated: expected a quantity such as '38 MW', found '1e999 MW'")]
    [InlineData("rated: 5 MW, efficiency: 4O %", "4:27: power.gas_turbines[0].efficiency: expected a quantity such as '40 %', found '4O %'")]
    [InlineData("rated: 5 MW, efficiency: 140 %", "4:27: power.gas_turbines[0].efficiency: expected 0 % to 100 %, found '140 %'")]
    [InlineData("rated: 5 MW, efficiency: 4 MW", "4:27: power.gas_turbines[0].efficiency: expected a plain number such as '40 %', found '4 MW' (a power)")]
    [InlineData("rated: 5 MW, inlet: 250 °F", "4:22: power.gas_turbines[0].inlet: expected -40 °F to 140 °F, found '250 °F'")]
    [InlineData("rated: 5 MW, ramp: 9 MW/mni", "4:21: power.gas_turbines[0].ramp: expected a rate of change of power such as '8 MW/min', found '9 MW/mni' (unknown unit 'mni'); did you mean 'min'?")]
    [InlineData("rated: 5 MW, ramp: 9 MW/s", "4:21: power.gas_turbines[0].ramp: expected a ramp of at most the rated power per second, found a faster one")]
    [InlineData("rated: 5 MW, count: 1.5", "4:22: power.gas_turbines[0].count: expected a whole number such as '110,000', found '1.5'")]
    [InlineData("rated: 5 MW, count: 0", "4:22: power.gas_turbines[0].count: expected a count of 1 or more, found '0'")]
    [InlineData("rated: 5 MW, count: 3000000000", "4:22: power.gas_turbines[0].count: expected a whole number up to 2,147,483,647, found '3000000000'")]
    [InlineData("rated: 5 MW, derate_by: [[0, 1]]", "4:26: power.gas_turbines[0].derate_by: expected a list of two or more points such as '[[0, 1], [10, 0.8]]', found one point")]
    [InlineData("rated: 5 MW, derate_by: [[5, 1], [5, 0]]", "4:35: power.gas_turbines[0].derate_by[1]: expected an x above 5, since the points of a curve go from left to right, found '5'")]
    [InlineData("rated: 5 MW, derate_by: [[5, 1], 6]", "4:35: power.gas_turbines[0].derate_by[1]: expected a point of two plain numbers such as '[10, 0.8]', found '6'")]
    [InlineData("rated: 5 MW, online: 2025-02-30", "4:23: power.gas_turbines[0].online: expected a date that exists (February 2025 has 28 days), found '2025-02-30'")]
    [InlineData("rated: 5 MW, online: 2025-9-1", "4:23: power.gas_turbines[0].online: expected a date such as '2025-09-15', found '2025-9-1'; did you mean '2025-09-01'?")]
    [InlineData("rated: 5 MW, online: 1/9/2025", "4:23: power.gas_turbines[0].online: expected a date such as '2025-09-15', found '1/9/2025'")]
    [InlineData("ratde: 5 MW", "4:2: power.gas_turbines[0].ratde: expected one of name, count, model, rated, ramp, efficiency, inlet, derate_by, emissions, online, found 'ratde'; did you mean 'rated'?")]
    [InlineData("count: 2", "3:25: power.gas_turbines[0].rated: expected a quantity such as '38 MW', found nothing; the key is required, unless a 'model' of catalog/turbines.yaml gives it")]
    [InlineData("model: gt-5O", "4:9: power.gas_turbines[0].model: expected a model of catalog/turbines.yaml (gt-50, gt-50-hot), found 'gt-5O'; did you mean 'gt-50'?")]
    [InlineData("rated: 5 MW, source: permti", "4:23: power.gas_turbines[0].source: expected the id of a source (permit), found 'permti'; did you mean 'permit'?")]
    [InlineData("rated: { value: 5 MW, grad: B }", "4:24: power.gas_turbines[0].rated.grad: expected one of value, source, grade, date, note, found 'grad'; did you mean 'grade'?")]
    [InlineData("rated: { value: 5 MW, grade: F }", "4:31: power.gas_turbines[0].rated.grade: expected one of A, B, C, D, E, found 'F'; did you mean 'A'?")]
    [InlineData("rated: 5 MW, rated: 6 MW", "4:15: power.gas_turbines[0].rated: expected each key once, found 'rated' again (first in line 4)")]
    [InlineData("rated: 1,000 MW", "4:11: power.gas_turbines[0].000 MW: expected one of name, count, model, rated, ramp, efficiency, inlet, derate_by, emissions, online, found '000 MW'; between braces a comma separates keys: put the number into quotes",
        "4:9: power.gas_turbines[0].rated: expected a quantity such as '1 MW', found '1'")]
    public void A_turbine_is_wrong_in_many_ways(string keys, params string[] expected)
    {
        string text = $$"""
            name: A
            sources: { permit: { title: Permit } }
            power: { gas_turbines: [{ name: W,
             {{keys}} }] }
            """;
        Problems(text).ShouldBe(expected.Select(e => "plant.yaml:" + e).Order(StringComparer.Ordinal), ignoreOrder: true);
    }

    [Fact]
    public void Everything_wrong_is_said_at_once_in_the_order_of_the_file()
    {
        Problems("""
            name: A
            step: soon
            is_island: yes
            power:
              batteries: [{ name: B, model: pack-2, chemistry: sodium }]
              lines:
                - { name: north }
                - { name: north, parallel_to: B }
                - { name: south, parallel_to: nroth }
              limits: { min: 95 %, approach: 1 °F }
            halls:
              - { name: H, fed_by: [south, norht] }
              - { fed_by: south }
            """).ShouldBe([
            "plant.yaml:2:7: step: expected a quantity such as '30 min', found 'soon'",
            "plant.yaml:3:12: is_island: expected true or false, found 'yes'; did you mean 'true'?",
            "plant.yaml:5:52: power.batteries[0].chemistry: expected one of iron_phosphate, sodium_ion, found 'sodium'",
            "plant.yaml:8:15: power.lines[1].name: expected a name that no other line has, found 'north' again (first in line 7)",
            "plant.yaml:9:35: power.lines[2].parallel_to: expected the name of a line or battery (north, south, B), found 'nroth'; did you mean 'north'?",
            "plant.yaml:10:18: power.limits.min: expected 20 % to 90 %, found '95 %'",
            "plant.yaml:10:34: power.limits.approach: expected 3.6 °F to 18 °F, found '1 °F'",
            "plant.yaml:12:32: halls[0].fed_by[1]: expected the name of a line (north, south), found 'norht'; did you mean 'north'?",
            "plant.yaml:13:5: halls[1].name: expected a text, found nothing; the key is required",
            "plant.yaml:13:15: halls[1].fed_by: expected a list, found 'south'",
        ]);
    }

    [Theory]
    [InlineData("", "1:1: expected keys and values such as 'name: Colossus 2', found an empty file")]
    [InlineData(" \n\n", "1:1: expected keys and values such as 'name: Colossus 2', found an empty file")]
    [InlineData("# to do\n", "1:1: expected keys and values such as 'name: Colossus 2', found nothing but comments")]
    [InlineData("just words", "1:1: expected keys and values such as 'name: Colossus 2', found 'just words'")]
    [InlineData("- a\n- b\n", "1:1: expected keys and values such as 'name: Colossus 2', found a list")]
    [InlineData("name: A\npower:\n\tbatteries: []\n", "3:1: expected spaces before the key, found a tab; tabs cannot indent YAML; use spaces")]
    [InlineData("name: 'A\nstep: 1 min\n", "1:7: expected a closing quote for the one that opens here, found the end of the file")]
    [InlineData("name: a: b\n", "1:8: expected one value after the key, found a second ':'; put a text that contains ': ' between quotes")]
    [InlineData("name: A\nstep:1 min\nseed: 1\n", "2:1: expected 'key: value', found a line without ': '; put a space after the colon")]
    [InlineData("name: \"C:\\Users\"\n", "1:7: expected a known escape after '\\', found another character; in single quotes '\\' is an ordinary character")]
    [InlineData("name: A\n---\nname: B\n", "2:1: expected one document, found a second one after '---'; put it into a file of its own")]
    [InlineData("name: A\nhalls: &h [*h]\n", "2:12: expected an anchor declared before this alias, found '*h', which stands inside its own anchor")]
    [InlineData("name: *north\n", "1:7: expected an anchor declared before this alias, found '*north'")]
    [InlineData("name: A\0\n", "1:8: expected YAML text, found a NUL character; is this a binary file?")]
    [InlineData("? [a]\n: b\n", "1:3: expected a word as key, found a list")]
    [InlineData("name: {a: 1\n", "2:1: expected ',' or a closing '}' for the '{', found something else")]
    public void A_text_that_is_no_scenario_says_why(string text, string expected) => Problems(text).ShouldBe(["plant.yaml:" + expected]);

    [Fact]
    public void A_mistake_in_the_catalogue_stands_in_the_catalogue()
    {
        var sheets = Catalog.FromTexts(new Dictionary<string, string>
        {
            { "turbines", "entries:\n  gt-1: { rated: 5 MWh, rmap: 1 MW/s, source: who }\n" },
        });
        const string Text = "name: A\npower: { gas_turbines: [{ name: W, model: gt-1 }] }";
        string[] problems = [.. Should.Throw<ScenarioException>(() => ScenarioReader.ReadText<Plant>(Text, "plant.yaml", sheets))
            .Problems.Select(p => p.ToString())];
        problems.ShouldBe([
            "catalog/turbines.yaml:2:18: power.gas_turbines[0].rated: expected a power such as '38 MW', found '5 MWh' (an energy)",
            "catalog/turbines.yaml:2:25: power.gas_turbines[0].rmap: expected one of model, rated, ramp, efficiency, inlet, derate_by, emissions, found 'rmap'; did you mean 'ramp'?",
            "catalog/turbines.yaml:2:47: entries.gt-1.source: expected the id of a source (none is declared under 'sources'), found 'who'",
        ]);
        Should.Throw<ScenarioException>(() => sheets.Entries<Plant>()).Problems.Count.ShouldBe(3);
    }

    [Fact]
    public void Aliases_cannot_blow_a_small_file_up()
    {
        string text = "name: A\na: &a [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(
            Enumerable.Range(1, 9).Select(i => $"{(char)('a' + i)}: &{(char)('a' + i)} [{string.Join(", ", Enumerable.Repeat("*" + (char)('a' + i - 1), 10))}]\n"));
        Problems(text).Single().ShouldContain("expected at most 1,000,000 values, found more, by aliases");
    }

    [Fact]
    public void Nesting_has_an_end() =>
        Problems(new string('[', 100_000)).ShouldBe(["plant.yaml:1:66: expected at most 64 levels of nesting, found more"]);

    [Fact]
    public void A_hopeless_file_does_not_list_everything()
    {
        string text = "name: A\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"key_{i}: 1\n"));
        var failure = Should.Throw<ScenarioException>(() => Read(text));
        (failure.Problems.Count, failure.Unlisted).ShouldBe((200, 4800));
    }
}
