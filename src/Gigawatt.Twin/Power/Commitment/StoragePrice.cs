namespace Gigawatt.Power.Commitment;

/// <summary>What a battery earns at given prices, exactly.</summary>
/// <remarks>
/// The most that can be earned from a charge on is a concave chain of straight pieces. An hour adds two pieces to the chain, of the slope
/// at which charge is bought (price / η) and sold (price · η), sorted in by slope; what lies outside empty and full is cut off.
/// </remarks>
internal sealed class StoragePrice(Fleet fleet)
{
    private readonly List<(double Slope, double Width)>[] pieces = [.. Enumerable.Range(0, fleet.Hours + 1).Select(_ => new List<(double, double)>())];
    private readonly double[] lowest = new double[fleet.Hours + 1];
    private readonly double[] atLowest = new double[fleet.Hours + 1];

    /// <summary>The most that can be earned; writes what the battery then gives in each hour.</summary>
    public double Value(ReadOnlySpan<double> price, double[] batteryMw)
    {
        CommitmentBattery battery = fleet.Battery!;
        double full = battery.CapacityMwh, take = battery.RatedMw * fleet.Keep, give = battery.RatedMw / fleet.Keep;
        int hours = fleet.Hours;
        pieces[hours].Clear();
        if (full > fleet.LastMwh) { pieces[hours].Add((0, full - fleet.LastMwh)); }
        (lowest[hours], atLowest[hours]) = (fleet.LastMwh, 0);
        for (int t = hours - 1; t >= 0; t--)
        {
            double buy = price[t] / fleet.Keep, sell = price[t] * fleet.Keep;
            List<(double Slope, double Width)> now = pieces[t];
            now.Clear();
            bool hasBuy = false, hasSell = false;
            foreach ((double slope, double width) in pieces[t + 1])
            {
                if (!hasBuy && buy >= slope) { (hasBuy, _) = (true, Add(now, buy, take)); }
                if (!hasSell && sell >= slope) { (hasSell, _) = (true, Add(now, sell, give)); }
                now.Add((slope, width));
            }
            if (!hasBuy) { Add(now, buy, take); }
            if (!hasSell) { Add(now, sell, give); }
            (lowest[t], atLowest[t]) = (lowest[t + 1] - take, atLowest[t + 1] - buy * take);
            Cut(t, full);
        }
        double value = At(0, fleet.FirstMwh);
        double stored = fleet.FirstMwh;
        for (int t = 0; t < hours; t++)
        {
            double end = Best(t, stored, price[t] / fleet.Keep, price[t] * fleet.Keep, take, give);
            batteryMw[t] = end > stored ? -(end - stored) / fleet.Keep : (stored - end) * fleet.Keep;
            stored = end;
        }
        return value;
    }

    private static bool Add(List<(double Slope, double Width)> to, double slope, double width)
    {
        to.Add((slope, width));
        return true;
    }

    private void Cut(int t, double full)
    {
        List<(double Slope, double Width)> now = pieces[t];
        int gone = 0;
        while (lowest[t] < 0 && gone < now.Count)
        {
            (double slope, double width) = now[gone];
            double cut = Math.Min(width, -lowest[t]);
            lowest[t] = cut < width ? 0 : lowest[t] + cut;
            atLowest[t] += cut * slope;
            if (cut < width) { now[gone] = (slope, width - cut); } else { gone++; }
        }
        now.RemoveRange(0, gone);
        double room = full - lowest[t];
        for (int k = 0; k < now.Count; k++)
        {
            double width = Math.Min(now[k].Width, Math.Max(0, room));
            room -= width;
            now[k] = (now[k].Slope, width);
        }
    }

    private double At(int t, double stored)
    {
        double left = stored - lowest[t], value = atLowest[t];
        foreach ((double slope, double width) in pieces[t])
        {
            double within = Math.Min(width, Math.Max(0, left));
            value += slope * within;
            left -= within;
        }
        return value;
    }

    // Charge is bought as long as it will be worth more than it costs now, and sold as long as it will be worth less.
    private double Best(int t, double stored, double buy, double sell, double take, double give)
    {
        double at = lowest[t + 1];
        double bought = at, kept = at;
        foreach ((double slope, double width) in pieces[t + 1])
        {
            if (slope > buy) { bought += width; }
            if (slope >= sell) { kept += width; }
        }
        double end = stored < bought ? Math.Min(bought, stored + take) : stored > kept ? Math.Max(kept, stored - give) : stored;
        return Math.Max(at, end);
    }
}
