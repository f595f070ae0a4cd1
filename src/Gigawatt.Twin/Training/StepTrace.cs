using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>A job's own log of its steps, and what it says of period, jitter and pauses.</summary>
/// <remarks>
/// Lines under a header <c>step, duration_s</c> (time of each step) or <c>step, time_s</c> (moment at its end). A step that took half as long again as the median
/// holds a pause; their usual distance is the cadence of the pauses, what they took beyond the median its length.
/// </remarks>
/// <param name="Steps">Steps with a time.</param>
/// <param name="Missing">Step numbers left out and bridged: their time is shared evenly.</param>
/// <param name="PeriodS">Median time of a step.</param>
/// <param name="MeanS">Mean time of a step, pauses included.</param>
/// <param name="LowPercentileS">Time that 1 % of the steps are below.</param>
/// <param name="HighPercentileS">Time that 1 % of the steps are above.</param>
/// <param name="JitterFraction">Standard deviation of steps without pause, from the middle half of them, as a share of the median.</param>
/// <param name="PausedSteps">Steps with a pause.</param>
/// <param name="PauseEverySteps">Usual number of steps from pause to pause; 0 when there are fewer than two.</param>
/// <param name="PauseS">Median time of a pause.</param>
public readonly record struct StepTrace(
    int Steps, int Missing, double PeriodS, double MeanS, double LowPercentileS, double HighPercentileS, double JitterFraction, int PausedSteps, int PauseEverySteps, double PauseS)
{
    private const double PauseFactor = 1.5;
    private const int FewestSteps = 8;

    // The middle half of a normal distribution is 1.349 standard deviations wide.
    private const double QuartilesPerDeviation = 1.3489795003921634;

    /// <summary>Reads lines.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="path">Path of the list in the input, such as <c>step_log</c>.</param>
    /// <param name="bridges">Missing steps in a row that are bridged.</param>
    /// <exception cref="CaseException">Columns, numbers, order or gaps are wrong; each with the index of its line.</exception>
    public static StepTrace Read(IReadOnlyList<string> lines, string path, int bridges)
    {
        List<CaseProblem> problems = [];
        CsvColumns? head = CsvColumns.Of(lines, path, problems, ["duration", "time", "timestamp"], ["step", "iteration"], ["rank"]);
        if (head is null || problems.Count > 0) { throw new CaseException(problems); }
        string column = lines[head.Line].Split(',')[head.At(0)].Trim().ToLowerInvariant();
        bool isMoment = column.StartsWith("time", StringComparison.Ordinal);
        List<double> timesS = [];
        List<long> numbers = [];
        int missing = 0;
        double beforeS = 0;
        long? before = null;
        for (int i = head.Line + 1; i < lines.Count && problems.Count < 40; i++)
        {
            if (CsvColumns.IsEmpty(lines[i])) { continue; }
            string place = FormattableString.Invariant($"{path}[{i}]");
            string[] cells = lines[i].Split(',');
            if (cells.Length < head.Count) { problems.Add(new(place, $"{head.Count} values, as many as the header has columns", $"{cells.Length}")); continue; }
            if (!head.TryNumber(cells, 0, place, problems, out double atS) || !head.TryNumber(cells, 1, place, problems, out double step)) { continue; }
            long number = (long)step;
            long skipped = before is { } last ? number - last - 1 : 0;
            if (skipped < 0) { problems.Add(new(place, FormattableString.Invariant($"a step after {before}"), FormattableString.Invariant($"{number}"))); continue; }
            if (skipped > bridges)
            {
                problems.Add(new(place, FormattableString.Invariant($"at most {bridges} steps left out in a row; cut the log there or raise 'bridges'"), FormattableString.Invariant($"{skipped}")));
            }
            double tookS = isMoment ? atS - beforeS : atS;
            bool isFirst = before is null;
            (before, beforeS) = (number, atS);
            if (isMoment && isFirst) { continue; }
            if (tookS <= 0)
            {
                problems.Add(new(place, isMoment ? "a later time than the step before" : "a step that takes time", FormattableString.Invariant($"{atS:0.######} s")));
                continue;
            }
            missing += (int)Math.Min(skipped, bridges);
            for (long k = isMoment ? skipped : 0; k >= 0 && skipped <= bridges; k--)
            {
                timesS.Add(isMoment ? tookS / (skipped + 1) : tookS);
                numbers.Add(number - k);
            }
        }
        if (problems.Count == 0 && timesS.Count < FewestSteps) { problems.Add(new(path, $"{FewestSteps} steps or more", $"{timesS.Count}")); }
        return problems.Count > 0 ? throw new CaseException(problems) : Of([.. timesS], [.. numbers], missing);
    }

    private static StepTrace Of(double[] timesS, long[] numbers, int missing)
    {
        double[] sorted = [.. timesS.Order()];
        double medianS = Quantile(sorted, 0.5);
        double[] plain = [.. sorted.Where(tookS => tookS < PauseFactor * medianS)];
        double jitter = (Quantile(plain, 0.75) - Quantile(plain, 0.25)) / QuartilesPerDeviation / medianS;
        List<long> at = [];
        List<double> extraS = [];
        for (int i = 0; i < timesS.Length; i++)
        {
            if (timesS[i] < PauseFactor * medianS) { continue; }
            at.Add(numbers[i]);
            extraS.Add(timesS[i] - medianS);
        }
        double[] apart = [.. at.Skip(1).Zip(at, (later, earlier) => (double)(later - earlier)).Order()];
        return new StepTrace(
            timesS.Length, missing, medianS, timesS.Average(), Quantile(sorted, 0.01), Quantile(sorted, 0.99), jitter, at.Count,
            apart.Length > 0 ? (int)Quantile(apart, 0.5) : 0, extraS.Count > 0 ? Quantile([.. extraS.Order()], 0.5) : 0);
    }

    /// <summary>A quantile of sorted values, straight between them.</summary>
    internal static double Quantile(ReadOnlySpan<double> sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int low = (int)place;
        return low + 1 < sorted.Length ? sorted[low] + (place - low) * (sorted[low + 1] - sorted[low]) : sorted[^1];
    }
}
