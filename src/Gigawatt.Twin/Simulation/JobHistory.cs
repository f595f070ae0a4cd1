using Gigawatt.Training;

namespace Gigawatt.Simulation;

/// <summary>What interrupted a job in a run, and what became of its GPU-time.</summary>
/// <param name="Name">Name of the job.</param>
/// <param name="ByCause">Unplanned interruptions by cause; causes that never struck are left out.</param>
/// <param name="Preemptions">Clean stops for more important jobs.</param>
/// <param name="PlannedStops">Stops by plan.</param>
/// <param name="Flaps">Link flaps that retries absorbed.</param>
/// <param name="BegunAnew">Times that no kept checkpoint was clean of silent corruption.</param>
/// <param name="Time">What became of its GPU-time.</param>
public sealed record JobHistory(
    string Name, IReadOnlyDictionary<string, int> ByCause, int Preemptions, int PlannedStops, int Flaps, int BegunAnew, JobStep Time)
{
    /// <summary>Unplanned interruptions.</summary>
    public int Interruptions => ByCause.Values.Sum();

    /// <summary>GPU-seconds that interruptions cost: work lost, finding, replacing, restarting.</summary>
    public double InterruptedGpuS => Time.LostGpuS + Time.DownGpuS + Time.LackingGpuS;

    /// <summary>A job as it stands.</summary>
    public static JobHistory Of(SiteJob job)
    {
        SortedDictionary<string, int> byCause = new(StringComparer.Ordinal);
        int[] counts = job.State.Memory.ByCause;
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0) { byCause[job.Plan.CauseNames[i]] = byCause.GetValueOrDefault(job.Plan.CauseNames[i]) + counts[i]; }
        }
        return new JobHistory(job.Spec.Name, byCause, job.Preemptions, job.State.PlannedStops, job.State.Flaps, job.State.BegunAnew, job.Total);
    }
}
