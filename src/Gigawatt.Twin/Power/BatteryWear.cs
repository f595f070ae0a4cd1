using Gigawatt.Numerics;

namespace Gigawatt.Power;

/// <summary>The laws by which a battery loses capacity.</summary>
/// <remarks>
/// Depth law: see <see cref="BatteryWearSpec"/>.
/// BLAST-Lite LFP 250 Ah (NREL, fitted to data of doi 10.1016/j.est.2023.109042): q = 1 − Q_t − Q_c; Q_t = k_cal t^0.526 (days),
/// k_cal = 8.37e4 · exp(−5210/T) · exp(−3560 U_a/T); Q_c = k_cyc EFC^0.828, k_cyc = (4.38e-8 + 1.55e-8 DoD + 1.68e-7 C)(e^(2190/T) + e^(−1.55e5/T));
/// U_a is the anode's potential by Safari and Delacourt (doi 10.1149/1.3567007) at a stoichiometry by Schimpe (doi 10.1149/2.1181714jes). When k changes,
/// the loss goes on from where the new curve has the same loss: dy = k p (k/y)^((1−p)/p) dx, here in closed form, so that the step does not matter.
/// Fitted at 10 to 45 °C, depths of 80 to 100 %, rates to 0.65 C (charge); outside of it the law has no answer.
/// REopt: SOH_d = SOH_(d−1) − (½ k_cal E_mean/√d + k_cyc EFC), k_cal = 1.16e-3, k_cyc = 2.46e-5 per day and cycle; here in closed form over time (√d).
/// Its documentation has ½ and √d, its code a time exponent of 0.428: the documented form is taken.
/// </remarks>
public static class BatteryWear
{
    /// <summary>Coldest cells that BLAST-Lite was fitted to.</summary>
    public const double FittedFromC = 10;

    /// <summary>Warmest cells that BLAST-Lite was fitted to.</summary>
    public const double FittedToC = 45;

    /// <summary>Shallowest cycles that BLAST-Lite was fitted to.</summary>
    public const double FittedDepthFraction = 0.8;

    /// <summary>Highest charging power that BLAST-Lite was fitted to, in capacities per hour.</summary>
    public const double FittedRateRatio = 0.65;

    private const double KelvinAtZeroC = 273.15;
    private const double BlastTimePower = 0.526;
    private const double BlastCyclePower = 0.828;
    private const double ReoptPerRootDay = 1.16e-3;
    private const double ReoptPerCycle = 2.46e-5;

    /// <summary>Cycle life that a cycle of a depth uses up.</summary>
    /// <param name="spec">How the cells wear.</param>
    /// <param name="depthFraction">Depth of the cycle.</param>
    /// <param name="exponentFactor">Exponent b.</param>
    public static double PerCycle(BatteryWearSpec spec, double depthFraction, double exponentFactor) =>
        depthFraction <= 0 ? 0 : Elementary.Pow(depthFraction, exponentFactor) / spec.FullCycles;

    /// <summary>Cycles of a depth that end the life.</summary>
    /// <param name="spec">How the cells wear.</param>
    /// <param name="depthFraction">Depth of the cycles.</param>
    /// <param name="exponentFactor">Exponent b.</param>
    public static double CyclesToEnd(BatteryWearSpec spec, double depthFraction, double exponentFactor) => 1 / PerCycle(spec, depthFraction, exponentFactor);

    /// <summary>Whether BLAST-Lite was fitted to such a duty.</summary>
    public static bool IsInsideFit(in BatteryDuty duty) =>
        duty.CellC is >= FittedFromC and <= FittedToC
        && (duty.FullCyclesRatio == 0 || (duty.DepthFraction >= FittedDepthFraction - 1e-12 && duty.RateRatio <= FittedRateRatio + 1e-12));

    /// <summary>Loss that BLAST-Lite expects of standing for one day, new: k_cal.</summary>
    public static double BlastCalendarFactor(double cellC, double chargeFraction)
    {
        double kelvin = cellC + KelvinAtZeroC;
        return 8.37e4 * Elementary.Exp(-5210 / kelvin) * Elementary.Exp(-3560 * AnodePotential(chargeFraction) / kelvin);
    }

    /// <summary>Loss that BLAST-Lite expects of the first full cycle: k_cyc.</summary>
    public static double BlastCycleFactor(double cellC, double depthFraction, double rateRatio)
    {
        double kelvin = cellC + KelvinAtZeroC;
        return (4.38e-8 + 1.55e-8 * depthFraction + 1.68e-7 * rateRatio) * (Elementary.Exp(2190 / kelvin) + Elementary.Exp(-1.55e5 / kelvin));
    }

    /// <summary>Ages cells by a time, under every law at once.</summary>
    public static void Age(BatteryWearSpec spec, ref BatteryWearState state, in BatteryDuty duty)
    {
        double endLoss = 1 - spec.EndOfLifeFraction;
        double days = duty.LengthS / 86400;
        state.CalendarFraction = OnCurve(
            state.CalendarFraction, duty.LengthS, endLoss / Elementary.Pow(spec.CalendarLifeS, spec.CalendarTimeFactor), spec.CalendarTimeFactor);
        state.LowCycleFraction += endLoss * duty.LowWearRatio;
        state.HighCycleFraction += endLoss * duty.HighWearRatio;
        state.CounterFraction += endLoss * duty.FullCyclesRatio / spec.FullCycles;

        state.BlastCalendarFraction = OnCurve(
            state.BlastCalendarFraction, days, BlastCalendarFactor(duty.CellC, duty.MeanChargeFraction), BlastTimePower);
        if (duty.FullCyclesRatio > 0)
        {
            state.BlastCycleFraction = OnCurve(
                state.BlastCycleFraction, duty.FullCyclesRatio, BlastCycleFactor(duty.CellC, duty.DepthFraction, duty.RateRatio), BlastCyclePower);
        }
        if (!IsInsideFit(duty)) { state.OutsideFitS += duty.LengthS; }

        double before = Math.Sqrt(state.AgeS / 86400);
        state.AgeS += duty.LengthS;
        state.ReoptFraction += ReoptPerRootDay * duty.MeanChargeFraction * (Math.Sqrt(state.AgeS / 86400) - before) + ReoptPerCycle * duty.FullCyclesRatio;
        state.FullCyclesRatio += duty.FullCyclesRatio;
    }

    /// <summary>Capacity lost, as a range: the answer of the chosen law where it holds, otherwise from the mildest to the harshest exponent of the depth law.</summary>
    public static (double LowFraction, double HighFraction) Lost(BatteryWearSpec spec, in BatteryWearState state)
    {
        if (spec.Law == BatteryWearLaw.BlastLfp && state.OutsideFitS == 0)
        {
            double lost = Math.Min(1, state.BlastCalendarFraction + state.BlastCycleFraction);
            return (lost, lost);
        }
        if (spec.Law == BatteryWearLaw.Reopt) { return (Math.Min(1, state.ReoptFraction), Math.Min(1, state.ReoptFraction)); }
        return (Math.Min(1, state.CalendarFraction + state.LowCycleFraction), Math.Min(1, state.CalendarFraction + state.HighCycleFraction));
    }

    // A loss y on the curve y = k x^p, x further on; k may differ from before.
    private static double OnCurve(double lost, double further, double factor, double power)
    {
        if (further <= 0 || factor <= 0) { return lost; }
        double x = lost > 0 ? Elementary.Pow(lost / factor, 1 / power) : 0;
        return factor * Elementary.Pow(x + further, power);
    }

    private static double AnodePotential(double chargeFraction)
    {
        double x = 8.5e-3 + chargeFraction * (0.78 - 8.5e-3);
        return 0.6379 + 0.5416 * Elementary.Exp(-305.5309 * x) + 0.044 * Elementary.Tanh(-(x - 0.1958) / 0.1088)
            - 0.1978 * Elementary.Tanh((x - 1.0571) / 0.0854) - 0.6875 * Elementary.Tanh((x + 0.0117) / 0.0529)
            - 0.0175 * Elementary.Tanh((x - 0.5692) / 0.0875);
    }
}
