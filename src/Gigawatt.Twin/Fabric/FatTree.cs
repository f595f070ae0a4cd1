using Gigawatt.Numerics;

namespace Gigawatt.Fabric;

/// <summary>What a network is built of.</summary>
/// <param name="LeafCount">Switches that hosts are plugged into.</param>
/// <param name="SpineCount">Switches of the second tier.</param>
/// <param name="CoreCount">Switches of the third tier.</param>
/// <param name="SuperCount">Switches of the fourth tier.</param>
/// <param name="PortCount">Ports in use, of switches and hosts.</param>
/// <param name="CableCount">Links.</param>
/// <param name="OpticCount">Optical ends of links; two a link unless it is copper.</param>
/// <param name="SwitchMw">Power of the switches; not a number when the power of one is unknown.</param>
/// <param name="OpticMw">Power of the optics; not a number when that of one is unknown.</param>
public readonly record struct FabricParts(
    long LeafCount, long SpineCount, long CoreCount, long SuperCount, long PortCount, long CableCount, long OpticCount, double SwitchMw, double OpticMw)
{
    /// <summary>Switches of all tiers.</summary>
    public long SwitchCount => LeafCount + SpineCount + CoreCount + SuperCount;
}

/// <summary>The equations of a fat tree.</summary>
public static class FatTree
{
    /// <summary>Hosts that a tree joins without blocking: r with one tier, r²/2 with two, r³/4 with three.</summary>
    public static long MaxHosts(int switchRadix, int tiers)
    {
        long hosts = switchRadix;
        for (int tier = 1; tier < tiers; tier++) { hosts = hosts * switchRadix / 2; }
        return hosts;
    }

    /// <summary>Hosts that the fabric joins without blocking.</summary>
    public static long MaxHosts(FabricSpec spec) => MaxHosts(spec.SwitchRadix, spec.Tiers);

    /// <summary>Power of the switches and optics that join so many GPUs.</summary>
    public static double PowerMw(FabricSpec spec, int gpus) => spec.PowerMwPerGpu * gpus;

    /// <summary>Hosts that are one switch away from a host on the way it mostly sends: its leaf, or with rails the GPUs of equal number behind it.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="nodeGpus">GPUs of one node.</param>
    /// <remarks>With rails these are (r/2) nodes: r/2·node GPUs are within one switch or one NVLink hop of each other.</remarks>
    public static long OneSwitchGpus(FabricSpec spec, int nodeGpus)
    {
        long down = spec.Tiers == 1 ? spec.SwitchRadix : spec.SwitchRadix / 2;
        return spec.RailOptimized ? down * nodeGpus : down;
    }

    /// <summary>Switches, links and optics that join so many GPUs of one adapter each.</summary>
    /// <remarks>
    /// Half of a switch's ports look down, half up; in the last tier all look down; tiers that so many GPUs do not need are not built. Between the last two tiers there are fewer links by the
    /// oversubscription. A link to a host is copper or optical, every other one optical: two optics.
    /// </remarks>
    public static FabricParts Parts(FabricSpec spec, long gpus)
    {
        Span<long> counts = stackalloc long[4];
        long ends = gpus, links = gpus, copper = spec.CopperToHosts ? gpus : 0, half = Math.Max(1, spec.SwitchRadix / 2);
        int tiers = 1;
        while (tiers < spec.Tiers && MaxHosts(spec.SwitchRadix, tiers) < gpus) { tiers++; }
        for (int tier = 0; tier < tiers; tier++)
        {
            bool isLast = tier == tiers - 1;
            counts[tier] = isLast ? Over(ends, spec.SwitchRadix) : Over(ends, half);
            if (isLast) { break; }
            ends = tier == tiers - 2 ? (long)Math.Ceiling(ends / spec.OversubscriptionRatio) : ends;
            links += ends;
        }
        long switches = counts[0] + counts[1] + counts[2] + counts[3], optics = 2 * (links - copper);
        return new FabricParts(
            counts[0], counts[1], counts[2], counts[3], 2 * links, links, optics,
            switches * spec.SwitchMw ?? double.NaN, optics * spec.OpticMw ?? double.NaN);
    }

    /// <summary>More GPUs than the tiers reach, in words; none when they fit.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="gpus">GPUs to join.</param>
    /// <param name="path">Where their number stands in the input.</param>
    public static CaseProblem? Problem(FabricSpec spec, long gpus, string path = "gpus") => gpus <= MaxHosts(spec)
        ? null
        : new CaseProblem(
            path, FormattableString.Invariant($"at most the {MaxHosts(spec):N0} GPUs that {spec.Tiers} tiers of {spec.SwitchRadix} ports join; more take another tier or wider switches"),
            FormattableString.Invariant($"{gpus:N0}"));

    private static long Over(long ends, long ports) => (ends + ports - 1) / ports;
}
