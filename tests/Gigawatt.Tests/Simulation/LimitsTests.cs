using Gigawatt.Simulation;

namespace Gigawatt.Tests.Simulation;

/// <summary>A load of 100 MW, 20 MW of it idle power, whose GPUs draw 10 % of TDP idle and 80 % in training; three jobs.</summary>
public sealed class LimitsTests
{
    private LimitsState limits = LimitsState.None;

    [Fact]
    public void With_power_enough_nothing_is_held_back()
    {
        Decide(100, 0);
        limits.Holds.ShouldBeFalse();
        limits.CapFraction.ShouldBe(1);
    }

    [Fact]
    public void Short_of_power_GPUs_are_capped_so_that_the_load_just_fits()
    {
        // 60 MW less one percent: (59.4 - 20) / 80 of the way from idle to busy: 0.1 + 0.4925 x 0.7.
        Decide(60, 0);
        limits.CapFraction.ShouldBe(0.44475, 1e-9);
        (limits.PausedJobs, limits.ShedFraction, limits.Cause).ShouldBe((0, 0, Shortage.Power));
    }

    [Fact]
    public void Short_of_cooling_the_cause_is_cooling()
    {
        Decide(1000, 0, coolingFraction: 0.6);
        limits.CapFraction.ShouldBe(0.44475, 1e-9);
        limits.Cause.ShouldBe(Shortage.Cooling);
    }

    [Fact]
    public void When_a_cap_is_not_enough_jobs_pause_one_after_another()
    {
        for (int i = 1; i <= 3; i++)
        {
            Decide(25, i * 60);                                         // the cap would have to be 14 %, below the least of 30 %
            limits.CapFraction.ShouldBe(0.3);
            limits.PausedJobs.ShouldBe(i);
        }
        Decide(25, 240);
        limits.ShedFraction.ShouldBe(0);                                // idle racks fit into 25 MW
    }

    [Fact]
    public void When_no_job_is_left_racks_are_switched_off()
    {
        for (int i = 1; i <= 4; i++) { Decide(10, i * 60); }
        limits.PausedJobs.ShouldBe(3);
        limits.ShedFraction.ShouldBe(0.55, 1e-9);                       // 1 − 9.9 / 20 = 50.5 % of the idle racks, in steps of 5 %
    }

    [Fact]
    public void What_was_taken_last_is_given_back_first_one_measure_every_five_minutes()
    {
        for (int i = 1; i <= 4; i++) { Decide(10, i * 60); }            // cap, three jobs, 55 % of the racks; held until 240 + 1,800 s
        Decide(1000, 2000);
        limits.ShedFraction.ShouldBe(0.55, 1e-9);
        double[] sheds = new double[6];
        for (int i = 0; i < 6; i++)
        {
            Decide(1000, 2040 + 300 * i);
            sheds[i] = limits.ShedFraction;
            limits.PausedJobs.ShouldBe(3);
        }
        sheds.Select(s => Math.Round(s, 9)).ShouldBe([0.45, 0.35, 0.25, 0.15, 0.05, 0]);
        for (int jobs = 2; jobs >= 0; jobs--)
        {
            Decide(1000, 2040 + 300 * (8 - jobs));
            limits.PausedJobs.ShouldBe(jobs);
            limits.CapFraction.ShouldBeLessThan(1);
        }
        Decide(1000, 2040 + 300 * 9);
        limits.Holds.ShouldBeFalse();
        limits.Cause.ShouldBe(Shortage.None);
    }

    [Fact]
    public void Nothing_is_given_back_before_five_minutes_are_over()
    {
        Decide(60, 60);
        Decide(1000, 359);
        limits.CapFraction.ShouldBe(0.44475, 1e-9);
        Decide(1000, 360);
        limits.CapFraction.ShouldBe(1);
    }

    [Fact]
    public void A_load_without_power_is_shed_whole()
    {
        for (int i = 1; i <= 4; i++) { Decide(0, i * 60); }
        limits.ShedFraction.ShouldBe(1);
    }

    private void Decide(double budgetMw, double nowS, double coolingFraction = 1) =>
        Limits.Step(ref limits, budgetMw, coolingFraction, idleMw: 20, freeMw: 100, busyFraction: 0.8, idleFraction: 0.1, jobs: 3, nowS);
}
