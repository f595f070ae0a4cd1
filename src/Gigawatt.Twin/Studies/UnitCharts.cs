using Gigawatt.Economics;
using Gigawatt.Numerics;
using Gigawatt.Power;

namespace Gigawatt.Studies;

/// <summary>The pictures of <c>gw study unit</c>.</summary>
internal static class UnitCharts
{
    private static readonly double[] AirC = [.. Enumerable.Range(-20, 66).Select(air => (double)air)];

    /// <summary>Output by temperature, efficiency by load, equivalent hours by year.</summary>
    public static StudyChart[] Of(UnitInput input, double half, double eohPerYear, UnitAnswerWork[] works) =>
        [Output(input), Efficiency(input.Unit, half), Hours(input, eohPerYear, works)];

    private static StudyChart Output(UnitInput input)
    {
        GasTurbineSpec plain = input.Unit with { InletCooling = null };
        double heightM = input.AltitudesM[0];
        double hotC = Math.Min(45, input.TemperaturesC.Max());
        double Mw(GasTurbineSpec unit, double airC) => UnitStudy.At(input, airC, heightM, unit).AvailableMw;
        GasTurbineSpec wet = plain with { InletCooling = input.Evaporative }, cold = plain with { InletCooling = input.Chiller };
        return new StudyChart
        {
            Title = $"At {Figures.Number(hotC, 3)} °C evaporation gives back {Figures.Number(Mw(wet, hotC) - Mw(plain, hotC), 3)} MW and a chiller {Figures.Number(Mw(cold, hotC) - Mw(plain, hotC), 3)} MW of the "
                + $"{Figures.Number(input.Unit.RatedMw - Mw(plain, hotC), 3)} MW that warm air takes",
            Caption = $"{Figures.Percent(input.HumidityFraction)} relative humidity, {Figures.Number(heightM, 3)} m; the chiller's power is deducted. Water used is not shown.",
            X = new ChartAxis("Outdoor air", "°C"),
            Y = new ChartAxis("Net output", "MW"),
            Series =
            [
                new ChartSeries("without cooling", SeriesStyle.Line, AirC, [.. AirC.Select(air => Mw(plain, air))]),
                new ChartSeries("evaporative", SeriesStyle.Line, AirC, [.. AirC.Select(air => Mw(wet, air))], "water"),
                new ChartSeries("chiller", SeriesStyle.Line, AirC, [.. AirC.Select(air => Mw(cold, air))], "heat"),
            ],
            Marks = [new ChartMark("rating", input.Unit.RatedMw, true)],
        };
    }

    private static StudyChart Efficiency(GasTurbineSpec unit, double half)
    {
        double[] loads = [.. Enumerable.Range(20, 81).Select(load => (double)load)];
        return new StudyChart
        {
            Title = $"At half load {Figures.Percent(half)} of the full-load efficiency is left, where public tools put 60 % and 95 %",
            Caption = unit.FuelPoints.Count > 0 ? "Straight in fuel flow between the maker's points." : "Willans line: fuel = f0 + (1 − f0) load. Points: RTS-GMLC U55, 55 MW combustion turbine.",
            X = new ChartAxis("Load", "%"),
            Y = new ChartAxis("Efficiency over that at full load", "%"),
            Series =
            [
                new ChartSeries("this unit", SeriesStyle.Line, loads, [.. loads.Select(load => 100 * UnitStudy.RelativeEfficiency(unit, load / 100))], "fuel"),
                new ChartSeries("RTS-GMLC U55, published", SeriesStyle.Point, [40, 50, 60, 80, 100], [73.98, 81.73, 87.87, 95.31, 100.00], "neutral"),
                new ChartSeries("two public tools", SeriesStyle.Point, [50, 50], [60, 95], "neutral"),
            ],
            Marks = [new ChartMark("stable", 100 * unit.MinStableFraction), new ChartMark("allowed", 100 * unit.LowestFraction)],
        };
    }

    private static StudyChart Hours(UnitInput input, double eohPerYear, UnitAnswerWork[] works)
    {
        double years = input.Duty.SpanS / Finance.YearS;
        double outH = works.Sum(work => work.OutageH);
        return new StudyChart
        {
            Title = works.Length == 0
                ? $"The duty brings {Figures.Number(eohPerYear, 4)} equivalent hours a year; no planned work is given"
                : $"{Figures.Number(works.Length, 3)} planned works in {Figures.Number(years, 3)} years keep it out for {Figures.Number(outH, 4)} h",
            Caption = "Equivalent operating hours = hours on the bus + starts + trips, each with its factor; works at their limits.",
            X = new ChartAxis("Years of service", "a"),
            Y = new ChartAxis("Equivalent operating hours", "h"),
            Series =
            [
                new ChartSeries("equivalent hours", SeriesStyle.Line, [0, years], [0, years * eohPerYear]),
                .. works.GroupBy(work => work.Name).Select(kind => new ChartSeries(
                    kind.Key, SeriesStyle.Point, [.. kind.Select(work => work.AtYears)], [.. kind.Select(work => work.AtEoh)], "neutral")),
            ],
        };
    }
}
