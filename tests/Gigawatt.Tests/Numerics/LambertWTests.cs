using Gigawatt.Numerics;

namespace Gigawatt.Tests.Numerics;

public sealed class LambertWTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0.56714329040978387300)]                 // the omega constant
    [InlineData(2.7182818284590452354, 1)]
    [InlineData(-0.2, -0.25917110181907374506)]
    [InlineData(-0.3, -0.48940222718021496)]
    [InlineData(100, 3.3856301402900501849)]
    [InlineData(-0.36787944117144233, -1)]                  // the branch point −1/e, rounded
    public void Known_values_are_met(double x, double expected) => Elementary.LambertW(x).ShouldBe(expected, 2e-15 * (1 + Math.Abs(expected)) + (expected == -1 ? 2e-8 : 0));

    [Fact]
    public void It_undoes_w_times_e_to_the_w()
    {
        for (double w = -0.999; w < 30; w += 0.0137)
        {
            double found = Elementary.LambertW(w * Elementary.Exp(w));
            // Near the branch point the argument itself says no more about w than this.
            Math.Abs(found - w).ShouldBeLessThan(1e-15 * Math.Abs(w) + 4e-16 / (w + 1), $"at {w}");
        }
    }

    [Fact]
    public void Below_the_branch_point_there_is_no_number() => Elementary.LambertW(-0.37).ShouldBe(double.NaN);
}
