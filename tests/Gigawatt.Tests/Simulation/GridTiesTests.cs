using Gigawatt.Power;
using Gigawatt.Scenarios;
using Gigawatt.Simulation;

namespace Gigawatt.Tests.Simulation;

public sealed class GridTiesTests
{
    private const double HourS = 3600;
    private const double NeverS = 1e15;

    [Fact]
    public void Over_many_years_outages_are_as_frequent_and_as_long_as_said()
    {
        (GridTies ties, Site site) = Of(Tie("north", 100, 1000 * HourS));
        const double Hours = 200 * 8760;
        double downHours = 0;
        for (double hour = 1; hour <= Hours; hour++)
        {
            ties.Fail(site, hour * HourS, 60, out _, out _);
            downHours += ties.LimitMw == 0 ? 1 : 0;
        }
        // A cycle is 1,000 + 50 h: 1,668.6 outages. Its spread is sqrt(1,000² + 50²) h, so the count spreads by sqrt(T 1,002,500 / 1,050³) = 38.9.
        ((double)site.EventCounts[(int)EventKind.GridLost]).ShouldBe(Hours / 1050, 3 * 38.9);
        // Down 50 of 1,050 h: 83,429. In a cycle it spreads by sqrt((50 x 1,000/1,050)² + (1,000 x 50/1,050)²) = 67.3 h; over 1,668.6 cycles by 2,751 h.
        downHours.ShouldBe(Hours * 50 / 1050, 3 * 2751);
    }

    [Fact]
    public void The_loss_of_the_only_tie_that_holds_frequency_is_told_and_limit_and_price_follow()
    {
        (GridTies ties, Site site) = Of(Tie("north", 100, 1000 * HourS, 75), Tie("south", 50, NeverS, 30, holds: false));
        (ties.LimitMw, ties.HoldingMw).ShouldBe((150, 100));
        ties.UsdPerMwh.ShouldBe((100 * 75 + 50 * 30) / 150.0, 1e-12);   // 60
        (ties.SeparatesAboveMw, ties.SeparatesBelowMw).ShouldBe((200, 100));
        double lostMw = 0;
        bool lostFrequency = false;
        for (int hour = 1; ties.LimitMw == 150; hour++) { ties.Fail(site, hour * HourS, 90, out lostMw, out lostFrequency); }
        lostFrequency.ShouldBeTrue();
        lostMw.ShouldBe(90 * 100 / 150.0, 1e-12);                       // its share of the import
        (ties.LimitMw, ties.HoldingMw, ties.UsdPerMwh).ShouldBe((50, 0, 30));
        (ties.SeparatesAboveMw, ties.SeparatesBelowMw).ShouldBe((0, 0));
        site.EventCounts[(int)EventKind.GridLost].ShouldBe(1);
    }

    [Fact]
    public void Frequency_is_not_lost_while_another_tie_holds_it()
    {
        (GridTies ties, Site site) = Of(Tie("north", 100, 1000 * HourS), Tie("south", 50, NeverS));
        bool lostFrequency = true;
        for (int hour = 1; ties.LimitMw == 150; hour++) { ties.Fail(site, hour * HourS, 90, out _, out lostFrequency); }
        lostFrequency.ShouldBeFalse();
        ties.HoldingMw.ShouldBe(50);
    }

    [Fact]
    public void A_tie_that_does_not_hold_frequency_takes_only_its_power_along()
    {
        (GridTies ties, Site site) = Of(Tie("north", 100, NeverS), Tie("south", 50, 1000 * HourS, holds: false));
        double lostMw = 0;
        bool lostFrequency = true;
        for (int hour = 1; ties.LimitMw == 150; hour++) { ties.Fail(site, hour * HourS, 90, out lostMw, out lostFrequency); }
        lostFrequency.ShouldBeFalse();
        lostMw.ShouldBe(30, 1e-12);
        ties.HoldingMw.ShouldBe(100);
    }

    [Fact]
    public void Ties_come_into_service_and_leave_it_by_their_days()
    {
        (GridTies ties, _) = Of(
            Tie("north", 100, NeverS) with { Online = new DateOnly(2026, 1, 3) }, Tie("south", 50, NeverS) with { Until = new DateOnly(2026, 1, 4) });
        double On(int day)
        {
            ties.NewDay(new DateOnly(2026, 1, day), (day - 1) * 86400.0);
            return ties.LimitMw;
        }

        new double[] { On(1), On(2), On(3), On(4), On(5) }.ShouldBe([50, 50, 150, 150, 100]);
    }

    private static (GridTies Ties, Site Site) Of(params GridGroupSpec[] grid)
    {
        Scenario scenario = Island.Scenario();
        scenario = scenario with { Power = scenario.Power with { Grid = grid } };
        GridTies ties = new(scenario, 1, 0);
        ties.NewDay(scenario.Start, 0);
        return (ties, new Simulator(scenario, default, DeafSink.Instance).Site);
    }

    private static GridGroupSpec Tie(string name, double limitMw, double meanTimeToFailureS, double usdPerMwh = 60, bool holds = true) => new()
    {
        Name = name,
        Tie = new GridTieSpec
        {
            ImportLimitMw = limitMw,
            PriceUsdPerMwh = usdPerMwh,
            HoldsFrequency = holds,
            MeanTimeToFailureS = meanTimeToFailureS,
            MeanRepairS = 50 * HourS,
        },
    };
}
