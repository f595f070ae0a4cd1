using System.Runtime.CompilerServices;
using Gigawatt.Numerics;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Power.Adequacy;

/// <summary>How many years to simulate, and from which seed.</summary>
public sealed record MonteCarloSpec
{
    /// <summary>Years to simulate.</summary>
    [Default(Grade.E, "assumption: enough for ±1 % (one standard error) where hours of shortage vary by twice their mean")]
    public int Years { get; init => field = Check.AtLeastOne(value); } = 40_000;

    /// <summary>Seed of the chance.</summary>
    [Default(Grade.E, "assumption: any number will do; another gives another sample")]
    public long Seed { get; init; } = 1;
}

/// <summary>What one simulated year brought.</summary>
/// <param name="LossH">Hours of shortage.</param>
/// <param name="UnservedMwh">Energy not served.</param>
/// <param name="Losses">Shortages that began.</param>
public readonly record struct AdequacyYear(double LossH, double UnservedMwh, int Losses);

/// <summary>A mean of simulated years with what it is worth.</summary>
/// <param name="Mean">Mean of the years.</param>
/// <param name="StandardError">Standard deviation of the years, divided by the root of their number.</param>
/// <param name="P05">What one year in twenty stays below.</param>
/// <param name="P50">What every second year stays below.</param>
/// <param name="P95">What nineteen years in twenty stay below.</param>
public readonly record struct AnnualStatistic(double Mean, double StandardError, double P05, double P50, double P95)
{
    /// <summary>The statistic of values of years.</summary>
    public static AnnualStatistic Of(ReadOnlySpan<double> values)
    {
        double sum = 0, squares = 0;
        foreach (double value in values) { sum += value; }
        double mean = sum / values.Length;
        foreach (double value in values) { squares += (value - mean) * (value - mean); }
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        double At(double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
        return new(mean, values.Length > 1 ? Math.Sqrt(squares / (values.Length - 1) / values.Length) : double.NaN, At(0.05), At(0.5), At(0.95));
    }
}

/// <summary>Years of failures and repairs against a load, one event after the other.</summary>
/// <remarks>
/// Up and repair times are exponential. Every year begins as the long run would have it, so years are independent and the standard error is that of
/// independent values. Every 64 years have a stream of their own, so the number of threads changes nothing. Hours of shortage are measured between
/// the exact times of events and hours of load; only while capacity is below the year's peak is the load looked at, day by day through the day's
/// peak, then hour by hour. Not modelled: other distributions of repair, planned maintenance, common causes, start-up times.
/// </remarks>
public static class SequentialMonteCarlo
{
    private const int YearsPerBlock = 256;
    private const int LanesPerBlock = 4;
    private const int HoursOfDay = 24;

    /// <summary>Simulates years; the same years in the same order for any number of threads.</summary>
    /// <param name="groups">The units, all with known durations and without common cause.</param>
    /// <param name="load">The load.</param>
    /// <param name="spec">How many years, and the seed.</param>
    /// <param name="threads">Threads to use; null for one per core.</param>
    /// <exception cref="CaseException">The units do not say how long their outages last, or have a common cause.</exception>
    public static AdequacyYear[] Run(IReadOnlyList<UnitGroup> groups, AdequacyLoad load, MonteCarloSpec spec, int? threads = null)
    {
        CaseProblem[] problems = [.. groups.Select((group, i) => (group, i)).Where(one => !one.group.HasDurations || one.group.CommonCauseFraction > 0)
            .Select(one => one.group.HasDurations
                ? new CaseProblem($"units[{one.i}].common_cause", "no common cause where years are simulated (leave out monte_carlo, or the common cause)", $"{one.group.CommonCauseFraction * 100} %")
                : new CaseProblem($"units[{one.i}]", "mttf and mttr, and a mean_duration of derated states, where years are simulated (or leave out monte_carlo)", "a share of time without a duration"))];
        if (problems.Length > 0) { throw new CaseException(problems); }
        OutageChain chain = new(groups);
        AdequacyYear[] years = new AdequacyYear[spec.Years];
        int blocks = (spec.Years + YearsPerBlock - 1) / YearsPerBlock;
        if (threads == 1 || blocks == 1)
        {
            Lane[] lanes = Lanes(chain, load);
            for (int block = 0; block < blocks; block++) { Block(chain, load, spec.Seed, block, years, lanes); }
            return years;
        }
        Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount }, () => Lanes(chain, load), (block, _, lanes) =>
        {
            Block(chain, load, spec.Seed, block, years, lanes);
            return lanes;
        }, _ => { });
        return years;
    }

    // One of the years that a thread works on in turns: while one waits for its arithmetic, the processor goes on with another.
    private sealed class Lane(OutageChain chain, AdequacyLoad load)
    {
        public readonly double[] Sums = new double[chain.Width];
        public readonly WaitingTimes Luck = new();
        public readonly double PeakMw = load.PeakMw - OutageTable.ToleranceMw;
        public Tally Tally;
        public double CapacityMw;
        public double NowH;
        public int Year;
        public int EndYear;
    }

    private struct Tally
    {
        public double LossH;
        public double UnservedMwh;
        public int Losses;
        public bool IsShort;
    }

    private static Lane[] Lanes(OutageChain chain, AdequacyLoad load) => [.. Enumerable.Range(0, LanesPerBlock).Select(_ => new Lane(chain, load))];

    private static void Block(OutageChain chain, AdequacyLoad load, long seed, int block, AdequacyYear[] years, Lane[] lanes)
    {
        const int each = YearsPerBlock / LanesPerBlock;
        for (int i = 0; i < LanesPerBlock; i++)
        {
            Lane lane = lanes[i];
            lane.Luck.Begin(Stream.For(seed, block * LanesPerBlock + i, "adequacy", "outages"));
            lane.Year = Math.Min(years.Length, block * YearsPerBlock + i * each);
            lane.EndYear = Math.Min(years.Length, lane.Year + each);
            if (lane.Year < lane.EndYear) { Begin(chain, load, lane); }
        }
        Lane a = lanes[0], b = lanes[1], c = lanes[2], d = lanes[3];
        while (a.Year < a.EndYear && b.Year < b.EndYear && c.Year < c.EndYear && d.Year < d.EndYear)
        {
            Next(chain, load, a, years);
            Next(chain, load, b, years);
            Next(chain, load, c, years);
            Next(chain, load, d, years);
        }
        foreach (Lane lane in lanes)
        {
            while (lane.Year < lane.EndYear) { Next(chain, load, lane, years); }
        }
    }

    private static void Begin(OutageChain chain, AdequacyLoad load, Lane lane)
    {
        lane.CapacityMw = chain.Begin(lane.Luck, lane.Sums);
        lane.NowH = 0;
        // The year follows one like itself: a shortage that the last hour would have had too does not begin here.
        lane.Tally = new() { IsShort = lane.CapacityMw < load.HourlyMw[^1] - OutageTable.ToleranceMw };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Next(OutageChain chain, AdequacyLoad load, Lane lane, AdequacyYear[] years)
    {
        double[] sums = lane.Sums;
        double next = lane.NowH + lane.Luck.Exponential() / sums[^1];
        if (lane.CapacityMw < lane.PeakMw) { Shortage(load, lane.CapacityMw, lane.NowH, Math.Min(next, load.Hours), ref lane.Tally); }
        else { lane.Tally.IsShort = false; }
        if (next < load.Hours)
        {
            lane.CapacityMw += chain.Happen(chain.Pick(lane.Luck.Uniform(), sums), sums);
            lane.NowH = next;
            return;
        }
        years[lane.Year++] = new(lane.Tally.LossH, lane.Tally.UnservedMwh, lane.Tally.Losses);
        if (lane.Year < lane.EndYear) { Begin(chain, load, lane); }
    }

    private static void Shortage(AdequacyLoad load, double capacityMw, double from, double to, ref Tally tally)
    {
        ReadOnlySpan<double> hourly = load.HourlyMw, daily = load.DailyPeakMw;
        double carriedMw = capacityMw + OutageTable.ToleranceMw;
        int end = Math.Min((int)to + 1, hourly.Length);
        for (int hour = (int)from; hour < end;)
        {
            int day = hour / HoursOfDay, dayEnd = Math.Min((day + 1) * HoursOfDay, end);
            if (daily[day] <= carriedMw)
            {
                tally.IsShort = false;
                hour = dayEnd;
                continue;
            }
            for (; hour < dayEnd; hour++)
            {
                double length = Math.Min(hour + 1, to) - Math.Max(hour, from);
                if (length <= 0) { continue; }
                if (hourly[hour] <= carriedMw)
                {
                    tally.IsShort = false;
                    continue;
                }
                tally.Losses += tally.IsShort ? 0 : 1;
                tally.IsShort = true;
                tally.LossH += length;
                tally.UnservedMwh += length * (hourly[hour] - capacityMw);
            }
        }
    }
}
