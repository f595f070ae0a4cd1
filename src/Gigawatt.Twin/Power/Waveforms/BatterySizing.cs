using Gigawatt.Numerics;

namespace Gigawatt.Power.Waveforms;

/// <summary>The smallest battery with which a wave keeps its limits, and how it has to be run.</summary>
/// <param name="Store">Power, usable energy, time constant and state of charge, as smoothing takes them.</param>
/// <param name="Totals">What passes through it over the series.</param>
/// <param name="Runs">Times the wave was passed through a battery to find it.</param>
public sealed record SizedBattery(StorageSmoothingSpec Store, StorageTotals Totals, int Runs)
{
    /// <summary>Highest power needed.</summary>
    public double Mw => Store.PowerMw;

    /// <summary>Usable energy needed.</summary>
    public double Mwh => Store.EnergyMwh;
}

/// <summary>Finds the smallest battery that makes a wave keep rules.</summary>
/// <remarks>
/// Three bisections: the shortest time constant with which a battery without limits suffices; with it the least power, since clipped peaks may stay within
/// the limits; with both the least energy, begun from the range that the energy wandered
/// through. Each keeps a battery that complies and one that does not,
/// closer than half a percent, and the answer is one that was run and complied. Smallest power counts before smallest energy. Not modelled: a controller that
/// knows the iteration beforehand, which could do with somewhat less.
/// </remarks>
public sealed class BatterySizing
{
    private const double Near = 1.004;
    private const double LongestS = 1e5;

    private readonly ComplianceMeter meter;
    private readonly double stepS;
    private readonly double settledMw;
    private readonly double siteMw;
    private readonly double[] waveMw;
    private readonly double[] leftMw;
    private readonly List<ComplianceRule> rules;
    private int runs;

    private BatterySizing(double[] waveMw, double stepS, double settledMw, double siteMw, IEnumerable<ComplianceRule> rules, ComplianceMeter meter)
    {
        this.waveMw = waveMw;
        this.stepS = stepS;
        this.settledMw = settledMw;
        this.siteMw = siteMw;
        this.rules = [.. rules];
        this.meter = meter;
        leftMw = new double[waveMw.Length];
    }

    /// <summary>The smallest battery; null when none complies, however slow its filter.</summary>
    /// <param name="waveMw">The wave that reaches the battery.</param>
    /// <param name="stepS">Time between samples.</param>
    /// <param name="settledMw">Mean power before the series.</param>
    /// <param name="siteMw">Rating of the site.</param>
    /// <param name="rules">Rules to keep.</param>
    /// <param name="oneWayEfficiencyFraction">Energy kept on one way through the battery.</param>
    /// <param name="meter">A meter with room for the wave.</param>
    public static SizedBattery? Smallest(
        double[] waveMw, double stepS, double settledMw, double siteMw, IEnumerable<ComplianceRule> rules, double oneWayEfficiencyFraction, ComplianceMeter meter)
    {
        BatterySizing search = new(waveMw, stepS, settledMw, siteMw, rules, meter);
        StorageSmoothingSpec none = new() { PowerMw = 0, EnergyMwh = 0, TimeConstantS = 1, OneWayEfficiencyFraction = oneWayEfficiencyFraction };
        if (search.Complies(none, out StorageTotals nothing)) { return new SizedBattery(none, nothing, search.runs); }
        if (search.WithoutLimits(none) is not { } endless) { return null; }
        StorageSmoothingSpec strong = search.LeastPower(endless);
        return search.LeastEnergy(strong);
    }

    /// <summary>Whether a wave behind a battery keeps rules, and what passed through the battery.</summary>
    private bool Complies(StorageSmoothingSpec store, out StorageTotals totals)
    {
        runs++;
        totals = StorageSmoothing.Run(store, stepS, settledMw, waveMw, leftMw, []);
        return meter.Keeps(rules, leftMw, siteMw);
    }

    private StorageSmoothingSpec? WithoutLimits(StorageSmoothingSpec like)
    {
        double highestMw = 0;
        foreach (double mw in waveMw) { highestMw = Math.Max(highestMw, mw); }
        StorageSmoothingSpec endless = like with { PowerMw = 10 * highestMw, EnergyMwh = 4 * highestMw * waveMw.Length * stepS / 3600 };
        double slow = 1;
        while (!Complies(endless with { TimeConstantS = slow }, out _))
        {
            slow *= 2;
            if (slow > LongestS) { return null; }
        }
        double quick = slow / 2;
        if (slow == 1)
        {
            // A fast filter may do; one of a sample does nothing.
            while (quick > stepS && Complies(endless with { TimeConstantS = quick }, out _)) { (slow, quick) = (quick, quick / 2); }
        }
        while (slow / quick > Near)
        {
            double between = Math.Sqrt(slow * quick);
            if (Complies(endless with { TimeConstantS = between }, out _)) { slow = between; } else { quick = between; }
        }
        return endless with { TimeConstantS = slow };
    }

    private StorageSmoothingSpec LeastPower(StorageSmoothingSpec endless)
    {
        Complies(endless, out StorageTotals totals);
        double enough = totals.HighestMw, little = 0;
        while (little == 0 ? enough > 1e-6 : enough / little > Near)
        {
            double between = little == 0 && enough > totals.HighestMw / 64 ? enough / 2 : (enough + little) / 2;
            if (Complies(endless with { PowerMw = between }, out _)) { enough = between; } else { little = between; }
        }
        return endless with { PowerMw = enough };
    }

    private SizedBattery LeastEnergy(StorageSmoothingSpec strong)
    {
        Complies(strong, out StorageTotals wandered);
        double rangeMwh = (wandered.HighestStoredMwh - wandered.LowestMwh) * (1 + 1e-9);
        double aboveMwh = strong.StartChargeFraction * strong.EnergyMwh - wandered.LowestMwh;
        // As far from both ends as it wandered, aiming for where it began: what was run without limits, and so it complies.
        StorageSmoothingSpec Home(double energyMwh)
        {
            double start = Math.Limit((aboveMwh + (energyMwh - rangeMwh) / 2) / energyMwh, 0, 1);
            return strong with { EnergyMwh = energyMwh, StartChargeFraction = start, TargetChargeFraction = start };
        }
        // Aiming for the middle does with less when the wave began far from its mean; it need not comply.
        StorageSmoothingSpec Middle(double energyMwh) => Home(energyMwh) with { TargetChargeFraction = 0.5 };
        StorageSmoothingSpec home = Shrunk(Home, rangeMwh);
        StorageSmoothingSpec best = home;
        if (Complies(Middle(home.EnergyMwh), out _)) { best = Shrunk(Middle, home.EnergyMwh); }
        bool complies = Complies(best, out StorageTotals totals);
        System.Diagnostics.Debug.Assert(complies, "the battery that was found had complied before");
        return new SizedBattery(best, totals, runs);
    }

    // From an energy that complies down to one within half a percent of one that does not.
    private StorageSmoothingSpec Shrunk(Func<double, StorageSmoothingSpec> with, double enough)
    {
        double little = enough, least = enough / 1e4;
        do
        {
            enough = little;
            little /= 1.2;
        }
        while (little > least && Complies(with(little), out _));
        while (enough / little > Near)
        {
            double between = (enough + little) / 2;
            if (Complies(with(between), out _)) { enough = between; } else { little = between; }
        }
        return with(enough);
    }
}
