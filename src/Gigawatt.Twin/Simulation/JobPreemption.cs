using Gigawatt.Training;

namespace Gigawatt.Simulation;

/// <summary>A job that cannot start for want of GPUs, and a pool or tenant that lacks some, asks less important jobs, the least important first, to stop after a last checkpoint.</summary>
/// <remarks>Nothing is taken without notice: who asks waits until they have stopped; they then start again with what is left. It asks for no more than makes it larger. Equal jobs do not ask each other.</remarks>
public static class JobPreemption
{
    /// <summary>Asks for GPUs that a job lacks; true when others are stopping for it.</summary>
    /// <param name="site">The campus.</param>
    /// <param name="asking">Index of the job.</param>
    /// <param name="offered">GPUs it is offered.</param>
    public static bool Ask(Site site, int asking, int offered)
    {
        SiteJob job = site.Jobs[asking];
        if (job.State.HeldGpus > 0 || offered >= TrainingJob.WantedGpus(job.Spec, job.State)) { return false; }
        int obtainable = Obtainable(site, job.Share, job.Spec.Priority);
        if (TrainingJob.FittingGpus(job.Spec, offered + obtainable) <= TrainingJob.FittingGpus(job.Spec, offered)) { return false; }
        Ask(site, job.Share, job.Spec.Priority, job.Spec.Gpus - offered);
        return true;
    }

    /// <summary>Asks less important jobs, the least important first, until what they hold is enough.</summary>
    /// <param name="site">The campus.</param>
    /// <param name="share">Where the GPUs are needed.</param>
    /// <param name="priority">Priority of who asks.</param>
    /// <param name="lackingGpus">GPUs that are lacking.</param>
    public static void Ask(Site site, GpuShare share, int priority, int lackingGpus)
    {
        for (int j = site.Jobs.Length - 1; j >= 0 && lackingGpus > 0; j--)
        {
            int gives = Obtainable(site, share, priority, site.Jobs[j]);
            if (gives == 0) { continue; }
            site.Jobs[j].IsAsked = true;
            lackingGpus -= gives;
        }
    }

    /// <summary>GPUs that less important jobs hold where they are needed.</summary>
    /// <param name="site">The campus.</param>
    /// <param name="share">Where the GPUs are needed.</param>
    /// <param name="priority">Priority of who asks.</param>
    public static int Obtainable(Site site, GpuShare share, int priority)
    {
        int gpus = 0;
        foreach (SiteJob job in site.Jobs) { gpus += Obtainable(site, share, priority, job); }
        return gpus;
    }

    private static int Obtainable(Site site, GpuShare share, int priority, SiteJob other)
    {
        if (other.Spec.Priority >= priority) { return 0; }
        int gpus = 0;
        for (int g = 0; g < site.Racks.Length; g++) { gpus += share.MayUse(g) ? other.Share.Held[g] : 0; }
        return gpus;
    }
}
