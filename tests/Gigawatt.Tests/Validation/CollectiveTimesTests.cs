using Gigawatt.Compute;
using Gigawatt.Fabric;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Training;

namespace Gigawatt.Tests.Validation;

/// <summary>Published all-reduce times against the numbers of the catalogue.</summary>
public sealed class CollectiveTimesTests
{
    private const double MiB = 1.048576e-3;

    [Theory]
    [InlineData("h100-sxm", 1, 27.4, 0.10)]        // dgxc-benchmarking, 8 x H100
    [InlineData("h100-sxm", 16, 123.8, 0.10)]
    [InlineData("h100-sxm", 128, 586, 0.10)]
    [InlineData("h100-sxm", 1024, 4029, 0.10)]
    [InlineData("h200", 1, 26.2, 0.10)]            // aiconfigurator: 70, 241, 416, 460 GB/s
    [InlineData("h200", 16, 121.8, 0.10)]
    [InlineData("h200", 128, 564.6, 0.10)]
    [InlineData("h200", 512, 2042.4, 0.10)]
    [InlineData("b200", 1, 30.1, 0.10)]            // aiconfigurator: 61, 296, 590, 704 GB/s
    [InlineData("b200", 16, 99.2, 0.12)]         // the other table has 115 µs
    [InlineData("b200", 128, 398.1, 0.10)]
    [InlineData("b200", 512, 1334.5, 0.10)]
    [InlineData("b200", 1024, 2599, 0.10)]         // ml-engineering, one node: 723 GB/s, 10.15 ms, 846 GB/s
    [InlineData("b200", 4096, 10150, 0.10)]
    [InlineData("b200", 16384, 35537, 0.10)]
    public void Eight_GPUs_of_one_node(string gpu, double sizeMib, double publishedUs, double tolerance) =>
        Within(BestUs(gpu, "quantum-2", 8, sizeMib), publishedUs, tolerance);

    [Theory]
    [InlineData(512, 1806.7)]                      // coreweave/nccl-tests pull request 43
    [InlineData(1024, 3108.8)]
    [InlineData(2048, 5589.1)]
    [InlineData(4096, 10094)]
    [InlineData(8192, 20299)]
    public void All_72_GPUs_of_an_NVL72(double sizeMib, double publishedUs) => Within(BestUs("gb200", "quantum-2", 72, sizeMib), publishedUs, 0.13);

    [Theory]
    [InlineData(1, 376)]                           // ml-engineering, 4 nodes of 8 x B200 over EFA: 5.4, 64, 198, 362 GB/s, 22.05 ms, 382 GB/s
    [InlineData(16, 508)]
    [InlineData(128, 1313)]
    [InlineData(1024, 5747)]
    [InlineData(4096, 22050)]
    [InlineData(16384, 87130)]
    public void Four_nodes_of_eight_in_a_ring(double sizeMib, double publishedUs) =>
        Within(Us("b200", "efa-400", 32, sizeMib, CollectiveAlgorithm.Ring), publishedUs, 0.13);

    [Fact]
    public void Four_nodes_of_eight_H100_reach_320_GB_per_second_and_we_say_10_percent_more()
    {
        // NVIDIA/nccl issue 1221: 8 x H100 a node, 8 adapters of 400 Gb/s, 4 to 8 GiB: 320 GB/s
        double busGbPerS = Collective.BusGbPerS(CollectiveKind.AllReduce, 8192 * MiB, 32, 1e-6 * Us("h100-sxm", "quantum-2", 32, 8192, CollectiveAlgorithm.Ring));
        (busGbPerS / 320 - 1).ShouldBe(0.10, 0.01);
    }

    [Theory]
    [InlineData(512, 7108.4)]                      // coreweave/nccl-tests pull request 48, 1,440 GPUs: fitted, two numbers on four points
    [InlineData(1024, 9805.7)]
    [InlineData(2048, 14980)]
    [InlineData(4096, 24782)]
    public void Twenty_racks_of_GB200(double sizeMib, double publishedUs) => Within(BestUs("gb200", "quantum-2", 1440, sizeMib), publishedUs, 0.03);

    [Theory]
    [InlineData("h100-sxm", 440.58, 0.02)]         // coreweave/nccl-tests pull request 92: 8 GiB on 2 x 8, in a tree with switches adding up inside; fitted
    [InlineData("b200", 690.07, 0.04)]             // the same, not fitted
    public void Two_nodes_of_eight(string gpu, double publishedGbPerS, double tolerance) =>
        Bus(8192, 16, BestUs(gpu, "spectrum-x-400", 16, 8192)).ShouldBe(publishedGbPerS, tolerance * publishedGbPerS);

    [Fact]
    public void Two_hundred_and_forty_eight_nodes_of_H200_reach_some_350_GB_per_second_at_512_MiB_which_no_ring_could()
    {
        // NVIDIA/nccl-tests issue 283: "typically around 350, occasionally below 300"
        Bus(512, 1984, BestUs("h200", "spectrum-x-400", 1984, 512)).ShouldBe(350, 0.10 * 350);
        Bus(512, 1984, Us("h200", "spectrum-x-400", 1984, 512, CollectiveAlgorithm.Ring)).ShouldBeLessThan(150);
    }

    [Fact]
    public void Many_nodes_of_H100_reach_370_to_380_GB_per_second() =>
        // NVIDIA at GTC 2024, as quoted in NVIDIA/nccl issue 1649
        Bus(8192, 256, BestUs("h100-sxm", "spectrum-x-400", 256, 8192)).ShouldBe(375, 0.05 * 375);

    [Theory]
    [InlineData(4, CollectiveAlgorithm.Ring, 196.87)]    // NVIDIA/nccl issue 1801: 16 GiB over three domains of GB200, switches not adding up
    [InlineData(8, CollectiveAlgorithm.Ring, 393.64)]
    [InlineData(4, CollectiveAlgorithm.Tree, 234.77)]
    [InlineData(8, CollectiveAlgorithm.Tree, 483.56)]
    public void Three_partitions_of_GB200(int domainGpus, CollectiveAlgorithm algorithm, double publishedGbPerS)
    {
        Interconnect network = Network("gb200", "quantum-2") with { DomainGpus = domainGpus };
        // Partitions of eight and less are driven by so many adapters that the rings inside keep their full rate.
        network = network with { ScaleUp = network.ScaleUp with { ThroughGbPerS = 0 } };
        int ranks = 3 * domainGpus;
        double timeS = Collective.TimeS(CollectiveKind.AllReduce, algorithm, 16384 * MiB, CollectiveGroup.Of(ranks, 1, network), network);
        Bus(16384, ranks, 1e6 * timeS).ShouldBe(publishedGbPerS, 0.05 * publishedGbPerS);
    }

    [Fact]
    public void Nodes_of_eight_A100_with_eight_adapters_of_200_gigabits_reach_192_GB_per_second() =>
        // NVIDIA/nccl issue 812, DGX A100
        Bus(8192, 64, Us("a100-sxm", "quantum-2", 64, 8192, CollectiveAlgorithm.Ring)).ShouldBe(192, 0.03 * 192);

    [Theory]
    [InlineData("h100-sxm", 1423)]                 // aiconfigurator, all-gather of 512 MiB on 8 GPUs: 330 and 617 GB/s
    [InlineData("b200", 761.4)]
    public void An_all_gather_of_half_a_gigabyte(string gpu, double publishedUs) => Within(
        1e6 * Collective.TimeS(CollectiveKind.AllGather, CollectiveAlgorithm.Ring, 512 * MiB, CollectiveGroup.Inside(8), Network(gpu, "quantum-2")), publishedUs, 0.06);

    [Theory]
    [InlineData("h100-sxm", 1468)]                 // all-to-all: 320 and 563 GB/s
    [InlineData("b200", 834.4)]
    public void An_all_to_all_of_half_a_gigabyte(string gpu, double publishedUs) => Within(
        1e6 * Collective.TimeS(CollectiveKind.AllToAll, CollectiveAlgorithm.Ring, 512 * MiB, CollectiveGroup.Inside(8), Network(gpu, "quantum-2")), publishedUs, 0.10);

    private static double Bus(double sizeMib, int ranks, double us) => Collective.BusGbPerS(CollectiveKind.AllReduce, sizeMib * MiB, ranks, 1e-6 * us);

    private static double BestUs(string gpu, string fabric, int ranks, double sizeMib)
    {
        Interconnect network = Network(gpu, fabric);
        return 1e6 * Collective.BestS(CollectiveKind.AllReduce, sizeMib * MiB, CollectiveGroup.Of(ranks, 1, network), network);
    }

    private static double Us(string gpu, string fabric, int ranks, double sizeMib, CollectiveAlgorithm algorithm)
    {
        Interconnect network = Network(gpu, fabric);
        return 1e6 * Collective.TimeS(CollectiveKind.AllReduce, algorithm, sizeMib * MiB, CollectiveGroup.Of(ranks, 1, network), network);
    }

    private static Interconnect Network(string gpu, string fabric) => ParallelismNetwork.Of(
        ScenarioReader.ReadText<GpuSpec>($"model: {gpu}\n", "gpu.yaml", Catalog.Embedded).Value,
        ScenarioReader.ReadText<FabricSpec>($"model: {fabric}\n", "fabric.yaml", Catalog.Embedded).Value);

    private static void Within(double us, double publishedUs, double tolerance) => (us / publishedUs).ShouldBe(1, tolerance);
}
