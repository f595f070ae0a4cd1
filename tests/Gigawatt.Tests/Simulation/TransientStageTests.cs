using Gigawatt.Power;
using Gigawatt.Power.Transients;
using Gigawatt.Scenarios;
using Gigawatt.Simulation;
using Gigawatt.Training;

namespace Gigawatt.Tests.Simulation;

public sealed class TransientStageTests
{
    private static readonly DateOnly LastDay = new(2026, 1, 8);

    private static readonly Lazy<RunResult> Days = new(() => Island.Run(Island.Scenario(LastDay)));
    private static readonly Lazy<RunResult> WithoutBatteries = new(() => Island.Run(Bare(Island.Scenario(LastDay))));

    [Fact]
    public void Every_disturbance_is_decided_in_one_way_and_the_ways_add_up()
    {
        foreach (RunResult run in (RunResult[])[Days.Value, WithoutBatteries.Value])
        {
            TransientCounts counts = run.Transients;
            counts.Disturbances.ShouldBeGreaterThan(500);               // two jobs stop and go on for checkpoints three times an hour
            (counts.HeldByGrid + counts.Bounded + counts.Precedented + counts.Simulated + counts.Recalled).ShouldBe(counts.Disturbances);
            (counts.Shed + counts.Tripped + counts.Black).ShouldBeLessThanOrEqualTo(counts.Simulated + counts.Recalled);
            run.EventCounts[(int)EventKind.Blackout].ShouldBe(counts.Black);
            run.LowestHz.ShouldBeLessThanOrEqualTo(60);
            run.HighestHz.ShouldBeGreaterThanOrEqualTo(60);
        }
    }

    [Fact]
    public void Without_batteries_there_are_at_least_as_many_interruptions()
    {
        WithoutBatteries.Value.Transients.JobsDropped.ShouldBeGreaterThanOrEqualTo(Days.Value.Transients.JobsDropped);
        WithoutBatteries.Value.Headline.Interruptions.ShouldBeGreaterThanOrEqualTo(Days.Value.Headline.Interruptions);
        // Nothing in closed form holds where no inverter forms the grid.
        WithoutBatteries.Value.Transients.Bounded.ShouldBe(0);
        WithoutBatteries.Value.Transients.HardSimulated.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Where_nothing_is_looked_at_nothing_is_counted()
    {
        Scenario scenario = Island.Scenario(new DateOnly(2026, 1, 4));
        RunResult run = Island.Run(scenario with { Power = scenario.Power with { Frequency = new CampusFrequencySpec { IsSimulated = false } } });
        run.Transients.ShouldBe(default);
        (run.LowestHz, run.HighestHz).ShouldBe((60, 60));
    }

    [Fact]
    public void A_utility_that_holds_frequency_takes_what_jobs_do()
    {
        Scenario scenario = Island.Scenario(new DateOnly(2026, 1, 4));
        RunResult run = Island.Run(scenario with
        {
            Power = scenario.Power with { Grid = [new GridGroupSpec { Name = "utility", Tie = new() { ImportLimitMw = 200, MeanTimeToFailureS = 1e12 } }] },
        });
        run.Transients.Disturbances.ShouldBeGreaterThan(100);
        run.Transients.HeldByGrid.ShouldBe(run.Transients.Disturbances);
    }

    [Fact]
    public void The_same_seed_gives_the_same_counts()
    {
        RunResult again = Island.Run(Bare(Island.Scenario(LastDay)));
        again.Transients.ShouldBe(WithoutBatteries.Value.Transients);
        (again.LowestHz, again.HighestHz).ShouldBe((WithoutBatteries.Value.LowestHz, WithoutBatteries.Value.HighestHz));
    }

    [Fact]
    public void Deciding_on_disturbances_allocates_nothing()
    {
        Simulator simulator = new(Bare(Island.Scenario()), default, DeafSink.Instance);
        while (simulator.StepsTaken < 4 * 1440 + 1) { simulator.Step(); }
        long disturbances = simulator.Site.Transients.Counts.Disturbances;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1400; i++) { simulator.Step(); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        simulator.Site.Transients.Counts.Disturbances.ShouldBeGreaterThan(disturbances);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_blackout_takes_everything_and_holds_racks_off_until_the_bus_is_back(bool hasBatteries)
    {
        Told told = new();
        Simulator simulator = new(Touchy(hasBatteries), default, told);
        Site site = simulator.Site;
        int lost = 0;
        while (site.Transients.Counts.Black == 0)
        {
            simulator.StepsTaken.ShouldBeLessThan(5 * 1440, "touchy relays and a job that starts");
            lost = site.Generation.Plant.Generators[0].Running;
            simulator.Step();
        }
        double blackS = (simulator.StepsTaken - 1) * simulator.StepS;
        lost.ShouldBeGreaterThan(0);
        foreach (var group in site.Generation.Plant.Generators) { group.Running.ShouldBe(0); }
        site.Limits.ShedFraction.ShouldBe(1);
        // Five minutes to decide, two to energise or four hours to wait, ten minutes for the first start and one more for each other.
        double restoreS = 300 + (hasBatteries ? 120 : 4 * 3600) + 600 + (lost - 1) * 60;
        told.BlackoutHours.ShouldBe(restoreS / 3600, 1e-9);
        site.Transients.Counts.JobsDropped.ShouldBe(site.Jobs.Count(job => job.State.HeldGpus > 0));

        int held = site.Jobs.Count(job => job.State.HeldGpus > 0);
        double[] lostGpuS = [.. site.Jobs.Select(job => job.State.ProvisionalGpuS)];
        int interruptions = site.Jobs.Sum(job => job.Interruptions);
        simulator.Step();
        site.Racks.ShouldAllBe(rack => rack.On == 0);
        (site.Jobs.Sum(job => job.Interruptions) - interruptions).ShouldBe(held);
        for (int j = 0; j < site.Jobs.Length; j++)
        {
            site.Jobs[j].Step.LostGpuS.ShouldBe(lostGpuS[j], 1e-6);
            site.Jobs[j].State.ProvisionalGpuS.ShouldBe(0);
        }
        while (site.Racks[0].On == 0)
        {
            simulator.Step();
            // No unit is on a bus that is still dead.
            if (simulator.StepsTaken * simulator.StepS < blackS + restoreS - (lost - 1) * 60) { site.Generation.Plant.Generators[0].Running.ShouldBe(0); }
            simulator.StepsTaken.ShouldBeLessThan(8 * 1440, "racks come back");
        }
        ((simulator.StepsTaken - 1) * simulator.StepS - blackS).ShouldBeGreaterThanOrEqualTo(restoreS);
        // And then it trains again.
        while (!site.Jobs.Any(job => job.State.Phase == JobPhase.Computing))
        {
            simulator.Step();
            simulator.StepsTaken.ShouldBeLessThan(9 * 1440, "a job computes again");
        }
        while (simulator.StepsTaken % 1440 != 0) { simulator.Step(); }
        foreach (Ledger ledger in simulator.Result().Ledgers) { ledger.RelativeResidual.ShouldBeLessThan(1e-9, ledger.Name); }
    }

    [Fact]
    public void Every_unit_that_trips_is_counted_though_another_failed_in_the_same_step()
    {
        // Relays that trip every unit at a twentieth of a hertz, and batteries that hold the campus alone.
        Scenario touchy = Touchy(true);
        Simulator simulator = new(
            touchy with { Power = touchy.Power with { Batteries = [touchy.Power.Batteries[0] with { Count = 60 }] } }, default, DeafSink.Instance);
        Site site = simulator.Site;
        GeneratorGroup group = site.Generation.Plant.Generators[0];
        while (site.Transients.Counts.Tripped == 0)
        {
            simulator.StepsTaken.ShouldBeLessThan(5 * 1440, "touchy relays and a job that starts");
            // One unit is found failed in each step without being looked at: on the bus of the last step it still counts.
            if (group.Running > 1) { group.Repair(0); }
            site.Generation.LostUnits[0] = group.Running > 1 && group.Units[0].Mode == UnitMode.Running ? 1 : 0;
            if (site.Generation.LostUnits[0] == 1) { group.Fail(0); }
            simulator.Step();
            site.Generation.LostUnits[0] = 0;
        }
        group.Running.ShouldBe(0);
    }

    [Fact]
    public void A_campus_without_sources_of_its_own_goes_dark_when_its_tie_opens()
    {
        // Two ties of 30 MW share the load, but what a job does as it starts comes through the one that holds frequency, which opens above 30 MW.
        Scenario scenario = Island.Scenario();
        GridGroupSpec Tie(string name, bool holds) => new()
        {
            Name = name,
            Tie = new() { ImportLimitMw = 30, HoldsFrequency = holds, SeparatesAboveRatio = 1, MeanTimeToFailureS = 1e12 },
        };
        Told told = new();
        Simulator simulator = new(
            scenario with
            {
                Power = scenario.Power with { GasTurbines = [], Batteries = [], Grid = [Tie("north", true), Tie("south", false)] },
            },
            default, told);
        Site site = simulator.Site;
        double importMw = 0;
        while (site.EventCounts[(int)EventKind.Separated] == 0)
        {
            simulator.StepsTaken.ShouldBeLessThan(5 * 1440, "a job that starts");
            importMw = site.Generation.Last.GridMw;
            simulator.Step();
        }
        site.Transients.Bus.ShouldBeNull();
        importMw.ShouldBeInRange(15, 60);
        told.SeparatedMw.ShouldBeInRange(30 + 1e-9, importMw / 2 + 30);
        (site.Transients.Counts.Black, site.EventCounts[(int)EventKind.Blackout]).ShouldBe((1, 1));
        site.Transients.Counts.HeldByGrid.ShouldBe(site.Transients.Counts.Disturbances - 1);
        // The utility is there to energise the bus: five minutes to decide, two to energise, nothing to start.
        told.BlackoutHours.ShouldBe(420 / 3600.0, 1e-12);
        site.Limits.ShedFraction.ShouldBe(1);
        simulator.Step();
        site.Racks.ShouldAllBe(rack => rack.On == 0);
        site.Jobs.ShouldAllBe(job => job.State.HeldGpus == 0);
    }

    private static Scenario Bare(Scenario scenario) => scenario with { Power = scenario.Power with { Batteries = [] } };

    // Relays that no campus would set: a twentieth of a hertz trips every unit.
    private static Scenario Touchy(bool hasBatteries)
    {
        Scenario scenario = Island.Scenario();
        return scenario with
        {
            Power = scenario.Power with
            {
                Batteries = hasBatteries ? [scenario.Power.Batteries[0] with { Count = 1 }] : [],
                Frequency = new CampusFrequencySpec
                {
                    Relay = new() { Under = [new() { LevelHz = 59.95 }], Over = [new() { LevelHz = 60.05 }] },
                    Shedding = [],
                },
            },
        };
    }

    private sealed class Told : IRecordSink
    {
        public double BlackoutHours { get; private set; }

        public double SeparatedMw { get; private set; }

        public void Begin(IReadOnlyList<RecordedColumn> columns, DateTime start, double stepS)
        {
        }

        public void Row(ReadOnlySpan<double> values)
        {
        }

        public void Happened(in SiteEvent what)
        {
            if (what.Kind == EventKind.Blackout && BlackoutHours == 0) { BlackoutHours = what.Value; }
            if (what.Kind == EventKind.Separated && SeparatedMw == 0) { SeparatedMw = what.Value; }
        }
    }
}
