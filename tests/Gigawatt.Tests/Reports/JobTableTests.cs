using Gigawatt.Compute;
using Gigawatt.Reports;
using Gigawatt.Simulation;
using Gigawatt.Training;

namespace Gigawatt.Tests.Reports;

public sealed class JobTableTests(ReportedRun reported) : IClassFixture<ReportedRun>
{
    private const double Hour = 3600;

    // 1,000 GPUs for nine days, 2 to 10 January, are 216,000 GPU-hours: 198,000 computing, 9,000 finding failures, 9,000 starting programs.
    // 180,000 became safe, 3,600 were lost.
    private static JobStep Time { get; } = new()
    {
        ComputingGpuS = 198_000 * Hour,
        DetectionGpuS = 9_000 * Hour,
        StartupGpuS = 9_000 * Hour,
        CommittedGpuS = 180_000 * Hour,
        LostGpuS = 3_600 * Hour,
    };

    [Fact]
    public void The_title_says_how_often_the_worst_job_stopped_what_that_took_and_what_the_causes_were()
    {
        // 36 in 216 hours; 21,600 of 216,000 GPU-hours.
        JobsData jobs = Told(new() { ["NIC"] = 9, ["faulty GPU"] = 24, ["SSD"] = 3 });
        jobs.Title.ShouldBe("An interruption every 6 hours took 10 % of the GPU-time of small; 67 % of them by faulty GPU, 25 % by NIC");
    }

    [Fact]
    public void A_job_with_one_rate_for_whatever_fails_names_no_cause() =>
        Told(new() { ["failure"] = 36 }).Title.ShouldBe("An interruption every 6 hours took 10 % of the GPU-time of small");

    [Fact]
    public void What_an_interruption_costs_is_what_all_cost_by_their_number()
    {
        JobRow row = Told(new() { ["NIC"] = 36 }).Rows.Single(one => one.Name == "small");
        row.MeanGpus.ShouldBe(1000, 1e-9);
        row.UsefulGpuHours.ShouldBe(180_000, 1e-6);
        row.GoodputFraction!.Value.ShouldBe(180.0 / 216, 1e-12);
        row.InterruptedFraction!.Value.ShouldBe(0.1, 1e-12);
        row.LostGpuHoursPerInterruption!.Value.ShouldBe(600, 1e-9);   // 21,600 / 36
        row.UsdPerInterruption!.Value.ShouldBe(1200, 1e-9);           // at 2 USD
        row.UsdPerDay!.Value.ShouldBe(4800, 1e-9);                    // 43,200 USD in nine days
    }

    [Fact]
    public void A_job_that_nothing_stopped_has_no_price_of_an_interruption()
    {
        JobsData jobs = Told([]);
        jobs.Title.ShouldBe("Nothing interrupted a job; small made safe progress in 83 % of its GPU-time");
        JobRow row = jobs.Rows.Single(one => one.Name == "small");
        row.HoursBetween.ShouldBeNull();
        row.UsdPerInterruption.ShouldBeNull();
        Told([], new JobStep()).Title.ShouldBe("No training job got GPUs in this run");
    }

    [Fact]
    public void A_plan_is_told_with_its_layout_and_shares_that_fill_the_step()
    {
        TrainingPace pace = new(
            new ParallelismSpec { Tensor = 8, Pipeline = 3, Data = 1000, Interleave = 7 },
            new GpuSpec { Title = "GB200", Bf16TflopPerS = 2500, MemoryGb = 186, TdpMw = 0.0012, MemoryBandwidthGbPerS = 8000, NvlinkGbPerS = 900, NicGbPerS = 50 }, 1.5, 0.4,
            new StepShares(0.4, 0.3, 0.1, 0.1, 0.02, 0.08), default, 174);
        RunResult run = With(new() { ["NIC"] = 36 }, Time);
        run = run with { Jobs = [new JobResult("small", 180_000, 36, pace.Shares, pace)] };
        JobPlanRow plan = JobRow.Of(run).Single(one => one.Name == "small").Plan!;
        plan.Layout.ShouldBe("8 tensor × 3 pipeline × 1,000 data, 7 pieces a stage");
        (plan.MfuFraction + plan.KernelsFraction + plan.BubbleFraction + plan.CommunicationFraction + plan.StragglersFraction + plan.OtherFraction).ShouldBe(1, 1e-12);
        (plan.MemoryGb, plan.GpuMemoryGb).ShouldBe((174.0, 186.0));
    }

    [Fact]
    public void Report_summary_and_terminal_tell_the_same_jobs()
    {
        string[] names = [.. reported.Run.JobHistories.Select(job => job.Name)];
        reported.Data.Jobs.Rows.Select(row => row.Name).ShouldBe(names);
        Summary.Of(reported.Input).Jobs.Select(row => row.Name).ShouldBe(names);
        TerminalSummary.Of(reported.Input).Sections.Single(section => section.Heading == "Jobs").Rows.Select(row => row.Label).ShouldBe(names);
        // Jobs and ledger count the same work.
        reported.Data.Jobs.Rows.Sum(row => row.UsefulGpuHours).ShouldBe(reported.Run.GpuTime["useful"], 1e-6 * reported.Run.GpuTime["useful"]);
    }

    private JobsData Told(Dictionary<string, int> byCause, JobStep? time = null) =>
        ReportBuilder.Build(reported.Input with { Run = With(byCause, time ?? Time) }).Jobs;

    private RunResult With(Dictionary<string, int> byCause, JobStep time) => reported.Run with
    {
        JobHistories = [new JobHistory("small", byCause, 1, 2, 0, 0, time)],
        Headline = reported.Run.Headline with { UsdPerGpuHour = 2 },
    };
}
