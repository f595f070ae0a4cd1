using System.Globalization;
using Gigawatt.Buildout;
using Gigawatt.Compute;
using Gigawatt.Cooling;
using Gigawatt.Power;
using Gigawatt.Weather;

namespace Gigawatt.Scenarios.Linting;

/// <summary>What a scenario says will stand on the site on a day, without running it.</summary>
/// <remarks>Ratings and design weather only; failures, prices and what jobs ask for are the run's business.</remarks>
internal sealed class SitePlan(Scenario scenario)
{
    /// <summary>The scenario.</summary>
    public Scenario Scenario { get; } = scenario;

    /// <summary>The day that a roll-out's start stands for: its date, or the issue of the permit it names; null without one.</summary>
    public DateOnly? StartOf(Rollout? rollout)
    {
        if (rollout?.From is not { } from) { return null; }
        if (DateOnly.TryParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)) { return day; }
        return Scenario.Buildout.Permits.FirstOrDefault(p => p.Name == from)?.Issued;
    }

    /// <summary>Units of a group in service on a day.</summary>
    public int UnitsOn(Rollout? rollout, int count, DateOnly day) => RolloutSchedule.UnitsOn(rollout, count, StartOf(rollout), day);

    /// <summary>Racks of a group delivered by a day.</summary>
    public int RacksOn(RackGroupSpec group, DateOnly day) => UnitsOn(group.Delivered, group.RackCount, day);

    /// <summary>Racks of a group delivered and through commissioning by a day.</summary>
    public int CommissionedOn(RackGroupSpec group, DateOnly day) => group.Delivered is null
        ? group.RackCount
        : RacksOn(group, day.AddDays(-(int)Math.Ceiling(group.CommissioningS / 86400)));

    /// <summary>GPUs in one rack of a group.</summary>
    public static int GpusPerRack(RackGroupSpec group) => Rack.Gpus(group.Rack);

    /// <summary>Power of one rack of a group with every GPU at its limit.</summary>
    public static double FullRackMw(RackGroupSpec group) => Rack.FullMw(group.Rack);

    /// <summary>GPUs delivered by a day, of one group or of all.</summary>
    public int GpusOn(DateOnly day, string? group = null) =>
        Scenario.Compute.Racks.Where(g => group is null || g.Name == group).Sum(g => RacksOn(g, day) * GpusPerRack(g));

    /// <summary>Most GPUs delivered on any day of the run that jobs may use, of one group or of all.</summary>
    public int MostGpus(string? group = null)
    {
        int most = 0;
        for (DateOnly day = Scenario.Start; day <= Scenario.End; day = day.AddDays(1))
        {
            most = Math.Max(most, Scenario.Compute.Racks.Where(g => group is null || g.Name == group).Sum(g => RacksOn(g, day) * (g.SchedulablePerRack ?? GpusPerRack(g))));
        }
        return most;
    }

    /// <summary>First day of the run on which a rack can work, of one group or of all; null when there is none.</summary>
    public DateOnly? FirstLiveDay(string? group)
    {
        RackGroupSpec[] groups = [.. Scenario.Compute.Racks.Where(g => group is null || g.Name == group)];
        for (DateOnly day = Scenario.Start; day <= Scenario.End; day = day.AddDays(1))
        {
            if (groups.Any(g => CommissionedOn(g, day) > 0)) { return day; }
        }
        return null;
    }

    /// <summary>Power of the racks that can work on a day, in steady training, and their heat to reject.</summary>
    public (double ItMw, double HeatMw) LoadOn(DateOnly day)
    {
        double itMw = 0, liquidMw = 0;
        foreach (RackGroupSpec group in Scenario.Compute.Racks)
        {
            RackPower one = Rack.Power(group.Rack, group.Rack.Gpu.BusyFraction, 1);
            int racks = CommissionedOn(group, day);
            itMw += racks * one.TotalMw;
            liquidMw += racks * one.LiquidHeatMw;
        }
        return itMw > 0 ? (itMw, itMw * CoolingPlant.HeatPerItRatio(Scenario.Cooling.Plant, liquidMw / itMw)) : (0, 0);
    }

    /// <summary>Cooling groups in the order of the file: chillers, dry coolers, towers.</summary>
    public IReadOnlyList<PlannedCooling> CoolingOn(DateOnly day)
    {
        CoolingSection cooling = Scenario.Cooling;
        return
        [
            .. cooling.Chillers.Select((g, i) => new PlannedCooling(
                $"cooling.chillers[{i}]", g.Name, "chillers", new CoolingGroup(g.Unit), UnitsOn(g.Online, g.Count, day),
                $"{Numerics.Figures.Number(g.Unit.RatedAmbientC)} °C air and {Numerics.Figures.Number(g.Unit.RatedLeavingC)} °C water")),
            .. cooling.DryCoolers.Select((g, i) => new PlannedCooling(
                $"cooling.dry_coolers[{i}]", g.Name, "dry coolers", new CoolingGroup(g.Unit), UnitsOn(g.Online, g.Count, day),
                $"{Numerics.Figures.Number(g.Unit.RatedAmbientC)} °C air and water from {Numerics.Figures.Number(g.Unit.RatedInletC)} °C")),
            .. cooling.Towers.Select((g, i) => new PlannedCooling(
                $"cooling.towers[{i}]", g.Name, "tower cells", new CoolingGroup(g.Unit), UnitsOn(g.Online, g.Count, day),
                $"{Numerics.Figures.Number(g.Unit.DesignWetBulbC)} °C wet-bulb and water from {Numerics.Figures.Number(g.Unit.DesignInletC)} °C")),
        ];
    }

    /// <summary>Heat that so many units of a group reject on the site's design day.</summary>
    public double DesignDayMw(PlannedCooling group, int units) => units <= 0 ? 0 : CoolingPlant.PlanningCapacityMw(
        Scenario.Cooling.Plant, [group.Group], [units], Scenario.Site.DesignDryBulbC, Scenario.Site.DesignWetBulbC,
        Psychrometrics.StationPressurePa(Scenario.Site.ElevationM));

    /// <summary>Output of one generating unit in design weather.</summary>
    public double DesignUnitMw(GeneratorGroupSpec group) => GasTurbine.AvailableMw(
        group.Unit, Scenario.Site.DesignDryBulbC, Psychrometrics.StationPressurePa(Scenario.Site.ElevationM));

    /// <summary>Import that ties allow on a day.</summary>
    public double GridOn(DateOnly day) => Scenario.Power.Grid
        .Where(g => (g.Online ?? Scenario.Start) <= day && (g.Until is not { } last || day <= last))
        .Sum(g => g.Tie.ImportLimitMw);

    /// <summary>Rated generation and import when everything is delivered.</summary>
    public double SupplyMw => Scenario.Power.GasTurbines.Sum(g => g.Count * g.Unit.RatedMw)
        + Scenario.Power.Grid.Sum(g => g.Tie.ImportLimitMw);

    /// <summary>Units of each generating group that are in service and may run on a day, in the order of the file.</summary>
    /// <remarks>Groups take room under permits in the order of the file, each first under the permit it prefers.</remarks>
    public int[] AllowedUnits(DateOnly day)
    {
        IReadOnlyList<GeneratorGroupSpec> groups = Scenario.Power.GasTurbines;
        var rooms = Scenario.Buildout.Permits
            .Where(p => p.InForce(day))
            .GroupBy(p => p.Name)
            .ToDictionary(p => p.Key, p => (Units: p.First().Units ?? int.MaxValue, Mw: p.First().LimitMw ?? double.PositiveInfinity));
        int[] allowed = new int[groups.Count];
        for (int i = 0; i < groups.Count; i++)
        {
            int waiting = UnitsOn(groups[i].Online, groups[i].Count, day);
            if (groups[i].Permits.Count == 0)
            {
                allowed[i] = waiting;
                continue;
            }
            foreach (string permit in groups[i].Permits)
            {
                if (!rooms.TryGetValue(permit, out (int Units, double Mw) room)) { continue; }
                double ratedMw = groups[i].Unit.RatedMw;
                int taken = (int)Math.Min(Math.Min(waiting, room.Units), Math.Floor(room.Mw / ratedMw + 1e-9));
                allowed[i] += taken;
                waiting -= taken;
                rooms[permit] = (room.Units == int.MaxValue ? int.MaxValue : room.Units - taken, room.Mw - taken * ratedMw);
            }
        }
        return allowed;
    }
}

/// <summary>A group of cooling units as planned for a day.</summary>
/// <param name="Path">Its path in the scenario.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What its units are, in words.</param>
/// <param name="Group">One unit.</param>
/// <param name="Units">Units in service.</param>
/// <param name="RatedAt">The conditions of the rating, in words.</param>
internal sealed record PlannedCooling(string Path, string Name, string Kind, CoolingGroup Group, int Units, string RatedAt);
