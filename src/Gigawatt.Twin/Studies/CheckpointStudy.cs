using Gigawatt.Numerics;
using Gigawatt.Reliability;
using Gigawatt.Simulation;
using Gigawatt.Training;

namespace Gigawatt.Studies;

/// <summary>How often to write checkpoints: exact, to first order, simulated.</summary>
public static class CheckpointStudy
{
    /// <summary>The study.</summary>
    public static Study Definition { get; } = Study.Of<CheckpointInput>(
        "checkpoint", "How often should a job write checkpoints, and what is left of its time?", "studies/checkpoint.yaml", Answer);

    private static StudyAnswer Answer(CheckpointInput input)
    {
        double stallS = input.StallFraction * input.CheckpointS, writeS = input.CheckpointS - stallS;
        double optimumS = OptimumS(input);
        double periodS = input.PeriodS ?? optimumS;
        if (periodS < stallS + writeS)
        {
            throw new CaseException("checkpoint", "a write shorter than the period, since one must end before the next begins", Figures.Duration(input.CheckpointS));
        }
        bool hasClosedForm = input.Local is null || writeS == 0;
        double? exact = hasClosedForm ? EfficiencyFraction(input, periodS) : null;
        JobRun[]? runs = input.Simulate is { } simulate ? JobSimulation.Runs(Job(input, periodS, simulate), simulate.Seed, simulate.Runs) : null;
        CheckpointAnswerSimulated? simulated = runs is null ? null : Simulated(runs);
        string? refused = Checkpoint.FirstOrderRefusal(input.MtbfS, periodS, stallS, input.DetectS, input.RestartS + writeS);
        double best = exact ?? simulated?.Efficiency ?? double.NaN;
        CheckpointAnswer data = new(
            optimumS, EfficiencyFraction(input, optimumS), periodS, exact, simulated,
            new(
                Checkpoint.YoungPeriodS(input.MtbfS, stallS), Checkpoint.DalyPeriodS(input.MtbfS, stallS, input.DetectS, input.RestartS),
                Checkpoint.RefinedPeriodS(input.MtbfS, stallS, input.DetectS, input.RestartS),
                refused is null ? Checkpoint.FirstOrderEfficiencyFraction(input.MtbfS, periodS, stallS, input.DetectS, input.RestartS + writeS) : null, refused),
            input.PriceUsdPerGpuS is { } price ? InterruptionCost.DayUsd(input.Gpus, price, best) : null,
            input.Local is { } local ? new(BestOf(input with { Local = null, PeriodS = null }), (periodS - stallS) / local.PerStorage) : null,
            [
                .. new (string, Func<double, CheckpointInput>)[]
                {
                    ("time between failures", factor => input with { MtbfS = input.MtbfS * factor, PeriodS = null }),
                    ("checkpoint", factor => input with { CheckpointS = input.CheckpointS * factor, PeriodS = null }),
                    ("detection", factor => input with { DetectS = input.DetectS * factor, PeriodS = null }),
                    ("restart", factor => input with { RestartS = input.RestartS * factor, PeriodS = null }),
                }.Select(one => new CheckpointAnswerSensitivity(one.Item1, BestOf(one.Item2(0.5)), BestOf(one.Item2(2)))),
            ]);
        return new StudyAnswer
        {
            Subject = input.Name,
            Finding = Finding(input, data, best),
            Remarks = [.. Remarks(data)],
            Tables = [.. Tables(input, data)],
            Charts = [.. FailuresCharts.OfCheckpoint(input, data, period => EfficiencyFraction(input, period))],
            Data = data,
            Failure = NoProgress(input.RestartS, input.MtbfS, best),
        };
    }

    /// <summary>Words for a job whose restart is longer than it lives; null otherwise.</summary>
    internal static string? NoProgress(double restartS, double mtbfS, double efficiencyFraction) => restartS <= mtbfS
        ? null
        : $"the job makes no progress worth the name: a restart takes {Figures.Duration(restartS)}, but a failure comes every {Figures.Duration(mtbfS)}; one restart in "
            + $"{Figures.Number(Elementary.Exp(restartS / mtbfS))} gets through, and {Figures.Percent(efficiencyFraction)} of the time becomes work";

    private static double BestOf(CheckpointInput input) => EfficiencyFraction(input, OptimumS(input));

    private static double OptimumS(CheckpointInput input)
    {
        double stallS = input.StallFraction * input.CheckpointS;
        if (input.Local is not { } local) { return Checkpoint.BestAsynchronousPeriodS(input.MtbfS, stallS, input.CheckpointS - stallS); }
        // One hill in the logarithm of the period: thirds of it are cut away where it is lower.
        double low = Elementary.Log(Math.Max(input.CheckpointS, stallS + local.PerStorage * local.CheckpointS) * 1.001);
        double high = Elementary.Log(20 * Checkpoint.BestPeriodS(input.MtbfS / Math.Max(1e-3, 1 - local.RecoversFraction), input.CheckpointS) + input.CheckpointS * 2);
        for (int i = 0; i < 80; i++)
        {
            double third = (high - low) / 3;
            if (EfficiencyFraction(input, Elementary.Exp(low + third)) < EfficiencyFraction(input, Elementary.Exp(high - third))) { low += third; }
            else { high -= third; }
        }
        return Elementary.Exp((low + high) / 2);
    }

    // With local copies and writes beside computing the lag of storage counts as restart, which is not exact there.
    private static double EfficiencyFraction(CheckpointInput input, double periodS)
    {
        double stallS = input.StallFraction * input.CheckpointS, writeS = input.CheckpointS - stallS;
        return input.Local is { } local
            ? CheckpointLevels.EfficiencyFraction(
                input.MtbfS, (periodS - stallS) / local.PerStorage, local.CheckpointS, local.PerStorage, stallS, local.RecoversFraction, input.DetectS,
                Math.Min(input.RestartS, local.RestartS ?? input.RestartS), input.RestartS + writeS)
            : Checkpoint.AsynchronousEfficiencyFraction(input.MtbfS, periodS, stallS, writeS, input.DetectS, input.RestartS);
    }

    private static JobSimulationSpec Job(CheckpointInput input, double periodS, CheckpointSimulationSpec simulate) => new()
    {
        Gpus = 1,
        Failures = new()
        {
            Title = "every failure",
            Gpus = 1,
            GpusPerNode = 1,
            Causes = [new() { Name = "any", FailuresPerUnitS = 1 / input.MtbfS, Kind = FailureKind.RestartInPlace, DetectS = input.DetectS }],
        },
        SpanS = simulate.SpanS,
        CheckpointS = input.CheckpointS,
        StallFraction = input.StallFraction,
        CheckpointIntervalS = periodS - input.StallFraction * input.CheckpointS - (input.Local is { } local ? local.PerStorage * local.CheckpointS : 0),
        Local = input.Local,
        RestartS = input.RestartS,
    };

    private static CheckpointAnswerSimulated Simulated(JobRun[] runs)
    {
        double[] shares = [.. runs.Select(run => run.Ledger.GoodputFraction)];
        double mean = shares.Average();
        double error = Math.Sqrt(shares.Sum(share => (share - mean) * (share - mean)) / (shares.Length - 1) / shares.Length);
        return new(mean, error, runs.Length, runs.Average(run => run.Interruptions), FailuresStudy.LedgerOf(runs));
    }

    private static string Finding(CheckpointInput input, CheckpointAnswer data, double best)
    {
        string period = input.PeriodS is { } given
            ? $"A checkpoint every {Figures.Duration(given)} leaves {Figures.Percent(best)} of the time for safe work; every {Figures.Duration(data.OptimumS)} would leave {Figures.Percent(data.OptimumEfficiency)}"
            : $"A checkpoint every {Figures.Duration(data.OptimumS)} is best and leaves {Figures.Percent(best)} of the time for safe work";
        return data.LostUsdPerDay is { } lost ? $"{period}; the rest costs {Figures.Number(lost / 1e6)} MUSD a day." : period + ".";
    }

    private static IEnumerable<string> Remarks(CheckpointAnswer data)
    {
        if (data.FirstOrder.Refused is { } refused) { yield return char.ToUpperInvariant(refused[0]) + refused[1..] + "."; }
        if (data.Simulated is { } simulated)
        {
            yield return data.Efficiency is { } exact
                ? $"{simulated.Runs:N0} simulated runs give {Figures.Percent(simulated.Efficiency, 5)} ± {Figures.Percent(simulated.StandardError, 2)}; the exact value is {Figures.Percent(exact, 5)}."
                : $"No closed form is known for local checkpoints together with writes beside computing; {simulated.Runs:N0} simulated runs give {Figures.Percent(simulated.Efficiency, 5)} ± {Figures.Percent(simulated.StandardError, 2)}.";
        }
        if (data.Levels is { } levels) { yield return $"Without local checkpoints at best {Figures.Percent(levels.WithoutEfficiency)} would be left."; }
        yield return "Failures are exponential and can strike while the job computes, writes and restarts, not while one is being found.";
    }

    private static IEnumerable<StudyTable> Tables(CheckpointInput input, CheckpointAnswer data)
    {
        yield return StudyTable.Of("Period between checkpoints", ["formula", "period, s", "safe work, %"],
            new (string, double)[]
            {
                ("exact optimum", data.OptimumS), ("studied", data.PeriodS), ("Young", data.FirstOrder.YoungS), ("Daly", data.FirstOrder.DalyS),
                ("refined first order", data.FirstOrder.RefinedS),
            }.Select(row => new object?[] { row.Item1, row.Item2, row.Item2 > input.CheckpointS ? EfficiencyFraction(input, row.Item2) * 100 : double.NaN }));
        yield return StudyTable.Of("Best safe work when one time changes", ["time", "half of it, %", "as it is, %", "twice, %"],
            data.Sensitivity.Select(one => new object?[] { one.Of, one.Halved * 100, data.OptimumEfficiency * 100, one.Doubled * 100 }));
        if (data.Simulated is { } simulated)
        {
            yield return StudyTable.Of("Where the time goes, simulated", ["name", "share, %"], simulated.LostTime.Select(one => new object?[] { one.Key, one.Value * 100 }));
        }
    }
}
