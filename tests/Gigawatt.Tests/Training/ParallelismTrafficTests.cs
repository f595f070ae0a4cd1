using Gigawatt.Training;

namespace Gigawatt.Tests.Training;

public sealed class ParallelismTrafficTests
{
    private static readonly ParallelismSpec Cut = ParallelismTests.Llama512;   // TP 8, CP 2, PP 8, VP 8, DP 4
    private static readonly ModelSpec Llama = ModelTests.Llama405;

    [Fact]
    public void Tensor_parallelism_all_reduces_the_activations_four_times_a_layer()
    {
        Exchange tensor = ParallelismTraffic.Tensor(Llama, Cut);
        tensor.SizeGb.ShouldBe(4096 * 16384 * 2e-9, 1e-12);       // T = 8192/2 tokens
        (tensor.ForwardCount, tensor.BackwardCount, tensor.Ranks, tensor.Stride).ShouldBe((2, 2, 8, 1));
        ParallelismTraffic.Tensor(Llama, Cut with { Recompute = Recompute.Full }).BackwardCount.ShouldBe(4);
    }

    [Fact]
    public void Context_parallelism_passes_keys_and_values_round()
    {
        Exchange context = ParallelismTraffic.Context(Llama, Cut);
        // 8,192 tokens, K and V of the one head of 128 that each of 8 tensor ranks keeps, 2 bytes
        context.SizeGb.ShouldBe(8192 * 2 * 128 * 2e-9, 1e-15);
        (context.ForwardCount, context.BackwardCount, context.Ranks, context.Stride).ShouldBe((1, 2, 2, 8));
    }

    [Fact]
    public void A_pipeline_hands_on_an_eighth_of_the_activations_from_each_tensor_rank()
    {
        Exchange pipeline = ParallelismTraffic.Pipeline(Llama, Cut);
        pipeline.SizeGb.ShouldBe(4096 * 16384 * 2e-9 / 8, 1e-12);
        (pipeline.ForwardCount, pipeline.Ranks, pipeline.Stride).ShouldBe((8, 8, 64));
        ParallelismTraffic.Pipeline(Llama, Cut with { SequenceParallel = false }).SizeGb.ShouldBe(4096 * 16384 * 2e-9, 1e-12);
    }

    [Fact]
    public void Copies_add_up_4_bytes_of_gradient_and_gather_2_of_weight_a_parameter()
    {
        double parameters = ModelMemory.DenseParameters(Llama, Cut);
        Exchange gradients = ParallelismTraffic.Gradients(Llama, Cut, new());
        gradients.SizeGb.ShouldBe(4e-9 * parameters, 1e-9);
        (gradients.Ranks, gradients.Stride, gradients.BackwardCount).ShouldBe((8, 8, 1));
        ParallelismTraffic.Weights(Llama, Cut, new()).SizeGb.ShouldBe(2e-9 * parameters, 1e-9);
        ParallelismTraffic.Experts(Llama, Cut).IsNone.ShouldBeTrue();
        ParallelismTraffic.ExpertGradients(Llama, Cut, new()).IsNone.ShouldBeTrue();
    }

    [Fact]
    public void Each_token_goes_to_its_experts_and_back()
    {
        ModelSpec mixture = Llama with { Experts = 64, ActiveExperts = 4, ExpertFfn = 2048 };
        Exchange experts = ParallelismTraffic.Experts(mixture, Cut with { Expert = 8 });
        experts.SizeGb.ShouldBe(4096 * 4 * 16384 * 2e-9, 1e-12);
        (experts.ForwardCount, experts.BackwardCount, experts.Ranks, experts.Stride).ShouldBe((2, 2, 8, 8));
        Exchange folded = ParallelismTraffic.Experts(mixture, Cut with { Expert = 64, ExpertTensor = 1 });
        folded.SizeGb.ShouldBe(4096 * 4 * 16384 * 2e-9 / 8, 1e-12);
        folded.Stride.ShouldBe(1);
    }
}
