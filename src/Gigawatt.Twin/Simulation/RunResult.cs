using Gigawatt.Scenarios;

namespace Gigawatt.Simulation;

/// <summary>One simulated day, for charts, claims and monthly tables. Powers are means over the day unless said otherwise.</summary>
public struct DayRecord
{
    /// <summary>The day.</summary>
    public DateOnly Day;

    /// <summary>What each constraint allowed on the planning basis, and which bound.</summary>
    public Capacity Capacity;

    /// <summary>Power of racks, served.</summary>
    public double ItMw;

    /// <summary>Power of halls, cooling, house and step-down losses, served.</summary>
    public double FacilityMw;

    /// <summary>Output of generating units.</summary>
    public double GenerationMw;

    /// <summary>Imported power.</summary>
    public double GridMw;

    /// <summary>Power from batteries.</summary>
    public double DischargeMw;

    /// <summary>Power into batteries.</summary>
    public double ChargeMw;

    /// <summary>Power asked for and not served.</summary>
    public double ShortfallMw;

    /// <summary>Rated power of generating units in service.</summary>
    public double InstalledGenerationMw;

    /// <summary>Rated power of generating units that permits in force allow, built or not.</summary>
    public double PermittedGenerationMw;

    /// <summary>Generating units in service.</summary>
    public int InstalledTurbines;

    /// <summary>Heat that cooling units in service reject at their rating.</summary>
    public double CoolingNameplateMw;

    /// <summary>Heat that they reject on the design day.</summary>
    public double CoolingDesignMw;

    /// <summary>Battery energy in service, full.</summary>
    public double BatteryMwh;

    /// <summary>Import that grid ties allow.</summary>
    public double GridLimitMw;

    /// <summary>GPUs delivered.</summary>
    public int InstalledGpus;

    /// <summary>GPUs live.</summary>
    public int LiveGpus;

    /// <summary>GPU-hours of training progress made safe, of serving and rented out.</summary>
    public double UsefulGpuHours;

    /// <summary>Reclaimed water drawn.</summary>
    public double ReclaimedM3;

    /// <summary>City water drawn.</summary>
    public double CityM3;

    /// <summary>Water evaporated.</summary>
    public double EvaporationM3;

    /// <summary>Water discharged and drifted.</summary>
    public double DischargedM3;

    /// <summary>Highest dry-bulb temperature.</summary>
    public double HighestDryBulbC;

    /// <summary>Lowest cap on GPU power, 1 when never capped.</summary>
    public double LowestCapFraction;

    /// <summary>Nitrogen oxides of the day.</summary>
    public double NoxKg;

    /// <summary>Cost of the day.</summary>
    public double CostUsd;

    /// <summary>Income of the day.</summary>
    public double IncomeUsd;

    /// <summary>Cost of the day by kind, in the order of <see cref="CostKind"/>.</summary>
    public PerCostKind CostByKindUsd;

    /// <summary>The one-line network at the day's highest step of load.</summary>
    public NetworkDayRecord Network;
}

/// <summary>What money was spent on.</summary>
public enum CostKind
{
    /// <summary>Gas burnt.</summary>
    Fuel,

    /// <summary>Energy imported.</summary>
    GridEnergy,

    /// <summary>Generating units, batteries and racks rented.</summary>
    Leases,

    /// <summary>Level payments on racks and fabric.</summary>
    ItCapital,

    /// <summary>Level payments on plant and buildings.</summary>
    FacilityCapital,

    /// <summary>Staff, maintenance, insurance and the like.</summary>
    Operating,

    /// <summary>Water.</summary>
    Water,
}

/// <summary>One number per cost kind.</summary>
[System.Runtime.CompilerServices.InlineArray(7)]
public struct PerCostKind
{
    private double first;
}

/// <summary>Which constraint bound for most of a month.</summary>
/// <param name="Month">The month as YYYY-MM.</param>
/// <param name="Constraint">What bound on most of its days.</param>
/// <param name="LiveItPowerMw">Live IT power, mean of the days.</param>
/// <param name="Next">What would have bound next, on most of those days.</param>
/// <param name="MarginMw">Mean margin to it on those days; infinite when nothing else would bind.</param>
public readonly record struct MonthBinding(
    string Month, Constraint Constraint, double LiveItPowerMw, Constraint Next, double MarginMw);

/// <summary>The numbers by which a run is known.</summary>
/// <param name="LiveItPowerPeakMw">Highest live IT power: what all constraints together allowed, planning basis.</param>
/// <param name="ItPowerPeakMw">Highest power that racks drew in a step.</param>
/// <param name="ItEnergyMwh">Energy that racks took.</param>
/// <param name="Pue">Facility energy over IT energy; on-site generation losses are outside.</param>
/// <param name="WueLPerKwh">Water drawn over IT energy.</param>
/// <param name="GoodputFraction">Share of the time of GPUs given to jobs that became safe progress.</param>
/// <param name="UsefulGpuHours">GPU-hours of progress made safe, of serving and rented out.</param>
/// <param name="UsdPerGpuHour">Cost per live GPU-hour.</param>
/// <param name="UsdPerUsefulGpuHour">Cost per useful GPU-hour.</param>
/// <param name="Interruptions">Unplanned interruptions of jobs.</param>
/// <param name="Co2T">Carbon dioxide of the fuel.</param>
/// <param name="UnservedMwh">Energy asked for and not served.</param>
public readonly record struct Headline(
    double LiveItPowerPeakMw, double ItPowerPeakMw, double ItEnergyMwh, double Pue, double WueLPerKwh, double GoodputFraction,
    double UsefulGpuHours, double UsdPerGpuHour, double UsdPerUsefulGpuHour, int Interruptions, double Co2T, double UnservedMwh)
{
    /// <summary>Nitrogen oxides of the generating units.</summary>
    public double NoxT { get; init; }

    /// <summary>Starts of generating units that failed.</summary>
    public int FailedStarts { get; init; }
}

/// <summary>What the units under one permit emitted.</summary>
/// <param name="Permit">Name of the permit.</param>
/// <param name="NoxKg">Nitrogen oxides over the run.</param>
/// <param name="Co2Kg">Carbon dioxide over the run.</param>
/// <param name="HighestNoxKg">Most nitrogen oxides in any twelve months of the run.</param>
/// <param name="HighestCo2Kg">Most carbon dioxide in any twelve months of the run.</param>
/// <param name="NoxCapKg">Cap on the former; null without one.</param>
/// <param name="Co2CapKg">Cap on the latter; null without one.</param>
/// <param name="FirstOver">First day on which a cap was passed; null when none was.</param>
public readonly record struct PermitEmissions(
    string Permit, double NoxKg, double Co2Kg, double HighestNoxKg, double HighestCo2Kg, double? NoxCapKg, double? Co2CapKg, DateOnly? FirstOver)
{
    /// <summary>What was left below the cap on nitrogen oxides in the worst twelve months; null without a cap.</summary>
    public double? NoxMarginKg => NoxCapKg - HighestNoxKg;

    /// <summary>What was left below the cap on carbon dioxide in the worst twelve months; null without a cap.</summary>
    public double? Co2MarginKg => Co2CapKg - HighestCo2Kg;
}

/// <summary>What a battery group went through in a run and what it has left.</summary>
/// <param name="Name">Name of the group.</param>
/// <param name="ThroughputMwh">Energy given at its terminals.</param>
/// <param name="FullCyclesRatio">Equivalent full cycles of the cells.</param>
/// <param name="WorstDepthFraction">Depth of its deepest cycle.</param>
/// <param name="LowestCapacityFraction">Capacity left of the new one, at the harsher end of the range.</param>
/// <param name="HighestCapacityFraction">The same, at the milder end.</param>
public readonly record struct BatteryHealth(
    string Name, double ThroughputMwh, double FullCyclesRatio, double WorstDepthFraction, double LowestCapacityFraction, double HighestCapacityFraction)
{
    /// <summary>A group as it stands.</summary>
    public static BatteryHealth Of(Power.BatteryGroup group)
    {
        (Power.BatteryWearState wear, double depth) = group.SoFar();
        (double low, double high) = Power.BatteryWear.Lost(group.Spec.Wear, wear);
        return new BatteryHealth(group.Name, group.State.GivenMwh, wear.FullCyclesRatio, depth, 1 - high, 1 - low);
    }
}

/// <summary>Everything a run leaves in memory; its size grows with days, not with steps.</summary>
public sealed record RunResult
{
    /// <summary>The scenario that was run.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>Seed of the random streams.</summary>
    public required int Seed { get; init; }

    /// <summary>Start of the first step, site time.</summary>
    public required DateTime From { get; init; }

    /// <summary>End of the last step, site time.</summary>
    public required DateTime To { get; init; }

    /// <summary>Length of a step.</summary>
    public required double StepS { get; init; }

    /// <summary>Steps taken.</summary>
    public required long StepCount { get; init; }

    /// <summary>False when the run was stopped before its end.</summary>
    public required bool Complete { get; init; }

    /// <summary>The days, in order.</summary>
    public required IReadOnlyList<DayRecord> Days { get; init; }

    /// <summary>Fuel and imports = useful IT + every loss + stored; MWh.</summary>
    public required Ledger Energy { get; init; }

    /// <summary>Heat brought into the cooling loops = rejected + stored; MWh.</summary>
    public required Ledger Heat { get; init; }

    /// <summary>Intake = evaporation + drift + blowdown + rejects + stored; m³.</summary>
    public required Ledger Water { get; init; }

    /// <summary>Installed GPU time by destiny; GPU-hours.</summary>
    public required Ledger GpuTime { get; init; }

    /// <summary>The same day by day; null in a run without days.</summary>
    public LedgerDays? GpuTimeDays { get; init; }

    /// <summary>What each job came to, the most important first.</summary>
    public IReadOnlyList<JobResult> Jobs { get; init; } = [];

    /// <summary>Cash of the operator; USD.</summary>
    public required Ledger Money { get; init; }

    /// <summary>Every ledger of the run.</summary>
    public IReadOnlyList<Ledger> Ledgers => [Energy, Heat, Water, GpuTime, Money];

    /// <summary>What each party received from the operator, less what it paid to it; USD.</summary>
    public required IReadOnlyList<(string Party, bool Related, double NetReceivedUsd)> Parties { get; init; }

    /// <summary>The numbers by which the run is known.</summary>
    public required Headline Headline { get; init; }

    /// <summary>Battery groups: cycles, throughput, capacity left.</summary>
    public IReadOnlyList<BatteryHealth> Batteries { get; init; } = [];

    /// <summary>Binding constraint by month.</summary>
    public required IReadOnlyList<MonthBinding> Binding { get; init; }

    /// <summary>How many events of each kind happened, in the order of <see cref="EventKind"/>.</summary>
    public required IReadOnlyList<long> EventCounts { get; init; }

    /// <summary>Emissions by permit, in the order of the scenario.</summary>
    public IReadOnlyList<PermitEmissions> Emissions { get; init; } = [];

    /// <summary>What was made of sudden changes of load and supply.</summary>
    public TransientCounts Transients { get; init; }

    /// <summary>Short circuits and voltage sags; null where the scenario has none.</summary>
    public FaultCounts? Faults { get; init; }

    /// <summary>Lowest frequency of any simulated transient.</summary>
    public double LowestHz { get; init; } = 60;

    /// <summary>Highest frequency of any simulated transient.</summary>
    public double HighestHz { get; init; } = 60;

    /// <summary>The swing of the load inside training steps.</summary>
    public WaveState Wave { get; init; }

    /// <summary>Hours in which chillers worked outside the box of their capacity curve.</summary>
    public required double OutsideCurveHours { get; init; }

    /// <summary>What each generating group did, in merit order.</summary>
    public IReadOnlyList<UnitDuty> Units { get; init; } = [];

    /// <summary>Serving pools, in the order of the scenario.</summary>
    public IReadOnlyList<ServingResult> Serving { get; init; } = [];

    /// <summary>Contracts for capacity, in the order of the scenario.</summary>
    public IReadOnlyList<RentalResult> Rentals { get; init; } = [];

    /// <summary>Jobs of reinforcement learning, the most important first.</summary>
    public IReadOnlyList<ReinforcementResult> Reinforcement { get; init; } = [];

    /// <summary>What shortfalls took, in the order of the measures.</summary>
    public IReadOnlyList<ShortfallDuty> Shortfalls { get; init; } = [];

    /// <summary>What the plans of the run came to; nothing without foresight.</summary>
    public ForesightState Foresight { get; init; }

    /// <summary>What interrupted each job and what became of its GPU-time, the most important first.</summary>
    public IReadOnlyList<JobHistory> JobHistories { get; init; } = [];

    /// <summary>What the one-line network went through; null where nothing feeds the campus.</summary>
    public NetworkResult? Network { get; init; }
}
