using FsCheck.Fluent;
using Gigawatt.Power.Waveforms;

namespace Gigawatt.Tests.Power.Waveforms;

public sealed class IterationWaveTests
{
    private static readonly JobWaveSpec Job = new() { Name = "a", HighMw = 1000, LowMw = 600, PeriodS = 3, DutyFraction = 0.7 };

    [Fact]
    public void A_whole_period_has_the_mean_that_the_duty_says() =>
        Series(Job, 3, 0.01).Average().ShouldBe(880, 1e-9);                      // 600 + 0.7 x 400, whatever the edges

    [Fact]
    public void A_halved_step_keeps_every_energy()
    {
        double[] coarse = Series(Job, 6, 0.04), fine = Series(Job, 6, 0.02);
        for (int i = 0; i < coarse.Length; i++) { coarse[i].ShouldBe((fine[2 * i] + fine[2 * i + 1]) / 2, 1e-8); }
    }

    [Fact]
    public void A_checkpoint_comes_after_every_second_iteration_and_lasts_as_long_as_it_says()
    {
        JobWaveSpec job = Job with { RiseS = 0, FallS = 0, Checkpoint = new WaveDip { EveryIterations = 2, LowMw = 100, LastsS = 4 } };
        double[] wave = Series(job, 20, 0.01);
        wave.Count(mw => mw < 599).ShouldBe(800);                                // two of 4 s in 20 s: at 6 to 10 s and 16 to 20 s
        wave[600].ShouldBe(100, 1e-6);
        wave[599].ShouldBe(600, 1e-6);
        wave[1000].ShouldBe(1000, 1e-6);
        job.MeanMw.ShouldBe((2 * 880 * 3 + 100 * 4) / 10.0, 1e-9);
        wave.Average().ShouldBe(job.MeanMw, 1e-6);
    }

    [Fact]
    public void An_evaluation_follows_the_checkpoint_of_the_same_iteration()
    {
        JobWaveSpec job = Job with
        {
            RiseS = 0,
            FallS = 0,
            Checkpoint = new WaveDip { EveryIterations = 1, LowMw = 100, LastsS = 1 },
            Evaluation = new WaveDip { EveryIterations = 1, LowMw = 300, LastsS = 1 },
        };
        double[] wave = Series(job, 5, 1);
        wave[3].ShouldBe(100, 1e-9);
        wave[4].ShouldBe(300, 1e-9);
    }

    [Fact]
    public void A_job_starts_climbs_and_ends_when_it_says()
    {
        double[] wave = Series(Job with { StartS = 10, StartRampS = 60, EndS = 100, EndRampS = 20 }, 150, 0.01);
        wave.Take(1000).ShouldAllBe(mw => mw == 0);
        wave.Skip(12_001).ShouldAllBe(mw => mw == 0);
        wave.Skip(4000).Take(300).Average().ShouldBe(880 * (30 + 1.5) / 60, 6);  // half-way up the ramp
        wave.Skip(10_800).Take(300).Average().ShouldBe(880 * (1 - 9.5 / 20), 15);
    }

    [Fact]
    public void Phase_shifts_the_wave()
    {
        double[] early = Series(Job, 9, 0.01), late = Series(Job with { PhaseS = 1 }, 6, 0.01);
        for (int i = 0; i < late.Length; i++) { late[i].ShouldBe(early[i + 100], 1e-6); }
    }

    [Fact]
    public void Jitter_keeps_the_mean_belongs_to_the_job_and_follows_the_seed()
    {
        JobWaveSpec job = Job with { JitterFraction = 0.02 };
        double[] wave = Series(job, 3000, 0.01);
        wave.Average().ShouldBe(880, 0.5);
        wave.ShouldBe(Series(job, 3000, 0.01));
        wave.ShouldNotBe(Series(job, 3000, 0.01, seed: 2));
        double[] both = new double[300];
        IterationWave.Fill([job, job with { Name = "b", HighMw = 10, LowMw = 5 }], 1, 0.01, both);
        both.Zip(wave).ShouldAllBe(pair => pair.First - pair.Second >= 5 - 1e-9 && pair.First - pair.Second <= 10 + 1e-9);
    }

    [Fact]
    public void A_thousand_samples_allocate_nothing()
    {
        double[] wave = new double[100_000];
        JobWaveSpec job = Job with { JitterFraction = 0.02, Checkpoint = new WaveDip { EveryIterations = 5, LowMw = 100, LastsS = 4 } };
        JobWaveState state = IterationWave.Begin(job, 1);
        IterationWave.Add(job, ref state, 0, 0.01, wave.AsSpan(0, 1000));
        long before = GC.GetAllocatedBytesForCurrentThread();
        IterationWave.Add(job, ref state, 10, 0.01, wave);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Any_trapezoid_stays_between_low_and_high_and_keeps_its_mean() => Prop.ForAll(
        Gen.Choose(1, 999).ArrayOf(5).ToArbitrary(), dice =>
        {
            double duty = dice[0] / 1000.0, period = 0.5 + dice[1] / 100.0;
            double room = 2 * Math.Min(duty, 1 - duty) * period, rise = room * dice[2] / 2000, fall = room * dice[3] / 2000;
            JobWaveSpec job = new() { Name = "x", HighMw = 100 + dice[4], LowMw = 50, PeriodS = period, DutyFraction = duty, RiseS = rise, FallS = fall };
            double[] wave = Series(job, 7 * period, period / 50);
            return !job.Contradictions().Any() && wave.All(mw => mw >= 50 - 1e-9 && mw <= job.HighMw + 1e-9)
                && Math.Abs(wave.Average() - job.MeanMw) < 1e-6;
        }).HoldsInAnyCase();

    [Fact]
    public void Contradictions_are_found_together()
    {
        JobWaveSpec job = Job with { LowMw = 1100, RiseS = 2, Checkpoint = new WaveDip { EveryIterations = 1, LowMw = 2000, LastsS = 1 }, StartS = 5, EndS = 4 };
        job.Contradictions().Select(one => one.Property).ShouldBe(["LowMw", "RiseS", "Checkpoint", "Checkpoint", "EndS"]);
    }

    private static double[] Series(JobWaveSpec job, double lengthS, double stepS, long seed = 1)
    {
        double[] wave = new double[(int)Math.Round(lengthS / stepS)];
        IterationWave.Fill([job], seed, stepS, wave);
        return wave;
    }
}
