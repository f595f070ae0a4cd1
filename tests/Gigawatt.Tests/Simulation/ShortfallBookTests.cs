using Gigawatt.Power;
using Gigawatt.Scenarios;
using Gigawatt.Simulation;
using Gigawatt.Training;

namespace Gigawatt.Tests.Simulation;

public sealed class ShortfallBookTests
{
    [Fact]
    public void Every_measure_is_counted_in_GPU_hours_and_in_dollars()
    {
        // An hour with 1,000 GPUs on: batteries give 10 of 100 MW, a cap takes 50 GPU-hours, 200 GPUs stand paused, 300 dark, 20 GPU-hours are not earned.
        ShortfallBook book = new();
        JobStep jobs = default(JobStep) with { ThrottledGpuS = 50 * 3600, PausedGpuS = 200 * 3600 };
        PowerStep power = default(PowerStep) with { DemandMw = 100, BridgedMw = 10 };
        book.Book(Shortage.Power, jobs, power, default(ServedStep) with { UnearnedGpuS = 20 * 3600 }, 1000, 300, 3600);
        book.Duties(2).ShouldBe(
        [
            new(ShortfallMeasure.Battery, Shortage.Power, 10, 100, 200), new(ShortfallMeasure.Cap, Shortage.Power, 0, 50, 100),
            new(ShortfallMeasure.Pause, Shortage.Power, 0, 200, 400), new(ShortfallMeasure.Shed, Shortage.Power, 0, 300, 600),
            new(ShortfallMeasure.Unserved, Shortage.Power, 0, 20, 40),
        ]);
        book.Book(Shortage.Cooling, jobs, default, default, 1000, 0, 3600);
        book.Duties(2).Count(duty => duty.Cause == Shortage.Cooling).ShouldBe(2);
    }

    [Fact]
    public void In_a_run_they_add_up_to_what_the_ledger_held_back()
    {
        // Nothing in reserve and units that fail often.
        Scenario island = Island.Scenario();
        GeneratorGroupSpec group = island.Power.GasTurbines[0];
        RunResult run = Island.Run(island with
        {
            Power = island.Power with
            {
                GasTurbines = [group with { Count = 5, Unit = group.Unit with { MeanTimeToFailureS = 100 * 3600, MeanRepairS = 40 * 3600 } }],
                Batteries = [island.Power.Batteries[0] with { Count = 4 }],
                Dispatch = new DispatchSpec { ReserveUnits = 0 },
            },
        });
        double Hours(params ShortfallMeasure[] measures) => run.Shortfalls.Where(duty => measures.Contains(duty.Measure)).Sum(duty => duty.GpuHours);
        Hours(ShortfallMeasure.Battery).ShouldBeGreaterThan(0);
        Hours(ShortfallMeasure.Cap).ShouldBeGreaterThan(0);
        Hours(ShortfallMeasure.Pause, ShortfallMeasure.Shed).ShouldBe(run.GpuTime["held_back_power"] + run.GpuTime["held_back_cooling"], 1e-6);
        Hours(ShortfallMeasure.Cap, ShortfallMeasure.Unserved).ShouldBe(run.GpuTime["throttled"], 1e-6);
        run.Shortfalls.ShouldAllBe(duty => Math.Abs(duty.WorthUsd - duty.GpuHours * run.Headline.UsdPerGpuHour) < 1e-6 * duty.WorthUsd);
    }
}
