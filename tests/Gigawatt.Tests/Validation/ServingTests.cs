using Gigawatt.Tests.Training;
using Gigawatt.Training;

namespace Gigawatt.Tests.Validation;

/// <summary>Prices and throughputs of public benchmarks, and published sizes of rollouts and streams of users.</summary>
public sealed class ServingTests
{
    [Theory]
    [InlineData(2.21, 5789.6, 0.1060)]      // GB200 at 75 tokens/s; the page prints 0.106
    [InlineData(2.21, 3987.5, 0.1540)]      // at 120: 0.154
    [InlineData(1.95, 1110.0, 0.4880)]      // B200 at 120: 0.488
    [InlineData(1.95, 751.2, 0.7211)]       // at 164: 0.721
    public void A_million_tokens_cost_what_InferenceX_prints(double usdPerHour, double throughput, double expected) =>
        ServingFrontier.MillionTokensUsd(usdPerHour / 3600, throughput).ShouldBe(expected, 5e-5);

    [Theory]
    [InlineData("gb200-deepseek-r1", 75, 2_756_947)]
    [InlineData("b200-deepseek-r1", 75, 1_178_668)]
    [InlineData("mi300x-deepseek-r1", 32, 335_808)]
    public void Tokens_for_each_megawatt_are_those_of_the_page(string model, double speed, double perMw)
    {
        ServingFrontierSpec spec = ServingFrontierTests.Entry(model);
        (ServingFrontier.ThroughputPerGpuS(spec, speed) / spec.SitePowerMwPerGpu).ShouldBe(perMw, perMw * 1e-3);
    }

    [Theory]
    [InlineData(25, 5856.9, -0.015)]
    [InlineData(35, 5397.0, 0.004)]
    [InlineData(44, 5160.2, -0.045)]     // the step from 42 to 75 tokens/s is wide
    public void Between_its_points_the_B200_misses_the_points_of_another_page_by_this(double speed, double published, double error) =>
        (ServingFrontier.ThroughputPerGpuS(ServingFrontierTests.Entry("b200-deepseek-r1"), speed) / published - 1).ShouldBe(error, 0.003);

    [Fact]
    public void Users_at_once_follow_from_throughput_within_five_percent_of_the_page() =>
        // 72 GPUs x 5,789.6/(9 x 75); the page prints about 649 for GB200 at 75 tokens/s.
        (72 * ServingFrontier.StreamsPerGpu(ServingFrontierTests.Entry("gb200-deepseek-r1"), 75)).ShouldBe(649, 649 * 0.05);

    [Fact]
    public void Ten_million_users_feed_about_twelve_hundred_learners()
    {
        LiveUsersSpec users = new() { DailyUsersRatio = 1e7, TurnsRatio = 60, TokensRatio = 150 };
        LiveUsers.DailyTokensRatio(users).ShouldBe(90e9);
        (1000 * 843 * 86400.0).ShouldBe(73e9, 0.2e9);
        LiveUsers.LearnerGpus(users, 843).ShouldBe(1236, 1);
    }

    [Fact]
    public void A_tail_of_one_percent_leaves_a_third_busy() =>
        // 99 % in 40 s, the last 1 % in another 80 s: 40 s of 120 s, and 0.8 s more by the tail itself.
        RolloutPool.BusyFraction(new RolloutTimeSpec(), 4096).ShouldBe(1.0 / 3, 0.007);
}
