using Gigawatt.Numerics;

namespace Gigawatt.Power.Adequacy;

/// <summary>The weeks of a year that share a shape of the day.</summary>
public sealed record LoadSeasonSpec
{
    /// <summary>Name of the season.</summary>
    public required string Name { get; init; }

    /// <summary>Its weeks, the first of the year being 1.</summary>
    public required IReadOnlyList<int> Weeks { get; init; }

    /// <summary>Load of the hours of a weekday, from midnight, in percent of the day's peak.</summary>
    public required IReadOnlyList<double> WeekdayPercent { get; init; }

    /// <summary>Load of the hours of a Saturday or Sunday, in percent of the day's peak.</summary>
    public required IReadOnlyList<double> WeekendPercent { get; init; }
}

/// <summary>A load through the year: constant, hour by hour, or in the form of the IEEE Reliability Test System.</summary>
/// <remarks>
/// RTS form: hour = annual peak · weekly percent · daily percent · hourly percent, weeks from Monday; as many weeks as percents.
/// Source of the form: IEEE Reliability Test System, IEEE Trans. PAS-98 (1979). Not modelled: uncertainty of the load.
/// </remarks>
public sealed record AdequacyLoadSpec
{
    /// <summary>The same load in every hour of 8,760.</summary>
    public double? ConstantMw { get; init => field = value is { } given ? Check.Positive(given) : null; }

    /// <summary>Load of each hour from 1 January; whole days, repeated to 8,760 h when shorter than a year.</summary>
    public IReadOnlyList<double>? HourlyMw { get; init; }

    /// <summary>Highest load of the year, in the RTS form.</summary>
    public double? PeakMw { get; init => field = value is { } given ? Check.Positive(given) : null; }

    /// <summary>Peak of each week in percent of the year's.</summary>
    public IReadOnlyList<double>? WeeklyPeakPercent { get; init; }

    /// <summary>Peak of each day from Monday, in percent of the week's.</summary>
    public IReadOnlyList<double>? DailyPeakPercent { get; init; }

    /// <summary>Shapes of the day.</summary>
    public IReadOnlyList<LoadSeasonSpec> Seasons { get; init; } = [];
}

/// <summary>The load of every hour of a year, and the highest of each day.</summary>
public sealed class AdequacyLoad
{
    private const int HoursOfDay = 24;
    private const int YearHours = 8760;
    private readonly double[] hourlyMw;
    private readonly double[] dailyPeakMw;

    /// <summary>A chronology from loads of its hours.</summary>
    public AdequacyLoad(ReadOnlySpan<double> loadsMw)
    {
        hourlyMw = loadsMw.ToArray();
        dailyPeakMw = new double[(hourlyMw.Length + HoursOfDay - 1) / HoursOfDay];
        for (int hour = 0; hour < hourlyMw.Length; hour++)
        {
            dailyPeakMw[hour / HoursOfDay] = Math.Max(dailyPeakMw[hour / HoursOfDay], hourlyMw[hour]);
            EnergyMwh += hourlyMw[hour];
        }
        PeakMw = dailyPeakMw.Max();
    }

    /// <summary>Load of each hour.</summary>
    public ReadOnlySpan<double> HourlyMw => hourlyMw;

    /// <summary>Highest load of each day.</summary>
    public ReadOnlySpan<double> DailyPeakMw => dailyPeakMw;

    /// <summary>Hours of the chronology.</summary>
    public int Hours => hourlyMw.Length;

    /// <summary>Highest load of all.</summary>
    public double PeakMw { get; }

    /// <summary>Energy asked for in the year.</summary>
    public double EnergyMwh { get; }

    /// <summary>The same load in every hour of a year.</summary>
    public static AdequacyLoad Constant(double loadMw)
    {
        double[] loadsMw = new double[YearHours];
        Array.Fill(loadsMw, loadMw);
        return new AdequacyLoad(loadsMw);
    }

    /// <summary>The same chronology, every hour multiplied.</summary>
    public AdequacyLoad Scaled(double scaleFactor)
    {
        double[] loadsMw = [.. hourlyMw];
        for (int i = 0; i < loadsMw.Length; i++) { loadsMw[i] *= scaleFactor; }
        return new AdequacyLoad(loadsMw);
    }

    /// <summary>The chronology that a specification describes.</summary>
    /// <param name="spec">The specification.</param>
    /// <param name="path">Where it stands in the file, for errors.</param>
    /// <exception cref="CaseException">It describes none, more than one, or one with gaps.</exception>
    public static AdequacyLoad Of(AdequacyLoadSpec spec, string path = "load")
    {
        int forms = (spec.ConstantMw is null ? 0 : 1) + (spec.HourlyMw is null ? 0 : 1) + (spec.PeakMw is null ? 0 : 1);
        if (forms != 1) { throw new CaseException(path, "one of constant, hourly, or peak with weekly and daily percents", forms == 0 ? "none of them" : $"{forms} of them"); }
        if (spec.ConstantMw is { } constantMw) { return Constant(constantMw); }
        return spec.HourlyMw is { } listed ? Listed(listed, $"{path}.hourly") : Seasonal(spec, path);
    }

    private static AdequacyLoad Listed(IReadOnlyList<double> listed, string path)
    {
        List<CaseProblem> problems = [];
        if (listed.Count == 0) { problems.Add(new(path, "a load for every hour", "an empty list")); }
        else if (listed.Count % HoursOfDay != 0 || listed.Count > YearHours + HoursOfDay)
        {
            problems.Add(new(path, "whole days of 24 hours without a gap, at most 8,784 hours", FormattableString.Invariant($"{listed.Count} hours")));
        }
        CheckEach(listed, path, "a load of 0 MW or more", " MW", problems);
        if (problems.Count > 0) { throw new CaseException(problems); }
        bool isYear = listed.Count is YearHours - HoursOfDay or YearHours or YearHours + HoursOfDay;
        double[] loadsMw = new double[isYear ? listed.Count : YearHours];
        for (int hour = 0; hour < loadsMw.Length; hour++) { loadsMw[hour] = listed[hour % listed.Count]; }
        return new AdequacyLoad(loadsMw);
    }

    private static AdequacyLoad Seasonal(AdequacyLoadSpec spec, string path)
    {
        List<CaseProblem> problems = [];
        IReadOnlyList<double> weekly = spec.WeeklyPeakPercent ?? [], daily = spec.DailyPeakPercent ?? [];
        if (weekly.Count is < 1 or > 52) { problems.Add(new($"{path}.weekly_peak_percent", "a percent for each week, 52 of them for a year", Number(weekly.Count))); }
        if (daily.Count != 7) { problems.Add(new($"{path}.daily_peak_percent", "seven percents, Monday to Sunday", Number(daily.Count))); }
        CheckEach(weekly, $"{path}.weekly_peak_percent", "a percent of 0 or more", "", problems);
        CheckEach(daily, $"{path}.daily_peak_percent", "a percent of 0 or more", "", problems);
        LoadSeasonSpec?[] seasonOf = new LoadSeasonSpec?[weekly.Count];
        for (int i = 0; i < spec.Seasons.Count; i++)
        {
            LoadSeasonSpec season = spec.Seasons[i];
            string at = $"{path}.seasons[{i}]";
            CheckDay(season.WeekdayPercent, $"{at}.weekday_percent", problems);
            CheckDay(season.WeekendPercent, $"{at}.weekend_percent", problems);
            for (int j = 0; j < season.Weeks.Count; j++)
            {
                int week = season.Weeks[j] - 1;
                if (week < 0 || week >= weekly.Count) { problems.Add(new($"{at}.weeks[{j}]", $"a week from 1 to {weekly.Count}", $"{week + 1}")); }
                else if (seasonOf[week] is { } other) { problems.Add(new($"{at}.weeks[{j}]", "each week in one season", $"week {week + 1}, which is in {other.Name} too")); }
                else { seasonOf[week] = season; }
            }
        }
        int gap = Array.FindIndex(seasonOf, season => season is null);
        if (gap >= 0) { problems.Add(new($"{path}.seasons", "a season for every week", $"none for week {gap + 1}")); }
        if (problems.Count > 0) { throw new CaseException(problems); }

        double[] loadsMw = new double[weekly.Count * 7 * HoursOfDay];
        for (int hour = 0; hour < loadsMw.Length; hour++)
        {
            int day = hour / HoursOfDay % 7, week = hour / HoursOfDay / 7;
            IReadOnlyList<double> shape = day < 5 ? seasonOf[week]!.WeekdayPercent : seasonOf[week]!.WeekendPercent;
            loadsMw[hour] = spec.PeakMw!.Value * weekly[week] * daily[day] * shape[hour % HoursOfDay] / 1e6;
        }
        return weekly.Count == 52 ? new AdequacyLoad(loadsMw) : Listed(loadsMw, path);
    }

    private static void CheckDay(IReadOnlyList<double> shape, string path, List<CaseProblem> problems)
    {
        if (shape.Count != HoursOfDay) { problems.Add(new(path, "24 percents, one for each hour", Number(shape.Count))); }
        CheckEach(shape, path, "a percent of 0 or more", "", problems);
    }

    private static void CheckEach(IReadOnlyList<double> values, string path, string expected, string unit, List<CaseProblem> problems)
    {
        for (int i = 0; i < values.Count; i++)
        {
            if (!(values[i] >= 0 && double.IsFinite(values[i]))) { problems.Add(new($"{path}[{i}]", expected, FormattableString.Invariant($"{values[i]}{unit}"))); }
        }
    }

    private static string Number(int count) => count == 0 ? "none" : FormattableString.Invariant($"{count}");
}
