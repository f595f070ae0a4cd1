namespace Gigawatt.Training;

/// <summary>What became of the GPU-time offered to a job in one step, and of the work done in it.</summary>
/// <remarks>
/// Every GPU-second offered is held (down, stopped, computing), waiting, paused or failed; they add up. Computing is throttled, slow, waiting for data or earned.
/// Work is counted in GPU-seconds at full speed. It is provisional until a checkpoint makes it safe or a failure loses it: provisional after = provisional before
/// + earned − committed − lost. Silent corruption takes safe work back: it counts as lost, and as committed with a minus.
/// </remarks>
public record struct JobStep
{
    /// <summary>Time that passed: the step, or less when the caller asked to be told at once.</summary>
    public double LengthS { get; set; }

    /// <summary>Held while a failure is being found.</summary>
    public double DetectionGpuS { get; set; }

    /// <summary>Held while another node is put in place; of replicas that are out, too.</summary>
    public double SwappingGpuS { get; set; }

    /// <summary>Held while communicators are set up.</summary>
    public double CommunicatorsGpuS { get; set; }

    /// <summary>Held while the program starts.</summary>
    public double StartupGpuS { get; set; }

    /// <summary>Held while a checkpoint is loaded.</summary>
    public double LoadGpuS { get; set; }

    /// <summary>Held in a planned stop.</summary>
    public double PlannedGpuS { get; set; }

    /// <summary>Held while the model is evaluated.</summary>
    public double EvaluationGpuS { get; set; }

    /// <summary>Held while a link flap is waited for.</summary>
    public double NetworkGpuS { get; set; }

    /// <summary>Held while a checkpoint that stops the job is written.</summary>
    public double CheckpointGpuS { get; set; }

    /// <summary>Computing, at whatever speed.</summary>
    public double ComputingGpuS { get; set; }

    /// <summary>Offered and healthy, but too few for the job to go on.</summary>
    public double LackingGpuS { get; set; }

    /// <summary>Offered and healthy but not held: before the first start, or more than needed (spares).</summary>
    public double WaitingGpuS { get; set; }

    /// <summary>Offered and healthy while the job may not run.</summary>
    public double PausedGpuS { get; set; }

    /// <summary>Offered at the beginning of the step but taken out by a failure inside it.</summary>
    public double FailedGpuS { get; set; }

    /// <summary>Part of computing that slow running took: computing times (1 − speed).</summary>
    public double ThrottledGpuS { get; set; }

    /// <summary>Part of computing that slow GPUs and stragglers took.</summary>
    public double SlowGpuS { get; set; }

    /// <summary>Part of computing in which data was waited for.</summary>
    public double DataGpuS { get; set; }

    /// <summary>Work done: the rest of computing.</summary>
    public double EarnedGpuS { get; set; }

    /// <summary>Work that checkpoints finished in this step made safe, also from earlier steps; less what silent corruption took back.</summary>
    public double CommittedGpuS { get; set; }

    /// <summary>Work that interruptions in this step lost, also from earlier steps.</summary>
    public double LostGpuS { get; set; }

    /// <summary>Failures in this step that stopped the job or one of its replicas.</summary>
    public int Failures { get; set; }

    /// <summary>Failures that took a node out for repair.</summary>
    public int NodesFailed { get; set; }

    /// <summary>Most GPUs that began to compute at one moment: the job's worst rise of power.</summary>
    public int RoseGpus { get; set; }

    /// <summary>Most GPUs that stopped computing at one moment: the job's worst fall of power.</summary>
    public int FellGpus { get; set; }

    /// <summary>Held between a failure and the next computing.</summary>
    public readonly double DownGpuS => DetectionGpuS + SwappingGpuS + CommunicatorsGpuS + StartupGpuS + LoadGpuS;

    /// <summary>GPU-seconds at the power of steady training.</summary>
    public readonly double BusyGpuS => ComputingGpuS;

    /// <summary>GPU-seconds loaded but waiting: checkpoint, detection, restart and all other stops.</summary>
    public readonly double StallGpuS => CheckpointGpuS + DownGpuS + PlannedGpuS + EvaluationGpuS + NetworkGpuS;

    /// <summary>GPU-seconds without a job.</summary>
    public readonly double IdleGpuS => LackingGpuS + WaitingGpuS + PausedGpuS + FailedGpuS;

    /// <summary>GPU-seconds that the job held, or lacked others to go on with.</summary>
    public readonly double TakenGpuS => BusyGpuS + StallGpuS + LackingGpuS;

    /// <summary>All of it: the GPUs offered times the step.</summary>
    public readonly double OfferedGpuS => BusyGpuS + StallGpuS + IdleGpuS;

    /// <summary>Adds what another job did in the same step.</summary>
    public void Add(in JobStep other)
    {
        DetectionGpuS += other.DetectionGpuS;
        SwappingGpuS += other.SwappingGpuS;
        CommunicatorsGpuS += other.CommunicatorsGpuS;
        StartupGpuS += other.StartupGpuS;
        LoadGpuS += other.LoadGpuS;
        PlannedGpuS += other.PlannedGpuS;
        EvaluationGpuS += other.EvaluationGpuS;
        NetworkGpuS += other.NetworkGpuS;
        CheckpointGpuS += other.CheckpointGpuS;
        ComputingGpuS += other.ComputingGpuS;
        LackingGpuS += other.LackingGpuS;
        WaitingGpuS += other.WaitingGpuS;
        PausedGpuS += other.PausedGpuS;
        FailedGpuS += other.FailedGpuS;
        ThrottledGpuS += other.ThrottledGpuS;
        SlowGpuS += other.SlowGpuS;
        DataGpuS += other.DataGpuS;
        EarnedGpuS += other.EarnedGpuS;
        CommittedGpuS += other.CommittedGpuS;
        LostGpuS += other.LostGpuS;
        Failures += other.Failures;
        NodesFailed += other.NodesFailed;
    }
}
