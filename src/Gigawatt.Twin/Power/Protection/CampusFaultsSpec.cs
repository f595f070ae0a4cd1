using Gigawatt.Numerics;

namespace Gigawatt.Power.Protection;

/// <summary>A depth that sags from a utility have, and how many of them have it.</summary>
public sealed record SagShareSpec
{
    /// <summary>Voltage that is left at the campus bus.</summary>
    public required double RetainedPu { get; init => field = Check.Within(value, 0, 1); }

    /// <summary>Share of all sags.</summary>
    public required double ShareFraction { get; init => field = Check.PositiveFraction(value); }
}

/// <summary>Short circuits on the circuits of the halls and sags that come in from utilities, as events of a run; none unless their times are given.</summary>
/// <remarks>
/// A circuit is a cable from the campus bus, its breakers and the transformer of a part of a hall. Its faults come one by one, each circuit with luck of its own.
/// Not modelled: faults of bars, generators, lines between parcels and utility ties themselves (their outages are events of their own), arcs, unbalanced sags, motors and contactors of cooling.
/// </remarks>
public sealed record CampusFaultsSpec : ISelfChecking
{
    /// <summary>Mean time between faults of one circuit; no faults when absent.</summary>
    public double? MeanTimeToFaultS { get; init => field = value is { } time ? Check.Positive(time) : null; }

    /// <summary>Mean time until a faulted circuit is repaired.</summary>
    [Default(Grade.C, "135 h: 1,000 ft of cable, two breakers and a transformer of IEEE 493-2007 weighted by their rates (0.0083 × 15.7 + 0.0054 × 83.1 + 0.0062 × 341.7) / 0.0199")]
    public double MeanRepairS { get; init => field = Check.Positive(value); } = 135 * 3600;

    /// <summary>Time until the racks of a lost circuit are fed another way; they wait for the repair when absent.</summary>
    public double? SwitchOverS { get; init => field = value is { } time ? Check.NotNegative(time) : null; }

    /// <summary>Rating of one circuit: what is lost with it.</summary>
    [Default(Grade.B, "hall transformers of 2.5–3.5 MVA in the library of the public Caterpillar sizing applications")]
    public double CircuitMva { get; init => field = Check.Positive(value); } = 3;

    /// <summary>Length of its cable; a fault lies anywhere on it.</summary>
    [Default(Grade.E, "assumption: 300 m, about the 1,000 ft to which rates of cables are given")]
    public double CircuitLengthM { get; init => field = Check.Positive(value); } = 300;

    /// <summary>Share of faults of one phase to ground, which leave the voltages between phases as they are where neutrals are grounded through resistors.</summary>
    [Default(Grade.E, "assumption: four of five, the usual share of faults that begin to ground")]
    public double GroundFraction { get; init => field = Check.Fraction(value); } = 0.8;

    /// <summary>Share of the other faults that lie behind the transformer of the circuit.</summary>
    [Default(Grade.E, "assumption: 30 %, the transformer's share of the rate of its circuit")]
    public double BehindTransformerFraction { get; init => field = Check.Fraction(value); } = 0.3;

    /// <summary>Time until relay and breaker have opened the circuit.</summary>
    [Default(Grade.E, "assumption: 0.1 s, an instantaneous relay and a breaker of five cycles")]
    public double ClearingS { get; init => field = Check.Within(value, 0.005, 10); } = 0.1;

    /// <summary>Mean time between sags that come in through one tie to a utility; none when absent.</summary>
    public double? MeanTimeToTieSagS { get; init => field = value is { } time ? Check.Positive(time) : null; }

    /// <summary>How long such a sag lasts.</summary>
    [Default(Grade.E, "assumption: 0.1 s, six cycles of a transmission line's protection")]
    public double TieSagLastsS { get; init => field = Check.Within(value, 0.005, 10); } = 0.1;

    /// <summary>How deep such sags are.</summary>
    [Default(Grade.E, "assumption: half of them to 0.85 pu, a quarter to 0.7, the rest deeper")]
    public IReadOnlyList<SagShareSpec> TieSags { get; init; } =
        [
            new() { RetainedPu = 0.85, ShareFraction = 0.5 }, new() { RetainedPu = 0.7, ShareFraction = 0.25 },
            new() { RetainedPu = 0.5, ShareFraction = 0.15 }, new() { RetainedPu = 0.2, ShareFraction = 0.1 },
        ];

    /// <summary>How often the utility closes onto its fault again: so many more sags follow the first.</summary>
    [Default(Grade.E, "assumption: none; six sags in 82 s came on 2024-07-10 (NERC)")]
    public int Reclosings { get; init => field = Check.NotNegative(value); }

    /// <summary>Time from one of them to the next.</summary>
    [Default(Grade.E, "assumption: 15 s, usual for automatic reclosing")]
    public double ReclosesAfterS { get; init => field = Check.Positive(value); } = 15;

    /// <summary>Share of the racks behind a double-conversion UPS.</summary>
    [Default(Grade.E, "assumption: none; training halls are often built without")]
    public double BehindUpsFraction { get; init => field = Check.Fraction(value); }

    /// <summary>That UPS.</summary>
    public UpsSpec Ups { get; init; } = new();

    /// <summary>Time until people have returned what a UPS counter keeps on batteries.</summary>
    [Default(Grade.E, "assumption: an hour")]
    public double LatchReturnS { get; init => field = Check.NotNegative(value); } = 3600;

    /// <summary>Power supplies of the racks; storage in the rack is hold-up time.</summary>
    public PowerSupplyUnitSpec Supplies { get; init; } = new();

    /// <summary>Curve that racks without a UPS bear in place of their supplies' window and hold-up: ITIC, a rule of a grid.</summary>
    public RideThroughCurveSpec? Tolerance { get; init; }

    /// <summary>Whether anything happens at all.</summary>
    public bool Happens => MeanTimeToFaultS is not null || MeanTimeToTieSagS is not null;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        double sum = TieSags.Sum(sag => sag.ShareFraction);
        if (Math.Abs(sum - 1) > 1e-6)
        {
            yield return new Contradiction(nameof(TieSags), "shares that add up to 1", FormattableString.Invariant($"{sum:0.####}"));
        }
    }
}
