using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gigawatt.Numerics;

namespace Gigawatt.Studies;

/// <summary>What a study found: sentences, tables and charts for people, and the same as data for programs.</summary>
public sealed record StudyAnswer
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new FiniteOrNull() },
    };

    /// <summary>Name of what was studied, from the input.</summary>
    public required string Subject { get; init; }

    /// <summary>The answer in one sentence, computed from the numbers.</summary>
    public required string Finding { get; init; }

    /// <summary>What else should be known: further findings, assumptions that carry the answer, what is left out.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Tables, the most important first.</summary>
    public IReadOnlyList<StudyTable> Tables { get; init; } = [];

    /// <summary>Charts, the most important first.</summary>
    public IReadOnlyList<StudyChart> Charts { get; init; } = [];

    /// <summary>The record that <c>--json</c> prints: property names in snake_case with their units.</summary>
    public required object Data { get; init; }

    /// <summary>Why there is no valid answer, such as a power flow that does not converge; null when there is one.</summary>
    /// <remarks>It is printed as an error and the program ends with code 1; the data still says what is known.</remarks>
    public string? Failure { get; init; }

    /// <summary>The data as JSON: numbers in full, what is not finite as null.</summary>
    public string Json() => JsonSerializer.Serialize(Data, Data.GetType(), Layout);

    private sealed class FiniteOrNull : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value)) { writer.WriteNumberValue(value); }
            else { writer.WriteNullValue(); }
        }
    }
}

/// <summary>A table of an answer.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Columns">Heads of the columns, units included: <c>Output, MW</c>.</param>
/// <param name="Rows">Cells, written for people; as many as columns.</param>
public sealed record StudyTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>A table from values: texts as they are, numbers with four significant digits, whole numbers whole.</summary>
    public static StudyTable Of(string title, IReadOnlyList<string> columns, IEnumerable<object?[]> rows) =>
        new(title, columns, [.. rows.Select(row => (IReadOnlyList<string>)[.. row.Select(Cell)])]);

    private static string Cell(object? value) => value switch
    {
        null => "",
        string text => text,
        double number => double.IsNaN(number) ? "" : Figures.Number(number, 4),
        int number => number.ToString("#,0", CultureInfo.InvariantCulture),
        long number => number.ToString("#,0", CultureInfo.InvariantCulture),
        bool truth => truth ? "yes" : "no",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
