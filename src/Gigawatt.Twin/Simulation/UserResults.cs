namespace Gigawatt.Simulation;

/// <summary>What a serving pool came to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TokensRatio">Tokens handled, of input and output.</param>
/// <param name="MeanGpus">GPUs held, mean of its days.</param>
/// <param name="MostGpus">Most GPUs held at once.</param>
/// <param name="BusyFraction">Share of their time in which they answered.</param>
/// <param name="LateFraction">Share of the requests that waited longer than promised.</param>
/// <param name="LostFraction">Share of the requests given up.</param>
/// <param name="MissingGpus">GPUs that the demand asked for beyond those there were, mean of its days.</param>
/// <param name="MillionTokensCostUsd">What a million tokens cost: its GPU-hours at the campus's cost of a live one.</param>
/// <param name="RevenueUsd">What it sold.</param>
public readonly record struct ServingResult(
    string Name, double TokensRatio, double MeanGpus, int MostGpus, double BusyFraction, double LateFraction, double LostFraction, double MissingGpus,
    double MillionTokensCostUsd, double RevenueUsd);

/// <summary>What a contract for capacity came to.</summary>
/// <param name="Tenant">Who rents.</param>
/// <param name="Name">The contract.</param>
/// <param name="Gpus">GPUs promised.</param>
/// <param name="AvailableFraction">Share of the GPU-hours promised that was there.</param>
/// <param name="UsedFraction">Share of them that the tenant used.</param>
/// <param name="RevenueUsd">Rent, credits taken off.</param>
/// <param name="CreditUsd">Given back for want of availability.</param>
/// <param name="CreditMonths">Months in which something was.</param>
/// <param name="OwnUsd">What the GPU-hours would have been worth in own use.</param>
/// <param name="MarginUsd">Revenue, plus what idle hours save, less the own use given up.</param>
public readonly record struct RentalResult(
    string Tenant, string Name, int Gpus, double AvailableFraction, double UsedFraction, double RevenueUsd, double CreditUsd, int CreditMonths, double OwnUsd, double MarginUsd);

/// <summary>What a job of reinforcement learning came to.</summary>
/// <param name="Job">Its name.</param>
/// <param name="BoundName">What set its pace: "rollout", "learner" or "live users".</param>
/// <param name="RolloutGpus">GPUs that answer.</param>
/// <param name="LearnerGpus">GPUs that learn.</param>
/// <param name="WaitingFraction">Share of its GPU-time in which one side waits.</param>
/// <param name="TokensPerS">Tokens a second with all its GPUs at full speed.</param>
/// <param name="TokensRatio">Tokens learnt and made safe.</param>
/// <param name="UpdatesRatio">Updates made of them.</param>
/// <param name="InteractionsRatio">Turns of users, or answers, behind them.</param>
public readonly record struct ReinforcementResult(
    string Job, string BoundName, int RolloutGpus, int LearnerGpus, double WaitingFraction, double TokensPerS, double TokensRatio, double UpdatesRatio, double InteractionsRatio)
{
    /// <summary>A job as it stands.</summary>
    public static ReinforcementResult Of(SiteJob job)
    {
        Training.RolloutPace pace = job.Learning!;
        double tokens = job.Learnt.TokensRatio;
        return new ReinforcementResult(
            job.Spec.Name, pace.BoundName, pace.RolloutGpus, pace.LearnerGpus, pace.WaitingFraction, pace.TokensPerS, tokens, tokens / pace.BatchTokensRatio, pace.InteractionsRatio(tokens));
    }
}
