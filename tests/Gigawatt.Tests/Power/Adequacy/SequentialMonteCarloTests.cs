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

    [Theory]
    [InlineData(50)]
    [InlineData(120)]
    [InlineData(170)]
    [InlineData(400)]
    public void A_look_at_every_hour_finds_the_same_years_to_the_bit(double peakMw)
    {
        AdequacyLoad load = new([.. Enumerable.Range(0, 1000).Select(hour => peakMw * (0.6 + 0.4 * (hour % 24) / 23) * (0.8 + 0.2 * (hour / 168 % 2)))]);
        OutageYear year = new(Small, load);
        int[] all = OutageYear.AllBlocks(load);
        SequentialMonteCarlo.Chronology events = new();
        WaitingTimes luck = Luck(17);
        int looked = 0;
        for (int i = 0; i < 400; i++)
        {
            ReadOnlySpan<int> doubtful = year.Draw(luck);
            looked += doubtful.Length;
            SequentialMonteCarlo.Settled(year, load, doubtful, events).ShouldBe(SequentialMonteCarlo.Settled(year, load, all, events));
        }
        // Of 230 MW 50 are never missed, and 400 are never there.
        looked.ShouldBeInRange(peakMw == 400 ? 400 * all.Length : 0, peakMw == 50 ? 4 * all.Length : 400 * all.Length);
    }

    [Fact]
    public void Hours_of_shortage_are_those_that_the_list_of_outages_leaves_uncovered()
    {
        AdequacyLoad load = AdequacyLoad.Constant(190);
        OutageYear year = new(Small, load);
        SequentialMonteCarlo.Chronology events = new();
        WaitingTimes luck = Luck(23);
        for (int i = 0; i < 20; i++)
        {
            AdequacyYear found = SequentialMonteCarlo.Settled(year, load, year.Draw(luck), events);
            Outage[] outages = year.Outages.ToArray();
            double[] moments = [0, .. outages.SelectMany(one => new[] { one.StartH, one.EndH }).Where(h => h is > 0 and < 8760).Order(), 8760];
            double lossH = 0, unservedMwh = 0;
            for (int k = 1; k < moments.Length; k++)
            {
                double middleH = (moments[k - 1] + moments[k]) / 2, lengthH = moments[k] - moments[k - 1];
                double shortMw = 190 - (230 - outages.Where(one => one.StartH <= middleH && middleH < one.EndH).Sum(one => one.OutMw));
                lossH += shortMw > 0 ? lengthH : 0;
                unservedMwh += shortMw > 0 ? lengthH * shortMw : 0;
            }
            found.LossH.ShouldBe(lossH, 1e-6);
            found.UnservedMwh.ShouldBe(unservedMwh, 1e-4);
        }
    }

    [Fact]
    public void Outages_come_as_often_and_stay_as_long_as_the_units_say()
    {
        AdequacyLoad load = new(new double[240]);
        OutageYear year = new(Small, load);
        WaitingTimes luck = Luck(29);
        const int n = 20_000;
        // Units a: 3 with 10 % and 30 h; the full outage of c: 2 with 4 % and 40 h; its derating: 2 with 10 % and 20 h. 10 days each.
        foreach ((double outMw, double units, double fraction, double hours) in new[] { (40, 3, 0.1, 30), (30, 2, 0.04, 40), (12.0, 2.0, 0.1, 20.0) })
        {
            double[] outH = new double[n], begun = new double[n], first = new double[n], last = new double[n];
            for (int i = 0; i < n; i++)
            {
                year.Draw(luck);
                foreach (Outage one in year.Outages)
                {
                    if (one.OutMw != outMw) { continue; }
                    outH[i] += one.EndH - one.StartH;
                    begun[i] += one.StartH > 0 ? 1 : 0;
                    first[i] += one.StartH == 0 ? 1 : 0;
                    last[i] += one.EndH == 240 ? 1 : 0;
                }
            }
            Holds(units * fraction * 240, outH);
            Holds(units * fraction / hours * 240, begun);
            Holds(units * fraction, first);
            Holds(units * fraction, last);
        }

        static void Holds(double expected, double[] found)
        {
            AnnualStatistic years = AnnualStatistic.Of(found);
            Math.Abs(years.Mean - expected).ShouldBeLessThan(3.5 * years.StandardError);
        }
    }

    [Fact]
    public void Years_are_the_same_on_every_machine()
    {
        AdequacyYear[] years = SequentialMonteCarlo.Run(Small, AdequacyLoad.Constant(190), new() { Years = 300, Seed = 7 });
        double lossH = 0, unservedMwh = 0;
        foreach (AdequacyYear year in years) { (lossH, unservedMwh) = (lossH + year.LossH, unservedMwh + year.UnservedMwh); }
        // To the last bit: exact comparisons.
        lossH.ShouldBe(328632.1755220579);
        unservedMwh.ShouldBe(8854214.801718703);
        years.Sum(year => year.Losses).ShouldBe(18977);
    }

    [Fact]
    public void Units_that_never_fail_or_never_run_are_no_trouble()
    {
        UnitGroup[] never = [UnitGroup.TwoState("sound", 2, 100, 0, 10 * Hour), new UnitGroup("perfect", 1, 50, []), UnitGroup.TwoState("lost", 1, 30, 1, 10 * Hour)];
        AdequacyYear[] years = SequentialMonteCarlo.Run(never, AdequacyLoad.Constant(260), new() { Years = 3 });
        foreach (AdequacyYear year in years)
        {
            year.LossH.ShouldBe(8760, 1e-6);
            year.UnservedMwh.ShouldBe(87_600, 1e-4);
            year.Losses.ShouldBe(0);
        }
        SequentialMonteCarlo.Run(never, AdequacyLoad.Constant(250), new() { Years = 3 }).Sum(year => year.LossH).ShouldBe(0);
    }

    private static WaitingTimes Luck(long seed)
    {
        WaitingTimes luck = new();
        luck.Begin(Stream.For(seed, 0, "test", "outages"), Stream.For(seed, 0, "test", "rest"));
        return luck;
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
        luck.Begin(Stream.For(11, 0, "test", "waiting"), Stream.For(11, 0, "test", "rest"));
        const int n = 1_000_000;
        double[] drawn = new double[n];
        for (int i = 0; i < n; i++) { drawn[i] = luck.Next(); }
        drawn.Average().ShouldBe(1, 3e-3);                              // three standard errors
        drawn.Average(x => x * x).ShouldBe(2, 3 * Math.Sqrt(20) / 1000);
        Array.Sort(drawn);
        double worst = 0;
        for (int i = 0; i < n; i += 7) { worst = Math.Max(worst, Math.Abs(1 - Elementary.Exp(-drawn[i]) - (i + 0.5) / n)); }
        worst.ShouldBeLessThan(1.63e-3);                                // Kolmogorov and Smirnov, 1 %: 1.63 / √n
        drawn[^1].ShouldBeGreaterThan(9);                               // the tail beyond 7.7 is there
    }
}
