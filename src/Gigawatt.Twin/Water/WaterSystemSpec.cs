using Gigawatt.Numerics;

namespace Gigawatt.Water;

/// <summary>A plant that turns treated sewage into tower water: screens, ceramic membranes, disinfection, main to the campus.</summary>
/// <remarks>
/// Product is a fixed share of the sewage taken in; the rest goes back to the sewer. Whether it is in service is the
/// caller's to say. Not modelled: dry-weather flow of the sewage works, membrane fouling, trains, start-up time, side-stream reverse osmosis.
/// </remarks>
public sealed record ReclaimedPlantSpec
{
    /// <summary>Most product water.</summary>
    public required double CapacityM3PerS { get; init => field = Check.Positive(value); }

    /// <summary>Product over sewage taken in.</summary>
    [Default(Grade.A, "TDEC permit SOP-24025, CTC Properties: 13.5 MGD in, 13 MGD out")]
    public double RecoveryFraction { get; init => field = Check.PositiveFraction(value); } = 0.963;

    /// <summary>Electricity for treatment and the main, per product.</summary>
    [Default(Grade.D, "ceramic membrane demonstrations 0.4–0.8 kWh/m³ with the main to the campus")]
    public double EnergyMwhPerM3 { get; init => field = Check.NotNegative(value); } = 0.0006;

    /// <summary>Cycles of concentration that towers reach on this water.</summary>
    [Default(Grade.D, "dissolved solids 600 mg/L against a basin limit of 1,500 mg/L (Nall and Sedlak, ASHRAE J. Oct 2013)")]
    public double CyclesRatio { get; init => field = Check.Within(value, 1.05, 50); } = 2.5;

    /// <summary>Running time between failures of the whole plant.</summary>
    [Default(Grade.E, "assumption: twice a year")]
    public double MeanTimeToFailureS { get; init => field = Check.Positive(value); } = 15_778_800;

    /// <summary>Time to bring the plant back.</summary>
    [Default(Grade.E, "assumption: three days; biology recovers slowly")]
    public double MeanRepairS { get; init => field = Check.Positive(value); } = 259_200;
}

/// <summary>The public water main.</summary>
public sealed record CitySupplySpec
{
    /// <summary>Most flow at any moment: meter and pipe.</summary>
    public required double LimitM3PerS { get; init => field = Check.NotNegative(value); }

    /// <summary>Most water in one calendar day; utilities and permits count by the day.</summary>
    public required double DailyCapM3 { get; init => field = Check.NotNegative(value); }

    /// <summary>Cycles of concentration that towers reach on this water.</summary>
    [Default(Grade.D, "Memphis Sand aquifer, dissolved solids 83 mg/L (USGS WRI 87-4052), against a basin limit of 1,000 mg/L")]
    public double CyclesRatio { get; init => field = Check.Within(value, 1.05, 50); } = 12;
}

/// <summary>Where the campus gets its water from and what else it uses it for.</summary>
/// <remarks>
/// Reclaimed water first, then the city up to its cap of the day, then the tank. The tank is filled with what the
/// reclaimed plant can spare; on a site without such a plant, with what the city can spare.
/// </remarks>
public sealed record WaterSystemSpec
{
    /// <summary>The reclaimed-water plant, if there is one.</summary>
    [Default(Grade.E, "assumption: none unless stated")]
    public ReclaimedPlantSpec? Reclaimed { get; init; }

    /// <summary>The public main, if there is one.</summary>
    [Default(Grade.E, "assumption: none unless stated")]
    public CitySupplySpec? City { get; init; }

    /// <summary>Usable volume of the make-up tank.</summary>
    [Default(Grade.E, "assumption: none unless stated")]
    public double TankM3 { get; init => field = Check.NotNegative(value); }

    /// <summary>Most flow into or out of the tank.</summary>
    [Default(Grade.E, "assumption: 1 m³/s, 23 MGD, does not bind")]
    public double TankLimitM3PerS { get; init => field = Check.Positive(value); } = 1;

    /// <summary>Water for people, cleaning and adiabatic spray outside the towers.</summary>
    [Default(Grade.E, "assumption: none unless stated")]
    public double OtherUseM3PerS { get; init => field = Check.NotNegative(value); }
}
