using FsCheck.Fluent;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Studies;
using Gigawatt.Training;

namespace Gigawatt.Tests.Training;

public sealed class ServingFrontierTests
{
    private static readonly ServingFrontierSpec Two = Of((10, 1000), (40, 250));

    [Fact]
    public void Between_two_points_it_is_straight_in_logarithms()
    {
        // Throughput x interactivity is 10,000 at both ends, so it is 10,000 between them.
        ServingFrontier.ThroughputPerGpuS(Two, 20).ShouldBe(500, 1e-9);
        ServingFrontier.InteractivityPerS(Two, 500).ShouldBe(20, 1e-9);
        ServingFrontier.ThroughputPerGpuS(Two, 10).ShouldBe(1000);
        ServingFrontier.ThroughputPerGpuS(Two, 40).ShouldBe(250);
    }

    [Fact]
    public void Beyond_the_points_nothing_is_promised()
    {
        ServingFrontier.ThroughputPerGpuS(Two, 5).ShouldBe(1000);
        ServingFrontier.ThroughputPerGpuS(Two, 41).ShouldBe(double.NaN);
        ServingFrontier.InteractivityPerS(Two, 1001).ShouldBe(double.NaN);
        ServingFrontier.InteractivityPerS(Two, 100).ShouldBe(40);
    }

    [Fact]
    public void It_falls_everywhere() => FsCheck.Fluent.Prop.ForAll(Gen.Choose(25, 164).Two().ToArbitrary(), speeds =>
    {
        ServingFrontierSpec b200 = Entry("b200-deepseek-r1");
        int slow = Math.Min(speeds.Item1, speeds.Item2), fast = Math.Max(speeds.Item1, speeds.Item2);
        double high = ServingFrontier.ThroughputPerGpuS(b200, slow), low = ServingFrontier.ThroughputPerGpuS(b200, fast);
        return slow == fast ? high == low : high > low && Math.Abs(ServingFrontier.InteractivityPerS(b200, high) - slow) < 1e-9 * slow;
    }).HoldsInAnyCase(50);

    [Fact]
    public void Points_that_do_not_fall_are_named()
    {
        Of((10, 100), (20, 100)).Contradictions().ShouldHaveSingleItem().Expected.ShouldContain("falling throughput");
        Of((20, 100), (10, 50)).Contradictions().ShouldHaveSingleItem().Expected.ShouldContain("rising interactivity");
        Of((10, 100)).Contradictions().ShouldHaveSingleItem().Expected.ShouldContain("two points");
        Two.Contradictions().ShouldBeEmpty();
    }

    [Fact]
    public void Decoding_reads_the_active_weights_for_one_user_and_all_of_them_for_many()
    {
        ServingLawSpec law = Law("model: { model: deepseek-v3 }\ngpu: { model: h200 }\ntoken_kv: 70 kB\ngpus: 16\nall_to_all: 0 s\nbandwidth: 100 %\n");
        double one = ServingFrontierLaw.DecodeS(law, 1), active = law.Model.ActiveParameters!.Value;
        // (37 GB + 8,704 x 70 kB)/(16 x 4,800 GB/s).
        one.ShouldBe((active * 1e-9 + 8704 * 70e-6) / (16 * 4800), 1e-9);
        int many = ServingFrontierLaw.MostUsers(law);
        many.ShouldBe((int)((16 * 141 - law.Model.Parameters * 1e-9) / (8704 * 70e-6)));
        ServingFrontierLaw.DecodeS(law, many).ShouldBe((law.Model.Parameters * 1e-9 + many * 8704 * 70e-6) / (16 * 4800), 1e-6);
    }

    [Fact]
    public void The_law_gives_a_frontier_that_can_be_read()
    {
        ServingFrontierSpec frontier = ServingFrontierLaw.Frontier(Law("model: { model: llama-3.1-405b }\ngpu: { model: h200 }\n"));
        frontier.Contradictions().ShouldBeEmpty();
        frontier.Points.Count.ShouldBeGreaterThan(4);
        // Prefill alone bounds it: 9 tokens for 8 x 2 x 405.9e9/(1,979e12 x 50 %) = 6.56 ms of GPU.
        frontier.Points[0].ThroughputPerGpuS.ShouldBeLessThan(9 / (8 * 2 * 405.8533888e9 / (1979e12 * 0.5)));
    }

    [Fact]
    public void A_model_that_does_not_fit_says_how_many_gpus_hold_it() => Should.Throw<ScenarioException>(() =>
        Law("model: { model: llama-3.1-405b }\ngpu: { model: h100-sxm }\ngpus: 4\n")).Message.ShouldContain("6 GPUs or more");

    internal static ServingFrontierSpec Entry(string model) =>
        ScenarioReader.ReadText<ServingInput>($"name: x\nfrontiers: [ {{ model: {model} }} ]\ndemand: {{ sessions: 1 per s }}\npool: {{ gpus: 72, interactivity: 75 tokens/s }}\n", "one.yaml", Catalog.Embedded)
            .Value.Frontiers[0];

    internal static ServingFrontierSpec Of(params (double Speed, double Throughput)[] points) => new()
    {
        Title = "test",
        Points = [.. points.Select(point => new ServingPoint { InteractivityPerS = point.Speed, ThroughputPerGpuS = point.Throughput })],
        CostUsdPerGpuS = 2.0 / 3600,
        SitePowerMwPerGpu = 0.002,
    };

    private static ServingLawSpec Law(string keys) =>
        ScenarioReader.ReadText<ServingLawSpec>(keys + "cost: 2 USD/GPU-hour\nsite_power: 2 kW/GPU\n", "one.yaml", Catalog.Embedded).Value;
}
