using Gigawatt.Power.Protection;
using Gigawatt.Reliability;
using Gigawatt.Scenarios;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Simulation;

/// <summary>Short circuits and sags of a run, and what they did to racks and jobs.</summary>
public struct FaultCounts
{
    /// <summary>Short circuits on circuits of the halls.</summary>
    public long CircuitFaults;

    /// <summary>Those of them to ground, which no voltage between phases feels.</summary>
    public long GroundFaults;

    /// <summary>Sags that came in from utilities, a row of them counted once.</summary>
    public long TieSags;

    /// <summary>Faults and sags after which racks beside those of the circuit lost power or went over to batteries.</summary>
    public long Felt;

    /// <summary>Racks that lost power, counted each time.</summary>
    public long RacksDropped;

    /// <summary>Racks that went over to the batteries of their UPS, counted each time.</summary>
    public long RacksTransferred;

    /// <summary>Times at which counters kept halls on batteries.</summary>
    public long Latched;

    /// <summary>Jobs that lost GPUs, counted each time.</summary>
    public long JobsDropped;

    /// <summary>Rack-time without a circuit.</summary>
    public double DarkRackS;

    /// <summary>Longest time until racks were on the network again.</summary>
    public double LongestAwayS;
}

/// <summary>The circuits of the halls and the sags of the utilities, with their luck.</summary>
/// <remarks>
/// The racks of a group hang on its circuits in their order, as many on each as its rating allows at full power; the first ones stand behind a UPS. Each circuit
/// fails and is repaired at its own times, drawn as those of generating units are.
/// </remarks>
public sealed class CampusFaults
{
    private readonly UnitOutages?[] circuits;
    private readonly double[][] darkUntilS;
    private readonly int[] racksPer;
    private readonly double[] tieSagS;
    private readonly Stream[] tieLuck;

    /// <summary>The circuits of a campus, none in service yet.</summary>
    public CampusFaults(Scenario scenario, RackGroup[] racks, int seed, int run)
    {
        Spec = scenario.Power.Faults;
        double circuitMw = Spec.CircuitMva * scenario.Power.Network.PowerFactorFraction;
        racksPer = [.. racks.Select(rack => Math.Max(1, (int)(circuitMw / rack.FullMw + 1e-9)))];
        Names = [.. racks.Select(rack => $"a circuit of {rack.Spec.Name}")];
        circuits = new UnitOutages?[racks.Length];
        darkUntilS = new double[racks.Length][];
        for (int g = 0; g < racks.Length; g++)
        {
            int most = (racks[g].Spec.RackCount + racksPer[g] - 1) / racksPer[g];
            darkUntilS[g] = new double[most];
            if (Spec.MeanTimeToFaultS is { } meanS)
            {
                circuits[g] = new UnitOutages(new TwoStateUnitSpec { MttfS = meanS, MttrS = Spec.MeanRepairS }, seed, run, $"{racks[g].Spec.Name}/circuit", most);
            }
        }
        Luck = Stream.For(seed, run, "power.faults", "place");
        tieLuck = [.. scenario.Power.Grid.Select(tie => Stream.For(seed, run, tie.Name, "sag"))];
        tieSagS = new double[tieLuck.Length];
        for (int i = 0; i < tieSagS.Length; i++) { tieSagS[i] = Spec.MeanTimeToTieSagS is { } meanS ? meanS * tieLuck[i].NextExponential() : double.PositiveInfinity; }
        TieNames = [.. scenario.Power.Grid.Select(tie => tie.Name)];
    }

    /// <summary>How often, how deep, against what.</summary>
    public CampusFaultsSpec Spec { get; }

    /// <summary>What happened so far.</summary>
    public FaultCounts Counts;

    /// <summary>What a circuit of each rack group is called in events.</summary>
    internal string[] Names { get; }

    /// <summary>Names of the ties.</summary>
    internal string[] TieNames { get; }

    /// <summary>Where kind and place of a fault are drawn from.</summary>
    internal Stream Luck;

    /// <summary>Racks on one circuit of a group.</summary>
    internal int RacksPer(int group) => racksPer[group];

    /// <summary>Whether a circuit stands behind a UPS: the first share of those in service.</summary>
    internal bool IsBehindUps(int group, int circuit) => circuit < Spec.BehindUpsFraction * (circuits[group]?.InstalledUnits ?? 0) - 1e-9;

    /// <summary>Midnight: circuits for the racks that are live.</summary>
    internal void NewDay(Site site, double nowS)
    {
        for (int g = 0; g < circuits.Length; g++)
        {
            int wanted = (site.Racks[g].Live + racksPer[g] - 1) / racksPer[g];
            if (circuits[g] is { } group && group.InstalledUnits != wanted)
            {
                for (int c = wanted; c < group.InstalledUnits; c++) { darkUntilS[g][c] = 0; }
                group.Install(wanted, nowS);
            }
            Recount(site, g, nowS);
        }
    }

    /// <summary>The next circuit of a group that fails or is repaired.</summary>
    internal bool TryNext(int group, double untilS, out int circuit, out bool isUp, out double timeS)
    {
        (circuit, isUp, timeS) = (-1, false, 0);
        return circuits[group] is { } units && units.TryNext(untilS, out circuit, out isUp, out timeS);
    }

    /// <summary>The next sag that comes in through a tie, whether it is in service or not.</summary>
    internal bool TryNextSag(int tie, double untilS, out double timeS, out double retainedPu)
    {
        (timeS, retainedPu) = (tieSagS[tie], 1);
        if (timeS > untilS) { return false; }
        double depth = tieLuck[tie].NextUniform();
        for (int i = 0; i < Spec.TieSags.Count && depth >= 0; i++)
        {
            retainedPu = Spec.TieSags[i].RetainedPu;
            depth -= Spec.TieSags[i].ShareFraction;
        }
        tieSagS[tie] += Spec.MeanTimeToTieSagS!.Value * tieLuck[tie].NextExponential();
        return true;
    }

    /// <summary>Leaves the racks of a circuit without power until a time.</summary>
    internal void Darken(Site site, int group, int circuit, double untilS, double nowS)
    {
        darkUntilS[group][circuit] = untilS;
        Recount(site, group, nowS);
    }

    /// <summary>Counts the time of dark racks and lets those that are fed another way come back.</summary>
    internal void Pass(Site site, double nowS, double stepS)
    {
        for (int g = 0; g < darkUntilS.Length; g++)
        {
            if (site.Racks[g].Dark == 0) { continue; }
            Counts.DarkRackS += site.Racks[g].Dark * stepS;
            Recount(site, g, nowS);
        }
    }

    private void Recount(Site site, int group, double nowS)
    {
        RackGroup rack = site.Racks[group];
        rack.Dark = 0;
        for (int c = 0; c < darkUntilS[group].Length; c++)
        {
            if (darkUntilS[group][c] > nowS) { rack.Dark += Math.Max(0, Math.Min(racksPer[group], rack.Live - c * racksPer[group])); }
        }
    }
}
