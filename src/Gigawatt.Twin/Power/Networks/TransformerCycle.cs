namespace Gigawatt.Power.Networks;

/// <summary>What a transformer does in one interval of a load cycle.</summary>
/// <param name="LoadFraction">Load as a share of the rating.</param>
/// <param name="AirC">Air around it.</param>
/// <param name="TopOilC">Top oil at the end.</param>
/// <param name="HotSpotC">Hottest spot of the winding at the end.</param>
/// <param name="AgeingFactor">Speed of ageing over the interval; 1 is normal.</param>
public readonly record struct TransformerInterval(double LoadFraction, double AirC, double TopOilC, double HotSpotC, double AgeingFactor);

/// <summary>A transformer under a load cycle that repeats for ever.</summary>
/// <remarks>
/// The cycle is gone through until it ends as warm as it began; its mean speed of ageing is F_EQA = Σ F Δt / Σ Δt of IEEE C57.91-2011, clause 5.2.
/// Not modelled: seasons unless the cycle holds them, times out of service.
/// </remarks>
public static class TransformerCycle
{
    private const int MostRounds = 1000;
    private const double LongestStepS = 60;

    /// <summary>The intervals of the cycle once it has settled.</summary>
    /// <param name="spec">The transformer.</param>
    /// <param name="loadFraction">Load of every interval.</param>
    /// <param name="airC">Air of every interval, or one for all.</param>
    /// <param name="intervalS">Length of an interval.</param>
    /// <param name="scaleFactor">Every load is multiplied by it.</param>
    public static TransformerInterval[] Settled(TransformerThermalSpec spec, IReadOnlyList<double> loadFraction, IReadOnlyList<double> airC, double intervalS, double scaleFactor = 1)
    {
        TransformerInterval[] intervals = new TransformerInterval[loadFraction.Count];
        TransformerThermalState state = TransformerAgeing.Settled(spec, scaleFactor * loadFraction[0]);
        for (int round = 0; round < MostRounds; round++)
        {
            double beganK = state.TopOilRiseK + state.HotSpotRiseK;
            for (int i = 0; i < intervals.Length; i++) { intervals[i] = Over(spec, ref state, scaleFactor * loadFraction[i], airC[airC.Count == 1 ? 0 : i], intervalS); }
            if (Math.Abs(state.TopOilRiseK + state.HotSpotRiseK - beganK) < 1e-9) { break; }
        }
        return intervals;
    }

    /// <summary>Mean speed of ageing: F_EQA.</summary>
    public static double AgeingFactor(TransformerInterval[] intervals) => intervals.Average(one => one.AgeingFactor);

    /// <summary>The largest multiple of the cycle's load with which insulation lives its normal life and stays below a temperature; at most 10.</summary>
    public static double LargestScale(TransformerThermalSpec spec, IReadOnlyList<double> loadFraction, IReadOnlyList<double> airC, double intervalS, double highestC)
    {
        double low = 0, high = 10;
        while (high - low > 1e-6)
        {
            double middle = (low + high) / 2;
            TransformerInterval[] intervals = Settled(spec, loadFraction, airC, intervalS, middle);
            if (AgeingFactor(intervals) <= 1 && intervals.Max(one => one.HotSpotC) <= highestC) { low = middle; } else { high = middle; }
        }
        return low;
    }

    private static TransformerInterval Over(TransformerThermalSpec spec, ref TransformerThermalState state, double loadFraction, double airC, double intervalS)
    {
        int steps = (int)Math.Ceiling(intervalS / LongestStepS - 1e-9);
        double agedS = state.AgedS, hotSpotC = 0;
        for (int i = 0; i < steps; i++) { hotSpotC = TransformerAgeing.Step(spec, ref state, loadFraction, airC, intervalS / steps); }
        return new TransformerInterval(loadFraction, airC, airC + state.TopOilRiseK, hotSpotC, (state.AgedS - agedS) / intervalS);
    }
}
