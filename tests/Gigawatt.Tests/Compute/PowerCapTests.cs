using FsCheck.Fluent;
using Gigawatt.Compute;

namespace Gigawatt.Tests.Compute;

public sealed class PowerCapTests
{
    private const double H100Mw = 700e-6;

    [Fact]
    public void Speed_power_and_clock_rise_with_the_cap() => Prop.ForAll(
        ArbMap.Default.ArbFor<(byte, byte)>(), caps =>
        {
            double low = Math.Min(caps.Item1, caps.Item2) / 250.0, high = Math.Max(caps.Item1, caps.Item2) / 250.0;
            return new[] { CapCurve.H100, CapCurve.Gb200 }.All(curve => curve.ThroughputRatio(low) <= curve.ThroughputRatio(high)
                && curve.DrawnFraction(low) <= curve.DrawnFraction(high) && curve.ClockHz(low) <= curve.ClockHz(high));
        }).HoldsInAnyCase();

    [Fact]
    public void The_curve_is_the_one_that_runs_use()
    {
        for (double cap = 0; cap <= 1; cap += 0.01) { CapCurve.H100.ThroughputRatio(cap).ShouldBe(Gpu.ThroughputAtCap(cap), 1e-12); }
    }

    [Fact]
    public void Clocks_are_those_measured() => CapCurve.H100.ClockHz(400.0 / 700).ShouldBe(1501e6, 1);

    [Fact]
    public void With_600_watts_of_everything_else_500_watts_are_best()
    {
        // .915 · (700 + 600) / (500 + 600) = 1.0814
        CapChoice best = PowerCap.Best(CapCurve.H100, H100Mw, 100, 600e-6);
        best.CapMw.ShouldBe(500e-6, 1e-12);
        best.Gpus.ShouldBe(90_909);                                               // 100 MW / 1,100 W
        best.GainFraction.ShouldBe(0.0814, 2e-4);
    }

    [Fact]
    public void Without_anything_else_a_lower_cap_is_best_and_with_much_of_it_none()
    {
        PowerCap.Best(CapCurve.H100, H100Mw, 100, 0).CapMw.ShouldBe(400e-6, 1e-12);
        PowerCap.Best(CapCurve.H100, H100Mw, 100, 3e-3).CapMw.ShouldBe(700e-6, 1e-12);
    }

    [Fact]
    public void With_fewer_GPUs_than_the_power_feeds_the_best_cap_uses_up_the_power()
    {
        // 100 MW for 83,000 GPUs are 1,204.8 W each, 604.8 W of them for the GPU
        CapChoice best = PowerCap.Best(CapCurve.H100, H100Mw, 100, 600e-6, 83_000);
        best.Gpus.ShouldBe(83_000);
        best.CapMw.ShouldBe(604.8e-6, 0.1e-6);
    }

    [Fact]
    public void No_searched_cap_beats_the_best() => Prop.ForAll(
        ArbMap.Default.ArbFor<(byte, byte)>(), drawn =>
        {
            double otherMw = drawn.Item1 * 10e-6;
            CapChoice best = PowerCap.Best(CapCurve.H100, H100Mw, 1000, otherMw);
            double cap = 200.0 / 700 + drawn.Item2 / 255.0 * (1 - 200.0 / 700);
            // a GPU more or less from rounding down
            return PowerCap.At(CapCurve.H100, H100Mw, cap, 1000, otherMw).ThroughputGpu <= best.ThroughputGpu + 1;
        }).HoldsInAnyCase();

    [Fact]
    public void GB200_at_1000_watts_is_searched_and_nothing_that_was_only_assumed()
    {
        // .95 · (1,200 + 357) / (1,000 + 357) = 1.090: the 9 % that Meta measured leaves 357 W a GPU for everything else
        CapChoice best = PowerCap.Best(CapCurve.Gb200, 1200e-6, 100, 357e-6);
        best.CapMw.ShouldBe(1000e-6, 1e-12);
        best.GainFraction.ShouldBe(0.09, 0.001);
        CapCurve.For("GB300 (one GPU of an NVL72)").ShouldBe(CapCurve.Gb200);
        CapCurve.For("H200 SXM").ShouldBe(CapCurve.H100);
    }

    [Fact]
    public void Thirty_kelvin_more_double_the_leakage()
    {
        GpuWarmthSpec warmth = new() { LeakageFraction = 0.1, DoublingK = 30 };
        PowerCap.WarmthFactor(warmth, 60).ShouldBe(1, 1e-12);
        PowerCap.WarmthFactor(warmth, 90).ShouldBe(1.1, 1e-9);
        PowerCap.ThroughputRatio(CapCurve.H100, 550.0 / 700, warmth, 90).ShouldBe(CapCurve.H100.ThroughputRatio(500.0 / 700), 1e-9);
        PowerCap.ThroughputRatio(CapCurve.H100, 0.7, warmth, 90).ShouldBeLessThan(PowerCap.ThroughputRatio(CapCurve.H100, 0.7, warmth, 40));
    }

    [Fact]
    public void Sixty_five_joules_bridge_a_kilowatt_for_130_milliseconds()
    {
        ShelfSmoothingSpec shelf = new();
        ShelfSmoothing.EdgeS(shelf, 1e-3, null).ShouldBe(0.130, 1e-9);            // 2 · 65 J / 1 kW: half of the edge's area
        ShelfSmoothing.EdgeS(shelf, 1e-3, 0.5e-3).ShouldBe(2, 1e-9);              // 1 kW at 0.5 kW/s
        ShelfSmoothing.FloorMw(shelf with { FloorFraction = 0.5 }, 1e-4, 1e-3).ShouldBe(5e-4, 1e-12);
    }
}
