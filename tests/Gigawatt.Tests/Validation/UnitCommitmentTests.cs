using Gigawatt.Power.Commitment;
using Gigawatt.Scenarios.Reading;
using Gigawatt.Studies;
using Gigawatt.Tests.Cli;

namespace Gigawatt.Tests.Validation;

/// <summary>The ten-unit day of Kazarlis et al. (1996), whose best known cost of many published methods is 563,938 USD.</summary>
public sealed class UnitCommitmentTests
{
    private const double BestKnownUsd = 563_938;

    private static readonly CommitmentProblem TenUnits = ScenarioReader.ReadFile<CommitmentInput>(
        Path.Combine(Gw.Root, "studies", "ten-units.yaml"), Catalog.Embedded, []).Value.Problem();

    [Fact]
    public void Ten_units_reach_the_best_known_cost_within_a_dollar_and_prove_it_within_a_percent()
    {
        CommitmentAnswer answer = UnitCommitment.Solve(TenUnits, 1000);
        ScheduleCheck.Breaches(TenUnits, answer.Schedule).ShouldBeEmpty();
        answer.Schedule.PenaltyUsd.ShouldBe(0);
        answer.Schedule.CostUsd.ShouldBe(BestKnownUsd, 1);
        answer.BoundUsd.ShouldBeLessThan(BestKnownUsd);
        answer.GapFraction.ShouldBeLessThan(0.0085);
    }

    [Fact]
    public void The_merit_order_is_within_half_a_percent_of_it()
    {
        CommitmentSchedule merit = UnitCommitment.MeritOrder(TenUnits);
        ScheduleCheck.Breaches(TenUnits, merit).ShouldBeEmpty();
        merit.ObjectiveUsd.ShouldBeInRange(BestKnownUsd, BestKnownUsd * 1.005);
    }
}
