using Gigawatt.Simulation;

namespace Gigawatt.Tests.Simulation;

public sealed class SimulatorTests
{
    private static readonly Lazy<RunResult> Month = new(() => Island.Run(Island.Scenario()));

    [Fact]
    public void Every_ledger_of_a_month_closes()
    {
        RunResult run = Month.Value;
        foreach (Ledger ledger in new[] { run.Energy, run.Heat, run.Water, run.GpuTime, run.Money })
        {
            ledger.RelativeResidual.ShouldBeLessThan(1e-9, ledger.Name);
        }
    }

    [Fact]
    public void A_month_on_an_island_trains_with_every_GPU_that_two_jobs_want()
    {
        RunResult run = Month.Value;
        run.Days.Count.ShouldBe(31);
        run.Complete.ShouldBeTrue();
        run.Energy["grid_import"].ShouldBe(0);
        run.Headline.UnservedMwh.ShouldBe(0, 1e-6);
        run.Headline.Pue.ShouldBeInRange(1.0, 1.3);
        run.GpuTime["installed"].ShouldBe(36_000 * 31 * 24, 1);
        run.Headline.GoodputFraction.ShouldBeInRange(0.7, 0.95);        // 20 min intervals, 60 s checkpoints, failures every 2 h
    }

    [Fact]
    public void Useful_GPU_hours_are_the_sum_of_the_days() =>
        Month.Value.Days.Sum(day => day.UsefulGpuHours).ShouldBe(Month.Value.Headline.UsefulGpuHours, 1e-3);

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_does_not()
    {
        RunResult first = Island.Run(Island.Scenario(), new RunOptions { Seed = 3 });
        RunResult again = Island.Run(Island.Scenario(), new RunOptions { Seed = 3 });
        RunResult other = Island.Run(Island.Scenario(), new RunOptions { Seed = 4 });
        again.Headline.ShouldBe(first.Headline);
        other.Headline.ShouldNotBe(first.Headline);
    }

    [Fact]
    public void Half_the_step_moves_the_energy_by_less_than_half_a_percent()
    {
        RunResult minute = Month.Value;
        RunResult half = Island.Run(Island.Scenario(), new RunOptions { StepS = 30 });
        half.Headline.ItEnergyMwh.ShouldBe(minute.Headline.ItEnergyMwh, minute.Headline.ItEnergyMwh * 0.005);
    }

    [Fact]
    public void A_stopped_run_is_not_complete_and_keeps_what_it_has()
    {
        using CancellationTokenSource stop = new();
        Simulator simulator = new(Island.Scenario(), new RunOptions { StepS = 600 }, DeafSink.Instance);
        RunResult run = simulator.Run(at => { if (at.Now >= new DateTime(2026, 1, 6)) { stop.Cancel(); } }, stop.Token);
        run.Complete.ShouldBeFalse();
        run.Days.Count.ShouldBe(5);
        run.To.ShouldBe(new DateTime(2026, 1, 6));
        run.Energy.RelativeResidual.ShouldBeLessThan(1e-9);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        Simulator simulator = new(Island.Scenario(), default, DeafSink.Instance);
        for (int i = 0; i < 5000; i++) { simulator.Step(); }
        // From just after one midnight to just before the next: the calendar may allocate when a day begins.
        while (simulator.StepsTaken % 1440 != 1) { simulator.Step(); }
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1400; i++) { simulator.Step(); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
