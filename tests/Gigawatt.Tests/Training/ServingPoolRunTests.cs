using Gigawatt.Tests.Simulation;
using Gigawatt.Training;

namespace Gigawatt.Tests.Training;

public sealed class ServingPoolRunTests
{
    private static readonly DateOnly Monday = new(2026, 1, 5);

    private static ServingPoolRun Run(ServedSpec spec, DateOnly? first = null, DateOnly? last = null) => new(spec, Monday, first ?? Monday, last, 400 * 86400.0);

    [Fact]
    public void A_pool_wants_what_the_study_says_a_week_needs()
    {
        ServedSpec spec = UserStageTests.Served(30_000, 1.4);
        ServingWeek week = ServingPool.Week(spec.Pool, spec.Frontier, spec.Demand);
        ServingPoolRun run = Run(spec);
        ServingPoolState state = run.Begin();
        for (int i = 0; i < 2016; i++)
        {
            ((double)run.WantedGpus(ref state, 7 * 86400 + (i + 0.5) * 300)).ShouldBe(week.Moments[i].OnGpus, 72, $"moment {i}");
        }
    }

    [Fact]
    public void Demand_grows_from_the_first_day_and_begins_and_ends_with_the_pool()
    {
        ServingPoolRun run = Run(UserStageTests.Served(10_000) with { YearlyGrowthFraction = 1 }, Monday.AddDays(7), Monday.AddDays(379));
        ServingPoolState state = run.Begin();
        run.WantedGpus(ref state, 6.9 * 86400).ShouldBe(0);
        run.WantedGpus(ref state, 7 * 86400 + 30).ShouldBe(18 * 72);        // 100,000 streams · 1.15 / 6,480 = 17.7 racks
        // A year later twice as many: 35.5 racks, of which a growth of .002 in a day adds nothing.
        run.WantedGpus(ref state, (7 + 365.25) * 86400).ShouldBe(36 * 72);
        state.RequestsPerS.ShouldBe(20_000, 20);
        run.WantedGpus(ref state, 380.1 * 86400).ShouldBe(0);
    }

    [Fact]
    public void Requests_beyond_the_pool_wait_as_long_as_users_are_patient_and_are_lost_then()
    {
        ServingPoolRun run = Run(UserStageTests.Served(1000));
        ServingPoolState state = run.Begin();
        run.WantedGpus(ref state, 1000).ShouldBeGreaterThan(0);
        // One rack: 6,480 streams of 10 s serve 648 a second; 352 a second too many fill 30 s of 648 in 55 s.
        ServingPoolStep first = run.Advance(ref state, 72, 1, 60);
        first.ServedRatio.ShouldBe(648 * 60, 1e-6);
        first.LostRatio.ShouldBe(352 * 60 - 648 * 30, 1e-6);
        first.LateRatio.ShouldBe(1000 * 60 - first.LostRatio, 1e-6);
        first.BusyFraction.ShouldBe(1);
        run.Advance(ref state, 72, 1, 60).LostRatio.ShouldBe(352 * 60, 1e-6);
        // Enough GPUs again: what waited is answered first, nothing is lost.
        ServingPoolStep after = run.Advance(ref state, 144, 1, 60);
        after.ServedRatio.ShouldBe(60_000 + 19_440 - Math.Max(0, 60_000 + 19_440 - 1296 * 60), 1e-6);
        after.LostRatio.ShouldBe(0);
    }

    [Fact]
    public void A_pool_for_which_jobs_stop_asks_for_the_peak_of_half_a_day_and_keeps_it_until_it_is_past()
    {
        // The trough is at 8 h and the peak at 20 h: 0.6 and 1.4 of 300,000 streams, 15 % more, 6,480 a rack.
        ServedSpec spec = UserStageTests.Served(30_000, 1.4);
        ServingPoolRun run = Run(spec), lacking = Run(spec with { AskAheadS = 0 });
        ServingPoolState state = run.Begin(), other = lacking.Begin();
        int morning = run.WantedGpus(ref state, 8.5 * 3600);
        run.Ask(ref state).ShouldBe(75 * 72);                              // 1.4 · 300,000 · 1.15 / 6,480 = 74.5
        morning.ShouldBeLessThan(35 * 72);
        run.WantedGpus(ref state, 19 * 3600).ShouldBeInRange(73 * 72, 75 * 72);
        state.AskedGpus.ShouldBe(75 * 72);
        run.WantedGpus(ref state, 23 * 3600).ShouldBeLessThan(73 * 72);
        state.AskedGpus.ShouldBe(0);
        lacking.WantedGpus(ref other, 8.5 * 3600).ShouldBe(morning);
        lacking.Ask(ref other).ShouldBe(morning);
    }

    [Fact]
    public void Half_the_speed_serves_half_the_requests()
    {
        ServingPoolRun run = Run(UserStageTests.Served(1000));
        ServingPoolState state = run.Begin();
        run.WantedGpus(ref state, 1000);
        run.Advance(ref state, 72, 0.5, 60).ServedRatio.ShouldBe(324 * 60, 1e-6);
    }

    [Fact]
    public void Without_GPUs_all_requests_are_lost()
    {
        ServingPoolRun run = Run(UserStageTests.Served(1000));
        ServingPoolState state = run.Begin();
        run.WantedGpus(ref state, 1000);
        run.Advance(ref state, 0, 1, 60).ShouldBe(new ServingPoolStep(60_000, 0, 0, 60_000, 0, 0));
    }

    [Theory]
    [InlineData(100, 90)]
    [InlineData(1000, 970)]
    [InlineData(50_000, 49_700)]
    [InlineData(50_000, 49_990)]
    public void The_limit_of_many_servers_is_near_Erlangs_formula(int servers, double load)
    {
        ServingPoolQueueLimit.WaitsFraction(servers, load).ShouldBe(ServingPoolQueue.WaitsFraction(servers, load), 0.015);
        ServingPoolQueueLimit.WaitsLongerFraction(servers, load, 10, 1, 0.1).ShouldBe(ServingPoolQueue.WaitsLongerFraction(servers, load, 10, 1, 0.1), 0.015);
    }

    [Fact]
    public void Few_servers_take_Erlangs_formula_itself() =>
        ServingPoolQueueLimit.WaitsFraction(10, 8).ShouldBe(ServingPoolQueue.WaitsFraction(10, 8));
}
