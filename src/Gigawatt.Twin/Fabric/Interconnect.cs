using Gigawatt.Numerics;

namespace Gigawatt.Fabric;

/// <summary>How far two GPUs, or the widest spread ranks of a group, are apart.</summary>
public enum Distance
{
    /// <summary>In one NVLink domain.</summary>
    Domain,

    /// <summary>In one pod of the network.</summary>
    Fabric,

    /// <summary>In different pods.</summary>
    Pod,

    /// <summary>In different buildings.</summary>
    Building,
}

/// <summary>One level of a network as a GPU meets it, in numbers that collectives reckon with.</summary>
/// <param name="GbPerS">Rate one way that a GPU gets in large exchanges, below the line rate.</param>
/// <param name="StartS">Time to start an exchange.</param>
/// <param name="HopS">Time from one rank to the next, its software included.</param>
/// <param name="FillS">Latency of the pipeline of chunks: how slowly bandwidth rises with size.</param>
/// <param name="MessageS">Time that each further destination of an all-to-all costs.</param>
/// <param name="InSwitchGbPerS">Bytes reduced a second when switches add up; zero when they cannot.</param>
/// <param name="InSwitchFillS">Latency of the pipeline of chunks when switches add up.</param>
/// <param name="ThroughGbPerS">Rate inside of a ring or tree that also leaves the domain; zero: the same as of one that stays.</param>
/// <param name="TreeReduceGbPerS">Bytes that switches add up a second while a tree goes on between domains; zero when no library does that.</param>
public readonly record struct LinkLevel(
    double GbPerS, double StartS, double HopS, double FillS, double MessageS, double InSwitchGbPerS, double InSwitchFillS = 0,
    double ThroughGbPerS = 0, double TreeReduceGbPerS = 0);

/// <summary>Who takes part in a collective: ranks, and over how many domains, pods and buildings they are spread evenly.</summary>
/// <param name="Ranks">GPUs that take part.</param>
/// <param name="Domains">NVLink domains they lie in.</param>
/// <param name="Pods">Pods they lie in.</param>
/// <param name="Buildings">Buildings they lie in.</param>
public readonly record struct CollectiveGroup(int Ranks, int Domains, int Pods, int Buildings)
{
    /// <summary>Ranks that all lie in one domain.</summary>
    public static CollectiveGroup Inside(int ranks) => new(ranks, 1, 1, 1);

    /// <summary>Ranks numbered with a stride: the tensor group has stride 1, the data group tensor × context, the pipeline group all that is below it.</summary>
    public static CollectiveGroup Of(int ranks, int stride, Interconnect network) => new(
        ranks, Spread(ranks, stride, network.DomainGpus), Spread(ranks, stride, network.PodGpus), Spread(ranks, stride, network.BuildingGpus));

    /// <summary>How far the ranks of a group are apart at most.</summary>
    public static Distance Widest(in CollectiveGroup group) =>
        group.Buildings > 1 ? Distance.Building : group.Pods > 1 ? Distance.Pod : group.Domains > 1 ? Distance.Fabric : Distance.Domain;

    // Ranks of one boundary: as many as strides fit into it.
    private static int Spread(int ranks, int stride, int unitGpus)
    {
        int inside = Math.Max(1, unitGpus / Math.Max(1, stride));
        return (int)(((long)ranks + inside - 1) / inside);
    }
}

/// <summary>The network under a job: NVLink domain, pod, pods, buildings. Made once, read by every exchange.</summary>
/// <remarks>Not modelled: rails that cross, adapters shared by GPUs, traffic of other jobs.</remarks>
public sealed record Interconnect
{
    /// <summary>Inside the NVLink domain.</summary>
    public required LinkLevel ScaleUp { get; init; }

    /// <summary>Between domains of a pod.</summary>
    public required LinkLevel ScaleOut { get; init; }

    /// <summary>GPUs of one NVLink domain.</summary>
    public required int DomainGpus { get; init => field = Check.AtLeastOne(value); }

    /// <summary>GPUs that reach each other at full rate.</summary>
    public required int PodGpus { get; init => field = Check.AtLeastOne(value); }

    /// <summary>GPUs of one building.</summary>
    public int BuildingGpus { get; init => field = Check.AtLeastOne(value); } = int.MaxValue;

    /// <summary>Rate between pods over the rate inside, when all GPUs send at once.</summary>
    public double PodFraction { get; init => field = Check.PositiveFraction(value); } = 1;

    /// <summary>Rate between buildings over the rate inside a pod, when all GPUs send at once.</summary>
    public double BuildingFraction { get; init => field = Check.PositiveFraction(value); } = 1;

    /// <summary>Latency that a hop between pods has on top of one inside.</summary>
    public double PodHopS { get; init => field = Check.NotNegative(value); }

    /// <summary>Latency that a hop between buildings has on top of one between pods: the way in glass.</summary>
    public double BuildingHopS { get; init => field = Check.NotNegative(value); }

    // Glass of refractive index 1.468 (ITU-T G.652 at 1,550 nm): 4.9 µs a kilometre.
    private const double FibreSPerM = 1.468 / 299792458;

    /// <summary>The network that a fabric gives to GPUs with adapters and an NVLink domain of their own.</summary>
    /// <param name="scaleUp">Inside the NVLink domain.</param>
    /// <param name="domainGpus">GPUs of the domain.</param>
    /// <param name="nicGbPerS">Rate of the GPU's adapter; the port of the fabric limits it.</param>
    /// <param name="fabric">The fabric.</param>
    /// <param name="buildings">Buildings that the job spans; one when absent.</param>
    public static Interconnect Of(LinkLevel scaleUp, int domainGpus, double nicGbPerS, FabricSpec fabric, BuildingsSpec? buildings = null)
    {
        double rate = Math.Min(nicGbPerS, fabric.PortGbPerS) * fabric.EfficiencyFraction;
        return new Interconnect
        {
            ScaleUp = scaleUp,
            ScaleOut = new LinkLevel(rate, fabric.StartS, fabric.HopS, fabric.FillS, fabric.MessageS, fabric.InNetworkReduction ? rate : 0, fabric.FillS),
            DomainGpus = domainGpus,
            PodGpus = Math.Max(domainGpus, fabric.GpusPerPod),
            PodFraction = 1 / fabric.OversubscriptionRatio,
            PodHopS = fabric.PodHopS,
            BuildingGpus = Math.Max(domainGpus, buildings?.Gpus ?? int.MaxValue),
            BuildingFraction = buildings is null ? 1 : 1 / buildings.OversubscriptionRatio,
            BuildingHopS = buildings is null ? 0 : buildings.DistanceM * FibreSPerM,
        };
    }

    /// <summary>Rate that one GPU gets at a distance when all send at once.</summary>
    public static double GpuGbPerS(Interconnect network, Distance across) => across switch
    {
        Distance.Domain => network.ScaleUp.GbPerS,
        Distance.Fabric => network.ScaleOut.GbPerS,
        Distance.Pod => network.ScaleOut.GbPerS * network.PodFraction,
        _ => network.ScaleOut.GbPerS * Math.Min(network.PodFraction, network.BuildingFraction),
    };

    /// <summary>Latency of one hop over a distance.</summary>
    public static double HopS(Interconnect network, Distance across) => across switch
    {
        Distance.Domain => network.ScaleUp.HopS,
        Distance.Fabric => network.ScaleOut.HopS,
        Distance.Pod => network.ScaleOut.HopS + network.PodHopS,
        _ => network.ScaleOut.HopS + network.PodHopS + network.BuildingHopS,
    };

    /// <summary>One level alone with nothing but a rate and a latency of each hop: the textbook network.</summary>
    public static Interconnect Flat(double linkGbPerS, double hopS = 0, double inSwitchGbPerS = 0)
    {
        LinkLevel level = new(linkGbPerS, 0, hopS, 0, 0, inSwitchGbPerS);
        return new Interconnect { ScaleUp = level, ScaleOut = level, DomainGpus = int.MaxValue, PodGpus = int.MaxValue };
    }
}
