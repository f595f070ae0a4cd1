using Gigawatt.Training;

namespace Gigawatt.Tests.Training;

public sealed class StragglerTests
{
    // Expected largest of N standard normal variables; two: 1/√π, three: 3/(2√π).
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0.5641895835)]
    [InlineData(3, 0.8462843753)]
    [InlineData(8, 1.4236)]
    [InlineData(72, 2.3879)]
    [InlineData(512, 3.0439)]
    [InlineData(1024, 3.2482)]
    [InlineData(8192, 3.8023)]
    [InlineData(16384, 3.9714)]
    [InlineData(100000, 4.3843)]
    public void The_slowest_of_many_lies_so_many_deviations_out(long count, double expected) =>
        Straggler.ExpectedMaximumFactor(count).ShouldBe(expected, count <= 3 ? 1e-9 : 6e-5);

    [Fact]
    public void A_narrow_lognormal_spread_is_nearly_normal_and_a_wide_one_is_worse()
    {
        Straggler.LognormalExcessFraction(8192, 0.001).ShouldBe(0.0038023, 2e-5);
        Straggler.LognormalExcessFraction(8192, 0.1).ShouldBeGreaterThan(Straggler.NormalExcessFraction(8192, 0.1));
    }

    // 1 − 0.995^1,536 = 0.99955: MegaScale, 1,536 servers, 0.5 % of them slow.
    [Fact]
    public void Among_many_servers_one_is_slow()
    {
        Straggler.AnySlowFraction(new SlowNodesSpec(), 1536).ShouldBe(0.99955, 1e-5);
        Straggler.SlowNodeExcessFraction(new SlowNodesSpec(), 1536).ShouldBe(0.099955, 1e-6);
    }

    [Theory]
    [InlineData(96, 8, 0, 0)]              // twelve each
    [InlineData(96, 8, 1, 0.0722)]         // 13 over 97/8
    [InlineData(126, 8, 1, 0.0079)]        // 16 over 127/8: the short last stage takes the table
    public void Stages_of_unequal_work_wait_for_the_longest(int layers, int stages, double head, double expected) =>
        Straggler.ImbalanceFraction(layers, stages, head).ShouldBe(expected, 1e-4);
}
