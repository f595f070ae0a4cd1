using Gigawatt.Numerics;
using Gigawatt.Power.Protection;

namespace Gigawatt.Power.Transients;

/// <summary>A load on the bus that can be dropped by itself: a job, a hall, the cooling.</summary>
public sealed record LoadBlockSpec
{
    /// <summary>Name that events and shedding refer to.</summary>
    public required string Name { get; init; }

    /// <summary>Power before anything happens.</summary>
    public required double PowerMw { get; init => field = Check.NotNegative(value); }
}

/// <summary>Everything that is connected to one bus: machines, batteries, loads, a grid, protection.</summary>
public sealed record CampusBusSpec
{
    /// <summary>Nominal frequency.</summary>
    public double NominalHz { get; init => field = Check.Within(value, 40, 70); } = 60;

    /// <summary>Machines.</summary>
    public IReadOnlyList<MachineGroupSpec> Machines { get; init; } = [];

    /// <summary>Grid-forming batteries.</summary>
    public IReadOnlyList<GridFormingSpec> Forming { get; init; } = [];

    /// <summary>Grid-following batteries.</summary>
    public IReadOnlyList<GridFollowingSpec> Following { get; init; } = [];

    /// <summary>Loads.</summary>
    public IReadOnlyList<LoadBlockSpec> Loads { get; init; } = [];

    /// <summary>Stages of under-frequency load shedding.</summary>
    public IReadOnlyList<UnderFrequencyStageSpec> Shedding { get; init; } = [];

    /// <summary>Isochronous sharing among the machines that take part.</summary>
    public SharingSpec Sharing { get; init; } = new();

    /// <summary>Power from a grid, which holds frequency until it is lost; absent on an island.</summary>
    public double? ImportMw { get; init; }

    /// <summary>Power that the loads lose per frequency lost, as a share.</summary>
    public double LoadDampingPu { get; init => field = Check.NotNegative(value); }
}

/// <summary>What a trip disconnects.</summary>
public enum DeviceKind : byte
{
    /// <summary>Machines of a group.</summary>
    Machine,

    /// <summary>Grid-forming battery blocks.</summary>
    Forming,

    /// <summary>Grid-following battery blocks.</summary>
    Following,

    /// <summary>A load block.</summary>
    Load,

    /// <summary>The grid.</summary>
    Grid,

    /// <summary>The whole bus.</summary>
    Bus,
}
