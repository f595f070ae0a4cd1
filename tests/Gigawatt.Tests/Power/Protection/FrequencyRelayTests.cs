using Gigawatt.Power.Protection;

namespace Gigawatt.Tests.Power.Protection;

/// <summary>Clocks and curves of frequency protection.</summary>
public sealed class FrequencyRelayTests
{
    [Theory]
    [InlineData(0.3, 0.1, 0.2, 0.4)]       // beyond before and after: the whole step counts
    [InlineData(0, -0.1, 0.1, 0.05)]       // crossed in the middle: half of it
    [InlineData(0.3, 0.1, -0.1, 0)]        // back again: zero
    public void A_clock_counts_the_time_beyond_its_level(double clockS, double before, double after, double expectedS) =>
        FrequencyRelay.Clock(clockS, before, after, 0.1).ShouldBe(expectedS, 1e-12);

    [Theory]
    [InlineData(61.0, 113.6)]              // 10^(90.935 − 1.45713 × 61) = 10^2.05007 = 112.2
    [InlineData(58.5, 32.6)]               // 10^(1.7373 × 58.5 − 100.116) = 10^1.51605
    public void The_eastern_curve_is_its_formula(double hz, double about) =>
        FrequencyRelayCurves.EnduredS(FrequencyBoundary.Eastern, hz).ShouldBe(about, about * 0.02);

    [Fact]
    public void The_usual_settings_of_a_turbine_trip_where_the_curve_wants_it_to_stay() =>
        FrequencyRelayCurves.Conflicts(new(), FrequencyBoundary.Eastern).ShouldNotBeEmpty();
}
