using Gigawatt.Numerics;

namespace Gigawatt.Fabric;

/// <summary>The family of a scale-out network.</summary>
public enum FabricTechnology
{
    /// <summary>InfiniBand: lossless, switch hardware that can add up gradients.</summary>
    Infiniband,

    /// <summary>Ethernet with remote memory access.</summary>
    Ethernet,
}

/// <summary>The scale-out network that joins the racks: a folded Clos ("fat tree") of equal switches.</summary>
/// <remarks>
/// Two tiers of switches with r ports join r²/2 hosts without blocking, three tiers r³/4 (M. Al-Fares et al.,
/// SIGCOMM 2008). Switches and optics are booked as one power per GPU; adapters belong to the node.
/// Not modelled: collectives and their times, congestion, rail order, failures of links and switches, cable lengths.
/// </remarks>
[Catalog("fabrics")]
public sealed record FabricSpec
{
    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>InfiniBand or Ethernet.</summary>
    public required FabricTechnology Technology { get; init; }

    /// <summary>Ports of one switch at the port rate.</summary>
    public required int SwitchRadix { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Tiers of switches between two far hosts, from 1 to 4.</summary>
    [Default(Grade.E, "assumption: three tiers, as clusters above 10,000 GPUs are built")]
    public int Tiers { get; init => field = (int)Check.Within(value, 1, 4); } = 3;

    /// <summary>Rate of one port, one way.</summary>
    public required double PortGbPerS { get; init => field = Check.Positive(value); }

    /// <summary>GPUs that reach each other at full rate, below the top tier.</summary>
    public required int GpusPerPod { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Rate inside a pod over the rate between pods: 1 is non-blocking, 7 was used for Llama 3.</summary>
    [Default(Grade.E, "assumption: non-blocking")]
    public double OversubscriptionRatio { get; init => field = Check.Within(value, 1, 100); } = 1;

    /// <summary>Power of switches and optics for each GPU joined.</summary>
    public required double PowerMwPerGpu { get; init => field = Check.NotNegative(value); }
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
}
