namespace Gigawatt.Store;

/// <summary>A column day by day. Step i belongs to the UTC day in which it begins.</summary>
/// <param name="First">Date of the first value.</param>
/// <param name="Mean">Mean of the finite samples of each day; not a number where there is none.</param>
/// <param name="Min">Lowest of each day; not a number where there is none.</param>
/// <param name="Max">Highest of each day; not a number where there is none.</param>
public sealed record DailyValues(DateOnly First, double[] Mean, double[] Min, double[] Max);

/// <summary>Daily values while they are being added up.</summary>
internal sealed class DayTotals
{
    private readonly double[] sums;
    private readonly double[] lowest;
    private readonly double[] highest;
    private readonly long[] counts;

    public DayTotals(int days)
    {
        sums = new double[days];
        lowest = new double[days];
        highest = new double[days];
        counts = new long[days];
        Array.Fill(lowest, double.NaN);
        Array.Fill(highest, double.NaN);
    }

    /// <summary>Adds finite samples to a day.</summary>
    public void Add(int day, double min, double max, double sum, int count)
    {
        lowest[day] = lowest[day] <= min ? lowest[day] : min;
        highest[day] = highest[day] >= max ? highest[day] : max;
        sums[day] += sum;
        counts[day] += count;
    }

    public DailyValues Close(DateOnly first)
    {
        for (int day = 0; day < sums.Length; day++) { sums[day] /= counts[day]; }
        return new DailyValues(first, sums, lowest, highest);
    }
}
