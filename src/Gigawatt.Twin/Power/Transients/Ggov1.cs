using Gigawatt.Numerics;

namespace Gigawatt.Power.Transients;

/// <summary>What the droop of a GGOV1 governor is measured on.</summary>
public enum DroopSignal
{
    /// <summary>Electrical power through a transducer: rselect 1.</summary>
    ElectricalPower,

    /// <summary>Nothing: the governor alone brings frequency back to nominal: rselect 0.</summary>
    Isochronous,

    /// <summary>Stroke of the fuel valve: rselect −1.</summary>
    ValveStroke,
}

/// <summary>A gas turbine or engine with a GGOV1 governor: PID, exhaust temperature limiter, acceleration limiter, valve with rate limits.</summary>
/// <remarks>
/// Per unit of the turbine's base power and of nominal frequency. Shaft power = Kturb (fuel − wfnl) behind (1 + s Tc)/(1 + s Tb), fuel = valve stroke
/// (times speed where the pump is driven by the shaft). The lowest of speed governor, load limiter and acceleration limiter moves the valve. The fuel is
/// the Willans line of the plant: no-load share f0 = wfnl/(wfnl + 1/Kturb). Sources: PSS/E and WECC descriptions of GGOV1; values of GridLAB-D diesel_dg.
/// The published acceleration limiter adds Ka·Δt·(aset − a) to the valve command in each step, so its result depends on the step; here it is the same integral
/// with a tracking time of Ta. The speed integral stands still while another controller holds the valve. Not modelled: transport delay of the engine (Teng), the
/// supervisory megawatt controller (Kimw), the rate limits of the temperature reference.
/// </remarks>
public sealed record Ggov1Spec : ISelfChecking
{
    /// <summary>Change of frequency per base power: R.</summary>
    [Default(Grade.B, "R 0.04 (GridLAB-D diesel_dg)")]
    public double DroopPu { get; init => field = Check.Within(value, 1e-4, 1); } = 0.04;

    /// <summary>What the droop is measured on: rselect.</summary>
    [Default(Grade.B, "rselect 1, electrical power (GridLAB-D diesel_dg)")]
    public DroopSignal DroopSignal { get; init; } = DroopSignal.ElectricalPower;

    /// <summary>Lag of the power transducer: Tpelec.</summary>
    [Default(Grade.B, "Tpelec 1 s (GridLAB-D diesel_dg)")]
    public double TransducerS { get; init => field = Check.Within(value, 0.005, 60); } = 1;

    /// <summary>Largest speed error that the governor acts on, either way: maxerr.</summary>
    [Default(Grade.B, "maxerr 0.05 (GridLAB-D diesel_dg)")]
    public double MaxErrorPu { get; init => field = Check.Positive(value); } = 0.05;

    /// <summary>Speed error that is ignored, either way: db.</summary>
    [Default(Grade.B, "db 0 (GridLAB-D diesel_dg)")]
    public double DeadBandPu { get; init => field = Check.NotNegative(value); }

    /// <summary>Proportional gain: Kpgov.</summary>
    [Default(Grade.B, "Kpgov 0.8 (GridLAB-D diesel_dg); 10 is usual in WECC cases, where R is small beside it")]
    public double ProportionalGainRatio { get; init => field = Check.NotNegative(value); } = 0.8;

    /// <summary>Integral gain: Kigov.</summary>
    [Default(Grade.B, "Kigov 0.2 1/s (GridLAB-D diesel_dg)")]
    public double IntegralGainPerS { get; init => field = Check.NotNegative(value); } = 0.2;

    /// <summary>Derivative gain: Kdgov.</summary>
    [Default(Grade.B, "Kdgov 0 (GridLAB-D diesel_dg)")]
    public double DerivativeGainS { get; init => field = Check.NotNegative(value); }

    /// <summary>Filter of the derivative: Tdgov.</summary>
    [Default(Grade.B, "Tdgov 1 s (GridLAB-D diesel_dg)")]
    public double DerivativeFilterS { get; init => field = Check.Within(value, 0.005, 60); } = 1;

    /// <summary>Upper stop of the valve: vmax.</summary>
    [Default(Grade.B, "Vmax 1 (GridLAB-D diesel_dg)")]
    public double MaxValvePu { get; init => field = Check.Positive(value); } = 1;

    /// <summary>Lower stop of the valve: vmin.</summary>
    [Default(Grade.B, "Vmin 0.15 (GridLAB-D diesel_dg)")]
    public double MinValvePu { get; init => field = Check.NotNegative(value); } = 0.15;

    /// <summary>Lag of the actuator: Tact.</summary>
    [Default(Grade.B, "Tact 0.5 s (GridLAB-D diesel_dg)")]
    public double ActuatorS { get; init => field = Check.Within(value, 0.005, 60); } = 0.5;

    /// <summary>Fastest opening of the valve: ropen.</summary>
    [Default(Grade.B, "ropen 0.10 1/s (GridLAB-D diesel_dg)")]
    public double OpenRatePuPerS { get; init => field = Check.Positive(value); } = 0.10;

    /// <summary>Fastest closing of the valve: rclose, as a positive number.</summary>
    [Default(Grade.B, "rclose −0.10 1/s (GridLAB-D diesel_dg)")]
    public double CloseRatePuPerS { get; init => field = Check.Positive(value); } = 0.10;

    /// <summary>Shaft power per fuel above no load: Kturb.</summary>
    [Default(Grade.B, "Kturb 1.5 (GridLAB-D diesel_dg)")]
    public double TurbineGainRatio { get; init => field = Check.Positive(value); } = 1.5;

    /// <summary>Fuel that keeps the shaft turning without load: wfnl.</summary>
    [Default(Grade.B, "wfnl 0.2 (GridLAB-D diesel_dg)")]
    public double NoLoadFuelPu { get; init => field = Check.NotNegative(value); } = 0.2;

    /// <summary>Lag between fuel and shaft power: Tb.</summary>
    [Default(Grade.B, "Tb 0.1 s (GridLAB-D diesel_dg)")]
    public double TurbineLagS { get; init => field = Check.Within(value, 0.005, 60); } = 0.1;

    /// <summary>Lead between fuel and shaft power: Tc.</summary>
    [Default(Grade.B, "Tc 0 (GridLAB-D diesel_dg)")]
    public double TurbineLeadS { get; init => field = Check.NotNegative(value); }

    /// <summary>Whether fuel flow follows the speed of the shaft, as with a pump that it drives: Flag.</summary>
    [Default(Grade.B, "Flag 1 (GridLAB-D diesel_dg)")]
    public bool FuelFollowsSpeed { get; init; } = true;

    /// <summary>Power lost per frequency gained, where the sensitivity is of power: Dm.</summary>
    [Default(Grade.E, "assumption: none (Dm 0)")]
    public double TurbineDampingPu { get; init => field = Check.NotNegative(value); }

    /// <summary>Lag of the measured exhaust temperature: Tfload.</summary>
    [Default(Grade.B, "Tfload 3 s (GridLAB-D diesel_dg)")]
    public double LimiterS { get; init => field = Check.Within(value, 0.05, 600); } = 3;

    /// <summary>Lead of the thermocouple: Tsa.</summary>
    [Default(Grade.B, "Tsa 4 s (GridLAB-D diesel_dg)")]
    public double ThermocoupleLeadS { get; init => field = Check.NotNegative(value); } = 4;

    /// <summary>Lag of the thermocouple: Tsb.</summary>
    [Default(Grade.B, "Tsb 5 s (GridLAB-D diesel_dg)")]
    public double ThermocoupleLagS { get; init => field = Check.Within(value, 0.05, 600); } = 5;

    /// <summary>Proportional gain of the load limiter: Kpload.</summary>
    [Default(Grade.B, "Kpload 2 (GridLAB-D diesel_dg)")]
    public double LimiterGainRatio { get; init => field = Check.NotNegative(value); } = 2;

    /// <summary>Integral gain of the load limiter: Kiload.</summary>
    [Default(Grade.B, "Kiload 0.67 1/s (GridLAB-D diesel_dg)")]
    public double LimiterIntegralGainPerS { get; init => field = Check.NotNegative(value); } = 0.67;

    /// <summary>Power at which the exhaust is as hot as it may be: Ldref.</summary>
    [Default(Grade.B, "Ldref 1 (GridLAB-D diesel_dg)")]
    public double LimiterReferencePu { get; init => field = Check.Positive(value); } = 1;

    /// <summary>Fastest acceleration of the shaft that the limiter allows: aset.</summary>
    [Default(Grade.B, "aset 0.01 1/s (GridLAB-D diesel_dg)")]
    public double AccelerationLimitPuPerS { get; init => field = Check.Positive(value); } = 0.01;

    /// <summary>Gain of the acceleration limiter: Ka.</summary>
    [Default(Grade.B, "Ka 10 (GridLAB-D diesel_dg)")]
    public double AccelerationGainRatio { get; init => field = Check.Positive(value); } = 10;

    /// <summary>Filter of the measured acceleration: Ta.</summary>
    [Default(Grade.B, "Ta 0.1 s (GridLAB-D diesel_dg)")]
    public double AccelerationFilterS { get; init => field = Check.Within(value, 0.02, 60); } = 0.1;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (MinValvePu >= MaxValvePu)
        {
            yield return new(nameof(MinValvePu), FormattableString.Invariant($"a lower stop below the upper stop of {MaxValvePu:0.###}"),
                FormattableString.Invariant($"{MinValvePu:0.###}"));
        }
    }
}

/// <summary>What a GGOV1 turbine remembers; also its rates of change per second.</summary>
public struct Ggov1State
{
    /// <summary>Measured electrical power.</summary>
    public double TransducerPu;

    /// <summary>Integral of the speed error.</summary>
    public double IntegralPu;

    /// <summary>Filtered speed error, for the derivative.</summary>
    public double FilteredErrorPu;

    /// <summary>Stroke of the fuel valve.</summary>
    public double ValvePu;

    /// <summary>Lag of the turbine.</summary>
    public double TurbinePu;

    /// <summary>Lag of the thermocouple.</summary>
    public double ThermocouplePu;

    /// <summary>Measured exhaust temperature as the fuel that it stands for.</summary>
    public double ExhaustPu;

    /// <summary>Integral of the load limiter.</summary>
    public double LimiterPu;

    /// <summary>Filtered frequency deviation, whose distance from the true one is the acceleration times Ta.</summary>
    public double FilteredDeviationPu;

    /// <summary>Valve stroke that the acceleration limiter allows.</summary>
    public double AccelerationPu;
}

/// <summary>The equations of a GGOV1 turbine.</summary>
public static class Ggov1
{
    /// <summary>Fuel at no load as a share of fuel at full load: the Willans line of the plant.</summary>
    public static double NoLoadFuelFraction(Ggov1Spec spec) => spec.NoLoadFuelPu / (spec.NoLoadFuelPu + 1 / spec.TurbineGainRatio);

    /// <summary>No-load fuel that gives a turbine of this gain the Willans line of the plant: wfnl = f0 / ((1 − f0) Kturb).</summary>
    public static double NoLoadFuelPu(double noLoadFuelFraction, double turbineGainRatio) =>
        noLoadFuelFraction / ((1 - noLoadFuelFraction) * turbineGainRatio);

    /// <summary>The turbine at rest at an output.</summary>
    public static Ggov1State Initialise(Ggov1Spec spec, double outputPu)
    {
        double fuel = outputPu / spec.TurbineGainRatio + spec.NoLoadFuelPu;
        return new Ggov1State
        {
            TransducerPu = outputPu,
            IntegralPu = fuel,
            ValvePu = fuel,
            TurbinePu = outputPu,
            ThermocouplePu = fuel,
            ExhaustPu = fuel,
            LimiterPu = spec.MaxValvePu,
            AccelerationPu = fuel + spec.AccelerationGainRatio * spec.AccelerationFilterS * spec.AccelerationLimitPuPerS,
        };
    }

    /// <summary>The reference that holds an output at nominal frequency.</summary>
    public static double ReferencePu(Ggov1Spec spec, double outputPu) => spec.DroopSignal == DroopSignal.ValveStroke
        ? outputPu / spec.TurbineGainRatio + spec.NoLoadFuelPu : outputPu;

    /// <summary>Rates of change of the state.</summary>
    /// <param name="spec">The turbine.</param>
    /// <param name="state">Where it stands.</param>
    /// <param name="deviationPu">Frequency over nominal, less one.</param>
    /// <param name="referencePu">Power (or stroke, with droop on it) that it is asked for at nominal frequency.</param>
    /// <param name="electricalPu">Electrical power of the generator.</param>
    /// <param name="ceilingPu">Highest power it may take on now; infinite without such a limit.</param>
    /// <param name="rates">Change of each state per second.</param>
    public static void Derivatives(
        Ggov1Spec spec, in Ggov1State state, double deviationPu, double referencePu, double electricalPu, double ceilingPu, out Ggov1State rates)
    {
        double highest = Math.Max(spec.MinValvePu, Math.Min(spec.MaxValvePu, ceilingPu / spec.TurbineGainRatio + spec.NoLoadFuelPu));
        double droop = spec.DroopSignal switch
        {
            DroopSignal.ElectricalPower => spec.DroopPu * (referencePu - state.TransducerPu),
            DroopSignal.ValveStroke => spec.DroopPu * (referencePu - state.ValvePu),
            _ => 0,
        };
        double error = droop - deviationPu;
        error = Math.Limit(error - Math.Limit(error, -spec.DeadBandPu, spec.DeadBandPu), -spec.MaxErrorPu, spec.MaxErrorPu);
        double errorRate = (error - state.FilteredErrorPu) / spec.DerivativeFilterS;
        double governor = spec.ProportionalGainRatio * error + state.IntegralPu + spec.DerivativeGainS * errorRate;

        double fuel = spec.FuelFollowsSpeed ? state.ValvePu * (1 + deviationPu) : state.ValvePu;
        double room = spec.LimiterReferencePu / spec.TurbineGainRatio + spec.NoLoadFuelPu - state.ExhaustPu;
        double load = spec.LimiterGainRatio * room + state.LimiterPu;
        double command = Math.Limit(Math.Min(Math.Min(governor, load), state.AccelerationPu), spec.MinValvePu, highest);

        rates.TransducerPu = (electricalPu - state.TransducerPu) / spec.TransducerS;
        bool stands = (governor > command && error > 0) || (governor < command && error < 0);
        rates.IntegralPu = stands ? 0 : spec.IntegralGainPerS * error;
        rates.FilteredErrorPu = errorRate;
        double rate = Math.Limit((command - state.ValvePu) / spec.ActuatorS, -spec.CloseRatePuPerS, spec.OpenRatePuPerS);
        rates.ValvePu = Stops.Held(state.ValvePu, rate, spec.MinValvePu, spec.MaxValvePu, spec.ActuatorS);
        rates.TurbinePu = (spec.TurbineGainRatio * (fuel - spec.NoLoadFuelPu) - state.TurbinePu) / spec.TurbineLagS;
        rates.ThermocouplePu = (fuel - state.ThermocouplePu) / spec.ThermocoupleLagS;
        double measured = state.ThermocouplePu + spec.ThermocoupleLeadS * rates.ThermocouplePu;
        rates.ExhaustPu = (measured - state.ExhaustPu) / spec.LimiterS;
        rates.LimiterPu = Stops.Held(state.LimiterPu, spec.LimiterIntegralGainPerS * room, spec.MinValvePu, spec.MaxValvePu, spec.LimiterS);
        double acceleration = (deviationPu - state.FilteredDeviationPu) / spec.AccelerationFilterS;
        rates.FilteredDeviationPu = acceleration;
        rates.AccelerationPu = (command - state.AccelerationPu) / spec.AccelerationFilterS
            + spec.AccelerationGainRatio * (spec.AccelerationLimitPuPerS - acceleration);
    }

    /// <summary>Power at the shaft.</summary>
    public static double PowerPu(Ggov1Spec spec, in Ggov1State state, double deviationPu)
    {
        double power = state.TurbinePu;
        if (spec.TurbineLeadS > 0)
        {
            double fuel = spec.FuelFollowsSpeed ? state.ValvePu * (1 + deviationPu) : state.ValvePu;
            power += spec.TurbineLeadS / spec.TurbineLagS * (spec.TurbineGainRatio * (fuel - spec.NoLoadFuelPu) - state.TurbinePu);
        }
        return power - spec.TurbineDampingPu * deviationPu;
    }
}
