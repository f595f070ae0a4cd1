using FsCheck.Fluent;
using Gigawatt.Compute;
using Gigawatt.Numerics;

namespace Gigawatt.Tests.Compute;

public sealed class PowerStatesTests
{
    internal static readonly RackSpec Plain = new()
    {
        Title = "one node of eight",
        Gpu = GpuTests.H100,
        NodeCount = 1,
        NodeGpus = 8,
        NodeOtherIdleMw = 1.6e-3,
        NodeOtherBusyMw = 3.2e-3,
        BoardEfficiencyFraction = 1,
        ShelfEfficiencyFraction = 1,
    };

    [Fact]
    public void Half_the_time_computing_and_half_waiting_is_the_middle_of_both() =>
        PowerStates.MeanFraction(new PowerStatesSpec(), new StateTimes(0, 5, 0, 0, 5)).ShouldBe((0.215 + 0.833) / 2, 1e-12);

    [Fact]
    public void No_time_at_all_draws_nothing() => PowerStates.MeanFraction(new PowerStatesSpec(), default).ShouldBe(0);

    [Fact]
    public void A_step_with_a_tenth_of_exposed_communication_is_the_published_steady_share() =>
        PowerStates.MeanFraction(new PowerStatesSpec(), new StateTimes(0, 0, 1, 0, 9)).ShouldBe(0.795, 0.001);   // published: 78 to 81 %

    [Fact]
    public void The_rest_of_the_node_counts_for_each_GPU()
    {
        // 200 W of 1,600 W idle for each of eight; in training a quarter of the way to 400 W: 250 W.
        PowerStates.FeedMwPerGpu(Plain, 0.1, isLoaded: false).ShouldBe((70 + 200) * 1e-6, 1e-12);
        PowerStates.FeedMwPerGpu(Plain, 0.8, isLoaded: true).ShouldBe((560 + 250) * 1e-6, 1e-12);
    }

    [Fact]
    public void Every_generation_rises_from_idle_to_compute_and_says_where_it_is_from()
    {
        foreach ((string title, PowerStatesSpec states, Grade grade, string source) in PowerStates.ByGeneration)
        {
            states.Contradictions().ShouldBeEmpty(title);
            source.Length.ShouldBeGreaterThan(9);
            (grade != Grade.E || source.StartsWith("assumption", StringComparison.Ordinal)).ShouldBeTrue(title);
            PowerStates.Of(title.ToLowerInvariant()).ShouldBe(states);
        }
        PowerStates.Of("abacus").ShouldBeNull();
    }

    [Fact]
    public void Shares_that_fall_contradict_themselves() =>
        new PowerStatesSpec { StallFraction = 0.5 }.Contradictions().ShouldHaveSingleItem().Property.ShouldBe("CommunicationFraction");

    [Fact]
    public void A_lower_cap_never_draws_more_in_any_state() => Prop.ForAll(
        ArbMap.Default.ArbFor<(byte, byte)>(), caps =>
        {
            double low = Math.Min(caps.Item1, caps.Item2) / 255.0, high = Math.Max(caps.Item1, caps.Item2) / 255.0;
            PowerStatesSpec states = new();
            return Enum.GetValues<GpuActivity>().All(activity =>
                PowerStates.CappedFraction(states, activity, CapCurve.H100, low) <= PowerStates.CappedFraction(states, activity, CapCurve.H100, high));
        }).HoldsInAnyCase();

    [Fact]
    public void The_mean_of_states_allocates_nothing()
    {
        PowerStatesSpec states = new();
        double sum = PowerStates.CappedFraction(states, GpuActivity.Compute, CapCurve.H100, 0.7);   // the curve is made at its first use
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            sum += PowerStates.MeanFraction(states, new StateTimes(0, i, 1, 1, 1)) + PowerStates.CappedFraction(states, GpuActivity.Compute, CapCurve.H100, 0.7);
        }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        sum.ShouldBeGreaterThan(0);
    }
}
