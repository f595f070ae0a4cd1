using System.Text.Json;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Studies;
using Gigawatt.Tests.Cli;

namespace Gigawatt.Tests.Studies;

public sealed class TrainingStudyTests : TemporaryFolder
{
    private const string Job = "name: x\nmodel: { model: llama-3.1-405b }\ngpu: { model: h100-sxm }\n";

    private static string Example(string name) => Path.Combine(Gw.Root, "studies", name);

    [Fact]
    public void The_program_answers_with_the_contract()
    {
        Outcome outcome = Gw.Run("study", "training", "studies/llama3-405b-16k.yaml", "--json");
        outcome.Code.ShouldBe(0, outcome.Err);
        JsonElement data = JsonDocument.Parse(outcome.Out).RootElement;
        double stepS = data.GetProperty("step_s").GetDouble();
        stepS.ShouldBe(6.72, 0.5);
        data.GetProperty("tflops_per_gpu").GetDouble().ShouldBe(2048 * 21507.5 / 16384 / stepS, 0.1);
        data.GetProperty("mfu_fraction").GetDouble().ShouldBe(data.GetProperty("tflops_per_gpu").GetDouble() / 989, 1e-9);
        data.GetProperty("memory_gb").GetDouble().ShouldBeInRange(40, 80);
        data.GetProperty("breakdown_s").EnumerateObject().Sum(part => part.Value.GetDouble()).ShouldBe(stepS, 1e-9);
        data.GetProperty("breakdown_s").EnumerateObject().Select(part => part.Name).ShouldBe(["compute", "bubble", "tp", "pp", "dp", "cp", "ep", "jitter", "other"]);
        data.GetProperty("calibration").GetProperty("date").GetString().ShouldBe("2024-07-31");
        data.GetProperty("calibration").GetProperty("error").GetDouble().ShouldBeLessThan(0.05);
    }

    [Fact]
    public void A_search_lists_plans()
    {
        StudyAnswer answer = TrainingStudy.Definition.Answer(Example("search-110k.yaml"), []);
        TrainingAnswer data = (TrainingAnswer)answer.Data;
        data.Plans.Count.ShouldBe(12);
        data.PlansTried.ShouldBeGreaterThan(8000);
        data.Plans[0].StepS.ShouldBe(data.StepS);
        data.MfuFraction.ShouldBeInRange(0.2, 0.6);
        answer.Charts.Count.ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public void A_table_of_runs_is_predicted_at_once()
    {
        TrainingAnswer data = (TrainingAnswer)TrainingStudy.Definition.Answer(Example("published-steps.csv"), []).Data;
        data.Rows.Count.ShouldBe(83);
        data.Errors!.LeftOut!.MeanFraction.ShouldBeLessThan(0.055);
        data.Rows.Single(row => row.Name == "405b-h100-fp8-2560").StepS.ShouldBe(11.168, 0.3);
    }

    [Fact]
    public void A_small_run_calibrates_for_larger_ones()
    {
        TrainingAnswer data = (TrainingAnswer)Asked(
            "name: x\ncalibrate_on: [405b-h100-fp8-512]\ntable:\n  - { name: big, gpu: h100-sxm, precision: fp8, framework: NeMo 2025, layers: 126, hidden: 16384, heads: 128, kv_heads: 8, ffn: 53248, ffn_matrices: 3, vocabulary: 128256, sequence: 8192,\n      gpus: 2560, batch: 1120, tensor: 8, pipeline: 8, interleave: 8, context: 2, gradient_bytes: 2, step: 11.168 s }\n").Data;
        data.Rows[0].ErrorFraction!.Value.ShouldBe(0, 0.05);
        data.Calibration.Runs.ShouldBe(1);
        double.IsNaN(data.Calibration.Error).ShouldBeTrue();
        data.Calibration.Reason.ShouldStartWith("one run");
    }

    [Fact]
    public void Runs_to_calibrate_on_are_left_out_one_by_one_and_one_alone_has_no_error()
    {
        const string job = Job + "gpus: 2560\nbatch: 1120\nprecision: fp8\nframework: NeMo 2025\nreserve: 0 GB\nparallelism: { tensor: 8, pipeline: 8, interleave: 8, context: 2, data: 20 }\nstate: { gradient_bytes: 2 }\n";
        TrainingAnswer three = (TrainingAnswer)Asked(job + "calibrate_on: [405b-h100-fp8-512, 405b-h100-fp8-2048, 405b-h100-fp8-2432]\n").Data;
        three.Calibration.Error.ShouldBeInRange(0.0001, 0.05);
        three.Calibration.Reason.ShouldBe("");
        StudyAnswer one = Asked(job + "calibrate_on: [405b-h100-fp8-512]\n");
        double.IsNaN(((TrainingAnswer)one.Data).Calibration.Error).ShouldBeTrue();
        one.Remarks.ShouldContain(remark => remark.Contains("No error can be given: one run", StringComparison.Ordinal));
    }

    [Fact]
    public void The_answer_says_what_waiting_for_the_slowest_costs_beside_what_was_published()
    {
        StudyAnswer answer = TrainingStudy.Definition.Answer(Example("llama3-405b-16k.yaml"), []);
        TrainingAnswer clean = (TrainingAnswer)answer.Data;
        clean.Stragglers.JitterFraction.ShouldBe(clean.BreakdownS.Jitter / clean.StepS, 1e-12);
        clean.Stragglers.SlowestFactor.ShouldBe(3.9714, 1e-4);
        clean.Stragglers.Nodes.ShouldBe(2048);
        clean.Stragglers.SlowNodeFraction.ShouldBe(0.1, 1e-3);         // 1 − 0.995^2048: one in 200 nodes is a tenth slow
        clean.Stragglers.ImbalanceFraction.ShouldBeInRange(0, 0.03);
        (clean.Stragglers.PublishedGpuHoursFraction, clean.Stragglers.PublishedWorstTenthFraction, clean.Stragglers.PublishedWorkerFraction).ShouldBe((0.104, 0.213, 0.017));
        answer.Tables.ShouldContain(table => table.Title == "Waiting for the slowest");
        TrainingAnswer dirty = (TrainingAnswer)TrainingStudy.Definition.Answer(Example("llama3-405b-16k.yaml"), ["slow_nodes={ slow: 0.5 %, excess: 10 % }"]).Data;
        (dirty.StepS - clean.StepS).ShouldBe(clean.Stragglers.SlowNodeFraction * (clean.BreakdownS.Compute + clean.BreakdownS.Bubble), 1e-9);
    }

    [Theory]
    [InlineData("training-110k.yaml", 110016, 0.10, 0.30)]   // published on 256 GB200: 1,003 TFLOP/s, 20 % of the peak
    [InlineData("training-550k.yaml", 550080, 0.30, 0.52)]   // published for dense models on GB300: 2,522 TFLOP/s, 51 %
    [InlineData("search-110k.yaml", 110592, 0.30, 0.45)]     // published on 256 to 1,536 GB200: 1,901 to 2,129 TFLOP/s, 39 to 43 %
    public void Campuses_of_110k_and_550k_are_answered_plausibly_and_fast(string example, int gpus, double leastMfu, double mostMfu)
    {
        TrainingStudy.Definition.Answer(Example(example), []);
        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
        TrainingAnswer data = (TrainingAnswer)TrainingStudy.Definition.Answer(Example(example), []).Data;
        watch.Elapsed.TotalSeconds.ShouldBeLessThan(10);             // search of 10,000 layouts 0.03 to 0.08 s (bench); the rest is for a machine with much else to do
        data.Gpus.ShouldBe(gpus);
        data.PlansTried.ShouldBeGreaterThan(1000);
        data.MfuFraction.ShouldBeInRange(leastMfu, mostMfu);
    }

    [Fact]
    public void Everything_wrong_in_a_table_is_said_at_once_with_its_line()
    {
        string text = "name,gpu,precision,layers,hidden,heads,sequence,gpus,batch,tensor,pipeline\ngood,h100-sxm,fp8,96,12288,96,2048,512,2048,8,8\nno fp4,h100-sxm,fp4,96,12288,96,2048,512,2048,8,8\n"
            + "batch,h100-sxm,fp8,96,12288,96,2048,512,2049,8,8\nlayout,h100-sxm,fp8,96,12288,96,2048,500,2048,8,8\nunknown,h101,fp8,96,12288,96,2048,512,2048,8,8\n";
        string all = Should.Throw<ScenarioException>(() => TrainingStudy.Definition.Answer(Written("t.csv", text), [])).Message;
        all.ShouldContain("t.csv:3:1: precision: expected a precision that H100 SXM has a peak for, found 'fp4'");
        all.ShouldContain("t.csv:4:1: data: expected a batch that data × micro batch divides");
        all.ShouldContain("t.csv:5:1: gpus: expected a multiple of tensor × pipeline × context = 64, found 500");
        all.ShouldContain("t.csv:6:1: gpu: expected an accelerator of the catalogue");
        all.ShouldNotContain("t.csv:2:");
    }

    [Fact]
    public void The_log_of_a_run_scales_the_twin_to_its_median()
    {
        string log = Written("log.csv", "step,seconds\n1,7\n2,7.1\n3,6.9\n4,30\n5,7\n6,7\n");
        TrainingAnswer data = (TrainingAnswer)TrainingStudy.Definition.Answer(Example("llama3-405b-16k.yaml"), [$"step_log={log}"]).Data;
        data.StepS.ShouldBe(7, 1e-9);
        data.Calibration.ScaledBy.ShouldBeInRange(0.9, 1.2);
    }

    [Theory]
    [InlineData("gpus: 1000\nbatch: 2048\nparallelism: { tensor: 8, pipeline: 16, data: 8 }\n", ":6:", "tensor × pipeline × context × data = 1000")]
    [InlineData("gpus: 1024\nbatch: 2047\nparallelism: { tensor: 8, pipeline: 16, data: 8 }\n", ":6:", "2048 samples would fit")]
    [InlineData("gpus: 128\nbatch: 64\nparallelism: { tensor: 8, pipeline: 16 }\n", ":6:", "GB too much")]
    [InlineData("gpus: 64\nbatch: 64\nparallelism: auto\n", ":6:14", "the closest lacks")]
    [InlineData("gpus: 1024\nbatch: 64\nprecision: fp4\n", ":6:12", "bf16 or fp8, which H100 SXM has a peak for")]
    [InlineData("gpus: auto\nbatch: 64\n", ":4:7", "a number of GPUs, since the layout is searched for it")]
    [InlineData("gpus: many\nbatch: 64\n", ":4:7", "a number of GPUs or 'auto', found 'many'")]
    [InlineData("gpus: 1024\n", "", "the samples of a step")]
    [InlineData("gpus: 1024\nbatch: 64\nmatrix_efficiency: 95 %\n", ":6:20", "the best that was measured")]
    [InlineData("gpus: 1024\nbatch: 64\ncalibrate_on: [nothing]\n", ":6:", "the name of a run with a measured step")]
    public void What_does_not_fit_is_shown_with_its_place(string text, string place, string words)
    {
        ScenarioException wrong = Should.Throw<ScenarioException>(() => Asked(Job + text));
        wrong.Message.ShouldContain("input.yaml" + place);
        wrong.Message.ShouldContain(words);
    }

    [Theory]
    [InlineData("name,gpu\nx,h100-sxm\n", ":1:1: expected a column 'layers'")]
    [InlineData("name,gpu,layers,hidden,heads,sequence,gpus,batch,colour\nx,h100-sxm,1,64,1,64,1,1,red\n", ":1:1: expected a column such as gpus")]
    [InlineData("name,gpu,layers,hidden,heads,sequence,gpus,batch\nx,h100-sxm,1,64,one,64,1,1\n", ":2:1: heads: expected a whole number, found 'one'")]
    [InlineData("name,gpu,layers,hidden,heads,sequence,gpus,batch,tensor\nx,h100-sxm,1,64,1,64,3,3,2\n", ":2:1: gpus: expected a multiple of tensor × pipeline × context = 2, found 3")]
    public void A_wrong_table_is_refused_with_its_line(string text, string words) =>
        Should.Throw<ScenarioException>(() => TrainingStudy.Definition.Answer(Written("t.csv", text), [])).Message.ShouldContain("t.csv" + words);

    private string Written(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private StudyAnswer Asked(string text) => TrainingStudy.Definition.Answer(Written("input.yaml", text), []);
}
