using Gigawatt.Compute;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Training;

namespace Gigawatt.Tests.Validation;

/// <summary>Published sizes, arithmetic and memory of models against what their shapes count to.</summary>
public sealed class ModelCountsTests
{
    private const double MiB = 1048576e-9;

    public static TheoryData<string> Models => [.. Catalog.Embedded.Models("models")];

    [Theory]
    [InlineData("llama-3.1-405b", 405_853_388_800)]
    [InlineData("llama-3.1-70b", 70_553_706_496)]
    [InlineData("llama-3.1-8b", 8_030_261_248)]
    [InlineData("mixtral-8x7b", 46_702_792_704)]
    public void Shapes_count_to_the_last_parameter_of_the_released_weights(string model, long parameters) =>
        Model.CountParameters(Read(model)).ShouldBe(parameters);

    [Theory]
    [InlineData("gpt-3-175b", 175e9, 0.003)]
    [InlineData("deepseek-v3", 671e9, 0.001)]
    [InlineData("megatron-1t", 1008e9, 0.001)]
    [InlineData("megatron-145b", 145.6e9, 0.001)]
    [InlineData("megatron-core-462b", 462e9, 0.02)]
    [InlineData("grok-1", 314e9, 0.01)]
    public void Others_count_to_the_digits_published(string model, double published, double tolerance) =>
        (Model.CountParameters(Read(model)) / published).ShouldBe(1, tolerance);

    [Theory]
    [MemberData(nameof(Models))]
    public void No_model_of_the_catalogue_contradicts_itself(string model) => Read(model).Contradictions().ShouldBeEmpty();

    [Theory]
    [InlineData("mixtral-8x7b", 12.88e9)]    // "13B active"
    [InlineData("deepseek-v3", 37.55e9)]     // "37B active"
    [InlineData("grok-1", 83.75e9)]
    public void A_token_meets_so_many_parameters(string model, double expected) =>
        (Model.CountActiveParameters(Read(model)) / expected).ShouldBe(1, 0.005);

    [Fact]
    public void Samples_cost_what_MLPerf_and_Narayanan_say()
    {
        ModelSpec llama = Read("llama-3.1-405b"), gpt3 = Read("gpt-3-175b");
        Model.TflopPerSample(llama).ShouldBe(21_507.5, 0.05);
        Model.TflopPerSample(llama, FlopConvention.CausalAttention).ShouldBe(20_676, 1);
        (Model.TflopPerSample(llama, FlopConvention.SixPerParameter) / 21_508).ShouldBe(0.9275, 1e-3);
        Model.TflopPerSample(gpt3).ShouldBe(2_204.6, 0.05);
        Model.ForwardTflopPerSample(llama).ShouldBe(21_507.5 / 3, 0.05);
        // 96·s·L·h²(1 + s/6h + V/16Lh) with 175B: what recomputation makes of 72·…
        double s = 2048, l = 96, h = 12288, v = 51200;
        Model.HardwareTflopPerSample(gpt3, Recompute.Full).ShouldBe(96e-12 * s * l * h * h * (1 + s / (6 * h) + v / (16 * l * h)), 1e-6);
        Model.HardwareTflopPerSample(gpt3, Recompute.Selective).ShouldBe(2_204.6 + 59.37 / 3, 0.1);
    }

    [Fact]
    public void A_token_of_DeepSeek_costs_5_percent_less_than_Megatron_Bridge_says() =>
        // causal: 6·36.6e9 + 6·61·128·(192 + 128)·4096/2; Megatron-Bridge has 0.263 with the head that predicts a second token
        (Model.TflopPerSample(Read("deepseek-v3"), FlopConvention.CausalAttention) / 4096 / 0.263).ShouldBe(0.953, 0.003);

    [Theory]
    [InlineData(Recompute.None, false, 1, 2736)]
    [InlineData(Recompute.None, false, 8, 552)]
    [InlineData(Recompute.None, true, 8, 342)]
    [InlineData(Recompute.Selective, true, 8, 102)]
    [InlineData(Recompute.Full, true, 8, 6)]
    public void A_layer_of_175B_leaves_what_Korthikanti_prints(Recompute recompute, bool sequenceParallel, int tensor, double expectedMib) =>
        Math.Round(Activations.LayerGb(Read("gpt-3-175b"), new() { Tensor = tensor, SequenceParallel = sequenceParallel, Recompute = recompute }, false) / MiB)
            .ShouldBe(expectedMib);

    [Fact]
    public void The_first_of_eight_stages_of_three_pieces_holds_eight_microbatches_times_31_24ths()
    {
        ParallelismSpec spec = new() { Tensor = 8, Pipeline = 8, Interleave = 3, Recompute = Recompute.Selective };
        Activations.InFlightRatio(spec, 64).ShouldBe(8 * (1 + 7 / 24.0), 1e-12);
        Activations.InFlightRatio(spec with { Interleave = 1 }, 64).ShouldBe(8);
        Activations.InFlightRatio(spec, 4).ShouldBe(4);
        Activations.FirstStageGb(Read("gpt-3-175b"), spec, 64).ShouldBe(12 * 102.0 * MiB * 8 * 31 / 24, 0.01);
    }

    [Theory]
    [InlineData("llama-3.1-8b", 0.105)]
    [InlineData("llama-3.1-70b", 0.912)]
    [InlineData("llama-3.1-405b", 5.29)]
    [InlineData("megatron-1t", 15)]
    public void A_checkpoint_is_within_8_percent_of_MLPerf_Storage(string model, double publishedTb) =>
        (ModelMemory.CheckpointGb(Read(model), new()) / 1000 / publishedTb).ShouldBe(1, 0.085);

    [Fact]
    public void A_hundred_and_ten_thousand_GB200_are_1_528_racks_and_measured_arithmetic_is_73_percent_of_their_peak()
    {
        RackSpec rack = ScenarioReader.ReadText<RackSpec>("model: gb200-nvl72\n", "rack.yaml", Catalog.Embedded).Value;
        Math.Ceiling(110_000.0 / Rack.Gpus(rack)).ShouldBe(1_528);
        Gpu.AchievableFraction(rack.Gpu, Precision.Bf16)!.Value.ShouldBe(1822.0 / 2450, 1e-12);
        Gpu.AchievableFraction(rack.Gpu, Precision.Fp4).ShouldBeNull();
    }

    private static ModelSpec Read(string model) => ScenarioReader.ReadText<ModelSpec>($"model: {model}\n", "model.yaml", Catalog.Embedded).Value;
}
