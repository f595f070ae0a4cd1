using Gigawatt.Training;

namespace Gigawatt.Simulation;

/// <summary>What a job came to in a run.</summary>
/// <param name="Name">Name of the job.</param>
/// <param name="UsefulGpuHours">GPU-hours of progress made safe.</param>
/// <param name="Interruptions">Unplanned interruptions.</param>
/// <param name="Shares">Where the time of its steps goes.</param>
/// <param name="Pace">What its plan makes of it; null without a plan.</param>
/// <param name="WaitingFraction">Share of its computing time in which rollout or learner waits for the other; 0 for other jobs.</param>
public readonly record struct JobResult(string Name, double UsefulGpuHours, int Interruptions, StepShares Shares, TrainingPace? Pace, double WaitingFraction = 0)
{
    /// <summary>A job as it stands.</summary>
    public static JobResult Of(SiteJob job) => new(
        job.Spec.Name, job.Total.CommittedGpuS / 3600, job.Interruptions, job.Pace?.Shares ?? StepShares.Unknown(job.Spec.MfuFraction), job.Pace, job.Learning?.WaitingFraction ?? 0);
}
