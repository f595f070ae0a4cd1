namespace Gigawatt.Simulation;

/// <summary>One recorded column: a name that ends in its unit, and the finest difference worth keeping.</summary>
/// <param name="Name">Name in snake_case ending in its unit, such as <c>it_power_mw</c>.</param>
/// <param name="Label">What a person calls it.</param>
/// <param name="Unit">Unit as shown.</param>
/// <param name="Quantum">Values are kept to the nearest multiple of this; 0 keeps every bit.</param>
public readonly record struct RecordedColumn(string Name, string Label, string Unit, double Quantum);

/// <summary>Something abrupt that happened to a component, at an exact time.</summary>
/// <param name="TimeS">Seconds since the start of the run.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Component">Whose event it is, by its name in the scenario.</param>
/// <param name="Value">How much, in the unit of the kind (MW, GPUs, units, hours …).</param>
public readonly record struct SiteEvent(double TimeS, EventKind Kind, string Component, double Value);

/// <summary>What can happen abruptly.</summary>
public enum EventKind
{
    /// <summary>Units delivered or put into service; value: units.</summary>
    Online,

    /// <summary>A permit came into force; value: MW it allows.</summary>
    PermitIssued,

    /// <summary>A permit ended; value: MW it allowed.</summary>
    PermitExpired,

    /// <summary>A generating unit failed; value: MW lost.</summary>
    UnitTrip,

    /// <summary>A generating unit was repaired; value: MW regained.</summary>
    UnitRepaired,

    /// <summary>A battery block failed; value: MW lost.</summary>
    BatteryTrip,

    /// <summary>A battery block was repaired; value: MW regained.</summary>
    BatteryRepaired,

    /// <summary>A cooling unit failed; value: MW of heat.</summary>
    ChillerTrip,

    /// <summary>A cooling unit was repaired; value: MW of heat.</summary>
    ChillerRepaired,

    /// <summary>A job began; value: GPUs.</summary>
    JobStarted,

    /// <summary>A job came to its planned end; value: GPUs.</summary>
    JobEnded,

    /// <summary>A job was interrupted by a failure; value: GPU-hours of work lost.</summary>
    JobInterrupted,

    /// <summary>A job was paused for want of power or cooling; value: GPUs.</summary>
    JobPaused,

    /// <summary>A paused job resumed; value: GPUs.</summary>
    JobResumed,

    /// <summary>GPUs were capped for want of power or cooling; value: fraction of full power.</summary>
    Capped,

    /// <summary>A cap was lifted; value: hours it lasted.</summary>
    Uncapped,

    /// <summary>Halls were shed; value: MW.</summary>
    Shed,

    /// <summary>Shed halls came back; value: MW.</summary>
    Restored,

    /// <summary>Power asked for was not served; value: MW.</summary>
    Shortfall,

    /// <summary>The daily cap of a water source was reached; value: m³ of the day.</summary>
    WaterCapReached,

    /// <summary>A generating unit failed to start; value: MW it is rated at.</summary>
    StartFailed,

    /// <summary>A generating unit was taken out for planned work; value: MW it is rated at.</summary>
    MaintenanceBegun,

    /// <summary>A generating unit is back from planned work; value: MW it is rated at.</summary>
    MaintenanceDone,

    /// <summary>What is left of a permit's emissions no longer lets every unit under it run; value: units that still may.</summary>
    EmissionCapReached,

    /// <summary>A permit's emissions let every unit under it run again; value: units.</summary>
    EmissionCapLifted,

    /// <summary>Under-frequency relays dropped load; value: MW.</summary>
    FrequencyShed,

    /// <summary>Protection took units off the bus; value: MW of their output.</summary>
    UnitsTripped,

    /// <summary>The protection of a tie to a utility opened; value: MW that would have come through it.</summary>
    Separated,

    /// <summary>The campus bus went dead; value: hours until it can be loaded again.</summary>
    Blackout,

    /// <summary>A utility failed; value: MW it gave.</summary>
    GridLost,

    /// <summary>A utility is back; value: MW it may give.</summary>
    GridBack,

    /// <summary>A short circuit on a circuit of the halls; value: MW of racks that the network lost.</summary>
    CircuitFault,

    /// <summary>A circuit of the halls was repaired; value: MW of racks behind it.</summary>
    CircuitRepaired,

    /// <summary>A sag came in from a utility; value: MW of racks that the network lost.</summary>
    VoltageSag,

    /// <summary>A job stopped, after a last checkpoint, for a more important one; value: GPUs it gave back.</summary>
    JobPreempted,

    /// <summary>A job goes on with more or fewer GPUs than before; value: GPUs.</summary>
    JobResized,

    /// <summary>A job stopped by plan, after a last checkpoint; value: GPUs.</summary>
    JobPlannedStop,
}

/// <summary>Takes what a run records, step by step. The engine does not know whether that is a file, a chart or a test.</summary>
public interface IRecordSink
{
    /// <summary>The run begins: which columns each row will hold, the time of the first row, and the step.</summary>
    public void Begin(IReadOnlyList<RecordedColumn> columns, DateTime start, double stepS);

    /// <summary>One row, one value per column, at the end of each step. The span is only valid during the call.</summary>
    public void Row(ReadOnlySpan<double> values);

    /// <summary>Something abrupt happened since the last row.</summary>
    public void Happened(in SiteEvent what);
}
