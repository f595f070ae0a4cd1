using Gigawatt.Numerics;
using Gigawatt.Power.Networks;

namespace Gigawatt.Studies;

/// <summary>Pictures of a power flow: voltages between their limits, loadings, what single losses do.</summary>
internal static class PowerFlowCharts
{
    private const int MostBars = 60;

    public static IReadOnlyList<StudyChart> Of(NetworkCase network, PowerFlowAnswer data)
    {
        List<StudyChart> charts = [Voltages(network, data)];
        PowerFlowAnswerBranch[] rated = [.. data.Branches.Where(one => one.LoadingPercent is not null).OrderByDescending(one => one.LoadingPercent).Take(MostBars)];
        if (rated.Length > 0)
        {
            charts.Add(Bars($"{rated[0].Name} is loaded most, {Figures.Number(rated[0].LoadingPercent!.Value)} % of its rating", "Larger apparent power of both ends over the rating.",
                [.. rated.Select(one => one.Name)], [.. rated.Select(one => one.LoadingPercent!.Value)], "Loading"));
        }
        PowerFlowAnswerContingency[] lost = [.. data.Contingencies.Where(one => one.WorstLoadingPercent > 0).OrderByDescending(one => one.WorstLoadingPercent).Take(MostBars)];
        if (lost.Length > 0)
        {
            charts.Add(Bars($"The worst single loss, {lost[0].Name}, loads {lost[0].WorstBranch} to {Figures.Number(lost[0].WorstLoadingPercent)} %",
                "The most loaded branch after each loss; losses without a steady state or without ratings are in the table.",
                [.. lost.Select(one => one.Name)], [.. lost.Select(one => one.WorstLoadingPercent)], "Highest loading after the loss"));
        }
        return charts;
    }

    /// <summary>What is asked of the network, for one that has no solution.</summary>
    public static StudyChart Loads(NetworkCase network)
    {
        BusSpec[] loaded = [.. network.Buses.Where(bus => bus.LoadMw != 0).OrderByDescending(bus => bus.LoadMw).Take(MostBars)];
        return Series($"The network is asked for {Figures.Power(network.Buses.Sum(bus => bus.LoadMw))}, which it cannot serve", "Load of each bus.",
            [.. loaded.Select(bus => bus.Name)], "Load", "MW", [new ChartSeries("Load", SeriesStyle.Bar, Places(loaded.Length), [.. loaded.Select(bus => bus.LoadMw)])], []);
    }

    private static StudyChart Voltages(NetworkCase network, PowerFlowAnswer data)
    {
        PowerFlowAnswerBus[] live = [.. data.Buses.Where(bus => bus.VPu > 0)];
        PowerFlowAnswerBus lowest = live.MinBy(bus => bus.VPu)!, highest = live.MaxBy(bus => bus.VPu)!;
        Dictionary<string, BusSpec> specs = network.Buses.ToDictionary(bus => bus.Name, StringComparer.Ordinal);
        double[] places = Places(live.Length);
        return Series(
            $"Voltages lie between {Figures.Number(lowest.VPu, 4)} pu at {lowest.Name} and {Figures.Number(highest.VPu, 4)} pu at {highest.Name}",
            "Buses in the order of the file, with the limits of each.", [.. live.Select(bus => bus.Name)], "Voltage", "pu",
            [
                new ChartSeries("Voltage", SeriesStyle.Point, places, [.. live.Select(bus => bus.VPu)]),
                new ChartSeries("Lower limit", SeriesStyle.Dashed, places, [.. live.Select(bus => specs[bus.Name].MinVoltagePu)], "neutral"),
                new ChartSeries("Upper limit", SeriesStyle.Dashed, places, [.. live.Select(bus => specs[bus.Name].MaxVoltagePu)], "neutral"),
            ], []);
    }

    private static StudyChart Bars(string title, string caption, IReadOnlyList<string> names, double[] percent, string label) =>
        Series(title, caption, names, label, "%", [new ChartSeries(label, SeriesStyle.Bar, Places(names.Count), percent)], [new ChartMark("rating", 100, IsLevel: true)]);

    private static StudyChart Series(
        string title, string caption, IReadOnlyList<string> names, string label, string unit, IReadOnlyList<ChartSeries> series, IReadOnlyList<ChartMark> marks) => new()
        {
            Title = title,
            Caption = caption,
            X = new ChartAxis(""),
            Y = new ChartAxis(label, unit),
            Categories = names,
            Series = series,
            Marks = marks,
        };

    private static double[] Places(int count) => [.. Enumerable.Range(0, count).Select(i => (double)i)];
}
