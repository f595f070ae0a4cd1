using System.Text.Json.Nodes;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Studies;
using Gigawatt.Tests.Cli;

namespace Gigawatt.Tests.Studies;

public sealed class PowerFlowStudyTests : TemporaryFolder
{
    [Theory]
    [InlineData("studies/campus-network.yaml")]
    [InlineData("studies/case14.yaml")]
    [InlineData("studies/case9.m")]
    public void Every_example_answers_with_tables_charts_and_data(string file)
    {
        StudyAnswer answer = PowerFlowStudy.Definition.Answer(Path.Combine(Gw.Root, file), []);
        answer.Failure.ShouldBeNull();
        answer.Charts.Count.ShouldBeGreaterThanOrEqualTo(1);
        answer.Charts.ShouldAllBe(chart => chart.Series.All(series => series.X.Count == series.Y.Count));
        answer.Tables.ShouldAllBe(table => table.Rows.All(row => row.Count == table.Columns.Count));
        JsonNode data = JsonNode.Parse(answer.Json())!;
        ((bool)data["converged"]!).ShouldBeTrue();
        ((double)data["loss_mw"]!).ShouldBeGreaterThan(0);
        data["buses"]!.AsArray().ShouldAllBe(bus => (double)bus!["v_pu"]! > 0.9 && bus["angle_deg"] != null);
        foreach (string key in new[] { "iterations", "slack_mw", "overloads", "branches", "islands", "contingencies" }) { data[key].ShouldNotBeNull(key); }
    }

    [Fact]
    public void The_program_prints_the_contract_of_nine_buses()
    {
        Outcome outcome = Gw.Run("study", "power-flow", "studies/case9.m", "--json");
        outcome.Code.ShouldBe(0);
        JsonNode data = JsonNode.Parse(outcome.Out)!;
        ((double)data["loss_mw"]!).ShouldBe(4.641021, 1e-6);
        ((double)data["slack_mw"]!).ShouldBe(71.641, 1e-3);
        data["buses"]!.AsArray().Count.ShouldBe(9);
        ((string)data["buses"]![0]!["name"]!).ShouldBe("1");
    }

    [Fact]
    public void Without_a_solution_it_says_bus_and_reason_and_ends_with_one()
    {
        Outcome outcome = Gw.Run("study", "power-flow", "studies/case14.yaml", "--json", "--set", "buses[13].load=900 MW", "--set", "active_limits=false");
        outcome.Code.ShouldBe(1);
        outcome.Err.ShouldContain("bus");
        JsonNode data = JsonNode.Parse(outcome.Out)!;
        ((bool)data["converged"]!).ShouldBeFalse();
        ((string)data["why"]!).ShouldContain("collapses at bus 13");
    }

    [Fact]
    public void Closing_the_open_tie_of_the_campus_joins_its_two_ends()
    {
        string file = Path.Combine(Gw.Root, "studies", "campus-network.yaml");
        PowerFlowAnswer open = Data(PowerFlowStudy.Definition.Answer(file, [])), closed = Data(PowerFlowStudy.Definition.Answer(file, ["switches[0].closed=true"]));
        closed.Buses.Single(bus => bus.Name == "b3").VPu.ShouldBe(closed.Buses.Single(bus => bus.Name == "b3-end").VPu);
        closed.LossMw.ShouldBeLessThan(open.LossMw);
        open.Buses.Count(bus => bus.Name.StartsWith("hall", StringComparison.Ordinal)).ShouldBe(14);
        open.Branches.Single(branch => branch.Name == "site tie").LossMw.ShouldBeGreaterThan(0);
        open.ShortCircuits.Where(one => !one.Bus.StartsWith("hall", StringComparison.Ordinal)).ShouldAllBe(one => one.CurrentKa > 5 && one.CurrentKa < 150);
    }

    [Theory]
    [InlineData("from: \"13\", to: \"14\"", "from: \"13\", to: \"41\"", "branches[19].to", "the name of a bus", "'41'")]
    [InlineData("from: \"7\", to: \"8\", reactance: 0.17615 pu", "from: \"7\", to: \"8\", reactance: 0 pu", "branches[13].reactance", "use a switch", "x 0 pu")]
    [InlineData("min: 0 MW, max: 140 MW", "min: 150 MW, max: 140 MW", "generators[1].min", "at most its maximum", "150")]
    [InlineData("name: \"12\", kind: load", "name: \"13\", kind: load", "name", "no other bus", "'13' again")]
    public void A_bad_file_is_told_with_line_and_column(string piece, string instead, string path, string expected, string found)
    {
        string text = File.ReadAllText(Path.Combine(Gw.Root, "studies", "case14.yaml"));
        text.ShouldContain(piece);
        string bad = Named("bad.yaml");
        File.WriteAllText(bad, text.Replace(piece, instead, StringComparison.Ordinal));
        IReadOnlyList<Problem> problems = Should.Throw<ScenarioException>(() => PowerFlowStudy.Definition.Answer(bad, [])).Problems;
        Problem problem = problems.First(one => one.Path.Contains(path, StringComparison.Ordinal) && one.Expected.Contains(expected, StringComparison.Ordinal));
        problem.Found.ShouldContain(found);
        problem.Line.ShouldBeGreaterThan(10);
        problem.Column.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void An_island_without_source_and_a_half_file_of_matpower_are_told_with_their_lines()
    {
        string text = File.ReadAllText(Path.Combine(Gw.Root, "studies", "case9.m"));
        string dark = Named("dark.m"), half = Named("half.m");
        File.WriteAllText(dark, text.Replace("0.158  250  250  250  0  0  1", "0.158  250  250  250  0  0  0", StringComparison.Ordinal)
            .Replace("0.358  150  150  150  0  0  1", "0.358  150  150  150  0  0  0", StringComparison.Ordinal));
        Problem island = Should.Throw<ScenarioException>(() => PowerFlowStudy.Definition.Answer(dark, [])).Problems[0];
        text.Split('\n')[island.Line - 1].ShouldStartWith("  5  1   90");
        island.Found.ShouldContain("none in the island of 5");
        File.WriteAllText(half, text[..(text.Length / 2)]);
        Outcome outcome = Gw.Run("study", "power-flow", half);
        outcome.Code.ShouldBe(2);
        outcome.Err.ShouldContain("half.m:");
        outcome.Err.ShouldContain("cut off");
    }

    private static PowerFlowAnswer Data(StudyAnswer answer) => answer.Data.ShouldBeOfType<PowerFlowAnswer>();
}
