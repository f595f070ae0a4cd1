using FsCheck.Fluent;
using Gigawatt.Power;

namespace Gigawatt.Tests.Power;

public sealed class LossyPathTests
{
    [Theory]
    [InlineData(100, 0, 1e-4, 99)]              // a line of 100 MW that loses 1 % at its rating
    [InlineData(50, 0, 1e-4, 49.75)]            // half the power, a quarter of the loss
    [InlineData(100, 0, 0.5e-4, 99.5)]          // two circuits halve it
    [InlineData(100, 0.1, 0.7e-4, 99.2)]        // transformers of 100 MW: 0.1 % always, 0.7 % at full load
    public void Loss_grows_with_the_square_of_the_power(double sentMw, double constantMw, double perMw, double expectedMw)
    {
        LossyPath.ArrivesMw(sentMw, constantMw, perMw).ShouldBe(expectedMw, 1e-12);
        LossyPath.SendMw(expectedMw, constantMw, perMw).ShouldBe(sentMw, 1e-10);
    }

    [Fact]
    public void What_must_be_sent_is_the_inverse_of_what_arrives() =>
        Prop.ForAll(Gen.Choose(0, 1000).ArrayOf(3).ToArbitrary(), dice =>
        {
            double sentMw = dice[0];
            double constantMw = dice[1] / 1000.0;
            double perMw = dice[2] / 1000.0 * 4e-4;                     // up to 40 % lost at 1,000 MW: below the peak
            double arrivesMw = LossyPath.ArrivesMw(sentMw, constantMw, perMw);
            return Math.Abs(LossyPath.SendMw(arrivesMw, constantMw, perMw) - sentMw) <= 1e-11 * Math.Max(1, sentMw);
        }).HoldsInAnyCase();

    [Fact]
    public void More_than_a_path_can_bring_asks_for_its_peak()
    {
        // P - P²/400 peaks at 200 MW sent, 100 MW arriving; asked for more, the answer stays finite.
        LossyPath.SendMw(100, 0, 1.0 / 400).ShouldBe(200, 1e-9);
        double.IsFinite(LossyPath.SendMw(150, 0, 1.0 / 400)).ShouldBeTrue();
    }

    [Fact]
    public void Without_loss_nothing_changes()
    {
        LossyPath.ArrivesMw(123, 0, 0).ShouldBe(123);
        LossyPath.SendMw(123, 0, 0).ShouldBe(123);
    }
}
