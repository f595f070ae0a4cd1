using Gigawatt.Economics;
using Gigawatt.Scenarios;
using Gigawatt.Simulation;
using Gigawatt.Tests.Simulation;

namespace Gigawatt.Tests.Economics;

/// <summary>Who is paid what in two days of the small campus; each amount can be redone on paper.</summary>
public sealed class CashTests
{
    private const double MonthS = 365.25 / 12 * 86400;
    private const double MmbtuMwh = 0.29307107017222;

    private static readonly Scenario TwoDays = Island.Scenario(new DateOnly(2026, 1, 2)) with
    {
        StepS = 300,
        Economics = new EconomicsSpec { DiscountRateFraction = 0 },
    };

    [Fact]
    public void Fuel_is_paid_by_its_higher_heating_value()
    {
        RunResult run = Island.Run(TwoDays);
        // Turbines count fuel by its lower heating value; gas is sold by the higher, 1.108 of it, at 3.76 USD/MMBtu.
        run.Money["fuel"].ShouldBe(run.Energy["fuel"] * 1.108 * 3.76 / MmbtuMwh, 1);
        run.Headline.Co2T.ShouldBe(run.Energy["fuel"] * 1.108 * 53.06 / MmbtuMwh / 1000, 1e-3);
    }

    [Fact]
    public void Staff_is_paid_by_the_second() =>
        Run(new EconomicsSpec { Operating = [new() { Name = "staff", CostUsdPerS = 1 }] }).Money["operating"].ShouldBe(172_800, 1e-6);

    [Fact]
    public void Upkeep_is_paid_by_the_live_megawatt()
    {
        RunResult run = Run(new EconomicsSpec { Operating = [new() { Name = "upkeep", LiveCostUsdPerMwS = 0.01 }] });
        run.Money["operating"].ShouldBe(run.Days.Sum(day => day.Capacity.LiveMw) * 864, 1e-6);
    }

    [Fact]
    public void Operating_items_begin_and_end_on_their_days() => Run(new EconomicsSpec
    {
        Operating =
        [
            new() { Name = "first day", CostUsdPerS = 1, Until = new(2026, 1, 1) },
            new() { Name = "second day", CostUsdPerS = 10, From = new(2026, 1, 2) },
            new() { Name = "later", CostUsdPerS = 100, From = new(2026, 1, 3) },
        ],
    }).Money["operating"].ShouldBe(86_400 + 864_000, 1e-6);

    [Fact]
    public void Capital_is_paid_off_level_over_its_life()
    {
        // 365.25 MUSD over ten years without interest: 100,000 USD a day. Turbines, 10 x 13 MUSD over 14 years, come on top.
        RunResult run = Run(new EconomicsSpec
        {
            DiscountRateFraction = 0,
            Capital = [new() { Name = "halls", CostUsd = 365.25e6, LifeS = 10 * Finance.YearS, From = new(2026, 1, 2) }],
        });
        double turbines = 10 * 13e6 / (14 * Finance.YearS) * 2 * 86400;
        run.Money["facility_capital"].ShouldBe(100_000 + turbines, 1e-3);
        run.Money["it_capital"].ShouldBe(500 * 3e6 / (5 * Finance.YearS) * 2 * 86400, 1e-3);
    }

    [Fact]
    public void A_rented_turbine_costs_rent_instead_of_capital()
    {
        // 165 MW at 46 USD/kW-month are 7.59 MUSD a month, 249,363 USD a day.
        LeaseSpec lease = new() { Lessor = "owner", RentUsdPerMwS = 46_000 / MonthS };
        RunResult run = Island.Run(TwoDays with
        {
            Power = TwoDays.Power with { GasTurbines = [TwoDays.Power.GasTurbines[0] with { Lease = lease }] },
        });
        run.Money["leases"].ShouldBe(2 * 249_363, 1);
        run.Money["facility_capital"].ShouldBe(0);
        run.Parties.ShouldContain(party => party.Party == "owner" && Math.Abs(party.NetReceivedUsd - 2 * 249_363) < 1);
    }

    [Theory]
    [InlineData(false, "rent_received")]
    [InlineData(true, "rent_received_from_related")]
    public void A_tenant_pays_while_its_job_exists_and_a_related_one_is_told_apart(bool related, string line) => Run(new EconomicsSpec
    {
        Rentals = [new() { Tenant = "tenant", Job = "small", RentUsdPerS = 2 }],
        Parties = [new() { Name = "tenant", Related = related }],
    }).Money[line].ShouldBe(2 * 86_400, 601);                           // the job exists from the second day on, to a step of 300 s

    [Fact]
    public void Rent_by_the_GPU_counts_the_GPUs_that_the_job_holds()
    {
        // 32,000 of the 36,000 GPUs are wanted; the small job holds its 8,000 within minutes.
        double usd = Run(new EconomicsSpec
        {
            Rentals = [new() { Tenant = "tenant", Job = "small", GpuRentUsdPerGpuS = 0.001 }],
        }).Money["rent_received"];
        usd.ShouldBeInRange(0.9 * 8000 * 86.4, 8000 * 86.4);
    }

    [Fact]
    public void What_the_operator_pays_others_receive()
    {
        RunResult run = Run(new EconomicsSpec
        {
            Operating = [new() { Name = "staff", CostUsdPerS = 1 }],
            Rentals = [new() { Tenant = "tenant", Job = "small", RentUsdPerS = 2 }],
        });
        run.Parties.Sum(party => party.NetReceivedUsd).ShouldBe(0, 1e-3);
        run.Money.RelativeResidual.ShouldBeLessThan(1e-12);
    }

    private static RunResult Run(EconomicsSpec economics) => Island.Run(TwoDays with { Economics = economics });
}
