using Gigawatt.Economics;
using Gigawatt.Scenarios;
using Gigawatt.Simulation;
using Gigawatt.Training;

namespace Gigawatt.Tests.Simulation;

public sealed class UserStageTests
{
    private static readonly Lazy<RunResult> Month = new(() => Island.Run(Crowded));

    // A GPU handles 9,000 tokens a second, input and output, at 10 tokens/s a user; a request is 900 + 100 tokens and holds a stream for 10 s.
    internal static ServedSpec Served(double sessionsPerS, double dayPeak = 1, double? priceUsd = 0.5) => new()
    {
        Pool = new ServingPoolSpec { Gpus = 7200, InteractivityPerS = 10, HoldS = 1800 },
        Frontier = new ServingFrontierSpec
        {
            Title = "frontier",
            CostUsdPerGpuS = 1,
            SitePowerMwPerGpu = 0.002,
            InputRatio = 9,
            Points = [new ServingPoint { InteractivityPerS = 10, ThroughputPerGpuS = 9000 }, new ServingPoint { InteractivityPerS = 100, ThroughputPerGpuS = 900 }],
        },
        Demand = new ServingDemandSpec { SessionsPerS = sessionsPerS, TurnsRatio = 1, InputTokensRatio = 900, OutputTokensRatio = 100, DayPeakRatio = dayPeak },
        MillionTokensPriceUsd = priceUsd,
        FailuresPerGpuS = 0,
    };

    private static PoolSpec Pool(int priority, double sessionsPerS, double dayPeak = 1) =>
        new() { Name = "chat", Start = new DateOnly(2026, 1, 3), Priority = priority, Served = Served(sessionsPerS, dayPeak) };

    private static RentalSpec Rental(int priority, int gpus = 3600) => new()
    {
        Tenant = "tenant",
        Priority = priority,
        Start = new DateOnly(2026, 1, 5),
        OwnUsdPerGpuS = 2 / 3600.0,
        FailuresPerGpuS = 0,
        Contract = new RentalContract
        {
            Name = "cluster",
            Gpus = gpus,
            PriceUsdPerGpuS = 3 / 3600.0,
            TermS = 10 * 86400.0,
            TakeOrPayFraction = 1,
            UsedFraction = 0.5,
            SavedUsdPerGpuS = 0,
            Credits = [new AvailabilityCredit { BelowFraction = 0.99, CreditFraction = 0.1 }],
        },
    };

    // Between the jobs of priority 10 (24,000 GPUs) and 1 (8,000): 36,000 GPUs do not suffice for all.
    private static Scenario Crowded => With(Pool(5, 40_000, 1.4), Rental(3));

    private static Scenario With(PoolSpec? pool, RentalSpec? rental = null)
    {
        Scenario island = Island.Scenario();
        return island with
        {
            Serving = new ServingSection { Pools = pool is null ? [] : [pool] },
            Economics = island.Economics with { Rentals = rental is null ? [] : [rental] },
        };
    }

    [Fact]
    public void Ledgers_close_while_jobs_a_pool_and_a_tenant_compete()
    {
        RunResult run = Month.Value;
        foreach (Ledger ledger in run.Ledgers) { ledger.RelativeResidual.ShouldBeLessThan(1e-9, ledger.Name); }
        run.GpuTime["serving"].ShouldBeGreaterThan(0);
        run.GpuTime["serving_idle"].ShouldBeGreaterThan(0);
        // Ten days: the pool and the tenant come before the small job, less two minutes at most in which it writes its last checkpoint.
        run.GpuTime["rented_out"].ShouldBeInRange(3600 * (240 - 2 / 60.0), 3600 * 240);
        run.Days.Sum(day => day.UsefulGpuHours).ShouldBe(run.Headline.UsefulGpuHours, 1e-3);
    }

    [Fact]
    public void Tokens_are_requests_times_their_length_and_are_sold_at_the_price()
    {
        RunResult run = Island.Run(With(Pool(20, 20_000)));
        ServingResult pool = run.Serving[0];
        // 20,000 requests a second of 1,000 tokens on 29 days; none is lost.
        pool.TokensRatio.ShouldBe(20_000 * 1000.0 * 29 * 86400, 1e6);
        pool.LostFraction.ShouldBe(0);
        pool.RevenueUsd.ShouldBe(pool.TokensRatio / 1e6 * 0.5, 1);
        run.Money["serving_revenue"].ShouldBe(pool.RevenueUsd, 1e-3);
        // 20 million tokens a second on 9,000 a GPU keep 2,222.2 GPUs busy.
        run.GpuTime["serving"].ShouldBe(2222.22 * 29 * 24, 10);
        // 15 % of headroom on a few servers above 200,000 streams of 6,480 a rack: 36 racks.
        pool.MeanGpus.ShouldBe(36 * 72, 1e-6);
        pool.MillionTokensCostUsd.ShouldBe(run.Headline.UsdPerGpuHour * pool.MeanGpus * 29 * 24 / (pool.TokensRatio / 1e6), 1e-9);
    }

    [Fact]
    public void A_pool_hands_GPUs_back_at_night()
    {
        Simulator simulator = new(With(Pool(5, 20_000, 1.8)), default, DeafSink.Instance);
        List<(double Hour, int Gpus)> held = [];
        while (simulator.StepsTaken < 1440 * 10)
        {
            simulator.Step();
            if (simulator.StepsTaken > 1440 * 9) { held.Add((simulator.StepsTaken % 1440 / 60.0, simulator.Site.Users.Pools[0].Share.Offered[0])); }
        }
        // The peak is at 20 h, the trough at 8 h: 1.8 and 0.2 of 2,222 busy GPUs, and 15 % more.
        held.FindAll(at => at.Gpus == 64 * 72)[^1].Hour.ShouldBeInRange(20, 22);      // what jobs made room for it keeps until the peak is past
        held.MinBy(at => at.Gpus).Hour.ShouldBeInRange(7, 10);
        held.Max(at => at.Gpus).ShouldBe(64 * 72);                          // 4,600
        held.Min(at => at.Gpus).ShouldBe(8 * 72);                           // 511
    }

    [Fact]
    public void A_pool_of_the_lowest_priority_loses_requests_when_training_has_the_GPUs()
    {
        // 36,000 GPUs less 32,000 of jobs, their spares and what is in repair leave fewer than 4,000.
        RunResult run = Island.Run(With(Pool(0, 40_000)));
        ServingResult pool = run.Serving[0];
        pool.MeanGpus.ShouldBeInRange(3000, 4000);
        // 4,000 GPUs serve at most 36,000 of 40,000 requests a second.
        pool.LostFraction.ShouldBeInRange(0.1, 0.3);
        pool.LateFraction.ShouldBeGreaterThan(0.5);
        pool.MissingGpus.ShouldBe(pool.MeanGpus > 0 ? 71 * 72 - pool.MeanGpus : 0, 100);
    }

    [Fact]
    public void Rent_is_due_for_what_was_there_and_a_bad_month_gives_a_credit()
    {
        // Of 3,600 GPUs by contract 3,600 are there: take or pay, 3 USD · 3,600 · 240 h.
        RentalResult whole = Island.Run(With(null, Rental(20))).Rentals[0];
        whole.AvailableFraction.ShouldBe(1, 1e-9);
        whole.UsedFraction.ShouldBe(0.5, 1e-9);
        whole.RevenueUsd.ShouldBe(3.0 * 3600 * 240, 1e-3);
        whole.CreditUsd.ShouldBe(0);
        whole.MarginUsd.ShouldBe((3.0 - 2.0) * 3600 * 240, 1e-3);
        // A contract for 40,000 on a campus of 36,000: at most 90 % available, and 10 % of the rent goes back.
        RunResult run = Island.Run(With(null, Rental(20, 40_000)));
        RentalResult part = run.Rentals[0];
        part.AvailableFraction.ShouldBeInRange(0.88, 0.9);
        part.CreditMonths.ShouldBe(1);
        part.CreditUsd.ShouldBe(0.1 * 3.0 * 40_000 * 240 * part.AvailableFraction, 1);
        part.RevenueUsd.ShouldBe(9 * part.CreditUsd, 1);
        run.Money["rent_received"].ShouldBe(part.RevenueUsd, 1e-2);
    }

    [Fact]
    public void A_pool_draws_less_at_night_than_a_full_one()
    {
        // 4,000 GPUs more or less busy: between 30 % of 70 % and 70 % of TDP.
        double full = Island.Run(With(Pool(20, 40_000))).Headline.ItEnergyMwh, empty = Island.Run(With(Pool(20, 10))).Headline.ItEnergyMwh;
        full.ShouldBeGreaterThan(empty);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits()
    {
        RunResult again = Island.Run(Crowded);
        again.Headline.ShouldBe(Month.Value.Headline);
        again.Serving.ShouldBe(Month.Value.Serving);
        again.Rentals.ShouldBe(Month.Value.Rentals);
    }

    [Fact]
    public void Half_the_step_moves_tokens_and_rent_by_less_than_a_percent()
    {
        RunResult half = Island.Run(Crowded, new RunOptions { StepS = 30 }), whole = Month.Value;
        half.Serving[0].TokensRatio.ShouldBe(whole.Serving[0].TokensRatio, 0.01 * whole.Serving[0].TokensRatio);
        half.Rentals[0].RevenueUsd.ShouldBe(whole.Rentals[0].RevenueUsd, 0.01 * whole.Rentals[0].RevenueUsd);
    }

    [Fact]
    public void A_step_with_a_pool_a_tenant_and_learning_allocates_nothing()
    {
        Simulator simulator = new(Learning(Crowded), default, DeafSink.Instance);
        for (int i = 0; i < 8000; i++) { simulator.Step(); }
        while (simulator.StepsTaken % 1440 != 1) { simulator.Step(); }
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1400; i++) { simulator.Step(); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void A_job_of_reinforcement_learning_counts_the_tokens_of_its_safe_work()
    {
        RunResult run = Island.Run(Learning(With(null)));
        ReinforcementResult job = run.Reinforcement.ShouldHaveSingleItem();
        job.Job.ShouldBe("small");
        RolloutPace pace = new(new ReinforcementLearningSpec { RolloutTokensPerGpuS = 400 }, 8000, null);
        job.WaitingFraction.ShouldBe(pace.WaitingFraction);
        // At most all GPUs of the job on thirty days; failures, checkpoints and restarts take a part.
        (job.TokensRatio / (pace.TokensPerS * 30 * 86400)).ShouldBeInRange(0.75, 1);
        job.UpdatesRatio.ShouldBe(job.TokensRatio / (512 * 8 * 4096), 1e-3);
    }

    private static Scenario Learning(Scenario scenario) => scenario with
    {
        Training = new TrainingSection
        {
            Jobs = [.. scenario.Training.Jobs.Select(job => job.Name == "small" ? job with { Reinforcement = new ReinforcementLearningSpec { RolloutTokensPerGpuS = 400 } } : job)],
        },
    };

    [Fact]
    public void A_large_job_makes_room_once_a_morning_and_not_with_every_rise_of_the_demand()
    {
        TrainingJobSpec large = new()
        {
            Name = "large",
            Start = new DateOnly(2026, 1, 2),
            Gpus = 36_000,
            MinGpus = 8_000,
            Priority = 1,
            FailuresPerGpuS = 0,
            CheckpointIntervalS = 1200,
            RestartS = 300,
            GrowEveryS = 3600,
            Spares = 0,
        };
        Scenario Campus(double aheadS)
        {
            PoolSpec pool = Pool(5, 20_000, 1.4);
            return With(pool with { Served = pool.Served with { AskAheadS = aheadS } }) with { Training = new TrainingSection { Jobs = [new JobSpec { Job = large }] } };
        }
        RunResult ahead = Island.Run(Campus(43200)), now = Island.Run(Campus(0));
        // 29 days with a pool: one morning each; asking only for what is lacking, a stop for every few racks.
        ahead.JobHistories[0].Preemptions.ShouldBeInRange(25, 31);
        now.JobHistories[0].Preemptions.ShouldBeGreaterThan(300);
        ahead.JobHistories[0].Time.EarnedGpuS.ShouldBeGreaterThan(now.JobHistories[0].Time.EarnedGpuS);
        ahead.Serving[0].LostFraction.ShouldBeLessThan(1e-3);
        ahead.Serving[0].MissingGpus.ShouldBeLessThan(5);
        // What it holds beyond its demand is told: it keeps the peak of the day until it is past, and then follows the demand down.
        ahead.Serving[0].MeanGpus.ShouldBeInRange(now.Serving[0].MeanGpus * 1.05, now.Serving[0].MostGpus - 100);
        ahead.GpuTime.RelativeResidual.ShouldBeLessThan(1e-9);
    }

    [Fact]
    public void A_job_is_not_stopped_for_a_node_in_repair()
    {
        // 36,000 GPUs: 3,600 to the tenant, the rest to a job; a node of four is a thousandth of the contract.
        TrainingJobSpec large = new() { Name = "large", Start = new DateOnly(2026, 1, 2), Gpus = 36_000, MinGpus = 8_000, Priority = 1, FailuresPerGpuS = 0, Spares = 0 };
        RentalSpec rental = Rental(20) with { FailuresPerGpuS = 1 / (3600 * 86400.0) };
        RunResult run = Island.Run(With(null, rental) with { Training = new TrainingSection { Jobs = [new JobSpec { Job = large }] } });
        run.JobHistories[0].Preemptions.ShouldBe(1);
        run.Rentals[0].AvailableFraction.ShouldBeInRange(0.99, 0.99999);
    }
}
