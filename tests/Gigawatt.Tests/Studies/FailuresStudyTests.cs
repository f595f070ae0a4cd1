using System.Text.Json;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Studies;
using Gigawatt.Tests.Cli;

namespace Gigawatt.Tests.Studies;

public sealed class FailuresStudyTests : TemporaryFolder
{
    private const string Record = "failures: { title: t, gpus: 1000, observed: 10 d, causes: [ { name: disk, count: 5 }, { name: link, count: 7 } ] }";

    [Fact]
    public void The_program_answers_about_failures_with_the_contract()
    {
        Outcome outcome = Gw.Run("study", "failures", "studies/llama3-54-days.yaml", "--json", "--set", "runs=50");
        outcome.Code.ShouldBe(0, outcome.Err);
        JsonElement data = JsonDocument.Parse(outcome.Out).RootElement;
        data.GetProperty("interruptions").GetProperty("mean").GetDouble().ShouldBe(419, 8.4);
        data.GetProperty("interruptions").GetProperty("p05").GetDouble().ShouldBeLessThan(data.GetProperty("interruptions").GetProperty("p95").GetDouble());
        data.GetProperty("by_cause").GetProperty("faulty GPU").GetDouble().ShouldBe(148, 6);
        data.GetProperty("mtbf_h").GetDouble().ShouldBe(3.09, 0.07);
        data.GetProperty("goodput_fraction").GetDouble().ShouldBeInRange(0.86, 0.92);
        data.GetProperty("lost_time").EnumerateObject().Sum(part => part.Value.GetDouble()).ShouldBe(1, 1e-12);
        data.GetProperty("cost").GetProperty("usd_per_day").GetDouble().ShouldBeGreaterThan(0);
        data.GetProperty("spares").GetProperty("enough").GetInt32().ShouldBeGreaterThan(5);
    }

    [Fact]
    public void The_program_answers_about_checkpoints_with_the_contract()
    {
        Outcome outcome = Gw.Run("study", "checkpoint", "studies/checkpoint.yaml", "--json");
        outcome.Code.ShouldBe(0, outcome.Err);
        JsonElement data = JsonDocument.Parse(outcome.Out).RootElement;
        data.GetProperty("optimum_s").GetDouble().ShouldBe(1176.34, 0.01);
        data.GetProperty("efficiency").GetDouble().ShouldBe(0.84799, 1e-5);
        data.GetProperty("simulated").GetProperty("efficiency").GetDouble().ShouldBe(0.84799, 0.005);
        data.GetProperty("simulated").GetProperty("standard_error").GetDouble().ShouldBeLessThan(0.001);
    }

    [Fact]
    public void A_cause_left_out_no_longer_strikes()
    {
        StudyAnswer answer = Failures($"job: {{ gpus: 1000, {Record} }}\nruns: 10\nwithout: [disk]\n");
        ((FailuresAnswer)answer.Data).ByCause.Keys.ShouldBe(["link"]);
        answer.Charts.Count.ShouldBeGreaterThanOrEqualTo(4);
    }

    [Fact]
    public void Rates_of_zero_say_that_nothing_fails()
    {
        StudyAnswer answer = Failures("job: { gpus: 1000, failures: { title: t, gpus: 1000, causes: [ { name: none, failures: 0 per day } ] } }\nruns: 2\n");
        answer.Finding.ShouldStartWith("Nothing fails");
        answer.Remarks.ShouldContain(remark => remark.Contains("All rates are zero", StringComparison.Ordinal));
        ((FailuresAnswer)answer.Data).Interruptions.Mean.ShouldBe(0);
        answer.Json().ShouldContain("\"mtbf_h\": null");
    }

    [Fact]
    public void A_restart_longer_than_the_time_between_failures_makes_no_progress()
    {
        StudyAnswer answer = Checkpoint("mtbf: 10 min\ncheckpoint: 30 s\nrestart: 40 min\nsimulate: { span: 10 d, runs: 5 }\n");
        answer.Failure.ShouldNotBeNull().ShouldContain("no progress");
        answer.Failure.ShouldContain("40 min");
        answer.Failure.ShouldContain("10 min");
        answer.Remarks.ShouldContain(remark => remark.Contains("of first order", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("job: { gpus: 1000, " + Record + " }\nwithout: [dsk]\n", ":3:11", "without[0]: expected the name of a cause (disk, link), found 'dsk'; did you mean 'disk'?")]
    [InlineData("job: { gpus: 1000, checkpoint: 5 min, checkpoint_interval: 2 min, " + Record + " }\n", ":2:", "an interval longer than the checkpoint of 5 min")]
    [InlineData("job: { gpus: 1000, replicas: 7, " + Record + " }\n", ":2:", "a number that divides the 1000 GPUs, found 7")]
    [InlineData("job: { gpus: 1000, swap: -3 min, " + Record + " }\n", ":2:26", "job.swap: expected 0 min or more, found '-3 min'")]
    [InlineData("job: { gpus: 1000, stall: 130 %, " + Record + " }\n", ":2:27", "job.stall: expected 0 % to 100 %, found '130 %'")]
    [InlineData("job: { gpus: 1000, slow: 70 %, data: 40 %, " + Record + " }\n", ":2:", "add up to at most 100 %, found 110 %")]
    [InlineData("job: { gpus: 1000, failures: { title: t, gpus: 10, causes: [ { name: a, count: 3 } ] } }\n", ":2:", "counts alone are only shares")]
    [InlineData("job: { gpus: 1000, failures: { title: t, gpus: 10, causes: [ { name: a, count: 3, failures: 1 per day } ] } }\n", ":2:", "either count or failures")]
    [InlineData("job: { gpus: 1000, failures: { title: t, gpus: 10, causes: [] } }\n", ":2:", "one cause or more")]
    public void What_does_not_fit_a_job_is_shown_with_its_place(string text, string place, string words) =>
        ShouldSay(() => Failures(text), place, words);

    [Theory]
    [InlineData("mtbf: 0 h\ncheckpoint: 60 s\nrestart: 5 min\n", ":2:7", "mtbf: expected more than 0 h, found '0 h'")]
    [InlineData("mtbf: 3 h\ncheckpoint: 60 s\nperiod: 50 s\nrestart: 5 min\n", ":4:9", "a period longer than the checkpoint of 1 min")]
    [InlineData("mtbf: 3 h\ncheckpoint: 60 s\nrestart: -5 min\n", ":4:10", "restart: expected 0 min or more, found '-5 min'")]
    public void What_does_not_fit_a_checkpoint_is_shown_with_its_place(string text, string place, string words) =>
        ShouldSay(() => Checkpoint(text), place, words);

    private static void ShouldSay(Func<StudyAnswer> asked, string place, string words)
    {
        ScenarioException wrong = Should.Throw<ScenarioException>(() => asked());
        string all = string.Join('\n', wrong.Problems.Select(problem => problem.ToString()));
        all.ShouldContain(words);
        all.ShouldContain("case.yaml" + place);
    }

    private StudyAnswer Failures(string text) => FailuresStudy.Definition.Answer(Case(text), []);

    private StudyAnswer Checkpoint(string text) => CheckpointStudy.Definition.Answer(Case(text), []);

    private string Case(string text)
    {
        string file = Named("case.yaml");
        File.WriteAllText(file, "name: case\n" + text);
        return file;
    }
}
