namespace Gigawatt.Power.Commitment;

/// <summary>The cheapest hours of one unit when each hour on has its price: dynamic programming over what it remembers.</summary>
/// <remarks>Exact with minimum times, hot and cold starts, maintenance and what came before. States are hours on or off, each up to what matters.</remarks>
internal sealed class UnitPlan
{
    private readonly Fleet fleet;
    private readonly byte[] choice;
    private double[] value;
    private double[] later;

    public UnitPlan(Fleet fleet)
    {
        this.fleet = fleet;
        int most = 1;
        for (int i = 0; i < fleet.Count; i++) { most = Math.Max(most, fleet.States(i)); }
        (value, later) = (new double[most], new double[most]);
        choice = new byte[most * fleet.Hours];
    }

    /// <summary>Plans a unit.</summary>
    /// <param name="i">The unit.</param>
    /// <param name="onUsd">What each hour on costs beyond an hour off.</param>
    /// <param name="on">Receives one flag an hour.</param>
    /// <returns>Cost of the plan, starts included; infinite when nothing is allowed.</returns>
    public double Solve(int i, ReadOnlySpan<double> onUsd, Span<byte> on)
    {
        int up = fleet.MinUp[i], off = fleet.OffStates[i], down = fleet.MinDown[i], states = up + off, hours = fleet.Hours;
        ReadOnlySpan<byte> rules = fleet.Rule.AsSpan(i * hours, hours);
        double hot = fleet.HotUsd[i], cold = fleet.ColdUsd[i];
        int hotUntil = cold > hot ? fleet.HotUntil[i] : int.MaxValue;
        double[] next = later, now = value;
        Array.Clear(next, 0, states);
        for (int t = hours - 1; t >= 0; t--)
        {
            bool mayOn = (rules[t] & Fleet.MustBeOff) == 0, mayOff = (rules[t] & Fleet.MustBeOn) == 0;
            bool mayStart = mayOn && (rules[t] & Fleet.MustNotStart) == 0;
            Span<byte> chosen = choice.AsSpan(t * states, states);
            double cost = onUsd[t];
            for (int s = 0; s < up - 1; s++)
            {
                now[s] = mayOn ? cost + next[s + 1] : double.PositiveInfinity;
                chosen[s] = 1;
            }
            double stay = mayOn ? cost + next[up - 1] : double.PositiveInfinity;
            double stop = mayOff ? next[up] : double.PositiveInfinity;
            now[up - 1] = Math.Min(stay, stop);
            chosen[up - 1] = stay < stop ? (byte)1 : (byte)0;
            double started = mayStart ? cost + next[0] : double.PositiveInfinity;
            for (int j = 0; j < off; j++)
            {
                double rest = mayOff ? next[up + Math.Min(j + 1, off - 1)] : double.PositiveInfinity;
                double start = j + 1 >= down ? started + (j + 1 > hotUntil ? cold : hot) : double.PositiveInfinity;
                now[up + j] = Math.Min(rest, start);
                chosen[up + j] = start < rest ? (byte)1 : (byte)0;
            }
            (next, now) = (now, next);
        }
        (later, value) = (next, now);
        int state = fleet.FirstState(i);
        double total = next[state];
        for (int t = 0; t < hours; t++)
        {
            bool isOn = choice[t * states + state] == 1;
            on[t] = isOn ? (byte)1 : (byte)0;
            int after = fleet.Next(i, state, isOn);
            if (after < 0) { return double.PositiveInfinity; }
            state = after;
        }
        return total;
    }
}
