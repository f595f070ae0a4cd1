using Gigawatt.Numerics;

namespace Gigawatt.Power.Adequacy;

/// <summary>A partial outage: the unit runs on, but not to its rating.</summary>
public sealed record DeratedStateSpec
{
    /// <summary>Share of the rating that is left in this state.</summary>
    public required double OutputFraction { get; init => field = Check.Fraction(value); }

    /// <summary>Share of time spent in this state over the long run.</summary>
    public required double ProbabilityFraction { get; init => field = Check.Fraction(value); }

    /// <summary>Mean time in this state before the full rating returns; without it there are no frequencies and no chronology.</summary>
    public double? MeanDurationS { get; init => field = value is { } given ? Check.Positive(given) : null; }
}

/// <summary>Equal generating units that fail and are repaired independently of each other.</summary>
/// <remarks>
/// Unavailability q = MTTR / (MTTF + MTTR); of MTTF, MTTR and forced outage rate any two give the third. Output falls with inlet air above
/// 15 °C by a share of the rating per kelvin and does not rise below. β-factor: of each unit's unavailability the share β is one cause that
/// takes the whole group. Not modelled: planned maintenance, failures to start, crews, wear, fuel supply.
/// </remarks>
public sealed record UnitGroupSpec : ISelfChecking
{
    private const double IsoInletC = 15;
    private const double RoundingFraction = 5e-4;

    /// <summary>Name of the group.</summary>
    public required string Name { get; init; }

    /// <summary>Units in the group.</summary>
    [Default(Grade.E, "assumption: a group that gives no count is one unit")]
    public int Count { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>Output of one unit at 15 °C.</summary>
    public required double RatedMw { get; init => field = Check.Positive(value); }

    /// <summary>Mean time in service until a forced outage.</summary>
    public double? MttfS { get; init => field = value is { } given ? Check.Positive(given) : null; }

    /// <summary>Mean time from a forced outage back to service.</summary>
    public double? MttrS { get; init => field = value is { } given ? Check.Positive(given) : null; }

    /// <summary>Share of time on forced outage over the long run.</summary>
    public double? ForcedOutageRateFraction
    {
        get;
        init => field = value is null or (>= 0 and < 1) ? value
            : throw new SpecException(nameof(ForcedOutageRateFraction), "0 % or more and less than 100 %", value.Value);
    }

    /// <summary>Output lost per kelvin of inlet air above 15 °C, as a share of the rating.</summary>
    [Default(Grade.E, "assumption: the rating is that of the site")]
    public double DerateFractionPerK { get; init => field = Check.Within(value, 0, 0.05); }

    /// <summary>Share of a unit's unavailability whose cause takes the whole group at once (β).</summary>
    [Default(Grade.E, "assumption: independent units, which flatters; 1 % to 10 % is usual")]
    public double CommonCauseFraction { get; init => field = Check.Fraction(value); }

    /// <summary>Partial outages, each by its share of time.</summary>
    public IReadOnlyList<DeratedStateSpec> DeratedStates { get; init; } = [];

    /// <summary>Share of time on full forced outage.</summary>
    public double UnavailabilityFraction => ForcedOutageRateFraction ?? (MttfS is { } up && MttrS is { } down ? down / (up + down) : double.NaN);

    /// <summary>Mean time of a full outage; not a number when nothing given tells it.</summary>
    public double MeanRepairS => MttrS ?? (MttfS is { } up && ForcedOutageRateFraction is { } q ? up * q / (1 - q) : double.NaN);

    /// <summary>Output of one unit at an inlet temperature.</summary>
    public double AvailableMw(double inletC) => RatedMw * Math.Limit(1 - DerateFractionPerK * (inletC - IsoInletC), 0, 1);

    /// <summary>The group at an inlet temperature, as the methods take it.</summary>
    public UnitGroup At(double inletC)
    {
        double availableMw = AvailableMw(inletC);
        List<OutageState> states = [];
        if (UnavailabilityFraction > 0) { states.Add(new(availableMw, UnavailabilityFraction, MeanRepairS)); }
        states.AddRange(DeratedStates.Where(one => one.ProbabilityFraction > 0)
            .Select(one => new OutageState(availableMw * (1 - one.OutputFraction), one.ProbabilityFraction, one.MeanDurationS ?? double.NaN)));
        return new UnitGroup(Name, Count, availableMw, [.. states], CommonCauseFraction);
    }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (MttfS is { } up && MttrS is { } down)
        {
            double q = down / (up + down);
            if (ForcedOutageRateFraction is { } given && Math.Abs(given - q) > RoundingFraction)
            {
                yield return new(nameof(ForcedOutageRateFraction),
                    FormattableString.Invariant($"the {q * 100:0.##} % that mttf {up / 3600:0.##} h and mttr {down / 3600:0.##} h give, or one of the three left out"),
                    FormattableString.Invariant($"{given * 100:0.##} %"));
            }
        }
        else if (ForcedOutageRateFraction is null)
        {
            yield return new(nameof(ForcedOutageRateFraction), "a forced outage rate such as '4 %', or mttf and mttr", MttfS is null && MttrS is null ? "neither" : "only one of them");
        }
        double all = (double.IsNaN(UnavailabilityFraction) ? 0 : UnavailabilityFraction) + DeratedStates.Sum(one => one.ProbabilityFraction);
        if (all >= 1)
        {
            yield return new(nameof(DeratedStates), "outages and derated states that together take less than 100 % of the time",
                FormattableString.Invariant($"{all * 100:0.##} %"));
        }
        if (CommonCauseFraction > 0 && DeratedStates.Count > 0)
        {
            yield return new(nameof(CommonCauseFraction), "units without derated states, since the β-factor is about full outages", "both");
        }
    }
}

/// <summary>A state in which a unit gives less than it could.</summary>
/// <param name="OutMw">Output that is missing.</param>
/// <param name="ProbabilityFraction">Share of time in the state over the long run.</param>
/// <param name="MeanDurationS">Mean stay, entered from and left to the full state; not a number when unknown.</param>
public readonly record struct OutageState(double OutMw, double ProbabilityFraction, double MeanDurationS)
{
    /// <summary>How often one unit enters the state, over the long run.</summary>
    public double EntriesPerS => ProbabilityFraction / MeanDurationS;
}

/// <summary>Equal independent units, ready to be counted.</summary>
/// <param name="Name">Name of the group.</param>
/// <param name="Count">Units.</param>
/// <param name="AvailableMw">Output of one unit in full service.</param>
/// <param name="States">States with less output; what probability they leave is full service.</param>
/// <param name="CommonCauseFraction">Share β of the unavailability that takes all units together.</param>
public sealed record UnitGroup(string Name, int Count, double AvailableMw, IReadOnlyList<OutageState> States, double CommonCauseFraction = 0)
{
    /// <summary>Equal units with an unavailability, and a mean repair time where frequencies are wanted.</summary>
    public static UnitGroup TwoState(string name, int count, double availableMw, double unavailabilityFraction, double meanRepairS = double.NaN) =>
        new(name, count, availableMw, [new OutageState(availableMw, unavailabilityFraction, meanRepairS)]);

    /// <summary>Output of the whole group in full service.</summary>
    public double InstalledMw => Count * AvailableMw;

    /// <summary>Whether the stays in all states are known, so that frequencies and chronologies can be.</summary>
    public bool HasDurations => States.All(state => double.IsFinite(state.MeanDurationS));
}
