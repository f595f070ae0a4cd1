namespace Gigawatt.Training;

/// <summary>What can be changed in a layout to save memory on the same GPUs, the cheapest first.</summary>
internal static class ModelMemoryCures
{
    /// <summary>Every single change, and the strongest two together, that keep the layout valid.</summary>
    public static IEnumerable<MemoryCure> Of(ModelSpec model, ParallelismSpec spec, int globalBatch) => Changes(spec)
        .Where(cure => Parallelism.IsValid(cure.Layout, model, Parallelism.Gpus(spec), globalBatch));

    private static IEnumerable<MemoryCure> Changes(ParallelismSpec spec)
    {
        if (!spec.SequenceParallel && spec.Tensor > 1)
        {
            yield return Cure("sequence_parallel: true", spec with { SequenceParallel = true }, "free");
        }
        if (spec.ZeroStage == 0 && spec.Data * spec.Context > 1)
        {
            yield return Cure("zero_stage: 1", spec with { ZeroStage = 1 }, "free: the same bytes as an all-reduce");
        }
        if (spec.Recompute == Recompute.None) { yield return Cure("recompute: selective", spec with { Recompute = Recompute.Selective }, "2 to 4 % more arithmetic"); }
        for (int ways = 2; ways <= 16 && spec.MicroBatch % ways == 0; ways *= 2)
        {
            yield return Cure($"micro_batch: {spec.MicroBatch / ways}", spec with { MicroBatch = spec.MicroBatch / ways }, "smaller matrices");
        }
        if (spec.ZeroStage is > 0 and < 2 && spec.Pipeline == 1 && spec.Data * spec.Context > 1)
        {
            yield return Cure("zero_stage: 2", spec with { ZeroStage = 2 }, "gradients exchanged in every microbatch");
        }
        for (int ways = 2; ways <= 8 && spec.Data % ways == 0; ways *= 2)
        {
            if (spec.Tensor * ways <= 8)
            {
                yield return Cure($"tensor: {spec.Tensor * ways} and data: {spec.Data / ways}", spec with { Tensor = spec.Tensor * ways, Data = spec.Data / ways }, "more traffic on NVLink");
            }
            yield return Cure($"pipeline: {spec.Pipeline * ways} and data: {spec.Data / ways}", spec with { Pipeline = spec.Pipeline * ways, Data = spec.Data / ways }, "a longer bubble");
            yield return Cure($"context: {spec.Context * ways} and data: {spec.Data / ways}", spec with { Context = spec.Context * ways, Data = spec.Data / ways }, "keys and values exchanged");
        }
        for (int ways = 2; ways <= 256; ways *= 2)
        {
            yield return Cure($"expert: {spec.Expert * ways}", spec with { Expert = spec.Expert * ways }, "tokens exchanged between more GPUs");
        }
        if (spec.Recompute != Recompute.Full) { yield return Cure("recompute: full", spec with { Recompute = Recompute.Full }, "a third more arithmetic"); }
        if (spec.ZeroStage < 3 && spec.Data * spec.Context > 1)
        {
            yield return Cure("zero_stage: 3", spec with { ZeroStage = 3 }, "weights gathered for every layer, twice");
            yield return Cure("zero_stage: 3 and recompute: full", spec with { ZeroStage = 3, Recompute = Recompute.Full }, "both");
        }
    }

    private static MemoryCure Cure(string change, ParallelismSpec layout, string price) => new(change, layout, double.NaN, price);
}
