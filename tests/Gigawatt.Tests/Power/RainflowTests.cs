using FsCheck.Fluent;
using Gigawatt.Power;

namespace Gigawatt.Tests.Power;

public sealed class RainflowTests
{
    [Fact]
    public void A_plain_swing_and_back_is_two_halves()
    {
        IReadOnlyList<RainflowCycle> cycles = Rainflow.Count([0.9, 0.4, 0.9]);
        cycles.Select(cycle => (cycle.Range, cycle.IsHalf)).ShouldBe([(0.5, true), (0.5, true)]);
        cycles[0].Mean.ShouldBe(0.65, 1e-12);
    }

    [Fact]
    public void Values_on_the_way_and_values_that_repeat_change_nothing() =>
        Rainflow.Count([0.9, 0.9, 0.7, 0.5, 0.5, 0.4, 0.6, 0.6, 0.9, 0.9]).ShouldBe(Rainflow.Count([0.9, 0.4, 0.9]));

    [Fact]
    public void Nothing_moves_nothing_counts()
    {
        Rainflow.Count([]).ShouldBeEmpty();
        Rainflow.Count([0.5]).ShouldBeEmpty();
        Rainflow.Count([0.5, 0.5, 0.5]).ShouldBeEmpty();
        Stream([0.5, 0.5, 0.5], out _).ShouldBeEmpty();
    }

    [Fact]
    public void Value_by_value_gives_the_same_cycles_as_all_at_once_on_any_history() =>
        Prop.ForAll(Gen.Choose(0, 1000).ListOf(300).ToArbitrary(), values =>
        {
            double[] history = [.. values.Select(value => value / 1000.0)];
            RainflowCycle[] found = Stream(history, out int merged);
            return merged == 0 && found.SequenceEqual(Rainflow.Count(history));
        }).HoldsInAnyCase(200);

    [Fact]
    public void Every_range_that_is_travelled_is_counted_on_any_history() =>
        Prop.ForAll(Gen.Choose(0, 20).ListOf(60).ToArbitrary(), values =>
        {
            // The way travelled is twice the range of every cycle: a closed one goes there and back, a half one way.
            double way = 0;
            for (int i = 1; i < values.Count; i++) { way += Math.Abs(values[i] - values[i - 1]); }
            return Math.Abs(Rainflow.Count([.. values.Select(value => (double)value)]).Sum(cycle => 2 * cycle.Count * cycle.Range) - way) < 1e-9;
        }).HoldsInAnyCase(200);

    [Fact]
    public void A_history_that_converges_for_ever_overflows_nothing_and_loses_no_range()
    {
        // Swings of 1, 0.99, 0.98 … wait for each other: more than there are points.
        List<double> history = [0];
        for (int i = 0; i < 90; i++) { history.Add(i % 2 == 0 ? 1 - i * 0.005 : i * 0.005); }
        RainflowCycle[] found = Stream(history, out int merged);
        merged.ShouldBe(91 - Rainflow.MostPoints);
        found.Select(cycle => cycle.Range).Order().ShouldBe(Rainflow.Count(history).Select(cycle => cycle.Range).Order());

        // When it ends in a wide swing, the ranges are still the same; some that went as a half would have closed.
        history.Add(2);
        history.Add(-1);
        found = Stream(history, out _);
        found.Sum(cycle => cycle.Count).ShouldBe(Rainflow.Count(history).Sum(cycle => cycle.Count), 0.5 * merged);
        found.Max(cycle => cycle.Range).ShouldBe(3);
    }

    [Fact]
    public void Counting_value_by_value_allocates_nothing()
    {
        RainflowCycle[] closed = new RainflowCycle[Rainflow.MostClosed];
        RainflowState state = default;
        int count = 0;
        for (int i = 0; i < 1000; i++) { count += Rainflow.Add(ref state, i * 7919 % 1009 / 1009.0, closed); }
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100_000; i++) { count += Rainflow.Add(ref state, i * 7919 % 1009 / 1009.0, closed); }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        count.ShouldBeGreaterThan(10_000);
    }

    internal static RainflowCycle[] Stream(IReadOnlyList<double> history, out int merged)
    {
        RainflowState state = default;
        RainflowCycle[] room = new RainflowCycle[Rainflow.MostPoints + Rainflow.MostClosed];
        List<RainflowCycle> found = [];
        foreach (double value in history)
        {
            int count = Rainflow.Add(ref state, value, room);
            found.AddRange(room[..count]);
        }
        found.AddRange(room[..Rainflow.Finish(ref state, room)]);
        merged = state.Merged;
        return [.. found];
    }
}
