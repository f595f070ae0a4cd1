using Gigawatt.Cooling;
using Gigawatt.Power;
using Gigawatt.Water;
using Gigawatt.Weather;

namespace Gigawatt.Simulation;

/// <summary>One step of a whole campus: a list of calls, top to bottom. Numbers run one way; feedback is only through state.</summary>
/// <remarks>
/// What power and cooling could not give acts on the load one step later, as real controllers feel it.
/// What is faster than a step is asked of <see cref="TransientStage"/> where it begins; see <see cref="Settlement"/> for a shortfall inside a step.
/// </remarks>
public static class SiteStep
{
    /// <summary>Steps the campus from <paramref name="startS"/>, seconds since the run began, for <paramref name="stepS"/>.</summary>
    public static SiteRow Step(Site site, double startS, double stepS)
    {
        Calendar.FallDue(site, startS, stepS);
        AirState air = site.Weather.Advance(ref site.WeatherNow, startS, stepS);

        JobsStep jobs = JobStage.Step(site, startS, stepS);
        LoadStep load = LoadStage.Step(site, stepS);
        TransientStage.Step(site, load.ItMw, startS);
        WaveStage.Step(site, stepS);
        CoolingStep cooling = CoolingStage.Step(site, load, air, stepS);
        WaterStep water = WaterStage.Step(site, cooling, startS, stepS);

        double behindMw = load.ItMw + cooling.ElectricMw + water.ElectricMw + site.Scenario.Compute.HouseLoadMw;
        double askedMw = Settlement.AskedMw(site, behindMw, out double lossMw);
        double freeMw = Math.Max(0, load.FreeMw - load.ItMw);
        (double prepareMw, double loadStepMw) = Prepared(site, askedMw, freeMw);
        ForesightStage.Step(site, load, prepareMw, water.ElectricMw + site.Scenario.Compute.HouseLoadMw, air, startS);
        PowerStep power = Dispatch.Step(
            site.Generation.Plant, new DispatchInput(askedMw, prepareMw, loadStepMw, air.DryBulbC, air.WetBulbC, air.PressurePa, startS, stepS));
        site.Generation.Permits.Book(stepS);
        site.Generation.Last = power;

        ServedStep served = Settlement.Step(site, load, cooling, power, lossMw, stepS);
        LimitsStage.Step(site, load, cooling, power, startS, stepS);
        site.Books.Book(site, jobs, load, cooling, power, water, served, stepS);
        site.Network.Step(site, air.DryBulbC, power, served, stepS);
        return new SiteRow(air, jobs, load, cooling, water, power, served);
    }

    // What is prepared for holds the step of a job's return already, unless the step is reserve's to cover.
    private static (double PrepareMw, double LoadStepMw) Prepared(Site site, double askedMw, double freeMw) => site.Scenario.Power.Dispatch.LoadSteps switch
    {
        LoadStepReserve.Prepared => (askedMw + freeMw, 0),
        LoadStepReserve.Block => (askedMw, Math.Min(freeMw, site.Transients.LargestStepMw(site))),
        _ => (askedMw, 0),
    };
}

/// <summary>What every stage returned in one step; this is what is recorded.</summary>
/// <param name="Air">Outdoor air.</param>
/// <param name="Jobs">GPU-time of jobs.</param>
/// <param name="Load">Racks and fabric, asked.</param>
/// <param name="Cooling">Heat rejection, asked.</param>
/// <param name="Water">Water.</param>
/// <param name="Power">Supply.</param>
/// <param name="Served">What the facility got.</param>
public readonly record struct SiteRow(
    AirState Air, JobsStep Jobs, LoadStep Load, CoolingStep Cooling, WaterStep Water, PowerStep Power, ServedStep Served);
