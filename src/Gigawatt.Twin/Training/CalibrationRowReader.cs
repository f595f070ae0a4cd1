using System.Globalization;
using System.Reflection;
using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>Reads measured runs from a table of comma-separated values: one run a line, columns named as the keys, numbers in the unit of the column's name.</summary>
public static class CalibrationRowReader
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        { "step_s", nameof(CalibrationRow.StepS) }, { "nic_gb_per_s", nameof(CalibrationRow.NicGbPerS) },
        { "oversubscription", nameof(CalibrationRow.OversubscriptionRatio) }, { "use", nameof(CalibrationRow.IsFitted) },
    };

    // For people: where a number is from, and how sure.
    private static readonly string[] Remarks = ["grade", "source", "assumed", "note", "tflops_per_gpu", "mfu_fraction"];

    /// <summary>The runs of a text.</summary>
    /// <param name="text">The table, its first line the heads.</param>
    /// <param name="lines">Line of each run, from 1.</param>
    /// <exception cref="CaseException">Paths are <c>line N</c>: columns unknown or missing, values that are not numbers or cannot be.</exception>
    public static IReadOnlyList<CalibrationRow> Read(string text, out IReadOnlyList<int> lines) => Read(text, static (_, _) => [], out lines);

    /// <summary>The runs of a text, each looked at by the caller too, so that all that is wrong is said at once.</summary>
    /// <param name="text">The table, its first line the heads.</param>
    /// <param name="more">What else is wrong with a run at a place.</param>
    /// <param name="lines">Line of each run, from 1.</param>
    /// <exception cref="CaseException">Paths are <c>line N</c>: columns unknown or missing, values that are not numbers or cannot be.</exception>
    public static IReadOnlyList<CalibrationRow> Read(string text, Func<CalibrationRow, string, IEnumerable<CaseProblem>> more, out IReadOnlyList<int> lines)
    {
        IReadOnlyList<(int Line, string[] Cells)> table = CsvLines.Of(text);
        if (table.Count < 2) { throw new CaseException("line 1", "a line of heads and a line for each run", "no runs"); }
        List<CaseProblem> problems = [];
        (PropertyInfo? Property, string Head)[] columns = [.. table[0].Cells.Select(head => (Property(head), head))];
        foreach ((PropertyInfo? property, string head) in columns)
        {
            if (property is null && !Remarks.Contains(head)) { problems.Add(new("line 1", "a column such as gpus, batch, hidden, layers, tensor, step_s", $"'{head}'")); }
        }
        foreach (string needed in (string[])["name", "gpu", "layers", "hidden", "heads", "sequence", "gpus", "batch"])
        {
            if (!table[0].Cells.Contains(needed)) { problems.Add(new("line 1", $"a column '{needed}'", "none")); }
        }
        if (problems.Count > 0) { throw new CaseException(problems); }
        List<CalibrationRow> rows = [];
        List<int> at = [];
        foreach ((int line, string[] cells) in table.Skip(1))
        {
            string place = FormattableString.Invariant($"line {line}");
            if (cells.Length != columns.Length)
            {
                problems.Add(new(place, FormattableString.Invariant($"{columns.Length} values as in the line of heads"), FormattableString.Invariant($"{cells.Length}")));
                continue;
            }
            int before = problems.Count;
            CalibrationRow row = new() { Name = "", Gpu = "", Layers = 1, Hidden = 1, Heads = 1, Sequence = 1, Gpus = 1, Batch = 1 };
            for (int i = 0; i < cells.Length; i++)
            {
                if (columns[i].Property is not { } property || cells[i].Length == 0) { continue; }
                try
                {
                    object? value = Value(property, cells[i]);
                    if (value is null) { problems.Add(new($"{place}, {columns[i].Head}", Wanted(property), $"'{cells[i]}'")); }
                    else { property.SetValue(row, value); }
                }
                catch (TargetInvocationException wrong) when (wrong.InnerException is SpecException spec)
                {
                    problems.Add(new($"{place}, {columns[i].Head}", spec.Expected, cells[i]));
                }
            }
            if (problems.Count == before)
            {
                problems.AddRange(row.Problems(place));
                problems.AddRange(more(row, place));
            }
            rows.Add(row);
            at.Add(line);
        }
        if (problems.Count > 0) { throw new CaseException(problems); }
        lines = at;
        return rows;
    }

    private static PropertyInfo? Property(string head) => typeof(CalibrationRow).GetProperty(
        Words.TryGetValue(head, out string? name) ? name : string.Concat(head.Split('_').Where(word => word.Length > 0).Select(word => char.ToUpperInvariant(word[0]) + word[1..])));

    private static object? Value(PropertyInfo property, string cell)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type == typeof(string)) { return cell; }
        if (property.Name == nameof(CalibrationRow.IsFitted)) { return cell switch { "fit" => true, "check" => false, _ => null }; }
        if (type == typeof(bool)) { return cell switch { "true" => true, "false" => false, _ => null }; }
        if (type == typeof(int)) { return int.TryParse(cell, NumberStyles.Integer, CultureInfo.InvariantCulture, out int count) ? count : null; }
        if (type == typeof(double)) { return double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null; }
        return Enum.TryParse(type, cell, true, out object? chosen) && !char.IsAsciiDigit(cell[0]) ? chosen : null;
    }

    private static string Wanted(PropertyInfo property)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type.IsEnum ? string.Join(" or ", Enum.GetNames(type).Select(name => name.ToLowerInvariant()))
            : property.Name == nameof(CalibrationRow.IsFitted) ? "fit or check"
            : type == typeof(bool) ? "true or false" : type == typeof(int) ? "a whole number" : "a number";
    }
}

/// <summary>Lines and cells of comma-separated values; cells may stand in double quotes.</summary>
internal static class CsvLines
{
    public static IReadOnlyList<(int Line, string[] Cells)> Of(string text)
    {
        List<(int, string[])> lines = [];
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            string trimmed = line.TrimEnd('\r').Trim('\uFEFF');
            if (trimmed.Trim().Length == 0 || trimmed.StartsWith('#')) { continue; }
            lines.Add((number, Cells(trimmed)));
        }
        return lines;
    }

    private static string[] Cells(string line)
    {
        List<string> cells = [];
        System.Text.StringBuilder cell = new();
        bool isQuoted = false;
        foreach (char c in line)
        {
            if (c == '"') { isQuoted = !isQuoted; }
            else if (c == ',' && !isQuoted)
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
            else { cell.Append(c); }
        }
        cells.Add(cell.ToString().Trim());
        return [.. cells];
    }
}
