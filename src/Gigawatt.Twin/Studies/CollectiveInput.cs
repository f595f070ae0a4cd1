using Gigawatt.Compute;
using Gigawatt.Fabric;
using Gigawatt.Numerics;
using Gigawatt.Training;

namespace Gigawatt.Studies;

/// <summary>How a collective is carried out in a study.</summary>
public enum CollectiveChoice
{
    /// <summary>With the fastest algorithm that the network offers.</summary>
    Best,

    /// <summary>In a ring.</summary>
    Ring,

    /// <summary>In two binary trees.</summary>
    Tree,

    /// <summary>Added up in the switches.</summary>
    InSwitch,

    /// <summary>Inside the NVLink domain, across, inside again.</summary>
    Hierarchical,
}

/// <summary>A collective, who takes part, and what it runs over: a GPU and a fabric, or one plain link.</summary>
public sealed record CollectiveInput : ISelfChecking
{
    /// <summary>Name of what is studied.</summary>
    public required string Name { get; init; }

    /// <summary>What is exchanged.</summary>
    [Default(Grade.E, "assumption: an all-reduce, as gradients and tensor parallelism need")]
    public CollectiveKind Kind { get; init; } = CollectiveKind.AllReduce;

    /// <summary>How it is carried out.</summary>
    [Default(Grade.E, "assumption: as a library would choose")]
    public CollectiveChoice Algorithm { get; init; } = CollectiveChoice.Best;

    /// <summary>Buffer of one rank.</summary>
    public required double SizeGb { get; init => field = Check.Positive(value); }

    /// <summary>GPUs that take part.</summary>
    public required int Ranks { get; init => field = (int)Check.Within(value, 2, 100_000_000); }

    /// <summary>Distance of their numbers: 1 when they are neighbours, tensor × context for data-parallel copies.</summary>
    [Default(Grade.E, "assumption: neighbours")]
    public int Stride { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>The GPU, with its NVLink domain and adapter.</summary>
    public GpuSpec? Gpu { get; init; }

    /// <summary>The network between domains.</summary>
    public FabricSpec? Fabric { get; init; }

    /// <summary>Buildings that the ranks span.</summary>
    public BuildingsSpec? Buildings { get; init; }

    /// <summary>One plain link in place of GPU and fabric: the textbook forms.</summary>
    public PlainLinkSpec? Link { get; init; }

    /// <summary>GPUs of the whole network, whose switches, links and optics are counted; the ranks × stride when absent.</summary>
    public int? Gpus { get; init => field = value is { } gpus ? Check.AtLeastOne(gpus) : null; }

    /// <summary>Collectives of a table, read from a file of comma-separated values in place of an input.</summary>
    internal IReadOnlyList<CollectiveRow>? Table { get; init; }

    /// <summary>Published times to compare with.</summary>
    public IReadOnlyList<MeasuredCollectiveSpec> Measured { get; init; } = [];

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (Table is null && Link is null == Gpu is null)
        {
            yield return new(nameof(Gpu), "either a gpu (with a fabric when it leaves its domain) or a plain link", Gpu is null ? "neither" : "both");
        }
        if (Buildings is not null && Fabric is null)
        {
            yield return new(nameof(Buildings), "a fabric that reaches between buildings", "none");
        }
    }
}

/// <summary>A network of equal links with nothing but a rate and a latency.</summary>
public sealed record PlainLinkSpec
{
    /// <summary>Rate one way that a rank gets.</summary>
    public required double RateGbPerS { get; init => field = Check.Positive(value); }

    /// <summary>Time from one rank to the next.</summary>
    [Default(Grade.E, "assumption: none, to see the bandwidth alone")]
    public double LatencyS { get; init => field = Check.NotNegative(value); }

    /// <summary>Bytes a second that switches add up for one rank; 0 when they cannot.</summary>
    [Default(Grade.E, "assumption: switches that only pass on")]
    public double ReduceGbPerS { get; init => field = Check.NotNegative(value); }
}

/// <summary>A published time of the same collective on the same ranks.</summary>
public sealed record MeasuredCollectiveSpec
{
    /// <summary>What was exchanged; left aside when something else is studied, the same when absent.</summary>
    public CollectiveKind? Kind { get; init; }

    /// <summary>GPUs that took part; left aside when others are studied, the same when absent.</summary>
    public int? Ranks { get; init => field = value is { } ranks ? Check.AtLeastOne(ranks) : null; }

    /// <summary>Buffer of one rank.</summary>
    public required double SizeGb { get; init => field = Check.Positive(value); }

    /// <summary>How long it took.</summary>
    public required double TimeS { get; init => field = Check.Positive(value); }
}

/// <summary>The contract of <c>gw study collective --json</c>.</summary>
/// <param name="Kind">What is exchanged.</param>
/// <param name="Algorithm">The algorithm asked for, or the fastest.</param>
/// <param name="SizeGb">Buffer of one rank.</param>
/// <param name="Ranks">GPUs that take part.</param>
/// <param name="Domains">NVLink domains they lie in.</param>
/// <param name="Pods">Pods they lie in.</param>
/// <param name="Buildings">Buildings they lie in.</param>
/// <param name="TimeS">Time of the collective.</param>
/// <param name="BusGbPerS">Bus bandwidth as nccl-tests print it.</param>
/// <param name="AlgorithmGbPerS">Size over time.</param>
/// <param name="Best">The fastest algorithm at this size.</param>
/// <param name="BestTimeS">Its time.</param>
/// <param name="Sizes">Every algorithm over sizes.</param>
/// <param name="Counts">The fastest over numbers of ranks.</param>
/// <param name="Measured">Published times beside ours.</param>
/// <param name="Parts">What the network is built of; null without a fabric.</param>
/// <param name="Rows">Collectives of a table, predicted, the first of which is what stands above; empty for a single one.</param>
/// <param name="Errors">Errors over the table; null without measured times.</param>
public sealed record CollectiveAnswer(
    CollectiveKind Kind, CollectiveAlgorithm Algorithm, double SizeGb, int Ranks, int Domains, int Pods, int Buildings, double TimeS, double BusGbPerS,
    double AlgorithmGbPerS, CollectiveAlgorithm Best, double BestTimeS, IReadOnlyList<CollectiveAnswerSize> Sizes,
    IReadOnlyList<CollectiveAnswerCount> Counts, IReadOnlyList<CollectiveAnswerMeasured> Measured, CollectiveAnswerParts? Parts,
    IReadOnlyList<CollectiveAnswerRow> Rows, CalibrationError? Errors);

/// <summary>One size with every algorithm; a time is null when the network cannot carry it out that way.</summary>
/// <param name="SizeGb">Buffer of one rank.</param>
/// <param name="RingS">Time in a ring.</param>
/// <param name="TreeS">Time in trees.</param>
/// <param name="InSwitchS">Time added up in switches.</param>
/// <param name="HierarchicalS">Time inside, across, inside.</param>
/// <param name="Best">The fastest.</param>
/// <param name="BusGbPerS">Bus bandwidth of the fastest.</param>
public sealed record CollectiveAnswerSize(
    double SizeGb, double RingS, double TreeS, double InSwitchS, double HierarchicalS, CollectiveAlgorithm Best, double BusGbPerS);

/// <summary>One number of ranks at the size asked for.</summary>
/// <param name="Ranks">GPUs that take part.</param>
/// <param name="Best">The fastest algorithm.</param>
/// <param name="TimeS">Its time.</param>
/// <param name="BusGbPerS">Its bus bandwidth.</param>
public sealed record CollectiveAnswerCount(int Ranks, CollectiveAlgorithm Best, double TimeS, double BusGbPerS);

/// <summary>A published time beside ours.</summary>
/// <param name="SizeGb">Buffer of one rank.</param>
/// <param name="PublishedS">Published time.</param>
/// <param name="TimeS">Time here.</param>
/// <param name="ErrorFraction">Ours over published, less one.</param>
public sealed record CollectiveAnswerMeasured(double SizeGb, double PublishedS, double TimeS, double ErrorFraction);

/// <summary>What the network is built of.</summary>
/// <param name="Gpus">GPUs joined.</param>
/// <param name="Tiers">Tiers of switches.</param>
/// <param name="MaxGpus">GPUs that so many tiers join without blocking.</param>
/// <param name="Switches">Switches.</param>
/// <param name="Cables">Links.</param>
/// <param name="Ports">Ports in use.</param>
/// <param name="Optics">Optical ends.</param>
/// <param name="OneSwitchGpus">GPUs within one switch, or one switch and one NVLink hop, of each other.</param>
/// <param name="PartsMw">Power of switches and optics counted singly; null when not known.</param>
/// <param name="BookedMw">Power by the figure for each GPU.</param>
public sealed record CollectiveAnswerParts(
    int Gpus, int Tiers, long MaxGpus, long Switches, long Cables, long Ports, long Optics, long OneSwitchGpus, double PartsMw, double BookedMw);
