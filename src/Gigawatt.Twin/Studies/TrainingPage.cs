using Gigawatt.Training;

namespace Gigawatt.Studies;

/// <summary>The training study for people: finding, tables, charts.</summary>
internal static class TrainingPage
{
    private static readonly string[] Parts = ["compute", "bubble", "tensor", "stages", "copies", "context", "experts", "jitter", "other"];

    public static StudyAnswer Of(
        TrainingInput input, TrainingAnswer data, StepSetting setting, ParallelismSpec layout, StepCoefficients coefficients, StrategyResult? search, StepLogSummary? log)
    {
        List<string> remarks =
        [
            FormattableString.Invariant($"Calibrated on {data.Calibration.Runs} published runs, {data.Calibration.RunsOfGpu} of them on this accelerator in this precision; the latest is of {data.Calibration.Date}. {Known(data.Calibration)}"),
            "MFU counts attention whole and nothing twice, over the dense peak.",
        ];
        if (data.MfuFraction > data.MfuLimitFraction)
        {
            remarks.Add($"That is above the {Percent(data.MfuLimitFraction)} that matrices were measured at: half of the attention that is counted is never computed.");
        }
        if (data.Calibration.RunsOfGpu == 0) { remarks.Add("No published run of this accelerator in this precision is known: the common coefficients are used, so expect an error of 10 % or more."); }
        if (log is not null) { remarks.Add(FormattableString.Invariant($"Scaled by {data.Calibration.ScaledBy:0.000} to the median of {log.Steps} logged steps, {log.MedianS:0.000} s; they spread by {Percent(log.SpreadFraction)}; {log.Outliers} outliers take {Percent(log.LostFraction)} of the time.")); }
        if (search is { FastestTooLarge: { } large } && large.Step.StepS < search.Plans[0].Step.StepS)
        {
            remarks.Add(FormattableString.Invariant($"The fastest layout that does not fit would save {Percent(1 - large.Step.StepS / search.Plans[0].Step.StepS)}: it takes {large.Memory.TotalGb:0} GB."));
        }
        string finding = FormattableString.Invariant($"A step of {data.Gpus:#,0} GPUs takes {data.StepS:0.00} s: {data.TflopsPerGpu:0} TFLOP/s a GPU, {Percent(data.MfuFraction)} of the peak")
            + (data.ErrorFraction is { } error ? FormattableString.Invariant($", {Signed(error)} against the {data.PublishedStepS:0.00} s published.") : search is null ? "." : FormattableString.Invariant($", the best of {data.PlansTried:#,0} layouts, {data.PlansTooLarge:#,0} of which do not fit into {setting.Gpu.MemoryGb:0} GB."));
        List<StudyTable> tables = [PartsTable(data.BreakdownS, data.StepS), TrainingStragglers.Table(data.Stragglers)];
        List<StudyChart> charts = [PartsChart(data.BreakdownS, data.StepS), Scaling(setting, layout, coefficients, data)];
        if (data.Plans.Count > 0)
        {
            tables.Insert(0, StudyTable.Of(
                "Layouts, the fastest first", ["tensor", "pipeline", "interleave", "context", "expert", "data", "micro batch", "recompute", "step, s", "MFU, %", "memory, GB", "loses by"],
                data.Plans.Select(plan => new object?[]
                {
                    plan.Parallelism.Tensor, plan.Parallelism.Pipeline, plan.Parallelism.Interleave, plan.Parallelism.Context, plan.Parallelism.Expert, plan.Parallelism.Data,
                    plan.Parallelism.MicroBatch, plan.Parallelism.Recompute.ToString().ToLowerInvariant(), plan.StepS, 100 * plan.MfuFraction, plan.MemoryGb, plan.Loss,
                })));
            charts.Insert(0, PlansChart(data));
        }
        return new StudyAnswer { Subject = input.Name, Finding = finding, Remarks = remarks, Tables = tables, Charts = charts, Data = data };
    }

    public static StudyAnswer OfTable(TrainingInput input, TrainingAnswer data)
    {
        List<string> remarks = [FormattableString.Invariant($"Calibrated on {data.Calibration.Runs} runs. {(data.Errors?.LeftOut is null ? Known(data.Calibration) : "")}").TrimEnd()];
        if (data.Errors?.LeftOut is { Rows: > 0 } leftOut) { remarks.Add("Each left out of the fit that predicts it: " + Words(leftOut)); }
        if (data.Errors?.FromSmallest is { Rows: > 0 } larger) { remarks.Add("Larger runs predicted from the smallest of each family: " + Words(larger)); }
        string finding = data.Errors is { } errors
            ? FormattableString.Invariant($"{errors.Predicted.Rows} runs are met within {Percent(errors.Predicted.MeanFraction)} on average, the worst by {Signed(errors.Predicted.WorstFraction)}.")
            : FormattableString.Invariant($"{data.Rows.Count} runs predicted, none of them measured.");
        TrainingAnswerRow[] measured = [.. data.Rows.Where(row => row.PublishedStepS is not null)];
        List<StudyChart> charts = [];
        if (measured.Length > 0)
        {
            charts.Add(new StudyChart
            {
                Title = finding,
                Caption = "Predicted over published time of a step.",
                X = new("GPUs", "", true),
                Y = new("error", "%"),
                Series =
                [
                    .. measured.GroupBy(row => row.Family).Select(family => new ChartSeries(
                        family.Key.Length == 0 ? "runs" : family.Key, SeriesStyle.Point, [.. family.Select(row => (double)row.Gpus)], [.. family.Select(row => 100 * row.ErrorFraction!.Value)], "gpu")),
                ],
                Marks = [new("met", 0, true)],
            });
            double most = measured.Max(row => Math.Max(row.StepS, row.PublishedStepS!.Value)), least = measured.Min(row => Math.Min(row.StepS, row.PublishedStepS!.Value));
            charts.Add(new StudyChart
            {
                Title = "Predicted steps lie on the line of the published ones",
                Caption = finding,
                X = new("published step", "s", true),
                Y = new("predicted step", "s", true),
                Series =
                [
                    new("equal", SeriesStyle.Dashed, [least, most], [least, most], "neutral"),
                    new("runs", SeriesStyle.Point, [.. measured.Select(row => row.PublishedStepS!.Value)], [.. measured.Select(row => row.StepS)], "gpu"),
                ],
            });
        }
        else { charts.Add(PartsChart(data.BreakdownS, data.StepS)); }
        return new StudyAnswer
        {
            Subject = input.Name,
            Finding = finding,
            Remarks = remarks,
            Charts = charts,
            Data = data,
            Tables =
            [
                StudyTable.Of(
                    "Runs", ["run", "GPUs", "published, s", "predicted, s", "error, %", "left out, %", "from smallest, %", "TFLOP/s a GPU", "MFU, %", "memory, GB"],
                    data.Rows.Select(row => new object?[]
                    {
                        row.Name, row.Gpus, row.PublishedStepS, row.StepS, 100 * row.ErrorFraction, 100 * row.LeftOutErrorFraction, 100 * row.FromSmallestErrorFraction, row.TflopsPerGpu, 100 * row.MfuFraction, row.MemoryGb,
                    })),
            ],
        };
    }

    private static string Words(CalibrationError error) => FormattableString.Invariant(
        $"{error.Rows} runs, mean error {Percent(error.MeanFraction)}, bias {Signed(error.BiasFraction)}, nine in ten within {Percent(error.NinetiethFraction)}, worst {Signed(error.WorstFraction)}.");

    private static double[] Values(TrainingAnswerBreakdown parts) => [parts.Compute, parts.Bubble, parts.Tp, parts.Pp, parts.Dp, parts.Cp, parts.Ep, parts.Jitter, parts.Other];

    private static StudyTable PartsTable(TrainingAnswerBreakdown parts, double stepS) => StudyTable.Of(
        "Where the step goes", ["part", "time, s", "share, %"], Values(parts).Select((value, i) => new object?[] { Parts[i], value, 100 * value / stepS }));

    private static StudyChart PartsChart(TrainingAnswerBreakdown parts, double stepS) => new()
    {
        Title = FormattableString.Invariant($"{Percent(parts.Compute / stepS)} of the step is arithmetic, {Percent(1 - parts.Compute / stepS)} is waiting"),
        Caption = "Times on the critical path; what is hidden behind arithmetic is not counted.",
        X = new("part"),
        Y = new("time", "s"),
        Categories = Parts,
        Series = [new("time", SeriesStyle.Bar, [.. Parts.Select((_, i) => (double)i)], Values(parts), "gpu")],
    };

    private static StudyChart PlansChart(TrainingAnswer data) => new()
    {
        Title = FormattableString.Invariant($"The best of {data.PlansTried:#,0} layouts is {Percent(data.Plans[^1].StepS / data.Plans[0].StepS - 1)} faster than number {data.Plans.Count}"),
        Caption = "tensor × pipeline(interleave) × context × data, micro batch.",
        X = new("layout"),
        Y = new("step", "s"),
        Categories = [.. data.Plans.Select(plan => FormattableString.Invariant($"{plan.Parallelism.Tensor}×{plan.Parallelism.Pipeline}({plan.Parallelism.Interleave})×{plan.Parallelism.Context}×{plan.Parallelism.Data}, {plan.Parallelism.MicroBatch}"))],
        Series = [new("step", SeriesStyle.Bar, [.. data.Plans.Select((_, i) => (double)i)], [.. data.Plans.Select(plan => plan.StepS)], "gpu")],
    };

    // More copies: of the same batch (strong), of a batch that grows with them (weak).
    private static StudyChart Scaling(StepSetting setting, ParallelismSpec layout, StepCoefficients coefficients, TrainingAnswer data)
    {
        int replica = (int)(Parallelism.Gpus(layout) / layout.Data), perCopy = setting.GlobalBatch / layout.Data;
        List<double> strongX = [], strongY = [], weakX = [], weakY = [];
        double sample = Model.TflopPerSample(setting.Model);
        for (int copies = 1; copies <= 16 * layout.Data && (long)copies * replica < 2_000_000; copies *= 2)
        {
            ParallelismSpec cut = layout with { Data = copies };
            double gpus = (double)copies * replica;
            StepSetting weak = (setting with { GlobalBatch = perCopy * copies }).For((long)gpus);
            weakX.Add(gpus);
            weakY.Add(sample * weak.GlobalBatch / StepTime.Of(weak, cut, coefficients).StepS / gpus / data.Calibration.ScaledBy);
            if (!Parallelism.IsValid(cut, setting.Model, (long)gpus, setting.GlobalBatch)) { continue; }
            strongX.Add(gpus);
            strongY.Add(sample * setting.GlobalBatch / StepTime.Of(setting.For((long)gpus), cut, coefficients).StepS / gpus / data.Calibration.ScaledBy);
        }
        return new StudyChart
        {
            Title = strongX.Count > 1
                ? FormattableString.Invariant($"The same batch on {strongX[^1] / strongX[0]:0} times the GPUs keeps {Percent(strongY[^1] / strongY[0])} of the speed of each")
                : "A batch that grows with the GPUs keeps their speed",
            Caption = "Same layout, more copies. Strong: the same batch; weak: the batch grows with the copies.",
            X = new("GPUs", "", true),
            Y = new("model arithmetic", "TFLOP/s a GPU"),
            Series = [new("strong", SeriesStyle.Line, strongX, strongY, "gpu"), new("weak", SeriesStyle.Dashed, weakX, weakY, "neutral")],
        };
    }

    private static string Known(TrainingAnswerCalibration calibration) => calibration.Reason.Length > 0
        ? $"No error can be given: {calibration.Reason}."
        : $"Runs left out of the fit are met within {Percent(calibration.Error)} on average.";

    private static string Percent(double share) => FormattableString.Invariant($"{100 * share:0.0} %");

    private static string Signed(double share) => FormattableString.Invariant($"{100 * share:+0.0;−0.0} %");
}
