namespace Gigawatt.Water;

/// <summary>What the water system remembers between steps.</summary>
public struct WaterSystemState
{
    /// <summary>Water in the tank.</summary>
    public double TankM3;

    /// <summary>City water drawn since midnight.</summary>
    public double CityTodayM3;

    /// <summary>The day that counter belongs to.</summary>
    public int Day;

    /// <summary>Cycles of concentration of the water last served: what towers may count on in the next step.</summary>
    public double CyclesRatio;
}

/// <summary>What the water system did in one step. Intake = served + rejected + tank change.</summary>
/// <param name="SewageM3PerS">Treated sewage taken in by the reclaimed-water plant.</param>
/// <param name="ReclaimedM3PerS">Product of that plant.</param>
/// <param name="CityM3PerS">Water from the public main.</param>
/// <param name="PlantRejectM3PerS">What the plant sends back to the sewer.</param>
/// <param name="TankChangeM3">Water added to the tank; negative when it was drawn down.</param>
/// <param name="ServedM3PerS">Water that reached towers and other uses.</param>
/// <param name="UnservedM3PerS">Water asked for and not there.</param>
/// <param name="ElectricMw">Electric power of the reclaimed-water plant.</param>
/// <param name="CyclesRatio">Cycles of concentration of the water served.</param>
/// <param name="CityCapReached">Whether the cap of the day was used up in this step.</param>
public readonly record struct WaterStep(
    double SewageM3PerS, double ReclaimedM3PerS, double CityM3PerS, double PlantRejectM3PerS, double TankChangeM3,
    double ServedM3PerS, double UnservedM3PerS, double ElectricMw, double CyclesRatio, bool CityCapReached);

/// <summary>The water system's equations.</summary>
/// <remarks>
/// A step belongs to the day in which it starts. Water in the tank counts with the cycles of the source that fills it.
/// Not modelled: pressure, mixing in the tank, storm water, priority between towers and people.
/// </remarks>
public static class WaterSystem
{
    /// <summary>The state at the start of a run: tank full, nothing drawn today.</summary>
    public static WaterSystemState Start(WaterSystemSpec spec) => new()
    {
        TankM3 = spec.TankM3,
        CyclesRatio = CyclesOf(spec, 0, 0),
    };

    /// <summary>Water that towers may count on in the coming step, other uses served first.</summary>
    public static double AvailableM3PerS(
        WaterSystemSpec spec, in WaterSystemState state, bool plantInService, int dayIndex, double stepS)
    {
        double sources = ReclaimedLimit(spec, plantInService) + CityLimit(spec, state, dayIndex, stepS) + TankLimit(spec, state, stepS);
        return Math.Max(0, sources - spec.OtherUseM3PerS);
    }

    /// <summary>Serves the towers' make-up and other uses for one step.</summary>
    /// <param name="spec">The water system.</param>
    /// <param name="state">What it remembers.</param>
    /// <param name="makeUpNeedM3PerS">Water the towers ask for.</param>
    /// <param name="plantInService">Whether the reclaimed-water plant runs.</param>
    /// <param name="dayIndex">Calendar day, counted from any day; a new number gives a new city allowance.</param>
    /// <param name="stepS">Length of the step.</param>
    public static WaterStep Step(
        WaterSystemSpec spec, ref WaterSystemState state, double makeUpNeedM3PerS, bool plantInService, int dayIndex, double stepS)
    {
        if (dayIndex != state.Day)
        {
            state.Day = dayIndex;
            state.CityTodayM3 = 0;
        }
        double need = makeUpNeedM3PerS + spec.OtherUseM3PerS;
        double reclaimedLimit = ReclaimedLimit(spec, plantInService);
        double cityLimit = CityLimit(spec, state, dayIndex, stepS);

        double reclaimed = Math.Min(need, reclaimedLimit);
        double city = Math.Min(need - reclaimed, cityLimit);
        double drawn = Math.Min(need - reclaimed - city, TankLimit(spec, state, stepS));
        double served = reclaimed + city + drawn;

        double room = Math.Min((spec.TankM3 - state.TankM3) / stepS, spec.TankLimitM3PerS);
        double filled = drawn > 0 ? 0 : Math.Max(0, Math.Min(room, spec.Reclaimed is null ? cityLimit - city : reclaimedLimit - reclaimed));
        if (spec.Reclaimed is null) { city += filled; }
        else { reclaimed += filled; }

        double before = state.TankM3;
        state.TankM3 = Math.Max(0, Math.Min(spec.TankM3, before + (filled - drawn) * stepS));
        state.CityTodayM3 += city * stepS;
        double sewage = spec.Reclaimed is null ? 0 : reclaimed / spec.Reclaimed.RecoveryFraction;
        bool capReached = spec.City is not null && city > 0 && state.CityTodayM3 >= spec.City.DailyCapM3 * (1 - 1e-9);
        double ofReclaimed = reclaimed + drawn - (spec.Reclaimed is null ? 0 : filled);
        state.CyclesRatio = CyclesOf(spec, ofReclaimed, city);
        return new WaterStep(
            sewage, reclaimed, city, sewage - reclaimed, state.TankM3 - before, served, Math.Max(0, need - served),
            (spec.Reclaimed?.EnergyMwhPerM3 ?? 0) * reclaimed * 3600,
            state.CyclesRatio, capReached);
    }

    private static double ReclaimedLimit(WaterSystemSpec spec, bool inService) =>
        inService && spec.Reclaimed is { } plant ? plant.CapacityM3PerS : 0;

    private static double CityLimit(WaterSystemSpec spec, in WaterSystemState state, int dayIndex, double stepS)
    {
        if (spec.City is not { } city) { return 0; }
        double drawnM3 = dayIndex == state.Day ? state.CityTodayM3 : 0;
        return Math.Max(0, Math.Min(city.LimitM3PerS, (city.DailyCapM3 - drawnM3) / stepS));
    }

    private static double TankLimit(WaterSystemSpec spec, in WaterSystemState state, double stepS) =>
        Math.Min(spec.TankLimitM3PerS, state.TankM3 / stepS);

    private static double CyclesOf(WaterSystemSpec spec, double reclaimedM3PerS, double cityM3PerS)
    {
        double ofCity = spec.City?.CyclesRatio ?? spec.Reclaimed?.CyclesRatio ?? 5;
        double ofReclaimed = spec.Reclaimed?.CyclesRatio ?? ofCity;
        return Cycles.OfMixture(reclaimedM3PerS, ofReclaimed, cityM3PerS, ofCity);
    }
}
