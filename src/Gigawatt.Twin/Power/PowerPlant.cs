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

    /// <summary>Most fuel that its gas line carries, lower heating value; without limit when none is given.</summary>
    public double FuelLimitMw { get; set; } = double.MaxValue;

    internal double LinePerMw => Line is null || Circuits == 0 ? 0 : Line.LossAtRatedFraction / (Circuits * Line.RatedMw);
}

/// <summary>Which losses of a line the reserve must cover.</summary>
public enum LineReserve
{
    /// <summary>None.</summary>
    None,

    /// <summary>One circuit of any line.</summary>
    Circuit,

    /// <summary>Every circuit of any one line, and with it everything behind it.</summary>
    Parcel,
}

/// <summary>How the return of jobs that do not draw their power now is provided for.</summary>
public enum LoadStepReserve
{
    /// <summary>Units are committed for it as if it were there, and hold their reserve on top: a trip during the start of a job is covered, too.</summary>
    Prepared,

    /// <summary>The largest step that a job can bring is one of the blocks of which reserve covers the largest, beside units and lines.</summary>
    Block,

    /// <summary>Not at all: units are committed for what is drawn.</summary>
    None,
}

/// <summary>How generation is committed and what is held in reserve.</summary>
public sealed record DispatchSpec
{
    /// <summary>How many of the largest running units may be lost without shedding load.</summary>
    [Default(Grade.E, "assumption: N-1, the usual rule of an islanded plant")]
    public int ReserveUnits { get; init => field = Check.NotNegative(value); } = 1;

    /// <summary>Which loss of a line must not shed load either; the larger of units and lines counts.</summary>
    [Default(Grade.E, "assumption: none, since lines have no outages of their own in a run")]
    public LineReserve LineReserve { get; init; } = LineReserve.None;

    /// <summary>How the step of load is provided for that a job brings when it starts or comes back.</summary>
    [Default(Grade.E, "assumption: units stand ready for every GPU that is offered to jobs")]
    public LoadStepReserve LoadSteps { get; init; } = LoadStepReserve.Prepared;

    /// <summary>Whether the loss of everything that is imported must not shed load either.</summary>
    [Default(Grade.E, "assumption: no; the tie's own redundancy is the utility's")]
    public bool CoversGridLoss { get; init; }

    /// <summary>How far units are planned ahead; absent when each step looks at itself alone.</summary>
    public ForesightSpec? Foresight { get; init; }

    /// <summary>What may lack in the reserve before a unit is started for it, as a share of that unit; load itself is always covered.</summary>
    [Default(Grade.E, "assumption: none")]
    public double StartLackFraction { get; init => field = Check.Fraction(value); }

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
    /// <summary>Generating groups in merit order: least fuel and upkeep per MWh first.</summary>
    public required GeneratorGroup[] Generators { get; init; }

    /// <summary>Parcels; index 0 is the parcel of the load.</summary>
    public required PlantSite[] Sites { get; init; }

    /// <summary>Battery groups on the bus.</summary>
    public required BatteryGroup[] Batteries { get; init; }

    /// <summary>Step-up transformers of the generating units.</summary>
    public required TransformerSpec StepUp { get; init; }

    /// <summary>Commitment and reserve.</summary>
    public required DispatchSpec Dispatch { get; init; }

    /// <summary>Order in which groups are started, with the cost of a start counted; merit order when absent.</summary>
    public int[]? StartOrder { get; init; }

    /// <summary>Higher heating value of the gas over its lower heating value; emissions are per the higher.</summary>
    public double HigherToLowerRatio { get; init; } = 1.108;

    /// <summary>Whether imported energy is cheaper than fuel and therefore drawn first.</summary>
    public bool GridFirst { get; set; }

    /// <summary>What was planned for the coming hours; each step looks at itself alone without it.</summary>
    public HourlyPlan? Plan { get; set; }

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

    // Share of a battery group in the power of all.
    internal double ShareOf(BatteryGroup group)
    {
        double sumMw = 0;
        foreach (BatteryGroup battery in Batteries) { sumMw += battery.State.Blocks * battery.Spec.RatedMw; }
        return sumMw > 0 ? group.State.Blocks * group.Spec.RatedMw / sumMw : 0;
    }

    /// <summary>Whether the coming step may set any output: only the first step of a run.</summary>
    internal bool RampsFreely { get; set; }

    /// <summary>What smoothing the swing inside training steps loses in the batteries, carried by the bus.</summary>
    public double SmoothingLossMw { get; set; }

    /// <summary>Most that may be imported now.</summary>
    public double GridLimitMw { get; set; }

    /// <summary>Highest power, reserve included, that units were committed for since it was last set to zero.</summary>
    public double HighestWantedMw { get; set; }

    /// <summary>What one unit of each group can give in the air of the last step.</summary>
    public UnitConditions[] Conditions => field ??= new UnitConditions[Generators.Length];

    internal double[] SiteCommittedMw => field ??= new double[Sites.Length];

    internal double[] SiteCapMw => field ??= new double[Sites.Length];

    internal double[] SiteStartFuelMw => field ??= new double[Sites.Length];

    internal double[] SiteReachMw => field ??= new double[Sites.Length];

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
/// <param name="AuxiliaryMw">Standing load of battery blocks, and what smoothing loses in them.</param>
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
    double BatteryMw, double BatteryReserveMw, int RunningUnits, int StartsOrdered)
{
    /// <summary>Load that the running units could take at a blow, within their headroom.</summary>
    public double BlockLoadMw { get; init; }

    /// <summary>Nitrogen oxides of the units, starts included.</summary>
    public double NoxKgPerS { get; init; }

    /// <summary>Part of the discharge that stood in for units and grid, neither planned nor shaving a peak.</summary>
    public double BridgedMw { get; init; }
}

/// <summary>What a step of dispatch is asked and in which air.</summary>
/// <param name="DemandMw">Power asked for at the bus.</param>
/// <param name="PrepareMw">Power that units are committed for: the demand, or more when more is about to come.</param>
/// <param name="LoadStepMw">Largest rise of load at a blow, such as the start of a job, that reserve must cover; nothing when it is in what is prepared for.</param>
/// <param name="DryBulbC">Outdoor air.</param>
/// <param name="WetBulbC">Its wet-bulb temperature.</param>
/// <param name="PressurePa">Station pressure.</param>
/// <param name="NowS">Simulated time at the start of the step.</param>
/// <param name="StepS">Length of the step.</param>
public readonly record struct DispatchInput(
    double DemandMw, double PrepareMw, double LoadStepMw, double DryBulbC, double WetBulbC, double PressurePa, double NowS, double StepS);
