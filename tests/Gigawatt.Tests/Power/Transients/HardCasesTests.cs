using FsCheck.Fluent;
using Gigawatt.Power.Transients;

namespace Gigawatt.Tests.Power.Transients;

public sealed class HardCasesTests
{
    private const double RunStepS = 2 * Transient.UsualStepS;

    [Fact]
    public void What_a_harder_case_calls_harmless_is_ridden_through() =>
        Prop.ForAll(Gen.Choose(0, 1000).ArrayOf(24).ToArbitrary(), dice =>
        {
            DrawnCase drawn = new(dice);
            TransientWorkspace work = new();
            HardCases cases = new(drawn.Bus);
            bool covered = cases.Cover(drawn.Bus, drawn.Hit, 20, RunStepS, work);
            if (covered && drawn.Whole(work) is var verdict and not TransientVerdict.RiddenThrough) { throw new ShouldAssertException($"{verdict}: {drawn}"); }
            long simulated = cases.Simulated;
            for (int k = 1; covered && k <= 2; k++)
            {
                drawn.Nudge(k);
                if (!cases.Knows(drawn.Bus, drawn.Hit)) { continue; }
                if (drawn.Whole(work) is var near and not TransientVerdict.RiddenThrough) { throw new ShouldAssertException($"{near}, neighbour {k}: {drawn}"); }
            }
            return cases.Simulated == simulated;                        // to know is not to simulate
        }).HoldsInAnyCase();

    [Fact]
    public void A_step_that_was_ridden_through_speaks_for_smaller_ones() =>
        Prop.ForAll(Gen.Choose(0, 1000).ArrayOf(24).ToArbitrary(), dice =>
        {
            // The assumption behind keeping one largest harmless step of a bus and ramp, against full simulation.
            DrawnCase drawn = new(dice);
            TransientWorkspace work = new();
            HardCases cases = new(drawn.Bus);
            if (drawn.Events[0].Kind != DisturbanceKind.LoadChange || !cases.Cover(drawn.Bus, drawn.Hit, 20, RunStepS, work)) { return; }
            for (int k = 0; k < 3; k++)
            {
                drawn.Shrink(0.7);                                      // 70, 49, 34 %
                cases.Knows(drawn.Bus, drawn.Hit).ShouldBeTrue();
                if (drawn.Whole(work) is var smaller and not TransientVerdict.RiddenThrough) { throw new ShouldAssertException($"{smaller}, {k + 1} times 70 % of {drawn}"); }
            }
        }).HoldsInAnyCase(200);

    [Fact]
    public void A_full_battery_that_charges_is_helped_by_a_large_rise_and_not_by_a_small_one()
    {
        // 29 blocks charge with 37 MW and have room for 0.023 MWh, two seconds of it; then 19 engines of 16.45 MW lose that load, or what a rise has left of it.
        CampusBus bus = new(new CampusBusSpec
        {
            Machines = [new() { Name = "engines", Count = 1, GeneratorMva = 20.56, RatedMw = 16.45, InertiaS = 2.8, Governor = new() { Degov1 = new() }, CarryingMw = 0, BlockLoadFraction = 0.2 }],
            Forming = [new() { Name = "blocks", Count = 1, RatedMva = 2.77, CapacityMwh = 7.0351, MaxCurrentPu = 1.178 }],
            Loads = [new() { Name = "rest", PowerMw = 0 }],
        });
        bus.SetMachines(0, 19, 19 * 16.45 * 0.3298, 16.45 * 0.9717);
        bus.SetForming(0, 29, -29 * 2.77 * 0.462, 7.0343, 7.0351);
        bus.SetLoad(0, 19 * 16.45 * 0.3298 - 29 * 2.77 * 0.462);
        HardCases cases = new(bus);
        Verdict(31.56).ShouldBe(TransientVerdict.RiddenThrough);
        Verdict(10.8).ShouldNotBe(TransientVerdict.RiddenThrough);
        cases.Cover(bus, new Hit(31.56, 0, -1, 0, -1, 0), 20, RunStepS, new TransientWorkspace()).ShouldBeFalse();
        cases.Knows(bus, new Hit(10.8, 0, -1, 0, -1, 0)).ShouldBeFalse();

        TransientVerdict Verdict(double changeMw) =>
            Transient.Simulate(bus, [new(DisturbanceKind.LoadChange, 0, ChangeMw: changeMw)], 20, Transient.UsualStepS, new(), null).Verdict;
    }

    [Fact]
    public void Whatever_is_asked_the_bus_is_left_as_it_was() =>
        Prop.ForAll(Gen.Choose(0, 1000).ArrayOf(24).ToArbitrary(), dice =>
        {
            DrawnCase drawn = new(dice);
            drawn.Bus.SetImport(dice[0] > 500 ? 5 : null);
            MachineRow[] machines = [.. drawn.Bus.Machines];
            FormingRow[] forming = [.. drawn.Bus.Forming];
            double[] loads = [.. drawn.Bus.LoadMw];
            HardCases cases = new(drawn.Bus);
            cases.Knows(drawn.Bus, drawn.Hit);
            cases.Cover(drawn.Bus, drawn.Hit, 5, RunStepS, new TransientWorkspace());
            cases.Recall(drawn.Bus, drawn.Hit, 0, out _, out _);
            return machines.AsSpan().SequenceEqual(drawn.Bus.Machines) && forming.AsSpan().SequenceEqual(drawn.Bus.Forming)
                && loads.AsSpan().SequenceEqual(drawn.Bus.LoadMw) && drawn.Bus.HasGrid == dice[0] > 500 && drawn.Bus.ImportMw == (dice[0] > 500 ? 5 : 0);
        }).HoldsInAnyCase();

    [Fact]
    public void The_same_case_asked_twice_is_simulated_once()
    {
        (CampusBus bus, HardCases cases, TransientWorkspace work) = Campus(8);
        Hit step = new(40, 0, -1, 0, -1, 0);
        cases.Knows(bus, step).ShouldBeFalse();
        cases.Cover(bus, step, 20, RunStepS, work).ShouldBeTrue();
        long simulated = cases.Simulated;
        simulated.ShouldBe(1);
        cases.Knows(bus, step).ShouldBeTrue();
        cases.Cover(bus, step, 20, RunStepS, work).ShouldBeTrue();
        cases.Simulated.ShouldBe(simulated);
    }

    [Fact]
    public void What_is_not_harmless_is_asked_on_every_grid_once()
    {
        (CampusBus bus, HardCases cases, TransientWorkspace work) = Campus(8);
        Hit step = new(800, 0, -1, 0, -1, 0);
        cases.Cover(bus, step, 20, RunStepS, work).ShouldBeFalse();
        long simulated = cases.Simulated;
        simulated.ShouldBeInRange(1, 3);
        cases.Cover(bus, step, 20, RunStepS, work).ShouldBeFalse();
        cases.Simulated.ShouldBe(simulated);
        cases.Knows(bus, step).ShouldBeFalse();
    }

    [Fact]
    public void A_milder_neighbour_shares_the_verdict_of_the_harder_one()
    {
        (CampusBus bus, HardCases cases, TransientWorkspace work) = Campus(8);
        cases.Cover(bus, new Hit(100, 0, -1, 0, -1, 0), 20, RunStepS, work).ShouldBeTrue();
        // The coarse grid leaves 20 of the 32 machines; a cell is a tenth of their 950 MW: whatever lies between 95 and 190 MW is one case.
        cases.Knows(bus, new Hit(96, 0, -1, 0, -1, 0)).ShouldBeTrue();
        cases.Knows(bus, new Hit(189, 0, -1, 0, -1, 0)).ShouldBeTrue();
        cases.Knows(bus, new Hit(191, 0, -1, 0, -1, 0)).ShouldBeFalse();
        // A fall is another case, and so is a ramp.
        cases.Knows(bus, new Hit(-100, 0, -1, 0, -1, 0)).ShouldBeFalse();
        cases.Knows(bus, new Hit(100, 10, -1, 0, -1, 0)).ShouldBeFalse();
    }

    [Fact]
    public void Nearly_empty_blocks_are_no_precedent_for_emptier_ones()
    {
        // 0.0124 and 0.0116 of the capacity were once one case, decided by the fuller.
        (CampusBus bus, HardCases cases, TransientWorkspace work) = Campus(8);
        Hit step = new(100, 0, -1, 0, -1, 0);
        bus.SetForming(0, 8, 0, 0.0124 * 120, 120);
        cases.Cover(bus, step, 20, RunStepS, work).ShouldBeTrue();
        bus.SetForming(0, 8, 0, 0.0074 * 120, 120);
        cases.Knows(bus, step).ShouldBeFalse();
    }

    [Fact]
    public void Only_what_was_remembered_is_recalled()
    {
        (CampusBus bus, HardCases cases, _) = Campus(0);
        Hit step = new(300, 0, -1, 0, -1, 0);
        cases.Recall(bus, step, 0, out _, out long cell).ShouldBeFalse();
        Consequence shed = new(TransientVerdict.Shed, 300, 1, 59.1, 60.2);
        cases.Remember(cell, shed);
        cases.Recall(bus, step, 0, out Consequence again, out _).ShouldBeTrue();
        again.ShouldBe(shed);
        cases.Recall(bus, step, 1, out _, out _).ShouldBeFalse();       // another job is another case
    }

    private static (CampusBus Bus, HardCases Cases, TransientWorkspace Work) Campus(int batteries)
    {
        CampusBus bus = SmallBus.Turbines(batteries);
        return (bus, new HardCases(bus), new TransientWorkspace());
    }
}
