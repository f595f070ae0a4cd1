using Gigawatt.Scenarios;
using Gigawatt.Simulation;

namespace Gigawatt.Claims;

/// <summary>What each measure of a claim reads from a day of a run, and how it is spoken of.</summary>
public static class MeasuredDay
{
    private const double DayS = 86400;

    /// <summary>The measure on a day, in base units (W, J, m³/s) or as a count.</summary>
    public static double BaseValue(Measure measure, in DayRecord day) => measure switch
    {
        Measure.LiveItPower => day.Capacity.LiveMw * 1e6,
        Measure.FacilityPower => day.FacilityMw * 1e6,
        Measure.InstalledGeneration => day.InstalledGenerationMw * 1e6,
        Measure.PermittedGeneration => day.PermittedGenerationMw * 1e6,
        Measure.InstalledTurbines => day.InstalledTurbines,
        Measure.CoolingNameplate => day.CoolingNameplateMw * 1e6,
        Measure.CoolingDesignDay => day.CoolingDesignMw * 1e6,
        Measure.BatteryEnergy => day.BatteryMwh * 3.6e9,
        Measure.GridImport => day.GridLimitMw * 1e6,
        Measure.InstalledGpus => day.InstalledGpus,
        Measure.LiveGpus => day.LiveGpus,
        Measure.DailyWater => (day.ReclaimedM3 + day.CityM3) / DayS,
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };

    /// <summary>What kept a measure from being higher on a day; null when nothing in the run limits it.</summary>
    public static Constraint? Responsible(Measure measure, in DayRecord day) => measure switch
    {
        Measure.LiveItPower or Measure.LiveGpus => day.Capacity.Binding,
        Measure.InstalledGeneration or Measure.InstalledTurbines or Measure.GridImport => Constraint.Power,
        Measure.PermittedGeneration => day.PermittedGenerationMw < day.InstalledGenerationMw ? Constraint.Permits : Constraint.Power,
        Measure.CoolingNameplate or Measure.CoolingDesignDay => Constraint.Cooling,
        Measure.InstalledGpus => Constraint.Racks,
        _ => null,
    };

    /// <summary>A constraint in words.</summary>
    public static string Name(Constraint constraint) => constraint switch
    {
        Constraint.Racks => "racks delivered",
        Constraint.Commissioning => "commissioning",
        Constraint.Floor => "floor space",
        Constraint.Fabric => "fabric",
        Constraint.Power => "power",
        Constraint.Permits => "permits",
        Constraint.Cooling => "cooling",
        _ => throw new ArgumentOutOfRangeException(nameof(constraint)),
    };

    /// <summary>"352 MW of IT power was live": an amount of the measure as the beginning of a sentence.</summary>
    internal static string Statement(Measure measure, string amount) => measure switch
    {
        Measure.LiveItPower => $"{amount} of IT power was live",
        Measure.FacilityPower => $"the site drew {amount} in the mean",
        Measure.InstalledGeneration => $"generating units rated at {amount} were in service",
        Measure.PermittedGeneration => $"permits let generating units rated at {amount} run",
        Measure.InstalledTurbines => $"{amount} generating units were in service",
        Measure.CoolingNameplate => $"cooling units rated at {amount} were in service",
        Measure.CoolingDesignDay => $"cooling units in service could reject {amount} on the design day",
        Measure.BatteryEnergy => $"batteries in service held {amount} when full",
        Measure.GridImport => $"grid ties allowed {amount}",
        Measure.InstalledGpus => $"{amount} GPUs were delivered",
        Measure.LiveGpus => $"{amount} GPUs were live",
        Measure.DailyWater => $"{amount} of water was drawn",
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };
}
