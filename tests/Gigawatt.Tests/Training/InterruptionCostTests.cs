using Gigawatt.Training;

namespace Gigawatt.Tests.Training;

public sealed class InterruptionCostTests
{
    private const double Price = 2.21 / 3600;

    [Fact]
    public void A_short_stall_is_cheap_and_the_rate_is_dear()
    {
        (InterruptionCost.UsdPerS(100_000, Price) * 3600).ShouldBe(221_000, 1e-6);
        InterruptionCost.EventUsd(100_000, Price, 1800).ShouldBe(110_500, 1e-6);
        InterruptionCost.DayUsd(100_000, Price, 0.44).ShouldBe(2_970_240, 1e-6);      // 221,000 · 24 · 0.56
    }
}
