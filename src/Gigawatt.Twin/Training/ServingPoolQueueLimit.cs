using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>Waiting for one of very many servers, in one expression: for the run, which asks every minute.</summary>
/// <remarks>
/// Halfin and Whitt (Operations Research 29, 1981): with c servers, a load of a and z = (c − a)/√a an arrival has to wait with probability
/// 1/(1 + z·Φ(z)/φ(z)); beyond that as in <see cref="ServingPoolQueue"/>. From 100 servers on it meets Erlang's formula within .015.
/// </remarks>
public static class ServingPoolQueueLimit
{
    // Beyond it nobody waits: φ(8) is 5e-15.
    private const double Never = 8;

    private const int Exactly = 100;

    /// <summary>Probability that an arrival has to wait.</summary>
    public static double WaitsFraction(int servers, double loadRatio)
    {
        if (loadRatio >= servers) { return 1; }
        if (servers < Exactly) { return ServingPoolQueue.WaitsFraction(servers, loadRatio); }
        if (loadRatio <= 0) { return 0; }
        double z = (servers - loadRatio) / Math.Sqrt(loadRatio);
        if (z > Never) { return 0; }
        double density = Elementary.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
        return 1 / (1 + z * Straggler.NormalBelowFraction(z) / density);
    }

    /// <summary>Probability to wait longer than a time.</summary>
    public static double WaitsLongerFraction(int servers, double loadRatio, double serviceS, double variationRatio, double timeS)
    {
        if (loadRatio >= servers) { return 1; }
        double waits = WaitsFraction(servers, loadRatio);
        return waits <= 0 ? 0 : waits * Elementary.Exp(-(servers - loadRatio) * timeS / serviceS * 2 / (1 + variationRatio * variationRatio));
    }
}
