using Gigawatt.Power.Protection;

namespace Gigawatt.Tests.Power.Protection;

public sealed class OvercurrentTests
{
    [Theory]
    [InlineData(OvercurrentCurve.IecStandardInverse, 10, 2.971)]        // 0.14 / (10^0.02 − 1)
    [InlineData(OvercurrentCurve.IecVeryInverse, 10, 1.5)]              // 13.5 / 9
    [InlineData(OvercurrentCurve.IecExtremelyInverse, 5, 3.3333)]       // 80 / 24
    [InlineData(OvercurrentCurve.IeeeModeratelyInverse, 10, 1.2068)]    // 0.0515 / (10^0.02 − 1) + 0.114
    [InlineData(OvercurrentCurve.IeeeVeryInverse, 3, 2.94225)]          // 19.61 / 8 + 0.491
    [InlineData(OvercurrentCurve.IeeeExtremelyInverse, 3, 3.6467)]      // 28.2 / 8 + 0.1217
    public void The_published_curves_at_their_multiples(OvercurrentCurve curve, double multiple, double expectedS)
    {
        OvercurrentSpec spec = new() { Curve = curve, PickupKa = 2, TimeDialFactor = 1 };
        Overcurrent.TripS(spec, 2 * multiple).ShouldBe(expectedS, 5e-4);
        Overcurrent.TripS(spec, 2).ShouldBe(double.PositiveInfinity);
    }

    [Fact]
    public void A_steady_current_opens_the_breaker_after_curve_and_breaker()
    {
        // 1.5 s × 0.1 and 0.06 s of breaker, in milliseconds.
        OvercurrentSpec spec = new() { PickupKa = 1, TimeDialFactor = 0.1 };
        OvercurrentState state = default;
        int steps = 0;
        do { steps++; } while (!Overcurrent.Step(spec, ref state, 10, 1e-3));
        steps.ShouldBe(210);
    }

    [Fact]
    public void A_current_that_ends_in_time_trips_nothing()
    {
        OvercurrentSpec spec = new() { PickupKa = 1, TimeDialFactor = 0.1 };
        OvercurrentState state = default;
        for (int i = 0; i < 5000; i++) { Overcurrent.Step(spec, ref state, i % 200 < 140 ? 10 : 0.5, 1e-3).ShouldBeFalse(); }
    }

    [Fact]
    public void The_instantaneous_element_does_not_wait()
    {
        OvercurrentSpec spec = new() { PickupKa = 1, TimeDialFactor = 1, InstantPickupKa = 8, InstantDelayS = 0.02, BreakerS = 0 };
        OvercurrentState state = default;
        int steps = 0;
        do { steps++; } while (!Overcurrent.Step(spec, ref state, 10, 1e-3));
        steps.ShouldBe(20);
    }
}
