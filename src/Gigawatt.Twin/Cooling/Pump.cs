namespace Gigawatt.Cooling;

/// <summary>A pump at variable speed.</summary>
/// <remarks>
/// Affinity laws: flow rises with speed, pressure with its square, power with its cube, when all pressure is friction.
/// A share s of the design pressure that does not depend on flow (lift, minimum differential pressure at the last
/// rack) gives P/P0 = q·(s + (1 − s)·q²). Not modelled: efficiency away from the best point, drive losses.
/// </remarks>
public static class Pump
{
    /// <summary>Power over design power at a flow, when a share of the design pressure does not depend on flow.</summary>
    public static double PowerFraction(double flowFraction, double staticFraction) =>
        flowFraction * (staticFraction + (1 - staticFraction) * flowFraction * flowFraction);
}
