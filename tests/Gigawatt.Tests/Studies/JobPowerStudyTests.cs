using System.Text.Json;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Studies;
using Gigawatt.Tests.Conventions;
using Gigawatt.Tests.Training;

namespace Gigawatt.Tests.Studies;

public sealed class JobPowerStudyTests
{
    private const string Plain = """
        name: x
        jobs:
          - name: a
            gpus: 512
            rack: { model: dgx-h100 }
            cap: 600 W
            states: { idle: 10 %, stall: 21 % }
            step:
              compute: 2.7 s
              exposed_communication: 0.3 s
            checkpoint:
              every_steps: 100
              lasts: 16.5 s

        """;

    [Fact]
    public void The_example_answers_by_its_contract()
    {
        StudyAnswer answer = Shipped("job-power");
        JsonElement data = JsonDocument.Parse(answer.Json()).RootElement;
        data.GetProperty("mean_kw_per_gpu").GetDouble().ShouldBeInRange(1.2, 1.4);
        data.GetProperty("period_s").GetDouble().ShouldBe(5.35, 1e-9);
        data.GetProperty("swing_fraction").GetDouble().ShouldBeInRange(0.2, 0.4);
        data.GetProperty("states").GetProperty("stall").GetProperty("tdp_fraction").GetDouble().ShouldBe(0.215);
        data.GetProperty("best_cap").GetProperty("cap_w").GetDouble().ShouldBe(1000, 1e-6);
        JsonElement wave = data.GetProperty("wave");
        wave.GetProperty("phase_spread_s").GetDouble().ShouldBe(0.5 / 3, 1e-9);
        wave.GetProperty("checkpoint").GetProperty("every_steps").GetInt32().ShouldBe(200);
        data.GetProperty("spectrum").GetArrayLength().ShouldBe(12);
        data.GetProperty("spectrum")[0].GetProperty("frequency_hz").GetDouble().ShouldBe(1 / 5.35, 1e-9);
        data.GetProperty("campus").GetProperty("peak_mw").GetDouble().ShouldBeGreaterThan(wave.GetProperty("high_mw").GetDouble());
        data.GetProperty("trace").ValueKind.ShouldBe(JsonValueKind.Null);
        answer.Charts.Count.ShouldBe(2);
        answer.Charts.SelectMany(chart => chart.Series).ShouldAllBe(series => series.X.Count == series.Y.Count && series.Y.All(double.IsFinite));
        answer.Finding.ShouldContain("pretraining");
    }

    [Fact]
    public void A_fixed_hundred_megawatts_of_H100_are_best_used_at_500_watts()
    {
        JsonElement data = JsonDocument.Parse(Shipped("fixed-megawatt").Json()).RootElement;
        data.GetProperty("best_cap").GetProperty("cap_w").GetDouble().ShouldBe(500, 1e-6);
        data.GetProperty("best_cap").GetProperty("gain_fraction").GetDouble().ShouldBe(0.0814, 2e-4);
        data.GetProperty("mean_kw_per_gpu").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void A_recording_by_itself_is_studied()
    {
        JsonElement data = JsonDocument.Parse(Study("power.csv", string.Join('\n', PowerTraceTests.Lines("time_s,node,power_w", 300, 2, 1))).Json()).RootElement;
        data.GetProperty("period_s").GetDouble().ShouldBe(3, 0.02);
        data.GetProperty("mean_kw_per_gpu").GetDouble().ShouldBe((6500 * 2 + 3400 + 150) / 3.0 / 8000, 0.01);
        data.GetProperty("trace").GetProperty("nodes").GetInt32().ShouldBe(2);
        data.GetProperty("trace").GetProperty("twin").GetProperty("distribution_fraction").GetDouble().ShouldBeLessThan(0.1);
        JsonElement log = JsonDocument.Parse(Study("steps.csv", string.Join('\n', StepTraceTests.Log(200, 4, 0.01, 50, 10))).Json()).RootElement;
        log.GetProperty("period_s").GetDouble().ShouldBe(4, 0.02);
        log.GetProperty("step_log").GetProperty("pause_every_steps").GetInt32().ShouldBe(50);
    }

    [Fact]
    public void A_log_in_the_file_stretches_the_step_and_gives_the_pauses()
    {
        string lines = string.Join("\n", StepTraceTests.Log(200, 4, 0.01, 50, 10).Select(line => $"  - {line}"));
        StudyAnswer answer = Study("in.yaml", Plain + "step_log:\n" + lines + "\n");
        JsonElement data = JsonDocument.Parse(answer.Json()).RootElement;
        data.GetProperty("period_s").GetDouble().ShouldBe(4, 0.02);
        data.GetProperty("wave").GetProperty("checkpoint").GetProperty("every_steps").GetInt32().ShouldBe(50);
        answer.Remarks.ShouldContain(remark => remark.Contains("stretched", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("cap: 600 W", "cap: 60 W", "in.yaml:6:10: jobs[0].cap: expected more than the idle power of the GPU, 72.8 W, below which nothing is computed, found 60 W")]
    [InlineData("stall: 21 %", "stall: 60 %", "shares that rise from idle over stall, communication and memory to compute: at least the 60 % of the state before, found 45 %")]
    [InlineData("stall: 21 %", "stall: 121 %", "in.yaml:7:34: jobs[0].states.stall: expected 0 % to 100 %, found '121 %'")]
    [InlineData("compute: 2.7 s", "compute: 0 s", "in.yaml:9:16: jobs[0].step.compute: expected more than 0 s, found '0 s'")]
    [InlineData("compute: 2.7 s", "compute: 2.7 s\n      bubble: 1 s", "in.yaml:10:15: jobs[0].step.bubble: expected 0 s, as there is only one pipeline stage")]
    [InlineData("every_steps: 100", "every_steps: 0", "in.yaml:12:20: jobs[0].checkpoint.every_steps: expected a count of 1 or more, found '0'")]
    public void Bad_input_is_refused_where_it_stands(string good, string bad, string expected) =>
        Refused("in.yaml", Plain.Replace(good, bad, StringComparison.Ordinal)).ShouldContain(expected);

    [Fact]
    public void Bad_lines_of_a_recording_are_named_in_both_kinds_of_file()
    {
        string[] lines = PowerTraceTests.Lines("time_s,node,power_w", 100, 1, 1);
        lines[10] = "2,n0,6500";
        Refused("power.csv", string.Join('\n', lines)).ShouldContain("power.csv:11:1: expected a later time than the 4 s before it of node 'n0', found 2 s");
        Refused("in.yaml", "name: x\nnode_power:\n" + string.Join("\n", lines.Select(line => $"  - {line}")) + "\n")
            .ShouldContain("in.yaml:13:5: node_power[10]: expected a later time");
        Refused("power.csv", "time_s,node,power\n1,a,5\n").ShouldContain("power.csv:1:1: expected the unit in the header");
        Refused("in.yaml", "name: x\n").ShouldContain("expected jobs, a 'fixed_power', or a recording");
        Refused("in.yaml", "name: x\nfixed_power:\n  site: 1 W\n  gpu: { model: h100-sxm }\n  other: 600 W/GPU\n").ShouldContain("in.yaml:3:9: fixed_power.site: expected power for at least one GPU");
    }

    private static StudyAnswer Shipped(string name) => JobPowerStudy.Definition.Answer(Path.Combine(Repository.Root, "studies", name + ".yaml"), []);

    private static StudyAnswer Study(string name, string text) => In(name, text, file => JobPowerStudy.Definition.Answer(file, []));

    private static string Refused(string name, string text) => In(name, text, file =>
        string.Join('\n', Should.Throw<ScenarioException>(() => JobPowerStudy.Definition.Answer(file, [])).Problems.Select(problem => problem.ToString())));

    private static T In<T>(string name, string text, Func<string, T> ask)
    {
        string folder = Directory.CreateTempSubdirectory("gigawatt-job-power-").FullName;
        try
        {
            string file = Path.Combine(folder, name);
            File.WriteAllText(file, text);
            return ask(file);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
