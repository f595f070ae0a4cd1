using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gigawatt.Reports;

/// <summary>How reports are written as JSON: snake_case, no reflection, whatever could end a script element escaped.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ReportData))]
public sealed partial class ReportJson : JsonSerializerContext
{
    /// <summary>The data of a report as JSON on one line.</summary>
    public static string Write(ReportData data) => JsonSerializer.Serialize(data, Default.ReportData);

    /// <summary>Reads the data of a report again.</summary>
    /// <exception cref="JsonException">The text is no report.</exception>
    public static ReportData Read(string json) =>
        JsonSerializer.Deserialize(json, Default.ReportData) ?? throw new JsonException("the report is null");
}
