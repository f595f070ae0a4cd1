using Gigawatt.Reports;
using Gigawatt.Simulation;

namespace Gigawatt.Tests.Reports;

public sealed class EventListTests(ReportedRun reported) : IClassFixture<ReportedRun>
{
    [Fact]
    public void A_flood_of_one_kind_leaves_room_for_the_others()
    {
        List<SiteEvent> events = [];
        for (int i = 0; i < 100_000; i++) { events.Add(new SiteEvent(i, EventKind.JobInterrupted, "big", i % 1000)); }
        events.Add(new SiteEvent(5, EventKind.Shed, "power", 12));
        IReadOnlyList<SiteEvent> chosen = EventList.Choose(events);
        chosen.Count.ShouldBe(400);
        chosen.ShouldContain(what => what.Kind == EventKind.Shed);
        chosen.ShouldBe(chosen.OrderBy(what => what.TimeS));
        // 100 events lose 999 GPU-hours, 100 lose 998, 100 lose 997, and the earliest 99 of those that lose 996 are listed.
        chosen.Count(what => what.Value == 996).ShouldBe(99);
        chosen.Where(what => what.Value == 996).Max(what => what.TimeS).ShouldBe(98 * 1000 + 996);
    }

    [Fact]
    public void Few_events_are_all_listed()
    {
        SiteEvent[] events = [new(9, EventKind.Online, "a", 1), new(3, EventKind.UnitTrip, "b", 38), new(3, EventKind.UnitTrip, "c", 38)];
        EventList.Choose(events).Select(what => what.Component).ShouldBe(["b", "c", "a"]);
    }

    [Fact]
    public void Every_kind_has_a_weight_and_a_sentence()
    {
        EventList.Weight.ShouldBe(Enum.GetValues<EventKind>(), ignoreOrder: true);
        foreach (EventKind kind in Enum.GetValues<EventKind>())
        {
            string sentence = EventList.Sentence(new SiteEvent(0, kind, "north", 0.5));
            sentence.ShouldEndWith(".");
            sentence.ShouldMatch("^[A-Z0-9]");
            sentence.ShouldNotStartWith(kind.ToString() + " at");
        }
    }

    [Theory]
    [InlineData(EventKind.Online, 1, "One unit of north came into service.")]
    [InlineData(EventKind.Online, -3, "3 units of north went out of service.")]
    [InlineData(EventKind.PermitExpired, 0, "The permit 'north' ended.")]
    [InlineData(EventKind.PermitIssued, 1140, "The permit 'north' came into force; it allowed 1.14 GW.")]
    [InlineData(EventKind.UnitTrip, 38, "A unit of north failed; 38 MW lost.")]
    [InlineData(EventKind.Capped, 0.83, "GPUs were capped to 83 % of their power because north ran short.")]
    [InlineData(EventKind.Uncapped, 0.25, "The cap for want of north was lifted after 15 min.")]
    public void Sentences(EventKind kind, double value, string expected) => EventList.Sentence(new SiteEvent(60, kind, "north", value)).ShouldBe(expected);

    [Fact]
    public void What_is_there_at_the_start_did_not_come() =>
        EventList.Sentence(new SiteEvent(0, EventKind.Online, "north", 10)).ShouldBe("10 units of north are there when the run begins.");

    [Fact]
    public void The_report_lists_the_run_s_events_in_site_time()
    {
        reported.Data.Events.ShouldContain(row => row.Kind == "job_started" && row.Time.StartsWith("2026-01-02T") && row.Text.StartsWith("Job big started on"));
        reported.Data.EventCounts["job_started"].ShouldBe(reported.Run.EventCounts[(int)EventKind.JobStarted]);
        reported.Data.EventCounts.Values.ShouldAllBe(count => count > 0);
    }
}
