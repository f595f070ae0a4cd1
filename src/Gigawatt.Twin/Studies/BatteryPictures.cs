using Gigawatt.Numerics;

namespace Gigawatt.Studies;

/// <summary>Tables and charts of <see cref="BatteryStudy"/>.</summary>
internal static class BatteryPictures
{
    public static IReadOnlyList<StudyTable> Tables(BatteryAnswer data) =>
    [
        StudyTable.Of("How long it lasts", ["by", "years to the end of life"],
        [
            ["the range of the answer, harsh end", (object?)data.LowLifeYears ?? "beyond"],
            ["the range of the answer, mild end", (object?)data.HighLifeYears ?? "beyond"],
            ["a counter of full cycles, without calendar", (object?)data.CounterLifeYears ?? "beyond"],
            ["REopt", (object?)data.ReoptLifeYears ?? "beyond"],
            ["BLAST-Lite, LFP 250 Ah", data.InsideFit ? (object?)data.BlastLifeYears ?? "beyond" : "outside the fitted range"],
        ]),
        StudyTable.Of("Duties", ["duty", "mean load, MW", "power needed, MW", "swing at the cells, MWh", "cycles a year", "discharged, MWh a year"],
            data.Duties.Select(duty => new object?[]
            {
                duty.Name, duty.MeanMw > 0 ? duty.MeanMw : null, duty.NeededMw > 0 ? duty.NeededMw : null, duty.SwingMwh, duty.CyclesPerYear, duty.ThroughputMwhPerYear,
            })),
        StudyTable.Of("A year", ["what", "value"],
        [
            ["discharged, MWh", data.ThroughputMwhPerYear], ["mean discharge, MW", data.MeanDischargeMw],
            ["equivalent full cycles", data.EquivalentFullCyclesPerYear], ["lost on the round trip, MWh", data.LossMwhPerYear],
            ["mean loss, MW", data.MeanLossMw], ["auxiliaries and standing, MWh", data.StandingMwhPerYear],
            ["cost, MUSD, long life", data.LowCostUsdPerYear / 1e6], ["cost, MUSD, short life", data.HighCostUsdPerYear / 1e6],
            ["cost of discharged energy, USD/MWh, long life", data.LowCostUsdPerMwh], ["cost of discharged energy, USD/MWh, short life", data.HighCostUsdPerMwh],
        ]),
        StudyTable.Of("Cycles by depth", ["depth", "cycles a year", "cycle life a year, mild, %", "cycle life a year, harsh, %", "by a counter, %"],
            data.Depths.Select(depth => new object?[]
            {
                depth.Depth, depth.CyclesPerYear, depth.LowLifeFractionPerYear * 100, depth.HighLifeFractionPerYear * 100, depth.CounterFractionPerYear * 100,
            })),
    ];

    public static IReadOnlyList<StudyChart> Charts(BatteryAnswer data)
    {
        double[] places = [.. data.Depths.Select((_, i) => (double)i)];
        string[] depths = [.. data.Depths.Select(depth => depth.Depth)];
        double[] years = [.. data.Years.Select(one => (double)one.Year)];
        BatteryAnswerDepth? most = data.Depths.MaxBy(depth => depth.CyclesPerYear);
        BatteryAnswerDepth? worst = data.Depths.MaxBy(depth => depth.HighLifeFractionPerYear);
        double harsh = data.Depths.Sum(depth => depth.HighLifeFractionPerYear), mild = data.Depths.Sum(depth => depth.LowLifeFractionPerYear);
        List<ChartSeries> lines =
        [
            new("mild end", SeriesStyle.Line, years, [.. data.Years.Select(one => one.HighCapacityFraction * 100)]),
            new("harsh end", SeriesStyle.Line, years, [.. data.Years.Select(one => one.LowCapacityFraction * 100)]),
            new("counter of full cycles", SeriesStyle.Dashed, years, [.. data.Years.Select(one => one.CounterCapacityFraction * 100)], "neutral"),
            new("REopt", SeriesStyle.Dashed, years, [.. data.Years.Select(one => one.ReoptCapacityFraction * 100)], "money"),
        ];
        if (data.InsideFit)
        {
            lines.Add(new("BLAST-Lite", SeriesStyle.Dashed, years, [.. data.Years.Select(one => (one.BlastCapacityFraction ?? double.NaN) * 100)], "heat"));
        }
        return
        [
            new StudyChart
            {
                Title = $"{Figures.Percent(data.EndOfLifeFraction)} of the capacity {BatteryStudy.Life(data.LowLifeYears, data.HighLifeYears)}",
                Caption = "Capacity left, % of new. The answer lies between the mild and the harsh end; a counter takes every megawatt-hour for a deep one.",
                X = new("Age", "years"),
                Y = new("Capacity left", "%"),
                Series = lines,
                Marks = [new("end of life", data.EndOfLifeFraction * 100, true)],
            },
            new StudyChart
            {
                Title = most is null ? "The duty has no cycles" : $"Most cycles, {Figures.Number(most.CyclesPerYear)} a year, are {most.Depth} deep",
                Caption = "Rainflow count by ASTM E1049 on the state of charge; a half cycle counts a half.",
                X = new("Depth of cycle"),
                Y = new("Cycles a year", "", true),
                Categories = depths,
                Series = [new("cycles", SeriesStyle.Bar, places, [.. data.Depths.Select(depth => depth.CyclesPerYear)])],
            },
            new StudyChart
            {
                Title = worst is null ? "No wear by cycles" : $"Cycles {worst.Depth} deep are {Figures.Percent(worst.HighLifeFractionPerYear / harsh)} of the cycle wear",
                Caption = "Share of the wear by cycles; mild and harsh are the ends of the range of exponents.",
                X = new("Depth of cycle"),
                Y = new("Share of wear", "%"),
                Categories = depths,
                Series =
                [
                    new("mild", SeriesStyle.Bar, places, [.. data.Depths.Select(depth => depth.LowLifeFractionPerYear / mild * 100)]),
                    new("harsh", SeriesStyle.Bar, places, [.. data.Depths.Select(depth => depth.HighLifeFractionPerYear / harsh * 100)], "heat"),
                ],
            },
        ];
    }
}
