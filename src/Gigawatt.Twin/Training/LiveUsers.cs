using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>People who talk to a model while it learns from what they say: they come when they like and write as fast as they can.</summary>
/// <remarks>
/// Only numbers of users and of words; no person and no content is in the model. Not modelled: growth, consent that is withdrawn, users who leave.
/// </remarks>
public sealed record LiveUsersSpec
{
    /// <summary>Users of a day.</summary>
    public required double DailyUsersRatio { get; init => field = Check.Positive(value); }

    /// <summary>Turns of one user in a day.</summary>
    [Default(Grade.E, "assumption: 60")]
    public double TurnsRatio { get; init => field = Check.Positive(value); } = 60;

    /// <summary>Tokens of one turn.</summary>
    [Default(Grade.E, "assumption: 150")]
    public double TokensRatio { get; init => field = Check.Positive(value); } = 150;

    /// <summary>Sessions of one user in a day.</summary>
    [Default(Grade.E, "assumption: 3")]
    public double SessionsRatio { get; init => field = Check.Positive(value); } = 3;

    /// <summary>Time of one turn: the user reads, thinks and writes.</summary>
    [Default(Grade.E, "assumption: 30 s")]
    public double TurnS { get; init => field = Check.Positive(value); } = 30;

    /// <summary>Share of the tokens that may be learnt from.</summary>
    [Default(Grade.E, "assumption: all")]
    public double UsableFraction { get; init => field = Check.PositiveFraction(value); } = 1;

    /// <summary>Busiest hour over the mean of the day.</summary>
    [Default(Grade.E, "assumption: 1.4")]
    public double PeakRatio { get; init => field = Check.Within(value, 1, 24); } = 1.4;
}

/// <summary>What a stream of live users supplies, and how many GPUs it keeps busy.</summary>
public static class LiveUsers
{
    private const double DayS = 86400;

    /// <summary>Tokens of a day: users · turns · tokens of a turn.</summary>
    public static double DailyTokensRatio(LiveUsersSpec spec) => spec.DailyUsersRatio * spec.TurnsRatio * spec.TokensRatio;

    /// <summary>Tokens a second that may be learnt from, mean of the day.</summary>
    public static double UsableTokensPerS(LiveUsersSpec spec) => DailyTokensRatio(spec) * spec.UsableFraction / DayS;

    /// <summary>Sessions that begin each second, mean of the day.</summary>
    public static double SessionsPerS(LiveUsersSpec spec) => spec.DailyUsersRatio * spec.SessionsRatio / DayS;

    /// <summary>How long one session lasts: its turns, one after the other.</summary>
    public static double SessionS(LiveUsersSpec spec) => spec.TurnsRatio / spec.SessionsRatio * spec.TurnS;

    /// <summary>Sessions open at once in the busiest hour: arrivals times duration (Little's law).</summary>
    public static double PeakSessionsRatio(LiveUsersSpec spec) => spec.PeakRatio * SessionsPerS(spec) * SessionS(spec);

    /// <summary>Learner GPUs that the whole stream keeps busy; more of them would wait for people.</summary>
    public static double LearnerGpus(LiveUsersSpec spec, double learnerTokensPerGpuS) => UsableTokensPerS(spec) / learnerTokensPerGpuS;

    /// <summary>Time until one update's tokens have been written by people.</summary>
    public static double BatchS(LiveUsersSpec spec, double batchTokensRatio) => batchTokensRatio / UsableTokensPerS(spec);
}
