using System.Globalization;
using Gigawatt.Numerics;
using Gigawatt.Training;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Tests.Training;

public sealed class PowerTraceTests
{
    [Theory]
    [InlineData(3.0, 0.7, 0.1, 1200)]
    [InlineData(5.35, 0.8, 0.1, 3000)]
    [InlineData(28.6, 0.45, 0.5, 2500)]
    public void What_was_put_into_a_recording_is_found_in_it(double periodS, double duty, double intervalS, int samples)
    {
        PowerTraceFindings found = PowerTraceFindings.Of(Made(periodS, duty, 6500, 3400, intervalS, samples, noiseW: 60));
        found.PeriodS.ShouldNotBeNull().ShouldBe(periodS, periodS * 0.005);
        found.DutyFraction.ShouldBe(duty, 0.02);
        found.ComputeMw.ShouldBe(6500e-6, 40e-6);
        found.ValleyMw.ShouldBe(3400e-6, 40e-6);
        found.MeanMw.ShouldBe((3400 + 3100 * duty) * 1e-6, 60e-6);
        found.RegularityFraction.ShouldBeGreaterThan(0.9);
        found.RiseS.ShouldBeLessThan(0.3 + 2 * intervalS);
        Math.Abs(found.Twin.MeanRatio).ShouldBeLessThan(0.01);
        found.Twin.DistributionFraction.ShouldBeLessThan(0.05);
    }

    [Fact]
    public void Idle_waiting_and_computing_are_told_apart()
    {
        double[] mw = new double[4000];
        Stream chance = Stream.For(1, 0, "test", "noise");
        for (int i = 0; i < mw.Length; i++)
        {
            double level = i < 400 ? 2200 : (i - 400) % 400 >= 360 ? 3300 : 6700;
            mw[i] = (level + 40 * chance.NextNormal()) * 1e-6;
        }
        PowerTraceFindings found = PowerTraceFindings.Of(PowerTrace.Of(0.1, mw));
        found.IdleMw!.Value.ShouldBe(2200e-6, 30e-6);
        found.StallMw!.Value.ShouldBe(3300e-6, 30e-6);
        found.ComputeMw.ShouldBe(6700e-6, 30e-6);
        found.PeriodS.ShouldNotBeNull().ShouldBe(40, 0.4);
        found.Levels.Sum(level => level.TimeFraction).ShouldBe(1, 1e-9);
    }

    [Fact]
    public void Noise_has_no_period_and_one_level()
    {
        double[] mw = new double[2000];
        Stream chance = Stream.For(2, 0, "test", "noise");
        for (int i = 0; i < mw.Length; i++) { mw[i] = (5000 + 50 * chance.NextNormal()) * 1e-6; }
        PowerTraceFindings found = PowerTraceFindings.Of(PowerTrace.Of(1, mw));
        found.PeriodS.ShouldBeNull();
        found.Levels.Count.ShouldBe(1);
        found.StallMw.ShouldBeNull();
        PowerTraceFindings.Of(PowerTrace.Of(1, Enumerable.Repeat(0.005, 100).ToArray())).MeanMw.ShouldBe(0.005, 1e-12);
    }

    [Fact]
    public void Lines_of_several_nodes_in_watts_or_kilowatts_are_the_same_recording()
    {
        string[] watts = Lines("time_s, node, power_w", 200, 2, 1);
        string[] kilowatts = Lines("Time (ms),Host,power.draw [kW]", 200, 2, 1e-3, 1e3);
        PowerTrace one = PowerTrace.Read(watts, "node_power", 5), other = PowerTrace.Read(kilowatts, "node_power", 5);
        one.Nodes.ShouldBe(2);
        one.StepS.ShouldBe(0.5, 1e-9);
        one.MeanMwPerNode.Count.ShouldBe(200);
        other.MeanMwPerNode.Zip(one.MeanMwPerNode).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-9);
        one.NodeSpreadMw.ShouldBe(100e-6 / Math.Sqrt(2), 1e-9);                   // nodes 100 W apart
    }

    [Fact]
    public void Moments_and_repeated_units_are_understood()
    {
        string[] lines = ["timestamp, index, power.draw [W]",
            .. Enumerable.Range(0, 70).Select(i => string.Create(CultureInfo.InvariantCulture, $"2026/01/17 23:59:{i / 2 % 60:00}.{i % 2 * 5}00, 0, {500 + i} W")).Take(60)
                .Concat(Enumerable.Range(0, 10).Select(i => string.Create(CultureInfo.InvariantCulture, $"2026/01/17 23:59:{30 + i / 2}.{i % 2 * 5}00, 0, {560 + i} W")))];
        PowerTrace trace = PowerTrace.Read(lines, "x", 5);
        trace.StepS.ShouldBe(0.5, 1e-9);
        trace.MeanMwPerNode[69].ShouldBe(569e-6, 1e-9);
    }

    [Fact]
    public void Small_gaps_are_bridged_and_counted_and_large_ones_refused()
    {
        List<string> lines = [.. Lines("time_s,node,power_w", 200, 1, 1)];
        lines.RemoveRange(50, 3);
        PowerTrace trace = PowerTrace.Read(lines, "node_power", 5);
        trace.Bridged.ShouldBe(3);
        trace.MeanMwPerNode.Count.ShouldBe(200);
        lines.RemoveRange(100, 10);
        CaseProblem problem = Should.Throw<CaseException>(() => PowerTrace.Read(lines, "node_power", 5)).Problems.ShouldHaveSingleItem();
        problem.Path.ShouldBe("node_power[100]");
        problem.Expected.ShouldContain("within 3 s");
        problem.Found.ShouldContain("10 samples");
    }

    [Theory]
    [InlineData("time_s,node,power", "node_power[0]: expected the unit in the header, such as 'power_w', found 'power'")]
    [InlineData("time_s,node,watts", "node_power[0]: expected a column 'power_w' in the header")]
    [InlineData("node,power_w,x", "node_power[0]: expected a column 'time_s' in the header")]
    public void A_header_that_says_too_little_is_refused(string header, string expected)
    {
        string[] lines = Lines(header, 100, 1, 1);
        Should.Throw<CaseException>(() => PowerTrace.Read(lines, "node_power", 5)).Message.ShouldContain(expected);
    }

    [Fact]
    public void Every_bad_line_is_named()
    {
        string[] lines = Lines("time_s,node,power_w", 100, 1, 1);
        lines[10] = "2,n0,6500";
        lines[20] = "10,n0";
        lines[30] = "15,n0,many";
        lines[40] = "20,n0,-5";
        IReadOnlyList<CaseProblem> problems = Should.Throw<CaseException>(() => PowerTrace.Read(lines, "p", 5)).Problems;
        problems.Select(problem => problem.Path).ShouldBe(["p[10]", "p[20]", "p[30]", "p[40]"]);
        problems[0].Expected.ShouldContain("a later time than the 4 s before it of node 'n0'");
        Should.Throw<CaseException>(() => PowerTrace.Read(["", "# empty"], "p", 5)).Message.ShouldContain("below a header");
        Should.Throw<CaseException>(() => PowerTrace.Read(lines[..9], "p", 5)).Message.ShouldContain("64 samples or more");
    }

    internal static string[] Lines(string header, int samples, int nodes, double scale, double timeScale = 1) =>
    [
        header,
        .. from i in Enumerable.Range(0, samples)
           from node in Enumerable.Range(0, nodes)
           let watts = (i % 6 < 4 ? 6500 : 3400) + 100 * node
           select string.Create(CultureInfo.InvariantCulture, $"{i * 0.5 * timeScale},n{node},{watts * scale}"),
    ];

    /// <summary>A recording with known truth: a trapezoid with edges of 0.2 s, jitter of 1 % and noise.</summary>
    internal static PowerTrace Made(double periodS, double duty, double highW, double lowW, double intervalS, int samples, double noiseW)
    {
        Stream chance = Stream.For(7, 0, "recording", "noise");
        StepWave shape = new(1, 0, duty, periodS, 0.2, 0.2, 0);
        double[] mw = new double[samples];
        double atS = 0;
        for (int i = 0; i < samples; i++)
        {
            double sum = 0;
            for (int j = 0; j < 10; j++) { sum += shape.AtFraction(atS + (j + 0.5) / 10 * intervalS) / 10; }
            atS += intervalS * (1 + 0.01 * chance.NextNormal());
            mw[i] = Math.Max(0, lowW + (highW - lowW) * sum + noiseW * chance.NextNormal()) * 1e-6;
        }
        return PowerTrace.Of(intervalS, mw);
    }
}
