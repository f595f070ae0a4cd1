using Gigawatt.Reliability;

namespace Gigawatt.Tests.Reliability;

public sealed class InfantMortalityTests
{
    private static readonly InfantMortalitySpec Batch = new() { WeakFraction = 0.05, ShapeFactor = 0.7, ScaleS = 1_000_000 };

    [Fact]
    public void Sixty_three_percent_of_the_weak_have_failed_at_the_scale() =>
        InfantMortality.FailedFraction(Batch, 1_000_000).ShouldBe(0.05 * 0.63212, 1e-6);

    [Fact]
    public void The_hazard_falls_with_age()
    {
        double first = InfantMortality.ExpectedPerGpu(Batch, 100_000), second = InfantMortality.ExpectedPerGpu(Batch, 200_000) - first;
        second.ShouldBeLessThan(first);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(500_000)]
    [InlineData(5_000_000)]
    public void Age_and_expected_failures_undo_each_other(double ageS) =>
        InfantMortality.AgeS(Batch, InfantMortality.ExpectedPerGpu(Batch, ageS)).ShouldBe(ageS, ageS * 1e-9);

    [Fact]
    public void When_all_weak_ones_have_failed_no_more_do() => InfantMortality.AgeS(Batch, 0.06).ShouldBe(double.PositiveInfinity);
}
