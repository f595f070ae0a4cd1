using Gigawatt.Numerics;
using Gigawatt.Training;

namespace Gigawatt.Studies;

/// <summary>The pictures of the study of rewards.</summary>
internal static class RewardCharts
{
    /// <summary>The pictures, the most important first.</summary>
    public static IEnumerable<StudyChart> Of(RewardInput input, RewardStep[] steps, RewardStopPoint stop, int peak, RewardAnswer data)
    {
        yield return Training(input, steps, stop, peak);
        yield return Laws(input, data);
        if (data.Pareto.Count > 0) { yield return Front(data); }
    }

    private static StudyChart Training(RewardInput input, RewardStep[] steps, RewardStopPoint stop, int peak)
    {
        double[] distances = [.. steps.Select(step => Math.Sqrt(step.Kl))];
        List<ChartSeries> series =
        [
            new("Gold, true", SeriesStyle.Line, distances, [.. steps.Select(step => step.Gold)], "water"),
            new("Gold labels", SeriesStyle.Point, distances, [.. steps.Select(step => step.Estimate)], "neutral"),
        ];
        if (input.Users is not null) { series.Add(new("Proxy", SeriesStyle.Dashed, distances, [.. steps.Select(step => step.Proxy)], "heat")); }
        return new StudyChart
        {
            Title = steps[^1].Gold < steps[peak].Gold
                ? $"The gold reward falls from {Figures.Number(steps[peak].Gold)} to {Figures.Number(steps[^1].Gold)} after d = {Figures.Number(distances[peak])}; the rule keeps d = {Figures.Number(distances[stop.Step])}."
                : $"The gold reward still rises at the end, d = {Figures.Number(distances[^1])}.",
            Caption = $"Exact optimum of each step's penalty; {Figures.Number(input.Training.Labels)} gold labels a step. Proxy in standard deviations of the start.",
            X = new ChartAxis("Distance d = √KL", "√nat"),
            Y = new ChartAxis("Reward"),
            Series = series,
            Marks = [new("true peak", distances[peak]), new("kept by the rule", distances[stop.Step]), new("training ends", distances[stop.SeenStep])],
        };
    }

    private static StudyChart Laws(RewardInput input, RewardAnswer data) => new()
    {
        Title = $"By the law of {RewardStudy.Word(input.Laws[0].Method)} the gold reward peaks at {Figures.Number(data.GoldAtPeak)} at d = {Figures.Number(data.PeakD, 4)} and is gone at {Figures.Number(data.Laws[0].ZeroD)}.",
        Caption = "R = d·(α − β·ln d) for reinforcement learning, d·(α − β·d) for best of n (arXiv 2210.10760); α and β are inputs.",
        X = new ChartAxis("Distance d = √KL", "√nat"),
        Y = new ChartAxis("Gold reward"),
        Series = [.. data.Curves.Take(input.Laws.Count).Select((curve, i) => new ChartSeries(curve.Label, SeriesStyle.Line, curve.D, curve.Gold, i == 0 ? "water" : "gpu"))],
        Marks = [new("peak", data.PeakD)],
    };

    private static StudyChart Front(RewardAnswer data)
    {
        RewardAnswerMix[] front = [.. data.Pareto.Where(mix => mix.IsEfficient).OrderBy(mix => mix.Turns)];
        RewardAnswerMix best = data.Pareto.MaxBy(mix => mix.Gold)!;
        return new StudyChart
        {
            Title = $"At one distance, the mix with {Figures.Percent(best.EmpathyWeight)} empathy has the highest gold reward, {Figures.Number(best.Gold)}.",
            Caption = "Policies at the same KL divergence, that of the true peak, from engagement alone to empathy alone.",
            X = new ChartAxis("Engagement", "turns"),
            Y = new ChartAxis("Empathy", "comfort"),
            Series =
            [
                new("Front", SeriesStyle.Line, [.. front.Select(mix => mix.Turns)], [.. front.Select(mix => mix.Comfort)], "gpu"),
                new("All mixes", SeriesStyle.Point, [.. data.Pareto.Select(mix => mix.Turns)], [.. data.Pareto.Select(mix => mix.Comfort)], "neutral"),
            ],
        };
    }
}
