using Gigawatt.Claims;
using Gigawatt.Scenarios;
using Gigawatt.Scenarios.Linting;
using Gigawatt.Simulation;
using Gigawatt.Tests.Scenarios.Linting;

namespace Gigawatt.Tests.Claims;

public sealed class RunLintsTests
{
    private static IReadOnlyList<Lint> Check(RunResult run) => RunLints.Check(run, Claim.JudgeAll(run));

    [Fact]
    public void A_sound_run_has_no_findings() => Check(HandMadeRun.Of()).ShouldBeEmpty();

    [Fact]
    public void A_claimed_power_that_is_the_rating_of_the_chillers_is_told()
    {
        // On 2026-01-17 the chillers' rating is 400 + 16 × 4 = 464 MW and permits allow 460 MW; 352 MW are live.
        ClaimSpec claim = new() { Says = "464 MW run", On = new DateOnly(2026, 1, 17), Measure = Measure.LiveItPower, Value = "464 MW" };
        Check(HandMadeRun.Of(claim)).Only("GW801").What.ShouldBe(
            "'464 MW run': 464 MW is not live_it_power on 2026-01-17 (352 MW), but is permitted_generation (460 MW, generation) and cooling_nameplate (464 MW, cooling)");
        Check(HandMadeRun.Of(claim with { Value = "600 MW" })).ShouldLack("GW801");
    }

    [Fact]
    public void Income_from_related_parties_is_told()
    {
        // X paid 30 MUSD more than it got; the landlord got 5 MUSD.
        RunResult run = Changed(parties: [("X", true, -30e6), ("landlord", false, 5e6)]);
        Check(run).Only("GW802").What.ShouldBe("30 MUSD net came from 'X'");
        Check(Changed(parties: [("X", false, -30e6)])).ShouldLack("GW802");
    }

    [Fact]
    public void Hours_outside_the_chillers_curves_are_told()
    {
        Check(Changed(outsideHours: 360)).Only("GW803").What.ShouldBe("360 hours, 10 % of the run"); // of 150 × 24 h
        Check(Changed(outsideHours: 0.5)).ShouldLack("GW803");
    }

    [Fact]
    public void Unserved_energy_is_told()
    {
        Check(Changed(headline: h => h with { UnservedMwh = 5000 })).Only("GW804").What.ShouldContain("0.5 % of what racks took"); // of 1e6 MWh
        Check(Changed(headline: h => h with { UnservedMwh = 500 })).ShouldLack("GW804");
    }

    [Fact]
    public void A_run_that_was_stopped_is_told() =>
        Check(Changed(complete: false)).Only("GW805").What.ShouldBe("the last day is 2026-05-30, the scenario ends on 2026-12-31");

    [Fact]
    public void A_ledger_that_does_not_close_is_told()
    {
        Ledger open = HandMadeRun.Closed("water");
        open.Book(0, 10);
        Check(Changed(water: open)).Only("GW806").What.ShouldBe("the water ledger is open by 33.3 % of its turnover"); // 20 in, 10 out
    }

    [Fact]
    public void Power_per_GPU_that_no_machine_has_is_told()
    {
        RunResult run = HandMadeRun.Of();
        DayRecord last = run.Days[^1];
        last.LiveGpus = 51_200;
        Check(Changed(days: [last])).Only("GW807").What.ShouldBe("on 2026-05-30 512 MW for 51,200 live GPUs are 10 kW for each");
    }

    [Fact]
    public void Jobs_that_make_no_progress_are_told() =>
        Check(Changed(headline: h => h with { GoodputFraction = 0.05, Interruptions = 4321 })).Only("GW808").What.ShouldBe(
            "5 % of the GPU time given to jobs became safe progress, with 4,321 interruptions");

    private static RunResult Changed(
        IReadOnlyList<(string, bool, double)>? parties = null, double outsideHours = 0, Func<Headline, Headline>? headline = null,
        bool complete = true, Ledger? water = null, IReadOnlyList<DayRecord>? days = null)
    {
        RunResult run = HandMadeRun.Of();
        return run with
        {
            Complete = complete,
            Days = days ?? run.Days,
            Water = water ?? run.Water,
            Parties = parties ?? run.Parties,
            Headline = headline?.Invoke(run.Headline) ?? run.Headline,
            OutsideCurveHours = outsideHours,
        };
    }
}
