using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>A pool in a run: what it serves, to whom, and for how much.</summary>
/// <remarks>Not modelled: users who come back later, prices that fall with time, a frontier that moves with the software, a copy of the model lost with a node.</remarks>
public sealed record ServedSpec : ISelfChecking
{
    /// <summary>The GPUs and the promise.</summary>
    public required ServingPoolSpec Pool { get; init; }

    /// <summary>What a GPU serves.</summary>
    public required ServingFrontierSpec Frontier { get; init; }

    /// <summary>Who comes, in the first year of the pool.</summary>
    public required ServingDemandSpec Demand { get; init; }

    /// <summary>Growth of the demand over a year, steady from the pool's first day.</summary>
    [Default(Grade.E, "assumption: none")]
    public double YearlyGrowthFraction { get; init => field = Check.Within(value, -0.99, 100); }

    /// <summary>How long a user waits for an answer to begin before the request is lost.</summary>
    [Default(Grade.E, "assumption: 30 s")]
    public double PatienceS { get; init => field = Check.NotNegative(value); } = 30;

    /// <summary>What a million tokens sell for, of input and output together; without a price the pool serves for nothing.</summary>
    public double? MillionTokensPriceUsd { get; init => field = value is { } price ? Check.NotNegative(price) : null; }

    /// <summary>When jobs have to stop for the pool, it asks for the GPUs of the highest demand within this time, and keeps them until that is past; zero asks for what it lacks now.</summary>
    [Default(Grade.E, "assumption: half a day, so that a job stops once in a morning and not with each rise of the demand")]
    public double AskAheadS { get; init => field = Check.Within(value, 0, 7 * 86400); } = 43200;

    /// <summary>Power of a GPU whose replica is full, as a share of TDP.</summary>
    [Default(Grade.E, "assumption: 70 %; prefill as high as training, decoding below it")]
    public double BusyPowerFraction { get; init => field = Check.PositiveFraction(value); } = 0.7;

    /// <summary>Failures that take a node away, for each GPU.</summary>
    [Default(Grade.D, "27 % (Unicron, arXiv 2401.00134) of 419 in 54 days on 16,384 H100 (Llama 3, arXiv 2407.21783)")]
    public double FailuresPerGpuS { get; init => field = Check.NotNegative(value); } = 0.27 * 419 / (54.0 * 86400 * 16384);

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (Frontier.Points.Count > 1 && Pool.InteractivityPerS > Frontier.Points[^1].InteractivityPerS)
        {
            yield return new(nameof(Pool),
                FormattableString.Invariant($"at most {Frontier.Points[^1].InteractivityPerS:0.###} tokens/s, the fastest point of '{Frontier.Title}'"),
                FormattableString.Invariant($"{Pool.InteractivityPerS:0.###} tokens/s"));
        }
        if (Pool.Gpus < Pool.ReplicaGpus)
        {
            yield return new(nameof(Pool), FormattableString.Invariant($"at least the {Pool.ReplicaGpus} GPUs of one replica"), FormattableString.Invariant($"{Pool.Gpus}"));
        }
        double streams = ServingPoolDemand.RequestsPerS(Demand, Demand.SessionsPerS) * ServingPool.ServiceS(Pool, Demand);
        if (streams > 2e7) { yield return new(nameof(Demand), "a mean of at most 20,000,000 streams at once", FormattableString.Invariant($"{streams:0}")); }
    }
}

/// <summary>What a pool remembers between steps. <see cref="ServingPoolRun.Begin"/> makes the first one.</summary>
public struct ServingPoolState
{
    /// <summary>Requests that wait.</summary>
    public double QueueRatio;

    /// <summary>Requests that come each second.</summary>
    public double RequestsPerS;

    /// <summary>Five minutes begun since the clock's zero; below zero before the first.</summary>
    public long Tick;

    /// <summary>GPUs that it wants since then.</summary>
    public int WantedGpus;

    /// <summary>GPUs that it has asked jobs for, and the last five minutes in which it keeps them.</summary>
    public int AskedGpus;

    /// <inheritdoc cref="AskedGpus"/>
    public long AskedUntilTick;

    /// <summary>GPUs that the last moments needed, as a ring.</summary>
    public int[] NeededGpus;

    /// <summary>Hazard left until a node fails, in units of the mean.</summary>
    public double HazardToFailure;
}

/// <summary>What a pool did in one step; requests and tokens as numbers.</summary>
/// <param name="CameRatio">Requests that came.</param>
/// <param name="ServedRatio">Requests answered.</param>
/// <param name="LateRatio">Requests that waited longer than promised.</param>
/// <param name="LostRatio">Requests given up.</param>
/// <param name="TokensRatio">Tokens handled, of input and output.</param>
/// <param name="BusyFraction">Share of the capacity switched on that was used.</param>
public readonly record struct ServingPoolStep(double CameRatio, double ServedRatio, double LateRatio, double LostRatio, double TokensRatio, double BusyFraction);

/// <summary>A pool through the hours of a run: worked out once, then a look into tables for each step.</summary>
/// <remarks>
/// Every five minutes the demand of the week's calendar, grown, gives the GPUs that keep the promise (the same as <see cref="ServingPool.GpusNeeded"/>; read from a
/// curve of 40 exact points, within a server in 100,000). The pool wants the most of the moments from <see cref="ServingPoolSpec.StartS"/> ago back to
/// <see cref="ServingPoolSpec.HoldS"/> before that, and what it asked jobs for until the peak it asked for is past. In a step requests are a fluid: what cannot be served waits, what would wait longer than users are patient is lost.
/// A cap on power slows each stream.
/// </remarks>
public sealed class ServingPoolRun
{
    private const int Moments = 2016;
    private const int Points = 40;
    private const double Grid = 1.2;

    private readonly double[] requestsPerS = new double[Moments];
    private readonly Curve servers;
    private readonly int lag;
    private readonly int kept;
    private readonly double startS;
    private readonly double endS;
    private readonly double weekS;

    /// <summary>Works a pool out.</summary>
    /// <param name="spec">The pool.</param>
    /// <param name="run">First day of the run.</param>
    /// <param name="first">First day of the pool.</param>
    /// <param name="last">Its last day.</param>
    /// <param name="horizonS">Time from the pool's first day to the end of all, up to which the demand grows.</param>
    public ServingPoolRun(ServedSpec spec, DateOnly run, DateOnly first, DateOnly? last, double horizonS)
    {
        Spec = spec;
        startS = (first.DayNumber - run.DayNumber) * 86400.0;
        endS = last is { } day ? (day.DayNumber + 1 - run.DayNumber) * 86400.0 : double.PositiveInfinity;
        // Day 0 was a Monday.
        weekS = run.DayNumber % 7 * 86400.0;
        ServiceS = ServingPool.ServiceS(spec.Pool, spec.Demand);
        Streams = ServingPool.Streams(spec.Pool, spec.Frontier, spec.Demand);
        double highestPerS = 0;
        for (int i = 0; i < Moments; i++)
        {
            requestsPerS[i] = ServingPoolDemand.RequestsPerS(spec.Demand, ServingPoolDemand.SessionsPerS(spec.Demand, (i + 0.5) * ServingPool.StepS));
            highestPerS = Math.Max(highestPerS, requestsPerS[i]);
        }
        servers = Servers(highestPerS * Math.Max(1, Growth(horizonS)) * ServiceS);
        lag = (int)Math.Ceiling(spec.Pool.StartS / ServingPool.StepS);
        kept = lag + (int)Math.Ceiling(spec.Pool.HoldS / ServingPool.StepS) + 1;
    }

    /// <summary>The pool.</summary>
    public ServedSpec Spec { get; }

    /// <summary>Mean time that one request holds a stream.</summary>
    public double ServiceS { get; }

    /// <summary>Streams of one replica.</summary>
    public int Streams { get; }

    /// <summary>The pool before its first moment.</summary>
    public ServingPoolState Begin() => new() { NeededGpus = new int[kept], Tick = -1 };

    /// <summary>Whether it serves at a time of the run.</summary>
    public bool IsOn(double timeS) => timeS >= startS && timeS < endS;

    /// <summary>GPUs that the demand asks for now, in whole replicas; none before its first day and after its last.</summary>
    /// <param name="state">What it remembers; its moments go on to now.</param>
    /// <param name="timeS">Middle of the step, counted from the beginning of the run.</param>
    public int WantedGpus(ref ServingPoolState state, double timeS)
    {
        if (!IsOn(timeS))
        {
            state.RequestsPerS = state.QueueRatio = 0;
            state.AskedGpus = 0;
            return 0;
        }
        long now = (long)Math.Floor(timeS / ServingPool.StepS);
        if (now != state.Tick)
        {
            // A pool begins as if it had followed its demand before.
            if (state.Tick < 0 || now - state.Tick > kept) { state.Tick = now - kept; }
            while (state.Tick < now) { Moment(ref state, ++state.Tick); }
            int wanted = 0;
            for (int back = lag, slot = Slot(now - lag); back < kept; back++, slot = slot > 0 ? slot - 1 : kept - 1) { wanted = Math.Max(wanted, state.NeededGpus[slot]); }
            state.WantedGpus = Math.Min(wanted, MostGpus);
            if (now > state.AskedUntilTick) { state.AskedGpus = 0; }
        }
        return state.WantedGpus;
    }

    /// <summary>What to ask jobs for: the GPUs of the highest demand ahead, kept until it is past, so that the next rise does not stop them again.</summary>
    /// <param name="state">What it remembers.</param>
    public int Ask(ref ServingPoolState state)
    {
        if (state.AskedGpus >= state.WantedGpus) { return state.AskedGpus; }
        (state.AskedGpus, state.AskedUntilTick) = (state.WantedGpus, state.Tick);
        long last = state.Tick + (long)(Spec.AskAheadS / ServingPool.StepS);
        for (long tick = state.Tick + 1; tick <= last && IsOn(tick * ServingPool.StepS); tick++)
        {
            int needed = Math.Min(Needed(RequestsPerS(tick)), MostGpus);
            if (needed >= state.AskedGpus) { (state.AskedGpus, state.AskedUntilTick) = (needed, tick + lag); }
        }
        return state.AskedGpus;
    }

    /// <summary>Lets one step pass.</summary>
    /// <param name="state">What it remembers.</param>
    /// <param name="gpus">GPUs that serve.</param>
    /// <param name="speedFraction">Speed of a stream, 1 without a cap on power.</param>
    /// <param name="stepS">Length of the step.</param>
    public ServingPoolStep Advance(ref ServingPoolState state, int gpus, double speedFraction, double stepS)
    {
        int streams = gpus / Spec.Pool.ReplicaGpus * Streams;
        double serviceS = ServiceS / speedFraction, perS = streams / serviceS;
        double came = state.RequestsPerS * stepS, could = perS * stepS, waiting = state.QueueRatio + came;
        double served = Math.Min(waiting, could), left = waiting - served;
        double lost = Math.Max(0, left - perS * Spec.PatienceS);
        left -= lost;
        double waitS = perS > 0 ? (state.QueueRatio + left) / 2 / perS : 0;
        double late = streams == 0 ? 0
            : waitS > Spec.Pool.WaitS ? 1
            : ServingPoolQueueLimit.WaitsLongerFraction(streams, state.RequestsPerS * serviceS, serviceS, Spec.Demand.VariationRatio, Spec.Pool.WaitS);
        state.QueueRatio = left;
        return new ServingPoolStep(
            came, served, Math.Max(0, came - lost) * late, lost, served * (Spec.Demand.InputTokensRatio + Spec.Demand.OutputTokensRatio), could > 0 ? served / could : 0);
    }

    private int MostGpus => Spec.Pool.Gpus / Spec.Pool.ReplicaGpus * Spec.Pool.ReplicaGpus;

    private void Moment(ref ServingPoolState state, long tick)
    {
        state.RequestsPerS = RequestsPerS(tick);
        state.NeededGpus[Slot(tick)] = Needed(state.RequestsPerS);
    }

    private double RequestsPerS(long tick)
    {
        double timeS = (tick + 0.5) * ServingPool.StepS;
        long moment = (tick + (long)(weekS / ServingPool.StepS)) % Moments;
        return requestsPerS[moment < 0 ? moment + Moments : moment] * Growth(Math.Max(0, timeS - startS));
    }

    private int Needed(double requestsPerS)
    {
        double need = servers.At(requestsPerS * ServiceS);
        return (int)Math.Ceiling(Math.Ceiling(need - 1e-6) * (1 + Spec.Pool.HeadroomFraction) / Streams - 1e-9) * Spec.Pool.ReplicaGpus;
    }

    private int Slot(long tick) => (int)((tick % kept + kept) % kept);

    private double Growth(double timeS) => Spec.YearlyGrowthFraction == 0 ? 1 : Elementary.Pow(1 + Spec.YearlyGrowthFraction, timeS / (365.25 * 86400));

    private Curve Servers(double highestRatio)
    {
        double[] loads = new double[Points + 1], needed = new double[Points + 1];
        double load = highestRatio * 1.001;
        for (int i = Points; i > 0; i--, load /= Grid)
        {
            loads[i] = load;
            needed[i] = ServingPoolQueue.ServersNeeded(load, ServiceS, Spec.Demand.VariationRatio, Spec.Pool.WaitS, Spec.Pool.LongerFraction);
        }
        return new Curve(loads, needed);
    }
}
