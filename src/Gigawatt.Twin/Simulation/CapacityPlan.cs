using Gigawatt.Cooling;
using Gigawatt.Power;
using Gigawatt.Scenarios;
using Gigawatt.Weather;

namespace Gigawatt.Simulation;

/// <summary>Works out, once a day, what IT power each constraint alone would allow, and makes as many racks live.</summary>
/// <remarks>
/// Everything is brought to MW of IT power at full load: racks by their full power, heat through the heat that a MW of IT
/// brings with pumps and fans, generation through losses and the cooling power of the design day, floor and ports through
/// the mean rack. Not modelled: mixing of constraints by rack type.
/// </remarks>
public static class CapacityPlan
{
    /// <summary>Updates capacity, live racks and what the day's record shows of them.</summary>
    /// <param name="site">The campus.</param>
    /// <param name="permitted">Generating units that permits allow, in the scenario's order.</param>
    public static void Update(Site site, int[] permitted)
    {
        Scenario scenario = site.Scenario;
        double deliveredMw = 0, commissionedMw = 0, gpus = 0, footprintM2 = 0, racks = 0, airMw = 0;
        foreach (RackGroup rack in site.Racks)
        {
            deliveredMw += rack.Delivered * rack.FullMw;
            commissionedMw += rack.Commissioned * rack.FullMw;
            gpus += rack.Delivered * rack.GpusPerRack;
            racks += rack.Delivered;
            footprintM2 += rack.Delivered * rack.Spec.Rack.FootprintM2;
            airMw += rack.Delivered * Compute.Rack.Power(rack.Spec.Rack, 1, 1).AirHeatMw;
        }
        if (racks == 0)
        {
            // Before the first delivery the mean rack is the first one ordered.
            RackGroup first = site.Racks[0];
            (racks, gpus, footprintM2) = (1, first.GpusPerRack, first.Spec.Rack.FootprintM2);
            airMw = Compute.Rack.Power(first.Spec.Rack, 1, 1).AirHeatMw;
        }
        double meanRackMw = deliveredMw > 0 ? deliveredMw / racks : site.Racks[0].FullMw;
        double mwPerGpu = meanRackMw * racks / gpus;
        double airFraction = airMw / (meanRackMw * racks);
        Capacity capacity = default;
        for (int i = 0; i < Capacity.Kinds; i++) { capacity.AllowsMw[i] = double.PositiveInfinity; }
        capacity.AllowsMw[(int)Constraint.Racks] = deliveredMw;
        // Commissioning and permits hold something back or do not limit at all.
        if (commissionedMw < deliveredMw) { capacity.AllowsMw[(int)Constraint.Commissioning] = commissionedMw; }
        capacity.AllowsMw[(int)Constraint.Floor] = FloorMw(site, meanRackMw * racks / footprintM2);
        site.FabricMwPerGpu = 0;
        if (scenario.Compute.Fabrics.Count > 0)
        {
            double ports = 0, fabricMw = 0;
            foreach (FabricGroupSpec fabric in scenario.Compute.Fabrics)
            {
                int joined = site.Programme.UnitsOn(fabric.Name, site.Today);
                ports += joined;
                fabricMw += joined * fabric.Fabric.PowerMwPerGpu;
            }
            site.FabricMwPerGpu = ports > 0 ? fabricMw / ports : 0;
            capacity.AllowsMw[(int)Constraint.Fabric] = ports * mwPerGpu;
        }
        // What one MW of racks brings along: fabric switches, then everything that cools, then what transformers lose.
        double itPerRackMw = 1 + site.FabricMwPerGpu / mwPerGpu;
        double coolingPerItMw = 0;
        if (site.CoolingUnits.Length > 0)
        {
            DesignDay design = Cool(site, commissionedMw, itPerRackMw, airFraction);
            coolingPerItMw = design.ElectricPerItMw;
            capacity.AllowsMw[(int)Constraint.Cooling] = design.HeatMw / design.HeatPerItMw / itPerRackMw;
            site.Day.CoolingDesignMw = design.HeatMw;
        }
        if (site.Generation.Plant.Generators.Length > 0 || scenario.Power.Grid.Count > 0)
        {
            TransformerSpec down = scenario.Power.StepDown;
            double lossFraction = down.NoLoadLossFraction * down.SizingRatio + down.LoadLossFraction / down.SizingRatio;
            double busPerItMw = itPerRackMw * (1 + coolingPerItMw) * (1 + lossFraction);
            double houseMw = scenario.Compute.HouseLoadMw;
            capacity.AllowsMw[(int)Constraint.Power] = Math.Max(0, FirmMw(site, null) - houseMw) / busPerItMw;
            if (HoldBack(site, permitted))
            {
                capacity.AllowsMw[(int)Constraint.Permits] = Math.Max(0, FirmMw(site, permitted) - houseMw) / busPerItMw;
            }
            site.StepDownMw = down.SizingRatio * commissionedMw * itPerRackMw * (1 + coolingPerItMw);
        }
        capacity.Settle();
        site.Capacity = capacity;
        MakeLive(site, capacity.LiveMw);
        FillDay(site);
    }

    private static void MakeLive(Site site, double liveMw)
    {
        double leftMw = liveMw;
        foreach (RackGroup rack in site.Racks)
        {
            rack.Live = Math.Min(rack.Commissioned, (int)Math.Floor(leftMw / rack.FullMw + 1e-9));
            leftMw -= rack.Live * rack.FullMw;
        }
    }

    private static double FloorMw(Site site, double mwPerM2)
    {
        if (site.Scenario.Site.Floors.Count == 0) { return double.PositiveInfinity; }
        double areaM2 = 0;
        foreach (FloorSpec floor in site.Scenario.Site.Floors)
        {
            if (floor.Online is not { } first || site.Today >= first) { areaM2 += floor.AreaM2; }
        }
        return areaM2 * mwPerM2;
    }

    private static bool HoldBack(Site site, int[] permitted)
    {
        GeneratorGroup[] generators = site.Generation.Plant.Generators;
        for (int i = 0; i < generators.Length; i++)
        {
            if (permitted[site.Generation.ScenarioIndex(i)] < generators[i].Installed) { return true; }
        }
        return false;
    }

    private static double FirmMw(Site site, int[]? permitted)
    {
        PowerPlant plant = site.Generation.Plant;
        Span<int> units = plant.Generators.Length <= 128 ? stackalloc int[plant.Generators.Length] : new int[plant.Generators.Length];
        for (int i = 0; i < units.Length; i++)
        {
            units[i] = permitted is null
                ? plant.Generators[i].Installed
                : Math.Min(plant.Generators[i].Installed, permitted[site.Generation.ScenarioIndex(i)]);
        }
        double batteryMw = 0;
        for (int i = 0; i < plant.Batteries.Length; i++)
        {
            BatterySpec block = plant.Batteries[i].Spec;
            double usableMwh = block.CapacityMwh * (1 - plant.Batteries[i].State.LostFraction)
                * (block.TargetChargeFraction - BatteryRoles.KeptFromReserveFraction(block));
            batteryMw += site.Generation.BatteryOutages[i].InstalledUnits
                * Math.Min(block.RatedMw, usableMwh * 3600 / plant.Dispatch.BridgeS);
        }
        double pressurePa = Psychrometrics.StationPressurePa(site.Scenario.Site.ElevationM);
        double auxiliaryMw = 0;
        foreach (BatteryGroup battery in plant.Batteries)
        {
            auxiliaryMw += Battery.AuxiliaryMw(battery.Spec, battery.State, site.Scenario.Site.DesignDryBulbC);
        }
        return Dispatch.FirmMw(
            plant, units, plant.GridLimitMw, site.Scenario.Site.DesignDryBulbC, pressurePa, batteryMw,
            site.Scenario.Site.DesignWetBulbC) - auxiliaryMw;
    }

    private readonly record struct DesignDay(double HeatMw, double HeatPerItMw, double ElectricPerItMw);

    // The cooling plant on the design day with every unit that is there, at the load that its heat capacity allows or that
    // stands ready, whichever is less.
    private static DesignDay Cool(Site site, double readyMw, double itPerRackMw, double airFraction)
    {
        SiteSection spec = site.Scenario.Site;
        CoolingPlantSpec plant = site.Scenario.Cooling.Plant;
        int[] installed = new int[site.CoolingUnits.Length];
        double nameplateMw = 0;
        for (int i = 0; i < installed.Length; i++)
        {
            installed[i] = site.CoolingUnits[i].Outages.InstalledUnits;
            nameplateMw += installed[i] * site.CoolingGroups[i].RatedMw;
        }
        site.Day.CoolingNameplateMw = nameplateMw;
        double pressurePa = Psychrometrics.StationPressurePa(spec.ElevationM);
        if (!installed.AsSpan().SequenceEqual(site.PlannedCoolingUnits))
        {
            // The search for the plant's capacity takes a tenth of a day's steps: only when its units have changed.
            site.PlannedCoolingUnits = installed;
            site.PlannedHeatMw = CoolingPlant.PlanningCapacityMw(
                plant, site.CoolingGroups, installed, spec.DesignDryBulbC, spec.DesignWetBulbC, pressurePa);
        }
        double heatMw = site.PlannedHeatMw;
        double heatPerItMw = CoolingPlant.HeatPerItRatio(plant, 1 - airFraction);
        double itMw = Math.Min(readyMw * itPerRackMw, heatMw / heatPerItMw);
        if (itMw <= 0) { return new DesignDay(heatMw, heatPerItMw, 0); }
        CoolingPlantState scratch = default;
        CoolingStep step = CoolingPlant.Step(
            plant, site.CoolingGroups, installed, installed, ref scratch,
            new CoolingInput(
                itMw * (1 - airFraction), itMw * airFraction, spec.DesignDryBulbC, spec.DesignWetBulbC, pressurePa,
                double.PositiveInfinity, 5),
            60);
        return new DesignDay(heatMw, heatPerItMw, step.ElectricMw / itMw);
    }

    private static void FillDay(Site site)
    {
        ref DayRecord day = ref site.Day;
        PowerPlant plant = site.Generation.Plant;
        day.InstalledGenerationMw = day.BatteryMwh = 0;
        day.InstalledTurbines = day.InstalledGpus = day.LiveGpus = 0;
        for (int i = 0; i < plant.Generators.Length; i++)
        {
            GeneratorGroup group = plant.Generators[i];
            day.InstalledGenerationMw += group.Installed * group.Spec.RatedMw;
            day.InstalledTurbines += group.Installed;
        }
        for (int i = 0; i < plant.Batteries.Length; i++)
        {
            day.BatteryMwh += site.Generation.BatteryOutages[i].InstalledUnits * plant.Batteries[i].Spec.CapacityMwh
                * (1 - plant.Batteries[i].State.LostFraction);
        }
        day.GridLimitMw = plant.GridLimitMw;
        foreach (RackGroup rack in site.Racks)
        {
            day.InstalledGpus += rack.Delivered * rack.GpusPerRack;
            day.LiveGpus += rack.Live * rack.GpusPerRack;
        }
        day.Capacity = site.Capacity;
    }
}
