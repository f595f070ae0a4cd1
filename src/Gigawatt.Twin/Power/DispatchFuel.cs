namespace Gigawatt.Power;

/// <summary>Fuel of a step: what starts and running units burn, what a gas line lets them, what leaves their stacks.</summary>
internal static class DispatchFuel
{
    private const int Halvings = 40;

    /// <summary>Fuel of starts under way, group by group and parcel by parcel; returns the sum.</summary>
    /// <remarks>A start burns its fuel evenly from the order to readiness, without emission control.</remarks>
    public static double Starts(PowerPlant plant, double nowS, double stepS)
    {
        double sumMw = 0;
        Array.Clear(plant.SiteStartFuelMw);
        foreach (GeneratorGroup group in plant.Generators)
        {
            group.FuelMw = 0;
            if (group.Starting == 0) { continue; }
            for (int i = 0; i < group.Installed; i++)
            {
                ref GasTurbineState unit = ref group.Units[i];
                if (unit.Mode != UnitMode.Starting || unit.StartingS <= 0) { continue; }
                double activeS = Math.Min(stepS, unit.SinceS - nowS);
                group.FuelMw += unit.StartFuelMwh * activeS / unit.StartingS * 3600 / stepS;
            }
            plant.SiteStartFuelMw[group.Site] += group.FuelMw;
            sumMw += group.FuelMw;
        }
        return sumMw;
    }

    /// <summary>What a group burns besides its starts; leaves its fuel and nitrogen oxides with the group.</summary>
    public static double Burn(PowerPlant plant, int generator)
    {
        GeneratorGroup group = plant.Generators[generator];
        UnitEmissions emissions = group.Spec.Emissions;
        double startMw = group.FuelMw, runMw = 0, noxKgPerMwh = 0;
        if (group.Running > 0)
        {
            double unitMw = group.OutputMw / group.Running;
            runMw = group.Running * GasTurbine.FuelMw(group.Spec, plant.Conditions[generator], unitMw);
            // On a hot day a unit at full load may be below the load that its guarantee names.
            bool isFull = unitMw >= plant.UnitMw[generator] * (1 - 1e-9);
            noxKgPerMwh = Emissions.NoxKgPerMwh(isFull ? emissions.NoxPpm : Emissions.NoxPpm(emissions, unitMw / group.Spec.RatedMw));
        }
        group.FuelMw = startMw + runMw;
        group.NoxKgPerS = plant.HigherToLowerRatio / 3600
            * (runMw * noxKgPerMwh + startMw * Emissions.NoxKgPerMwh(emissions.UncontrolledNoxPpm));
        return runMw;
    }

    /// <summary>Load that the running units of a group could take at a blow.</summary>
    public static double BlockLoadMw(PowerPlant plant, int generator)
    {
        GeneratorGroup group = plant.Generators[generator];
        double headMw = Math.Max(0, group.Running * plant.UnitMw[generator] - group.OutputMw);
        return Math.Min(headMw, group.Running * group.Spec.BlockLoadFraction * group.Spec.RatedMw);
    }

    /// <summary>Output that a gas line sustains with the parcel's thirstiest units at full load: a basis for commitment.</summary>
    public static double SteadyCapMw(PowerPlant plant, int site)
    {
        double limitMw = plant.Sites[site].FuelLimitMw;
        if (limitMw == double.MaxValue) { return limitMw; }
        double worst = 1;
        for (int i = 0; i < plant.Generators.Length; i++)
        {
            GeneratorGroup group = plant.Generators[i];
            if (group.Site != site || plant.UnitMw[i] <= 0) { continue; }
            worst = Math.Max(worst, GasTurbine.FuelMw(group.Spec, plant.Conditions[i], plant.UnitMw[i]) / plant.UnitMw[i]);
        }
        return limitMw / worst;
    }

    /// <summary>Most that the running units of a parcel can send, with its line and its gas line.</summary>
    public static double ReachMw(PowerPlant plant, int site)
    {
        double linesMw = Math.Min(plant.SiteRunningMw[site], plant.Sites[site].LimitMw);
        double limitMw = plant.Sites[site].FuelLimitMw - plant.SiteStartFuelMw[site];
        if (plant.Sites[site].FuelLimitMw == double.MaxValue || plant.SiteRunningMw[site] <= 0) { return linesMw; }
        double high = linesMw / plant.SiteRunningMw[site];
        if (RunningFuelMw(plant, site, high) <= limitMw) { return linesMw; }
        double low = 0;
        for (int i = 0; i < Halvings; i++)
        {
            double middle = 0.5 * (low + high);
            if (RunningFuelMw(plant, site, middle) <= limitMw) { low = middle; }
            else { high = middle; }
        }
        return low * plant.SiteRunningMw[site];
    }

    private static double RunningFuelMw(PowerPlant plant, int site, double share)
    {
        double fuelMw = 0;
        for (int i = 0; i < plant.Generators.Length; i++)
        {
            GeneratorGroup group = plant.Generators[i];
            if (group.Site == site && group.Running > 0)
            {
                fuelMw += group.Running * GasTurbine.FuelMw(group.Spec, plant.Conditions[i], share * plant.UnitMw[i]);
            }
        }
        return fuelMw;
    }
}
