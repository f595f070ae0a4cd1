using Gigawatt.Numerics;
using Gigawatt.Training;

namespace Gigawatt.Studies;

/// <summary>The pictures of the study of serving.</summary>
internal static class ServingCharts
{
    private static readonly string[] Families = ["gpu", "electricity", "heat", "water", "fuel", "money"];

    /// <summary>The pictures, the most important first.</summary>
    public static IEnumerable<StudyChart> Of(ServingInput input, ServingFrontierSpec[] frontiers, ServingWeek week, ServingAnswer data)
    {
        yield return Frontier(input, frontiers, data);
        yield return Week(input, week, data);
        yield return Waits(input, week);
        if (data.Rl is { } rl)
        {
            yield return Split(input.Rl!, input.LiveUsers, rl);
            yield return Ages(rl);
        }
    }

    private static StudyChart Frontier(ServingInput input, ServingFrontierSpec[] frontiers, ServingAnswer data)
    {
        ServingAnswerFrontier[] known = [.. data.Frontier.Where(one => one.UsdPerMtok is not null).OrderBy(one => one.UsdPerMtok)];
        return new StudyChart
        {
            Title = known.Length > 1
                ? $"At {Figures.Number(input.Pool.InteractivityPerS)} tokens/s for each user, {known[0].Title} is cheapest with {Figures.Number(known[0].UsdPerMtok ?? 0)} USD per million tokens."
                : $"At {Figures.Number(input.Pool.InteractivityPerS)} tokens/s for each user, a million tokens cost {Figures.Number(data.UsdPerMtok)} USD.",
            Caption = "Cost of ownership over throughput; straight between published points in logarithms of both. Tokens of input and output together.",
            X = new ChartAxis("Speed for one user", "tokens/s", IsLog: true),
            Y = new ChartAxis("Million tokens", "USD", IsLog: true),
            Series = [.. frontiers.Select((spec, i) => Curve(spec, Families[i % Families.Length]))],
            Marks = [new("promise", input.Pool.InteractivityPerS)],
        };
    }

    private static ChartSeries Curve(ServingFrontierSpec spec, string family)
    {
        double low = spec.Points[0].InteractivityPerS, high = spec.Points[^1].InteractivityPerS;
        double[] speeds = [.. Enumerable.Range(0, 61).Select(i => i == 60 ? high : low * Elementary.Pow(high / low, i / 60.0))];
        return new(spec.Title, SeriesStyle.Line, speeds, [.. speeds.Select(speed => ServingFrontier.MillionTokensUsd(spec.CostUsdPerGpuS, ServingFrontier.ThroughputPerGpuS(spec, speed)))], family);
    }

    private static StudyChart Week(ServingInput input, ServingWeek week, ServingAnswer data)
    {
        double[] hours = [.. week.Moments.Select(at => at.TimeS / 3600)];
        return new StudyChart
        {
            Title = week.NeededGpus > input.Pool.Gpus
                ? $"The peak needs {Figures.Number(week.NeededGpus)} GPUs; the pool has {Figures.Number(input.Pool.Gpus)}."
                : $"The trough gives training {Figures.Percent(week.FreeGpuS / (week.FreeGpuS + week.OnGpuS))} of the pool's GPU-time.",
            Caption = $"Replicas follow the demand of {Figures.Duration(input.Pool.StartS)} ago and are held {Figures.Duration(input.Pool.HoldS)}; headroom {Figures.Percent(input.Pool.HeadroomFraction)}.",
            X = new ChartAxis("Time since Monday 00:00", "h"),
            Y = new ChartAxis("GPUs"),
            Series =
            [
                new("Serving", SeriesStyle.Area, hours, [.. week.Moments.Select(at => (double)at.OnGpus)], "gpu"),
                new("Training", SeriesStyle.Area, hours, [.. week.Moments.Select(at => (double)(input.Pool.Gpus - at.OnGpus))], "neutral"),
                new("Needed", SeriesStyle.Dashed, hours, [.. week.Moments.Select(at => (double)at.NeededGpus)], "heat"),
            ],
            Marks = [new("pool", data.Week.PoolGpus, IsLevel: true)],
        };
    }

    private static StudyChart Waits(ServingInput input, ServingWeek week)
    {
        double[] hours = [.. week.Moments.Select(at => at.TimeS / 3600)];
        return new StudyChart
        {
            Title = $"{Figures.Percent(week.LongerFraction)} of the requests wait longer than {Figures.Duration(input.Pool.WaitS)}; at worst the mean wait is {Figures.Duration(week.WorstWaitS)}.",
            Caption = "Erlang C with the spread of answers while the pool keeps up, a fluid queue while it does not.",
            X = new ChartAxis("Time since Monday 00:00", "h"),
            Y = new ChartAxis("Mean wait", "s", IsLog: true),
            Series = [new("Mean wait", SeriesStyle.Line, hours, [.. week.Moments.Select(at => at.WaitS > 1e-9 ? at.WaitS : double.NaN)], "heat")],
            Marks = input.Pool.WaitS > 0 ? [new("acceptable", input.Pool.WaitS, IsLevel: true)] : [],
        };
    }

    private static StudyChart Split(ReinforcementLearningSpec job, LiveUsersSpec? users, ServingAnswerRl rl)
    {
        double[] splits = [.. Enumerable.Range(1, 99).Select(i => Math.Max(1, Math.Floor(job.Gpus * i / 100.0)))];
        double lived = users is null ? double.PositiveInfinity : LiveUsers.UsableTokensPerS(users);
        return new StudyChart
        {
            Title = rl.Bound == "live users"
                ? $"People write {Figures.Number(lived, 4)} tokens/s; no split of the GPUs learns from more."
                : $"{Figures.Number(rl.BestRolloutGpus)} rollout GPUs of {Figures.Number(job.Gpus)} are best: neither side waits.",
            Caption = "Slower of rollout and learner, min(G_r·r, G_t·τ)" + (users is null ? "." : ", and what live users supply."),
            X = new ChartAxis("Rollout GPUs"),
            Y = new ChartAxis("Learnt from", "tokens/s"),
            Series = [new("Rollout and learner", SeriesStyle.Line, splits, [.. splits.Select(split => ReinforcementLearning.TokensPerS(job, (int)split))], "gpu")],
            Marks = users is null ? [new("chosen", rl.RolloutGpus)] : [new("chosen", rl.RolloutGpus), new("live users", lived, IsLevel: true)],
        };
    }

    private static StudyChart Ages(ServingAnswerRl rl) => new()
    {
        Title = $"Answers are {Figures.Number(rl.SimulatedStalenessMean)} updates old on average when they are learnt from.",
        Caption = "Event by event; the cap on groups in flight bounds the mean, not each answer. The last bar holds all that are older.",
        X = new ChartAxis("Age", "updates"),
        Y = new ChartAxis("Share of groups", "%"),
        Categories = [.. rl.StalenessShares.Select((_, age) => FormattableString.Invariant($"{age}"))],
        Series = [new("Groups", SeriesStyle.Bar, [.. rl.StalenessShares.Select((_, age) => (double)age)], [.. rl.StalenessShares.Select(share => 100 * share)], "gpu")],
    };
}
