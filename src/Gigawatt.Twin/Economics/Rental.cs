using Gigawatt.Numerics;

namespace Gigawatt.Economics;

/// <summary>Compute rented out: a tenant pays for a job of its own, or for GPUs kept for it by contract.</summary>
/// <remarks>
/// A contract takes GPUs of the campus by priority for its term, whatever the tenant does with them; the tenant's use is a share. Its
/// availability is what the run delivered, so <see cref="RentalContract.AvailableFraction"/> does not count here.
/// </remarks>
public sealed record RentalSpec : ISelfChecking
{
    /// <summary>Who pays.</summary>
    public required string Tenant { get; init; }

    /// <summary>The tenant's job in <c>training.jobs</c>; rent is due while it exists. Give this or <see cref="Contract"/>.</summary>
    [RefersTo("training.jobs")]
    public string? Job { get; init; }

    /// <summary>Rent of the job per time.</summary>
    [Default(Grade.E, "assumption: none")]
    public double RentUsdPerS { get; init => field = Check.NotNegative(value); }

    /// <summary>Rent of the job per GPU allocated and time.</summary>
    [Default(Grade.E, "assumption: none")]
    public double GpuRentUsdPerGpuS { get; init => field = Check.NotNegative(value); }

    /// <summary>GPUs kept for the tenant without a job in this scenario, and their price.</summary>
    public RentalContract? Contract { get; init; }

    /// <summary>First day of the contract; the first day of the run when absent. Its term says the last.</summary>
    public DateOnly? Start { get; init; }

    /// <summary>Users of GPUs of a higher priority get theirs first; of equals contracts, then serving pools, then jobs.</summary>
    [Default(Grade.E, "assumption: as important as a job that says nothing")]
    public int Priority { get; init; }

    /// <summary>Rack group that the contract's GPUs must be of; any when absent.</summary>
    [RefersTo("compute.racks")]
    public string? On { get; init; }

    /// <summary>What a GPU-hour of the contract would be worth to the owner; the run's cost of a live GPU-hour when absent.</summary>
    public double? OwnUsdPerGpuS { get; init => field = value is { } worth ? Check.NotNegative(worth) : null; }

    /// <summary>Failures that take a node of the tenant's away, for each GPU.</summary>
    [Default(Grade.D, "27 % (Unicron, arXiv 2401.00134) of 419 in 54 days on 16,384 H100 (Llama 3, arXiv 2407.21783)")]
    public double FailuresPerGpuS { get; init => field = Check.NotNegative(value); } = 0.27 * 419 / (54.0 * 86400 * 16384);

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (Job is null == Contract is null) { yield return new(nameof(Contract), "either a 'job' of the tenant or a 'contract' for GPUs", Job is null ? "neither" : "both"); }
        if (Contract is not null && RentUsdPerS + GpuRentUsdPerGpuS > 0) { yield return new(nameof(RentUsdPerS), "the contract's own 'price' alone", "a rent beside it"); }
    }
}

/// <summary>What a contract has come to: its running month, and all of it.</summary>
public struct RentalMonth
{
    /// <summary>GPU-time that the contract promised this month.</summary>
    public double PromisedGpuS;

    /// <summary>Part of it that was there.</summary>
    public double HeldGpuS;

    /// <summary>Part of that which the tenant used.</summary>
    public double UsedGpuS;

    /// <summary>Rent booked for the month so far.</summary>
    public double BookedUsd;

    /// <summary>GPU-time promised in all months.</summary>
    public double AllPromisedGpuS;

    /// <summary>Part of it that was there.</summary>
    public double AllHeldGpuS;

    /// <summary>Part of that which the tenant used.</summary>
    public double AllUsedGpuS;

    /// <summary>Rent of all months, credits taken off.</summary>
    public double AllUsd;

    /// <summary>Given back for want of availability.</summary>
    public double CreditUsd;

    /// <summary>Months in which something was.</summary>
    public int CreditMonths;
}

/// <summary>The rent of a contract, month by month.</summary>
public static class Rental
{
    /// <summary>Lets one step pass; returns the rent of it, before any credit: price · max(used, take-or-pay · held).</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="month">What it has come to.</param>
    /// <param name="heldGpus">GPUs that are there for the tenant.</param>
    /// <param name="stepS">Length of the step.</param>
    public static double Pass(RentalContract contract, ref RentalMonth month, int heldGpus, double stepS)
    {
        double heldGpuS = heldGpus * stepS, usedGpuS = UsedGpus(contract, heldGpus) * stepS;
        double rentUsd = contract.PriceUsdPerGpuS * Math.Max(usedGpuS, contract.TakeOrPayFraction * heldGpuS);
        month.PromisedGpuS += contract.Gpus * stepS;
        month.HeldGpuS += heldGpuS;
        month.UsedGpuS += usedGpuS;
        month.BookedUsd += rentUsd;
        month.AllPromisedGpuS += contract.Gpus * stepS;
        month.AllHeldGpuS += heldGpuS;
        month.AllUsedGpuS += usedGpuS;
        month.AllUsd += rentUsd;
        return rentUsd;
    }

    /// <summary>GPUs of those there that the tenant uses: its share of the contract, if so many are there.</summary>
    public static double UsedGpus(RentalContract contract, int heldGpus) => Math.Min(heldGpus, contract.UsedFraction * contract.Gpus);

    /// <summary>Ends a month; returns what goes back to the tenant.</summary>
    /// <remarks>
    /// Due is price · max(used, take-or-pay · available) · (1 − credit) over the whole month, as in <see cref="RentedCapacity.PaidFraction"/>; what was booked
    /// beyond it goes back. Its first part is the credit of the availability clause.
    /// </remarks>
    public static double Settle(RentalContract contract, ref RentalMonth month)
    {
        if (month.PromisedGpuS <= 0) { return 0; }
        double feeUsd = contract.PriceUsdPerGpuS * Math.Max(month.UsedGpuS, contract.TakeOrPayFraction * month.HeldGpuS);
        double creditUsd = feeUsd * RentedCapacity.CreditFraction(contract, month.HeldGpuS / month.PromisedGpuS);
        double backUsd = month.BookedUsd - feeUsd + creditUsd;
        month.CreditUsd += creditUsd;
        month.CreditMonths += creditUsd > 0 ? 1 : 0;
        month.AllUsd -= backUsd;
        month.PromisedGpuS = month.HeldGpuS = month.UsedGpuS = month.BookedUsd = 0;
        return backUsd;
    }
}
