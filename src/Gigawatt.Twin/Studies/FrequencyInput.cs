using Gigawatt.Numerics;
using Gigawatt.Power.Protection;
using Gigawatt.Power.Transients;

namespace Gigawatt.Studies;

/// <summary>One thing that happens, by the names of the file.</summary>
public sealed record FrequencyEventSpec
{
    /// <summary>What happens.</summary>
    public required DisturbanceKind Kind { get; init; }

    /// <summary>When.</summary>
    [Default(Grade.E, "assumption: one second after the beginning, so that pictures show the rest before it")]
    public double AtS { get; init => field = Check.NotNegative(value); } = 1;

    /// <summary>Which load, machine group or battery group; not needed for the grid or a fault.</summary>
    [RefersTo("machines", "forming", "following", "loads")]
    public string? Of { get; init; }

    /// <summary>How many units or blocks are lost.</summary>
    [Default(Grade.E, "assumption: one")]
    public int Count { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>Change of load; negative is less.</summary>
    public double? ChangeMw { get; init; }

    /// <summary>Change of load as a share of that load; −60 % is a crash of three fifths.</summary>
    public double? ChangeShareFraction { get; init => field = value is { } given ? Check.Within(given, -1, 10) : null; }

    /// <summary>Time that the change takes.</summary>
    [Default(Grade.E, "assumption: at once, the worst case")]
    public double RampS { get; init => field = Check.NotNegative(value); }

    /// <summary>How long a dip or a fault lasts.</summary>
    [Default(Grade.E, "assumption: 0.15 s, a fault that is cleared at once")]
    public double DurationS { get; init => field = Check.NotNegative(value); } = 0.15;

    /// <summary>Voltage that a fault leaves on the bus.</summary>
    [Default(Grade.E, "assumption: half")]
    public double VoltagePu { get; init => field = Check.Fraction(value); } = 0.5;
}

/// <summary>Which battery group is sized.</summary>
public sealed record FrequencySizingSpec
{
    /// <summary>The grid-forming group whose count is sought.</summary>
    [RefersTo("forming")]
    public required string Group { get; init; }

    /// <summary>Largest count that is tried.</summary>
    [Default(Grade.E, "assumption: nobody buys more")]
    public int Most { get; init => field = Check.AtLeastOne(value); } = 200;
}

/// <summary>What the study of frequency is asked.</summary>
public sealed record FrequencyInput
{
    /// <summary>Name of the plant or case.</summary>
    public required string Name { get; init; }

    /// <summary>Nominal frequency.</summary>
    [Default(Grade.A, "60 Hz in North America")]
    public double NominalHz { get; init => field = Check.Within(value, 40, 70); } = 60;

    /// <summary>Machines.</summary>
    public IReadOnlyList<MachineGroupSpec> Machines { get; init; } = [];

    /// <summary>Grid-forming batteries.</summary>
    public IReadOnlyList<GridFormingSpec> Forming { get; init; } = [];

    /// <summary>Grid-following batteries with fast frequency response.</summary>
    public IReadOnlyList<GridFollowingSpec> Following { get; init; } = [];

    /// <summary>Loads; a single one that takes what the sources carry unless given.</summary>
    public IReadOnlyList<LoadBlockSpec> Loads { get; init; } = [];

    /// <summary>Stages of under-frequency load shedding.</summary>
    public IReadOnlyList<UnderFrequencyStageSpec> Shedding { get; init; } = [];

    /// <summary>Isochronous sharing.</summary>
    public SharingSpec Sharing { get; init; } = new();

    /// <summary>Power from a grid that holds frequency until it is lost; an island when absent.</summary>
    public double? ImportMw { get; init; }

    /// <summary>Share of power that the loads lose per share of frequency lost.</summary>
    [Default(Grade.E, "assumption: none, power electronics draw the same power")]
    public double LoadDampingPu { get; init => field = Check.NotNegative(value); }

    /// <summary>Published boundary that relay settings are compared with.</summary>
    [Default(Grade.E, "assumption: PRC-024-3, Eastern Interconnection")]
    public FrequencyBoundarySpec RideThrough { get; init; } = FrequencyBoundarySpec.Eastern;

    /// <summary>What happens.</summary>
    public required IReadOnlyList<FrequencyEventSpec> Events { get; init; }

    /// <summary>Time looked at.</summary>
    [Default(Grade.E, "assumption: one minute")]
    public double HorizonS { get; init => field = Check.Within(value, 0.01, 3600); } = 60;

    /// <summary>Step of the simulation.</summary>
    [Default(Grade.D, "half of it moves the nadir of no shipped example by 1 mHz (test)")]
    public double StepS { get; init => field = Check.Within(value, 1e-5, 0.02); } = Transient.UsualStepS;

    /// <summary>Which battery group to size for riding through; none unless given.</summary>
    public FrequencySizingSpec? Size { get; init; }

    /// <summary>How lost units come back.</summary>
    public RestorationSpec Restoration { get; init; } = new();
}
