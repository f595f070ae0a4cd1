using Gigawatt.Training;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Tests.Contracts;

/// <summary>A job of 16,384 GPUs that fails every three hours; offered fewer, paused and slowed down when the drive is wild.</summary>
public sealed class TrainingJobContract : Contract
{
    private static readonly TrainingJobSpec Spec = new() { Name = "job", Gpus = 16_384, MinGpus = 4_096, Start = new DateOnly(2026, 1, 1) };

    // The same failures come at the same times whatever the step; the GPUs of a failed node are missing to the end of the step.
    protected override double Convergence => 1e-3;

    protected override Trace Run(Drive drive, double stepS, double lengthS)
    {
        TrainingJobState state = TrainingJob.Begin(Spec, new DateTime(2026, 1, 1));
        Stream stream = Stream.For(1, 0, "job", "failure");
        JobEvent[] events = new JobEvent[8];
        List<double> every = [];
        double down = 0, computed = 0, committed = 0, worst = 0;
        for (double atS = 0; atS < lengthS; atS += stepS)
        {
            int offered = drive.Wild ? (int)(drive.Share(atS, 1) * 20_000) : 17_000;
            double speed = drive.Wild ? drive.Share(atS, 2) : 1;
            bool mayRun = !drive.Wild || drive.Share(atS, 3) > 0.2;
            double before = state.ProvisionalGpuS;
            JobStep step = TrainingJob.Advance(Spec, ref state, ref stream, stepS, offered, speed, mayRun, 8, events, out _);
            worst = Math.Max(worst, Apart(step.OfferedGpuS, offered * stepS));
            worst = Math.Max(worst, Apart(before + step.EarnedGpuS, state.ProvisionalGpuS + step.CommittedGpuS + step.LostGpuS));
            down += step.DownGpuS;
            computed += step.ComputingGpuS;
            committed += step.CommittedGpuS;
            every.AddRange([step.DownGpuS, step.ComputingGpuS, step.CommittedGpuS, step.LostGpuS, state.ProvisionalGpuS]);
        }
        return new Trace([down, computed, committed], every, worst);
    }
}
