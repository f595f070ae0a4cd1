using Gigawatt.Power.Protection;

namespace Gigawatt.Tests.Power.Protection;

public sealed class HallRideThroughTests
{
    private static readonly CampusFaultsSpec Bare = new();

    private static readonly CampusFaultsSpec Half = new() { BehindUpsFraction = 0.5 };

    [Theory]
    [InlineData(0.85, 0.1, false)]                                      // inside the window of 0.8 to 1.1
    [InlineData(0.5, 0.02, false)]                                      // capacitors carry 20 ms
    [InlineData(0.5, 0.022, true)]
    public void Racks_live_through_a_sag_inside_their_window_or_shorter_than_their_hold_up(double retainedPu, double sagS, bool drops) =>
        HallRideThrough.Of(Bare, retainedPu, sagS).Bare.ShouldBe(drops);

    [Fact]
    public void Storage_in_the_rack_is_hold_up_time()
    {
        // 65 J a GPU of 1,200 W carry 54 ms, 130 J carry 108 ms: longer than a fault of 0.1 s.
        CampusFaultsSpec Stored(double joule) => new() { Supplies = new() { HoldUpS = joule / 1200 } };
        HallRideThrough.Of(Stored(65), 0, 0.1).Bare.ShouldBeTrue();
        HallRideThrough.Of(Stored(130), 0, 0.1).Bare.ShouldBeFalse();
    }

    [Fact]
    public void A_curve_takes_the_place_of_the_supplies()
    {
        RideThroughCurveSpec itic = new() { Title = "ITIC", Sags = [new() { BelowPu = 0.8, DurationS = 0.5 }, new() { BelowPu = 0.7, DurationS = 0.02 }] };
        HallRideThrough.Of(new CampusFaultsSpec { Tolerance = itic }, 0.75, 0.1).Bare.ShouldBeFalse();     // half a second at 0.7 to 0.8
        HallRideThrough.Of(new CampusFaultsSpec { Tolerance = itic }, 0.75, 0.6).Bare.ShouldBeTrue();
        HallRideThrough.Of(new CampusFaultsSpec { Tolerance = itic }, 0.65, 0.1).Bare.ShouldBeTrue();
    }

    [Fact]
    public void A_UPS_takes_its_racks_off_the_network_and_back_again()
    {
        HallResponse response = HallRideThrough.Of(Half, 0.4, 0.1);
        (response.Bare, response.Transfers, response.Ends, response.IsLatched).ShouldBe((true, true, false, false));
        response.LeavesFraction(0.5).ShouldBe(1);
        // 0.1 s of sag, ten of good voltage, fifteen of walk-in.
        response.AwayS.ShouldBe(25.1, 0.2);
        HallRideThrough.Of(Half, 0.82, 0.1).LeavesFraction(0.5).ShouldBe(0.5);         // below the UPS's window, inside the supplies'
    }

    [Fact]
    public void A_counter_keeps_them_on_batteries_until_those_end()
    {
        // Three sags in 30 s: the counter speaks; people return in an hour, the batteries last five minutes.
        HallResponse six = HallRideThrough.Of(Half, 0.82, 0.1, 3, 15);
        (six.Bare, six.Transfers, six.IsLatched, six.Ends).ShouldBe((false, true, true, true));
        HallRideThrough.Of(Half with { LatchReturnS = 120 }, 0.82, 0.1, 3, 15).Ends.ShouldBeFalse();
        // Two, or three over two minutes, do not count.
        HallRideThrough.Of(Half, 0.82, 0.1, 2, 15).IsLatched.ShouldBeFalse();
        HallRideThrough.Of(Half, 0.82, 0.1, 3, 40).IsLatched.ShouldBeFalse();
    }

    [Fact]
    public void What_is_fed_another_way_in_time_loses_nothing()
    {
        HallRideThrough.Loses(Bare, 7200, behindUps: false).ShouldBeTrue();
        HallRideThrough.Loses(Bare, 0.01, behindUps: false).ShouldBeFalse();           // a static switch within the hold-up
        HallRideThrough.Loses(Bare, 240, behindUps: true).ShouldBeFalse();
        HallRideThrough.Loses(Bare, 301, behindUps: true).ShouldBeTrue();
    }

    [Fact]
    public void Shares_of_sags_that_do_not_add_up_are_refused() =>
        new CampusFaultsSpec { TieSags = [new() { RetainedPu = 0.5, ShareFraction = 0.5 }] }.Contradictions().ShouldHaveSingleItem().Expected.ShouldBe("shares that add up to 1");
}
