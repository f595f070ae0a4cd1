using Gigawatt.Numerics;
using Gigawatt.Power.Networks;

namespace Gigawatt.Studies;

/// <summary>Input of the transformer study: a transformer, its load and its air over a cycle that repeats.</summary>
public sealed record TransformerInput : ISelfChecking
{
    /// <summary>Name of the transformer or hall.</summary>
    public required string Name { get; init; }

    /// <summary>Rating.</summary>
    public required double RatedMva { get; init => field = Check.Positive(value); }

    /// <summary>Its thermal data.</summary>
    public TransformerThermalSpec Thermal { get; init; } = new();

    /// <summary>Load of every interval as a share of the rating.</summary>
    public required IReadOnlyList<double> LoadFraction { get; init; }

    /// <summary>Air around it: of every interval, or one for all.</summary>
    public required IReadOnlyList<double> AirC { get; init; }

    /// <summary>Length of an interval.</summary>
    [Default(Grade.E, "assumption: an hour, so that 24 values are a day")]
    public double IntervalS { get; init => field = Check.Within(value, 60, 86400); } = 3600;

    /// <summary>Highest temperature that the hottest spot may reach.</summary>
    [Default(Grade.E, "assumption: 140 °C, above which gas bubbles are to be feared (IEEE C57.91, recalled)")]
    public double HighestHotSpotC { get; init => field = Check.Within(value, 80, 200); } = 140;

    /// <inheritdoc/>
    public IEnumerable<Contradiction> Contradictions()
    {
        if (LoadFraction.Count == 0) { yield return new(nameof(LoadFraction), "the load of one interval or more", "none"); }
        if (LoadFraction.Any(load => !(load >= 0 && load <= 3)))
        {
            yield return new(nameof(LoadFraction), "loads from 0 to 300 % of the rating", Figures.Percent(LoadFraction.First(load => !(load >= 0 && load <= 3))));
        }
        if (AirC.Count != 1 && AirC.Count != LoadFraction.Count) { yield return new(nameof(AirC), $"one temperature, or one for each of the {LoadFraction.Count} loads", $"{AirC.Count}"); }
        if (AirC.Any(air => !(air >= -60 && air <= 70))) { yield return new(nameof(AirC), "air from −60 to 70 °C", FormattableString.Invariant($"{AirC.First(air => !(air >= -60 && air <= 70)):0.#} °C")); }
    }
}

/// <summary>One interval of the answer.</summary>
public sealed record TransformerAnswerInterval(double FromH, double LoadFraction, double AirC, double TopOilC, double HotSpotC, double AgeingFactor);

/// <summary>What <c>gw study transformer --json</c> prints.</summary>
/// <param name="HottestC">Highest temperature of the hottest spot.</param>
/// <param name="HottestOilC">Highest temperature of the top oil.</param>
/// <param name="AgeingFactor">Speed of ageing over the cycle; 1 is normal.</param>
/// <param name="LifeYears">Life of the insulation at that speed.</param>
/// <param name="LargestScaleFactor">Multiple of the load with which it lives its normal life and stays below the highest temperature.</param>
/// <param name="LargestPeakMva">Peak of that load.</param>
/// <param name="Intervals">The cycle.</param>
public sealed record TransformerAnswer(
    double HottestC, double HottestOilC, double AgeingFactor, double LifeYears, double LargestScaleFactor, double LargestPeakMva, IReadOnlyList<TransformerAnswerInterval> Intervals);

/// <summary>How warm a transformer gets and how long its insulation lasts: <c>gw study transformer</c>.</summary>
public static class TransformerStudy
{
    private const double YearS = 8760 * 3600.0;
    private static readonly double[] Scales = [0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4];

    /// <summary>The study.</summary>
    public static Study Definition { get; } = Study.Of<TransformerInput>(
        "transformer", "How warm does a transformer get in its load and air, and how long does it live?", "studies/transformer.yaml", Answer);

    private static StudyAnswer Answer(TransformerInput input)
    {
        TransformerInterval[] cycle = TransformerCycle.Settled(input.Thermal, input.LoadFraction, input.AirC, input.IntervalS);
        double factor = TransformerCycle.AgeingFactor(cycle), peakFraction = input.LoadFraction.Max();
        double largest = TransformerCycle.LargestScale(input.Thermal, input.LoadFraction, input.AirC, input.IntervalS, input.HighestHotSpotC);
        TransformerAnswer data = new(
            cycle.Max(one => one.HotSpotC), cycle.Max(one => one.TopOilC), factor, Life(input, factor), largest, largest * peakFraction * input.RatedMva,
            [.. cycle.Select((one, i) => new TransformerAnswerInterval(i * input.IntervalS / 3600, one.LoadFraction, one.AirC, one.TopOilC, one.HotSpotC, one.AgeingFactor))]);
        string tooHot = data.HottestC > input.HighestHotSpotC ? FormattableString.Invariant($", above the {input.HighestHotSpotC:0} °C that it may reach") : "";
        string finding = FormattableString.Invariant($"The hottest spot reaches {data.HottestC:0.0} °C{tooHot}; insulation ages at {Figures.Number(factor)} of normal speed and lasts {Figures.Number(data.LifeYears)} years; ")
            + $"a peak of {Figures.Number(data.LargestPeakMva)} MVA would use its normal life.";
        (double Scale, TransformerInterval[] Cycle)[] others = [.. Scales.Select(scale => (scale, TransformerCycle.Settled(input.Thermal, input.LoadFraction, input.AirC, input.IntervalS, scale)))];
        return new StudyAnswer
        {
            Subject = input.Name,
            Finding = finding,
            Remarks =
            [
                $"Normal life is {Figures.Number(input.Thermal.NormalLifeS / YearS)} years with the hottest spot always at 110 °C; about 7 K more halve it.",
                "Insulation alone: tap changers, bushings, short circuits and moisture often end a transformer's life sooner.",
            ],
            Tables =
            [
                StudyTable.Of("What more or less load would do", ["load, times", "peak, MVA", "hottest spot, °C", "ageing, times normal", "life, years"],
                    others.Select(one => new object?[]
                    {
                        one.Scale, one.Scale * peakFraction * input.RatedMva, one.Cycle.Max(at => at.HotSpotC), TransformerCycle.AgeingFactor(one.Cycle), Life(input, TransformerCycle.AgeingFactor(one.Cycle)),
                    })),
                StudyTable.Of("The cycle", ["from, h", "load, MVA", "air, °C", "top oil, °C", "hottest spot, °C", "ageing, times normal"],
                    data.Intervals.Select(one => new object?[] { one.FromH, one.LoadFraction * input.RatedMva, one.AirC, one.TopOilC, one.HotSpotC, one.AgeingFactor })),
            ],
            Data = data,
            Charts = [Temperatures(input, data, finding), Lives(input, others, data)],
        };
    }

    private static double Life(TransformerInput input, double factor) => input.Thermal.NormalLifeS / YearS / factor;

    private static StudyChart Temperatures(TransformerInput input, TransformerAnswer data, string finding)
    {
        double hours = input.IntervalS / 3600;
        double[] ends = [.. data.Intervals.Select(one => one.FromH + hours)], starts = [.. data.Intervals.Select(one => one.FromH), data.Intervals.Count * hours];
        return new StudyChart
        {
            Title = finding,
            Caption = "The cycle repeats until it ends as warm as it began. IEEE C57.91, clause 7; values at the end of each interval.",
            X = new ChartAxis("time", "h"),
            Y = new ChartAxis("temperature", "°C"),
            Series =
            [
                new ChartSeries("hottest spot", SeriesStyle.Line, ends, [.. data.Intervals.Select(one => one.HotSpotC)], "heat"),
                new ChartSeries("top oil", SeriesStyle.Line, ends, [.. data.Intervals.Select(one => one.TopOilC)], "fuel"),
                new ChartSeries("air", SeriesStyle.Step, starts, [.. data.Intervals.Select(one => one.AirC), data.Intervals[^1].AirC], "neutral"),
            ],
            Marks = [new ChartMark("normal ageing", 110, IsLevel: true)],
        };
    }

    private static StudyChart Lives(TransformerInput input, (double Scale, TransformerInterval[] Cycle)[] others, TransformerAnswer data) => new()
    {
        Title = FormattableString.Invariant($"{data.LargestScaleFactor:0.00} times this load uses the normal life; a tenth more load is dear."),
        Caption = "Every load of the cycle multiplied; life of the insulation.",
        X = new ChartAxis("load, times the cycle's"),
        Y = new ChartAxis("life", "years", IsLog: true),
        Series = [new ChartSeries("life", SeriesStyle.Line, [.. others.Select(one => one.Scale)], [.. others.Select(one => Life(input, TransformerCycle.AgeingFactor(one.Cycle)))])],
        Marks = [new ChartMark("normal life", input.Thermal.NormalLifeS / YearS, IsLevel: true)],
    };
}
