using System.Diagnostics;
using Gigawatt.Power.Adequacy;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Studies;

namespace Gigawatt.Bench;

/// <summary>Times adequacy on one core: dotnet run -c Release -- adequacy studies/rts-79.yaml</summary>
public static class AdequacyRuns
{
    public static void Print(string[] files)
    {
        foreach (string file in files)
        {
            AdequacyInput input = ScenarioReader.ReadFile<AdequacyInput>(file, Catalog.Embedded, []).Value;
            UnitGroup[] groups = [.. input.Units.Select(unit => unit.At(input.InletC))];
            AdequacyLoad load = AdequacyLoad.Of(input.Load);
            for (int i = 0; i < 5; i++)
            {
                MonteCarloSpec spec = new() { Years = 256 * 1000, Seed = i };
                // Processor time, so that what else runs on the machine does not count.
                TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
                Stopwatch watch = Stopwatch.StartNew();
                AdequacyYear[] years = SequentialMonteCarlo.Run(groups, load, spec, threads: 1);
                double wallS = watch.Elapsed.TotalSeconds, processorS = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
                watch.Restart();
                const int times = 20;
                double loleH = 0;
                for (int n = 0; n < times; n++) { loleH = AdequacyIndices.Of(OutageTable.Of(groups), load).LoleHPerYear; }
                double exactMs = watch.Elapsed.TotalMilliseconds / times;
                Console.WriteLine(FormattableString.Invariant(
                    $"{input.Name,-24} {years.Length / processorS,9:N0} years per second of processor ({years.Length / wallS:N0} by the clock)   LOLE {years.Average(y => y.LossH):0.000} h/yr   exact {loleH:0.000000} h/yr in {exactMs:0.00} ms"));
            }
        }
    }
}
