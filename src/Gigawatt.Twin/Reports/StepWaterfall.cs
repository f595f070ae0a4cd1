using Gigawatt.Simulation;

namespace Gigawatt.Reports;

/// <summary>From useful GPU-hours to model arithmetic at the peak of the chips: where the time of training steps went.</summary>
/// <remarks>Each job's useful hours are cut by the shares of its step. Of a job without a plan only the utilisation is known. Not modelled: steps that differ within a job.</remarks>
internal static class StepWaterfall
{
    // Of a job with a plan waiting is in its shares; a utilisation that is given leaves room for so much only.
    private static double Waiting(JobResult job) => job.Pace is null ? Math.Min(job.WaitingFraction, job.Shares.OtherFraction) : 0;

    /// <summary>The waterfall of a run; null when nothing became useful.</summary>
    public static GpuTimePart? Part(RunResult run)
    {
        JobResult[] jobs = [.. run.Jobs.Where(job => job.UsefulGpuHours > 0)];
        double useful = jobs.Sum(job => job.UsefulGpuHours);
        if (useful <= 0) { return null; }
        double Hours(Func<JobResult, double> share) => jobs.Sum(job => job.UsefulGpuHours * share(job));
        bool isPlanned = jobs.Any(job => job.Pace is not null);
        double arithmetic = Hours(job => job.Shares.ArithmeticFraction);
        (string Key, string Label, double GpuHours, string Note)[] losses =
        [
            ("kernels", "Kernels below the peak", Hours(job => job.Shares.KernelsFraction), "Matrix products below the peak of the chips, memory-bound work, launches, recomputation."),
            ("bubble", "Pipeline bubble", Hours(job => job.Shares.BubbleFraction), "Stages waiting while the pipeline fills and drains."),
            ("communication", "Exposed communication", Hours(job => job.Shares.CommunicationFraction), "Exchange between GPUs that no arithmetic hides."),
            ("stragglers", "Stragglers", Hours(job => job.Shares.StragglersFraction), "Waiting for the slowest GPU of each moment."),
            ("optimiser", "Optimiser and the rest", Hours(job => job.Pace is null ? 0 : job.Shares.OtherFraction), "Optimiser, input, synchronisation."),
            ("rollouts", "Rollout or learner waiting", Hours(Waiting), "Reinforcement learning: one side waits for the other, or both for users."),
            ("not_split", "Below the utilisation given", Hours(job => job.Pace is null ? job.Shares.OtherFraction - Waiting(job) : 0), "Jobs that give their utilisation (mfu) and no plan: kernels, communication and pipeline together."),
        ];
        (string _, string worst, double lost, string _) = losses.MaxBy(loss => loss.GpuHours);
        string title = $"Useful GPU-hours of training did {Readable.Percent(arithmetic / useful)} of the arithmetic that the chips can do at their peak"
            + (isPlanned ? $"; the most went to {char.ToLowerInvariant(worst[0])}{worst[1..]}, {Readable.Percent(lost / useful)}" : "");
        string caption = "The peak is the dense one of each job's number format. "
            + (isPlanned ? "Jobs with a plan are cut by their step as calibrated on published runs; of the others only the utilisation is known." : "The jobs give their utilisation; a 'plan' would tell kernels, communication and pipeline apart.");
        return new GpuTimePart(
            "inside the step", title, caption,
            [
                new("useful", "Useful", useful, "Training progress made safe by a checkpoint.", "total"),
                .. losses.Where(loss => loss.GpuHours > 1e-6).Select(loss => new GpuTimeStep(loss.Key, loss.Label, loss.GpuHours, loss.Note, "loss")),
                new("arithmetic", "Arithmetic at the peak", arithmetic, "Hours that the same arithmetic would take at the peak of the chips.", "useful"),
            ]);
    }
}
