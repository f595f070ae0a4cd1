using Gigawatt.Power.Commitment;

namespace Gigawatt.Power;

/// <summary>Which units dispatch was told to have on the bus in the coming hours, and what batteries move.</summary>
public sealed class HourlyPlan
{
    private readonly int groups;
    private readonly int[] units;
    private readonly bool[] isGridFirst;

    /// <summary>A plan from a schedule whose units belong to generating groups.</summary>
    /// <param name="problem">What was asked.</param>
    /// <param name="schedule">What was answered.</param>
    /// <param name="groupOf">Generating group of each unit of the schedule.</param>
    /// <param name="groups">Generating groups of the plant.</param>
    /// <param name="fromS">Simulated time at the beginning of its first hour.</param>
    public HourlyPlan(CommitmentProblem problem, CommitmentSchedule schedule, ReadOnlySpan<int> groupOf, int groups, double fromS)
    {
        (Problem, Schedule, FromS, this.groups) = (problem, schedule, fromS, groups);
        units = new int[schedule.Hours * groups];
        isGridFirst = new bool[schedule.Hours];
        CostCurve[] curves = [.. problem.Units.SelectMany(unit => Enumerable.Repeat(unit.Curve, unit.Count))];
        for (int t = 0; t < schedule.Hours; t++)
        {
            double cheapest = double.MaxValue;
            for (int i = 0; i < groupOf.Length; i++)
            {
                if (!schedule.On(i, t)) { continue; }
                units[t * groups + groupOf[i]]++;
                cheapest = Math.Min(cheapest, curves[i].IncrementalUsdPerMwh);
            }
            // With units on the bus their no-load is spent: the grid goes first only if it beats one more MWh of them.
            isGridFirst[t] = problem.Import is { } import && import.PriceUsdPerMwh[import.PriceUsdPerMwh.Count > 1 ? t : 0] < cheapest;
        }
    }

    /// <summary>What was asked.</summary>
    public CommitmentProblem Problem { get; }

    /// <summary>What was answered.</summary>
    public CommitmentSchedule Schedule { get; }

    /// <summary>Simulated time at the beginning of its first hour.</summary>
    public double FromS { get; }

    /// <summary>Whether a time lies within the plan.</summary>
    public bool Covers(double atS) => atS >= FromS && atS < FromS + 3600.0 * Schedule.Hours;

    /// <summary>Units of a group that are to be on the bus now, or by the time a start ordered now takes.</summary>
    public int Wanted(int group, double nowS, double startS) =>
        Math.Max(units[Hour(nowS) * groups + group], units[Hour(nowS + Math.Max(0, startS)) * groups + group]);

    /// <summary>Whether imported energy is drawn before units are asked for more than their least.</summary>
    public bool IsGridFirst(double nowS) => isGridFirst[Hour(nowS)];

    /// <summary>What batteries give in the hour; what they take is negative.</summary>
    public double BatteryMw(double nowS) => Schedule.BatteryMw[Hour(nowS)];

    /// <summary>Whether it moves batteries.</summary>
    public bool MovesBatteries => Problem.Battery is not null;

    // What lies behind the end is as the last hour.
    private int Hour(double atS) => Math.Min(Schedule.Hours - 1, (int)((atS - FromS) / 3600));
}
