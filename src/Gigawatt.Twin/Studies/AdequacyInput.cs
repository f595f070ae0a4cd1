using Gigawatt.Numerics;
using Gigawatt.Power.Adequacy;

namespace Gigawatt.Studies;

/// <summary>What adequacy is asked of: units, a load, the air they breathe.</summary>
public sealed record AdequacyInput
{
    /// <summary>Name of the plant or system.</summary>
    public required string Name { get; init; }

    /// <summary>Generating units, in groups of equal ones.</summary>
    public required IReadOnlyList<UnitGroupSpec> Units { get; init; }

    /// <summary>Load through the year.</summary>
    public required AdequacyLoadSpec Load { get; init; }

    /// <summary>Temperature of the inlet air, all year.</summary>
    [Default(Grade.E, "assumption: ISO day, at which units are rated")]
    public double InletC { get; init => field = Check.Within(value, -60, 60); } = 15;

    /// <summary>Distance of the points of the outage table; found when absent.</summary>
    public double? GridMw { get; init => field = value is { } given ? Check.Positive(given) : null; }

    /// <summary>Years to simulate beside the exact method; absent for none.</summary>
    public MonteCarloSpec? MonteCarlo { get; init; }

    /// <summary>What is accepted, to find the number of units that it takes.</summary>
    public AdequacyTargetSpec? Target { get; init; }
}

/// <summary>How much shortage is accepted, and of which group the units are counted.</summary>
public sealed record AdequacyTargetSpec : ISelfChecking
{
    /// <summary>Time with a shortage in a year.</summary>
    public double? LoleS { get; init => field = value is { } given ? Check.Positive(given) : null; }

    /// <summary>Share of the hours in which the whole load is carried.</summary>
    public double? AvailabilityFraction { get; init => field = value is { } given ? Check.Fraction(given) : null; }

    /// <summary>Group whose count is asked for; the first when absent.</summary>
    [RefersTo("units")]
    public string? Group { get; init; }

    /// <summary>Hours of shortage accepted in a year of so many hours.</summary>
    public double AcceptedH(int hours) => LoleS is { } accepted ? accepted / 3600 : hours * (1 - (AvailabilityFraction ?? 1));

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (LoleS is null == AvailabilityFraction is null)
        {
            yield return new(nameof(LoleS), "either lole (time in a year) or availability", LoleS is null ? "neither" : "both");
        }
    }
}

/// <summary>The contract of <c>gw study adequacy --json</c>.</summary>
/// <param name="LoleHPerYear">Hours of shortage a year, exact method.</param>
/// <param name="LoleDaysPerYear">Days a year whose peak is not carried.</param>
/// <param name="EensMwhPerYear">Energy not served a year.</param>
/// <param name="EuePpm">The same per million of the energy asked for.</param>
/// <param name="LolpAtPeak">Probability of a shortage at the peak.</param>
/// <param name="LossFrequencyPerYear">Shortages that begin in a year; null when durations are unknown.</param>
/// <param name="MeanDurationH">Mean length of a shortage; null when durations are unknown.</param>
/// <param name="AvailabilityFraction">Share of hours in which the whole load is carried.</param>
/// <param name="UnitCount">Units in all.</param>
/// <param name="InstalledMw">Capacity at the inlet temperature.</param>
/// <param name="PeakMw">Highest load.</param>
/// <param name="EnergyMwh">Energy asked for in a year.</param>
/// <param name="Hours">Hours of the year's chronology.</param>
/// <param name="GridMw">Distance of the points of the table.</param>
/// <param name="IsExact">Whether all outages lie on the grid.</param>
/// <param name="OutageTable">Points of the outage table.</param>
/// <param name="MonteCarlo">The simulated years; null when not asked for.</param>
/// <param name="UnitsNeeded">Fewest units for the target; null when not asked for or out of reach.</param>
/// <param name="Target">The target and what it takes; null when not asked for.</param>
public sealed record AdequacyAnswer(
    double LoleHPerYear, double LoleDaysPerYear, double EensMwhPerYear, double EuePpm, double LolpAtPeak, double LossFrequencyPerYear, double MeanDurationH,
    double AvailabilityFraction, int UnitCount, double InstalledMw, double PeakMw, double EnergyMwh, int Hours, double GridMw, bool IsExact,
    IReadOnlyList<AdequacyAnswerPoint> OutageTable, AdequacyAnswerMonteCarlo? MonteCarlo, int? UnitsNeeded, AdequacyAnswerTarget? Target);

/// <summary>A point of the outage table.</summary>
/// <param name="OutMw">Capacity out.</param>
/// <param name="Probability">Probability that so much or more is out.</param>
/// <param name="FrequencyPerYear">How often it comes to that in a year of 8,760 h; null when durations are unknown.</param>
public sealed record AdequacyAnswerPoint(double OutMw, double Probability, double FrequencyPerYear);

/// <summary>What the simulated years gave.</summary>
/// <param name="Years">Years simulated.</param>
/// <param name="Seed">Seed of the chance.</param>
/// <param name="LoleHPerYear">Mean hours of shortage.</param>
/// <param name="StandardError">Standard error of that mean.</param>
/// <param name="EensMwhPerYear">Mean energy not served.</param>
/// <param name="EensStandardError">Standard error of that mean.</param>
/// <param name="LossFrequencyPerYear">Mean number of shortages.</param>
/// <param name="LossFrequencyStandardError">Standard error of that mean.</param>
/// <param name="MeanDurationH">Mean length of a shortage.</param>
/// <param name="LossH">Hours of shortage of single years.</param>
/// <param name="UnservedMwh">Energy not served of single years.</param>
public sealed record AdequacyAnswerMonteCarlo(
    int Years, long Seed, double LoleHPerYear, double StandardError, double EensMwhPerYear, double EensStandardError, double LossFrequencyPerYear,
    double LossFrequencyStandardError, double MeanDurationH, AdequacyAnswerSpread LossH, AdequacyAnswerSpread UnservedMwh);

/// <summary>How years differ.</summary>
/// <param name="P05">One year in twenty stays below.</param>
/// <param name="P50">Every second year stays below.</param>
/// <param name="P95">Nineteen years in twenty stay below.</param>
public sealed record AdequacyAnswerSpread(double P05, double P50, double P95);

/// <summary>What a target takes.</summary>
/// <param name="Group">Group whose units are counted.</param>
/// <param name="LoleHPerYear">Hours of shortage accepted.</param>
/// <param name="Units">Fewest units; null when no number is enough.</param>
/// <param name="RatedMw">Rating of those and all other units at 15 °C.</param>
/// <param name="OverbuildFraction">The same over the peak, less one.</param>
public sealed record AdequacyAnswerTarget(string Group, double LoleHPerYear, int? Units, double RatedMw, double OverbuildFraction);
