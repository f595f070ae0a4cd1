using Gigawatt.Numerics;

namespace Gigawatt.Weather;

/// <summary>Which weather a campus lives in. With neither a climate nor a file it is that of Memphis.</summary>
public sealed record WeatherSpec : ISelfChecking
{
    /// <summary>A shipped climate that every run draws its own years from, such as <c>memphis</c>.</summary>
    public string? Climate { get; init; }

    /// <summary>Path of a typical-year file (EPW or TMY3 CSV) that every year repeats.</summary>
    public string? File { get; init; }

    /// <summary>Warmth added to dry-bulb and dew point of every hour, so relative humidity hardly changes.</summary>
    [Default(Grade.E, "No change of climate unless asked for")]
    public double WarmingK { get; init => field = Check.Within(value, -20, 20); }

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (Climate is not null && File is not null)
        {
            yield return new Contradiction(
                nameof(File), "either a climate or a file", $"climate '{Climate}' and file '{File}'");
        }
        if (Climate is not null && SyntheticClimate.Named(Climate) is null)
        {
            string[] known = [.. SyntheticClimate.All.Select(c => c.Name)];
            yield return new Contradiction(
                nameof(Climate),
                $"the name of a climate ({string.Join(", ", known)})",
                $"'{Climate}'{Suggestion.Phrase(Climate, known)}");
        }
    }
}
