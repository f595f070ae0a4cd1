namespace Gigawatt.Power.Transients;

/// <summary>What happens to a bus.</summary>
public enum DisturbanceKind : byte
{
    /// <summary>A load changes its power for good: a job starts (up) or crashes (down).</summary>
    LoadChange,

    /// <summary>A load changes its power for a while: a checkpoint dip.</summary>
    LoadDip,

    /// <summary>Machines of a group trip.</summary>
    UnitTrip,

    /// <summary>Grid-forming blocks are lost.</summary>
    FormingLoss,

    /// <summary>Grid-following blocks are lost.</summary>
    FollowingLoss,

    /// <summary>The grid is lost with all it gave or took.</summary>
    GridLoss,

    /// <summary>A fault on a feeder pulls the voltage of the bus down until it is cleared.</summary>
    FeederFault,
}

/// <summary>One thing that happens to a bus.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="AtS">When.</param>
/// <param name="Index">Which load, machine group or battery group, counted from zero.</param>
/// <param name="Count">How many units or blocks of the group.</param>
/// <param name="ChangeMw">Change of load: positive more, negative less.</param>
/// <param name="RampS">Time that the change takes, in a straight line; also the way back of a dip.</param>
/// <param name="DurationS">Time from the beginning of a dip or fault to the beginning of its end.</param>
/// <param name="VoltagePu">Voltage that a fault leaves; loads draw its square, currents stay limited.</param>
public readonly record struct Disturbance(
    DisturbanceKind Kind, double AtS, int Index = 0, int Count = 1, double ChangeMw = 0, double RampS = 0, double DurationS = 0, double VoltagePu = 1)
{
    /// <summary>Share of the change that has happened at a moment, within a step that began at another.</summary>
    internal double Share(double atS, double stepStartS)
    {
        if (stepStartS < AtS - 1e-9) { return 0; }
        double share = RampS > 0 ? Math.Min(1, (atS - AtS) / RampS) : 1;
        double backS = AtS + DurationS;
        if (Kind is DisturbanceKind.LoadChange || stepStartS < backS - 1e-9) { return share; }
        return RampS > 0 ? Math.Max(0, 1 - (atS - backS) / RampS) : 0;
    }

    /// <summary>The next moment after another at which its course has a kink; infinite when there is none.</summary>
    internal double NextKinkS(double afterS)
    {
        double next = double.PositiveInfinity;
        Consider(ref next, AtS, afterS);
        if (Kind is DisturbanceKind.LoadChange or DisturbanceKind.LoadDip or DisturbanceKind.FeederFault) { Consider(ref next, AtS + RampS, afterS); }
        if (Kind is DisturbanceKind.LoadDip or DisturbanceKind.FeederFault)
        {
            Consider(ref next, AtS + DurationS, afterS);
            Consider(ref next, AtS + DurationS + RampS, afterS);
        }
        return next;
    }

    private static void Consider(ref double next, double kinkS, double afterS)
    {
        if (kinkS > afterS + 1e-9) { next = Math.Min(next, kinkS); }
    }
}
