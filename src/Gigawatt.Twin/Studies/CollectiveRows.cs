using System.Globalization;
using System.Reflection;
using Gigawatt.Compute;
using Gigawatt.Fabric;
using Gigawatt.Numerics;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Simulation;
using Gigawatt.Training;

namespace Gigawatt.Studies;

/// <summary>A collective of a table: one line of comma-separated values.</summary>
public sealed record CollectiveRow
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What is exchanged.</summary>
    [Default(Grade.E, "assumption: an all-reduce")]
    public CollectiveKind Kind { get; init; } = CollectiveKind.AllReduce;

    /// <summary>How it is carried out.</summary>
    [Default(Grade.E, "assumption: as a library would choose")]
    public CollectiveChoice Algorithm { get; init; } = CollectiveChoice.Best;

    /// <summary>Buffer of one rank.</summary>
    public required double SizeGb { get; init => field = Check.Positive(value); }

    /// <summary>GPUs that take part.</summary>
    public required int Ranks { get; init => field = (int)Check.Within(value, 2, 100_000_000); }

    /// <summary>Distance of their numbers.</summary>
    [Default(Grade.E, "assumption: neighbours")]
    public int Stride { get; init => field = Check.AtLeastOne(value); } = 1;

    /// <summary>Accelerator as the catalogue calls it.</summary>
    public required string Gpu { get; init; }

    /// <summary>Network as the catalogue calls it; needed when ranks leave their NVLink domain.</summary>
    [Default(Grade.E, "assumption: none, all in one domain")]
    public string Fabric { get; init; } = "";

    /// <summary>GPUs of an NVLink domain that take part; the accelerator's when absent.</summary>
    public int? DomainGpus { get; init => field = value is { } gpus ? Check.AtLeastOne(gpus) : null; }

    /// <summary>Rate inside a pod over the rate between pods; the network's when absent.</summary>
    public double? OversubscriptionRatio { get; init => field = value is { } ratio ? Check.Within(ratio, 1, 100) : null; }

    /// <summary>Measured time; absent to have it predicted only.</summary>
    public double? TimeS { get; init => field = value is { } time ? Check.Positive(time) : null; }

    /// <summary>Whether numbers of the catalogue were fitted to it.</summary>
    [Default(Grade.E, "assumption: not fitted")]
    public bool IsFitted { get; init; }
}

/// <summary>A collective of a table, predicted.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What is exchanged.</param>
/// <param name="Algorithm">The algorithm asked for, or the one that a library would take.</param>
/// <param name="SizeGb">Buffer of one rank.</param>
/// <param name="Ranks">GPUs that take part.</param>
/// <param name="TimeS">Time here.</param>
/// <param name="BusGbPerS">Its bus bandwidth.</param>
/// <param name="PublishedS">Measured time; null without one.</param>
/// <param name="ErrorFraction">Ours over measured, less one; null without one.</param>
/// <param name="IsFitted">Whether numbers of the catalogue were fitted to it.</param>
public sealed record CollectiveAnswerRow(
    string Name, CollectiveKind Kind, CollectiveAlgorithm Algorithm, double SizeGb, int Ranks, double TimeS, double BusGbPerS, double? PublishedS, double? ErrorFraction, bool IsFitted);

/// <summary>Reads and predicts a table of collectives.</summary>
internal static class CollectiveRows
{
    private const double MibGb = 1.048576e-3;

    private static readonly string[] Remarks = ["grade", "source", "date", "note", "bus_gb_per_s"];

    private static readonly string[] Needed = ["name", "size_mib", "ranks", "gpu"];

    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        { "oversubscription", nameof(CollectiveRow.OversubscriptionRatio) }, { "fitted", nameof(CollectiveRow.IsFitted) },
        { "size_mib", nameof(CollectiveRow.SizeGb) }, { "time_us", nameof(CollectiveRow.TimeS) },
    };

    // Columns in the units of nccl-tests.
    private static readonly Dictionary<string, double> Scales = new(StringComparer.Ordinal) { { "size_mib", MibGb }, { "time_us", 1e-6 } };

    /// <summary>The rows of a text; everything wrong in it is said at once.</summary>
    /// <exception cref="CaseException">Paths are <c>line N</c>.</exception>
    public static IReadOnlyList<CollectiveRow> Read(string text)
    {
        IReadOnlyList<(int Line, string[] Cells)> table = CsvLines.Of(text);
        if (table.Count < 2) { throw new CaseException("line 1", "a line of heads and a line for each collective", "no collectives"); }
        string[] heads = table[0].Cells;
        PropertyInfo?[] columns = [.. heads.Select(Property)];
        List<CaseProblem> problems =
        [
            .. heads.Where((head, i) => columns[i] is null && !Remarks.Contains(head)).Select(head => new CaseProblem("line 1", "a column such as kind, size_mib, ranks, gpu, fabric, time_us", $"'{head}'")),
            .. Needed.Where(needed => !heads.Contains(needed) && !(needed == "size_mib" && heads.Contains("size_gb"))).Select(needed => new CaseProblem("line 1", $"a column '{needed}'", "none")),
        ];
        if (problems.Count > 0) { throw new CaseException(problems); }
        List<CollectiveRow> rows = [];
        foreach ((int line, string[] cells) in table.Skip(1))
        {
            string place = FormattableString.Invariant($"line {line}");
            if (cells.Length != heads.Length)
            {
                problems.Add(new(place, FormattableString.Invariant($"{heads.Length} values as in the line of heads"), FormattableString.Invariant($"{cells.Length}")));
                continue;
            }
            CollectiveRow row = new() { Name = "", SizeGb = 1, Ranks = 2, Gpu = "" };
            int before = problems.Count;
            for (int i = 0; i < cells.Length; i++)
            {
                if (columns[i] is not { } property || cells[i].Length == 0) { continue; }
                try
                {
                    if (Value(property, cells[i]) is { } value)
                    {
                        property.SetValue(row, value is double number && Scales.TryGetValue(heads[i], out double scale) ? number * scale : value);
                    }
                    else { problems.Add(new($"{place}, {heads[i]}", Wanted(property), $"'{cells[i]}'")); }
                }
                catch (TargetInvocationException wrong) when (wrong.InnerException is SpecException spec)
                {
                    problems.Add(new($"{place}, {heads[i]}", spec.Expected, cells[i]));
                }
            }
            if (problems.Count == before) { problems.AddRange(Problems(row, place)); }
            rows.Add(row);
        }
        if (problems.Count > 0) { throw new CaseException(problems); }
        return rows;
    }

    /// <summary>The rows predicted.</summary>
    public static IEnumerable<CollectiveAnswerRow> Answers(IReadOnlyList<CollectiveRow> rows) => rows.Select(row =>
    {
        Interconnect network = Network(row);
        CollectiveGroup group = CollectiveGroup.Of(row.Ranks, row.Stride, network);
        double sizeGb = row.SizeGb;
        double timeS = Collective.BestS(row.Kind, sizeGb, group, network, out CollectiveAlgorithm algorithm);
        if (row.Algorithm != CollectiveChoice.Best)
        {
            algorithm = (CollectiveAlgorithm)((int)row.Algorithm - 1);
            timeS = Collective.TimeS(row.Kind, algorithm, sizeGb, group, network);
        }
        double? publishedS = row.TimeS;
        return new CollectiveAnswerRow(
            row.Name, row.Kind, algorithm, sizeGb, row.Ranks, timeS, Collective.BusGbPerS(row.Kind, sizeGb, row.Ranks, timeS), publishedS, timeS / publishedS - 1, row.IsFitted);
    });

    private static IEnumerable<CaseProblem> Problems(CollectiveRow row, string place)
    {
        bool isGpu = TrainingPublished.GpuNames.Contains(row.Gpu), isFabric = row.Fabric.Length == 0 || Catalog.Embedded.Models("fabrics").Contains(row.Fabric);
        if (!isGpu) { yield return new(place + ", gpu", "an accelerator of the catalogue: " + string.Join(", ", TrainingPublished.GpuNames), $"'{row.Gpu}'"); }
        if (!isFabric) { yield return new(place + ", fabric", "a network of the catalogue: " + string.Join(", ", Catalog.Embedded.Models("fabrics")), $"'{row.Fabric}'"); }
        if (!isGpu || !isFabric) { yield break; }
        Interconnect network = Network(row);
        CollectiveGroup group = CollectiveGroup.Of(row.Ranks, row.Stride, network);
        if (group.Domains > 1 && row.Fabric.Length == 0)
        {
            yield return new(place + ", fabric", FormattableString.Invariant($"a network, since {row.Ranks} ranks leave their NVLink domain of {network.DomainGpus}"), "none");
        }
        else if (row.Algorithm != CollectiveChoice.Best && double.IsInfinity(Collective.TimeS(row.Kind, (CollectiveAlgorithm)((int)row.Algorithm - 1), 1, group, network)))
        {
            yield return new(place + ", algorithm", $"an algorithm that carries out {CollectiveTables.Words(row.Kind)} on this network", SnakeCase.Of(row.Algorithm.ToString()));
        }
    }

    private static Interconnect Network(CollectiveRow row)
    {
        GpuSpec gpu = TrainingPublished.Gpu(row.Gpu);
        // Domains cut to less than they are have more adapters for their rings than a ring through all would take.
        bool isCut = row.DomainGpus is { } some && some < gpu.NvlinkDomainGpus;
        gpu = isCut ? gpu with { NvlinkDomainGpus = row.DomainGpus!.Value, NvlinkThroughFraction = gpu.NvlinkEfficiencyFraction } : gpu;
        LinkLevel scaleUp = ParallelismNetwork.ScaleUp(gpu);
        if (row.Fabric.Length == 0) { return new Interconnect { ScaleUp = scaleUp, ScaleOut = scaleUp, DomainGpus = gpu.NvlinkDomainGpus, PodGpus = int.MaxValue }; }
        FabricSpec fabric = ScenarioReader.ReadText<FabricSpec>($"model: {row.Fabric}\n", "catalog/fabrics.yaml", Catalog.Embedded).Value;
        return ParallelismNetwork.Of(gpu, row.OversubscriptionRatio is { } ratio ? fabric with { OversubscriptionRatio = ratio } : fabric);
    }

    private static PropertyInfo? Property(string head) => typeof(CollectiveRow).GetProperty(
        Words.TryGetValue(head, out string? name) ? name : string.Concat(head.Split('_').Where(word => word.Length > 0).Select(word => char.ToUpperInvariant(word[0]) + word[1..])));

    private static object? Value(PropertyInfo property, string cell)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type == typeof(string)) { return cell; }
        if (type == typeof(bool)) { return cell switch { "true" => true, "false" => false, _ => null }; }
        if (type == typeof(int)) { return int.TryParse(cell, NumberStyles.Integer, CultureInfo.InvariantCulture, out int count) ? count : null; }
        if (type == typeof(double)) { return double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null; }
        return Enum.GetNames(type).FirstOrDefault(name => SnakeCase.Of(name) == cell) is { } chosen ? Enum.Parse(type, chosen) : null;
    }

    private static string Wanted(PropertyInfo property)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type.IsEnum ? string.Join(" or ", Enum.GetNames(type).Select(SnakeCase.Of)) : type == typeof(bool) ? "true or false" : type == typeof(int) ? "a whole number" : "a number";
    }
}
