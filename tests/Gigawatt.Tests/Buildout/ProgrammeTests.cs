using Gigawatt.Buildout;
using Gigawatt.Power;
using Gigawatt.Scenarios;
using Gigawatt.Simulation;
using Gigawatt.Tests.Simulation;

namespace Gigawatt.Tests.Buildout;

/// <summary>Roll-outs that wait for one another, and permits with room for so much.</summary>
public sealed class ProgrammeTests
{
    private static readonly DateOnly First = new(2026, 1, 1);

    [Fact]
    public void A_group_may_begin_when_another_is_complete()
    {
        // Ten units at one a day from 1 January are complete on the 10th.
        Programme programme = Of(
            Group("a", 10, new Rollout { From = "2026-01-01", RampPerS = 1 / 86400.0 }),
            Group("b", 5, new Rollout { From = "a" }));
        programme.Problems.ShouldBeEmpty();
        programme.UnitsOn("a", First.AddDays(8)).ShouldBe(9);
        programme.UnitsOn("a", First.AddDays(9)).ShouldBe(10);
        programme.UnitsOn("b", First.AddDays(8)).ShouldBe(0);
        programme.UnitsOn("b", First.AddDays(9)).ShouldBe(5);
    }

    [Fact]
    public void A_group_may_begin_when_a_permit_is_issued()
    {
        Programme programme = Of(
            [new PermitSpec { Name = "air", Issued = new DateOnly(2026, 3, 10) }],
            Group("a", 4, new Rollout { From = "air", DelayS = 2 * 86400 }));
        programme.UnitsOn("a", new DateOnly(2026, 3, 11)).ShouldBe(0);
        programme.UnitsOn("a", new DateOnly(2026, 3, 12)).ShouldBe(4);
    }

    [Fact]
    public void Groups_that_wait_for_each_other_are_reported_with_the_way_round()
    {
        Programme programme = Of(
            Group("a", 1, new Rollout { From = "b" }), Group("b", 1, new Rollout { From = "c" }), Group("c", 1, new Rollout { From = "a" }));
        ProgrammeProblem problem = programme.Problems.ShouldHaveSingleItem();
        problem.Expected.ShouldBe("a start that does not wait for itself");
        problem.Found.ShouldBe("a → b → c → a");
        programme.UnitsOn("b", DateOnly.MaxValue).ShouldBe(0);
    }

    [Fact]
    public void A_start_that_is_nothing_known_is_reported_with_a_suggestion() =>
        Of(Group("turbines", 1, null), Group("b", 1, new Rollout { From = "turbine" })).Problems.Distinct().ShouldHaveSingleItem()
            .Found.ShouldBe("'turbine'; did you mean 'turbines'?");

    [Fact]
    public void A_permit_has_room_for_so_many_units_in_the_order_of_the_groups()
    {
        Programme programme = Of(
            [new PermitSpec { Name = "air", Issued = First, Units = 7 }],
            Group("a", 4, null, "air"), Group("b", 5, null, "air"), Group("c", 2, null));
        programme.PermittedOn(First).ShouldBe([4, 3, 2]);               // c needs no permit
    }

    [Fact]
    public void A_permit_has_room_for_so_many_megawatts()
    {
        // 25 MW are two units of 10; the 5 MW left are room for no third.
        Of([new PermitSpec { Name = "air", Issued = First, LimitMw = 25 }], Group("a", 4, null, "air")).PermittedOn(First).ShouldBe([2]);
        Of([new PermitSpec { Name = "air", Issued = First, LimitMw = 30 }], Group("a", 4, null, "air")).PermittedOn(First).ShouldBe([3]);
    }

    [Fact]
    public void Units_use_the_permit_listed_first_and_then_the_next()
    {
        Programme programme = Of(
            [
                new PermitSpec { Name = "temporary", Issued = First, Units = 3 },
                new PermitSpec { Name = "permanent", Issued = First, Units = 4 },
            ],
            Group("a", 5, null, "permanent", "temporary"), Group("b", 5, null, "temporary"));
        programme.PermittedOn(First).ShouldBe([5, 2]);                  // 4 + 1 of the temporary one, which leaves 2
    }

    [Theory]
    [InlineData("2026-02-28", 0)]
    [InlineData("2026-03-01", 4)]           // the day of issue
    [InlineData("2027-02-28", 4)]           // the last day
    [InlineData("2027-03-01", 0)]           // what only it allowed stops
    public void A_permit_counts_from_its_issue_to_its_last_day(string day, int expected) => Of(
        [new PermitSpec { Name = "twelve months", Issued = new DateOnly(2026, 3, 1), Expires = new DateOnly(2027, 2, 28) }],
        Group("a", 4, null, "twelve months")).PermittedOn(DateOnly.ParseExact(day, "yyyy-MM-dd")).ShouldBe([expected]);

    [Fact]
    public void Only_units_that_are_there_use_room() => Of(
        [new PermitSpec { Name = "air", Issued = First, Units = 4 }],
        Group("a", 4, new Rollout { From = "2026-06-01" }, "air"), Group("b", 4, null, "air")).PermittedOn(First).ShouldBe([0, 4]);

    [Fact]
    public void A_permit_that_ends_before_it_begins_contradicts() =>
        new PermitSpec { Name = "air", Issued = First, Expires = First.AddDays(-1) }.Contradictions().ShouldHaveSingleItem()
            .Expected.ShouldBe("a day after its issue on 2026-01-01");

    private static GeneratorGroupSpec Group(string name, int count, Rollout? online, params string[] permits) => new()
    {
        Name = name,
        Count = count,
        Online = online,
        Permits = permits,
        Unit = new GasTurbineSpec { RatedMw = 10, HeatRateRatio = 2.5 },
    };

    private static Programme Of(params GeneratorGroupSpec[] groups) => Of([], groups);

    private static Programme Of(PermitSpec[] permits, params GeneratorGroupSpec[] groups) => new(Island.Scenario() with
    {
        Power = new PowerSection { GasTurbines = groups },
        Buildout = new BuildoutSection { Permits = permits },
    });
}
