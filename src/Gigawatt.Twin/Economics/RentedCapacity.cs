using Gigawatt.Numerics;

namespace Gigawatt.Economics;

/// <summary>What the tenant gets back when less was available than promised.</summary>
public sealed record AvailabilityCredit
{
    /// <summary>Availability of the month below which it is due.</summary>
    public required double BelowFraction { get; init => field = Check.Fraction(value); }

    /// <summary>Share of the month's fee that is given back.</summary>
    public required double CreditFraction { get; init => field = Check.Fraction(value); }
}

/// <summary>GPUs rented out by contract.</summary>
/// <remarks>Not modelled: default of the tenant, indexed prices, prepayment, tax.</remarks>
public sealed record RentalContract : ISelfChecking
{
    /// <summary>What the contract is called.</summary>
    public required string Name { get; init; }

    /// <summary>GPUs kept for the tenant.</summary>
    public required int Gpus { get; init => field = Check.AtLeastOne(value); }

    /// <summary>Price of a GPU-hour.</summary>
    public required double PriceUsdPerGpuS { get; init => field = Check.NotNegative(value); }

    /// <summary>Length of the contract.</summary>
    public required double TermS { get; init => field = Check.Positive(value); }

    /// <summary>Share of the GPU-hours that is paid whether used or not.</summary>
    [Default(Grade.E, "assumption: all of it is paid, a reserved cluster")]
    public double TakeOrPayFraction { get; init => field = Check.Fraction(value); } = 1;

    /// <summary>Share of the GPU-hours that the tenant uses.</summary>
    [Default(Grade.E, "assumption: 80 %")]
    public double UsedFraction { get; init => field = Check.Fraction(value); } = 0.8;

    /// <summary>Availability that is delivered.</summary>
    [Default(Grade.E, "assumption: 99 %")]
    public double AvailableFraction { get; init => field = Check.Fraction(value); } = 0.99;

    /// <summary>What is given back below the promised availability, any order; the largest that applies counts.</summary>
    public IReadOnlyList<AvailabilityCredit> Credits { get; init; } = [];

    /// <summary>What the owner saves on a GPU-hour that the tenant does not use: power, mostly.</summary>
    [Default(Grade.E, "assumption: 0.08 USD/h, 1.5 kW not drawn at 55 USD/MWh")]
    public double SavedUsdPerGpuS { get; init => field = Check.NotNegative(value); } = 0.08 / 3600;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (UsedFraction > AvailableFraction)
        {
            yield return new(nameof(UsedFraction), FormattableString.Invariant($"at most the {AvailableFraction * 100:0.##} % that is available"), FormattableString.Invariant($"{UsedFraction * 100:0.##} %"));
        }
    }
}

/// <summary>What a contract brings, beside using the GPUs oneself.</summary>
public static class RentedCapacity
{
    /// <summary>Share of the month's fee that is given back at the availability delivered.</summary>
    public static double CreditFraction(RentalContract contract) => CreditFraction(contract, contract.AvailableFraction);

    /// <summary>Share of a month's fee that is given back at an availability.</summary>
    public static double CreditFraction(RentalContract contract, double availableFraction)
    {
        double largest = 0;
        for (int i = 0; i < contract.Credits.Count; i++)
        {
            AvailabilityCredit credit = contract.Credits[i];
            if (availableFraction < credit.BelowFraction) { largest = Math.Max(largest, credit.CreditFraction); }
        }
        return largest;
    }

    /// <summary>Share of the GPU-hours that is paid, credits taken off: max(used, take-or-pay · available) · (1 − credit).</summary>
    /// <remarks>What could not be had is not owed.</remarks>
    public static double PaidFraction(RentalContract contract) =>
        Math.Max(contract.UsedFraction, contract.TakeOrPayFraction * contract.AvailableFraction) * (1 - CreditFraction(contract));

    /// <summary>Money of the whole term.</summary>
    public static double RevenueUsd(RentalContract contract) => contract.Gpus * contract.TermS * contract.PriceUsdPerGpuS * PaidFraction(contract);

    /// <summary>What the GPU-hours of the term would have been worth to the owner.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="ownUsdPerGpuS">Worth of an available GPU-hour in own use, what it costs to run not taken off.</param>
    public static double OpportunityUsd(RentalContract contract, double ownUsdPerGpuS) => contract.Gpus * contract.TermS * contract.AvailableFraction * ownUsdPerGpuS;

    /// <summary>What is left over own use: revenue, plus what idle hours save, less the own use given up.</summary>
    public static double MarginUsd(RentalContract contract, double ownUsdPerGpuS) =>
        RevenueUsd(contract) + contract.Gpus * contract.TermS * (contract.AvailableFraction - contract.UsedFraction) * contract.SavedUsdPerGpuS
        - OpportunityUsd(contract, ownUsdPerGpuS);

    /// <summary>Price of a GPU-hour at which renting out is worth as much as own use; without limit when nothing is paid.</summary>
    public static double BreakEvenUsdPerGpuS(RentalContract contract, double ownUsdPerGpuS)
    {
        double worth = contract.AvailableFraction * ownUsdPerGpuS - (contract.AvailableFraction - contract.UsedFraction) * contract.SavedUsdPerGpuS;
        return PaidFraction(contract) > 0 ? Math.Max(0, worth) / PaidFraction(contract) : double.PositiveInfinity;
    }

    /// <summary>Share of its hours that a GPU must be let to earn its cost: cost over price.</summary>
    public static double BreakEvenFraction(double costUsdPerGpuS, double priceUsdPerGpuS) => costUsdPerGpuS / priceUsdPerGpuS;
}
