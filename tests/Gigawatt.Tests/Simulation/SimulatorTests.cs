using Gigawatt.Simulation;

namespace Gigawatt.Tests.Simulation;

public sealed class SimulatorTests
{
    [Fact]
    public void Every_ledger_of_a_month_closes()
    {
        RunResult run = Island.Run(Island.Scenario());
        foreach (Ledger ledger in new[] { run.Energy, run.Heat, run.Water, run.GpuTime, run.Money })
        {
            ledger.RelativeResidual.ShouldBeLessThan(1e-9, ledger.Name);
        }
        foreach (Ledger ledger in new[] { run.Energy, run.Heat, run.Water, run.GpuTime, run.Money })
        {
            Console.WriteLine(ledger.Name + " " + ledger.RelativeResidual);
            for (int i = 0; i < ledger.Lines.Count; i++) { Console.WriteLine($"   {ledger.Lines[i].Side,-7} {ledger.Lines[i].Name,-28} {ledger[i]:N1}"); }
        }
        Console.WriteLine(run.Headline);
        foreach (var b in run.Binding) { Console.WriteLine(b); }
        Console.WriteLine(string.Join(" ", run.EventCounts.Select((n, i) => $"{(EventKind)i}:{n}")));
    }

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
        RunResult minute = Island.Run(Island.Scenario());
        RunResult half = Island.Run(Island.Scenario(), new RunOptions { StepS = 30 });
        half.Headline.ItEnergyMwh.ShouldBe(minute.Headline.ItEnergyMwh, minute.Headline.ItEnergyMwh * 0.005);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        Simulator simulator = new(Island.Scenario(), default, DeafSink.Instance);
        for (int i = 0; i < 5000; i++) { simulator.Step(); }
        long before = GC.GetAllocatedBytesForCurrentThread();
        // From just after one midnight to just before the next: the calendar may allocate when a day begins.
        while (simulator.StepsTaken % 1440 != 1) { simulator.Step(); }
        before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1400; i++) { simulator.Step(); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
