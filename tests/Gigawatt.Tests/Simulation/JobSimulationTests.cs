using FsCheck;
using FsCheck.Fluent;
using Gigawatt.Reliability;
using Gigawatt.Simulation;
using Gigawatt.Training;

namespace Gigawatt.Tests.Simulation;

public sealed class JobSimulationTests
{
    private static JobSimulationSpec Job(double mtbfS, params FailureCauseSpec[] causes) => new()
    {
        Gpus = 1024,
        Failures = new()
        {
            Title = "test",
            Gpus = 1024,
            Causes = causes.Length > 0 ? causes : [new() { Name = "any", FailuresPerUnitS = 1 / mtbfS / 1024, Kind = FailureKind.RestartInPlace, DetectS = 60 }],
        },
        RestartS = 600,
        CheckpointS = 60,
        SpanS = 90 * 86400,
    };

    private static (double Mean, double Error) Goodput(JobRun[] runs)
    {
        double[] shares = [.. runs.Select(run => run.Ledger.GoodputFraction)];
        double mean = shares.Average();
        return (mean, Math.Sqrt(shares.Sum(share => (share - mean) * (share - mean)) / (shares.Length - 1) / shares.Length));
    }

    [Theory]
    [InlineData(11_136, 1.0, false)]
    [InlineData(11_136, 0.05, false)]         // written beside computing
    [InlineData(3_000, 1.0, false)]
    [InlineData(3_000, 0.2, false)]
    [InlineData(11_136, 1.0, true)]           // with copies in the memory of peers
    [InlineData(3_000, 1.0, true)]
    public void The_closed_form_is_met_within_three_standard_errors(double mtbfS, double stall, bool hasLocal)
    {
        JobSimulationSpec job = Job(mtbfS) with { StallFraction = stall, Local = hasLocal ? new() { CheckpointS = 2, PerStorage = 5, RecoversFraction = 0.8, RestartS = 120 } : null };
        JobPlan plan = new(job.Job());
        (double mean, double error) = Goodput(JobSimulation.Runs(job, 7, 200));
        double exact = plan.EfficiencyFraction(out _)!.Value;
        // Work in hand at the end counts, which the closed form leaves out: half a period in ninety days.
        Math.Abs(mean - exact).ShouldBeLessThan(3 * error + plan.PeriodS / (90 * 86400));
        Math.Abs(mean - exact).ShouldBeLessThan(0.005);
    }

    [Fact]
    public void The_ledger_adds_up_to_wall_time() => Prop.ForAll(
        ArbMap.Default.ArbFor<PositiveInt>().Generator.Four().ToArbitrary(), at =>
        {
            (PositiveInt a, PositiveInt b, PositiveInt c, PositiveInt d) = at;
            int replicas = 1 + a.Get % 4;
            JobSimulationSpec job = Job(0, new() { Name = "swap", FailuresPerUnitS = 1e-7 * (1 + b.Get % 20), TransientFraction = 0.2, Kind = FailureKind.HardwareReturn },
                new() { Name = "flap", FailuresPerUnitS = 2e-7, FlapS = 20 }, new() { Name = "silent", FailuresPerUnitS = 1e-8, SilentS = 20_000 }) with
            {
                Replicas = replicas,
                Spares = c.Get % 4,
                StallFraction = d.Get % 2 == 0 ? 1 : 0.1,
                CheckpointIntervalS = 300 + d.Get,
                Local = c.Get % 3 == 0 ? new() : null,
                NewBatch = b.Get % 2 == 0 ? new() : null,
                SlowFraction = 0.02,
                DataFraction = 0.01,
                RetainedCheckpoints = 3,
                SpanS = 20 * 86400 + a.Get,
                SiteEvents = [new() { AtS = 400_000, GpuFraction = 0.3, LastsS = 7200 }, new() { AtS = 403_000, GpuFraction = 0.01, LastsS = 7200 }],
            };
            JobRun run = new JobSimulation(job).Run(a.Get, b.Get);
            return Math.Abs(run.Ledger.WallS / (job.SpanS * replicas) - 1) < 1e-9 && run.Ledger.Parts.All(part => part >= 0)
                && Math.Abs(run.Ledger.Parts.Sum() / run.Ledger.WallS - 1) < 1e-12
                && run.Interruptions == run.ByCause.Sum();
        }).HoldsInAnyCase(60);

    [Fact]
    public void Threads_change_nothing()
    {
        JobRun[] one = JobSimulation.Runs(Job(3_000), 5, 12, threads: 1), four = JobSimulation.Runs(Job(3_000), 5, 12, threads: 4);
        for (int i = 0; i < 12; i++)
        {
            four[i].Ledger.ShouldBe(one[i].Ledger);
            four[i].ByCause.ShouldBe(one[i].ByCause);
        }
        one[0].Ledger.ShouldNotBe(one[1].Ledger);
    }

    [Fact]
    public void No_event_allocates()
    {
        long Allocated(double days)
        {
            JobSimulation job = new(Job(1_000, new FailureCauseSpec { Name = "swap", FailuresPerUnitS = 1e-6, TransientFraction = 0.2 }) with { SpanS = days * 86400 });
            job.Run(1, 0);
            long before = GC.GetAllocatedBytesForCurrentThread();
            job.Run(1, 1);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Allocated(100).ShouldBe(Allocated(1));
    }

    [Fact]
    public void Replicas_go_on_without_the_one_that_failed()
    {
        // 18 min between failures, a replica out for 60 + 120 s: 1 − 180/(8·1080) of the time, 97.9 %; a little less as failures meet.
        JobSimulationSpec job = Job(1_080) with { Replicas = 8, ReplicaRestartS = 120, CheckpointS = 0, CheckpointIntervalS = 600, SpanS = 20 * 86400 };
        (double mean, double error) = Goodput(JobSimulation.Runs(job, 3, 20));
        mean.ShouldBe(Gigawatt.Training.Goodput.ReplicatedFraction(1_080, 600, 0, 180, 8), 3 * error + 0.002);
        new JobPlan(job.Job()).EfficiencyFraction(out string? whyNot).ShouldBeNull();
        whyNot.ShouldNotBeNull();
    }

    [Fact]
    public void Without_spares_the_job_waits_for_the_shop()
    {
        JobSimulationSpec job = Job(0, new FailureCauseSpec { Name = "node", FailuresPerUnitS = 1 / 100_000.0 / 1024, TransientFraction = 0, RepairS = 20_000 });
        JobRun[] none = JobSimulation.Runs((job with { Spares = 0 }), 1, 40), some = JobSimulation.Runs((job with { Spares = 8 }), 1, 40);
        // Up 100,000 s at risk, then 60 s + 20,000 s + 180 s down: 16.8 % of the time
        none.Average(run => run.Ledger.SchedulingS / run.Ledger.WallS).ShouldBe(20_180 / 120_240.0, 0.015);
        some.Average(run => run.Ledger.SchedulingS / run.Ledger.WallS).ShouldBeLessThan(0.003);
        some.Average(run => run.MeanDownNode).ShouldBe(0.2, 0.02);
    }

    [Fact]
    public void Silent_corruption_costs_the_work_since_the_last_clean_checkpoint()
    {
        JobSimulationSpec job = Job(0, new FailureCauseSpec { Name = "silent", FailuresPerUnitS = 1 / 200_000.0 / 1024, SilentS = 5_000 }) with { CheckpointIntervalS = 940, RetainedCheckpoints = 200 };
        JobRun[] runs = JobSimulation.Runs(job, 1, 1000);
        // Found after 5,000 s on average, and half a period of 1,000 s before it happened: 5,500 s, of which 94 % computing
        double wastedS = runs.Average(run => run.Ledger.WastedS / run.Interruptions);
        wastedS.ShouldBe(5_500 * 0.94, 150);
        runs.Sum(run => run.BegunAnew).ShouldBe(0);
        JobSimulation.Runs((job with { RetainedCheckpoints = 2 }), 1, 60).Sum(run => run.BegunAnew).ShouldBeGreaterThan(100);
    }

    [Fact]
    public void A_stop_of_the_site_takes_its_time_and_a_restart()
    {
        JobSimulationSpec job = Job(0, new FailureCauseSpec { Name = "none", FailuresPerUnitS = 0 }) with
        {
            CheckpointIntervalS = 3600,
            SiteEvents = [new() { AtS = 1_000_000, GpuFraction = 0.5, LastsS = 10_000 }],
        };
        JobRun run = new JobSimulation(job).Run(1, 0);
        run.Interruptions.ShouldBe(1);
        run.Ledger.SchedulingS.ShouldBe(10_000, 1e-6);
        (run.Ledger.CommunicatorsS + run.Ledger.StartupS + run.Ledger.LoadS).ShouldBe(1_200, 1e-6);
        run.Ledger.DetectionS.ShouldBe(0);
    }

    [Fact]
    public void Early_failures_are_as_many_as_the_weak()
    {
        JobSimulationSpec job = Job(0, new FailureCauseSpec { Name = "none", FailuresPerUnitS = 0 }) with { NewBatch = new() { WeakFraction = 0.05, ScaleS = 86400 }, CheckpointIntervalS = 600 };
        // 1,024 GPUs, −ln(1 − 0.05) each in the end
        JobSimulation.Runs(job, 1, 100).Average(run => run.ByCause[1]).ShouldBe(52.5, 2);
    }

    [Fact]
    public void Flaps_within_the_retries_only_stall()
    {
        JobSimulationSpec job = Job(0, new FailureCauseSpec { Name = "flap", FailuresPerUnitS = 1e-3 / 1024, FlapS = 10, RetryS = 30, Kind = FailureKind.RestartInPlace });
        JobRun run = new JobSimulation(job).Run(1, 0);
        ((double)run.Interruptions / (run.Interruptions + run.Flaps)).ShouldBe(0.0498, 0.01);
        run.Ledger.NetworkS.ShouldBeGreaterThan(0);
    }
}
