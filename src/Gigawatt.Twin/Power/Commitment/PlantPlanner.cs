namespace Gigawatt.Power.Commitment;

/// <summary>What is expected of the coming hours, one entry an hour.</summary>
public sealed record PlantForecast
{
    /// <summary>Simulated time at the beginning of the first hour.</summary>
    public required double FromS { get; init; }

    /// <summary>Power to be prepared for at the campus bus, losses on the way to it and batteries apart.</summary>
    public required IReadOnlyList<double> LoadMw { get; init; }

    /// <summary>Outdoor air.</summary>
    public required IReadOnlyList<double> DryBulbC { get; init; }

    /// <summary>Its wet-bulb temperature.</summary>
    public required IReadOnlyList<double> WetBulbC { get; init; }

    /// <summary>Station pressure.</summary>
    public required double PressurePa { get; init; }

    /// <summary>Price of imported energy.</summary>
    public required IReadOnlyList<double> ImportUsdPerMwh { get; init; }

    /// <summary>Price of fuel for each generating group, lower heating value.</summary>
    public required IReadOnlyList<double> FuelUsdPerMwh { get; init; }

    /// <summary>Upkeep that runs with the energy of each generating group.</summary>
    public required IReadOnlyList<double> UpkeepUsdPerMwh { get; init; }

    /// <summary>Step of load that reserve must cover.</summary>
    public double LoadStepMw { get; init; }
}

/// <summary>Plans the units of a plant as they stand: the question that unit commitment answers for dispatch.</summary>
/// <remarks>
/// Every usable unit enters with its hours on or off, those in maintenance or waiting from the hour at which they are back; failed ones and those that permits and
/// emission caps bar do not. A unit's limits are those of the warmest hour; in cooler ones, where units give d times as much, the load beyond the grid is divided
/// by d, so that as many units are asked for as the hour takes. Reserve is that of the step: so many units, a line, a step of load, the grid, less batteries.
/// Not modelled: losses by load (2 % as in commitment), failures to start, lines other than as a limit on the units behind them.
/// </remarks>
public static class PlantPlanner
{
    private const int LongHours = 10_000;

    /// <summary>Plans the plant; no plan when there is no unit to plan.</summary>
    public static HourlyPlan? Plan(PowerPlant plant, ForesightSpec spec, PlantForecast forecast)
    {
        List<int> groupOf = [];
        CommitmentProblem problem = Problem(plant, spec, forecast, groupOf);
        if (problem.Units.Count == 0) { return null; }
        CommitmentSchedule schedule = spec.Searches ? UnitCommitment.Solve(problem, 0).Schedule : UnitCommitment.Fast(problem);
        return new HourlyPlan(problem, schedule, groupOf.ToArray(), plant.Generators.Length, forecast.FromS);
    }

    /// <summary>The plant's question.</summary>
    /// <param name="plant">The plant as it stands.</param>
    /// <param name="spec">How far it looks ahead.</param>
    /// <param name="forecast">What is expected.</param>
    /// <param name="groupOf">Takes the generating group of each unit.</param>
    public static CommitmentProblem Problem(PowerPlant plant, ForesightSpec spec, PlantForecast forecast, List<int> groupOf)
    {
        List<CommittableUnit> units = [];
        List<int> status = [];
        double[] siteMw = new double[plant.Sites.Length];
        double[] givenMw = new double[forecast.LoadMw.Count];
        double leastMw = 0;
        for (int g = 0; g < plant.Generators.Length; g++)
        {
            GeneratorGroup group = plant.Generators[g];
            UnitConditions warmest = At(group, forecast, 0);
            for (int t = 0; t < givenMw.Length; t++)
            {
                UnitConditions at = At(group, forecast, t);
                givenMw[t] += group.Installed * at.AvailableMw;
                if (at.AvailableMw < warmest.AvailableMw) { warmest = at; }
            }
            leastMw += group.Installed * warmest.AvailableMw;
            if (warmest.AvailableMw > 0) { Add(plant, g, forecast, warmest, siteMw, units, status, groupOf); }
        }
        double gridMw = plant.GridLimitMw;
        double blockMw = Math.Max(Math.Max(LargestMw(units, plant.Dispatch.ReserveUnits), DispatchCommitment.WorstLineMw(plant, out _)), forecast.LoadStepMw);
        if (plant.Dispatch.CoversGridLoss) { blockMw = Math.Max(blockMw, gridMw); }
        double reserveMw = 0, storedMwh = 0;
        foreach (BatteryGroup battery in plant.Batteries)
        {
            reserveMw += battery.ReserveMw(plant.Dispatch.BridgeS);
            storedMwh += battery.MovableMwh;
        }
        CommitmentBattery? moved = spec.MovesBatteries ? Battery(plant) : null;
        bool stands = plant.Dispatch.BatteriesCountAsReserve && moved is null;
        return new CommitmentProblem
        {
            Units = units,
            LoadMw = [.. forecast.LoadMw.Select((load, t) => Levelled(load * DispatchCommitment.LossAllowance, gridMw, leastMw > 0 ? givenMw[t] / leastMw : 1))],
            Import = gridMw > 0 ? new GridImport { LimitMw = gridMw, PriceUsdPerMwh = forecast.ImportUsdPerMwh } : null,
            Reserve = new ReserveRule { LoadStepMw = Math.Max(0, blockMw - (stands ? reserveMw : 0)), BatteryS = plant.Dispatch.BridgeS },
            FuelLines = [.. plant.Sites.Where(site => site.FuelLimitMw < double.MaxValue && units.Any(unit => unit.FuelLine == site.Name))
                .Select(site => new FuelLine { Name = site.Name, LimitMw = Math.Max(1e-6, site.FuelLimitMw) })],
            Battery = moved,
            Start = new CommitmentState
            {
                InStatusHours = [.. status],
                OutputMw = [.. status.Select(hours => hours > 0 ? double.NaN : 0)],
                StoredMwh = moved is null ? 0 : Math.Min(storedMwh, moved.CapacityMwh),
            },
        };
    }

    // As many of the largest units as reserve counts, whichever are on the bus.
    private static double LargestMw(List<CommittableUnit> units, int count)
    {
        double sumMw = 0;
        foreach (CommittableUnit unit in units.OrderByDescending(unit => unit.MaxMw))
        {
            int taken = Math.Min(count, unit.Count);
            sumMw += taken * unit.MaxMw;
            count -= taken;
        }
        return sumMw;
    }

    // In the units of the warmest hour.
    private static double Levelled(double loadMw, double gridMw, double ratio) => ratio <= 1 ? loadMw : Math.Max(0, loadMw - gridMw) / ratio + Math.Min(loadMw, gridMw);

    private static UnitConditions At(GeneratorGroup group, PlantForecast forecast, int hour) =>
        GasTurbine.Conditions(group.Spec, forecast.DryBulbC[hour], forecast.WetBulbC[hour], forecast.PressurePa, group.AgedS);

    private static void Add(
        PowerPlant plant, int g, PlantForecast forecast, in UnitConditions at, double[] siteMw, List<CommittableUnit> units, List<int> status, List<int> groupOf)
    {
        GeneratorGroup group = plant.Generators[g];
        CommittableUnit one = Unit(plant, group, forecast, g, at);
        double unitMw = at.AvailableMw, limitMw = plant.Sites[group.Site].LimitMw;
        List<int> ready = [];
        List<double> later = [];
        for (int i = 0; i < group.Installed; i++)
        {
            ref GasTurbineState unit = ref group.Units[i];
            switch (unit.Mode)
            {
                case UnitMode.Running: ready.Add(Math.Clamp(Hours(forecast.FromS - unit.SinceS), 0, LongHours)); break;
                case UnitMode.Starting: ready.Add(0); break;
                case UnitMode.Off: ready.Add(-Math.Clamp(Hours(forecast.FromS - unit.StoppedS), 1, LongHours)); break;
                case UnitMode.Waiting or UnitMode.Maintained: later.Add(unit.SinceS - forecast.FromS); break;
                default: break;
            }
        }
        // On the bus first, then the hottest; no more than may run, and no more than the line carries.
        int[] sorted = [.. ready.OrderBy(hours => hours < 0).ThenByDescending(hours => hours)];
        int allowed = group.Allowed, count = 0;
        foreach (IGrouping<bool, int> kind in sorted.GroupBy(hours => hours == 0))
        {
            int before = count;
            foreach (int hours in kind)
            {
                if (count == allowed || siteMw[group.Site] >= limitMw) { break; }
                siteMw[group.Site] += unitMw;
                status.Add(hours == 0 ? 1 : hours);
                groupOf.Add(g);
                count++;
            }
            // Hours on are counted from one: a unit that comes to the bus now has its whole least time before it.
            if (count > before) { units.Add(one with { Count = count - before, MinUpS = kind.Key ? Math.Max(3600, one.MinUpS) + 3600 : one.MinUpS }); }
        }
        foreach (double backS in later.Order())
        {
            if (count++ >= allowed || siteMw[group.Site] >= limitMw) { break; }
            siteMw[group.Site] += unitMw;
            status.Add(-LongHours);
            groupOf.Add(g);
            units.Add(backS > 0 ? one with { Maintenance = [new MaintenanceWindow { FromS = 0, ToS = backS }] } : one);
        }
    }

    private static CommittableUnit Unit(PowerPlant plant, GeneratorGroup group, PlantForecast forecast, int g, in UnitConditions at)
    {
        GasTurbineSpec spec = group.Spec;
        double fuelUsd = forecast.FuelUsdPerMwh[g];
        double idleMw = GasTurbine.FuelMw(spec, at, 0);
        double warmUsd = GasTurbine.Start(spec, spec.WarmAfterS).FuelMwh * fuelUsd + spec.StartCostUsd;
        double hotUsd = spec.StartFuelMwh * fuelUsd + spec.StartCostUsd;
        return new CommittableUnit
        {
            Name = group.Name,
            MinMw = Math.Min(at.AvailableMw, spec.LowestFraction * spec.RatedMw),
            MaxMw = at.AvailableMw,
            FuelPriceUsdPerMwh = fuelUsd,
            NoLoadFuelMw = idleMw,
            IncrementalFuelRatio = (GasTurbine.FuelMw(spec, at, at.AvailableMw) - idleMw) / at.AvailableMw,
            IncrementalUsdPerMwh = forecast.UpkeepUsdPerMwh[g],
            HotStartUsd = hotUsd,
            ColdStartUsd = Math.Max(hotUsd, warmUsd),
            HotUntilS = spec.WarmAfterS,
            MinUpS = spec.MinRunS,
            // The start lies in the hours before the first one on.
            MinDownS = spec.MinDownS + spec.StartS,
            RampUpMwPerS = spec.RampMwPerS,
            RampDownMwPerS = spec.RampMwPerS,
            FuelLine = plant.Sites[group.Site].FuelLimitMw < double.MaxValue ? plant.Sites[group.Site].Name : "",
        };
    }

    // All blocks as one: what lies between the charge that reserve may not use and the target.
    private static CommitmentBattery? Battery(PowerPlant plant)
    {
        double ratedMw = 0, roomMwh = 0, kept = 0;
        foreach (BatteryGroup battery in plant.Batteries)
        {
            double mwh = battery.MovableRoomMwh;
            ratedMw += battery.State.Blocks * battery.Spec.RatedMw;
            roomMwh += mwh;
            kept += mwh * Math.Sqrt(Power.Battery.RoundTrip(battery.Spec));
        }
        if (ratedMw <= 0 || roomMwh <= 1e-9) { return null; }
        return new CommitmentBattery { RatedMw = ratedMw, CapacityMwh = roomMwh, OneWayEfficiencyFraction = kept / roomMwh, InitialFraction = 1, FinalFraction = 1 };
    }

    private static int Hours(double lengthS) => (int)Math.Floor(Math.Min(lengthS, 1e8) / 3600 + 1e-9);
}
