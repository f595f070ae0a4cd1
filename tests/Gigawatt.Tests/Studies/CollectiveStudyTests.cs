using System.Text.Json;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Studies;
using Gigawatt.Tests.Cli;

namespace Gigawatt.Tests.Studies;

public sealed class CollectiveStudyTests : TemporaryFolder
{
    private const string Eight = "size: 1 GiB\nranks: 8\n";

    [Fact]
    public void The_program_answers_with_the_contract()
    {
        Outcome outcome = Gw.Run("study", "collective", "studies/collective.yaml", "--json");
        outcome.Code.ShouldBe(0, outcome.Err);
        JsonElement data = JsonDocument.Parse(outcome.Out).RootElement;
        data.GetProperty("time_s").GetDouble().ShouldBe(4.03e-3, 0.4e-3);
        data.GetProperty("bus_gb_per_s").GetDouble().ShouldBe(466, 25);
        data.GetProperty("best").GetString().ShouldBe("in_switch");
        data.GetProperty("sizes").GetArrayLength().ShouldBe(19);
        data.GetProperty("measured").GetArrayLength().ShouldBe(4);
        data.GetProperty("parts").GetProperty("switches").GetInt64().ShouldBe(1);
    }

    [Fact]
    public void The_textbook_ring_takes_4_032_ms()
    {
        StudyAnswer answer = CollectiveStudy.Definition.Answer(Path.Combine(Gw.Root, "studies", "collective-link.yaml"), []);
        CollectiveAnswer data = (CollectiveAnswer)answer.Data;
        data.TimeS.ShouldBe(1.75 * 1.073741824 / 466, 1e-15);
        data.BusGbPerS.ShouldBe(466, 1e-9);
        answer.Finding.ShouldBe("An all-reduce of 1 GiB over 8 GPUs takes 4.032 ms in a ring, 466 GB/s of bus bandwidth.");
        data.Counts.ShouldAllBe(one => one.TimeS > 0);
        answer.Charts.Count.ShouldBe(2);
    }

    [Fact]
    public void Pods_and_buildings_are_told()
    {
        StudyAnswer answer = Asked(
            "size: 8 GiB\nranks: 8192\ngpu: { model: h100-sxm }\nfabric: { model: quantum-2, oversubscription: 7 }\nbuildings: { gpus: 4096, distance: 20 km }\n");
        CollectiveAnswer data = (CollectiveAnswer)answer.Data;
        (data.Domains, data.Pods, data.Buildings).ShouldBe((1024, 4, 2));
        answer.Remarks.ShouldContain(remark => remark.Contains("4 pods", StringComparison.Ordinal));
        answer.Remarks.ShouldContain(remark => remark.Contains("between buildings", StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_of_collectives_is_predicted_at_once()
    {
        StudyAnswer answer = CollectiveStudy.Definition.Answer(Path.Combine(Gw.Root, "studies", "published-collectives.csv"), []);
        CollectiveAnswer data = (CollectiveAnswer)answer.Data;
        data.Rows.Count.ShouldBe(46);
        data.Errors!.MeanFraction.ShouldBeLessThan(0.04);
        data.Rows.Where(row => !row.IsFitted).Average(row => Math.Abs(row.ErrorFraction!.Value)).ShouldBeLessThan(0.05);
        data.Rows.Single(row => row.Name == "20 racks of GB200 4096 MiB").Algorithm.ShouldBe(Gigawatt.Fabric.CollectiveAlgorithm.Ring);
        data.TimeS.ShouldBe(data.Rows[0].TimeS);
    }

    [Fact]
    public void Everything_wrong_in_a_table_is_said_at_once_with_its_line()
    {
        string file = Named("t.csv");
        File.WriteAllText(file, "name,kind,size_mib,ranks,gpu,fabric,colour\n");
        Should.Throw<ScenarioException>(() => CollectiveStudy.Definition.Answer(file, [])).Message.ShouldContain("no collectives");
        File.WriteAllText(file, "name,kind,size_mib,ranks,gpu,fabric\na,all_reduce,1,8,h100-sxm,\nb,all_reduce,1,16,h100-sxm,\nc,all_reduse,1,8,h100-sxm,\nd,all_reduce,-4,8,h100-sxm,\ne,all_reduce,1,8,h101,\n");
        string all = Should.Throw<ScenarioException>(() => CollectiveStudy.Definition.Answer(file, [])).Message;
        all.ShouldContain("t.csv:3:1: fabric: expected a network, since 16 ranks leave their NVLink domain of 8");
        all.ShouldContain("t.csv:4:1: kind: expected all_reduce or");
        all.ShouldContain("t.csv:5:1: size_mib: expected more than 0");
        all.ShouldContain("t.csv:6:1: gpu: expected an accelerator of the catalogue");
    }

    [Fact]
    public void Gradients_of_8192_copies_on_550_080_GPUs_are_answered_with_the_parts_of_the_network()
    {
        CollectiveAnswer data = (CollectiveAnswer)CollectiveStudy.Definition.Answer(Path.Combine(Gw.Root, "studies", "collective-550k.yaml"), []).Data;
        // Not below the bytes over the adapters: 8,191/8,192 · 8.59 GB over a rank's 96 GB/s
        data.TimeS.ShouldBeInRange(8.59 / 96, 4 * 8.59 / 96);
        data.Parts!.Gpus.ShouldBe(550080);
        data.Pods.ShouldBeGreaterThan(45);
    }

    [Theory]
    [InlineData(Eight, "", "either a gpu (with a fabric when it leaves its domain) or a plain link")]
    [InlineData(Eight + "gpu: { model: h100-sxm }\nlink: { rate: 400 GB/s }\n", ":4:", "found both")]
    [InlineData("size: 1 GiB\nranks: 16\ngpu: { model: h100-sxm }\n", ":3:8", "at most the 8 that lie in one NVLink domain of 8, or a fabric")]
    [InlineData("size: 0 GiB\nranks: 8\ngpu: { model: h100-sxm }\n", ":2:7", "more than 0")]
    [InlineData("size: 1 GiB\nranks: 1\ngpu: { model: h100-sxm }\n", ":3:8", "ranks: expected")]
    [InlineData(Eight + "algorithm: tree\nkind: all_to_all\ngpu: { model: h100-sxm }\n", ":4:12", "an algorithm that carries out an all-to-all on this network: best, ring")]
    [InlineData(Eight + "algorithm: rings\ngpu: { model: h100-sxm }\n", ":4:12", "did you mean 'ring'")]
    [InlineData("size: 1 GiB\nranks: 100000\ngpu: { model: h100-sxm }\nfabric: { model: quantum-2 }\n", ":3:8", "at most the 65,536 GPUs that 3 tiers of 64 ports join")]
    [InlineData(Eight + "stride: 8\ngpus: 32\ngpu: { model: h100-sxm }\nfabric: { model: quantum-2 }\n", ":5:7", "at least the 57 over which 8 ranks of stride 8 reach")]
    public void What_does_not_fit_is_shown_with_its_place(string text, string place, string words)
    {
        ScenarioException wrong = Should.Throw<ScenarioException>(() => Asked(text));
        string all = string.Join('\n', wrong.Problems.Select(problem => problem.ToString()));
        all.ShouldContain(words);
        all.ShouldContain("case.yaml" + place);
    }

    private StudyAnswer Asked(string text)
    {
        string file = Named("case.yaml");
        File.WriteAllText(file, "name: case\n" + text);
        return CollectiveStudy.Definition.Answer(file, []);
    }
}
