using System.Globalization;
using Gigawatt.Numerics;

namespace Gigawatt.Reports;

/// <summary>Numbers and dates as people read them: 1.12 GW, 366 MUSD, 17 January 2026. Every report and summary writes them here.</summary>
/// <remarks>Three significant digits, thousands separated, a real minus sign, months by name; English on every system.</remarks>
public static class Readable
{
    private static readonly (double Size, string Unit)[] Powers = [(1e3, "GW"), (1, "MW"), (1e-3, "kW"), (1e-6, "W")];
    private static readonly (double Size, string Unit)[] Energies = [(1e6, "TWh"), (1e3, "GWh"), (1, "MWh"), (1e-3, "kWh")];
    private static readonly (double Size, string Unit)[] Monies = [(1e9, "BUSD"), (1e6, "MUSD"), (1e4, "kUSD"), (1, "USD")];
    private static readonly (double Size, string Unit)[] Words = [(1e12, "trillion"), (1e9, "billion"), (1e6, "million"), (1, "")];

    /// <summary>A number with so many significant digits; digits before the decimal point are never rounded away.</summary>
    public static string Number(double value, int digits = 3) => Figures.Number(value, digits);

    /// <summary>A whole number with separated thousands: 110,016.</summary>
    public static string Count(double value) => Number(Math.Round(value, MidpointRounding.AwayFromZero), 1);

    /// <summary>A count and its noun: 1 day, 402 days.</summary>
    public static string Counted(double value, string noun) => $"{Count(value)} {noun}{(Math.Round(value) == 1 ? "" : "s")}";

    /// <summary>A large number in words: 2.33 billion; below a million as it is.</summary>
    public static string Amount(double value)
    {
        (string number, string word) = AmountParts(value);
        return word.Length > 0 ? $"{number} {word}" : number;
    }

    /// <summary>A large number and its word, which is empty below a million.</summary>
    public static (string Value, string Unit) AmountParts(double value) =>
        Math.Abs(value) < 1e6 && Math.Abs(value) >= 100 ? (Count(value), "") : Parts(value, Words);

    /// <summary>A power in the unit that fits.</summary>
    public static string Power(double powerMw) => Joined(PowerParts(powerMw));

    /// <summary>A power and the unit that fits, apart.</summary>
    public static (string Value, string Unit) PowerParts(double powerMw) => powerMw == 0 ? ("0", "MW") : Parts(powerMw, Powers);

    /// <summary>An energy in the unit that fits.</summary>
    public static string Energy(double energyMwh) => Joined(EnergyParts(energyMwh));

    /// <summary>An energy and the unit that fits, apart.</summary>
    public static (string Value, string Unit) EnergyParts(double energyMwh) => energyMwh == 0 ? ("0", "MWh") : Parts(energyMwh, Energies);

    /// <summary>A sum of money in the unit that fits.</summary>
    public static string Money(double sumUsd) => Joined(MoneyParts(sumUsd));

    /// <summary>A sum of money and the unit that fits, apart.</summary>
    public static (string Value, string Unit) MoneyParts(double sumUsd)
    {
        (string value, string unit) = Parts(sumUsd, Monies);
        return unit == "kUSD" ? (Number(sumUsd / 1e3), unit) : (value, unit);
    }

    /// <summary>A price to the cent: 4.12 USD.</summary>
    public static string Price(double priceUsd) => priceUsd is > -1000 and < 1000
        ? priceUsd.ToString("0.00", CultureInfo.InvariantCulture).Replace('-', '−') + " USD"
        : Money(priceUsd);

    /// <summary>A volume of water.</summary>
    public static string Volume(double volumeM3) => $"{Amount(volumeM3)} m³";

    /// <summary>A share in percent, whole from 10 % on but near 100 %, where the rest counts.</summary>
    public static string Percent(double fraction)
    {
        double percent = fraction * 100;
        return percent switch
        {
            > 0 and < 0.1 => "less than 0.1 %",
            > 99.9 and < 100 => "more than 99.9 %",
            > 99 and < 100 => $"{Number(percent)} %",
            _ => $"{Number(percent, Math.Abs(percent) < 9.95 ? 2 : 1)} %",
        };
    }

    /// <summary>A temperature.</summary>
    public static string Temperature(double temperatureC) =>
        temperatureC.ToString("0.0", CultureInfo.InvariantCulture).Replace('-', '−') + " °C";

    /// <summary>A day: 17 January 2026.</summary>
    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>The month of a day: January 2026.</summary>
    public static string Month(DateOnly day) => day.ToString("MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A day as machines read it: 2026-01-17.</summary>
    public static string Iso(DateOnly day) => Figures.Day(day);

    /// <summary>A moment as machines read it, with seconds only where there are any.</summary>
    public static string Iso(DateTime time) =>
        time.ToString(time.Ticks % TimeSpan.TicksPerMinute == 0 ? "yyyy-MM-dd'T'HH:mm" : "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A span of days with its preposition: "on 3 January 2026", "from 3 to 17 January 2026", "from May to September 2026".</summary>
    /// <remarks>Spans of more than 45 days are told in months.</remarks>
    public static string Span(DateOnly first, DateOnly last)
    {
        if (first == last) { return $"on {Day(first)}"; }
        bool oneYear = first.Year == last.Year, oneMonth = oneYear && first.Month == last.Month;
        if (oneMonth && first.Day == 1 && last.AddDays(1).Day == 1) { return $"in {Month(first)}"; }
        string Written(string withYear, string withoutYear) =>
            first.ToString(oneYear ? withoutYear : withYear, CultureInfo.InvariantCulture);
        if (last.DayNumber - first.DayNumber > 45) { return $"from {Written("MMMM yyyy", "MMMM")} to {Month(last)}"; }
        return oneMonth ? $"from {first.Day} to {Day(last)}" : $"from {Written("d MMMM yyyy", "d MMMM")} to {Day(last)}";
    }

    /// <summary>Words in a row: "a", "a and b", "a, b and c".</summary>
    public static string List(IReadOnlyList<string> words) =>
        words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.Take(words.Count - 1))} and {words[^1]}";

    /// <summary>The same text with a capital first letter.</summary>
    public static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>A number cut to so many decimals, for charts; null when it is not finite.</summary>
    internal static double? Cut(double value, int decimals = 3) => double.IsFinite(value) ? Fixed(value, decimals) : null;

    /// <summary>A finite number cut to so many decimals; not a number counts as zero.</summary>
    internal static double Fixed(double value, int decimals = 3) =>
        double.IsFinite(value) ? Math.Round(value, decimals, MidpointRounding.AwayFromZero) + 0.0 : 0;

    private static (string Value, string Unit) Parts(double value, (double Size, string Unit)[] ladder)
    {
        (double fitting, string unit) = Figures.Fitting(value, ladder);
        return (Number(fitting), unit);
    }

    private static string Joined((string Value, string Unit) parts) => $"{parts.Value} {parts.Unit}";
}
