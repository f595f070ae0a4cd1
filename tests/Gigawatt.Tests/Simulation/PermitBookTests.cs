using Gigawatt.Buildout;
using Gigawatt.Economics;
using Gigawatt.Scenarios;
using Gigawatt.Simulation;

namespace Gigawatt.Tests.Simulation;

public sealed class PermitBookTests
{
    [Fact]
    public void A_cap_of_twelve_months_stops_units_and_the_run_says_so()
    {
        RunResult run = Run(new PermitSpec { Name = "air", Issued = new DateOnly(2026, 1, 1), NoxCapKg = 4000 });
        PermitEmissions under = run.Emissions.ShouldHaveSingleItem();
        under.HighestNoxKg.ShouldBeInRange(3000, 4000);
        under.NoxMarginKg.ShouldBe(4000 - under.HighestNoxKg);
        under.FirstOver.ShouldBeNull();
        run.EventCounts[(int)EventKind.EmissionCapReached].ShouldBe(1);
        run.Days[^1].GenerationMw.ShouldBeLessThan(0.5 * run.Days[5].GenerationMw);
        (run.Headline.NoxT * 1000).ShouldBe(under.NoxKg, 1e-6);
        run.Energy.RelativeResidual.ShouldBeLessThan(1e-9);
    }

    [Fact]
    public void Where_nobody_keeps_to_the_cap_the_run_names_the_first_day_over()
    {
        RunResult run = Run(new PermitSpec { Name = "air", Issued = new DateOnly(2026, 1, 1), NoxCapKg = 4000, CapStopsUnits = false });
        PermitEmissions under = run.Emissions.ShouldHaveSingleItem();
        under.HighestNoxKg.ShouldBeGreaterThan(4000);
        DateOnly over = under.FirstOver.ShouldNotBeNull();
        run.Days.TakeWhile(day => day.Day < over).Sum(day => day.NoxKg).ShouldBeLessThanOrEqualTo(4000);
        run.Days.TakeWhile(day => day.Day <= over).Sum(day => day.NoxKg).ShouldBeGreaterThan(4000);
    }

    [Fact]
    public void A_cap_on_carbon_dioxide_stops_them_likewise()
    {
        RunResult run = Run(new PermitSpec { Name = "air", Issued = new DateOnly(2026, 1, 1), Co2CapKg = 6e6 });
        run.Emissions[0].HighestCo2Kg.ShouldBeInRange(4e6, 6e6);
        run.EventCounts[(int)EventKind.EmissionCapReached].ShouldBe(1);
    }

    [Fact]
    public void Rent_is_due_for_the_term_the_fee_on_arrival_and_less_below_the_guarantee()
    {
        // 10 MW at 1 USD/MW s; fee 86,400 USD/MW is 1 USD/s and MW for a day; term 3 days; 95 % guaranteed.
        LeaseBook book = new(new LeaseSpec
        {
            RentUsdPerMwS = 1,
            Lessor = "x",
            MobilisationUsdPerMw = 86_400,
            MinimumTermS = 3 * 86_400,
            NoticeS = 86_400,
            GuaranteedFraction = 0.95,
        });
        DateOnly day = new(2026, 1, 1);
        book.NewDayUsdPerS(day, 10, 4, 0).ShouldBe(20, 1e-9);
        book.NewDayUsdPerS(day.AddDays(1), 10, 4, 0.25 * 4 * 86_400).ShouldBe(10 * 0.8, 1e-9);         // 75 % available
        book.NewDayUsdPerS(day.AddDays(2), 4, 4, 0.25 * 4 * 86_400).ShouldBe(10, 1e-9);                // 6 MW left a day early
        book.NewDayUsdPerS(day.AddDays(3), 4, 4, 0.25 * 4 * 86_400).ShouldBe(4, 1e-9);
        book.NewDayUsdPerS(day.AddDays(4), 0, 0, 0.25 * 4 * 86_400).ShouldBe(4, 1e-9);                 // a day of notice
        book.NewDayUsdPerS(day.AddDays(5), 0, 0, 0.25 * 4 * 86_400).ShouldBe(0);
    }

    [Fact]
    public void Planned_work_is_done_while_the_others_suffice()
    {
        Scenario island = Island.Scenario();
        GeneratorGroupSpec group = island.Power.GasTurbines[0];
        Gigawatt.Power.MaintenanceSpec rule = new() { Works = [new() { Name = "inspection", IntervalS = 300 * 3600, OutageS = 24 * 3600 }] };
        RunResult run = Island.Run(island with { Power = island.Power with { GasTurbines = [group with { Unit = group.Unit with { Maintenance = rule } }] } });
        run.EventCounts[(int)EventKind.MaintenanceBegun].ShouldBeGreaterThan(4);
        run.EventCounts[(int)EventKind.MaintenanceDone].ShouldBeGreaterThan(3);
    }

    private static RunResult Run(PermitSpec permit)
    {
        Scenario island = Island.Scenario();
        return Island.Run(island with
        {
            Buildout = new BuildoutSection { Permits = [permit] },
            Power = island.Power with { GasTurbines = [island.Power.GasTurbines[0] with { Permits = ["air"] }] },
        });
    }
}
