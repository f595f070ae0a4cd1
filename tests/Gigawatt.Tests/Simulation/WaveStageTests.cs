using Gigawatt.Compute;
using Gigawatt.Power;
using Gigawatt.Scenarios;
using Gigawatt.Simulation;
using Gigawatt.Training;

namespace Gigawatt.Tests.Simulation;

public sealed class WaveStageTests
{
    private static readonly DateOnly LastDay = new(2026, 1, 8);
    private static readonly Lazy<RunResult> Smoothed = new(() => Island.Run(Island.Scenario(LastDay)));
    private static readonly Lazy<RunResult> Raw = new(() => Island.Run(With(_ => [])));

    [Fact]
    public void The_swing_of_a_job_is_its_plateau_less_the_dip()
    {
        Simulator simulator = new(Island.Scenario(LastDay), default, DeafSink.Instance);
        Site site = simulator.Site;
        double capFraction = 0;
        do
        {
            capFraction = site.Limits.CapFraction;
            simulator.Step();
        }
        while (simulator.StepsTaken < 3 * 1440 || capFraction < 1 || site.Jobs.Any(job => job.State.Phase != JobPhase.Computing));
        RackSpec rack = site.Racks[0].Spec.Rack;
        double busyMw = Rack.Power(rack, Gpu.BusyShareAtCap(rack.Gpu, 1), rack.TrainingActivityFraction).TotalMw / 72;
        int held = site.Jobs.Sum(job => job.State.HeldGpus);
        held.ShouldBeGreaterThan(12_000 + 4_000);
        // 70 % of the step at the plateau and 30 % at 0.6 of it is a mean of 0.7 + 0.3 x 0.6 = 0.88; the swing is 1 - 0.6 of the plateau.
        site.Wave.SwingMw.ShouldBe(held * busyMw / 0.88 * 0.4, 1e-9);
    }

    [Fact]
    public void Batteries_lower_what_is_left_of_the_swing()
    {
        Smoothed.Value.Wave.HighestSwingMw.ShouldBeGreaterThan(10);
        Raw.Value.Wave.HighestLeftMw.ShouldBeLessThanOrEqualTo(Raw.Value.Wave.HighestSwingMw * (1 + 1e-9));
        Smoothed.Value.Wave.HighestLeftMw.ShouldBeLessThan(0.5 * Raw.Value.Wave.HighestLeftMw);
        Smoothed.Value.Wave.WorstNeededDb.ShouldBeLessThanOrEqualTo(Raw.Value.Wave.WorstNeededDb);
        Smoothed.Value.Wave.AboveLimitS.ShouldBeLessThanOrEqualTo(Raw.Value.Wave.AboveLimitS);
        (Raw.Value.Wave.ThroughputMwh, Raw.Value.Wave.LossMwh).ShouldBe((0, 0));
    }

    [Fact]
    public void Throughput_costs_what_a_round_trip_costs_and_the_bus_carries_it()
    {
        RunResult run = Smoothed.Value;
        double roundTrip = Battery.RoundTrip(run.Scenario.Power.Batteries[0].Block);
        run.Wave.ThroughputMwh.ShouldBeGreaterThan(0);
        run.Wave.LossMwh.ShouldBe(run.Wave.ThroughputMwh * (1 / roundTrip - 1), 1e-6 * run.Wave.LossMwh);
        foreach (Ledger ledger in run.Ledgers) { ledger.RelativeResidual.ShouldBeLessThan(1e-9, ledger.Name); }
        run.Batteries[0].FullCyclesRatio.ShouldBeGreaterThan(run.Wave.ThroughputMwh / (16 * 3.9) * 0.9);
    }

    [Fact]
    public void Batteries_with_other_roles_leave_the_wave_alone()
    {
        RunResult run = Island.Run(With(batteries =>
            [batteries[0] with { Block = batteries[0].Block with { Roles = [new BatteryRoleSpec { Role = BatteryRole.SpinningReserve }] } }]));
        (run.Wave.ThroughputMwh, run.Wave.LossMwh).ShouldBe((0, 0));
        run.Wave.HighestLeftMw.ShouldBeGreaterThan(Smoothed.Value.Wave.HighestLeftMw);
        run.Wave.HighestLeftMw.ShouldBe(Raw.Value.Wave.HighestLeftMw, 1e-9);
    }

    private static Scenario With(Func<IReadOnlyList<BatteryGroupSpec>, IReadOnlyList<BatteryGroupSpec>> change)
    {
        Scenario scenario = Island.Scenario(LastDay);
        return scenario with { Power = scenario.Power with { Batteries = change(scenario.Power.Batteries) } };
    }
}
