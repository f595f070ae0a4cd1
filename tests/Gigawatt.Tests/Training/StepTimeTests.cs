using FsCheck.Fluent;
using Gigawatt.Compute;
using Gigawatt.Simulation;
using Gigawatt.Training;

namespace Gigawatt.Tests.Training;

public sealed class StepTimeTests
{
    private static readonly GpuSpec H100 = TrainingPublished.Gpu("h100-sxm");
    private static readonly StepCoefficients Usual = new();

    private static ModelSpec Gpt(int layers = 96, int sequence = 2048) => new()
    {
        Title = "GPT-3",
        Parameters = 175_000_000_000,
        Layers = layers,
        Hidden = 12288,
        Heads = 96,
        Ffn = 49152,
        FfnMatrices = 2,
        Vocabulary = 51200,
        Sequence = sequence,
    };

    private static StepSetting Setting(GpuSpec? gpu = null, int batch = 1536, double oversubscription = 1) => new StepSetting
    {
        Model = Gpt(),
        GlobalBatch = batch,
        Precision = Precision.Bf16,
        Gpu = gpu ?? H100,
        Network = StepNetwork.Of(gpu ?? H100, 8, 2048, oversubscription),
    }.For(512);

    private static ParallelismSpec Layout(int tensor = 8, int pipeline = 8, int data = 8, int pieces = 1, Recompute recompute = Recompute.Selective) => new()
    {
        Tensor = tensor,
        Pipeline = pipeline,
        Data = data,
        Interleave = pieces,
        Recompute = recompute,
    };

    [Fact]
    public void Matrices_at_the_measured_rate_take_six_flop_a_weight_and_token()
    {
        // One stage of 12 layers of 12·12288² weights over 8 GPUs, 2,048 tokens, 3 passes of 2 FLOP, at 794.5 TFLOP/s.
        double expected = 12 * 12.0 * 12288 * 12288 / 8 * 2048 * 6 / 794.5e12;
        StepTime.Terms(Setting(), Layout()).SlotS.ShouldBe(expected, expected * 1e-9);
    }

    [Fact]
    public void Parts_add_up_to_the_step()
    {
        StepBreakdown step = StepTime.Of(Setting(), Layout(), Usual);
        step.StepS.ShouldBe(step.ComputeS + step.BubbleS + step.TensorS + step.PipelineS + step.DataS + step.ContextS + step.ExpertS + step.JitterS + step.OtherS, 1e-12);
        step.ContextS.ShouldBe(0);
        step.ExpertS.ShouldBe(0);
        double.IsFinite(step.StepS).ShouldBeTrue();
    }

    [Fact]
    public void Half_a_batch_is_half_the_arithmetic()
    {
        StepTerms whole = StepTime.Terms(Setting(), Layout()), half = StepTime.Terms(Setting(batch: 768), Layout());
        (half.SlotS * half.MicroBatches).ShouldBe(whole.SlotS * whole.MicroBatches / 2, 1e-12);
        half.HiddenDataS.ShouldBe(whole.HiddenDataS);
    }

    [Fact]
    public void Full_recomputation_adds_a_third_of_the_matrices() =>
        StepTime.Terms(Setting(), Layout(recompute: Recompute.Full)).SlotS.ShouldBe(StepTime.Terms(Setting(), Layout()).SlotS * 4 / 3, 1e-12);

    [Fact]
    public void The_output_table_slows_the_last_stage_unless_it_stands_in_for_a_layer()
    {
        StepTime.Terms(Setting(), Layout()).HeadS.ShouldBe(6.0 * 12288 * 51200 * 2048 / 8 / 794.5e12, 1e-9);
        StepSetting uneven = Setting() with { Model = Gpt(layers: 94) };
        StepTime.Terms(uneven, Layout()).HeadS.ShouldBe(0);
    }

    [Fact]
    public void Interleaving_shortens_the_bubble_and_lengthens_the_messages()
    {
        StepBreakdown plain = StepTime.Of(Setting(), Layout(), Usual), turns = StepTime.Of(Setting(), Layout(pieces: 4), Usual);
        turns.BubbleS.ShouldBe(plain.BubbleS / 4, 1e-9);
        turns.PipelineS.ShouldBeGreaterThan(plain.PipelineS);
    }

    [Fact]
    public void An_oversubscribed_pod_slows_what_leaves_it()
    {
        StepSetting free = Setting() with { Network = StepNetwork.Of(H100, 8, 64) }, narrow = Setting() with { Network = StepNetwork.Of(H100, 8, 64, 7) };
        StepTime.Of(narrow, Layout(), Usual).StepS.ShouldBeGreaterThan(StepTime.Of(free, Layout(), Usual).StepS);
    }

    [Fact]
    public void More_bandwidth_is_never_slower() => Prop.ForAll(
        Gen.Choose(0, 3).SelectMany(_ => Gen.Choose(100, 300).Select(percent => (Kind: _, Percent: percent))).ToArbitrary(),
        draw =>
        {
            double by = draw.Percent / 100.0;
            GpuSpec faster = draw.Kind switch
            {
                0 => H100 with { NvlinkGbPerS = H100.NvlinkGbPerS * by },
                1 => H100 with { NicGbPerS = H100.NicGbPerS * by },
                2 => H100 with { MemoryBandwidthGbPerS = H100.MemoryBandwidthGbPerS * by },
                _ => H100 with { Bf16AchievableTflopPerS = H100.Bf16AchievableTflopPerS * by },
            };
            return StepTime.Of(Setting(faster), Layout(), Usual).StepS <= StepTime.Of(Setting(), Layout(), Usual).StepS + 1e-12;
        }).HoldsInAnyCase();

    [Fact]
    public void Longer_sequences_and_larger_batches_are_never_faster() => Prop.ForAll(
        Gen.Choose(1, 8).Two().ToArbitrary(),
        draw =>
        {
            (int a, int b) = draw;
            StepSetting small = Setting(batch: 64 * a), large = Setting(batch: 64 * (a + b)) with { Model = Gpt(sequence: 2048 * b) };
            return StepTime.Of(large, Layout(), Usual).StepS > StepTime.Of(small, Layout(), Usual).StepS;
        }).HoldsInAnyCase();

    [Fact]
    public void A_step_takes_no_memory_from_the_heap()
    {
        StepSetting setting = Setting();
        ParallelismSpec layout = Layout();
        double sum = StepTime.Of(setting, layout, Usual).StepS;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) { sum += StepTime.Of(setting, layout, Usual).StepS; }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(200);
        sum.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void No_calibration_makes_matrices_faster_than_they_were_measured()
    {
        foreach (CalibrationRow row in TrainingPublished.Rows)
        {
            TrainingPublished.Calibration.For(row.Gpu, row.Precision, row.Framework, row.Overlap).MatrixFactor.ShouldBeGreaterThanOrEqualTo(1);
        }
    }

    // What is computed in a step never comes faster than matrices were measured: best rate over peak, whatever model, layout, sequence and calibration.
    [Fact]
    public void No_model_runs_faster_than_the_hardware_was_measured() => Prop.ForAll(
        Gen.Choose(0, TrainingPublished.GpuNames.Count - 1).SelectMany(gpu => Gen.Choose(9, 18).SelectMany(sequence => Gen.Choose(0, 3).SelectMany(tensor => Gen.Choose(0, 2)
            .Select(precision => (gpu, sequence: 1 << sequence, tensor: 1 << tensor, precision: (Precision)precision))))).ToArbitrary(),
        draw =>
        {
            string name = TrainingPublished.GpuNames[draw.gpu];
            GpuSpec gpu = TrainingPublished.Gpu(name);
            if (!Gpu.Has(gpu, draw.precision)) { return true; }
            StepSetting setting = Setting(gpu, 64) with { Model = Gpt(96, draw.sequence), Precision = draw.precision };
            ParallelismSpec layout = Layout(draw.tensor, 1, 8);
            double computed = Model.TflopPerSample(setting.Model, FlopConvention.CausalAttention) * 64 / (8.0 * draw.tensor);
            return new StepCoefficients[] { new(), TrainingPublished.Calibration.For(name, draw.precision, "", StepOverlap.All), TrainingPublished.Calibration.For(name, draw.precision, "NeMo 2025", StepOverlap.All) }
                .All(by => computed / StepTime.Of(setting, layout, by).StepS <= StepTime.AchievableTflopPerS(gpu, draw.precision));
        }).HoldsInAnyCase(200);

    [Fact]
    public void A_calibration_on_nothing_is_what_was_known_beforehand()
    {
        StepCoefficients none = Calibration.Of([], TrainingPublished.Gpu).For("h100-sxm", Precision.Bf16, "", StepOverlap.All);
        none.MatrixFactor.ShouldBe(1.15);
        none.TensorFactor.ShouldBe(0.5);
    }
}
