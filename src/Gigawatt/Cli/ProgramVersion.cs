using System.Globalization;
using System.Text.Json;
using Gigawatt.Scenarios;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Simulation;
using Gigawatt.Store;

namespace Gigawatt.Cli;

/// <summary>Which program made a run.</summary>
public static class ProgramVersion
{
    /// <summary>Name and version.</summary>
    public static string Text { get; } = "gigawatt " + (typeof(Scenario).Assembly.GetName().Version?.ToString(3) ?? "0");
}

/// <summary>What a run was computed from, as one hash: every value after catalogue and overrides, and the options.</summary>
public static class ScenarioHash
{
    /// <summary>The hash; equal for equal inputs wherever the file lies.</summary>
    public static string Of(Reading<Scenario> reading, RunOptions options) => RunHeader.Sha256(string.Join(
        '\n',
        reading.Facts.Select(fact => fact.Path + "=" + fact.Text)
            .Append(string.Create(CultureInfo.InvariantCulture, $"{options.From:yyyy-MM-dd} {options.To:yyyy-MM-dd} {options.Run}"))));
}

/// <summary>Every value of a scenario with its evidence, as kept in a run file.</summary>
public static class FactList
{
    /// <summary>The values as JSON.</summary>
    public static string Json(IReadOnlyList<Fact> facts)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            writer.WriteStartArray();
            foreach (Fact fact in facts)
            {
                writer.WriteStartObject();
                writer.WriteString("path", fact.Path);
                writer.WriteString("text", fact.Text);
                writer.WriteString("grade", fact.Evidence.Grade.ToString());
                writer.WriteString("source", fact.Evidence.Source);
                writer.WriteString("origin", fact.Origin.ToString().ToLowerInvariant());
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Path and text of each value kept in a run file.</summary>
    public static IReadOnlyDictionary<string, string> Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateArray().ToDictionary(
            fact => fact.GetProperty("path").GetString()!, fact => fact.GetProperty("text").GetString()!, StringComparer.Ordinal);
    }
}
