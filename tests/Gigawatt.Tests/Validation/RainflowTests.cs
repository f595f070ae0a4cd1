using Gigawatt.Power;

namespace Gigawatt.Tests.Validation;

/// <summary>Rainflow counting against the worked example of ASTM E1049-85 (figure 6, table X1.1).</summary>
public sealed class RainflowTests
{
    private static readonly double[] Example = [-2, 1, -3, 5, -1, 3, -4, 4, -2];

    [Theory]
    [InlineData(3, 0.5)]
    [InlineData(4, 1.5)]
    [InlineData(6, 0.5)]
    [InlineData(8, 1)]
    [InlineData(9, 0.5)]
    public void The_standards_example_has_the_standards_counts(double range, double count)
    {
        Rainflow.Count(Example).Where(cycle => cycle.Range == range).Sum(cycle => cycle.Count).ShouldBe(count);
        Power.RainflowTests.Stream(Example, out int merged).Where(cycle => cycle.Range == range).Sum(cycle => cycle.Count).ShouldBe(count);
        merged.ShouldBe(0);
    }

    [Fact]
    public void It_has_no_other_cycles() => Rainflow.Count(Example).Sum(cycle => cycle.Count).ShouldBe(4);
}
