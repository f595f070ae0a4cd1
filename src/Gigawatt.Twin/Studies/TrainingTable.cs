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
        for (int i = 0; i < rows.Count && !input.IsTableChecked; i++)
        {
            string at = FormattableString.Invariant($"table[{i}]");
            problems.AddRange(rows[i].Problems(at));
            problems.AddRange(GpuProblems(rows[i], at));
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
        (double leftOutError, string reason) = errors?.LeftOut is { Rows: > 0 } checkedRows
            ? (checkedRows.MeanFraction, "")
            : LeftOutError(input, calibration, first.Gpu, rows[0].Experts > 0);
        TrainingAnswer data = new(
            first.Gpus, first.StepS, first.TflopsPerGpu, first.MfuFraction, Gpu.PeakTflopPerS(TrainingPublished.Gpu(first.Gpu), first.Precision),
            StepTime.AchievableTflopPerS(TrainingPublished.Gpu(first.Gpu), first.Precision) / Gpu.PeakTflopPerS(TrainingPublished.Gpu(first.Gpu), first.Precision),
            (double)rows[0].Batch * rows[0].Sequence / first.StepS, first.MemoryGb, Parallelism.BubbleRatio(rows[0].Layout(), rows[0].Batch), first.BreakdownS,
            new(calibration.Date(first.Gpu, first.Precision), leftOutError, reason, calibration.Rows.Count, calibration.RowsOf(first.Gpu, first.Precision), 1,
                calibration.For(first.Gpu, first.Precision, rows[0].Framework, rows[0].Overlap).MatrixFactor),
            first.PublishedStepS, first.ErrorFraction, TrainingAnswerLayout.Of(rows[0].Layout()), [], 0, 0, answers, errors,
            TrainingStragglers.Of(null, rows[0].Model(), rows[0].Layout(), rows[0].Gpus, TrainingPublished.Gpu(first.Gpu), calibration.Predict(rows[0], TrainingPublished.Gpu(first.Gpu))));
        return TrainingPage.OfTable(input, data);
    }

    /// <summary>What is wrong with the accelerator of a run.</summary>
    public static IEnumerable<CaseProblem> GpuProblems(CalibrationRow row, string at)
    {
        if (!TrainingPublished.GpuNames.Contains(row.Gpu))
        {
            yield return new(at + ".gpu", "an accelerator of the catalogue: " + string.Join(", ", TrainingPublished.GpuNames), $"'{row.Gpu}'");
        }
        else if (!Gpu.Has(TrainingPublished.Gpu(row.Gpu), row.Precision))
        {
            yield return new(
                at + ".precision", $"a precision that {TrainingPublished.Gpu(row.Gpu).Title} has a peak for", $"'{row.Precision.ToString().ToLowerInvariant()}'");
        }
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

    /// <summary>Mean error of runs left out of the calibration that predicts them, or why there is none.</summary>
    /// <param name="input">What is asked: with runs named in it, these are left out one by one.</param>
    /// <param name="calibration">The calibration used.</param>
    /// <param name="gpu">Accelerator: of published runs those on it count, when there are some of the same kind.</param>
    /// <param name="hasExperts">Whether the model has experts.</param>
    public static (double ErrorFraction, string Reason) LeftOutError(TrainingInput input, Calibration calibration, string gpu, bool hasExperts)
    {
        if (input.CalibrateOn is null)
        {
            CalibrationCheck[] kind = [.. TrainingPublished.Checks.Where(check => check.Row.IsFitted && check.Row.Experts > 0 == hasExperts)];
            CalibrationCheck[] own = [.. kind.Where(check => check.Row.Gpu == gpu)];
            return (CalibrationError.Of((own.Length > 0 ? own : kind).Select(check => (check.LeftOutS, check.Row.StepS!.Value))).MeanFraction, "");
        }
        IReadOnlyList<CalibrationRow> rows = calibration.Rows;
        if (rows.Count == 0) { return (double.NaN, "no run to calibrate on: the coefficients are what was known beforehand"); }
        if (rows.Count == 1) { return (double.NaN, "one run: without it nothing is left to calibrate on, so nobody can say how well it predicts another"); }
        IEnumerable<(double, double)> pairs = rows.Select(row => (
            Calibration.Of([.. rows.Where(one => !ReferenceEquals(one, row))], TrainingPublished.Gpu).Predict(row, TrainingPublished.Gpu(row.Gpu)).StepS, row.StepS!.Value));
        return (CalibrationError.Of(pairs).MeanFraction, "");
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
