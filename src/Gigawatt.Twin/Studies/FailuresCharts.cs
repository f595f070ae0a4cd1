using System.Globalization;
using Gigawatt.Numerics;
using Gigawatt.Reliability;
using Gigawatt.Simulation;
using Gigawatt.Training;

namespace Gigawatt.Studies;

/// <summary>The pictures of the studies of failures and of checkpoints.</summary>
internal static class FailuresCharts
{
    /// <summary>The pictures of the study of checkpoints.</summary>
    public static IEnumerable<StudyChart> OfCheckpoint(CheckpointInput input, CheckpointAnswer data, Func<double, double> efficiencyFraction)
    {
        double least = Math.Max(input.CheckpointS, input.StallFraction * input.CheckpointS + (input.Local is { } local ? local.PerStorage * local.CheckpointS : 0));
        double[] periods = [.. Enumerable.Range(0, 121).Select(i => data.OptimumS * Elementary.Pow(10, (i - 60) / 40.0)).Where(period => period > least * 1.01)];
        double[] shares = [.. periods.Select(period => efficiencyFraction(period) * 100)];
        yield return new StudyChart
        {
            Title = $"A checkpoint every {Figures.Duration(data.OptimumS)} leaves the most: {Figures.Percent(data.OptimumEfficiency)} of the time.",
            Caption = "Share of time that becomes safe work, exact for exponential failures; dashed: first order.",
            X = new ChartAxis("Period between checkpoints", "s", IsLog: true),
            Y = new ChartAxis("Safe work", "%"),
            Series =
            [
                new("Exact", SeriesStyle.Line, periods, shares, "gpu"),
                new("First order", SeriesStyle.Dashed, periods, [.. periods.Select(period => FirstOrder(input, period))], "neutral"),
                .. data.Simulated is { } simulated ? new ChartSeries[] { new("Simulated", SeriesStyle.Point, [data.PeriodS], [simulated.Efficiency * 100]) } : [],
            ],
            Marks = [new("best", data.OptimumS), .. input.PeriodS is { } given ? new ChartMark[] { new("studied", given) } : []],
        };
        if (data.Simulated is { } lost) { yield return Lost(lost.LostTime); }
    }

    /// <summary>The pictures of the study of failures.</summary>
    public static IEnumerable<StudyChart> Of(FailuresAnswer data, JobSimulationSpec job, JobPlan plan, JobRun[] runs)
    {
        yield return Lost(data.LostTime);
        yield return Counts(data, runs);
        yield return Causes(data);
        if (double.IsFinite(plan.MtbfS)) { yield return Sizes(job, plan); }
    }

    private static double FirstOrder(CheckpointInput input, double periodS)
    {
        double stallS = input.StallFraction * input.CheckpointS, restartS = input.RestartS + input.CheckpointS - stallS;
        double share = Checkpoint.FirstOrderEfficiencyFraction(input.MtbfS, periodS, stallS, input.DetectS, restartS);
        return input.Local is null && share > 0 ? share * 100 : double.NaN;
    }

    private static StudyChart Lost(IReadOnlyDictionary<string, double> ledger)
    {
        KeyValuePair<string, double>[] parts = [.. ledger.Where(one => one.Key != "productive" && one.Value > 0).OrderByDescending(one => one.Value)];
        double lost = parts.Sum(one => one.Value);
        return new StudyChart
        {
            Title = parts.Length == 0
                ? "No time is lost."
                : $"Of the {Figures.Percent(lost)} of the time that is lost, {parts[0].Key} takes {Figures.Percent(parts[0].Value / lost)}.",
            Caption = "Simulated; the parts and the productive time add up to wall time.",
            X = new ChartAxis("Name"),
            Y = new ChartAxis("GPU-time", "%"),
            Categories = [.. parts.Select(one => one.Key)],
            Series = [new("Lost time", SeriesStyle.Bar, Places(parts.Length), [.. parts.Select(one => one.Value * 100)], "gpu")],
        };
    }

    private static StudyChart Counts(FailuresAnswer data, JobRun[] runs)
    {
        int least = runs.Min(run => run.Interruptions), most = runs.Max(run => run.Interruptions), width = Math.Max(1, (most - least) / 24);
        int bins = (most - least) / width + 1;
        double[] counts = new double[bins];
        foreach (JobRun run in runs) { counts[(run.Interruptions - least) / width]++; }
        return new StudyChart
        {
            Title = $"Nine runs in ten have {Figures.Number(data.Interruptions.P05)} to {Figures.Number(data.Interruptions.P95)} interruptions.",
            Caption = $"{runs.Length:N0} runs of {Figures.Number(data.SpanDays)} days; groups of {width}.",
            X = new ChartAxis("Unplanned interruptions of a run"),
            Y = new ChartAxis("Runs"),
            Categories = [.. Enumerable.Range(0, bins).Select(i => (least + i * width).ToString(CultureInfo.InvariantCulture))],
            Series = [new("Runs", SeriesStyle.Bar, Places(bins), counts)],
        };
    }

    private static StudyChart Causes(FailuresAnswer data)
    {
        KeyValuePair<string, double>[] causes = [.. data.ByCause.Where(one => one.Value > 0).OrderByDescending(one => one.Value)];
        return new StudyChart
        {
            Title = causes.Length == 0
                ? "Nothing fails."
                : $"{char.ToUpperInvariant(causes[0].Key[0])}{causes[0].Key[1..]} is the most frequent cause: {Figures.Percent(causes[0].Value / data.Interruptions.Mean)} of the interruptions.",
            Caption = "Mean of the runs.",
            X = new ChartAxis("Cause"),
            Y = new ChartAxis("Interruptions of a run"),
            Categories = [.. causes.Select(one => one.Key)],
            Series = [new("Interruptions", SeriesStyle.Bar, Places(causes.Length), [.. causes.Select(one => one.Value)])],
        };
    }

    private static StudyChart Sizes(JobSimulationSpec job, JobPlan plan)
    {
        const double published = 0.916;
        double[] sizes = [.. Enumerable.Range(0, 41).Select(i => 4096 * Elementary.Pow(2, i / 6.0))];
        double stallS = Math.Max(plan.StallS, 1e-3);
        double At(double size, double exponent)
        {
            int gpus = (int)size;
            double mtbfS = FailureCauses.MtbfS(job.Failures with { ElasticityRatio = exponent }, gpus), restartS = job.RestartS is { } given ? given * Goodput.ColdRestartS(gpus) / Goodput.ColdRestartS(job.Gpus) : Goodput.ColdRestartS(gpus);
            return 100 * Checkpoint.AsynchronousEfficiencyFraction(mtbfS, Checkpoint.BestAsynchronousPeriodS(mtbfS, stallS, plan.WriteS), stallS, plan.WriteS, plan.DownS, restartS);
        }
        double linear = At(100_000, 0), steep = At(100_000, published);
        return new StudyChart
        {
            Title = $"At 100,000 GPUs {Figures.Number(linear)} % would be productive if failures grew in proportion, {Figures.Number(steep)} % as one operator saw them grow.",
            Caption = "Closed form at the best period, restart growing with size (arXiv 2602.00277); one level of checkpoints, no planned stops. β = 0.916 rests on one pair of sizes.",
            X = new ChartAxis("GPUs of the job", "", IsLog: true),
            Y = new ChartAxis("Productive time", "%"),
            Series =
            [
                new("In proportion (β = 0)", SeriesStyle.Line, sizes, [.. sizes.Select(size => At(size, 0))], "gpu"),
                new("β = 0.916", SeriesStyle.Line, sizes, [.. sizes.Select(size => At(size, published))], "money"),
            ],
            Marks = [new("this job", job.Gpus)],
        };
    }

    private static double[] Places(int count) => [.. Enumerable.Range(0, count).Select(i => (double)i)];
}
