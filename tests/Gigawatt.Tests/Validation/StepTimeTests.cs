using Gigawatt.Simulation;
using Gigawatt.Training;

namespace Gigawatt.Tests.Validation;

/// <summary>Published steps, predicted by a calibration on all of them, without each, and from the smallest of each family.</summary>
public sealed class StepTimeTests
{
    [Theory]
    [InlineData("sc21-a100", 10, 0.025)]                 // demanded: 7 %
    [InlineData("korthikanti", 8, 0.025)]                // demanded: 5 %
    [InlineData("megatron-core-h100", 9, 0.035)]         // demanded: 10 %
    [InlineData("mlperf-405b-h100", 4, 0.01)]            // up to 2,560 GPUs, demanded: 5 %
    [InlineData("mlperf-gpt3-h100", 4, 0.03)]
    [InlineData("mlperf-405b-gb200", 6, 0.015)]
    public void Tables_are_met(string family, int rows, double meanFraction)
    {
        CalibrationCheck[] checks = [.. TrainingPublished.Checks.Where(check => check.Row.IsFitted && check.Row.Family.StartsWith(family, StringComparison.Ordinal) && !check.Row.Family.Contains("smc"))];
        checks.Length.ShouldBe(rows);
        CalibrationError.Of(checks.Select(check => (check.PredictedS, check.Row.StepS!.Value))).MeanFraction.ShouldBeLessThan(meanFraction);
    }

    [Fact]
    public void Errors_stay_where_they_are_documented()
    {
        CalibrationError fitted = CalibrationError.Of(TrainingPublished.Checks.Where(check => check.Row.IsFitted).Select(check => (check.PredictedS, check.Row.StepS!.Value)));
        CalibrationError leftOut = CalibrationError.Of(TrainingPublished.Checks.Select(check => (check.LeftOutS, check.Row.StepS!.Value)));
        CalibrationError larger = CalibrationError.Of(TrainingPublished.Checks.Select(check => (check.FromSmallestS, check.Row.StepS!.Value)));
        (fitted.Rows, leftOut.Rows, larger.Rows).ShouldBe((46, 46, 35));
        fitted.MeanFraction.ShouldBe(0.0172, 0.0005);
        leftOut.MeanFraction.ShouldBe(0.0257, 0.0008);
        leftOut.NinetiethFraction.ShouldBeLessThan(0.05);
        larger.MeanFraction.ShouldBe(0.0363, 0.001);
        Math.Abs(larger.WorstFraction).ShouldBeLessThan(0.15);
    }

    [Fact]
    public void Runs_kept_out_of_the_calibration_are_met_less_well() =>
        CalibrationError.Of(TrainingPublished.Checks.Where(check => !check.Row.IsFitted).Select(check => (check.PredictedS, check.Row.StepS!.Value))).MeanFraction.ShouldBeInRange(0.02, 0.11);

    // Narayanan et al., SC21, section 2.2: (p − 1)/(v·m).
    [Theory]
    [InlineData(8, 8, 288, 0.00304)]
    [InlineData(8, 8, 56, 0.015625)]
    [InlineData(16, 8, 16, 0.1172)]
    public void Bubbles_are_those_of_the_schedule(int stages, int pieces, int microBatches, double expected) =>
        Parallelism.BubbleRatio(new ParallelismSpec { Pipeline = stages, Interleave = pieces }, microBatches).ShouldBe(expected, 5e-5);
}
