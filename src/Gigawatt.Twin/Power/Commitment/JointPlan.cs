namespace Gigawatt.Power.Commitment;

/// <summary>The cheapest hours of a few units together while all others stay as they are.</summary>
/// <remarks>
/// Dynamic programming over the product of the units' states with the exact cost of every hour for every combination. With all
/// units in the set it is the proven optimum of the whole problem, as far as hours are only tied by the units' own times.
/// </remarks>
internal sealed class JointPlan(Fleet fleet, HourSupply supply)
{
    private double[] value = [];
    private double[] later = [];
    private byte[] choice = [];
    private double[] hourUsd = [];

    /// <summary>Size of the table: states × combinations × hours.</summary>
    public double Work(ReadOnlySpan<int> units)
    {
        double states = 1;
        foreach (int i in units) { states *= fleet.States(i); }
        return states * (1 << units.Length) * fleet.Hours;
    }

    /// <summary>Plans the units; writes into <paramref name="on"/> and returns the cost of all hours with the starts of these units.</summary>
    public double Solve(ReadOnlySpan<int> units, byte[] on, double[] batteryMw, double[] batteryCapMw)
    {
        int hours = fleet.Hours, count = units.Length, combos = 1 << count;
        int states = 1;
        foreach (int i in units) { states *= fleet.States(i); }
        if (value.Length < states) { (value, later) = (new double[states], new double[states]); }
        if (choice.Length < states * hours) { choice = new byte[states * hours]; }
        if (hourUsd.Length < combos * hours) { hourUsd = new double[combos * hours]; }
        for (int t = 0; t < hours; t++)
        {
            Span<byte> flags = on.AsSpan(t * fleet.Count, fleet.Count);
            for (int combo = 0; combo < combos; combo++)
            {
                bool may = true;
                for (int k = 0; k < count; k++)
                {
                    flags[units[k]] = (byte)((combo >> k) & 1);
                    may &= fleet.MayBe(units[k], t, flags[units[k]] == 1, false);
                }
                hourUsd[t * combos + combo] = may ? supply.Cost(t, flags, batteryMw[t], batteryCapMw[t]) : double.PositiveInfinity;
            }
        }
        double[] next = later, now = value;
        Array.Clear(next, 0, states);
        Span<int> digit = stackalloc int[count];
        Span<double> startUsd = stackalloc double[count];
        Span<int> goOn = stackalloc int[count], goOff = stackalloc int[count];
        for (int t = hours - 1; t >= 0; t--)
        {
            digit.Clear();
            for (int s = 0; s < states; s++)
            {
                int radix = 1;
                for (int k = 0; k < count; k++)
                {
                    int i = units[k];
                    int toOn = fleet.Next(i, digit[k], true), toOff = fleet.Next(i, digit[k], false);
                    bool isStart = digit[k] >= fleet.MinUp[i];
                    if (toOn >= 0 && isStart && !fleet.MayBe(i, t, true, true)) { toOn = -1; }
                    (goOn[k], goOff[k]) = (toOn < 0 ? -1 : toOn * radix, toOff < 0 ? -1 : toOff * radix);
                    startUsd[k] = isStart ? fleet.StartUsd(i, digit[k]) : 0;
                    radix *= fleet.States(i);
                }
                double best = double.PositiveInfinity;
                int chosen = 0;
                for (int combo = 0; combo < combos; combo++)
                {
                    double cost = hourUsd[t * combos + combo];
                    int to = 0;
                    for (int k = 0; k < count && to >= 0; k++)
                    {
                        bool isOn = ((combo >> k) & 1) == 1;
                        int go = isOn ? goOn[k] : goOff[k];
                        if (isOn) { cost += startUsd[k]; }
                        to = go < 0 ? -1 : to + go;
                    }
                    if (to < 0) { continue; }
                    cost += next[to];
                    if (cost < best) { (best, chosen) = (cost, combo); }
                }
                now[s] = best;
                choice[t * states + s] = (byte)chosen;
                for (int k = 0; k < count; k++)
                {
                    if (++digit[k] < fleet.States(units[k])) { break; }
                    digit[k] = 0;
                }
            }
            (next, now) = (now, next);
        }
        (later, value) = (next, now);
        int state = 0;
        for (int k = count - 1; k >= 0; k--) { state = state * fleet.States(units[k]) + fleet.FirstState(units[k]); }
        double total = next[state];
        for (int t = 0; t < hours; t++)
        {
            int combo = choice[t * states + state];
            int left = state, to = 0, radix = 1;
            for (int k = 0; k < count; k++)
            {
                int i = units[k], size = fleet.States(i);
                bool isOn = ((combo >> k) & 1) == 1;
                on[t * fleet.Count + i] = isOn ? (byte)1 : (byte)0;
                to += Math.Max(0, fleet.Next(i, left % size, isOn)) * radix;
                left /= size;
                radix *= size;
            }
            state = to;
        }
        return total;
    }
}
