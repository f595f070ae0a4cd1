using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>Waiting for one of many equal servers: Erlang's formulas and their usual extension to any service time.</summary>
/// <remarks>
/// Poisson arrivals, first come first served, no one gives up. Erlang (1917); for other service times the wait of M/M/c times (1 + cv²)/2
/// (Lee and Longton 1959), which is exact for one server and approximate for more. Not modelled: impatience, priorities, batches of arrivals.
/// </remarks>
public static class ServingPoolQueue
{
    // A probability below this is taken for 0: once in the age of the universe at a million requests a second is 1e-24.
    private const double Never = 1e-30;

    /// <summary>Probability that all servers are busy when nobody may wait (Erlang B).</summary>
    /// <param name="servers">Servers.</param>
    /// <param name="loadRatio">Offered load in servers: arrivals per second times mean service time.</param>
    /// <remarks>
    /// B(n) = a B(n−1)/(n + a B(n−1)). For large loads the recursion begins 12·√a below the load (or the servers, when fewer) with the fluid value 1 − n/a; the error
    /// of that start shrinks by n/a in each step, e^−72 by the time n reaches a.
    /// </remarks>
    public static double BlockedFraction(int servers, double loadRatio)
    {
        if (loadRatio <= 0) { return servers == 0 ? 1 : 0; }
        double blocked = Start(loadRatio, servers, out int from);
        for (int n = from + 1; n <= servers; n++)
        {
            blocked = loadRatio * blocked / (n + loadRatio * blocked);
            if (blocked < Never) { return 0; }
        }
        return blocked;
    }

    /// <summary>Probability that an arrival has to wait (Erlang C); 1 when the load is not below the servers.</summary>
    public static double WaitsFraction(int servers, double loadRatio) => Waits(servers, loadRatio, BlockedFraction(servers, loadRatio));

    /// <summary>Mean wait of all arrivals; without limit when the load is not below the servers.</summary>
    /// <param name="servers">Servers.</param>
    /// <param name="loadRatio">Offered load in servers.</param>
    /// <param name="serviceS">Mean service time.</param>
    /// <param name="variationRatio">Standard deviation of the service time over its mean; 1 is exponential.</param>
    public static double MeanWaitS(int servers, double loadRatio, double serviceS, double variationRatio = 1) => loadRatio < servers
        ? WaitsFraction(servers, loadRatio) * serviceS / (servers - loadRatio) * (1 + variationRatio * variationRatio) / 2
        : double.PositiveInfinity;

    /// <summary>Probability to wait longer than a time.</summary>
    public static double WaitsLongerFraction(int servers, double loadRatio, double serviceS, double variationRatio, double timeS) =>
        Longer(servers, loadRatio, serviceS, variationRatio, timeS, BlockedFraction(servers, loadRatio));

    /// <summary>The fewest servers with which at most a share of arrivals waits longer than a time.</summary>
    public static int ServersNeeded(double loadRatio, double serviceS, double variationRatio, double timeS, double shareFraction)
    {
        if (loadRatio <= 0) { return 0; }
        double blocked = Start(loadRatio, int.MaxValue, out int n);
        while (true)
        {
            n++;
            blocked = loadRatio * blocked / (n + loadRatio * blocked);
            if (n > loadRatio && Longer(n, loadRatio, serviceS, variationRatio, timeS, blocked) <= shareFraction) { return n; }
        }
    }

    private static double Start(double loadRatio, int most, out int from)
    {
        from = (int)Math.Max(0, Math.Floor(Math.Min(most, loadRatio) - 12 * Math.Sqrt(loadRatio)));
        return 1 - from / loadRatio;
    }

    private static double Waits(int servers, double loadRatio, double blocked) =>
        loadRatio >= servers ? 1 : blocked / (1 - loadRatio / servers * (1 - blocked));

    private static double Longer(int servers, double loadRatio, double serviceS, double variationRatio, double timeS, double blocked) => loadRatio >= servers
        ? 1
        : Waits(servers, loadRatio, blocked) * Elementary.Exp(-(servers - loadRatio) * timeS / serviceS * 2 / (1 + variationRatio * variationRatio));
}
