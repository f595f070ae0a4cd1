namespace Gigawatt.Power.Protection;

/// <summary>What the racks of a campus do when their voltage sags.</summary>
/// <param name="Bare">Whether racks without a UPS lose power.</param>
/// <param name="Transfers">Whether those behind a UPS go over to its batteries: the network loses them, they see nothing.</param>
/// <param name="Ends">Whether they lose power as well, because the batteries end first.</param>
/// <param name="IsLatched">Whether a counter kept them on batteries.</param>
/// <param name="AwayS">Time from the first sag until the network carries them again.</param>
public readonly record struct HallResponse(bool Bare, bool Transfers, bool Ends, bool IsLatched, double AwayS)
{
    /// <summary>Share of the racks that the network loses at once.</summary>
    /// <param name="upsFraction">Share behind a UPS.</param>
    public double LeavesFraction(double upsFraction) => (Bare ? 1 - upsFraction : 0) + (Transfers ? upsFraction : 0);
}

/// <summary>Lets sags stand at the input of every rack and its UPS.</summary>
/// <remarks>
/// Racks are alike: those without a UPS all drop or all stay. Outside its window a supply lives for its hold-up time; a curve in its place lets racks
/// go as soon as it no longer asks them to stay. Racks behind a UPS drop when its batteries end before it is back on the network.
/// </remarks>
public static class HallRideThrough
{
    private const double FineS = 0.001;
    private const double CoarseS = 0.1;

    /// <summary>What happens in a row of equal sags.</summary>
    /// <param name="spec">The racks and what stands before them.</param>
    /// <param name="retainedPu">Voltage left.</param>
    /// <param name="sagS">How long each sag lasts.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="apartS">From the beginning of one to the beginning of the next.</param>
    public static HallResponse Of(CampusFaultsSpec spec, double retainedPu, double sagS, int count = 1, double apartS = 15)
    {
        UpsState ups = UpsState.Steady;
        PowerSupplyUnitState supplies = default;
        RideThroughState curve = default;
        bool drops = false;
        double atS = 0, backS = 0;
        for (int k = 0; k < count; k++)
        {
            for (double overS = sagS; overS > 1e-9; overS -= FineS)
            {
                double step = Math.Min(FineS, overS);
                UpsTransfer.Step(spec.Ups, ref ups, retainedPu, 60, step);
                drops |= Drops(spec, ref supplies, ref curve, retainedPu, step);
                atS += step;
            }
            double restS = k < count - 1 ? apartS - sagS : spec.Ups.RetransferS + spec.Ups.WalkInS + 1;
            for (double overS = restS; overS > 1e-9; overS -= CoarseS)
            {
                double step = Math.Min(CoarseS, overS);
                UpsTransfer.Step(spec.Ups, ref ups, 1, 60, step);
                drops |= Drops(spec, ref supplies, ref curve, 1, step);
                atS += step;
                if (ups.Mode != UpsMode.Rectifier) { backS = atS; }
            }
        }
        bool latched = ups.Mode == UpsMode.Latched;
        bool ends = ups.Mode == UpsMode.Down || (latched && ups.DischargedS + spec.LatchReturnS > spec.Ups.AutonomyS);
        return new HallResponse(drops, ups.Events > 0, ends, latched, latched ? atS + spec.LatchReturnS : backS);
    }

    /// <summary>Whether racks whose supply is gone for good, until it is switched over, lose their power.</summary>
    /// <param name="spec">The racks and what stands before them.</param>
    /// <param name="goneS">Time until they are fed another way.</param>
    /// <param name="behindUps">Whether they stand behind a UPS.</param>
    public static bool Loses(CampusFaultsSpec spec, double goneS, bool behindUps) =>
        goneS > (behindUps ? spec.Ups.AutonomyS : spec.Tolerance is { } curve ? RideThroughCurve.WithstandS(curve, 0) : spec.Supplies.HoldUpS);

    private static bool Drops(CampusFaultsSpec spec, ref PowerSupplyUnitState supplies, ref RideThroughState curve, double voltagePu, double stepS)
    {
        if (spec.Tolerance is { } tolerance) { return !RideThroughCurve.Step(tolerance, ref curve, voltagePu, stepS); }
        PowerSupplyUnit.Step(spec.Supplies, ref supplies, voltagePu, stepS);
        return supplies.Stops > 0;
    }
}
