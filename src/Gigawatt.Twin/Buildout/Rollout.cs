using Gigawatt.Numerics;

namespace Gigawatt.Buildout;

/// <summary>When the units of a group come into service, and leave it again.</summary>
/// <remarks>
/// Written as a date (all at once), as a list of <c>{ on, count }</c> levels, or as <c>{ from, ramp }</c>: one unit after
/// another from a date or from the day a permit is issued. Not modelled: the activities that make a unit ready.
/// </remarks>
[Shorthand(Value = nameof(From), List = nameof(Levels))]
public sealed record Rollout : ISelfChecking
{
    /// <summary>A date, or the name of the permit whose issue starts the roll-out.</summary>
    public string? From { get; init; }

    /// <summary>Time between that day and the first unit in service.</summary>
    [Default(Grade.E, "assumption: none unless said otherwise")]
    public double DelayS { get; init => field = Check.NotNegative(value); }

    /// <summary>Units put into service per unit of time; all at once when absent.</summary>
    public double? RampPerS { get; init => field = value is { } rate ? Check.Positive(rate) : null; }

    /// <summary>Units in service from given days on; a later, lower level takes units away.</summary>
    public IReadOnlyList<ServiceLevel> Levels { get; init; } = [];

    /// <summary>Last day in service, for rented units that go back.</summary>
    public DateOnly? Until { get; init; }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (From is not null && Levels.Count > 0)
        {
            yield return new(nameof(From), "either 'from' or 'levels'", "both");
        }
        for (int i = 1; i < Levels.Count; i++)
        {
            if (Levels[i].On <= Levels[i - 1].On)
            {
                yield return new(nameof(Levels), "dates that rise", $"{Levels[i].On:yyyy-MM-dd} after {Levels[i - 1].On:yyyy-MM-dd}");
            }
        }
    }
}

/// <summary>How many units are in service from a day on.</summary>
public sealed record ServiceLevel
{
    /// <summary>First day of the level.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Units in service from then on.</summary>
    public required int Count { get; init => field = Check.NotNegative(value); }
}

/// <summary>Leave to run generating units: what kind, from when, until when, and how much.</summary>
/// <remarks>
/// A temporary permit is a dated liability: units that only it allows stop on the day it expires. Units under several permits
/// use the one listed first as long as it has room. Caps on emissions
/// count the last 365 days. Not modelled: appeals, probability of issue, hours of operation.
/// </remarks>
public sealed record PermitSpec : ISelfChecking
{
    /// <summary>Name by which groups and roll-outs refer to it.</summary>
    public required string Name { get; init; }

    /// <summary>Authority that grants it.</summary>
    public string Authority { get; init; } = "";

    /// <summary>First day on which units may run under it.</summary>
    public required DateOnly Issued { get; init; }

    /// <summary>Last day on which units may run under it; without end when absent.</summary>
    public DateOnly? Expires { get; init; }

    /// <summary>Whether it is granted for a limited time by its nature.</summary>
    [Default(Grade.E, "assumption: permanent unless said otherwise")]
    public bool Temporary { get; init; }

    /// <summary>Most units that may run under it; without limit when absent.</summary>
    public int? Units { get; init => field = value is { } most ? Check.NotNegative(most) : null; }

    /// <summary>Most rated generation that may run under it; without limit when absent.</summary>
    public double? LimitMw { get; init => field = value is { } most ? Check.Positive(most) : null; }

    /// <summary>Most nitrogen oxides of units under it in any twelve months; without limit when absent.</summary>
    public double? NoxCapKg { get; init => field = value is { } most ? Check.Positive(most) : null; }

    /// <summary>Most carbon dioxide of units under it in any twelve months; without limit when absent.</summary>
    public double? Co2CapKg { get; init => field = value is { } most ? Check.Positive(most) : null; }

    /// <summary>Whether units stop before a cap is passed; otherwise they run on and the run says when it was.</summary>
    [Default(Grade.E, "assumption: the operator keeps to its permit")]
    public bool CapStopsUnits { get; init; } = true;

    /// <summary>Whether units may run under it on a day.</summary>
    public bool InForce(DateOnly day) => day >= Issued && (Expires is not { } last || day <= last);

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (Expires < Issued)
        {
            yield return new(nameof(Expires), $"a day after its issue on {Issued:yyyy-MM-dd}", $"{Expires:yyyy-MM-dd}");
        }
    }
}

/// <summary>Works out how many units of a group are in service on each day.</summary>
public static class RolloutSchedule
{
    /// <summary>Units in service on a day.</summary>
    /// <param name="rollout">When units come; null means from the beginning.</param>
    /// <param name="count">Units ordered in all.</param>
    /// <param name="from">The day that <see cref="Rollout.From"/> stands for, or null when it never comes.</param>
    /// <param name="day">The day asked about.</param>
    public static int UnitsOn(Rollout? rollout, int count, DateOnly? from, DateOnly day)
    {
        if (rollout is null) { return count; }
        if (rollout.Until is { } last && day > last) { return 0; }
        if (rollout.Levels.Count > 0)
        {
            int level = 0;
            foreach (ServiceLevel step in rollout.Levels)
            {
                if (step.On <= day) { level = step.Count; }
            }
            return Math.Min(level, count);
        }
        if (rollout.From is null) { return count; }
        if (from is not { } first) { return 0; }
        double sinceDays = day.DayNumber - first.DayNumber - rollout.DelayS / 86400;
        if (sinceDays < 0) { return 0; }
        return rollout.RampPerS is { } rate
            ? (int)Math.Min(count, Math.Floor(1 + sinceDays * 86400 * rate))
            : count;
    }
}
