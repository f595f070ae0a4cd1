using Gigawatt.Numerics;
using Gigawatt.Power;
using Gigawatt.Scenarios;
using Gigawatt.Simulation;
using Gigawatt.Tests.Simulation;

namespace Gigawatt.Tests.Power;

/// <summary>Batteries in the run of a campus: books that close, health that is counted and, where it is not guaranteed, felt.</summary>
public sealed class BatteryRunTests
{
    private static readonly BatterySpec Worn = new()
    {
        CapacityMwh = 3.9,
        RatedMw = 1.9,
        ChargeEfficiencyFraction = 0.97,
        DischargeEfficiencyFraction = 0.94,
        StandbyFraction = 0.002,
        SelfDischargePerS = 0.03 / (30 * 86400),
        AuxiliaryRiseFractionPerK = 0.0005,
        ChargeTaperFraction = new Curve([0.8, 1], [1, 0.3]),
        Roles = [new() { Role = BatteryRole.Smoothing, HoldFraction = 0.1, RoomFraction = 0.1 }, new() { Role = BatteryRole.PeakShaving, HoldFraction = 0.2, AboveMw = 25 }],
        Wear = new BatteryWearSpec { Fades = true },
    };

    [Fact]
    public void Every_ledger_closes_with_standing_losses_taper_shaving_and_fading_capacity()
    {
        RunResult run = Run(Worn);
        foreach (Ledger ledger in run.Ledgers) { ledger.RelativeResidual.ShouldBeLessThan(1e-9, ledger.Name); }
        run.Energy["battery_conversion"].ShouldBeGreaterThan(0);
        run.Energy["left_with_battery_blocks"].ShouldBeGreaterThan(0);
        run.Days[^1].BatteryMwh.ShouldBeLessThan(16 * 3.9);
    }

    [Fact]
    public void The_run_tells_cycles_throughput_and_capacity_left_as_a_range()
    {
        BatteryHealth health = Run(Worn).Batteries.ShouldHaveSingleItem();
        health.Name.ShouldBe("packs");
        health.ThroughputMwh.ShouldBeGreaterThan(0);
        health.FullCyclesRatio.ShouldBeGreaterThan(0);
        health.WorstDepthFraction.ShouldBeInRange(0.001, 1);
        // 31 days of a calendar life of 7,300: at least 0.2 × (31/7300)^0.526 = 1.1 % are gone.
        health.HighestCapacityFraction.ShouldBeInRange(0.95, 0.9888);
        health.LowestCapacityFraction.ShouldBeInRange(0.9, health.HighestCapacityFraction);
    }

    [Fact]
    public void Wear_under_a_capacity_guarantee_is_counted_and_changes_nothing_else()
    {
        RunResult mild = Run(Worn with { Wear = new BatteryWearSpec() });
        RunResult harsh = Run(Worn with { Wear = new BatteryWearSpec { FullCycles = 100, CalendarLifeS = 86400 * 365 } });
        harsh.Headline.ShouldBe(mild.Headline);
        harsh.Batteries[0].LowestCapacityFraction.ShouldBeLessThan(mild.Batteries[0].LowestCapacityFraction);
        harsh.Days[^1].BatteryMwh.ShouldBe(mild.Days[^1].BatteryMwh);
    }

    [Fact]
    public void A_wave_stepped_through_the_battery_wears_it_as_the_arithmetic_says()
    {
        // 160 blocks level 1,000/600 MW, 70 % of 3 s: 120 MW out for 2.1 s, 280 MW and the loss in for 0.9 s, 200 times.
        BatterySpec block = new() { CapacityMwh = 3.9, RatedMw = 1.927 };
        foreach (double stepS in new[] { 0.1, 0.05 })
        {
            BatteryGroup group = new("yard", block);
            group.Resize(160);
            group.State.StoredMwh = 0.5 * 624;
            double inMw = 120 * 2.1 / 0.92 / 0.9, taken = 0;
            int perPeriod = (int)Math.Round(3 / stepS);
            for (int i = 0; i < 200 * perPeriod; i++)
            {
                if ((i % perPeriod + 0.5) * stepS < 2.1) { Battery.Discharge(block, ref group.State, 120, stepS); }
                else { taken += Battery.Charge(block, ref group.State, inMw, stepS) * stepS / 3600; }
                group.Settle(stepS);
            }
            (BatteryWearState wear, double depth) = group.SoFar();
            double expected = 120 * 2.1 / 3600 / 0.9591663046625439 / 624;
            depth.ShouldBe(expected, expected * 1e-6);
            group.State.GivenMwh.ShouldBe(84 * 600 / 3600.0, 1e-9);
            (taken - group.State.GivenMwh).ShouldBe(7.304 * 600 / 3600, 1e-3);
            group.State.StoredMwh.ShouldBe(312, 1e-9);
            double cycles = 0.2 * 200 * Elementary.Pow(expected, 1.5) / 10_000;
            wear.HighCycleFraction.ShouldBe(cycles, cycles * 0.01);
            wear.FullCyclesRatio.ShouldBe(200 * expected, 200 * expected * 0.01);
        }
    }

    [Fact]
    public void Blocks_that_arrive_empty_are_filled_without_a_cycle()
    {
        // Ten blocks at 90 %, ten more arrive empty: the mean falls to 45 % and is charged back to 90 % at 4 MW; then 5 % go out and in.
        BatterySpec block = new() { CapacityMwh = 4, RatedMw = 2, OneWayEfficiencyFraction = 1, TargetChargeFraction = 0.9 };
        BatteryGroup group = new("yard", block);
        group.Resize(10);
        group.State.StoredMwh = 36;
        group.Settle(60);
        group.Resize(20);
        void Minutes(int count, double chargeMw)
        {
            for (int minute = 0; minute < count; minute++)
            {
                if (chargeMw > 0) { Battery.Charge(block, ref group.State, chargeMw, 60); } else { Battery.Discharge(block, ref group.State, -chargeMw, 60); }
                group.Settle(60);
            }
        }
        Minutes(9 * 60, 4);
        group.State.StoredMwh.ShouldBe(72, 1e-9);
        group.SoFar().WorstDepthFraction.ShouldBe(0, 1e-9);
        group.SoFar().Wear.FullCyclesRatio.ShouldBe(0, 1e-9);
        Minutes(60, -4);
        Minutes(60, 4);
        group.SoFar().WorstDepthFraction.ShouldBe(0.05, 1e-9);
        group.SoFar().Wear.FullCyclesRatio.ShouldBe(0.05, 1e-9);
        // A yard that begins with nothing is filled in the same way; blocks that fail take their part of the lack along.
        group.Resize(0);
        group.Settle(60);
        group.Resize(10);
        Minutes(60, 4);
        group.Resize(5);
        Minutes(240, 4);
        group.SoFar().Wear.FullCyclesRatio.ShouldBe(0.05, 1e-9);
    }

    private static RunResult Run(BatterySpec block)
    {
        Scenario island = Island.Scenario();
        Scenario scenario = island with { Power = island.Power with { Batteries = [island.Power.Batteries[0] with { Block = block }] } };
        return new Simulator(scenario, new RunOptions { StepS = 600 }, DeafSink.Instance).Run();
    }
}
