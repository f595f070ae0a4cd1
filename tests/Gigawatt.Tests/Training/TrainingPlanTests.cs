using Gigawatt.Compute;
using Gigawatt.Numerics;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Simulation;
using Gigawatt.Tests.Simulation;
using Gigawatt.Training;

namespace Gigawatt.Tests.Training;

public sealed class TrainingPlanTests
{
    private static readonly GpuSpec H100 = TrainingPublished.Gpu("h100-sxm");
    private static readonly TrainingPlanSpec Plan = new() { Batch = 1024, Parallelism = new ParallelismSpec { Tensor = 8, Pipeline = 8, Data = 8, Interleave = 2 } };

    [Fact]
    public void The_shares_of_a_step_add_up_and_arithmetic_is_the_utilisation()
    {
        TrainingPace pace = Pace(Plan);
        StepShares shares = pace.Shares;
        (shares.ArithmeticFraction + shares.KernelsFraction + shares.BubbleFraction + shares.CommunicationFraction + shares.StragglersFraction + shares.OtherFraction)
            .ShouldBe(1, 1e-12);
        shares.ArithmeticFraction.ShouldBe(pace.MfuFraction);
        pace.MfuFraction.ShouldBe(Model.TflopPerSample(Gpt) * 1024 / (pace.StepS * 512 * H100.Bf16TflopPerS), 1e-12);
        shares.KernelsFraction.ShouldBeGreaterThan(0);
        // Eight stages in two pieces each, 128 microbatches: 7 / (2 × 128) of the work is waited for.
        (shares.BubbleFraction / (1 - shares.BubbleFraction)).ShouldBeInRange(0.8 * 7 / 256, 1.2 * 7 / 256);
    }

    [Fact]
    public void The_wave_has_the_period_of_the_step_and_keeps_the_mean_power()
    {
        TrainingPace pace = Pace(Plan);
        pace.Iteration.PeriodS.ShouldBe(pace.StepS, 1e-9);
        double mean = pace.Iteration.DutyFraction + (1 - pace.Iteration.DutyFraction) * pace.Iteration.DipFraction;
        (mean * pace.Wave.HighFraction).ShouldBe(pace.Wave.MeanFraction, 1e-9);
        pace.Iteration.Contradictions().ShouldBeEmpty();
    }

    [Fact]
    public void Without_a_layout_the_fastest_that_fits_is_taken() =>
        Pace(Plan with { Parallelism = null }).StepS.ShouldBeLessThanOrEqualTo(Pace(Plan).StepS);

    [Fact]
    public void A_layout_that_does_not_fit_into_memory_says_by_how_much()
    {
        CaseException wrong = Should.Throw<CaseException>(() => Pace(Plan with { Parallelism = new ParallelismSpec { Data = 512 } }));
        wrong.Problems.Single().Expected.ShouldBe("at most the 80 GB of a GPU");
    }

    [Fact]
    public void A_scenario_gives_its_job_the_utilisation_and_the_wave_of_the_plan()
    {
        SiteJob job = new(new Gigawatt.Scenarios.JobSpec
        {
            Job = new TrainingJobSpec { Name = "a", Start = new DateOnly(2026, 1, 1), Gpus = 512, MfuFraction = 0.9 },
        }, Pace(Plan), -1, 1, new DateOnly(2026, 1, 1));
        job.Spec.MfuFraction.ShouldBe(Pace(Plan).MfuFraction);
        job.Spec.Iteration.PeriodS.ShouldBe(Pace(Plan).StepS, 1e-9);
    }

    [Fact]
    public void A_planned_job_draws_above_idle_the_share_that_its_step_says()
    {
        (LoadStep given, _) = LoadOf(null);
        (LoadStep planned, double ratio) = LoadOf(new TrainingPlanSpec { Batch = 3000 });
        ratio.ShouldBeInRange(0.5, 0.99);
        // Both campuses hold the same racks; chips above idle scale with the mean of the wave.
        (LoadStep idle, _) = LoadOf(null, day: 1);
        ((planned.ChipsMw - idle.ChipsMw) / (given.ChipsMw - idle.ChipsMw)).ShouldBe(ratio, 1e-9);
    }

    // The test island on its third day, 24,000 GPUs at work that never fail; on its first, before the job begins.
    private static (LoadStep Load, double Ratio) LoadOf(TrainingPlanSpec? plan, int day = 3)
    {
        Gigawatt.Scenarios.Scenario island = Island.Scenario(new DateOnly(2026, 1, 5));
        Gigawatt.Scenarios.JobSpec job = new()
        {
            Job = new TrainingJobSpec { Name = "a", Start = new DateOnly(2026, 1, 2), Gpus = 24_000, Trains = Gpt, FailuresPerGpuS = 0, CheckpointIntervalS = 1e7, RestartS = 60 },
            Plan = plan,
        };
        Simulator simulator = new(island with { Training = new() { Jobs = [job] } }, default, DeafSink.Instance);
        while (simulator.StepsTaken < day * 1440 - 720) { simulator.Step(); }
        return (SiteStep.Step(simulator.Site, simulator.StepsTaken * 60, 60).Load, simulator.Site.Jobs[0].PowerRatio);
    }

    [Theory]
    [InlineData("plan: { batch: 3000 }\n      mfu: 20 %", "either 'mfu' or 'plan', which works it out")]
    [InlineData("plan: { batch: 3001 }", "a batch that 24000 GPUs can share: data × micro batch must divide it")]
    [InlineData("plan: { batch: 3000, parallelism: { tensor: 8, data: 100 } }", "tensor × pipeline × context × data = 24000, the GPUs of the job")]
    public void A_plan_that_does_not_fit_its_job_is_refused_where_it_stands(string plan, string expected)
    {
        string text = File.ReadAllText(Path.Combine(Conventions.Repository.Root, "scenarios", "island-100mw.yaml"));
        text = System.Text.RegularExpressions.Regex.Replace(text, @"(?m)^      (mfu: 35 %|plan:.*)$", "      " + plan, System.Text.RegularExpressions.RegexOptions.None);
        ScenarioException wrong = Should.Throw<ScenarioException>(() => ScenarioLoader.LoadText(text, "island.yaml"));
        wrong.Problems.ShouldContain(problem => problem.Expected == expected && problem.Path.StartsWith("training.jobs[0].") && problem.Line > 0);
    }

    [Theory]
    [InlineData("plan: { batch: 3000, parallelism: { tensor: 8, data: 3000 } }", "training.jobs[0].plan.parallelism", "GB too much")]
    [InlineData("plan: { batch: 3000, parallelism: { tensor: 8, data: 3000 } }", "training.jobs[0].plan.parallelism", "would fit with")]
    [InlineData("plan: { batch: 3001, parallelism: { tensor: 8, data: 3000 } }", "training.jobs[0].plan.parallelism.data", "3000 samples would fit")]
    [InlineData("plan: { batch: 3000, gpu: { model: h100-sxm } }\n      precision: fp4", "training.jobs[0].precision", "fp4")]
    [InlineData("mfu: 30 %\n      on: GB200 racks\n      precision: int8", "training.jobs[0].precision", "int8")]
    [InlineData("mfu: 30 %\n      copy_gpus: 7000", "training.jobs[0].gpus", "24000")]
    [InlineData("mfu: 30 %\n      copy_gpus: 3000\n      replicas: 8", "training.jobs[0].replicas", "8")]
    [InlineData("mfu: 30 %\n      replicas: 7", "training.jobs[0].replicas", "7")]
    public void A_job_that_cannot_run_as_written_is_refused_with_what_would_help(string keys, string path, string found)
    {
        string text = File.ReadAllText(Path.Combine(Conventions.Repository.Root, "scenarios", "island-100mw.yaml"));
        text = System.Text.RegularExpressions.Regex.Replace(text, @"(?m)^      (precision: fp8|plan:.*)$", line => line.Value.Contains("plan") ? "      " + keys : "");
        ScenarioException wrong = Should.Throw<ScenarioException>(() => ScenarioLoader.LoadText(text, "island.yaml"));
        wrong.Problems.ShouldContain(problem => problem.Path == path && problem.Found.Contains(found, StringComparison.Ordinal), string.Join("\n", wrong.Problems));
    }

    [Fact]
    public void A_precision_that_racks_lack_is_refused_without_a_plan_too()
    {
        string text = File.ReadAllText(Path.Combine(Conventions.Repository.Root, "scenarios", "island-100mw.yaml"))
            .Replace("model: gb200-nvl72", "model: dgx-h100", StringComparison.Ordinal).Replace("mfu: 15 %", "mfu: 15 %\n      precision: fp4", StringComparison.Ordinal);
        ScenarioException wrong = Should.Throw<ScenarioException>(() => ScenarioLoader.LoadText(text, "island.yaml"));
        wrong.Problems.ShouldContain(problem => problem.Path == "training.jobs[1].precision" && problem.Expected.Contains("bf16 or fp8"));
    }

    private static ModelSpec Gpt => ScenarioReader.ReadText<Holder>("model: { model: gpt-3-175b }\n", "x", Catalog.Embedded).Value.Model;

    private static TrainingPace Pace(TrainingPlanSpec plan) => TrainingPace.Of(
        plan, Gpt, Precision.Bf16, 512, H100, StepNetwork.Of(H100, 8), TrainingPublished.Calibration.For("h100-sxm", Precision.Bf16, "", plan.Software.Overlap), new PowerStatesSpec());

    private sealed record Holder
    {
        public required ModelSpec Model { get; init; }
    }
}
