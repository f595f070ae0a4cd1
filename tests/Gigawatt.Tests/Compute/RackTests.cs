using Gigawatt.Compute;
using Gigawatt.Numerics;

namespace Gigawatt.Tests.Compute;

public sealed class RackTests
{
    internal static readonly RackSpec Nvl72 = new()
    {
        Title = "GB200 NVL72",
        Gpu = GpuTests.H100 with { Title = "GB200", TdpMw = 1200e-6 },
        NodeCount = 18,
        NodeGpus = 4,
        NodeOtherIdleMw = 1.0e-3,
        NodeOtherBusyMw = 2.011e-3,
        SwitchMw = 3.6e-3,
        NameplateMw = 0.132,
        AirHeatFixedMw = 0.008,
    };

    private static readonly RackSpec Frontier = new()
    {
        Title = "Frontier cabinet",
        Gpu = GpuTests.H100 with { Title = "MI250X", TdpMw = 560e-6, IdleFraction = 88.0 / 560 },
        NodeCount = 128,
        NodeGpus = 4,
        NodeOtherIdleMw = 274.26e-6,   // CPU 90, memory 74.26, four adapters of 20, storage 30 W
        NodeOtherBusyMw = 464.26e-6,   // CPU 280
        BoardLossFixedMw = 13e-6,
        BoardEfficiencyFraction = 0.98,
        SwitchMw = 8e-3,               // 8 chassis of 4 switches of 250 W
        ShelfLossFixedMw = 544e-6,     // 8 chassis of 4 rectifiers of 17 W
        ShelfEfficiencyFraction = 0.96,
        AirHeatFraction = 0.055,
    };

    private const double CduPumpsMw = 25 * 8473.47e-6;

    [Theory]
    [InlineData(false, 7.3065)]     // P_node 626.26 W
    [InlineData(true, 28.2279)]     // P_node 2,704.26 W
    public void Seventy_four_cabinets_and_the_pumps_draw_what_Frontier_draws(bool busy, double expectedMw)
    {
        // (Σ (P_node + 13)/0.98 + 592 kW + 592·4·17 W)/0.96 + pumps: closed form of RAPS for 9,472 nodes
        double cabinetMw = busy ? Rack.FullMw(Frontier) : Rack.IdleMw(Frontier);
        (74 * cabinetMw + CduPumpsMw).ShouldBe(expectedMw, expectedMw * 1e-5);
    }

    [Fact]
    public void The_parts_of_an_NVL72_add_up_to_132_kW()
    {
        // (18·(4·1.2 + 2.011)/0.98 + 3.6)/0.975 = (125.10 + 3.6)/0.975 = 132.0
        Rack.FullMw(Nvl72).ShouldBe(0.132, 1e-5);
        Nvl72.Contradictions().ShouldBeEmpty();
    }

    [Fact]
    public void Every_watt_is_chips_a_loss_or_a_switch_and_leaves_by_liquid_or_air()
    {
        RackPower power = Rack.Power(Nvl72, 0.79, 0.25);
        (power.ChipsMw + power.BoardLossMw + power.SwitchMw + power.ShelfLossMw).ShouldBe(power.TotalMw, 1e-15);
        (power.LiquidHeatMw + power.AirHeatMw).ShouldBe(power.TotalMw, 1e-15);
        Rack.Power(Nvl72, 1, 1).AirHeatMw.ShouldBe(0.008 + 0.07 * 0.132, 1e-5);   // 17.2 kW
    }

    [Fact]
    public void An_air_cooled_rack_gives_nothing_to_liquid()
    {
        RackPower power = Rack.Power(Nvl72 with { AirHeatFraction = 1 }, 0.5, 0.5);
        power.LiquidHeatMw.ShouldBe(0);
        power.AirHeatMw.ShouldBe(power.TotalMw);
    }

    [Fact]
    public void Power_is_linear_in_the_share_of_TDP()
    {
        double half = Rack.Power(Nvl72, 0.5, 0.3).TotalMw;
        double mean = (Rack.Power(Nvl72, 0.2, 0.3).TotalMw + Rack.Power(Nvl72, 0.8, 0.3).TotalMw) / 2;
        half.ShouldBe(mean, 1e-15);
    }

    [Fact]
    public void Four_H100_nodes_in_training_draw_what_a_power_log_shows()
    {
        RackSpec dgx = Nvl72 with
        {
            Gpu = GpuTests.H100,
            NodeCount = 4,
            NodeGpus = 8,
            NodeOtherIdleMw = 1.8e-3,
            NodeOtherBusyMw = 3.896e-3,
            SwitchMw = 0,
            ShelfEfficiencyFraction = 0.95,
            NameplateMw = 0.0408,
        };
        // 8·700·0.79 + 1,800 + 0.25·2,096 = 6,748 W; /0.98/0.95 = 7.25 kW a node; Dell measured 7.2 kW (MLPerf v4.0)
        (Rack.TrainingMw(dgx) / 4).ShouldBe(0.00725, 1e-5);
        dgx.Contradictions().ShouldBeEmpty();
    }

    [Fact]
    public void A_nameplate_that_the_parts_do_not_reach_is_a_contradiction()
    {
        Contradiction found = (Nvl72 with { NameplateMw = 0.142 }).Contradictions().ShouldHaveSingleItem();
        found.Property.ShouldBe("NameplateMw");
        found.Expected.ShouldBe("within 2 % of what the parts add up to, 132.0 kW");
        found.Found.ShouldBe("142.0 kW");
        (Nvl72 with { NameplateMw = 0.134 }).Contradictions().ShouldBeEmpty();   // 1.5 % off
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        double sum = Rack.FullMw(Nvl72);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) { sum += Rack.Power(Nvl72, i * 1e-3, 0.5).TotalMw; }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        double.IsFinite(sum).ShouldBeTrue();
    }
}
