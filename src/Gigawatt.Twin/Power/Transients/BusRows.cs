namespace Gigawatt.Power.Transients;

internal enum GovernorKind : byte
{
    Gast,
    Ggov1,
    Degov1,
    Lag,
}

/// <summary>A machine group as plain numbers; its state stands at Offset: governor, then ceiling, then trim of the load-share line.</summary>
internal struct MachineRow
{
    public required GovernorKind Kind { get; init; }
    public required GovernorSpec Governor { get; init; }
    public required int Offset { get; init; }
    public required int Ceiling { get; init; }
    public required int Count { get; set; }
    public required double BaseMw { get; init; }
    public required double RatedPu { get; set; }       // highest output on the turbine's base
    public required double SwingMwS { get; init; }      // 2 H S of one machine
    public required double DampingMw { get; init; }     // D S of one machine
    public required double OutputPu { get; set; }
    public required double ReferencePu { get; set; }
    public required double BlockPu { get; init; }       // infinite without a limit
    public required double PickUpPuPerS { get; init; }
    public required bool Shares { get; init; }
    public required double BlowOut { get; init; }       // infinite without one
    public required double BlowOutS { get; init; }
    public required double NoLoadFuel { get; init; }

    public static MachineRow Of(MachineGroupSpec spec, int offset)
    {
        double baseMw = spec.TurbineBaseMw ?? spec.RatedMw;
        double output = spec.CarryingMw / spec.Count / baseMw;
        GovernorKind kind = spec.Governor switch
        {
            { Gast: not null } => GovernorKind.Gast,
            { Ggov1: not null } => GovernorKind.Ggov1,
            { Degov1: not null } => GovernorKind.Degov1,
            _ => GovernorKind.Lag,
        };
        return new MachineRow
        {
            Kind = kind,
            Governor = spec.Governor,
            Offset = offset,
            Ceiling = offset + StateCount(kind),
            Count = spec.Count,
            BaseMw = baseMw,
            RatedPu = spec.RatedMw / baseMw,
            SwingMwS = 2 * spec.InertiaS * spec.GeneratorMva,
            DampingMw = spec.DampingPu * spec.GeneratorMva,
            OutputPu = output,
            ReferencePu = kind == GovernorKind.Ggov1 ? Ggov1.ReferencePu(spec.Governor.Ggov1!, output) : output,
            BlockPu = spec.BlockLoadFraction * spec.RatedMw / baseMw ?? double.PositiveInfinity,
            PickUpPuPerS = spec.PickUpMwPerS / baseMw,
            Shares = spec.IsIsochronous,
            BlowOut = spec.BlowOutFraction ?? double.PositiveInfinity,
            BlowOutS = spec.BlowOutWindowS,
            NoLoadFuel = spec.NoLoadFuelFraction,
        };
    }

    /// <summary>Lowest and highest output that the stops of a governor allow, on the turbine's base.</summary>
    public static (double LowestPu, double HighestPu) Range(GovernorSpec governor) => governor switch
    {
        { Gast: { } gast } => (gast.MinValvePu, Math.Min(gast.MaxValvePu, gast.AmbientLimitPu)),
        { Ggov1: { } ggov } => (ggov.TurbineGainRatio * (ggov.MinValvePu - ggov.NoLoadFuelPu),
            Math.Min(ggov.LimiterReferencePu, ggov.TurbineGainRatio * (ggov.MaxValvePu - ggov.NoLoadFuelPu))),
        { Degov1: { } degov } => (degov.MinThrottlePu, degov.MaxThrottlePu),
        _ => (0, double.PositiveInfinity),
    };

    private static int StateCount(GovernorKind kind) => kind switch
    {
        GovernorKind.Gast => 3,
        GovernorKind.Ggov1 => 10,
        GovernorKind.Degov1 => 5,
        _ => 1,
    };
}

/// <summary>A grid-forming group as plain numbers; its state: integral of the upper limit, of the lower limit, energy.</summary>
internal struct FormingRow(GridFormingSpec spec, int offset)
{
    public readonly int Offset = offset;
    public int Count = spec.Count;
    public readonly double BaseMw = spec.RatedMva;
    public double SetPu = spec.Count > 0 ? spec.SetPointMw / spec.Count / spec.RatedMva : 0;
    public readonly double Droop = spec.DroopPu;
    public readonly double FilterS = spec.FilterS;
    public readonly double MaxPu = spec.MaxPowerPu;
    public readonly double MinPu = spec.MinPowerPu;
    public readonly double Gain = spec.LimitGainPu;
    public readonly double Integral = spec.LimitIntegralGainPerS;
    public readonly double Current = spec.MaxCurrentPu;
    public readonly double OverloadS = spec.OverloadS;
    public readonly double Efficiency = spec.OneWayEfficiencyFraction;
    public double CapacityMwh = spec.CapacityMwh;
    public double StoredMwh = spec.CapacityMwh * spec.ChargeFraction;
}

/// <summary>A grid-following group as plain numbers; its state: power, energy.</summary>
internal readonly struct FollowingRow(GridFollowingSpec spec, double nominalHz, int offset)
{
    public readonly int Offset = offset;
    public readonly int Count = spec.Count;
    public readonly double BaseMw = spec.RatedMva;
    public readonly double SetPu = spec.Count > 0 ? spec.SetPointMw / spec.Count / spec.RatedMva : 0;
    public readonly double Droop = spec.DroopPu;
    public readonly double DeadBand = spec.DeadBandHz / nominalHz;
    public readonly double DelayS = spec.DelayS;
    public readonly double LagS = spec.LagS;
    public readonly double Current = spec.MaxCurrentPu;
    public readonly double Efficiency = spec.OneWayEfficiencyFraction;
    public readonly double CapacityMwh = spec.CapacityMwh;
    public readonly double StoredMwh = spec.CapacityMwh * spec.ChargeFraction;
}

/// <summary>One stage of one device's frequency relay.</summary>
internal readonly record struct StageRow(DeviceKind Kind, int Index, bool Over, double LevelPu, double DelayS)
{
    /// <summary>How far beyond the level a deviation is.</summary>
    public double Beyond(double deviation) => Over ? deviation - LevelPu : LevelPu - deviation;
}

/// <summary>One machine group's rate-of-change relay.</summary>
internal readonly record struct RateRow(int Machine, double LevelPuPerS, double WindowS, double DelayS);

/// <summary>One shedding stage and its stretch of the list of loads.</summary>
internal readonly record struct ShedRow(double DepthPu, double DelayS, int First, int Count);
