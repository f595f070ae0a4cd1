using Gigawatt.Reports;
using Gigawatt.Simulation;
using Gigawatt.Tests.Claims;
using Gigawatt.Training;

namespace Gigawatt.Tests.Reports;

public sealed class StepWaterfallTests
{
    [Fact]
    public void Useful_hours_are_cut_by_the_shares_of_each_job()
    {
        // 100 h at 40 % utilisation, of which nothing else is known, and 300 h of which a step says 50 + 20 + 10 + 15 + 1 + 4 %.
        TrainingPace pace = new(new ParallelismSpec(), null!, 1, 0.5, new StepShares(0.5, 0.2, 0.1, 0.15, 0.01, 0.04), default, 1);
        RunResult run = HandMadeRun.Of() with
        {
            Jobs = [new JobResult("given", 100, 0, StepShares.Unknown(0.4), null), new JobResult("planned", 300, 0, pace.Shares, pace)],
        };
        GpuTimePart part = StepWaterfall.Part(run)!;
        part.Steps.ToDictionary(step => step.Key, step => Math.Round(step.GpuHours, 9)).ShouldBe(new Dictionary<string, double>
        {
            ["useful"] = 400,
            ["kernels"] = 60,
            ["bubble"] = 30,
            ["communication"] = 45,
            ["stragglers"] = 3,
            ["optimiser"] = 12,
            ["not_split"] = 60,
            ["arithmetic"] = 190,
        });
        part.Title.ShouldBe("Useful GPU-hours of training did 48 % of the arithmetic that the chips can do at their peak; the most went to kernels below the peak, 15 %");
    }

    [Fact]
    public void Of_reinforcement_learning_the_waiting_of_one_side_for_the_other_is_told()
    {
        // 100 h at 15 %: 20 h of the other 85 one side waited.
        RunResult run = HandMadeRun.Of() with { Jobs = [new JobResult("learning", 100, 0, StepShares.Unknown(0.15), null, 0.2)] };
        StepWaterfall.Part(run)!.Steps.Select(step => (step.Key, Math.Round(step.GpuHours, 9))).ShouldBe([("useful", 100), ("rollouts", 20), ("not_split", 65), ("arithmetic", 15)]);
    }

    [Fact]
    public void A_run_without_useful_hours_has_none() => StepWaterfall.Part(HandMadeRun.Of()).ShouldBeNull();
}
