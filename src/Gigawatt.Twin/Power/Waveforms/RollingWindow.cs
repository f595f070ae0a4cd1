namespace Gigawatt.Power.Waveforms;

/// <summary>The worst of all windows of a series.</summary>
/// <param name="ValueMw">What was measured in it.</param>
/// <param name="Start">Its first sample.</param>
public readonly record struct WorstWindow(double ValueMw, int Start);

/// <summary>Measures that slide along a series in one pass.</summary>
public static class RollingWindow
{
    /// <summary>Largest peak-to-peak of any window; each sample enters and leaves two queues once.</summary>
    /// <param name="waveMw">The series.</param>
    /// <param name="window">Samples of a window; a longer one than the series is the series.</param>
    /// <param name="highs">Room for as many indices as samples.</param>
    /// <param name="lows">As much again.</param>
    /// <param name="traceMw">Takes the peak-to-peak of the window that ends at each sample; may be empty.</param>
    /// <remarks>Monotone queues: the front of one is the highest sample of the window, of the other the lowest; later and higher samples push earlier ones out.</remarks>
    public static WorstWindow PeakToPeak(ReadOnlySpan<double> waveMw, int window, Span<int> highs, Span<int> lows, Span<double> traceMw)
    {
        int highHead = 0, highTail = 0, lowHead = 0, lowTail = 0, worst = 0;
        double worstMw = 0;
        for (int i = 0; i < waveMw.Length; i++)
        {
            double value = waveMw[i];
            while (highTail > highHead && waveMw[highs[highTail - 1]] <= value) { highTail--; }
            highs[highTail++] = i;
            while (lowTail > lowHead && waveMw[lows[lowTail - 1]] >= value) { lowTail--; }
            lows[lowTail++] = i;
            if (highs[highHead] <= i - window) { highHead++; }
            if (lows[lowHead] <= i - window) { lowHead++; }
            double peakToPeakMw = waveMw[highs[highHead]] - waveMw[lows[lowHead]];
            if (!traceMw.IsEmpty) { traceMw[i] = peakToPeakMw; }
            if (peakToPeakMw > worstMw) { (worstMw, worst) = (peakToPeakMw, Math.Max(0, i - window + 1)); }
        }
        return new WorstWindow(worstMw, worst);
    }

    /// <summary>Change across each window: mean of its last samples less mean of its first; returns how many there are.</summary>
    /// <param name="waveMw">The series.</param>
    /// <param name="window">Samples from the beginning of the first mean to the beginning of the last.</param>
    /// <param name="averaged">Samples of each mean.</param>
    /// <param name="changesMw">Takes the changes, by the sample at which their window starts.</param>
    public static int Changes(ReadOnlySpan<double> waveMw, int window, int averaged, Span<double> changesMw)
    {
        int count = waveMw.Length - window - averaged + 1;
        if (count <= 0) { return 0; }
        double first = 0, last = 0;
        for (int i = 0; i < averaged; i++)
        {
            first += waveMw[i];
            last += waveMw[window + i];
        }
        for (int i = 0; i < count; i++)
        {
            changesMw[i] = (last - first) / averaged;
            if (i + 1 == count) { break; }
            first += waveMw[i + averaged] - waveMw[i];
            last += waveMw[window + i + averaged] - waveMw[window + i];
        }
        return count;
    }

    /// <summary>The value that a share of sorted values does not exceed, between two of them in proportion.</summary>
    public static double QuantileMw(ReadOnlySpan<double> sortedMw, double shareFraction)
    {
        double at = shareFraction * (sortedMw.Length - 1);
        int below = (int)at;
        int above = Math.Min(below + 1, sortedMw.Length - 1);
        return sortedMw[below] + (at - below) * (sortedMw[above] - sortedMw[below]);
    }
}
