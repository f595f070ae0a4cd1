using Gigawatt.Power.Transients;

namespace Gigawatt.Tests.Power.Transients;

/// <summary>GGOV1 and DEGOV1 against the block diagrams of the PSS/E library written down again, block by block, and integrated with Euler steps of 0.1 ms.</summary>
public sealed class GovernorReferenceTests
{
    private const double FineS = 1e-4;

    // Speed falls to -1 % in two seconds and stays: the valve opens at its rate, the load limiter takes over; then it rises 2 % in half a second, and the acceleration limiter acts.
    private static double Deviation(double atS) => atS < 2 ? -0.005 * atS : atS < 12 ? -0.01 : atS < 12.5 ? -0.01 + 0.06 * (atS - 12) : 0.02;

    [Theory]
    [InlineData(1, 3)]          // valve at its opening rate
    [InlineData(11.9, 3)]       // held by the exhaust temperature
    [InlineData(12.6, 4)]       // closing at its rate
    [InlineData(20, 3)]
    public void A_GGOV1_turbine_moves_as_its_block_diagram(double atS, int digits)
    {
        Ggov1Spec spec = new() { ProportionalGainRatio = 10, IntegralGainPerS = 2 };
        double electrical = 0.8;
        Ggov1State state = Ggov1.Initialise(spec, 0.8);
        double reference = Ggov1.ReferencePu(spec, 0.8), stepS = 1e-3;
        for (int i = 0; i < (int)Math.Round(atS / stepS); i++)
        {
            Ggov1.Derivatives(spec, state, Deviation(i * stepS), reference, electrical, double.PositiveInfinity, out Ggov1State rates);
            Add(ref state, rates, stepS);
        }
        double exact = Diagram(spec, 0.8, reference, electrical, atS);
        Ggov1.PowerPu(spec, state, Deviation(atS)).ShouldBe(exact, digits == 3 ? 1e-3 : 1e-4);
    }

    [Fact]
    public void Its_limiters_bind_in_that_course()
    {
        Ggov1Spec spec = new() { ProportionalGainRatio = 10, IntegralGainPerS = 2 };
        double reference = Ggov1.ReferencePu(spec, 0.8);
        // Without the temperature limit it would give more than 1 pu, the governor alone asks for the upper stop.
        Diagram(spec with { LimiterReferencePu = 3 }, 0.8, reference, 0.8, 11.9).ShouldBeGreaterThan(Diagram(spec, 0.8, reference, 0.8, 11.9) + 0.05);
        // Without the acceleration limit it would be no lower when speed has just risen at 6 % a second, six times the 1 % allowed.
        Diagram(spec with { AccelerationLimitPuPerS = 9 }, 0.8, reference, 0.8, 12.4).ShouldBeGreaterThanOrEqualTo(Diagram(spec, 0.8, reference, 0.8, 12.4));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(11.9)]
    [InlineData(12.6)]
    [InlineData(20)]
    public void A_DEGOV1_engine_moves_as_its_block_diagram(double atS)
    {
        Degov1Spec spec = new() { MaxThrottlePu = 0.85 };
        Degov1State state = Degov1.Initialise(spec, 0.8);
        double stepS = 1e-3;
        for (int i = 0; i < (int)Math.Round(atS / stepS); i++)
        {
            Degov1.Derivatives(spec, state, Deviation(i * stepS), 0.8, double.PositiveInfinity, out Degov1State rates);
            state.BoxPu += stepS * rates.BoxPu;
            state.BoxRatePuPerS += stepS * rates.BoxRatePuPerS;
            state.FirstPu += stepS * rates.FirstPu;
            state.ThrottleRatePuPerS += stepS * rates.ThrottleRatePuPerS;
            state.ThrottlePu += stepS * rates.ThrottlePu;
        }
        // Box as two lags' companion form, actuator as K (1 + T4 s)/((1 + T5 s)(1 + T6 s)) before an integral that stops at TMAX and TMIN.
        double box = 0, boxRate = 0, lag5 = 0, lag6 = 0, throttle = 0.8;
        for (int i = 0; i < (int)Math.Round(atS / FineS); i++)
        {
            double error = 0.05 * (0.8 - throttle) - Deviation(i * FineS);
            double boxChange = (error - box - 0.2 * boxRate) / (0.2 * 0.3);
            double lead = box + 0.5 * boxRate;
            double change5 = (lead - lag5) / 0.1;
            double change6 = (0.8 * (lag5 + 1 * change5) - lag6) / 0.2;
            throttle = Math.Min(0.85, Math.Max(0, throttle + FineS * lag6));
            box += FineS * boxRate;
            boxRate += FineS * boxChange;
            lag5 += FineS * change5;
            lag6 += FineS * change6;
        }
        Degov1.PowerPu(spec, state, Deviation(atS)).ShouldBe(throttle * (1 + Deviation(atS)), 2e-3);
        if (atS == 11.9) { state.ThrottlePu.ShouldBe(0.85, 2e-3); }         // it stands at its stop
    }

    // rselect 1: droop on measured electrical power; PI with its integral held while another controller has the valve; load limiter PI on the measured exhaust; acceleration limiter.
    private static double Diagram(Ggov1Spec spec, double start, double reference, double electrical, double untilS)
    {
        double fuel0 = start / spec.TurbineGainRatio + spec.NoLoadFuelPu;
        double measured = electrical, integral = fuel0, valve = fuel0, turbine = start, couple = fuel0, exhaust = fuel0, limiter = spec.MaxValvePu, speed = 0;
        double allowed = fuel0 + spec.AccelerationGainRatio * spec.AccelerationFilterS * spec.AccelerationLimitPuPerS;
        for (int i = 0; i < (int)Math.Round(untilS / FineS); i++)
        {
            double w = Deviation(i * FineS);
            double error = Math.Min(spec.MaxErrorPu, Math.Max(-spec.MaxErrorPu, spec.DroopPu * (reference - measured) - w));
            double governor = spec.ProportionalGainRatio * error + integral;
            double room = spec.LimiterReferencePu / spec.TurbineGainRatio + spec.NoLoadFuelPu - exhaust;
            double least = Math.Min(governor, Math.Min(spec.LimiterGainRatio * room + limiter, allowed));
            double command = Math.Min(spec.MaxValvePu, Math.Max(spec.MinValvePu, least));
            double flow = valve * (1 + w), acceleration = (w - speed) / spec.AccelerationFilterS;
            double coupleRate = (flow - couple) / spec.ThermocoupleLagS;
            bool holds = (governor > command && error > 0) || (governor < command && error < 0);
            double rate = Math.Min(spec.OpenRatePuPerS, Math.Max(-spec.CloseRatePuPerS, (command - valve) / spec.ActuatorS));
            exhaust += FineS * (couple + spec.ThermocoupleLeadS * coupleRate - exhaust) / spec.LimiterS;
            limiter = Math.Min(spec.MaxValvePu, Math.Max(spec.MinValvePu, limiter + FineS * spec.LimiterIntegralGainPerS * room));
            allowed += FineS * ((command - allowed) / spec.AccelerationFilterS + spec.AccelerationGainRatio * (spec.AccelerationLimitPuPerS - acceleration));
            turbine += FineS * (spec.TurbineGainRatio * (flow - spec.NoLoadFuelPu) - turbine) / spec.TurbineLagS;
            measured += FineS * (electrical - measured) / spec.TransducerS;
            integral += holds ? 0 : FineS * spec.IntegralGainPerS * error;
            couple += FineS * coupleRate;
            speed += FineS * acceleration;
            valve = Math.Min(spec.MaxValvePu, Math.Max(spec.MinValvePu, valve + FineS * rate));
        }
        return turbine;
    }

    private static void Add(ref Ggov1State state, in Ggov1State rates, double stepS)
    {
        state.TransducerPu += stepS * rates.TransducerPu;
        state.IntegralPu += stepS * rates.IntegralPu;
        state.FilteredErrorPu += stepS * rates.FilteredErrorPu;
        state.ValvePu += stepS * rates.ValvePu;
        state.TurbinePu += stepS * rates.TurbinePu;
        state.ThermocouplePu += stepS * rates.ThermocouplePu;
        state.ExhaustPu += stepS * rates.ExhaustPu;
        state.LimiterPu += stepS * rates.LimiterPu;
        state.FilteredDeviationPu += stepS * rates.FilteredDeviationPu;
        state.AccelerationPu += stepS * rates.AccelerationPu;
    }
}
