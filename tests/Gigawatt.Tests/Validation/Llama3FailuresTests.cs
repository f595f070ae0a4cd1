using Gigawatt.Reliability;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Simulation;
using Gigawatt.Studies;
using Gigawatt.Tests.Cli;

namespace Gigawatt.Tests.Validation;

/// <summary>Published counts and rates of interruptions: Llama 3, Meta RSC-1, FT-HSDP.</summary>
public sealed class Llama3FailuresTests
{
    private static readonly FailuresInput Input = ScenarioReader.ReadFile<FailuresInput>(Path.Combine(Gw.Root, "studies", "llama3-54-days.yaml"), Catalog.Embedded, []).Value;
    private static readonly JobRun[] Runs = JobSimulation.Runs(Input.Job, Input.Seed, 200);

    private static FailureRecordSpec Record(string model) =>
        ScenarioReader.ReadText<JobSimulationSpec>($"gpus: 1\nfailures: {{ model: {model} }}\n", "one.yaml", Catalog.Embedded).Value.Failures;

    [Fact]
    public void The_published_counts_add_up_to_419() => Input.Job.Failures.Causes.Sum(cause => cause.Count).ShouldBe(419);

    [Fact]
    public void Two_hundred_runs_have_419_interruptions_on_average() =>
        Runs.Average(run => run.Interruptions).ShouldBe(419, 419 * 0.02);

    [Fact]
    public void Every_cause_strikes_as_often_as_published()
    {
        for (int i = 0; i < Input.Job.Failures.Causes.Count; i++)
        {
            double expected = Input.Job.Failures.Causes[i].Count!.Value;
            // Three standard errors of the mean of 200 Poisson counts.
            Runs.Average(run => run.ByCause[i]).ShouldBe(expected, 0.01 * expected + 3 * Math.Sqrt(expected / 200), Input.Job.Failures.Causes[i].Name);
        }
    }

    [Fact]
    public void Planned_stops_are_as_many_as_published() => Runs[0].Planned.ShouldBeInRange(46, 47);

    [Theory]
    [InlineData(16_384, 1.803, 0.001)]
    [InlineData(131_072, 0.2254, 0.0001)]
    public void Meta_projects_these_hours_from_its_rate(int gpus, double hours, double within) =>
        (FailureCauses.MtbfS(Record("rsc-1"), gpus) / 3600).ShouldBe(hours, within);

    [Fact]
    public void At_100_000_GPUs_proportion_gives_50_minutes_and_Meta_saw_18()
    {
        FailureRecordSpec record = Record("ft-hsdp");
        record.Causes.Sum(cause => cause.Count).ShouldBe(678);
        (FailureCauses.MtbfS(record with { ElasticityRatio = 0 }, 100_000) / 60).ShouldBe(50, 0.2);
        (FailureCauses.MtbfS(record, 100_000) / 60).ShouldBe(18, 0.1);
        double smallS = FailureCauses.MtbfS(record with { ElasticityRatio = 0 }, 32_768);
        FailureCauses.ElasticityRatio(32_768, smallS, 100_000, 18 * 60).ShouldBe(0.916, 0.003);
    }
}
