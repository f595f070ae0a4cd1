using System.Diagnostics;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Simulation;
using Gigawatt.Studies;

namespace Gigawatt.Bench;

/// <summary>Times runs of one job: dotnet run -c Release -- failures studies/llama3-54-days.yaml job.gpus=100000 "job.span=90 d"</summary>
public static class FailureRuns
{
    public static void Print(string[] args)
    {
        FailuresInput input = ScenarioReader.ReadFile<FailuresInput>(args is [var file, ..] ? file : "studies/llama3-54-days.yaml", Catalog.Embedded, args.Skip(1).ToArray()).Value;
        JobSimulation job = new(input.Job);
        for (int i = 0; i < 5; i++)
        {
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            int interruptions = 0;
            const int times = 1000;
            for (int run = 0; run < times; run++) { interruptions += job.Run(i, run).Interruptions; }
            double processorS = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
            Stopwatch watch = Stopwatch.StartNew();
            JobSimulation.Runs(input.Job, i, times);
            Console.WriteLine(FormattableString.Invariant(
                $"{input.Job.Gpus,9:N0} GPUs, {input.Job.SpanS / 86400:0} days, {interruptions / times,7:N0} interruptions   {processorS / times * 1e3:0.000} ms a run (one core)   {times:N0} runs on all cores {watch.Elapsed.TotalSeconds:0.00} s"));
        }
    }
}
