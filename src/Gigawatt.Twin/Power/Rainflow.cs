using System.Runtime.CompilerServices;

namespace Gigawatt.Power;

/// <summary>A cycle found in a history: how far it swings, around what, and whether it closed.</summary>
/// <param name="Range">Distance between its two ends.</param>
/// <param name="Mean">Middle of its two ends.</param>
/// <param name="IsHalf">Whether only one way was travelled: it counts a half.</param>
public readonly record struct RainflowCycle(double Range, double Mean, bool IsHalf)
{
    /// <summary>One for a cycle that closed, a half for one way.</summary>
    public double Count => IsHalf ? 0.5 : 1;
}

/// <summary>Turning points that wait for a partner, oldest first.</summary>
[InlineArray(Rainflow.MostPoints)]
public struct RainflowPoints
{
    private double first;
}

/// <summary>What a rainflow count remembers between values; of fixed size, however long the history.</summary>
public struct RainflowState
{
    /// <summary>Turning points that wait for a partner.</summary>
    public RainflowPoints Points;

    /// <summary>How many points wait.</summary>
    public int Waiting;

    /// <summary>The latest value, which turns into a point when the next one comes back.</summary>
    public double Latest;

    /// <summary>1 on the way up, −1 on the way down, 0 before anything moved.</summary>
    public int Direction;

    /// <summary>Whether a value was seen at all.</summary>
    public bool HasBegun;

    /// <summary>How often the oldest point had to go because none was free.</summary>
    public int Merged;
}

/// <summary>Rainflow counting: takes a history of values apart into the cycles that make it up.</summary>
/// <remarks>
/// ASTM E1049-85, section 5.4.4: with X the latest range and Y the one before, a Y no larger than X is a cycle; it is a half cycle when it
/// begins at the start of the history, which then moves on. What is left at the end are half cycles.
/// The ranges that wait shrink from the oldest to the latest, so few points suffice: <see cref="MostPoints"/>. A history that converges in more
/// swings than that finds no free point; then the oldest and widest range is counted as the half cycle that it would be at the end of the
/// history, and the next point becomes the start. The ranges that are counted are the same; the next one may count a half instead of a
/// whole when it closes. <see cref="RainflowState.Merged"/> says how often that happened.
/// Not modelled: how long a cycle took, its temperature.
/// </remarks>
public static class Rainflow
{
    /// <summary>Turning points that fit into a state.</summary>
    public const int MostPoints = 64;

    /// <summary>Most cycles that one value can close.</summary>
    public const int MostClosed = MostPoints / 2 + 2;

    /// <summary>Adds the next value of a history.</summary>
    /// <param name="state">The count so far.</param>
    /// <param name="value">The next value.</param>
    /// <param name="closed">Receives the cycles that closed; room for <see cref="MostClosed"/>.</param>
    /// <returns>How many closed.</returns>
    public static int Add(ref RainflowState state, double value, Span<RainflowCycle> closed)
    {
        if (!state.HasBegun)
        {
            state.HasBegun = true;
            state.Latest = value;
            state.Points[0] = value;
            state.Waiting = 1;
            return 0;
        }
        if (value == state.Latest) { return 0; }
        int direction = value > state.Latest ? 1 : -1;
        // A value on the same way only moves the end; one that comes back makes the latest a turning point.
        int count = direction == -state.Direction ? Turn(ref state, state.Latest, closed) : 0;
        state.Direction = direction;
        state.Latest = value;
        return count;
    }

    /// <summary>Ends the history: what waits becomes half cycles, and the count can begin anew.</summary>
    /// <param name="state">The count so far; empty afterwards, apart from <see cref="RainflowState.Merged"/>.</param>
    /// <param name="closed">Receives the cycles; room for <see cref="MostPoints"/> + <see cref="MostClosed"/>.</param>
    /// <returns>How many there are.</returns>
    public static int Finish(ref RainflowState state, Span<RainflowCycle> closed)
    {
        int count = state.Direction != 0 ? Turn(ref state, state.Latest, closed) : 0;
        for (int i = 1; i < state.Waiting; i++) { closed[count++] = Between(state.Points[i - 1], state.Points[i], true); }
        state = new RainflowState { Merged = state.Merged };
        return count;
    }

    /// <summary>Counts a whole history at once.</summary>
    /// <remarks>The same rules on a list that grows, so that nothing is merged: what the count value by value is tested against.</remarks>
    public static IReadOnlyList<RainflowCycle> Count(IReadOnlyList<double> history)
    {
        List<RainflowCycle> cycles = [];
        List<double> points = [];
        for (int i = 0; i < history.Count; i++)
        {
            if (i > 0 && history[i] == history[i - 1]) { continue; }
            int next = i + 1;
            while (next < history.Count && history[next] == history[i]) { next++; }
            bool isEnd = i == 0 || next == history.Count;
            if (!isEnd && history[i] > history[i - 1] == history[next] > history[i]) { continue; }
            points.Add(history[i]);
            while (points.Count >= 3 && Math.Abs(points[^1] - points[^2]) >= Math.Abs(points[^2] - points[^3]))
            {
                cycles.Add(Between(points[^3], points[^2], points.Count == 3));
                if (points.Count == 3) { points.RemoveAt(0); }
                else { points.RemoveRange(points.Count - 3, 2); }
            }
        }
        for (int i = 1; i < points.Count; i++) { cycles.Add(Between(points[i - 1], points[i], true)); }
        return cycles;
    }

    private static int Turn(ref RainflowState state, double point, Span<RainflowCycle> closed)
    {
        int count = 0;
        if (state.Waiting == MostPoints)
        {
            closed[count++] = Between(state.Points[0], state.Points[1], true);
            state.Merged++;
            for (int i = 1; i < MostPoints; i++) { state.Points[i - 1] = state.Points[i]; }
            state.Waiting--;
        }
        state.Points[state.Waiting++] = point;
        while (state.Waiting >= 3)
        {
            int last = state.Waiting - 1;
            double latest = Math.Abs(state.Points[last] - state.Points[last - 1]);
            if (latest < Math.Abs(state.Points[last - 1] - state.Points[last - 2])) { break; }
            bool fromStart = state.Waiting == 3;
            closed[count++] = Between(state.Points[last - 2], state.Points[last - 1], fromStart);
            if (fromStart)
            {
                state.Points[0] = state.Points[1];
                state.Points[1] = state.Points[2];
                state.Waiting = 2;
            }
            else
            {
                state.Points[last - 2] = state.Points[last];
                state.Waiting -= 2;
            }
        }
        return count;
    }

    private static RainflowCycle Between(double one, double other, bool isHalf) => new(Math.Abs(one - other), (one + other) / 2, isHalf);
}
