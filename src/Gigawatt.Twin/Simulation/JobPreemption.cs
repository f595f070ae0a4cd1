using Gigawatt.Training;

namespace Gigawatt.Simulation;

/// <summary>A job that cannot start for want of GPUs asks less important ones, the least important first, to stop after a last checkpoint.</summary>
/// <remarks>Nothing is taken without notice: the job waits until they have stopped. It asks for no more than makes it larger. Equal jobs do not ask each other.</remarks>
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
        int obtainable = 0;
        for (int j = asking + 1; j < site.Jobs.Length; j++) { obtainable += Obtainable(site, job, site.Jobs[j]); }
        if (TrainingJob.FittingGpus(job.Spec, offered + obtainable) <= TrainingJob.FittingGpus(job.Spec, offered)) { return false; }
        int lacking = job.Spec.Gpus - offered;
        for (int j = site.Jobs.Length - 1; j > asking && lacking > 0; j--)
        {
            int gives = Obtainable(site, job, site.Jobs[j]);
            if (gives == 0) { continue; }
            site.Jobs[j].IsAsked = true;
            lacking -= gives;
        }
        return true;
    }

    private static int Obtainable(Site site, SiteJob job, SiteJob other)
    {
        if (other.Spec.Priority >= job.Spec.Priority) { return 0; }
        int gpus = 0;
        for (int g = 0; g < site.Racks.Length; g++) { gpus += job.Share.MayUse(g) ? other.Share.Held[g] : 0; }
        return gpus;
    }
}
