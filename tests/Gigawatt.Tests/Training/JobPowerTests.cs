using Gigawatt.Compute;
using Gigawatt.Tests.Compute;
using Gigawatt.Training;

namespace Gigawatt.Tests.Training;

public sealed class JobPowerTests
{
    private static readonly JobPowerSpec Plain = new()
    {
        Name = "a",
        Gpus = 1000,
        Rack = PowerStatesTests.Plain,
        Step = new StepParts { ComputeS = 2.1, ExposedCommunicationS = 0.9 },
    };

    [Fact]
    public void High_low_and_mean_can_be_added_up_by_hand()
    {
        // 250 W of everything else; 0.833 and 0.45 of 700 W
        JobWave wave = JobPower.Of(Plain);
        wave.HighMw.ShouldBe(0.5831 + 0.25, 1e-9);
        wave.LowMw.ShouldBe(0.315 + 0.25, 1e-9);
        wave.MeanMw.ShouldBe(0.7 * 0.8331 + 0.3 * 0.565, 1e-9);
        wave.SwingFraction.ShouldBe(1 - 0.565 / 0.8331, 1e-9);
        wave.ThroughputRatio.ShouldBe(1, 1e-12);
    }

    [Fact]
    public void A_checkpoint_takes_time_and_power()
    {
        // 10 steps of 3 s and 6 s at 0.215 · 700 W + 250 W = 400.5 W
        JobWave wave = JobPower.Of(Plain with { Checkpoint = new StepPause { EverySteps = 10, LastsS = 6 } });
        wave.Checkpoint.LowMw.ShouldBe(0.4005, 1e-9);
        wave.MeanMw.ShouldBe((30 * (0.7 * 0.8331 + 0.3 * 0.565) + 6 * 0.4005) / 36, 1e-9);
        wave.ThroughputRatio.ShouldBe(30.0 / 36, 1e-12);
    }

    [Fact]
    public void A_cap_below_idle_or_above_TDP_is_refused()
    {
        (Plain with { CapMw = 70e-6 }).Contradictions().ShouldHaveSingleItem().Expected.ShouldContain("72.8 W");
        (Plain with { CapMw = 900e-6 }).Contradictions().ShouldHaveSingleItem().Expected.ShouldContain("700 W");
        (Plain with { CapMw = 500e-6 }).Contradictions().ShouldBeEmpty();
    }

    [Fact]
    public void A_job_is_evaluated_without_allocating()
    {
        JobPowerSpec job = Plain with { CapMw = 500e-6, Checkpoint = new StepPause { EverySteps = 10, LastsS = 6 }, Smoothing = new ShelfSmoothingSpec() };
        double sum = JobPower.Of(job).MeanMw;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) { sum += JobPower.Of(job).MeanMw; }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        sum.ShouldBe(1001 * JobPower.Of(job).MeanMw, 1e-6);
    }

    [Fact]
    public void The_distribution_of_a_campus_is_that_of_a_long_recording()
    {
        JobWave[] jobs =
        [
            JobPower.Of(Plain), JobPower.Of(Plain with { Gpus = 600, Step = new StepParts { ComputeS = 1.3, ExposedCommunicationS = 0.4142 } }),
            JobPower.Of(Plain with { Gpus = 300, Step = new StepParts { ComputeS = 5, ExposedCommunicationS = 0.7 }, Checkpoint = new StepPause { EverySteps = 9, LastsS = 7 } }),
        ];
        CampusPower campus = JobPowerCampus.Of(jobs, 0.1, new double[JobPowerCampus.ScratchFor(1000)]);
        double[] series = new double[400_000];
        for (int i = 0; i < series.Length; i++) { series[i] = 0.1 + jobs.Sum(job => At(job, i * 0.0517)); }
        Array.Sort(series);
        campus.MeanMw.ShouldBe(series.Average(), 2e-3);
        campus.PeakMw.ShouldBe(series[^1], 1e-9);
        campus.LowestMw.ShouldBe(series[0], 1e-9);
        campus.LowPercentileMw.ShouldBe(series[series.Length / 100], 0.01);
        campus.HighPercentileMw.ShouldBe(series[^(series.Length / 100)], 0.01);
        campus.FundamentalHz.ShouldBe(1 / 3.0, 1e-9);
        campus.FundamentalMw.ShouldBe(JobPowerCampus.HarmonicMw(jobs[0], 1), 1e-12);
    }

    [Fact]
    public void Jobs_of_one_period_add_up_in_the_fundamental_and_a_single_one_is_itself()
    {
        JobWave job = JobPower.Of(Plain);
        CampusPower two = JobPowerCampus.Of([job, job], 0, new double[JobPowerCampus.ScratchFor(500)]);
        two.FundamentalMw.ShouldBe(2 * JobPowerCampus.HarmonicMw(job, 1), 1e-12);
        CampusPower one = JobPowerCampus.Of([job], 0, new double[JobPowerCampus.ScratchFor(500)]);
        one.LowPercentileMw.ShouldBe(job.LowMw, 1e-9);
        one.HighPercentileMw.ShouldBe(job.HighMw, 1e-3);
        one.MeanMw.ShouldBe(job.MeanMw, 1e-12);
        JobPowerCampus.Of([], 5, new double[300]).PeakMw.ShouldBe(5);
    }

    // The job's power at a time, steps and checkpoints one after the other.
    private static double At(JobWave job, double timeS)
    {
        double blockS = job.Checkpoint.EverySteps > 0 ? job.Checkpoint.EverySteps * job.PeriodS + job.Checkpoint.LastsS : job.PeriodS;
        double at = timeS % blockS;
        if (job.Checkpoint.EverySteps > 0 && at >= job.Checkpoint.EverySteps * job.PeriodS) { return job.Checkpoint.LowMw; }
        StepWave shape = new(1, 0, job.DutyFraction, job.PeriodS, job.RiseS, job.FallS, 0);
        return job.LowMw + (job.HighMw - job.LowMw) * shape.AtFraction(at);
    }
}
