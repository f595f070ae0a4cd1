using System.Diagnostics;
using Gigawatt.Compute;
using Gigawatt.Fabric;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Training;

namespace Gigawatt.Bench;

/// <summary>Times what a search calls millions of times: dotnet run -c Release -- collective</summary>
public static class CollectiveRuns
{
    private const int Times = 1_000_000;

    public static void Print()
    {
        GpuSpec gpu = Read<GpuSpec>("gb200");
        ModelSpec model = Read<ModelSpec>("llama-3.1-405b");
        Interconnect network = ParallelismNetwork.Of(gpu, Read<FabricSpec>("quantum-2"));
        ParallelismSpec spec = new() { Tensor = 8, Pipeline = 8, Interleave = 8, Context = 2, Data = 4 };
        StatePrecisionSpec precision = new();
        Time("one algorithm", i => Collective.TimeS(CollectiveKind.AllReduce, CollectiveAlgorithm.Ring, 1e-6 * i, CollectiveGroup.Of(512, 8, network), network));
        Time("best of four", i => Collective.BestS(CollectiveKind.AllReduce, 1e-6 * i, CollectiveGroup.Of(512, 8, network), network));
        Time("layout checked", i => Parallelism.IsValid(spec, model, 512, 1152 + i % 2) ? 1 : 0);
        Time("memory of a GPU", i => ModelMemory.Of(model, spec, precision, 1152 + i % 2).TotalGb);
        Time("traffic, all kinds", i => ParallelismTraffic.Tensor(model, spec).SizeGb + ParallelismTraffic.Pipeline(model, spec).SizeGb
            + ParallelismTraffic.Context(model, spec).SizeGb + ParallelismTraffic.Gradients(model, spec, precision).SizeGb);
    }

    private static void Time(string what, Func<int, double> once)
    {
        double sum = 0;
        for (int i = 0; i < Times; i++) { sum += once(i); }
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        for (int i = 0; i < Times; i++) { sum += once(i); }
        double ns = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalNanoseconds / Times;
        Console.WriteLine(FormattableString.Invariant($"{what,-20} {ns,7:0.0} ns   (sum {sum:G6})"));
    }

    private static T Read<T>(string model)
        where T : class => ScenarioReader.ReadText<T>($"model: {model}\n", "model.yaml", Catalog.Embedded).Value;
}
