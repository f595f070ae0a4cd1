using Gigawatt.Simulation;

namespace Gigawatt.Tests.Simulation;

public sealed class LedgerDaysTests
{
    [Fact]
    public void What_was_booked_between_two_days_is_the_difference_of_their_evenings()
    {
        Ledger ledger = new("water", "m³", ("drawn", Side.In), ("used", Side.Out), ("stored", Side.Stored));
        LedgerDays days = new(ledger, 3);
        for (int day = 0; day < 3; day++)
        {
            ledger.Book(0, 10 + day);
            ledger.Book(1, 9);
            ledger.CloseDay();
            ledger.Set(2, ledger[0] - ledger[1]);
            days.CloseDay();
        }
        days.Count.ShouldBe(3);
        days.Between(0, 0, 2).ShouldBe(10 + 11 + 12);
        days.Between(0, 1, 1).ShouldBe(11);
        days.Between(1, 1, 2).ShouldBe(18);
        days.Between(2, 1, 2).ShouldBe(2 + 3);
    }
}
