using Gigawatt.Reliability;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Tests.Reliability;

public sealed class FailurePopulationTests
{
    private const double PerNodeDay = 6.5e-3 / 86400;     // Meta RSC-1: 6.5 per 1,000 node-days

    [Fact]
    public void Two_thousand_nodes_with_a_day_of_repair_have_13_down()
    {
        // down fraction λ/(λ+μ) = 0.0065/1.0065; times 2,048 = 13.23
        FailurePopulationState state = default;
        Stream luck = Stream.For(1, 0, "nodes", "failure");
        double nodeS = 0;
        const int hours = 24 * 20_000;
        for (int hour = 0; hour < hours; hour++)
        {
            FailurePopulation.Advance(ref state, ref luck, 2048, PerNodeDay, 86400, 3600);
            nodeS += state.InRepairUnits;
        }
        (nodeS / hours).ShouldBe(13.23, 0.13);
    }

    [Fact]
    public void The_population_may_change_in_the_midst_of_the_wait()
    {
        // 100 units for 1,000 s, then 300: the hazard of 100·λ·1000 + 300·λ·t is exact, so t does not depend on the steps
        const double lambda = 1e-7;
        double expectedHazard = Stream.For(5, 0, "x", "failure").NextExponential();
        FailurePopulationState state = default;
        Stream luck = Stream.For(5, 0, "x", "failure");
        double nowS = 0;
        FailurePopulation.TryNext(ref state, ref luck, 100, lambda, 1, ref nowS, 1000, out _).ShouldBeFalse();
        FailurePopulation.TryNext(ref state, ref luck, 300, lambda, 1, ref nowS, 1e9, out bool isReturn).ShouldBeTrue();
        isReturn.ShouldBeFalse();
        (100 * lambda * 1000 + 300 * lambda * (nowS - 1000)).ShouldBe(expectedHazard, 1e-9);
    }

    [Fact]
    public void Nodes_sent_by_a_job_come_back_after_the_mean_repair()
    {
        // mean number left of 1,000 after one mean repair: 1000/e = 368
        double left = 0;
        for (int run = 0; run < 100; run++)
        {
            FailurePopulationState state = default;
            Stream luck = Stream.For(1, run, "nodes", "repair");
            FailurePopulation.Send(ref state, 1000);
            FailurePopulation.Advance(ref state, ref luck, 2000, 0, 86400, 86400).ShouldBe(0);
            left += state.InRepairUnits;
        }
        (left / 100).ShouldBe(367.9, 5);
    }

    [Fact]
    public void The_length_of_the_step_does_not_matter()
    {
        static (int, int) Count(double stepS)
        {
            FailurePopulationState state = default;
            Stream luck = Stream.For(2, 0, "nodes", "failure");
            int failures = 0;
            for (double t = 0; t < 100 * 86400; t += stepS)
            {
                failures += FailurePopulation.Advance(ref state, ref luck, 2048, PerNodeDay, 86400, stepS);
            }
            return (failures, state.InRepairUnits);
        }
        Count(60).ShouldBe(Count(86400));
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        FailurePopulationState state = default;
        Stream luck = Stream.For(1, 0, "nodes", "failure");
        FailurePopulation.Advance(ref state, ref luck, 2048, PerNodeDay, 86400, 60);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++) { FailurePopulation.Advance(ref state, ref luck, 2048, PerNodeDay, 86400, 60); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
