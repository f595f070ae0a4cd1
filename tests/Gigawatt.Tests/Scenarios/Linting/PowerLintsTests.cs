using Gigawatt.Buildout;
using Gigawatt.Cooling;
using Gigawatt.Power;
using Gigawatt.Scenarios;
using Gigawatt.Scenarios.Linting;
using static Gigawatt.Tests.Scenarios.Linting.SmallCampus;

namespace Gigawatt.Tests.Scenarios.Linting;

public sealed class PowerLintsTests
{
    private static readonly PermitSpec Temporary = new()
    {
        Name = "temporary",
        Issued = new DateOnly(2025, 8, 1),
        Expires = new DateOnly(2026, 7, 31),
        Temporary = true,
    };

    private static readonly PermitSpec Permanent = new() { Name = "permanent", Issued = new DateOnly(2026, 3, 10), Units = 3 };

    private static Scenario Under(PermitSpec[] permits, params string[] names) => Sound with
    {
        Power = Sound.Power with { GasTurbines = [Turbines with { Permits = names }] },
        Buildout = new BuildoutSection { Permits = permits },
    };

    [Fact]
    public void Units_that_a_temporary_permit_alone_allows_stop_on_the_next_day()
    {
        Lint lint = Check(Under([Temporary], "temporary")).Only("GW301");
        lint.Path.ShouldBe("buildout.permits[0].expires");
        lint.What.ShouldBe(
            "'temporary' ends on 2026-07-31, and 25 MW of the 25 MW that may run then depend on it alone: "
            + "turbines (5 units, 25 MW) stop on 2026-08-01");
    }

    [Fact]
    public void A_permanent_permit_for_three_of_five_leaves_two_to_stop() =>
        Check(Under([Temporary, Permanent], "temporary", "permanent")).Only("GW301").What.ShouldContain("turbines (2 units, 10 MW) stop");

    [Fact]
    public void A_permit_that_another_follows_costs_nothing()
    {
        Check(Under([Temporary, Permanent with { Units = null }], "temporary", "permanent")).ShouldLack("GW301");
        Check(Under([Temporary with { Expires = new DateOnly(2027, 8, 1) }], "temporary")).ShouldLack("GW301"); // after the run
    }

    [Fact]
    public void A_limit_in_megawatts_lets_whole_units_run()
    {
        SitePlan plan = new(Under([Permanent with { Units = null, LimitMw = 18 }], "permanent"));
        plan.AllowedUnits(new DateOnly(2026, 6, 1)).ShouldBe([3]); // 3 × 5 MW fit under 18 MW
    }

    [Fact]
    public void A_temporary_permit_without_an_end_is_told()
    {
        Check(Under([Temporary with { Expires = null }], "temporary")).Only("GW302").Path.ShouldBe("buildout.permits[0]");
        Check(Under([Temporary], "temporary")).ShouldLack("GW302");
    }

    [Fact]
    public void Three_units_cannot_lose_one()
    {
        // At 39.9 °C and 81 m: 5 MW × 0.9904 × (1 − 0.007 × 24.9) = 4.09 MW each.
        Scenario scenario = Sound with { Power = Sound.Power with { GasTurbines = [Turbines with { Count = 3 }] } };
        Lint lint = Check(scenario).Only("GW303");
        lint.What.ShouldStartWith(
            "on 2026-12-31 units that may run give 12.3 MW in design weather; without 1 of 'turbines' (4.09 MW each) 8.18 MW are left");
        Check(Sound).ShouldLack("GW303");
        DispatchSpec none = new() { ReserveUnits = 0 };
        Check(scenario with { Power = scenario.Power with { Dispatch = none } }).ShouldLack("GW303");
    }

    [Fact]
    public void One_battery_cannot_bridge_a_start()
    {
        // 4.09 MW for 10 min is 0.682 MWh; one block gives 1.9 MW.
        Scenario scenario = Sound with { Power = Sound.Power with { Batteries = [Batteries with { Count = 1 }] } };
        Check(scenario).Only("GW304").What.ShouldBe(
            "the loss of 4.09 MW for the 10 min of a start takes 0.682 MWh; batteries give 1.9 MW and 2.62 MWh between target and reserve charge");
        Check(Sound).ShouldLack("GW304");
    }

    [Fact]
    public void A_bridge_shorter_than_a_start_is_told()
    {
        Scenario scenario = Sound with { Power = Sound.Power with { Dispatch = new DispatchSpec { BridgeS = 300 } } };
        Check(scenario).Only("GW305").What.ShouldBe("batteries are held for 5 min, but 'turbines' takes 10 min to start");
        Check(Sound).ShouldLack("GW305");
    }

    [Fact]
    public void What_other_roles_hold_does_not_bridge()
    {
        // 10 blocks of 3.9 MWh between 90 and 20 %: 27.3 MWh; smoothing holds 69 % of charge, which leaves 0.39 MWh, and 0.374 MWh after 0.959.
        BatterySpec shared = Batteries.Block with { Roles = [new BatteryRoleSpec { Role = BatteryRole.Smoothing, HoldFraction = 0.69 }] };
        Scenario scenario = Sound with { Power = Sound.Power with { Batteries = [Batteries with { Block = shared }] } };
        Check(scenario).Only("GW304").What.ShouldEndWith("batteries give 19 MW and 0.374 MWh between target and reserve charge, less what other roles hold");
        BatterySpec bridging = Batteries.Block with { Roles = [new BatteryRoleSpec { Role = BatteryRole.Bridge, HoldFraction = 0.69 }] };
        Check(scenario with { Power = scenario.Power with { Batteries = [Batteries with { Block = bridging }] } }).ShouldLack("GW304");
    }

    [Fact]
    public void What_is_lost_on_the_way_out_does_not_bridge()
    {
        // 1 block, 2.73 MWh between 90 and 20 %; half of it is lost.
        BatterySpec lossy = Batteries.Block with { DischargeEfficiencyFraction = 0.5 };
        Scenario scenario = Sound with { Power = Sound.Power with { Batteries = [Batteries with { Block = lossy, Count = 1 }] } };
        Check(scenario).Only("GW304").What.ShouldContain("1.37 MWh between target and reserve charge");
    }

    [Fact]
    public void A_line_too_weak_for_what_is_planned_over_it_is_told()
    {
        // Five of 4.09 MW stand behind the line, racks take 12.5 MW or so, and two circuits of 5 MW carry 10.
        Scenario Behind(int circuits) => Sound with
        {
            Site = Sound.Site with { Parcels = [new ParcelSpec { Name = "halls" }, new ParcelSpec { Name = "plant" }] },
            Power = Sound.Power with
            {
                GasTurbines = [Turbines with { At = "plant" }],
                Lines = [new LineGroupSpec { Name = "circuits", From = "plant", Count = circuits, Line = new PowerLineSpec { RatedMw = 5 } }],
            },
        };
        Lint lint = Check(Behind(2)).Only("GW306");
        lint.Path.ShouldBe("power.lines");
        lint.What.ShouldContain("let 10 MW through");
        lint.What.ShouldEndWith("full: 'circuits' (10 MW for 20.4 MW behind it)");
        Check(Behind(3)).ShouldLack("GW306");
        Check(Sound).ShouldLack("GW306");
    }

    [Fact]
    public void Much_spinning_reserve_holds_units_below_their_guarantee()
    {
        // Eight of 4.09 MW; racks of 12 MW and the loss of four more: 28 MW run for 12, and each gives 35 % of its rating.
        Scenario Held(bool batteries) => Sound with
        {
            Power = Sound.Power with
            {
                GasTurbines = [Turbines with { Count = 8 }],
                Dispatch = new DispatchSpec { ReserveUnits = 4, BatteriesCountAsReserve = batteries },
            },
        };
        Lint lint = Check(Held(false)).Only("GW307");
        lint.Path.ShouldBe("power.dispatch.reserve_units");
        lint.What.ShouldContain("below the 50 % of its guarantee");
        Check(Held(true)).ShouldLack("GW307");
        Check(Sound).ShouldLack("GW307");
    }

    [Fact]
    public void Chillers_rated_at_35_degrees_are_less_on_a_hotter_day()
    {
        // With water as cold as at the rating, the design day's 39.9 + 2 °C takes its share.
        Scenario scenario = Sound with { Cooling = Sound.Cooling with { Plant = new CoolingPlantSpec { SupplyC = 6.67 } } };
        Lint lint = Check(scenario).Only("GW401");
        lint.Path.ShouldBe("cooling.chillers[0]");
        lint.What.ShouldStartWith("12 chillers 'chillers' are rated at 20.2 MW with 35 °C air and 6.67 °C water; on the design day (39.9 °C and 2 K of recirculation");
        Scenario mild = scenario with { Site = new SiteSection { DesignDryBulbC = 30 } };
        Check(mild).ShouldLack("GW401");
    }

    [Fact]
    public void Cooling_that_just_suffices_has_no_spare_unit()
    {
        SitePlan plan = new(Sound);
        PlannedCooling chillers = plan.CoolingOn(Sound.End)[0];
        double heatMw = plan.LoadOn(Sound.End).HeatMw;
        int enough = Enumerable.Range(1, 20).First(n => plan.DesignDayMw(chillers, n) >= heatMw);
        Scenario Plant(int count) => Sound with { Cooling = new CoolingSection { Chillers = [Chillers with { Count = count }] } };

        // 0.915 failures per unit and year (34,489,180 s between them).
        Check(Plant(enough)).Only("GW402").What.ShouldEndWith(
            FormattableString.Invariant($"about {Math.Round(enough * 0.915, 1)} failures a year are expected among them"));
        Check(Plant(enough + 1)).ShouldLack("GW402");
        Check(Plant(enough - 1)).ShouldLack("GW402"); // short of cooling altogether: the run says so
    }
}
