using Gigawatt.Scenarios;

namespace Gigawatt.Simulation;

/// <summary>What falls due: deliveries, energisations and expiries at midnight; failures and repairs at their own times.</summary>
public static class Calendar
{
    /// <summary>Everything due up to the end of a step that begins at <paramref name="startS"/>.</summary>
    public static void FallDue(Site site, double startS, double stepS)
    {
        DateOnly day = site.From.AddDays((int)(startS / 86400));
        if (day != site.Today)
        {
            site.Today = day;
            site.CityCapTold = false;
            NewDay(site, startS);
        }
        site.Generation.Fail(site, startS);
        for (int i = 0; i < site.CoolingUnits.Length; i++)
        {
            CoolingUnits units = site.CoolingUnits[i];
            while (units.Outages.TryNext(startS, out _, out bool isUp, out double timeS))
            {
                site.Tell(timeS, isUp ? EventKind.ChillerRepaired : EventKind.ChillerTrip, units.Name, units.Group.RatedMw);
            }
            site.CoolingInstalled[i] = units.Outages.InstalledUnits;
            site.CoolingInService[i] = units.Outages.AvailableUnits;
        }
        foreach (RackGroup rack in site.Racks) { rack.Mend(startS, stepS); }
    }

    private static void NewDay(Site site, double nowS)
    {
        Scenario scenario = site.Scenario;
        Programme programme = site.Programme;
        DateOnly day = site.Today;

        site.Generation.Permits.NewDay(site, nowS);
        int[] permitted = site.Generation.Permits.Permitted(programme, day, out site.Day.PermittedGenerationMw);
        for (int i = 0; i < site.Generation.Plant.Generators.Length; i++)
        {
            Power.GeneratorGroup group = site.Generation.Plant.Generators[i];
            int installed = programme.UnitsOn(group.Name, day);
            if (installed != group.Installed) { site.Tell(nowS, EventKind.Online, group.Name, installed - group.Installed); }
            group.Resize(installed, permitted[site.Generation.ScenarioIndex(i)]);
            site.Generation.UnitOutages[i].Install(installed, nowS);
        }
        foreach (Buildout.PermitSpec permit in scenario.Buildout.Permits)
        {
            double limitMw = permit.LimitMw ?? 0;
            if (day == permit.Issued) { site.Tell(nowS, EventKind.PermitIssued, permit.Name, limitMw); }
            if (permit.Expires is { } last && day == last.AddDays(1)) { site.Tell(nowS, EventKind.PermitExpired, permit.Name, limitMw); }
        }
        for (int i = 0; i < site.Generation.Plant.Batteries.Length; i++)
        {
            Power.BatteryGroup group = site.Generation.Plant.Batteries[i];
            site.Books.EnergyLeftMwh += group.Age();
            int blocks = programme.UnitsOn(group.Name, day);
            Reliability.UnitOutages outages = site.Generation.BatteryOutages[i];
            if (blocks == outages.InstalledUnits) { continue; }
            site.Tell(nowS, EventKind.Online, group.Name, blocks - outages.InstalledUnits);
            outages.Install(blocks, nowS);
            site.Books.EnergyLeftMwh += group.Resize(outages.AvailableUnits);
        }
        if (nowS == 0)
        {
            site.Generation.Plant.FindRunning();
            site.Books.Begin(site);
        }
        foreach (Power.PlantSite parcel in site.Generation.Plant.Sites)
        {
            parcel.Circuits = 0;
            foreach (LineGroupSpec line in scenario.Power.Lines)
            {
                if (line.From == parcel.Name) { parcel.Circuits += programme.UnitsOn(line.Name, day); }
            }
        }
        site.Generation.NewDay(site, nowS);

        foreach (CoolingUnits units in site.CoolingUnits)
        {
            int installed = programme.UnitsOn(units.Name, day);
            if (installed == units.Outages.InstalledUnits) { continue; }
            site.Tell(nowS, EventKind.Online, units.Name, installed - units.Outages.InstalledUnits);
            units.Outages.Install(installed, nowS);
        }
        site.ReclaimedInService = scenario.Water?.ReclaimedOnline is { } reclaimed && day >= reclaimed;
        foreach (RackGroup rack in site.Racks)
        {
            int delivered = programme.UnitsOn(rack.Spec.Name, day);
            if (delivered != rack.Delivered) { site.Tell(nowS, EventKind.Online, rack.Spec.Name, delivered - rack.Delivered); }
            rack.Delivered = delivered;
            DateOnly before = day.AddDays(-(int)Math.Ceiling(rack.Spec.CommissioningS / 86400));
            // Racks there from the first day on, without a roll-out, are taken as commissioned.
            rack.Commissioned = rack.Spec.Delivered is null ? delivered : Math.Min(delivered, programme.UnitsOn(rack.Spec.Name, before));
        }
        CapacityPlan.Update(site, permitted);
        site.Faults?.NewDay(site, nowS);
        site.Books.Money.NewDay(site);
    }
}
