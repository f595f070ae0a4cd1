using Gigawatt.Training;

namespace Gigawatt.Tests.Training;

public sealed class ModelTests
{
    internal static readonly ModelSpec Llama405 = new()
    {
        Title = "Llama 3.1 405B",
        Parameters = 405_853_388_800,
        Layers = 126,
        Hidden = 16384,
        Heads = 128,
        KvHeads = 8,
        Ffn = 53248,
        Vocabulary = 128256,
        Sequence = 8192,
    };

    private static readonly ModelSpec Gpt3 = new()
    {
        Title = "GPT-3 175B",
        Parameters = 175_000_000_000,
        Layers = 96,
        Hidden = 12288,
        Heads = 96,
        Ffn = 49152,
        FfnMatrices = 2,
        Vocabulary = 51200,
        Sequence = 2048,
    };

    [Fact]
    public void A_sample_of_Llama_405B_costs_the_constant_of_MLPerf() =>
        // 6·(126·3,187,671,040 + 16384·128256)·8192 = 19,845.0; 12·126·8192²·16384 = 1,662.5
        Model.TflopPerSample(Llama405).ShouldBe(21_507.5, 0.05);

    [Fact]
    public void A_sample_of_GPT_3_costs_2204_6_TFLOP() =>
        // 6·(96·12·12288² + 12288·51200)·2048 = 2,145.2; 12·96·2048²·12288 = 59.4
        Model.TflopPerSample(Gpt3).ShouldBe(2_204.6, 0.05);

    [Fact]
    public void Six_per_parameter_is_7_percent_low_for_Llama_405B()
    {
        Model.TflopPerToken(Llama405).ShouldBe(2.43512, 1e-5);   // 6 × 405.853e9
        (Model.TflopPerToken(Llama405) * 8192 / Model.TflopPerSample(Llama405)).ShouldBe(0.9275, 1e-4);
    }

    [Fact]
    public void A_mixture_of_experts_counts_the_parameters_a_token_meets()
    {
        ModelSpec deepSeek = Gpt3 with
        {
            Parameters = 671_000_000_000,
            ActiveParameters = 37_000_000_000,
            Layers = 61,
            Hidden = 7168,
            Heads = 128,
            Ffn = 2048,
            Sequence = 4096,
        };
        Model.TflopPerToken(deepSeek).ShouldBe(0.222, 1e-12);
        // 0.222 + 12·61·4096·7168e-12 = 0.222 + 0.0215
        (Model.TflopPerSample(deepSeek) / 4096).ShouldBe(0.2435, 1e-4);
    }

    [Fact]
    public void More_active_parameters_than_parameters_contradict() =>
        (Gpt3 with { ActiveParameters = 200_000_000_000 }).Contradictions().ShouldHaveSingleItem()
            .Property.ShouldBe("ActiveParameters");
}
