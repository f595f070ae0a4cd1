using Gigawatt.Scenarios;
using Gigawatt.Simulation;

namespace Gigawatt.Reports;

/// <summary>Capacity by kind, day by day, and what binds: the first chart of a report.</summary>
/// <remarks>
/// The title tells of the constraint that keeps most delivered racks from being live, summed over the days on which it binds.
/// Its gap is the mean margin to the next constraint on the days that the title names.
/// </remarks>
internal static class CapacityChart
{
    private const double WorthSayingMw = 0.05;
    private const double MostDays = 0.8;

    /// <summary>The chart's data.</summary>
    public static CapacityData Build(ReportInput input)
    {
        IReadOnlyList<DayRecord> days = input.Run.Days;
        List<Series> kinds = [];
        List<string> unlimited = [];
        foreach (Constraint kind in Enum.GetValues<Constraint>())
        {
            double?[] values = days.Select(day => Readable.Cut(day.Capacity.AllowsMw[(int)kind])).ToArray();
            if (values.Any(value => value is not null))
            {
                kinds.Add(new Series(ConstraintWords.Key(kind), ConstraintWords.Label(kind), ConstraintWords.Family(kind), values));
            }
            else if (days.Count > 0) { unlimited.Add(ConstraintWords.Key(kind)); }
        }
        return new CapacityData(
            Title(days), Caption(input, unlimited),
            days.Select(day => Readable.Iso(day.Day)).ToArray(),
            kinds,
            days.Select(day => Readable.Fixed(day.Capacity.LiveMw)).ToArray(),
            days.Select(day => Readable.Fixed(day.ItMw)).ToArray(),
            days.Select(day => ConstraintWords.Key(day.Capacity.Binding)).ToArray(),
            input.Run.Binding.Select(Row).ToArray());
    }

    /// <summary>The finding, from the days of a run.</summary>
    public static string Title(IReadOnlyList<DayRecord> days)
    {
        if (days.Count == 0) { return "The run ended before its first day did, so no capacity was recorded"; }
        if (days.All(day => day.Capacity.AllowsMw[(int)Constraint.Racks] <= 0)) { return "No racks are delivered in this run, so nothing can be live"; }
        if (Chief(days) is not { } chief) { return RacksAlone(days); }
        (int first, int last) = LongestSpell(days, chief);
        int bound = days.Count(day => day.Capacity.Binding == chief);
        bool oneSpell = last - first + 1 >= MostDays * bound;
        string when = bound == days.Count && days.Count > 1 ? "on every day of the run"
            : oneSpell ? Readable.Span(days[first].Day, days[last].Day)
            : $"on {Readable.Count(bound)} of {Readable.Counted(days.Count, "day")}";
        DayRecord[] told = days.Where((day, i) => day.Capacity.Binding == chief && (!oneSpell || (i >= first && i <= last))).ToArray();
        return $"{ConstraintWords.Binds(chief)} {when}{Gap(told)}";
    }

    /// <summary>The constraint that keeps most delivered racks from being live; null when racks alone limit.</summary>
    public static Constraint? Chief(IReadOnlyList<DayRecord> days)
    {
        Span<double> heldBack = stackalloc double[Capacity.Kinds];
        foreach (DayRecord day in days)
        {
            heldBack[(int)day.Capacity.Binding] += Math.Max(0, day.Capacity.AllowsMw[(int)Constraint.Racks] - day.Capacity.LiveMw);
        }
        int chief = 0;
        for (int i = 1; i < heldBack.Length; i++)
        {
            if (heldBack[i] > heldBack[chief]) { chief = i; }
        }
        return heldBack[chief] > WorthSayingMw && chief != (int)Constraint.Racks ? (Constraint)chief : null;
    }

    // Where nothing but racks limits, the next question is how close everything else is.
    private static string RacksAlone(IReadOnlyList<DayRecord> days)
    {
        double tightestMw = double.PositiveInfinity;
        var tightest = Constraint.Power;
        foreach (DayRecord day in days)
        {
            for (int i = (int)Constraint.Floor; i < Capacity.Kinds; i++)
            {
                double marginMw = day.Capacity.AllowsMw[i] - day.Capacity.LiveMw;
                if (marginMw < tightestMw) { (tightestMw, tightest) = (marginMw, (Constraint)i); }
            }
        }
        string live = $"Only rack deliveries limit the campus: all {Readable.Power(days.Max(day => day.Capacity.LiveMw))} delivered can be live";
        return double.IsFinite(tightestMw)
            ? $"{live}, and the nearest other limit, {ConstraintWords.Key(tightest)}, was never closer than {Readable.Power(tightestMw)}"
            : $"{live}, and the scenario holds nothing else that could bind";
    }

    private static string Gap(DayRecord[] days)
    {
        double sumMw = 0;
        int finite = 0;
        Span<int> next = stackalloc int[Capacity.Kinds];
        foreach (DayRecord day in days)
        {
            if (!double.IsFinite(day.Capacity.MarginMw)) { continue; }
            sumMw += day.Capacity.MarginMw;
            next[(int)day.Capacity.Next]++;
            finite++;
        }
        double meanMw = finite > 0 ? sumMw / finite : 0;
        if (meanMw < WorthSayingMw)
        {
            double idleMw = days.Average(day => day.Capacity.AllowsMw[(int)Constraint.Racks] - day.Capacity.LiveMw);
            return idleMw > WorthSayingMw ? $", with {Readable.Power(idleMw)} of delivered racks waiting" : "";
        }
        int most = 0;
        for (int i = 1; i < next.Length; i++)
        {
            if (next[i] > next[most]) { most = i; }
        }
        return $", {Readable.Power(meanMw)} short of {ConstraintWords.There((Constraint)most)}";
    }

    private static (int First, int Last) LongestSpell(IReadOnlyList<DayRecord> days, Constraint kind)
    {
        int bestFirst = 0, bestLast = -1, first = 0;
        for (int i = 0; i < days.Count; i++)
        {
            if (days[i].Capacity.Binding != kind) { first = i + 1; }
            else if (i - first > bestLast - bestFirst) { (bestFirst, bestLast) = (first, i); }
        }
        return (bestFirst, Math.Max(bestFirst, bestLast));
    }

    private static BindingRow Row(MonthBinding month)
    {
        bool isNext = double.IsFinite(month.MarginMw);
        return new BindingRow(
            month.Month, ConstraintWords.Key(month.Constraint), Readable.Fixed(month.LiveItPowerMw),
            isNext ? ConstraintWords.Key(month.Next) : "", isNext ? Readable.Fixed(month.MarginMw) : null);
    }

    private static string Caption(ReportInput input, List<string> unlimited)
    {
        SiteSection site = input.Run.Scenario.Site;
        string without = unlimited.Count > 0 ? $" Never a limit in this run: {Readable.List(unlimited)}." : "";
        return "MW of live IT power that each constraint alone would allow, by day; the campus can run the lowest. Planning basis: every unit in service, "
            + $"a design day of {Readable.Temperature(site.DesignDryBulbC)} dry-bulb and {Readable.Temperature(site.DesignWetBulbC)} wet-bulb, reserve held. "
            + "Outages and hotter hours belong to operation and are not in these lines; IT power is what racks drew, daily mean." + without
            + EvidenceMix.Sources(input, "power", "cooling", "compute", "buildout");
    }
}
