using Gigawatt.Numerics;
using Gigawatt.Power.Protection;

namespace Gigawatt.Power.Transients;

/// <summary>How the seconds after a disturbance are looked at in a run: governors, relays, shedding, coming back.</summary>
/// <remarks>
/// Machines, batteries and loads are those of the scenario. Not modelled: relays of single halls, settings that differ from unit to unit.
/// </remarks>
public sealed record CampusFrequencySpec
{
    /// <summary>Whether disturbances are looked at.</summary>
    [Default(Grade.E, "assumption: every campus with generation of its own wants to know")]
    public bool IsSimulated { get; init; } = true;

    /// <summary>Governor of gas turbines.</summary>
    public GovernorSpec TurbineGovernor { get; init; } = new() { Title = "GAST", Gast = new GastSpec() };

    /// <summary>Governor of gas engines.</summary>
    public GovernorSpec EngineGovernor { get; init; } = new() { Title = "DEGOV1", Degov1 = new Degov1Spec() };

    /// <summary>Frequency relay of generating units.</summary>
    public FrequencyRelaySpec Relay { get; init; } = new();

    /// <summary>Frequencies at which jobs are dropped, the least important first; the jobs are shared out over the stages.</summary>
    [Default(Grade.B, "59.3, 58.9 and 58.5 Hz (under-frequency load shedding of ERCOT)")]
    public IReadOnlyList<FrequencyStageSpec> Shedding { get; init; } =
        [new() { LevelHz = 59.3, DelayS = 0.1 }, new() { LevelHz = 58.9, DelayS = 0.1 }, new() { LevelHz = 58.5, DelayS = 0.1 }];

    /// <summary>Whether battery inverters form the grid; if not, they follow it and give nothing within the first cycles.</summary>
    [Default(Grade.E, "assumption: grid-forming, as recent offers are")]
    public bool BatteriesForm { get; init; } = true;

    /// <summary>Droop of the batteries.</summary>
    [Default(Grade.B, "1 % (GridLAB-D inverter_dyn: 3.77 rad/s)")]
    public double BatteryDroopPu { get; init => field = Check.Within(value, 1e-4, 1); } = 0.01;

    /// <summary>Time in which the power of a job falls when it stops or crashes.</summary>
    [Default(Grade.B, "1.9 pu/s for about 250 ms measured at a 50 MW block (NERC, July 2025): half a second for the whole")]
    public double FallS { get; init => field = Check.Within(value, 0, 600); } = 0.5;

    /// <summary>Time in which the power of a job climbs when it starts or goes on: held by the power cap of its GPUs.</summary>
    [Default(Grade.E, "assumption: 10 s by the power-cap ramp at start that rack power shelves of 2025 offer")]
    public double RiseS { get; init => field = Check.Within(value, 0, 600); } = 10;

    /// <summary>Time looked at after a disturbance.</summary>
    [Default(Grade.E, "assumption: 20 s, within which governors have answered")]
    public double HorizonS { get; init => field = Check.Within(value, 1, 600); } = 20;

    /// <summary>How the campus comes back.</summary>
    public RestorationSpec Restoration { get; init; } = new();

    /// <summary>Time to come back from a blackout when no battery can energise the bus: with the utility or a set brought along.</summary>
    [Default(Grade.E, "assumption: 4 h")]
    public double ColdRestoreS { get; init => field = Check.Positive(value); } = 4 * 3600.0;
}
