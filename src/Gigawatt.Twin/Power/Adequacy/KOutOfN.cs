using Gigawatt.Numerics;

namespace Gigawatt.Power.Adequacy;

/// <summary>Closed forms for n equal units of which k must run, and for one unit and a pair in time.</summary>
/// <remarks>
/// Sources: binomial distribution; Billinton and Allan, Reliability Evaluation of Engineering Systems, chapters 8 and 9. Common cause: β-factor model.
/// Not modelled: standby units that cannot fail, shared repair crews.
/// </remarks>
public static class KOutOfN
{
    /// <summary>Share of time in which at least <paramref name="needed"/> of <paramref name="units"/> run.</summary>
    /// <param name="needed">Units that must run.</param>
    /// <param name="units">Units there are.</param>
    /// <param name="availabilityFraction">Share of time one unit runs.</param>
    /// <param name="commonCauseFraction">Share β of the unavailability whose cause takes all units.</param>
    public static double AvailabilityFraction(int needed, int units, double availabilityFraction, double commonCauseFraction = 0)
    {
        if (needed <= 0) { return 1; }
        double shared = commonCauseFraction * (1 - availabilityFraction), alone = 1 - (1 - commonCauseFraction) * (1 - availabilityFraction);
        double available = 0;
        for (int running = needed; running <= units; running++) { available += ExactlyFraction(running, units, alone); }
        return (1 - shared) * available;
    }

    /// <summary>Share of time in which fewer than <paramref name="needed"/> run, summed from the small side so that nines keep their digits.</summary>
    public static double UnavailabilityFraction(int needed, int units, double availabilityFraction, double commonCauseFraction = 0)
    {
        if (needed <= 0) { return 0; }
        double shared = commonCauseFraction * (1 - availabilityFraction), alone = 1 - (1 - commonCauseFraction) * (1 - availabilityFraction);
        double lost = 0;
        for (int running = 0; running < Math.Min(needed, units + 1); running++) { lost += ExactlyFraction(running, units, alone); }
        return shared + (1 - shared) * lost;
    }

    /// <summary>Share of time in which exactly so many run: C(n, j) Aʲ (1 − A)ⁿ⁻ʲ.</summary>
    public static double ExactlyFraction(int running, int units, double availabilityFraction)
    {
        if (running < 0 || running > units) { return 0; }
        if (availabilityFraction is 0 or 1) { return running == (availabilityFraction == 1 ? units : 0) ? 1 : 0; }
        // Factors near one at a time, so that neither the coefficient nor the powers leave the range of numbers.
        double probability = 1;
        int few = Math.Min(running, units - running), ups = running, downs = units - running;
        for (int i = 1; i <= few; i++)
        {
            probability *= (double)(units - few + i) / i;
            while (probability > 1 && ups + downs > 0) { probability *= ups > 0 && (downs == 0 || ups >= downs) ? Take(ref ups, availabilityFraction) : Take(ref downs, 1 - availabilityFraction); }
        }
        while (ups > 0) { probability *= Take(ref ups, availabilityFraction); }
        while (downs > 0) { probability *= Take(ref downs, 1 - availabilityFraction); }
        return probability;
    }

    /// <summary>How often the number running falls below what is needed: P[exactly k run] · k · λ.</summary>
    public static double FailuresPerS(int needed, int units, double mttfS, double mttrS) =>
        needed <= 0 ? 0 : ExactlyFraction(needed, units, mttfS / (mttfS + mttrS)) * needed / mttfS;

    /// <summary>Probability that a unit new in service runs after a time: μ/(λ+μ) + λ/(λ+μ) · e^−(λ+μ)t.</summary>
    public static double AvailabilityAfterFraction(double mttfS, double mttrS, double timeS)
    {
        double failuresPerS = 1 / mttfS, repairsPerS = 1 / mttrS, bothPerS = failuresPerS + repairsPerS;
        return (repairsPerS + failuresPerS * Elementary.Exp(-bothPerS * timeS)) / bothPerS;
    }

    /// <summary>Mean time until both of a pair are down, each with a repair crew of its own: (3λ + μ) / (2λ²).</summary>
    public static double PairMttfS(double mttfS, double mttrS) => (3 / mttfS + 1 / mttrS) * mttfS * mttfS / 2;

    /// <summary>Fewest units that carry a constant load in all but a share of the time; null when no number up to 100,000 does.</summary>
    /// <param name="loadMw">Load to carry.</param>
    /// <param name="unitMw">Output of one unit, as warm as it is.</param>
    /// <param name="availabilityFraction">Share of time one unit runs.</param>
    /// <param name="targetUnavailabilityFraction">Share of time with a shortage that is accepted.</param>
    /// <param name="commonCauseFraction">Share β of the unavailability whose cause takes all units.</param>
    public static int? UnitsNeeded(double loadMw, double unitMw, double availabilityFraction, double targetUnavailabilityFraction, double commonCauseFraction = 0)
    {
        if (!(unitMw > 0)) { return null; }
        int needed = (int)Math.Ceiling((loadMw - OutageTable.ToleranceMw) / unitMw);
        return UnitCount.Fewest(needed, 100_000, units => UnavailabilityFraction(needed, units, availabilityFraction, commonCauseFraction) <= targetUnavailabilityFraction);
    }

    private static double Take(ref int left, double factor)
    {
        left--;
        return factor;
    }
}

/// <summary>Searches for the fewest units that are enough.</summary>
public static class UnitCount
{
    /// <summary>The lowest count that is enough, when more are never worse; null when even the highest is not.</summary>
    public static int? Fewest(int lowest, int highest, Func<int, bool> isEnough)
    {
        int low = lowest, high = lowest, step = 1;
        while (!isEnough(high))
        {
            if (high >= highest) { return null; }
            low = high + 1;
            high = Math.Min(highest, high + step);
            step *= 2;
        }
        while (low < high)
        {
            int middle = low + (high - low) / 2;
            if (isEnough(middle)) { high = middle; } else { low = middle + 1; }
        }
        return low;
    }

    /// <summary>Fewest units of one group, beside the others as they are, for at most so many hours of shortage a year; null when no number does.</summary>
    /// <param name="groups">All groups.</param>
    /// <param name="sized">Index of the group whose count is asked for.</param>
    /// <param name="load">The load.</param>
    /// <param name="targetHPerYear">Hours of shortage a year that are accepted.</param>
    /// <param name="highest">Highest count to try.</param>
    public static int? ForLole(IReadOnlyList<UnitGroup> groups, int sized, AdequacyLoad load, double targetHPerYear, int highest = 2000) =>
        groups[sized].AvailableMw > 0
            ? Fewest(0, highest, count => LoleHOf(groups, sized, count, load) <= targetHPerYear)
            : null;

    /// <summary>Hours of shortage a year with so many units in one group.</summary>
    internal static double LoleHOf(IReadOnlyList<UnitGroup> groups, int sized, int count, AdequacyLoad load)
    {
        UnitGroup[] with = [.. groups.Select((group, i) => i == sized ? group with { Count = count } : group)];
        return AdequacyIndices.LoleOf(OutageTable.Of(with), load);
    }
}
