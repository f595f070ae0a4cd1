using Gigawatt.Numerics;

namespace Gigawatt.Power;

/// <summary>A medium-voltage line between two parcels of the campus; several circuits may run side by side.</summary>
/// <remarks>
/// Loss grows with the square of the power carried; voltage and reactive power are the one-line network's. Not modelled: faults; circuits share load equally.
/// </remarks>
public sealed record PowerLineSpec
{
    /// <summary>Most one circuit carries.</summary>
    public required double RatedMw { get; init => field = Check.Positive(value); }

    /// <summary>Share of the power lost when a circuit carries its rating.</summary>
    [Default(Grade.E, "assumption: 1 % for a few miles at 34.5 kV")]
    public double LossAtRatedFraction { get; init => field = Check.Within(value, 0, 0.2); } = 0.01;

    /// <summary>Length of the route, for its reactance; absent: the reactance follows from the loss.</summary>
    public double? LengthM { get; init => field = value is { } length ? Check.Positive(length) : null; }
}

/// <summary>Transformers between a plant or a hall and the campus bus, taken together.</summary>
/// <remarks>
/// Loss = P0 + Pk (S / Sn)², with Sn the capacity in service. Impedance and ageing are the one-line network's. Not modelled: tap changers.
/// </remarks>
public sealed record TransformerSpec
{
    /// <summary>Loss while energised, as a share of capacity.</summary>
    [Default(Grade.E, "assumption: 0.1 % of rating, typical of liquid-filled units")]
    public double NoLoadLossFraction { get; init => field = Check.Within(value, 0, 0.05); } = 0.001;

    /// <summary>Additional loss at full load, as a share of capacity.</summary>
    [Default(Grade.E, "assumption: 0.7 % of rating, typical of liquid-filled units")]
    public double LoadLossFraction { get; init => field = Check.Within(value, 0, 0.1); } = 0.007;

    /// <summary>Transformer capacity in service per unit of rated power behind it.</summary>
    [Default(Grade.B, "machine MVA about 1.25 × MW")]
    public double SizingRatio { get; init => field = Check.Within(value, 1, 4); } = 1.25;
}

/// <summary>The equations of lossy paths: what arrives for what is sent, and back.</summary>
/// <remarks>A path loses <c>a + b·P²</c>; both directions are closed forms, so a ledger closes to the last bits.</remarks>
public static class LossyPath
{
    /// <summary>Power that leaves a path when <paramref name="sentMw"/> enters it.</summary>
    public static double ArrivesMw(double sentMw, double constantMw, double perMw) =>
        sentMw - constantMw - perMw * sentMw * sentMw;

    /// <summary>Power that must enter a path for <paramref name="wantedMw"/> to leave it.</summary>
    public static double SendMw(double wantedMw, double constantMw, double perMw)
    {
        double target = wantedMw + constantMw;
        // The root of P − bP² = target that is continuous with b = 0; below the path's peak the square root is real.
        double discriminant = Math.Max(0, 1 - 4 * perMw * target);
        return 2 * target / (1 + Math.Sqrt(discriminant));
    }
}

/// <summary>A connection to a utility: what may be drawn, and since when.</summary>
/// <remarks>
/// A tie that holds frequency is in step with the utility: what load does within seconds comes through it, as far as its protection lets it. One that does
/// not feeds its own switchboards, and the campus is an island beside it. Not modelled: energy exported, ramp limits, power factor.
/// </remarks>
public sealed record GridTieSpec : ISelfChecking
{
    /// <summary>Most that may be imported.</summary>
    public required double ImportLimitMw { get; init => field = Check.Positive(value); }

    /// <summary>Price of imported energy.</summary>
    [Default(Grade.E, "assumption: 60 USD/MWh all-in industrial rate")]
    public double PriceUsdPerMwh { get; init => field = Check.NotNegative(value); } = 60;

    /// <summary>Price of each hour of the day instead, from midnight on; one price for all hours when empty.</summary>
    public IReadOnlyList<double> HourlyPriceUsdPerMwh { get; init; } = [];

    /// <summary>Price of an hour of the day.</summary>
    public double AtUsdPerMwh(int hour) => HourlyPriceUsdPerMwh.Count == 24 ? HourlyPriceUsdPerMwh[hour] : PriceUsdPerMwh;

    /// <summary>Whether the utility holds the frequency of the campus bus.</summary>
    [Default(Grade.E, "assumption: in step with the utility, as an ordinary connection is")]
    public bool HoldsFrequency { get; init; } = true;

    /// <summary>Power at which its protection separates the campus within seconds, over the import limit.</summary>
    [Default(Grade.E, "assumption: twice the import limit for seconds; the limit itself is a contract's, kept by the minute")]
    public double SeparatesAboveRatio { get; init => field = Check.Within(value, 1, 10); } = 2;

    /// <summary>Power sent back within seconds at which its protection separates the campus, over the import limit.</summary>
    [Default(Grade.E, "assumption: as much as it may import; what turbines take seconds to give up passes before a reverse-power relay acts")]
    public double SeparatesBelowRatio { get; init => field = Check.NotNegative(value); } = 1;

    /// <summary>Mean time between outages of the utility.</summary>
    [Default(Grade.E, "assumption: 0.312 outages a year of a double feed, as recalled from IEEE 493-1997")]
    public double MeanTimeToFailureS { get; init => field = Check.Positive(value); } = 8760 / 0.312 * 3600;

    /// <summary>Mean time until the utility is back.</summary>
    [Default(Grade.E, "assumption: 0.5 h, a double feed, as recalled from IEEE 493-1997")]
    public double MeanRepairS { get; init => field = Check.Positive(value); } = 1800;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (HourlyPriceUsdPerMwh.Count is not (0 or 24))
        {
            yield return new(nameof(HourlyPriceUsdPerMwh), "24 prices, one for each hour of the day from midnight on", $"{HourlyPriceUsdPerMwh.Count}");
        }
        if (HourlyPriceUsdPerMwh.Any(price => !(price >= 0)))
        {
            yield return new(nameof(HourlyPriceUsdPerMwh), "prices of 0 USD/MWh or more", FormattableString.Invariant($"{HourlyPriceUsdPerMwh.Min():G4} USD/MWh"));
        }
    }
}
