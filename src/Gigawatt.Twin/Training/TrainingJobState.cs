namespace Gigawatt.Training;

/// <summary>What a job is doing.</summary>
public enum JobPhase
{
    /// <summary>Before its first day, or short of GPUs.</summary>
    Waiting,

    /// <summary>Stopped by a failure that is being found.</summary>
    Detecting,

    /// <summary>Another node is put in the place of one that failed.</summary>
    Swapping,

    /// <summary>Starting processes, joining the network, loading.</summary>
    Restarting,

    /// <summary>Training.</summary>
    Computing,

    /// <summary>Stopped while a checkpoint is written.</summary>
    Checkpointing,

    /// <summary>Waiting for the end of a link flap that retries absorb.</summary>
    Stalled,

    /// <summary>The model is evaluated.</summary>
    Evaluating,

    /// <summary>Stopped by plan.</summary>
    Planned,

    /// <summary>Stopped cleanly because it may not run.</summary>
    Paused,

    /// <summary>Past its last day.</summary>
    Ended,
}

/// <summary>Which checkpoint is being written while a job stands still.</summary>
public enum JobSave
{
    /// <summary>To storage; the rest may be written beside computing.</summary>
    Storage,

    /// <summary>Near the GPUs.</summary>
    Local,

    /// <summary>To storage before a stop: the job waits for its end.</summary>
    Last,
}

/// <summary>What a job does when its last checkpoint is written.</summary>
public enum AfterSave
{
    /// <summary>It computes.</summary>
    Compute,

    /// <summary>A planned stop.</summary>
    Stop,

    /// <summary>It restarts with more GPUs.</summary>
    Grow,
}

/// <summary>What a job remembers between steps. <see cref="TrainingJob.Begin"/> makes the first one.</summary>
/// <remarks>Times that end in "At" are on the job's own clock, which began when the run began; an infinite one means never.</remarks>
public struct TrainingJobState
{
    /// <summary>What it is doing.</summary>
    public JobPhase Phase;

    /// <summary>Time left in a phase of fixed length.</summary>
    public double PhaseLeftS;

    /// <summary>Time until its first day; zero from then on.</summary>
    public double ToStartS;

    /// <summary>Time until its end; infinite without one.</summary>
    public double ToEndS;

    /// <summary>Time since the run began.</summary>
    public double ClockS;

    /// <summary>GPUs it holds.</summary>
    public int HeldGpus;

    /// <summary>GPUs it restarted with.</summary>
    public int SizeGpus;

    /// <summary>Events of all causes at that size, per second.</summary>
    public double EventsPerS;

    /// <summary>Time computing between checkpoints at that size.</summary>
    public double IntervalS;

    /// <summary>Hazard left until the next event of the causes, in units of the mean. Zero: not drawn yet.</summary>
    public double HazardToFailure;

    /// <summary>Work done since the last finished checkpoint to storage, in GPU-seconds at full speed.</summary>
    public double ProvisionalGpuS;

    /// <summary>Work that the newest checkpoint in storage holds, all since the beginning.</summary>
    public double SafeGpuS;

    /// <summary>It has computed before.</summary>
    public bool HasStarted;

    /// <summary>It was paused and has not computed since.</summary>
    public bool IsResuming;

    /// <summary>It stops when the checkpoint being written is finished.</summary>
    public bool StopsAfterCheckpoint;

    /// <summary>The restart that comes loads from storage.</summary>
    public bool RestartsFromStorage;

    /// <summary>A node that failed has to be replaced before the restart.</summary>
    public bool NeedsSwap;

    /// <summary>Length of the present restart.</summary>
    public double RestartS;

    /// <summary>GPUs when it last computed.</summary>
    public int LastGpus;

    /// <summary>When it last began to restart.</summary>
    public double RestartedAtS;

    /// <summary>Time computing left behind a flap or an evaluation.</summary>
    public double ComputeLeftS;

    /// <summary>Which checkpoint is being written.</summary>
    public JobSave Saving;

    /// <summary>What follows the last checkpoint.</summary>
    public AfterSave After;

    /// <summary>When the checkpoint being written was taken.</summary>
    public double SavedAtS;

    /// <summary>When the write beside computing ends.</summary>
    public double CommitAtS;

    /// <summary>Provisional work that this write holds, and when it was taken.</summary>
    public double PendingGpuS, PendingAtS;

    /// <summary>Provisional work that the newest local copy holds, and when it was taken.</summary>
    public double LocalGpuS, LocalAtS;

    /// <summary>Local checkpoints since the last to storage.</summary>
    public int LocalCount;

    /// <summary>There is a local copy.</summary>
    public bool HoldsLocal;

    /// <summary>When results were first corrupted, and when that is found.</summary>
    public double CorruptAtS, FoundAtS;

    /// <summary>Number of the cause that corrupted them.</summary>
    public int SilentCause;

    /// <summary>When the next GPU of a new batch fails early.</summary>
    public double BornBadAtS;

    /// <summary>Early failures of one GPU expected until then.</summary>
    internal double EarlyHazard;

    /// <summary>When the job's GPUs began to age.</summary>
    internal double EarlyFromS;

    /// <summary>When the next planned stop and the next evaluation come.</summary>
    public double PlannedAtS, EvaluateAtS;

    /// <summary>Replicas that are out, and those of them that wait for a node.</summary>
    public int OutReplicas, WaitingReplicas;

    /// <summary>When the next replica is back.</summary>
    public double ReplicaBackAtS;

    /// <summary>What it remembers of any length.</summary>
    public JobMemory Memory;

    /// <summary>What became of its time.</summary>
    public JobTimes Times;

    /// <summary>Planned stops so far.</summary>
    public int PlannedStops;

    /// <summary>Link flaps that retries absorbed.</summary>
    public int Flaps;

    /// <summary>Times that no kept checkpoint was clean, and the work began anew.</summary>
    public int BegunAnew;

    /// <summary>GPUs that compute when it computes: those of the replicas that are not out.</summary>
    internal readonly int ActiveGpus => OutReplicas == 0 ? HeldGpus : (int)(SizeGpus * (1 - (double)OutReplicas / Memory.BackAtS.Length));
}

/// <summary>What became of a job's time since the run began, by the clock; a replica that is out counts with its share.</summary>
public record struct JobTimes
{
    /// <summary>Computing.</summary>
    public double ComputingS { get; set; }

    /// <summary>Stopped while a checkpoint is written.</summary>
    public double CheckpointS { get; set; }

    /// <summary>From a failure until it is found.</summary>
    public double DetectionS { get; set; }

    /// <summary>Swapping in a node, waiting for one, or for more GPUs.</summary>
    public double SchedulingS { get; set; }

    /// <summary>Setting up communicators.</summary>
    public double CommunicatorsS { get; set; }

    /// <summary>Starting the program.</summary>
    public double StartupS { get; set; }

    /// <summary>Loading a checkpoint.</summary>
    public double LoadS { get; set; }

    /// <summary>Stopped by plan.</summary>
    public double PlannedS { get; set; }

    /// <summary>Evaluating.</summary>
    public double EvaluationS { get; set; }

    /// <summary>Waiting for the end of a link flap.</summary>
    public double NetworkS { get; set; }
}

/// <summary>What a job remembers of any length: checkpoints that are kept, replicas on their way back, interruptions by cause. Its room is made once.</summary>
public sealed class JobMemory
{
    private readonly double[] keptGpuS;
    private readonly double[] keptAtS;
    private int first;
    private int count;

    /// <summary>Room for a job.</summary>
    /// <param name="retained">Checkpoints kept.</param>
    /// <param name="replicas">Replicas.</param>
    /// <param name="causes">Causes.</param>
    public JobMemory(int retained, int replicas, int causes)
    {
        keptGpuS = new double[retained];
        keptAtS = new double[retained];
        BackAtS = new double[replicas];
        ByCause = new int[causes];
        Clear();
    }

    /// <summary>Interruptions by cause, in the order of the plan.</summary>
    public int[] ByCause { get; }

    /// <summary>When replicas are back; those that do not wait for a node come first.</summary>
    internal double[] BackAtS { get; }

    /// <summary>Work that the newest kept checkpoint holds.</summary>
    internal double NewestGpuS => keptGpuS[(first + count - 1) % keptGpuS.Length];

    /// <summary>When it was taken.</summary>
    internal double NewestAtS => keptAtS[(first + count - 1) % keptAtS.Length];

    /// <summary>Forgets all: the beginning, which is safe, is the one checkpoint.</summary>
    internal void Clear()
    {
        Array.Clear(ByCause);
        BeginAnew();
    }

    /// <summary>Keeps a checkpoint, instead of the oldest when there is no room.</summary>
    internal void Keep(double safeGpuS, double atS)
    {
        if (count == keptGpuS.Length) { (first, count) = ((first + 1) % count, count - 1); }
        int at = (first + count++) % keptGpuS.Length;
        (keptGpuS[at], keptAtS[at]) = (safeGpuS, atS);
    }

    /// <summary>Drops checkpoints taken since a time; false when none is left, and the beginning is all there is.</summary>
    internal bool DropSince(double atS)
    {
        while (count > 0 && NewestAtS >= atS) { count--; }
        if (count > 0) { return true; }
        BeginAnew();
        return false;
    }

    private void BeginAnew() => (keptGpuS[0], keptAtS[0], first, count) = (0, -1, 0, 1);
}
