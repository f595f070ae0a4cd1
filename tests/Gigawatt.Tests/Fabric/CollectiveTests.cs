using FsCheck.Fluent;
using Gigawatt.Compute;
using Gigawatt.Fabric;
using Gigawatt.Training;

namespace Gigawatt.Tests.Fabric;

public sealed class CollectiveTests
{
    private const double GiB = 1.073741824;

    internal static readonly FabricSpec Quantum2 = new()
    {
        Title = "Quantum-2",
        Technology = FabricTechnology.Infiniband,
        SwitchRadix = 64,
        PortGbPerS = 50,
        GpusPerPod = 2048,
        PowerMwPerGpu = 116e-6,
        InNetworkReduction = true,
        SwitchMw = 747e-6,
        OpticMw = 8.5e-6,
    };

    internal static readonly GpuSpec H100 = Compute.GpuTests.H100;

    [Theory]
    [InlineData(CollectiveKind.AllReduce, CollectiveAlgorithm.Ring, 2 * 7 / 8.0 * GiB / 466)]          // 4.032 ms
    [InlineData(CollectiveKind.AllGather, CollectiveAlgorithm.Ring, 7 / 8.0 * GiB / 466)]
    [InlineData(CollectiveKind.ReduceScatter, CollectiveAlgorithm.Ring, 7 / 8.0 * GiB / 466)]
    [InlineData(CollectiveKind.AllToAll, CollectiveAlgorithm.Ring, 7 / 8.0 * GiB / 466)]
    [InlineData(CollectiveKind.AllReduce, CollectiveAlgorithm.Tree, 2 * GiB / 466)]
    [InlineData(CollectiveKind.AllReduce, CollectiveAlgorithm.InSwitch, GiB / 280)]
    public void Without_latency_the_textbook_forms_are_left(CollectiveKind kind, CollectiveAlgorithm algorithm, double expectedS) =>
        Collective.TimeS(kind, algorithm, GiB, CollectiveGroup.Inside(8), Interconnect.Flat(466, 0, 280)).ShouldBe(expectedS, 1e-15);

    [Theory]
    [InlineData(CollectiveKind.AllReduce, CollectiveAlgorithm.Ring, 14)]      // 2·(8 − 1)
    [InlineData(CollectiveKind.AllGather, CollectiveAlgorithm.Ring, 7)]
    [InlineData(CollectiveKind.AllReduce, CollectiveAlgorithm.Tree, 6)]       // 2·log2(8)
    [InlineData(CollectiveKind.AllReduce, CollectiveAlgorithm.InSwitch, 2)]
    public void Nearly_nothing_costs_the_hops(CollectiveKind kind, CollectiveAlgorithm algorithm, double hops) =>
        Collective.TimeS(kind, algorithm, 1e-12, CollectiveGroup.Inside(8), Interconnect.Flat(466, 1e-6, 280)).ShouldBe(hops * 1e-6, 1e-12);

    [Fact]
    public void Bus_bandwidth_is_what_the_links_of_a_ring_carry() =>
        Collective.BusGbPerS(CollectiveKind.AllReduce, GiB, 8, 2 * 7 / 8.0 * GiB / 466).ShouldBe(466, 1e-9);

    [Fact]
    public void Ranks_with_a_stride_share_a_domain_with_fewer_of_their_kind()
    {
        Interconnect nvl72 = ParallelismNetwork.Of(H100 with { NvlinkDomainGpus = 72 }, Quantum2);
        CollectiveGroup.Of(8, 1, nvl72).ShouldBe(new CollectiveGroup(8, 1, 1, 1));
        CollectiveGroup.Of(64, 8, nvl72).ShouldBe(new CollectiveGroup(64, 8, 1, 1));       // nine to a rack: eight racks
        CollectiveGroup.Of(512, 8, nvl72).ShouldBe(new CollectiveGroup(512, 57, 2, 1));    // 4,096 GPUs: two pods of 2,048
        CollectiveGroup.Of(4, 1024, nvl72).Domains.ShouldBe(4);
    }

    [Fact]
    public void A_ring_over_nodes_uses_all_eight_adapters_of_a_node()
    {
        Interconnect plain = Interconnect.Flat(450) with { ScaleOut = new(50, 0, 0, 0, 0, 0), DomainGpus = 8 };
        // 32 ranks, 31/16·1 GiB over min(450, 8·50) GB/s
        Collective.TimeS(CollectiveKind.AllReduce, CollectiveAlgorithm.Ring, GiB, CollectiveGroup.Of(32, 1, plain), plain).ShouldBe(2 * 31 / 32.0 * GiB / 400, 1e-12);
        // inside 2·7/8·1/450, across 2·3/4·1/8/50
        Collective.TimeS(CollectiveKind.AllReduce, CollectiveAlgorithm.Hierarchical, GiB, CollectiveGroup.Of(32, 1, plain), plain)
            .ShouldBe(GiB * (2 * 7 / 8.0 / 450 + 2 * 3 / 4.0 / 8 / 50), 1e-12);
        // all-to-all: 24 of 32 pieces leave by the GPU's own adapter
        Collective.TimeS(CollectiveKind.AllToAll, CollectiveAlgorithm.Ring, GiB, CollectiveGroup.Of(32, 1, plain), plain).ShouldBe(GiB * 24 / 32.0 / 50, 1e-12);
    }

    [Fact]
    public void Seven_to_one_between_pods_hurts_all_to_all_seven_times_and_a_ring_not_at_all()
    {
        Interconnect open = ParallelismNetwork.Of(H100, Quantum2), thin = ParallelismNetwork.Of(H100, Quantum2 with { OversubscriptionRatio = 7 });
        CollectiveGroup two = CollectiveGroup.Of(4096, 1, open);
        two.Pods.ShouldBe(2);
        Collective.TimeS(CollectiveKind.AllReduce, CollectiveAlgorithm.Ring, 8, two, thin).ShouldBe(Collective.TimeS(CollectiveKind.AllReduce, CollectiveAlgorithm.Ring, 8, two, open));
        double ratio = Collective.TimeS(CollectiveKind.AllToAll, CollectiveAlgorithm.Ring, 64, two, thin) / Collective.TimeS(CollectiveKind.AllToAll, CollectiveAlgorithm.Ring, 64, two, open);
        ratio.ShouldBe(3.5, 0.1);   // half of the pieces leave the pod, at a seventh of the rate
    }

    [Fact]
    public void Fifty_kilometres_of_fibre_add_a_quarter_millisecond_a_crossing()
    {
        Interconnect far = ParallelismNetwork.Of(H100, Quantum2, new BuildingsSpec { Gpus = 4096, DistanceM = 50_000 });
        (Interconnect.HopS(far, Distance.Building) - Interconnect.HopS(far, Distance.Pod)).ShouldBe(50 * 4.897e-6, 1e-7);
        CollectiveGroup two = CollectiveGroup.Of(8192, 1, far);
        two.Buildings.ShouldBe(2);
        // Switches of the network do not add up over kilometres; those of the nodes still do, and a tree joins these.
        CollectiveGroup oneAnode = CollectiveGroup.Of(1024, 8, far);
        oneAnode.Buildings.ShouldBe(2);
        Collective.TimeS(CollectiveKind.AllReduce, CollectiveAlgorithm.InSwitch, 1, oneAnode, far).ShouldBe(double.PositiveInfinity);
        Collective.TimeS(CollectiveKind.AllReduce, CollectiveAlgorithm.InSwitch, 1, two, far)
            .ShouldBeGreaterThan(Collective.TimeS(CollectiveKind.AllReduce, CollectiveAlgorithm.InSwitch, 1, two, ParallelismNetwork.Of(H100, Quantum2 with { InNetworkReduction = false })));
        Collective.PointToPointS(0.1, Distance.Building, far).ShouldBeGreaterThan(Collective.PointToPointS(0.1, Distance.Fabric, far) * 10);
    }

    [Theory]
    [InlineData(2, 1.0)]     // once each way
    [InlineData(3, 1.5)]     // the root of one tree hears two, and is a leaf of the other
    [InlineData(4, 2.0)]
    [InlineData(64, 2.0)]
    public void Two_trees_of_half_the_data_load_adapters_with_up_to_twice_the_data(int domains, double load)
    {
        Interconnect plain = Interconnect.Flat(1e6) with { ScaleOut = new(50, 0, 0, 0, 0, 0), DomainGpus = 8 };
        Collective.TimeS(CollectiveKind.AllReduce, CollectiveAlgorithm.Tree, GiB, CollectiveGroup.Of(8 * domains, 1, plain), plain).ShouldBe(load * GiB / 8 / 50, 1e-9);
    }

    [Fact]
    public void A_token_goes_to_each_node_once_and_there_to_its_experts()
    {
        Interconnect plain = Interconnect.Flat(1e6) with { ScaleOut = new(50, 0, 0, 0, 0, 0), DomainGpus = 8 };
        CollectiveGroup four = CollectiveGroup.Of(32, 1, plain);
        // Eight experts among four nodes lie in 4·(1 − (3/4)^8) = 3.6 of them, three quarters of which are others: 2.7 copies leave in place of six.
        double missed = 0.75 * 0.75 * 0.75 * 0.75 * 0.75 * 0.75 * 0.75 * 0.75;
        Collective.DispatchS(1, 8, four, plain).ShouldBe(3 * (1 - missed) / 8 / 50, 1e-9);
        Collective.DispatchS(1, 1, four, plain).ShouldBe(Collective.TimeS(CollectiveKind.AllToAll, CollectiveAlgorithm.Ring, 1, four, plain), 1e-12);
        Collective.DispatchS(1, 8, CollectiveGroup.Inside(8), plain).ShouldBe(Collective.TimeS(CollectiveKind.AllToAll, CollectiveAlgorithm.Ring, 1, CollectiveGroup.Inside(8), plain));
    }

    [Fact]
    public void Through_large_domains_libraries_go_in_a_ring_and_through_nodes_in_a_tree()
    {
        Interconnect nodes = ParallelismNetwork.Of(H100, Quantum2), racks = ParallelismNetwork.Of(H100 with { NvlinkDomainGpus = 72, NvlinkTreeFraction = 0 }, Quantum2);
        Collective.BestS(CollectiveKind.AllReduce, GiB, CollectiveGroup.Of(1440, 1, nodes), nodes, out CollectiveAlgorithm overNodes);
        Collective.BestS(CollectiveKind.AllReduce, GiB, CollectiveGroup.Of(1440, 1, racks), racks, out CollectiveAlgorithm overRacks);
        (overNodes, overRacks).ShouldBe((CollectiveAlgorithm.InSwitch, CollectiveAlgorithm.Ring));
        Collective.TimeS(CollectiveKind.AllReduce, CollectiveAlgorithm.Tree, GiB, CollectiveGroup.Of(1440, 1, racks), racks).ShouldBeLessThan(
            Collective.TimeS(CollectiveKind.AllReduce, CollectiveAlgorithm.Ring, GiB, CollectiveGroup.Of(1440, 1, racks), racks));
    }

    [Fact]
    public void What_a_network_cannot_do_takes_for_ever()
    {
        Interconnect plain = ParallelismNetwork.Of(H100 with { NvlinkReduceFraction = 0 }, Quantum2 with { InNetworkReduction = false });
        Collective.TimeS(CollectiveKind.AllReduce, CollectiveAlgorithm.InSwitch, 1, CollectiveGroup.Inside(8), plain).ShouldBe(double.PositiveInfinity);
        Collective.TimeS(CollectiveKind.AllToAll, CollectiveAlgorithm.Tree, 1, CollectiveGroup.Inside(8), plain).ShouldBe(double.PositiveInfinity);
        Collective.TimeS(CollectiveKind.AllGather, CollectiveAlgorithm.InSwitch, 1, CollectiveGroup.Inside(8), plain).ShouldBe(double.PositiveInfinity);
        double.IsFinite(Collective.BestS(CollectiveKind.AllReduce, 1, CollectiveGroup.Inside(8), plain)).ShouldBeTrue();
        Collective.TimeS(CollectiveKind.AllReduce, CollectiveAlgorithm.Ring, 1, CollectiveGroup.Inside(1), plain).ShouldBe(0);
    }

    [Fact]
    public void More_bytes_never_take_less_time_and_the_best_is_never_beaten() => Prop.ForAll(
        Gen.Choose(0, 3).SelectMany(kind => Gen.Choose(1, 16).SelectMany(ranks => Gen.Choose(0, 6).SelectMany(stride => Gen.Choose(0, 24)
            .Select(size => (kind: (CollectiveKind)kind, ranks: 1 << ranks, stride: 1 << stride, sizeGb: 1e-6 * (1 << size)))))).ToArbitrary(),
        at =>
        {
            Interconnect network = ParallelismNetwork.Of(H100, Quantum2 with { OversubscriptionRatio = 7 });
            CollectiveGroup group = CollectiveGroup.Of(at.ranks, at.stride, network);
            double bestS = Collective.BestS(at.kind, at.sizeGb, group, network, out CollectiveAlgorithm best);
            bool isBest = Collective.TimeS(at.kind, best, at.sizeGb, group, network) == bestS;
            foreach (CollectiveAlgorithm other in Enum.GetValues<CollectiveAlgorithm>())
            {
                double timeS = Collective.TimeS(at.kind, other, at.sizeGb, group, network);
                isBest &= (timeS >= bestS || !Collective.IsTaken(other, group, network)) && Collective.TimeS(at.kind, other, 2 * at.sizeGb, group, network) >= timeS;
            }
            return isBest && double.IsFinite(bestS) && bestS > 0;
        }).HoldsInAnyCase(300);

    [Fact]
    public void A_search_allocates_nothing()
    {
        Interconnect network = ParallelismNetwork.Of(H100, Quantum2);
        double sum = Collective.BestS(CollectiveKind.AllReduce, 1, CollectiveGroup.Of(64, 8, network), network);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 1; i < 1000; i++)
        {
            sum += Collective.BestS((CollectiveKind)(i % 4), 1e-3 * i, CollectiveGroup.Of(64 + i, 8, network), network) + Collective.PointToPointS(1e-3 * i, Distance.Pod, network);
        }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        double.IsFinite(sum).ShouldBeTrue();
    }
}
