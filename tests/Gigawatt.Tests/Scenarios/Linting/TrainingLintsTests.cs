using Gigawatt.Buildout;
using Gigawatt.Reliability;
using Gigawatt.Scenarios;
using Gigawatt.Scenarios.Linting;
using Gigawatt.Training;
using static Gigawatt.Tests.Scenarios.Linting.SmallCampus;

namespace Gigawatt.Tests.Scenarios.Linting;

public sealed class TrainingLintsTests
{
    private static Scenario With(TrainingJobSpec job) => Sound with { Training = new TrainingSection { Jobs = [new JobSpec { Job = job }] } };

    [Fact]
    public void Checkpoints_rarer_than_failures_are_told()
    {
        // 16,384 GPUs fail every 54 d / 419 = 3.09 h; 7,000 every 7.24 h.
        Lint lint = Check(With(Job with { CheckpointIntervalS = 12 * 3600 })).Only("GW501");
        lint.Path.ShouldBe("training.jobs[0].checkpoint_interval");
        lint.What.ShouldStartWith("7,000 GPUs of 'run' fail every 7.24 h, and checkpoints come every 12 h");
        Check(With(Job with { CheckpointIntervalS = 3600 })).ShouldLack("GW501");
    }

    [Fact]
    public void A_job_of_550_000_GPUs_at_Llamas_reliability_mostly_restarts()
    {
        // 3.09 h × 16,384 / 550,000 = 5.53 min; a restart takes 900 s × 550 / 98 and a minute to find the failure.
        Lint lint = Check(With(Job with { Gpus = 550_000 })).Only("GW502");
        lint.What.ShouldStartWith("550,000 GPUs of 'run' fail every 5.53 min; finding a failure and restarting take 1.42 h");
        Check(Sound).ShouldLack("GW502");
    }

    [Fact]
    public void A_job_that_hardly_ever_gets_through_a_restart_makes_no_progress()
    {
        // A failure every 54 d / 419 · 16,384 / 7,000 / 1,000 = 26 s, and a minute to find it
        Lint lint = Check(With(Job with { FailuresPerGpuS = 1000 * Job.FailuresPerGpuS })).Only("GW502");
        lint.What.ShouldContain("the job makes no progress: about 0");
        Check(With(Job with { FailuresPerGpuS = 0 })).ShouldLack("GW502");
    }

    [Fact]
    public void A_job_that_stops_by_cause_is_judged_by_its_causes()
    {
        FailureRecordSpec record = new()
        {
            Title = "test",
            Gpus = 1000,
            Causes = [new() { Name = "long", FailuresPerUnitS = 1e-7, DetectS = 900 }, new() { Name = "flap", FailuresPerUnitS = 1, FlapS = 1, RetryS = 100 }],
        };
        // 7,000 · 1e-7 a second: one in 1,429 s; flaps are absorbed. 900 s to find and 200 s to restart are less.
        Check(With(Job with { FailureRecord = record })).ShouldLack("GW502");
        Check(With(Job with { FailureRecord = record, RestartS = 600 })).Only("GW502").What.ShouldStartWith("7,000 GPUs of 'run' fail every 23.8 min");
    }

    [Fact]
    public void Racks_that_keep_GPUs_back_have_fewer_for_jobs()
    {
        // 100 racks of 64: 6,400
        Check(Sound with { Compute = new ComputeSection { Racks = [Racks with { SchedulablePerRack = 64 }] } }).Only("GW503")
            .What.ShouldStartWith("'run' asks for 7,000 GPUs, and the scenario never has more than 6,400");
    }

    [Theory]
    [InlineData(7300, null, "'run' asks for 7,300 GPUs, and the scenario never has more than 7,200: it needs 7,300 and never starts")]
    [InlineData(7300, 7000, "'run' asks for 7,300 GPUs, and the scenario never has more than 7,200: it runs with 7,200 at best")]
    [InlineData(7200, null, null)]
    public void A_job_larger_than_the_campus_is_told(int gpus, int? minGpus, string? what)
    {
        var lints = Check(With(Job with { Gpus = gpus, MinGpus = minGpus }));
        if (what is null) { lints.ShouldLack("GW503"); }
        else { lints.Only("GW503").What.ShouldBe(what); }
    }

    [Fact]
    public void A_job_before_its_racks_waits_for_commissioning()
    {
        Scenario scenario = Sound with
        {
            Compute = new ComputeSection { Racks = [Racks with { Delivered = new Rollout { From = "2026-02-01" } }] },
        };
        // Delivered on 1 February, 19 days of commissioning.
        Check(scenario).Only("GW504").What.ShouldBe(
            "'run' starts on 2026-01-01; the first rack of the scenario is through commissioning on 2026-02-20, 50 days later");
        Check(scenario with { Training = With(Job with { Start = new DateOnly(2026, 2, 20) }).Training }).ShouldLack("GW504");
    }

    [Fact]
    public void A_rate_of_zero_is_told()
    {
        Check(With(Job with { FailuresPerGpuS = 0 })).Only("GW507").What.ShouldBe("nothing ever stops 'run': the rates of all its failures are zero");
        Check(Sound).ShouldLack("GW507");
    }

    [Fact]
    public void A_plain_sentence_says_that_a_job_makes_no_progress()
    {
        // 7,000 GPUs fail every 7.24 h: of restarts of 60 h one in e^(60/7.24) = 4,000 gets through.
        Check(With(Job with { RestartS = 60 * 3600 })).Only("GW502").What.ShouldContain("the job makes no progress");
    }

    [Fact]
    public void Replicas_that_are_out_for_longer_than_between_their_failures_are_told()
    {
        // One of four fails every 4 · 7.24 = 29 h, and is out for 30 days.
        TrainingJobSpec job = Job with { Gpus = 7000, Replicas = 4, ReplicaRestartS = 30 * 86400 };
        Check(With(job)).Only("GW502").What.ShouldEndWith("of the 4 replicas make no progress");
        Check(With(job with { ReplicaRestartS = 180 })).ShouldLack("GW502");
    }
}
