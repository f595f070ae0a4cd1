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

/// <summary>Years of failures and repairs against a load, in the order of time.</summary>
/// <remarks>
/// Up and repair times are exponential. Every year begins as the long run would have it, so years are independent and the standard error is that of
/// independent values. Every 64 years have a stream of their own, so the number of threads changes nothing. The outages of a year are drawn unit by
/// unit (<see cref="OutageYear"/>); only where their sum over some hours is more than the reserve are they brought into the order of time. Hours of
/// shortage are measured between the exact times of events and hours of load. Not modelled: other distributions of repair, planned maintenance,
/// common causes, start-up times.
/// </remarks>
public static class SequentialMonteCarlo
{
    private const int YearsPerBlock = 64;
    private const int HoursOfDay = 24;
    private const int BlocksBetween = 5;

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
        AdequacyYear[] years = new AdequacyYear[spec.Years];
        int blocks = (spec.Years + YearsPerBlock - 1) / YearsPerBlock;
        if (threads == 1 || blocks == 1)
        {
            Worker worker = new(groups, load);
            for (int block = 0; block < blocks; block++) { worker.Block(spec.Seed, block, years); }
            return years;
        }
        Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount }, () => new Worker(groups, load), (block, _, worker) =>
        {
            worker.Block(spec.Seed, block, years);
            return worker;
        }, _ => { });
        return years;
    }

    /// <summary>What one year of outages does to the load, from the hours in which there may be a shortage.</summary>
    internal static AdequacyYear Settled(OutageYear year, AdequacyLoad load, ReadOnlySpan<int> doubtful, Chronology events)
    {
        Tally tally = new();
        for (int i = 0; i < doubtful.Length;)
        {
            // What is near is settled in one go: hours between are looked at too, and found without a shortage.
            int first = doubtful[i], last = first;
            for (i++; i < doubtful.Length && doubtful[i] - last <= BlocksBetween; i++) { last = doubtful[i]; }
            double fromH = first * OutageYear.HoursPerBlock, toH = Math.Min((last + 1) * OutageYear.HoursPerBlock, load.Hours);
            double capacityMw = events.Fill(year, fromH, toH);
            // The year follows one like itself: a shortage that the last hour would have had too does not begin here.
            tally.IsShort = first == 0 && capacityMw < load.HourlyMw[^1] - OutageTable.ToleranceMw;
            for (int k = 0; k < events.Count; k++)
            {
                // What happens at the same moment happens at once.
                if (events.TimesH[k] > fromH) { Shortage(load, capacityMw, fromH, events.TimesH[k], ref tally); }
                fromH = events.TimesH[k];
                capacityMw += events.GainsMw[k];
            }
            Shortage(load, capacityMw, fromH, toH, ref tally);
        }
        return new(tally.LossH, tally.UnservedMwh, tally.Losses);
    }

    // What a thread needs for itself.
    private sealed class Worker(IReadOnlyList<UnitGroup> groups, AdequacyLoad load)
    {
        private readonly OutageYear year = new(groups, load);
        private readonly WaitingTimes luck = new();
        private readonly Chronology events = new();

        public void Block(long seed, int block, AdequacyYear[] years)
        {
            luck.Begin(Stream.For(seed, block, "adequacy", "outages"), Stream.For(seed, block, "adequacy", "rest"));
            int end = Math.Min(years.Length, (block + 1) * YearsPerBlock);
            for (int i = block * YearsPerBlock; i < end; i++) { years[i] = Settled(year, load, year.Draw(luck), events); }
        }
    }

    /// <summary>Beginnings and ends of outages in the order of time.</summary>
    internal sealed class Chronology
    {
        private double[] timesH = new double[64];
        private double[] gainsMw = new double[64];

        /// <summary>How many there are.</summary>
        public int Count { get; private set; }

        /// <summary>When each happens.</summary>
        public ReadOnlySpan<double> TimesH => timesH.AsSpan(0, Count);

        /// <summary>What each adds to the capacity.</summary>
        public ReadOnlySpan<double> GainsMw => gainsMw.AsSpan(0, Count);

        /// <summary>Takes what happens after one moment and before another; returns the capacity at the first.</summary>
        public double Fill(OutageYear year, double fromH, double toH)
        {
            double capacityMw = year.InstalledMw;
            int count = 0;
            foreach (ref readonly Outage outage in year.Outages)
            {
                // One comparison of both: whether an outage begins before is as good as chance, but hardly any holds both.
                if (!((outage.StartH < toH) & (outage.EndH > fromH))) { continue; }
                if (count + 2 > timesH.Length)
                {
                    Array.Resize(ref timesH, 2 * timesH.Length);
                    Array.Resize(ref gainsMw, 2 * gainsMw.Length);
                }
                if (outage.StartH <= fromH) { capacityMw -= outage.OutMw; }
                else { (timesH[count], gainsMw[count++]) = (outage.StartH, -outage.OutMw); }
                if (outage.EndH < toH) { (timesH[count], gainsMw[count++]) = (outage.EndH, outage.OutMw); }
            }
            Count = count;
            timesH.AsSpan(0, count).Sort(gainsMw.AsSpan(0, count));
            return capacityMw;
        }
    }

    private struct Tally
    {
        public double LossH;
        public double UnservedMwh;
        public int Losses;
        public bool IsShort;
    }

    private static void Shortage(AdequacyLoad load, double capacityMw, double from, double to, ref Tally tally)
    {
        ReadOnlySpan<double> hourly = load.HourlyMw, daily = load.DailyPeakMw;
        double carriedMw = capacityMw + OutageTable.ToleranceMw;
        int end = Math.Min((int)Math.Ceiling(to), hourly.Length);
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
