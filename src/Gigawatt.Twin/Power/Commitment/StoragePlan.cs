namespace Gigawatt.Power.Commitment;

/// <summary>The hours in which a battery gives and takes beside units whose hours are fixed.</summary>
/// <remarks>Dynamic programming over levels of charge, a grid through the charge at the beginning and at the end; hours cost what the units make of them.</remarks>
internal sealed class StoragePlan
{
    private const int FewestLevels = 13;
    private const int MostLevels = 145;

    private readonly Fleet fleet;
    private readonly double stepMwh, lowestMwh;
    private readonly int levels, reach, first, last;
    private readonly double[] energyUsd;
    private readonly byte[] choice;
    private double[] value, later;

    public StoragePlan(Fleet fleet)
    {
        this.fleet = fleet;
        CommitmentBattery battery = fleet.Battery!;
        double wishMwh = Math.Max(battery.CapacityMwh / (MostLevels - 25), Math.Min(battery.CapacityMwh / (FewestLevels - 1), battery.RatedMw * fleet.Keep / 3));
        double apartMwh = Math.Abs(fleet.LastMwh - fleet.FirstMwh);
        stepMwh = apartMwh > 1e-9 && apartMwh / Math.Ceiling(apartMwh / wishMwh) > wishMwh / 4 ? apartMwh / Math.Ceiling(apartMwh / wishMwh) : wishMwh;
        first = (int)Math.Floor(fleet.FirstMwh / stepMwh + 1e-9);
        lowestMwh = Math.Max(0, fleet.FirstMwh - first * stepMwh);
        levels = first + 1 + (int)Math.Floor((battery.CapacityMwh - fleet.FirstMwh) / stepMwh + 1e-9);
        last = Math.Min(levels - 1, (int)Math.Ceiling((fleet.LastMwh - lowestMwh) / stepMwh - 1e-9));
        reach = Math.Min(levels - 1, (int)Math.Floor(battery.RatedMw / fleet.Keep / stepMwh + 1e-9));
        energyUsd = new double[2 * reach + 1];
        choice = new byte[levels * fleet.Hours];
        (value, later) = (new double[levels], new double[levels]);
    }

    /// <summary>Plans the battery; writes power (positive gives), charge at the end of each hour and what counts as capacity.</summary>
    public void Solve(HourSupply supply, byte[] on, double[] batteryMw, double[] storedMwh, double[] capMw)
    {
        CommitmentBattery battery = fleet.Battery!;
        int hours = fleet.Hours;
        double[] next = later, now = value;
        for (int l = 0; l < levels; l++) { next[l] = l >= last ? 0 : 1e12 * (last - l); }
        for (int t = hours - 1; t >= 0; t--)
        {
            ReadOnlySpan<byte> flags = on.AsSpan(t * fleet.Count, fleet.Count);
            double unitShortMw = supply.ReserveShortMw(t, flags, 0);
            for (int m = -reach; m <= reach; m++)
            {
                double powerMw = PowerMw(m);
                energyUsd[m + reach] = Math.Abs(powerMw) > battery.RatedMw + 1e-9 ? double.PositiveInfinity : supply.EnergyUsd(t, flags, powerMw);
            }
            for (int l = 0; l < levels; l++)
            {
                double best = double.PositiveInfinity;
                int chosen = l;
                for (int to = Math.Max(0, l - reach); to <= Math.Min(levels - 1, l + reach); to++)
                {
                    double cost = energyUsd[to - l + reach] + next[to];
                    if (cost >= best) { continue; }
                    double shortMw = unitShortMw > 0 ? unitShortMw - CapMw(PowerMw(to - l), lowestMwh + to * stepMwh) : 0;
                    if (shortMw > 1e-6) { cost += 1e6 + shortMw * fleet.Problem.ReserveShortUsdPerMwh; }
                    if (cost < best) { (best, chosen) = (cost, to); }
                }
                now[l] = best;
                choice[t * levels + l] = (byte)chosen;
            }
            (next, now) = (now, next);
        }
        (later, value) = (next, now);
        int level = first;
        for (int t = 0; t < hours; t++)
        {
            int to = choice[t * levels + level];
            batteryMw[t] = PowerMw(to - level);
            storedMwh[t] = lowestMwh + to * stepMwh;
            capMw[t] = CapMw(batteryMw[t], storedMwh[t]);
            level = to;
        }
    }

    /// <summary>A battery that does nothing.</summary>
    public void Rest(double[] batteryMw, double[] storedMwh, double[] capMw)
    {
        Array.Clear(batteryMw);
        Array.Fill(storedMwh, fleet.FirstMwh);
        Array.Fill(capMw, CapMw(0, fleet.FirstMwh));
    }

    private double CapMw(double powerMw, double endMwh) => CapMw(fleet, powerMw, endMwh);

    /// <summary>What counts as capacity: what it gives and what more it could give for as long as the rule asks.</summary>
    public static double CapMw(Fleet fleet, double powerMw, double endMwh) => powerMw
        + Math.Min(fleet.Battery!.RatedMw - powerMw, endMwh * fleet.Keep * 3600 / fleet.Problem.Reserve.BatteryS);

    private double PowerMw(int levelsUp) => levelsUp > 0 ? -levelsUp * stepMwh / fleet.Keep : -levelsUp * stepMwh * fleet.Keep;
}
