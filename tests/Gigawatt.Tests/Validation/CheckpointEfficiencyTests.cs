using Gigawatt.Numerics;
using Gigawatt.Training;

namespace Gigawatt.Tests.Validation;

/// <summary>Published and independently computed values of checkpoint periods and of goodput.</summary>
public sealed class CheckpointEfficiencyTests
{
    [Theory]
    [InlineData(240_601, 17_194)]
    [InlineData(60_150, 8_701)]
    [InlineData(30_075, 6_214)]
    [InlineData(15_038, 4_458)]
    [InlineData(7_519, 3_218)]
    public void The_optimum_by_Lambert_s_function_is_the_published_one(double mtbfS, double expectedS)
    {
        // Aupy et al., INRIA RR-7950, Table 2: C = R = 600 s, D = 60 s
        double c = 600 / mtbfS;
        double byLambertS = mtbfS * (1 + c + Elementary.LambertW(-Elementary.Exp(-1 - c)));
        byLambertS.ShouldBe(expectedS, expectedS * 1e-4);
        Checkpoint.BestPeriodS(mtbfS, 600).ShouldBe(byLambertS, byLambertS * 1e-10);
    }

    [Fact]
    public void Where_the_published_grid_ends_we_are_a_thousandth_lower() => Checkpoint.BestPeriodS(3_849_609, 600).ShouldBe(68_168, 1);    // printed 68,240

    [Fact]
    public void Exact_efficiencies()
    {
        Checkpoint.EfficiencyFraction(11_136, Checkpoint.BestPeriodS(11_136, 60), 60, 60, 600).ShouldBe(0.84799, 1e-5);
        double periodS = Checkpoint.BestPeriodS(1_080, 30);
        Checkpoint.EfficiencyFraction(1_080, periodS, 30, 0, 600).ShouldBe(0.449, 0.0005);
        Checkpoint.FirstOrderEfficiencyFraction(1_080, periodS, 30, 0, 600).ShouldBe(0.21, 0.005);
        Checkpoint.FirstOrderRefusal(1_080, periodS, 30, 0, 600).ShouldNotBeNull().ShouldContain("0.449");
        Checkpoint.FirstOrderRefusal(60_150, 8_701, 600, 60, 600).ShouldBeNull();
    }

    [Theory]
    [InlineData(60, 0.676)]
    [InlineData(5, 0.931)]
    public void Meta_s_effective_time_of_2048_nodes(double minutes, double expected) =>
        // 6.5 failures per 1,000 node-days, 5 min to restart
        Checkpoint.EffectiveTimeFraction(86400 / (2048 * 6.5e-3), minutes * 60, 0, 300).ShouldBe(expected, 0.0005);

    [Fact]
    public void Goodput_at_100_000_GPUs()
    {
        Goodput.SynchronousFraction(18 * 60, 1e-9, 0, 600).ShouldBe(0.444, 0.0005);            // 1 − 10/18; Meta reports 44 %
        Goodput.ReplicatedFraction(18 * 60, 600, 0, 180, 1).ShouldBe(0.833, 0.0005);            // 1 − 3/18; Meta reports 80 %
        Goodput.ColdRestartS(16_000).ShouldBe(200);
        Goodput.ColdRestartS(98_000).ShouldBe(900);
    }
}
