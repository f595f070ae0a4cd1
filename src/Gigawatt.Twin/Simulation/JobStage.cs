using Gigawatt.Training;

namespace Gigawatt.Simulation;

/// <summary>What became of GPU-time in one step.</summary>
/// <param name="All">That of all jobs together.</param>
/// <param name="IdleGpuS">Wanted by no job, or standing by.</param>
/// <param name="RepairGpuS">In repair.</param>
public readonly record struct JobsStep(JobStep All, double IdleGpuS, double RepairGpuS);

/// <summary>Gives GPUs to jobs and lets the jobs run for a step.</summary>
/// <remarks>
/// The most important job is served first; a job takes GPUs from the rack groups in their order, or from the one it must run on. It keeps what it holds, and takes
/// what no job behind it holds; what is too little for it goes to less important users; see <see cref="JobPreemption"/>. Not modelled: placement on pods, mixed generations slowing each other.
/// </remarks>
public static class JobStage
{
    /// <summary>One step of all jobs.</summary>
    public static JobsStep Step(Site site, double startS, double stepS)
    {
        double idleGpuS = 0, repairGpuS = 0;
        foreach (RackGroup rack in site.Racks)
        {
            rack.Shed = Math.Min(rack.Live, rack.Dark + (int)Math.Ceiling(rack.Live * site.Limits.ShedFraction));
            rack.Count();
            repairGpuS += rack.RepairGpus * stepS;
        }
        foreach (SiteJob job in site.Jobs)
        {
            job.IsAsked = false;
            job.Share.Reserve(site.Racks);
        }
        site.Users.Reserve(site.Racks);
        double speed = Compute.Gpu.ThroughputAtCap(site.Limits.CapFraction);
        JobStep all = default;
        site.Users.Begin();
        int released = 0;
        for (int j = 0; j < site.Jobs.Length; j++)
        {
            SiteJob job = site.Jobs[j];
            if (j > 0 && site.Jobs[j - 1].Spec.Priority > job.Spec.Priority) { Release(site, ref released, j); }
            UserStage.Serve(site, job.Spec.Priority, j, startS, stepS, speed);
            bool mayRun = j + site.Users.Served < site.UserCount - site.Limits.PausedJobs && !job.IsAsked;
            bool isDropped = job.IsDropped;
            int offered = Offer(site, job, out int nodeGpus);
            bool holdsStart = mayRun && !isDropped && JobPreemption.Ask(site, j, offered);
            bool isShort = mayRun && !isDropped && !holdsStart && job.State.HeldGpus == 0 && TrainingJob.FittingGpus(job.Spec, offered) == 0;
            job.ShortGpus = isShort ? offered : 0;
            offered -= job.ShortGpus;
            JobOffer offer = new(offered, speed, mayRun, nodeGpus)
            {
                HoldsStart = holdsStart,
                IsAsked = job.IsAsked,
                SwapsInside = site.Racks[job.Share.FirstGroup].StandbyGpus > 0,
            };
            job.Step = TrainingJob.Advance(job.Plan, ref job.State, ref job.Luck, stepS, offer, site.JobEvents, out int told);
            job.Share.Hold(job.State.HeldGpus);
            job.Total.Add(job.Step);
            all.Add(job.Step);
            for (int e = 0; e < told; e++) { Tell(site, job, startS, site.JobEvents[e]); }
            Spread(site, job, offered, job.Step);
        }
        Release(site, ref released, site.Jobs.Length);
        UserStage.Serve(site, int.MinValue, site.Jobs.Length, startS, stepS, speed);
        Lack(site, stepS, ref all);
        foreach (RackGroup rack in site.Racks) { idleGpuS += (rack.FreeGpus + rack.StandbyGpus - rack.LackingGpus) * stepS; }
        return new JobsStep(all, idleGpuS + all.WaitingGpuS, repairGpuS + all.FailedGpuS);
    }

    // GPUs that are too few for a job go to less important users, who can be asked for them when there are enough.
    private static void Release(Site site, ref int from, int to)
    {
        for (; from < to; from++)
        {
            if (site.Jobs[from].ShortGpus > 0) { site.Jobs[from].Share.Release(site.Racks); }
        }
    }

    // What nobody took of them, a job that has begun lacks others to go on with.
    private static void Lack(Site site, double stepS, ref JobStep all)
    {
        foreach (SiteJob job in site.Jobs)
        {
            if (job.ShortGpus == 0 || !job.State.HasStarted) { continue; }
            int left = Math.Min(job.ShortGpus, job.Spec.Gpus);
            for (int g = 0; g < site.Racks.Length && left > 0; g++)
            {
                RackGroup rack = site.Racks[g];
                int lacking = job.Share.MayUse(g) ? Math.Min(left, rack.FreeGpus - rack.LackingGpus) : 0;
                rack.LackingGpus += lacking;
                left -= lacking;
                job.Step.LackingGpuS += lacking * stepS;
                job.Total.LackingGpuS += lacking * stepS;
                all.LackingGpuS += lacking * stepS;
            }
        }
    }

    // Spare nodes stand by, so that a failure inside a step can be made good at once.
    private static int Offer(Site site, SiteJob job, out int nodeGpus)
    {
        int wanted = job.IsDropped ? 0 : TrainingJob.WantedGpus(job.Spec, job.State);
        job.IsDropped = false;
        return job.Share.Take(site.Racks, wanted, wanted > 0 ? job.Spec.Spares : 0, out nodeGpus);
    }

    // Failed nodes go to the first group the job has GPUs in.
    private static void Spread(Site site, SiteJob job, int offered, in JobStep step)
    {
        if (offered == 0) { return; }
        // GPUs that draw less than steady training count as fewer of them, the others as idle.
        double idleGpuS = (1 - job.PowerRatio) * step.BusyGpuS;
        job.Share.Spread(site.Racks, offered, step.BusyGpuS - idleGpuS, step.StallGpuS, step.OfferedGpuS - idleGpuS);
        RackGroup rack = site.Racks[job.Share.FirstGroup];
        if (step.NodesFailed == 0 || rack.Shop is not null) { return; }
        Reliability.FailurePopulation.Send(ref rack.Repair, step.NodesFailed);
        rack.MeanRepairS = job.Spec.MeanRepairS;
    }

    private static void Tell(Site site, SiteJob job, double startS, in JobEvent happened)
    {
        double timeS = startS + happened.OffsetS;
        if (happened.Kind == JobEventKind.NodeFailed)
        {
            RackGroup rack = site.Racks[job.Share.FirstGroup];
            rack.Shop?.Send(timeS, job.Plan.NeedsPart[happened.Cause], job.Plan.RepairS[happened.Cause], ref rack.RepairLuck);
            return;
        }
        if (happened.Kind == JobEventKind.Paused && job.IsAsked) { job.Preemptions++; }
        EventKind kind = happened.Kind switch
        {
            JobEventKind.Started => EventKind.JobStarted,
            JobEventKind.Interrupted => EventKind.JobInterrupted,
            JobEventKind.Paused => job.IsAsked ? EventKind.JobPreempted : EventKind.JobPaused,
            JobEventKind.Resumed => EventKind.JobResumed,
            JobEventKind.Resized => EventKind.JobResized,
            JobEventKind.Planned => EventKind.JobPlannedStop,
            _ => EventKind.JobEnded,
        };
        site.Tell(timeS, kind, job.Label(happened.Cause), happened.Value);
    }
}
