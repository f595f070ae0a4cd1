using Gigawatt.Reports;
using Gigawatt.Simulation;

namespace Gigawatt.Tests.Reports;

public sealed class StabilityTableTests(ReportedRun reported) : IClassFixture<ReportedRun>
{
    [Fact]
    public void A_finding_says_how_many_changes_needed_no_simulation_and_how_many_ended_badly()
    {
        RunResult run = With(new TransientCounts { Disturbances = 10_000, Precedented = 9_990, HardSimulated = 4, Simulated = 2, Bounded = 8, Shed = 3, Black = 1, JobsDropped = 5 }, sheds: 2);
        FindingRows rows = ReportBuilder.Build(reported.Input with { Run = run }).Power.Stability;
        // 6 simulations for 10,000 changes.
        rows.Title.ShouldBe("10,000 sudden changes of load and supply; 99.94 % needed no simulation of their own; 3 ended in load shed and 1 ended dark, and jobs lost their power 5 times.");
        rows.Rows.Single(row => row.Key == "precedented").Value.ShouldBe("99.90");
        rows.Rows.Single(row => row.Key == "shed").Note.ShouldContain("2 times");
    }

    [Fact]
    public void Blackouts_and_dropped_jobs_are_what_would_stop_a_campus_before_load_not_served()
    {
        RunResult run = With(new TransientCounts { Disturbances = 10, Simulated = 10, Shed = 3, Black = 1 }, sheds: 3);
        run = run with { Headline = run.Headline with { UnservedMwh = 12 } };
        Answer answer = ReportBuilder.Build(reported.Input with { Run = run }).Answers[^1];
        answer.Text.ShouldBe("The campus bus went dead once and relays dropped jobs 3 times because frequency fell.");
        answer.Detail.ShouldContain("12 MWh of load were asked for and not served");
    }

    [Fact]
    public void A_campus_that_rode_through_everything_is_not_stopped_by_it()
    {
        RunResult run = With(new TransientCounts { Disturbances = 10, Bounded = 10 }, sheds: 0);
        ReportData data = ReportBuilder.Build(reported.Input with { Run = run });
        data.Power.Stability.Title.ShouldBe("10 sudden changes of load and supply; 100 % needed no simulation of their own; the campus rode through all of them.");
        data.Answers[^1].Text.ShouldNotContain("frequency");
        data.Power.Stability.Rows.ShouldNotContain(row => row.Key == "lowest_hz");
    }

    [Fact]
    public void Without_sudden_changes_or_a_swing_there_is_nothing_to_tell()
    {
        RunResult run = With(default, sheds: 0) with { Wave = default };
        PowerData power = ReportBuilder.Build(reported.Input with { Run = run }).Power;
        power.Stability.Rows.ShouldBeEmpty();
        power.Swing.Rows.ShouldBeEmpty();
    }

    [Fact]
    public void A_swing_is_held_against_its_limit()
    {
        RunResult run = reported.Run with { Wave = new WaveState { HighestSwingMw = 200, HighestLeftMw = 20, AboveLimitS = 36_000, WorstNeededDb = 6, ThroughputMwh = 100, LossMwh = 8 } };
        FindingRows rows = ReportBuilder.Build(reported.Input with { Run = run }).Power.Swing;
        rows.Title.ShouldBe("Training steps swing the load by up to 200 MW; as much as 20 MW is left behind the batteries, and for 10 hours it is more than the limit of 10 MW.");
        rows.Rows.Single(row => row.Key == "loss").Note.ShouldStartWith("8 %");
        rows.Rows.Single(row => row.Key == "hours_above_limit").Note.ShouldStartWith("4.2 %"); // of ten days
    }

    [Fact]
    public void The_terminal_shows_the_same_rows()
    {
        TerminalSummary terminal = TerminalSummary.Of(reported.Input);
        string[] labels = terminal.Sections.Single(section => section.Heading == "Power").Rows.Select(row => row.Label).ToArray();
        PowerData power = reported.Data.Power;
        power.Stability.Rows.Count.ShouldBeGreaterThan(0);
        power.Stability.Rows.Concat(power.Swing.Rows).Select(row => row.Label).ShouldBeSubsetOf(labels);
    }

    private RunResult With(TransientCounts counts, long sheds)
    {
        long[] events = [.. reported.Run.EventCounts];
        events[(int)EventKind.FrequencyShed] = sheds;
        return reported.Run with { Transients = counts, EventCounts = events };
    }
}
