using System.Globalization;
using Gigawatt.Numerics;

namespace Gigawatt.Power.Networks;

/// <summary>What must hold in a network case beyond each single value; every misfit with its path.</summary>
internal static class GridChecks
{
    // Less than a micro-ohm at 34.5 kV: nothing that is not a switch.
    private const double LeastImpedancePu = 1e-8;

    public static void Names(NetworkCase network, List<CaseProblem> problems)
    {
        if (network.Buses.Count == 0) { problems.Add(new("buses", "at least one bus", "none")); }
        Dictionary<string, int> buses = new(StringComparer.Ordinal);
        for (int i = 0; i < network.Buses.Count; i++)
        {
            string name = network.Buses[i].Name;
            if (!buses.TryAdd(name, i)) { problems.Add(new($"buses[{i}].name", "a name that no other bus has", $"'{name}' again (first is buses[{buses[name]}])")); }
        }
        void Known(string path, string name)
        {
            if (!buses.ContainsKey(name)) { problems.Add(new(path, "the name of a bus", $"'{name}'{Suggestion.Phrase(name, buses.Keys)}")); }
        }
        void Ends(string path, string from, string to)
        {
            Known(path + ".from", from);
            Known(path + ".to", to);
            if (from == to) { problems.Add(new(path, "two different ends", $"'{from}' at both")); }
        }
        for (int i = 0; i < network.Generators.Count; i++) { Known($"generators[{i}].bus", network.Generators[i].Bus); }
        for (int i = 0; i < network.Branches.Count; i++) { Ends($"branches[{i}]", network.Branches[i].From, network.Branches[i].To); }
        for (int i = 0; i < network.Lines.Count; i++) { Ends($"lines[{i}]", network.Lines[i].From, network.Lines[i].To); }
        for (int i = 0; i < network.Switches.Count; i++) { Ends($"switches[{i}]", network.Switches[i].From, network.Switches[i].To); }
        for (int i = 0; i < network.Transformers.Count; i++)
        {
            Ends($"transformers[{i}]", network.Transformers[i].From, network.Transformers[i].To);
            if (network.Transformers[i].TapChanger?.Controls is { } controls) { Known($"transformers[{i}].tap_changer.controls", controls); }
        }
    }

    public static void Values(NetworkCase network, List<CaseProblem> problems)
    {
        if (problems.Count > 0) { return; }
        Dictionary<string, BusSpec> buses = network.Buses.ToDictionary(bus => bus.Name, StringComparer.Ordinal);
        for (int i = 0; i < network.Buses.Count; i++) { Agree($"buses[{i}]", network.Buses[i], problems); }
        for (int i = 0; i < network.Generators.Count; i++) { Agree($"generators[{i}]", network.Generators[i], problems); }
        for (int i = 0; i < network.Branches.Count; i++)
        {
            BranchSpec one = network.Branches[i];
            if (Math.Abs(one.ResistancePu) + Math.Abs(one.ReactancePu) < LeastImpedancePu)
            {
                problems.Add(new($"branches[{i}].reactance", "an impedance; use a switch where there is none",
                    string.Create(CultureInfo.InvariantCulture, $"r {one.ResistancePu:0.######} and x {one.ReactancePu:0.######} pu")));
            }
            if (one.TapRatio is null) { SameKv($"branches[{i}]", buses[one.From], buses[one.To], "a branch without a tap ratio", problems); }
        }
        for (int i = 0; i < network.Lines.Count; i++)
        {
            LineSpec one = network.Lines[i];
            if (buses[one.From].BaseKv is null) { problems.Add(new($"lines[{i}].from", "a bus with a base voltage, which a line in ohms needs", $"'{one.From}' without base")); }
            if (one.ResistanceOhmPerM + one.ReactanceOhmPerM <= 0) { problems.Add(new($"lines[{i}].reactance", "an impedance; use a switch where there is none", "0 ohm/m")); }
            SameKv($"lines[{i}]", buses[one.From], buses[one.To], "a line", problems);
        }
        for (int i = 0; i < network.Switches.Count; i++)
        {
            SwitchSpec one = network.Switches[i];
            SameKv($"switches[{i}]", buses[one.From], buses[one.To], "a switch", problems);
        }
        for (int i = 0; i < network.Transformers.Count; i++)
        {
            if (network.Transformers[i].TapChanger is { } tap) { Agree($"transformers[{i}].tap_changer", tap, problems); }
        }
    }

    public static void Nodes(Grid grid, List<CaseProblem> problems)
    {
        NetworkCase network = grid.Case;
        Dictionary<int, (double VoltagePu, int Source)> held = [];
        for (int i = 0; i < network.Generators.Count; i++)
        {
            SourceSpec one = network.Generators[i];
            if (!one.InService || one.VoltagePu is not { } voltagePu || one.VoltageDroopFraction > 0) { continue; }
            int node = grid.NodeOfSource[i];
            if (held.TryGetValue(node, out var other) && Math.Abs(other.VoltagePu - voltagePu) > 1e-9)
            {
                problems.Add(new($"generators[{i}].voltage",
                    string.Create(CultureInfo.InvariantCulture, $"the set point of {network.Generators[other.Source].Name} at the same bus, {other.VoltagePu} pu"),
                    string.Create(CultureInfo.InvariantCulture, $"{voltagePu} pu")));
            }
            held.TryAdd(node, (voltagePu, i));
        }
        int[] parent = [.. Enumerable.Range(0, grid.NodeCount)];
        foreach (PiModel pi in grid.Pis.Where(pi => pi.InService)) { Islands.Join(parent, pi.From, pi.To); }
        HashSet<int> fed = [];
        for (int i = 0; i < network.Generators.Count; i++)
        {
            SourceSpec one = network.Generators[i];
            int node = grid.NodeOfSource[i];
            if (one.InService && one.VoltagePu is not null && grid.HoldsVoltage[node] && !grid.Cut[node]) { fed.Add(Islands.Root(parent, node)); }
        }
        foreach (IGrouping<int, int> island in Enumerable.Range(0, grid.NodeCount).Where(node => !grid.Cut[node]).GroupBy(node => Islands.Root(parent, node)))
        {
            if (fed.Contains(island.Key)) { continue; }
            double loadMw = island.Sum(node => Math.Abs(grid.LoadP[node]) + Math.Abs(grid.LoadQ[node])) * network.BaseMva;
            bool sends = Enumerable.Range(0, network.Generators.Count).Any(i => network.Generators[i].InService && island.Contains(grid.NodeOfSource[i]));
            if (loadMw <= 0 && !sends) { continue; }
            string names = string.Join(", ", island.Take(5).Select(grid.NameOf)) + (island.Count() > 5 ? $" and {island.Count() - 5} more" : "");
            int bus = Array.FindIndex(grid.NodeOfBus, node => island.Contains(node) && (grid.LoadP[node] != 0 || grid.LoadQ[node] != 0));
            problems.Add(new($"buses[{Math.Max(0, bus >= 0 ? bus : Array.IndexOf(grid.NodeOfBus, island.First()))}]",
                "a generator with a voltage set point in each island that has load", $"none in the island of {names}"));
        }
    }

    private static void Agree(string path, ISelfChecking spec, List<CaseProblem> problems)
    {
        foreach (Contradiction wrong in spec.Contradictions()) { problems.Add(new($"{path}.{PropertyUnit.Of(wrong.Property).Key}", wrong.Expected, wrong.Found)); }
    }

    private static void SameKv(string path, BusSpec from, BusSpec to, string what, List<CaseProblem> problems)
    {
        if (from.BaseKv is not { } a || to.BaseKv is not { } b || Math.Abs(a - b) <= 1e-6 * a) { return; }
        problems.Add(new(path, $"the same base voltage at both ends of {what}; use a transformer between two voltages",
            string.Create(CultureInfo.InvariantCulture, $"{a:0.###} kV at {from.Name} and {b:0.###} kV at {to.Name}")));
    }
}
