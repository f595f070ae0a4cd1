using Gigawatt.Reliability;
using Gigawatt.Training;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Simulation;

/// <content>What strikes a job, and what it does to it.</content>
public sealed partial class JobSimulation
{
    private enum Phase
    {
        Computing,
        Saving,
        PlannedSave,
        Restarting,
        Detecting,
        Swapping,
        WaitingNode,
        WaitingSite,
        Planned,
        Flap,
    }

    private Stream luck, causeLuck, repairLuck, earlyLuck;
    private Phase phase;
    private long now, phaseEnd, failIn, bornBadAt, nextPlanned, foundAt, commitAt, replicaBack, siteUntil, corruptAt;
    private long work, localWork, localAt, pendingWork, pendingAt, savedAt, flapLeft;
    private long restart, localRestart, restartAt, communicatorsLength, communicatorsEnd, loadBegin;
    private long computing, wasted, checkpoint, detection, scheduling, communicators, startup, load, plannedNs, network, noSpareNs;
    private double downNodeNs, earlyHazard;
    private int kept, localCount, spares, missing, outReplicas, waitingReplicas, nextSite, silentCause;
    private int interruptions, plannedCount, flaps, begunAnew, mostDown;
    private bool savesStorage, swapPending, restartFull, localHeld;
    private int[] byCause = [];

    private void Begin(long seed, int run)
    {
        luck = Stream.For(seed, run, "job", "failures");
        causeLuck = Stream.For(seed, run, "job", "causes");
        repairLuck = Stream.For(seed, run, "job", "repair");
        earlyLuck = Stream.For(seed, run, "job", "early failures");
        shop.Clear();
        (now, commitAt, foundAt, replicaBack, siteUntil, corruptAt, nextPlanned) = (0, Never, Never, Never, 0, Never, plannedEvery == Never ? Never : plannedEvery / 2);
        (work, localWork, localAt, pendingWork, pendingAt, savedAt, flapLeft) = (0, 0, -1, 0, 0, 0, 0);
        (computing, wasted, checkpoint, detection, scheduling, communicators, startup) = (0, 0, 0, 0, 0, 0, 0);
        (load, plannedNs, network, noSpareNs, downNodeNs) = (0, 0, 0, 0, 0);
        (localCount, spares, missing, outReplicas, waitingReplicas, nextSite, silentCause) = (0, spec.Spares, 0, 0, 0, 0, -1);
        (interruptions, plannedCount, flaps, begunAnew, mostDown) = (0, 0, 0, 0, 0);
        (keptWork[0], keptAt[0], kept) = (0, -1, 1);
        (swapPending, restartFull, localHeld, savesStorage) = (false, true, false, false);
        byCause = new int[plan.Rising.Length + 2];
        restart = JobPlan.Ns(plan.RestartS);
        localRestart = JobPlan.Ns(plan.LocalRestartS);
        communicatorsLength = JobPlan.Ns(Goodput.CommunicatorsS(spec.Gpus));
        earlyHazard = spec.NewBatch is { } batch ? InfantMortality.ExpectedPerGpu(batch, batch.AgeS) : 0;
        DrawFailure();
        DrawEarly();
        Restart();
    }

    private void DrawFailure() => failIn = double.IsInfinity(hazardNs) ? Never : (long)Math.Min(4e18, luck.NextExponential() * hazardNs);

    private void DrawEarly()
    {
        bornBadAt = Never;
        if (spec.NewBatch is not { WeakFraction: > 0, BatchFraction: > 0 } batch) { return; }
        earlyHazard += earlyLuck.NextExponential() / (spec.Gpus * batch.BatchFraction);
        double at = InfantMortality.AgeS(batch, earlyHazard) - batch.AgeS;
        if (double.IsFinite(at)) { bornBadAt = JobPlan.Ns(at); }
    }

    // The exponential clock of all causes together rang: which cause, and what it does.
    private void Strike()
    {
        DrawFailure();
        double[] rising = plan.Rising;
        double draw = causeLuck.NextUniform() * rising[^1];
        int cause = 0;
        while (cause < rising.Length - 1 && draw >= rising[cause]) { cause++; }
        if (plan.FlapNs[cause] > 0)
        {
            long length = (long)(causeLuck.NextExponential() * plan.FlapNs[cause]);
            if (length <= plan.Retry[cause])
            {
                flaps++;
                if (phase == Phase.Computing)
                {
                    flapLeft = phaseEnd - now;
                    Enter(Phase.Flap, length);
                }
                return;
            }
        }
        if (plan.SilentNs[cause] > 0)
        {
            if (corruptAt == Never) { (corruptAt, foundAt, silentCause) = (now, now + (long)(causeLuck.NextExponential() * plan.SilentNs[cause]), cause); }
            return;
        }
        Interrupt(cause, plan.Detect[cause], plan.Kind[cause], causeLuck.NextUniform() >= plan.Transient[cause], plan.RepairNs[cause]);
    }

    private void EarlyFailure()
    {
        DrawEarly();
        Interrupt(early, JobPlan.Ns(60), FailureKind.HardwareReturn, true, 4 * 3600e9);
    }

    private void Interrupt(int cause, long detect, FailureKind kind, bool takesNode, double repairNs)
    {
        interruptions++;
        byCause[cause]++;
        bool replicaOnly = outReplicas < spec.Replicas - 1 && (phase is Phase.Computing or Phase.Saving or Phase.PlannedSave);
        bool swaps = takesNode && TakeNode(kind, repairNs);
        if (replicaOnly)
        {
            outReplicas++;
            if (takesNode && !swaps) { waitingReplicas++; }
            else { ReturnReplica(now + detect + (swaps ? swap : 0) + JobPlan.Ns(spec.ReplicaRestartS)); }
            return;
        }
        if (takesNode && !swaps) { missing++; }
        swapPending |= swaps;
        bool local = localHeld && spec.Local is { } level && causeLuck.NextUniform() < level.RecoversFraction;
        FallBack(local);
        Enter(Phase.Detecting, detect);
    }

    // A node leaves for repair; true when a spare takes its place at once.
    private bool TakeNode(FailureKind kind, double repairNs)
    {
        long partsNs = kind == FailureKind.HardwareReturn ? (long)(repairLuck.NextExponential() * spec.Repair.PartsS * 1e9) : 0;
        shop.Send(now + partsNs, Math.Max(1, (long)(repairLuck.NextExponential() * repairNs)));
        mostDown = Math.Max(mostDown, shop.DownNodes);
        if (spares == 0) { return false; }
        spares--;
        return true;
    }

    // Work since the checkpoint that the job falls back to is lost.
    private void FallBack(bool local)
    {
        long to = local ? localWork : keptWork[kept - 1], snapshotAt = local ? localAt : keptAt[kept - 1];
        wasted += work - to;
        work = to;
        if (!local) { (localWork, localAt, localCount, localHeld) = (to, snapshotAt, 0, false); }
        restartFull = !local;
        commitAt = Never;
        if (snapshotAt < corruptAt) { (corruptAt, foundAt) = (Never, Never); }
        // All replicas restart together.
        (outReplicas, replicaBack) = (0, Never);
        missing += waitingReplicas;
        waitingReplicas = 0;
    }

    private void FindCorruption()
    {
        interruptions++;
        byCause[silentCause]++;
        while (kept > 0 && keptAt[kept - 1] >= corruptAt) { kept--; }
        if (kept == 0)
        {
            begunAnew++;
            (keptWork[0], keptAt[0], kept) = (0, -1, 1);
        }
        FallBack(local: false);
        (corruptAt, foundAt) = (Never, Never);
        if (phase is Phase.Computing or Phase.Saving or Phase.PlannedSave or Phase.Restarting or Phase.Flap) { Enter(Phase.Detecting, plan.Detect[silentCause]); }
    }

    private void SiteStop()
    {
        interruptions++;
        byCause[site]++;
        bool covered = plan.SiteNodes[nextSite] <= spares;
        if (covered) { swapPending = true; }
        else { siteUntil = Math.Max(siteUntil, now + plan.SiteLasts[nextSite]); }
        nextSite++;
        FallBack(local: false);
        if (phase is Phase.Computing or Phase.Saving or Phase.PlannedSave or Phase.Restarting or Phase.Flap) { Enter(Phase.Detecting, 0); }
    }

    private void Shop()
    {
        if (!shop.Next()) { return; }
        if (waitingReplicas > 0)
        {
            waitingReplicas--;
            ReturnReplica(now + swap + JobPlan.Ns(spec.ReplicaRestartS));
        }
        else if (missing > 0)
        {
            missing--;
            swapPending = true;
            if (phase == Phase.WaitingNode && missing == 0) { Swap(); }
        }
        else { spares++; }
    }

    private void ReturnReplica(long at)
    {
        backAt[outReplicas - waitingReplicas - 1] = at;
        replicaBack = Math.Min(replicaBack, at);
    }

    private void ReplicaBack()
    {
        int returning = outReplicas - waitingReplicas, first = 0;
        for (int i = 1; i < returning; i++)
        {
            if (backAt[i] < backAt[first]) { first = i; }
        }
        backAt[first] = backAt[returning - 1];
        outReplicas--;
        replicaBack = Never;
        for (int i = 0; i < returning - 1; i++) { replicaBack = Math.Min(replicaBack, backAt[i]); }
    }
}
