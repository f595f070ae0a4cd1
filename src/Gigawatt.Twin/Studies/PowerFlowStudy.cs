using System.Globalization;
using Gigawatt.Numerics;
using Gigawatt.Power.Networks;

namespace Gigawatt.Studies;

/// <summary>Voltages, flows, losses and N−1 of a network: <c>gw study power-flow</c>.</summary>
public static class PowerFlowStudy
{
    private const int MostRemarks = 8;

    /// <summary>The study.</summary>
    public static Study Definition { get; } = Study.Of<PowerFlowInput>(
        "power-flow", "What are the voltages, flows and losses of this network, and what if one part is lost?", "studies/campus-network.yaml",
        Answer, PowerFlowInput.Import);

    private static StudyAnswer Answer(PowerFlowInput input)
    {
        Grid grid = Grid.Of(input.Network);
        PowerFlowOptions options = new() { ReactiveLimits = input.ReactiveLimits, ActiveLimits = input.ActiveLimits };
        PowerFlow flow = new(grid, options);
        PowerFlowOutcome outcome = flow.Solve();
        IReadOnlyList<Contingency> contingencies = input.Contingencies && outcome.Converged ? Contingencies.Of(grid, options) : [];
        IReadOnlyList<FaultCurrent> faults = input.ShortCircuit ? ShortCircuit.Of(grid) : [];
        PowerFlowAnswer data = Data(flow, outcome, contingencies, faults);
        string subject = input.Network.Name.Length > 0 ? input.Network.Name : "network";
        return new StudyAnswer
        {
            Subject = $"{subject}: {grid.Case.Buses.Count} buses, {grid.Branches.Count} branches, {grid.Case.Generators.Count} generators",
            Finding = Finding(data, outcome.Converged),
            Failure = data.Why,
            Remarks = Remarks(input, flow, data),
            Tables = outcome.Converged ? Tables(data) : [],
            Charts = outcome.Converged ? PowerFlowCharts.Of(input.Network, data) : [PowerFlowCharts.Loads(input.Network)],
            Data = data,
        };
    }

    private static PowerFlowAnswer Data(PowerFlow flow, PowerFlowOutcome outcome, IReadOnlyList<Contingency> contingencies, IReadOnlyList<FaultCurrent> faults)
    {
        Grid grid = flow.Grid;
        bool found = outcome.Converged;
        int[] roots = [.. Enumerable.Range(0, grid.NodeCount).Where(node => !grid.Cut[node]).Select(node => flow.State.Island[node]).Distinct()];
        int IslandOf(int bus) => Array.IndexOf(roots, flow.State.Island[grid.NodeOf(bus)]) + 1;
        double Voltage(int bus) => found ? flow.VoltagePu[grid.NodeOf(bus)] : double.NaN;
        Dictionary<string, int> index = grid.Case.Buses.Select((bus, i) => (bus.Name, i)).ToDictionary(at => at.Name, at => at.i, StringComparer.Ordinal);
        PowerFlowAnswerBranch[] branches = [.. grid.Branches.Select((branch, k) =>
        {
            BranchFlow one = flow.Flows[k];
            return found
                ? new PowerFlowAnswerBranch(branch.Name, branch.From, branch.To, one.FromMw, one.FromMvar, one.ToMw, one.ToMvar, one.LossMw,
                    double.IsFinite(branch.RatedMva) ? 100 * one.LoadingFraction : null, 100 * (Voltage(index[branch.From]) - Voltage(index[branch.To])))
                : new PowerFlowAnswerBranch(branch.Name, branch.From, branch.To, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, null, double.NaN);
        })];
        return new PowerFlowAnswer
        {
            Converged = found,
            Why = found ? null : outcome.Why(grid),
            Iterations = outcome.Iterations,
            MismatchMva = outcome.MismatchMva,
            LossMw = found ? outcome.LossMw : double.NaN,
            SlackMw = found ? grid.Case.Generators.Select((_, s) => flow.State.SourceWeight[s] > 0 ? flow.OutputMw[s] : 0).Sum() : double.NaN,
            Buses = [.. grid.Case.Buses.Select((bus, i) => new PowerFlowAnswerBus(
                bus.Name, Voltage(i), found ? flow.AngleRad[grid.NodeOf(i)] * 180 / Math.PI : double.NaN, bus.BaseKv * Voltage(i), IslandOf(i)))],
            Overloads = [.. branches.Where(branch => branch.LoadingPercent > 100).OrderByDescending(branch => branch.LoadingPercent)],
            VoltageViolations = [.. grid.Case.Buses.Select((bus, i) => (bus, v: Voltage(i))).Where(at => at.v > 0 && Contingencies.IsViolated(at.bus, at.v))
                .Select(at => new PowerFlowAnswerVoltage(at.bus.Name, at.v, at.bus.MinVoltagePu, at.bus.MaxVoltagePu))],
            Branches = branches,
            Generators = [.. grid.Case.Generators.Select((one, s) => new PowerFlowAnswerGenerator(
                one.Name, one.Bus, found ? flow.OutputMw[s] : double.NaN, found ? flow.OutputMvar[s] : double.NaN, found && flow.IsAtReactiveLimit(grid.NodeOfSource[s])))],
            Islands = [.. roots.Select((root, i) => new PowerFlowAnswerIsland(
                i + 1, grid.Case.Buses.Select((_, bus) => bus).Count(bus => flow.State.Island[grid.NodeOf(bus)] == root && !grid.Cut[grid.NodeOf(bus)]),
                grid.LoadP.Where((_, node) => flow.State.Island[node] == root).Sum() * grid.Case.BaseMva,
                found ? grid.Case.Generators.Select((_, s) => flow.State.Island[grid.NodeOfSource[s]] == root ? flow.OutputMw[s] : 0).Sum() : double.NaN, flow.State.Live[root]))],
            Contingencies = [.. contingencies.Select(one => new PowerFlowAnswerContingency(
                one.Name, one.Lost, one.IsSecure, one.Why.Length > 0 ? one.Why : null, one.LoadLostMw, one.Islands, one.Overloads,
                one.WorstBranch.Length > 0 ? one.WorstBranch : null, 100 * one.WorstLoadingFraction, one.VoltageViolations, one.LowestVoltagePu))],
            ShortCircuits = [.. faults.Select(one => new PowerFlowAnswerFault(
                one.Bus, one.CurrentKa, one.PowerMva, 100 * one.InvertersPu / Math.Max(1e-12, one.MachinesPu + one.InvertersPu)))],
        };
    }

    private static string Finding(PowerFlowAnswer data, bool found)
    {
        if (!found) { return "There is no steady state: " + data.Why + "."; }
        string state = (data.Overloads.Count, data.VoltageViolations.Count) switch
        {
            (0, 0) => "everything within limits",
            (0, int voltages) => $"{voltages} {(voltages == 1 ? "bus" : "buses")} outside voltage limits",
            (int overloads, 0) => $"{overloads} {(overloads == 1 ? "branch" : "branches")} overloaded, {data.Overloads[0].Name} most",
            (int overloads, int voltages) => $"{overloads} overloaded and {voltages} outside voltage limits",
        };
        int insecure = data.Contingencies.Count(one => !one.Secure);
        string secure = data.Contingencies.Count == 0 ? ""
            : insecure == 0 ? $" It survives each of {data.Contingencies.Count} single losses."
            : $" Of {data.Contingencies.Count} single losses {insecure} {(insecure == 1 ? "does" : "do")} harm, {data.Contingencies[0].Name} most.";
        double loadMw = data.Islands.Where(one => one.IsLive).Sum(one => one.LoadMw);
        return $"{Figures.Power(loadMw)} is served with {Figures.Power(data.LossMw)} of losses, {state}.{secure}";
    }

    private static List<string> Remarks(PowerFlowInput input, PowerFlow flow, PowerFlowAnswer data)
    {
        List<string> remarks = [.. input.Notes];
        int dead = data.Islands.Count(one => !one.IsLive);
        if (dead > 0) { remarks.Add($"{dead} {(dead == 1 ? "part has" : "parts have")} neither load nor source and {(dead == 1 ? "is" : "are")} without voltage."); }
        if (data.Islands.Count(one => one.IsLive) is var live and > 1) { remarks.Add($"{live} islands, each balanced by its own generators."); }
        string[] limited = [.. data.Generators.Where(one => one.AtReactiveLimit).Select(one => one.Name)];
        if (limited.Length > 0) { remarks.Add($"At a reactive limit, voltage not held: {string.Join(", ", limited.Take(6))}{(limited.Length > 6 ? " …" : "")}."); }
        for (int i = 0; i < flow.TapSteps.Length && data.Converged && remarks.Count < MostRemarks; i++)
        {
            ref TapModel tap = ref flow.Grid.Taps[i];
            double off = flow.VoltagePu[tap.Node] - tap.Target;
            string held = Math.Abs(off) <= tap.HalfBand ? "holds its band" : Math.Abs(flow.TapSteps[i]) >= tap.Steps ? "stands at its last step" : "cannot reach its band";
            remarks.Add(string.Create(CultureInfo.InvariantCulture, $"Tap changer of {flow.Grid.Branches[tap.Branch].Name}: step {flow.TapSteps[i]:+0;−0;0}, {held}."));
        }
        remarks.Add(input.ReactiveLimits ? "Reactive limits are kept." : "Reactive limits are not enforced.");
        return remarks;
    }

    private static List<StudyTable> Tables(PowerFlowAnswer data)
    {
        List<StudyTable> tables = [];
        if (data.Contingencies.Count > 0)
        {
            tables.Add(StudyTable.Of("Single losses, the worst first", ["Lost", "What happens", "Load lost, MW", "Worst branch", "Loading, %", "Lowest voltage, pu"],
                data.Contingencies.Select(one => (object?[])[one.Name, Words(one), one.LoadLostMw, one.WorstBranch, one.WorstLoadingPercent, one.LowestVPu])));
        }
        tables.Add(StudyTable.Of("Buses", ["Bus", "Voltage, pu", "Angle, °", "Voltage, kV", "Island"],
            data.Buses.Select(one => (object?[])[one.Name, one.VPu, one.AngleDeg, one.Kv, one.Island])));
        tables.Add(StudyTable.Of("Branches", ["Branch", "From, MW", "From, Mvar", "Loss, MW", "Voltage drop, %", "Loading, %"],
            data.Branches.OrderByDescending(one => one.LoadingPercent ?? -1).Select(one => (object?[])[one.Name, one.FromMw, one.FromMvar, one.LossMw, one.VoltageDropPercent, one.LoadingPercent])));
        tables.Add(StudyTable.Of("Generators", ["Generator", "Bus", "Output, MW", "Output, Mvar", "At reactive limit"],
            data.Generators.Select(one => (object?[])[one.Name, one.Bus, one.OutputMw, one.OutputMvar, one.AtReactiveLimit])));
        if (data.ShortCircuits.Count > 0)
        {
            tables.Add(StudyTable.Of("Initial three-phase short-circuit currents", ["Bus", "Current, kA", "Power, MVA", "From inverters, %"],
                data.ShortCircuits.Select(one => (object?[])[one.Bus, one.CurrentKa, one.PowerMva, one.InverterPercent])));
        }
        return tables;
    }

    private static string Words(PowerFlowAnswerContingency one) => one.Why is { } why ? why
        : one.Secure ? "within limits"
        : string.Join(", ", new[]
        {
            one.LoadLostMw > 0 ? "load lost" : "",
            one.Overloads > 0 ? $"{one.Overloads} overloaded" : "",
            one.VoltageViolations > 0 ? $"{one.VoltageViolations} outside voltage limits" : "",
        }.Where(word => word.Length > 0));
}
