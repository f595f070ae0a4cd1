using Gigawatt.Power.Transients;
using Gigawatt.Tests.Power.Transients;

namespace Gigawatt.Tests.Validation;

/// <summary>Frequency after a step against closed forms and against reference numbers.</summary>
public sealed class FrequencyResponseTests
{
    [Fact]
    public void The_classical_response_has_its_nadir_at_58_700188_Hz_in_closed_form()
    {
        ResponseExtremum nadir = FrequencyResponse.System(4, 1, 0.05, 0.95, 0.3, 8, -0.2);
        (60 * (1 + nadir.DeviationPu)).ShouldBe(58.700188, 1e-6);
        nadir.AtS.ShouldBe(2.368832, 1e-6);
        (60 * (1 + nadir.EndPu)).ShouldBe(59.4, 1e-9);         // 0.05 × −0.2 / (1 × 0.05 + 0.95) = −0.01
    }

    [Fact]
    public void The_classical_response_has_the_same_nadir_when_simulated()
    {
        TransientOutcome outcome = Run(SmallBus.Lag(inertiaS: 4, dampingPu: 1, new() { DroopPu = 0.05, GainRatio = 0.95, LagS = 8, FastFraction = 0.3 }), 20);
        outcome.NadirHz.ShouldBe(58.700188, 1e-6);
        outcome.NadirS.ShouldBe(2.368832, 1e-5);
    }

    [Fact]
    public void One_lag_has_its_nadir_at_59_514673_Hz_in_both_ways()
    {
        ResponseExtremum nadir = FrequencyResponse.OneLag(2, 0, 0.04, 0.5, -0.1);
        (60 * (1 + nadir.DeviationPu)).ShouldBe(59.514673, 1e-6);
        nadir.AtS.ShouldBe(0.547762, 1e-6);
        TransientOutcome outcome = Run(SmallBus.Lag(inertiaS: 2, dampingPu: 0, new() { DroopPu = 0.04, LagS = 0.5 }), 10);
        outcome.NadirHz.ShouldBe(59.514673, 1e-6);
        outcome.NadirS.ShouldBe(0.547762, 1e-5);
    }

    [Fact]
    public void Thirty_two_turbines_that_lose_a_tenth_rise_to_60_2457_Hz()
    {
        Disturbance[] events = [new(DisturbanceKind.LoadChange, 0, ChangeMw: -89.6)];
        TransientOutcome outcome = Transient.Simulate(SmallBus.Turbines(), events, 30, Transient.UsualStepS, new(), null);
        outcome.PeakHz.ShouldBe(60.2457, 1e-4);
        outcome.PeakS.ShouldBe(0.32, 0.005);
        outcome.EndHz.ShouldBe(60.141474, 1e-4);               // 89.6 / 1,520 × 0.04 × 60
        outcome.InitialHzPerS.ShouldBe(FrequencyResponse.InitialHzPerS(89.6, 60, 1.5, 1520), 1e-9);
        outcome.Verdict.ShouldBe(TransientVerdict.RiddenThrough);
    }

    [Theory]
    [InlineData(0, 44.758539)]
    [InlineData(1, 35.806832)]
    [InlineData(2, 19.434629)]
    public void Droop_shares_100_MW_by_rating_over_droop(int index, double expectedMw)
    {
        // 38 MW at 4 %, 38 MW at 5 % and 16.5 MW at 4 %: 950 : 760 : 412.5.
        FrequencyResponse.SharedMw(100, [38, 38, 16.5], [0.04, 0.05, 0.04], index).ShouldBe(expectedMw, 1e-6);
    }

    [Theory]
    [InlineData(0.2, 61.07)]                                   // T2 of ANDES' GAST unless given
    [InlineData(0.1, 60.94)]                                   // T2 of the cases above
    public void Eight_blocks_of_60_MVA_at_3_3_percent_hold_a_crash_of_60_percent_at_the_peak_of_ANDES(double combustorS, double expectedHz)
    {
        CampusBus bus = new(SmallBus.Spec() with
        {
            Machines = [SmallBus.Group() with { Governor = new() { Gast = new() { DroopPu = 0.04, ValveS = 0.1, CombustorS = combustorS } } }],
            Forming = [SmallBus.Battery(8) with { DroopPu = 0.033 }],
        });
        Transient.Simulate(bus, [new(DisturbanceKind.LoadChange, 0, ChangeMw: -537.6)], 30, Transient.UsualStepS, new(), null).PeakHz.ShouldBe(expectedHz, 0.005);
    }

    private static TransientOutcome Run(CampusBus bus, double horizonS) =>
        Transient.Simulate(bus, [new(DisturbanceKind.LoadChange, 0, ChangeMw: bus.Spec.Loads[0].PowerMw == 500 ? 200 : 100)], horizonS, Transient.UsualStepS, new(), null);
}
