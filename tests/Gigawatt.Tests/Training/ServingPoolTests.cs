using FsCheck.Fluent;
using Gigawatt.Training;

namespace Gigawatt.Tests.Training;

public sealed class ServingPoolTests
{
    // 10 tokens/s for each user; a GPU carries 900/(9 x 10) = 10 streams, a replica of 10 GPUs 100.
    private static readonly ServingFrontierSpec Frontier = ServingFrontierTests.Of((10, 900), (40, 250));
    private static readonly ServingPoolSpec Pool = new() { Gpus = 200, ReplicaGpus = 10, InteractivityPerS = 10 };

    // 100 tokens out at 10 tokens/s hold a stream for 10 s; 2 turns.
    private static ServingDemandSpec Demand(double sessionsPerS) => new() { SessionsPerS = sessionsPerS, TurnsRatio = 2, InputTokensRatio = 800, OutputTokensRatio = 100 };

    [Fact]
    public void Erlang_by_hand()
    {
        ServingPoolQueue.BlockedFraction(1, 1).ShouldBe(0.5, 1e-15);
        ServingPoolQueue.BlockedFraction(2, 1).ShouldBe(0.2, 1e-15);              // (1/2)/(1 + 1 + 1/2)
        ServingPoolQueue.WaitsFraction(2, 1).ShouldBe(1.0 / 3, 1e-15);
        ServingPoolQueue.WaitsFraction(1, 0.8).ShouldBe(0.8, 1e-15);              // one server: its load
        ServingPoolQueue.MeanWaitS(1, 0.8, 5).ShouldBe(0.8 / 0.2 * 5, 1e-12);     // M/M/1
        ServingPoolQueue.MeanWaitS(1, 0.8, 5, 0).ShouldBe(0.8 / 0.2 * 5 / 2, 1e-12);   // M/D/1: half of it
        ServingPoolQueue.MeanWaitS(2, 1, 6).ShouldBe(2, 1e-12);                   // C/(c - a) x 6 s
        ServingPoolQueue.MeanWaitS(2, 2, 6).ShouldBe(double.PositiveInfinity);
        ServingPoolQueue.WaitsFraction(2, 3).ShouldBe(1);
    }

    [Theory]
    [InlineData(2000, 1900)]
    [InlineData(1900, 2000)]
    [InlineData(50_000, 49_500)]
    [InlineData(300, 2000)]
    public void The_short_recursion_gives_what_the_whole_one_gives(int servers, double load)
    {
        double whole = 1;
        for (int n = 1; n <= servers; n++) { whole = load * whole / (n + load * whole); }
        ServingPoolQueue.BlockedFraction(servers, load).ShouldBe(whole, 1e-12 * whole);
    }

    [Fact]
    public void The_fewest_servers_are_the_fewest() => Prop.ForAll(Gen.Choose(1, 3000).ToArbitrary(), tenths =>
    {
        double load = tenths / 10.0;
        int servers = ServingPoolQueue.ServersNeeded(load, 10, 1, 1, 0.01);
        return servers > load
            && ServingPoolQueue.WaitsLongerFraction(servers, load, 10, 1, 1) <= 0.01
            && (servers - 1 <= load || ServingPoolQueue.WaitsLongerFraction(servers - 1, load, 10, 1, 1) > 0.01);
    }).HoldsInAnyCase(60);

    [Fact]
    public void A_level_demand_takes_the_same_gpus_all_week()
    {
        ServingDemandSpec demand = Demand(40) with { DayPeakRatio = 1 };
        // 80 requests a second x 10 s = 800 streams; with the queue and 15 % headroom 10 replicas of 100.
        int servers = ServingPoolQueue.ServersNeeded(800, 10, 1, 1, 0.01);
        int gpus = (int)Math.Ceiling(servers * 1.15 / 100) * 10;
        ServingWeek week = ServingPool.Week(Pool, Frontier, demand);
        ServingPool.Streams(Pool, Frontier, demand).ShouldBe(100);
        week.NeededGpus.ShouldBe(gpus);
        week.Moments.ShouldAllBe(at => at.OnGpus == gpus);
        week.OnFraction.ShouldBe(800.0 / (gpus * 10), 1e-12);
        week.PoolFraction.ShouldBe(800.0 / 2000, 1e-12);
        week.FreeGpuS.ShouldBe((200.0 - gpus) * 604800, 1e-3);
        week.TokensRatio.ShouldBe(80 * 900.0 * 604800, 1);
        // Full GPUs draw all of it, idle ones 30 %.
        week.EnergyMwh.ShouldBe(0.002 * 168 * (80 + 0.3 * (gpus - 80)), 1e-6);
        week.IsStable.ShouldBeTrue();
        week.OverloadedS.ShouldBe(0);
    }

    [Fact]
    public void Demand_above_the_pool_grows_a_queue_by_so_much()
    {
        // 240 requests a second come, 20 replicas x 100 streams/10 s = 200 are served: 40 more wait each second, 24.2 million in a week.
        ServingWeek week = ServingPool.Week(Pool, Frontier, Demand(120) with { DayPeakRatio = 1 });
        week.IsStable.ShouldBeFalse();
        week.GrowthPerS.ShouldBe(40, 1e-9);
        week.OverloadedS.ShouldBe(604800);
        week.NeededGpus.ShouldBeGreaterThan(240);
        week.WorstQueueRatio.ShouldBe(2 * 40.0 * 604800, 1);
        week.OnFraction.ShouldBe(1, 1e-12);
    }

    [Fact]
    public void An_evening_above_the_pool_is_worked_off_at_night()
    {
        ServingWeek week = ServingPool.Week(Pool, Frontier, Demand(90) with { DayPeakRatio = 1.4 });
        week.IsStable.ShouldBeTrue();
        week.WorstQueueRatio.ShouldBeGreaterThan(100_000);
        week.WorstWaitS.ShouldBe(week.WorstQueueRatio / 200, 0.05 * week.WorstQueueRatio / 200);
        // What came was served, sooner or later.
        week.TokensRatio.ShouldBe(week.Moments.Sum(at => at.RequestsPerS * 300) * 900, 1);
    }

    [Fact]
    public void A_slow_start_misses_an_event()
    {
        ServingDemandSpec demand = Demand(20) with { Events = [new() { Name = "launch", AtS = 36_000, DurationS = 7200, RiseFactor = 2 }] };
        ServingWeek quick = ServingPool.Week(Pool with { StartS = 0 }, Frontier, demand), slow = ServingPool.Week(Pool with { StartS = 1800 }, Frontier, demand);
        quick.OverloadedS.ShouldBe(0);
        slow.OverloadedS.ShouldBeInRange(300, 1800);
        slow.WorstWaitS.ShouldBeGreaterThan(quick.WorstWaitS);
        ServingPoolDemand.SessionsPerS(demand, 40_000).ShouldBe(2 * ServingPoolDemand.SessionsPerS(demand with { Events = [] }, 40_000), 1e-12);
    }

    [Fact]
    public void The_week_keeps_its_mean_and_Little_counts_the_sessions()
    {
        ServingDemandSpec demand = Demand(50) with { HourlyFactor = [.. Enumerable.Range(0, 24).Select(hour => hour < 12 ? 1.0 : 3)], WeeklyFactor = [1, 1, 1, 1, 1, 2, 2] };
        double[] rates = [.. Enumerable.Range(0, 2016).Select(i => ServingPoolDemand.SessionsPerS(demand, (i + 0.5) * 300))];
        rates.Average().ShouldBe(50, 1e-9);
        ServingPoolDemand.SessionsPerS(demand, 604800 + 9000).ShouldBe(ServingPoolDemand.SessionsPerS(demand, 9000), 1e-9);
        ServingPoolDemand.OpenSessionsRatio(demand, 50).ShouldBe(30_000);
        ServingPoolDemand.TokensPerS(demand, 50).ShouldBe(90_000);
    }

    [Fact]
    public void The_same_input_gives_the_same_week() =>
        ServingPool.Week(Pool, Frontier, Demand(60)).Moments.ShouldBe(ServingPool.Week(Pool, Frontier, Demand(60)).Moments);
}
