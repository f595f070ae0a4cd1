using Gigawatt.Economics;
using Gigawatt.Numerics;
using Gigawatt.Training;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Simulation;

/// <summary>Gives GPUs to serving pools and tenants, before the jobs that are less important than they are.</summary>
/// <remarks>
/// A pool takes whole replicas, as many as its demand wants; a tenant takes what its contract says. Both are paused like jobs when power or cooling runs short,
/// and a cap slows both. A GPU of theirs draws as much as one in training between idle and busy: a full replica <see cref="ServedSpec.BusyPowerFraction"/> of TDP, an
/// empty one <see cref="ServingPoolSpec.IdleFraction"/> of that, a tenant's used GPU as much as training. Less important jobs that hold what they lack are asked to
/// stop, when it is more than a hundredth of what they want; a pool then asks for the peak of the next hours and keeps that until it is past.
/// Not modelled: copies of a model split by a failed node, relays that drop pools, a job that gives up some of its GPUs without stopping.
/// </remarks>
public static class UserStage
{
    // Assumption: below a hundredth of its GPUs a user waits for the next repair, since a stop costs a large job thousands of GPU-hours.
    private const double AskFromFraction = 0.01;

    /// <summary>Serves all that are at least as important as a job.</summary>
    /// <param name="site">The campus.</param>
    /// <param name="priority">Priority of the job.</param>
    /// <param name="jobsServed">Jobs that have their GPUs already.</param>
    /// <param name="startS">Beginning of the step.</param>
    /// <param name="stepS">Length of the step.</param>
    /// <param name="speedFraction">Speed under the power cap in force.</param>
    public static void Serve(Site site, int priority, int jobsServed, double startS, double stepS, double speedFraction)
    {
        while (site.Users.TryNext(priority, out SiteTenant? tenant, out SitePool? pool))
        {
            bool mayRun = jobsServed + site.Users.Served - 1 < site.UserCount - site.Limits.PausedJobs;
            if (tenant is not null) { Let(site, tenant, mayRun, startS, stepS); }
            else { Answer(site, pool!, mayRun, startS, stepS, speedFraction); }
        }
    }

    private static void Let(Site site, SiteTenant tenant, bool mayRun, double startS, double stepS)
    {
        tenant.IsOn = startS >= tenant.StartS && startS < tenant.StartS + tenant.Contract.TermS;
        int wanted = tenant.IsOn ? tenant.Contract.Gpus : 0;
        int offered = tenant.Share.Take(site.Racks, wanted, 0, out _);
        tenant.Share.Hold(offered);
        if (mayRun && LacksMuch(wanted, offered)) { JobPreemption.Ask(site, tenant.Share, tenant.Spec.Priority, wanted - offered); }
        tenant.HeldGpus = mayRun ? offered : 0;
        ref UsersStep step = ref site.Users.Step;
        step.RentedGpuS += tenant.HeldGpus * stepS;
        step.PausedGpuS += (offered - tenant.HeldGpus) * stepS;
        if (offered == 0) { return; }
        double usedGpus = Rental.UsedGpus(tenant.Contract, offered);
        tenant.Share.Spread(site.Racks, offered, mayRun ? usedGpus * stepS : 0, 0, usedGpus * stepS);
        Fail(site, startS, tenant.Share, ref tenant.HazardToFailure, ref tenant.Luck, tenant.Spec.FailuresPerGpuS * tenant.HeldGpus * stepS);
    }

    private static void Answer(Site site, SitePool pool, bool mayRun, double startS, double stepS, double speedFraction)
    {
        double middleS = startS + stepS / 2;
        int replica = pool.Spec.Served.Pool.ReplicaGpus, wanted = pool.Run.WantedGpus(ref pool.State, middleS);
        int offered = pool.Share.Take(
            site.Racks, Math.Min(Math.Max(wanted, pool.State.AskedGpus), pool.Share.FreeGpus(site.Racks) / replica * replica), 0, out _);
        pool.Share.Hold(offered);
        if (mayRun && LacksMuch(wanted, offered) && JobPreemption.Obtainable(site, pool.Share, pool.Spec.Priority) > 0)
        {
            JobPreemption.Ask(site, pool.Share, pool.Spec.Priority, pool.Run.Ask(ref pool.State) - offered);
        }
        int held = mayRun ? offered : 0;
        ServingPoolStep step = pool.Step = pool.Run.Advance(ref pool.State, held, speedFraction, stepS);
        ref UsersStep users = ref site.Users.Step;
        double busyGpuS = held * stepS * step.BusyFraction;
        users.ServingGpuS += busyGpuS;
        users.ServingIdleGpuS += held * stepS - busyGpuS;
        users.PausedGpuS += (offered - held) * stepS;
        users.TokensRatio += step.TokensRatio;
        pool.OnS += pool.Run.IsOn(middleS) ? stepS : 0;
        pool.HeldGpuS += held * stepS;
        pool.BusyGpuS += busyGpuS;
        pool.MissingGpuS += Math.Max(0, wanted - held) * stepS;
        pool.MostGpus = Math.Max(pool.MostGpus, held);
        if (offered == 0) { return; }
        // A pool that is paused would come back full.
        Draw(site, pool, mayRun ? step.BusyFraction : 1, mayRun, stepS);
        Fail(site, startS, pool.Share, ref pool.State.HazardToFailure, ref pool.Luck, pool.Spec.Served.FailuresPerGpuS * held * stepS);
    }

    // A job is not stopped for a node in repair.
    private static bool LacksMuch(int wantedGpus, int offeredGpus) => wantedGpus - offeredGpus > AskFromFraction * wantedGpus;

    // Power of a pool, as GPU-time that draws what training does.
    private static void Draw(Site site, SitePool pool, double busyFraction, bool mayRun, double stepS)
    {
        ServedSpec served = pool.Spec.Served;
        double share = served.BusyPowerFraction * (served.Pool.IdleFraction + (1 - served.Pool.IdleFraction) * busyFraction);
        for (int g = 0; g < site.Racks.Length; g++)
        {
            if (pool.Share.Offered[g] == 0) { continue; }
            RackGroup rack = site.Racks[g];
            Compute.GpuSpec gpu = rack.Spec.Rack.Gpu;
            double room = gpu.BusyFraction - gpu.IdleFraction;
            double asTraining = room > 0 ? Math.Limit((share - gpu.IdleFraction) / room, 0, 1) : 0;
            double gpuS = pool.Share.Offered[g] * stepS * asTraining;
            rack.BusyGpuS += mayRun ? gpuS : 0;
            rack.OfferedGpuS += gpuS;
        }
    }

    // Nodes that fail leave for repair from the first group that the user has GPUs in.
    private static void Fail(Site site, double startS, GpuShare share, ref double hazardToFailure, ref Stream luck, double hazard)
    {
        if (hazard <= 0) { return; }
        if (hazardToFailure <= 0) { hazardToFailure = luck.NextExponential(); }
        hazardToFailure -= hazard;
        for (; hazardToFailure <= 0; hazardToFailure += luck.NextExponential()) { site.Racks[share.FirstGroup].Break(startS); }
    }
}
