using System.Globalization;
using Gigawatt.Compute;
using Gigawatt.Numerics;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Simulation;
using Gigawatt.Training;

namespace Gigawatt.Studies;

/// <summary>How long a training step takes, where its time goes, how to cut the job, and how well published runs are met.</summary>
public static class TrainingStudy
{
    /// <summary>The study.</summary>
    public static Study Definition { get; } = Study.Of<TrainingInput>(
        "training", "How long does a training step take, where does the time go, and which layout is the fastest that fits?", "studies/llama3-405b-16k.yaml",
        Answer, Import);

    private static TrainingInput? Import(string path)
    {
        if (!path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)) { return null; }
        try
        {
            IReadOnlyList<CalibrationRow> rows = CalibrationRowReader.Read(File.ReadAllText(path), TrainingTable.GpuProblems, out _);
            return new TrainingInput { Name = Path.GetFileNameWithoutExtension(path), Table = rows, IsTableChecked = true };
        }
        catch (CaseException wrong)
        {
            throw new ScenarioException([.. wrong.Problems.Select(problem => InLine(path, problem))]);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new ScenarioException([new Problem(path, 0, 0, "", "a file that can be read", wrong.Message.TrimEnd('.'))]);
        }
    }

    private static StudyAnswer Answer(TrainingInput input)
    {
        if (input.Table is { } table) { return TrainingTable.Answer(input, table); }
        ModelSpec model = input.Model!;
        GpuSpec gpu = input.Gpu!;
        int batch = input.Batch!.Value;
        RefuseUnknownPrecision(gpu, input.Precision);
        Calibration calibration = TrainingTable.CalibrationOf(input, []);
        string gpuName = TrainingPublished.NameOf(gpu);
        StepCoefficients coefficients = calibration.For(gpuName, input.Precision, input.Software.Framework, input.Software.Overlap);
        if (input.MatrixEfficiencyFraction is { } share)
        {
            double best = StepTime.AchievableTflopPerS(gpu, input.Precision) / Gpu.PeakTflopPerS(gpu, input.Precision);
            if (share > best) { throw new CaseException("matrix_efficiency", FormattableString.Invariant($"at most {100 * best:0.#} %, the best that was measured on this accelerator, or a gpu with an own measured rate such as 'fp8_achievable: 4000 TFLOP/s'"), FormattableString.Invariant($"{100 * share:0.#} %")); }
            coefficients = coefficients with { MatrixFactor = best / share };
        }
        bool isSearch = input.Parallelism.Choice is not null;
        if (isSearch && input.Parallelism.Choice != "auto") { throw new CaseException("parallelism", "a layout or 'auto'", $"'{input.Parallelism.Choice}'"); }
        int gpus = GpusOf(input, isSearch);
        StepSetting setting = new StepSetting
        {
            Model = model,
            GlobalBatch = batch,
            Precision = input.Precision,
            Gpu = gpu,
            State = input.Software.State,
            Overlap = input.Software.Overlap,
            FusedAttention = input.Software.FusedAttention,
            Network = input.Fabric is { } fabric ? ParallelismNetwork.Of(gpu, fabric) : StepNetwork.Of(gpu, gpu.NvlinkDomainGpus),
        }.For(gpus);
        ParallelismSpec layout = input.Parallelism.Layout;
        StrategyResult? search = null;
        if (isSearch)
        {
            search = StrategySearch.Find(setting, coefficients, gpus, input.Plans, input.ReserveGb);
            if (search.Plans.Count == 0) { throw search.NothingFits(setting, gpus); }
            layout = search.Plans[0].Layout;
        }
        else
        {
            CaseProblem[] problems = [.. Parallelism.Problems(layout, model, gpus, batch)];
            if (problems.Length > 0) { throw new CaseException(problems); }
            MemoryFit fit = ModelMemory.Fit(model, layout, input.Software.State, batch, gpu.MemoryGb, input.ReserveGb);
            if (!fit.Fits) { throw new CaseException([ModelMemory.Problem(fit)]); }
        }
        StepLogSummary? log = input.StepLog is { } path ? LogOf(path) : null;
        StepBreakdown predicted = TrainingStragglers.With(input.SlowNodes, StepTime.Of(setting, layout, coefficients), gpus, gpu);
        double scale = log is null ? 1 : log.MedianS / predicted.StepS;
        double sampleTflop = Model.TflopPerSample(model), peak = Gpu.PeakTflopPerS(gpu, input.Precision);
        // A log cannot make the hardware faster than it was measured to be: what it says beyond that is a misread log.
        double ceiling = StepTime.AchievableTflopPerS(gpu, input.Precision);
        if (log is not null && sampleTflop * batch / (log.MedianS * gpus) > ceiling)
        {
            throw new CaseException("step_log", FormattableString.Invariant($"steps of at least {sampleTflop * batch / (ceiling * gpus):0.###} s, the best measured rate of matrices"), FormattableString.Invariant($"a median of {log.MedianS:0.###} s"));
        }
        StepBreakdown step = predicted.Scaled(scale);
        double Rate(double stepS) => sampleTflop * batch / (stepS * gpus);
        (double leftOutError, string reason) = log is null ? TrainingTable.LeftOutError(input, calibration, gpuName, model.Experts > 0) : (log.SpreadFraction, "");
        TrainingAnswer data = new(
            gpus, step.StepS, Rate(step.StepS), Rate(step.StepS) / peak, peak, ceiling / peak, (double)batch * model.Sequence / step.StepS,
            ModelMemory.Of(model, layout, input.Software.State, batch, input.ReserveGb).TotalGb, Parallelism.BubbleRatio(layout, batch), TrainingAnswerBreakdown.Of(step),
            new(
                calibration.Date(gpuName, input.Precision), leftOutError, reason, calibration.Rows.Count,
                calibration.RowsOf(gpuName, input.Precision), scale, coefficients.MatrixFactor),
            input.PublishedStepS, input.PublishedStepS is { } published ? step.StepS / published - 1 : null, TrainingAnswerLayout.Of(layout),
            [.. (search?.Plans ?? []).Select(plan => plan with { Step = TrainingStragglers.With(input.SlowNodes, plan.Step, gpus, gpu) }).Select(plan => new TrainingAnswerPlan(
                TrainingAnswerLayout.Of(plan.Layout), plan.Step.StepS * scale, Rate(plan.Step.StepS * scale), Rate(plan.Step.StepS * scale) / peak, plan.Memory.TotalGb,
                TrainingAnswerBreakdown.Of(plan.Step.Scaled(scale)), plan.Loss))],
            search?.Tried ?? 0, search?.TooLarge ?? 0, [], null, TrainingStragglers.Of(input.SlowNodes, model, layout, gpus, gpu, step));
        return TrainingPage.Of(input, data, setting, layout, coefficients, search, log);
    }

    /// <summary>A line of a table or log as a problem of its file.</summary>
    internal static Problem InLine(string path, CaseProblem problem)
    {
        string[] words = problem.Path.Split([' ', ',', '.'], 3, StringSplitOptions.RemoveEmptyEntries);
        bool hasLine = words.Length >= 2 && words[0] == "line" && int.TryParse(words[1], NumberStyles.Integer, CultureInfo.InvariantCulture, out _);
        return hasLine
            ? new Problem(path, int.Parse(words[1], CultureInfo.InvariantCulture), 1, words.Length > 2 ? words[2].Trim(' ', ',') : "", problem.Expected, problem.Found)
            : new Problem(path, 0, 0, problem.Path, problem.Expected, problem.Found);
    }

    private static void RefuseUnknownPrecision(GpuSpec gpu, Precision precision)
    {
        if (!Gpu.Has(gpu, precision))
        {
            throw new CaseException("precision", $"{Gpu.PrecisionsOf(gpu)}, which {gpu.Title} has a peak for", $"'{precision.ToString().ToLowerInvariant()}'");
        }
    }

    private static int GpusOf(TrainingInput input, bool isSearch)
    {
        string text = input.Gpus.Text.Replace(",", "", StringComparison.Ordinal).Trim();
        if (text == "auto")
        {
            return isSearch
                ? throw new CaseException("gpus", "a number of GPUs, since the layout is searched for it", "'auto' for both")
                : (int)Parallelism.Gpus(input.Parallelism.Layout);
        }
        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int gpus) && gpus > 0
            ? gpus
            : throw new CaseException("gpus", "a number of GPUs or 'auto'", $"'{input.Gpus.Text}'");
    }

    private static StepLogSummary LogOf(string path)
    {
        try
        {
            return StepLog.Read(File.ReadAllText(path));
        }
        catch (CaseException wrong)
        {
            throw new ScenarioException([.. wrong.Problems.Select(problem => InLine(path, problem))]);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new CaseException("step_log", "a file that can be read", $"'{path}' ({wrong.Message.TrimEnd('.')})");
        }
    }
}
