using Gigawatt.Economics;
using Gigawatt.Numerics;

namespace Gigawatt.Scenarios.Linting;

/// <summary>Income that is none.</summary>
internal static class MoneyLints
{
    private const double YearS = 365.25 * 86400;

    public static void Check(Scenario scenario, LintList lints)
    {
        EconomicsSpec economics = scenario.Economics;
        for (int i = 0; i < economics.Rentals.Count; i++)
        {
            RentalSpec rental = economics.Rentals[i];
            string path = $"economics.rentals[{i}].tenant";
            PartySpec? tenant = economics.Parties.FirstOrDefault(p => p.Name == rental.Tenant);
            if (rental.Tenant == scenario.Site.Operator || tenant is { Related: true })
            {
                string who = rental.Tenant == scenario.Site.Operator ? "the operator itself" : "a related party";
                lints.Add(LintRules.RelatedTenant, path, $"'{rental.Tenant}', {who}, pays {Rent(scenario, rental)} for '{rental.Job ?? rental.Contract?.Name}'");
            }
            else if (tenant is { OwnedFraction: > 0 })
            {
                lints.Add(
                    LintRules.RelatedTenant, path,
                    $"'{rental.Tenant}', of which the operator owns {Figures.Percent(tenant.OwnedFraction)}, pays {Rent(scenario, rental)} for '{rental.Job ?? rental.Contract?.Name}'");
            }
            else if (tenant is null)
            {
                lints.Add(LintRules.UnknownTenant, path, $"'{rental.Tenant}' pays {Rent(scenario, rental)} for '{rental.Job ?? rental.Contract?.Name}'");
            }
        }
    }

    private static string Rent(Scenario scenario, RentalSpec rental)
    {
        int gpus = scenario.Training.Jobs.FirstOrDefault(j => j.Name == rental.Job)?.Job.Gpus ?? 0;
        double contractUsdPerS = rental.Contract is { } contract ? contract.Gpus * contract.PriceUsdPerGpuS * Math.Max(contract.UsedFraction, contract.TakeOrPayFraction) : 0;
        double usdPerYear = (rental.RentUsdPerS + rental.GpuRentUsdPerGpuS * gpus + contractUsdPerS) * YearS;
        return Figures.Of(usdPerYear, new Dimension(Money: 1), new Unit(1, new Dimension(Money: 1)), "USD") + " a year";
    }
}
