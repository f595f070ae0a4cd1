using Gigawatt.Numerics;
using Gigawatt.Power.Adequacy;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Tests.Power.Adequacy;

public sealed class SequentialMonteCarloTests
{
    private const double Hour = 3600;

    private static readonly UnitGroup[] Small =
    [
        UnitGroup.TwoState("a", 3, 40, 0.1, 30 * Hour), UnitGroup.TwoState("b", 2, 25, 0.05, 50 * Hour),
        new UnitGroup("c", 2, 30, [new(30, 0.04, 40 * Hour), new(12, 0.1, 20 * Hour)]),
    ];

    [Fact]
    public void The_mean_of_the_years_is_the_exact_value()
    {
        double[] loads = [.. Enumerable.Range(0, 8760).Select(hour => 100 + 8.0 * (hour % 24) / 2)];
        AdequacyLoad load = new(loads);
        AdequacyIndices exact = AdequacyIndices.Of(OutageTable.Of(Small), load);
        AdequacyYear[] years = SequentialMonteCarlo.Run(Small, load, new() { Years = 1500, Seed = 3 });
        Holds(exact.LoleHPerYear, AnnualStatistic.Of([.. years.Select(year => year.LossH)]));
        Holds(exact.EensMwhPerYear, AnnualStatistic.Of([.. years.Select(year => year.UnservedMwh)]));
        Holds(exact.LossesPerYear, AnnualStatistic.Of([.. years.Select(year => (double)year.Losses)]));

        static void Holds(double expected, AnnualStatistic found)
        {
            found.StandardError.ShouldBeLessThan(0.02 * expected);
            Math.Abs(found.Mean - expected).ShouldBeLessThan(3 * found.StandardError);
        }
    }

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        AdequacyLoad load = AdequacyLoad.Constant(150);
        MonteCarloSpec spec = new() { Years = 1111, Seed = 5 };
        AdequacyYear[] one = SequentialMonteCarlo.Run(Small, load, spec, threads: 1);
        SequentialMonteCarlo.Run(Small, load, spec, threads: 3).ShouldBe(one);
        // and a longer run begins with the same years
        SequentialMonteCarlo.Run(Small, load, spec with { Years = 1200 }, threads: 2)[..1024].ShouldBe(one[..1024]);
    }

    [Fact]
    public void Years_cost_no_memory_beyond_their_results()
    {
        AdequacyLoad load = AdequacyLoad.Constant(150);
        SequentialMonteCarlo.Run(Small, load, new() { Years = 256 }, threads: 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        SequentialMonteCarlo.Run(Small, load, new() { Years = 256 }, threads: 1);
        long few = GC.GetAllocatedBytesForCurrentThread() - before;
        before = GC.GetAllocatedBytesForCurrentThread();
        SequentialMonteCarlo.Run(Small, load, new() { Years = 1280 }, threads: 1);
        long many = GC.GetAllocatedBytesForCurrentThread() - before;
        (many - few).ShouldBeLessThan(1024 * 24 + 4096);
    }

    [Fact]
    public void Years_need_durations() => Should.Throw<CaseException>(() => SequentialMonteCarlo.Run(
        [UnitGroup.TwoState("a", 1, 1, 0.1)], AdequacyLoad.Constant(1), new())).Problems[0].Path.ShouldBe("units[0]");

    [Fact]
    public void Bits_in_bulk_are_the_bits_of_single_draws()
    {
        Stream one = Stream.For(7, 2, "a", "b"), bulk = one;
        one.NextUniform().ShouldBe(bulk.NextUniform());
        ulong[] bits = new ulong[45];
        bulk.FillBits(bits);
        foreach (ulong drawn in bits) { ((drawn >> 11) * (1.0 / (1UL << 53))).ShouldBe(one.NextUniform()); }
        bulk.NextUniform().ShouldBe(one.NextUniform());
    }

    [Fact]
    public void Waiting_times_are_exponential()
    {
        WaitingTimes luck = new();
        luck.Begin(Stream.For(11, 0, "test", "waiting"));
        const int n = 1_000_000;
        double[] drawn = new double[n];
        for (int i = 0; i < n; i++) { drawn[i] = luck.Exponential(); }
        drawn.Average().ShouldBe(1, 3e-3);                              // three standard errors
        drawn.Average(x => x * x).ShouldBe(2, 3 * Math.Sqrt(20) / 1000);
        Array.Sort(drawn);
        double worst = 0;
        for (int i = 0; i < n; i += 7) { worst = Math.Max(worst, Math.Abs(1 - Elementary.Exp(-drawn[i]) - (i + 0.5) / n)); }
        worst.ShouldBeLessThan(1.63e-3);                                // Kolmogorov and Smirnov, 1 %: 1.63 / √n
        drawn[^1].ShouldBeGreaterThan(9);                               // the tail beyond 7.7 is there
    }
}
