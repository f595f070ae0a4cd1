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
            Console.WriteLine(FormattableString.Invariant($"{input.Name,-24} {LookedAt(groups, load) * 100:0.00} % of the hours are looked at"));
            for (int i = 0; i < 5; i++)
            {
                MonteCarloSpec spec = new() { Years = 256 * 1000, Seed = i };
                // Processor time, so that what else runs on the machine does not count.
                TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
                Stopwatch watch = Stopwatch.StartNew();
                AdequacyYear[] years = SequentialMonteCarlo.Run(groups, load, spec, threads: 1);
                double wallS = watch.Elapsed.TotalSeconds, processorS = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
                AnnualStatistic lossH = AnnualStatistic.Of([.. years.Select(year => year.LossH)]), unservedMwh = AnnualStatistic.Of([.. years.Select(year => year.UnservedMwh)]);
                AnnualStatistic losses = AnnualStatistic.Of([.. years.Select(year => (double)year.Losses)]);
                watch.Restart();
                const int times = 20;
                AdequacyIndices exact = default;
                for (int n = 0; n < times; n++) { exact = AdequacyIndices.Of(OutageTable.Of(groups), load); }
                double exactMs = watch.Elapsed.TotalMilliseconds / times;
                Console.WriteLine(FormattableString.Invariant(
                    $"{input.Name,-24} {years.Length / processorS,9:N0} years per second of processor ({years.Length / wallS:N0} by the clock)   LOLE {lossH.Mean:0.000} h/yr   exact {exact.LoleHPerYear:0.000000} h/yr in {exactMs:0.00} ms"));
                double Off(AnnualStatistic found, double expected) => (found.Mean - expected) / found.StandardError;
                Console.WriteLine(FormattableString.Invariant(
                    $"    off the exact value, in standard errors: hours {Off(lossH, exact.LoleHPerYear):0.0}, energy {Off(unservedMwh, exact.EensMwhPerYear):0.0}, shortages {Off(losses, exact.LossesPerYear):0.0}"));
            }
        }
    }

    private static double LookedAt(UnitGroup[] groups, AdequacyLoad load)
    {
        OutageYear year = new(groups, load);
        WaitingTimes luck = new();
        luck.Begin(Numerics.Stream.For(1, 0, "bench", "outages"), Numerics.Stream.For(1, 0, "bench", "rest"));
        double blocks = 0;
        for (int i = 0; i < 1000; i++) { blocks += year.Draw(luck).Length; }
        return blocks / 1000 / OutageYear.AllBlocks(load).Length;
    }
}
