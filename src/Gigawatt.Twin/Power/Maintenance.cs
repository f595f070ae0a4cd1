using Gigawatt.Numerics;

namespace Gigawatt.Power;

/// <summary>One kind of planned work on a unit: an inspection, a hot section, an exchange.</summary>
public sealed record MaintenanceWork
{
    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>Equivalent operating time from one to the next: the hard limit.</summary>
    public required double IntervalS { get; init => field = Check.Positive(value); }

    /// <summary>Time that the unit is out.</summary>
    public required double OutageS { get; init => field = Check.Positive(value); }

    /// <summary>Whether it renews the unit, giving back what ageing took.</summary>
    [Default(Grade.E, "assumption: inspections do not renew a unit")]
    public bool Renews { get; init; }
}

/// <summary>Planned maintenance of a unit by equivalent operating hours.</summary>
/// <remarks>
/// EOH = Σ hours · F + starts · EOH_start + trips · EOH_trip (the form of GE GER-3620). A unit within the allowance before its limit is
/// taken out at midnight when the others suffice, at latest at its limit. Not modelled: separate counts of starts and
/// hours, crews and spare engines, work brought forward because the unit has failed.
/// </remarks>
public sealed record MaintenanceSpec : ISelfChecking
{
    /// <summary>The kinds of work, each with its own interval.</summary>
    public required IReadOnlyList<MaintenanceWork> Works { get; init; }

    /// <summary>Equivalent time per time of operation: fuel and firing.</summary>
    [Default(Grade.E, "assumption: 1, base load on natural gas")]
    public double HourFactor { get; init => field = Check.Within(value, 0.1, 10); } = 1;

    /// <summary>Equivalent time of one start.</summary>
    [Default(Grade.E, "assumption: 10 h, as recalled for heavy machines; light ones take less harm")]
    public double StartS { get; init => field = Check.NotNegative(value); } = 10 * 3600.0;

    /// <summary>Equivalent time of one trip from load.</summary>
    [Default(Grade.E, "assumption: 40 h, four starts")]
    public double TripS { get; init => field = Check.NotNegative(value); } = 40 * 3600.0;

    /// <summary>How long before its limit work may be done, as a share of the interval.</summary>
    [Default(Grade.E, "assumption: 10 % of the interval")]
    public double AllowanceFraction { get; init => field = Check.Within(value, 0, 0.9); } = 0.1;

    /// <summary>Most units of a group that are out at once by choice; at their limit more may be.</summary>
    [Default(Grade.E, "assumption: one crew")]
    public int AtOnce { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>First month of the season for work by choice; any month when absent.</summary>
    public int? FromMonth { get; init => field = value is { } month ? Month(month, nameof(FromMonth)) : null; }

    /// <summary>Last month of the season, which may lie in the next year.</summary>
    public int? UntilMonth { get; init => field = value is { } month ? Month(month, nameof(UntilMonth)) : null; }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (Works.Count == 0) { yield return new(nameof(Works), "at least one kind of work", "none"); }
        if (FromMonth is null != UntilMonth is null) { yield return new(nameof(FromMonth), "a season with 'from_month' and 'until_month'", "one of them"); }
        foreach (MaintenanceWork work in Works)
        {
            if (work.OutageS > work.IntervalS)
            {
                yield return new(nameof(Works), "an outage shorter than its interval",
                    $"{work.Name}: {Figures.Duration(work.OutageS)} every {Figures.Duration(work.IntervalS)}");
            }
        }
    }

    private static int Month(int month, string property) =>
        month is >= 1 and <= 12 ? month : throw new SpecException(property, "a month from 1 to 12", month);
}

/// <summary>The arithmetic of planned maintenance.</summary>
public static class Maintenance
{
    /// <summary>Equivalent operating time of a duty.</summary>
    /// <param name="spec">The rule.</param>
    /// <param name="runS">Time on the bus.</param>
    /// <param name="starts">Starts.</param>
    /// <param name="trips">Trips from load.</param>
    public static double EquivalentS(MaintenanceSpec spec, double runS, int starts, int trips) =>
        runS * spec.HourFactor + starts * spec.StartS + trips * spec.TripS;

    /// <summary>Whether work by choice may begin in a month.</summary>
    public static bool InSeason(MaintenanceSpec spec, int month) => spec is not { FromMonth: { } first, UntilMonth: { } last }
        || (first <= last ? month >= first && month <= last : month >= first || month <= last);

    /// <summary>Share of the time that planned work takes from a unit that runs so much of a year.</summary>
    /// <param name="spec">The rule.</param>
    /// <param name="equivalentPerRatio">Equivalent time per calendar time.</param>
    public static double PlannedFraction(MaintenanceSpec spec, double equivalentPerRatio)
    {
        double share = 0;
        foreach (MaintenanceWork work in spec.Works) { share += equivalentPerRatio / work.IntervalS * work.OutageS; }
        return Math.Min(1, share);
    }
}
