namespace Gigawatt.Weather;

/// <summary>A curve of 365 daily means through the year that keeps twelve given monthly means.</summary>
/// <remarks>
/// Straight between mid-month points, December joined to January; the points are moved by each month's error until the
/// error is gone. Not modelled: leap days.
/// </remarks>
internal static class DailyMeans
{
    /// <summary>Days of a common year.</summary>
    public const int Days = 365;

    private const int Rounds = 60;      // the error shrinks about threefold a round
    private static readonly int[] FirstDay = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, Days];

    /// <summary>Month (0 to 11) of a day of the year (0 to 364).</summary>
    public static int MonthOf(int day)
    {
        int month = 0;
        while (day >= FirstDay[month + 1]) { month++; }
        return month;
    }

    /// <summary>The curve whose average over each month is the month's mean.</summary>
    public static double[] Through(ReadOnlySpan<double> monthlyMeans)
    {
        double[] points = monthlyMeans.ToArray();
        double[] curve = new double[Days];
        for (int round = 0; round < Rounds; round++)
        {
            Draw(points, curve);
            for (int month = 0; month < 12; month++) { points[month] += monthlyMeans[month] - MeanOf(curve, month); }
        }
        Draw(points, curve);
        return curve;
    }

    /// <summary>A month's standard deviation without the curve's own change; at least half of it.</summary>
    public static double DeviationBesideTrend(double[] curve, int month, double deviation)
    {
        double mean = MeanOf(curve, month);
        double sum = 0;
        for (int day = FirstDay[month]; day < FirstDay[month + 1]; day++)
        {
            sum += (curve[day] - mean) * (curve[day] - mean);
        }
        double left = deviation * deviation - sum / (FirstDay[month + 1] - FirstDay[month]);
        return Math.Max(deviation / 2, Math.Sqrt(Math.Max(0, left)));
    }

    private static double MeanOf(double[] curve, int month) =>
        curve.AsSpan(FirstDay[month]..FirstDay[month + 1]).ToArray().Average();

    private static double MiddleOf(int month) => (FirstDay[month] + FirstDay[month + 1]) / 2.0;

    private static void Draw(double[] points, double[] curve)
    {
        for (int day = 0; day < Days; day++)
        {
            double noon = day + 0.5;
            int month = MonthOf(day);
            int before = noon < MiddleOf(month) ? month - 1 : month;
            double from = before < 0 ? MiddleOf(11) - Days : MiddleOf(before);
            double to = before == 11 ? MiddleOf(0) + Days : MiddleOf(before + 1);
            double start = points[(before + 12) % 12];
            double end = points[(before + 1) % 12];
            curve[day] = start + (end - start) * (noon - from) / (to - from);
        }
    }
}
