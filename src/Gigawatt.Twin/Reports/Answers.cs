using Gigawatt.Buildout;
using Gigawatt.Scenarios;
using Gigawatt.Simulation;

namespace Gigawatt.Reports;

/// <summary>The question of the product, one clause a line: how many useful GPUs, when, limited by what, at what cost, paid by whom, what would stop them.</summary>
internal static class Answers
{
    private const int ShortRunDays = 45;

    /// <summary>The answers of a run; none when it ended before its first day did.</summary>
    public static IReadOnlyList<Answer> Of(ReportInput input)
    {
        RunResult run = input.Run;
        if (run.Days.Count == 0) { return []; }
        return
        [
            HowMany(run), When(run), LimitedBy(run), AtWhatCost(run), PaidBy(run),
            new Answer("What would stop them?", StopWords.Largest(input), StopWords.Others(input)),
        ];
    }

    private static Answer HowMany(RunResult run)
    {
        const string Question = "How many useful GPUs?";
        double hours = (run.To - run.From).TotalHours;
        double useful = GpuTimeWaterfall.UsefulGpuHours(run.GpuTime), installed = run.GpuTime["installed"];
        if (installed <= 0) { return new Answer(Question, "None: no GPUs were delivered in this run.", ""); }
        if (useful <= 0)
        {
            (string worst, double lost) = GpuTimeLosses.Largest(run.GpuTime);
            return new Answer(
                Question, $"None: of {Readable.Amount(installed)} installed GPU-hours not one became useful.",
                lost > 0 ? $"{Readable.Percent(lost / installed)} were lost to {GpuTimeWaterfall.Cause(worst)}." : "");
        }
        string all = $"over the run {Readable.Percent(useful / installed)} of installed GPU-time became useful";
        string goodput = $"jobs turned {Readable.Percent(run.Headline.GoodputFraction)} of the time of their GPUs into safe progress";
        if (run.Days.Count <= ShortRunDays)
        {
            return new Answer(
                Question, $"The campus did the work of {Readable.Count(useful / hours)} fully used GPUs, out of {Readable.Count(installed / hours)} installed.",
                $"{Readable.Sentence(all)}; {goodput}.");
        }
        DayRecord[] end = LastMonth(run.Days);
        double usefulThen = end.Sum(day => day.UsefulGpuHours) / (24 * end.Length);
        double installedThen = end.Average(day => (double)day.InstalledGpus);
        return new Answer(
            Question,
            $"In {Readable.Month(end[0].Day)} the campus did the work of {Readable.Count(usefulThen)} fully used GPUs, out of {Readable.Count(installedThen)} installed.",
            $"On average over the run it was {Readable.Count(useful / hours)}; {all}, and {goodput}.{FleetStages.Shares(run)}");
    }

    private static Answer When(RunResult run)
    {
        const string Question = "When?";
        int first = IndexOf(run.Days, day => day.LiveGpus > 0);
        if (first < 0) { return new Answer(Question, "Never in this run: no GPU was live on any day.", ""); }
        double peakMw = run.Days.Max(day => day.Capacity.LiveMw);
        int full = IndexOf(run.Days, day => day.Capacity.LiveMw >= 0.999 * peakMw);
        string start = first == 0 ? "GPUs are live from the first day of the run" : $"The first GPUs are live on {Readable.Day(run.Days[first].Day)}";
        string peak = full == first ? $"live IT power is at its peak, {Readable.Power(peakMw)}, on that day"
            : $"live IT power peaks at {Readable.Power(peakMw)} on {Readable.Day(run.Days[full].Day)}";
        List<string> steps = [];
        foreach (double markMw in (ReadOnlySpan<double>)[100, 250, 500, 1000, 2000])
        {
            int day = IndexOf(run.Days, d => d.Capacity.LiveMw >= markMw);
            if (day > 0) { steps.Add($"{Readable.Power(markMw)} on {Readable.Day(run.Days[day].Day)}"); }
        }
        return new Answer(Question, $"{start}; {peak}.", steps.Count > 0 ? $"First reached: {Readable.List(steps)}." : "");
    }

    private static Answer LimitedBy(RunResult run)
    {
        int[] counts = new int[Capacity.Kinds];
        foreach (DayRecord day in run.Days) { counts[(int)day.Capacity.Binding]++; }
        string[] parts = Enum.GetValues<Constraint>().Where(kind => counts[(int)kind] > 0).OrderByDescending(kind => counts[(int)kind])
            .Select((kind, i) => counts[(int)kind] == run.Days.Count ? $"{ConstraintWords.Subject(kind)} on every day"
                : $"{ConstraintWords.Subject(kind)} on {Readable.Count(counts[(int)kind])}{(i == 0 ? $" of {Readable.Counted(run.Days.Count, "day")}" : "")}").ToArray();
        double power = run.GpuTime["held_back_power"], cooling = run.GpuTime["held_back_cooling"];
        List<string> held = [];
        if (power > 0.5) { held.Add($"{Readable.Amount(power)} GPU-hours for want of power"); }
        if (cooling > 0.5) { held.Add($"{Readable.Amount(cooling)} GPU-hours for want of cooling"); }
        if (run.GpuTime["throttled"] > 0.5) { held.Add($"{Readable.Amount(run.GpuTime["throttled"])} GPU-hours by caps"); }
        string operation = held.Count > 0 ? $"In operation {Readable.List(held)} were held back as well." : "In operation nothing was held back beyond that.";
        return new Answer("Limited by what?", $"{Readable.Sentence(Readable.List(parts))}.", $"{CapacityChart.Title(run.Days)}. {operation}");
    }

    private static Answer AtWhatCost(RunResult run)
    {
        const string Question = "At what cost?";
        double costUsd = MoneyChart.CostUsd(run.Money);
        if (costUsd <= 0) { return new Answer(Question, "Unknown: the scenario holds no prices.", ""); }
        bool isLive = run.Days.Any(day => day.LiveGpus > 0);
        string live = isLive ? $"{Readable.Price(run.Headline.UsdPerGpuHour)} per live GPU-hour" : "no GPU was live";
        string answer = run.Headline.UsefulGpuHours > 0
            ? $"{Readable.Price(run.Headline.UsdPerUsefulGpuHour)} per useful GPU-hour; {live}."
            : $"{Readable.Money(costUsd)} for no useful GPU-hour; {live}.";
        (string largest, double largestUsd) = LedgerWords.Largest(run.Money, Side.Out);
        string fuel = largest == "fuel" ? "" : $", fuel {Readable.Percent(run.Money["fuel"] / costUsd)}";
        return new Answer(
            Question, answer,
            $"{Readable.Money(costUsd)} in all: {LedgerWords.InSentence(largest)} {Readable.Percent(largestUsd / costUsd)}{fuel}. Capital counts with the instalments that fell due, before tax.");
    }

    private static Answer PaidBy(RunResult run)
    {
        string payer = run.Scenario.Site.Operator;
        string name = payer == "operator" ? "The operator" : $"The operator, {payer},";
        double costUsd = MoneyChart.CostUsd(run.Money);
        double outsideUsd = run.Money["rent_received"], relatedUsd = run.Money["rent_received_from_related"];
        double rentUsd = outsideUsd + relatedUsd;
        string rent = rentUsd <= 0 ? "and nobody rents compute from it"
            : $"and gets {Readable.Money(rentUsd)} of rent back{(costUsd > 0 ? $", {Readable.Percent(rentUsd / costUsd)} of it" : "")}";
        double soldUsd = run.Money["serving_revenue"];
        if (soldUsd > 0) { rent += $"; tokens sell for {Readable.Money(soldUsd)}"; }
        string related = relatedUsd > 0 ? $" {Readable.Percent(relatedUsd / rentUsd)} of the rent comes from related parties." : "";
        string[] paid = run.Parties.Where(party => party.NetReceivedUsd > 0 && party.Party != payer).OrderByDescending(party => party.NetReceivedUsd).Take(4)
            .Select(party => $"{party.Party}{(party.Related ? " (related)" : "")} {Readable.Money(party.NetReceivedUsd)}").ToArray();
        string receivers = paid.Length > 0 ? $"Who received most: {Readable.List(paid)}." : "";
        return new Answer("Paid by whom?", $"{name} pays {Readable.Money(costUsd)} {rent}.", receivers + related);
    }

    private static DayRecord[] LastMonth(IReadOnlyList<DayRecord> days)
    {
        // A month that has hardly begun says little: then the one before it.
        DateOnly last = days[^1].Day.Day >= 15 ? days[^1].Day : days[^1].Day.AddDays(-15);
        return days.Where(day => day.Day.Year == last.Year && day.Day.Month == last.Month).ToArray();
    }

    private static int IndexOf(IReadOnlyList<DayRecord> days, Func<DayRecord, bool> isIt)
    {
        for (int i = 0; i < days.Count; i++)
        {
            if (isIt(days[i])) { return i; }
        }
        return -1;
    }
}

/// <summary>What would stop the campus: the weightiest risk that the run shows, and the others.</summary>
/// <remarks>
/// In order of weight: a permit that ends, blackouts and jobs dropped by relays, load that was not served, claims that the run contradicts, the largest loss of
/// GPU-time, the margin to the next constraint on the last day, warnings. Not modelled: probabilities; see the campaigns.
/// </remarks>
internal static class StopWords
{
    /// <summary>The weightiest, a sentence.</summary>
    public static string Largest(ReportInput input) => All(input).FirstOrDefault() ?? "Nothing that this run shows.";

    /// <summary>The others, sentences.</summary>
    public static string Others(ReportInput input) => string.Join(' ', All(input).Skip(1));

    private static IEnumerable<string> All(ReportInput input)
    {
        RunResult run = input.Run;
        foreach (string permit in Permits(run)) { yield return permit; }
        if (StabilityTable.Stops(run) is { Length: > 0 } stops) { yield return stops; }
        if (run.Headline.UnservedMwh > 0.1)
        {
            double share = run.Headline.UnservedMwh / (run.Headline.ItEnergyMwh + run.Headline.UnservedMwh);
            yield return $"{Readable.Energy(run.Headline.UnservedMwh)} of load were asked for and not served, {Readable.Percent(share)} of what racks took.";
        }
        int contradicted = input.Claims.Count(claim => claim.Verdict == "contradicted");
        if (contradicted > 0) { yield return $"The run contradicts {Readable.Count(contradicted)} of {Readable.Counted(input.Claims.Count, "public claim")}."; }
        (string line, double lost) = GpuTimeLosses.Largest(run.GpuTime, "idle");
        if (lost > 0) { yield return $"Most GPU-time that somebody wanted was lost to {GpuTimeWaterfall.Cause(line)}: {Readable.Amount(lost)} GPU-hours, {Readable.Percent(lost / run.GpuTime["installed"])}."; }
        Capacity last = run.Days[^1].Capacity;
        if (double.IsFinite(last.MarginMw) && last.MarginMw > 0.05)
        {
            yield return $"When the run ends, {ConstraintWords.Subject(last.Next)} would be the next limit, {Readable.Power(last.MarginMw)} above {ConstraintWords.Subject(last.Binding)}.";
        }
        if (input.Lints.Count > 0) { yield return $"{Readable.Counted(input.Lints.Count, "doubt")} about the scenario stand in the list of traps."; }
    }

    // The two that take most with them, then those that end first; what they take is read from the run where the day lies in it.
    private static IEnumerable<string> Permits(RunResult run)
    {
        DateOnly from = DateOnly.FromDateTime(run.From);
        IEnumerable<(PermitSpec Permit, double TakenMw)> ending = run.Scenario.Buildout.Permits.Where(permit => permit.Expires >= from)
            .Select(permit => (Permit: permit, TakenMw: TakenMw(run, permit.Expires!.Value.DayNumber - from.DayNumber)))
            .OrderByDescending(end => end.TakenMw).ThenBy(end => end.Permit.Expires).ThenBy(end => end.Permit.Name, StringComparer.Ordinal);
        foreach ((PermitSpec permit, double takenMw) in ending.Take(2))
        {
            DateOnly last = permit.Expires!.Value;
            int day = last.DayNumber - from.DayNumber;
            string taken = takenMw > 0.05 ? $", and with it leave to run {Readable.Power(takenMw)} of generation"
                : day + 1 < run.Days.Count ? "; others allow as much from the next day on"
                : $"{Held(run.Scenario, permit)}";
            yield return $"The permit '{permit.Name}' ends on {Readable.Day(last)}{taken}.";
        }
    }

    private static double TakenMw(RunResult run, int day) =>
        day + 1 < run.Days.Count ? Math.Max(0, run.Days[day].PermittedGenerationMw - run.Days[day + 1].PermittedGenerationMw) : 0;

    private static string Held(Scenario scenario, PermitSpec permit)
    {
        double namedMw = scenario.Power.GasTurbines.Where(group => group.Permits.Contains(permit.Name)).Sum(group => group.Count * group.Unit.RatedMw);
        double heldMw = Math.Min(namedMw, permit.LimitMw ?? double.PositiveInfinity);
        return heldMw > 0 ? $", after the run; up to {Readable.Power(heldMw)} of generation may run under it" : ", after the run";
    }
}
