using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>GPUs set aside for serving, what users are promised, and how the pool follows their number.</summary>
public sealed record ServingPoolSpec
{
    /// <summary>GPUs that may serve; what is not needed goes to training.</summary>
    public required int Gpus { get; init => field = Check.AtLeastOne(value); }

    /// <summary>GPUs that start and stop together and hold one copy of the model.</summary>
    [Default(Grade.E, "assumption: 72, one NVL72 rack")]
    public int ReplicaGpus { get; init => field = Check.AtLeastOne(value); } = 72;

    /// <summary>Output tokens that each user is promised in a second.</summary>
    public required double InteractivityPerS { get; init => field = Check.Positive(value); }

    /// <summary>Wait before the answer begins that is acceptable.</summary>
    [Default(Grade.E, "assumption: 1 s")]
    public double WaitS { get; init => field = Check.NotNegative(value); } = 1;

    /// <summary>Share of requests that may wait longer.</summary>
    [Default(Grade.E, "assumption: 1 %")]
    public double LongerFraction { get; init => field = Check.Within(value, 1e-9, 0.5); } = 0.01;

    /// <summary>Capacity kept on above what the moment's demand needs.</summary>
    [Default(Grade.E, "assumption: 15 %")]
    public double HeadroomFraction { get; init => field = Check.NotNegative(value); } = 0.15;

    /// <summary>Time from asking for a replica to its first answer: the training step ends, weights are loaded.</summary>
    [Default(Grade.E, "assumption: 5 min")]
    public double StartS { get; init => field = Check.NotNegative(value); } = 300;

    /// <summary>How long a replica is kept after it is no longer needed.</summary>
    [Default(Grade.E, "assumption: 30 min")]
    public double HoldS { get; init => field = Check.NotNegative(value); } = 1800;

    /// <summary>Power of a replica without requests over that of a full one.</summary>
    [Default(Grade.E, "assumption: 30 %, between idle and stalled GPUs in training")]
    public double IdleFraction { get; init => field = Check.Fraction(value); } = 0.3;
}

/// <summary>One moment of a pool's week.</summary>
/// <param name="TimeS">Time since Monday 00:00.</param>
/// <param name="RequestsPerS">Requests that come.</param>
/// <param name="NeededGpus">GPUs that keep the promise at this moment, headroom included, however many there are.</param>
/// <param name="OnGpus">GPUs that serve.</param>
/// <param name="LoadFraction">Share of the serving GPUs' capacity that is used.</param>
/// <param name="WaitS">Mean wait of the requests that come now.</param>
/// <param name="LongerFraction">Share of them that waits longer than promised.</param>
/// <param name="QueueRatio">Requests that wait because more came than could be served.</param>
public readonly record struct ServingMoment(
    double TimeS, double RequestsPerS, int NeededGpus, int OnGpus, double LoadFraction, double WaitS, double LongerFraction, double QueueRatio);

/// <summary>A week of a pool.</summary>
public sealed record ServingWeek
{
    /// <summary>Every five minutes of it.</summary>
    public required IReadOnlyList<ServingMoment> Moments { get; init; }

    /// <summary>GPUs that keep the promise at the busiest moment, headroom included.</summary>
    public required int NeededGpus { get; init; }

    /// <summary>GPU-time that serves.</summary>
    public required double OnGpuS { get; init; }

    /// <summary>GPU-time of the pool that training gets.</summary>
    public required double FreeGpuS { get; init; }

    /// <summary>Tokens handled in the week.</summary>
    public required double TokensRatio { get; init; }

    /// <summary>Share of the capacity switched on that is used.</summary>
    public required double OnFraction { get; init; }

    /// <summary>Share of the whole pool's capacity that serving uses.</summary>
    public required double PoolFraction { get; init; }

    /// <summary>Mean wait over all requests.</summary>
    public required double MeanWaitS { get; init; }

    /// <summary>Longest mean wait of any five minutes.</summary>
    public required double WorstWaitS { get; init; }

    /// <summary>Share of requests that waits longer than promised.</summary>
    public required double LongerFraction { get; init; }

    /// <summary>Most requests waiting because more came than could be served.</summary>
    public required double WorstQueueRatio { get; init; }

    /// <summary>Time in which more came than the serving GPUs could take.</summary>
    public required double OverloadedS { get; init; }

    /// <summary>Fastest growth of that queue.</summary>
    public required double GrowthPerS { get; init; }

    /// <summary>Whether the queue returns to nothing within the week; if not, it grows from week to week.</summary>
    public required bool IsStable { get; init; }

    /// <summary>Energy of serving.</summary>
    public required double EnergyMwh { get; init; }
}

/// <summary>The serving pool: GPUs needed at a promise, and a week of following the demand.</summary>
/// <remarks>
/// A server is one stream of output at the promised speed, and a GPU carries T(v)/[(1 + input/output)·v] of them. Within five minutes the
/// queue is in its steady state; where more comes than can be served it is a fluid that fills and drains. The autoscaler sees the
/// demand of <see cref="ServingPoolSpec.StartS"/> ago, since it takes that long to act. Not modelled: forecasts, failures of replicas,
/// several models in one pool, prompts that are cached.
/// </remarks>
public static class ServingPool
{
    /// <summary>Time between two moments of a week.</summary>
    public const double StepS = 300;

    private const int Steps = 2016;

    /// <summary>Streams of one replica at the promised speed, for a demand's own mix of input and output.</summary>
    public static int Streams(ServingPoolSpec spec, ServingFrontierSpec frontier, ServingDemandSpec demand)
    {
        double perGpu = ServingFrontier.ThroughputPerGpuS(frontier, spec.InteractivityPerS)
            / ((1 + demand.InputTokensRatio / demand.OutputTokensRatio) * spec.InteractivityPerS);
        return (int)Math.Max(1, Math.Floor(perGpu * spec.ReplicaGpus + 1e-9));
    }

    /// <summary>Mean time that one request holds a stream.</summary>
    public static double ServiceS(ServingPoolSpec spec, ServingDemandSpec demand) => demand.OutputTokensRatio / spec.InteractivityPerS;

    /// <summary>GPUs that keep the promise at so many requests a second, in whole replicas.</summary>
    /// <param name="spec">The promise.</param>
    /// <param name="demand">Length and spread of the answers.</param>
    /// <param name="streams">Streams of one replica.</param>
    /// <param name="requestsPerS">Requests.</param>
    /// <param name="headroomFraction">Capacity to add.</param>
    public static int GpusNeeded(ServingPoolSpec spec, ServingDemandSpec demand, int streams, double requestsPerS, double headroomFraction)
    {
        double serviceS = ServiceS(spec, demand);
        int servers = ServingPoolQueue.ServersNeeded(requestsPerS * serviceS, serviceS, demand.VariationRatio, spec.WaitS, spec.LongerFraction);
        return (int)Math.Ceiling(servers * (1 + headroomFraction) / streams - 1e-9) * spec.ReplicaGpus;
    }

    /// <summary>A week of the pool, in the state that returns every week.</summary>
    public static ServingWeek Week(ServingPoolSpec spec, ServingFrontierSpec frontier, ServingDemandSpec demand)
    {
        int streams = Streams(spec, frontier, demand);
        double serviceS = ServiceS(spec, demand);
        int wholeGpus = spec.Gpus / spec.ReplicaGpus * spec.ReplicaGpus;
        double[] requests = new double[Steps];
        int[] needed = new int[Steps];
        for (int i = 0; i < Steps; i++)
        {
            requests[i] = ServingPoolDemand.RequestsPerS(demand, ServingPoolDemand.SessionsPerS(demand, (i + 0.5) * StepS));
            needed[i] = GpusNeeded(spec, demand, streams, requests[i], spec.HeadroomFraction);
        }
        int lag = (int)Math.Ceiling(spec.StartS / StepS), hold = (int)Math.Ceiling(spec.HoldS / StepS);
        ServingMoment[] moments = new ServingMoment[Steps];
        double queue = 0, before = 0;
        // The first week finds the queue that Sunday hands to Monday.
        for (int round = 0; round < 2; round++)
        {
            before = queue;
            for (int i = 0; i < Steps; i++)
            {
                int wanted = 0;
                for (int back = lag; back <= lag + hold; back++) { wanted = Math.Max(wanted, needed[((i - back) % Steps + Steps) % Steps]); }
                int on = Math.Min(wanted, wholeGpus);
                if (round == 0)
                {
                    queue = Math.Max(0, queue + (requests[i] - on / spec.ReplicaGpus * streams / serviceS) * StepS);
                    continue;
                }
                moments[i] = Moment(spec, demand, i, requests[i], needed[i], on, on / spec.ReplicaGpus * streams, serviceS, ref queue);
            }
        }
        return Summed(spec, frontier, demand, moments, serviceS, streams, queue <= before + 1e-6 * (1 + before));
    }

    private static ServingMoment Moment(
        ServingPoolSpec spec, ServingDemandSpec demand, int i, double requestsPerS, int needed, int on, int servers, double serviceS, ref double queue)
    {
        double loadRatio = requestsPerS * serviceS, servedPerS = servers / serviceS;
        double after = Math.Max(0, queue + (requestsPerS - servedPerS) * StepS), mean = (queue + after) / 2;
        bool isFluid = loadRatio >= servers || mean > 0;
        double waitS = servers == 0
            ? (requestsPerS > 0 ? double.PositiveInfinity : 0)
            : isFluid ? mean / servedPerS : ServingPoolQueue.MeanWaitS(servers, loadRatio, serviceS, demand.VariationRatio);
        double longer = isFluid
            ? (waitS > spec.WaitS ? 1 : ServingPoolQueue.WaitsLongerFraction(servers, loadRatio, serviceS, demand.VariationRatio, spec.WaitS))
            : ServingPoolQueue.WaitsLongerFraction(servers, loadRatio, serviceS, demand.VariationRatio, spec.WaitS);
        double served = (requestsPerS * StepS + queue - after) / StepS;
        queue = after;
        return new ServingMoment((i + 0.5) * StepS, requestsPerS, needed, on, servers == 0 ? 0 : Math.Min(1, served / servedPerS), waitS, longer, after);
    }

    private static ServingWeek Summed(
        ServingPoolSpec spec, ServingFrontierSpec frontier, ServingDemandSpec demand, ServingMoment[] moments, double serviceS, int streams, bool isStable)
    {
        double onGpuS = 0, usedGpuS = 0, requests = 0, waited = 0, longer = 0, worstWaitS = 0, worstQueue = 0, overloadedS = 0, growth = 0, served = 0;
        int needed = 0;
        foreach (ServingMoment at in moments)
        {
            double servedPerS = at.OnGpus / spec.ReplicaGpus * streams / serviceS;
            onGpuS += at.OnGpus * StepS;
            usedGpuS += at.OnGpus * StepS * at.LoadFraction;
            served += servedPerS * at.LoadFraction * StepS;
            requests += at.RequestsPerS * StepS;
            waited += at.RequestsPerS * StepS * at.WaitS;
            longer += at.RequestsPerS * StepS * at.LongerFraction;
            worstWaitS = Math.Max(worstWaitS, at.WaitS);
            worstQueue = Math.Max(worstQueue, at.QueueRatio);
            if (at.RequestsPerS > servedPerS)
            {
                overloadedS += StepS;
                growth = Math.Max(growth, at.RequestsPerS - servedPerS);
            }
            needed = Math.Max(needed, at.NeededGpus);
        }
        double poolGpuS = (double)spec.Gpus * StepS * Steps;
        return new ServingWeek
        {
            Moments = moments,
            NeededGpus = needed,
            OnGpuS = onGpuS,
            FreeGpuS = poolGpuS - onGpuS,
            TokensRatio = served * (demand.InputTokensRatio + demand.OutputTokensRatio),
            OnFraction = onGpuS > 0 ? usedGpuS / onGpuS : 0,
            PoolFraction = usedGpuS / poolGpuS,
            MeanWaitS = waited / requests,
            WorstWaitS = worstWaitS,
            LongerFraction = longer / requests,
            WorstQueueRatio = worstQueue,
            OverloadedS = overloadedS,
            GrowthPerS = growth,
            IsStable = isStable,
            EnergyMwh = frontier.SitePowerMwPerGpu / 3600 * (usedGpuS + spec.IdleFraction * (onGpuS - usedGpuS)),
        };
    }
}
