using Gigawatt.Compute;
using Gigawatt.Fabric;

namespace Gigawatt.Training;

/// <summary>The network of a job from the few numbers that published runs give: a GPU, its domain, its pod.</summary>
public static class StepNetwork
{
    // nccl-tests, 8 GPUs, 512 MiB: all-gather 330 of 450 GB/s on H100, 617 of 900 on B200 (aiconfigurator tables): 69 to 73 %.
    private const double ScaleUpFraction = 0.73;

    // ib_write_bw reaches 96.9 % of the line (DGX tables); a ring through nodes 73 to 90 %.
    private const double ScaleOutFraction = 0.9;

    /// <summary>Levels from line rates: start, hop and fill times as nccl-tests on 8 × H100 show them (27 µs at 1 MiB, 124 µs at 16 MiB).</summary>
    /// <param name="gpu">Accelerator.</param>
    /// <param name="domainGpus">GPUs of one NVLink domain that a job uses.</param>
    /// <param name="podGpus">GPUs that reach each other at full rate.</param>
    /// <param name="oversubscriptionRatio">Rate inside a pod over the rate between pods.</param>
    /// <param name="nicGbPerS">Rate of a GPU's adapter one way, when it is not the usual one.</param>
    public static Interconnect Of(GpuSpec gpu, int domainGpus, int podGpus = int.MaxValue, double oversubscriptionRatio = 1, double? nicGbPerS = null) => new()
    {
        ScaleUp = new LinkLevel(ScaleUpFraction * gpu.NvlinkGbPerS, 10e-6, 0.8e-6, 2e-6, 0.5e-6, 0),
        ScaleOut = new LinkLevel(ScaleOutFraction * (nicGbPerS ?? gpu.NicGbPerS), 20e-6, 4e-6, 10e-6, 2e-6, 0),
        DomainGpus = domainGpus,
        PodGpus = podGpus,
        PodFraction = 1 / oversubscriptionRatio,
    };
}
