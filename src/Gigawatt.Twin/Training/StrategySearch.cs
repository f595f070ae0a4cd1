using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>A layout that fits, with its step and memory.</summary>
/// <param name="Layout">How the job is cut.</param>
/// <param name="Step">Its step.</param>
/// <param name="Memory">Memory of the fullest GPU.</param>
/// <param name="Loss">What it loses against the best, in words; empty for the best.</param>
public sealed record StrategyPlan(ParallelismSpec Layout, StepBreakdown Step, MemoryUse Memory, string Loss);

/// <summary>What a search found.</summary>
/// <param name="Plans">Best layouts, the fastest first.</param>
/// <param name="Tried">Layouts that are valid for the model, the batch and the GPUs.</param>
/// <param name="TooLarge">How many of these do not fit into the memory.</param>
/// <param name="NearestGb">What the closest of these lacks; not a number when all fit.</param>
/// <param name="Nearest">The closest of these; null when all fit.</param>
/// <param name="FastestTooLarge">The fastest of those that do not fit: what memory costs; null when all fit.</param>
public sealed record StrategyResult(
    IReadOnlyList<StrategyPlan> Plans, int Tried, int TooLarge, double NearestGb, ParallelismSpec? Nearest, StrategyPlan? FastestTooLarge)
{
    /// <summary>Why no layout was found: none is valid, or none fits into the memory, and by how much the closest misses it.</summary>
    /// <param name="setting">What runs on what.</param>
    /// <param name="gpus">GPUs of the job.</param>
    public CaseException NothingFits(StepSetting setting, int gpus)
    {
        if (Nearest is not { } nearest)
        {
            return new CaseException("batch", FormattableString.Invariant($"a batch that {gpus} GPUs can share: data × micro batch must divide it"), FormattableString.Invariant($"{setting.GlobalBatch}, with no valid layout at all"));
        }
        MemoryUse use = ModelMemory.Of(setting.Model, nearest, setting.State, setting.GlobalBatch);
        return new CaseException(
            "parallelism", FormattableString.Invariant($"a layout within the {setting.Gpu.MemoryGb:0.#} GB of a GPU"),
            FormattableString.Invariant($"none of {Tried}; the closest lacks {NearestGb:0.0} GB ({use.TotalGb:0.0} GB with tensor {nearest.Tensor}, pipeline {nearest.Pipeline}, context {nearest.Context}); use more GPUs, larger memory or a smaller model"));
    }
}

/// <summary>Tries every layout of a job and keeps the fastest that fit.</summary>
/// <remarks>
/// Tensor within the NVLink domain, stages that divide the GPUs, pieces of a stage, context, experts, microbatches in powers of two, selective or full
/// recomputation. Layouts of equal time keep the order of enumeration, so the answer is the same on every machine.
/// Not tried: uneven stages, tensor parallel across domains, ZeRO 2 and 3, off-loading.
/// </remarks>
public static class StrategySearch
{
    private static readonly Recompute[] Recomputes = [Recompute.Selective, Recompute.Full];
    private static readonly int[] MicroBatches = [1, 2, 4, 8];

    /// <summary>Searches.</summary>
    /// <param name="setting">What runs on what.</param>
    /// <param name="coefficients">Calibration.</param>
    /// <param name="gpus">GPUs of the job.</param>
    /// <param name="most">Layouts to return.</param>
    /// <param name="reserveGb">Memory for context, buffers, fragments.</param>
    public static StrategyResult Find(
        StepSetting setting, StepCoefficients coefficients, int gpus, int most = 10, double reserveGb = ModelMemory.DefaultReserveGb)
    {
        double memoryGb = setting.Gpu.MemoryGb;
        setting = setting.For(gpus);
        List<(double StepS, int Order, ParallelismSpec Layout)> fitting = [];
        int tried = 0, tooLarge = 0;
        double nearestGb = double.PositiveInfinity, fastestS = double.PositiveInfinity;
        ParallelismSpec? nearest = null, fastest = null;
        foreach (ParallelismSpec layout in Layouts(setting, gpus))
        {
            tried++;
            double stepS = StepTime.Of(setting, layout, coefficients).StepS;
            double shortGb = ModelMemory.Of(setting.Model, layout, setting.State, setting.GlobalBatch, reserveGb).TotalGb - memoryGb;
            if (shortGb <= 0)
            {
                fitting.Add((stepS, tried, layout));
                continue;
            }
            tooLarge++;
            if (shortGb < nearestGb) { (nearestGb, nearest) = (shortGb, layout); }
            if (stepS < fastestS) { (fastestS, fastest) = (stepS, layout); }
        }
        fitting.Sort((a, b) => a.StepS != b.StepS ? a.StepS.CompareTo(b.StepS) : a.Order.CompareTo(b.Order));
        StepBreakdown best = fitting.Count > 0 ? StepTime.Of(setting, fitting[0].Layout, coefficients) : default;
        StrategyPlan Plan(ParallelismSpec layout, string? loss = null)
        {
            StepBreakdown step = StepTime.Of(setting, layout, coefficients);
            return new(layout, step, ModelMemory.Of(setting.Model, layout, setting.State, setting.GlobalBatch, reserveGb), loss ?? Loss(step, best));
        }
        return new(
            [.. fitting.Take(most).Select(one => Plan(one.Layout))], tried, tooLarge, nearest is null ? double.NaN : nearestGb, nearest,
            fastest is null ? null : Plan(fastest, "memory"));
    }

    /// <summary>Every valid layout of a job, in an order that never changes.</summary>
    public static IEnumerable<ParallelismSpec> Layouts(StepSetting setting, int gpus)
    {
        ModelSpec model = setting.Model;
        foreach (int tensor in Divisors(gpus, Math.Min(setting.Network.DomainGpus, 64)))
        {
            foreach (int pipeline in Divisors(gpus / tensor, Math.Min(model.Layers, 128)))
            {
                foreach (int context in Powers(16).Where(ways => gpus / tensor / pipeline % ways == 0))
                {
                    int data = gpus / tensor / pipeline / context;
                    if (setting.GlobalBatch % data != 0) { continue; }
                    foreach (int expert in Powers(model.Experts > 0 ? Math.Min(64, model.Experts) : 1))
                    {
                        foreach (int interleave in Pieces(model, pipeline))
                        {
                            foreach (int micro in MicroBatches)
                            {
                                foreach (Recompute recompute in Recomputes)
                                {
                                    ParallelismSpec layout = new()
                                    {
                                        Tensor = tensor,
                                        Pipeline = pipeline,
                                        Interleave = interleave,
                                        Data = data,
                                        Context = context,
                                        Expert = expert,
                                        ExpertTensor = expert > 1 ? 1 : null,
                                        MicroBatch = micro,
                                        Recompute = recompute,
                                    };
                                    if (Parallelism.IsValid(layout, model, gpus, setting.GlobalBatch)) { yield return layout; }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private static string Loss(in StepBreakdown step, in StepBreakdown best)
    {
        if (step.StepS <= best.StepS) { return ""; }
        (string Name, double MoreS)[] parts =
        [
            ("compute", step.ComputeS - best.ComputeS), ("bubble", step.BubbleS - best.BubbleS), ("tensor exchange", step.TensorS - best.TensorS),
            ("messages between stages", step.PipelineS - best.PipelineS), ("exchange between copies", step.DataS - best.DataS),
            ("context exchange", step.ContextS - best.ContextS), ("expert exchange", step.ExpertS - best.ExpertS),
            ("jitter", step.JitterS - best.JitterS), ("optimiser", step.OtherS - best.OtherS),
        ];
        (string name, double more) = parts.MaxBy(part => part.MoreS);
        return FormattableString.Invariant($"{name} +{100 * more / best.StepS:0.0} %");
    }

    private static IEnumerable<int> Pieces(ModelSpec model, int pipeline)
    {
        yield return 1;
        if (pipeline == 1) { yield break; }
        int layers = (model.Layers + pipeline - 1) / pipeline;
        for (int pieces = 2; pieces <= layers; pieces++)
        {
            if (layers % pieces == 0) { yield return pieces; }
        }
    }

    private static IEnumerable<int> Powers(int most)
    {
        for (int power = 1; power <= most; power *= 2) { yield return power; }
    }

    private static IEnumerable<int> Divisors(int number, int most)
    {
        for (int ways = 1; ways <= most; ways++)
        {
            if (number % ways == 0) { yield return ways; }
        }
    }
}
