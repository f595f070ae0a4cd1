using Gigawatt.Reports;

namespace Gigawatt.Tests.Reports;

public sealed class ReadableTests
{
    [Theory]
    [InlineData(1123.4471, "1.12 GW")]
    [InlineData(999.6, "1 GW")]
    [InlineData(352.4, "352 MW")]
    [InlineData(0.0012, "1.2 kW")]
    [InlineData(0, "0 MW")]
    [InlineData(-84.2, "−84.2 MW")]
    [InlineData(12_345_678, "12,346 GW")]
    public void Powers(double powerMw, string expected) => Readable.Power(powerMw).ShouldBe(expected);

    [Theory]
    [InlineData(4.123, "4.12 USD")]
    [InlineData(9_500, "9,500 USD")]
    [InlineData(12_345, "12.3 kUSD")]
    [InlineData(366.168e6, "366 MUSD")]
    [InlineData(21.8e9, "21.8 BUSD")]
    public void Sums_of_money(double sumUsd, string expected) => Readable.Money(sumUsd).ShouldBe(expected);

    [Theory]
    [InlineData(0.4123, "41 %")]
    [InlineData(0.0312, "3.1 %")]
    [InlineData(0.0004, "less than 0.1 %")]
    [InlineData(0, "0 %")]
    [InlineData(1, "100 %")]
    [InlineData(0.996, "99.6 %")]
    [InlineData(0.99996, "more than 99.9 %")]
    public void Shares(double fraction, string expected) => Readable.Percent(fraction).ShouldBe(expected);

    [Theory]
    [InlineData(110_016, "110,016")]
    [InlineData(2_330_000_000, "2.33 billion")]
    [InlineData(999_600, "999,600")]
    [InlineData(45.62, "45.6")]
    public void Amounts(double value, string expected) => Readable.Amount(value).ShouldBe(expected);

    [Theory]
    [InlineData("2026-01-03", "2026-01-03", "on 3 January 2026")]
    [InlineData("2026-01-03", "2026-01-17", "from 3 to 17 January 2026")]
    [InlineData("2026-02-01", "2026-02-28", "in February 2026")]
    [InlineData("2026-01-28", "2026-02-09", "from 28 January to 9 February 2026")]
    [InlineData("2025-12-28", "2026-01-09", "from 28 December 2025 to 9 January 2026")]
    [InlineData("2026-05-03", "2026-09-20", "from May to September 2026")]
    [InlineData("2025-11-03", "2026-03-20", "from November 2025 to March 2026")]
    public void Spans_of_days(string first, string last, string expected) => Readable.Span(DateOnly.Parse(first, null), DateOnly.Parse(last, null)).ShouldBe(expected);

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("a,b", "a and b")]
    [InlineData("a,b,c", "a, b and c")]
    public void Lists(string words, string expected) => Readable.List(words.Split(',', StringSplitOptions.RemoveEmptyEntries)).ShouldBe(expected);
}
