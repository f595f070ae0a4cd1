using Gigawatt.Numerics;

namespace Gigawatt.Tests.Numerics;

public sealed class FormulaTests
{
    // The arithmetic of the articles from which the shipped scenarios were built, row by row.
    [Theory]
    [InlineData("1.2 GW / 2000000 homes", "0.6 kW")]
    [InlineData("1.2 GW / 2000000 homes * 1 year", "5259.6 kWh")]          // 0.6 kW × 8,766 h
    [InlineData("10,715 kWh/year", "1.2224 kW")]
    [InlineData("1.2 GW / (10,715 kWh/year)", "981,700 homes")]            // 1.2e9 / 1,222.3
    [InlineData("200 MW / 110000", "1.81818 kW")]
    [InlineData("200 MW / 110,000 GPUs * 72", "130.909 kW")]
    [InlineData("110000 / 72", "1527.78 racks")]
    [InlineData("1528 racks × 132 kW", "201.696 MW")]
    [InlineData("170 MW / 110000", "1.54545 kW")]
    [InlineData("(200 MW / 110000) / (170 MW / 110000) - 1", "17.647 %")]  // 200 / 170
    [InlineData("200 MW / 119", "1.68067 MW")]
    [InlineData("200 MW / 119 chillers", "477.89 RT")]
    [InlineData("200 MW / 300 MW", "66.6667 %")]
    [InlineData("2025-08-22 - 2025-03-07", "168 days")]
    [InlineData("2025-08-22 - 2025-03-07", "5.5195 months")]
    [InlineData("1,000,000 sq ft / 57,600 sq ft", "17.3611")]
    [InlineData("1,000,000 sq ft / (105 m × 68 m)", "13.0116")]
    [InlineData("40 ft", "12.192 m")]
    [InlineData("1140 MW / 1700 MW", "67.0588 %")]
    [InlineData("0.67 × 1700 MW", "1139 MW")]
    [InlineData("1700 MW − 1140 MW − 425 MW", "135 MW")]
    [InlineData("1,140 MW + 425 MW", "1.565 GW")]
    [InlineData("1.1 GW + 0.425 GW", "1525 MW")]
    [InlineData("400 MW ÷ 600 MW", "66.6667 %")]
    [InlineData("1.1 GW / 1.818 kW", "605061 GPUs")]
    [InlineData("1.2 GW / 1.818 kW", "660066 GPUs")]
    [InlineData("1.5 GW / 1.818 kW", "825083 GPUs")]
    [InlineData("555,000 GPUs * 1.818 kW", "1008.99 MW")]
    [InlineData("50.1 % + 49.9 %", "100 %")]
    [InlineData("86.4 MUSD / (86.4 MUSD + 86.0 MUSD)", "50.116 %")]
    [InlineData("112 MUSD * 50.1 %", "56.112 MUSD")]
    [InlineData("112 MUSD * 49.9 %", "55.888 MUSD")]
    [InlineData("550 MUSD / 80 %", "687.5 MUSD")]
    [InlineData("min(550 MUSD, 0.8 * 700 MUSD)", "550 MUSD")]
    [InlineData("15 months / 6 months", "2.5")]
    [InlineData("1.1 GW * 29 BUSD/GW", "31.9 BUSD")]
    [InlineData("1.1 GW * 38 BUSD/GW", "41.8 BUSD")]
    [InlineData("40 BUSD / (200 BUSD + 40 BUSD)", "16.6667 %")]
    [InlineData("40 BUSD / 200 BUSD", "20 %")]
    [InlineData("6 * 12 h", "72 h")]
    [InlineData("7 * 24 h", "168 h")]
    [InlineData("17 × 16.5 MW + 16 × 38 MW + 8 × 48 MW", "1272.5 MW")]
    [InlineData("1.2 GW / (17 × 16.5 MW + 16 × 38 MW + 8 × 48 MW)", "94.303 %")]
    // Yearly cost of a gigawatt by the level-payment rule: 25.5 × 0.2426 + 12.5 × 0.1130 + 0.9.
    [InlineData("25.5 BUSD * crf(6.8 %, 5 years) + 12.5 BUSD * crf(6.8 %, 14 years) + 0.9 BUSD/year", "8.498 BUSD/year")]
    public void The_arithmetic_of_the_articles_can_be_redone(string formula, string expected)
    {
        Quantity.TryParse(expected, out Quantity quantity, out _).ShouldBeTrue();
        Formula.Evaluate(formula).In(quantity.Unit).ShouldBe(quantity.Value, Math.Abs(quantity.Value) * 1e-4);
    }

    [Theory]
    [InlineData("9.5 MMBtu/MWh", "2.78418")]                  // the slash belongs to the unit: 9.5 × 0.29307107
    [InlineData("9.5 MMBtu / 1 MWh", "2.78418")]              // here it divides
    [InlineData("200 MW/110000", "1.81818 kW")]               // and here, before a digit
    [InlineData("200 MW/(2)", "100 MW")]
    [InlineData("46 USD/kW-month * 12 months", "552 USD/kW")] // the hyphen too
    [InlineData("8 MW-3 MW", "5 MW")]
    [InlineData("8 MW - -3 MW", "11 MW")]
    [InlineData("-(2 + 3) × 4", "-20")]
    [InlineData("2 + 3 × 4", "14")]
    [InlineData("24 / 4 / 2", "3")]
    [InlineData("2 per month × 6 months", "12")]
    [InlineData("3.79 per 1000 node-days × 2000 nodes * 1 day", "7.58")]
    [InlineData("550 W/sq ft × 2,000,000 sq ft", "1.1 GW")]
    [InlineData("95 °F - 35 °C", "0 K")]
    [InlineData("30 °C + 5 K", "35 °C")]
    [InlineData("max(1, 2, 3)", "3")]
    [InlineData("max(1,200 MW; 1.1 GW)", "1.2 GW")]           // a comma before three digits separates thousands
    [InlineData("sqrt(2 × 60 s × 27.64 min)", "446.09 s")]    // Young's interval: √(2 × 60 × 1658.4)
    [InlineData("1e6 GPUs", "1,000,000")]
    [InlineData(".5 GW", "500 MW")]
    public void Signs_brackets_and_units_are_read_one_way(string formula, string expected)
    {
        Quantity.TryParse(expected, out Quantity quantity, out _).ShouldBeTrue();
        Formula.Evaluate(formula).In(quantity.Unit).ShouldBe(quantity.Value, Math.Abs(quantity.Value) * 1e-4 + 1e-9);
    }

    [Theory]
    [InlineData("2025-03-07 + 168 days", "2025-08-22")]
    [InlineData("168 days + 2025-03-07", "2025-08-22")]
    [InlineData("2025-08-22 - 24 weeks", "2025-03-07")]
    [InlineData("2025-08-01 + 12 months", "2026-08-01")]      // 365.25 days, to the nearest day
    [InlineData("2025-03-07 + (2025-08-22 - 2025-03-07)", "2025-08-22")]
    public void A_duration_moves_a_day(string formula, string expected) => Formula.Evaluate(formula).ToString().ShouldBe(expected);

    [Theory]
    [InlineData("1140 MW / 1700 MW", "0.6706")]
    [InlineData("1700 MW - 1140 MW", "560 MW")]
    [InlineData("1140 MW + 425 MW", "1.565 GW")]
    [InlineData("200 MW / 110000", "1.818 kW")]
    [InlineData("2025-08-22 - 2025-03-07", "168 d")]
    [InlineData("110016 GPUs", "110,016")]
    [InlineData("3 MW - 5 MW", "−2 MW")]
    public void A_result_is_said_in_the_unit_that_fits(string formula, string expected) =>
        Formula.Evaluate(formula).ToString().ShouldBe(expected);

    [Theory]
    [InlineData("1140 MW + 3 days", 11, "a power, to go with what stands before", "a duration")]
    [InlineData("1140 MW / 0", 11, "a divisor other than zero", "zero")]
    [InlineData("(1 + 2", 7, "')'", "the end of the formula")]
    [InlineData("1 +", 4, "a number, a day such as 2026-01-17, or a bracket", "the end of the formula")]
    [InlineData("", 1, "a number, a day such as 2026-01-17, or a bracket", "the end of the formula")]
    [InlineData("3 galons", 3, "a unit or an operator", "'galons'; did you mean 'gallon'?")]
    [InlineData("17 x 16.5 MW", 4, "a unit or an operator", "'x'; write × or * to multiply")]
    [InlineData("5 MW 3", 6, "an operator (+ − × ÷) or the end of the formula", "'3'")]
    [InlineData("2025-02-30 - 2025-01-01", 1, "a day of the calendar", "'2025-02-30'")]
    [InlineData("2025-02-03 + 2025-01-01", 14, "a duration to add to the day", "another day")]
    [InlineData("2025-02-03 + 3 MW", 14, "a duration to add to the day", "a power")]
    [InlineData("3 MW - 2025-02-03", 8, "a power", "a day")]
    [InlineData("2 * 2025-02-03", 5, "a quantity", "a day (a day can only be subtracted, or moved by a duration)")]
    [InlineData("sqrt(2 MW)", 6, "a square, such as an area, under the root", "a power")]
    [InlineData("sqrt(1 - 2)", 6, "a number of 0 or more under the root", "one below 0")]
    [InlineData("max(1 MW, 2)", 11, "a power, like the first", "a plain number")]
    [InlineData("mix(1, 2)", 1, "a number, a day or a function (min, max, sqrt, crf)", "'mix'; did you mean 'min'?")]
    [InlineData("crf(7 %, 5 MW)", 10, "a life such as '5 years'", "a power")]
    [InlineData("min(1,200)", 1, "2 arguments of min (a comma before three digits separates thousands: put a space after it)", "1")]
    public void What_does_not_mix_is_said_with_its_column(string formula, int column, string expected, string found)
    {
        FormulaException wrong = Should.Throw<FormulaException>(() => Formula.Evaluate(formula));
        (wrong.Column, wrong.Expected, wrong.Found).ShouldBe((column, expected, found));
    }

    [Fact]
    public void A_thousand_brackets_are_refused_not_crashed_on()
    {
        string formula = new string('(', 1000) + "1" + new string(')', 1000);
        Should.Throw<FormulaException>(() => Formula.Evaluate(formula)).Column.ShouldBe(65);
    }
}
