using Gigawatt.Compute;
using Gigawatt.Numerics;

namespace Gigawatt.Tests.Compute;

public sealed class GpuTests
{
    internal static readonly GpuSpec H100 = new()
    {
        Title = "H100 SXM",
        Bf16TflopPerS = 989,
        Fp8TflopPerS = 1979,
        MemoryGb = 80,
        MemoryBandwidthGbPerS = 3350,
        NvlinkGbPerS = 450,
        NicGbPerS = 50,
        TdpMw = 700e-6,
    };

    [Theory]
    [InlineData(700, 1)]
    [InlineData(600, 0.966)]
    [InlineData(500, 0.915)]
    [InlineData(400, 0.821)]
    [InlineData(300, 0.594)]
    [InlineData(200, 0.320)]
    [InlineData(550, 0.9405)]   // half way between .915 and .966
    [InlineData(72.8, 0)]       // idle share: nothing is left to compute with
    public void A_capped_H100_keeps_the_measured_share_of_its_speed(double capW, double expected) =>
        Gpu.ThroughputAtCap(capW / 700).ShouldBe(expected, 1e-12);

    [Fact]
    public void Under_a_fixed_site_power_500_W_is_the_best_cap_when_the_rest_takes_600_W()
    {
        // tokens per MW relative to no cap: 500 W .915·1300/1100 = 1.081, 400 W .821·1300/1000 = 1.067
        static double PerMw(double capW) => Gpu.ThroughputAtCap(capW / 700) * 1300 / (capW + 600);
        PerMw(500).ShouldBe(1.081, 0.001);
        PerMw(400).ShouldBe(1.067, 0.001);
        PerMw(600).ShouldBeLessThan(PerMw(500));
    }

    [Fact]
    public void A_job_that_computes_nine_tenths_of_the_time_draws_the_weighted_mean() =>
        Gpu.MeanShareOfTdp(H100, 90, 8, 2).ShouldBe(0.9 * 0.79 + 0.08 * 0.21 + 0.02 * 0.104, 1e-12);

    [Fact]
    public void A_chip_without_FP4_runs_FP4_work_in_FP8()
    {
        Gpu.PeakTflopPerS(H100, Precision.Fp4).ShouldBe(1979);
        Gpu.PeakTflopPerS(H100 with { Fp8TflopPerS = null }, Precision.Fp8).ShouldBe(989);
    }

    [Fact]
    public void A_share_above_TDP_cannot_be_written() =>
        Should.Throw<SpecException>(() => H100 with { BusyFraction = 1.2 }).Property.ShouldBe("BusyFraction");

    [Fact]
    public void A_precision_that_the_chip_lacks_is_refused_in_words()
    {
        Gpu.Problem(H100, Precision.Fp8).ShouldBeNull();
        CaseProblem problem = Gpu.Problem(H100, Precision.Fp4, "job.precision")!.Value;
        (problem.Path, problem.Expected, problem.Found).ShouldBe(("job.precision", "a precision that H100 SXM computes in: bf16 or fp8", "fp4"));
    }
}
