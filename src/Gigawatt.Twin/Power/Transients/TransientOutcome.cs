namespace Gigawatt.Power.Transients;

/// <summary>How it ended.</summary>
public enum TransientVerdict : byte
{
    /// <summary>Nothing was shed and nothing tripped by protection.</summary>
    RiddenThrough,

    /// <summary>Load was shed, no source tripped.</summary>
    Shed,

    /// <summary>Protection took sources off; the rest held.</summary>
    Tripped,

    /// <summary>The bus is dead.</summary>
    Black,
}

/// <summary>Why something was disconnected.</summary>
public enum TripCause : byte
{
    /// <summary>An under-frequency stage of its relay.</summary>
    UnderFrequency,

    /// <summary>An over-frequency stage of its relay, or overspeed.</summary>
    OverFrequency,

    /// <summary>Its rate-of-change relay.</summary>
    RateOfChange,

    /// <summary>The flame went out as fuel fell too fast.</summary>
    LeanBlowOut,

    /// <summary>A stage of load shedding.</summary>
    LoadShedding,

    /// <summary>No source on the bus could hold the load any more.</summary>
    Collapse,
}

/// <summary>One disconnection by protection.</summary>
/// <param name="AtS">When.</param>
/// <param name="Kind">What was disconnected.</param>
/// <param name="Index">Which group or load.</param>
/// <param name="Count">How many units or blocks.</param>
/// <param name="Cause">What made it disconnect.</param>
/// <param name="FrequencyHz">Frequency at that moment.</param>
/// <param name="PowerMw">Power that went with it.</param>
public readonly record struct Trip(double AtS, DeviceKind Kind, int Index, int Count, TripCause Cause, double FrequencyHz, double PowerMw);

/// <summary>What a transient did to the bus.</summary>
/// <param name="Verdict">How it ended.</param>
/// <param name="PeakHz">Highest frequency.</param>
/// <param name="PeakS">When, found between steps.</param>
/// <param name="NadirHz">Lowest frequency.</param>
/// <param name="NadirS">When, found between steps.</param>
/// <param name="EndHz">Frequency at the end, or at rest.</param>
/// <param name="EndS">When the simulation stopped: at its horizon, at rest, or when the bus went black.</param>
/// <param name="InitialHzPerS">Rate of change just after the first disturbance.</param>
/// <param name="WorstHzPerS">Largest mean rate of change over half a second, with its sign.</param>
/// <param name="ShedMw">Load dropped by shedding.</param>
/// <param name="TrippedMw">Output lost to protection.</param>
/// <param name="UnitsLost">Machines lost to events and protection.</param>
/// <param name="GivenMwh">Energy that batteries gave at their terminals.</param>
/// <param name="AbsorbedMwh">Energy that batteries took.</param>
/// <param name="IsSettled">Whether everything came to rest before the horizon.</param>
/// <param name="Steps">Steps taken.</param>
public readonly record struct TransientOutcome(
    TransientVerdict Verdict, double PeakHz, double PeakS, double NadirHz, double NadirS, double EndHz, double EndS, double InitialHzPerS, double WorstHzPerS,
    double ShedMw, double TrippedMw, int UnitsLost, double GivenMwh, double AbsorbedMwh, bool IsSettled, int Steps);

/// <summary>The course of a transient, point by point, for pictures.</summary>
public sealed class TransientTrace
{
    /// <summary>Moments.</summary>
    public List<double> TimesS { get; } = [];

    /// <summary>Frequency.</summary>
    public List<double> FrequenciesHz { get; } = [];

    /// <summary>Power of all turbines at their shafts.</summary>
    public List<double> MachinesMw { get; } = [];

    /// <summary>Power of grid-forming batteries; negative while they charge.</summary>
    public List<double> FormingMw { get; } = [];

    /// <summary>Power of grid-following batteries; negative while they charge.</summary>
    public List<double> FollowingMw { get; } = [];

    /// <summary>Power from the grid.</summary>
    public List<double> GridMw { get; } = [];

    /// <summary>Power of the loads.</summary>
    public List<double> LoadMw { get; } = [];

    internal void Add(double atS, double frequencyHz, in PowerFlows flows)
    {
        TimesS.Add(atS);
        FrequenciesHz.Add(frequencyHz);
        MachinesMw.Add(flows.MachineMw);
        FormingMw.Add(flows.FormingMw);
        FollowingMw.Add(flows.FollowingMw);
        GridMw.Add(flows.GridMw);
        LoadMw.Add(flows.LoadMw);
    }

    internal void Clear()
    {
        TimesS.Clear();
        FrequenciesHz.Clear();
        MachinesMw.Clear();
        FormingMw.Clear();
        FollowingMw.Clear();
        GridMw.Clear();
        LoadMw.Clear();
    }
}

/// <summary>Powers at one moment.</summary>
internal struct PowerFlows
{
    public double MachineMw;
    public double FormingMw;
    public double FollowingMw;
    public double GridMw;
    public double LoadMw;
}
