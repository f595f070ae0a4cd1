using Gigawatt.Numerics;
using Gigawatt.Scenarios.Reading;

namespace Gigawatt.Reports;

/// <summary>Grades and sources of the values behind a number.</summary>
/// <remarks>Every value counts once, whatever its influence; a path belongs to the section that it begins with.</remarks>
internal static class EvidenceMix
{
    /// <summary>How many values of the given sections carry each grade; of all values when no section is given.</summary>
    public static Grades Of(IReadOnlyList<Fact> facts, params ReadOnlySpan<string> sections)
    {
        Span<int> counts = stackalloc int[5];
        foreach (Fact fact in facts)
        {
            if (sections.Length == 0 || IsIn(fact.Path, sections)) { counts[(int)fact.Evidence.Grade]++; }
        }
        return new Grades(counts[0], counts[1], counts[2], counts[3], counts[4]);
    }

    /// <summary>The end of a caption: declared sources of some sections, the best first, and how many values are assumptions.</summary>
    public static string Sources(ReportInput input, params ReadOnlySpan<string> sections)
    {
        Dictionary<string, int> values = new(StringComparer.Ordinal);
        foreach (Fact fact in input.Facts)
        {
            if (fact.Evidence.SourceId is { } id && input.Sources.TryGetValue(id, out Source? source) && source.Grade != Grade.E && IsIn(fact.Path, sections))
            {
                values[id] = values.GetValueOrDefault(id) + 1;
            }
        }
        const int Named = 3;
        string[] titles = values.OrderBy(v => input.Sources[v.Key].Grade ?? Grade.E).ThenByDescending(v => v.Value).ThenBy(v => v.Key, StringComparer.Ordinal)
            .Select(v => input.Sources[v.Key]).Select(s => s.Grade is { } grade ? $"{s.Title} ({grade})" : s.Title).ToArray();
        Grades grades = Of(input.Facts, sections);
        int all = grades.A + grades.B + grades.C + grades.D + grades.E;
        string assumed = all > 0 ? $" {Readable.Count(grades.E)} of {Readable.Counted(all, "value")} behind this are assumptions." : "";
        if (titles.Length == 0) { return assumed; }
        string more = titles.Length > Named ? $" and {titles.Length - Named} more" : "";
        return $" Sources: {string.Join("; ", titles.Take(Named))}{more}.{assumed}";
    }

    /// <summary>Every source with the number of values it gives; defaults of the program are one row a grade.</summary>
    public static IReadOnlyList<SourceRow> Table(ReportInput input)
    {
        Dictionary<string, int> values = new(StringComparer.Ordinal);
        Dictionary<string, SourceRow> rows = new(StringComparer.Ordinal);
        foreach (Source source in input.Sources.Values)
        {
            rows[source.Id] = new SourceRow(
                source.Id, source.Title, source.Publisher ?? "", source.Date is { } day ? Readable.Iso(day) : "", $"{source.Grade ?? Grade.E}", 0);
        }
        foreach (Fact fact in input.Facts)
        {
            SourceRow row = Row(fact, input.Sources);
            // Undeclared sources have no id of their own: their title and grade tell them apart.
            string key = input.Sources.ContainsKey(row.Id) ? row.Id : $"{row.Id}\n{row.Title}\n{row.Grade}";
            values[key] = values.GetValueOrDefault(key) + 1;
            rows.TryAdd(key, row);
        }
        return rows.Select(row => row.Value with { Values = values.GetValueOrDefault(row.Key) }).OrderBy(row => row.Grade, StringComparer.Ordinal)
            .ThenByDescending(row => row.Values).ThenBy(row => row.Id, StringComparer.Ordinal).ThenBy(row => row.Title, StringComparer.Ordinal).ToArray();
    }

    private static SourceRow Row(Fact fact, IReadOnlyDictionary<string, Source> declared)
    {
        Evidence evidence = fact.Evidence;
        string grade = $"{evidence.Grade}";
        if (evidence.SourceId is { } id && declared.ContainsKey(id)) { return new SourceRow(id, "", "", "", grade, 0); }
        if (fact.Origin == FactOrigin.Default)
        {
            return new SourceRow("default", "Defaults of the program, each with its own source", "Gigawatt", "", grade, 0);
        }
        string origin = fact.Origin switch
        {
            _ when !evidence.IsGiven => "none",
            FactOrigin.Catalog => "catalog",
            FactOrigin.CommandLine => "command line",
            _ => "",
        };
        return new SourceRow(origin, evidence.Source, evidence.Publisher ?? "", evidence.Date is { } day ? Readable.Iso(day) : "", grade, 0);
    }

    private static bool IsIn(string path, ReadOnlySpan<string> sections)
    {
        foreach (string section in sections)
        {
            if (path.StartsWith(section, StringComparison.Ordinal) && (path.Length == section.Length || path[section.Length] is '.' or '[')) { return true; }
        }
        return false;
    }
}
