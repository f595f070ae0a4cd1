using Gigawatt.Buildout;
using Gigawatt.Numerics;

namespace Gigawatt.Scenarios;

/// <summary>Heat rejection.</summary>
public sealed record CoolingSection
{
    /// <summary>Loops, set points and pumps.</summary>
    public Cooling.CoolingPlantSpec Plant { get; init; } = new();

    /// <summary>Air-cooled chillers.</summary>
    public IReadOnlyList<ChillerGroupSpec> Chillers { get; init; } = [];

    /// <summary>Dry coolers.</summary>
    public IReadOnlyList<DryCoolerGroupSpec> DryCoolers { get; init; } = [];

    /// <summary>Cooling towers.</summary>
    public IReadOnlyList<TowerGroupSpec> Towers { get; init; } = [];
}

/// <summary>Identical chillers.</summary>
public sealed record ChillerGroupSpec
{
    /// <summary>Name of the group.</summary>
    public required string Name { get; init; }

    /// <summary>One chiller.</summary>
    [Inline]
    public required Cooling.AirCooledChillerSpec Unit { get; init; }

    /// <summary>Chillers in all.</summary>
    public required int Count { get; init => field = Check.AtLeastOne(value); }

    /// <summary>When they come into service.</summary>
    public Rollout? Online { get; init; }
}

/// <summary>Identical dry coolers.</summary>
public sealed record DryCoolerGroupSpec
{
    /// <summary>Name of the group.</summary>
    public required string Name { get; init; }

    /// <summary>One dry cooler.</summary>
    [Inline]
    public required Cooling.DryCoolerSpec Unit { get; init; }

    /// <summary>Dry coolers in all.</summary>
    public required int Count { get; init => field = Check.AtLeastOne(value); }

    /// <summary>When they come into service.</summary>
    public Rollout? Online { get; init; }
}

/// <summary>Identical cooling towers.</summary>
public sealed record TowerGroupSpec
{
    /// <summary>Name of the group.</summary>
    public required string Name { get; init; }

    /// <summary>One tower.</summary>
    [Inline]
    public required Cooling.CoolingTowerSpec Unit { get; init; }

    /// <summary>Towers in all.</summary>
    public required int Count { get; init => field = Check.AtLeastOne(value); }

    /// <summary>When they come into service.</summary>
    public Rollout? Online { get; init; }
}

/// <summary>Where water comes from.</summary>
public sealed record WaterSection
{
    /// <summary>Plant, tank and city supply.</summary>
    [Inline]
    public required Water.WaterSystemSpec System { get; init; }

    /// <summary>First day on which the reclaimed plant runs; never when absent.</summary>
    public DateOnly? ReclaimedOnline { get; init; }
}
