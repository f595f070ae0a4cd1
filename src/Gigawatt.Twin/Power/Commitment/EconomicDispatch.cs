using Gigawatt.Numerics;

namespace Gigawatt.Power.Commitment;

/// <summary>What an hour of one running source costs: no-load cost, a slope and a square term, between two limits.</summary>
/// <remarks>C(P) = NoLoad + Incremental · P + Quadratic · P², in USD for an hour at P. It must not be concave: Quadratic is 0 or more.</remarks>
public struct CostCurve
{
    /// <summary>Lowest output while running.</summary>
    public double MinMw;

    /// <summary>Highest output.</summary>
    public double MaxMw;

    /// <summary>Cost of one hour that does not depend on output.</summary>
    public double NoLoadUsd;

    /// <summary>Cost of the first megawatt-hour.</summary>
    public double IncrementalUsdPerMwh;

    /// <summary>How the cost grows with the square of output.</summary>
    public double QuadraticUsdPerMwMwh;

    /// <summary>Cost of one hour at an output.</summary>
    public readonly double HourUsd(double outputMw) => NoLoadUsd + outputMw * (IncrementalUsdPerMwh + QuadraticUsdPerMwMwh * outputMw);

    /// <summary>Cost of one more megawatt-hour at an output.</summary>
    public readonly double MarginalUsdPerMwh(double outputMw) => IncrementalUsdPerMwh + 2 * QuadraticUsdPerMwMwh * outputMw;
}

/// <summary>How running sources share a load at least cost.</summary>
/// <param name="PriceUsdPerMwh">Cost of one more megawatt-hour: λ.</param>
/// <param name="CostUsd">Cost of the hour.</param>
/// <param name="ShortMw">Load beyond all limits.</param>
/// <param name="SurplusMw">Output that the lowest limits force beyond the load.</param>
public readonly record struct DispatchedHour(double PriceUsdPerMwh, double CostUsd, double ShortMw, double SurplusMw);

/// <summary>Economic dispatch: the cheapest way to share a load among sources that run.</summary>
/// <remarks>
/// Equal incremental cost: P = (λ − b) / 2c between the limits, and the sum of all meets the load. The sum over λ is straight between
/// the 2n points at which a source leaves or reaches a limit, so that the points are sorted and λ follows in closed form in the
/// segment in which the load lies; sources of constant slope are jumps. Exact, no iteration, no allocation.
/// Source: Wood and Wollenberg, Power Generation, Operation, and Control, ch. 3. Not modelled: network losses, prohibited zones.
/// </remarks>
public static class EconomicDispatch
{
    /// <summary>Doubles of scratch that a dispatch of so many sources needs.</summary>
    public static int ScratchLength(int sources) => 2 * sources;

    /// <summary>Shares a load.</summary>
    /// <param name="curves">The sources that run.</param>
    /// <param name="loadMw">Load of the hour.</param>
    /// <param name="outputMw">Receives the output of each source.</param>
    /// <param name="points">Scratch of <see cref="ScratchLength"/>.</param>
    /// <param name="owners">Scratch of the same length.</param>
    public static DispatchedHour Solve(ReadOnlySpan<CostCurve> curves, double loadMw, Span<double> outputMw, Span<double> points, Span<int> owners)
    {
        int count = 0;
        double total = 0;
        for (int i = 0; i < curves.Length; i++)
        {
            ref readonly CostCurve curve = ref curves[i];
            total += curve.MinMw;
            outputMw[i] = curve.MinMw;
            if (curve.MaxMw <= curve.MinMw) { continue; }
            points[count] = curve.MarginalUsdPerMwh(curve.MinMw);
            owners[count++] = 2 * i;
            if (curve.QuadraticUsdPerMwMwh <= 0) { continue; }
            points[count] = curve.MarginalUsdPerMwh(curve.MaxMw);
            owners[count++] = 2 * i + 1;
        }
        Sort(points[..count], owners[..count]);
        double price = count > 0 ? points[0] : 0;
        if (total >= loadMw) { return new DispatchedHour(price, Cost(curves, outputMw), 0, total - loadMw); }
        double slope = 0;
        int at = 0;
        bool isMet = false;
        for (; at < count && !isMet; at++)
        {
            double gain = slope * (points[at] - price);
            if (slope > 0 && total + gain >= loadMw)
            {
                price += (loadMw - total) / slope;
                isMet = true;
                break;
            }
            total += gain;
            price = points[at];
            int i = owners[at] >> 1;
            double steep = 2 * curves[i].QuadraticUsdPerMwMwh;
            if (steep > 0) { slope += (owners[at] & 1) == 0 ? 1 / steep : -1 / steep; }
            else
            {
                double room = curves[i].MaxMw - curves[i].MinMw;
                double taken = Math.Min(room, loadMw - total);
                outputMw[i] = curves[i].MinMw + taken;
                total += taken;
                isMet = taken < room || total >= loadMw;
            }
        }
        double sum = 0;
        int marginal = -1;
        for (int i = 0; i < curves.Length; i++)
        {
            ref readonly CostCurve curve = ref curves[i];
            double steep = 2 * curve.QuadraticUsdPerMwMwh;
            if (steep > 0 && curve.MaxMw > curve.MinMw)
            {
                outputMw[i] = isMet ? Math.Limit((price - curve.IncrementalUsdPerMwh) / steep, curve.MinMw, curve.MaxMw) : curve.MaxMw;
                if (outputMw[i] > curve.MinMw && outputMw[i] < curve.MaxMw) { marginal = i; }
            }
            sum += outputMw[i];
        }
        // What rounding left over goes to a source between its limits.
        if (isMet && marginal >= 0)
        {
            double exact = Math.Limit(outputMw[marginal] + loadMw - sum, curves[marginal].MinMw, curves[marginal].MaxMw);
            sum += exact - outputMw[marginal];
            outputMw[marginal] = exact;
        }
        return new DispatchedHour(price, Cost(curves, outputMw), isMet ? 0 : Math.Max(0, loadMw - sum), 0);
    }

    private static double Cost(ReadOnlySpan<CostCurve> curves, ReadOnlySpan<double> outputMw)
    {
        double cost = 0;
        for (int i = 0; i < curves.Length; i++) { cost += curves[i].HourUsd(outputMw[i]); }
        return cost;
    }

    // Insertion sort keeps the order of equals, so that equal sources fill in the order given; the points are few and often nearly sorted.
    private static void Sort(Span<double> points, Span<int> owners)
    {
        for (int i = 1; i < points.Length; i++)
        {
            double point = points[i];
            int owner = owners[i];
            int j = i - 1;
            for (; j >= 0 && points[j] > point; j--) { (points[j + 1], owners[j + 1]) = (points[j], owners[j]); }
            (points[j + 1], owners[j + 1]) = (point, owner);
        }
    }
}
