using Gigawatt.Economics;
using Gigawatt.Scenarios;
using Gigawatt.Tests.Simulation;
using Gigawatt.Training;
using static Gigawatt.Tests.Scenarios.Linting.SmallCampus;

namespace Gigawatt.Tests.Scenarios.Linting;

public sealed class ServingLintsTests
{
    private static Scenario With(ServedSpec served) => Sound with
    {
        Serving = new ServingSection { Pools = [new PoolSpec { Name = "chat", Start = new DateOnly(2026, 1, 1), Served = served }] },
    };

    [Fact]
    public void A_pool_larger_than_the_campus_is_told()
    {
        ServedSpec served = UserStageTests.Served(1000);
        Check(With(served with { Pool = served.Pool with { Gpus = 7344 } })).Only("GW508").What
            .ShouldBe("'chat' may take 7,344 GPUs, and the scenario never has more than 7,200");
        Check(With(served)).ShouldLack("GW508");
    }

    [Fact]
    public void A_contract_larger_than_the_campus_is_told() => Check(Sound with
    {
        Economics = Sound.Economics with
        {
            Rentals = [new RentalSpec { Tenant = "tenant", Contract = new RentalContract { Name = "cluster", Gpus = 8000, PriceUsdPerGpuS = 0.001, TermS = 1e8 } }],
        },
    }).Only("GW508").What.ShouldStartWith("'cluster' may take 8,000 GPUs");

    [Fact]
    public void A_demand_that_outgrows_its_pool_is_told()
    {
        // 70,000 requests of 1,000 tokens on 9,000 a GPU: 7,778 GPUs of 7,200.
        Check(With(UserStageTests.Served(70_000))).Only("GW509").What.ShouldContain("keeps 7,778 GPUs busy without any to spare, and the pool may take 7,200");
        Check(With(UserStageTests.Served(60_000))).ShouldLack("GW509");
    }

    [Fact]
    public void Tokens_without_a_price_are_told()
    {
        Check(With(UserStageTests.Served(1000, priceUsd: null))).Only("GW703").What.ShouldBe("'chat' has no 'million_tokens_price'");
        Check(With(UserStageTests.Served(1000))).ShouldLack("GW703");
    }
}
