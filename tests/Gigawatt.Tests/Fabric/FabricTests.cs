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

    [Fact]
    public void Sixty_five_thousand_hosts_take_5_120_switches_of_64_ports_in_three_tiers()
    {
        FabricParts parts = FatTree.Parts(CollectiveTests.Quantum2, 65_536);
        (parts.LeafCount, parts.SpineCount, parts.CoreCount, parts.SwitchCount).ShouldBe((2_048, 2_048, 1_024, 5_120));   // 5·r²/4
        parts.CableCount.ShouldBe(3 * 65_536);
        parts.OpticCount.ShouldBe(6 * 65_536);
        // 5/64 switches of 747 W and six optics of 8.5 W: 109 W a GPU, where 116 W are booked
        ((parts.SwitchMw + parts.OpticMw) / 65_536).ShouldBe(109.4e-6, 0.1e-6);
    }

    [Fact]
    public void Copper_and_oversubscription_save_optics_and_tiers_that_are_not_needed_are_not_built()
    {
        FabricSpec fabric = CollectiveTests.Quantum2;
        FatTree.Parts(fabric with { CopperToHosts = true }, 65_536).OpticCount.ShouldBe(4 * 65_536);
        FabricParts thin = FatTree.Parts(fabric with { OversubscriptionRatio = 7 }, 65_536);
        thin.CoreCount.ShouldBe(147);             // 65,536/7 links over 64 ports
        thin.CableCount.ShouldBe(2 * 65_536 + 9_363);
        FatTree.Parts(fabric, 48).SwitchCount.ShouldBe(1);
        FatTree.Parts(fabric, 2_048).SwitchCount.ShouldBe(64 + 32);
        double.IsNaN(FatTree.Parts(fabric with { SwitchMw = null }, 48).SwitchMw).ShouldBeTrue();
    }

    [Fact]
    public void On_rails_the_GPUs_of_32_nodes_are_one_switch_apart()
    {
        FatTree.OneSwitchGpus(CollectiveTests.Quantum2, 8).ShouldBe(256);
        FatTree.OneSwitchGpus(CollectiveTests.Quantum2 with { RailOptimized = false }, 8).ShouldBe(32);
    }

    [Fact]
    public void More_hosts_than_the_tiers_join_are_refused_in_words()
    {
        FatTree.Problem(CollectiveTests.Quantum2, 65_536).ShouldBeNull();
        FatTree.Problem(CollectiveTests.Quantum2, 100_000)!.Value.Expected.ShouldBe("at most the 65,536 GPUs that 3 tiers of 64 ports join; more take another tier or wider switches");
    }
}
