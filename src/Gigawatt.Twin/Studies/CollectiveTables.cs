using System.Globalization;
using Gigawatt.Fabric;
using Gigawatt.Numerics;
using Gigawatt.Training;

namespace Gigawatt.Studies;

/// <summary>Tables, pictures and words of the study of collectives.</summary>
internal static class CollectiveTables
{
    /// <summary>The tables, the most important first.</summary>
    public static IEnumerable<StudyTable> Of(CollectiveAnswer data)
    {
        yield return StudyTable.Of("Time by size and algorithm", ["size", "ring", "tree", "in switch", "hierarchical", "best", "bus bandwidth, GB/s"],
            data.Sizes.Select(one => new object?[]
            {
                Size(one.SizeGb), Time(one.RingS), Time(one.TreeS), Time(one.InSwitchS), Time(one.HierarchicalS), SnakeCase.Of(one.Best.ToString()), one.BusGbPerS,
            }));
        yield return StudyTable.Of("Time by number of ranks", ["ranks", "time", "best", "bus bandwidth, GB/s"],
            data.Counts.Select(one => new object?[] { one.Ranks, Time(one.TimeS), SnakeCase.Of(one.Best.ToString()), one.BusGbPerS }));
        if (data.Measured.Count > 0)
        {
            yield return StudyTable.Of("Beside published times", ["size", "published", "here", "error, %"],
                data.Measured.Select(one => new object?[] { Size(one.SizeGb), Time(one.PublishedS), Time(one.TimeS), one.ErrorFraction * 100 }));
        }
        if (data.Parts is { } parts)
        {
            yield return StudyTable.Of("What the network is built of", ["part", "number"],
            [
                ["GPUs joined", parts.Gpus], ["GPUs that the tiers could join", parts.MaxGpus], ["switches", parts.Switches], ["links", parts.Cables],
                ["ports in use", parts.Ports], ["optics", parts.Optics], ["GPUs one switch apart", parts.OneSwitchGpus],
                ["power by the figure for each GPU", Figures.Power(parts.BookedMw)], ["power counted singly", double.IsNaN(parts.PartsMw) ? "unknown" : Figures.Power(parts.PartsMw)],
            ]);
        }
    }

    /// <summary>A table of collectives, predicted and compared.</summary>
    public static StudyAnswer OfRows(string name, IReadOnlyList<CollectiveAnswerRow> rows)
    {
        CollectiveAnswerRow[] measured = [.. rows.Where(row => row.PublishedS is not null)];
        CalibrationError? Over(IEnumerable<CollectiveAnswerRow> some) =>
            some.Any() ? CalibrationError.Of(some.Select(row => (row.TimeS, row.PublishedS!.Value))) : null;
        CalibrationError? all = Over(measured), blind = Over(measured.Where(row => !row.IsFitted));
        CollectiveAnswerRow first = rows[0];
        string finding = all is null
            ? FormattableString.Invariant($"{rows.Count} collectives predicted, none of them measured.")
            : $"{all.Rows} measured collectives are met within {Figures.Percent(all.MeanFraction, 2)} on average, the worst by {Figures.Percent(all.WorstFraction, 2)}.";
        return new StudyAnswer
        {
            Subject = name,
            Finding = finding,
            Remarks = blind is null ? [] : [$"{blind.Rows} of them were not fitted to: {Figures.Percent(blind.MeanFraction, 2)} on average, the worst by {Figures.Percent(blind.WorstFraction, 2)}."],
            Data = new CollectiveAnswer(
                first.Kind, first.Algorithm, first.SizeGb, first.Ranks, 1, 1, 1, first.TimeS, first.BusGbPerS, first.SizeGb / first.TimeS, first.Algorithm, first.TimeS, [], [], [], null, rows, all),
            Tables =
            [
                StudyTable.Of("Collectives", ["name", "ranks", "size", "how", "published", "here", "error, %", "bus bandwidth, GB/s", "fitted"], rows.Select(row => new object?[]
                {
                    row.Name, row.Ranks, Size(row.SizeGb), SnakeCase.Of(row.Algorithm.ToString()), row.PublishedS is { } publishedS ? Time(publishedS) : null, Time(row.TimeS),
                    100 * row.ErrorFraction, row.BusGbPerS, row.IsFitted ? "yes" : "no",
                })),
            ],
            Charts =
            [
                new StudyChart
                {
                    Title = finding,
                    Caption = "Ours over measured time.",
                    X = new ChartAxis("Size", "MiB", IsLog: true),
                    Y = new ChartAxis("error", "%"),
                    Series = [new("collectives", SeriesStyle.Point, [.. measured.Select(row => row.SizeGb * 1e9 / 1048576)], [.. measured.Select(row => 100 * row.ErrorFraction!.Value)])],
                    Marks = [new("met", 0, true)],
                },
            ],
        };
    }

    /// <summary>The pictures, the most important first.</summary>
    public static IEnumerable<StudyChart> Charts(CollectiveAnswer data)
    {
        CollectiveAnswerSize most = data.Sizes.MaxBy(one => one.BusGbPerS)!;
        CollectiveAnswerSize half = data.Sizes.First(one => one.BusGbPerS >= most.BusGbPerS / 2);
        double[] sizes = [.. data.Sizes.Select(one => one.SizeGb * 1e9 / 1048576)];
        double[] Bus(Func<CollectiveAnswerSize, double> time) =>
            [.. data.Sizes.Select(one => double.IsFinite(time(one)) ? Collective.BusGbPerS(data.Kind, one.SizeGb, data.Ranks, time(one)) : double.NaN)];
        (string Name, double[] Y)[] lines =
            [("ring", Bus(one => one.RingS)), ("tree", Bus(one => one.TreeS)), ("in switch", Bus(one => one.InSwitchS)), ("hierarchical", Bus(one => one.HierarchicalS))];
        yield return new StudyChart
        {
            Title = $"Bus bandwidth reaches {Figures.Number(most.BusGbPerS)} GB/s; half of it takes messages of {Size(half.SizeGb)}.",
            Caption = $"Shown: {Words(data.Kind)} over {data.Ranks.ToString("N0", CultureInfo.InvariantCulture)} GPUs, as nccl-tests count it; added up in switches it may exceed the rate of the links.",
            X = new ChartAxis("Size", "MiB", IsLog: true),
            Y = new ChartAxis("Bus bandwidth", "GB/s"),
            Series =
            [
                .. lines.Where(line => line.Y.Any(double.IsFinite)).Select(line => new ChartSeries(line.Name, SeriesStyle.Line, sizes, line.Y)),
                .. data.Measured.Count == 0 ? Array.Empty<ChartSeries>() :
                [
                    new ChartSeries("published", SeriesStyle.Point, [.. data.Measured.Select(one => one.SizeGb * 1e9 / 1048576)],
                        [.. data.Measured.Select(one => Collective.BusGbPerS(data.Kind, one.SizeGb, data.Ranks, one.PublishedS))], "neutral"),
                ],
            ],
        };
        CollectiveAnswerCount first = data.Counts[0], last = data.Counts[^1];
        yield return new StudyChart
        {
            Title = $"From {Figures.Number(first.Ranks, 9)} to {Figures.Number(last.Ranks, 9)} GPUs the time goes from {Time(first.TimeS)} to {Time(last.TimeS)}.",
            Caption = $"{Words(data.Kind)} of {Size(data.SizeGb)}, the fastest algorithm at each number.",
            X = new ChartAxis("GPUs that take part", "", IsLog: true),
            Y = new ChartAxis("Time", "ms", IsLog: true),
            Series = [new("fastest", SeriesStyle.Line, [.. data.Counts.Select(one => (double)one.Ranks)], [.. data.Counts.Select(one => one.TimeS * 1e3)])],
            Marks = [new("here", data.Ranks)],
        };
    }

    /// <summary>A size in KiB, MiB or GiB, as collectives are measured.</summary>
    public static string Size(double sizeGb) => (sizeGb * 1e9) switch
    {
        >= 1073741824 * 0.9995 => $"{Figures.Number(sizeGb * 1e9 / 1073741824, 4)} GiB",
        >= 1048576 * 0.9995 => $"{Figures.Number(sizeGb * 1e9 / 1048576, 4)} MiB",
        _ => $"{Figures.Number(sizeGb * 1e9 / 1024, 4)} KiB",
    };

    /// <summary>A time in µs, ms or s; a dash when there is none.</summary>
    public static string Time(double timeS) => timeS switch
    {
        _ when !double.IsFinite(timeS) => "–",
        < 1e-3 => $"{Figures.Number(timeS * 1e6, 4)} µs",
        < 1 => $"{Figures.Number(timeS * 1e3, 4)} ms",
        _ => $"{Figures.Number(timeS, 4)} s",
    };

    /// <summary>A kind in words.</summary>
    public static string Words(CollectiveKind kind) => kind switch
    {
        CollectiveKind.AllReduce => "an all-reduce",
        CollectiveKind.AllGather => "an all-gather",
        CollectiveKind.ReduceScatter => "a reduce-scatter",
        _ => "an all-to-all",
    };

    /// <summary>An algorithm in words.</summary>
    public static string Words(CollectiveAlgorithm algorithm) => algorithm switch
    {
        CollectiveAlgorithm.Tree => "in trees",
        CollectiveAlgorithm.InSwitch => "added up in the switches",
        CollectiveAlgorithm.Hierarchical => "level by level",
        _ => "in a ring",
    };
}
