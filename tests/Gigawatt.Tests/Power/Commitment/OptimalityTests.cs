using FsCheck.Fluent;
using Gigawatt.Power.Commitment;

namespace Gigawatt.Tests.Power.Commitment;

/// <summary>Small problems against the count of every schedule there is.</summary>
public sealed class OptimalityTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void The_exact_answer_is_the_cheapest_of_all_schedules(int seed)
    {
        CommitmentProblem problem = DrawnProblem.Small(seed, 3, 8);
        CommitmentAnswer answer = UnitCommitment.Solve(problem);
        double cheapest = CheapestOfAll(problem);
        ScheduleCheck.Breaches(problem, answer.Schedule).ShouldBeEmpty();
        if (answer.IsOptimal)
        {
            answer.Schedule.ObjectiveUsd.ShouldBe(cheapest, 1e-6 * cheapest);
            answer.GapFraction.ShouldBe(0);
        }
        else { answer.BoundUsd.ShouldBeLessThanOrEqualTo(cheapest * (1 + 1e-9)); }
    }

    [Fact]
    public void Most_small_problems_are_solved_exactly() =>
        Enumerable.Range(1, 20).Count(seed => UnitCommitment.Solve(DrawnProblem.Small(seed, 4, 10)).IsOptimal).ShouldBeGreaterThan(9);

    [Fact]
    public void The_bound_never_lies_above_the_exact_cost()
    {
        // A battery too small to matter makes the solver take the general way; removing it can only raise the cost.
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
        {
            CommitmentProblem problem = DrawnProblem.Small(seed, 3, 8);
            CommitmentAnswer exact = UnitCommitment.Solve(problem);
            CommitmentAnswer general = UnitCommitment.Solve(problem with { Battery = new CommitmentBattery { RatedMw = 1e-3, CapacityMwh = 1e-3 } }, 200);
            return !exact.IsOptimal || general.BoundUsd <= exact.Schedule.ObjectiveUsd * (1 + 1e-9);
        }).HoldsInAnyCase(40);
    }

    [Fact]
    public void A_unit_that_bridges_a_gap_is_kept_on_when_that_is_cheaper_than_a_start()
    {
        // Unit B is needed in hours 0 and 3. Staying on costs 2 × 500 USD (100 no-load, 20 MW at 20 USD dearer than A's 0): a start costs 2,000.
        CommittableUnit a = new() { Name = "a", MinMw = 0, MaxMw = 100, IncrementalUsdPerMwh = 20, IsOn = true };
        CommittableUnit b = new() { Name = "b", MinMw = 20, MaxMw = 100, NoLoadUsdPerS = 100.0 / 3600, IncrementalUsdPerMwh = 40, HotStartUsd = 2000, IsOn = true };
        CommitmentProblem problem = new() { Units = [a, b], LoadMw = [150, 80, 80, 150] };
        CommitmentSchedule schedule = UnitCommitment.Solve(problem).Schedule;
        Enumerable.Range(0, 4).ShouldAllBe(t => schedule.On(1, t));
        // A: 130? No: B costs 40 at any load, so A is full at 100: 2 · (100 · 20 + 50 · 40 + 100) + 2 · (60 · 20 + 20 · 40 + 100).
        schedule.ObjectiveUsd.ShouldBe(2 * (2000 + 2000 + 100) + 2 * (1200 + 800 + 100), 1e-9);
        CommitmentProblem cheap = problem with { Units = [a, b with { HotStartUsd = 900 }] };
        UnitCommitment.Solve(cheap).Schedule.On(1, 1).ShouldBeFalse("two hours on cost 2 × (100 + 20 · 20) = 1,000 USD more than none, a start 900");
    }

    // Every schedule of every unit that holds its times, joined with every other.
    private static double CheapestOfAll(CommitmentProblem problem)
    {
        int hours = problem.LoadMw.Count, units = problem.Units.Count;
        double[] points = new double[2 * units + 2], output = new double[units + 1];
        double[,] hourUsd = new double[hours, 1 << units];
        for (int t = 0; t < hours; t++)
        {
            for (int mask = 0; mask < 1 << units; mask++)
            {
                CommittableUnit[] on = [.. problem.Units.Where((_, i) => (mask >> i & 1) == 1)];
                double loadMw = problem.LoadMw[t];
                CostCurve[] curves = [.. on.Select(unit => unit.Curve), new CostCurve { MaxMw = loadMw, IncrementalUsdPerMwh = problem.ShedUsdPerMwh }];
                DispatchedHour hour = EconomicDispatch.Solve(curves, loadMw, output, points, new int[points.Length]);
                double missingMw = loadMw * (1 + problem.Reserve.LoadFraction) - on.Sum(unit => unit.MaxMw);
                hourUsd[t, mask] = hour.CostUsd + hour.SurplusMw * problem.DumpUsdPerMwh + (missingMw > 1e-6 ? missingMw * problem.ReserveShortUsdPerMwh : 0);
            }
        }
        (int Hours, double Usd)[][] ways = [.. problem.Units.Select((_, i) => Ways(problem, i).ToArray())];
        double least = double.PositiveInfinity;
        foreach ((int a, double aUsd) in ways[0])
        {
            foreach ((int b, double bUsd) in ways[1])
            {
                foreach ((int c, double cUsd) in ways[2])
                {
                    double cost = aUsd + bUsd + cUsd;
                    for (int t = 0; t < hours && cost < least; t++) { cost += hourUsd[t, (a >> t & 1) | (b >> t & 1) << 1 | (c >> t & 1) << 2]; }
                    least = Math.Min(least, cost);
                }
            }
        }
        return least;
    }

    private static IEnumerable<(int Hours, double Usd)> Ways(CommitmentProblem problem, int i)
    {
        CommittableUnit unit = problem.Units[i];
        for (int pattern = 0; pattern < 1 << problem.LoadMw.Count; pattern++)
        {
            int status = problem.FirstState().InStatusHours[i];
            double usd = 0;
            bool holds = true;
            for (int t = 0; t < problem.LoadMw.Count; t++)
            {
                bool isOn = (pattern >> t & 1) == 1;
                if (isOn && status < 0)
                {
                    holds &= -status * 3600 >= unit.MinDownS;
                    usd += -status * 3600 > unit.HotUntilS ? unit.ColdStartUsd ?? unit.HotStartUsd : unit.HotStartUsd;
                }
                if (!isOn && status > 0) { holds &= status * 3600 >= unit.MinUpS; }
                status = isOn ? Math.Max(0, status) + 1 : Math.Min(0, status) - 1;
            }
            if (holds) { yield return (pattern, usd); }
        }
    }
}
