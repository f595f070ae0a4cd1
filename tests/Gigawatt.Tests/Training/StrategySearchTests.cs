using Gigawatt.Compute;
using Gigawatt.Simulation;
using Gigawatt.Training;

namespace Gigawatt.Tests.Training;

public sealed class StrategySearchTests
{
    private static readonly CalibrationRow Row = TrainingPublished.Rows.First(row => row.Name == "405b-h100-fp8-2048");
    private static readonly GpuSpec Gpu = TrainingPublished.Gpu(Row.Gpu);
    private static readonly StepCoefficients Coefficients = TrainingPublished.Calibration.For(Row.Gpu, Row.Precision, Row.Framework, Row.Overlap);

    private static StrategyResult Found() => StrategySearch.Find(Row.Setting(Gpu), Coefficients, Row.Gpus);

    [Fact]
    public void Plans_fit_are_valid_and_ordered()
    {
        StrategyResult found = Found();
        found.Plans.Count.ShouldBe(10);
        found.Tried.ShouldBeGreaterThan(1000);
        foreach (StrategyPlan plan in found.Plans)
        {
            Parallelism.IsValid(plan.Layout, Row.Model(), Row.Gpus, Row.Batch).ShouldBeTrue();
            plan.Memory.TotalGb.ShouldBeLessThanOrEqualTo(Gpu.MemoryGb);
        }
        found.Plans.Select(plan => plan.Step.StepS).ShouldBeInOrder();
        found.Plans[0].Loss.ShouldBe("");
        found.Plans[^1].Loss.ShouldNotBe("");
    }

    [Fact]
    public void The_same_search_finds_the_same() => Found().Plans.Select(plan => plan.Layout).ShouldBe(Found().Plans.Select(plan => plan.Layout));

    [Fact]
    public void The_best_plan_is_no_slower_than_the_published_one() =>
        Found().Plans[0].Step.StepS.ShouldBeLessThanOrEqualTo(StepTime.Of(Row.Setting(Gpu), Row.Layout(), Coefficients).StepS * 1.001);
}
