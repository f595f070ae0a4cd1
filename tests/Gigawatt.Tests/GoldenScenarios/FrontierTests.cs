using Gigawatt.Simulation;

namespace Gigawatt.Tests.GoldenScenarios;

/// <summary>The whole engine on ORNL's Frontier: one idle day, then full load, against the closed form of ExaDigiT RAPS.</summary>
public sealed class FrontierTests
{
    [Theory]
    [InlineData("2024-01-01", 7.3065)]          // idle
    [InlineData("2024-01-03", 28.2279)]         // every node at full power
    public void The_machine_draws_what_the_closed_form_says(string day, double expectedMw)
    {
        DateOnly on = DateOnly.ParseExact(day, "yyyy-MM-dd");
        DayRecord record = ScenarioRuns.Run("frontier").Days.First(at => at.Day == on);
        record.FacilityMw.ShouldBe(expectedMw, expectedMw * 0.001);
    }
}
