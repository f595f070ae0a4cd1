using System.Diagnostics;
using Gigawatt.Power;
using Gigawatt.Studies;

namespace Gigawatt.Bench;

/// <summary>Times the count of cycles, a step of a battery group and the battery study: dotnet run -c Release -- batteries</summary>
public static class BatteryRuns
{
    private const int Steps = 2_000_000;

    public static void Print()
    {
        RainflowCycle[] closed = new RainflowCycle[Rainflow.MostClosed];
        RainflowState state = default;
        int found = 0;
        Time("rainflow, value by value", () =>
        {
            for (int i = 0; i < Steps; i++) { found += Rainflow.Add(ref state, i * 7919L % 10_007 / 10_007.0, closed); }
        });
        BatteryGroup group = new("yard", new BatterySpec { CapacityMwh = 3.9, RatedMw = 1.927, StandbyFraction = 0.001 });
        group.Resize(100);
        group.State.StoredMwh = 200;
        Time("group: charge or discharge, stand, count", () =>
        {
            for (int i = 0; i < Steps; i++)
            {
                if (i % 11 < 5) { Battery.Discharge(group.Spec, ref group.State, 100, 60); }
                else { Battery.Charge(group.Spec, ref group.State, 92, 60); }
                group.Settle(60);
                if (i % 1440 == 0) { group.Age(); }
            }
        });
        string file = Path.Combine("studies", "battery-wear.yaml");
        if (!File.Exists(file)) { return; }
        for (int i = 0; i < 3; i++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            BatteryStudy.Definition.Answer(file, []);
            Console.WriteLine(FormattableString.Invariant($"{"study, 25 years day by day, reading included",-44} {watch.Elapsed.TotalMilliseconds,8:0.0} ms"));
        }
        Console.WriteLine($"{found:N0} cycles");
    }

    private static void Time(string what, Action run)
    {
        run();
        double best = double.MaxValue;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 5; i++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            run();
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Console.WriteLine(FormattableString.Invariant($"{what,-44} {best / Steps * 1e9,8:0.0} ns a step, {bytes / 5.0 / Steps:0.000} B a step"));
    }
}
