using Gigawatt.Numerics;
using Gigawatt.Training;

namespace Gigawatt.Tests.Training;

public sealed class CheckpointLevelsTests
{
    [Fact]
    public void Without_local_recovery_it_is_the_formula_of_one_level() =>
        // Ten stages of 100 s with a second of copying each, and 60 s to storage: one period of 1,060 s that stops for 70 s.
        CheckpointLevels.EfficiencyFraction(11_136, 100, 1, 10, 60, 0, 60, 30, 600)
            .ShouldBe(Checkpoint.EfficiencyFraction(11_136, 1_060, 70, 60, 600), 1e-12);

    [Fact]
    public void When_all_recover_locally_storage_only_costs_its_time() =>
        CheckpointLevels.EfficiencyFraction(11_136, 100, 1, 10, 0, 1, 60, 30, 600)
            .ShouldBe(Checkpoint.EfficiencyFraction(11_136, 100, 1, 60, 30), 1e-12);

    [Fact]
    public void More_local_recovery_is_never_worse()
    {
        double before = 0;
        for (double p = 0; p <= 1; p += 0.1)
        {
            double now = CheckpointLevels.EfficiencyFraction(11_136, 100, 1, 10, 60, p, 60, 30, 600);
            now.ShouldBeGreaterThan(before);
            now.ShouldBeLessThan(1);
            before = now;
        }
    }

    [Fact]
    public void Storage_is_as_rare_as_the_failures_that_reach_it() =>
        CheckpointLevels.BestStoragePeriodS(11_136, 0, 1_000_000, 60, 0.9).ShouldBe(Checkpoint.BestPeriodS(111_360, 60), 1);

    [Fact]
    public void A_write_beside_computing_counts_as_its_stall_and_a_longer_restart()
    {
        Checkpoint.AsynchronousEfficiencyFraction(11_136, 1_000, 3, 57, 60, 600).ShouldBe(Checkpoint.EfficiencyFraction(11_136, 1_000, 3, 60, 657), 1e-15);
        Checkpoint.BestAsynchronousPeriodS(11_136, 0.1, 600).ShouldBe(600.1);          // no faster than one write after the other
    }

    [Theory]
    [InlineData(1, 8, 3, 0.8)]
    [InlineData(1, 10, 60, 0.9)]
    [InlineData(5, 10, 60, 1)]
    public void The_period_of_a_job_is_within_a_thousandth_of_the_best(double localS, int perStorage, double storageS, double localFraction)
    {
        double Efficiency(double periodS) => CheckpointLevels.EfficiencyFraction(
            8_820, (periodS - storageS) / perStorage, localS, perStorage, storageS, localFraction, 60, 240, 300);
        double takenS = CheckpointLevels.BestStoragePeriodS(8_820, localS, perStorage, storageS, localFraction);
        double best = Enumerable.Range(-40, 81).Max(i => Efficiency(takenS * Elementary.Pow(1.05, i)));
        Efficiency(takenS).ShouldBeInRange(best - 0.001, best);
    }
}
