namespace Gigawatt.Power.Commitment;

/// <summary>What an hour costs for any set of running units, fast enough to ask millions of times.</summary>
/// <remarks>
/// The points of the economic dispatch are sorted once for all units; a set of running units walks along them and stops where the
/// load is met, adding up the cost on the way. Ramps are left out here and held by the dispatch of the finished schedule.
/// </remarks>
internal sealed class HourSupply
{
    // Missing reserve, however little, is dearer than any start.
    private const double ShortHourUsd = 1e6;

    private readonly Fleet fleet;
    private readonly HourDispatch? lines;
    private readonly double[] point;
    private readonly int[] owner;
    private readonly double[] blockMw;
    private readonly byte[] flags;

    public HourSupply(Fleet fleet, double carbonUsdPerKg)
    {
        this.fleet = fleet;
        Curve = Carbon(fleet, carbonUsdPerKg);
        Extra = new double[fleet.Hours];
        blockMw = new double[fleet.Blocks];
        flags = new byte[fleet.Count];
        List<(double Price, int Owner)> points = [];
        for (int i = 0; i < fleet.Count; i++)
        {
            CostCurve curve = Curve[i];
            if (curve.MaxMw <= curve.MinMw) { continue; }
            points.Add((curve.MarginalUsdPerMwh(curve.MinMw), 2 * i));
            if (curve.QuadraticUsdPerMwMwh > 0) { points.Add((curve.MarginalUsdPerMwh(curve.MaxMw), 2 * i + 1)); }
        }
        (double Price, int Owner)[] sorted = [.. points.OrderBy(one => one.Price).ThenBy(one => one.Owner)];
        point = [.. sorted.Select(one => one.Price)];
        owner = [.. sorted.Select(one => one.Owner)];
        lines = fleet.HasLines ? new HourDispatch(fleet) : null;
    }

    /// <summary>Cost curves with the price of emissions.</summary>
    public CostCurve[] Curve { get; }

    /// <summary>Capacity asked for beyond the rule, where ramps or a battery proved it too little.</summary>
    public double[] Extra { get; }

    public static CostCurve[] Carbon(Fleet fleet, double carbonUsdPerKg)
    {
        CostCurve[] curves = [.. fleet.Curve];
        for (int i = 0; i < curves.Length && carbonUsdPerKg > 0; i++)
        {
            double price = carbonUsdPerKg * fleet.Emission[i];
            curves[i].NoLoadUsd += price * fleet.Fuel0[i];
            curves[i].IncrementalUsdPerMwh += price * fleet.Fuel1[i];
            curves[i].QuadraticUsdPerMwMwh += price * fleet.Fuel2[i];
        }
        return curves;
    }

    /// <summary>Cost of an hour, missing reserve included.</summary>
    public double Cost(int t, ReadOnlySpan<byte> on, double batteryMw, double batteryCapMw)
    {
        double shortMw = ReserveShortMw(t, on, batteryCapMw);
        double penalty = shortMw > 1e-6 ? ShortHourUsd + shortMw * fleet.Problem.ReserveShortUsdPerMwh : 0;
        return EnergyUsd(t, on, batteryMw) + penalty;
    }

    /// <summary>Capacity that is missing under the rule of reserve.</summary>
    public double ReserveShortMw(int t, ReadOnlySpan<byte> on, double batteryCapMw)
    {
        double capMw = fleet.ImportMw + batteryCapMw;
        for (int i = 0; i < on.Length; i++) { capMw += on[i] * fleet.Curve[i].MaxMw; }
        return Math.Max(0, NeedMw(t, on) - capMw);
    }

    /// <summary>Capacity that the rule asks for with these units on.</summary>
    public double NeedMw(int t, ReadOnlySpan<byte> on)
    {
        ReserveRule rule = fleet.Problem.Reserve;
        double reserve = rule.LoadFraction * fleet.Load[t];
        if (rule.LostBlocks > 0) { reserve = Math.Max(reserve, LossMw(on, rule.LostBlocks)); }
        return fleet.Load[t] + reserve + rule.LoadStepMw + Extra[t];
    }

    /// <summary>Capacity of the largest blocks that run.</summary>
    public double LossMw(ReadOnlySpan<byte> on, int lost)
    {
        Array.Clear(blockMw);
        for (int i = 0; i < on.Length; i++) { blockMw[fleet.Block[i]] += on[i] * fleet.Curve[i].MaxMw; }
        if (fleet.ImportMw > 0) { blockMw[^1] = fleet.ImportMw; }
        double loss = 0;
        for (int k = 0; k < lost && k < blockMw.Length; k++)
        {
            int largest = 0;
            for (int b = 1; b < blockMw.Length; b++)
            {
                if (blockMw[b] > blockMw[largest]) { largest = b; }
            }
            loss += blockMw[largest];
            blockMw[largest] = 0;
        }
        return loss;
    }

    /// <summary>Cost of an hour's energy: units, import, ladder, what is dumped.</summary>
    public double EnergyUsd(int t, ReadOnlySpan<byte> on, double batteryMw)
    {
        if (lines is not null)
        {
            on.CopyTo(flags);
            return lines.Solve(t, flags, Curve, batteryMw).CostUsd;
        }
        double loadMw = fleet.Load[t] - batteryMw;
        double total = 0, cost = 0;
        for (int i = 0; i < on.Length; i++)
        {
            if (on[i] == 0) { continue; }
            ref readonly CostCurve curve = ref Curve[i];
            total += curve.MinMw;
            cost += curve.HourUsd(curve.MinMw);
        }
        if (total >= loadMw) { return cost + (total - loadMw) * fleet.Problem.DumpUsdPerMwh; }
        int rung = 0;
        bool isImporting = fleet.ImportMw > 0;
        double importPrice = fleet.ImportPrice[t];
        double slope = 0, price = 0;
        for (int k = 0; ;)
        {
            while (k < point.Length && on[owner[k] >> 1] == 0) { k++; }
            double nextUnit = k < point.Length ? point[k] : double.PositiveInfinity;
            double nextTap = isImporting && importPrice <= fleet.RungPrice[rung] ? importPrice : fleet.RungPrice[rung];
            double next = Math.Min(nextUnit, nextTap);
            if (slope > 0)
            {
                double gain = slope * (next - price);
                if (total + gain >= loadMw)
                {
                    double reached = price + (loadMw - total) / slope;
                    return cost + (loadMw - total) * (price + reached) / 2;
                }
                total += gain;
                cost += gain * (price + next) / 2;
            }
            price = next;
            double room;
            if (nextUnit <= nextTap)
            {
                int i = owner[k] >> 1;
                double steep = 2 * Curve[i].QuadraticUsdPerMwMwh;
                k++;
                if (steep > 0)
                {
                    slope = (owner[k - 1] & 1) == 0 ? slope + 1 / steep : Math.Max(0, slope - 1 / steep);
                    continue;
                }
                room = Curve[i].MaxMw - Curve[i].MinMw;
            }
            else if (isImporting && importPrice <= fleet.RungPrice[rung])
            {
                isImporting = false;
                room = fleet.ImportMw;
            }
            else if (rung + 1 == fleet.RungPrice.Length) { return cost + (loadMw - total) * price; }
            else { room = fleet.RungDepth[rung++] * fleet.Load[t]; }
            double taken = Math.Min(room, loadMw - total);
            total += taken;
            cost += taken * price;
            if (total >= loadMw - 1e-12) { return cost; }
        }
    }
}
