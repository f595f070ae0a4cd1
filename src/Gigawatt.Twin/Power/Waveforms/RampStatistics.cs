using System.Globalization;
using System.Text;

namespace Gigawatt.Power.Waveforms;

/// <summary>How much a load changes within a time.</summary>
/// <param name="WindowS">The time.</param>
/// <param name="MedianMw">Half of all changes are smaller.</param>
/// <param name="Percentile95Mw">95 % are smaller.</param>
/// <param name="Percentile99Mw">99 % are smaller.</param>
/// <param name="HighestMw">The largest of all.</param>
public readonly record struct RampRow(double WindowS, double MedianMw, double Percentile95Mw, double Percentile99Mw, double HighestMw);

/// <summary>What a planner asks of a recording: ramps, dominant frequencies, the recording itself.</summary>
public static class RampStatistics
{
    /// <summary>Times over which changes are counted.</summary>
    public static IReadOnlyList<double> Windows { get; } = [1, 5, 15, 60, 600];

    /// <summary>Changes between two samples a time apart, for each time that the recording is long enough for.</summary>
    public static IReadOnlyList<RampRow> Of(ReadOnlySpan<double> waveMw, double stepS)
    {
        List<RampRow> rows = [];
        double[] changes = new double[waveMw.Length];
        foreach (double windowS in Windows)
        {
            int window = (int)Math.Floor(windowS / stepS + 0.5);
            if (window < 1 || window >= waveMw.Length) { continue; }
            int count = RollingWindow.Changes(waveMw, window, 1, changes);
            Span<double> sizes = changes.AsSpan(0, count);
            for (int i = 0; i < count; i++) { sizes[i] = Math.Abs(sizes[i]); }
            sizes.Sort();
            rows.Add(new RampRow(windowS, RollingWindow.QuantileMw(sizes, 0.5), RollingWindow.QuantileMw(sizes, 0.95), RollingWindow.QuantileMw(sizes, 0.99), sizes[^1]));
        }
        return rows;
    }

    /// <summary>The recording as text: a line of heads, then time and power, at most so many samples.</summary>
    public static string Csv(ReadOnlySpan<double> waveMw, double stepS, int mostRows = int.MaxValue)
    {
        StringBuilder text = new("time_s,power_mw\n");
        for (int i = 0; i < waveMw.Length && i < mostRows; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i * stepS:0.######},{waveMw[i]:0.######}\n");
        }
        return text.ToString();
    }
}
