using Gigawatt.Economics;
using Gigawatt.Numerics;

namespace Gigawatt.Tests.Economics;

public sealed class FinanceTests
{
    [Theory]
    [InlineData(0.07, 5, 0.2438907)]        // 0.07 x 1.07^5 / (1.07^5 - 1) = 0.07 x 1.402552 / 0.402552
    [InlineData(0.10, 10, 0.1627454)]
    [InlineData(0.068, 14, 0.1129773)]
    [InlineData(0, 5, 0.2)]                 // without interest a fifth a year
    public void A_level_payment_repays_capital_with_interest(double rate, double years, double expected) =>
        Finance.CapitalRecoveryFactor(rate, years * Finance.YearS).ShouldBe(expected, 5e-8);

    [Fact]
    public void Level_payments_are_worth_the_capital_at_the_start()
    {
        double payment = Finance.CapitalRecoveryFactor(0.068, 5 * Finance.YearS);
        Enumerable.Range(1, 5).Sum(year => payment / Elementary.Pow(1.068, year)).ShouldBe(1, 1e-12);
    }

    [Fact]
    public void A_vanishing_interest_is_no_interest() =>
        Finance.CapitalRecoveryFactor(1e-7, 5 * Finance.YearS).ShouldBe(0.2, 1e-6);

    [Theory]
    [InlineData("2025-12-31", 3)]
    [InlineData("2026-01-01", 4)]
    [InlineData("2026-12-31", 4)]
    [InlineData("2027-01-01", 5)]
    public void Gas_costs_what_the_last_step_before_the_day_says(string day, double expected) => new GasPrice
    {
        PriceUsdPerMwh = 3,
        Steps = [new() { From = new(2026, 1, 1), PriceUsdPerMwh = 4 }, new() { From = new(2027, 1, 1), PriceUsdPerMwh = 5 }],
    }.OnUsdPerMwh(DateOnly.ParseExact(day, "yyyy-MM-dd")).ShouldBe(expected);

    [Fact]
    public void A_gigawatt_of_turbines_burns_366_million_dollars_of_gas_a_year()
    {
        // 1.1 GW x 8,760 h x 9,500 Btu/kWh x 4 USD/MMBtu = 9.636e9 kWh x 0.038 USD/kWh
        double mwh = 1100 * 8760;
        double fuelPerElectric = In("9,500 Btu/kWh", "1");
        double usdPerMwh = In("4 USD/MMBtu", "USD/MWh");
        (mwh * fuelPerElectric * usdPerMwh / 1e6).ShouldBe(366.168, 1e-3);
    }

    [Fact]
    public void The_order_book_is_two_thirds_xAI() => (In("1140 MW", "MW") / In("1700 MW", "MW")).ShouldBe(0.6706, 5e-5);

    private static double In(string text, string unit)
    {
        Quantity.TryParse(text, out Quantity quantity, out _).ShouldBeTrue(text);
        Unit.TryParse(unit, out Unit target, out _).ShouldBeTrue(unit);
        return quantity.In(target);
    }
}
