using System.Globalization;
using Gigawatt.Numerics;

namespace Gigawatt.Training;

/// <summary>Recorded power of nodes, brought onto one grid of times: the mean over the nodes at each.</summary>
/// <remarks>
/// Lines of comma-separated values under a header that names time, node and power with their units: <c>time_s, node, power_w</c>. A <c>timestamp</c> column holds
/// dates with times of day instead. Nodes may be recorded at times of their own; each is read off straight between its samples. Missing samples are bridged
/// straight up to a limit and counted; longer gaps are refused.
/// </remarks>
public sealed class PowerTrace
{
    private const int FewestSamples = 64;
    private const int MostProblems = 40;

    private PowerTrace(double stepS, double[] meanMwPerNode, int nodes, int bridged, double nodeSpreadMw) =>
        (StepS, MeanMwPerNode, Nodes, Bridged, NodeSpreadMw) = (stepS, meanMwPerNode, nodes, bridged, nodeSpreadMw);

    /// <summary>Time between samples.</summary>
    public double StepS { get; }

    /// <summary>Mean power of the nodes at each time.</summary>
    public IReadOnlyList<double> MeanMwPerNode { get; }

    /// <summary>Nodes recorded.</summary>
    public int Nodes { get; }

    /// <summary>Samples that were missing and are read off between their neighbours.</summary>
    public int Bridged { get; }

    /// <summary>Standard deviation between the mean powers of the nodes; 0 for one node.</summary>
    public double NodeSpreadMw { get; }

    /// <summary>A trace of samples at equal times, one node or the mean of several.</summary>
    public static PowerTrace Of(double stepS, ReadOnlySpan<double> mwPerNode, int nodes = 1) => new(stepS, mwPerNode.ToArray(), nodes, 0, 0);

    /// <summary>Reads lines; the first that is neither empty nor begins with # is the header.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="path">Path of the list in the input, such as <c>node_power</c>.</param>
    /// <param name="bridges">Missing samples in a row that are bridged.</param>
    /// <exception cref="CaseException">Columns, numbers, order or gaps are wrong; each with the index of its line.</exception>
    public static PowerTrace Read(IReadOnlyList<string> lines, string path, int bridges)
    {
        List<CaseProblem> problems = [];
        CsvColumns? head = CsvColumns.Of(lines, path, problems, ["time", "timestamp"], ["power"], ["node"]);
        if (head is null || problems.Count > 0) { throw new CaseException(problems); }
        Dictionary<string, NodeSamples> nodes = new(StringComparer.Ordinal);
        for (int i = head.Line + 1; i < lines.Count && problems.Count < MostProblems; i++)
        {
            if (CsvColumns.IsEmpty(lines[i])) { continue; }
            string place = FormattableString.Invariant($"{path}[{i}]");
            string[] cells = lines[i].Split(',');
            if (cells.Length < head.Count)
            {
                problems.Add(new(place, $"{head.Count} values, as many as the header has columns", $"{cells.Length}"));
                continue;
            }
            if (!head.TryNumber(cells, 0, place, problems, out double timeS) || !head.TryNumber(cells, 1, place, problems, out double mw)) { continue; }
            if (mw < 0)
            {
                problems.Add(new(place, "0 W or more, the power of a load", cells[head.At(1)].Trim()));
                continue;
            }
            string name = head.At(2) >= 0 ? cells[head.At(2)].Trim() : "";
            if (!nodes.TryGetValue(name, out NodeSamples? node)) { nodes[name] = node = new NodeSamples(name); }
            if (node.TimesS.Count > 0 && timeS <= node.TimesS[^1])
            {
                problems.Add(new(place, FormattableString.Invariant($"a later time than the {node.TimesS[^1]:0.###} s before it{node.Of}"), FormattableString.Invariant($"{timeS:0.###} s")));
                continue;
            }
            node.Add(timeS, mw, i);
        }
        if (problems.Count > 0) { throw new CaseException(problems); }
        return OnOneGrid([.. nodes.Values], path, bridges, problems);
    }

    private static PowerTrace OnOneGrid(NodeSamples[] nodes, string path, int bridges, List<CaseProblem> problems)
    {
        double stepS = 0;
        int bridged = 0;
        foreach (NodeSamples node in nodes)
        {
            if (node.TimesS.Count < FewestSamples)
            {
                problems.Add(new(path, $"{FewestSamples} samples or more{node.Of}", $"{node.TimesS.Count}"));
                continue;
            }
            double intervalS = node.IntervalS();
            stepS = Math.Max(stepS, intervalS);
            for (int i = 1; i < node.TimesS.Count && problems.Count < MostProblems; i++)
            {
                double gapS = node.TimesS[i] - node.TimesS[i - 1];
                int missing = (int)Math.Floor(gapS / intervalS + 0.5) - 1;
                if (missing <= 0) { continue; }
                bridged += missing;
                if (missing <= bridges) { continue; }
                problems.Add(new(FormattableString.Invariant($"{path}[{node.Lines[i]}]"),
                    FormattableString.Invariant($"the next sample{node.Of} within {(bridges + 1) * intervalS:0.###} s (up to {bridges} missing samples are bridged); cut the trace there or raise 'bridges'"),
                    FormattableString.Invariant($"a gap of {gapS:0.###} s, {missing} samples")));
            }
        }
        if (nodes.Length == 0) { problems.Add(new(path, "samples below the header", "none")); }
        if (problems.Count > 0) { throw new CaseException(problems); }
        double fromS = nodes.Max(node => node.TimesS[0]), toS = nodes.Min(node => node.TimesS[^1]);
        double count = Math.Floor((toS - fromS) / stepS * (1 + 1e-9)) + 1;
        if (count < FewestSamples)
        {
            throw new CaseException(path, $"{FewestSamples} samples or more in which all nodes are recorded",
                FormattableString.Invariant($"{Math.Max(0, count):0}: the last node begins at {fromS:0.###} s, the first ends at {toS:0.###} s"));
        }
        double[] mean = new double[(int)count];
        double[] means = new double[nodes.Length];
        for (int n = 0; n < nodes.Length; n++)
        {
            int at = 1;
            for (int i = 0; i < mean.Length; i++)
            {
                double mw = nodes[n].ReadMw(fromS + i * stepS, ref at);
                mean[i] += mw / nodes.Length;
                means[n] += mw / mean.Length;
            }
        }
        double whole = means.Average();
        double spreadMw = nodes.Length > 1 ? Math.Sqrt(means.Sum(one => (one - whole) * (one - whole)) / (nodes.Length - 1)) : 0;
        return new PowerTrace(stepS, mean, nodes.Length, bridged, spreadMw);
    }

    private sealed class NodeSamples(string name)
    {
        public List<double> TimesS { get; } = [];

        public List<double> PowersMw { get; } = [];

        public List<int> Lines { get; } = [];

        public string Of => name.Length > 0 ? $" of node '{name}'" : "";

        public void Add(double timeS, double mw, int line)
        {
            TimesS.Add(timeS);
            PowersMw.Add(mw);
            Lines.Add(line);
        }

        public double IntervalS()
        {
            double[] intervals = [.. TimesS.Skip(1).Zip(TimesS, (later, earlier) => later - earlier).Order()];
            return intervals[intervals.Length / 2];
        }

        public double ReadMw(double timeS, ref int at)
        {
            while (at < TimesS.Count - 1 && TimesS[at] < timeS) { at++; }
            double share = Math.Limit((timeS - TimesS[at - 1]) / (TimesS[at] - TimesS[at - 1]), 0, 1);
            return PowersMw[at - 1] + share * (PowersMw[at] - PowersMw[at - 1]);
        }
    }
}

/// <summary>The header of comma-separated lines: which column holds what, in which unit.</summary>
internal sealed class CsvColumns
{
    private readonly int[] places;
    private readonly double[] scales;
    private readonly string[] heads;
    private DateTime? first;

    private CsvColumns(int line, string[] heads, int[] places, double[] scales) => (Line, this.heads, this.places, this.scales) = (line, heads, places, scales);

    public int Line { get; }

    public int Count => heads.Length;

    public static bool IsEmpty(string line) => string.IsNullOrWhiteSpace(line) || line.TrimStart().StartsWith('#');

    /// <summary>Finds columns by what they begin with; the last is optional and a text.</summary>
    public static CsvColumns? Of(IReadOnlyList<string> lines, string path, List<CaseProblem> problems, params string[][] wanted)
    {
        int line = 0;
        while (line < lines.Count && IsEmpty(lines[line])) { line++; }
        if (line == lines.Count)
        {
            problems.Add(new(path, "lines of comma-separated values below a header", "none"));
            return null;
        }
        string[] heads = [.. lines[line].Split(',').Select(head => head.Trim().Trim('"').ToLowerInvariant())];
        int[] places = new int[wanted.Length];
        double[] scales = new double[wanted.Length];
        for (int i = 0; i < wanted.Length; i++)
        {
            places[i] = Array.FindIndex(heads, head => wanted[i].Any(want => head == want || head.StartsWith(want, StringComparison.Ordinal) && !char.IsLetter(head[want.Length])));
            bool optional = i == wanted.Length - 1;
            if (optional && places[i] < 0) { places[i] = Array.FindIndex(heads, head => head is "host" or "hostname" or "gpu" or "index" or "uuid"); }
            string place = FormattableString.Invariant($"{path}[{line}]");
            if (places[i] < 0)
            {
                if (!optional) { problems.Add(new(place, $"a column '{Example(wanted[i][0])}' in the header", $"'{string.Join(", ", heads)}'")); }
                continue;
            }
            string unit = Unit(heads[places[i]]);
            scales[i] = wanted[i][0] switch
            {
                "power" => unit switch { "w" => 1e-6, "kw" => 1e-3, "mw" => 1, _ => 0 },
                "time" or "duration" => unit switch { "s" => 1, "ms" => 1e-3, "min" => 60, _ => heads[places[i]] == "timestamp" ? -1 : 0 },
                _ => 1,
            };
            if (scales[i] == 0) { problems.Add(new(place, $"the unit in the header, such as '{Example(wanted[i][0])}'", $"'{heads[places[i]]}'")); }
        }
        return new CsvColumns(line, heads, places, scales);
    }

    public int At(int wanted) => places[wanted];

    public bool TryNumber(string[] cells, int wanted, string place, List<CaseProblem> problems, out double value)
    {
        string text = cells[places[wanted]].Trim().Trim('"');
        if (scales[wanted] < 0)
        {
            value = 0;
            if (DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime moment))
            {
                first ??= moment;
                value = (moment - first.Value).TotalSeconds;
                return true;
            }
            problems.Add(new(place, "a moment such as '2026-01-17 10:00:00.5'", $"'{text}'"));
            return false;
        }
        string digits = text;
        int space = text.IndexOf(' ');
        // Some tools repeat the unit behind each number.
        if (space > 0 && string.Equals(text[(space + 1)..].Trim(), Unit(heads[places[wanted]]), StringComparison.OrdinalIgnoreCase)) { digits = text[..space]; }
        if (double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value))
        {
            value *= scales[wanted];
            return true;
        }
        problems.Add(new(place, $"a plain number in the column '{heads[places[wanted]]}'", $"'{text}'"));
        return false;
    }

    private static string Example(string wanted) => wanted switch { "power" => "power_w", "time" => "time_s", "duration" => "duration_s", _ => wanted };

    private static string Unit(string head)
    {
        string[] parts = head.Split(['_', ' ', '(', ')', '[', ']', '.'], StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 1 ? parts[^1] : "";
    }
}
