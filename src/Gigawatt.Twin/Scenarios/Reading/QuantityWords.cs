using Gigawatt.Numerics;

namespace Gigawatt.Scenarios.Reading;

/// <summary>What a quantity is called, how it would be written, and numbers said in a unit.</summary>
internal static class QuantityWords
{
    private static readonly Lazy<Dictionary<Dimension, string>> Nouns = new(() => Named(
        ("s", "a time"), ("m", "a length"), ("m²", "an area"), ("m³", "a volume"), ("kg", "a mass"), ("K", "a temperature"),
        ("MW", "a power"), ("MWh", "an energy"), ("Pa", "a pressure"), ("USD", "an amount of money"), ("GB", "an amount of data"),
        ("TFLOP", "an amount of computing"), ("m³/s", "a flow"), ("kg/s", "a mass flow"), ("MW/s", "a rate of change of power"),
        ("1/s", "a rate"), ("GB/s", "a data rate"), ("TFLOP/s", "a computing rate"), ("USD/MWh", "a price of energy"),
        ("USD/MW", "a cost of power"), ("USD/s", "a cost over time"), ("USD/m³", "a price by volume"), ("USD/kg", "a price by mass"),
        ("USD/m²", "a cost of area"), ("kg/MWh", "a mass per energy"), ("m³/MWh", "a volume per energy"), ("MW/K", "a heat conductance"),
        ("MW/m²", "a power density"), ("m/s", "a speed"), ("TFLOP/MWh", "computing per energy"), ("1/K", "a share per kelvin")));

    private static readonly Dictionary<string, string> Examples = new(StringComparer.Ordinal)
    {
        { "MW", "38 MW" }, { "MWh", "150 MWh" }, { "s", "30 min" }, { "°C", "35 °C" }, { "K", "5 K" },
        { "kg", "200 kg" }, { "m", "10 m" }, { "m²", "1,000,000 sq ft" }, { "m³", "5 Mgal" }, { "Pa", "2 bar" },
        { "USD", "1.2 BUSD" }, { "GB", "288 GB" }, { "TFLOP", "2.5 PFLOP" }, { "m³/s", "13 MGD" },
        { "kg/s", "40 kg/s" }, { "MW/s", "8 MW/min" }, { "1/s", "2 per month" }, { "GB/s", "400 Gb/s" },
        { "TFLOP/s", "2500 TFLOP/s" }, { "USD/MWh", "65 USD/MWh" }, { "USD/MW", "1100 USD/kW" },
        { "USD/MW/s", "46 USD/kW-month" }, { "USD/GPU/s", "3.2 USD/GPU-hour" }, { "USD/s", "2 MUSD/year" },
        { "USD/m³", "5 USD/m³" }, { "kg/MWh", "53 kg/MMBtu" }, { "1/GPU/s", "9 % per year" },
        { "1/node/s", "3.79 per 1000 node-days" }, { "1/unit/s", "4 per year" }, { "1/K", "0.7 %/K" },
    };

    private static readonly string[] TimeSymbols = ["s", "min", "h", "d", "year"];
    private static readonly double[] TimeSeconds = [1, 60, 3600, 86400, 365.25 * 86400];

    /// <summary>What a unit measures, with its article; null when it has no short name.</summary>
    public static string? Noun(Dimension dimension) => Nouns.Value.GetValueOrDefault(dimension);

    /// <summary>How the property would be written, with the user's own number where there is one.</summary>
    public static string Example(PropertyShape property, string? number = null)
    {
        if (property.IsFraction) { return $"{number ?? "40"} %"; }
        if (property.Unit.Symbol.Length == 0) { return number ?? "1.25"; }
        string symbol = property.Unit.Symbol;
        string typical = Examples.GetValueOrDefault(symbol)
            ?? "1 " + (symbol.EndsWith("/s", StringComparison.Ordinal) ? symbol[..^2] + "/h" : symbol);
        return number is null ? typical : number + typical[typical.IndexOf(' ', StringComparison.Ordinal)..];
    }

    /// <summary>A number of a property's own unit, as a person would write it.</summary>
    public static string Write(PropertyShape property, double value)
    {
        if (property.IsFraction) { return Words.Number(value * 100) + " %"; }
        string symbol = property.Unit.Symbol;
        if (symbol == "s") { return Time(value); }
        if (!symbol.EndsWith("/s", StringComparison.Ordinal) || value == 0 || Math.Abs(value) >= 0.1)
        {
            return symbol.Length == 0 ? Words.Number(value) : $"{Words.Number(value)} {symbol}";
        }
        int time = Array.FindIndex(TimeSeconds, seconds => Math.Abs(value) * seconds >= 0.1);
        if (time < 0) { time = TimeSeconds.Length - 1; }
        return $"{Words.Number(value * TimeSeconds[time])} {symbol[..^1]}{TimeSymbols[time]}";
    }

    /// <summary>A number of a property's own unit, said in the unit that the user wrote.</summary>
    public static string Say(PropertyShape property, double value, Quantity written)
    {
        // Into °F or °C a difference of temperatures must not move the zero.
        bool difference = !property.Unit.Unit.IsTemperatureScale;
        Unit target = difference ? written.Unit with { ZeroK = 0 } : written.Unit;
        string number = Words.Number(property.Unit.Unit.Convert(value, target));
        return written.Symbol.Length == 0 ? number : $"{number} {written.Symbol}";
    }

    private static string Time(double seconds)
    {
        for (int i = TimeSeconds.Length - 2; i > 0; i--)
        {
            double count = seconds / TimeSeconds[i];
            if (count >= 1 && count == Math.Floor(count)) { return $"{Words.Number(count)} {TimeSymbols[i]}"; }
        }
        return $"{Words.Number(seconds)} s";
    }

    private static Dictionary<Dimension, string> Named(params (string Symbol, string Noun)[] names)
    {
        var nouns = new Dictionary<Dimension, string> { { default, "a plain number" } };
        foreach ((string symbol, string noun) in names)
        {
            if (Unit.TryParse(symbol, out Unit unit, out _)) { nouns.TryAdd(unit.Dimension, noun); }
        }
        return nouns;
    }
}
