using Gigawatt.Studies;
using Gigawatt.Training;

namespace Gigawatt.Tests.Validation;

/// <summary>Published steps, predicted.</summary>
public sealed class StepTimeTests
{
    private static readonly System.Text.StringBuilder Out = new();
    [Fact]
    public void Print()
    {
        foreach (CalibrationCheck c in TrainingPublished.Checks)
        {
            StepBreakdown b = TrainingPublished.Calibration.Predict(c.Row, TrainingPublished.Gpu(c.Row.Gpu));
            double t = c.Row.StepS!.Value;
            Out.AppendLine(FormattableString.Invariant($"{c.Row.Name,-26} {c.Row.Gpus,5} {t,8:0.000} in {100 * (c.PredictedS / t - 1),6:0.0} out {100 * (c.LeftOutS / t - 1),6:0.0} small {100 * (c.FromSmallestS / t - 1),6:0.0} | c {100 * b.ComputeS / t:0} b {100 * b.BubbleS / t:0.0} tp {100 * b.TensorS / t:0.0} pp {100 * b.PipelineS / t:0.0} dp {100 * b.DataS / t:0.0} cp {100 * b.ContextS / t:0.0} j {100 * b.JitterS / t:0.0} o {100 * b.OtherS / t:0.0}"));
        }
        foreach ((string n, double v, double u) in TrainingPublished.Calibration.Coefficients) { Out.AppendLine($"{n} {v:0.000} ({u:0.00})"); }
        Out.AppendLine(CalibrationError.Of(TrainingPublished.Checks.Where(c => c.Row.IsFitted).Select(c => (c.PredictedS, c.Row.StepS!.Value))).ToString());
        Out.AppendLine(CalibrationError.Of(TrainingPublished.Checks.Select(c => (c.LeftOutS, c.Row.StepS!.Value))).ToString());
        Out.AppendLine(CalibrationError.Of(TrainingPublished.Checks.Select(c => (c.FromSmallestS, c.Row.StepS!.Value))).ToString());
        File.WriteAllText("/tmp/step/out.txt", Out.ToString());
    }
}
