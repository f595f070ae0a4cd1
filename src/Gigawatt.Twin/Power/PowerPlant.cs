using Gigawatt.Numerics;

namespace Gigawatt.Power;

/// <summary>A parcel where units stand, and the line that joins it to the parcel of the load; no line on the load's own parcel.</summary>
/// <param name="name">Name of the parcel.</param>
public sealed class PlantSite(string name)
{
    /// <summary>Name of the parcel.</summary>
    public string Name { get; } = name;

    /// <summary>The line's circuits, or null on the parcel of the load.</summary>
    public PowerLineSpec? Line { get; init; }

    /// <summary>Circuits in service.</summary>
    public int Circuits { get; set; }

    /// <summary>Most that the line carries, at its sending end; unlimited on the parcel of the load.</summary>
    public double LimitMw => Line is null ? double.MaxValue : Circuits * Line.RatedMw;

    internal double LinePerMw => Line is null || Circuits == 0 ? 0 : Line.LossAtRatedFraction / (Circuits * Line.RatedMw);
}

/// <summary>How generation is committed and what is held in reserve.</summary>
public sealed record DispatchSpec
{
    /// <summary>How many of the largest running units may be lost without shedding load.</summary>
    [Default(Grade.E, "assumption: N-1, the usual rule of an islanded plant")]
    public int ReserveUnits { get; init => field = Check.NotNegative(value); } = 1;

    /// <summary>Whether charged batteries count as that reserve.</summary>
    [Default(Grade.E, "assumption: batteries bridge the start of a replacement unit")]
    public bool BatteriesCountAsReserve { get; init; } = true;

    /// <summary>How long batteries must be able to stand in for lost units.</summary>
    [Default(Grade.E, "assumption: one start (10 min) and half as much again")]
    public double BridgeS { get; init => field = Check.Positive(value); } = 900;

    /// <summary>Output that may stand idle on the bus before a unit is stopped, as a share of what is needed.</summary>
    [Default(Grade.E, "assumption: 10 % beyond need and reserve, against cycling")]
    public double StopMarginFraction { get; init => field = Check.Within(value, 0, 1); } = 0.1;
}

/// <summary>Everything that supplies the campus bus.</summary>
/// <remarks>
/// The bus is the parcel of the load. Units elsewhere reach it through step-up transformers and that parcel's line.
/// </remarks>
public sealed class PowerPlant
{
    /// <summary>Generating groups in merit order: cheapest fuel per MWh first.</summary>
    public required GeneratorGroup[] Generators { get; init; }

    /// <summary>Parcels; index 0 is the parcel of the load.</summary>
    public required PlantSite[] Sites { get; init; }

    /// <summary>Battery groups on the bus.</summary>
    public required BatteryGroup[] Batteries { get; init; }

    /// <summary>Step-up transformers of the generating units.</summary>
    public required TransformerSpec StepUp { get; init; }

    /// <summary>Commitment and reserve.</summary>
    public required DispatchSpec Dispatch { get; init; }

    /// <summary>Whether imported energy is cheaper than fuel and therefore drawn first.</summary>
    public bool GridFirst { get; init; }

    /// <summary>The plant as a run finds it: units on the bus at any output, batteries at their target charge.</summary>
    public void FindRunning()
    {
        foreach (GeneratorGroup group in Generators) { group.FindRunning(); }
        foreach (BatteryGroup battery in Batteries)
        {
            ref BatteryState state = ref battery.State;
            state.StoredMwh = state.Blocks * battery.Spec.CapacityMwh * battery.Spec.TargetChargeFraction;
        }
        RampsFreely = true;
    }

    /// <summary>Whether the coming step may set any output: only the first step of a run.</summary>
    internal bool RampsFreely { get; set; }

    /// <summary>Most that may be imported now.</summary>
    public double GridLimitMw { get; set; }

    internal double[] SiteRunningMw => field ??= new double[Sites.Length];

    internal double[] SiteFloorMw => field ??= new double[Sites.Length];

    internal double[] SiteRampMw => field ??= new double[Sites.Length];

    internal double[] SiteInstalledMw => field ??= new double[Sites.Length];

    internal double[] UnitMw => field ??= new double[Generators.Length];
}

/// <summary>What the plant did in one step; all powers are means over the step.</summary>
/// <param name="DemandMw">Asked for at the campus bus, batteries apart.</param>
/// <param name="ServedMw">Delivered of that.</param>
/// <param name="GenerationMw">Output of the generating units at their terminals.</param>
/// <param name="FuelMw">Fuel burnt, starts included, lower heating value.</param>
/// <param name="GridMw">Imported.</param>
/// <param name="DischargeMw">From batteries, at their terminals.</param>
/// <param name="ChargeMw">Into batteries, at their terminals.</param>
/// <param name="BatteryLossMw">Lost in inverters and cells while charging and discharging.</param>
/// <param name="AuxiliaryMw">Standing load of battery blocks.</param>
/// <param name="StepUpLossMw">Lost in step-up transformers.</param>
/// <param name="LineLossMw">Lost in lines between parcels.</param>
/// <param name="DumpedMw">Generated beyond what could be used or stored, burnt in load banks.</param>
/// <param name="StoredMwh">Energy in the batteries at the end of the step.</param>
/// <param name="ReachMw">Most that the running units and the grid could have delivered at the bus.</param>
/// <param name="BatteryMw">Most that the batteries could have added for the step.</param>
/// <param name="BatteryReserveMw">Most that they could have added for the whole bridging time above their reserve charge.</param>
/// <param name="RunningUnits">Units on the bus at the end of the step.</param>
/// <param name="StartsOrdered">Starts ordered in the step.</param>
public readonly record struct PowerStep(
    double DemandMw, double ServedMw, double GenerationMw, double FuelMw, double GridMw, double DischargeMw, double ChargeMw,
    double BatteryLossMw, double AuxiliaryMw, double StepUpLossMw, double LineLossMw, double DumpedMw, double StoredMwh, double ReachMw,
    double BatteryMw, double BatteryReserveMw, int RunningUnits, int StartsOrdered);
