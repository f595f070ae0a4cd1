using Gigawatt.Numerics;

namespace Gigawatt.Power.Commitment;

/// <summary>What no schedule can cost less than: Lagrangian relaxation with every unit planned on its own.</summary>
/// <remarks>
/// Energy of each hour gets a price λ, capacity a price μ, fuel of each line ν, emissions κ; what ties the units is thereby taken
/// apart, and each unit (once for all identical ones), the battery (exactly, its value being concave in charge), import and the
/// ladder answer to the prices. Any prices of 0 or more give a proven bound; they are raised by the volume algorithm. Ramps and limits of
/// first and last hours are left out, which keeps the bound valid. Sources: Muckstadt and Koenig (1977); Barahona and Anbil (2000).
/// </remarks>
internal sealed class DualBound
{
    private readonly Fleet fleet;
    private readonly UnitPlan plan;
    private readonly StoragePrice? storage;
    private readonly int hours, size;
    private readonly double emissionScale;
    private readonly double[] onUsd, outputMw, batteryMw, need;
    private readonly byte[] hoursOn;

    public DualBound(Fleet fleet, bool countsLosses, bool holdsCap)
    {
        this.fleet = fleet;
        hours = fleet.Hours;
        plan = new UnitPlan(fleet);
        storage = fleet.Battery is null ? null : new StoragePrice(fleet);
        size = hours * (2 + fleet.Lines) + 1;
        (onUsd, outputMw, batteryMw, need) = (new double[hours], new double[hours], new double[hours], new double[hours]);
        hoursOn = new byte[hours];
        Plan = new byte[hours * fleet.Count];
        double cap = holdsCap ? fleet.CapKg ?? 0 : 0;
        emissionScale = cap > 0 ? fleet.Load.Sum() / cap / Math.Sqrt(hours) : 0;
        for (int t = 0; t < hours; t++)
        {
            ReserveRule rule = fleet.Problem.Reserve;
            double loss = countsLosses && rule.LostBlocks > 0 ? LeastLossMw(t, rule.LostBlocks) : 0;
            need[t] = fleet.Load[t] + Math.Max(rule.LoadFraction * fleet.Load[t], loss) + rule.LoadStepMw - fleet.ImportMw - (fleet.Battery?.RatedMw ?? 0);
        }
        Prices = new double[size];
    }

    public double BestUsd { get; private set; } = double.NegativeInfinity;

    public double[] Prices { get; }

    /// <summary>The units' own hours at the best prices: a start for a search.</summary>
    public byte[] Plan { get; }

    /// <summary>Raises the bound towards the cost of a known schedule.</summary>
    public void Raise(double knownUsd, ReadOnlySpan<double> startPrice, int iterations, double closeFraction)
    {
        startPrice.CopyTo(Prices);
        double[] residual = new double[size], volume = new double[size], trial = [.. Prices];
        BestUsd = Value(trial, volume, Plan);
        byte[] hoursPlan = new byte[Plan.Length];
        double pace = 0.1, share = 0.2;
        int still = 0;
        for (int k = 0; k < iterations && knownUsd - BestUsd > closeFraction * Math.Abs(knownUsd); k++)
        {
            double square = 0;
            for (int j = 0; j < size; j++) { square += volume[j] * volume[j]; }
            if (square < 1e-12) { break; }
            double target = Math.Max(knownUsd, BestUsd + 1e-4 * Math.Abs(BestUsd));
            double step = pace * (target - BestUsd) / square;
            for (int j = 0; j < size; j++) { trial[j] = Math.Limit(Prices[j] + step * volume[j], 0, Highest(j)); }
            double reached = Value(trial, residual, hoursPlan);
            double along = 0;
            for (int j = 0; j < size; j++)
            {
                along += volume[j] * residual[j];
                volume[j] = share * residual[j] + (1 - share) * volume[j];
            }
            if (reached > BestUsd)
            {
                bool isMuch = reached - BestUsd > 1e-5 * Math.Abs(BestUsd);
                (BestUsd, still) = (reached, isMuch ? 0 : still + 1);
                Array.Copy(trial, Prices, size);
                Array.Copy(hoursPlan, Plan, Plan.Length);
                pace *= along > 0 ? 1.3 : 1.02;
            }
            else { still++; }
            if (still < 12) { continue; }
            pace = Math.Max(1e-4, pace * 0.7);
            share = Math.Max(0.02, share * 0.85);
            still = 0;
        }
    }

    private double Highest(int j) => j < hours ? fleet.RungPrice[^1] : j < 2 * hours ? fleet.Problem.ReserveShortUsdPerMwh
        : j < size - 1 ? fleet.Problem.ShedUsdPerMwh : emissionScale > 0 ? double.PositiveInfinity : 0;

    private double Value(double[] price, double[] residual, byte[] hoursPlan)
    {
        ReadOnlySpan<double> energy = price.AsSpan(0, hours), capacity = price.AsSpan(hours, hours);
        double carbon = price[size - 1] * emissionScale;
        double total = 0, emitted = 0;
        Array.Clear(residual);
        for (int t = 0; t < hours; t++)
        {
            double load = fleet.Load[t];
            total += energy[t] * load + capacity[t] * need[t];
            residual[t] = load;
            residual[hours + t] = need[t];
            for (int r = 0; r < fleet.RungPrice.Length; r++)
            {
                if (energy[t] <= fleet.RungPrice[r]) { continue; }
                total += (fleet.RungPrice[r] - energy[t]) * fleet.RungDepth[r] * load;
                residual[t] -= fleet.RungDepth[r] * load;
            }
            if (energy[t] > fleet.ImportPrice[t])
            {
                total += (fleet.ImportPrice[t] - energy[t]) * fleet.ImportMw;
                residual[t] -= fleet.ImportMw;
            }
            for (int line = 0; line < fleet.Lines; line++)
            {
                int at = hours * (2 + line) + t;
                total -= price[at] * fleet.LineLimit[line];
                residual[at] = -fleet.LineLimit[line];
            }
        }
        for (int c = 0; c < fleet.ClassSize.Length; c++)
        {
            int i = fleet.ClassFirst[c], twins = fleet.ClassSize[c];
            CostCurve curve = fleet.Curve[i];
            for (int t = 0; t < hours; t++)
            {
                double fuelPrice = carbon * fleet.Emission[i] + (fleet.Line[i] >= 0 ? price[hours * (2 + fleet.Line[i]) + t] : 0);
                double b = curve.IncrementalUsdPerMwh + fuelPrice * fleet.Fuel1[i], square = curve.QuadraticUsdPerMwMwh + fuelPrice * fleet.Fuel2[i];
                double p = square > 0 ? Math.Limit((energy[t] - b) / (2 * square), curve.MinMw, curve.MaxMw) : energy[t] > b ? curve.MaxMw : curve.MinMw;
                outputMw[t] = p;
                onUsd[t] = curve.NoLoadUsd + fuelPrice * fleet.Fuel0[i] + (b - energy[t] + square * p) * p - capacity[t] * curve.MaxMw;
            }
            total += twins * plan.Solve(i, onUsd, hoursOn);
            for (int t = 0; t < hours; t++)
            {
                for (int twin = 0; twin < twins; twin++) { hoursPlan[t * fleet.Count + i + twin] = hoursOn[t]; }
                if (hoursOn[t] == 0) { continue; }
                residual[t] -= twins * outputMw[t];
                residual[hours + t] -= twins * curve.MaxMw;
                double fuel = twins * fleet.FuelMw(i, outputMw[t]);
                if (fleet.Line[i] >= 0) { residual[hours * (2 + fleet.Line[i]) + t] += fuel; }
                emitted += fleet.Emission[i] * fuel;
            }
        }
        if (storage is not null)
        {
            total -= storage.Value(energy, batteryMw);
            for (int t = 0; t < hours; t++) { residual[t] -= batteryMw[t]; }
        }
        if (emissionScale > 0)
        {
            total -= carbon * fleet.CapKg!.Value;
            residual[size - 1] = emissionScale * (emitted - fleet.CapKg.Value);
        }
        return total;
    }

    // However the units are chosen, the k largest running blocks are at least k times the size m below which the rest could not carry the load.
    private double LeastLossMw(int t, int lost)
    {
        double[] blocks = new double[fleet.Blocks];
        for (int i = 0; i < fleet.Count; i++)
        {
            if ((fleet.Rule[i * hours + t] & Fleet.MustBeOff) == 0) { blocks[fleet.Block[i]] += fleet.Curve[i].MaxMw; }
        }
        if (fleet.ImportMw > 0) { blocks[^1] = fleet.ImportMw; }
        Array.Sort(blocks);
        double wanted = fleet.Load[t] + fleet.Problem.Reserve.LoadStepMw - (fleet.Battery?.RatedMw ?? 0);
        double Rest(double m) => blocks.Take(Math.Max(0, blocks.Length - lost)).Sum(block => Math.Min(block, m));
        if (blocks.Length <= lost || Rest(blocks[^1]) < wanted) { return 0; }
        if (!fleet.HasSharedBlocks) { return lost * blocks.First(block => Rest(block) >= wanted - 1e-9); }
        double low = 0, high = blocks[^1];
        for (int k = 0; k < 50; k++)
        {
            double middle = (low + high) / 2;
            if (Rest(middle) >= wanted) { high = middle; } else { low = middle; }
        }
        return lost * low;
    }
}
