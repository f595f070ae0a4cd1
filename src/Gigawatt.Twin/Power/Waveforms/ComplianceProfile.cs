using Gigawatt.Numerics;

namespace Gigawatt.Power.Waveforms;

/// <summary>What a rule measures.</summary>
public enum RuleKind
{
    /// <summary>Largest peak-to-peak of what lies in a band, in any window.</summary>
    BandPeakToPeak,

    /// <summary>Largest change within any window, highest less lowest.</summary>
    ChangeWithin,

    /// <summary>Largest mean ramp across any window, from the mean at its beginning to the mean at its end.</summary>
    MeanRamp,

    /// <summary>A percentile of the ramps across all windows.</summary>
    RampPercentile,

    /// <summary>Largest amplitude of a sine wave in a band.</summary>
    PeriodicAmplitude,
}

/// <summary>One numeric limit on the wave of a load.</summary>
/// <remarks>
/// Every rule is reduced to a power that must not exceed a power: a ramp is the change it makes in the window. Ends of ramps are means over a tenth of the
/// window unless the rule says otherwise, since published rules do not say how a ramp of a load with ripple is read.
/// </remarks>
public sealed record ComplianceRule : ISelfChecking
{
    /// <summary>What the rule is called in answers.</summary>
    public required string Name { get; init; }

    /// <summary>What it measures.</summary>
    public required RuleKind Kind { get; init; }

    /// <summary>Highest power, for all kinds but ramps.</summary>
    public double? LimitMw { get; init => field = value is { } given ? Check.Positive(given) : null; }

    /// <summary>Highest power as a share of the site's rating; with <see cref="LimitMw"/> the lower counts.</summary>
    public double? ShareFraction { get; init => field = value is { } given ? Check.PositiveFraction(given) : null; }

    /// <summary>Highest ramp, for ramps.</summary>
    public double? RampMwPerS { get; init => field = value is { } given ? Check.Positive(given) : null; }

    /// <summary>Length of the window; not used for sine waves.</summary>
    public double? WindowS { get; init => field = value is { } given ? Check.Positive(given) : null; }

    /// <summary>Lower end of the band.</summary>
    public double? LowHz { get; init => field = value is { } given ? Check.NotNegative(given) : null; }

    /// <summary>Upper end of the band.</summary>
    public double? HighHz { get; init => field = value is { } given ? Check.Positive(given) : null; }

    /// <summary>Which percentile of the ramps.</summary>
    public double? PercentileFraction { get; init => field = value is { } given ? Check.PositiveFraction(given) : null; }

    /// <summary>Time over which the ends of a ramp are averaged; absent for a tenth of the window.</summary>
    public double? AveragedS { get; init => field = value is { } given ? Check.Positive(given) : null; }

    /// <summary>Filter that cuts the band.</summary>
    [Default(Grade.E, "assumption: without delay, as a study does; the published proposals name no filter")]
    public BandFilterKind Filter { get; init; }

    /// <summary>The power that must not be exceeded at a site of a rating.</summary>
    public double LimitForMw(double siteMw) => Kind is RuleKind.MeanRamp or RuleKind.RampPercentile
        ? RampMwPerS!.Value * WindowS!.Value
        : Math.Min(LimitMw ?? double.PositiveInfinity, (ShareFraction ?? double.PositiveInfinity) * siteMw);

    /// <summary>Time over which the ends of a ramp are averaged.</summary>
    public double EndS => AveragedS ?? WindowS!.Value / 10;

    /// <summary>Least length of a recording that the rule can be held against.</summary>
    public double NeededS => Kind switch
    {
        RuleKind.PeriodicAmplitude => ComplianceMeter.StretchS(LowHz!.Value),
        RuleKind.MeanRamp or RuleKind.RampPercentile => WindowS!.Value + EndS,
        RuleKind.BandPeakToPeak => Math.Max(WindowS!.Value, LowHz > 0 ? 4 / LowHz.Value : 0),
        _ => WindowS!.Value,
    };

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        bool ramps = Kind is RuleKind.MeanRamp or RuleKind.RampPercentile;
        bool bands = Kind is RuleKind.BandPeakToPeak or RuleKind.PeriodicAmplitude;
        if (ramps && RampMwPerS is null) { yield return new(nameof(RampMwPerS), "a ramp such as '20 MW/min' for a rule on ramps", "none"); }
        if (!ramps && LimitMw is null && ShareFraction is null) { yield return new(nameof(LimitMw), "a limit such as '10 MW', or a share", "none"); }
        if (Kind != RuleKind.PeriodicAmplitude && WindowS is null) { yield return new(nameof(WindowS), "a window such as '5 s'", "none"); }
        if (bands && (LowHz is null || HighHz is null)) { yield return new(LowHz is null ? nameof(LowHz) : nameof(HighHz), "both ends of the band, such as '0.1 Hz' and '55 Hz'", "one or none"); }
        if (bands && LowHz >= HighHz) { yield return new(nameof(LowHz), "less than the upper end", FormattableString.Invariant($"{LowHz:0.###} Hz with {HighHz:0.###} Hz")); }
        if (Kind == RuleKind.PeriodicAmplitude && LowHz is 0) { yield return new(nameof(LowHz), "more than 0 Hz for sine waves", "0 Hz"); }
        if (Kind == RuleKind.RampPercentile && PercentileFraction is null) { yield return new(nameof(PercentileFraction), "a percentile such as '75 %'", "none"); }
    }
}

/// <summary>A range of voltage or frequency that a load has to stay connected through.</summary>
public sealed record RideThrough
{
    /// <summary>Lower end in per unit of nominal voltage; absent for a range of frequency.</summary>
    public double? FromPu { get; init => field = value is { } given ? Check.NotNegative(given) : null; }

    /// <summary>Upper end in per unit of nominal voltage.</summary>
    public double? ToPu { get; init => field = value is { } given ? Check.Positive(given) : null; }

    /// <summary>Lower end of a range of frequency.</summary>
    public double? LowHz { get; init => field = value is { } given ? Check.Positive(given) : null; }

    /// <summary>Upper end of a range of frequency.</summary>
    public double? HighHz { get; init => field = value is { } given ? Check.Positive(given) : null; }

    /// <summary>How long; absent when for ever.</summary>
    public double? LastsS { get; init => field = value is { } given ? Check.Positive(given) : null; }
}

/// <summary>What one grid operator asks of the wave of a large load, and of its ride-through as data.</summary>
[Catalog("compliance")]
public sealed record ComplianceProfile
{
    /// <summary>Short name, as in answers.</summary>
    public string Name { get; init; } = "";

    /// <summary>Who asks, and in which document.</summary>
    public string Title { get; init; } = "";

    /// <summary>Site rating from which it applies; absent when it always does.</summary>
    public double? AppliesFromMw { get; init => field = value is { } given ? Check.NotNegative(given) : null; }

    /// <summary>The limits.</summary>
    public required IReadOnlyList<ComplianceRule> Rules { get; init; }

    /// <summary>Share of the load that has to be back after a disturbance; absent when not asked.</summary>
    public double? RecoveryFraction { get; init => field = value is { } given ? Check.Fraction(given) : null; }

    /// <summary>Time within which it has to be back.</summary>
    public double? RecoveryTimeS { get; init => field = value is { } given ? Check.Positive(given) : null; }

    /// <summary>Fastest change of frequency to be withstood.</summary>
    public double? WithstandHzPerS { get; init => field = value is { } given ? Check.Positive(given) : null; }

    /// <summary>Ranges of voltage to ride through.</summary>
    public IReadOnlyList<RideThrough> Voltage { get; init; } = [];

    /// <summary>Ranges of frequency to ride through.</summary>
    public IReadOnlyList<RideThrough> Frequency { get; init; } = [];
}
