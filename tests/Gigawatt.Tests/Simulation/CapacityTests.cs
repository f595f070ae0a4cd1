using Gigawatt.Compute;
using Gigawatt.Scenarios;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Simulation;

namespace Gigawatt.Tests.Simulation;

public sealed class CapacityTests
{
    [Fact]
    public void The_lowest_constraint_binds_and_the_margin_is_the_way_to_the_next()
    {
        Capacity capacity = Settled(300, 280, 500, double.PositiveInfinity, 250, 400, 200);
        capacity.LiveMw.ShouldBe(200);
        capacity.Binding.ShouldBe(Constraint.Cooling);
        capacity.Next.ShouldBe(Constraint.Power);
        capacity.MarginMw.ShouldBe(50);
    }

    [Fact]
    public void Of_equals_the_first_in_the_order_binds()
    {
        Capacity capacity = Settled(100, 100, 100, 100, 100, 100, 100);
        capacity.Binding.ShouldBe(Constraint.Racks);
        capacity.Next.ShouldBe(Constraint.Commissioning);
        capacity.MarginMw.ShouldBe(0);
    }

    [Fact]
    public void What_nothing_else_limits_has_an_infinite_margin() =>
        Settled(100, double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity,
            double.PositiveInfinity, double.PositiveInfinity).MarginMw.ShouldBe(double.PositiveInfinity);

    [Fact]
    public void A_hundred_and_ten_thousand_GPUs_are_1528_racks_and_200_MW()
    {
        RackSpec rack = Rack("gb200-nvl72");
        RackGroupSpec group = new() { Name = "first phase", Rack = rack, Gpus = 110_000 };
        group.RackCount.ShouldBe(1528);                                 // 110,000 / 72 = 1,527.8
        (group.RackCount * Gigawatt.Compute.Rack.FullMw(rack)).ShouldBe(201.7, 0.1);    // at the 132 kW of the datasheet
        (200.0 / group.RackCount * 1000).ShouldBe(130.9, 0.05);         // kW a rack if 200 MW is all there is
    }

    [Fact]
    public void Live_power_of_every_day_is_the_least_that_any_constraint_allows()
    {
        foreach (DayRecord day in Island.Run(Island.Scenario(new DateOnly(2026, 1, 5)) with { StepS = 900 }).Days)
        {
            double least = double.PositiveInfinity;
            for (int i = 0; i < Capacity.Kinds; i++) { least = Math.Min(least, day.Capacity.AllowsMw[i]); }
            day.Capacity.LiveMw.ShouldBe(least);
            day.LiveGpus.ShouldBeLessThanOrEqualTo(day.InstalledGpus);
        }
    }

    [Fact]
    public void What_is_planned_live_is_served_whole_in_hot_days_below_the_design_day()
    {
        RunResult run = Island.Run(Island.Scenario() with
        {
            Start = new DateOnly(2026, 7, 10),
            End = new DateOnly(2026, 7, 14),
            StepS = 300,
            Weather = new Gigawatt.Weather.WeatherSpec { WarmingK = -3 },
        });
        run.Days.Max(day => day.HighestDryBulbC).ShouldBeInRange(33, 39.9);     // planned for 39.9 °C
        run.Headline.UnservedMwh.ShouldBe(0, 1e-6);
    }

    private static Capacity Settled(params double[] allows)
    {
        Capacity capacity = default;
        for (int i = 0; i < Capacity.Kinds; i++) { capacity.AllowsMw[i] = allows[i]; }
        capacity.Settle();
        return capacity;
    }

    private static RackSpec Rack(string model) => ScenarioReader.ReadText<ComputeSection>(
        $"racks:\n  - {{ name: racks, model: {model}, count: 1 }}\n", "racks.yaml", Catalog.Embedded).Value.Racks[0].Rack;
}
