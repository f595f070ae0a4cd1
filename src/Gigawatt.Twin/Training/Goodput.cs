using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>Simple forms of goodput, for estimates on paper and for comparison with published ones.</summary>
/// <remarks>First order in all terms; the exact share is <see cref="Checkpoint.EfficiencyFraction"/>.</remarks>
public static class Goodput
{
    // Cold restart by size, FT-HSDP (Meta, arXiv 2602.00277), and the part of it in which communicators are set up.
    private static readonly Curve RestartBySize = new([16_000, 22_000, 64_000, 98_000], [200, 300, 600, 900]);
    private static readonly Curve CommunicatorsBySize = new([16_000, 22_000, 64_000, 98_000], [17, 30, 100, 200]);

    /// <summary>Time of a cold restart with loading: 200 s at 16,000 GPUs, 900 s at 98,000; in proportion to size beyond (assumption).</summary>
    public static double ColdRestartS(int gpus) => RestartBySize.At(gpus) * Math.Max(1, gpus / 98_000.0);

    /// <summary>Part of a cold restart in which communicators are set up: 17 s at 16,000 GPUs, 200 s at 98,000.</summary>
    public static double CommunicatorsS(int gpus) => CommunicatorsBySize.At(gpus) * Math.Max(1, gpus / 98_000.0);

    /// <summary>Share of a restart in which communicators are set up; restarts in place are taken to divide like cold ones.</summary>
    public static double CommunicatorsFraction(int gpus) => CommunicatorsS(gpus) / ColdRestartS(gpus);

    /// <summary>Synchronous job: 1 − (T/2 + R)/μ − C/T.</summary>
    /// <param name="mtbfS">Mean time between failures, μ.</param>
    /// <param name="intervalS">Time between checkpoints, T.</param>
    /// <param name="checkpointS">Time that one stops the job, C.</param>
    /// <param name="restartS">Time from failure to computing, R.</param>
    public static double SynchronousFraction(double mtbfS, double intervalS, double checkpointS, double restartS) =>
        1 - (intervalS / 2 + restartS) / mtbfS - checkpointS / intervalS;

    /// <summary>Job of replicas that go on while one is mended: 1 − C/T − S/(q·μ).</summary>
    /// <remarks>Replica-level fault tolerance, FT-HSDP, arXiv 2602.00277. With one replica it is a job that stalls for S without losing work.</remarks>
    /// <param name="mtbfS">Mean time between failures of the whole job, μ.</param>
    /// <param name="intervalS">Time between checkpoints, T.</param>
    /// <param name="checkpointS">Time that one stops the job, C.</param>
    /// <param name="replicaOutS">Time that a replica is out after a failure, S.</param>
    /// <param name="replicas">Replicas, q.</param>
    public static double ReplicatedFraction(double mtbfS, double intervalS, double checkpointS, double replicaOutS, int replicas) =>
        1 - checkpointS / intervalS - replicaOutS / (replicas * mtbfS);
}

/// <summary>What became of the GPU-time of a job, in seconds of one replica; the parts add up to wall time times replicas.</summary>
/// <remarks>
/// Each part carries the name that the library ml-goodput-measurement (Google, Apache-2.0) gives to such time, so that a simulated job can be held
/// against a measured one. Work in hand when the run ends counts as productive.
/// </remarks>
public readonly record struct GoodputLedger
{
    /// <summary>Names of the parts in the order of <see cref="Parts"/>: ours, and that of ml-goodput-measurement.</summary>
    public static IReadOnlyList<(string Name, string Measured)> Names { get; } =
    [
        ("productive", "GoodputType.TOTAL"),
        ("slow steps", "BadputType.CUSTOM_BADPUT_EVENTS (slow_steps)"),
        ("waiting for data", "BadputType.DATA_LOADING_SYNC"),
        ("checkpoint stall", "BadputType.UNPRODUCTIVE_CHECKPOINT_SAVE_TIME"),
        ("wasted progress", "BadputType.WASTED_PROGRESS_FROM_DISRUPTION"),
        ("detection", "BadputType.INFRASTRUCTURE_RECOVERY_FROM_DISRUPTION (detection)"),
        ("waiting for nodes", "BadputType.INFRASTRUCTURE_RECOVERY_FROM_DISRUPTION (scheduling)"),
        ("communicators", "BadputType.TPU_INITIALIZATION"),
        ("start of the program", "BadputType.PROGRAM_STARTUP"),
        ("load of the checkpoint", "BadputType.UNPRODUCTIVE_CHECKPOINT_RESTORE_TIME"),
        ("planned stop", "BadputType.CUSTOM_BADPUT_EVENTS (planned)"),
        ("network stall", "BadputType.CUSTOM_BADPUT_EVENTS (link_flap)"),
        ("evaluation", "BadputType.CUSTOM_BADPUT_EVENTS (evaluation)"),
    ];

    /// <summary>Computing at full speed whose result was kept.</summary>
    public double ProductiveS { get; init; }

    /// <summary>Computing time that stragglers and throttled GPUs took.</summary>
    public double SlowStepsS { get; init; }

    /// <summary>Computing time in which input data was waited for.</summary>
    public double DataS { get; init; }

    /// <summary>Stopped while a checkpoint is written.</summary>
    public double CheckpointS { get; init; }

    /// <summary>Computing whose result a failure lost.</summary>
    public double WastedS { get; init; }

    /// <summary>From a failure until it is found.</summary>
    public double DetectionS { get; init; }

    /// <summary>Swapping in a spare, waiting for one, or waiting for the site; with replicas, one of them out.</summary>
    public double SchedulingS { get; init; }

    /// <summary>Setting up communicators.</summary>
    public double CommunicatorsS { get; init; }

    /// <summary>Starting processes and compiling.</summary>
    public double StartupS { get; init; }

    /// <summary>Loading a checkpoint.</summary>
    public double LoadS { get; init; }

    /// <summary>Stopped by plan.</summary>
    public double PlannedS { get; init; }

    /// <summary>Waiting for the end of a link flap that retries absorb.</summary>
    public double NetworkS { get; init; }

    /// <summary>Evaluating the model.</summary>
    public double EvaluationS { get; init; }

    /// <summary>The parts in the order of <see cref="Names"/>.</summary>
    public IReadOnlyList<double> Parts =>
    [
        ProductiveS, SlowStepsS, DataS, CheckpointS, WastedS, DetectionS, SchedulingS, CommunicatorsS, StartupS, LoadS, PlannedS, NetworkS,
        EvaluationS,
    ];

    /// <summary>All of it: wall time times replicas.</summary>
    public double WallS => ProductiveS + SlowStepsS + DataS + CheckpointS + WastedS + DetectionS + SchedulingS + CommunicatorsS
        + StartupS + LoadS + PlannedS + NetworkS + EvaluationS;

    /// <summary>Productive share of wall time: goodput.</summary>
    public double GoodputFraction => ProductiveS / WallS;
}
