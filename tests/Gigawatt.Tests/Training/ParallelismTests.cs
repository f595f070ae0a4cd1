using Gigawatt.Numerics;
using Gigawatt.Training;

namespace Gigawatt.Tests.Training;

public sealed class ParallelismTests
{
    // MLPerf v5.0: Llama 3.1 405B on 512 H100, TP 8, CP 2, PP 8, VP 8, batch 1152
    internal static readonly ParallelismSpec Llama512 = new() { Tensor = 8, Pipeline = 8, Interleave = 8, Context = 2, Data = 4 };

    private static readonly ModelSpec Experts = ModelTests.Llama405 with { Experts = 64, ActiveExperts = 4, ExpertFfn = 2048 };

    [Fact]
    public void Eight_by_eight_by_two_by_four_is_512_GPUs_and_288_microbatches()
    {
        Parallelism.Gpus(Llama512).ShouldBe(512);
        Parallelism.MicroBatches(Llama512, 1152).ShouldBe(288);
        Parallelism.StageLayers(Llama512, ModelTests.Llama405).ShouldBe(16);   // 126 over 8: the longest has 16
        Parallelism.GradientRanks(Llama512).ShouldBe(8);
        Parallelism.Problems(Llama512, ModelTests.Llama405, 512, 1152).ShouldBeEmpty();
        Parallelism.IsValid(Llama512, ModelTests.Llama405, 512, 1152).ShouldBeTrue();
    }

    [Fact]
    public void Sixteen_stages_of_eight_pieces_idle_5_9_percent_with_32_microbatches() =>
        // (16 − 1)/(8·32): Llama 3 on 8,192 H100
        Parallelism.BubbleRatio(Llama512 with { Pipeline = 16, Data = 64, Context = 1 }, 2048).ShouldBe(15.0 / 256, 1e-12);

    [Theory]
    [InlineData("gpus", "tensor × pipeline × context × data = 500, the GPUs of the job", "8 × 8 × 2 × 4 = 512")]
    [InlineData("batch", "a batch that data × micro batch divides; the batch is 1150", "4 × 1 = 4; 1152 samples would fit")]
    [InlineData("tensor", "a divisor of the 128 attention heads", "3")]
    [InlineData("kv", "a divisor or a multiple of the 8 heads that hold keys and values", "16")]
    [InlineData("pipeline", "at most the 126 layers and 2 tables", "8 × 17 = 136")]
    [InlineData("turns", "microbatches in multiples of the 8 stages", "289 microbatches")]
    [InlineData("context", "a sequence of 8192 tokens to be cut into 2 × context equal pieces", "6 pieces")]
    [InlineData("dense", "1, since the model has no experts", "2")]
    [InlineData("experts", "a divisor of the 64 experts", "6")]
    public void What_does_not_divide_is_said_in_words(string what, string expected, string found)
    {
        ModelSpec model = what switch { "experts" => Experts, "kv" => ModelTests.Llama405 with { KvHeads = 8, Heads = 120, Hidden = 120 * 128 }, _ => ModelTests.Llama405 };
        (ParallelismSpec spec, int gpus, int batch) = what switch
        {
            "gpus" => (Llama512, 500, 1152),
            "batch" => (Llama512 with { Interleave = 1 }, 512, 1150),
            "tensor" => (Llama512 with { Tensor = 3, Data = 4 }, 192, 1152),
            "kv" => (Llama512 with { Tensor = 12 }, 768, 1152),
            "pipeline" => (Llama512 with { Interleave = 17 }, 512, 1152),
            "turns" => (Llama512, 512, 1156),
            "context" => (Llama512 with { Context = 3 }, 768, 1152),
            "dense" => (Llama512 with { Expert = 2 }, 512, 1152),
            _ => (Llama512 with { Expert = 6, Data = 3, Context = 2, Interleave = 1 }, 384, 1152),
        };
        string all = string.Join('\n', Parallelism.Problems(spec, model, gpus, batch).Select(problem => $"{problem.Expected}|{problem.Found}"));
        if (what == "kv") { (expected, found) = ("a divisor or a multiple of the 8 heads", "12"); }
        all.ShouldContain(expected);
        all.ShouldContain(found);
        Parallelism.IsValid(spec, model, gpus, batch).ShouldBeFalse();
    }

    [Fact]
    public void Pieces_without_stages_and_experts_that_do_not_fit_the_ranks_contradict()
    {
        new ParallelismSpec { Interleave = 2 }.Contradictions().ShouldHaveSingleItem().Property.ShouldBe("Interleave");
        new ParallelismSpec { Expert = 3, Data = 4 }.Contradictions().ShouldHaveSingleItem().Found.ShouldBe("3 × 1 = 3");
        Should.Throw<SpecException>(() => new ParallelismSpec { ZeroStage = 4 }).Property.ShouldBe("ZeroStage");
    }

    [Fact]
    public void Experts_folded_over_tensor_ranks_leave_fewer_copies()
    {
        // 8·2·4 = 64 ranks of a stage; 64 experts over 32 groups, one GPU each: two copies
        ParallelismSpec folded = Llama512 with { Expert = 32, ExpertTensor = 1 };
        Parallelism.ExpertData(folded).ShouldBe(2);
        folded.Contradictions().ShouldBeEmpty();
        Parallelism.Problems(folded, Experts, 512, 1152).ShouldBeEmpty();
    }

    [Fact]
    public void A_search_that_asks_a_million_times_allocates_nothing()
    {
        int valid = Parallelism.IsValid(Llama512, ModelTests.Llama405, 512, 1152) ? 1 : 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) { valid += Parallelism.IsValid(Llama512, ModelTests.Llama405, 512 + i % 2, 1152) ? 1 : 0; }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        valid.ShouldBe(501);
    }
}
