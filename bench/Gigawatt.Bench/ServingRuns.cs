using System.Diagnostics;
using Gigawatt.Training;

namespace Gigawatt.Bench;

/// <summary>Times serving, reinforcement learning and rewards: dotnet run -c Release -- serving</summary>
public static class ServingRuns
{
    public static void Print()
    {
        ServingFrontierSpec frontier = new()
        {
            Title = "GB200",
            Points = [new() { InteractivityPerS = 75, ThroughputPerGpuS = 5789.6 }, new() { InteractivityPerS = 120, ThroughputPerGpuS = 3987.5 }, new() { InteractivityPerS = 164, ThroughputPerGpuS = 817.8 }],
            CostUsdPerGpuS = 2.21 / 3600,
            SitePowerMwPerGpu = 0.0021,
        };
        ServingPoolSpec pool = new() { Gpus = 100_800, InteractivityPerS = 75 };
        RolloutTimeSpec tail = new();
        SyntheticUsersSpec population = new();
        SyntheticUsers users = new(population);
        double sum = 0;
        Time("frontier, one reading", 10_000, () => { for (int i = 0; i < 10_000; i++) { sum += ServingFrontier.ThroughputPerGpuS(frontier, 76 + i * 0.008); } });
        Time("Erlang C, 50,000 servers", 100, () => { for (int i = 0; i < 100; i++) { sum += ServingPoolQueue.WaitsFraction(50_000, 49_000 + i); } });
        Time("week of 3,600 GPUs", 2016, () => sum += ServingPool.Week(pool with { Gpus = 3600 }, frontier, new ServingDemandSpec { SessionsPerS = 100 }).OnGpuS);
        Time("week of 100,000 GPUs", 2016, () => sum += ServingPool.Week(pool, frontier, new ServingDemandSpec { SessionsPerS = 4000 }).OnGpuS);
        Time("staleness, 1,000 updates of 512", 512_000, () => sum += Staleness.Run(tail, 1000, 512, 10, 2048, 1000, 1).MeanRatio);
        Time("200 users meet 256 styles", 200 * 256, () => sum += new SyntheticUsers(population).Gold[0]);
        Time("training, 60 steps", 60, () => sum += RewardTraining.Run(new RewardTrainingSpec(), users, 1)[59].Gold);
        Console.WriteLine(FormattableString.Invariant($"({sum:0} in sum)"));
    }

    private static void Time(string what, int items, Action work)
    {
        work();
        double best = double.MaxValue;
        for (int i = 0; i < 10; i++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            work();
            best = Math.Min(best, watch.Elapsed.TotalMilliseconds);
        }
        Console.WriteLine(FormattableString.Invariant($"{what,-34} {best,9:0.000} ms   {best * 1e6 / items,10:0.0} ns each"));
    }
}
