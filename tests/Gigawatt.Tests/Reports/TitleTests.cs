using Gigawatt.Economics;
using Gigawatt.Power;
using Gigawatt.Reports;
using Gigawatt.Scenarios;
using Gigawatt.Simulation;
using Gigawatt.Tests.Simulation;

namespace Gigawatt.Tests.Reports;

public sealed class TitleTests
{
    private static readonly DateOnly Start = new(2026, 5, 1);

    [Fact]
    public void Cooling_that_binds_all_summer_is_told_in_months_with_its_gap()
    {
        // 30 days free, then 153 days (June to October) with cooling at 300 MW, power at 384 MW and 500 MW of racks.
        List<DayRecord> days = [.. Days(31, racksMw: 200, powerMw: 384, coolingMw: 300), .. Days(153, 500, 384, 300, Start.AddDays(31))];
        CapacityChart.Title(days).ShouldBe("Cooling binds from June to October 2026, 84 MW short of the power already there");
    }

    [Fact]
    public void A_constraint_that_comes_and_goes_is_told_in_days()
    {
        List<DayRecord> days = [];
        for (int i = 0; i < 10; i++) { days.AddRange(Days(1, 500, 384, i % 2 == 0 ? 300 : 400, Start.AddDays(i))); }
        // Cooling holds back 5 × 200 MW, power 5 × 116 MW: cooling is the finding.
        CapacityChart.Title(days).ShouldBe("Cooling binds on 5 of 10 days, 84 MW short of the power already there");
    }

    [Fact]
    public void One_day_is_told_as_a_day() =>
        CapacityChart.Title(Days(1, 500, 1240, 120)).ShouldBe("Cooling binds on 1 May 2026, 380 MW short of the racks already delivered");

    [Fact]
    public void Racks_alone_tell_how_near_the_next_limit_is() =>
        CapacityChart.Title(Days(5, racksMw: 82, powerMw: 94, coolingMw: 100))
            .ShouldBe("Only rack deliveries limit the campus: all 82 MW delivered can be live, and the nearest other limit, power, was never closer than 12 MW");

    [Fact]
    public void Racks_without_anything_else_say_so() =>
        CapacityChart.Title(Days(5, 82, double.PositiveInfinity, double.PositiveInfinity))
            .ShouldBe("Only rack deliveries limit the campus: all 82 MW delivered can be live, and the scenario holds nothing else that could bind");

    [Fact]
    public void A_campus_without_racks_or_days_has_its_sentence()
    {
        CapacityChart.Title(Days(5, 0, 100, 100)).ShouldBe("No racks are delivered in this run, so nothing can be live");
        CapacityChart.Title([]).ShouldStartWith("The run ended before its first day did");
    }

    [Fact]
    public void Two_constraints_that_are_equal_leave_racks_waiting() =>
        CapacityChart.Title(Days(3, 500, 300, 300)).ShouldBe("Power binds on every day of the run, with 200 MW of delivered racks waiting");

    [Fact]
    public void A_campus_without_power_cooling_and_water_models_says_what_is_missing()
    {
        Scenario bare = Island.Scenario(new DateOnly(2026, 1, 3)) with { Power = new PowerSection(), Cooling = new CoolingSection(), Water = null };
        ReportData data = ReportBuilder.Build(ReportedRun.Of(bare));
        data.Dispatch.Title.ShouldStartWith("The scenario models no power plant and no grid, so ");
        data.Dispatch.Supply.ShouldBeEmpty();
        data.Water.Title.ShouldBe("Nothing evaporates: the scenario models no water");
        data.Water.Months.ShouldBeEmpty();
        data.Energy.Title.ShouldBe("No energy came in from fuel or grid in this run");
        data.HotWeek.Title.ShouldBe("No racks drew power in this run, so there is no hot week to show");
        data.Capacity.Kinds.Select(kind => kind.Key).ShouldBe(["racks"]);
    }

    [Fact]
    public void A_campus_on_the_grid_alone_names_the_grid()
    {
        Scenario grid = Island.Scenario(new DateOnly(2026, 1, 3)) with
        {
            Power = new PowerSection { Grid = [new GridGroupSpec { Name = "tie", Tie = new GridTieSpec { ImportLimitMw = 150, PriceUsdPerMwh = 60 } }] },
        };
        ReportData data = ReportBuilder.Build(ReportedRun.Of(grid));
        data.Dispatch.Title.ShouldStartWith("The grid supplies all ");
        data.Dispatch.Supply.Select(series => series.Key).ShouldBe(["grid"]);
        data.Energy.Title.ShouldContain("from the grid");
        data.Energy.Links.ShouldNotContain(link => link.Source == "Fuel");
        data.Money.Lines.ShouldContain(line => line.To == "utility");
    }

    [Fact]
    public void A_run_without_jobs_is_of_no_use_and_says_where_the_time_went()
    {
        ReportInput input = ReportedRun.Of(Island.Scenario(new DateOnly(2026, 1, 2)) with { Training = new TrainingSection() });
        ReportData data = ReportBuilder.Build(input);
        data.GpuTime.Title.ShouldStartWith("None of the 1.73 million installed GPU-hours became useful; the most was lost to GPUs that no job wanted");
        data.Answers[0].Text.ShouldBe("None: of 1.73 million installed GPU-hours not one became useful.");
        data.Money.Title.ShouldContain("no useful GPU-hour came of it");
        data.Headline.Single(number => number.Key == "usd_per_useful_gpu_hour").Value.ShouldBe("–");
        Summary.Of(input).Headline.UsdPerUsefulGpuHour.ShouldBeNull();
        Summary.Of(input).Headline.GoodputFraction.ShouldBeNull();
    }

    [Fact]
    public void A_permit_that_ends_in_the_run_is_the_first_thing_that_would_stop_it()
    {
        Scenario scenario = Island.Scenario(new DateOnly(2026, 1, 6));
        GeneratorGroupSpec turbines = scenario.Power.GasTurbines[0] with { Permits = ["temporary"] };
        scenario = scenario with
        {
            Power = scenario.Power with { GasTurbines = [turbines] },
            Buildout = new BuildoutSection
            {
                Permits = [new Gigawatt.Buildout.PermitSpec { Name = "temporary", Issued = new DateOnly(2025, 1, 1), Expires = new DateOnly(2026, 1, 4) }],
            },
        };
        ReportData data = ReportBuilder.Build(ReportedRun.Of(scenario));
        data.Answers[^1].Text.ShouldBe("The permit 'temporary' ends on 4 January 2026, and with it leave to run 165 MW of generation.");
        data.Capacity.Binding[^1].ShouldBe("permits");
        data.Capacity.Title.ShouldStartWith("Permits bind from 5 to 6 January 2026");
    }

    [Fact]
    public void Rent_from_a_related_party_is_told_apart()
    {
        Scenario scenario = Island.Scenario(new DateOnly(2026, 1, 4));
        scenario = scenario with
        {
            Economics = scenario.Economics with
            {
                Rentals = [new RentalSpec { Tenant = "sister", Job = "small", GpuRentUsdPerGpuS = 0.001 }],
                Parties = [new PartySpec { Name = "sister", Related = true }],
            },
        };
        ReportData data = ReportBuilder.Build(ReportedRun.Of(scenario));
        data.Money.Lines.Single(line => line.Kind == "income").To.ShouldBe("sister");
        data.Money.Lines.Single(line => line.Kind == "income").Usd.ShouldBeLessThan(0);
        data.Answers.Single(answer => answer.Question == "Paid by whom?").Detail.ShouldContain("100 % of the rent comes from related parties");
    }

    private static List<DayRecord> Days(int count, double racksMw, double powerMw, double coolingMw, DateOnly? from = null)
    {
        List<DayRecord> days = [];
        for (int i = 0; i < count; i++)
        {
            Capacity capacity = default;
            for (int kind = 0; kind < Capacity.Kinds; kind++) { capacity.AllowsMw[kind] = double.PositiveInfinity; }
            capacity.AllowsMw[(int)Constraint.Racks] = capacity.AllowsMw[(int)Constraint.Commissioning] = racksMw;
            capacity.AllowsMw[(int)Constraint.Power] = powerMw;
            capacity.AllowsMw[(int)Constraint.Cooling] = coolingMw;
            capacity.Settle();
            days.Add(new DayRecord { Day = (from ?? Start).AddDays(i), Capacity = capacity });
        }
        return days;
    }
}
