using System.Text.Json;
using System.Text.Json.Serialization;
using Gigawatt.Reports;

namespace Gigawatt.Studies;

/// <summary>What the page of a study shows; its twin is <c>web/src/study.ts</c>.</summary>
/// <param name="Study">Name of the study.</param>
/// <param name="Question">The question it answers.</param>
/// <param name="Subject">What was studied.</param>
/// <param name="Finding">The answer in a sentence.</param>
/// <param name="Remarks">What else should be known.</param>
/// <param name="Tables">Tables.</param>
/// <param name="Charts">Charts.</param>
/// <param name="Program">Program that answered, with its version.</param>
public sealed record StudyPageData(
    string Study, string Question, string Subject, string Finding, IReadOnlyList<string> Remarks, IReadOnlyList<StudyTable> Tables,
    IReadOnlyList<StudyChart> Charts, string Program)
{
    /// <summary>Tells the page of a study from the report of a run.</summary>
    public string Kind { get; } = "study";
}

/// <summary>The answer of a study as one HTML file that opens offline.</summary>
public static partial class StudyPage
{
    /// <summary>The page.</summary>
    /// <exception cref="ReportPageException">The front end was not built into this program.</exception>
    public static string Render(Study study, StudyAnswer answer, string program)
    {
        StudyPageData data = new(
            study.Name, study.Question, answer.Subject, answer.Finding, answer.Failure is { } failure ? [failure, .. answer.Remarks] : answer.Remarks,
            answer.Tables, answer.Charts, program);
        return ReportPage.RenderJson(JsonSerializer.Serialize(data, StudyPageJson.Default.StudyPageData));
    }

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    [JsonSerializable(typeof(StudyPageData))]
    private sealed partial class StudyPageJson : JsonSerializerContext;
}
