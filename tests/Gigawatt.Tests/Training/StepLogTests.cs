using Gigawatt.Numerics;
using Gigawatt.Training;

namespace Gigawatt.Tests.Training;

public sealed class StepLogTests
{
    [Fact]
    public void A_stall_is_an_outlier_and_does_not_move_the_median()
    {
        StepLogSummary log = StepLog.Read("step,seconds,tokens\n1,7.0,100\n2,7.1,100\n3,7.05,100\n4,30,100\n5,7.0,100\n6,7.02,100\n");
        log.MedianS.ShouldBe(7.035, 1e-12);
        log.Outliers.ShouldBe(1);
        log.LostFraction.ShouldBe((30 - 7.035) / 65.17, 1e-9);
        log.TokensPerS.ShouldBe(600 / 65.17, 1e-9);
    }

    [Theory]
    [InlineData("iteration,time\n1,5\n", "line 1: expected a line of heads with 'step' and 'seconds'")]
    [InlineData("step,seconds\n1,5\n2,5\n5,5\n", "line 4, step: expected 3, the step after 2, found 5, a gap of 2")]
    [InlineData("step,seconds\n1,5\n2,5\n1,5\n", "line 4, step: expected 3, the step after 2, found 1, which goes back")]
    [InlineData("step,seconds\n1,5\n2,-5\n3,5\n", "line 3, seconds: expected a duration of more than 0, found '-5'")]
    [InlineData("step,seconds\n1,5\n2\n", "line 3: expected 2 values, found 1")]
    [InlineData("step,seconds\n1,5\n2,5\n", "five steps or more")]
    public void A_log_with_gaps_is_refused_with_its_line(string text, string words) =>
        Should.Throw<CaseException>(() => StepLog.Read(text)).Message.ShouldContain(words);
}
