using Gigawatt.Power.Protection;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Studies;

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
    [InlineData(61.0, 112.220)]            // 10^(90.935 − 1.45713 × 61) = 10^2.05007
    [InlineData(61.5, 20.9655)]            // 10^1.321505
    [InlineData(58.5, 32.8133)]            // 10^(1.7373 × 58.5 − 100.116) = 10^1.51605
    [InlineData(58.0, 4.44017)]            // 10^0.6474
    public void The_eastern_curve_is_its_formula(double hz, double expectedS) =>
        FrequencyRelayCurves.EnduredS(FrequencyBoundarySpec.Eastern, hz).ShouldBe(expectedS, expectedS * 1e-5);

    [Theory]
    [InlineData("prc-024-3-ercot", 59.5, double.PositiveInfinity)]
    [InlineData("prc-024-3-ercot", 59.4, 540)]
    [InlineData("prc-024-3-ercot", 58.2, 30)]
    [InlineData("prc-024-3-ercot", 57.5, 0)]
    [InlineData("prc-024-3-ercot", 61.7, 30)]
    [InlineData("prc-024-3-western", 57.5, 7.5)]
    [InlineData("prc-024-3-eastern", 61.8, 0)]
    [InlineData("ercot-nogrr282", 58.5, 299)]
    public void A_boundary_is_a_name_of_the_catalogue(string name, double hz, double expectedS) =>
        FrequencyRelayCurves.EnduredS(Input($"ride_through: {name}").RideThrough, hz).ShouldBe(expectedS);

    [Fact]
    public void A_boundary_may_stand_in_the_file() =>
        FrequencyRelayCurves.EnduredS(Input("ride_through: { title: own, over: [ { beyond: 61 Hz, lasts: 100 s, tenth_every: 0.5 Hz } ] }").RideThrough, 62).ShouldBe(1, 1e-12);

    [Fact]
    public void The_default_boundary_is_the_entry_of_the_catalogue()
    {
        FrequencyBoundarySpec entry = Input("ride_through: prc-024-3-eastern").RideThrough;
        entry.Under.ShouldBe(FrequencyBoundarySpec.Eastern.Under);
        entry.Over.ShouldBe(FrequencyBoundarySpec.Eastern.Over);
    }

    [Theory]
    [InlineData("eastern")]
    [InlineData("western")]
    [InlineData("ercot")]
    public void A_relay_on_a_boundary_does_not_pass_it(string name)
    {
        FrequencyInput input = Input($"ride_through: prc-024-3-{name}", $"prc-024-3-{name}");
        FrequencyRelaySpec relay = input.Machines[0].Relay;
        FrequencyRelayCurves.Conflicts(relay, input.RideThrough).ShouldBeEmpty();
        // Whatever the frequency, the relay never acts before the boundary lets it, and a tenth less patience would be told.
        FrequencyRelaySpec hasty = relay with { Under = [relay.Under[0] with { DelayS = relay.Under[0].DelayS * 0.9 }, .. relay.Under.Skip(1)] };
        FrequencyRelayCurves.Conflicts(hasty, input.RideThrough).ShouldHaveSingleItem().ShouldContain("PRC-024-3");
    }

    [Theory]
    [InlineData("{ title: own }", "one band or more")]
    [InlineData("{ title: own, under: [ { beyond: 58 Hz, lasts: 2 s }, { beyond: 59 Hz, lasts: 1 s } ] }", "59 Hz after 58 Hz")]
    [InlineData("{ title: own, over: [ { beyond: 61 Hz, lasts: 2 s }, { beyond: 62 Hz, lasts: 9 s } ] }", "9 s at 62 Hz after 2 s at 61 Hz")]
    [InlineData("{ title: own, under: [ { beyond: 61 Hz, lasts: 2 s } ], over: [ { beyond: 60.5 Hz, lasts: 9 s } ] }", "edges below 60.5 Hz")]
    [InlineData("prc-024-3-estern", "did you mean 'prc-024-3-eastern'")]
    public void A_boundary_that_cannot_be_is_refused(string boundary, string words) =>
        Should.Throw<ScenarioException>(() => Input($"ride_through: {boundary}")).Message.ShouldContain(words);

    [Fact]
    public void The_usual_settings_of_a_turbine_trip_where_the_curve_wants_it_to_stay() =>
        FrequencyRelayCurves.Conflicts(new(), FrequencyBoundarySpec.Eastern).ShouldNotBeEmpty();

    private static FrequencyInput Input(string line, string relay = "gas-turbine") => ScenarioReader.ReadText<FrequencyInput>(
        $$"""
        name: x
        machines:
          - { name: a, count: 1, rated: 38 MW, generator: 47.5 MVA, inertia: 1.5 s, carrying: 20 MW, governor: gast-gridlabd, relay: {{relay}} }
        events: [ { kind: load_change, change: -1 MW } ]
        {{line}}

        """, "x.yaml", Catalog.Embedded, []).Value;
}
