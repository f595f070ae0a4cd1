using Gigawatt.Numerics;
using Gigawatt.Reliability;
using Gigawatt.Training;

namespace Gigawatt.Simulation;

/// <summary>Something that power or cooling does to many GPUs at once, handed over with its time.</summary>
public sealed record SiteEventSpec
{
    /// <summary>Time since the run began.</summary>
    public required double AtS { get; init => field = Check.NotNegative(value); }

    /// <summary>Share of the job's GPUs that it takes.</summary>
    public required double GpuFraction { get; init => field = Check.Fraction(value); }

    /// <summary>How long they are away.</summary>
    public required double LastsS { get; init => field = Check.NotNegative(value); }
}

/// <summary>One training job with its failures, checkpoints, spares and repair, to be run alone through many days.</summary>
/// <remarks>
/// The rules are those of <see cref="TrainingJob"/>. A job needs all its nodes. With several replicas a failure takes one of them out and the others go on. A stop
/// of the site that the spares cover costs a swap. Not modelled: a job that goes on smaller (a run can), spares that fail.
/// </remarks>
public sealed record JobSimulationSpec : ISelfChecking
{
    /// <summary>GPUs of the job.</summary>
    public required int Gpus { get; init => field = Check.AtLeastOne(value); }

    /// <summary>What fails, from a catalogue of observations.</summary>
    public required FailureRecordSpec Failures { get; init; }

    /// <summary>Length of the run.</summary>
    [Default(Grade.E, "assumption: a quarter of a year")]
    public double SpanS { get; init => field = Check.Positive(value); } = 90 * 86400;

    /// <summary>Time to write one checkpoint to storage.</summary>
    [Default(Grade.E, "assumption: 60 s; 40 s for 2.3 TB (BLOOM)")]
    public double CheckpointS { get; init => field = Check.NotNegative(value); } = 60;

    /// <summary>Share of that time in which the job stands still; the rest is written beside computing.</summary>
    [Default(Grade.E, "assumption: a write that blocks; asynchronous writers stall for a few percent")]
    public double StallFraction { get; init => field = Check.Fraction(value); } = 1;

    /// <summary>Time computing between checkpoints to storage; the best one when not given.</summary>
    public double? CheckpointIntervalS { get; init => field = value is { } interval ? Check.Positive(interval) : null; }

    /// <summary>Local checkpoints between those to storage; absent for none.</summary>
    public LocalCheckpointSpec? Local { get; init; }

    /// <summary>Time of a restart from storage; by the size of the job when not given.</summary>
    public double? RestartS { get; init => field = value is { } restart ? Check.NotNegative(restart) : null; }

    /// <summary>Share of a restart, after communicators are set up, in which the checkpoint is loaded.</summary>
    [Default(Grade.E, "assumption: half; the rest starts the program")]
    public double LoadFraction { get; init => field = Check.Fraction(value); } = 0.5;

    /// <summary>Spare nodes, warm and idle.</summary>
    [Default(Grade.E, "assumption: 1 % of 2,048 nodes and a little more; see the study for the number that is enough")]
    public int Spares { get; init => field = Check.NotNegative(value); } = 32;

    /// <summary>Time to put a spare in place.</summary>
    [Default(Grade.E, "assumption: three minutes; swaps from a warm pool take minutes")]
    public double SwapS { get; init => field = Check.NotNegative(value); } = 180;

    /// <summary>Who mends nodes.</summary>
    public RepairShopSpec Repair { get; init; } = new();

    /// <summary>Early failures of a new batch; absent for none.</summary>
    public InfantMortalitySpec? NewBatch { get; init; }

    /// <summary>Checkpoints in storage that are kept: how far a run can go back behind silent corruption.</summary>
    [Default(Grade.E, "assumption: two dozen")]
    public int RetainedCheckpoints { get; init => field = (int)Check.Within(value, 1, 10_000); } = 24;

    /// <summary>Share of computing that slow GPUs and stragglers take.</summary>
    [Default(Grade.E, "assumption: none, so that goodput is that of failures alone")]
    public double SlowFraction { get; init => field = Check.Fraction(value); }

    /// <summary>Share of computing in which input data is waited for.</summary>
    [Default(Grade.E, "assumption: none")]
    public double DataFraction { get; init => field = Check.Fraction(value); }

    /// <summary>Length of one planned stop.</summary>
    [Default(Grade.E, "assumption: ten minutes, before the restart")]
    public double PlannedS { get; init => field = Check.NotNegative(value); } = 600;

    /// <summary>Replicas of the model that go on without each other; one: a failure stops all.</summary>
    [Default(Grade.E, "assumption: synchronous")]
    public int Replicas { get; init => field = (int)Check.Within(value, 1, 1000); } = 1;

    /// <summary>Time until a mended replica takes part again, after detection and swap.</summary>
    [Default(Grade.E, "assumption: three minutes, with which 18 min between failures give the 80 % of FT-HSDP (arXiv 2602.00277)")]
    public double ReplicaRestartS { get; init => field = Check.NotNegative(value); } = 180;

    /// <summary>What power and cooling do to many GPUs at once.</summary>
    public IReadOnlyList<SiteEventSpec> SiteEvents { get; init; } = [];

    /// <summary>The job as the engine takes it. Planned stops come as often as the record counted them.</summary>
    public TrainingJobSpec Job() => new()
    {
        Name = "job",
        Start = DateOnly.MinValue,
        Gpus = Gpus,
        FailureRecord = Failures,
        NewBatch = NewBatch,
        DetectS = 0,
        CheckpointIntervalS = CheckpointIntervalS,
        CheckpointS = CheckpointS,
        CheckpointStallFraction = StallFraction,
        LocalCheckpoint = Local,
        RetainedCheckpoints = RetainedCheckpoints,
        RestartS = RestartS,
        LoadFraction = LoadFraction,
        Spares = Spares,
        SwapS = SwapS,
        SlowFraction = SlowFraction,
        WaitingForDataFraction = DataFraction,
        Maintenance = Failures.PlannedCount > 0 ? new CadenceSpec { EveryS = Failures.ObservedS!.Value / Failures.PlannedCount, LastsS = PlannedS } : null,
        Replicas = Replicas,
        ReplicaRestartS = ReplicaRestartS,
    };

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (Replicas > 1 && Gpus % Replicas != 0)
        {
            yield return new(nameof(Replicas), FormattableString.Invariant($"replicas of equal size: a number that divides the {Gpus} GPUs"), FormattableString.Invariant($"{Replicas}"));
        }
        if (CheckpointIntervalS is { } interval && interval + StallFraction * CheckpointS < CheckpointS)
        {
            yield return new(
                nameof(CheckpointIntervalS), $"at least the {Figures.Duration(CheckpointS * (1 - StallFraction))} that a write goes on beside computing (a longer interval, or a faster write)",
                Figures.Duration(interval));
        }
        if (CheckpointIntervalS is { } brief && StallFraction == 1 && brief < CheckpointS)
        {
            yield return new(
                nameof(CheckpointIntervalS), $"an interval longer than the checkpoint of {Figures.Duration(CheckpointS)}", Figures.Duration(brief));
        }
        if (SlowFraction + DataFraction > 1)
        {
            yield return new(nameof(DataFraction), "shares of computing that add up to at most 100 %", Figures.Percent(SlowFraction + DataFraction));
        }
    }
}

/// <summary>What one run of a job brought.</summary>
public sealed record JobRun
{
    /// <summary>Unplanned interruptions.</summary>
    public required int Interruptions { get; init; }

    /// <summary>The same by cause, in the order of the record; then early failures of new GPUs, then stops of the site.</summary>
    public required IReadOnlyList<int> ByCause { get; init; }

    /// <summary>Planned interruptions.</summary>
    public required int Planned { get; init; }

    /// <summary>Link flaps that retries absorbed.</summary>
    public required int Flaps { get; init; }

    /// <summary>Times that no kept checkpoint was clean, and the run began anew.</summary>
    public required int BegunAnew { get; init; }

    /// <summary>What became of the time.</summary>
    public required GoodputLedger Ledger { get; init; }

    /// <summary>Mean number of nodes in repair.</summary>
    public required double MeanDownNode { get; init; }

    /// <summary>Most nodes in repair at once.</summary>
    public required int MostDownNodes { get; init; }

    /// <summary>Share of the time in which no spare was left.</summary>
    public required double NoSpareFraction { get; init; }
}
