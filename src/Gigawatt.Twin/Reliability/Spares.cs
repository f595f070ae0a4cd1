using Gigawatt.Numerics;

namespace Gigawatt.Reliability;

/// <summary>How many spares keep a job whole, and how often a rack has enough GPUs.</summary>
/// <remarks>
/// With room for every repair the number down is Poisson of mean N·r·MTTR whatever the distribution of repairs; with few technicians those at work and in
/// the queue are M/M/c, beside a Poisson number that waits for parts. Sources: C. Palm (1938); A. K. Erlang (1917).
/// </remarks>
public static class Spares
{
    /// <summary>Mean number of nodes down: N·r·MTTR.</summary>
    public static double MeanDownNode(int nodes, double failuresPerNodeS, double repairS) => nodes * failuresPerNodeS * repairS;

    /// <summary>Fewest spares that are enough a share of the time, when every repair begins at once.</summary>
    /// <param name="meanDownNode">Mean number of nodes down.</param>
    /// <param name="enoughFraction">Share of the time, such as 0.99.</param>
    public static int ForPoisson(double meanDownNode, double enoughFraction)
    {
        double log = -meanDownNode, sum = Elementary.Exp(log);
        int spares = 0;
        int most = (int)(meanDownNode + 40 * Math.Sqrt(meanDownNode) + 60);
        while (sum < enoughFraction && spares < most)
        {
            spares++;
            log += Elementary.Log(meanDownNode / spares);
            sum += Elementary.Exp(log);
        }
        return spares;
    }

    /// <summary>Fewest spares that are enough a share of the time, when technicians are few and parts take time; null when the queue grows without limit.</summary>
    /// <param name="failuresPerS">Nodes that leave per second.</param>
    /// <param name="handsOnS">Mean time of a technician for one node.</param>
    /// <param name="technicians">Technicians at work, on average around the clock.</param>
    /// <param name="waitingForPartsNode">Mean number of nodes that wait for parts.</param>
    /// <param name="enoughFraction">Share of the time, such as 0.99.</param>
    public static int? ForQueue(double failuresPerS, double handsOnS, int technicians, double waitingForPartsNode, double enoughFraction)
    {
        double load = failuresPerS * handsOnS;
        if (load >= technicians) { return null; }
        int states = (int)(load + waitingForPartsNode + 40 * Math.Sqrt(load + waitingForPartsNode) + 60 + 40 / (1 - load / technicians));
        double[] shop = new double[states], parts = new double[states];
        double log = 0, total = 0;
        for (int n = 0; n < states; n++)
        {
            if (n > 0) { log += Elementary.Log(load / Math.Min(n, technicians)); }
            shop[n] = load > 0 ? Elementary.Exp(log - load) : n == 0 ? 1 : 0;
            total += shop[n];
        }
        double logParts = -waitingForPartsNode;
        for (int n = 0; n < states; n++)
        {
            if (n > 0 && waitingForPartsNode > 0) { logParts += Elementary.Log(waitingForPartsNode / n); }
            parts[n] = waitingForPartsNode > 0 ? Elementary.Exp(logParts) : n == 0 ? 1 : 0;
        }
        double enough = 0;
        for (int down = 0; down < states; down++)
        {
            for (int n = 0; n <= down; n++) { enough += shop[n] / total * parts[down - n]; }
            if (enough >= enoughFraction) { return down; }
        }
        return states;
    }

    /// <summary>Share of the time in which at least so many of a number of equal units are up.</summary>
    /// <param name="units">Units there, such as the 72 GPUs of a rack.</param>
    /// <param name="needed">Units needed, such as 64.</param>
    /// <param name="downFraction">Share of the time that one unit is down, independently.</param>
    public static double AtLeastFraction(int units, int needed, double downFraction)
    {
        if (downFraction <= 0) { return 1; }
        if (downFraction >= 1) { return needed <= 0 ? 1 : 0; }
        double up = Elementary.Log(1 - downFraction), down = Elementary.Log(downFraction), ways = 0, sum = 0;
        for (int failed = 0; failed <= units - needed; failed++)
        {
            if (failed > 0) { ways += Elementary.Log((units - failed + 1.0) / failed); }
            sum += Elementary.Exp(ways + failed * down + (units - failed) * up);
        }
        return Math.Min(1, sum);
    }
}
