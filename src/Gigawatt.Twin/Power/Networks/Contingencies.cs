namespace Gigawatt.Power.Networks;

/// <summary>What is lost in a contingency.</summary>
public enum LostElement
{
    /// <summary>A line, a transformer, or one of several equal ones.</summary>
    Branch,

    /// <summary>A generator.</summary>
    Generator,
}

/// <summary>What happens when one element is lost.</summary>
/// <param name="Name">The element.</param>
/// <param name="Path">Where it stands in the case.</param>
/// <param name="Lost">Which kind it is.</param>
/// <param name="Why">Why there is no steady state without it; empty when there is one.</param>
/// <param name="LoadLostMw">Load of islands that no source holds any more, and what generators at their maximum leave unserved.</param>
/// <param name="Islands">Islands with a source.</param>
/// <param name="Overloads">Branches above their rating.</param>
/// <param name="WorstBranch">The branch that is loaded most; empty when none has a rating.</param>
/// <param name="WorstLoadingFraction">Its loading.</param>
/// <param name="VoltageViolations">Buses outside their limits.</param>
/// <param name="LowestBus">The bus of the lowest voltage.</param>
/// <param name="LowestVoltagePu">Its voltage.</param>
/// <param name="HighestVoltagePu">The highest voltage.</param>
public sealed record Contingency(
    string Name, string Path, LostElement Lost, string Why, double LoadLostMw, int Islands, int Overloads, string WorstBranch,
    double WorstLoadingFraction, int VoltageViolations, string LowestBus, double LowestVoltagePu, double HighestVoltagePu)
{
    /// <summary>Whether everything stays in its limits and nobody loses power.</summary>
    public bool IsSecure => Why.Length == 0 && LoadLostMw <= 0 && Overloads == 0 && VoltageViolations == 0;
}

/// <summary>N−1: every branch and every generator lost in turn.</summary>
/// <remarks>
/// Of equal circuits or units one is lost. Each is a full power flow with limits and taps on the pattern and elimination order of the intact grid.
/// Ranked: no solution, then load lost, overload, voltage. Not modelled: what protection and operators do next, double failures, transients.
/// </remarks>
public static class Contingencies
{
    /// <summary>All of them, the worst first.</summary>
    public static IReadOnlyList<Contingency> Of(Grid grid, PowerFlowOptions? options = null)
    {
        PowerFlow flow = new(grid, options);
        List<Contingency> found = [];
        double deadBeforeMw = flow.Solve().DeadMw;
        for (int k = 0; k < grid.Branches.Count; k++)
        {
            GridBranch branch = grid.Branches[k];
            if (!grid.Pis[k].InService) { continue; }
            flow.SetUnits(k, branch.Count - 1);
            found.Add(Without(flow, branch.Count > 1 ? $"one of {branch.Count}: {branch.Name}" : branch.Name, branch.Path, LostElement.Branch, deadBeforeMw));
            flow.SetUnits(k, branch.Count);
        }
        for (int s = 0; s < grid.Case.Generators.Count; s++)
        {
            SourceSpec source = grid.Case.Generators[s];
            if (!flow.State.SourceIn[s]) { continue; }
            flow.SetSource(s, false);
            found.Add(Without(flow, source.Name, $"generators[{s}]", LostElement.Generator, deadBeforeMw));
            flow.SetSource(s, true);
        }
        return [.. found.OrderByDescending(one => one.Why.Length > 0).ThenByDescending(one => Math.Round(one.LoadLostMw, 6))
            .ThenByDescending(one => one.Overloads > 0 ? one.WorstLoadingFraction : 0).ThenByDescending(one => one.VoltageViolations)
            .ThenByDescending(one => one.WorstLoadingFraction)];
    }

    private static Contingency Without(PowerFlow flow, string name, string path, LostElement lost, double deadBeforeMw)
    {
        Grid grid = flow.Grid;
        PowerFlowOutcome outcome = flow.Solve();
        double lostMw = Math.Max(0, outcome.DeadMw - deadBeforeMw);
        HashSet<int> islands = [];
        for (int node = 0; node < grid.NodeCount; node++) { if (flow.State.Live[node]) { islands.Add(flow.IslandOf[node]); } }
        if (!outcome.Converged)
        {
            return new Contingency(name, path, lost, outcome.Why(grid), lostMw + Math.Max(0, outcome.ShortMw), islands.Count, 0, "", double.NaN, 0, "", double.NaN, double.NaN);
        }
        int worst = -1, overloads = 0;
        for (int k = 0; k < grid.Branches.Count; k++)
        {
            double loading = flow.Flows[k].LoadingFraction;
            overloads += loading > 1 ? 1 : 0;
            if (loading > 0 && (worst < 0 || loading > flow.Flows[worst].LoadingFraction)) { worst = k; }
        }
        int violations = 0, lowest = -1;
        double highest = 0;
        for (int bus = 0; bus < grid.Case.Buses.Count; bus++)
        {
            double v = flow.VoltagePu[grid.NodeOf(bus)];
            if (v <= 0) { continue; }
            violations += IsViolated(grid.Case.Buses[bus], v) ? 1 : 0;
            highest = Math.Max(highest, v);
            if (lowest < 0 || v < flow.VoltagePu[grid.NodeOf(lowest)]) { lowest = bus; }
        }
        return new Contingency(
            name, path, lost, "", lostMw, islands.Count, overloads, worst < 0 ? "" : grid.Branches[worst].Name,
            worst < 0 ? 0 : flow.Flows[worst].LoadingFraction, violations, lowest < 0 ? "" : grid.Case.Buses[lowest].Name,
            lowest < 0 ? double.NaN : flow.VoltagePu[grid.NodeOf(lowest)], highest);
    }

    /// <summary>Whether a voltage lies outside the limits of a bus by more than rounding.</summary>
    public static bool IsViolated(BusSpec bus, double voltagePu) => voltagePu < bus.MinVoltagePu - 1e-6 || voltagePu > bus.MaxVoltagePu + 1e-6;
}
