using Gigawatt.Power;

namespace Gigawatt.Tests.Power;

public sealed class BatteryTests
{
    private static readonly BatterySpec Megapack = new() { CapacityMwh = 3.9, RatedMw = 1.927 };

    [Fact]
    public void Ten_megawatt_hours_in_give_9_2_back()
    {
        BatteryState state = new() { Blocks = 10 };
        Battery.Charge(Megapack, ref state, 10, 3600).ShouldBe(10);
        state.StoredMwh.ShouldBe(9.591663, 1e-6);                       // 10 x sqrt(0.92)
        double back = 0;
        for (int minute = 0; minute < 120; minute++) { back += Battery.Discharge(Megapack, ref state, 10, 60) / 60; }
        back.ShouldBe(9.2, 1e-9);
        state.StoredMwh.ShouldBe(0, 1e-9);
    }

    [Fact]
    public void Power_is_limited_by_the_inverter_of_every_block()
    {
        BatteryState state = new() { Blocks = 168, StoredMwh = 500 };
        Battery.DischargeLimitMw(Megapack, state, 60).ShouldBe(168 * 1.927, 1e-9);      // 323.7 MW
        Battery.Discharge(Megapack, ref state, 1000, 60).ShouldBe(323.736, 1e-9);
    }

    [Fact]
    public void The_last_energy_lasts_one_step_and_no_longer()
    {
        BatteryState state = new() { Blocks = 10, StoredMwh = 0.1 };
        Battery.DischargeLimitMw(Megapack, state, 60).ShouldBe(0.1 * 0.9591663046625439 * 60, 1e-9);   // 5.755 MW for a minute
        Battery.Discharge(Megapack, ref state, 19, 60).ShouldBe(5.754997828, 1e-6);
        state.StoredMwh.ShouldBe(0, 1e-12);
        Battery.Discharge(Megapack, ref state, 19, 60).ShouldBe(0, 1e-9);
    }

    [Fact]
    public void A_full_battery_takes_nothing()
    {
        BatteryState state = new() { Blocks = 2, StoredMwh = 7.8 };
        Battery.Charge(Megapack, ref state, 3, 60).ShouldBe(0);
        state.StoredMwh = 7.8 - 0.01;
        Battery.ChargeLimitMw(Megapack, state, 60).ShouldBe(0.01 / 0.9591663046625439 * 60, 1e-9);
    }

    [Fact]
    public void Blocks_that_leave_take_their_share_of_the_energy_along()
    {
        BatteryGroup group = new("yard", Megapack);
        group.Resize(10);
        group.State.StoredMwh = 20;
        group.Resize(9).ShouldBe(2, 1e-12);
        group.State.StoredMwh.ShouldBe(18, 1e-12);
        group.Resize(12).ShouldBe(0);
        group.State.StoredMwh.ShouldBe(18, 1e-12);                      // new blocks arrive empty
    }

    [Fact]
    public void A_reserve_above_the_target_is_a_contradiction() =>
        (Megapack with { ReserveChargeFraction = 0.95 }).Contradictions().ShouldHaveSingleItem()
            .Found.ShouldBe("95 % with a target of 90 %");
}
