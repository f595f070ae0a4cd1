using Gigawatt.Power.Protection;
using Gigawatt.Power.Transients;
using Gigawatt.Scenarios;
using Gigawatt.Simulation;
using Gigawatt.Training;

namespace Gigawatt.Tests.Simulation;

public sealed class FaultStageTests
{
    private static readonly DateOnly LastDay = new(2026, 1, 10);

    // 500 racks of 0.1 MW, 29 on a circuit of 3 MVA: 18 circuits that fail every 18 days, one a day among them.
    private static readonly CampusFaultsSpec Often = new() { MeanTimeToFaultS = 18 * 86400, MeanRepairS = 6 * 3600 };

    [Fact]
    public void Faults_come_as_often_as_said_and_the_same_seed_gives_the_same_ones()
    {
        RunResult run = Island.Run(With(Often, new DateOnly(2026, 3, 31)));
        FaultCounts counts = run.Faults!.Value;
        // A mean of 18/18 a day over 90 days, less the time under repair: 90 ± 3 √90.
        ((double)counts.CircuitFaults).ShouldBe(90, 3 * Math.Sqrt(90));
        ((double)counts.GroundFaults).ShouldBe(0.8 * counts.CircuitFaults, 3 * Math.Sqrt(0.16 * counts.CircuitFaults));
        run.EventCounts[(int)EventKind.CircuitFault].ShouldBe(counts.CircuitFaults);
        // Racks of a circuit are dark until its repair: 6 h each at 29 racks, the last circuit has fewer.
        (counts.DarkRackS / 3600 / counts.CircuitFaults).ShouldBeInRange(0.6 * 6 * 29, 1.4 * 6 * 29);
        Island.Run(With(Often, new DateOnly(2026, 3, 31))).Faults.ShouldBe(counts);
        foreach (Ledger ledger in run.Ledgers) { ledger.RelativeResidual.ShouldBeLessThan(1e-9, ledger.Name); }
    }

    [Fact]
    public void Without_times_there_are_none_and_nothing_else_moves()
    {
        RunResult none = Island.Run(With(new CampusFaultsSpec { BehindUpsFraction = 1 }, LastDay)), as_is = Island.Run(Island.Scenario(LastDay));
        none.Faults.ShouldBeNull();
        none.Headline.ShouldBe(as_is.Headline);
        none.Transients.ShouldBe(as_is.Transients);
    }

    [Fact]
    public void A_fault_to_ground_takes_one_circuit_and_the_job_on_it()
    {
        (Simulator simulator, Told told) = Until(Often with { GroundFraction = 1 }, EventKind.CircuitFault);
        Site site = simulator.Site;
        FaultCounts counts = site.Faults!.Counts;
        (counts.CircuitFaults, counts.GroundFaults, counts.Felt).ShouldBe((1, 1, 0));
        counts.RacksDropped.ShouldBeInRange(1, 29);
        site.Racks[0].Dark.ShouldBe((int)counts.RacksDropped);
        told.Mw.ShouldBeInRange(0.01, 29 * site.Racks[0].FullMw);
        int dropped = site.Jobs.Count(job => job.IsDropped), on = site.Racks[0].On;
        ((long)dropped).ShouldBe(counts.JobsDropped);
        simulator.Step();
        site.Racks[0].On.ShouldBe(on - site.Racks[0].Dark);
    }

    [Fact]
    public void A_fault_between_phases_drops_every_rack_without_a_UPS()
    {
        (Simulator simulator, _) = Until(Often with { GroundFraction = 0, BehindTransformerFraction = 0 }, EventKind.CircuitFault);
        Site site = simulator.Site;
        site.Faults!.Counts.Felt.ShouldBe(1);
        // All that are on, those of the circuit counted with it as well.
        site.Faults.Counts.RacksDropped.ShouldBeInRange(site.Racks[0].On, site.Racks[0].On + 29);
        site.Jobs.ShouldAllBe(job => job.IsDropped || job.State.HeldGpus == 0);
        site.Transients.Counts.Disturbances.ShouldBeGreaterThan(0);
        simulator.Step();
        site.Jobs.ShouldAllBe(job => job.State.Phase != JobPhase.Computing);
    }

    [Fact]
    public void The_same_fault_behind_a_UPS_or_behind_the_transformer_interrupts_nothing_elsewhere()
    {
        (Simulator ups, _) = Until(Often with { GroundFraction = 0, BehindTransformerFraction = 0, BehindUpsFraction = 1, SwitchOverS = 60 }, EventKind.CircuitFault);
        (ups.Site.Faults!.Counts.Felt, ups.Site.Faults.Counts.RacksDropped, ups.Site.Faults.Counts.JobsDropped).ShouldBe((1, 0, 0));
        ups.Site.Faults.Counts.RacksTransferred.ShouldBeGreaterThanOrEqualTo(ups.Site.Racks[0].On);
        (Simulator behind, _) = Until(Often with { GroundFraction = 0, BehindTransformerFraction = 1 }, EventKind.CircuitFault);
        behind.Site.Faults!.Counts.Felt.ShouldBe(0);
    }

    [Fact]
    public void The_load_that_leaves_acts_on_the_bus()
    {
        // Relays of a twentieth of a hertz, and every rack goes at once.
        Scenario scenario = With(Often with { GroundFraction = 0, BehindTransformerFraction = 0 }, LastDay);
        scenario = scenario with
        {
            Training = scenario.Training with { Jobs = [] },
            Power = scenario.Power with
            {
                Batteries = [],
                Frequency = new CampusFrequencySpec { Relay = new() { Under = [], Over = [new() { LevelHz = 60.05 }] }, Shedding = [] },
            },
        };
        Told told = new(EventKind.CircuitFault);
        Simulator simulator = new(scenario, default, told);
        while (!told.IsHeard) { simulator.Step(); }
        simulator.Site.Transients.Counts.Black.ShouldBe(1);
        (simulator.Site.Transients.Counts.Disturbances, simulator.Site.Transients.Counts.Simulated).ShouldBe((1, 1));
        simulator.Site.Generation.Plant.Generators[0].Running.ShouldBe(0);
    }

    [Fact]
    public void Sags_come_in_through_ties_that_are_in_service()
    {
        Scenario scenario = With(new CampusFaultsSpec { MeanTimeToTieSagS = 86400, BehindUpsFraction = 0.25 }, new DateOnly(2026, 3, 31));
        RunResult island = Island.Run(scenario);
        island.Faults!.Value.ShouldBe(default);
        RunResult run = Island.Run(scenario with
        {
            Power = scenario.Power with { Grid = [new GridGroupSpec { Name = "utility", Tie = new() { ImportLimitMw = 200, MeanTimeToFailureS = 1e12 } }] },
        });
        FaultCounts counts = run.Faults!.Value;
        ((double)counts.TieSags).ShouldBe(90, 3 * Math.Sqrt(90));
        // Half of them leave 0.85 pu, which even a UPS of 0.85 to 1.1 bears; the rest drops three racks of four.
        ((double)counts.Felt).ShouldBe(0.5 * counts.TieSags, 3 * Math.Sqrt(0.25 * counts.TieSags));
        counts.RacksTransferred.ShouldBeGreaterThan(0);
        ((double)counts.RacksDropped / counts.RacksTransferred).ShouldBe(3, 0.05);
        run.Transients.HeldByGrid.ShouldBe(run.Transients.Disturbances);
        counts.JobsDropped.ShouldBeGreaterThan(counts.Felt);
        run.Headline.Interruptions.ShouldBeGreaterThan((int)counts.JobsDropped - 1);
    }

    [Fact]
    public void A_quiet_day_with_circuits_that_could_fail_allocates_nothing()
    {
        Simulator simulator = new(With(new CampusFaultsSpec { MeanTimeToFaultS = 1e12, MeanTimeToTieSagS = 1e12 }, null), default, DeafSink.Instance);
        while (simulator.StepsTaken < 4 * 1440 + 1) { simulator.Step(); }
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1400; i++) { simulator.Step(); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static Scenario With(CampusFaultsSpec faults, DateOnly? end)
    {
        Scenario scenario = Island.Scenario(end);
        return scenario with { Power = scenario.Power with { Faults = faults } };
    }

    // From the day on which jobs run to the first event of a kind.
    private static (Simulator Simulator, Told Told) Until(CampusFaultsSpec faults, EventKind kind)
    {
        Told told = new(kind);
        Simulator simulator = new(With(faults, null), default, told);
        while (simulator.StepsTaken < 2 * 1440) { simulator.Step(); }
        Site site = simulator.Site;
        if (told.IsHeard || site.Faults!.Counts.CircuitFaults > 0)
        {
            // Luck of this seed had one before the jobs ran: counts begin anew.
            site.Faults!.Counts = default;
            told.Forget();
            while (site.Racks[0].Dark > 0) { simulator.Step(); }
        }
        while (!told.IsHeard)
        {
            simulator.StepsTaken.ShouldBeLessThan(30 * 1440, "one a day");
            simulator.Step();
        }
        return (simulator, told);
    }

    private sealed class Told(EventKind kind) : IRecordSink
    {
        public bool IsHeard { get; private set; }

        public double Mw { get; private set; }

        public void Forget() => IsHeard = false;

        public void Begin(IReadOnlyList<RecordedColumn> columns, DateTime start, double stepS)
        {
        }

        public void Row(ReadOnlySpan<double> values)
        {
        }

        public void Happened(in SiteEvent what)
        {
            if (what.Kind == kind) { (IsHeard, Mw) = (true, what.Value); }
        }
    }
}
