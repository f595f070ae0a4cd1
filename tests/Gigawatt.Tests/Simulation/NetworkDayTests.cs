using Gigawatt.Power;
using Gigawatt.Power.Networks;
using Gigawatt.Scenarios;
using Gigawatt.Simulation;

namespace Gigawatt.Tests.Simulation;

public sealed class NetworkDayTests
{
    [Fact]
    public void Transformers_and_lines_lose_at_their_rating_what_they_state()
    {
        Scenario scenario = TwoParcels.Scenario(3);
        PowerPlant plant = new Generation(scenario, 1, 0).Plant;
        NetworkCase network = OneLine.Of(scenario, plant, 100).Case;
        GridTransformerSpec stepUp = network.Transformers.First(one => one.Name == "step-up of near");
        // r = z / √(1 + (x/r)²) is the load loss, 0.7 % of the rating; 16.5 MW × 1.25 a unit.
        (stepUp.ImpedanceFraction / Math.Sqrt(1 + stepUp.XToRRatio * stepUp.XToRRatio)).ShouldBe(0.007, 1e-12);
        stepUp.RatedMva.ShouldBe(20.625, 1e-12);
        stepUp.Count.ShouldBe(2);
        // 100 MVA of halls in blocks of at most 70: two of 50.
        GridTransformerSpec stepDown = network.Transformers[^1];
        (stepDown.Count, stepDown.RatedMva).ShouldBe((2, 50));
        // 20 MW at 0.97 are 20.6 MVA or 345 A at 34.5 kV; three phases at that current lose 1 % of 20 MW.
        LineSpec line = network.Lines.Single();
        double ka = 20 / 0.97 / Math.Sqrt(3) / 34.5;
        line.AmpacityKa!.Value.ShouldBe(ka, 1e-12);
        (3 * ka * ka * line.ResistanceOhmPerM * line.LengthM).ShouldBe(0.2, 1e-9);
        line.Circuits.ShouldBe(3);
    }

    [Fact]
    public void A_line_of_known_length_has_the_reactance_of_its_length()
    {
        Scenario scenario = TwoParcels.Scenario(3);
        LineGroupSpec line = scenario.Power.Lines[0];
        scenario = scenario with { Power = scenario.Power with { Lines = [line with { Line = line.Line with { LengthM = 2000 } }] } };
        LineSpec built = OneLine.Of(scenario, new Generation(scenario, 1, 0).Plant, 100).Case.Lines.Single();
        (built.ReactanceOhmPerM * built.LengthM).ShouldBe(0.22, 1e-12); // 0.11 ohm/km × 2 km
    }

    [Fact]
    public void Every_day_of_the_island_is_solved_and_balances()
    {
        Simulator simulator = new(Island.Scenario(), default, DeafSink.Instance);
        RunResult run = simulator.Run();
        NetworkResult network = run.Network!;
        network.FailedDays.ShouldBe(0);
        network.SolvedDays.ShouldBe(run.Days.Count(day => day.FacilityMw > 0));
        PowerFlow flow = simulator.Site.Network.Flow!;
        double inMw = 0, loadMw = 0, lossMw = 0;
        foreach (double outputMw in flow.OutputMw) { inMw += outputMw; }
        foreach (double load in flow.State.LoadP) { loadMw += load * flow.Grid.Case.BaseMva; }
        foreach (BranchFlow branch in flow.Flows) { lossMw += branch.LossMw; }
        inMw.ShouldBe(loadMw + lossMw, 1e-5);
        network.Voltage.Value.ShouldBeInRange(0.95, 1.02);
        network.Transformer.Value.ShouldBeInRange(0.1, 1);
        network.ReactiveMargin.Value.ShouldBeGreaterThan(0);
    }

    // Dispatch spreads load over the step-up transformers of all units and knows no reactive power: with a power factor of 0.97 the load loss is
    // 1/0.97² = 6 % more and fewer, fuller transformers carry it, while those of stopped units are off and lose nothing standing.
    [Fact]
    public void Losses_of_the_power_flow_are_near_those_of_dispatch()
    {
        DayRecord[] days = [.. Island.Run(Island.Scenario()).Days.Where(day => day.Network.Solved && day.FacilityMw > 20)];
        days.ShouldNotBeEmpty();
        days.Select(day => day.Network.LossMw / day.Network.ClosedFormLossMw).ShouldAllBe(ratio => ratio > 0.85 && ratio < 1.15);
    }

    // With unity power factor, nothing standing idle and stiff voltage nothing is left to differ but 1/V².
    [Fact]
    public void Without_reactive_power_and_idle_units_they_agree()
    {
        Scenario island = Island.Scenario(new DateOnly(2026, 1, 6));
        Scenario full = island with
        {
            Power = island.Power with
            {
                GasTurbines = [island.Power.GasTurbines[0] with { Count = 5 }],
                Batteries = [],
                Dispatch = new DispatchSpec { ReserveUnits = 5, StopMarginFraction = 1 },
                Network = new OneLineSpec { PowerFactorFraction = 1, StepUpImpedanceFraction = 0.011, StepDownImpedanceFraction = 0.011, GeneratorVoltagePu = 1 },
            },
        };
        RunResult run = Island.Run(full);
        DayRecord last = run.Days[^1];
        last.Network.Solved.ShouldBeTrue();
        last.Network.LossMw.ShouldBe(last.Network.ClosedFormLossMw, 0.02 * last.Network.ClosedFormLossMw);
    }

    [Fact]
    public void A_circuit_out_overloads_the_others()
    {
        // Everything comes over two circuits of 30 MW: one alone carries twice as much of its rating.
        NetworkResult network = Island.Run(TwoParcels.Scenario(2, 30, near: 0)).Network!;
        LineOutage outage = network.Outages.ShouldHaveSingleItem();
        outage.Line.ShouldBe("circuits");
        outage.Circuits.ShouldBe(2);
        outage.Converged.ShouldBeTrue();
        outage.LoadingFraction.ShouldBeGreaterThan(1);
        network.Line.Value.ShouldBeLessThan(outage.LoadingFraction);
        // Twice the current for nearly twice the loading.
        outage.LoadingFraction.ShouldBe(2 * network.Line.Value, 0.1 * outage.LoadingFraction);
    }

    [Fact]
    public void With_circuits_to_spare_the_loss_of_one_costs_nothing()
    {
        LineOutage outage = Island.Run(TwoParcels.Scenario(8)).Network!.Outages.ShouldHaveSingleItem();
        outage.LoadingFraction.ShouldBeLessThan(1);
        outage.LoadLostMw.ShouldBe(0);
    }

    [Fact]
    public void The_only_circuit_takes_what_is_behind_it_along()
    {
        Scenario scenario = TwoParcels.Scenario(1, 60);
        scenario = scenario with { Power = scenario.Power with { Batteries = [] } };
        LineOutage outage = Island.Run(scenario).Network!.Outages.ShouldHaveSingleItem();
        outage.Circuits.ShouldBe(1);
        outage.Converged.ShouldBeTrue();
        outage.LoadLostMw.ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public void At_rated_load_in_30_degrees_insulation_ages_as_fast_as_time_goes_by()
    {
        // Hot spot 30 + 55 + 25 = 110 °C: a factor of 1.
        Scenario scenario = Island.Scenario();
        GeneratorGroup[] groups = [new GeneratorGroup("one", scenario.Power.GasTurbines[0].Unit, 0, 1)];
        groups[0].Resize(1, 1);
        groups[0].FindRunning();
        groups[0].OutputMw = 16.5 * 1.25 * 0.97; // rated MVA at the power factor
        TransformerAges ages = new(scenario, new PowerPlant { Generators = groups, Sites = [], Batteries = [], StepUp = new TransformerSpec(), Dispatch = new DispatchSpec() });
        for (int minute = 0; minute < 24 * 60; minute++) { ages.Step(100, 97, 30, 60); }
        foreach (TransformerLife life in ages.Lives())
        {
            life.HottestC.ShouldBe(110, 1e-6);
            life.LifeUsedFraction.ShouldBe(24.0 / 180_000, 1e-9);
            life.ServiceFraction.ShouldBe(24.0 / 180_000, 1e-12);
        }
        ages.Lives().Select(life => life.Name).ShouldBe(["step-up of one", "step-down of halls"]);
    }

    [Fact]
    public void A_warm_solution_allocates_nothing()
    {
        Simulator simulator = new(TwoParcels.Scenario(3), default, DeafSink.Instance);
        simulator.Run();
        PowerFlow flow = simulator.Site.Network.Flow!;
        flow.Solve();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
        {
            flow.SetLoad(flow.Grid.NodeOf(1), 40 + i, 10);
            flow.Solve();
        }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Units_of_a_source_that_do_not_run_give_no_reactive_power()
    {
        NetworkCase network = new()
        {
            Buses = [new() { Name = "a" }, new() { Name = "b", LoadMw = 50, LoadReactiveMvar = 30 }],
            Generators =
            [
                new() { Name = "units", Bus = "a", VoltagePu = 1, OutputMw = 50, MaxReactiveMvar = 60, MinReactiveMvar = -60, ParticipationFactor = 1 },
                new() { Name = "grid", Bus = "b", VoltagePu = 0.98 },
            ],
            Branches = [new() { From = "a", To = "b", ReactancePu = 0.05 }],
        };
        PowerFlow flow = new(Grid.Of(network), new PowerFlowOptions { ActiveLimits = false });
        flow.Solve().Converged.ShouldBeTrue();
        flow.VoltagePu[0].ShouldBe(1, 1e-9);
        // To hold 2 % over 0.05 pu takes about 40 Mvar; half of the units give 30, and the voltage gives way.
        flow.OutputMvar[0].ShouldBeInRange(38, 44);
        flow.SetOutput(0, 50, 0.5);
        flow.Solve().Converged.ShouldBeTrue();
        flow.IsAtReactiveLimit(0).ShouldBeTrue();
        flow.OutputMvar[0].ShouldBe(30, 1e-6);
        flow.SetOutput(0, 50, 1);
        flow.Solve();
        flow.VoltagePu[0].ShouldBe(1, 1e-9);
    }

    [Fact]
    public void Units_are_booked_to_the_fuel_of_the_ledger()
    {
        RunResult run = Island.Run(TwoParcels.Scenario(3));
        run.Units.Select(unit => unit.Name).ShouldBe(["near", "far"]);
        run.Units.Sum(unit => unit.FuelMwh).ShouldBe(run.Energy["fuel"], 1e-9 * run.Energy["fuel"]);
        (run.Units.Sum(unit => unit.NoxKg) / 1000).ShouldBe(run.Headline.NoxT, 1e-9);
        (run.Units.Sum(unit => unit.Co2Kg) / 1000).ShouldBe(run.Headline.Co2T, 1e-6 * run.Headline.Co2T);
        run.Units.ShouldAllBe(unit => unit.RunningUnitHours <= unit.Units * 240);
    }
}
