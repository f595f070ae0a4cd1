using System.Diagnostics;
using System.Globalization;
using Gigawatt.Simulation;
using Spectre.Console;

namespace Gigawatt.Cli;

/// <summary>Shows where a run is: simulated date, rate and time left on a terminal, plain lines now and then in a pipe.</summary>
public static class RunProgress
{
    /// <summary>Runs a simulation with progress.</summary>
    /// <param name="simulator">The simulation.</param>
    /// <param name="quiet">Shows nothing.</param>
    /// <param name="stop">Stops at the end of a simulated day.</param>
    public static RunResult Run(Simulator simulator, bool quiet, CancellationToken stop)
    {
        if (quiet) { return simulator.Run(null, stop); }
        return Terminal.Err.Profile.Capabilities.Interactive ? Live(simulator, stop) : Plain(simulator, stop);
    }

    private static RunResult Live(Simulator simulator, CancellationToken stop)
    {
        Stopwatch watch = Stopwatch.StartNew();
        return Terminal.Err.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask("starting", maxValue: simulator.StepCount);
                long shownMs = -1000;
                return simulator.Run(
                    at =>
                    {
                        if (watch.ElapsedMilliseconds - shownMs < 100) { return; }
                        shownMs = watch.ElapsedMilliseconds;
                        task.Description = Line(at, watch.Elapsed);
                        task.Value = at.StepsTaken;
                    },
                    stop);
            });
    }

    private static RunResult Plain(Simulator simulator, CancellationToken stop)
    {
        Stopwatch watch = Stopwatch.StartNew();
        double nextS = 5;
        return simulator.Run(
            at =>
            {
                if (watch.Elapsed.TotalSeconds < nextS) { return; }
                nextS = watch.Elapsed.TotalSeconds + 5;
                Console.Error.WriteLine(Line(at, watch.Elapsed));
            },
            stop);
    }

    private static string Line(Simulator at, TimeSpan elapsed)
    {
        double days = at.Site.Today.DayNumber - at.Site.From.DayNumber + 1;
        double perS = days / Math.Max(1e-3, elapsed.TotalSeconds);
        double leftS = elapsed.TotalSeconds * (at.StepCount - at.StepsTaken) / Math.Max(1, at.StepsTaken);
        return string.Create(CultureInfo.InvariantCulture, $"{at.Now:yyyy-MM-dd}  {perS:0} days/s  {leftS:0.0} s left");
    }
}
