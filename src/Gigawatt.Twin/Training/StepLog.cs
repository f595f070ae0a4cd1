using System.Globalization;
using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>What a run's own log of steps says.</summary>
/// <param name="Steps">Steps read.</param>
/// <param name="MedianS">Median time: what the run does when nothing is wrong.</param>
/// <param name="SpreadFraction">Robust spread: median distance from the median times 1.4826, over the median.</param>
/// <param name="MeanS">Mean time, outliers with it.</param>
/// <param name="P99S">One step in a hundred takes longer.</param>
/// <param name="Outliers">Steps further than five spreads from the median: checkpoints, stalls, restarts.</param>
/// <param name="LostFraction">Time that outliers take beyond the median, as a share of all.</param>
/// <param name="TokensPerS">Tokens over time, where the log has them; not a number otherwise.</param>
public sealed record StepLogSummary(
    int Steps, double MedianS, double SpreadFraction, double MeanS, double P99S, int Outliers, double LostFraction, double TokensPerS);

/// <summary>Reads a log of steps: <c>step,seconds</c> and optionally <c>tokens</c>, one step a line.</summary>
/// <remarks>Seconds are the duration of a step. The number of the step rises by one from line to line; a gap or a step back means that the log is not of one run.</remarks>
public static class StepLog
{
    /// <summary>Summary of a log.</summary>
    /// <exception cref="CaseException">Paths are <c>line N</c>: wrong columns, gaps, steps that go back, times that cannot be.</exception>
    public static StepLogSummary Read(string text)
    {
        IReadOnlyList<(int Line, string[] Cells)> lines = CsvLines.Of(text);
        string[] heads = lines.Count > 0 ? lines[0].Cells : [];
        int stepAt = Array.IndexOf(heads, "step"), secondsAt = Array.IndexOf(heads, "seconds"), tokensAt = Array.IndexOf(heads, "tokens");
        if (stepAt < 0 || secondsAt < 0)
        {
            throw new CaseException(
                FormattableString.Invariant($"line {(lines.Count > 0 ? lines[0].Line : 1)}"), "a line of heads with 'step' and 'seconds', optionally 'tokens'", heads.Length == 0 ? "nothing" : $"'{string.Join(',', heads)}'");
        }
        List<CaseProblem> problems = [];
        List<double> times = [];
        double tokens = 0;
        long? last = null;
        foreach ((int line, string[] cells) in lines.Skip(1))
        {
            string place = FormattableString.Invariant($"line {line}");
            if (cells.Length != heads.Length)
            {
                problems.Add(new(place, FormattableString.Invariant($"{heads.Length} values"), FormattableString.Invariant($"{cells.Length}")));
                continue;
            }
            if (!long.TryParse(cells[stepAt], NumberStyles.Integer, CultureInfo.InvariantCulture, out long step))
            {
                problems.Add(new(place + ", step", "a whole number", $"'{cells[stepAt]}'"));
                continue;
            }
            if (last is { } before && step != before + 1)
            {
                problems.Add(new(
                    place + ", step", FormattableString.Invariant($"{before + 1}, the step after {before}"),
                    step <= before ? FormattableString.Invariant($"{step}, which goes back; cut the log at restarts") : FormattableString.Invariant($"{step}, a gap of {step - before - 1}")));
            }
            last = step;
            if (!double.TryParse(cells[secondsAt], NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) || !(seconds > 0) || !double.IsFinite(seconds))
            {
                problems.Add(new(place + ", seconds", "a duration of more than 0", $"'{cells[secondsAt]}'"));
                continue;
            }
            times.Add(seconds);
            if (tokensAt >= 0)
            {
                if (double.TryParse(cells[tokensAt], NumberStyles.Float, CultureInfo.InvariantCulture, out double count) && count >= 0) { tokens += count; }
                else { problems.Add(new(place + ", tokens", "a count", $"'{cells[tokensAt]}'")); }
            }
        }
        if (problems.Count > 0) { throw new CaseException(problems); }
        if (times.Count < 5) { throw new CaseException("", "five steps or more", FormattableString.Invariant($"{times.Count}")); }
        return Summary(times, tokensAt >= 0 ? tokens : double.NaN);
    }

    private static StepLogSummary Summary(List<double> times, double tokens)
    {
        double median = Quantile([.. times.Order()], 0.5);
        double spread = 1.4826 * Quantile([.. times.Select(time => Math.Abs(time - median)).Order()], 0.5);
        double bound = 5 * Math.Max(spread, 0.002 * median);
        double sum = times.Sum();
        double[] outliers = [.. times.Where(time => Math.Abs(time - median) > bound)];
        return new(
            times.Count, median, spread / median, sum / times.Count, Quantile([.. times.Order()], 0.99), outliers.Length,
            outliers.Sum(time => Math.Max(0, time - median)) / sum, tokens / sum);
    }

    private static double Quantile(double[] sorted, double share)
    {
        double at = share * (sorted.Length - 1);
        int low = (int)at;
        return low + 1 < sorted.Length ? sorted[low] + (at - low) * (sorted[low + 1] - sorted[low]) : sorted[low];
    }
}
