using Gigawatt.Reliability;
using Gigawatt.Training;

namespace Gigawatt.Simulation;

/// <summary>A training job alone, from event to event, through days of failures: what becomes of its time.</summary>
/// <remarks>
/// All times are whole nanoseconds, so the ledger adds up to wall time exactly. Between events nothing is computed, and no event allocates. Each run has
/// streams of its own, so results do not depend on the number of threads. Equals <see cref="Checkpoint.EfficiencyFraction"/> and
/// <see cref="CheckpointLevels.EfficiencyFraction"/> within its standard error where those hold.
/// </remarks>
public sealed partial class JobSimulation
{
    private const long Never = long.MaxValue;

    private readonly JobPlan plan;
    private readonly JobSimulationSpec spec;
    private readonly RepairShop shop;
    private readonly long[] keptWork;
    private readonly long[] keptAt;
    private readonly long[] backAt;
    private readonly int early;
    private readonly int site;
    private readonly long span, interval, stall, write, save, localSave, swap, planned, plannedEvery;
    private readonly double hazardNs;

    /// <summary>A simulation of a job, to be run again and again on one thread.</summary>
    public JobSimulation(JobPlan plan)
    {
        this.plan = plan;
        spec = plan.Spec;
        shop = new RepairShop(spec.Repair, plan.Nodes + spec.Spares);
        keptWork = new long[spec.RetainedCheckpoints];
        keptAt = new long[spec.RetainedCheckpoints];
        backAt = new long[spec.Replicas];
        early = plan.Rising.Length;
        site = early + 1;
        span = JobPlan.Ns(spec.SpanS);
        interval = Math.Max(1, JobPlan.Ns(plan.IntervalS / (spec.Local?.PerStorage ?? 1)));
        (stall, write, save) = (JobPlan.Ns(plan.StallS), JobPlan.Ns(plan.WriteS), JobPlan.Ns(spec.CheckpointS));
        localSave = JobPlan.Ns(spec.Local?.CheckpointS ?? 0);
        (swap, planned) = (JobPlan.Ns(spec.SwapS), JobPlan.Ns(spec.PlannedS));
        plannedEvery = spec.Failures.PlannedCount > 0 ? JobPlan.Ns(spec.Failures.ObservedS!.Value / spec.Failures.PlannedCount) : Never;
        hazardNs = plan.EventsPerS > 0 ? 1e9 * spec.Replicas / plan.EventsPerS : double.PositiveInfinity;
    }

    /// <summary>Runs of one job, in their order, for any number of threads the same.</summary>
    /// <param name="plan">The job.</param>
    /// <param name="seed">Seed of the campaign.</param>
    /// <param name="runs">How many runs.</param>
    /// <param name="threads">Threads to use; null for one per core.</param>
    public static JobRun[] Runs(JobPlan plan, long seed, int runs, int? threads = null)
    {
        JobRun[] all = new JobRun[runs];
        Parallel.For(0, runs, new ParallelOptions { MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount }, () => new JobSimulation(plan), (run, _, job) =>
        {
            all[run] = job.Run(seed, run);
            return job;
        }, _ => { });
        return all;
    }

    /// <summary>One run.</summary>
    public JobRun Run(long seed, int run)
    {
        Begin(seed, run);
        while (now < span) { Next(); }
        return Result();
    }

    private void Next()
    {
        bool atRisk = phase is Phase.Computing or Phase.Saving or Phase.Restarting or Phase.PlannedSave;
        int active = spec.Replicas - outReplicas;
        long failAt = atRisk && failIn < Never ? now + (failIn + active - 1) / active : Never;
        long earlyAt = atRisk ? Math.Max(now, bornBadAt) : Never;
        long plannedAt = phase == Phase.Computing ? Math.Max(now, nextPlanned) : Never;
        long siteAt = nextSite < plan.SiteAt.Length ? Math.Max(now, plan.SiteAt[nextSite]) : Never;
        long shopAt = shop.NextNs;
        long next = Math.Min(Math.Min(Math.Min(phaseEnd, failAt), Math.Min(earlyAt, plannedAt)), Math.Min(Math.Min(siteAt, shopAt), Math.Min(foundAt, commitAt)));
        next = Math.Min(Math.Min(next, replicaBack), span);
        Spend(next - now, active);
        if (atRisk && failIn < Never) { failIn = Math.Max(0, failIn - active * (next - now)); }
        now = next;
        if (next == span) { return; }
        if (next == failAt) { Strike(); }
        else if (next == phaseEnd) { EndPhase(); }
        else if (next == commitAt) { Commit(pendingWork, pendingAt); }
        else if (next == foundAt) { FindCorruption(); }
        else if (next == shopAt) { Shop(); }
        else if (next == replicaBack) { ReplicaBack(); }
        else if (next == earlyAt) { EarlyFailure(); }
        else if (next == siteAt) { SiteStop(); }
        else if (next == plannedAt)
        {
            nextPlanned += plannedEvery;
            plannedCount++;
            Enter(Phase.PlannedSave, save);
        }
    }

    private void Spend(long length, int active)
    {
        if (length <= 0) { return; }
        downNodeNs += (double)shop.DownNodes * length;
        if (spares == 0) { noSpareNs += length; }
        long all = length * spec.Replicas;
        switch (phase)
        {
            case Phase.Computing:
                computing += length * active;
                work += length * active;
                scheduling += length * outReplicas;
                break;
            case Phase.Saving or Phase.PlannedSave: checkpoint += all; break;
            case Phase.Detecting: detection += all; break;
            case Phase.Restarting:
                long from = now - restartAt, to = from + length;
                communicators += spec.Replicas * Overlap(from, to, 0, communicatorsEnd);
                startup += spec.Replicas * Overlap(from, to, communicatorsEnd, loadBegin);
                load += spec.Replicas * Overlap(from, to, loadBegin, Never);
                break;
            case Phase.Planned: plannedNs += all; break;
            case Phase.Flap: network += all; break;
            default: scheduling += all; break;
        }
    }

    private void EndPhase()
    {
        switch (phase)
        {
            case Phase.Detecting or Phase.Swapping when missing > 0: Enter(Phase.WaitingNode, Never); break;
            case Phase.Detecting when swapPending: Swap(); break;
            case Phase.Detecting or Phase.Swapping or Phase.WaitingSite or Phase.Planned: Restart(); break;
            case Phase.Restarting or Phase.Flap:
                localHeld = true;
                Enter(Phase.Computing, phase == Phase.Flap ? flapLeft : interval);
                break;
            case Phase.Computing:
                savedAt = now;
                if (spec.Local is null) { SaveStorage(); }
                else
                {
                    savesStorage = false;
                    Enter(Phase.Saving, localSave);
                }
                break;
            case Phase.Saving when savesStorage: Saved(); break;
            case Phase.Saving:
                (localWork, localAt) = (work, savedAt);
                if (++localCount >= spec.Local!.PerStorage) { SaveStorage(); }
                else { Enter(Phase.Computing, interval); }
                break;
            case Phase.PlannedSave:
                Commit(work, now - save);
                restartFull = true;
                localCount = 0;
                Enter(Phase.Planned, planned);
                break;
        }
    }

    private void SaveStorage()
    {
        savesStorage = true;
        savedAt = now;
        Enter(Phase.Saving, stall);
    }

    private void Saved()
    {
        localCount = 0;
        if (write == 0) { Commit(work, savedAt); }
        else { (commitAt, pendingWork, pendingAt) = (now + write, work, savedAt); }
        Enter(Phase.Computing, interval);
    }

    private void Commit(long committed, long snapshotAt)
    {
        if (kept == keptWork.Length)
        {
            Array.Copy(keptWork, 1, keptWork, 0, kept - 1);
            Array.Copy(keptAt, 1, keptAt, 0, kept - 1);
            kept--;
        }
        (keptWork[kept], keptAt[kept]) = (committed, snapshotAt);
        kept++;
        commitAt = Never;
        if (spec.Local is null || localWork < committed) { (localWork, localAt) = (committed, snapshotAt); }
    }

    private void Restart()
    {
        swapPending = false;
        if (now < siteUntil)
        {
            Enter(Phase.WaitingSite, siteUntil - now);
            return;
        }
        long length = restartFull ? restart : localRestart;
        restartAt = now;
        communicatorsEnd = Math.Min(length, communicatorsLength);
        loadBegin = communicatorsEnd + (long)((length - communicatorsEnd) * (1 - spec.LoadFraction));
        Enter(Phase.Restarting, length);
    }

    private void Swap()
    {
        swapPending = false;
        Enter(Phase.Swapping, swap);
    }

    private void Enter(Phase next, long length) => (phase, phaseEnd) = (next, length == Never ? Never : now + length);

    private static long Overlap(long from, long to, long low, long high) => Math.Max(0, Math.Min(to, high) - Math.Max(from, low));

    private JobRun Result()
    {
        long keptWorkNs = computing - wasted;
        long slow = (long)(keptWorkNs * spec.SlowFraction), data = (long)(keptWorkNs * spec.DataFraction);
        return new JobRun
        {
            Interruptions = interruptions,
            ByCause = byCause,
            Planned = plannedCount,
            Flaps = flaps,
            BegunAnew = begunAnew,
            MeanDownNode = downNodeNs / span,
            MostDownNodes = mostDown,
            NoSpareFraction = (double)noSpareNs / span,
            Ledger = new GoodputLedger
            {
                ProductiveNs = keptWorkNs - slow - data,
                SlowStepsNs = slow,
                DataNs = data,
                CheckpointNs = checkpoint,
                WastedNs = wasted,
                DetectionNs = detection,
                SchedulingNs = scheduling,
                CommunicatorsNs = communicators,
                StartupNs = startup,
                LoadNs = load,
                PlannedNs = plannedNs,
                NetworkNs = network,
            },
        };
    }
}
