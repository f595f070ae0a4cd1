using Gigawatt.Compute;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Training;

namespace Gigawatt.Tests.Validation;

/// <summary>The power of jobs against public logs of H100 nodes.</summary>
public sealed class JobPowerTests
{
    // 512 x H100, GPT-3, MLPerf Training v4.0, Supermicro immersed: DC power of a node, of 64 nodes, and alternating current over it.
    private const double NodeDcMw = 6745e-6, AcPerDc = 1.0153;

    [Fact]
    public void A_node_of_the_512_GPU_run_draws_what_was_logged()
    {
        RackSpec rack = Liquid with { ShelfEfficiencyFraction = 1 };
        JobPowerSpec job = Job(rack);
        double nodeMw = JobPower.Of(job).MeanMwPerGpu * 8;
        (nodeMw / NodeDcMw - 1).ShouldBeInRange(-0.005, 0.005);                  // 6,760 W
        double acKwPerGpu = JobPower.Of(Job(rack with { ShelfEfficiencyFraction = 1 / AcPerDc })).MeanMwPerGpu * 1e3;
        acKwPerGpu.ShouldBe(0.856, 0.005);
    }

    [Fact]
    public void Its_range_lies_between_the_valley_and_the_plateau()
    {
        JobWave wave = JobPower.Of(Job(Liquid with { ShelfEfficiencyFraction = 1 }));
        (wave.HighMw * 1e3 / 458 - 1).ShouldBeInRange(-0.03, 0);                 // 446.7 kW where the 99th percentile is 458 kW
        372.0.ShouldBeInRange(wave.LowMw * 1e3, wave.MeanMw * 1e3);              // the first percentile: part of a 2 s sample in the valley
    }

    [Fact]
    public void Run_means_by_checkpoint_spacing_follow_from_two_states_with_one_fitted_step()
    {
        // 8 x H100: every 1000 steps 528 W, every 100 317 W, every step 152 W; stalls of 16.5 s. The length of a step is fitted, nothing else.
        (int Every, double MeanW)[] runs = [(1000, 528), (100, 317), (1, 152)];
        double Error(double stepS, int i) => 700 * JobPower.SpacedMeanFraction(0.795, 0.215, stepS, runs[i].Every, 16.5) / runs[i].MeanW - 1;
        double best = double.MaxValue, fittedS = 0;
        for (double stepS = 0.05; stepS < 0.5; stepS += 0.001)
        {
            double sum = Enumerable.Range(0, 3).Sum(i => Error(stepS, i) * Error(stepS, i));
            if (sum < best) { (best, fittedS) = (sum, stepS); }
        }
        fittedS.ShouldBe(0.118, 0.001);
        for (int i = 0; i < 3; i++) { Math.Abs(Error(fittedS, i)).ShouldBeLessThan(0.045); }
        // The line of 28.6 s at a checkpoint every 50 steps says 0.242 s instead, with which the middle run comes out too high:
        // these means and that line cannot be met by one length of a step.
        double lineS = (28.6 - 16.5) / 50;
        Error(lineS, 0).ShouldBe(0, 0.01);
        Error(lineS, 1).ShouldBe(0.23, 0.02);
        Error(lineS, 2).ShouldBe(0.03, 0.01);
    }

    [Fact]
    public void Caps_cost_and_gain_what_was_published()
    {
        CapCurve.H100.ThroughputRatio(500.0 / 700).ShouldBe(0.915, 1e-12);
        (CapCurve.H100.ThroughputRatio(400.0 / 700) * 700 / 400).ShouldBe(1.44, 0.005);   // tokens a joule of GPU: +44 %
        PowerCap.Best(CapCurve.H100, 700e-6, 100, 600e-6).GainFraction.ShouldBe(0.082, 0.001);
        CapCurve.Gb200.ThroughputRatio(1000.0 / 1200).ShouldBe(0.95, 1e-12);
    }

    private static RackSpec Liquid => ScenarioReader.ReadText<RackSpec>("model: hgx-h100-liquid\n", "one.yaml", Catalog.Embedded).Value;

    // Nine tenths computing and one tenth exposed communication, as behind the plateau's default.
    private static JobPowerSpec Job(RackSpec rack) => new()
    {
        Name = "GPT-3",
        Gpus = 512,
        Rack = rack,
        Step = new StepParts { ComputeS = 0.9, ExposedCommunicationS = 0.1 },
        EdgeS = 0.05,
    };
}
