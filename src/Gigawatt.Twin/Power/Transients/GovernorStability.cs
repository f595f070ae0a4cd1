namespace Gigawatt.Power.Transients;

/// <summary>Whether a governor can hold one machine alone on a constant load.</summary>
/// <remarks>
/// The characteristic polynomial of the linearised loop of governor, turbine and rotating mass, tested with Routh's array: stable when no sign changes in its
/// first column. Isochronous sharing moves the reference by K_s/s, which multiplies the loop by (s + R K_s)/s. Limits and exhaust temperature are left out,
/// since they are not active at rest.
/// </remarks>
public static class GovernorStability
{
    /// <summary>Whether every disturbance of the loop dies away.</summary>
    /// <param name="governor">The governor.</param>
    /// <param name="inertiaS">Inertia constant on the turbine's base power: stored energy over base power.</param>
    /// <param name="dampingPu">Power lost per frequency gained, on the same base.</param>
    /// <param name="outputPu">Output at which it stands, which a fuel pump on the shaft multiplies with speed.</param>
    /// <param name="sharingGainPerS">Integral gain of isochronous sharing; zero under droop alone.</param>
    public static bool IsStable(GovernorSpec governor, double inertiaS, double dampingPu, double outputPu, double sharingGainPerS = 0)
    {
        (double[] open, double[] loop) = Polynomial(governor, inertiaS, dampingPu, outputPu);
        double share = sharingGainPerS * Droop(governor);
        return Routh(share > 0 ? Sum(Times([0, 1], open), Times([share, 1], loop)) : Sum(open, loop));
    }

    /// <summary>The droop gain, or the proportional gain where there is an integral, as words for an error.</summary>
    public static string Gain(GovernorSpec governor) => governor switch
    {
        { Gast: { } gast } => FormattableString.Invariant($"a gain 1/R of {1 / gast.DroopPu:0.#} behind lags of {gast.ValveS:0.###} s and {gast.CombustorS:0.###} s"),
        { Ggov1: { } ggov } => FormattableString.Invariant($"gains of {ggov.ProportionalGainRatio:0.###} and {ggov.IntegralGainPerS:0.###} per s on an actuator of {ggov.ActuatorS:0.###} s"),
        { Degov1: { } degov } => FormattableString.Invariant($"an actuator gain of {degov.ActuatorGainPerS:0.###} per s"),
        { Lag: { } lag } => FormattableString.Invariant($"a gain of {lag.GainRatio / lag.DroopPu:0.#} behind {lag.LagS:0.###} s"),
        _ => "no governor",
    };

    // Frequency that moves the reference by the base power; zero where the governor does not look at its reference.
    private static double Droop(GovernorSpec governor) => governor switch
    {
        { Gast: { } gast } => gast.DroopPu,
        { Ggov1: { } ggov } => ggov.DroopSignal == DroopSignal.Isochronous ? 0 : ggov.DroopPu,
        { Degov1: { } degov } => degov.DroopPu,
        { Lag: { } lag } => lag.DroopPu / lag.GainRatio,
        _ => 0,
    };

    // Coefficients from the constant upwards: what turns without the governor's answer to frequency, and that answer.
    private static (double[] Open, double[] Loop) Polynomial(GovernorSpec governor, double inertiaS, double dampingPu, double outputPu)
    {
        double[] mass = [dampingPu, 2 * inertiaS];
        switch (governor)
        {
            case { Gast: { } gast }:
                return (Times(Times([dampingPu + gast.TurbineDampingPu, 2 * inertiaS], [1, gast.ValveS]), [1, gast.CombustorS]), [1 / gast.DroopPu]);
            case { Lag: { } lag }:
                return (Times(mass, [1, lag.LagS]), [lag.GainRatio / lag.DroopPu, lag.GainRatio / lag.DroopPu * lag.FastFraction * lag.LagS]);
            case { Degov1: { } degov }:
                double[] forward = Times(Times([degov.ActuatorGainPerS], [1, degov.BoxLeadS]), [1, degov.ActuatorLeadS]);
                double[] lags = Times(Times(Times([1, degov.BoxFirstS, degov.BoxFirstS * degov.BoxSecondS], [0, 1]), [1, degov.ActuatorFirstS]), [1, degov.ActuatorSecondS]);
                // Power is throttle times speed: at an output it feeds a little of the speed back with the wrong sign.
                return (Times([dampingPu - outputPu, 2 * inertiaS], Sum(lags, Times([degov.DroopPu], forward))), forward);
            case { Ggov1: { } ggov }:
                double fuelGain = ggov.FuelFollowsSpeed ? outputPu + ggov.NoLoadFuelPu * ggov.TurbineGainRatio : 0;
                double[] lead = [1, ggov.TurbineLeadS];
                double[] turbine = [1, ggov.TurbineLagS];
                double[] actuator = [1, ggov.ActuatorS];
                double[] filter = [1, ggov.DerivativeFilterS];
                // (Kp + Ki/s + Kd s/(1 + Td s)) over s (1 + Td s).
                double[] pid = Sum(Times([ggov.IntegralGainPerS, ggov.ProportionalGainRatio], filter), [0, 0, ggov.DerivativeGainS]);
                double[] below = Times([0, 1], filter);
                double[] stroke = Times(below, actuator);
                if (ggov.DroopSignal == DroopSignal.ValveStroke) { stroke = Sum(stroke, Times([ggov.DroopPu], pid)); }
                double[] body = Sum(Times([dampingPu + ggov.TurbineDampingPu, 2 * inertiaS], turbine), Times([-fuelGain], lead));
                double[] open = Times(stroke, body), loop = Times(Times([ggov.TurbineGainRatio], pid), lead);
                // Without an integral the pole at zero is not part of the loop.
                return ggov.IntegralGainPerS == 0 ? (open[1..], loop[1..]) : (open, loop);
            default:
                return ([1], []);
        }
    }

    private static double[] Times(double[] one, double[] other)
    {
        double[] product = new double[Math.Max(0, one.Length + other.Length - 1)];
        for (int i = 0; i < one.Length; i++) { for (int j = 0; j < other.Length; j++) { product[i + j] += one[i] * other[j]; } }
        return product;
    }

    private static double[] Sum(double[] one, double[] other)
    {
        double[] sum = new double[Math.Max(one.Length, other.Length)];
        for (int i = 0; i < sum.Length; i++) { sum[i] = (i < one.Length ? one[i] : 0) + (i < other.Length ? other[i] : 0); }
        return sum;
    }

    private static bool Routh(double[] polynomial)
    {
        int degree = polynomial.Length - 1;
        while (degree > 0 && polynomial[degree] == 0) { degree--; }
        int width = degree / 2 + 1;
        double[] above = new double[width + 1];
        double[] row = new double[width + 1];
        for (int i = 0; i < width; i++)
        {
            above[i] = polynomial[degree - 2 * i];
            row[i] = degree - 2 * i - 1 >= 0 ? polynomial[degree - 2 * i - 1] : 0;
        }
        for (int step = 1; step <= degree; step++)
        {
            if (!(row[0] * above[0] > 0)) { return false; }
            double[] next = new double[width + 1];
            for (int i = 0; i < width; i++) { next[i] = above[i + 1] - above[0] / row[0] * row[i + 1]; }
            (above, row) = (row, next);
        }
        return true;
    }
}
