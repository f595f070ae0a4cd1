using System.Globalization;

namespace Gigawatt.Numerics;

/// <summary>Powers of the base dimensions that a unit is made of.</summary>
/// <param name="Length">Power of metre.</param>
/// <param name="Mass">Power of kilogram.</param>
/// <param name="Time">Power of second.</param>
/// <param name="Temperature">Power of kelvin.</param>
/// <param name="Money">Power of US dollar.</param>
/// <param name="Data">Power of byte.</param>
/// <param name="Work">Power of floating-point operation.</param>
/// <param name="Current">Power of ampere.</param>
public readonly record struct Dimension(
    int Length = 0, int Mass = 0, int Time = 0, int Temperature = 0, int Money = 0, int Data = 0, int Work = 0, int Current = 0)
{
    internal Dimension Times(Dimension other, int power) => new(
        Length + power * other.Length, Mass + power * other.Mass, Time + power * other.Time,
        Temperature + power * other.Temperature, Money + power * other.Money, Data + power * other.Data,
        Work + power * other.Work, Current + power * other.Current);
}

/// <summary>A unit of measurement: what it measures and its size in SI base units.</summary>
/// <param name="Size">Size in base units (metre, kilogram, second, kelvin, dollar, byte, operation).</param>
/// <param name="Dimension">What the unit measures.</param>
/// <param name="ZeroK">Kelvin at the unit's zero when it is a temperature scale of its own (°C, °F); 0 otherwise.</param>
/// <remarks>
/// This is the only conversion table of the product. Units multiply with '-' or '·' and divide with '/' or 'per':
/// <c>USD/kW-month</c>, <c>per 1000 node-days</c>, <c>Btu/kWh</c>. Month and year are the mean Gregorian ones
/// (365.25 days). Apparent and reactive power (MVA, Mvar) have the dimension of power; angles, pu and dB have none. Counted things (GPU, rack, unit …) have no dimension. Sizes: NIST SP 811 (2008), RT 12,000 Btu/h.
/// </remarks>
public readonly record struct Unit(double Size, Dimension Dimension, double ZeroK = 0)
{
    private static Dimension None => default;
    private static readonly Dimension OfTime = new(Time: 1);
    private static readonly Dimension OfLength = new(Length: 1);
    private static readonly Dimension OfArea = new(Length: 2);
    private static readonly Dimension OfVolume = new(Length: 3);
    private static readonly Dimension OfMass = new(Mass: 1);
    private static readonly Dimension OfEnergy = new(2, 1, -2);
    private static readonly Dimension OfPower = new(2, 1, -3);
    private static readonly Dimension OfPressure = new(-1, 1, -2);
    private static readonly Dimension OfFlow = new(Length: 3, Time: -1);
    private static readonly Dimension OfTemperature = new(Temperature: 1);
    private static readonly Dimension OfMoney = new(Money: 1);
    private static readonly Dimension OfData = new(Data: 1);
    private static readonly Dimension OfWork = new(Work: 1);
    private static readonly Dimension OfFrequency = new(Time: -1);
    private static readonly Dimension OfCurrent = new(Current: 1);
    private static readonly Dimension OfVoltage = new(2, 1, -3, Current: -1);
    private static readonly Dimension OfImpedance = new(2, 1, -3, Current: -2);

    private const double Btu = 1055.05585262;
    private const double Gallon = 3.785411784e-3;
    private const double Day = 86400;
    private const double Foot = 0.3048;
    private const double Pound = 0.45359237;

    private static readonly Dictionary<string, Unit> Symbols = new(StringComparer.Ordinal)
    {
        { "1", new(1, None) }, { "%", new(0.01, None) }, { "ppm", new(1e-6, None) },
        { "µs", new(1e-6, OfTime) }, { "us", new(1e-6, OfTime) }, { "ms", new(1e-3, OfTime) }, { "s", new(1, OfTime) }, { "min", new(60, OfTime) }, { "h", new(3600, OfTime) },
        { "d", new(Day, OfTime) },
        { "W", new(1, OfPower) }, { "kW", new(1e3, OfPower) }, { "MW", new(1e6, OfPower) }, { "GW", new(1e9, OfPower) },
        { "kVA", new(1e3, OfPower) }, { "MVA", new(1e6, OfPower) }, { "kvar", new(1e3, OfPower) }, { "Mvar", new(1e6, OfPower) },
        { "V", new(1, OfVoltage) }, { "kV", new(1e3, OfVoltage) }, { "A", new(1, OfCurrent) }, { "kA", new(1e3, OfCurrent) },
        { "ohm", new(1, OfImpedance) }, { "Ω", new(1, OfImpedance) }, { "Hz", new(1, OfFrequency) }, { "mHz", new(1e-3, OfFrequency) },
        { "pu", new(1, None) }, { "dB", new(1, None) }, { "rad", new(1, None) }, { "deg", new(Math.PI / 180, None) }, { "°", new(Math.PI / 180, None) },
        { "hp", new(745.69987158227022, OfPower) }, { "RT", new(12000 * Btu / 3600, OfPower) },
        { "J", new(1, OfEnergy) }, { "kJ", new(1e3, OfEnergy) }, { "MJ", new(1e6, OfEnergy) },
        { "GJ", new(1e9, OfEnergy) }, { "TJ", new(1e12, OfEnergy) }, { "Wh", new(3600, OfEnergy) },
        { "kWh", new(3.6e6, OfEnergy) }, { "MWh", new(3.6e9, OfEnergy) }, { "GWh", new(3.6e12, OfEnergy) },
        { "TWh", new(3.6e15, OfEnergy) }, { "Btu", new(Btu, OfEnergy) }, { "MMBtu", new(1e6 * Btu, OfEnergy) },
        { "K", new(1, OfTemperature) }, { "°C", new(1, OfTemperature, 273.15) }, { "C", new(1, OfTemperature, 273.15) },
        { "°F", new(5.0 / 9, OfTemperature, 459.67 * 5 / 9) }, { "F", new(5.0 / 9, OfTemperature, 459.67 * 5 / 9) },
        { "mm", new(1e-3, OfLength) }, { "cm", new(1e-2, OfLength) }, { "m", new(1, OfLength) },
        { "km", new(1e3, OfLength) }, { "in", new(Foot / 12, OfLength) }, { "ft", new(Foot, OfLength) },
        { "mi", new(5280 * Foot, OfLength) },
        { "m2", new(1, OfArea) }, { "m²", new(1, OfArea) }, { "ft2", new(Foot * Foot, OfArea) },
        { "ft²", new(Foot * Foot, OfArea) }, { "ha", new(1e4, OfArea) },
        { "m3", new(1, OfVolume) }, { "m³", new(1, OfVolume) }, { "L", new(1e-3, OfVolume) }, { "ML", new(1e3, OfVolume) },
        { "gal", new(Gallon, OfVolume) }, { "Mgal", new(1e6 * Gallon, OfVolume) },
        { "MGD", new(1e6 * Gallon / Day, OfFlow) }, { "gpm", new(Gallon / 60, OfFlow) },
        { "g", new(1e-3, OfMass) }, { "kg", new(1, OfMass) }, { "t", new(1e3, OfMass) }, { "lb", new(Pound, OfMass) },
        { "Pa", new(1, OfPressure) }, { "kPa", new(1e3, OfPressure) }, { "mbar", new(100, OfPressure) },
        { "bar", new(1e5, OfPressure) }, { "psi", new(6894.757293168361, OfPressure) },
        { "USD", new(1, OfMoney) }, { "kUSD", new(1e3, OfMoney) }, { "MUSD", new(1e6, OfMoney) }, { "BUSD", new(1e9, OfMoney) },
        { "B", new(1, OfData) }, { "kB", new(1e3, OfData) }, { "MB", new(1e6, OfData) }, { "GB", new(1e9, OfData) },
        { "TB", new(1e12, OfData) }, { "PB", new(1e15, OfData) }, { "KiB", new(1024, OfData) }, { "MiB", new(1048576, OfData) }, { "GiB", new(1073741824, OfData) },
        { "Gb", new(1.25e8, OfData) }, { "Tb", new(1.25e11, OfData) },
        { "FLOP", new(1, OfWork) }, { "TFLOP", new(1e12, OfWork) }, { "PFLOP", new(1e15, OfWork) },
        { "EFLOP", new(1e18, OfWork) }, { "ZFLOP", new(1e21, OfWork) },
    };

    private static readonly Dictionary<string, Unit> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        { "second", new(1, OfTime) }, { "minute", new(60, OfTime) }, { "hour", new(3600, OfTime) }, { "day", new(Day, OfTime) },
        { "week", new(7 * Day, OfTime) }, { "month", new(365.25 / 12 * Day, OfTime) }, { "year", new(365.25 * Day, OfTime) },
        { "quarter", new(365.25 / 4 * Day, OfTime) }, { "acre", new(4046.8564224, OfArea) }, { "mile", new(5280 * Foot, OfLength) },
        { "gallon", new(Gallon, OfVolume) }, { "therm", new(1e5 * Btu, OfEnergy) }, { "percent", new(0.01, None) },
        { "GPU", new(1, None) }, { "rack", new(1, None) }, { "unit", new(1, None) }, { "node", new(1, None) },
        { "chiller", new(1, None) }, { "turbine", new(1, None) }, { "engine", new(1, None) }, { "battery", new(1, None) },
        { "job", new(1, None) }, { "failure", new(1, None) }, { "event", new(1, None) }, { "home", new(1, None) },
        { "hall", new(1, None) }, { "token", new(1, None) }, { "train", new(1, None) }, { "start", new(1, None) },
        { "person", new(1, None) }, { "sample", new(1, None) },
    };

    /// <summary>Whether the unit is a temperature scale with a zero of its own.</summary>
    public bool IsTemperatureScale => ZeroK != 0;

    /// <summary>The number in <paramref name="target"/> units that equals <paramref name="value"/> of this unit.</summary>
    /// <remarks>Into a temperature scale (°C, °F) the zero moves too; into kelvin it is a difference of temperatures.</remarks>
    public double Convert(double value, Unit target)
    {
        if (target.IsTemperatureScale) { return (value * Size + ZeroK - target.ZeroK) / target.Size; }
        return Size == target.Size ? value : value * (Size / target.Size);
    }

    /// <summary>Reads a unit such as <c>MW</c>, <c>USD/kW-month</c> or <c>per 1000 node-days</c>; false when unknown.</summary>
    /// <param name="text">The text after the number.</param>
    /// <param name="unit">The unit read.</param>
    /// <param name="unknown">The part that is no known unit, when false is returned.</param>
    public static bool TryParse(string text, out Unit unit, out string unknown)
    {
        string flat = text.Trim()
            .Replace("sq ft", "ft2", StringComparison.Ordinal)
            .Replace("square feet", "ft2", StringComparison.Ordinal)
            .Replace("square meters", "m2", StringComparison.Ordinal)
            .Replace("square metres", "m2", StringComparison.Ordinal);
        if (flat.StartsWith("per ", StringComparison.Ordinal)) { flat = "1/" + flat[4..]; }
        flat = flat.Replace(" per ", "/", StringComparison.Ordinal);
        unit = new Unit(1, None);
        unknown = text.Trim();
        string[] parts = flat.Split('/');
        for (int i = 0; i < parts.Length; i++)
        {
            int power = i == 0 ? 1 : -1;
            foreach (string factor in parts[i].Split(['-', '·', '*', ' '], StringSplitOptions.RemoveEmptyEntries))
            {
                if (!TryFactor(factor, power < 0, out Unit one))
                {
                    unknown = factor;
                    return false;
                }
                bool alone = parts.Length == 1 && one.Dimension == OfTemperature;
                unit = new Unit(
                    power > 0 ? unit.Size * one.Size : unit.Size / one.Size,
                    unit.Dimension.Times(one.Dimension, power),
                    alone ? one.ZeroK : 0);
            }
            if (parts[i].Trim().Length == 0) { return false; }
        }
        return true;
    }

    /// <summary>All unit symbols that can be written, for suggestions.</summary>
    internal static IEnumerable<string> Known => Symbols.Keys.Concat(Words.Keys);

    private static bool TryFactor(string factor, bool mayBeNumber, out Unit unit)
    {
        if (Symbols.TryGetValue(factor, out unit) || Words.TryGetValue(factor, out unit)) { return true; }
        if (factor.Length > 2 && factor.EndsWith('s') && (Words.TryGetValue(factor[..^1], out unit) || Symbols.TryGetValue(factor[..^1], out unit)))
        {
            return true;
        }
        if (factor.EndsWith("ies", StringComparison.Ordinal) && Words.TryGetValue(factor[..^3] + "y", out unit)) { return true; }
        // A number belongs to a unit only below the line: per 1000 node-days. Above it, it would be a date or a slip.
        if (mayBeNumber && double.TryParse(factor, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number) && number > 0)
        {
            unit = new Unit(number, None);
            return true;
        }
        unit = default;
        return false;
    }
}
