using Gigawatt.Numerics;

namespace Gigawatt.Power.Protection;

/// <summary>A part of a frequency boundary: how long a frequency beyond its edge must be endured.</summary>
public sealed record FrequencyBandSpec
{
    /// <summary>Edge, at or beyond which it holds.</summary>
    public required double BeyondHz { get; init => field = Check.Within(value, 30, 90); }

    /// <summary>Time that must be endured at the edge; zero where a trip may be instantaneous.</summary>
    public required double LastsS { get; init => field = Check.NotNegative(value); }

    /// <summary>Distance beyond the edge over which that time falls to a tenth; absent: it is the same everywhere in the band.</summary>
    public double? TenthEveryHz { get; init => field = value is { } given ? Check.Positive(given) : null; }
}

/// <summary>A published frequency boundary within which a source must stay connected.</summary>
/// <remarks>
/// Two sides of bands, the nearest to nominal first; of those that hold the shortest time counts, between the first two nothing may ever trip. Within a band
/// t = lasts · 10^(−|f − beyond| / tenth_every), the form of PRC-024 for the Eastern Interconnection. Not modelled: measuring windows.
/// </remarks>
[Catalog("frequency_boundaries")]
public sealed record FrequencyBoundarySpec : ISelfChecking
{
    /// <summary>PRC-024-3 for the Eastern Interconnection: t = 10^(1.7373 f − 100.116) below 59.5 Hz and 10^(90.935 − 1.45713 f) above 60.5 Hz.</summary>
    public static FrequencyBoundarySpec Eastern { get; } = new()
    {
        Title = "PRC-024-3, Eastern Interconnection",
        Under = [new() { BeyondHz = 59.5, LastsS = 1792.05, TenthEveryHz = 0.5756058 }, new() { BeyondHz = 57.8, LastsS = 0 }],
        Over = [new() { BeyondHz = 60.5, LastsS = 600.6687, TenthEveryHz = 0.6862806 }, new() { BeyondHz = 61.8, LastsS = 0 }],
    };

    /// <summary>What it is called in sentences.</summary>
    public required string Title { get; init; }

    /// <summary>Bands below nominal, the highest first.</summary>
    public IReadOnlyList<FrequencyBandSpec> Under { get; init; } = [];

    /// <summary>Bands above nominal, the lowest first.</summary>
    public IReadOnlyList<FrequencyBandSpec> Over { get; init; } = [];

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (Under.Count + Over.Count == 0) { yield return new(nameof(Under), "one band or more in 'under' or 'over'", "none"); }
        if (Wrong(Under, -1) is { } under) { yield return new(nameof(Under), "edges that fall and times that do not grow with them", under); }
        if (Wrong(Over, 1) is { } over) { yield return new(nameof(Over), "edges that rise and times that do not grow with them", over); }
        if (Under.Count > 0 && Over.Count > 0 && Under[0].BeyondHz >= Over[0].BeyondHz)
        {
            yield return new(nameof(Under), FormattableString.Invariant($"edges below {Over[0].BeyondHz:0.###} Hz, where 'over' begins"), FormattableString.Invariant($"{Under[0].BeyondHz:0.###} Hz"));
        }
    }

    private static string? Wrong(IReadOnlyList<FrequencyBandSpec> bands, int direction)
    {
        for (int i = 1; i < bands.Count; i++)
        {
            if (direction * (bands[i].BeyondHz - bands[i - 1].BeyondHz) <= 0) { return FormattableString.Invariant($"{bands[i].BeyondHz:0.###} Hz after {bands[i - 1].BeyondHz:0.###} Hz"); }
            if (bands[i].LastsS > bands[i - 1].LastsS)
            {
                return FormattableString.Invariant($"{bands[i].LastsS:0.###} s at {bands[i].BeyondHz:0.###} Hz after {bands[i - 1].LastsS:0.###} s at {bands[i - 1].BeyondHz:0.###} Hz");
            }
        }
        return null;
    }
}

/// <summary>Shortest time in which a frequency may trip a source.</summary>
/// <remarks>Source of the form: NERC PRC-024-3, attachment 1, quoted from memory: grade E until read again there.</remarks>
public static class FrequencyRelayCurves
{
    /// <summary>Time for which a frequency must be endured; infinite in the continuous band, zero where a trip may be instantaneous.</summary>
    public static double EnduredS(FrequencyBoundarySpec boundary, double frequencyHz)
    {
        double enduredS = double.PositiveInfinity;
        foreach (FrequencyBandSpec band in boundary.Under) { enduredS = Math.Min(enduredS, InBandS(band, band.BeyondHz - frequencyHz)); }
        foreach (FrequencyBandSpec band in boundary.Over) { enduredS = Math.Min(enduredS, InBandS(band, frequencyHz - band.BeyondHz)); }
        return enduredS;
    }

    /// <summary>Every stage of a relay that trips where the boundary wants it to stay, in words.</summary>
    public static IEnumerable<string> Conflicts(FrequencyRelaySpec relay, FrequencyBoundarySpec boundary)
    {
        foreach (FrequencyStageSpec stage in relay.Under.Concat(relay.Over))
        {
            double enduredS = EnduredS(boundary, stage.LevelHz);
            if (stage.DelayS < enduredS)
            {
                string asked = double.IsFinite(enduredS) ? FormattableString.Invariant($"{enduredS:0.#} s") : "no trip at all";
                yield return FormattableString.Invariant($"the stage at {stage.LevelHz:0.##} Hz trips after {stage.DelayS:0.##} s, where {boundary.Title} asks for {asked}");
            }
        }
    }

    private static double InBandS(FrequencyBandSpec band, double beyondHz)
    {
        if (beyondHz < 0) { return double.PositiveInfinity; }
        return band.TenthEveryHz is { } tenth ? band.LastsS * Elementary.Pow(10, -beyondHz / tenth) : band.LastsS;
    }
}
