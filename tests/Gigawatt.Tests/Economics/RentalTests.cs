using Gigawatt.Economics;

namespace Gigawatt.Tests.Economics;

public sealed class RentalTests
{
    private static readonly RentalContract Contract = new()
    {
        Name = "cluster",
        Gpus = 1000,
        PriceUsdPerGpuS = 0.001,
        TermS = 1e8,
        TakeOrPayFraction = 0.9,
        UsedFraction = 0.5,
        Credits = [new AvailabilityCredit { BelowFraction = 0.99, CreditFraction = 0.1 }, new AvailabilityCredit { BelowFraction = 0.9, CreditFraction = 0.25 }],
    };

    [Fact]
    public void A_full_month_pays_what_was_promised_to_be_paid()
    {
        RentalMonth month = default;
        // 90 % of 1,000 GPUs for 3,600 s at .001 USD, though half is used.
        Rental.Pass(Contract, ref month, 1000, 3600).ShouldBe(3240, 1e-9);
        Rental.Settle(Contract, ref month).ShouldBe(0, 1e-9);
        month.AllUsd.ShouldBe(3240, 1e-9);
        month.CreditMonths.ShouldBe(0);
    }

    [Theory]
    [InlineData(990, 0)]         // as promised
    [InlineData(980, 0.1)]
    [InlineData(890, 0.25)]      // the largest that applies
    public void Availability_below_the_clause_gives_its_share_back(int heldGpus, double credit)
    {
        RentalMonth month = default;
        double rentUsd = Rental.Pass(Contract, ref month, heldGpus, 3600);
        rentUsd.ShouldBe(0.9 * heldGpus * 3.6, 1e-9);
        Rental.Settle(Contract, ref month).ShouldBe(credit * rentUsd, 1e-9);
        month.CreditUsd.ShouldBe(credit * rentUsd, 1e-9);
        month.AllUsd.ShouldBe((1 - credit) * rentUsd, 1e-9);
    }

    [Fact]
    public void A_month_is_settled_on_the_whole_of_it()
    {
        RentalMonth month = default;
        // An hour with 400 GPUs, all of them used, and an hour with all: 400 + 500 used of 1,400 held, of which 90 % are paid: 1,260.
        double firstUsd = Rental.Pass(Contract, ref month, 400, 3600), secondUsd = Rental.Pass(Contract, ref month, 1000, 3600);
        (firstUsd + secondUsd).ShouldBe((400 + 900) * 3.6, 1e-9);
        // 70 % available: a quarter of 1,260 · 3.6 goes back, and the 40 booked too much.
        Rental.Settle(Contract, ref month).ShouldBe((0.25 * 1260 + 40) * 3.6, 1e-9);
        month.AllUsd.ShouldBe(0.75 * 1260 * 3.6, 1e-9);
    }

    [Fact]
    public void It_agrees_with_the_closed_form_of_the_study()
    {
        RentalMonth month = default;
        Rental.Pass(Contract, ref month, 960, 3600);
        Rental.Settle(Contract, ref month);
        month.AllUsd.ShouldBe(RentedCapacity.RevenueUsd(Contract with { AvailableFraction = 0.96, TermS = 3600 }), 1e-9);
    }
}
