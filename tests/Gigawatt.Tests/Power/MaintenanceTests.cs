using Gigawatt.Numerics;
using Gigawatt.Power;

namespace Gigawatt.Tests.Power;

public sealed class MaintenanceTests
{
    private const double HourS = 3600;

    private static readonly MaintenanceSpec Rule = new()
    {
        Works =
        [
            new MaintenanceWork { Name = "inspection", IntervalS = 1000 * HourS, OutageS = 50 * HourS },
            new MaintenanceWork { Name = "overhaul", IntervalS = 4000 * HourS, OutageS = 200 * HourS, Renews = true },
        ],
        HourFactor = 1.2,
        StartS = 10 * HourS,
        TripS = 40 * HourS,
    };

    [Fact]
    public void Equivalent_hours_are_hours_starts_and_trips_with_their_factors() =>
        Maintenance.EquivalentS(Rule, 8000 * HourS, 12, 2).ShouldBe((8000 * 1.2 + 12 * 10 + 2 * 40) * HourS, 1e-6);     // 9,800 h

    [Fact]
    public void Planned_work_takes_its_share_of_the_time() =>
        Maintenance.PlannedFraction(Rule, 0.8).ShouldBe(0.8 * (50 / 1000.0 + 200 / 4000.0), 1e-12);                     // 8 %

    [Theory]
    [InlineData(11, 2, 12, true)]                   // over the turn of the year
    [InlineData(11, 2, 3, false)]
    [InlineData(4, 6, 5, true)]
    [InlineData(4, 6, 7, false)]
    public void A_season_may_lie_across_the_turn_of_the_year(int from, int until, int month, bool expected) =>
        Maintenance.InSeason(Rule with { FromMonth = from, UntilMonth = until }, month).ShouldBe(expected);

    [Fact]
    public void A_unit_counts_its_hours_is_due_at_its_limit_and_comes_back_with_the_count_at_zero()
    {
        GeneratorGroup group = Group();
        group.FindRunning();
        group.EquivalentS(0, 500 * HourS).ShouldBe(600 * HourS, 1e-6);
        group.DueFraction(0, 500 * HourS, out int work).ShouldBe(0.6, 1e-12);
        work.ShouldBe(0);
        group.BringUp(850 * HourS);
        group.Maintain(0, 850 * HourS).ShouldBeTrue();
        (group.Maintained, group.Usable, group.Running).ShouldBe((1, 1, 1));
        group.Fail(0).ShouldBe(0);                                      // nothing breaks on the bench
        group.Maintained.ShouldBe(1);
        group.BringUp(899 * HourS);
        group.Maintained.ShouldBe(1);
        group.BringUp(900 * HourS);                                     // 50 h later
        (group.Maintained, group.Usable, group.MaintenanceCount).ShouldBe((0, 2, 1));
        group.DueFraction(0, 900 * HourS, out work).ShouldBe(1020 / 4000.0, 1e-12);     // the overhaul is nearest now
        work.ShouldBe(1);
    }

    [Fact]
    public void An_overhaul_renews_and_takes_the_inspection_that_is_due_along()
    {
        GeneratorGroup group = Group(usedS: 3900 * HourS);
        group.Age(0);
        group.AgedS.ShouldBe(3900 * HourS, 1e-6);
        group.Maintain(0, 0).ShouldBeTrue();
        group.Units[0].SinceS.ShouldBe(200 * HourS);                    // the longer of both
        group.DueFraction(0, 0, out _).ShouldBe(0);
        group.Age(0);
        group.AgedS.ShouldBe((3900 + 0.2 * 3900) / 2 * HourS, 1e-6);    // one of two renewed, a fifth stays
    }

    [Fact]
    public void Trips_and_starts_count_too()
    {
        GeneratorGroup group = Group();
        group.Start(0);
        group.BringUp(600);
        group.EquivalentS(0, 600).ShouldBe(10 * HourS, 1e-6);
        group.Fail(0);
        group.EquivalentS(0, 600).ShouldBe(50 * HourS, 1e-6);
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        (Rule with { FromMonth = 4 }).Contradictions().ShouldHaveSingleItem();
        Should.Throw<SpecException>(() => Rule with { FromMonth = 13, UntilMonth = 2 }).Expected.ShouldBe("a month from 1 to 12");
        new MaintenanceSpec { Works = [new() { Name = "long", IntervalS = 10, OutageS = 20 }] }.Contradictions().ShouldHaveSingleItem();
    }

    private static GeneratorGroup Group(double usedS = 0)
    {
        GeneratorGroup group = new("units", SmallPlant.Unit with { Maintenance = Rule }, 0, 2, usedS: usedS);
        group.Resize(2, 2);
        return group;
    }
}
