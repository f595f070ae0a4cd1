using Gigawatt.Fabric;

namespace Gigawatt.Tests.Fabric;

public sealed class FabricTests
{
    [Theory]
    [InlineData(64, 1, 64)]
    [InlineData(64, 2, 2_048)]         // 64²/2
    [InlineData(64, 3, 65_536)]        // 64³/4
    [InlineData(128, 3, 524_288)]
    [InlineData(144, 2, 10_368)]
    [InlineData(144, 3, 746_496)]
    public void Switches_of_r_ports_join_r_squared_over_2_or_r_cubed_over_4_hosts(int radix, int tiers, long expected) =>
        FatTree.MaxHosts(radix, tiers).ShouldBe(expected);

    [Fact]
    public void A_hundred_thousand_GPUs_at_116_W_of_network_take_11_6_MW()
    {
        FabricSpec fabric = new()
        {
            Title = "Quantum-2",
            Technology = FabricTechnology.Infiniband,
            SwitchRadix = 64,
            PortGbPerS = 50,
            GpusPerPod = 2048,
            PowerMwPerGpu = 116e-6,
        };
        FatTree.PowerMw(fabric, 100_000).ShouldBe(11.6, 1e-9);
        FatTree.MaxHosts(fabric).ShouldBe(65_536);   // so a hundred thousand need a fourth tier or a wider switch
    }
}
