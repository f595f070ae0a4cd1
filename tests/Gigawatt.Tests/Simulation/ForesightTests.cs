using Gigawatt.Power;
using Gigawatt.Scenarios;
using Gigawatt.Simulation;

namespace Gigawatt.Tests.Simulation;

/// <summary>Plans of hours in the run of a campus.</summary>
public sealed class ForesightTests
{
    private static readonly double[] Prices = [.. Enumerable.Range(0, 24).Select(hour => hour switch { < 6 => 25.0, < 16 => 40, < 21 => 95, _ => 45 })];

    [Fact]
    public void A_month_beside_a_grid_with_hourly_prices_costs_less_with_foresight_and_serves_no_less()
    {
        RunResult plain = Run(null), planned = Run(new ForesightSpec());
        double Usd(RunResult run) => run.Money["fuel"] + run.Money["grid_energy"];
        // 1,338,940 USD of fuel and grid against 1,306,307 USD; the load of the highest minute of an hour is forecast to 2 %.
        (Usd(planned) / Usd(plain)).ShouldBeInRange(0.965, 0.985);
        planned.Headline.UnservedMwh.ShouldBe(0);
        planned.Headline.UsefulGpuHours.ShouldBe(plain.Headline.UsefulGpuHours, 1);
        planned.Energy.RelativeResidual.ShouldBeLessThan(1e-9);
        planned.Foresight.Plans.ShouldBe(31 * 4);
        (planned.Foresight.MissedMwh / planned.Foresight.ForecastMwh).ShouldBeInRange(0, 0.03);
    }

    [Fact]
    public void The_same_scenario_plans_the_same()
    {
        RunResult one = Run(new ForesightSpec { MovesBatteries = true }), two = Run(new ForesightSpec { MovesBatteries = true });
        two.Headline.ShouldBe(one.Headline);
        two.Money["fuel"].ShouldBe(one.Money["fuel"]);
        one.Energy.RelativeResidual.ShouldBeLessThan(1e-9);
    }

    [Fact]
    public void Energy_costs_what_the_hour_says()
    {
        // A tie of 40 MW dear by day and free by night, a campus of no units: the mean price paid is that of hours weighed by load.
        RunResult dear = Run(null, hours => hours is >= 6 and < 18 ? 100 : 0), half = Run(null, _ => 50);
        dear.Money["grid_energy"].ShouldBeGreaterThan(0);
        half.Money["grid_energy"].ShouldBe(50 * half.Energy["grid_import"], 1);
        (dear.Money["grid_energy"] / dear.Energy["grid_import"]).ShouldBeInRange(0, 50);
    }

    [Fact]
    public void Reserve_for_the_step_of_a_job_costs_less_than_units_that_stand_ready_for_it_and_more_than_none()
    {
        // Without batteries in reserve, MWh of fuel in the month: 111,156 with units for every GPU that is offered, 105,303 with the largest job as a block, 105,287 with none.
        RunResult Run(LoadStepReserve steps) => Island.Run(Scenario(new DispatchSpec { LoadSteps = steps, BatteriesCountAsReserve = false }, []));
        RunResult prepared = Run(LoadStepReserve.Prepared), block = Run(LoadStepReserve.Block), none = Run(LoadStepReserve.None);
        (block.Energy["fuel"] / prepared.Energy["fuel"]).ShouldBeInRange(0.94, 0.955);
        none.Energy["fuel"].ShouldBeLessThan(block.Energy["fuel"]);
    }

    private static RunResult Run(ForesightSpec? spec, Func<int, double>? price = null) =>
        Island.Run(Scenario(new DispatchSpec { Foresight = spec }, price is null ? Prices : [.. Enumerable.Range(0, 24).Select(price)]));

    private static Scenario Scenario(DispatchSpec dispatch, double[] prices)
    {
        Scenario island = Island.Scenario();
        return island with
        {
            Power = island.Power with
            {
                Dispatch = dispatch,
                Grid = prices.Length == 0 ? [] : [new GridGroupSpec { Name = "tie", Tie = new GridTieSpec { ImportLimitMw = 25, HourlyPriceUsdPerMwh = prices } }],
            },
        };
    }
}
