namespace Gigawatt.Power;

/// <summary>Identical battery blocks on the campus bus.</summary>
/// <remarks>
/// Wear is counted on the mean state of charge of the blocks in service, every step; capacity follows once a day. Blocks that arrive empty lower the mean
/// and are filled first: neither is a cycle of the others, nor is the first filling one of their own. Not modelled: age of single blocks, replacement in a run.
/// </remarks>
public sealed class BatteryGroup(string name, BatterySpec spec)
{
    private readonly RainflowCycle[] closed = new RainflowCycle[Rainflow.MostClosed];
    private readonly double shavesAboveMw = BatteryRoles.ShavesAboveMw(spec);
    private readonly double keptFromReserve = BatteryRoles.KeptFromReserveFraction(spec);
    private readonly double keptFromShaving = BatteryRoles.KeptFromShavingFraction(spec);
    private RainflowState cycles;
    private double sinceS;
    private double chargeSeconds;
    private double lastCharge;
    private double movedOneWay;
    private double movingS;
    private double closedOneWay;
    private double depthWeight;
    private double depth;
    private double lowWear;
    private double highWear;
    private bool hasStood;
    private double fillMwh;
    private double lastStoredMwh;

    /// <summary>Name in the scenario.</summary>
    public string Name { get; } = name;

    /// <summary>What one block is.</summary>
    public BatterySpec Spec { get; } = spec;

    /// <summary>What the blocks remember together.</summary>
    public BatteryState State;

    /// <summary>What the cells have lost.</summary>
    public BatteryWearState Wear;

    /// <summary>Depth of the deepest cycle so far.</summary>
    public double WorstDepthFraction { get; private set; }

    /// <summary>What a plan asks the group to give now, negative to take; not a number when no plan moves it.</summary>
    public double PlannedMw { get; internal set; } = double.NaN;

    /// <summary>Energy that a plan may move: what lies above the charge that reserve may not use.</summary>
    public double MovableMwh => Math.Max(0, State.StoredMwh - keptFromReserve * Battery.FullMwh(Spec, State));

    /// <summary>Energy between that charge and the target.</summary>
    public double MovableRoomMwh => Math.Max(0, Spec.TargetChargeFraction - keptFromReserve) * Battery.FullMwh(Spec, State);

    /// <summary>Puts blocks into or out of service; new ones arrive empty, leaving ones take their share of the energy along.</summary>
    /// <returns>Energy that left with the blocks.</returns>
    public double Resize(int blocks)
    {
        double leftMwh = 0;
        if (blocks < State.Blocks)
        {
            leftMwh = State.StoredMwh * (State.Blocks - blocks) / State.Blocks;
            State.StoredMwh -= leftMwh;
            fillMwh *= (double)blocks / State.Blocks;
        }
        else if (hasStood)
        {
            double countedFraction = State.Blocks > 0 ? CountedFraction() : Spec.TargetChargeFraction;
            fillMwh += (blocks - State.Blocks) * Spec.CapacityMwh * (1 - State.LostFraction) * countedFraction;
        }
        State.Blocks = blocks;
        lastStoredMwh = State.StoredMwh;
        return leftMwh;
    }

    /// <summary>Most that the group could add for a bridging time above the charge that reserve may not use.</summary>
    public double ReserveMw(double bridgeS)
    {
        return Math.Min(State.Blocks * Spec.RatedMw, MovableMwh * 3600 / bridgeS);
    }

    /// <summary>Power that brings the group to its target charge in one step; nothing above it.</summary>
    public double ToTargetMw(double stepS) =>
        Math.Max(0, Spec.TargetChargeFraction * Battery.FullMwh(Spec, State) - State.StoredMwh) / Battery.ChargeEfficiency(Spec) * 3600 / stepS;

    /// <summary>Charging power wished for, to return to the target charge slowly and never above a power that is to be shaved.</summary>
    public double WishMw(double demandMw)
    {
        if (PlannedMw < 0) { return -PlannedMw; }
        if (PlannedMw >= 0) { return 0; }
        double lackMwh = Math.Max(0, Spec.TargetChargeFraction * Battery.FullMwh(Spec, State) - State.StoredMwh);
        // Recharging takes an hour or more, so that it never looks like a load step.
        double wishMw = Math.Min(lackMwh, 0.25 * State.Blocks * Spec.RatedMw);
        return shavesAboveMw == double.MaxValue ? wishMw : Math.Max(0, Math.Min(wishMw, shavesAboveMw - demandMw));
    }

    /// <summary>Gives what a plan asks for, or what the bus asks for above the power from which this group shaves peaks; returns what reached the bus.</summary>
    public double Shave(double demandMw, double stepS)
    {
        if (PlannedMw > 0) { return Give(Math.Min(demandMw, PlannedMw), MovableMwh, stepS); }
        if (demandMw <= shavesAboveMw) { return 0; }
        double usableMwh = Math.Max(0, State.StoredMwh - keptFromShaving * Battery.FullMwh(Spec, State));
        return Give(demandMw - shavesAboveMw, usableMwh, stepS);
    }

    private double Give(double askedMw, double usableMwh, double stepS)
    {
        double gaveMw = Battery.Discharge(Spec, ref State, Math.Min(askedMw, usableMwh * Battery.DischargeEfficiency(Spec) * 3600 / stepS), stepS);
        State.ShavedMw = gaveMw;
        return gaveMw;
    }

    /// <summary>Ends a step: standing losses, and the count of cycles.</summary>
    /// <returns>Mean power lost in the cells by standing.</returns>
    public double Settle(double stepS)
    {
        double lostMw = Battery.Stand(Spec, ref State, stepS);
        hasStood = true;
        if (State.Blocks == 0) { return lostMw; }
        // What is charged goes to blocks that arrived empty, until they are as full as the others.
        if (fillMwh > 0) { fillMwh = Math.Max(0, fillMwh - Math.Max(0, State.StoredMwh - lastStoredMwh)); }
        lastStoredMwh = State.StoredMwh;
        double charge = CountedFraction();
        if (!cycles.HasBegun) { lastCharge = charge; }
        int count = Rainflow.Add(ref cycles, charge, closed);
        for (int i = 0; i < count; i++) { Count(closed[i]); }
        double moved = charge - lastCharge;
        if (Math.Abs(moved) > 1e-9) { movingS += stepS; }
        movedOneWay += Math.Abs(moved) / 2;
        lastCharge = charge;
        sinceS += stepS;
        chargeSeconds += Battery.ChargeFraction(Spec, State) * stepS;
        return lostMw;
    }

    // State of charge as cycles are counted on: with what arriving blocks still lack.
    private double CountedFraction()
    {
        double fullMwh = Battery.FullMwh(Spec, State);
        return fullMwh > 0 ? Math.Min(1, (State.StoredMwh + fillMwh) / fullMwh) : 0;
    }

    /// <summary>Counts small cycles that a step cannot see, such as those of smoothing the swing inside training steps.</summary>
    public void Smooth(double cyclesRatio, double depthFraction)
    {
        movedOneWay += cyclesRatio * depthFraction;
        lowWear += cyclesRatio * BatteryWear.PerCycle(Spec.Wear, depthFraction, Spec.Wear.HighestDepthFactor);
        highWear += cyclesRatio * BatteryWear.PerCycle(Spec.Wear, depthFraction, Spec.Wear.LowestDepthFactor);
    }

    /// <summary>Ages the cells by what they went through since the last time; capacity falls where it is not guaranteed.</summary>
    /// <returns>Energy that no longer fits, which leaves with the capacity.</returns>
    public double Age()
    {
        if (sinceS == 0) { return 0; }
        if (closedOneWay > 0) { depth = depthWeight / closedOneWay; }
        BatteryWear.Age(Spec.Wear, ref Wear, Since());
        (sinceS, chargeSeconds, movedOneWay, movingS, closedOneWay, depthWeight, lowWear, highWear) = (0, 0, 0, 0, 0, 0, 0, 0);
        if (!Spec.Wear.Fades) { return 0; }
        // The harsher end of the range: a plan that rests on capacity should hold at either.
        State.LostFraction = BatteryWear.Lost(Spec.Wear, Wear).HighFraction;
        double leftMwh = Math.Max(0, State.StoredMwh - Battery.FullMwh(Spec, State));
        State.StoredMwh -= leftMwh;
        return leftMwh;
    }

    /// <summary>What the cells have lost up to now and how deep they were cycled, the open cycles counted as halves; changes nothing.</summary>
    public (BatteryWearState Wear, double WorstDepthFraction) SoFar()
    {
        RainflowState open = cycles;
        RainflowCycle[] rest = new RainflowCycle[Rainflow.MostPoints + Rainflow.MostClosed];
        BatteryDuty since = Since();
        double worst = WorstDepthFraction;
        int count = Rainflow.Finish(ref open, rest);
        for (int i = 0; i < count; i++)
        {
            worst = Math.Max(worst, rest[i].Range);
            since = since with
            {
                LowWearRatio = since.LowWearRatio + rest[i].Count * BatteryWear.PerCycle(Spec.Wear, rest[i].Range, Spec.Wear.HighestDepthFactor),
                HighWearRatio = since.HighWearRatio + rest[i].Count * BatteryWear.PerCycle(Spec.Wear, rest[i].Range, Spec.Wear.LowestDepthFactor),
            };
        }
        BatteryWearState wear = Wear;
        BatteryWear.Age(Spec.Wear, ref wear, since);
        return (wear, worst);
    }

    private BatteryDuty Since() => new(
        sinceS, Spec.Wear.CellC, sinceS > 0 ? chargeSeconds / sinceS : 0, depth, movingS > 0 ? 2 * movedOneWay * 3600 / movingS : 0,
        movedOneWay, lowWear, highWear);

    private void Count(in RainflowCycle cycle)
    {
        WorstDepthFraction = Math.Max(WorstDepthFraction, cycle.Range);
        closedOneWay += cycle.Count * cycle.Range;
        depthWeight += cycle.Count * cycle.Range * cycle.Range;
        lowWear += cycle.Count * BatteryWear.PerCycle(Spec.Wear, cycle.Range, Spec.Wear.HighestDepthFactor);
        highWear += cycle.Count * BatteryWear.PerCycle(Spec.Wear, cycle.Range, Spec.Wear.LowestDepthFactor);
    }
}
