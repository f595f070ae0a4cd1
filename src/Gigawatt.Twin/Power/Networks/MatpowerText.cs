using System.Globalization;
using System.Text;

namespace Gigawatt.Power.Networks;

/// <summary>A table of numbers with the line of each row.</summary>
internal sealed class MatpowerTable(int line)
{
    public int Line { get; } = line;

    public List<double[]> Rows { get; } = [];

    public List<int> Lines { get; } = [];
}

/// <summary>A MATPOWER file taken apart: tables, single values, and the code that is left.</summary>
internal sealed class MatpowerText
{
    public string Name { get; private set; } = "case";

    public string? Version { get; private set; }

    public int VersionLine { get; private set; } = 1;

    public double? BaseMva { get; private set; }

    public int LastLine { get; private set; } = 1;

    public Dictionary<string, MatpowerTable> Tables { get; } = new(StringComparer.Ordinal);

    public List<(int Line, string Text)> Code { get; } = [];

    public static MatpowerText Split(string text, List<MatpowerProblem> problems)
    {
        MatpowerText parts = new();
        List<(int Line, string Text)> lines = Bare(text);
        parts.LastLine = Math.Max(1, text.AsSpan().TrimEnd().Count('\n') + 1);
        for (int i = 0; i < lines.Count; i++)
        {
            (int number, string line) = lines[i];
            string trimmed = line.Trim();
            if (trimmed.Length == 0) { continue; }
            if (trimmed.StartsWith("function", StringComparison.Ordinal) && (trimmed.Length == 8 || !char.IsLetterOrDigit(trimmed[8])))
            {
                int equals = trimmed.IndexOf('=', StringComparison.Ordinal);
                string name = equals < 0 ? "" : trimmed[(equals + 1)..].Trim(' ', '\t', ';', '(', ')');
                if (name.Length > 0) { parts.Name = name; }
                else { problems.Add(new MatpowerProblem(number, 1, "function", "'function mpc = NAME' of a case of version 2", $"'{Shown(trimmed)}'")); }
                continue;
            }
            if (Field(trimmed) is not { } field)
            {
                parts.Code.Add((number, trimmed));
                continue;
            }
            i = parts.Assign(field.Name, field.Value, lines, i, problems);
        }
        return parts;
    }

    private int Assign(string name, string value, List<(int Line, string Text)> lines, int at, List<MatpowerProblem> problems)
    {
        int line = lines[at].Line;
        if (value.StartsWith('[') || value.StartsWith('{'))
        {
            char close = value[0] == '[' ? ']' : '}';
            bool isTable = close == ']' && name is "bus" or "gen" or "branch" or "gencost";
            MatpowerTable table = new(line);
            string rest = value[1..];
            while (true)
            {
                int end = Close(rest, close);
                if (isTable) { Rows(table, name, lines[at].Line, end < 0 ? rest : rest[..end], problems); }
                if (end >= 0)
                {
                    string behind = rest[(end + 1)..].Trim().TrimStart(';', ',').Trim();
                    if (behind.Length > 0) { Code.Add((lines[at].Line, behind)); }
                    break;
                }
                if (++at >= lines.Count)
                {
                    problems.Add(new MatpowerProblem(LastLine, 1, name, $"the closing '{close}' of mpc.{name}, which begins in line {line}", "the end of the file; it is cut off"));
                    break;
                }
                rest = lines[at].Text;
            }
            if (isTable && !Tables.TryAdd(name, table)) { problems.Add(new MatpowerProblem(line, 1, name, $"one table mpc.{name}", $"a second one (the first begins in line {Tables[name].Line})")); }
            return at;
        }
        string single = value.TrimEnd(';', ',', ' ', '\t');
        if (name == "version") { (Version, VersionLine) = (single.Trim('\'', '"'), line); }
        else if (name == "baseMVA")
        {
            if (Number(single) is { } number && double.IsFinite(number)) { BaseMva = number; }
            else { problems.Add(new MatpowerProblem(line, 1, "baseMVA", "a number", $"'{Shown(single)}'")); }
        }
        else if (name is "bus" or "gen" or "branch") { problems.Add(new MatpowerProblem(line, 1, name, "a table between [ and ]", $"'{Shown(single)}'")); }
        return at;
    }

    private static void Rows(MatpowerTable table, string name, int line, string text, List<MatpowerProblem> problems)
    {
        foreach (string row in text.Split(';'))
        {
            string[] words = row.Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0) { continue; }
            double[] numbers = new double[words.Length];
            for (int i = 0; i < words.Length; i++)
            {
                if (Number(words[i]) is { } number && !double.IsNaN(number)) { numbers[i] = number; }
                else if (problems.Count < 50)
                {
                    int column = Math.Max(0, text.IndexOf(words[i], StringComparison.Ordinal)) + 1;
                    problems.Add(new MatpowerProblem(line, column, $"{name} row {table.Rows.Count + 1}", "a number", $"'{Shown(words[i])}'"));
                }
            }
            table.Rows.Add(numbers);
            table.Lines.Add(line);
        }
    }

    private static double? Number(string word) => word switch
    {
        "Inf" or "inf" or "+Inf" => double.PositiveInfinity,
        "-Inf" or "-inf" => double.NegativeInfinity,
        _ => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null,
    };

    // mpc.NAME = VALUE without an index; any name of the structure is taken.
    private static (string Name, string Value)? Field(string line)
    {
        int dot = line.IndexOf('.', StringComparison.Ordinal), equals = line.IndexOf('=', StringComparison.Ordinal);
        if (dot <= 0 || equals < dot || equals + 1 >= line.Length || line[equals + 1] == '=') { return null; }
        string owner = line[..dot].Trim(), name = line[(dot + 1)..equals].Trim();
        string value = line[(equals + 1)..].Trim();
        bool plain = owner.All(IsWord) && name.Length > 0 && name.All(IsWord) && value.Length > 0;
        // What computes from other fields is code.
        bool data = value.Length > 0 && (value[0] is '[' or '{' or '\'' or '"' || Number(value.TrimEnd(';', ',', ' ', '\t')) is not null || name is "version" or "baseMVA");
        return plain && data ? (name, value) : null;
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private static int Close(string text, char close)
    {
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\'') { quoted = !quoted; }
            if (text[i] == close && !quoted) { return i; }
        }
        return -1;
    }

    // Without comments, with continued lines joined to the line where they begin.
    private static List<(int Line, string Text)> Bare(string text)
    {
        List<(int Line, string Text)> lines = [];
        StringBuilder open = new();
        int began = 0, depth = 0, number = 0;
        foreach (string raw in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            string trimmed = raw.Trim();
            if (trimmed == "%{") { depth++; continue; }
            if (trimmed == "%}" && depth > 0) { depth--; continue; }
            if (depth > 0) { continue; }
            string line = WithoutComment(raw);
            if (began == 0) { began = number; }
            int dots = line.IndexOf("...", StringComparison.Ordinal);
            if (dots >= 0)
            {
                open.Append(line.AsSpan(0, dots)).Append(' ');
                continue;
            }
            lines.Add((began, open.Append(line).ToString()));
            open.Clear();
            began = 0;
        }
        if (open.Length > 0) { lines.Add((began, open.ToString())); }
        return lines;
    }

    private static string WithoutComment(string line)
    {
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            // A ' behind a word or bracket transposes; nothing in a case does that before a comment.
            if (line[i] == '\'') { quoted = !quoted; }
            if (line[i] is '%' or '#' && !quoted) { return line[..i]; }
        }
        return line;
    }

    private static string Shown(string text) => text.Length > 40 ? text[..40] + "…" : text;
}
