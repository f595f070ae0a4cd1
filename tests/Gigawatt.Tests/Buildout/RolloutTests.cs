using Gigawatt.Buildout;

namespace Gigawatt.Tests.Buildout;

public sealed class RolloutTests
{
    private const double MonthS = 365.25 / 12 * 86400;

    private static readonly DateOnly Start = new(2026, 3, 1);

    [Fact]
    public void Without_a_roll_out_every_unit_is_there_from_the_beginning() =>
        RolloutSchedule.UnitsOn(null, 12, null, DateOnly.MinValue).ShouldBe(12);

    [Theory]
    [InlineData("2026-02-28", 0)]
    [InlineData("2026-03-01", 12)]
    public void On_a_date_all_units_come_at_once(string day, int expected) => On(new Rollout { From = "x" }, day).ShouldBe(expected);

    [Theory]
    [InlineData("2026-02-28", 0)]
    [InlineData("2026-03-01", 1)]           // the first unit on the first day
    [InlineData("2026-03-16", 1)]           // two a month: one every 15.2 days
    [InlineData("2026-03-17", 2)]
    [InlineData("2026-04-01", 3)]           // 31 days are 2.04 further units
    [InlineData("2027-03-01", 12)]          // never more than were ordered
    public void A_ramp_puts_one_after_another_into_service(string day, int expected) =>
        On(new Rollout { From = "x", RampPerS = 2 / MonthS }, day).ShouldBe(expected);

    [Theory]
    [InlineData("2026-03-30", 0)]
    [InlineData("2026-03-31", 12)]
    public void A_delay_comes_between_the_date_and_the_first_unit(string day, int expected) =>
        On(new Rollout { From = "x", DelayS = 30 * 86400 }, day).ShouldBe(expected);

    [Theory]
    [InlineData("2026-02-28", 0)]
    [InlineData("2026-03-01", 4)]
    [InlineData("2026-05-31", 4)]
    [InlineData("2026-06-01", 10)]
    [InlineData("2026-09-01", 6)]           // a later, lower level takes units away
    public void Levels_hold_from_their_day_on(string day, int expected) => On(
        new Rollout { Levels = [Level("2026-03-01", 4), Level("2026-06-01", 10), Level("2026-09-01", 6)] }, day).ShouldBe(expected);

    [Fact]
    public void A_level_above_the_count_is_the_count() =>
        On(new Rollout { Levels = [Level("2026-03-01", 99)] }, "2026-03-01").ShouldBe(12);

    [Theory]
    [InlineData("2026-07-31", 12)]
    [InlineData("2026-08-01", 0)]
    public void Rented_units_go_back_after_their_last_day(string day, int expected) =>
        On(new Rollout { From = "x", Until = new DateOnly(2026, 7, 31) }, day).ShouldBe(expected);

    [Fact]
    public void A_start_that_never_comes_brings_no_units() =>
        RolloutSchedule.UnitsOn(new Rollout { From = "a permit never issued" }, 12, null, DateOnly.MaxValue).ShouldBe(0);

    [Fact]
    public void From_and_levels_together_contradict() =>
        new Rollout { From = "x", Levels = [Level("2026-03-01", 4)] }.Contradictions().ShouldHaveSingleItem().Found.ShouldBe("both");

    [Fact]
    public void Levels_that_go_back_in_time_contradict() =>
        new Rollout { Levels = [Level("2026-06-01", 4), Level("2026-03-01", 6)] }.Contradictions().ShouldHaveSingleItem()
            .Found.ShouldBe("2026-03-01 after 2026-06-01");

    private static int On(Rollout rollout, string day) =>
        RolloutSchedule.UnitsOn(rollout, 12, Start, DateOnly.ParseExact(day, "yyyy-MM-dd"));

    private static ServiceLevel Level(string on, int count) => new() { On = DateOnly.ParseExact(on, "yyyy-MM-dd"), Count = count };
}
