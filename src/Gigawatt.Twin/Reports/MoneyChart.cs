using Gigawatt.Economics;
using Gigawatt.Scenarios;
using Gigawatt.Simulation;

namespace Gigawatt.Reports;

/// <summary>What the run cost, what it earned, and who was paid.</summary>
internal static class MoneyChart
{
    private static readonly (CostKind Kind, string Key, string Family)[] Kinds =
    [
        (CostKind.ItCapital, "it_capital", "gpu"),
        (CostKind.FacilityCapital, "facility_capital", "money"),
        (CostKind.Leases, "leases", "money"),
        (CostKind.Fuel, "fuel", "fuel"),
        (CostKind.GridEnergy, "grid_energy", "electricity"),
        (CostKind.Operating, "operating", "neutral"),
        (CostKind.Water, "water", "water"),
    ];

    /// <summary>The chart's data.</summary>
    public static MoneyData Build(ReportInput input)
    {
        RunResult run = input.Run;
        Ledger ledger = run.Money;
        List<MoneyLine> lines = [];
        foreach ((_, string key, _) in Kinds)
        {
            if (ledger[key] > 0) { lines.Add(new MoneyLine(LedgerWords.Label(key), Readable.Fixed(ledger[key], 2), Readable.List(Payees(run.Scenario, key)), "cost")); }
        }
        lines = [.. lines.OrderByDescending(line => line.Usd)];
        foreach (string key in (ReadOnlySpan<string>)["rent_received", "rent_received_from_related", "serving_revenue"])
        {
            if (ledger[key] > 0) { lines.Add(new MoneyLine(LedgerWords.Label(key), Readable.Fixed(-ledger[key], 2), Readable.List(Payees(run.Scenario, key)), "income")); }
        }
        MonthTotals months = new(run.Days);
        List<Series> monthly = [];
        foreach ((CostKind kind, string key, string family) in Kinds)
        {
            if (ledger[key] > 0) { monthly.Add(months.Series(key, LedgerWords.Label(key), family, day => day.CostByKindUsd[(int)kind])); }
        }
        if (run.Days.Any(day => day.IncomeUsd > 0)) { monthly.Add(months.Series("income", ledger["serving_revenue"] > 0 ? "Income" : "Rent received", "money", day => -day.IncomeUsd)); }
        string rate = Readable.Percent(run.Scenario.Economics.DiscountRateFraction);
        string caption =
            "USD of the day over the run, before tax. Capital is paid in level instalments over its life, "
            + $"at {rate} a year, so an hour carries its share and no more. Fuel is bought by its higher heating value. "
            + "Not counted: demand charges, interconnection, carbon, resale value." + EvidenceMix.Sources(input, "economics", "compute", "power");
        return new MoneyData(Title(run), caption, lines, months.Names, monthly, "USD");
    }

    /// <summary>The finding.</summary>
    public static string Title(RunResult run)
    {
        double costUsd = CostUsd(run.Money);
        if (costUsd <= 0) { return "This run cost nothing: the scenario holds no prices"; }
        (string name, double largestUsd) = LedgerWords.Largest(run.Money, Side.Out);
        double incomeUsd = IncomeUsd(run.Money), tokensUsd = run.Money["serving_revenue"];
        string hour = run.Headline.UsefulGpuHours > 0
            ? $"a useful GPU-hour cost {Readable.Price(run.Headline.UsdPerUsefulGpuHour)}"
            : "no useful GPU-hour came of it";
        string income = incomeUsd > 0 ? $"; {(tokensUsd <= 0 ? "rent" : tokensUsd < incomeUsd ? "rent and tokens" : "tokens")} brought back {Readable.Money(incomeUsd)}" : "";
        return $"The run cost {Readable.Money(costUsd)}, {Readable.Percent(largestUsd / costUsd)} of it {LedgerWords.InSentence(name)}; {hour}{income}";
    }

    /// <summary>All costs of the run.</summary>
    public static double CostUsd(Ledger money)
    {
        double sum = 0;
        for (int i = 0; i < money.Lines.Count; i++)
        {
            if (money.Lines[i].Side == Side.Out) { sum += money[i]; }
        }
        return sum;
    }

    /// <summary>All income of the run.</summary>
    public static double IncomeUsd(Ledger money) => money["rent_received"] + money["rent_received_from_related"] + money["serving_revenue"];

    /// <summary>Who receives a kind of cost, or pays a kind of income.</summary>
    public static string[] Payees(Scenario scenario, string line)
    {
        EconomicsSpec economics = scenario.Economics;
        bool IsRelated(RentalSpec rental) => economics.Parties.Any(party => party.Related && party.Name == rental.Tenant);
        IEnumerable<LeaseSpec?> leases = scenario.Compute.Racks.Select(rack => rack.Lease)
            .Concat(scenario.Power.GasTurbines.Select(group => group.Lease))
            .Concat(scenario.Power.Batteries.Select(group => group.Lease));
        IEnumerable<string> names = line switch
        {
            "fuel" => ["gas supplier"],
            "grid_energy" => scenario.Power.Grid.Select(tie => tie.Utility),
            "leases" => leases.OfType<LeaseSpec>().Select(lease => lease.Lessor),
            "it_capital" => ["capital"],
            "facility_capital" => ["capital", .. economics.Capital.Select(item => item.PaidTo)],
            "operating" => economics.Operating.Select(item => item.PaidTo),
            "water" => ["water utilities"],
            "serving_revenue" => scenario.Serving.Pools.Select(pool => pool.Customer),
            "rent_received" => economics.Rentals.Where(rental => !IsRelated(rental)).Select(rental => rental.Tenant),
            "rent_received_from_related" => economics.Rentals.Where(IsRelated).Select(rental => rental.Tenant),
            _ => [],
        };
        return names.Distinct().ToArray();
    }
}
