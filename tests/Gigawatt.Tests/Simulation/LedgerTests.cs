using Gigawatt.Simulation;

namespace Gigawatt.Tests.Simulation;

public sealed class LedgerTests
{
    private readonly Ledger ledger = new("test", "MWh", ("fuel", Side.In), ("heat", Side.Out), ("stored", Side.Stored));

    [Fact]
    public void What_came_in_went_out_or_is_stored()
    {
        ledger.Book(0, 10);
        ledger.Book(1, 7);
        ledger.Set(2, 3);
        ledger.RelativeResidual.ShouldBe(0);
        ledger["heat"].ShouldBe(7);
    }

    [Fact]
    public void A_store_that_was_measured_wrong_shows()
    {
        ledger.Book(0, 10);
        ledger.Book(1, 7);
        ledger.Set(2, 2);
        ledger.RelativeResidual.ShouldBe(1 / 19.0, 1e-12);              // 1 of 10 + 7 + 2
    }

    [Fact]
    public void A_store_may_be_emptier_than_at_the_start()
    {
        ledger.Book(1, 5);
        ledger.Set(2, -5);
        ledger.RelativeResidual.ShouldBe(0);
    }

    [Fact]
    public void A_million_small_amounts_do_not_wear_it()
    {
        for (int i = 0; i < 1_000_000; i++)
        {
            ledger.Book(0, 0.1);
            ledger.Book(1, 0.1);
        }
        ledger.Book(0, 1e12);
        ledger.Book(1, 1e12);
        ledger[0].ShouldBe(1e12 + 100_000, 1e-3);
        ledger.RelativeResidual.ShouldBe(0);
    }

    [Fact]
    public void An_empty_ledger_closes() => ledger.RelativeResidual.ShouldBe(0);

    [Fact]
    public void A_line_that_does_not_exist_is_refused_by_name() =>
        Should.Throw<ArgumentException>(() => ledger["tea"]).Message.ShouldBe("the test ledger has no line 'tea'");
}
