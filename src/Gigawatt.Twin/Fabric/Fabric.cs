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
/// SIGCOMM 2008). Switches and optics are booked as one power per GPU, or counted (<see cref="FatTree.Parts"/>); adapters belong to the node.
/// Not modelled: congestion, failures of links and switches, lengths of cables inside a building.
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

    /// <summary>Power of one switch without its optics; parts are counted without it when absent.</summary>
    public double? SwitchMw { get; init => field = value is { } power ? Check.NotNegative(power) : null; }

    /// <summary>Power of the optics at one end of a link.</summary>
    public double? OpticMw { get; init => field = value is { } power ? Check.NotNegative(power) : null; }

    /// <summary>Whether links from host to leaf are copper, without optics.</summary>
    [Default(Grade.E, "assumption: leaves stand apart from the racks, as rails ask for")]
    public bool CopperToHosts { get; init; }

    /// <summary>Whether GPU i of every node is on leaf i, so that GPUs of equal number are one switch apart.</summary>
    [Default(Grade.A, "NVIDIA DGX SuperPOD reference architecture: rail-optimised")]
    public bool RailOptimized { get; init; } = true;

    /// <summary>Rate that large exchanges reach over the rate of the adapter.</summary>
    [Default(Grade.B, "46 to 48 of 50 GB/s an adapter is what NCCL's authors expect (NVIDIA/nccl-tests issue 290, 2025); ib_write_bw 96.9 %")]
    public double EfficiencyFraction { get; init => field = Check.PositiveFraction(value); } = 0.96;

    /// <summary>Time to start an exchange over the network.</summary>
    [Default(Grade.A, "NCCL, tuning.cc: 14 µs for rings and trees with its protocol for medium sizes")]
    public double StartS { get; init => field = Check.NotNegative(value); } = 14e-6;

    /// <summary>Time from one node to the next, adapters, software and the switches of a pod included.</summary>
    [Default(Grade.A, "NCCL, tuning.cc: 2.7, 4.0 and 14 µs in a ring, 5.0 and 8.5 in a tree, by protocol")]
    public double HopS { get; init => field = Check.NotNegative(value); } = 5e-6;

    /// <summary>Latency that a hop between pods has on top: more switches, fuller queues.</summary>
    [Default(Grade.E, "assumption: two more switches of 1 µs; Llama 3 speaks of tens of µs under load")]
    public double PodHopS { get; init => field = Check.NotNegative(value); } = 2e-6;

    /// <summary>Latency of the chunks that a message is cut into: how slowly the rate rises with size.</summary>
    [Default(Grade.D, "fitted: all-reduce of 4 nodes of 8 x B200 (ml-engineering), 10 µs; 30 µs over 20 racks of GB200")]
    public double FillS { get; init => field = Check.NotNegative(value); } = 10e-6;

    /// <summary>Time that each further destination of an all-to-all costs.</summary>
    [Default(Grade.E, "assumption: a microsecond to post and complete a message")]
    public double MessageS { get; init => field = Check.NotNegative(value); } = 1e-6;

    /// <summary>Whether its switches add up (SHARP).</summary>
    [Default(Grade.E, "assumption: no; InfiniBand switches can")]
    public bool InNetworkReduction { get; init; }
}

/// <summary>Buildings that one job spans.</summary>
public sealed record BuildingsSpec
{
    /// <summary>GPUs in one of them.</summary>
    public required int Gpus { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Length of the fibre between two.</summary>
    public required double DistanceM { get; init => field = Check.NotNegative(value); }

    /// <summary>Rate inside a pod over the rate between buildings, when all GPUs send.</summary>
    [Default(Grade.E, "assumption: one fibre where pods have sixteen")]
    public double OversubscriptionRatio { get; init => field = Check.Within(value, 1, 100000); } = 16;
}
