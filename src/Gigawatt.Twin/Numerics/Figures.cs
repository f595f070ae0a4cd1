using System.Globalization;

namespace Gigawatt.Numerics;

/// <summary>Numbers as people read them: a sensible number of digits, thousands separated, the unit that fits.</summary>
public static class Figures
{
    private static readonly Dictionary<Dimension, (string Name, string[] Ladder)> Known = Kinds();

    /// <summary>A number with so many significant digits and no trailing zeros: 352, 1.12, 66.67, 110,016.</summary>
    /// <remarks>Digits before the decimal point are never rounded away.</remarks>
    public static string Number(double value, int digits = 3)
    {
        if (!double.IsFinite(value)) { return double.IsNaN(value) ? "unknown" : "without limit"; }
        if (value == 0) { return "0"; }
        int decimals = digits - 1;
        double size = Math.Abs(value);
        while (size >= 10 && decimals > 0) { (size, decimals) = (size / 10, decimals - 1); }
        while (size < 1 && decimals < 12) { (size, decimals) = (size * 10, decimals + 1); }
        double rounded = Math.Round(value, decimals, MidpointRounding.AwayFromZero);
        string text = Math.Abs(rounded).ToString("#,0." + new string('#', decimals), CultureInfo.InvariantCulture);
        return rounded < 0 ? "−" + text : text;
    }

    /// <summary>A power in the unit that fits: 1.82 kW, 352 MW, 1.12 GW.</summary>
    public static string Power(double powerMw, int digits = 3) =>
        Of(powerMw * 1e6, new Dimension(2, 1, -3), new Unit(1e6, new Dimension(2, 1, -3)), "MW", digits);

    /// <summary>A share in percent: 67.06 %.</summary>
    public static string Percent(double fraction, int digits = 3) => Number(fraction * 100, digits) + " %";

    /// <summary>A day as 2026-01-17.</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A duration in the unit that fits: 5.53 min, 3.09 h, 19 d.</summary>
    public static string Duration(double durationS, int digits = 3) =>
        Of(durationS, new Dimension(Time: 1), new Unit(1, new Dimension(Time: 1)), "s", digits);

    /// <summary>A quantity in the rung of its ladder that fits (kW, MW, GW), or in the unit it was given in.</summary>
    /// <param name="baseValue">The number in base units.</param>
    /// <param name="dimension">What it measures.</param>
    /// <param name="unit">The unit to use when there is no ladder.</param>
    /// <param name="symbol">That unit as written; empty for plain numbers.</param>
    /// <param name="digits">Significant digits.</param>
    public static string Of(double baseValue, Dimension dimension, Unit unit, string symbol, int digits = 3)
    {
        if (double.IsFinite(baseValue) && baseValue != 0 && Known.TryGetValue(dimension, out var kind) && kind.Ladder.Contains(symbol))
        {
            (double value, string rung) = Fitting(baseValue, [.. kind.Ladder.Select(one => (Parsed(one).Size, one))], digits);
            return $"{Number(value, digits)} {rung}";
        }
        string number = Number(new Unit(1, dimension).Convert(baseValue, unit), digits);
        return symbol.Length == 0 || !double.IsFinite(baseValue) ? number : $"{number} {symbol}";
    }

    /// <summary>A value on the first rung of a ladder on which it reaches 1, or on the last.</summary>
    /// <param name="value">The value, in the unit in which the rungs' sizes are given.</param>
    /// <param name="ladder">Sizes and units, largest first.</param>
    /// <param name="digits">Significant digits it will be shown with.</param>
    internal static (double Value, string Unit) Fitting(double value, (double Size, string Unit)[] ladder, int digits = 3)
    {
        foreach ((double size, string unit) in ladder)
        {
            // 999.6 MW reads better as 1 GW than as 1,000 MW.
            if (Math.Abs(Math.Round(value / size, digits, MidpointRounding.AwayFromZero)) >= 1) { return (value / size, unit); }
        }
        return (value / ladder[^1].Size, ladder[^1].Unit);
    }

    /// <summary>What a dimension measures, in words: "a power", "a duration", "a plain number".</summary>
    public static string NameOf(Dimension dimension)
    {
        if (Known.TryGetValue(dimension, out var kind)) { return kind.Name; }
        return $"a quantity in {Symbol(dimension)}";
    }

    /// <summary>The base units of a dimension, such as <c>kg·m2/s2</c>; empty for plain numbers.</summary>
    internal static string Symbol(Dimension dimension)
    {
        (string Unit, int Power)[] factors =
        [
            ("USD", dimension.Money), ("kg", dimension.Mass), ("m", dimension.Length), ("K", dimension.Temperature),
            ("A", dimension.Current), ("B", dimension.Data), ("FLOP", dimension.Work), ("s", dimension.Time),
        ];
        string above = string.Join('·', factors.Where(f => f.Power > 0).Select(f => f.Unit + (f.Power > 1 ? f.Power : "")));
        string below = string.Concat(factors.Where(f => f.Power < 0).Select(f => $"/{f.Unit}{(f.Power < -1 ? -f.Power : "")}"));
        return above.Length == 0 && below.Length > 0 ? "1" + below : above + below;
    }

    private static Dictionary<Dimension, (string Name, string[] Ladder)> Kinds()
    {
        (string Name, string Ladder, string Unit)[] kinds =
        [
            ("a plain number", "", "1"), ("a power", "GW MW kW W", "W"), ("an energy", "TWh GWh MWh kWh Wh", "J"),
            ("a duration", "d h min s ms", "s"), ("a length", "", "m"), ("an area", "", "m2"), ("a volume", "", "m3"),
            ("a mass", "", "kg"), ("a temperature", "", "K"), ("a sum of money", "BUSD MUSD USD", "USD"), ("a pressure", "", "Pa"),
            ("a flow", "", "m3/s"), ("an amount of data", "", "B"), ("an amount of arithmetic", "", "FLOP"),
            ("a price of energy", "", "USD/J"), ("a price of power", "", "USD/W"), ("money per time", "", "USD/s"),
            ("a rate per time", "", "1/s"), ("a ramp", "", "W/s"), ("a density of power", "", "W/m2"),
        ];
        Dictionary<Dimension, (string Name, string[] Ladder)> known = [];
        foreach ((string name, string ladder, string symbol) in kinds)
        {
            known[Parsed(symbol).Dimension] = (name, ladder.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }
        return known;
    }

    private static Unit Parsed(string symbol) =>
        Unit.TryParse(symbol, out Unit unit, out string unknown) ? unit : throw new ArgumentException($"'{unknown}' is no unit");
}
