using Gigawatt.Numerics;

namespace Gigawatt.Power.Transients;

/// <summary>The largest deviation after a step and when it happens, with where it ends.</summary>
/// <param name="DeviationPu">Largest deviation of frequency, with its sign.</param>
/// <param name="AtS">When it is reached.</param>
/// <param name="EndPu">Deviation that stays.</param>
public readonly record struct ResponseExtremum(double DeviationPu, double AtS, double EndPu);

/// <summary>Frequency after a step of power in closed form.</summary>
/// <remarks>
/// Both models are 2 H ds/dt = P − D s − turbine with a turbine of one lag T whose share F answers at once: characteristic 2HT s² + (2H + DT + (Km/R) F T) s + D + Km/R.
/// Anderson and Mirheydar, IEEE Transactions on Power Systems 5(3), 1990. Valid while the response swings (damping below one) and no limit binds.
/// </remarks>
public static class FrequencyResponse
{
    /// <summary>Response of the classical system frequency response model to a step of power.</summary>
    /// <param name="inertiaS">H.</param>
    /// <param name="dampingPu">D.</param>
    /// <param name="droopPu">R.</param>
    /// <param name="gainRatio">Km.</param>
    /// <param name="fastFraction">F_H.</param>
    /// <param name="lagS">T_R.</param>
    /// <param name="stepPu">Step of generation less load.</param>
    public static ResponseExtremum System(double inertiaS, double dampingPu, double droopPu, double gainRatio, double fastFraction, double lagS, double stepPu)
    {
        double stiff = dampingPu * droopPu + gainRatio;
        double natural = Math.Sqrt(stiff / (2 * inertiaS * droopPu * lagS));
        double ratio = natural * (2 * inertiaS * droopPu + (dampingPu * droopPu + gainRatio * fastFraction) * lagS) / (2 * stiff);
        double swing = Math.Sqrt(1 - ratio * ratio);
        double turning = natural * swing;
        double size = Math.Sqrt((1 - 2 * lagS * ratio * natural + lagS * lagS * natural * natural) / (1 - ratio * ratio));
        double phase = Elementary.Atan2(turning * lagS, 1 - ratio * natural * lagS) - Elementary.Atan2(swing, -ratio);
        double atS = Elementary.Atan2(turning * lagS, ratio * natural * lagS - 1) / turning;
        double end = droopPu * stepPu / stiff;
        return new ResponseExtremum(end * (1 + size * Elementary.Exp(-ratio * natural * atS) * Elementary.Sin(turning * atS + phase)), atS, end);
    }

    /// <summary>Response of machines with a droop governor of one lag to a step of power.</summary>
    /// <param name="inertiaS">H.</param>
    /// <param name="dampingPu">D.</param>
    /// <param name="droopPu">R.</param>
    /// <param name="lagS">T.</param>
    /// <param name="stepPu">Step of generation less load.</param>
    public static ResponseExtremum OneLag(double inertiaS, double dampingPu, double droopPu, double lagS, double stepPu) =>
        System(inertiaS, dampingPu, droopPu, 1, 0, lagS, stepPu);

    /// <summary>How a group shares a change of load under droop: in proportion to rating over droop.</summary>
    /// <param name="changeMw">Change of load.</param>
    /// <param name="ratedMw">Ratings of the groups.</param>
    /// <param name="droopPu">Their droops.</param>
    /// <param name="index">The group asked for.</param>
    public static double SharedMw(double changeMw, ReadOnlySpan<double> ratedMw, ReadOnlySpan<double> droopPu, int index)
    {
        double sum = 0;
        for (int i = 0; i < ratedMw.Length; i++) { sum += ratedMw[i] / droopPu[i]; }
        return changeMw * ratedMw[index] / droopPu[index] / sum;
    }

    /// <summary>Rate of change of frequency just after a step: ΔP f₀ / (2 H S).</summary>
    public static double InitialHzPerS(double stepMw, double nominalHz, double inertiaS, double ratedMva) => stepMw * nominalHz / (2 * inertiaS * ratedMva);
}
