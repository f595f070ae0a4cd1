using System.Globalization;
using Gigawatt.Simulation;
using Gigawatt.Store;

namespace Gigawatt.Reports;

/// <summary>The events of a run in words, the weightier ones when there are too many.</summary>
/// <remarks>
/// Rule: at most 400 events are listed. Each kind first gets up to 20 places, for its largest events, the earlier of equals;
/// places left over go to the next largest events of the weightier kinds, in the order of <see cref="Weight"/>. The list is
/// in order of time. The counts are of all events.
/// </remarks>
internal static class EventList
{
    private const int Most = 400;

    /// <summary>Kinds, the weightiest first: what takes load away, what leads to it, what ends it, what is routine.</summary>
    public static IReadOnlyList<EventKind> Weight { get; } =
    [
        EventKind.Blackout, EventKind.UnitsTripped, EventKind.FrequencyShed, EventKind.Shortfall, EventKind.Shed, EventKind.GridLost, EventKind.Separated, EventKind.CircuitFault, EventKind.VoltageSag, EventKind.PermitExpired, EventKind.JobPaused, EventKind.Capped, EventKind.PermitIssued,
        EventKind.WaterCapReached, EventKind.UnitTrip, EventKind.JobInterrupted, EventKind.JobStarted, EventKind.JobEnded, EventKind.Online,
        EventKind.ChillerTrip, EventKind.BatteryTrip, EventKind.Restored, EventKind.JobResumed, EventKind.Uncapped, EventKind.UnitRepaired,
        EventKind.ChillerRepaired, EventKind.BatteryRepaired, EventKind.EmissionCapReached, EventKind.EmissionCapLifted,
        EventKind.StartFailed, EventKind.MaintenanceBegun, EventKind.MaintenanceDone, EventKind.GridBack, EventKind.CircuitRepaired, EventKind.JobPreempted,
        EventKind.JobResized, EventKind.JobPlannedStop,
    ];

    /// <summary>The events to list.</summary>
    public static IReadOnlyList<EventRow> Build(ReportInput input)
    {
        if (input.Recorded is not { } recorded) { return []; }
        DateTime from = input.Run.From;
        return Choose(recorded.Events()).Select(what => new EventRow(
            Readable.Iso(from.AddSeconds(Math.Floor(what.TimeS))), Key(what.Kind), what.Component, Sentence(what))).ToArray();
    }

    /// <summary>Name of a kind for machines.</summary>
    public static string Key(EventKind kind) => RunSchema.NameOf(kind);

    /// <summary>How many events of each kind happened; kinds that never did are left out unless asked for.</summary>
    public static IReadOnlyDictionary<string, long> Counts(RunResult run, bool withZeros = false)
    {
        SortedDictionary<string, long> counts = new(StringComparer.Ordinal);
        for (int i = 0; i < run.EventCounts.Count; i++)
        {
            if (withZeros || run.EventCounts[i] > 0) { counts[Key((EventKind)i)] = run.EventCounts[i]; }
        }
        return counts;
    }

    /// <summary>The weightier events, in order of time.</summary>
    public static IReadOnlyList<SiteEvent> Choose(IEnumerable<SiteEvent> events)
    {
        int kinds = Weight.Count;
        int share = Most / kinds;
        // One heap a kind, the least first: memory stays small however many events there are.
        var largest = new PriorityQueue<(long Order, SiteEvent What), (double, long)>[kinds];
        for (int i = 0; i < kinds; i++) { largest[i] = new(); }
        long order = 0;
        foreach (SiteEvent what in events)
        {
            var heap = largest[(int)what.Kind];
            heap.Enqueue((order, what), (Size(what), -order));
            order++;
            if (heap.Count > Most) { heap.Dequeue(); }
        }
        List<(long Order, SiteEvent What)> chosen = [], waiting = [];
        foreach (EventKind kind in Weight)
        {
            var ranked = new List<(long Order, SiteEvent What)>();
            while (largest[(int)kind].TryDequeue(out var next, out _)) { ranked.Add(next); }
            ranked.Reverse();
            chosen.AddRange(ranked.Take(share));
            waiting.AddRange(ranked.Skip(share));
        }
        chosen.AddRange(waiting.Take(Most - chosen.Count));
        return chosen.OrderBy(one => one.What.TimeS).ThenBy(one => one.Order).Select(one => one.What).ToArray();
    }

    /// <summary>An event in words.</summary>
    public static string Sentence(SiteEvent what)
    {
        string power = Readable.Power(Math.Abs(what.Value));
        string gpus = Readable.Count(what.Value);
        return what.Kind switch
        {
            EventKind.Online when what.TimeS == 0 => $"{Units(what.Value)} of {what.Component} {(what.Value == 1 ? "is" : "are")} there when the run begins.",
            EventKind.Online when what.Value < 0 => $"{Units(-what.Value)} of {what.Component} went out of service.",
            EventKind.Online => $"{Units(what.Value)} of {what.Component} came into service.",
            EventKind.PermitIssued => $"The permit '{what.Component}' came into force{Limit(what.Value, power)}.",
            EventKind.PermitExpired => $"The permit '{what.Component}' ended{Limit(what.Value, power)}.",
            EventKind.UnitTrip when what.Value == 0 => $"A unit of {what.Component} failed while it stood idle.",
            EventKind.UnitTrip => $"A unit of {what.Component} failed; {power} lost.",
            EventKind.UnitRepaired => $"A unit of {what.Component} was repaired; {power} regained.",
            EventKind.BatteryTrip => $"A battery block of {what.Component} failed; {power} lost.",
            EventKind.BatteryRepaired => $"A battery block of {what.Component} was repaired; {power} regained.",
            EventKind.ChillerTrip => $"A cooling unit of {what.Component} failed; {power} of heat rejection lost.",
            EventKind.ChillerRepaired => $"A cooling unit of {what.Component} was repaired; {power} of heat rejection regained.",
            EventKind.JobStarted => $"Job {what.Component} started on {gpus} GPUs.",
            EventKind.JobEnded => $"Job {what.Component} ended and gave back {gpus} GPUs.",
            EventKind.JobInterrupted => $"A failure interrupted job {what.Component}; {Readable.Amount(what.Value)} GPU-hours of work lost.",
            EventKind.JobPaused => $"Job {what.Component} was paused for want of power or cooling; {gpus} GPUs wait.",
            EventKind.JobPreempted => $"Job {what.Component} stopped for a more important one and gave back {gpus} GPUs.",
            EventKind.JobResized => $"Job {what.Component} goes on with {gpus} GPUs.",
            EventKind.JobPlannedStop => $"Job {what.Component} stopped by plan; {gpus} GPUs wait.",
            EventKind.JobResumed => $"Job {what.Component} resumed on {gpus} GPUs.",
            EventKind.Capped => $"GPUs were capped to {Readable.Percent(what.Value)} of their power because {what.Component} ran short.",
            EventKind.Uncapped => $"The cap for want of {what.Component} was lifted after {Hours(what.Value)}.",
            EventKind.Shed => $"Racks drawing {power} were switched off because {what.Component} ran short.",
            EventKind.Restored => $"Racks drawing {power} were switched on again.",
            EventKind.Shortfall => $"{power} asked for at the {what.Component} were not served.",
            EventKind.WaterCapReached => $"{Readable.Sentence(what.Component)} gave its daily cap, {Readable.Volume(what.Value)}.",
            EventKind.FrequencyShed => $"Frequency fell: {what.Component} dropped {power} of jobs.",
            EventKind.UnitsTripped => $"Frequency left its band: {what.Component} took {power} of units off the bus.",
            EventKind.Separated => $"The tie to the {what.Component} opened when {power} would have come through it; the campus was an island.",
            EventKind.Blackout => $"The {what.Component} went dead; {Hours(what.Value)} until it could be loaded again.",
            EventKind.GridLost => $"The utility behind {what.Component} failed; {power} lost.",
            EventKind.GridBack => $"The utility behind {what.Component} is back.",
            EventKind.CircuitFault => $"A short circuit on {what.Component}; {power} of racks left the network.",
            EventKind.CircuitRepaired => $"{Readable.Sentence(what.Component)} was repaired; it feeds {power} of racks.",
            EventKind.VoltageSag => $"A voltage sag came in through {what.Component}; {power} of racks left the network.",
            EventKind.StartFailed => $"A unit of {what.Component} failed to start.",
            EventKind.MaintenanceBegun => $"A unit of {what.Component} ({power}) was taken out for planned work.",
            EventKind.MaintenanceDone => $"A unit of {what.Component} ({power}) is back from planned work.",
            EventKind.EmissionCapReached => $"Emissions of twelve months leave room for {Units(what.Value).ToLowerInvariant()} under the permit '{what.Component}'.",
            EventKind.EmissionCapLifted => $"Emissions of twelve months let every unit under the permit '{what.Component}' run again.",
            _ => string.Create(CultureInfo.InvariantCulture, $"{what.Kind} at {what.Component}: {Readable.Number(what.Value)}."),
        };
    }

    // The lower a cap, the weightier.
    private static double Size(SiteEvent what) => what.Kind == EventKind.Capped ? 1 - what.Value : Math.Abs(what.Value);

    private static string Units(double count) => count == 1 ? "One unit" : $"{Readable.Count(count)} units";

    private static string Limit(double limitMw, string power) => limitMw > 0 ? $"; it allowed {power}" : "";

    private static string Hours(double hours) => hours < 1 ? $"{Readable.Number(60 * hours, 2)} min" : $"{Readable.Number(hours)} h";
}
