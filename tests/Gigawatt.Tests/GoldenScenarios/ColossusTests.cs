using Gigawatt.Reports;
using Gigawatt.Simulation;
using Gigawatt.Tests.Reports;

namespace Gigawatt.Tests.GoldenScenarios;

/// <summary>What the public record says of Colossus 2, held against its run.</summary>
public sealed class ColossusTests
{
    private static readonly RunResult Run = ScenarioRuns.Run("colossus-2");

    [Fact]
    public void By_22_August_2025_119_chillers_stand_and_less_is_left_of_their_200_MW_on_the_design_day()
    {
        DayRecord day = On(2025, 8, 22);
        day.CoolingNameplateMw.ShouldBe(200, 1);
        day.CoolingDesignMw.ShouldBeLessThan(190);
    }

    [Theory]
    [InlineData(2025, 9, 16, 7)]
    [InlineData(2026, 2, 13, 27)]
    [InlineData(2026, 5, 2, 46)]
    [InlineData(2026, 6, 17, 57)]
    public void The_turbines_that_were_counted_stand(int year, int month, int day, int expected) =>
        On(year, month, day).InstalledTurbines.ShouldBe(expected);

    [Fact]
    public void The_first_phase_is_110_000_GPUs() => On(2025, 12, 31).InstalledGpus.ShouldBe(110_016);

    [Fact]
    public void There_is_no_gigawatt_of_IT_on_17_January_2026() => On(2026, 1, 17).Capacity.LiveMw.ShouldBeLessThan(300);

    [Fact]
    public void Without_batteries_two_days_of_2026_are_visibly_worse_in_jobs_GPU_hours_and_dollars()
    {
        RunOptions days = new() { From = new DateOnly(2026, 9, 1), To = new DateOnly(2026, 9, 2), Folder = ScenarioRuns.Folder };
        RunResult with = ScenarioRuns.Run("colossus-2", days);
        RunResult without = new Simulator(
            ScenarioLoader.Load(Path.Combine(ScenarioRuns.Folder, "colossus-2.yaml"), ["power.batteries=[]"]).Value, days, DeafSink.Instance).Run();
        without.Headline.Interruptions.ShouldBeGreaterThan(2 * with.Headline.Interruptions);
        without.Headline.UsefulGpuHours.ShouldBeLessThan(0.7 * with.Headline.UsefulGpuHours);
        without.Headline.UsdPerUsefulGpuHour.ShouldBeGreaterThan(1.5 * with.Headline.UsdPerUsefulGpuHour);
        without.Transients.JobsDropped.ShouldBeGreaterThan(with.Transients.JobsDropped + 100);
    }

    [Fact]
    public void Live_power_never_exceeds_any_constraint()
    {
        foreach (DayRecord day in Run.Days)
        {
            for (int i = 0; i < Capacity.Kinds; i++) { day.Capacity.LiveMw.ShouldBeLessThanOrEqualTo(day.Capacity.AllowsMw[i]); }
        }
    }

    [Fact]
    public void Units_that_only_the_temporary_permit_allowed_stop_when_it_ends()
    {
        // The permits change from 31 July to 1 August 2026; what stands there changes less than what may run.
        DayRecord before = On(2026, 7, 31);
        DayRecord after = On(2026, 8, 1);
        (before.PermittedGenerationMw - after.PermittedGenerationMw).ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(110_016)]
    [InlineData(310_032)]
    [InlineData(550_080)]
    public void The_report_explains_how_many_installed_hours_become_useful_at_each_size_and_the_three_largest_losses(int gpus)
    {
        GpuTimeData told = GpuTimeWaterfall.Build(ReportedRun.Of(Run));
        GpuTimePart part = told.Parts.Single(part => part.Key == $"{gpus} GPUs");
        double installed = part.Steps[0].GpuHours, useful = part.Steps.Where(step => step.Kind == "useful").Sum(step => step.GpuHours);
        part.Title.ShouldStartWith($"At {Readable.Count(gpus)} GPUs {Readable.Amount(useful)} of {Readable.Amount(installed)} installed GPU-hours became useful, {Readable.Percent(useful / installed)}; most was lost to ");
        // What follows a failure until training goes on is one loss.
        string[] restarting = ["detection", "waiting_for_nodes", "communicators", "program_start", "checkpoint_load"];
        var losses = part.Steps.Where(step => step.Kind == "loss").GroupBy(step => restarting.Contains(step.Key) ? "restarts" : step.Key, (key, steps) => (Key: key, GpuHours: steps.Sum(step => step.GpuHours)));
        foreach ((string key, double gpuHours) in losses.OrderByDescending(loss => loss.GpuHours).Take(3))
        {
            part.Title.ShouldContain($"{GpuTimeWaterfall.Cause(key)} ({Readable.Percent(gpuHours / installed)})");
        }
        Answers.Of(ReportedRun.Of(Run))[0].Detail.ShouldContain($"{Readable.Percent(useful / installed)} at {Readable.Count(gpus)} GPUs");
    }

    private static DayRecord On(int year, int month, int day) => Run.Days.First(at => at.Day == new DateOnly(year, month, day));
}
