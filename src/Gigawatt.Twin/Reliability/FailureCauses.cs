using Gigawatt.Numerics;

namespace Gigawatt.Reliability;

/// <summary>What a rate of failures is counted by.</summary>
public enum FailureUnit
{
    /// <summary>GPUs.</summary>
    Gpu,

    /// <summary>Nodes (servers, trays).</summary>
    Node,

    /// <summary>Links from a node into the network.</summary>
    Link,
}

/// <summary>What brings a job back after a failure.</summary>
public enum FailureKind
{
    /// <summary>Every part goes on: the job restarts where it was.</summary>
    RestartInPlace,

    /// <summary>A spare node takes the place; the node is mended on the floor.</summary>
    NodeSwap,

    /// <summary>A spare node takes the place; the node waits for a part from its maker before it is mended.</summary>
    HardwareReturn,
}

/// <summary>One reason why a synchronous job stops, with what it takes to go on.</summary>
/// <remarks>
/// A link flap of exponential length is absorbed with probability 1 − e^(−limit/mean) when the network retries up to a limit; the job then waits for its
/// end and loses nothing else. A silent failure corrupts results and is found an exponential time later; the checkpoints of that time are of no use.
/// Not modelled: nodes that fail again and again, causes that bring each other about.
/// </remarks>
public sealed record FailureCauseSpec : ISelfChecking
{
    /// <summary>Name of the cause, as its record gives it.</summary>
    public required string Name { get; init; }

    /// <summary>How often it was counted in the record's time; instead of a rate.</summary>
    public int? Count { get; init => field = value is { } count ? Check.NotNegative(count) : null; }

    /// <summary>Failures of one unit at the record's size; instead of a count.</summary>
    public double? FailuresPerUnitS { get; init => field = value is { } rate ? Check.NotNegative(rate) : null; }

    /// <summary>The unit of the rate.</summary>
    [Default(Grade.E, "assumption: rates are by GPU unless said otherwise")]
    public FailureUnit By { get; init; } = FailureUnit.Gpu;

    /// <summary>What it takes when the node cannot go on.</summary>
    [Default(Grade.E, "assumption: mended on the floor")]
    public FailureKind Kind { get; init; } = FailureKind.NodeSwap;

    /// <summary>Share after which the node goes on in place.</summary>
    [Default(Grade.B, "73 % of failures transient (Unicron, arXiv 2401.00134)")]
    public double TransientFraction { get; init => field = Check.Fraction(value); } = 0.73;

    /// <summary>Time until the failure is found and the job stopped.</summary>
    [Default(Grade.E, "assumption: 60 s with inspection; 10 min by time-out (ByteRobust, arXiv 2509.16293)")]
    public double DetectS { get; init => field = Check.NotNegative(value); } = 60;

    /// <summary>Mean hands-on time to mend the node, exponential.</summary>
    [Default(Grade.E, "assumption: four hours of a technician")]
    public double RepairS { get; init => field = Check.Positive(value); } = 4 * 3600;

    /// <summary>Mean length of a link flap; absent when the cause is no flap.</summary>
    public double? FlapS { get; init => field = value is { } flap ? Check.Positive(flap) : null; }

    /// <summary>Longest flap that the network's retries absorb.</summary>
    [Default(Grade.E, "assumption: 30 s of retries before a communicator gives up")]
    public double RetryS { get; init => field = Check.NotNegative(value); } = 30;

    /// <summary>Mean time until silent corruption is found; absent when the cause is not silent.</summary>
    public double? SilentS { get; init => field = value is { } silent ? Check.Positive(silent) : null; }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (Count is null == FailuresPerUnitS is null)
        {
            yield return new(nameof(Count), "either count or failures (a rate)", Count is null ? "neither" : "both");
        }
        if (FlapS is not null && SilentS is not null)
        {
            yield return new(nameof(SilentS), "a cause that is a flap or silent, not both", "both");
        }
    }
}

/// <summary>What was counted, on how many GPUs, in what time: the causes of a failure process.</summary>
/// <remarks>
/// A cause with a rate r of n₀ units at the record's size N₀ strikes a job of N GPUs at n·r·(N/N₀)^β. A counted cause has the rate count / (time at risk),
/// or its share of the total rate when the record publishes shares and a rate apart.
/// </remarks>
[Catalog("failures")]
public sealed record FailureRecordSpec : ISelfChecking
{
    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>GPUs observed: the size N₀ that rates are of.</summary>
    public required int Gpus { get; init => field = Check.AtLeastOne(value); }

    /// <summary>GPUs of one node.</summary>
    [Default(Grade.A, "HGX and DGX H100: eight GPUs a server")]
    public int GpusPerNode { get; init => field = Check.AtLeastOne(value); } = 8;

    /// <summary>Links of one GPU into the network.</summary>
    [Default(Grade.E, "assumption: one adapter for each GPU")]
    public double LinksPerGpu { get; init => field = Check.NotNegative(value); } = 1;

    /// <summary>Time in which was counted.</summary>
    public double? ObservedS { get; init => field = value is { } observed ? Check.Positive(observed) : null; }

    /// <summary>Share of that time in which the job could fail; while it is stopped and waits, it cannot.</summary>
    [Default(Grade.E, "assumption: always at risk, which makes rates a little low")]
    public double AtRiskFraction { get; init => field = Check.PositiveFraction(value); } = 1;

    /// <summary>Failures of one node over all causes at the record's size; counts are then its shares.</summary>
    public double? FailuresPerNodeS { get; init => field = value is { } rate ? Check.NotNegative(rate) : null; }

    /// <summary>Growth of the rate of one unit with the size of the job: the exponent β.</summary>
    [Default(Grade.E, "assumption: in proportion; 0.92 fits the one published pair, 32,768 to 100,000 GPUs (arXiv 2602.00277)")]
    public double ElasticityRatio { get; init => field = Check.Within(value, 0, 2); }

    /// <summary>Planned interruptions in the observed time.</summary>
    [Default(Grade.E, "assumption: none is planned unless counted")]
    public int PlannedCount { get; init => field = Check.NotNegative(value); }

    /// <summary>The causes.</summary>
    public required IReadOnlyList<FailureCauseSpec> Causes { get; init; }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (ObservedS is not null && FailuresPerNodeS is not null)
        {
            yield return new(nameof(ObservedS), "either the time of the counts or a rate over all causes", "both");
        }
        if (PlannedCount > 0 && ObservedS is null) { yield return new(nameof(PlannedCount), "the time in which was counted (observed)", "none"); }
    }
}

/// <summary>Rates of the causes of a record for a job of any size.</summary>
public static class FailureCauses
{
    /// <summary>Failures per second of each cause for a job of so many GPUs.</summary>
    /// <exception cref="CaseException">Counted causes without a time or a rate that would make them rates.</exception>
    public static double[] RatesPerS(FailureRecordSpec record, int gpus)
    {
        long counted = record.Causes.Sum(cause => (long)(cause.Count ?? 0));
        if (record.Causes.Count == 0) { throw new CaseException("failures.causes", "one cause or more", "an empty list"); }
        if (counted > 0 && record.ObservedS is null && record.FailuresPerNodeS is null)
        {
            throw new CaseException(
                "failures", "observed (the time of the counts) or failures (a rate, such as '4.5 per 1000 node-days'), since counts alone are only shares",
                "neither");
        }
        double growth = Elementary.Pow((double)gpus / record.Gpus, record.ElasticityRatio);
        double[] rates = new double[record.Causes.Count];
        for (int i = 0; i < rates.Length; i++)
        {
            FailureCauseSpec cause = record.Causes[i];
            double perGpuS = cause.FailuresPerUnitS is { } rate
                ? rate * cause.By switch { FailureUnit.Node => 1.0 / record.GpusPerNode, FailureUnit.Link => record.LinksPerGpu, _ => 1 }
                : cause.Count is null or 0 ? 0
                : record.FailuresPerNodeS is { } all ? all / record.GpusPerNode * cause.Count.Value / counted
                : cause.Count.Value / (record.ObservedS!.Value * record.AtRiskFraction * record.Gpus);
            rates[i] = perGpuS * gpus * growth;
        }
        return rates;
    }

    /// <summary>Share of a cause's events that stop the job: all, but for absorbed flaps.</summary>
    public static double StoppingFraction(FailureCauseSpec cause) => cause.FlapS is { } flap ? Elementary.Exp(-cause.RetryS / flap) : 1;

    /// <summary>Mean time between events that stop a job of so many GPUs; infinite when nothing fails.</summary>
    public static double MtbfS(FailureRecordSpec record, int gpus)
    {
        double[] rates = RatesPerS(record, gpus);
        double perS = 0;
        for (int i = 0; i < rates.Length; i++) { perS += rates[i] * StoppingFraction(record.Causes[i]); }
        return 1 / perS;
    }

    /// <summary>Mean time until a failure is found, over the causes as often as they strike.</summary>
    public static double MeanDetectS(FailureRecordSpec record)
    {
        double[] rates = RatesPerS(record, record.Gpus);
        double perS = 0, found = 0;
        for (int i = 0; i < rates.Length; i++)
        {
            perS += rates[i] * StoppingFraction(record.Causes[i]);
            found += rates[i] * StoppingFraction(record.Causes[i]) * record.Causes[i].DetectS;
        }
        return perS > 0 ? found / perS : 0;
    }

    /// <summary>The exponent β that joins two observed times between failures: ln[(μ₁·N₁)/(μ₂·N₂)] / ln(N₂/N₁).</summary>
    /// <param name="smallGpus">GPUs of the smaller job.</param>
    /// <param name="smallMtbfS">Its mean time between failures.</param>
    /// <param name="largeGpus">GPUs of the larger job.</param>
    /// <param name="largeMtbfS">Its mean time between failures.</param>
    public static double ElasticityRatio(int smallGpus, double smallMtbfS, int largeGpus, double largeMtbfS) =>
        Elementary.Log(smallMtbfS * smallGpus / (largeMtbfS * largeGpus)) / Elementary.Log((double)largeGpus / smallGpus);
}
