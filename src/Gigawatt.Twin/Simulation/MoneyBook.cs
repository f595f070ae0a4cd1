using Gigawatt.Economics;
using Gigawatt.Power;
using Gigawatt.Scenarios;
using Gigawatt.Water;

namespace Gigawatt.Simulation;

/// <summary>The operator's cash: what flows every second, worked out once a day, and what each step adds to it.</summary>
/// <remarks>
/// Capital is paid in level payments from the day it is in service; rent, capital and operating cost accrue evenly.
/// Not modelled: working capital, taxes, interest during construction, who funds the balance.
/// </remarks>
public sealed class MoneyBook
{
    private const int FuelLine = 2;
    private const int GridLine = 3;
    private const int LeaseLine = 4;
    private const int ItCapitalLine = 5;
    private const int FacilityCapitalLine = 6;
    private const int OperatingLine = 7;
    private const int WaterLine = 8;
    private const int BalanceLine = 9;
    private const int ServingLine = 10;

    private readonly Scenario scenario;
    private readonly List<Flow> flows = [];
    private readonly List<LeaseBook> leases = [];
    private int leaseCount;
    private readonly TenantLine[] rentals;
    private readonly int[] customers;
    private readonly int[] utilities;
    private readonly int operatorParty;
    private readonly int gasParty;
    private readonly int upkeepParty;
    private readonly int waterParty;
    private readonly double itFactorPerS;
    private readonly double facilityFactorPerS;
    private double gasUsdPerMwh;

    /// <summary>Opens the book.</summary>
    public MoneyBook(Scenario scenario)
    {
        this.scenario = scenario;
        EconomicsSpec economics = scenario.Economics;
        operatorParty = Cash.Party(scenario.Site.Operator);
        gasParty = Cash.Party("gas supplier");
        upkeepParty = Cash.Party("suppliers");
        waterParty = Cash.Party("water utilities");
        utilities = scenario.Power.Grid.Select(tie => Cash.Party(tie.Utility)).Distinct().ToArray();
        rentals = economics.Rentals.Select(contract => new TenantLine(
            contract, Cash.Party(contract.Tenant),
            economics.Parties.Any(party => party.Related && party.Name == contract.Tenant) ? 1 : 0)).ToArray();
        customers = scenario.Serving.Pools.Select(pool => Cash.Party(pool.Customer)).ToArray();
        itFactorPerS = Finance.CapitalRecoveryFactor(economics.DiscountRateFraction, economics.ItLifeS) / Finance.YearS;
        facilityFactorPerS = Finance.CapitalRecoveryFactor(economics.DiscountRateFraction, economics.FacilityLifeS) / Finance.YearS;
    }

    /// <summary>Who paid whom.</summary>
    public CashBook Cash { get; } = new();

    /// <summary>What came in = what went out + change of balance; USD.</summary>
    public Ledger Ledger { get; } = new("money", "USD",
        ("rent_received", Side.In), ("rent_received_from_related", Side.In), ("fuel", Side.Out), ("grid_energy", Side.Out),
        ("leases", Side.Out), ("it_capital", Side.Out), ("facility_capital", Side.Out), ("operating", Side.Out), ("water", Side.Out),
        ("balance", Side.Stored), ("serving_revenue", Side.In));

    /// <summary>Carbon dioxide of the fuel burnt, tonnes.</summary>
    public double Co2T { get; private set; }

    /// <summary>Everything spent so far.</summary>
    public double CostUsd
    {
        get
        {
            double cost = 0;
            for (int line = FuelLine; line <= WaterLine; line++) { cost += Ledger[line]; }
            return cost;
        }
    }

    /// <summary>Works out what flows every second of a day.</summary>
    public void NewDay(Site site)
    {
        EconomicsSpec economics = scenario.Economics;
        gasUsdPerMwh = economics.Gas.OnUsdPerMwh(site.Today) * economics.Gas.HigherToLowerRatio;
        flows.Clear();
        leaseCount = 0;
        foreach (RackGroup rack in site.Racks)
        {
            Own(site.Today, rack.Spec.Lease, rack.Delivered * rack.FullMw, rack.Delivered * (rack.Spec.Rack.PriceUsd ?? 0), CostKind.ItCapital);
        }
        Generation generation = site.Generation;
        for (int i = 0; i < generation.Plant.Generators.Length; i++)
        {
            GeneratorGroup group = generation.Plant.Generators[i];
            Own(
                site.Today, scenario.Power.GasTurbines[generation.ScenarioIndex(i)].Lease, group.Installed * group.Spec.RatedMw,
                group.Installed * (group.Spec.PriceUsd ?? 0), CostKind.FacilityCapital, group);
        }
        for (int i = 0; i < generation.BatteryOutages.Length; i++)
        {
            BatteryGroupSpec group = scenario.Power.Batteries[i];
            int blocks = generation.BatteryOutages[i].InstalledUnits;
            Own(site.Today, group.Lease, blocks * group.Block.RatedMw, blocks * (group.Block.PriceUsd ?? 0), CostKind.FacilityCapital);
        }
        foreach (CapitalItem item in economics.Capital)
        {
            if (item.From is { } first && site.Today < first) { continue; }
            bool it = item.Buys == CapitalKind.It;
            double factorPerS = item.LifeS is { } life
                ? Finance.CapitalRecoveryFactor(economics.DiscountRateFraction, life) / Finance.YearS
                : it ? itFactorPerS : facilityFactorPerS;
            Add(
                it ? CostKind.ItCapital : CostKind.FacilityCapital, it ? ItCapitalLine : FacilityCapitalLine, item.PaidTo,
                item.CostUsd * factorPerS);
        }
        foreach (OperatingItem item in economics.Operating)
        {
            if ((item.From is { } first && site.Today < first) || (item.Until is { } last && site.Today > last)) { continue; }
            Add(CostKind.Operating, OperatingLine, item.PaidTo, item.CostUsdPerS + item.LiveCostUsdPerMwS * site.Capacity.LiveMw);
        }
    }

    /// <summary>Books one step.</summary>
    public void Book(Site site, in PowerStep power, in WaterStep water, double stepS)
    {
        EconomicsSpec economics = scenario.Economics;
        double fuelMwh = power.FuelMw * stepS / 3600;
        Co2T += fuelMwh * economics.Gas.HigherToLowerRatio * economics.Gas.Co2KgPerMwh / 1000;
        double boughtMwh = fuelMwh, upkeepUsd = 0;
        Generation generation = site.Generation;
        for (int i = 0; i < generation.Plant.Generators.Length; i++)
        {
            GeneratorGroup group = generation.Plant.Generators[i];
            LeaseSpec? lease = scenario.Power.GasTurbines[generation.ScenarioIndex(i)].Lease;
            if (lease is { FuelByLessee: false }) { boughtMwh -= group.FuelMw * stepS / 3600; }
            if (lease is not { UpkeepByLessor: true }) { upkeepUsd += group.OutputMw * stepS / 3600 * group.Spec.VariableCostUsdPerMwh; }
        }
        Spend(site, CostKind.Fuel, FuelLine, gasParty, Math.Max(0, boughtMwh) * gasUsdPerMwh);
        if (upkeepUsd > 0) { Spend(site, CostKind.Operating, OperatingLine, upkeepParty, upkeepUsd); }
        double gridUsd = power.GridMw * stepS / 3600 * site.Generation.GridUsdPerMwh;
        foreach (int utility in utilities) { Spend(site, CostKind.GridEnergy, GridLine, utility, gridUsd / utilities.Length); }
        for (int i = 0; i < flows.Count; i++)
        {
            Flow flow = flows[i];
            Spend(site, flow.Kind, flow.Line, flow.Party, flow.UsdPerS * stepS);
        }
        Spend(site, CostKind.Water, WaterLine, waterParty,
            (water.CityM3PerS * economics.CityWaterUsdPerM3 + water.ReclaimedM3PerS * economics.ReclaimedWaterUsdPerM3) * stepS);
        foreach (TenantLine rental in rentals) { Earn(site, rental, stepS); }
        Ledger.Set(BalanceLine, Cash.BalanceUsd(operatorParty));
    }

    /// <summary>Rent of a contract, or what goes back of it, by its place in the scenario.</summary>
    internal void Rent(Site site, int contract, double amountUsd) => Receive(site, rentals[contract].Line, rentals[contract].Party, amountUsd);

    /// <summary>What a pool sold, by its place in the scenario.</summary>
    internal void Sell(Site site, int pool, double amountUsd) => Receive(site, ServingLine, customers[pool], amountUsd);

    private void Receive(Site site, int line, int party, double amountUsd)
    {
        Ledger.Book(line, amountUsd);
        Cash.Pay(party, operatorParty, amountUsd);
        site.Day.IncomeUsd += amountUsd;
        Ledger.Set(BalanceLine, Cash.BalanceUsd(operatorParty));
    }

    private void Earn(Site site, TenantLine rental, double stepS)
    {
        foreach (SiteJob job in site.Jobs)
        {
            if (rental.Contract.Job is null || job.Spec.Name != rental.Contract.Job || site.Today < job.Spec.Start || site.Today > job.Spec.End) { continue; }
            double amountUsd = (rental.Contract.RentUsdPerS + rental.Contract.GpuRentUsdPerGpuS * job.State.HeldGpus) * stepS;
            Receive(site, rental.Line, rental.Party, amountUsd);
        }
    }

    private void Own(DateOnly day, LeaseSpec? lease, double ratedMw, double priceUsd, CostKind kind, GeneratorGroup? units = null)
    {
        if (lease is not null)
        {
            // Contracts are asked for in the same order every day.
            if (leaseCount == leases.Count) { leases.Add(new LeaseBook(lease)); }
            Add(CostKind.Leases, LeaseLine, lease.Lessor, leases[leaseCount++].NewDayUsdPerS(day, ratedMw, units?.Installed ?? 0, units?.FailedUnitS ?? 0));
        }
        else if (kind == CostKind.ItCapital) { Add(kind, ItCapitalLine, "capital", priceUsd * itFactorPerS); }
        else { Add(kind, FacilityCapitalLine, "capital", priceUsd * facilityFactorPerS); }
    }

    private void Add(CostKind kind, int line, string party, double usdPerS)
    {
        if (usdPerS > 0) { flows.Add(new Flow(kind, line, Cash.Party(party), usdPerS)); }
    }

    private void Spend(Site site, CostKind kind, int line, int party, double amountUsd)
    {
        Ledger.Book(line, amountUsd);
        Cash.Pay(operatorParty, party, amountUsd);
        site.Day.CostUsd += amountUsd;
        site.Day.CostByKindUsd[(int)kind] += amountUsd;
    }

    private readonly record struct Flow(CostKind Kind, int Line, int Party, double UsdPerS);

    private readonly record struct TenantLine(RentalSpec Contract, int Party, int Line);
}
