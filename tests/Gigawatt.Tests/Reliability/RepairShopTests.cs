using Gigawatt.Reliability;

namespace Gigawatt.Tests.Reliability;

public sealed class RepairShopTests
{
    private const long H = 3_600_000_000_000;

    private static List<long> Returns(RepairShopSpec spec, params (long AtH, long WorkH)[] nodes)
    {
        RepairShop shop = new(spec, nodes.Length);
        foreach ((long at, long work) in nodes) { shop.Send(at * H, work * H); }
        List<long> returns = [];
        while (shop.DownNodes > 0)
        {
            long at = shop.NextNs;
            if (shop.Next()) { returns.Add(at / H); }
        }
        return returns;
    }

    [Fact]
    public void One_technician_mends_one_after_the_other() =>
        Returns(new() { Technicians = 1 }, (1, 4), (2, 4), (3, 4)).ShouldBe([5, 9, 13]);

    [Fact]
    public void Two_technicians_mend_two_at_a_time() =>
        Returns(new() { Technicians = 2 }, (1, 4), (2, 4), (3, 4)).ShouldBe([5, 6, 9]);

    [Fact]
    public void Who_waits_for_a_part_does_not_hold_up_the_queue() =>
        Returns(new() { Technicians = 1 }, (100, 4), (2, 4)).ShouldBe([6, 104]);

    [Theory]
    [InlineData(9, 4, 13)]         // within the shift of 8 to 16
    [InlineData(14, 4, 34)]        // two hours today, two from 8 tomorrow: 24 + 10
    [InlineData(20, 4, 36)]        // after the shift: 24 + 8 + 4
    [InlineData(2, 4, 12)]         // before it
    [InlineData(8, 8, 16)]         // a whole shift
    [InlineData(8, 20, 60)]        // 8 + 8 + 4: the third day at 12
    public void Work_rests_outside_the_shift(long fromH, long workH, long doneH) =>
        new RepairShop(new() { ShiftS = 8 * 3600, ShiftStartS = 8 * 3600 }, 1).DoneNs(fromH * H, workH * H).ShouldBe(doneH * H);
}
