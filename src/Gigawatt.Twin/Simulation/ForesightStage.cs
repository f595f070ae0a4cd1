using Gigawatt.Cooling;
using Gigawatt.Power;
using Gigawatt.Power.Commitment;
using Gigawatt.Scenarios;
using Gigawatt.Weather;

namespace Gigawatt.Simulation;

/// <summary>What a run remembers to forecast its load, and what its plans came to.</summary>
public struct ForesightState
{
    /// <summary>Highest IT power that was prepared for in each hour of the last day; not a number before it was seen.</summary>
    internal double[] ItMw;

    /// <summary>Live IT power in those hours.</summary>
    internal double[] LiveMw;

    /// <summary>Hours since the run began, of the step before.</summary>
    internal int Hour;

    /// <summary>Plans made.</summary>
    public int Plans;

    /// <summary>Hours in which the plan was held against what came.</summary>
    public int Hours;

    /// <summary>Sum over those hours of what was forecast for the bus.</summary>
    public double ForecastMwh;

    /// <summary>Sum of what was forecast beyond what came, or the other way, hour by hour.</summary>
    public double MissedMwh;

    /// <summary>Highest power prepared for in the present hour.</summary>
    internal double HighestMw;
}

/// <summary>Plans the units of the coming hours, now and then.</summary>
/// <remarks>
/// The forecast of an hour: IT power as it was prepared for in the same hour of the last day, in proportion to the racks that are live now; the cooling plant's
/// power for it in the weather of that hour, which is known as it will come; prices of the ties in service now; house load and what else runs as now. It knows nothing
/// of failures, of jobs that come, and of racks that are delivered after today.
/// </remarks>
public static class ForesightStage
{
    private const int DayHours = 24;

    /// <summary>Looks at one step and plans when it is time.</summary>
    /// <param name="site">The campus.</param>
    /// <param name="load">Racks and fabric of the step.</param>
    /// <param name="preparedMw">Power that is prepared for at the bus.</param>
    /// <param name="otherMw">What runs behind the step-down transformers besides racks and cooling.</param>
    /// <param name="air">The air of the step.</param>
    /// <param name="startS">Start of the step.</param>
    public static void Step(Site site, in LoadStep load, double preparedMw, double otherMw, in AirState air, double startS)
    {
        if (site.Scenario.Power.Dispatch.Foresight is not { } spec) { return; }
        ref ForesightState state = ref site.Foresight;
        if (state.ItMw is null)
        {
            (state.ItMw, state.LiveMw, state.Hour) = (new double[DayHours], new double[DayHours], -1);
            Array.Fill(state.ItMw, double.NaN);
        }
        int hour = (int)(startS / 3600), at = hour % DayHours;
        if (hour != state.Hour)
        {
            Compare(site, ref state);
            (state.Hour, state.ItMw[at], state.HighestMw) = (hour, 0, 0);
            if (hour % (int)Math.Round(spec.EveryS / 3600) == 0)
            {
                state.ItMw[at] = load.FreeMw;
                state.LiveMw[at] = site.Capacity.LiveMw;
                NewPlan(site, spec, load, otherMw, air, hour);
                state.Plans++;
            }
        }
        state.HighestMw = Math.Max(state.HighestMw, preparedMw);
        state.ItMw[at] = Math.Max(state.ItMw[at], load.FreeMw);
        state.LiveMw[at] = site.Capacity.LiveMw;
    }

    // The hour that has just ended, against what the plan said of it.
    private static void Compare(Site site, ref ForesightState state)
    {
        if (site.Generation.Plant.Plan is not { } plan || state.Hour < 0 || !plan.Covers(state.Hour * 3600.0)) { return; }
        double forecastMw = site.ForecastMw[state.Hour - (int)(plan.FromS / 3600)];
        state.Hours++;
        state.ForecastMwh += forecastMw;
        state.MissedMwh += Math.Abs(forecastMw - state.HighestMw);
    }

    private static void NewPlan(Site site, ForesightSpec spec, in LoadStep load, double otherMw, in AirState air, int hour) =>
        site.Generation.Plant.Plan = PlantPlanner.Plan(site.Generation.Plant, spec, Forecast(site, spec, load, otherMw, air, hour));

    private static PlantForecast Forecast(Site site, ForesightSpec spec, in LoadStep load, double otherMw, in AirState air, int hour)
    {
        Scenario scenario = site.Scenario;
        int hours = spec.HorizonHours;
        double[] loadMw = new double[hours], dry = new double[hours], wet = new double[hours], price = new double[hours];
        double liquid = load.ItMw > 0 ? load.LiquidHeatMw / load.ItMw : 1, airShare = load.ItMw > 0 ? load.AirHeatMw / load.ItMw : 0;
        double waterM3PerS = scenario.Water is null ? 0 : double.PositiveInfinity;
        bool isReserve = scenario.Power.Dispatch.LoadSteps != LoadStepReserve.Prepared;
        WeatherState weather = site.WeatherNow;
        CoolingPlantState loops = site.Cooling;
        for (int t = 0; t < hours; t++)
        {
            AirState then = t == 0 ? air : site.Weather.Advance(ref weather, (hour + t) * 3600.0, 3600);
            (dry[t], wet[t], price[t]) = (then.DryBulbC, then.WetBulbC, site.Generation.Ties.PriceUsdPerMwh((hour + t) % DayHours));
            int of = (hour + t) % DayHours;
            bool isKnown = site.Foresight.ItMw[of] > 0 && site.Foresight.LiveMw[of] > 0;
            double itMw = isKnown ? site.Foresight.ItMw[of] * site.Capacity.LiveMw / site.Foresight.LiveMw[of] : load.FreeMw;
            double coolingMw = 0;
            if (site.CoolingGroups.Length > 0)
            {
                CoolingPlantState scratch = loops;
                coolingMw = CoolingPlant.Step(
                    scenario.Cooling.Plant, site.CoolingGroups, site.CoolingInstalled, site.CoolingInService, ref scratch,
                    new CoolingInput(liquid * itMw, airShare * itMw, then.DryBulbC, then.WetBulbC, then.PressurePa, waterM3PerS, Math.Max(1.05, site.Water.CyclesRatio)), 60).ElectricMw;
            }
            loadMw[t] = Settlement.AskedMw(site, itMw + coolingMw + otherMw, out _);
        }
        site.ForecastMw = loadMw;
        Generation generation = site.Generation;
        GeneratorGroup[] groups = generation.Plant.Generators;
        double gasUsd = scenario.Economics.Gas.HigherToLowerRatio * scenario.Economics.Gas.OnUsdPerMwh(site.Today);
        double[] fuelUsd = new double[groups.Length], upkeepUsd = new double[groups.Length];
        for (int g = 0; g < groups.Length; g++)
        {
            Economics.LeaseSpec? lease = scenario.Power.GasTurbines[generation.ScenarioIndex(g)].Lease;
            fuelUsd[g] = lease is { FuelByLessee: false } ? 0 : gasUsd;
            upkeepUsd[g] = lease is { UpkeepByLessor: true } ? 0 : groups[g].Spec.VariableCostUsdPerMwh;
        }
        return new PlantForecast
        {
            FromS = hour * 3600.0,
            LoadMw = loadMw,
            DryBulbC = dry,
            WetBulbC = wet,
            PressurePa = air.PressurePa,
            ImportUsdPerMwh = price,
            FuelUsdPerMwh = fuelUsd,
            UpkeepUsdPerMwh = upkeepUsd,
            LoadStepMw = isReserve ? site.Transients.LargestStepMw(site) : 0,
        };
    }
}
