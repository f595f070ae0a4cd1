using Gigawatt.Numerics;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Training;

/// <summary>What an asynchronous job did over many updates.</summary>
public sealed record StalenessRun
{
    /// <summary>Groups a second that were learnt from.</summary>
    public required double GroupsPerS { get; init; }

    /// <summary>Mean number of updates between the start of a group and the update that learnt from it.</summary>
    public required double MeanRatio { get; init; }

    /// <summary>Share of groups that were 0, 1, 2 … updates behind; the last holds all that were further.</summary>
    public required IReadOnlyList<double> SharesFraction { get; init; }

    /// <summary>Share of the time in which the learner worked.</summary>
    public required double LearnerFraction { get; init; }

    /// <summary>Share of the places for rollouts that were in use.</summary>
    public required double RolloutFraction { get; init; }

    /// <summary>Mean number of groups begun and not yet taken by the learner, over time.</summary>
    public required double InFlightRatio { get; init; }

    /// <summary>The same at the moments when an update ends, which is what ages answers.</summary>
    public required double SeenInFlightRatio { get; init; }
}

/// <summary>How old the answers are that a learner learns from: closed forms, and the same found event by event.</summary>
/// <remarks>
/// Groups wait in a queue between rollout and learner. Each update makes every group in flight one version older, so the mean age
/// is groups in flight, counted when updates end, over groups of a batch (Little's law), and a cap of k batches on groups in flight keeps it at or
/// below k. The cap bounds the mean; a single long rollout can be older, and the shares say how often. Rollouts of equal length that begin
/// together stay together: they come in waves, and the count at updates then differs from that over time.
/// </remarks>
public static class Staleness
{
    private const int Shown = 16;

    /// <summary>Mean age of the answers in updates, from groups in flight.</summary>
    public static double MeanRatio(double inFlightRatio, int batchGroups) => inFlightRatio / batchGroups;

    /// <summary>Groups a second of rollouts that never wait, from so many at once: places over mean time, at most what the cap allows.</summary>
    /// <param name="placesRatio">Groups that can be written at once.</param>
    /// <param name="meanS">Mean time of one.</param>
    /// <param name="learnerS">Time of one update.</param>
    /// <param name="batchGroups">Groups of one update.</param>
    /// <remarks>min(places/mean, batch/update): the slower side sets the pace.</remarks>
    public static double GroupsPerS(double placesRatio, double meanS, double learnerS, int batchGroups) => Math.Min(placesRatio / meanS, batchGroups / learnerS);

    /// <summary>Simulates rollouts and learner event by event.</summary>
    /// <param name="rollout">How long a group takes.</param>
    /// <param name="places">Groups that can be written at once.</param>
    /// <param name="batchGroups">Groups of one update.</param>
    /// <param name="learnerS">Time of one update, new weights included.</param>
    /// <param name="capGroups">Most groups begun and not yet taken by the learner.</param>
    /// <param name="updates">Updates counted, after a tenth as many to settle.</param>
    /// <param name="seed">Fixes all chance.</param>
    /// <remarks>The learner takes groups in the order in which they end. A cap below a batch would never fill one.</remarks>
    public static StalenessRun Run(RolloutTimeSpec rollout, int places, int batchGroups, double learnerS, int capGroups, int updates, long seed)
    {
        if (capGroups < batchGroups)
        {
            throw new CaseException("rl.staleness", FormattableString.Invariant($"a cap of {batchGroups} groups in flight or more, one batch"), FormattableString.Invariant($"{capGroups}"));
        }
        Stream stream = Stream.For(seed, 0, "rollouts", "time");
        PriorityQueue<long, (double EndS, long Order)> running = new(places);
        Queue<long> ready = new();
        double[] shares = new double[Shown];
        double nowS = 0, learnerEndS = double.PositiveInfinity, fromS = 0, learntS = 0, placeS = 0, flightS = 0, ages = 0, seen = 0;
        long order = 0, counted = 0;
        int version = 0, settle = Math.Max(1, updates / 10), taken = 0;
        bool isLearning = false;
        while (version < settle + updates)
        {
            while (running.Count < places && running.Count + ready.Count < capGroups)
            {
                running.Enqueue(version, (nowS + RolloutPool.Draw(rollout, ref stream), order++));
            }
            if (!isLearning && ready.Count >= batchGroups)
            {
                for (int i = 0; i < batchGroups; i++)
                {
                    long age = version - ready.Dequeue();
                    if (version < settle) { continue; }
                    shares[Math.Min(age, Shown - 1)]++;
                    ages += age;
                    counted++;
                }
                if (version >= settle) { taken += batchGroups; }
                (isLearning, learnerEndS) = (true, nowS + learnerS);
                continue;
            }
            running.TryPeek(out _, out (double EndS, long Order) first);
            double nextS = running.Count > 0 ? Math.Min(first.EndS, learnerEndS) : learnerEndS;
            double passedS = nextS - nowS;
            if (version >= settle)
            {
                placeS += running.Count * passedS;
                flightS += (running.Count + ready.Count) * passedS;
                if (isLearning) { learntS += passedS; }
            }
            nowS = nextS;
            if (isLearning && nowS >= learnerEndS)
            {
                (isLearning, learnerEndS) = (false, double.PositiveInfinity);
                version++;
                if (version == settle) { fromS = nowS; }
                if (version > settle) { seen += running.Count + ready.Count; }
                continue;
            }
            ready.Enqueue(running.Dequeue());
        }
        double lengthS = nowS - fromS;
        for (int i = 0; i < Shown; i++) { shares[i] /= Math.Max(1, counted); }
        return new StalenessRun
        {
            GroupsPerS = taken / lengthS,
            MeanRatio = ages / Math.Max(1, counted),
            SharesFraction = shares,
            LearnerFraction = learntS / lengthS,
            RolloutFraction = placeS / (places * lengthS),
            InFlightRatio = flightS / lengthS,
            SeenInFlightRatio = seen / updates,
        };
    }
}
