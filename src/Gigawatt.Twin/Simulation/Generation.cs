using Gigawatt.Power;
using Gigawatt.Reliability;
using Gigawatt.Scenarios;

namespace Gigawatt.Simulation;

/// <summary>The power plant of a scenario with the outages of its units.</summary>
public sealed class Generation
{
    private readonly int[] order;

    /// <summary>Composes the plant; nothing is in service yet.</summary>
    public Generation(Scenario scenario, int seed, int run)
    {
        PowerSection power = scenario.Power;
        List<string> parcels = [.. scenario.Site.Parcels.Select(p => p.Name)];
        if (parcels.Count == 0) { parcels.Add("site"); }
        PlantSite[] sites = parcels.Select(name => new PlantSite(name)
        {
            Line = power.Lines.FirstOrDefault(line => line.From == name)?.Line,
        }).ToArray();
        // Merit order: least fuel per MWh at full load first; ties keep the order of the file.
        order = Enumerable.Range(0, power.GasTurbines.Count).OrderBy(i => power.GasTurbines[i].Unit.HeatRateRatio).ToArray();
        GeneratorGroup[] generators = order.Select(i => power.GasTurbines[i]).Select(group => new GeneratorGroup(
            group.Name, group.Unit, group.At is { } at ? Math.Max(0, parcels.IndexOf(at)) : 0, group.Count)).ToArray();
        double fuelUsdPerMwh = generators.Length == 0 ? double.MaxValue
            : generators[0].Spec.HeatRateRatio * scenario.Economics.Gas.HigherToLowerRatio * scenario.Economics.Gas.PriceUsdPerMwh;
        Plant = new PowerPlant
        {
            Generators = generators,
            Sites = sites,
            Batteries = power.Batteries.Select(group => new BatteryGroup(group.Name, group.Block)).ToArray(),
            StepUp = power.StepUp,
            Dispatch = power.Dispatch,
            GridFirst = power.Grid.Count > 0 && power.Grid.Min(tie => tie.Tie.PriceUsdPerMwh) < fuelUsdPerMwh,
        };
        UnitOutages = generators.Select(group => new UnitOutages(
            new TwoStateUnitSpec { MttfS = group.Spec.MeanTimeToFailureS, MttrS = group.Spec.MeanRepairS },
            seed, run, group.Name, group.Units.Length)).ToArray();
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

    /// <summary>Price of imported energy today: the mean of the ties in service, by what they allow.</summary>
    public double GridUsdPerMwh { get; internal set; }

    /// <summary>Index of a generating group in the scenario's list.</summary>
    public int ScenarioIndex(int generator) => order[generator];

    /// <summary>Lets outages and repairs up to a time happen.</summary>
    public void Fail(Site site, double untilS)
    {
        for (int i = 0; i < UnitOutages.Length; i++)
        {
            GeneratorGroup group = Plant.Generators[i];
            while (UnitOutages[i].TryNext(untilS, out int unit, out bool isUp, out double timeS))
            {
                if (isUp)
                {
                    group.Repair(unit);
                    site.Tell(timeS, EventKind.UnitRepaired, group.Name, group.Spec.RatedMw);
                }
                else
                {
                    double lostMw = group.Fail(unit);
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
                site.Tell(timeS, isUp ? EventKind.BatteryRepaired : EventKind.BatteryTrip, group.Name, group.Spec.RatedMw);
            }
            if (changed) { site.Books.EnergyLeftMwh += group.Resize(BatteryOutages[i].AvailableUnits); }
        }
    }
}
