using Gigawatt.Numerics;

namespace Gigawatt.Power.Commitment;

/// <summary>What one hour of a schedule costs and gives, with the sources beside the units: import, ladder of shortfall, fuel lines.</summary>
/// <remarks>
/// A fuel line that would be overdrawn is given a price, found by bisection, that its units pay on top; between the last price
/// that overdraws and the first that does not, outputs are mixed so that the line is just full. Exact for one line.
/// </remarks>
internal sealed class HourDispatch
{
    private const int Bisections = 40;
    private const double HighestFuelPrice = 1e4;

    private readonly Fleet fleet;
    private readonly CostCurve[] curves;
    private readonly CostCurve[] priced;
    private readonly int[] owner;
    private readonly double[] output, low, points, shadow;
    private readonly int[] owners;

    public HourDispatch(Fleet fleet)
    {
        this.fleet = fleet;
        int most = fleet.Count + 1 + fleet.RungPrice.Length;
        (curves, priced, owner) = (new CostCurve[most], new CostCurve[most], new int[most]);
        (output, low, shadow) = (new double[most], new double[most], new double[Math.Max(1, fleet.Lines)]);
        points = new double[EconomicDispatch.ScratchLength(most)];
        owners = new int[points.Length];
        Rungs = new double[fleet.RungPrice.Length];
        UnitMw = new double[fleet.Count];
    }

    public double[] UnitMw { get; }

    public double[] Rungs { get; }

    public double ImportMw { get; private set; }

    public double FuelOverMw { get; private set; }

    /// <summary>Dispatches an hour; the cost is that of the curves given plus import, ladder and penalties.</summary>
    /// <param name="t">The hour.</param>
    /// <param name="on">Which units run.</param>
    /// <param name="bounded">Cost curves with the limits of this hour.</param>
    /// <param name="batteryMw">What the battery gives; negative when it takes.</param>
    public DispatchedHour Solve(int t, ReadOnlySpan<byte> on, ReadOnlySpan<CostCurve> bounded, double batteryMw)
    {
        int count = 0;
        for (int i = 0; i < fleet.Count; i++)
        {
            if (on[i] == 0) { continue; }
            owner[count] = i;
            curves[count++] = bounded[i];
        }
        int units = count;
        if (fleet.ImportMw > 0)
        {
            owner[count] = fleet.Count;
            curves[count++] = new CostCurve { MaxMw = fleet.ImportMw, IncrementalUsdPerMwh = fleet.ImportPrice[t] };
        }
        for (int r = 0; r < fleet.RungPrice.Length; r++)
        {
            owner[count] = fleet.Count + 1 + r;
            curves[count++] = new CostCurve { MaxMw = fleet.RungDepth[r] * fleet.Load[t], IncrementalUsdPerMwh = fleet.RungPrice[r] };
        }
        double load = fleet.Load[t] - batteryMw;
        DispatchedHour hour = EconomicDispatch.Solve(curves.AsSpan(0, count), load, output, points, owners);
        if (fleet.HasLines) { hour = HoldLines(units, count, load, hour); }
        Array.Clear(UnitMw);
        ImportMw = 0;
        for (int k = 0; k < count; k++)
        {
            if (owner[k] < fleet.Count) { UnitMw[owner[k]] = output[k]; }
            else if (owner[k] == fleet.Count) { ImportMw = output[k]; }
            else { Rungs[owner[k] - fleet.Count - 1] = output[k]; }
        }
        double penalty = hour.SurplusMw * fleet.Problem.DumpUsdPerMwh + (hour.ShortMw + FuelOverMw) * fleet.Problem.ShedUsdPerMwh;
        return hour with { CostUsd = hour.CostUsd + penalty };
    }

    private DispatchedHour HoldLines(int units, int count, double load, DispatchedHour hour)
    {
        Array.Clear(shadow);
        for (int pass = 0; pass < 3; pass++)
        {
            bool isHeld = true;
            for (int line = 0; line < fleet.Lines; line++)
            {
                if (LineFuelMw(line, units) <= fleet.LineLimit[line] + 1e-9) { continue; }
                isHeld = false;
                double below = shadow[line], above = HighestFuelPrice;
                for (int step = 0; step < Bisections; step++)
                {
                    double middle = (below + above) / 2;
                    shadow[line] = middle;
                    hour = Priced(units, count, load);
                    if (LineFuelMw(line, units) > fleet.LineLimit[line]) { below = middle; } else { above = middle; }
                }
                shadow[line] = below;
                Priced(units, count, load);
                double overMw = LineFuelMw(line, units);
                Array.Copy(output, low, count);
                shadow[line] = above;
                hour = Priced(units, count, load);
                double underMw = LineFuelMw(line, units);
                double share = overMw > underMw ? Math.Limit((fleet.LineLimit[line] - underMw) / (overMw - underMw), 0, 1) : 0;
                if (overMw <= fleet.LineLimit[line]) { share = 1; }
                for (int k = 0; k < count; k++) { output[k] += share * (low[k] - output[k]); }
            }
            if (isHeld) { break; }
        }
        FuelOverMw = 0;
        for (int line = 0; line < fleet.Lines; line++)
        {
            double over = LineFuelMw(line, units) - fleet.LineLimit[line];
            if (over > 1e-6) { FuelOverMw += over; }
        }
        double cost = 0;
        for (int k = 0; k < count; k++) { cost += curves[k].HourUsd(output[k]); }
        return hour with { CostUsd = cost };
    }

    private DispatchedHour Priced(int units, int count, double load)
    {
        for (int k = 0; k < count; k++)
        {
            priced[k] = curves[k];
            if (k >= units || fleet.Line[owner[k]] < 0) { continue; }
            int i = owner[k];
            double price = shadow[fleet.Line[i]];
            priced[k].NoLoadUsd += price * fleet.Fuel0[i];
            priced[k].IncrementalUsdPerMwh += price * fleet.Fuel1[i];
            priced[k].QuadraticUsdPerMwMwh += price * fleet.Fuel2[i];
        }
        return EconomicDispatch.Solve(priced.AsSpan(0, count), load, output, points, owners);
    }

    private double LineFuelMw(int line, int units)
    {
        double fuel = 0;
        for (int k = 0; k < units; k++)
        {
            if (fleet.Line[owner[k]] == line) { fuel += fleet.FuelMw(owner[k], output[k]); }
        }
        return fuel;
    }
}
