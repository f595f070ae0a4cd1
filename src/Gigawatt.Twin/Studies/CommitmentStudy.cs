using Gigawatt.Numerics;
using Gigawatt.Power.Commitment;

namespace Gigawatt.Studies;

/// <summary>A unit's part in the answer.</summary>
/// <param name="Name">What the site calls it; twins are numbered.</param>
/// <param name="On">Hours in which it runs, counted from 0; empty beyond a week.</param>
/// <param name="OutputMw">Output of every hour; empty beyond a week.</param>
/// <param name="Starts">Starts.</param>
/// <param name="Hours">Hours on.</param>
/// <param name="EnergyMwh">Energy made.</param>
/// <param name="CostUsd">Running and starts.</param>
public sealed record CommitmentAnswerUnit(string Name, IReadOnlyList<int> On, IReadOnlyList<double> OutputMw, int Starts, int Hours, double EnergyMwh, double CostUsd);

/// <summary>A rung of the ladder that was used.</summary>
/// <param name="Name">What was done.</param>
/// <param name="EnergyMwh">Load that it freed.</param>
/// <param name="Hours">Hours in which it was.</param>
public sealed record CommitmentAnswerShortfall(string Name, double EnergyMwh, int Hours);

/// <summary>The contract of <c>gw study commitment --json</c>.</summary>
public sealed record CommitmentStudyAnswer
{
    /// <summary>Running, starts and import.</summary>
    public required double CostUsd { get; init; }

    /// <summary>Penalties for what was not met.</summary>
    public required double PenaltyUsd { get; init; }

    /// <summary>No schedule costs less, penalties included; null where only sampled weeks have a bound.</summary>
    public required double? BoundUsd { get; init; }

    /// <summary>How far the cost may be above the least, as a share; over sampled weeks beyond a week.</summary>
    public required double? GapFraction { get; init; }

    /// <summary>Whether no cheaper schedule exists.</summary>
    public required bool IsProvenOptimal { get; init; }

    /// <summary>Cost of the fast rule, penalties included.</summary>
    public required double MeritOrderCostUsd { get; init; }

    /// <summary>Price of one more megawatt-hour in the first hour: λ.</summary>
    public required double LambdaUsdPerMwh { get; init; }

    /// <summary>Load that was capped, paused or shed.</summary>
    public required double UnservedMwh { get; init; }

    /// <summary>Hours of it, counted from 0.</summary>
    public required IReadOnlyList<int> UnservedAt { get; init; }

    /// <summary>What was done about it.</summary>
    public required IReadOnlyList<CommitmentAnswerShortfall> Shortfall { get; init; }

    /// <summary>Output that nobody took.</summary>
    public required double DumpedMwh { get; init; }

    /// <summary>Least capacity beyond what load and reserve ask for.</summary>
    public required double LeastMarginMw { get; init; }

    /// <summary>Hours in which reserve is missing.</summary>
    public required int ReserveShortHours { get; init; }

    /// <summary>Capacity beyond what is asked, by hour; empty beyond a week.</summary>
    public required IReadOnlyList<double> MarginMw { get; init; }

    /// <summary>Price of one more megawatt-hour, by hour; empty beyond a week.</summary>
    public required IReadOnlyList<double> PriceUsdPerMwh { get; init; }

    /// <summary>Emissions.</summary>
    public required double EmittedKg { get; init; }

    /// <summary>Cost of starts, part of the cost.</summary>
    public required double StartUsd { get; init; }

    /// <summary>Cost of import, part of the cost.</summary>
    public required double ImportUsd { get; init; }

    /// <summary>The units.</summary>
    public required IReadOnlyList<CommitmentAnswerUnit> Units { get; init; }
}

/// <summary>Which units run when, what it costs, and how much less it could cost at most.</summary>
public static class CommitmentStudy
{
    private const int Week = 168;
    private const int SampledWeeks = 3;

    /// <summary>The study.</summary>
    public static Study Definition { get; } = Study.Of<CommitmentInput>(
        "commitment", "Which units run in which hours, at what cost, and how far from the least?", "studies/ten-units.yaml", Answer);

    private static StudyAnswer Answer(CommitmentInput input)
    {
        CommitmentProblem problem = input.Problem();
        if (problem.LoadMw.Count <= Week)
        {
            CommitmentAnswer solved = UnitCommitment.Solve(problem, input.BoundSteps);
            return Told(input, problem, solved.Schedule, solved.BoundUsd, solved.GapFraction, solved.IsOptimal, solved.MeritOrder.ObjectiveUsd);
        }
        CommitmentSchedule schedule = RollingHorizon.Solve(problem, (int)(input.WindowS / 3600), (int)(input.KeptS / 3600));
        double gap = SampledGap(problem, schedule, Math.Min(input.BoundSteps, 400));
        return Told(input, problem, schedule, null, gap, false, schedule.ObjectiveUsd);
    }

    /// <summary>The gap over a few weeks of a long schedule: each week against its own bound, from and to what the schedule had there.</summary>
    /// <param name="problem">The question of the whole horizon.</param>
    /// <param name="schedule">The schedule of the whole horizon.</param>
    /// <param name="steps">Steps towards each bound.</param>
    public static double SampledGap(CommitmentProblem problem, CommitmentSchedule schedule, int steps)
    {
        double cost = 0, bound = 0;
        int hours = problem.LoadMw.Count;
        for (int k = 0; k < SampledWeeks; k++)
        {
            int first = (hours - Week) * k / (SampledWeeks - 1);
            double spent = schedule.HourUsd.Skip(first).Take(Week).Sum();
            cost += spent;
            bound += CommitmentBound.OfStretch(problem, schedule, first, Week, steps);
        }
        return cost > 0 ? Math.Max(0, (cost - bound) / cost) : 0;
    }

    private static StudyAnswer Told(
        CommitmentInput input, CommitmentProblem problem, CommitmentSchedule schedule, double? boundUsd, double gap, bool isOptimal, double meritUsd)
    {
        int hours = schedule.Hours;
        bool isShort = hours <= Week;
        string[] names = Names(problem);
        double[] margins = [.. schedule.CapacityMw.Zip(schedule.NeedMw, (have, need) => have - need)];
        string[] rungs = [.. problem.Shortfall.OrderBy(rung => rung.PenaltyUsdPerMwh).Select(rung => rung.Name), "shed"];
        CommitmentStudyAnswer data = new()
        {
            CostUsd = schedule.CostUsd,
            PenaltyUsd = schedule.PenaltyUsd,
            BoundUsd = boundUsd,
            GapFraction = gap,
            IsProvenOptimal = isOptimal,
            MeritOrderCostUsd = meritUsd,
            LambdaUsdPerMwh = schedule.PriceUsdPerMwh[0],
            UnservedMwh = schedule.UnservedMwh,
            UnservedAt = [.. Enumerable.Range(0, hours).Where(t => schedule.UnservedMw[t] > 1e-6)],
            Shortfall = [.. rungs.Select((name, r) => new CommitmentAnswerShortfall(name, schedule.Rungs[r].Sum(), schedule.Rungs[r].Count(mw => mw > 1e-6))).Where(rung => rung.EnergyMwh > 1e-6)],
            DumpedMwh = schedule.DumpedMw.Sum(),
            LeastMarginMw = margins.Min(),
            ReserveShortHours = margins.Count(margin => margin < -1e-6),
            MarginMw = isShort ? margins : [],
            PriceUsdPerMwh = isShort ? schedule.PriceUsdPerMwh : [],
            EmittedKg = schedule.EmittedKg.Sum(),
            StartUsd = schedule.StartUsd,
            ImportUsd = schedule.ImportUsd,
            Units = [.. names.Select((name, i) => Unit(schedule, name, i, isShort))],
        };
        return new StudyAnswer
        {
            Subject = input.Name,
            Finding = Finding(data, hours),
            Remarks = [.. Remarks(problem, data, isShort)],
            Tables = CommitmentCharts.Tables(problem, schedule, data),
            Charts = CommitmentCharts.Charts(problem, schedule, data, names),
            Data = data,
        };
    }

    private static string Finding(CommitmentStudyAnswer data, int hours)
    {
        string proof = data.IsProvenOptimal ? "no schedule is cheaper"
            : data.BoundUsd is null ? $"at most {Figures.Percent(data.GapFraction ?? 0, 2)} above the least, over sampled weeks" : $"at most {Figures.Percent(data.GapFraction ?? 0, 2)} above the least";
        string missing = data.UnservedMwh > 1e-6 ? $"; {Figures.Number(data.UnservedMwh, 4)} MWh of load in {data.UnservedAt.Count} hours cannot be served" : "";
        return $"{hours} {(hours == 1 ? "hour costs" : "hours cost")} {Figures.Number(data.CostUsd, 6)} USD, {proof}{missing}.";
    }

    private static IEnumerable<string> Remarks(CommitmentProblem problem, CommitmentStudyAnswer data, bool isShort)
    {
        double extra = data.MeritOrderCostUsd / Math.Max(1e-9, data.CostUsd + data.PenaltyUsd) - 1;
        if (isShort) { yield return $"The fast merit order costs {Figures.Number(data.MeritOrderCostUsd, 6)} USD, {Figures.Percent(Math.Max(0, extra), 2)} more."; }
        if (data.ReserveShortHours > 0) { yield return $"Reserve is missing in {data.ReserveShortHours} hours, at worst {Figures.Number(-data.LeastMarginMw)} MW."; }
        if (data.DumpedMwh > 1e-6) { yield return $"{Figures.Number(data.DumpedMwh)} MWh are made that nobody takes: the lowest outputs of running units exceed the load."; }
        if (problem.EmissionsCapKg is { } allowed && data.EmittedKg > allowed * (1 + 1e-9)) { yield return $"The cap on emissions cannot be held: units that must run exceed it by {Figures.Number((data.EmittedKg - allowed) / 1000, 4)} t."; }
        if (data.EmittedKg > 0) { yield return $"Emissions {Figures.Number(data.EmittedKg / 1000, 4)} t{(problem.EmissionsCapKg is { } cap ? $" of {Figures.Number(cap / 1000, 4)} t allowed" : "")}."; }
        if (problem.Units.Any(unit => unit.RampUpMwPerS is not null)) { yield return "The bound leaves ramps out, so that the true gap may be smaller."; }
    }

    private static CommitmentAnswerUnit Unit(CommitmentSchedule schedule, string name, int i, bool isShort)
    {
        int[] on = [.. Enumerable.Range(0, schedule.Hours).Where(t => schedule.On(i, t))];
        double[] output = [.. Enumerable.Range(0, schedule.Hours).Select(t => schedule.Mw(i, t))];
        return new CommitmentAnswerUnit(name, isShort ? on : [], isShort ? output : [], schedule.Starts[i], on.Length, output.Sum(), schedule.UnitUsd[i]);
    }

    private static string[] Names(CommitmentProblem problem) =>
        [.. problem.Units.SelectMany(unit => Enumerable.Range(1, unit.Count).Select(k => unit.Count == 1 ? unit.Name : $"{unit.Name} {k}"))];
}
