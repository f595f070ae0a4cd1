using System.Globalization;
using Gigawatt.Numerics;
using Gigawatt.Power.Adequacy;

namespace Gigawatt.Studies;

/// <summary>The pictures of the study of adequacy.</summary>
internal static class AdequacyCharts
{
    private const double Floor = 1e-12;

    /// <summary>The pictures, the most important first.</summary>
    public static IEnumerable<StudyChart> Of(
        AdequacyAnswer data, AdequacyInput input, UnitGroup[] groups, AdequacyLoad load, OutageTable table, AdequacyYear[]? years)
    {
        yield return Outages(data, load);
        if (data.Target is { } target) { yield return Counts(target, groups, input, load); }
        yield return Loads(data, table, load);
        if (years is { Length: >= 20 }) { yield return Convergence(data, years); }
        if (data.LoleHPerYear > 0)
        {
            yield return Months(data, table, load);
            yield return HoursOfDay(data, table, load);
        }
    }

    private static StudyChart Outages(AdequacyAnswer data, AdequacyLoad load)
    {
        double reserveMw = data.InstalledMw - load.PeakMw;
        AdequacyAnswerPoint[] shown = [.. data.OutageTable.Where(point => point.Probability > Floor)];
        return new StudyChart
        {
            Title = reserveMw < 0
                ? $"With nothing out, {Figures.Power(-reserveMw)} are missing at the peak."
                : $"More than the reserve of {Figures.Power(reserveMw, 4)} is out {Figures.Percent(data.LolpAtPeak)} of the time.",
            Caption = $"Probability that so much capacity or more is out; {(data.IsExact ? "exact" : "shared between points of the grid")}, independent groups.",
            X = new ChartAxis("Capacity out", "MW"),
            Y = new ChartAxis("Probability", "", IsLog: true),
            Series = [new("This much or more is out", SeriesStyle.Step, [.. shown.Select(p => p.OutMw)], [.. shown.Select(p => p.Probability)])],
            Marks = reserveMw >= 0 ? [new("reserve at the peak", reserveMw)] : [],
        };
    }

    private static StudyChart Counts(AdequacyAnswerTarget target, UnitGroup[] groups, AdequacyInput input, AdequacyLoad load)
    {
        int sized = Array.FindIndex(groups, group => group.Name == target.Group);
        int middle = target.Units ?? input.Units[sized].Count, from = Math.Max(0, middle - 10);
        double[] counts = [.. Enumerable.Range(from, 16 + middle - from - 10).Select(count => (double)count)];
        double[] loles = [.. counts.Select(count => UnitCount.LoleHOf(groups, sized, (int)count, load))];
        return new StudyChart
        {
            Title = target.Units is { } units
                ? $"{units} units of '{target.Group}' are the fewest that stay within {Figures.Duration(target.LoleHPerYear * 3600)} a year."
                : $"No number of units of '{target.Group}' stays within {Figures.Duration(target.LoleHPerYear * 3600)} a year.",
            Caption = $"Expected hours of shortage at {Figures.Number(input.InletC)} °C, the other groups as they are.",
            X = new ChartAxis("Units of the group"),
            Y = new ChartAxis("Shortage", "h/year", IsLog: true),
            Series = [new("Expected shortage", SeriesStyle.Line, counts, [.. loles.Select(Positive)])],
            Marks = [new("target", target.LoleHPerYear, IsLevel: true)],
        };
    }

    private static StudyChart Loads(AdequacyAnswer data, OutageTable table, AdequacyLoad load)
    {
        double[] factors = [.. Enumerable.Range(0, 31).Select(i => 0.8 + 0.01 * i)];
        double[] loles = [.. factors.Select(factor => AdequacyIndices.LoleOf(table, load.Scaled(factor)))];
        double more = loles[25];
        return new StudyChart
        {
            Title = $"Five percent more load brings {Figures.Number(more)} h of shortage a year instead of {Figures.Number(data.LoleHPerYear)} h.",
            Caption = "Every hour of the load multiplied alike; the same units.",
            X = new ChartAxis("Peak load", "MW"),
            Y = new ChartAxis("Shortage", "h/year", IsLog: true),
            Series = [new("Expected shortage", SeriesStyle.Line, [.. factors.Select(factor => factor * load.PeakMw)], [.. loles.Select(Positive)])],
            Marks = [new("peak now", load.PeakMw)],
        };
    }

    private static StudyChart Convergence(AdequacyAnswer data, AdequacyYear[] years)
    {
        List<double> at = [], means = [], lows = [], highs = [];
        double sum = 0, squares = 0, next = 20;
        for (int i = 0; i < years.Length; i++)
        {
            sum += years[i].LossH;
            squares += years[i].LossH * years[i].LossH;
            int n = i + 1;
            if (n < next && n < years.Length) { continue; }
            double mean = sum / n, error = Math.Sqrt(Math.Max(0, squares / n - mean * mean) / (n - 1));
            at.Add(n);
            means.Add(mean);
            lows.Add(mean - 2 * error);
            highs.Add(mean + 2 * error);
            next = Math.Max(n + 1, n * 1.1);
        }
        return new StudyChart
        {
            Title = $"After {years.Length.ToString("N0", CultureInfo.InvariantCulture)} simulated years the mean is {Figures.Number(data.MonteCarlo!.LoleHPerYear, 4)} h ± {Figures.Number(2 * data.MonteCarlo.StandardError, 2)} h; the exact value is {Figures.Number(data.LoleHPerYear, 4)} h.",
            Caption = "Running mean of the hours of shortage with two standard errors either way.",
            X = new ChartAxis("Simulated years", "", IsLog: true),
            Y = new ChartAxis("Shortage", "h/year"),
            Series =
            [
                new("Mean of the years", SeriesStyle.Line, at, means), new("two standard errors above", SeriesStyle.Dashed, at, highs, "neutral"),
                new("two standard errors below", SeriesStyle.Dashed, at, lows, "neutral"),
            ],
            Marks = [new("exact", data.LoleHPerYear, IsLevel: true)],
        };
    }

    private static StudyChart Months(AdequacyAnswer data, OutageTable table, AdequacyLoad load)
    {
        DateOnly first = new(2026, 1, 1);
        double[] hours = new double[12];
        for (int hour = 0; hour < load.Hours; hour++) { hours[first.AddDays(Math.Min(364, hour / 24)).Month - 1] += table.LossFraction(load.HourlyMw[hour]); }
        int worst = Array.IndexOf(hours, hours.Max());
        return new StudyChart
        {
            Title = $"{CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(worst + 1)} has {Figures.Percent(hours[worst] / data.LoleHPerYear)} of the year's shortage.",
            Caption = "Expected hours of shortage by month, exact method; the chronology begins on 1 January.",
            X = new ChartAxis("Month"),
            Y = new ChartAxis("Shortage", "h"),
            Categories = [.. Enumerable.Range(1, 12).Select(month => CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedMonthName(month))],
            Series = [new("Expected shortage", SeriesStyle.Bar, [.. Enumerable.Range(0, 12).Select(i => (double)i)], hours)],
        };
    }

    private static StudyChart HoursOfDay(AdequacyAnswer data, OutageTable table, AdequacyLoad load)
    {
        double[] hours = new double[24];
        for (int hour = 0; hour < load.Hours; hour++) { hours[hour % 24] += table.LossFraction(load.HourlyMw[hour]); }
        int worst = Array.IndexOf(hours, hours.Max());
        return new StudyChart
        {
            Title = $"The hour from {worst}:00 has {Figures.Percent(hours[worst] / data.LoleHPerYear)} of the year's shortage.",
            Caption = "Expected hours of shortage by hour of the day, exact method.",
            X = new ChartAxis("Hour of the day"),
            Y = new ChartAxis("Shortage", "h"),
            Categories = [.. Enumerable.Range(0, 24).Select(hour => hour.ToString("00", CultureInfo.InvariantCulture))],
            Series = [new("Expected shortage", SeriesStyle.Bar, [.. Enumerable.Range(0, 24).Select(i => (double)i)], hours)],
        };
    }

    // A logarithmic axis has no zero: what is less than one in a billion hours is a gap.
    private static double Positive(double hours) => hours > 1e-9 ? hours : double.NaN;
}
