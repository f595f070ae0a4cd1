using Gigawatt.Power.Transients;

namespace Gigawatt.Studies;

/// <summary>Pictures of a transient: frequency with relay levels, and who gave the power.</summary>
internal static class FrequencyCharts
{
    private const int MostPoints = 1500;

    public static IReadOnlyList<StudyChart> Of(CampusBus bus, TransientTrace trace, FrequencyAnswer data, string finding, double firstS)
    {
        int[] kept = [.. Kept(trace)];
        double[] times = [.. kept.Select(i => trace.TimesS[i] - firstS)];
        List<ChartMark> marks = [.. data.Margins.Select(one => one.LevelHz).Distinct().Where(level => level > data.NadirHz - 2 && level < data.PeakHz + 2)
            .Select(level => new ChartMark(FormattableString.Invariant($"relay {level:0.0} Hz"), level, true))];
        marks.AddRange(data.Trips.Concat(data.Shed).Take(8).Select(trip => new ChartMark($"{trip.Device} off", trip.TimeS)));
        List<ChartSeries> powers = [];
        Add(powers, "load", SeriesStyle.Dashed, times, kept, trace.LoadMw, "neutral");
        Add(powers, "turbines, at the shaft", SeriesStyle.Line, times, kept, trace.MachinesMw, "fuel");
        if (bus.Forming.Length > 0) { Add(powers, "grid-forming batteries", SeriesStyle.Line, times, kept, trace.FormingMw, "electricity"); }
        if (bus.Following.Length > 0) { Add(powers, "grid-following batteries", SeriesStyle.Line, times, kept, trace.FollowingMw, "water"); }
        if (bus.HasGrid) { Add(powers, "grid", SeriesStyle.Line, times, kept, trace.GridMw, "money"); }
        return
        [
            new StudyChart
            {
                Title = finding, Caption = "One common frequency; levels are those of the relays. Time counts from the first event.",
                X = new ChartAxis("after the event", "s"), Y = new ChartAxis("frequency", "Hz"), Marks = marks,
                Series = [new ChartSeries("frequency", SeriesStyle.Line, times, [.. kept.Select(i => trace.FrequenciesHz[i])])],
            },
            new StudyChart
            {
                Title = FormattableString.Invariant($"Batteries give {data.BatteryGivenMwh:0.###} and take {data.BatteryAbsorbedMwh:0.###} MWh; turbines take over as their governors move."),
                Caption = "The gap between load and sources is what the rotating masses give or take.",
                X = new ChartAxis("after the event", "s"), Y = new ChartAxis("power", "MW"), Series = powers,
            },
        ];
    }

    private static void Add(List<ChartSeries> series, string label, SeriesStyle style, double[] times, int[] kept, List<double> values, string family) =>
        series.Add(new ChartSeries(label, style, times, [.. kept.Select(i => values[i])], family));

    private static IEnumerable<int> Kept(TransientTrace trace)
    {
        // The first seconds in full, the rest thinned.
        int stride = Math.Max(1, trace.TimesS.Count / (MostPoints / 2));
        for (int i = 0; i < trace.TimesS.Count; i++) { if (i < MostPoints / 2 || i % stride == 0 || i == trace.TimesS.Count - 1) { yield return i; } }
    }
}
