using FsCheck.Fluent;
using Gigawatt.Numerics;
using Gigawatt.Training;

namespace Gigawatt.Tests.Training;

public sealed class ModelMemoryTests
{
    private static readonly StatePrecisionSpec Mixed = new();

    // 10 layers of 12·h² and no vocabulary to speak of: 12·1000²·10 = 120 million parameters
    private static readonly ModelSpec Small = new()
    {
        Title = "small",
        Parameters = 120_024_000,
        Layers = 10,
        Hidden = 1000,
        Heads = 10,
        Ffn = 4000,
        FfnMatrices = 2,
        Vocabulary = 1,
        Sequence = 100,
    };

    private static readonly ModelSpec Mixture = Small with { Experts = 8, ActiveExperts = 2, Parameters = 680_000_000 };

    [Theory]
    [InlineData(0, 0.240, 0.480, 1.440)]    // 2, 4 and 12 bytes of 120 million, everything on each of four copies
    [InlineData(1, 0.240, 0.480, 0.360)]
    [InlineData(2, 0.240, 0.120, 0.360)]
    [InlineData(3, 0.108, 0.120, 0.360)]    // a quarter of the weights and two layers of ten gathered
    public void Zero_shares_optimiser_then_gradients_then_weights(int stage, double weightsGb, double gradientsGb, double optimizerGb)
    {
        MemoryUse use = ModelMemory.Of(Small, new() { Data = 4, ZeroStage = stage }, Mixed, 4);
        use.WeightsGb.ShouldBe(weightsGb, 0.001);
        use.GradientsGb.ShouldBe(gradientsGb, 0.001);
        use.OptimizerGb.ShouldBe(optimizerGb, 0.001);
    }

    [Fact]
    public void Tensor_and_pipeline_divide_what_a_GPU_holds()
    {
        double whole = ModelMemory.DenseParameters(Small, new());
        ModelMemory.DenseParameters(Small, new() { Tensor = 2, Pipeline = 5 }).ShouldBe(whole / 10, whole * 1e-3);
        // 10 layers · 8 experts · 2·1000·4000 = 640 million, over 4 groups
        ModelMemory.ExpertParameters(Mixture, new() { Expert = 4, Data = 4 }).ShouldBe(160e6);
        ModelMemory.ExpertParameters(Mixture, new() { Expert = 4, Data = 4, Tensor = 2 }).ShouldBe(80e6);
        ModelMemory.ExpertParameters(Mixture, new() { Expert = 4, Data = 4, Tensor = 2, ExpertTensor = 1 }).ShouldBe(160e6);
        ModelMemory.ExpertParameters(Small, new()).ShouldBe(0);
    }

    // Llama 3 405B on 8,192 H100: 126 layers in 16 stages of 8, one less on the first and on the last (arXiv 2407.21783, section 3.3.2).
    [Fact]
    public void Llama_405B_in_sixteen_stages_has_seven_layers_on_the_first_and_eight_on_the_second()
    {
        ParallelismSpec published = new() { Tensor = 8, Pipeline = 16, Interleave = 8, Data = 64, ZeroStage = 2 };
        Parallelism.Problems(published, ModelTests.Llama405, 8192, 2048).ShouldBeEmpty();
        Parallelism.IsValid(published, ModelTests.Llama405, 8192, 2048).ShouldBeTrue();
        (Parallelism.FirstStageLayers(published, ModelTests.Llama405), Parallelism.StageLayers(published, ModelTests.Llama405)).ShouldBe((7, 8));
        Parallelism.Problems(published with { Interleave = 9 }, ModelTests.Llama405, 8192, 2048).Single().Expected.ShouldContain("126 layers and 2 tables");
        // The second stage: (8 + 1)·16 − 1 − 2 = 141 of its pieces in flight, each a layer of 0.533 GB: 8192·(8·16384 + 2·34816 + 6·53248)/8 bytes.
        Activations.FirstStageGb(ModelTests.Llama405, published, 2048).ShouldBe(141 * 8192e-9 * (8 * 16384 + 2 * 34816 + 6 * 53248) / 8, 1e-6);
        // What the paper saves besides (tensors freed early, among them what passes between stages) is not published: we are 6 GB above what demonstrably ran.
        ModelMemory.Of(ModelTests.Llama405, published, Mixed, 2048, 3).TotalGb.ShouldBe(86, 1);
    }

    [Fact]
    public void A_job_that_does_not_fit_says_by_how_much_and_what_would_help()
    {
        // 405B over TP 8 and PP 2 without sharing: 405.85/16·18 B = 457 GB of state alone
        ParallelismSpec tight = new() { Tensor = 8, Pipeline = 2, Data = 32, ZeroStage = 0 };
        MemoryFit fit = ModelMemory.Fit(ModelTests.Llama405, tight, Mixed, 1024, 80);
        fit.Fits.ShouldBeFalse();
        fit.Use.StateGb.ShouldBe(457, 5);
        fit.ShortGb.ShouldBe(fit.Use.TotalGb - 80, 1e-9);
        CaseProblem problem = ModelMemory.Problem(fit);
        problem.Expected.ShouldBe("at most the 80 GB of a GPU");
        problem.Found.ShouldContain("GB too much");

        MemoryFit eased = ModelMemory.Fit(ModelTests.Llama405, tight with { Pipeline = 8, Data = 8, Recompute = Recompute.None }, Mixed, 1024, 141);
        eased.Fits.ShouldBeFalse();
        eased.Cures.ShouldNotBeEmpty();
        eased.Cures.ShouldAllBe(cure => cure.TotalGb <= 141);
        ModelMemory.Problem(eased).Found.ShouldContain("would fit with ");
    }

    [Fact]
    public void The_runs_of_MLPerf_fit_into_their_GPUs()
    {
        // 512 H100 of 80 GB with TP 8, CP 2, PP 8, VP 8 ran; FP8 keeps 16-bit weights and gradients beside shared optimiser
        StatePrecisionSpec half = new() { GradientBytes = 2 };
        ModelMemory.Fit(ModelTests.Llama405, ParallelismTests.Llama512, half, 1152, 80).Fits.ShouldBeTrue();
        ModelMemory.Fit(ModelTests.Llama405, ParallelismTests.Llama512 with { Tensor = 4, Data = 8 }, half, 1152, 80).Fits.ShouldBeFalse();
    }

    [Fact]
    public void A_checkpoint_takes_14_bytes_a_parameter() =>
        ModelMemory.CheckpointGb(ModelTests.Llama405, Mixed).ShouldBe(405.8533888 * 14, 1e-6);

    [Fact]
    public void More_of_any_parallelism_or_sharing_never_takes_more_memory_of_state() => Prop.ForAll(
        Gen.Choose(0, 3).SelectMany(zero => Gen.Choose(0, 2).SelectMany(t => Gen.Choose(0, 3).Select(d => (zero, tensor: 1 << t, data: 1 << d)))).ToArbitrary(),
        at =>
        {
            ParallelismSpec spec = new() { Tensor = at.tensor, Data = at.data, ZeroStage = at.zero };
            double gb = ModelMemory.Of(Mixture, spec, Mixed, 64).StateGb;
            return double.IsFinite(gb) && ModelMemory.Of(Mixture, spec with { Tensor = spec.Tensor * 2 }, Mixed, 64).StateGb <= gb
                && ModelMemory.Of(Mixture, spec with { Data = spec.Data * 2 }, Mixed, 64).StateGb <= gb
                && ModelMemory.Of(Mixture, spec with { ZeroStage = Math.Min(3, spec.ZeroStage + 1) }, Mixed, 64).StateGb <= gb * 1.0000001;
        }).HoldsInAnyCase();

    [Fact]
    public void A_search_allocates_nothing()
    {
        double sum = ModelMemory.Of(Mixture, ParallelismTests.Llama512, Mixed, 1152).TotalGb;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) { sum += ModelMemory.Of(Mixture, ParallelismTests.Llama512, Mixed, 1152 + i).TotalGb; }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        double.IsFinite(sum).ShouldBeTrue();
    }
}
