using Gigawatt.Training;

namespace Gigawatt.Tests.Contracts;

/// <summary>A job of 16,384 GPUs that fails every three hours; offered fewer, paused and slowed down when the drive is wild.</summary>
public class TrainingJobContract : Contract
{
    protected static readonly TrainingJobSpec Plain = new()
    {
        Name = "job",
        Gpus = 16_384,
        MinGpus = 4_096,
        Start = new DateOnly(2026, 1, 1),
        CheckpointIntervalS = 1200,
    };

    protected virtual TrainingJobSpec Job => Plain;

    // The same failures come at the same times whatever the step; the GPUs of a failed node are missing to the end of the step.
    protected override double Convergence => 1e-3;

    protected override Trace Run(Drive drive, double stepS, double lengthS)
    {
        JobPlan plan = new(Job);
        TrainingJobState state = TrainingJob.Begin(plan, new DateTime(2026, 1, 1));
        JobLuck luck = JobLuck.For(1, 0, "job");
        JobEvent[] events = new JobEvent[8];
        List<double> every = [];
        double down = 0, computed = 0, committed = 0, worst = 0;
        for (double atS = 0; atS < lengthS; atS += stepS)
        {
            int offered = drive.Wild ? (int)(drive.Share(atS, 1) * 20_000) : 17_000;
            double speed = drive.Wild ? drive.Share(atS, 2) : 1;
            bool mayRun = !drive.Wild || drive.Share(atS, 3) > 0.2;
            double before = state.ProvisionalGpuS;
            JobStep step = TrainingJob.Advance(plan, ref state, ref luck, stepS, new JobOffer(offered, speed, mayRun, 8), events, out _);
            worst = Math.Max(worst, Apart(step.OfferedGpuS, offered * stepS));
            worst = Math.Max(worst, Apart(step.ComputingGpuS, step.EarnedGpuS + step.ThrottledGpuS + step.SlowGpuS + step.DataGpuS));
            worst = Math.Max(worst, Apart(before + step.EarnedGpuS, state.ProvisionalGpuS + step.CommittedGpuS + step.LostGpuS));
            down += step.DownGpuS;
            computed += step.ComputingGpuS;
            committed += step.CommittedGpuS;
            every.AddRange([step.DownGpuS, step.ComputingGpuS, step.CommittedGpuS, step.LostGpuS, state.ProvisionalGpuS]);
        }
        return new Trace([down, computed, committed], every, worst);
    }
}

/// <summary>The same with everything that a job may have.</summary>
public sealed class RichTrainingJobContract : TrainingJobContract
{
    protected override TrainingJobSpec Job { get; } = Plain with
    {
        FailureRecord = new()
        {
            Title = "test",
            Gpus = 16_384,
            Causes =
            [
                new() { Name = "node", FailuresPerUnitS = 3e-9, TransientFraction = 0.3 }, new() { Name = "flap", FailuresPerUnitS = 3e-9, FlapS = 20 },
                new() { Name = "silent", FailuresPerUnitS = 1e-9, SilentS = 4000 },
            ],
        },
        NewBatch = new() { ScaleS = 86400 },
        CopyGpus = 1024,
        GrowEveryS = 3600,
        SwapS = 180,
        CheckpointStallFraction = 0.2,
        LocalCheckpoint = new() { PerStorage = 4, RestartS = 100 },
        RetainedCheckpoints = 3,
        Maintenance = new() { EveryS = 40_000, LastsS = 900 },
        Evaluation = new() { EveryS = 7000, LastsS = 300 },
        SlowFraction = 0.02,
        WaitingForDataFraction = 0.01,
    };
}

/// <summary>The same with replicas that go on without each other.</summary>
public sealed class ReplicatedTrainingJobContract : TrainingJobContract
{
    protected override TrainingJobSpec Job { get; } = Plain with { Replicas = 8, SwapS = 120, FailuresPerGpuS = 2e-8 };
}
