using Gigawatt.Buildout;
using Gigawatt.Numerics;
using Gigawatt.Scenarios;

namespace Gigawatt.Simulation;

/// <summary>The programme clock's result: how many units of each group are in service on each day of a run.</summary>
/// <remarks>
/// Worked out once before the run, so that the operation clock only reads a table. A roll-out starts on a date, on the day a
/// permit is issued or on the day another group is complete. Not modelled: activities, crews, deliveries by supplier.
/// </remarks>
public sealed class Programme
{
    private readonly Scenario scenario;
    private readonly Dictionary<string, (Rollout? Rollout, int Count)> groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateOnly?> complete = new(StringComparer.Ordinal);
    private readonly HashSet<string> resolving = new(StringComparer.Ordinal);
    private readonly List<ProgrammeProblem> problems = [];

    /// <summary>Reads the roll-outs of a scenario.</summary>
    public Programme(Scenario scenario)
    {
        this.scenario = scenario;
        foreach (RackGroupSpec rack in scenario.Compute.Racks) { groups.TryAdd(rack.Name, (rack.Delivered, rack.RackCount)); }
        foreach (FabricGroupSpec fabric in scenario.Compute.Fabrics) { groups.TryAdd(fabric.Name, (fabric.Online, fabric.Gpus)); }
        foreach (GeneratorGroupSpec unit in scenario.Power.GasTurbines) { groups.TryAdd(unit.Name, (unit.Online, unit.Count)); }
        foreach (BatteryGroupSpec block in scenario.Power.Batteries) { groups.TryAdd(block.Name, (block.Online, block.Count)); }
        foreach (LineGroupSpec line in scenario.Power.Lines) { groups.TryAdd(line.Name, (line.Online, line.Count)); }
        foreach (ChillerGroupSpec unit in scenario.Cooling.Chillers) { groups.TryAdd(unit.Name, (unit.Online, unit.Count)); }
        foreach (DryCoolerGroupSpec unit in scenario.Cooling.DryCoolers) { groups.TryAdd(unit.Name, (unit.Online, unit.Count)); }
        foreach (TowerGroupSpec unit in scenario.Cooling.Towers) { groups.TryAdd(unit.Name, (unit.Online, unit.Count)); }
        foreach (string name in groups.Keys) { CompleteOn(name); }
    }

    /// <summary>Roll-outs that refer to nothing or to themselves.</summary>
    public IReadOnlyList<ProgrammeProblem> Problems => problems;

    /// <summary>Units of a group in service on a day.</summary>
    public int UnitsOn(string group, DateOnly day)
    {
        (Rollout? rollout, int count) = groups[group];
        return RolloutSchedule.UnitsOn(rollout, count, StartOf(group, rollout), day);
    }

    /// <summary>Generating units per group that permits allow to run on a day, in the order of the scenario.</summary>
    /// <remarks>Each permit has room for so many units and MW; groups take it in their order, the permit they list first before others.</remarks>
    public int[] PermittedOn(DateOnly day) => PermittedOn(day, out _);

    /// <summary>The same, and the generation that all permits in force together would allow, built or not.</summary>
    /// <param name="day">The day asked about.</param>
    /// <param name="allowedMw">Limits of the permits that have one, and the units that run under the others or need none.</param>
    public int[] PermittedOn(DateOnly day, out double allowedMw) => PermittedOn(day, null, null, out allowedMw);

    /// <summary>The same, with room that emissions have taken from permits, and who runs under which.</summary>
    /// <param name="day">The day asked about.</param>
    /// <param name="roomFraction">Share of the units under each permit that its emissions leave, in the scenario's order; whole when absent.</param>
    /// <param name="under">Takes the units of group i under permit p, at index i · permits + p.</param>
    /// <param name="allowedMw">As above.</param>
    public int[] PermittedOn(DateOnly day, double[]? roomFraction, int[]? under, out double allowedMw)
    {
        if (under is not null) { Array.Clear(under); }
        IReadOnlyList<PermitSpec> permits = scenario.Buildout.Permits;
        allowedMw = 0;
        IReadOnlyList<GeneratorGroupSpec> turbines = scenario.Power.GasTurbines;
        Dictionary<string, (double Units, double Mw)> room = new(StringComparer.Ordinal);
        foreach (PermitSpec permit in scenario.Buildout.Permits)
        {
            if (!permit.InForce(day)) { continue; }
            room[permit.Name] = (permit.Units ?? double.MaxValue, permit.LimitMw ?? double.MaxValue);
            allowedMw += permit.LimitMw ?? 0;
        }
        int[] allowed = new int[turbines.Count];
        for (int i = 0; i < turbines.Count; i++)
        {
            int installed = UnitsOn(turbines[i].Name, day);
            if (turbines[i].Permits.Count == 0)
            {
                allowed[i] = installed;
                allowedMw += installed * turbines[i].Unit.RatedMw;
                continue;
            }
            int barred = 0;
            foreach (string name in turbines[i].Permits)
            {
                if (!room.TryGetValue(name, out (double Units, double Mw) left)) { continue; }
                int fit = (int)Math.Min(installed - allowed[i], Math.Min(left.Units, Math.Floor(left.Mw / turbines[i].Unit.RatedMw + 1e-9)));
                int at = under is null && roomFraction is null ? 0 : IndexOf(permits, name);
                if (under is not null) { under[i * permits.Count + at] += fit; }
                // Units stay under the permit that holds them: another one does not take what its emissions bar.
                int may = roomFraction is null ? fit : (int)Math.Floor(fit * roomFraction[at] + 1e-9);
                barred += fit - may;
                allowed[i] += fit;
                if (left.Mw == double.MaxValue) { allowedMw += fit * turbines[i].Unit.RatedMw; }
                room[name] = (left.Units - fit, left.Mw == double.MaxValue ? left.Mw : left.Mw - fit * turbines[i].Unit.RatedMw);
            }
            allowed[i] -= barred;
        }
        return allowed;
    }

    private static int IndexOf(IReadOnlyList<PermitSpec> permits, string name)
    {
        int at = 0;
        while (permits[at].Name != name) { at++; }
        return at;
    }

    private DateOnly? StartOf(string group, Rollout? rollout)
    {
        if (rollout?.From is not { } from) { return null; }
        if (DateOnly.TryParseExact(from, "yyyy-MM-dd", out DateOnly date)) { return date; }
        foreach (PermitSpec permit in scenario.Buildout.Permits)
        {
            if (permit.Name == from) { return permit.Issued; }
        }
        if (groups.ContainsKey(from)) { return CompleteOn(from); }
        problems.Add(new ProgrammeProblem(
            group, "a date, a permit or another group",
            $"'{from}'{Suggestion.Phrase(from, scenario.Buildout.Permits.Select(p => p.Name).Concat(groups.Keys))}"));
        return null;
    }

    private DateOnly? CompleteOn(string group)
    {
        if (complete.TryGetValue(group, out DateOnly? known)) { return known; }
        if (!resolving.Add(group))
        {
            problems.Add(new ProgrammeProblem(group, "a start that does not wait for itself", string.Join(" → ", resolving.Append(group))));
            return null;
        }
        (Rollout? rollout, int count) = groups[group];
        DateOnly? day;
        if (rollout is null) { day = scenario.Start; }
        else if (rollout.Levels.Count > 0) { day = rollout.Levels[^1].On; }
        else if (StartOf(group, rollout) is { } first)
        {
            double rampS = rollout.RampPerS is { } rate ? (count - 1) / rate : 0;
            day = first.AddDays((int)Math.Ceiling((rollout.DelayS + rampS) / 86400));
        }
        else { day = rollout.From is null ? scenario.Start : null; }
        resolving.Remove(group);
        complete[group] = day;
        return day;
    }
}

/// <summary>A roll-out that cannot be worked out.</summary>
/// <param name="Group">Name of the group.</param>
/// <param name="Expected">What its start should be.</param>
/// <param name="Found">What it is.</param>
public readonly record struct ProgrammeProblem(string Group, string Expected, string Found);
