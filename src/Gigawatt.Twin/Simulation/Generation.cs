using Gigawatt.Power;
using Gigawatt.Reliability;
using Gigawatt.Scenarios;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Simulation;

/// <summary>The power plant of a scenario with the outages of its units.</summary>
public sealed class Generation
{
    private readonly int[] order;
    private readonly Scenario scenario;
    private readonly int[] toldFailures;
    private readonly int[] toldWorks;
    private readonly double cheapestUsdPerMwh;
    private int hour = -1;

    /// <summary>Composes the plant; nothing is in service yet.</summary>
    public Generation(Scenario scenario, int seed, int run)
    {
        this.scenario = scenario;
        PowerSection power = scenario.Power;
        double fuelUsdPerMwh = scenario.Economics.Gas.HigherToLowerRatio * scenario.Economics.Gas.PriceUsdPerMwh;
        List<string> parcels = [.. scenario.Site.Parcels.Select(p => p.Name)];
        if (parcels.Count == 0) { parcels.Add("site"); }
        PlantSite[] sites = parcels.Select(name => new PlantSite(name)
        {
            Line = power.Lines.FirstOrDefault(line => line.From == name)?.Line,
        }).ToArray();
        // Merit order: least fuel and upkeep per MWh at full load first; ties keep the order of the file.
        order = Enumerable.Range(0, power.GasTurbines.Count).OrderBy(i => MarginalUsdPerMwh(power.GasTurbines[i], fuelUsdPerMwh)).ToArray();
        GeneratorGroup[] generators = order.Select(i => power.GasTurbines[i]).Select(group => new GeneratorGroup(
            group.Name, group.Unit, group.At is { } at ? Math.Max(0, parcels.IndexOf(at)) : 0, group.Count,
            Stream.For(seed, run, group.Name, "start"), group.UsedS)).ToArray();
        cheapestUsdPerMwh = generators.Length == 0 ? double.MaxValue : MarginalUsdPerMwh(power.GasTurbines[order[0]], fuelUsdPerMwh);
        toldFailures = new int[generators.Length];
        toldWorks = new int[generators.Length];
        Plant = new PowerPlant
        {
            Generators = generators,
            Sites = sites,
            Batteries = power.Batteries.Select(group => new BatteryGroup(group.Name, group.Block)).ToArray(),
            StepUp = power.StepUp,
            Dispatch = power.Dispatch,
            GridFirst = power.Grid.Count > 0 && power.Grid.Min(tie => tie.Tie.AtUsdPerMwh(0)) < cheapestUsdPerMwh,
            HigherToLowerRatio = scenario.Economics.Gas.HigherToLowerRatio,
            StartOrder = Enumerable.Range(0, generators.Length).OrderBy(i => StartedUsdPerMwh(power.GasTurbines[order[i]], fuelUsdPerMwh)).ToArray(),
        };
        UnitOutages = generators.Select(group => new UnitOutages(
            new TwoStateUnitSpec { MttfS = group.Spec.MeanTimeToFailureS, MttrS = group.Spec.MeanRepairS },
            seed, run, group.Name, group.Units.Length)).ToArray();
        Permits = new PermitBook(scenario, this);
        Ties = new GridTies(scenario, seed, run);
        LostUnits = new int[generators.Length];
        LostMw = new double[generators.Length];
        LostBlocks = new int[power.Batteries.Count];
        Units = new UnitBook(generators, scenario.Economics.Gas.HigherToLowerRatio * scenario.Economics.Gas.Co2KgPerMwh);
        BatteryOutages = power.Batteries.Select(group => new UnitOutages(
            new TwoStateUnitSpec { MttfS = group.Block.MeanTimeToFailureS, MttrS = group.Block.MeanRepairS },
            seed, run, group.Name, group.Count)).ToArray();
    }

    /// <summary>The plant.</summary>
    public PowerPlant Plant { get; }

    /// <summary>Outages of generating units, in the plant's order.</summary>
    public UnitOutages[] UnitOutages { get; }

    /// <summary>Outages of battery blocks.</summary>
    public UnitOutages[] BatteryOutages { get; }

    /// <summary>Emissions by permit and what their caps leave.</summary>
    public PermitBook Permits { get; }

    /// <summary>Connections to utilities.</summary>
    public GridTies Ties { get; }

    /// <summary>Price of imported energy now: the mean of the ties in service, by what they allow.</summary>
    public double GridUsdPerMwh => Ties.UsdPerMwh;

    /// <summary>What dispatch did in the last step.</summary>
    public PowerStep Last { get; internal set; }

    /// <summary>Running units that failed since the last step, by generating group.</summary>
    public int[] LostUnits { get; }

    /// <summary>Their output.</summary>
    public double[] LostMw { get; }

    /// <summary>Battery blocks that failed since the last step.</summary>
    public int[] LostBlocks { get; }

    /// <summary>Import that failed with utilities since the last step.</summary>
    public double LostImportMw { get; private set; }

    /// <summary>Whether the last tie that held frequency failed.</summary>
    public bool HasLostFrequency { get; private set; }

    /// <summary>Whether anything failed since the last step.</summary>
    public bool HasLosses { get; private set; }

    /// <summary>Import at the end of the last step through ties that hold frequency and are still there.</summary>
    public double HeldImportMw => Ties.LimitMw > 0 ? Math.Max(0, Last.GridMw - LostImportMw) * Ties.HoldingMw / Ties.LimitMw : 0;

    /// <summary>What one block of a battery group gave at the end of the last step; negative while it charged.</summary>
    public double LastNetBatteryMw(int group)
    {
        double ratedMw = 0;
        foreach (BatteryGroup battery in Plant.Batteries) { ratedMw += battery.State.Blocks * battery.Spec.RatedMw; }
        return ratedMw > 0 ? (Last.DischargeMw - Last.ChargeMw) * Plant.Batteries[group].Spec.RatedMw / ratedMw : 0;
    }

    /// <summary>What failed has been looked at.</summary>
    internal void ForgetLosses()
    {
        if (!HasLosses) { return; }
        Array.Clear(LostUnits);
        Array.Clear(LostMw);
        Array.Clear(LostBlocks);
        LostImportMw = 0;
        HasLostFrequency = HasLosses = false;
    }

    /// <summary>What each generating group ran, burnt and emitted.</summary>
    public UnitBook Units { get; }

    private static double MarginalUsdPerMwh(GeneratorGroupSpec group, double fuelUsdPerMwh) =>
        GasTurbine.MarginalUsdPerMwh(Paid(group), group.Lease is { FuelByLessee: false } ? 0 : fuelUsdPerMwh);

    private static double StartedUsdPerMwh(GeneratorGroupSpec group, double fuelUsdPerMwh) =>
        GasTurbine.StartedUsdPerMwh(Paid(group), group.Lease is { FuelByLessee: false } ? 0 : fuelUsdPerMwh);

    // The unit as its operator pays for it.
    private static GasTurbineSpec Paid(GeneratorGroupSpec group) =>
        group.Lease is { UpkeepByLessor: true } ? group.Unit with { VariableCostUsdPerMwh = 0 } : group.Unit;

    /// <summary>Index of a generating group in the scenario's list.</summary>
    public int ScenarioIndex(int generator) => order[generator];

    /// <summary>Midnight: gas lines in service, ageing, planned work.</summary>
    public void NewDay(Site site, double nowS)
    {
        for (int s = 0; s < Plant.Sites.Length; s++)
        {
            double limitMw = 0;
            bool isLimited = false;
            foreach (FuelLineSpec line in scenario.Power.FuelLines)
            {
                if ((line.At ?? Plant.Sites[0].Name) != Plant.Sites[s].Name) { continue; }
                isLimited = true;
                if (line.Online is not { } first || site.Today >= first) { limitMw += line.LimitMw; }
            }
            Plant.Sites[s].FuelLimitMw = isLimited ? limitMw : double.MaxValue;
        }
        Ties.NewDay(site.Today, nowS);
        Plant.GridLimitMw = Ties.LimitMw;
        foreach (GeneratorGroup group in Plant.Generators)
        {
            group.Age(nowS);
            if (group.Spec.Maintenance is { } rule) { Maintain(site, group, rule, nowS); }
        }
        Plant.HighestWantedMw = 0;
    }

    // Units at their limit first; then, one by one, those within the allowance while yesterday's need is met without them.
    private void Maintain(Site site, GeneratorGroup group, MaintenanceSpec rule, double nowS)
    {
        for (int i = 0; i < group.Installed; i++)
        {
            if (group.DueFraction(i, nowS, out _) >= 1 && group.Maintain(i, nowS)) { Begun(site, group, nowS); }
        }
        while (nowS > 0 && group.Maintained < rule.AtOnce && Maintenance.InSeason(rule, site.Today.Month) && Suffices(group))
        {
            int nearest = -1;
            double most = 1 - rule.AllowanceFraction;
            for (int i = 0; i < group.Installed; i++)
            {
                if (group.Units[i].Mode is UnitMode.Failed or UnitMode.Maintained) { continue; }
                double gone = group.DueFraction(i, nowS, out _);
                if (gone >= most) { (nearest, most) = (i, gone); }
            }
            if (nearest < 0 || !group.Maintain(nearest, nowS)) { return; }
            Begun(site, group, nowS);
        }
    }

    private static void Begun(Site site, GeneratorGroup group, double nowS) => site.Tell(nowS, EventKind.MaintenanceBegun, group.Name, group.Spec.RatedMw);

    private bool Suffices(GeneratorGroup less)
    {
        double usableMw = 0;
        for (int i = 0; i < Plant.Generators.Length; i++)
        {
            usableMw += (Plant.Generators[i].Usable - (Plant.Generators[i] == less ? 1 : 0)) * Plant.UnitMw[i];
        }
        return usableMw >= Plant.HighestWantedMw;
    }

    // Prices by the hour: which is cheaper, the grid or the cheapest unit, may change.
    private void NewHour(int hourOfDay)
    {
        if (hourOfDay == hour || !Ties.HasHourlyPrices) { return; }
        hour = hourOfDay;
        Ties.NewHour(hourOfDay);
        double lowestUsd = double.MaxValue;
        foreach (GridGroupSpec tie in scenario.Power.Grid) { lowestUsd = Math.Min(lowestUsd, tie.Tie.AtUsdPerMwh(hourOfDay)); }
        Plant.GridFirst = lowestUsd < cheapestUsdPerMwh;
    }

    /// <summary>Lets outages and repairs up to a time happen.</summary>
    public void Fail(Site site, double untilS)
    {
        for (int i = 0; i < UnitOutages.Length; i++)
        {
            GeneratorGroup group = Plant.Generators[i];
            for (; toldFailures[i] < group.StartFailureCount; toldFailures[i]++) { site.Tell(untilS, EventKind.StartFailed, group.Name, group.Spec.RatedMw); }
            for (; toldWorks[i] < group.MaintenanceCount; toldWorks[i]++) { site.Tell(untilS, EventKind.MaintenanceDone, group.Name, group.Spec.RatedMw); }
            while (UnitOutages[i].TryNext(untilS, out int unit, out bool isUp, out double timeS))
            {
                if (isUp)
                {
                    group.Repair(unit);
                    site.Tell(timeS, EventKind.UnitRepaired, group.Name, group.Spec.RatedMw);
                }
                else
                {
                    int running = group.Running;
                    double lostMw = group.Fail(unit);
                    LostUnits[i] += running - group.Running;
                    LostMw[i] += lostMw;
                    HasLosses |= lostMw > 0;
                    site.Tell(timeS, EventKind.UnitTrip, group.Name, lostMw);
                }
            }
        }
        for (int i = 0; i < BatteryOutages.Length; i++)
        {
            BatteryGroup group = Plant.Batteries[i];
            bool changed = false;
            while (BatteryOutages[i].TryNext(untilS, out _, out bool isUp, out double timeS))
            {
                changed = true;
                LostBlocks[i] += isUp ? 0 : 1;
                HasLosses |= !isUp;
                site.Tell(timeS, isUp ? EventKind.BatteryRepaired : EventKind.BatteryTrip, group.Name, group.Spec.RatedMw);
            }
            if (changed) { site.Books.EnergyLeftMwh += group.Resize(BatteryOutages[i].AvailableUnits); }
        }
        NewHour((int)(untilS / 3600) % 24);
        Ties.Fail(site, untilS, Last.GridMw, out double lostImportMw, out bool lostFrequency);
        LostImportMw += lostImportMw;
        HasLostFrequency |= lostFrequency;
        HasLosses |= lostImportMw > 0 || lostFrequency;
        Plant.GridLimitMw = Ties.LimitMw;
    }
}
