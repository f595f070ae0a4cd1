namespace Gigawatt.Simulation;

/// <summary>The one-line network at the highest step of a day's load.</summary>
public struct NetworkDayRecord
{
    /// <summary>Whether voltages were found; everything else but the closed form is zero where they were not.</summary>
    public bool Solved;

    /// <summary>Lost in transformers and lines, by the power flow.</summary>
    public double LossMw;

    /// <summary>The same by the closed forms of dispatch.</summary>
    public double ClosedFormLossMw;

    /// <summary>Highest loading of a line.</summary>
    public double LineLoadingFraction;

    /// <summary>Highest loading of a transformer.</summary>
    public double TransformerLoadingFraction;

    /// <summary>Lowest voltage of a live bus.</summary>
    public double LowestVoltagePu;

    /// <summary>Reactive power that units, ties and batteries had left; shortage when it is gone.</summary>
    public double ReactiveMarginMvar;
}

/// <summary>The worst of something over the days of a run.</summary>
/// <param name="Where">Which part of the network; empty for the whole.</param>
/// <param name="Value">How much.</param>
/// <param name="On">The day; null when there was none.</param>
public readonly record struct NetworkExtreme(string Where, double Value, DateOnly? On);

/// <summary>The worst found when one circuit of a line is lost at the highest step of a day.</summary>
/// <param name="Line">The line.</param>
/// <param name="On">The day.</param>
/// <param name="Circuits">Circuits before the loss.</param>
/// <param name="LoadingFraction">Highest loading of a line afterwards, before anything is redispatched.</param>
/// <param name="LoadLostMw">Load that the rest cannot carry and nothing else on the bus can supply.</param>
/// <param name="Converged">Whether there are voltages without it.</param>
public readonly record struct LineOutage(string Line, DateOnly On, int Circuits, double LoadingFraction, double LoadLostMw, bool Converged);

/// <summary>How a transformer aged.</summary>
/// <param name="Name">Which.</param>
/// <param name="LifeUsedFraction">Share of its insulation's normal life that was used.</param>
/// <param name="ServiceFraction">Time in service as a share of that life: what would have been used at 110 °C.</param>
/// <param name="HottestC">Highest temperature of its winding's hottest spot at the end of an hour.</param>
public readonly record struct TransformerLife(string Name, double LifeUsedFraction, double ServiceFraction, double HottestC);

/// <summary>What the one-line network went through in a run.</summary>
public sealed record NetworkResult
{
    /// <summary>Days whose highest step was solved.</summary>
    public int SolvedDays { get; init; }

    /// <summary>Days whose highest step has no steady state.</summary>
    public int FailedDays { get; init; }

    /// <summary>Why the first of them has none; null when all have.</summary>
    public string? FirstFailure { get; init; }

    /// <summary>The first of them.</summary>
    public DateOnly? FirstFailureOn { get; init; }

    /// <summary>Losses by the power flow, mean of the solved days' highest steps.</summary>
    public double LossMw { get; init; }

    /// <summary>Losses by dispatch's closed forms in the same steps.</summary>
    public double ClosedFormLossMw { get; init; }

    /// <summary>Highest loading of a line.</summary>
    public NetworkExtreme Line { get; init; } = new("", 0, null);

    /// <summary>Highest loading of a transformer.</summary>
    public NetworkExtreme Transformer { get; init; } = new("", 0, null);

    /// <summary>Lowest voltage, per unit.</summary>
    public NetworkExtreme Voltage { get; init; } = new("", 0, null);

    /// <summary>Least reactive power left, Mvar.</summary>
    public NetworkExtreme ReactiveMargin { get; init; } = new("", 0, null);

    /// <summary>Days on which a bus was below its acceptable voltage.</summary>
    public int LowVoltageDays { get; init; }

    /// <summary>Days on which a line or transformer was above its rating.</summary>
    public int OverloadedDays { get; init; }

    /// <summary>The worst loss of one circuit of each line.</summary>
    public IReadOnlyList<LineOutage> Outages { get; init; } = [];

    /// <summary>Ageing of transformers.</summary>
    public IReadOnlyList<TransformerLife> Transformers { get; init; } = [];
}

/// <summary>What a generating group did in a run.</summary>
/// <param name="Name">Name of the group.</param>
/// <param name="Units">Most units that were in service.</param>
/// <param name="Starts">Starts that came to the bus.</param>
/// <param name="FailedStarts">Starts that failed.</param>
/// <param name="Maintenance">Planned works finished.</param>
/// <param name="RunningUnitHours">Hours on the bus, summed over units.</param>
/// <param name="OutageUnitHours">Hours on forced outage, summed over units.</param>
/// <param name="EnergyMwh">Energy at the terminals.</param>
/// <param name="FuelMwh">Fuel, starts included, lower heating value.</param>
/// <param name="NoxKg">Nitrogen oxides.</param>
/// <param name="Co2Kg">Carbon dioxide.</param>
public readonly record struct UnitDuty(
    string Name, int Units, int Starts, int FailedStarts, int Maintenance, double RunningUnitHours, double OutageUnitHours, double EnergyMwh,
    double FuelMwh, double NoxKg, double Co2Kg);
