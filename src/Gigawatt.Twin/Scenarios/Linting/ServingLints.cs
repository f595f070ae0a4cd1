using Gigawatt.Economics;
using Gigawatt.Numerics;
using Gigawatt.Training;

namespace Gigawatt.Scenarios.Linting;

/// <summary>Pools and contracts that ask for what is not there, or give it for nothing.</summary>
internal static class ServingLints
{
    public static void Check(SitePlan plan, LintList lints)
    {
        Scenario scenario = plan.Scenario;
        for (int i = 0; i < scenario.Serving.Pools.Count; i++)
        {
            PoolSpec pool = scenario.Serving.Pools[i];
            string path = $"serving.pools[{i}]";
            CheckGpus(plan, $"{path}.pool.gpus", pool.Name, pool.Served.Pool.Gpus, pool.On, lints);
            CheckDemand(scenario, pool, path, lints);
            if (pool.Served.MillionTokensPriceUsd is null or 0) { lints.Add(LintRules.UnpricedTokens, $"{path}.name", $"'{pool.Name}' has no 'million_tokens_price'"); }
        }
        for (int i = 0; i < scenario.Economics.Rentals.Count; i++)
        {
            RentalSpec rental = scenario.Economics.Rentals[i];
            if (rental.Contract is { } contract) { CheckGpus(plan, $"economics.rentals[{i}].contract.gpus", contract.Name, contract.Gpus, rental.On, lints); }
        }
    }

    private static void CheckGpus(SitePlan plan, string path, string name, int gpus, string? on, LintList lints)
    {
        int most = plan.MostGpus(on);
        if (gpus <= most) { return; }
        lints.Add(LintRules.TooManyForUser, path, $"'{name}' may take {Figures.Number(gpus)} GPUs, and {(on is null ? "the scenario" : $"'{on}'")} never has more than {Figures.Number(most)}");
    }

    // The busiest hour of a week without events, in the middle of the pool's last year.
    private static void CheckDemand(Scenario scenario, PoolSpec pool, string path, LintList lints)
    {
        ServedSpec served = pool.Served;
        DateOnly last = pool.End is { } end && end < scenario.End ? end : scenario.End;
        if (last < pool.Start || served.Frontier.Points.Count < 2 || served.Contradictions().Any()) { return; }
        double busiestPerS = 0;
        for (int hour = 0; hour < 168; hour++) { busiestPerS = Math.Max(busiestPerS, ServingPoolDemand.SessionsPerS(served.Demand, hour * 3600)); }
        double years = (last.DayNumber - pool.Start.DayNumber) / 365.25;
        double requestsPerS = ServingPoolDemand.RequestsPerS(served.Demand, busiestPerS) * Elementary.Pow(1 + served.YearlyGrowthFraction, years);
        double perGpu = ServingFrontier.ThroughputPerGpuS(served.Frontier, served.Pool.InteractivityPerS);
        double gpus = requestsPerS * (served.Demand.InputTokensRatio + served.Demand.OutputTokensRatio) / perGpu;
        if (gpus <= served.Pool.Gpus) { return; }
        lints.Add(LintRules.DemandBeyondPool, $"{path}.demand.sessions",
            $"the busiest hour of '{pool.Name}' on {Figures.Day(last)} keeps {Figures.Number(gpus, 4)} GPUs busy without any to spare, and the pool may take {Figures.Number(served.Pool.Gpus)}");
    }
}
