using System.Text.Json.Nodes;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Studies;
using Gigawatt.Tests.Cli;

namespace Gigawatt.Tests.Studies;

public sealed class TopologyStudyTests : TemporaryFolder
{
    private static readonly string Example = Path.Combine(Gw.Root, "studies", "topology.yaml");

    [Fact]
    public void The_example_answers_with_every_topology()
    {
        Outcome outcome = Gw.Run("study", "topology", "studies/topology.yaml", "--json");
        outcome.Code.ShouldBe(0);
        JsonNode data = JsonNode.Parse(outcome.Out)!;
        ((double)data["path_unavailability"]!).ShouldBe(7.3047e-5, 5e-10);
        data["topologies"]!.AsArray().Count.ShouldBe(8);
        JsonNode tie = data["topologies"]!.AsArray().Single(one => (string)one!["name"]! == "ring_with_tie")!;
        ((double)tie["independent_unavailability"]!).ShouldBe(9.0778e-9, 5e-14);
        ((double)tie["outage_minutes_per_year"]!).ShouldBe(1.924, 0.001);
    }

    [Theory]
    [InlineData("name: 13.8 kV hall feed", "name: x\ntopologies: [ ring, rign ]", "topologies[1]", "one of radial")]
    [InlineData("- { component: bus_duct, length: 150 ft }", "- { component: bus_duct }", "path[1]", "a length")]
    [InlineData("tie: mv_breaker", "tie: mv_braker", "tie", "the name of a component")]
    [InlineData("needed: 4", "needed: 0", "needed", "1 or more")]
    public void A_bad_file_is_told_with_line_and_column(string piece, string instead, string path, string expected)
    {
        string text = File.ReadAllText(Example);
        text.ShouldContain(piece);
        string bad = Named("bad.yaml");
        File.WriteAllText(bad, text.Replace(piece, instead, StringComparison.Ordinal));
        Problem problem = Should.Throw<ScenarioException>(() => TopologyStudy.Definition.Answer(bad, [])).Problems[0];
        problem.Path.ShouldBe(path);
        problem.Expected.ShouldContain(expected);
        (problem.Line > 0 && problem.Column > 0).ShouldBeTrue();
    }
}
