using Gigawatt.Training;

namespace Gigawatt.Simulation;

/// <summary>What became of GPU-time in the jobs of one step; GPU-seconds.</summary>
/// <param name="DownGpuS">Failures being found, restarts.</param>
/// <param name="CheckpointGpuS">Checkpoints being written.</param>
/// <param name="ComputingGpuS">Training, at whatever speed.</param>
/// <param name="ThrottledGpuS">Part of it that a power cap took.</param>
/// <param name="EarnedGpuS">Rest of it: progress, safe or not yet.</param>
/// <param name="CommittedGpuS">Progress made safe.</param>
/// <param name="LostGpuS">Progress lost.</param>
/// <param name="PausedGpuS">Held back for want of power or cooling.</param>
/// <param name="IdleGpuS">Wanted by no job, or waiting for more.</param>
/// <param name="RepairGpuS">In repair.</param>
public readonly record struct JobsStep(
    double DownGpuS, double CheckpointGpuS, double ComputingGpuS, double ThrottledGpuS, double EarnedGpuS, double CommittedGpuS,
    double LostGpuS, double PausedGpuS, double IdleGpuS, double RepairGpuS);

/// <summary>Gives GPUs to jobs and lets the jobs run for a step.</summary>
/// <remarks>
/// The most important job is served first; a job takes GPUs from the rack groups in their order, or from the one it must run on.
/// Not modelled: placement on pods, preemption with notice, mixed generations slowing each other.
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
            rack.FreeGpus = rack.On * rack.GpusPerRack - rack.RepairGpus;
            rack.BusyGpuS = rack.StallGpuS = rack.OfferedGpuS = 0;
            repairGpuS += rack.RepairGpus * stepS;
        }
        double speed = Compute.Gpu.ThroughputAtCap(site.Limits.CapFraction);
        double down = 0, checkpoint = 0, computing = 0, throttled = 0, earned = 0, committed = 0, lost = 0, paused = 0;
        site.Users.Begin();
        for (int j = 0; j < site.Jobs.Length; j++)
        {
            SiteJob job = site.Jobs[j];
            UserStage.Serve(site, job.Spec.Priority, j, startS, stepS, speed);
            bool mayRun = j + site.Users.Served < site.UserCount - site.Limits.PausedJobs;
            int offered = Offer(site, job, out int nodeGpus);
            job.Step = TrainingJob.Advance(
                job.Spec, ref job.State, ref job.Luck, stepS, offered, speed, mayRun, nodeGpus, site.JobEvents, out int told);
            for (int e = 0; e < told; e++) { Tell(site, job, startS, site.JobEvents[e]); }
            JobStep step = job.Step;
            down += step.DownGpuS;
            checkpoint += step.CheckpointGpuS;
            computing += step.ComputingGpuS;
            throttled += step.ThrottledGpuS;
            earned += step.EarnedGpuS;
            committed += step.CommittedGpuS;
            job.UsefulGpuS += step.CommittedGpuS;
            lost += step.LostGpuS;
            paused += step.PausedGpuS;
            idleGpuS += step.WaitingGpuS;
            repairGpuS += step.FailedGpuS;
            Spread(site, job, offered, step);
        }
        UserStage.Serve(site, int.MinValue, site.Jobs.Length, startS, stepS, speed);
        foreach (RackGroup rack in site.Racks) { idleGpuS += rack.FreeGpus * stepS; }
        return new JobsStep(down, checkpoint, computing, throttled, earned, committed, lost, paused, idleGpuS, repairGpuS);
    }

    // Two spare nodes stand by, so that a failure inside a step can be made good at once.
    private static int Offer(Site site, SiteJob job, out int nodeGpus)
    {
        int wanted = job.IsDropped ? 0 : TrainingJob.WantedGpus(job.Spec, job.State);
        job.IsDropped = false;
        return job.Share.Take(site.Racks, wanted, wanted > 0 ? 2 : 0, out nodeGpus);
    }

    // Failed nodes go to the first group the job has GPUs in.
    private static void Spread(Site site, SiteJob job, int offered, in JobStep step)
    {
        if (offered == 0) { return; }
        job.Share.Spread(site.Racks, offered, step.BusyGpuS, step.StallGpuS, step.OfferedGpuS);
        if (step.NodesFailed == 0) { return; }
        RackGroup rack = site.Racks[job.Share.FirstGroup];
        Reliability.FailurePopulation.Send(ref rack.Repair, step.NodesFailed);
        rack.MeanRepairS = job.Spec.MeanRepairS;
    }

    private static void Tell(Site site, SiteJob job, double startS, in JobEvent happened)
    {
        if (happened.Kind == JobEventKind.Interrupted) { job.Interruptions++; }
        EventKind kind = happened.Kind switch
        {
            JobEventKind.Started => EventKind.JobStarted,
            JobEventKind.Interrupted => EventKind.JobInterrupted,
            JobEventKind.Paused => EventKind.JobPaused,
            JobEventKind.Resumed => EventKind.JobResumed,
            _ => EventKind.JobEnded,
        };
        site.Tell(startS + happened.OffsetS, kind, job.Spec.Name, happened.Value);
    }
}
