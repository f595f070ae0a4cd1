using System.Diagnostics;
using Gigawatt.Compute;
using Gigawatt.Simulation;
using Gigawatt.Training;

namespace Gigawatt.Bench;

/// <summary>Times one step, a search and the calibration: dotnet run -c Release -- step-time</summary>
public static class StepTimeRuns
{
    public static void Print()
    {
        CalibrationRow row = TrainingPublished.Rows.First(one => one.Name == "405b-gb200-fp8-1536");
        GpuSpec gpu = TrainingPublished.Gpu(row.Gpu);
        StepSetting setting = row.Setting(gpu);
        ParallelismSpec layout = row.Layout();
        StepCoefficients coefficients = TrainingPublished.Calibration.For(row.Gpu, row.Precision, row.Framework, row.Overlap);
        double sum = 0;
        for (int run = 0; run < 6; run++)
        {
            const int count = 200_000;
            Stopwatch watch = Stopwatch.StartNew();
            for (int i = 0; i < count; i++) { sum += StepTime.Of(setting, layout, coefficients).StepS; }
            Console.WriteLine(FormattableString.Invariant($"step             {count / watch.Elapsed.TotalSeconds,12:N0} a second"));
        }
        StepSetting large = row with { Gpus = 110592, Batch = 13824 } is var campus ? campus.Setting(gpu) : setting;
        for (int run = 0; run < 4; run++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            StrategyResult found = StrategySearch.Find(large, coefficients, 110592);
            Console.WriteLine(FormattableString.Invariant($"search           {found.Tried,12:N0} layouts in {watch.Elapsed.TotalMilliseconds:0} ms"));
        }
        for (int run = 0; run < 3; run++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            Calibration.Of([.. TrainingPublished.Rows.Where(one => one.IsFitted)], TrainingPublished.Gpu);
            Console.WriteLine(FormattableString.Invariant($"calibration      {watch.Elapsed.TotalMilliseconds,12:0.0} ms"));
        }
        if (sum < 0) { Console.WriteLine(sum); }
    }
}
