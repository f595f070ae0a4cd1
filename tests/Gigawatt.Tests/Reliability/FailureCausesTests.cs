using Gigawatt.Numerics;
using Gigawatt.Reliability;

namespace Gigawatt.Tests.Reliability;

public sealed class FailureCausesTests
{
    private static readonly FailureRecordSpec Counted = new()
    {
        Title = "counted",
        Gpus = 1000,
        ObservedS = 1_000_000,
        Causes = [new() { Name = "a", Count = 30, DetectS = 10 }, new() { Name = "b", Count = 10, DetectS = 50 }],
    };

    [Fact]
    public void Counts_over_their_time_are_rates()
    {
        FailureCauses.RatesPerS(Counted, 2000).ShouldBe([60e-6, 20e-6], 1e-18);
        FailureCauses.MtbfS(Counted, 2000).ShouldBe(12_500, 1e-9);
        FailureCauses.MeanDetectS(Counted).ShouldBe(20, 1e-12);
    }

    [Fact]
    public void Twice_the_size_at_beta_one_is_four_times_the_rate() =>
        FailureCauses.MtbfS(Counted with { ElasticityRatio = 1 }, 2000).ShouldBe(6_250, 1e-6);

    [Fact]
    public void Counts_are_shares_when_the_rate_is_told_apart() =>
        // 8 GPUs a node: 125 nodes at 1e-6 are 1.25e-4 a second, three quarters of it a
        FailureCauses.RatesPerS(Counted with { ObservedS = null, FailuresPerNodeS = 1e-6 }, 1000)[0].ShouldBe(0.75 * 125e-6, 1e-15);

    [Fact]
    public void Counts_without_a_time_are_refused() =>
        Should.Throw<CaseException>(() => FailureCauses.RatesPerS(Counted with { ObservedS = null }, 1000)).Message.ShouldContain("counts alone are only shares");

    [Fact]
    public void A_flap_within_the_retries_stops_nothing() =>
        FailureCauses.StoppingFraction(new() { Name = "flap", FailuresPerUnitS = 1, FlapS = 10, RetryS = 30 }).ShouldBe(0.049787, 1e-6);
}
