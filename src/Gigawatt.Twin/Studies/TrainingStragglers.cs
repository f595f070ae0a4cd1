using Gigawatt.Compute;
using Gigawatt.Training;

namespace Gigawatt.Studies;

/// <summary>What waiting for the slowest costs a step, beside what was published.</summary>
/// <param name="JitterFraction">Share of the step that waits for the slowest GPU of each moment; in the step.</param>
/// <param name="SlowestFactor">Mean of the slowest of all GPUs, in standard deviations of one.</param>
/// <param name="ImbalanceFraction">Slowest stage over the mean one, less one; in the step.</param>
/// <param name="Nodes">Nodes of the job.</param>
/// <param name="AnySlowFraction">Probability that one of them is slow for good, if nobody takes such nodes out.</param>
/// <param name="SlowNodeFraction">Mean time that this adds to the arithmetic.</param>
/// <param name="SlowNodesAreInStep">Whether the step has it: only when <c>slow_nodes</c> was given.</param>
/// <param name="PublishedGpuHoursFraction">GPU-hours that jobs of a large fleet lost to stragglers.</param>
/// <param name="PublishedWorstTenthFraction">What the worst tenth of jobs lost at least.</param>
/// <param name="PublishedWorkerFraction">Jobs in which slow machines were the cause; in most it was stages of unequal work.</param>
public sealed record TrainingAnswerStragglers(
    double JitterFraction, double SlowestFactor, double ImbalanceFraction, long Nodes, double AnySlowFraction, double SlowNodeFraction, bool SlowNodesAreInStep,
    double PublishedGpuHoursFraction, double PublishedWorstTenthFraction, double PublishedWorkerFraction);

/// <summary>Stragglers of a job for people and programs.</summary>
internal static class TrainingStragglers
{
    // J. Lin et al., OSDI 25, arXiv 2505.05713.
    private const double GpuHoursFraction = 0.104, WorstTenthFraction = 0.213, WorkerFraction = 0.017;

    private const int NodeGpus = 8;

    public static TrainingAnswerStragglers Of(SlowNodesSpec? given, ModelSpec model, ParallelismSpec layout, int gpus, GpuSpec gpu, in StepBreakdown step)
    {
        SlowNodesSpec slow = given ?? new SlowNodesSpec();
        long nodes = Nodes(gpus, gpu);
        double head = Model.HeadTflopPerToken(model) / (Model.LayersTflopPerToken(model) / model.Layers);
        return new(
            step.JitterS / step.StepS, Straggler.ExpectedMaximumFactor(gpus),
            layout.Pipeline == 1 ? 0 : Straggler.ImbalanceFraction(model.Layers, layout.Pipeline, Parallelism.TablesStandIn(layout, model) ? Math.Min(1, head) : head), nodes,
            Straggler.AnySlowFraction(slow, nodes), Straggler.SlowNodeExcessFraction(slow, nodes), given is not null, GpuHoursFraction, WorstTenthFraction, WorkerFraction);
    }

    /// <summary>The step with nodes in it that are slow for good: they hold up arithmetic, and so bubbles.</summary>
    public static StepBreakdown With(SlowNodesSpec? slow, in StepBreakdown step, int gpus, GpuSpec gpu) => slow is null
        ? step
        : step with { JitterS = step.JitterS + Straggler.SlowNodeExcessFraction(slow, Nodes(gpus, gpu)) * (step.ComputeS + step.BubbleS) };

    public static StudyTable Table(TrainingAnswerStragglers data) => StudyTable.Of(
        "Waiting for the slowest", ["what", "here, %", "published, %", "in the step"],
        [
            ["slowest GPU of each moment", 100 * data.JitterFraction, null, "yes"],
            ["stages of unequal work", 100 * data.ImbalanceFraction, null, "yes"],
            ["nodes slow for good, if nobody takes them out", 100 * data.SlowNodeFraction, null, data.SlowNodesAreInStep ? "yes" : "no"],
            ["probability of such a node", 100 * data.AnySlowFraction, null, "no"],
            ["GPU-hours that jobs of a fleet lose (OSDI 25)", null, 100 * data.PublishedGpuHoursFraction, "no"],
            ["… the worst tenth of jobs, at least", null, 100 * data.PublishedWorstTenthFraction, "no"],
            ["… jobs in which machines are the cause", null, 100 * data.PublishedWorkerFraction, "no"],
        ]);

    private static long Nodes(int gpus, GpuSpec gpu) => Math.Max(1, gpus / Math.Min(NodeGpus, gpu.NvlinkDomainGpus));
}
