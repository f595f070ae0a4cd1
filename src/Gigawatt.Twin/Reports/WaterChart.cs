using System.Globalization;
using Gigawatt.Simulation;

namespace Gigawatt.Reports;

/// <summary>Water by month: where it came from and where it went.</summary>
internal static class WaterChart
{
    private const double MillionGallonsM3 = 3785.411784;
    private const double MuchTheSame = 1.02;

    /// <summary>The chart's data; empty when the scenario has no water.</summary>
    public static WaterData Build(ReportInput input)
    {
        RunResult run = input.Run;
        const string Caption =
            "m³ by month. Reclaimed is the product of the reclaimed-water plant; discharge counts blowdown, drift and what that plant rejects of its own raw "
            + "intake. The ledger, which closes, counts raw intake, tanks and other use too. Water used to make power elsewhere is left out.";
        string caption = Caption + EvidenceMix.Sources(input, "water", "cooling");
        if (run.Scenario.Water is null) { return new WaterData(Title(run), caption, [], [], [], "m³"); }
        MonthTotals months = new(run.Days);
        return new WaterData(
            Title(run), caption, months.Names,
            [
                months.Series("reclaimed", "Reclaimed", "water", day => day.ReclaimedM3),
                months.Series("city", "City", "water", day => day.CityM3),
            ],
            [
                months.Series("evaporation", "Evaporation", "water", day => day.EvaporationM3),
                months.Series("discharge", "Discharge and drift", "neutral", day => day.DischargedM3),
            ],
            "m³");
    }

    /// <summary>The finding.</summary>
    public static string Title(RunResult run)
    {
        if (run.Scenario.Water is null) { return "Nothing evaporates: the scenario models no water"; }
        double reclaimedM3 = run.Days.Sum(day => day.ReclaimedM3), cityM3 = run.Days.Sum(day => day.CityM3);
        double drawnM3 = reclaimedM3 + cityM3;
        if (drawnM3 <= 0) { return "The campus drew no water in this run"; }
        DayRecord peak = run.Days.MaxBy(day => day.ReclaimedM3 + day.CityM3);
        double peakM3 = peak.ReclaimedM3 + peak.CityM3;
        string gallons = $"{Readable.Volume(peakM3)} ({Readable.Number(peakM3 / MillionGallonsM3)} million gallons)";
        string worst = peakM3 <= MuchTheSame * drawnM3 / run.Days.Count ? $"every day took about {gallons}" : $"the peak day, {Readable.Day(peak.Day)}, took {gallons}";
        string source = cityM3 <= 0 ? "all of it reclaimed"
            : reclaimedM3 <= 0 ? "all of it city water"
            : $"{Readable.Percent(reclaimedM3 / drawnM3)} of it reclaimed";
        return $"The campus drew {Readable.Volume(drawnM3)}, {source}; {worst}";
    }
}

/// <summary>Days of a run gathered into months.</summary>
internal sealed class MonthTotals
{
    private readonly IReadOnlyList<DayRecord> days;
    private readonly int[] month;

    /// <summary>Finds the months of some days.</summary>
    public MonthTotals(IReadOnlyList<DayRecord> days)
    {
        this.days = days;
        List<string> names = [];
        month = new int[days.Count];
        for (int i = 0; i < days.Count; i++)
        {
            string name = days[i].Day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
            if (names.Count == 0 || names[^1] != name) { names.Add(name); }
            month[i] = names.Count - 1;
        }
        Names = names;
    }

    /// <summary>The months as YYYY-MM.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Something summed over the days of each month, as a series.</summary>
    public Series Series(string key, string label, string family, Func<DayRecord, double> amount)
    {
        double[] sums = new double[Names.Count];
        for (int i = 0; i < days.Count; i++) { sums[month[i]] += amount(days[i]); }
        return new Series(key, label, family, sums.Select(sum => Readable.Cut(sum, 2)).ToArray());
    }
}
