using Gigawatt.Reliability;

namespace Gigawatt.Tests.Reliability;

public sealed class UnitOutagesTests
{
    // up 900 h, down 100 h in the mean: nine tenths of the time in service
    private static readonly TwoStateUnitSpec Turbine = new() { MttfS = 900 * 3600, MttrS = 100 * 3600 };

    [Fact]
    public void A_unit_is_in_service_MTTF_over_MTTF_plus_MTTR_of_the_time()
    {
        Turbine.AvailabilityFraction.ShouldBe(0.9, 1e-12);
        UnitOutages group = new(Turbine, 1, 0, "turbines", 20);
        group.Install(20, 0);
        double upUnitS = 0, lastS = 0;
        const double endS = 3600e6;                                  // a million hours, 20,000 cycles in all
        while (true)
        {
            int available = group.AvailableUnits;
            bool changed = group.TryNext(endS, out _, out _, out double timeS);
            double untilS = changed ? timeS : endS;
            upUnitS += available * (untilS - lastS);
            lastS = untilS;
            if (!changed) { break; }
        }
        (upUnitS / (20 * endS)).ShouldBe(0.9, 0.005);
    }

    [Fact]
    public void Every_change_is_told_once_in_order_and_the_count_follows()
    {
        UnitOutages group = new(Turbine, 3, 0, "turbines", 5);
        group.Install(5, 0);
        double lastS = 0;
        int up = 5;
        for (int i = 0; i < 1000; i++)
        {
            double dueS = group.NextS;
            group.TryNext(double.MaxValue, out int unit, out bool isUp, out double timeS).ShouldBeTrue();
            timeS.ShouldBe(dueS);
            timeS.ShouldBeGreaterThanOrEqualTo(lastS);
            up += isUp ? 1 : -1;
            group.AvailableUnits.ShouldBe(up);
            group.IsUp(unit).ShouldBe(isUp);
            lastS = timeS;
        }
    }

    [Fact]
    public void Adding_units_never_changes_the_luck_of_those_there()
    {
        UnitOutages small = new(Turbine, 1, 0, "turbines", 2);
        UnitOutages grown = new(Turbine, 1, 0, "turbines", 10);
        small.Install(2, 0);
        grown.Install(2, 0);
        grown.Advance(1e6);
        grown.Install(10, 1e6);
        small.Advance(1e8);
        grown.Advance(1e8);
        for (int i = 0; i < 2; i++) { grown.IsUp(i).ShouldBe(small.IsUp(i)); }
        grown.InstalledUnits.ShouldBe(10);
    }

    [Fact]
    public void Units_taken_away_no_longer_count()
    {
        UnitOutages group = new(Turbine, 1, 0, "turbines", 4);
        group.NextS.ShouldBe(double.PositiveInfinity);
        group.Install(4, 0);
        group.Install(1, 10);
        group.AvailableUnits.ShouldBe(1);
        group.IsUp(2).ShouldBeFalse();
        group.Install(0, 20);
        group.Advance(1e9).ShouldBe(0);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        UnitOutages group = new(Turbine, 1, 0, "turbines", 50);
        group.Install(50, 0);
        group.Advance(60);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++) { group.Advance(i * 600.0); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
