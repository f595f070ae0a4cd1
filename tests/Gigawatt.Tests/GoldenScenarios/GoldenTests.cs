using Gigawatt.Simulation;

namespace Gigawatt.Tests.GoldenScenarios;

/// <summary>Every shipped scenario against the numbers written beside it.</summary>
/// <remarks>
/// When numbers are meant to move, <c>GIGAWATT_ACCEPT=1 ./gw test</c> rewrites <c>scenarios/NAME.expected.yaml</c>; the difference is
/// part of the review. Tolerances and reasons are kept.
/// </remarks>
public sealed class GoldenTests
{
    public static TheoryData<string> Names => ScenarioRuns.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_run_gives_what_is_written_beside_the_scenario(string name)
    {
        RunResult run = ScenarioRuns.Run(name);
        Expectation? expected = File.Exists(Expectation.File(name)) ? Expectation.Read(name) : null;
        Expectation found = Expectation.Of(run, expected);
        if (Environment.GetEnvironmentVariable("GIGAWATT_ACCEPT") == "1")
        {
            if (expected is null || expected.Difference(found).Length > 0) { found.Write(name); }
            return;
        }
        expected.ShouldNotBeNull($"{name}.expected.yaml is missing; GIGAWATT_ACCEPT=1 ./gw test writes it");
        string difference = expected.Difference(found);
        difference.ShouldBeEmpty($"scenarios/{name}.expected.yaml, expected (-) and found (+):\n{difference}\nGIGAWATT_ACCEPT=1 ./gw test accepts it.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_ledger_closes(string name)
    {
        RunResult run = ScenarioRuns.Run(name);
        foreach (Ledger ledger in new[] { run.Energy, run.Heat, run.Water, run.GpuTime, run.Money })
        {
            ledger.RelativeResidual.ShouldBeLessThan(1e-9, ledger.Name);
        }
        run.Parties.Sum(party => party.NetReceivedUsd).ShouldBe(0, 1e-9 * Math.Max(1, run.Parties.Sum(party => Math.Abs(party.NetReceivedUsd))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_line_of_a_ledger_is_negative_but_stores_and_the_balance(string name)
    {
        RunResult run = ScenarioRuns.Run(name);
        foreach (Ledger ledger in new[] { run.Energy, run.Heat, run.Water, run.GpuTime, run.Money })
        {
            for (int i = 0; i < ledger.Lines.Count; i++)
            {
                if (ledger.Lines[i].Side != Side.Stored) { ledger[i].ShouldBeGreaterThanOrEqualTo(0, $"{ledger.Name}: {ledger.Lines[i].Name}"); }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Half_the_step_moves_the_energy_by_less_than_half_a_percent(string name)
    {
        RunOptions month = ScenarioRuns.Middle(name, 30);
        RunResult whole = ScenarioRuns.Run(name, month);
        RunResult half = ScenarioRuns.Run(name, month with { StepS = ScenarioRuns.Scenario(name).StepS / 2 });
        half.Headline.ItEnergyMwh.ShouldBe(whole.Headline.ItEnergyMwh, whole.Headline.ItEnergyMwh * 0.005);
        half.Energy["fuel"].ShouldBe(whole.Energy["fuel"], whole.Energy["fuel"] * 0.005 + 1e-9);
        half.Headline.Pue.ShouldBe(whole.Headline.Pue, 0.005);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_gives_the_same_bits_and_another_does_not(string name)
    {
        RunOptions week = ScenarioRuns.Middle(name, 7) with { Seed = 5 };
        RunResult first = ScenarioRuns.Run(name, week);
        RunResult again = ScenarioRuns.Run(name, week);
        RunResult other = ScenarioRuns.Run(name, week with { Seed = 6 });
        again.Headline.ShouldBe(first.Headline);
        again.EventCounts.ShouldBe(first.EventCounts);
        Numbers(again).ShouldBe(Numbers(first));
        Numbers(other).ShouldNotBe(Numbers(first));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_part_of_a_scenario_can_be_run_by_itself(string name)
    {
        RunOptions week = ScenarioRuns.Middle(name, 7);
        RunResult run = ScenarioRuns.Run(name, week);
        run.Complete.ShouldBeTrue();
        run.Days[0].Day.ShouldBe(week.From!.Value);
        run.Days[^1].Day.ShouldBe(week.To!.Value);
        run.Headline.ItEnergyMwh.ShouldBeGreaterThan(0);
        DayRecord first = run.Days[0];
        DayRecord same = ScenarioRuns.Run(name).Days[week.From.Value.DayNumber - ScenarioRuns.Scenario(name).Start.DayNumber];
        // What is planned does not depend on where the run begins; what happened before does.
        (first.InstalledGpus, first.InstalledTurbines, first.Capacity.Binding).ShouldBe((same.InstalledGpus, same.InstalledTurbines, same.Capacity.Binding));
        first.Capacity.LiveMw.ShouldBe(same.Capacity.LiveMw, 1e-2 * same.Capacity.LiveMw);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_step_in_the_midst_of_it_allocates_nothing(string name)
    {
        Simulator simulator = new(ScenarioRuns.Scenario(name), ScenarioRuns.Middle(name, 2) with { Folder = ScenarioRuns.Folder }, DeafSink.Instance);
        long stepsPerDay = (long)(86_400 / ScenarioRuns.Scenario(name).StepS);
        // From just after midnight to just before the next: the calendar may allocate when a day begins.
        while (simulator.StepsTaken < stepsPerDay + 1) { simulator.Step(); }
        long before = GC.GetAllocatedBytesForCurrentThread();
        while (simulator.StepsTaken < 2 * stepsPerDay - 1) { simulator.Step(); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static double[] Numbers(RunResult run) => [.. new[] { run.Energy, run.Heat, run.Water, run.GpuTime, run.Money }
        .SelectMany(ledger => Enumerable.Range(0, ledger.Lines.Count).Select(i => ledger[i]))];
}
