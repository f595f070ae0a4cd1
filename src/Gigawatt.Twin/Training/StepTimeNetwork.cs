using Gigawatt.Compute;
using Gigawatt.Fabric;

namespace Gigawatt.Training;

/// <summary>The network of a run of which only a GPU, its domain and its pod are published.</summary>
public static class StepNetwork
{
    /// <summary>A fat tree at the rate of the adapters, with the usual latencies.</summary>
    /// <param name="gpu">Accelerator.</param>
    /// <param name="domainGpus">GPUs of one NVLink domain that a job uses.</param>
    /// <param name="podGpus">GPUs that reach each other at full rate.</param>
    /// <param name="oversubscriptionRatio">Rate inside a pod over the rate between pods.</param>
    /// <param name="nicGbPerS">Rate of a GPU's adapter one way, when it is not the usual one.</param>
    public static Interconnect Of(GpuSpec gpu, int domainGpus, int podGpus = int.MaxValue, double oversubscriptionRatio = 1, double? nicGbPerS = null)
    {
        double rate = nicGbPerS ?? gpu.NicGbPerS;
        FabricSpec fabric = new()
        {
            Title = "fat tree",
            Technology = FabricTechnology.Infiniband,
            SwitchRadix = 64,
            PortGbPerS = rate,
            GpusPerPod = podGpus,
            OversubscriptionRatio = oversubscriptionRatio,
            PowerMwPerGpu = 0,
        };
        return Interconnect.Of(ParallelismNetwork.ScaleUp(gpu), domainGpus, rate, fabric);
    }
}
