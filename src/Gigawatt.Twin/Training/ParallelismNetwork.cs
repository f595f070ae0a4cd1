using Gigawatt.Compute;
using Gigawatt.Fabric;

namespace Gigawatt.Training;

/// <summary>The network that a job of one type of GPU runs over.</summary>
public static class ParallelismNetwork
{
    /// <summary>NVLink of the GPU, its adapter, the fabric behind it.</summary>
    /// <param name="gpu">The GPU.</param>
    /// <param name="fabric">The fabric.</param>
    /// <param name="buildings">Buildings that the job spans; one when absent.</param>
    public static Interconnect Of(GpuSpec gpu, FabricSpec fabric, BuildingsSpec? buildings = null) =>
        Interconnect.Of(ScaleUp(gpu), gpu.NvlinkDomainGpus, gpu.NicGbPerS, fabric, buildings);

    /// <summary>The NVLink domain as collectives meet it.</summary>
    public static LinkLevel ScaleUp(GpuSpec gpu) => new(
        gpu.NvlinkGbPerS * gpu.NvlinkEfficiencyFraction, gpu.NvlinkStartS, gpu.NvlinkHopS, gpu.NvlinkFillS, gpu.NvlinkMessageS,
        gpu.NvlinkGbPerS * gpu.NvlinkReduceFraction, gpu.NvlinkReduceFillS,
        gpu.NvlinkGbPerS * Math.Min(gpu.NvlinkThroughFraction, gpu.NvlinkEfficiencyFraction), gpu.NvlinkGbPerS * gpu.NvlinkReduceFraction * gpu.NvlinkTreeFraction);
}
