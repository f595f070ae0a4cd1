using Gigawatt.Simulation;

namespace Gigawatt.Reports;

/// <summary>What took GPU-time, the largest first: the lines of the ledger, with all that follows a failure until training goes on as one loss.</summary>
internal static class GpuTimeLosses
{
    /// <summary>Finding failures, replacing nodes and restarting, together.</summary>
    public const string Restarts = "restarts";

    private static readonly string[] Restarting = ["detection", "waiting_for_nodes", "communicators", "program_start", "checkpoint_load"];

    /// <summary>Losses of a ledger.</summary>
    /// <param name="ledger">The ledger of GPU-time.</param>
    /// <param name="gpuHours">GPU-hours of a line.</param>
    public static IReadOnlyList<(string Line, double GpuHours)> Of(Ledger ledger, Func<int, double> gpuHours) =>
    [
        .. Enumerable.Range(0, ledger.Lines.Count).Where(line => ledger.Lines[line].Side == Side.Out && !GpuTimeWaterfall.Useful.Contains(ledger.Lines[line].Name))
            .GroupBy(line => Group(ledger.Lines[line].Name), (name, lines) => (Line: name, GpuHours: lines.Sum(gpuHours)))
            .Where(loss => loss.GpuHours > 0).OrderByDescending(loss => loss.GpuHours),
    ];

    /// <summary>The largest of them over a run, some left out; nothing when nothing was lost.</summary>
    public static (string Line, double GpuHours) Largest(Ledger ledger, params ReadOnlySpan<string> except)
    {
        foreach ((string line, double gpuHours) in Of(ledger, i => ledger[i]))
        {
            if (!except.Contains(line)) { return (line, gpuHours); }
        }
        return ("", 0);
    }

    /// <summary>The loss that a line belongs to.</summary>
    public static string Group(string line) => Restarting.Contains(line) ? Restarts : line;
}
