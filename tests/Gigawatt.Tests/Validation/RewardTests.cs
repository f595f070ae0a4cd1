using Gigawatt.Numerics;
using Gigawatt.Training;

namespace Gigawatt.Tests.Validation;

/// <summary>The laws of Gao, Schulman and Hilton (arXiv 2210.10760) and the exact optimum under a KL penalty.</summary>
public sealed class RewardTests
{
    [Fact]
    public void Reinforcement_learning_peaks_at_e_to_alpha_over_beta_less_one()
    {
        OverOptimisationLaw law = new() { Method = OptimisationMethod.Rl, Alpha = 1, Beta = 0.3 };
        OverOptimisation.PeakD(law).ShouldBe(10.312259, 1e-6);
        OverOptimisation.PeakGold(law).ShouldBe(0.3 * 10.312259, 1e-6);
        OverOptimisation.Gold(law, OverOptimisation.PeakD(law)).ShouldBe(OverOptimisation.PeakGold(law), 1e-12);
        OverOptimisation.Gold(law, OverOptimisation.ZeroD(law)).ShouldBe(0, 1e-12);
        OverOptimisation.Gold(law, 10.2).ShouldBeLessThan(OverOptimisation.PeakGold(law));
        OverOptimisation.Gold(law, 10.4).ShouldBeLessThan(OverOptimisation.PeakGold(law));
        OverOptimisation.Gold(law, 0).ShouldBe(0);
    }

    [Fact]
    public void Best_of_n_peaks_at_alpha_over_two_beta()
    {
        OverOptimisationLaw law = new() { Method = OptimisationMethod.BestOfN, Alpha = 1, Beta = 0.15 };
        OverOptimisation.PeakD(law).ShouldBe(1 / 0.3, 1e-12);
        OverOptimisation.PeakGold(law).ShouldBe(1 / 0.6, 1e-12);
        OverOptimisation.Gold(law, 1 / 0.3).ShouldBe(1 / 0.6, 1e-12);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0.193147180559945)]
    [InlineData(16, 1.835088722239781)]
    public void Best_of_n_is_so_far_from_one(double n, double nats) => OverOptimisation.BestOfNKl(n).ShouldBe(nats, 1e-12);

    [Fact]
    public void The_optimum_under_a_penalty()
    {
        double[] policy = new double[3];
        double value = RewardModel.Optimum([0.5, 0.3, 0.2], [0, 1, 2], 1, policy);
        policy.ShouldBe([0.179000, 0.291944, 0.529056], 1e-6);
        value.ShouldBe(Elementary.Log(0.5 + 0.3 * Math.E + 0.2 * Math.E * Math.E), 1e-12);         // λ ln Z
    }
}
