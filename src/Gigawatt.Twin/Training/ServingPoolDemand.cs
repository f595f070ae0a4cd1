using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>A time at which more users come than the calendar says: a launch, a match, an outage elsewhere.</summary>
public sealed record ServingEvent
{
    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>When it begins, counted from Monday 00:00.</summary>
    public required double AtS { get; init => field = Check.Within(value, 0, 7 * 86400); }

    /// <summary>How long it lasts.</summary>
    public required double DurationS { get; init => field = Check.Positive(value); }

    /// <summary>Arrivals over what they would be.</summary>
    public required double RiseFactor { get; init => field = Check.Positive(value); }
}

/// <summary>Who comes to be served, when and for how long: sessions of turns, each a request.</summary>
/// <remarks>Not modelled: users who leave because they wait, time zones moving the curve with the season, growth within the week.</remarks>
public sealed record ServingDemandSpec : ISelfChecking
{
    /// <summary>Sessions that begin each second, mean over the week without events.</summary>
    public required double SessionsPerS { get; init => field = Check.Positive(value); }

    /// <summary>How long a session lasts.</summary>
    [Default(Grade.E, "assumption: 10 min")]
    public double SessionS { get; init => field = Check.Positive(value); } = 600;

    /// <summary>Turns of one session.</summary>
    [Default(Grade.E, "assumption: 6")]
    public double TurnsRatio { get; init => field = Check.Positive(value); } = 6;

    /// <summary>Tokens read by the model in one turn.</summary>
    [Default(Grade.E, "assumption: 8,192, as in the published mix 8k/1k")]
    public double InputTokensRatio { get; init => field = Check.NotNegative(value); } = 8192;

    /// <summary>Tokens written by the model in one turn.</summary>
    [Default(Grade.E, "assumption: 1,024, as in the published mix 8k/1k")]
    public double OutputTokensRatio { get; init => field = Check.Positive(value); } = 1024;

    /// <summary>Spread of the length of answers: standard deviation over mean.</summary>
    [Default(Grade.E, "assumption: 1, as wide as an exponential")]
    public double VariationRatio { get; init => field = Check.NotNegative(value); } = 1;

    /// <summary>Busiest hour of the day over its mean, when no hourly factors are given.</summary>
    [Default(Grade.E, "assumption: 1.4; one region, evening peak")]
    public double DayPeakRatio { get; init => field = Check.Within(value, 1, 2); } = 1.4;

    /// <summary>Hour of the day around which the peak lies.</summary>
    [Default(Grade.E, "assumption: 20 h")]
    public int PeakHour { get; init => field = (int)Check.Within(value, 0, 23); } = 20;

    /// <summary>24 factors for the hours of a day instead of the curve; their mean becomes 1.</summary>
    public IReadOnlyList<double> HourlyFactor { get; init; } = [];

    /// <summary>Seven factors for Monday to Sunday; their mean becomes 1.</summary>
    public IReadOnlyList<double> WeeklyFactor { get; init; } = [];

    /// <summary>Peaks outside the calendar.</summary>
    public IReadOnlyList<ServingEvent> Events { get; init; } = [];

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (HourlyFactor.Count is not (0 or 24)) { yield return new(nameof(HourlyFactor), "24 factors, one an hour from midnight", FormattableString.Invariant($"{HourlyFactor.Count}")); }
        if (WeeklyFactor.Count is not (0 or 7)) { yield return new(nameof(WeeklyFactor), "seven factors, Monday to Sunday", FormattableString.Invariant($"{WeeklyFactor.Count}")); }
        if (HourlyFactor.Any(factor => factor < 0) || HourlyFactor.Count > 0 && HourlyFactor.Sum() <= 0) { yield return new(nameof(HourlyFactor), "factors of 0 or more, not all 0", FormattableString.Invariant($"{HourlyFactor.Min()}")); }
        if (WeeklyFactor.Any(factor => factor < 0) || WeeklyFactor.Count > 0 && WeeklyFactor.Sum() <= 0) { yield return new(nameof(WeeklyFactor), "factors of 0 or more, not all 0", FormattableString.Invariant($"{WeeklyFactor.Min()}")); }
    }
}

/// <summary>The demand of a moment.</summary>
public static class ServingPoolDemand
{
    /// <summary>Sessions that begin each second at a time of the week; the day's curve is interpolated between the middles of its hours.</summary>
    public static double SessionsPerS(ServingDemandSpec spec, double timeS)
    {
        double weekS = timeS - 604800 * Math.Floor(timeS / 604800);
        double rate = spec.SessionsPerS * Day(spec, weekS) * Week(spec, (int)Math.Min(6, Math.Floor(weekS / 86400)));
        for (int i = 0; i < spec.Events.Count; i++)
        {
            ServingEvent peak = spec.Events[i];
            if (weekS >= peak.AtS && weekS < peak.AtS + peak.DurationS || weekS + 604800 < peak.AtS + peak.DurationS) { rate *= peak.RiseFactor; }
        }
        return rate;
    }

    /// <summary>Sessions open at the same time: arrivals times duration (Little's law).</summary>
    public static double OpenSessionsRatio(ServingDemandSpec spec, double sessionsPerS) => sessionsPerS * spec.SessionS;

    /// <summary>Requests a second: one for each turn.</summary>
    public static double RequestsPerS(ServingDemandSpec spec, double sessionsPerS) => sessionsPerS * spec.TurnsRatio;

    /// <summary>Tokens a second, of input and output.</summary>
    public static double TokensPerS(ServingDemandSpec spec, double sessionsPerS) =>
        RequestsPerS(spec, sessionsPerS) * (spec.InputTokensRatio + spec.OutputTokensRatio);

    private static double Day(ServingDemandSpec spec, double weekS)
    {
        double hour = weekS / 3600 - 24 * Math.Floor(weekS / 86400);
        if (spec.HourlyFactor.Count == 0) { return 1 + (spec.DayPeakRatio - 1) * Elementary.Cos(2 * Math.PI * (hour - spec.PeakHour) / 24); }
        double at = hour - 0.5, below = Math.Floor(at);
        int from = ((int)below + 24) % 24;
        double sum = 0;
        for (int i = 0; i < 24; i++) { sum += spec.HourlyFactor[i]; }
        return 24 / sum * (spec.HourlyFactor[from] + (at - below) * (spec.HourlyFactor[(from + 1) % 24] - spec.HourlyFactor[from]));
    }

    private static double Week(ServingDemandSpec spec, int day)
    {
        if (spec.WeeklyFactor.Count == 0) { return 1; }
        double sum = 0;
        for (int i = 0; i < 7; i++) { sum += spec.WeeklyFactor[i]; }
        return 7 * spec.WeeklyFactor[day] / sum;
    }
}
