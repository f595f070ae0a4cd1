using System.Diagnostics;
using Gigawatt.Compute;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Training;

namespace Gigawatt.Bench;

/// <summary>Times the power of a job: dotnet run -c Release -- job-power</summary>
public static class JobPowerRuns
{
    public static void Print()
    {
        RackSpec rack = ScenarioReader.ReadText<RackSpec>("model: gb200-nvl72\n", "one.yaml", Catalog.Embedded).Value;
        JobPowerSpec job = new()
        {
            Name = "a",
            Gpus = 24_576,
            Rack = rack,
            CapMw = 1000e-6,
            Checkpoint = new StepPause { EverySteps = 200, LastsS = 12 },
            Smoothing = new ShelfSmoothingSpec(),
            Step = new StepParts { ComputeS = 4.2, BubbleS = 0.5, ExposedCommunicationS = 0.5, OptimiserS = 0.1, PipelineStages = 8, Microbatches = 32 },
        };
        PowerStatesSpec states = new();
        JobWave[] jobs = [.. Enumerable.Range(0, 8).Select(i => JobPower.Of(job with { Gpus = 1000 + 500 * i, Step = job.Step with { OtherS = 0.1 * i } }))];
        double[] scratch = new double[JobPowerCampus.ScratchFor(1000)];
        double[] wave = new double[100_000];
        StepWave shape = new(6500e-6, 3400e-6, 5500e-6, 3, 0.2, 0.2, 0);
        for (int i = 0; i < wave.Length; i++) { wave[i] = shape.AtFraction(i * 0.1); }
        PowerTrace trace = PowerTrace.Of(0.1, wave);
        double sum = 0;
        Time("mean of the states", 100_000, () => { for (int i = 0; i < 100_000; i++) { sum += PowerStates.MeanFraction(states, new StateTimes(0, i, 1, 1, 1)); } });
        Time("power and wave of a job", 10_000, () => { for (int i = 0; i < 10_000; i++) { sum += JobPower.Of(job).MeanMw; } });
        Time("best cap on a fixed power", 10_000, () => { for (int i = 0; i < 10_000; i++) { sum += PowerCap.Best(CapCurve.H100, 700e-6, 100 + i, 600e-6).Gpus; } });
        Time("campus of eight jobs", 10, () => { for (int i = 0; i < 10; i++) { sum += JobPowerCampus.Of(jobs, 0, scratch).HighPercentileMw; } });
        Time("a recording of 100,000 samples", 1, () => sum += PowerTraceFindings.Of(trace).DutyFraction);
        Console.WriteLine(FormattableString.Invariant($"({sum:0} in sum)"));
    }

    private static void Time(string what, int items, Action work)
    {
        work();
        double best = double.MaxValue;
        for (int i = 0; i < 15; i++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            work();
            best = Math.Min(best, watch.Elapsed.TotalMilliseconds);
        }
        Console.WriteLine(FormattableString.Invariant($"{what,-32} {best,9:0.000} ms   {best * 1e6 / items,12:0.0} ns each"));
    }
}
