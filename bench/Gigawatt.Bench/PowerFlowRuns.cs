using System.Diagnostics;
using Gigawatt.Power.Networks;

namespace Gigawatt.Bench;

/// <summary>Times power flows in this process: dotnet run -c Release -- power-flow [cases.m …]</summary>
public static class PowerFlowRuns
{
    private const int Times = 400;

    public static void Print(string[] files)
    {
        foreach (int buses in new[] { 50, 200, 1000 }) { Time(Made(buses)); }
        foreach (string file in files) { Time(Matpower.Parse(File.ReadAllText(file)).Network); }
    }

    private static void Time(NetworkCase network)
    {
        Grid grid = Grid.Of(network);
        foreach (FlowStart start in Enum.GetValues<FlowStart>())
        {
            PowerFlow flow = new(grid, new PowerFlowOptions { Start = start, ReactiveLimits = false, ActiveLimits = false });
            PowerFlowOutcome outcome = default;
            for (int i = 0; i < Times; i++) { outcome = flow.Solve(); }
            double best = double.PositiveInfinity;
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Times; i++)
            {
                // A load that moves makes a warm start work.
                flow.SetLoad(1, 20 + i % 10, 4);
                long from = Stopwatch.GetTimestamp();
                outcome = flow.Solve();
                best = Math.Min(best, Stopwatch.GetElapsedTime(from).TotalMilliseconds);
            }
            long bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Times;
            Console.WriteLine(FormattableString.Invariant(
                $"{network.Name,-16} {grid.NodeCount,5} nodes {grid.Branches.Count,5} branches  {start,-4} {outcome.Iterations} iterations  {best * 1000,7:0} µs  {bytes} B  converged {outcome.Converged}"));
        }
        Stopwatch watch = Stopwatch.StartNew();
        int count = Contingencies.Of(grid).Count;
        Console.WriteLine(FormattableString.Invariant($"{network.Name,-16} N-1: {count} losses in {watch.Elapsed.TotalMilliseconds:0} ms"));
    }

    // A ring with chords, generators at every eighth bus; by formula, so that everybody times the same.
    private static NetworkCase Made(int buses) => new()
    {
        Name = $"made-{buses}",
        Buses = [.. Enumerable.Range(0, buses).Select(i => new BusSpec { Name = $"{i}", LoadMw = 5 + i * 7 % 16, LoadReactiveMvar = 1 + i % 4 })],
        Generators = [.. Enumerable.Range(0, buses / 8).Select(g => new SourceSpec { Name = $"G{g}", Bus = $"{g * 8}", OutputMw = 95, VoltagePu = 1.02 })],
        Branches =
        [
            .. Enumerable.Range(0, buses).Select(i => Branch(i, (i + 1) % buses, 0.01 + i * 3 % 7 * 0.006)),
            .. Enumerable.Range(0, buses / 3).Select(k => Branch(3 * k, (3 * k + 2 + k * 5 % 11) % buses, 0.02 + k % 5 * 0.01)),
        ],
    };

    private static BranchSpec Branch(int from, int to, double x) =>
        new() { From = $"{from}", To = $"{to}", ResistancePu = x / 8, ReactancePu = x, ChargingPu = 0.01, RatedMva = 400 };
}
