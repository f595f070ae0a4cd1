using Gigawatt.Compute;
using Gigawatt.Fabric;
using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>Which exchanges the software hides behind arithmetic.</summary>
public enum StepOverlap
{
    /// <summary>None: every exchange is waited for.</summary>
    None,

    /// <summary>Those between stages and between copies.</summary>
    Data,

    /// <summary>Those, and the tensor exchange piece by piece behind its matrices.</summary>
    All,
}

/// <summary>What a step runs on and does, whatever the layout: made once, read by every evaluation.</summary>
public sealed record StepSetting
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<long, double> Slowest = new();

    /// <summary>What is trained.</summary>
    public required ModelSpec Model { get; init; }

    /// <summary>Samples of a step.</summary>
    public required int GlobalBatch { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Number format of the matrices.</summary>
    public required Precision Precision { get; init; }

    /// <summary>Accelerator.</summary>
    public required GpuSpec Gpu { get; init; }

    /// <summary>Network.</summary>
    public required Interconnect Network { get; init; }

    /// <summary>Bytes of weights, gradients and optimiser.</summary>
    public StatePrecisionSpec State { get; init; } = new();

    /// <summary>What the software hides.</summary>
    public StepOverlap Overlap { get; init; } = StepOverlap.All;

    /// <summary>Whether attention is one kernel that never stores its scores.</summary>
    public bool FusedAttention { get; init; } = true;

    /// <summary>Mean of the slowest of all GPUs in standard deviations, kept since it takes thousands of additions.</summary>
    public double SlowestFactor { get; init => field = Check.NotNegative(value); }

    /// <summary>The same for a number of GPUs.</summary>
    public StepSetting For(long gpus) => this with { SlowestFactor = Slowest.GetOrAdd(gpus, Straggler.ExpectedMaximumFactor) };
}

/// <summary>Physical times of the parts of a step before calibration: at the best measured rates, nothing hidden.</summary>
/// <param name="SlotS">Matrix products of one microbatch in the slowest stage.</param>
/// <param name="ExpertSlotS">What of it is matrix products of experts that a router chose.</param>
/// <param name="CoreS">Core of attention of the same.</param>
/// <param name="HeadS">Output table of one microbatch, where the last stage has it beside its layers.</param>
/// <param name="MemoryS">Memory-bound work of one microbatch in that stage.</param>
/// <param name="Kernels">Kernels of the same.</param>
/// <param name="TensorS">Tensor exchange of the same.</param>
/// <param name="ContextS">Context exchange of the same.</param>
/// <param name="ExpertS">Expert exchange of the same.</param>
/// <param name="PipelineS">Messages between stages in the whole step.</param>
/// <param name="OpenDataS">Exchange between copies that outlasts the arithmetic it can hide behind.</param>
/// <param name="HiddenDataS">The rest of that exchange.</param>
/// <param name="OptimizerS">Optimiser.</param>
/// <param name="JitterS">Slowest GPU over the mean one, for a spread of one hundredth.</param>
/// <param name="MicroBatches">Microbatches of a step.</param>
/// <param name="IdleRatio">Microbatch times lost in filling and draining.</param>
public readonly record struct StepTerms(
    double SlotS, double ExpertSlotS, double CoreS, double HeadS, double MemoryS, double Kernels, double TensorS, double ContextS, double ExpertS, double PipelineS,
    double OpenDataS, double HiddenDataS, double OptimizerS, double JitterS, int MicroBatches, double IdleRatio);

/// <summary>Time of one training step from the shape of the model, the layout and the hardware.</summary>
/// <remarks>
/// The slowest stage sets the pace: it works m microbatches, and filling and draining cost (p − 1)/v more. A microbatch of it takes
/// κ·FLOP/rate in matrices (rate: best measured, not the peak), attention and output table at BF16 rate, bytes/bandwidth for what is bound by memory, and its
/// exchanges. Its longest stage has ⌈L/p⌉ layers and on the last one the output table; where L + 2 and not L divides by p, the tables stand in for a layer each, as
/// Megatron's accounting for them does. Gradients and weights of copies hide behind one microbatch, interleaved behind p of them; what outlasts these is waited for. Messages
/// between stages grow with v. Jitter is the mean of the slowest of N GPUs.
/// Not modelled: uneven load of experts, off-loading, sequence packing, zero-bubble schedules, ZeRO 3 prefetch (charged in full).
/// </remarks>
public static class StepTime
{
    // For what can hide behind arithmetic before calibration has spoken: near what calibration finds.
    private const double UsualMatrix = 1.2, UsualCore = 1.5, UsualMemory = 1.3;

    // Kernels of one layer and pass: two norms, four or five matrices, attention, activation, residuals, copies.
    private const double KernelsPerLayer = 12;

    // A layer with experts besides: choosing, sorting, dispatch, the way back.
    private const double KernelsOfDispatch = 10;

    /// <summary>Best measured rate of matrix products, or three quarters of the peak where nobody has measured.</summary>
    /// <remarks>Measured shares lie between 71 % and 87 % (stas00/ml-engineering); FP4: assumed at the share of FP8.</remarks>
    public static double AchievableTflopPerS(GpuSpec gpu, Precision precision) => precision switch
    {
        Precision.Fp4 when gpu.Fp4TflopPerS is { } peak =>
            peak * (gpu is { Fp8AchievableTflopPerS: { } best, Fp8TflopPerS: { } of } ? best / of : UnmeasuredFraction),
        Precision.Fp4 or Precision.Fp8 when gpu.Fp8TflopPerS is { } peak => gpu.Fp8AchievableTflopPerS ?? peak * UnmeasuredFraction,
        _ => gpu.Bf16AchievableTflopPerS ?? gpu.Bf16TflopPerS * UnmeasuredFraction,
    };

    /// <summary>Share of the peak assumed where nobody has measured.</summary>
    public const double UnmeasuredFraction = 0.75;

    /// <summary>The step, part by part.</summary>
    public static StepBreakdown Of(StepSetting setting, ParallelismSpec layout, StepCoefficients coefficients) =>
        Of(Terms(setting, layout), coefficients);

    /// <summary>The step from its physical times.</summary>
    public static StepBreakdown Of(in StepTerms terms, StepCoefficients by)
    {
        double m = terms.MicroBatches;
        double work = by.MatrixFactor * terms.SlotS + by.ExpertMatrixFactor * terms.ExpertSlotS + by.CoreFactor * terms.CoreS + by.MemoryFactor * terms.MemoryS + by.KernelS * terms.Kernels;
        double tensor = by.TensorFactor * terms.TensorS, context = by.ContextFactor * terms.ContextS, expert = by.ExpertFactor * terms.ExpertS;
        return new StepBreakdown(
            m * (work + by.CoreFactor * terms.HeadS),
            terms.IdleRatio * (work + tensor + context + expert),
            m * tensor,
            by.PipelineFactor * terms.PipelineS,
            by.DataFactor * terms.OpenDataS + by.HiddenDataFactor * terms.HiddenDataS,
            m * context,
            m * expert,
            100 * by.JitterFraction * terms.JitterS,
            by.OptimizerFactor * terms.OptimizerS + by.FixedS);
    }

    /// <summary>Physical times of the parts; allocates nothing.</summary>
    public static StepTerms Terms(StepSetting setting, ParallelismSpec layout)
    {
        ModelSpec model = setting.Model;
        GpuSpec gpu = setting.Gpu;
        Interconnect network = setting.Network;
        int m = Parallelism.MicroBatches(layout, setting.GlobalBatch);
        bool isFull = layout.Recompute == Recompute.Full;
        double tokens = (double)layout.MicroBatch * model.Sequence / layout.Context;
        double passes = isFull ? 4 : 3;
        double tensorWays = layout.Tensor;
        double matrixRate = AchievableTflopPerS(gpu, setting.Precision), coreRate = AchievableTflopPerS(gpu, Precision.Bf16);
        double memoryRate = gpu.MemoryBandwidthGbPerS * 1e9;
        int layers = Parallelism.StageLayers(layout, model);
        bool tablesAreLayers = Parallelism.TablesStandIn(layout, model);

        double matrixS = passes * Model.LayersTflopPerToken(model) / model.Layers * tokens / (tensorWays * matrixRate);
        double expertMatrixS = model.Experts == 0 ? 0
            : passes * 2e-12 * model.ActiveExperts * Model.ExpertParameters(model) * Model.ExpertLayers(model) / model.Layers * tokens / (tensorWays * matrixRate);
        double coreTflop = Model.AttentionTflopPerSample(model) / model.Layers * layout.MicroBatch / layout.Context / tensorWays;
        double corePasses = setting.FusedAttention ? 0.5 * (passes + 0.5) : passes + (layout.Recompute == Recompute.Selective ? 1 : 0);
        double coreS = corePasses * coreTflop / coreRate;
        double headS = tablesAreLayers ? 0 : 3 * Model.HeadTflopPerToken(model) * tokens / (tensorWays * coreRate);
        double memoryS = MemoryBytes(setting, layout, tokens, passes) / memoryRate;

        Exchange tensor = ParallelismTraffic.Tensor(model, layout);
        double tensorS = tensor.IsNone ? 0 : (tensor.ForwardCount + tensor.BackwardCount) * TensorS(layout, tensor, network);
        Exchange context = ParallelismTraffic.Context(model, layout);
        double contextS = context.IsNone ? 0
            : (context.ForwardCount + context.BackwardCount) * Ring(CollectiveKind.AllGather, context, network);
        Exchange experts = ParallelismTraffic.Experts(model, layout);
        double expertS = experts.IsNone ? 0
            : (experts.ForwardCount + experts.BackwardCount) * Collective.DispatchS(experts.SizeGb, model.ActiveExperts, experts.On(network), network)
                * Model.ExpertLayers(model) / model.Layers;

        double idle = (layout.Pipeline - 1.0) / layout.Interleave;
        double stageS = layers * (UsualMatrix * matrixS + UsualCore * coreS + UsualMemory * memoryS);
        double dataS = DataS(setting, layout, m);
        // In turns the pieces of a stage end one after the other through the last p microbatches, and begin so through the first p; else all in one.
        double windowS = setting.Overlap == StepOverlap.None ? 0 : stageS * (layout.Interleave > 1 ? Math.Min(layout.Pipeline, m) : 1);
        return new StepTerms(
            layers * matrixS, layers * expertMatrixS, layers * coreS, headS, layers * memoryS, layers * Kernels(model, layout) * passes, layers * tensorS, layers * contextS, layers * expertS,
            PipelineS(model, layout, m, network), Math.Max(0, dataS - windowS), Math.Min(dataS, windowS), OptimizerS(setting, layout, memoryRate),
            0.01 * setting.SlowestFactor * stageS * (m + idle), m, idle);
    }

    // Norms and residuals twelve numbers of the width, inputs and outputs of matrices once each, the activation; in 8 and 4 bits also two narrow copies of each input.
    private static double MemoryBytes(StepSetting setting, ParallelismSpec layout, double tokens, double passes)
    {
        ModelSpec model = setting.Model;
        double expertFraction = (double)Model.ExpertLayers(model) / model.Layers;
        double width = (1 - expertFraction) * model.Ffn + expertFraction * (model.ActiveExperts + model.SharedExperts) * Model.ExpertFfn(model);
        double projections = Model.QueryWidth(model) + 2.0 * Model.KvWidth(model) + Model.ValueWidth(model);
        double inside = model.FfnMatrices * width + projections;
        double bytes = 2 * tokens * passes * (10.0 * model.Hidden / (layout.SequenceParallel ? layout.Tensor : 1) + inside / layout.Tensor);
        // Copies of each token are put in order of experts and back: read and written once each way.
        bytes += 2 * tokens * passes * expertFraction * 4 * model.ActiveExperts * model.Hidden / layout.Tensor;
        if (setting.Precision != Precision.Bf16) { bytes += 9 * tokens * (4.0 * model.Hidden + model.FfnMatrices * width) / layout.Tensor; }
        if (!setting.FusedAttention)
        {
            double again = (layout.Recompute == Recompute.Full ? 1 : 0) + (layout.Recompute == Recompute.Selective ? 1 : 0);
            // Scores written and read by product, mask, softmax and dropout: eleven bytes each way there, twenty back.
            bytes += (double)model.Heads * model.Sequence * tokens / layout.Tensor * (11 * (1 + again) + 20);
        }
        return bytes;
    }

    // Matrices of experts are multiplied one expert after the other, or in groups that cost nearly as much.
    private static double Kernels(ModelSpec model, ParallelismSpec layout) => KernelsPerLayer
        + (double)Model.ExpertLayers(model) / model.Layers * (KernelsOfDispatch + model.FfnMatrices * (model.Experts / layout.Expert - 1.0));

    private static double TensorS(ParallelismSpec layout, in Exchange exchange, Interconnect network)
    {
        CollectiveGroup group = exchange.On(network);
        return layout.SequenceParallel
            ? 2 * Collective.TimeS(CollectiveKind.AllGather, CollectiveAlgorithm.Ring, exchange.SizeGb, group, network)
            : Collective.TimeS(CollectiveKind.AllReduce, CollectiveAlgorithm.Ring, exchange.SizeGb, group, network);
    }

    private static double Ring(CollectiveKind kind, in Exchange exchange, Interconnect network) =>
        Collective.TimeS(kind, CollectiveAlgorithm.Ring, exchange.SizeGb, exchange.On(network), network);

    private static double Across(CollectiveKind kind, in Exchange exchange, Interconnect network)
    {
        if (exchange.IsNone) { return 0; }
        CollectiveGroup group = exchange.On(network);
        return Math.Min(
            Collective.TimeS(kind, CollectiveAlgorithm.Ring, exchange.SizeGb, group, network),
            Collective.TimeS(kind, CollectiveAlgorithm.Hierarchical, exchange.SizeGb, group, network));
    }

    private static double DataS(StepSetting setting, ParallelismSpec layout, int m)
    {
        Interconnect network = setting.Network;
        double gathersS = Across(CollectiveKind.AllGather, ParallelismTraffic.Weights(setting.Model, layout, setting.State), network);
        double scattersS = Across(CollectiveKind.ReduceScatter, ParallelismTraffic.Gradients(setting.Model, layout, setting.State), network);
        if (setting.Model.Experts > 0)
        {
            gathersS += Across(CollectiveKind.AllGather, ParallelismTraffic.ExpertWeights(setting.Model, layout, setting.State), network);
            scattersS += Across(CollectiveKind.ReduceScatter, ParallelismTraffic.ExpertGradients(setting.Model, layout, setting.State), network);
        }
        // Sharded gradients leave with every microbatch, sharded weights come back for every pass.
        return (layout.ZeroStage >= 3 ? 2 * m : 1) * gathersS + (layout.ZeroStage >= 2 && layout.Pipeline == 1 ? m : 1) * scattersS;
    }

    private static double PipelineS(ModelSpec model, ParallelismSpec layout, int m, Interconnect network)
    {
        if (layout.Pipeline == 1) { return 0; }
        Exchange hop = ParallelismTraffic.Pipeline(model, layout);
        // The boundary that lies furthest apart sets the pace. Without sequence parallel the message is still sent in pieces by all tensor ranks (SC21, section 4.1).
        Distance across = CollectiveGroup.Widest(hop.On(network));
        double sizeGb = layout.SequenceParallel ? hop.SizeGb : hop.SizeGb / layout.Tensor;
        if (across > Distance.Fabric)
        {
            // Only the GPUs at the edge of a pod send out of it, and they share all that leaves it.
            sizeGb /= Math.Min(1, network.PodFraction * Math.Max(1.0, (double)network.PodGpus / hop.Stride));
            across = Distance.Fabric;
        }
        return 2 * Collective.PointToPointS(sizeGb, across, network) * ((double)m * layout.Interleave + layout.Pipeline - 1);
    }

    private static double OptimizerS(StepSetting setting, ParallelismSpec layout, double memoryRate)
    {
        double dense = ModelMemory.DenseParameters(setting.Model, layout), experts = ModelMemory.ExpertParameters(setting.Model, layout);
        double own = layout.ZeroStage >= 1
            ? dense / Parallelism.GradientRanks(layout) + experts / Parallelism.ExpertData(layout)
            : dense + experts;
        // Reads master, moments and gradient, writes master and moments; every rank then writes the weights it multiplies with.
        return (26 * own + 6 * (dense + experts)) / memoryRate;
    }
}
