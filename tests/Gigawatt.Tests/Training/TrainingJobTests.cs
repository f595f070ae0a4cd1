using Gigawatt.Training;

namespace Gigawatt.Tests.Training;

public sealed class TrainingJobTests
{
    private static readonly DateTime Start = new(2025, 1, 1);

    // 100 GPUs that never fail: restart 100 s, compute 800 s, checkpoint 60 s, compute 800 s, …
    private static readonly TrainingJobSpec Calm = new()
    {
        Name = "calm",
        Start = new DateOnly(2025, 1, 1),
        Gpus = 100,
        FailuresPerGpuS = 0,
        CheckpointIntervalS = 800,
        CheckpointS = 60,
        DetectS = 40,
        RestartS = 100,
    };

    private static readonly TrainingJobSpec Llama = Calm with
    {
        Name = "llama",
        Gpus = 16384,
        FailuresPerGpuS = 419 / (54.0 * 86400 * 16384),
        RepairFraction = 0,
        CheckpointIntervalS = 1200,
        CheckpointS = 60,
        DetectS = 60,
        RestartS = 200,
    };

    private sealed class Run(TrainingJobSpec spec, long seed = 1, DateTime? start = null)
    {
        private readonly JobEvent[] events = new JobEvent[64];
        private readonly JobPlan plan = new(spec);
        public TrainingJobState State = TrainingJob.Begin(new JobPlan(spec), start ?? Start);
        public JobLuck Luck = JobLuck.For(seed, 0, spec.Name);
        public List<JobEvent> Events { get; } = [];
        public double NowS { get; private set; }

        public JobStep Step(double stepS, int gpus, double speed = 1, bool mayRun = true)
        {
            JobStep step = TrainingJob.Advance(plan, ref State, ref Luck, stepS, new JobOffer(gpus, speed, mayRun, 8), events, out int count);
            for (int i = 0; i < count; i++) { Events.Add(events[i] with { OffsetS = NowS + events[i].OffsetS }); }
            NowS += stepS;
            return step;
        }
    }

    [Fact]
    public void A_calm_hour_is_restart_then_cycles_of_computing_and_checkpointing()
    {
        Run run = new(Calm);
        JobStep step = run.Step(3600, 100);
        step.DownGpuS.ShouldBe(100 * 100);
        step.CheckpointGpuS.ShouldBe(100 * 4 * 60);                      // at 900, 1760, 2620, 3480 s
        step.ComputingGpuS.ShouldBe(100 * (3600 - 100 - 240), 1e-6);
        step.CommittedGpuS.ShouldBe(100 * 4 * 800, 1e-6);
        run.State.ProvisionalGpuS.ShouldBe(100 * 60, 1e-6);              // since 3540 s
        (step.RoseGpus, step.FellGpus).ShouldBe((100, 100));
        run.Events.ShouldBe([new JobEvent(100, JobEventKind.Started, 100)]);
    }

    [Fact]
    public void Half_speed_earns_half_the_work_in_the_same_time()
    {
        JobStep step = new Run(Calm).Step(500, 100, speed: 0.5);
        step.ComputingGpuS.ShouldBe(100 * 400, 1e-9);
        step.ThrottledGpuS.ShouldBe(100 * 200, 1e-9);
        step.EarnedGpuS.ShouldBe(100 * 200, 1e-9);
    }

    [Fact]
    public void A_pause_with_notice_saves_the_work_by_a_last_checkpoint()
    {
        Run run = new(Calm);
        run.Step(400, 100);
        run.State.ProvisionalGpuS.ShouldBe(100 * 300);
        JobStep pausing = run.Step(100, 100, mayRun: false);
        pausing.CheckpointGpuS.ShouldBe(100 * 60);
        pausing.PausedGpuS.ShouldBe(100 * 40);
        pausing.CommittedGpuS.ShouldBe(100 * 300);
        pausing.LostGpuS.ShouldBe(0);
        run.State.HeldGpus.ShouldBe(0);
        run.Step(200, 100);
        run.Events.ShouldBe([
            new JobEvent(100, JobEventKind.Started, 100),
            new JobEvent(460, JobEventKind.Paused, 100),
            new JobEvent(600, JobEventKind.Resumed, 100)]);
    }

    [Fact]
    public void GPUs_taken_away_without_notice_lose_the_work_since_the_checkpoint()
    {
        Run run = new(Calm with { MinGpus = 60 });
        run.Step(400, 100);
        JobStep step = run.Step(200, 60);
        step.LostGpuS.ShouldBe(100 * 300);
        step.DownGpuS.ShouldBe(60 * (40 + 100));
        step.ComputingGpuS.ShouldBe(60 * 60, 1e-9);
        run.Events[^1].ShouldBe(new JobEvent(540, JobEventKind.Resized, 60));
        run.Events[^2].ShouldBe(new JobEvent(400, JobEventKind.Interrupted, 100 * 300 / 3600.0, 2));        // neither a failure nor an early one
        run.State.HeldGpus.ShouldBe(60);
    }

    [Fact]
    public void It_waits_for_the_fewest_GPUs_and_grows_only_when_it_restarts()
    {
        Run run = new(Calm with { MinGpus = 80 });
        run.Step(100, 79).WaitingGpuS.ShouldBe(7900);
        run.Step(300, 80).ComputingGpuS.ShouldBe(80 * 200);
        run.Step(100, 100).WaitingGpuS.ShouldBe(20 * 100);               // twenty came too late for this start
        run.Step(200, 100, mayRun: false);
        run.Step(100, 100);
        run.State.HeldGpus.ShouldBe(100);
    }

    [Fact]
    public void It_runs_from_the_morning_of_its_first_day_to_the_midnight_of_its_last()
    {
        TrainingJobSpec spec = Calm with { Start = new DateOnly(2025, 1, 2), End = new DateOnly(2025, 1, 2) };
        Run run = new(spec);
        TrainingJob.WantedGpus(spec, run.State).ShouldBe(0);
        run.Step(2 * 86400 + 7200, 100);
        run.Events[0].ShouldBe(new JobEvent(86400 + 100, JobEventKind.Started, 100));
        // the end falls into computing, so a last checkpoint of 60 s closes the job
        run.Events[1].Kind.ShouldBe(JobEventKind.Ended);
        run.Events[1].OffsetS.ShouldBe(2 * 86400 + 60, 1e-6);
        run.State.ProvisionalGpuS.ShouldBe(0);
        TrainingJob.WantedGpus(spec, run.State).ShouldBe(0);
    }

    [Fact]
    public void A_failed_node_takes_its_GPUs_until_the_caller_offers_others()
    {
        Run run = new(Llama with { RepairFraction = 1, MinGpus = 16000 });
        JobStep step = default;
        while (step.NodesFailed == 0) { step = run.Step(600, 16384); }
        step.FailedGpuS.ShouldBeGreaterThan(0);
        step.OfferedGpuS.ShouldBe(16384 * 600.0, 1e-3);
        run.State.HeldGpus.ShouldBeLessThanOrEqualTo(16384 - 8);
    }

    [Fact]
    public void GPU_time_and_work_balance_in_every_step()
    {
        Run run = new(Llama with { RepairFraction = 0.27, MinGpus = 12000 });
        double before = 0;
        for (int i = 0; i < 20_000; i++)
        {
            bool mayRun = i % 997 > 30;
            int gpus = i % 1499 < 20 ? 12_500 : 16_500;
            JobStep step = run.Step(60, gpus, speed: i % 7 == 0 ? 0.8 : 1, mayRun: mayRun);
            step.OfferedGpuS.ShouldBe(gpus * 60.0, gpus * 60.0 * 1e-12);
            double after = before + step.EarnedGpuS - step.CommittedGpuS - step.LostGpuS;
            run.State.ProvisionalGpuS.ShouldBe(after, 1e-4);             // of up to 2e7
            double.IsFinite(step.OfferedGpuS + run.State.HazardToFailure).ShouldBeTrue();
            before = run.State.ProvisionalGpuS;
        }
    }

    [Theory]
    [InlineData(30)]
    [InlineData(60)]
    [InlineData(3600)]
    public void The_length_of_the_step_does_not_matter(double stepS)
    {
        (double committed, double down, int failures) = Sum(stepS);
        (double expected, double expectedDown, int expectedFailures) = Sum(86400);
        committed.ShouldBe(expected, expected * 1e-9);
        down.ShouldBe(expectedDown, expectedDown * 1e-9);
        failures.ShouldBe(expectedFailures);

        static (double, double, int) Sum(double stepS)
        {
            Run run = new(Llama);
            (double committed, double down, int failures) = (0, 0, 0);
            for (double t = 0; t < 20 * 86400; t += stepS)
            {
                JobStep step = run.Step(stepS, 16384);
                committed += step.CommittedGpuS;
                down += step.DownGpuS;
                failures += step.Failures;
            }
            return (committed, down, failures);
        }
    }

    [Fact]
    public void Llama_3_is_interrupted_419_times_in_54_days()
    {
        double failures = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            Run run = new(Llama, seed);
            for (int hour = 0; hour < 54 * 24; hour++) { failures += run.Step(3600, 16384).Failures; }
        }
        (failures / 200).ShouldBe(419, 419 * 0.02);
    }

    [Fact]
    public void Over_a_long_time_the_share_of_safe_work_is_the_closed_form()
    {
        // μ = 11,136 s, D 60, R 600, C 60 at the best period: 0.84799
        double periodS = Checkpoint.BestPeriodS(11_136, 60);
        TrainingJobSpec spec = Llama with
        {
            FailuresPerGpuS = 1 / (11_136.0 * 16384),
            RestartS = 600,
            CheckpointIntervalS = periodS - 60,
        };
        TrainingJob.MeanTimeBetweenFailuresS(spec, 16384).ShouldBe(11_136, 1e-6);
        Run run = new(spec);
        double committed = 0;
        const int days = 20_000;
        for (int day = 0; day < days; day++) { committed += run.Step(86400, 16384).CommittedGpuS; }
        (committed / (16384 * 86400.0 * days)).ShouldBe(0.84799, 0.002);
    }

    [Fact]
    public void Failures_that_grow_faster_than_the_job_shorten_the_time_between_them()
    {
        TrainingJobSpec spec = Llama with { FailuresPerGpuS = 1e-8, ReferenceGpus = 32_768, FailureElasticityRatio = 0.9 };
        double at32K = TrainingJob.MeanTimeBetweenFailuresS(spec, 32_768);
        double at100K = TrainingJob.MeanTimeBetweenFailuresS(spec, 98_304);
        (at32K / at100K).ShouldBe(3 * 2.688, 0.01);                      // 3 × 3^0.9
    }

    [Theory]
    [InlineData(8_000, 200)]
    [InlineData(22_000, 300)]
    [InlineData(43_000, 450)]       // half way from 22,000 to 64,000
    [InlineData(98_000, 900)]
    [InlineData(196_000, 1800)]     // in proportion beyond the table
    public void A_cold_restart_grows_with_the_job(int gpus, double expectedS) =>
        TrainingJob.RestartS(Llama with { RestartS = null }, gpus).ShouldBe(expectedS, 1e-9);

    [Fact]
    public void One_H100_trains_150_tokens_of_Llama_405B_a_second()
    {
        // 0.40·989 TFLOP/s over 21,507.5/8,192 TFLOP a token = 395.6/2.6254
        TrainingJobSpec spec = Llama with { Trains = ModelTests.Llama405 };
        TrainingJob.TflopPerGpuS(spec, Compute.GpuTests.H100).ShouldBe(395.6, 1e-9);
        TrainingJob.TokensPerGpuS(spec, Compute.GpuTests.H100).ShouldBe(150.68, 0.01);
        TrainingJob.TokensPerGpuS(Llama, Compute.GpuTests.H100).ShouldBe(0);
    }

    [Fact]
    public void Contradictions_name_the_date_and_the_count()
    {
        TrainingJobSpec spec = Calm with { End = new DateOnly(2024, 12, 31), MinGpus = 200 };
        spec.Contradictions().Select(c => c.ToString()).ShouldBe([
            "Contradiction { Property = End, Expected = a day not before the start, 2025-01-01, Found = 2024-12-31 }",
            "Contradiction { Property = MinGpus, Expected = at most the 100 GPUs wanted, Found = 200 }"]);
    }

    [Fact]
    public void The_same_stream_gives_the_same_bits()
    {
        static (double, double, double, JobStep) Last()
        {
            Run run = new(Llama, seed: 7);
            JobStep step = default;
            for (int i = 0; i < 5000; i++) { step = run.Step(60, 16384); }
            return (run.State.HazardToFailure, run.State.ProvisionalGpuS, run.State.ClockS, step);
        }
        Last().ShouldBe(Last());
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        JobPlan plan = new(Llama);
        TrainingJobState state = TrainingJob.Begin(plan, Start);
        JobLuck luck = JobLuck.For(1, 0, "llama");
        JobOffer offer = new(16384, 1, true, 8);
        Span<JobEvent> events = stackalloc JobEvent[16];
        TrainingJob.Advance(plan, ref state, ref luck, 60, offer, events, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++) { TrainingJob.Advance(plan, ref state, ref luck, 60, offer, events, out _); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
