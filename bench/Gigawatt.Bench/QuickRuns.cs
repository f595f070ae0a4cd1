using System.Diagnostics;
using Gigawatt.Scenarios;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Simulation;

namespace Gigawatt.Bench;

/// <summary>Times reading and running whole scenarios in this process: dotnet run -c Release -- quick scenarios/*.yaml</summary>
public static class QuickRuns
{
    public static void Print(string[] files)
    {
        foreach (string file in files)
        {
            Stopwatch watch = Stopwatch.StartNew();
            Reading<Scenario> reading = ScenarioLoader.Load(file);
            double readMs = watch.Elapsed.TotalMilliseconds;
            RunOptions options = new() { Folder = ScenarioLoader.FolderOf(file) };
            for (int i = 0; i < 3; i++)
            {
                watch.Restart();
                RunResult run = new Simulator(reading.Value, options, DeafSink.Instance).Run();
                double runS = watch.Elapsed.TotalSeconds;
                Console.WriteLine(FormattableString.Invariant(
                    $"{reading.Value.Name,-24} read {readMs,6:0} ms   run {runS,6:0.00} s   {runS / run.StepCount * 1e9,6:0} ns/step   {run.StepCount,9:N0} steps"));
            }
        }
        Console.WriteLine(FormattableString.Invariant($"peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB"));
    }
}
