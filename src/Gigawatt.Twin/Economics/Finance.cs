using Gigawatt.Numerics;

namespace Gigawatt.Economics;

/// <summary>The arithmetic of capital.</summary>
public static class Finance
{
    /// <summary>Seconds of a mean Gregorian year, 365.25 days.</summary>
    public const double YearS = 365.25 * 86400;

    /// <summary>Level yearly payment per unit of capital that repays it with interest over its life.</summary>
    /// <remarks>CRF(r, n) = r (1 + r)ⁿ / ((1 + r)ⁿ − 1), and 1/n without interest. Before tax.</remarks>
    /// <param name="rateFraction">Interest per year.</param>
    /// <param name="lifeS">Life of the asset.</param>
    /// <returns>Share of the capital paid per year.</returns>
    public static double CapitalRecoveryFactor(double rateFraction, double lifeS)
    {
        double years = lifeS / YearS;
        if (rateFraction == 0) { return 1 / years; }
        double growth = Elementary.Pow(1 + rateFraction, years);
        return rateFraction * growth / (growth - 1);
    }
}

/// <summary>What the campus pays for energy, land, people and money, and what it earns.</summary>
public sealed record EconomicsSpec
{
    /// <summary>Price of natural gas, higher heating value, from given days on.</summary>
    [Default(Grade.C, "Henry Hub 3.76 USD/MMBtu for 2026 (EIA Short-Term Energy Outlook, March 2026)")]
    public GasPrice Gas { get; init; } = new();

    /// <summary>Interest that capital costs per year.</summary>
    [Default(Grade.D, "6.8 % reproduces Epoch AI's published cost per GW for lives of 3, 5 and 7 years (2026)")]
    public double DiscountRateFraction { get; init => field = Check.Within(value, 0, 1); } = 0.068;

    /// <summary>Life over which racks and fabric are paid off.</summary>
    [Default(Grade.B, "IT life 5 years (Epoch AI cost model, 2026)")]
    public double ItLifeS { get; init => field = Check.Positive(value); } = 5 * Finance.YearS;

    /// <summary>Life over which plant and buildings are paid off.</summary>
    [Default(Grade.B, "facility life 14 years (Epoch AI cost model, 2026)")]
    public double FacilityLifeS { get; init => field = Check.Positive(value); } = 14 * Finance.YearS;

    /// <summary>Buildings, land and plant that no catalogue price covers.</summary>
    public IReadOnlyList<CapitalItem> Capital { get; init; } = [];

    /// <summary>Costs that run with time or with live capacity.</summary>
    public IReadOnlyList<OperatingItem> Operating { get; init; } = [];

    /// <summary>Compute rented out by contract.</summary>
    public IReadOnlyList<RentalSpec> Rentals { get; init; } = [];

    /// <summary>Price of water from the city.</summary>
    [Default(Grade.E, "assumption: 1.50 USD/m³")]
    public double CityWaterUsdPerM3 { get; init => field = Check.NotNegative(value); } = 1.5;

    /// <summary>Price of reclaimed water.</summary>
    [Default(Grade.E, "assumption: 0.50 USD/m³")]
    public double ReclaimedWaterUsdPerM3 { get; init => field = Check.NotNegative(value); } = 0.5;

    /// <summary>Who is who: parties that contracts name.</summary>
    public IReadOnlyList<PartySpec> Parties { get; init; } = [];
}

/// <summary>Price of natural gas over time, per unit of higher heating value.</summary>
[Shorthand(Value = nameof(PriceUsdPerMwh), List = nameof(Steps))]
public sealed record GasPrice
{
    /// <summary>The price while no step says otherwise.</summary>
    [Default(Grade.C, "Henry Hub 3.76 USD/MMBtu for 2026 (EIA Short-Term Energy Outlook, March 2026)")]
    public double PriceUsdPerMwh { get; init => field = Check.NotNegative(value); } = 3.76 / 0.29307107017222;

    /// <summary>Prices from given days on.</summary>
    public IReadOnlyList<GasPriceStep> Steps { get; init; } = [];

    /// <summary>Higher heating value of the gas over its lower heating value, on which heat rates are given.</summary>
    [Default(Grade.E, "assumption: 1.108, usual for pipeline gas")]
    public double HigherToLowerRatio { get; init => field = Check.Within(value, 1, 1.2); } = 1.108;

    /// <summary>Carbon dioxide per unit of higher heating value.</summary>
    [Default(Grade.E, "assumption: 53.06 kg/MMBtu (40 CFR 98 as recalled, unconfirmed)")]
    public double Co2KgPerMwh { get; init => field = Check.NotNegative(value); } = 53.06 / 0.29307107017222;

    /// <summary>The price on a day, per unit of higher heating value.</summary>
    public double OnUsdPerMwh(DateOnly day)
    {
        double price = PriceUsdPerMwh;
        foreach (GasPriceStep step in Steps)
        {
            if (step.From <= day) { price = step.PriceUsdPerMwh; }
        }
        return price;
    }
}

/// <summary>A gas price from a day on.</summary>
public sealed record GasPriceStep
{
    /// <summary>First day of the price.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The price, per unit of higher heating value.</summary>
    public required double PriceUsdPerMwh { get; init => field = Check.NotNegative(value); }
}

/// <summary>What capital buys.</summary>
public enum CapitalKind
{
    /// <summary>Plant, buildings and land.</summary>
    Facility,

    /// <summary>Racks, network and storage.</summary>
    It,
}

/// <summary>A sum of capital paid off in level payments from the day it is in service.</summary>
public sealed record CapitalItem
{
    /// <summary>What it bought.</summary>
    public required string Name { get; init; }

    /// <summary>The sum.</summary>
    public required double CostUsd { get; init => field = Check.NotNegative(value); }

    /// <summary>What kind of thing it is, which says over which life it is paid off and on which line it stands.</summary>
    [Default(Grade.E, "assumption: plant and buildings unless said otherwise")]
    public CapitalKind Buys { get; init; } = CapitalKind.Facility;

    /// <summary>Life over which it is paid off; that of its kind when absent.</summary>
    public double? LifeS { get; init => field = value is { } life ? Check.Positive(life) : null; }

    /// <summary>First day of the payments; the first day of the run when absent.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Who lends it.</summary>
    [Default(Grade.E, "assumption: one provider of capital")]
    public string PaidTo { get; init; } = "capital";
}

/// <summary>A cost that runs with time, with live capacity or with both.</summary>
public sealed record OperatingItem
{
    /// <summary>What it pays for.</summary>
    public required string Name { get; init; }

    /// <summary>Cost per time.</summary>
    [Default(Grade.E, "assumption: none")]
    public double CostUsdPerS { get; init => field = Check.NotNegative(value); }

    /// <summary>Cost per time and live IT capacity.</summary>
    [Default(Grade.E, "assumption: none")]
    public double LiveCostUsdPerMwS { get; init => field = Check.NotNegative(value); }

    /// <summary>First day; the first day of the run when absent.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day; the end of the run when absent.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Who is paid.</summary>
    [Default(Grade.E, "assumption: suppliers taken together")]
    public string PaidTo { get; init; } = "suppliers";
}

/// <summary>Units rented instead of bought.</summary>
/// <remarks>
/// A guarantee is settled a day later: rent · max(0, 1 − penalty · (guaranteed − available)), for generating units only.
/// Not modelled: options to buy, deposits, damages beyond the rent.
/// </remarks>
public sealed record LeaseSpec
{
    /// <summary>Rent per rated power and time.</summary>
    public required double RentUsdPerMwS { get; init => field = Check.NotNegative(value); }

    /// <summary>Who owns the units.</summary>
    public required string Lessor { get; init; }

    /// <summary>Fee for bringing and setting up, per rated power, on the day of arrival.</summary>
    [Default(Grade.E, "assumption: in the rent (60–120 USD/kW where it is charged apart, Caterpillar sizing library)")]
    public double MobilisationUsdPerMw { get; init => field = Check.NotNegative(value); }

    /// <summary>Shortest time for which rent is due, whether the units stay or not.</summary>
    [Default(Grade.E, "assumption: none")]
    public double MinimumTermS { get; init => field = Check.NotNegative(value); }

    /// <summary>Time for which rent is due after the units have gone.</summary>
    [Default(Grade.E, "assumption: none")]
    public double NoticeS { get; init => field = Check.NotNegative(value); }

    /// <summary>Whether the lessee buys the fuel.</summary>
    [Default(Grade.E, "assumption: usual for rented generation")]
    public bool FuelByLessee { get; init; } = true;

    /// <summary>Whether the lessor pays upkeep that runs with energy.</summary>
    [Default(Grade.E, "assumption: usual for rented generation")]
    public bool UpkeepByLessor { get; init; } = true;

    /// <summary>Availability the lessor guarantees, forced outages counted; absent when none.</summary>
    public double? GuaranteedFraction { get; init => field = value is { } share ? Check.Fraction(share) : null; }

    /// <summary>Rent lost per share of availability below the guarantee, as a multiple of that share of the rent.</summary>
    [Default(Grade.E, "assumption: what is not available is not paid")]
    public double PenaltyFactor { get; init => field = Check.NotNegative(value); } = 1;
}

/// <summary>A party to contracts.</summary>
public sealed record PartySpec
{
    /// <summary>Name by which contracts refer to it.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it belongs to the same owner as the operator: its payments are not income from outside.</summary>
    [Default(Grade.E, "assumption: independent unless said otherwise")]
    public bool Related { get; init; }

    /// <summary>Share of it that the operator owns.</summary>
    [Default(Grade.E, "assumption: none unless said otherwise")]
    public double OwnedFraction { get; init => field = Check.Fraction(value); }
}
