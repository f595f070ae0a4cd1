using Gigawatt.Training;

namespace Gigawatt.Tests.Training;

public sealed class CheckpointTests
{
    [Theory]
    [InlineData(240_601, 17_194)]
    [InlineData(60_150, 8_701)]
    [InlineData(30_075, 6_214)]
    [InlineData(15_038, 4_458)]
    [InlineData(7_519, 3_218)]
    public void The_best_period_agrees_with_the_published_table(double mtbfS, double expectedS) =>
        // Aupy et al., INRIA RR-7950, Table 2: C = 600 s
        Checkpoint.BestPeriodS(mtbfS, 600).ShouldBe(expectedS, expectedS * 1e-4);

    [Fact]
    public void Young_is_12_percent_long_when_failures_are_frequent() =>
        // √(2·7519·600) + 600 = 3,604
        ((Math.Sqrt(2 * 7519 * 600) + 600) / Checkpoint.BestPeriodS(7519, 600)).ShouldBe(1.12, 0.001);

    [Fact]
    public void At_the_optimum_of_Llama_3_85_percent_of_the_time_is_safe_work()
    {
        double periodS = Checkpoint.BestPeriodS(11_136, 60);
        Checkpoint.EfficiencyFraction(11_136, periodS, 60, 60, 600).ShouldBe(0.84799, 1e-5);
        Checkpoint.EfficiencyFraction(11_136, periodS * 1.1, 60, 60, 600).ShouldBeLessThan(0.84799);
        Checkpoint.EfficiencyFraction(11_136, periodS / 1.1, 60, 60, 600).ShouldBeLessThan(0.84799);
    }
}
