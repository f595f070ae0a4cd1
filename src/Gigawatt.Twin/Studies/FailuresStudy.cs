using Gigawatt.Numerics;
using Gigawatt.Reliability;
using Gigawatt.Simulation;
using Gigawatt.Training;

namespace Gigawatt.Studies;

/// <summary>How often a job is interrupted, by what, and what is left of its time and money.</summary>
public static class FailuresStudy
{
    private const string Early = "early failure of a new GPU";
    private const string Site = "stop of the site";

    /// <summary>The study.</summary>
    public static Study Definition { get; } = Study.Of<FailuresInput>(
        "failures", "How often is a job interrupted, by what, and what is left of its time?", "studies/llama3-54-days.yaml", Answer);

    private static StudyAnswer Answer(FailuresInput input)
    {
        JobSimulationSpec job = Without(input);
        JobPlan plan = Plan(job);
        JobRun[] runs = JobSimulation.Runs(job, input.Seed, input.Runs);
        FailuresAnswer data = Data(input, job, plan, runs);
        return new StudyAnswer
        {
            Subject = input.Name,
            Finding = Finding(data),
            Remarks = [.. Remarks(data, job, plan, input, runs)],
            Tables = [.. Tables(data, job)],
            Charts = [.. FailuresCharts.Of(data, job, plan, runs)],
            Data = data,
            Failure = CheckpointStudy.NoProgress(plan.RestartS, plan.MtbfS, data.GoodputFraction),
        };
    }

    /// <summary>Mean share of wall time of each part of the ledger.</summary>
    internal static Dictionary<string, double> LedgerOf(JobRun[] runs)
    {
        Dictionary<string, double> shares = [];
        for (int part = 0; part < GoodputLedger.Names.Count; part++)
        {
            shares[GoodputLedger.Names[part].Name] = runs.Average(run => run.Ledger.Parts[part] / run.Ledger.WallS);
        }
        return shares;
    }

    private static JobPlan Plan(JobSimulationSpec job)
    {
        try
        {
            return new JobPlan(job.Job());
        }
        catch (CaseException wrong) when (wrong.Problems[0].Path.StartsWith("failures", StringComparison.Ordinal))
        {
            // The record says what is wrong in it; here it stands below the job.
            throw new CaseException([.. wrong.Problems.Select(problem => problem with { Path = "job." + problem.Path })]);
        }
    }

    private static JobSimulationSpec Without(FailuresInput input)
    {
        FailureRecordSpec record = input.Job.Failures;
        string[] names = [.. record.Causes.Select(cause => cause.Name)];
        CaseProblem[] unknown = [.. input.Without.Select((name, i) => (name, i)).Where(one => !names.Contains(one.name)).Select(one => new CaseProblem(
            $"without[{one.i}]", $"the name of a cause ({string.Join(", ", names)})", $"'{one.name}'{Suggestion.Phrase(one.name, names)}"))];
        if (unknown.Length > 0) { throw new CaseException(unknown); }
        if (input.Without.Count == 0) { return input.Job; }
        // Counts that are shares of one rate keep their rate when others go.
        double[] rates = FailureCauses.RatesPerS(record with { ElasticityRatio = 0 }, record.Gpus);
        FailureCauseSpec[] left = [.. record.Causes.Select((cause, i) => cause with { Count = null, By = FailureUnit.Gpu, FailuresPerUnitS = rates[i] / record.Gpus })
            .Where(cause => !input.Without.Contains(cause.Name))];
        if (left.Length == 0) { throw new CaseException("without", "at least one cause left", "none"); }
        return input.Job with { Failures = record with { Causes = left } };
    }

    private static FailuresAnswer Data(FailuresInput input, JobSimulationSpec job, JobPlan plan, JobRun[] runs)
    {
        double[] goodput = [.. runs.Select(run => run.Ledger.GoodputFraction)];
        FailuresAnswerSpread interruptions = Spread([.. runs.Select(run => (double)run.Interruptions)]);
        FailuresAnswerSpread shares = Spread(goodput);
        Dictionary<string, double> byCause = [];
        string[] names = [.. job.Failures.Causes.Select(cause => cause.Name), Early, Site];
        for (int i = 0; i < names.Length; i++)
        {
            if (i < names.Length - 2 || (i == names.Length - 2 ? job.NewBatch is not null : job.SiteEvents.Count > 0)) { byCause[names[i]] = runs.Average(run => run.ByCause[i]); }
        }
        double days = job.SpanS / 86400;
        double? closed = plan.EfficiencyFraction(out string? whyNot);
        closed *= 1 - job.SlowFraction - job.DataFraction;
        double perDayUsd = input.PriceUsdPerGpuS is { } price ? InterruptionCost.DayUsd(job.Gpus, price, shares.Mean) : 0;
        return new FailuresAnswer(
            job.Gpus, days, runs.Length, interruptions, byCause, runs.Average(run => run.Planned), runs.Average(run => run.Flaps),
            days * 24 / interruptions.Mean, plan.MtbfS / 3600, shares.Mean, shares.StandardError, closed, whyNot, LedgerOf(runs), SparesOf(input, job, runs),
            input.PriceUsdPerGpuS is { } known
                ? new(perDayUsd * days / interruptions.Mean, perDayUsd, InterruptionCost.UsdPerS(job.Gpus, known) * 3600)
                : null);
    }

    private static FailuresAnswerSpares SparesOf(FailuresInput input, JobSimulationSpec job, JobRun[] runs)
    {
        double[] rates = FailureCauses.RatesPerS(job.Failures, job.Gpus);
        double leaving = 0, handsOn = 0, parts = 0;
        for (int i = 0; i < rates.Length; i++)
        {
            FailureCauseSpec cause = job.Failures.Causes[i];
            if (cause.Kind == FailureKind.RestartInPlace) { continue; }
            double perS = rates[i] * FailureCauses.StoppingFraction(cause) * (cause.SilentS is null ? 1 - cause.TransientFraction : 0);
            leaving += perS;
            handsOn += perS * cause.RepairS;
            parts += cause.Kind == FailureKind.HardwareReturn ? perS * job.Repair.PartsS : 0;
        }
        // A shift of eight hours is a third of a technician.
        double share = job.Repair.ShiftS / 86400;
        int? enough = leaving > 0
            ? Spares.ForQueue(leaving, handsOn / leaving / share, job.Repair.Technicians, parts, input.EnoughFraction)
            : 0;
        return new(job.Spares, runs.Average(run => run.MeanDownNode), runs.Max(run => run.MostDownNodes), runs.Average(run => run.NoSpareFraction), enough);
    }

    private static FailuresAnswerSpread Spread(double[] values)
    {
        double mean = values.Average(), squares = values.Sum(value => (value - mean) * (value - mean));
        double[] sorted = [.. values.Order()];
        double At(double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
        return new(mean, Math.Sqrt(squares / (values.Length - 1) / values.Length), At(0.05), At(0.5), At(0.95));
    }

    private static string Finding(FailuresAnswer data)
    {
        string goodput = $"{Figures.Percent(data.GoodputFraction)} of its GPU-time is productive";
        if (data.Interruptions.Mean == 0) { return $"Nothing fails: {goodput}."; }
        string often = $"{data.Gpus:N0} GPUs are interrupted {Figures.Number(data.Interruptions.Mean, 4)} times in {Figures.Number(data.SpanDays)} days ({Figures.Number(data.Interruptions.P05)} to {Figures.Number(data.Interruptions.P95)} in nine runs of ten), "
            + $"once in {Figures.Duration(data.MtbfH * 3600)}; {goodput}";
        return data.Cost is { } cost ? $"{often}, the rest costs {Figures.Number(cost.UsdPerDay / 1e6)} MUSD a day." : often + ".";
    }

    private static IEnumerable<string> Remarks(FailuresAnswer data, JobSimulationSpec job, JobPlan plan, FailuresInput input, JobRun[] runs)
    {
        if (double.IsInfinity(plan.MtbfS)) { yield return "All rates are zero: nothing fails. Give counts or rates if that is not meant."; }
        if (data.Cost is { } cost && data.Interruptions.Mean > 0)
        {
            yield return $"One interruption costs {Figures.Number(cost.UsdPerInterruption / 1e6)} MUSD on average, an hour of all GPUs {Figures.Number(cost.UsdPerH / 1e6)} MUSD: not the single event is dear but the rate.";
        }
        if (data.ClosedFormFraction is { } closed)
        {
            yield return $"By closed form {Figures.Percent(closed, 4)} would be productive, simulated {Figures.Percent(data.GoodputFraction, 4)} ± {Figures.Percent(data.GoodputStandardError, 2)}; the formula leaves out planned stops, silent corruption and waiting.";
        }
        else { yield return $"No closed form: {data.ClosedFormRefused}."; }
        yield return data.Spares.Enough is { } enough
            ? $"{enough} spares are enough {Figures.Percent(input.EnoughFraction)} of the time; there are {data.Spares.Given}, and none is left {Figures.Percent(data.Spares.ExhaustedFraction)} of the time."
            : $"{job.Repair.Technicians} technicians cannot mend as fast as nodes fail: the queue grows without limit.";
        if (runs.Sum(run => run.BegunAnew) is > 0 and int anew)
        {
            yield return $"In {anew} cases of silent corruption none of the {job.RetainedCheckpoints} kept checkpoints was clean and the run began anew: keep more.";
        }
        if (job.CheckpointIntervalS is null) { yield return $"The time between checkpoints is the best by closed form: {Figures.Duration(plan.IntervalS)} computing."; }
        yield return $"Failures of {job.Failures.Title}, at {job.Gpus:N0} GPUs with exponent β = {Figures.Number(job.Failures.ElasticityRatio)} of growth over proportion; restart {Figures.Duration(plan.RestartS)}.";
    }

    private static IEnumerable<StudyTable> Tables(FailuresAnswer data, JobSimulationSpec job)
    {
        yield return StudyTable.Of("Interruptions by cause", ["cause", "in a run", "share, %"],
            data.ByCause.OrderByDescending(one => one.Value).Select(one => new object?[] { one.Key, one.Value, data.Interruptions.Mean > 0 ? one.Value / data.Interruptions.Mean * 100 : 0 }));
        yield return StudyTable.Of("Where GPU-time goes", ["name", "name in ml-goodput-measurement", "share, %"],
            GoodputLedger.Names.Select(name => new object?[] { name.Name, name.Measured, data.LostTime[name.Name] * 100 }));
        yield return StudyTable.Of("Nodes", ["quantity", "value"],
        [
            ["nodes of the job", JobSimulation.Nodes(job)], ["spares", data.Spares.Given], ["spares that are enough", data.Spares.Enough], ["mean in repair", data.Spares.MeanDown],
            ["most in repair", data.Spares.MostDown], ["time without a spare, %", data.Spares.ExhaustedFraction * 100],
        ]);
    }
}
