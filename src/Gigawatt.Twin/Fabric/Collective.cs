namespace Gigawatt.Fabric;

/// <summary>An exchange in which all GPUs of a group take part.</summary>
public enum CollectiveKind
{
    /// <summary>Every rank ends with the sum of what all held.</summary>
    AllReduce,

    /// <summary>Every rank ends with all pieces; the size is that of the whole.</summary>
    AllGather,

    /// <summary>Every rank ends with its piece of the sum; the size is that of the whole.</summary>
    ReduceScatter,

    /// <summary>Every rank sends a different piece to each other; the size is all that one rank sends, its own piece included.</summary>
    AllToAll,
}

/// <summary>How a collective is carried out.</summary>
public enum CollectiveAlgorithm
{
    /// <summary>Round in a ring through all GPUs, over all adapters of a node at once.</summary>
    Ring,

    /// <summary>Up and down two binary trees, half of the data in each.</summary>
    Tree,

    /// <summary>Added up in the switches: NVLink SHARP in the domain, SHARP in the network between domains.</summary>
    InSwitch,

    /// <summary>Inside the domain first, then across with the share of each GPU, then inside again.</summary>
    Hierarchical,
}

/// <summary>Times of collectives: latency and bandwidth of each algorithm on a network of levels.</summary>
/// <remarks>
/// t = start + hops·latency + w + 2·√(fill·w), with w = bytes over the slowest link / its rate. The last term is what a message costs that is
/// cut into chunks of the best size and sent through a pipeline of that latency: (√w + √fill)² (P. Sanders et al., Parallel Computing 35, 2009); it gives
/// the slow rise of bandwidth with size. Start, hop and fill of zero give the textbook forms: ring all-reduce 2(n−1)/n·S/B, all-gather and reduce-scatter (n−1)/n·S/B,
/// trees 2S/B, in the switch S/B (R. Thakur et al., IJHPCA 19, 2005). A ring that lies contiguously crosses each boundary (node, pod,
/// building) once, so the ranks inside share what crosses it: rate = ranks inside · GPU's rate / oversubscription. Between k domains the two trees of half the data
/// load each adapter with min(2, k/2)·S/(ranks inside) (NCCL's double binary tree).
/// Not modelled: congestion between jobs, adaptive routing, lost packets, the memory and GPU cores that an exchange takes from arithmetic.
/// </remarks>
public static class Collective
{
    /// <summary>Time of a collective with one algorithm; infinite when the network cannot carry it out that way.</summary>
    /// <param name="kind">What is exchanged.</param>
    /// <param name="algorithm">How.</param>
    /// <param name="sizeGb">Bytes of the whole buffer of one rank (nccl-tests: "size").</param>
    /// <param name="group">Who takes part.</param>
    /// <param name="network">What it runs over.</param>
    public static double TimeS(CollectiveKind kind, CollectiveAlgorithm algorithm, double sizeGb, in CollectiveGroup group, Interconnect network)
    {
        if (group.Ranks <= 1 || sizeGb <= 0) { return 0; }
        if (kind == CollectiveKind.AllToAll)
        {
            return algorithm == CollectiveAlgorithm.Ring ? AllToAllS(sizeGb, 1, group, network) : double.PositiveInfinity;
        }
        return algorithm switch
        {
            CollectiveAlgorithm.Tree => kind == CollectiveKind.AllReduce ? TreeS(sizeGb, group, network) : double.PositiveInfinity,
            CollectiveAlgorithm.InSwitch => InSwitchS(kind, sizeGb, group, network),
            CollectiveAlgorithm.Hierarchical => HierarchicalS(kind, sizeGb, group, network),
            _ => RingS(kind, sizeGb, group, network),
        };
    }

    /// <summary>Time of a collective with the fastest algorithm that a library takes by itself.</summary>
    public static double BestS(CollectiveKind kind, double sizeGb, in CollectiveGroup group, Interconnect network, out CollectiveAlgorithm best)
    {
        best = CollectiveAlgorithm.Ring;
        double bestS = TimeS(kind, CollectiveAlgorithm.Ring, sizeGb, group, network);
        if (kind != CollectiveKind.AllReduce) { return bestS; }
        for (CollectiveAlgorithm next = CollectiveAlgorithm.Tree; next <= CollectiveAlgorithm.InSwitch; next++)
        {
            if (!IsTaken(next, group, network)) { continue; }
            double nextS = TimeS(kind, next, sizeGb, group, network);
            if (nextS < bestS) { (best, bestS) = (next, nextS); }
        }
        return bestS;
    }

    /// <summary>Whether a library takes an algorithm by itself; the others have to be asked for.</summary>
    /// <remarks>
    /// No library goes level by level by itself, and the one published run through many large NVLink domains (1,440 GB200) behaves as a ring, though a tree would be
    /// faster: trees are then left aside.
    /// </remarks>
    public static bool IsTaken(CollectiveAlgorithm algorithm, in CollectiveGroup group, Interconnect network) => algorithm switch
    {
        CollectiveAlgorithm.Ring => true,
        CollectiveAlgorithm.Hierarchical => false,
        _ => group.Domains == 1 || group.Ranks == group.Domains || network.ScaleUp.TreeReduceGbPerS > 0 || network.ScaleUp.InSwitchGbPerS <= 0,
    };

    /// <summary>Time of a collective with the fastest algorithm.</summary>
    public static double BestS(CollectiveKind kind, double sizeGb, in CollectiveGroup group, Interconnect network) =>
        BestS(kind, sizeGb, group, network, out _);

    /// <summary>Time of one message between two GPUs.</summary>
    /// <param name="sizeGb">Its size.</param>
    /// <param name="across">What the two are apart: same domain, other domain, other pod, other building.</param>
    /// <param name="network">What it runs over.</param>
    public static double PointToPointS(double sizeGb, Distance across, Interconnect network)
    {
        if (sizeGb <= 0) { return 0; }
        LinkLevel link = across == Distance.Domain ? network.ScaleUp : network.ScaleOut;
        return link.StartS + Interconnect.HopS(network, across) + Piped(sizeGb / Interconnect.GpuGbPerS(network, across), link.FillS);
    }

    /// <summary>Bus bandwidth as nccl-tests print it: what a ring's links would have carried in that time.</summary>
    public static double BusGbPerS(CollectiveKind kind, double sizeGb, int ranks, double timeS) =>
        timeS > 0 ? sizeGb / timeS * (kind == CollectiveKind.AllReduce ? 2 : 1) * (ranks - 1) / ranks : 0;

    private static double RingS(CollectiveKind kind, double sizeGb, in CollectiveGroup group, Interconnect network)
    {
        int passes = kind == CollectiveKind.AllReduce ? 2 : 1;
        double wireS = passes * (group.Ranks - 1.0) / group.Ranks * sizeGb / RingGbPerS(group, network);
        // Once round: each domain is left once, by way of a pod and a building for the last of its kind.
        double hopsS = network.ScaleUp.HopS * (group.Ranks - group.Domains) + AcrossHopsS(group, network);
        double wholeS = passes * hopsS * (group.Ranks - 1) / group.Ranks;
        return Ends(group, network).StartS + wholeS + Piped(wireS, Ends(group, network).FillS);
    }

    private static double TreeS(double sizeGb, in CollectiveGroup group, Interconnect network)
    {
        double inside = (double)group.Ranks / group.Domains;
        // Data goes up and down inside a domain; between domains each adapter carries what two trees of half the data load on it.
        double insideS = inside > 1 ? 2 * sizeGb / InsideGbPerS(group, network) : 0;
        double acrossS = group.Domains > 1 ? TreeLoad(group.Domains) * sizeGb / inside / AcrossGbPerS(group, network, inside) : 0;
        double depthS = 2 * (CeilingLog2((int)Math.Ceiling(inside)) * network.ScaleUp.HopS + CeilingLog2(group.Domains) * TreeHopS(group, network));
        return Ends(group, network).StartS + depthS + Piped(Math.Max(insideS, acrossS), Ends(group, network).FillS);
    }

    // Each domain is inside one of two trees and a leaf of the other: two domains carry the data once each way, three half as much again, many twice.
    private static double TreeLoad(int domains) => Math.Min(2, domains / 2.0);

    private static double InSwitchS(CollectiveKind kind, double sizeGb, in CollectiveGroup group, Interconnect network)
    {
        if (kind != CollectiveKind.AllReduce) { return double.PositiveInfinity; }
        LinkLevel up = network.ScaleUp, across = network.ScaleOut;
        double inside = (double)group.Ranks / group.Domains;
        if (group.Domains == 1)
        {
            return up.InSwitchGbPerS > 0 ? up.StartS + 2 * up.HopS + Piped(sizeGb / up.InSwitchGbPerS, up.InSwitchFillS) : double.PositiveInfinity;
        }
        bool isAddedUpAcross = across.InSwitchGbPerS > 0 && group.Buildings == 1;
        if (inside > 1 ? up.InSwitchGbPerS <= 0 : !isAddedUpAcross) { return double.PositiveInfinity; }
        // Switches of the domain leave each GPU a share of the sum; between domains it is added up in the network's switches or goes along a tree.
        double insideS = inside > 1 ? sizeGb / (up.TreeReduceGbPerS > 0 ? up.TreeReduceGbPerS : up.InSwitchGbPerS) : 0;
        double acrossS = isAddedUpAcross
            ? sizeGb / inside / (across.InSwitchGbPerS * (group.Pods > 1 ? network.PodFraction : 1))
            : TreeLoad(group.Domains) * sizeGb / inside / AcrossGbPerS(group, network, inside);
        double hopsS = (inside > 1 ? up.StartS + 2 * up.HopS : 0) + 2 * (isAddedUpAcross ? 1 : CeilingLog2(group.Domains)) * TreeHopS(group, network);
        return across.StartS + hopsS + Piped(Math.Max(insideS, acrossS), inside > 1 ? Math.Max(up.InSwitchFillS, across.FillS) : across.FillS);
    }

    private static double HierarchicalS(CollectiveKind kind, double sizeGb, in CollectiveGroup group, Interconnect network)
    {
        double inside = (double)group.Ranks / group.Domains;
        if (inside <= 1 || group.Domains == 1) { return double.PositiveInfinity; }
        int passes = kind == CollectiveKind.AllReduce ? 2 : 1;
        double insideS = passes * (network.ScaleUp.StartS + (inside - 1) * network.ScaleUp.HopS
            + Piped((inside - 1) / inside * sizeGb / network.ScaleUp.GbPerS, network.ScaleUp.FillS));
        double domains = group.Domains;
        double acrossS = network.ScaleOut.StartS + passes * AcrossHopsS(group, network) * (domains - 1) / domains
            + Piped(passes * (domains - 1) / domains * sizeGb / inside / AcrossGbPerS(group, network, inside), network.ScaleOut.FillS);
        return insideS + acrossS;
    }

    /// <summary>Time to send tokens to the ranks of their experts, each token once to a domain and from there on to its experts.</summary>
    /// <param name="sizeGb">Bytes of all copies that one rank's tokens have.</param>
    /// <param name="copies">Experts of a token: copies in all.</param>
    /// <param name="group">Ranks that hold the experts.</param>
    /// <param name="network">What it runs over.</param>
    /// <remarks>
    /// k experts chosen evenly among D domains lie in D·(1 − (1 − 1/D)^k) of them, so the adapter carries that many copies less those that stay, in place of k·(1 − 1/D)
    /// (DeepEP; DeepSeek-V3, arXiv 2412.19437, section 3.2.2). Not modelled: routers that keep a token within few nodes, tokens that choose unevenly.
    /// </remarks>
    public static double DispatchS(double sizeGb, int copies, in CollectiveGroup group, Interconnect network)
    {
        if (group.Ranks <= 1 || sizeGb <= 0) { return 0; }
        if (group.Domains == 1) { return AllToAllS(sizeGb, 1, group, network); }
        double missed = 1;
        for (int i = 0; i < copies; i++) { missed *= 1 - 1.0 / group.Domains; }
        double sent = (group.Domains - 1) * (1 - missed) / (copies * (1 - 1.0 / group.Domains));
        return AllToAllS(sizeGb, sent, group, network);
    }

    // Every rank sends to every other: what leaves a domain, a pod, a building is not shared with a neighbour.
    private static double AllToAllS(double sizeGb, double acrossShare, in CollectiveGroup group, Interconnect network)
    {
        double ranks = group.Ranks, inside = ranks / group.Domains;
        double wireS = Math.Max(
            sizeGb * (inside - 1) / ranks / network.ScaleUp.GbPerS,
            acrossShare * sizeGb * (ranks - inside) / ranks / network.ScaleOut.GbPerS);
        if (group.Pods > 1) { wireS = Math.Max(wireS, acrossShare * sizeGb * (ranks - ranks / group.Pods) / ranks / Interconnect.GpuGbPerS(network, Distance.Pod)); }
        if (group.Buildings > 1)
        {
            wireS = Math.Max(wireS, acrossShare * sizeGb * (ranks - ranks / group.Buildings) / ranks / Interconnect.GpuGbPerS(network, Distance.Building));
        }
        double sendsS = (inside - 1) * network.ScaleUp.MessageS + (ranks - inside) * network.ScaleOut.MessageS;
        return Ends(group, network).StartS + TreeHopS(group, network) + sendsS + Piped(wireS, Ends(group, network).FillS);
    }

    // Slowest link of a ring through all ranks: NVLink, or what the ranks inside share of what leaves their domain, pod, building.
    private static double RingGbPerS(in CollectiveGroup group, Interconnect network)
    {
        if (group.Domains == 1) { return network.ScaleUp.GbPerS; }
        double inside = (double)group.Ranks / group.Domains;
        double across = inside * AcrossGbPerS(group, network, inside);
        return inside > 1 ? Math.Min(InsideGbPerS(group, network), across) : across;
    }

    // Rate of a ring or tree inside a domain: less when it also goes through others.
    private static double InsideGbPerS(in CollectiveGroup group, Interconnect network) =>
        group.Domains > 1 && network.ScaleUp.ThroughGbPerS > 0 ? network.ScaleUp.ThroughGbPerS : network.ScaleUp.GbPerS;

    // Rate per rank of a ring across domains: each pod or building is left once, so its ranks share the links that leave it.
    private static double AcrossGbPerS(in CollectiveGroup group, Interconnect network, double inside)
    {
        double rate = network.ScaleOut.GbPerS;
        if (group.Pods > 1)
        {
            rate = Math.Min(rate, Math.Max(1, (double)group.Ranks / group.Pods / inside) * Interconnect.GpuGbPerS(network, Distance.Pod));
        }
        if (group.Buildings > 1)
        {
            rate = Math.Min(rate, Math.Max(1, (double)group.Ranks / group.Buildings / inside) * Interconnect.GpuGbPerS(network, Distance.Building));
        }
        return rate;
    }

    private static double AcrossHopsS(in CollectiveGroup group, Interconnect network) => group.Domains == 1
        ? network.ScaleUp.HopS
        : (group.Domains - (group.Pods > 1 ? group.Pods : 0)) * Interconnect.HopS(network, Distance.Fabric)
            + (group.Pods > 1 ? group.Pods - (group.Buildings > 1 ? group.Buildings : 0) : 0) * Interconnect.HopS(network, Distance.Pod)
            + (group.Buildings > 1 ? group.Buildings : 0) * Interconnect.HopS(network, Distance.Building);

    private static double TreeHopS(in CollectiveGroup group, Interconnect network) => Interconnect.HopS(network, CollectiveGroup.Widest(group));

    private static LinkLevel Ends(in CollectiveGroup group, Interconnect network) => group.Domains == 1 ? network.ScaleUp : network.ScaleOut;

    private static double Piped(double wireS, double fillS) => wireS + 2 * Math.Sqrt(wireS * fillS);

    private static int CeilingLog2(int count) => count <= 1 ? 0 : 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)(count - 1));
}
