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

    /// <summary>The end of a caption: the sources that give most values of some sections.</summary>
    public static string Sources(ReportInput input, params ReadOnlySpan<string> sections)
    {
        Dictionary<string, int> values = new(StringComparer.Ordinal);
        foreach (Fact fact in input.Facts)
        {
            if (fact.Evidence.SourceId is { } id && input.Sources.ContainsKey(id) && IsIn(fact.Path, sections))
            {
                values[id] = values.GetValueOrDefault(id) + 1;
            }
        }
        const int Named = 3;
        string[] titles = values.OrderByDescending(v => v.Value).ThenBy(v => v.Key, StringComparer.Ordinal)
            .Select(v => input.Sources[v.Key]).Select(s => s.Grade is { } grade ? $"{s.Title} ({grade})" : s.Title).ToArray();
        if (titles.Length == 0) { return ""; }
        string more = titles.Length > Named ? $" and {titles.Length - Named} more" : "";
        return $" Sources: {string.Join("; ", titles.Take(Named))}{more}.";
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
            string id = Id(fact, input.Sources);
            values[id] = values.GetValueOrDefault(id) + 1;
            rows.TryAdd(id, Row(fact, id));
        }
        return rows.Values.Select(row => row with { Values = values.GetValueOrDefault(row.Id) })
            .OrderBy(row => row.Grade, StringComparer.Ordinal).ThenByDescending(row => row.Values).ThenBy(row => row.Id, StringComparer.Ordinal).ToArray();
    }

    private static string Id(Fact fact, IReadOnlyDictionary<string, Source> declared)
    {
        Scenarios.Reading.Evidence evidence = fact.Evidence;
        if (evidence.SourceId is { } id && declared.ContainsKey(id)) { return id; }
        return fact.Origin switch
        {
            FactOrigin.Default => $"default-{evidence.Grade}",
            _ when !evidence.IsGiven => "none",
            FactOrigin.Catalog => $"catalog: {evidence.Source}",
            FactOrigin.CommandLine => "command line",
            _ => evidence.Source,
        };
    }

    private static SourceRow Row(Fact fact, string id)
    {
        Scenarios.Reading.Evidence evidence = fact.Evidence;
        string date = evidence.Date is { } day ? Readable.Iso(day) : "";
        return fact.Origin == FactOrigin.Default
            ? new SourceRow(id, "Defaults of the program, each with its own source", "Gigawatt", "", $"{evidence.Grade}", 0)
            : new SourceRow(id, Readable.Sentence(evidence.Source), evidence.Publisher ?? "", date, $"{evidence.Grade}", 0);
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
