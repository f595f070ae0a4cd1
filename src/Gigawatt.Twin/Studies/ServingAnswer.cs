namespace Gigawatt.Studies;

/// <summary>The answer of the study of serving; property names are the contract.</summary>
public sealed record ServingAnswer(
    double UsdPerMtok, double KwhPerMtok, int GpusNeeded, double Utilisation, ServingAnswerWaiting Waiting, ServingAnswerWeek Week,
    IReadOnlyList<ServingAnswerFrontier> Frontier, ServingAnswerRl? Rl, ServingAnswerLiveUsers? LiveUsers, IReadOnlyList<ServingAnswerRental> Rentals);

/// <summary>How long requests wait.</summary>
public sealed record ServingAnswerWaiting(
    double MeanS, double WorstS, double LongerFraction, double WorstQueueRequests, double GrowthRequestsPerS, double OverloadedHPerWeek, bool IsStable);

/// <summary>A week of the pool.</summary>
public sealed record ServingAnswerWeek(
    int PoolGpus, double PeakSessions, double PeakTokensPerS, double MeanOnGpus, double FreeGpuHPerWeek, double PoolUtilisation, double TokensPerWeek,
    double EnergyMwhPerWeek, double UsdPerMtokAsRun);

/// <summary>A frontier, with what it gives at the promised speed; null where nothing was published.</summary>
public sealed record ServingAnswerFrontier(string Title, double? TokensPerGpuS, double? UsdPerMtok, double? KwhPerMtok, IReadOnlyList<ServingAnswerPoint> Points);

/// <summary>A point of a frontier.</summary>
public sealed record ServingAnswerPoint(double TokensPerUserS, double TokensPerGpuS, double UsdPerMtok, double KwhPerMtok);

/// <summary>A job of reinforcement learning.</summary>
public sealed record ServingAnswerRl(
    int RolloutGpus, int LearnerGpus, int BestRolloutGpus, double TokensPerS, string Bound, double SynchronousStepS, double SynchronousBusyFraction,
    double SynchronousTokensPerS, double GroupsPerS, double SimulatedGroupsPerS, double StalenessMean, double SimulatedStalenessMean,
    IReadOnlyList<double> StalenessShares, double SimulatedLearnerFraction);

/// <summary>What live users supply.</summary>
public sealed record ServingAnswerLiveUsers(
    double TokensPerDay, double LearnerGpus, double ThousandGpusTokensPerDay, double PeakSessions, double SessionMin, double BatchS);

/// <summary>A contract.</summary>
public sealed record ServingAnswerRental(
    string Name, double RevenueUsd, double PaidFraction, double CreditFraction, double OwnUseUsd, double MarginUsd, double BreakEvenUsdPerGpuH, double BreakEvenUtilisation);
