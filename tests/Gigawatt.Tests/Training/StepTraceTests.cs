using System.Globalization;
using Gigawatt.Numerics;
using Gigawatt.Training;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Tests.Training;

public sealed class StepTraceTests
{
    [Fact]
    public void Period_jitter_and_checkpoints_of_a_log_are_found()
    {
        StepTrace log = StepTrace.Read(Log(1000, 5.0, 0.02, 100, 12), "step_log", 5);
        log.Steps.ShouldBe(1000);
        log.PeriodS.ShouldBe(5, 0.02);
        log.JitterFraction.ShouldBe(0.02, 0.003);
        log.PausedSteps.ShouldBe(10);
        log.PauseEverySteps.ShouldBe(100);
        log.PauseS.ShouldBe(12, 0.2);
        log.MeanS.ShouldBe(5.12, 0.02);                                           // 12 s every 100 steps
    }

    [Fact]
    public void Moments_at_the_end_of_steps_say_the_same()
    {
        string[] lines = ["time_s,step", .. Enumerable.Range(0, 50).Select(i => string.Create(CultureInfo.InvariantCulture, $"{100 + 2.5 * i},{i}"))];
        StepTrace log = StepTrace.Read(lines, "step_log", 5);
        log.PeriodS.ShouldBe(2.5, 1e-9);
        log.Steps.ShouldBe(49);
        log.PauseEverySteps.ShouldBe(0);
        string[] thinned = [.. lines.Where((_, i) => i is not (11 or 12))];
        StepTrace bridged = StepTrace.Read(thinned, "step_log", 5);
        bridged.Missing.ShouldBe(2);
        bridged.PeriodS.ShouldBe(2.5, 1e-9);
        bridged.Steps.ShouldBe(49);
    }

    [Fact]
    public void Logs_that_do_not_make_sense_are_refused_by_line()
    {
        string[] lines = Log(50, 5, 0, 0, 0);
        lines[5] = "3,5";
        lines[9] = "9,soon";
        lines[30] = "300,5";
        IReadOnlyList<CaseProblem> problems = Should.Throw<CaseException>(() => StepTrace.Read(lines, "step_log", 5)).Problems;
        problems.Select(problem => problem.Path).Take(3).ShouldBe(["step_log[5]", "step_log[9]", "step_log[30]"]);
        Should.Throw<CaseException>(() => StepTrace.Read(["step,duration", "1,2"], "step_log", 5)).Message.ShouldContain("the unit in the header, such as 'duration_s'");
        Should.Throw<CaseException>(() => StepTrace.Read(["step,duration_s", "1,2"], "step_log", 5)).Message.ShouldContain("8 steps or more");
    }

    internal static string[] Log(int steps, double periodS, double jitter, int pauseEvery, double pauseS)
    {
        Stream chance = Stream.For(3, 0, "log", "jitter");
        return
        [
            "step,duration_s",
            .. Enumerable.Range(1, steps).Select(i =>
                string.Create(CultureInfo.InvariantCulture, $"{i},{periodS * (1 + jitter * chance.NextNormal()) + (pauseEvery > 0 && i % pauseEvery == 0 ? pauseS : 0):0.######}")),
        ];
    }
}
