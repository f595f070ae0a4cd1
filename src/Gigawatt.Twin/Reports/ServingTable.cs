using Gigawatt.Simulation;

namespace Gigawatt.Reports;

/// <summary>What GPUs did beside training runs: served users, worked for tenants, learnt from answers.</summary>
internal static class ServingTable
{
    /// <summary>The tables; without rows where the campus has no such thing.</summary>
    public static ServingData Build(ReportInput input)
    {
        RunResult run = input.Run;
        bool isThere = run.Serving.Count + run.Rentals.Count + run.Reinforcement.Count > 0;
        string caption = isThere
            ? "A million tokens, of input and output together, cost what the GPU-hours of the pool cost at the campus's mean cost of a live GPU-hour. A contract's margin "
            + "is its revenue, plus what idle hours save, less the worth of its GPU-hours in own use: that of the contract, or the same mean cost. What waits is the share "
            + "of GPU-time in which rollout or learner has nothing to do." + EvidenceMix.Sources(input, "serving", "economics", "training")
            : "";
        return new ServingData(Title(run), caption, Pools(run), Rentals(run), Learning(run));
    }

    /// <summary>The finding: what serving brought, or else what the rent did.</summary>
    public static string Title(RunResult run)
    {
        if (run.Serving.Count > 0)
        {
            double tokens = run.Serving.Sum(pool => pool.TokensRatio), revenueUsd = run.Serving.Sum(pool => pool.RevenueUsd);
            if (tokens <= 0) { return "Serving got no GPUs in this run"; }
            double costUsd = run.Serving.Sum(pool => pool.MillionTokensCostUsd * pool.TokensRatio) / tokens;
            string sold = revenueUsd > 0 ? $" and sold for {Readable.Price(revenueUsd / (tokens / 1e6))}" : "";
            return $"Serving handled {Readable.Amount(tokens)} tokens; a million of them cost {Readable.Price(costUsd)}{sold}";
        }
        if (run.Rentals.Count > 0)
        {
            double marginUsd = run.Rentals.Sum(rental => rental.MarginUsd);
            return $"Contracts brought {Readable.Money(run.Rentals.Sum(rental => rental.RevenueUsd))}, {Readable.Money(Math.Abs(marginUsd))} {(marginUsd < 0 ? "less" : "more")} than own use was worth";
        }
        return run.Reinforcement.Count > 0
            ? $"The pace of {run.Reinforcement[0].Job} is set by {Of(run.Reinforcement[0].BoundName)}; {Readable.Percent(run.Reinforcement[0].WaitingFraction)} of its GPU-time waits for the other side"
            : "";
    }

    /// <summary>Serving pools.</summary>
    public static IReadOnlyList<PoolRow> Pools(RunResult run) => [.. run.Serving.Select(pool => new PoolRow(
        pool.Name, pool.TokensRatio, pool.MeanGpus, pool.MostGpus, pool.BusyFraction, pool.LateFraction, pool.LostFraction, pool.MissingGpus, pool.MillionTokensCostUsd, pool.RevenueUsd))];

    /// <summary>Contracts for capacity.</summary>
    public static IReadOnlyList<RentalRow> Rentals(RunResult run) => [.. run.Rentals.Select(rental => new RentalRow(
        rental.Tenant, rental.Name, rental.Gpus, rental.AvailableFraction, rental.UsedFraction, rental.RevenueUsd, rental.CreditUsd, rental.CreditMonths, rental.OwnUsd, rental.MarginUsd))];

    /// <summary>Jobs of reinforcement learning.</summary>
    public static IReadOnlyList<LearningRow> Learning(RunResult run) => [.. run.Reinforcement.Select(job => new LearningRow(
        job.Job, job.BoundName, job.RolloutGpus, job.LearnerGpus, job.WaitingFraction, job.TokensPerS, job.TokensRatio, job.UpdatesRatio, job.InteractionsRatio))];

    /// <summary>The tables as rows of a terminal.</summary>
    public static IReadOnlyList<TerminalRow> Rows(RunResult run) =>
    [
        .. run.Serving.Select(pool => new TerminalRow(pool.Name, Readable.Amount(pool.TokensRatio), "tokens",
            $"On {Readable.Count(pool.MeanGpus)} GPUs, {Readable.Percent(pool.BusyFraction)} busy; {Readable.Price(pool.MillionTokensCostUsd)} a million, sold for {Readable.Money(pool.RevenueUsd)} in all; "
            + $"{Readable.Percent(pool.LateFraction)} of requests late, {Readable.Percent(pool.LostFraction)} lost")),
        .. run.Rentals.Select(rental => new TerminalRow(rental.Name, Readable.MoneyParts(rental.RevenueUsd).Value, Readable.MoneyParts(rental.RevenueUsd).Unit,
            $"Rent of {rental.Tenant} for {Readable.Count(rental.Gpus)} GPUs, {Readable.Percent(rental.AvailableFraction)} available; {Readable.Money(rental.CreditUsd)} given back; margin beside own use {Readable.Money(rental.MarginUsd)}")),
        .. run.Reinforcement.Select(job => new TerminalRow(job.Job, Readable.Amount(job.TokensRatio), "tokens",
            $"Learnt in {Readable.Amount(job.UpdatesRatio)} updates; paced by {Of(job.BoundName)}, {Readable.Percent(job.WaitingFraction)} of the GPU-time waits")),
    ];

    private static string Of(string bound) => bound == "live users" ? bound : $"the {bound}";
}

/// <summary>What GPUs did beside training runs.</summary>
/// <param name="Title">The finding.</param>
/// <param name="Caption">Basis and sources.</param>
/// <param name="Pools">Serving pools.</param>
/// <param name="Rentals">Contracts for capacity.</param>
/// <param name="Learning">Jobs of reinforcement learning.</param>
public sealed record ServingData(string Title, string Caption, IReadOnlyList<PoolRow> Pools, IReadOnlyList<RentalRow> Rentals, IReadOnlyList<LearningRow> Learning);

/// <summary>A serving pool.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Tokens">Tokens handled, of input and output.</param>
/// <param name="MeanGpus">GPUs held, mean of its days.</param>
/// <param name="MostGpus">Most GPUs held at once.</param>
/// <param name="Busy">Share of their time in which they answered.</param>
/// <param name="LateShare">Share of requests that waited longer than promised.</param>
/// <param name="LostShare">Share of requests given up.</param>
/// <param name="MissingGpus">GPUs asked for beyond those there were, mean.</param>
/// <param name="UsdPerMtok">What a million tokens cost.</param>
/// <param name="RevenueUsd">What it sold.</param>
public sealed record PoolRow(
    string Name, double Tokens, double MeanGpus, int MostGpus, double Busy, double LateShare, double LostShare, double MissingGpus, double UsdPerMtok, double RevenueUsd);

/// <summary>A contract for capacity.</summary>
/// <param name="Tenant">Who rents.</param>
/// <param name="Name">The contract.</param>
/// <param name="Gpus">GPUs promised.</param>
/// <param name="Available">Share of the GPU-hours promised that was there.</param>
/// <param name="Used">Share of them that was used.</param>
/// <param name="RevenueUsd">Rent, credits taken off.</param>
/// <param name="CreditUsd">Given back for want of availability.</param>
/// <param name="CreditMonths">Months in which something was.</param>
/// <param name="OwnUsd">Worth of the GPU-hours in own use.</param>
/// <param name="MarginUsd">What is left over own use.</param>
public sealed record RentalRow(
    string Tenant, string Name, int Gpus, double Available, double Used, double RevenueUsd, double CreditUsd, int CreditMonths, double OwnUsd, double MarginUsd);

/// <summary>A job of reinforcement learning.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bound">What sets its pace.</param>
/// <param name="RolloutGpus">GPUs that answer.</param>
/// <param name="LearnerGpus">GPUs that learn.</param>
/// <param name="Waiting">Share of GPU-time in which one side waits.</param>
/// <param name="TokensPerS">Tokens a second with all GPUs at full speed.</param>
/// <param name="Tokens">Tokens learnt and made safe.</param>
/// <param name="Updates">Updates made of them.</param>
/// <param name="Interactions">Turns of users, or answers, behind them.</param>
public sealed record LearningRow(
    string Name, string Bound, int RolloutGpus, int LearnerGpus, double Waiting, double TokensPerS, double Tokens, double Updates, double Interactions);
