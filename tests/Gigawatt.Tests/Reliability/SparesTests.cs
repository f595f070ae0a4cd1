using Gigawatt.Numerics;
using Gigawatt.Reliability;

namespace Gigawatt.Tests.Reliability;

public sealed class SparesTests
{
    [Theory]
    [InlineData(2048, 6.5e-3, 13.312, 22)]
    [InlineData(12_500, 2.3e-3, 28.75, 42)]
    public void Spares_are_enough_99_percent_of_the_time(int nodes, double perNodeDay, double meanDown, int spares)
    {
        double down = Spares.MeanDownNode(nodes, perNodeDay / 86400, 86400);
        down.ShouldBe(meanDown, 1e-9);
        Spares.ForPoisson(down, 0.99).ShouldBe(spares);
    }

    [Fact]
    public void Many_technicians_are_as_good_as_one_for_each_node() =>
        Spares.ForQueue(13.312 / 86400, 86400, 200, 0, 0.99).ShouldBe(22);

    [Fact]
    public void Time_for_parts_is_time_down() => Spares.ForQueue(13.312 / 86400, 1, 200, 13.312, 0.99).ShouldBe(22);

    [Fact]
    public void One_technician_at_half_load_needs_six() =>
        // M/M/1: P(n ≤ k) = 1 − 0.5^(k+1) reaches 0.99 at k = 6
        Spares.ForQueue(0.5, 1, 1, 0, 0.99).ShouldBe(6);

    [Fact]
    public void A_queue_that_grows_has_no_answer() => Spares.ForQueue(2, 1, 2, 0, 0.99).ShouldBeNull();

    [Fact]
    public void Sixty_four_of_seventy_two_are_up_nearly_always()
    {
        Spares.AtLeastFraction(72, 72, 0.02).ShouldBe(0.2335, 1e-4);
        Spares.AtLeastFraction(72, 64, 0.02).ShouldBe(0.99999, 1e-5);
        Spares.AtLeastFraction(72, 72, 0.02).ShouldBe(Elementary.Pow(0.98, 72), 1e-12);
    }
}
