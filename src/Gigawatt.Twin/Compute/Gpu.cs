using Gigawatt.Numerics;

namespace Gigawatt.Compute;

/// <summary>The number format that the matrix arithmetic of a job runs in.</summary>
public enum Precision
{
    /// <summary>16-bit brain floating point.</summary>
    Bf16,

    /// <summary>8-bit floating point.</summary>
    Fp8,

    /// <summary>4-bit floating point with block scales.</summary>
    Fp4,
}

/// <summary>One accelerator package as it is bought: the unit that schedulers, prices and power budgets count.</summary>
/// <remarks>
/// Arithmetic rates are dense (no sparsity). "Achievable" is the best rate measured in large matrix products, below
/// the peak of the datasheet; a utilisation (MFU) is always taken of the peak. Power in each state is a share of TDP.
/// Not modelled: spread between chips of one type (5 % and more), clocks, temperature, memory-bound operation.
/// </remarks>
[Catalog("gpus")]
public sealed record GpuSpec
{
    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>Peak of dense matrix arithmetic in BF16.</summary>
    public required double Bf16TflopPerS { get; init => field = Check.Positive(value); }

    /// <summary>Peak of dense matrix arithmetic in FP8; none when the chip lacks it.</summary>
    public double? Fp8TflopPerS { get; init => field = value is { } rate ? Check.Positive(rate) : null; }

    /// <summary>Peak of dense matrix arithmetic in FP4; none when the chip lacks it.</summary>
    public double? Fp4TflopPerS { get; init => field = value is { } rate ? Check.Positive(rate) : null; }

    /// <summary>Best rate measured in large BF16 matrix products.</summary>
    public double? Bf16AchievableTflopPerS { get; init => field = value is { } rate ? Check.Positive(rate) : null; }

    /// <summary>Best rate measured in large FP8 matrix products.</summary>
    public double? Fp8AchievableTflopPerS { get; init => field = value is { } rate ? Check.Positive(rate) : null; }

    /// <summary>High-bandwidth memory of the package.</summary>
    public required double MemoryGb { get; init => field = Check.Positive(value); }

    /// <summary>Rate at which the package reads its own memory.</summary>
    public required double MemoryBandwidthGbPerS { get; init => field = Check.Positive(value); }

    /// <summary>Rate one way into the scale-up network (NVLink or the like).</summary>
    public required double NvlinkGbPerS { get; init => field = Check.NotNegative(value); }

    /// <summary>GPUs that reach each other over it at full rate: 8 in a node, 72 in an NVL72 rack.</summary>
    [Default(Grade.A, "DGX A100, H100, B200, B300: eight GPUs behind NVSwitch")]
    public int NvlinkDomainGpus { get; init => field = Check.AtLeastOne(value); } = 8;

    /// <summary>Rate that large exchanges in a ring reach over the rate of the links.</summary>
    [Default(Grade.D, "NCCL counts 20.6 of 25 GB/s a link of H100 and 40.1 of 50 of B200; all-gather at 512 MiB, NVIDIA aiconfigurator: 330 of 450 GB/s")]
    public double NvlinkEfficiencyFraction { get; init => field = Check.PositiveFraction(value); } = 0.81;

    /// <summary>Bytes that the switches of the domain add up for one GPU over the rate of its links; 0 when they cannot (NVLink SHARP).</summary>
    [Default(Grade.D, "fitted: all-reduce of 8 x H100 (dgxc-benchmarking) and 8 x H200 (aiconfigurator), 1 MiB to 1 GiB within 6 %")]
    public double NvlinkReduceFraction { get; init => field = Check.Fraction(value); } = 0.70;

    /// <summary>Time to start an exchange inside the domain.</summary>
    [Default(Grade.D, "fitted to the same; NCCL's tuning table has 6.6 to 14 µs")]
    public double NvlinkStartS { get; init => field = Check.NotNegative(value); } = 7.2e-6;

    /// <summary>Time from one GPU of the domain to the next in a ring.</summary>
    [Default(Grade.D, "fitted: all-reduce of 1,440 GB200 in 20 racks (coreweave/nccl-tests pull request 48, April 2025) starts 1.5 µs a rank later; NCCL, tuning.cc: 0.6, 1.9, 3.4 µs by protocol")]
    public double NvlinkHopS { get; init => field = Check.NotNegative(value); } = 1.5e-6;

    /// <summary>Time that each further destination of an all-to-all inside the domain costs.</summary>
    [Default(Grade.A, "NCCL, tuning.cc: 0.6 µs with its protocol of low latency")]
    public double NvlinkMessageS { get; init => field = Check.NotNegative(value); } = 0.6e-6;

    /// <summary>Rate inside the domain, over the rate of the links, of a ring or tree that also leaves the domain.</summary>
    /// <remarks>A library runs such a ring on a few channels, each with an adapter and a core of the GPU of its own; between domains of eight the adapters are slower still.</remarks>
    [Default(Grade.B, "between domains of eight the adapters limit first: 382 of 400 GB/s on 8 x B200 (Machine Learning Engineering)")]
    public double NvlinkThroughFraction { get; init => field = Check.PositiveFraction(value); } = 0.81;

    /// <summary>Rate of adding up in the switches while a tree goes on between domains, over that inside one domain; 0 when no library does so.</summary>
    [Default(Grade.D, "fitted: all-reduce of 8 GiB on 2 x 8 H100, 440.6 GB/s (coreweave/nccl-tests pull request 92, May 2026)")]
    public double NvlinkTreeFraction { get; init => field = Check.Fraction(value); } = 0.78;

    /// <summary>Latency of the chunks that a message is cut into: how slowly the rate of rings rises with size.</summary>
    [Default(Grade.A, "NCCL, tuning.cc: 3.4 µs a hop of a ring with its protocol for large messages")]
    public double NvlinkFillS { get; init => field = Check.NotNegative(value); } = 3.4e-6;

    /// <summary>The same when the switches add up.</summary>
    [Default(Grade.D, "fitted to all-reduces of 8 x H100 and 8 x H200, 1 MiB to 1 GiB within 6 %")]
    public double NvlinkReduceFillS { get; init => field = Check.NotNegative(value); } = 16e-6;

    /// <summary>Rate one way into the scale-out network through the GPU's own adapter.</summary>
    public required double NicGbPerS { get; init => field = Check.NotNegative(value); }

    /// <summary>Power limit of the package as sold, with its memory.</summary>
    public required double TdpMw { get; init => field = Check.Positive(value); }

    /// <summary>Power with no job loaded, as a share of TDP.</summary>
    [Default(Grade.D, "8 x H100 training traces, grantwilkins/training_profile: 72-77 W of 700 W; read 2026")]
    public double IdleFraction { get; init => field = Check.Fraction(value); } = 0.104;

    /// <summary>Power with a job loaded that waits: checkpointing, restarting, stalled on the network; a share of TDP.</summary>
    [Default(Grade.D, "8 x H100 training traces, grantwilkins/training_profile: 149-158 W of 700 W; read 2026")]
    public double StallFraction { get; init => field = Check.Fraction(value); } = 0.21;

    /// <summary>Power in steady training, as a share of TDP.</summary>
    [Default(Grade.D, "8 x H100 training traces, grantwilkins/training_profile: 545-570 W of 700 W; read 2026")]
    public double BusyFraction { get; init => field = Check.Fraction(value); } = 0.79;

    /// <summary>Price of the package alone.</summary>
    public double? PriceUsd { get; init => field = value is { } price ? Check.NotNegative(price) : null; }
}

/// <summary>The equations of one accelerator.</summary>
public static class Gpu
{
    // H100, pre-training of Llama-3-8B under power caps (arXiv 2603.16164, Table 4), as shares of 700 W and of the
    // uncapped 30,271 token/s. Below 200 W, the lowest cap measured, straight to nothing at the idle share: assumption.
    private static readonly Curve CappedThroughput = new(
        [0.104, 200.0 / 700, 300.0 / 700, 400.0 / 700, 500.0 / 700, 600.0 / 700, 1],
        [0, 0.320, 0.594, 0.821, 0.915, 0.966, 1]);

    /// <summary>Training speed under a power cap, relative to no cap.</summary>
    /// <param name="capFractionOfTdp">The cap as a share of TDP.</param>
    /// <remarks>Measured on H100; used for every type. Not modelled: difference between types, precisions and models.</remarks>
    public static double ThroughputAtCap(double capFractionOfTdp) => CappedThroughput.At(capFractionOfTdp);

    /// <summary>Power in steady training under a cap, as a share of TDP: what training wants, or the cap.</summary>
    public static double BusyShareAtCap(GpuSpec spec, double capFractionOfTdp) =>
        Math.Min(spec.BusyFraction, capFractionOfTdp);

    /// <summary>Mean power of a group as a share of TDP, from the GPU-seconds spent training, waiting loaded and idle.</summary>
    public static double MeanShareOfTdp(GpuSpec spec, double busyGpuS, double stallGpuS, double idleGpuS)
    {
        double allGpuS = busyGpuS + stallGpuS + idleGpuS;
        return allGpuS > 0
            ? (busyGpuS * spec.BusyFraction + stallGpuS * spec.StallFraction + idleGpuS * spec.IdleFraction) / allGpuS
            : 0;
    }

    /// <summary>Whether the chip computes in a precision itself.</summary>
    public static bool Has(GpuSpec spec, Precision precision) => precision switch
    {
        Precision.Fp4 => spec.Fp4TflopPerS is not null,
        Precision.Fp8 => spec.Fp8TflopPerS is not null,
        _ => true,
    };

    /// <summary>The precisions that the chip computes in itself, in words: "bf16 or fp8".</summary>
    public static string PrecisionsOf(GpuSpec spec) =>
        string.Join(" or ", Enum.GetValues<Precision>().Where(precision => Has(spec, precision)).Select(precision => SnakeCase.Of(precision.ToString())));

    /// <summary>Best measured rate of large matrix products over the peak of the same precision (MAMF); none when not measured.</summary>
    /// <remarks>An upper bound of any utilisation: what is left after it is memory, communication and waiting.</remarks>
    public static double? AchievableFraction(GpuSpec spec, Precision precision) => precision switch
    {
        Precision.Bf16 => spec.Bf16AchievableTflopPerS / spec.Bf16TflopPerS,
        Precision.Fp8 => spec.Fp8AchievableTflopPerS / spec.Fp8TflopPerS,
        _ => null,
    };

    /// <summary>A precision that the chip lacks, in words; none when it has it.</summary>
    /// <param name="spec">The chip.</param>
    /// <param name="precision">What is asked of it.</param>
    /// <param name="path">Where the precision stands in the input.</param>
    public static CaseProblem? Problem(GpuSpec spec, Precision precision, string path = "precision") => Has(spec, precision)
        ? null
        : new CaseProblem(
            path, $"a precision that {spec.Title} computes in: {PrecisionsOf(spec)}",
            SnakeCase.Of(precision.ToString()));

    /// <summary>Peak of dense matrix arithmetic in a precision, or in the next wider one when the chip lacks it.</summary>
    public static double PeakTflopPerS(GpuSpec spec, Precision precision) => precision switch
    {
        Precision.Fp4 => spec.Fp4TflopPerS ?? spec.Fp8TflopPerS ?? spec.Bf16TflopPerS,
        Precision.Fp8 => spec.Fp8TflopPerS ?? spec.Bf16TflopPerS,
        _ => spec.Bf16TflopPerS,
    };
}
