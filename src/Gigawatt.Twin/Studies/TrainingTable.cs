using Gigawatt.Compute;
using Gigawatt.Numerics;
using Gigawatt.Simulation;
using Gigawatt.Training;

namespace Gigawatt.Studies;

/// <summary>Many runs at once: predictions beside what was measured.</summary>
internal static class TrainingTable
{
    private const int MostChecked = 200;

    public static StudyAnswer Answer(TrainingInput input, IReadOnlyList<CalibrationRow> rows)
    {
        if (rows.Count == 0) { throw new CaseException("table", "one run or more", "none"); }
        List<CaseProblem> problems = [];
        for (int i = 0; i < rows.Count; i++)
        {
            string at = FormattableString.Invariant($"table[{i}]");
            if (!TrainingPublished.GpuNames.Contains(rows[i].Gpu))
            {
                problems.Add(new(at + ".gpu", "an accelerator of the catalogue: " + string.Join(", ", TrainingPublished.GpuNames), $"'{rows[i].Gpu}'"));
                continue;
            }
            GpuSpec gpu = TrainingPublished.Gpu(rows[i].Gpu);
            if (rows[i].Precision == Precision.Fp8 && gpu.Fp8TflopPerS is null || rows[i].Precision == Precision.Fp4 && gpu.Fp4TflopPerS is null)
            {
                problems.Add(new(at + ".precision", $"a precision that {gpu.Title} has a peak for", $"'{rows[i].Precision.ToString().ToLowerInvariant()}'"));
            }
            problems.AddRange(rows[i].Problems(at));
        }
        if (problems.Count > 0) { throw new CaseException(problems); }
        Calibration calibration = CalibrationOf(input, rows);
        IReadOnlyList<CalibrationCheck>? checks = input.CalibrateOn is null ? ChecksOf(rows) : null;
        TrainingAnswerRow[] answers = [.. rows.Select((row, i) => RowOf(row, calibration, checks?.FirstOrDefault(check => ReferenceEquals(check.Row, row) || check.Row == row)))];
        TrainingAnswerRow[] measured = [.. answers.Where(row => row.PublishedStepS is not null)];
        TrainingAnswerErrors? errors = measured.Length == 0 ? null : new(
            CalibrationError.Of(measured.Select(row => (row.StepS, row.PublishedStepS!.Value))),
            checks is null ? null : CalibrationError.Of(checks.Select(check => (check.LeftOutS, check.Row.StepS!.Value))),
            checks is null ? null : CalibrationError.Of(checks.Select(check => (check.FromSmallestS, check.Row.StepS!.Value))));
        TrainingAnswerRow first = answers[0];
        TrainingAnswer data = new(
            first.Gpus, first.StepS, first.TflopsPerGpu, first.MfuFraction, Gpu.PeakTflopPerS(TrainingPublished.Gpu(first.Gpu), first.Precision),
            (double)rows[0].Batch * rows[0].Sequence / first.StepS, first.MemoryGb, Parallelism.BubbleRatio(rows[0].Layout(), rows[0].Batch), first.BreakdownS,
            new(calibration.Date(first.Gpu, first.Precision), errors?.LeftOut?.MeanFraction ?? LeftOutError(input, first.Gpu), calibration.Rows.Count, calibration.RowsOf(first.Gpu, first.Precision), 1,
                calibration.For(first.Gpu, first.Precision, rows[0].Framework, rows[0].Overlap).MatrixFactor),
            first.PublishedStepS, first.ErrorFraction, TrainingAnswerLayout.Of(rows[0].Layout()), [], 0, 0, answers, errors);
        return TrainingPage.OfTable(input, data);
    }

    /// <summary>The calibration an input asks for: on named runs of the table or of the published ones, or on all published ones marked so.</summary>
    public static Calibration CalibrationOf(TrainingInput input, IReadOnlyList<CalibrationRow> rows)
    {
        if (input.CalibrateOn is not { } names) { return TrainingPublished.Calibration; }
        List<CalibrationRow> chosen = [];
        for (int i = 0; i < names.Count; i++)
        {
            CalibrationRow? row = rows.FirstOrDefault(one => one.Name == names[i]) ?? TrainingPublished.Rows.FirstOrDefault(one => one.Name == names[i]);
            if (row?.StepS is null)
            {
                throw new CaseException(FormattableString.Invariant($"calibrate_on[{i}]"), "the name of a run with a measured step, of the table or of studies/published-steps.csv", $"'{names[i]}'");
            }
            chosen.Add(row);
        }
        return Calibration.Of(chosen, TrainingPublished.Gpu);
    }

    /// <summary>Mean error of published runs left out: of those on an accelerator when there are some, of all otherwise.</summary>
    public static double LeftOutError(TrainingInput input, string gpu)
    {
        if (input.CalibrateOn is { Count: > 0 }) { return double.NaN; }
        CalibrationCheck[] own = [.. TrainingPublished.Checks.Where(check => check.Row.Gpu == gpu && check.Row.IsFitted)];
        return CalibrationError.Of((own.Length > 0 ? own : TrainingPublished.Checks).Select(check => (check.LeftOutS, check.Row.StepS!.Value))).MeanFraction;
    }

    // The shipped table has its checks already; another is checked when all of it is measured, which takes as many fits as it has runs.
    private static IReadOnlyList<CalibrationCheck>? ChecksOf(IReadOnlyList<CalibrationRow> rows)
    {
        if (rows.SequenceEqual(TrainingPublished.Rows)) { return TrainingPublished.Checks; }
        return rows.Count is > 4 and <= MostChecked && rows.All(row => row.StepS is not null) ? Calibration.Checks(rows, TrainingPublished.Gpu) : null;
    }

    private static TrainingAnswerRow RowOf(CalibrationRow row, Calibration calibration, CalibrationCheck? check)
    {
        GpuSpec gpu = TrainingPublished.Gpu(row.Gpu);
        StepBreakdown step = calibration.Predict(row, gpu);
        double tflops = Model.TflopPerSample(row.Model()) * row.Batch / (step.StepS * row.Gpus);
        return new(
            row.Name, row.Family, row.Gpu, row.Precision, row.Gpus, row.Batch, step.StepS, row.StepS, Error(step.StepS, row.StepS), Error(check?.LeftOutS, row.StepS),
            Error(check?.FromSmallestS, row.StepS), tflops, tflops / Gpu.PeakTflopPerS(gpu, row.Precision),
            ModelMemory.Of(row.Model(), row.Layout(), new StatePrecisionSpec { GradientBytes = row.GradientBytes }, row.Batch).TotalGb, TrainingAnswerBreakdown.Of(step));
    }

    private static double? Error(double? predictedS, double? measuredS) =>
        predictedS is { } predicted && measuredS is { } measured && double.IsFinite(predicted) ? predicted / measured - 1 : null;
}
