using Gigawatt.Numerics;
using Gigawatt.Training;

namespace Gigawatt.Studies;

/// <summary>How far a proxy reward may be optimised before what is meant gets worse, and whether a stop rule finds the place.</summary>
public static class RewardStudy
{
    private const int CurvePoints = 200;
    private const int Mixes = 21;

    /// <summary>The study.</summary>
    public static Study Definition { get; } = Study.Of<RewardInput>(
        "reward", "How far may a reward be optimised before what it stands for gets worse, and when should training stop?", "studies/reward.yaml", Answer);

    private static StudyAnswer Answer(RewardInput input)
    {
        OverOptimisationLaw law = input.Laws[0];
        SyntheticUsers? users = input.Users is { } drawn ? new SyntheticUsers(drawn) : null;
        RewardStep[] steps = users is null ? RewardTraining.Run(input.Training, law, input.Seed) : RewardTraining.Run(input.Training, users, input.Seed);
        RewardStopPoint stop = RewardTraining.Stop(input.Training, steps);
        int peak = RewardTraining.Peak(steps);
        RewardMix[] mixes = users is null ? [] : RewardParetoFront.Of(users, Math.Max(0.05, steps[peak].Kl), Mixes);
        RewardAnswer data = Data(input, law, steps, stop, peak, mixes, users is null ? 0 : RewardModel.Mean(users.Reference, users.Gold));
        return new StudyAnswer
        {
            Subject = input.Name,
            Finding = $"{(stop.IsSure ? $"The stop rule keeps step {stop.Step + 1} of {steps.Length}" : "No fall of the gold reward was beyond doubt, so training ran to its end")}; "
                + $"the gold reward truly peaks at step {peak + 1} (KL {Figures.Number(steps[peak].Kl)} nats), and {Figures.Percent(data.Stop.LostFraction)} of its gain is lost by the rule. "
                + $"By the {Word(law.Method)} law it peaks at d = {Figures.Number(data.PeakD, 4)}.",
            Remarks = [.. Remarks(input, steps, stop, data)],
            Tables = [.. Tables(input, steps, stop, peak, data)],
            Charts = [.. RewardCharts.Of(input, steps, stop, peak, data)],
            Data = data,
        };
    }

    private static RewardAnswer Data(RewardInput input, OverOptimisationLaw law, RewardStep[] steps, RewardStopPoint stop, int peak, RewardMix[] mixes, double start)
    {
        double[] optimum = [];
        double? value = null, kl = null;
        if (input.Choice is { } choice)
        {
            double[] reference = [.. choice.ReferenceFraction];
            optimum = new double[reference.Length];
            value = RewardModel.Optimum(reference, [.. choice.Rewards], choice.Penalty, optimum);
            kl = RewardModel.Kl(optimum, reference);
        }
        RewardStep kept = steps[stop.Step], best = steps[peak];
        double gain = best.Gold - start;
        int seen = stop.SeenStep + 1;
        double[] distances = [.. steps[..seen].Select(step => Math.Sqrt(step.Kl))], estimates = [.. steps[..seen].Select(step => step.Estimate - start)];
        OverOptimisationLaw? fit = OverOptimisation.Fit(law.Method, distances, estimates);
        return new RewardAnswer(
            OverOptimisation.PeakD(law) * OverOptimisation.PeakD(law), OverOptimisation.PeakD(law), OverOptimisation.PeakGold(law),
            new RewardAnswerStop(
                stop.Step + 1, kept.Kl, Math.Sqrt(kept.Kl), kept.Gold, stop.Gold, stop.StandardError, stop.SeenStep + 1, stop.IsSure, peak + 1, best.Kl, best.Gold,
                gain > 0 ? (best.Gold - kept.Gold) / gain : 0),
            optimum, value, kl,
            [.. input.Laws.Select(one => new RewardAnswerLaw(
                SnakeCase.Of(one.Method.ToString()), one.Alpha, one.Beta, OverOptimisation.PeakD(one), OverOptimisation.PeakD(one) * OverOptimisation.PeakD(one),
                OverOptimisation.PeakGold(one), OverOptimisation.ZeroD(one)))],
            [.. input.Laws.Select(Curve), new RewardAnswerCurve(
                "training", [.. steps.Select(step => Math.Sqrt(step.Kl))], [.. steps.Select(step => step.Gold)], input.Users is null ? null : [.. steps.Select(step => step.Proxy)])],
            fit is null ? null : new RewardAnswerFit(SnakeCase.Of(fit.Method.ToString()), fit.Alpha, fit.Beta, OverOptimisation.PeakD(fit)),
            [.. mixes.Select(mix => new RewardAnswerMix(mix.EmpathyFraction, mix.Turns, mix.Comfort, mix.Gold, mix.IsEfficient))], Warning(input, steps, stop));
    }

    private static RewardAnswerCurve Curve(OverOptimisationLaw law)
    {
        double most = OverOptimisation.ZeroD(law);
        double[] distances = [.. Enumerable.Range(0, CurvePoints + 1).Select(i => most * i / CurvePoints)];
        return new RewardAnswerCurve(Word(law.Method), distances, [.. distances.Select(d => OverOptimisation.Gold(law, d))], null);
    }

    // From where the rule would have stopped to the end: the proxy must rise and the gold reward fall by more than its error.
    private static string? Warning(RewardInput input, RewardStep[] steps, RewardStopPoint stop)
    {
        RewardStep kept = steps[stop.Step], last = steps[^1];
        bool falls = last.Gold < kept.Gold && stop.IsSure;
        if (!falls || input.Users is not null && !(last.Proxy > kept.Proxy)) { return null; }
        return input.Users is null
            ? $"Warning: beyond step {stop.Step + 1} the reward that is optimised goes on rising while the gold reward falls by {Figures.Number(kept.Gold - last.Gold)}."
            : $"Warning: from step {stop.Step + 1} to {steps.Length} the proxy rises by {Figures.Number(last.Proxy - kept.Proxy)} while the gold reward falls by {Figures.Number(kept.Gold - last.Gold)}; "
                + $"sessions grow from {Figures.Number(kept.Turns)} to {Figures.Number(last.Turns)} turns and the styles chosen become more stimulating ({Figures.Percent(kept.Stimulation)} to {Figures.Percent(last.Stimulation)}).";
    }

    private static IEnumerable<string> Remarks(RewardInput input, RewardStep[] steps, RewardStopPoint stop, RewardAnswer data)
    {
        if (data.Warning is { } warning) { yield return warning; }
        yield return $"The rule needs a fall of {Figures.Number(RewardStop.Threshold(steps.Length, input.Training.DoubtFraction))} standard errors between windows of {input.Training.Window} steps; {(stop.IsSure ? $"it was sure at step {stop.SeenStep + 1}" : "it never was sure")}, "
            + $"with {Figures.Number((double)input.Training.Labels * (stop.SeenStep + 1))} gold labels in all.";
        if (data.Fit is { } fit) { yield return $"The law fitted to those labels has α {Figures.Number(fit.Alpha)}, β {Figures.Number(fit.Beta)} and peaks at d = {Figures.Number(fit.PeakD)}."; }
        yield return "Coefficients of the laws are inputs: the paper plots them and prints none.";
        if (input.Users is not null) { yield return "The users are drawn by chance from a small model of fatigue, habit and satisfaction; no person stands behind them, and no real population is predicted."; }
    }

    private static IEnumerable<StudyTable> Tables(RewardInput input, RewardStep[] steps, RewardStopPoint stop, int peak, RewardAnswer data)
    {
        yield return StudyTable.Of("Laws", ["Method", "α", "β", "Peak d", "Peak KL, nats", "Gold at peak", "Nothing left at d"],
            input.Laws.Zip(data.Laws, (law, one) => new object?[] { Word(law.Method), one.Alpha, one.Beta, one.PeakD, one.PeakKl, one.GoldAtPeak, one.ZeroD }));
        yield return StudyTable.Of("The training", ["Step", "What", "KL, nats", "Proxy", "Gold", "Turns", "Comfort", "Stimulation, %"],
        [
            Row(0, "first", steps), Row(peak, "true peak", steps), Row(stop.Step, "kept by the rule", steps),
            Row(stop.SeenStep, stop.IsSure ? "the rule is sure" : "end, never sure", steps), Row(steps.Length - 1, "last", steps),
        ]);
        if (data.Optimum.Count > 0)
        {
            yield return StudyTable.Of("Optimum under the penalty", ["Answer", "Before", "Reward", "Optimum"],
                data.Optimum.Select((share, i) => new object?[] { i + 1, input.Choice!.ReferenceFraction[i], input.Choice.Rewards[i], share }));
        }
    }

    private static object?[] Row(int at, string what, RewardStep[] steps) =>
        [at + 1, what, steps[at].Kl, steps[at].Proxy, steps[at].Gold, steps[at].Turns, steps[at].Comfort, steps[at].Stimulation * 100];

    internal static string Word(OptimisationMethod method) => method == OptimisationMethod.Rl ? "reinforcement learning" : "best-of-n";
}
