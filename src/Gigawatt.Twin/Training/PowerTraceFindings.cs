using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>A level at which power often stands.</summary>
/// <param name="LevelMw">The level, per node.</param>
/// <param name="TimeFraction">Share of time near it.</param>
public readonly record struct PowerLevel(double LevelMw, double TimeFraction);

/// <summary>How far the wave made from a trace's own numbers is from the trace.</summary>
/// <param name="MeanRatio">Mean of the wave over that of the trace, less one.</param>
/// <param name="LowPercentileRatio">The same of the first percentile.</param>
/// <param name="MedianRatio">The same of the median.</param>
/// <param name="HighPercentileRatio">The same of the 99th percentile.</param>
/// <param name="DistributionFraction">Root mean square of the difference between both distributions, quantile by quantile, as a share of the mean.</param>
public readonly record struct TwinError(
    double MeanRatio, double LowPercentileRatio, double MedianRatio, double HighPercentileRatio, double DistributionFraction);

/// <summary>What a recording of power says of the job behind it, all powers per node.</summary>
/// <param name="MeanMw">Mean.</param>
/// <param name="LowPercentileMw">What 1 % of time is below.</param>
/// <param name="MedianMw">What half of time is below.</param>
/// <param name="HighPercentileMw">What 1 % of time is above.</param>
/// <param name="Levels">Levels from low to high.</param>
/// <param name="IdleMw">The lowest of three or more levels; absent otherwise.</param>
/// <param name="StallMw">The level between, or the lower of two; absent when there is one.</param>
/// <param name="ComputeMw">The highest level.</param>
/// <param name="ValleyMw">The level below the highest at which most time is spent: the valley of a step.</param>
/// <param name="PeriodS">Period of the wave; absent when there is none.</param>
/// <param name="RegularityFraction">Likeness of the wave to itself one period later; 1 for an exact repeat.</param>
/// <param name="DutyFraction">Share of time above the middle of valley and plateau, pauses left out.</param>
/// <param name="RiseS">Median time of a climb; where it is no longer than the sampling interval the truth is shorter still.</param>
/// <param name="FallS">Median time of a fall.</param>
/// <param name="SteepestMwPerS">Steepest change between two samples.</param>
/// <param name="Twin">Error of the wave made from these numbers.</param>
public sealed record PowerTraceFindings(
    double MeanMw, double LowPercentileMw, double MedianMw, double HighPercentileMw, IReadOnlyList<PowerLevel> Levels, double? IdleMw, double? StallMw,
    double ComputeMw, double ValleyMw, double? PeriodS, double RegularityFraction, double DutyFraction, double RiseS, double FallS, double SteepestMwPerS,
    TwinError Twin)
{
    private const int Bins = 120;
    private const int MostForPeriod = 8192;
    private const double LeastRegularity = 0.25;

    /// <summary>Looks a trace through.</summary>
    /// <remarks>
    /// Levels are the modes of a smoothed histogram of 120 bins that stand out from the dips between them by a third and hold 1 % of time. The period is the first
    /// peak of the autocorrelation that comes within 15 % of the highest, refined at its multiples; a trace is thinned until a period is found.
    /// </remarks>
    public static PowerTraceFindings Of(PowerTrace trace)
    {
        double[] wave = [.. trace.MeanMwPerNode];
        double[] sorted = [.. wave.Order()];
        List<PowerLevel> levels = LevelsOf(sorted);
        double highMw = levels[^1].LevelMw;
        PowerLevel valley = levels.Count > 1 ? levels.Take(levels.Count - 1).MaxBy(level => level.TimeFraction) : levels[^1];
        double lowMw = valley.LevelMw;
        double pauseMw = levels[0].LevelMw < lowMw ? (levels[0].LevelMw + lowMw) / 2 : double.NegativeInfinity;
        int inStep = wave.Count(mw => mw > pauseMw);
        double duty = highMw > lowMw ? (double)wave.Count(mw => mw > (highMw + lowMw) / 2) / inStep : 1;
        (double? periodS, double regularity) = Period(wave, trace.StepS);
        (double riseS, double fallS) = highMw > lowMw ? Edges(wave, trace.StepS, lowMw, highMw) : (0, 0);
        double steepest = 0;
        for (int i = 1; i < wave.Length; i++) { steepest = Math.Max(steepest, Math.Abs(wave[i] - wave[i - 1]) / trace.StepS); }
        double pauseShare = 1 - (double)inStep / wave.Length;
        double[] twin = TwinOf(wave.Length, trace.StepS, highMw, lowMw, duty, periodS, riseS, fallS, levels[0].LevelMw, pauseShare);
        return new PowerTraceFindings(
            wave.Average(), Q(sorted, 0.01), Q(sorted, 0.5), Q(sorted, 0.99), levels, levels.Count > 2 ? levels[0].LevelMw : null,
            levels.Count > 1 ? levels[levels.Count > 2 ? 1 : 0].LevelMw : null, highMw, lowMw, periodS, regularity, duty, riseS, fallS, steepest, Error(sorted, twin));
    }

    private static double Q(double[] sorted, double share) => StepTrace.Quantile(sorted, share);

    private static List<PowerLevel> LevelsOf(double[] sorted)
    {
        // A handful of stray samples must not coarsen the bins.
        double lowMw = Q(sorted, 0.002), rangeMw = Q(sorted, 0.998) - lowMw;
        if (rangeMw <= 1e-9 * sorted[^1]) { return [new PowerLevel(sorted[sorted.Length / 2], 1)]; }
        double[] counts = new double[Bins];
        foreach (double mw in sorted) { counts[(int)Math.Limit((mw - lowMw) / rangeMw * Bins, 0, Bins - 1)]++; }
        double[] smooth = counts;
        for (int pass = 0; pass < 3; pass++)
        {
            double[] from = smooth;
            smooth = [.. Enumerable.Range(0, Bins).Select(i => 0.25 * from[Math.Max(0, i - 1)] + 0.5 * from[i] + 0.25 * from[Math.Min(Bins - 1, i + 1)])];
        }
        List<int> peaks = [.. Enumerable.Range(0, Bins).Where(i => smooth[i] > 0 && (i == 0 || smooth[i] > smooth[i - 1]) && (i == Bins - 1 || smooth[i] >= smooth[i + 1]))];
        // Neighbours without a real dip between them are one level; so are levels that hold next to nothing.
        for (bool merged = true; merged && peaks.Count > 1;)
        {
            merged = false;
            for (int i = 1; i < peaks.Count && !merged; i++)
            {
                double dip = smooth[Lowest(smooth, peaks[i - 1], peaks[i])];
                double lesser = Math.Min(smooth[peaks[i]], smooth[peaks[i - 1]]);
                double held = Math.Min(Near(counts, peaks[i]), Near(counts, peaks[i - 1]));
                double between = Near(counts, Lowest(smooth, peaks[i - 1], peaks[i]));
                // A dip has to be deep, and deeper than chance makes it in counts.
                if (dip <= lesser * 2 / 3 && held - between >= 3 * Math.Sqrt(held)) { continue; }
                peaks.RemoveAt(smooth[peaks[i]] > smooth[peaks[i - 1]] ? i - 1 : i);
                merged = true;
            }
            for (int i = 0; i < peaks.Count && !merged && peaks.Count > 1; i++)
            {
                if (Near(counts, peaks[i]) >= 0.01 * sorted.Length) { continue; }
                peaks.RemoveAt(i);
                merged = true;
            }
        }
        List<PowerLevel> levels = [];
        for (int i = 0; i < peaks.Count; i++)
        {
            int from = i == 0 ? 0 : Lowest(smooth, peaks[i - 1], peaks[i]) + 1;
            int to = i == peaks.Count - 1 ? Bins - 1 : Lowest(smooth, peaks[i], peaks[i + 1]);
            double FromMw(int bin) => lowMw + rangeMw * bin / Bins;
            double[] close = [.. sorted.Where(mw => mw >= FromMw(peaks[i] - 4) && mw <= FromMw(peaks[i] + 5))];
            levels.Add(new PowerLevel(close[close.Length / 2], counts[from..(to + 1)].Sum() / sorted.Length));
        }
        return levels;
    }

    private static double Near(double[] counts, int peak) => counts[Math.Max(0, peak - 3)..Math.Min(Bins, peak + 4)].Sum();

    private static int Lowest(double[] smooth, int from, int to)
    {
        int lowest = from;
        for (int i = from; i <= to; i++) { lowest = smooth[i] < smooth[lowest] ? i : lowest; }
        return lowest;
    }

    private static (double? PeriodS, double Regularity) Period(double[] wave, double stepS)
    {
        for (int thin = 1; wave.Length / thin >= 64; thin *= 4)
        {
            double[] some = new double[Math.Min(MostForPeriod, wave.Length / thin)];
            for (int i = 0; i < some.Length; i++)
            {
                for (int j = 0; j < thin; j++) { some[i] += wave[i * thin + j] / thin; }
            }
            (double lag, double regularity) = BestLag(some);
            if (lag > 0) { return (lag * thin * stepS, regularity); }
            if (wave.Length / thin <= MostForPeriod) { break; }
        }
        return (null, 0);
    }

    private static (double Lag, double Regularity) BestLag(double[] wave)
    {
        double mean = wave.Average();
        double[] about = [.. wave.Select(mw => mw - mean)];
        double variance = about.Sum(mw => mw * mw) / about.Length;
        if (variance <= 1e-18 * mean * mean) { return (0, 0); }
        double[] likeness = new double[about.Length / 2];
        for (int lag = 0; lag < likeness.Length; lag++)
        {
            double sum = 0;
            for (int i = 0; i + lag < about.Length; i++) { sum += about[i] * about[i + lag]; }
            likeness[lag] = sum / (about.Length - lag) / variance;
        }
        int first = 1;
        while (first < likeness.Length && likeness[first] > 0) { first++; }
        bool IsPeak(int lag) => likeness[lag] >= likeness[lag - 1] && likeness[lag] > likeness[lag + 1];
        int[] peaks = [.. Enumerable.Range(1, Math.Max(0, likeness.Length - 2)).Where(lag => lag > first && IsPeak(lag))];
        if (peaks.Length == 0) { return (0, 0); }
        double highest = peaks.Max(lag => likeness[lag]);
        if (highest < LeastRegularity) { return (0, 0); }
        int best = peaks.First(lag => likeness[lag] >= 0.85 * highest);
        double period = Refined(likeness, best);
        for (int k = 2; k * period + 1 < likeness.Length; k++)
        {
            int near = (int)Math.Round(k * period);
            int reach = Math.Max(1, (int)(0.1 * period));
            int top = near;
            for (int lag = Math.Max(1, near - reach); lag <= Math.Min(likeness.Length - 2, near + reach); lag++) { top = likeness[lag] > likeness[top] ? lag : top; }
            if (top < 1 || top > likeness.Length - 2 || !IsPeak(top) || likeness[top] < 0.5 * likeness[best]) { break; }
            period = Refined(likeness, top) / k;
        }
        return (period, Math.Min(1, likeness[best]));
    }

    private static double Refined(double[] likeness, int peak)
    {
        double left = likeness[peak - 1], middle = likeness[peak], right = likeness[peak + 1];
        double curve = left - 2 * middle + right;
        return curve < 0 ? peak + Math.Limit(0.5 * (left - right) / curve, -0.5, 0.5) : peak;
    }

    // Times between 10 and 90 % of the height, over 0.8.
    private static (double RiseS, double FallS) Edges(double[] wave, double stepS, double lowMw, double highMw)
    {
        double tenthMw = lowMw + 0.1 * (highMw - lowMw), mostMw = lowMw + 0.9 * (highMw - lowMw);
        List<double> risesS = [], fallsS = [];
        double upAt = double.NaN, downAt = double.NaN;
        for (int i = 1; i < wave.Length; i++)
        {
            double before = wave[i - 1], now = wave[i];
            double At(double levelMw) => (i - 1 + (levelMw - before) / (now - before)) * stepS;
            if (before <= tenthMw && now > tenthMw) { upAt = At(tenthMw); }
            if (before < mostMw && now >= mostMw && double.IsFinite(upAt))
            {
                risesS.Add((At(mostMw) - upAt) / 0.8);
                upAt = double.NaN;
            }
            if (before >= mostMw && now < mostMw) { downAt = At(mostMw); }
            if (before > tenthMw && now <= tenthMw && double.IsFinite(downAt))
            {
                fallsS.Add((At(tenthMw) - downAt) / 0.8);
                downAt = double.NaN;
            }
        }
        return (Median(risesS), Median(fallsS));
    }

    private static double Median(List<double> values) => values.Count == 0 ? 0 : Q([.. values.Order()], 0.5);

    private static double[] TwinOf(
        int count, double stepS, double highMw, double lowMw, double duty, double? periodS, double riseS, double fallS, double pauseMw, double pauseShare)
    {
        double[] twin = new double[count];
        double lengthS = periodS ?? count * stepS;
        // An edge that is no longer than the sampling shows is none.
        if (riseS < 1.5 * stepS) { riseS = 0; }
        if (fallS < 1.5 * stepS) { fallS = 0; }
        double roomS = Math.Min(duty, 1 - duty) * lengthS * (1 - 1e-9);
        double shrink = riseS + fallS > 0 ? Math.Min(1, roomS / ((riseS + fallS) / 2)) : 1;
        StepWave shape = new(1, 0, duty, lengthS, riseS * shrink, fallS * shrink, 0);
        int paused = (int)(pauseShare * count);
        for (int i = 0; i < count; i++)
        {
            double sum = 0;
            for (int j = 0; j < 8; j++) { sum += shape.AtFraction((i + (j + 0.5) / 8) * stepS); }
            twin[i] = i < paused ? pauseMw : lowMw + (highMw - lowMw) * sum / 8;
        }
        Array.Sort(twin);
        return twin;
    }

    private static TwinError Error(double[] measured, double[] twin)
    {
        double mean = measured.Average(), square = 0;
        for (int i = 0; i < twin.Length; i++) { square += (twin[i] - measured[i]) * (twin[i] - measured[i]) / twin.Length; }
        double Ratio(double share) => Q(measured, share) is > 0 and var published ? Q(twin, share) / published - 1 : 0;
        return mean > 0
            ? new TwinError(twin.Average() / mean - 1, Ratio(0.01), Ratio(0.5), Ratio(0.99), Math.Sqrt(square) / mean)
            : default;
    }
}
