using System.Numerics;
using Gigawatt.Numerics;

namespace Gigawatt.Power.Transients;

/// <summary>Seconds of frequency on one bus after something happened.</summary>
/// <remarks>
/// Fixed-step Runge–Kutta of fourth order; steps are cut short at every kink of a disturbance, so that none hides within a step. Peak and nadir are those of the
/// cubic through values and rates at both ends of a step. Relays run between steps. Nothing is allocated after the workspace has been used once.
/// </remarks>
public static class Transient
{
    /// <summary>Step that moves no nadir of the shipped examples by 1 mHz when it is halved.</summary>
    public const double UsualStepS = 1.0 / 120;

    private const double CollapsePu = 0.25;
    private const double RestPuPerS = 1e-7;
    private const double RestS = 1;
    private const double WindowS = 0.5;

    /// <summary>Runs the bus from rest through the disturbances.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="events">What happens to it, in any order.</param>
    /// <param name="horizonS">Longest time looked at; it ends earlier when everything rests or the bus is black.</param>
    /// <param name="stepS">Step; see <see cref="UsualStepS"/>.</param>
    /// <param name="work">Memory, used again and again.</param>
    /// <param name="trace">Takes the course for a picture; null when only the outcome counts.</param>
    /// <param name="restPuPerS">Rate of change of frequency below which the bus counts as at rest, all else moving at most a hundred times as fast.</param>
    public static TransientOutcome Simulate(
        CampusBus bus, ReadOnlySpan<Disturbance> events, double horizonS, double stepS, TransientWorkspace work, TransientTrace? trace,
        double restPuPerS = RestPuPerS)
    {
        work.Prepare(bus, events.Length, (int)(horizonS / stepS) + 6 * events.Length + 8);
        trace?.Clear();
        Begin(bus, work, events);
        double[] x = work.State;
        double nominal = bus.Spec.NominalHz;
        Sums sums = new() { Nominal = nominal };
        double atS = 0, restS = 0, lastS = LastKinkS(events);
        bool fresh = true, black = false, settled = false;
        PowerFlows flows = default, endFlows = default;
        int steps = 0;
        while (atS < horizonS - 1e-9)
        {
            if (Apply(work, events, atS, ref sums)) { fresh = true; }
            if (fresh)
            {
                if (!BusRates.Fill(bus, work, events, atS, atS, x, work.Rate1, out flows)) { black = true; break; }
            }
            else
            {
                (work.Rate1, work.RateEnd) = (work.RateEnd, work.Rate1);
                flows = endFlows;
            }
            double d0 = x[0], r0 = work.Rate1[0];
            if (sums.HasBegun && !sums.HasInitial)
            {
                sums.HasInitial = true;
                sums.Initial = r0 * nominal;
            }
            work.TimeS[work.Points] = atS;
            work.Deviation[work.Points++] = d0;
            trace?.Add(atS, nominal * (1 + d0), flows);
            double h = Math.Min(Math.Min(stepS, horizonS - atS), NextKinkS(events, atS) - atS);
            if (!Advance(bus, work, events, atS, h)) { black = true; break; }
            steps++;
            // The rates at the end, before anything new happens: they close the cubic and begin the next step.
            if (!BusRates.Fill(bus, work, events, atS + h, atS, x, work.RateEnd, out endFlows)) { black = true; break; }
            sums.Extremum(atS, h, d0, r0, x[0], work.RateEnd[0]);
            sums.Energy(flows, endFlows, h);
            atS += h;
            sums.Window(work, atS, x[0], WindowS);
            fresh = BusProtection.Step(bus, work, atS, h, d0, x[0], ref sums);
            if (Math.Abs(x[0]) > CollapsePu || !double.IsFinite(x[0])) { black = true; break; }
            if (atS < lastS || fresh) { restS = 0; }
            else
            {
                restS = Rests(bus, work, x, horizonS - atS, restPuPerS) ? restS + h : 0;
                settled = restS >= RestS;
                if (settled) { break; }
            }
        }
        if (black)
        {
            double shown = double.IsFinite(x[0]) ? nominal * (1 + x[0]) : 0;
            BusProtection.Collapse(bus, work, atS, shown, flows.LoadMw, ref sums);
        }
        else { trace?.Add(atS, nominal * (1 + x[0]), endFlows); }
        return sums.Outcome(black, atS, black ? 0 : nominal * (1 + x[0]), settled, steps);
    }

    private static void Begin(CampusBus bus, TransientWorkspace work, ReadOnlySpan<Disturbance> events)
    {
        double[] x = work.State;
        Array.Clear(x);
        work.OnGrid = bus.HasGrid;
        Array.Fill(work.LoadOn, true, 0, bus.LoadMw.Length);
        (work.RowCount, work.LoadCount) = (0, 0);
        for (int i = 0; i < bus.LoadMw.Length; i++)
        {
            // What draws nothing and is not asked to is left out of every sum.
            bool any = bus.LoadMw[i] != 0;
            foreach (ref readonly Disturbance one in events) { any |= one.Kind is DisturbanceKind.LoadChange or DisturbanceKind.LoadDip && one.Index == i; }
            if (any) { work.Loads[work.LoadCount++] = i; }
        }
        for (int i = 0; i < bus.Machines.Length; i++)
        {
            ref readonly MachineRow row = ref bus.Machines[i];
            work.MachinesOn[i] = row.Count;
            if (row.Count > 0) { work.Rows[work.RowCount++] = i; }
            work.SlowFuel[i] = row.NoLoadFuel + (1 - row.NoLoadFuel) * row.OutputPu / row.RatedPu;
            x[row.Ceiling] = double.IsInfinity(row.BlockPu) ? 0 : row.OutputPu + row.BlockPu;
            switch (row.Kind)
            {
                case GovernorKind.Gast: BusRates.At<GastState>(x, row.Offset) = Gast.Initialise(row.Governor.Gast!, row.OutputPu); break;
                case GovernorKind.Ggov1: BusRates.At<Ggov1State>(x, row.Offset) = Ggov1.Initialise(row.Governor.Ggov1!, row.OutputPu); break;
                case GovernorKind.Degov1: BusRates.At<Degov1State>(x, row.Offset) = Degov1.Initialise(row.Governor.Degov1!, row.OutputPu); break;
                default: BusRates.At<LagGovernorState>(x, row.Offset) = LagGovernor.Initialise(row.Governor.Lag!, row.OutputPu); break;
            }
        }
        for (int i = 0; i < bus.Forming.Length; i++)
        {
            work.FormingOn[i] = bus.Forming[i].Count;
            x[bus.Forming[i].Offset + 2] = bus.Forming[i].StoredMwh;
        }
        for (int i = 0; i < bus.Following.Length; i++)
        {
            work.FollowingOn[i] = bus.Following[i].Count;
            x[bus.Following[i].Offset] = bus.Following[i].SetPu;
            x[bus.Following[i].Offset + 1] = bus.Following[i].StoredMwh;
        }
    }

    // Whether something was disconnected, so that the rates at the end of the last step no longer hold.
    private static bool Apply(TransientWorkspace work, ReadOnlySpan<Disturbance> events, double atS, ref Sums sums)
    {
        bool any = false;
        for (int i = 0; i < events.Length; i++)
        {
            ref readonly Disturbance one = ref events[i];
            // A kink makes the rates jump even when nothing is disconnected.
            if (Math.Abs(one.NextKinkS(atS - 1e-6) - atS) < 2e-9) { any = true; }
            if (work.IsApplied[i] || one.AtS > atS + 1e-9) { continue; }
            work.IsApplied[i] = true;
            sums.HasBegun = true;
            any = true;
            switch (one.Kind)
            {
                case DisturbanceKind.UnitTrip:
                    int lost = Math.Min(one.Count, work.MachinesOn[one.Index]);
                    work.MachinesOn[one.Index] -= lost;
                    sums.UnitsLost += lost;
                    break;
                case DisturbanceKind.FormingLoss:
                    work.FormingOn[one.Index] = Math.Max(0, work.FormingOn[one.Index] - one.Count);
                    break;
                case DisturbanceKind.FollowingLoss:
                    work.FollowingOn[one.Index] = Math.Max(0, work.FollowingOn[one.Index] - one.Count);
                    break;
                case DisturbanceKind.GridLoss:
                    work.OnGrid = false;
                    break;
            }
        }
        return any;
    }

    private static bool Advance(CampusBus bus, TransientWorkspace work, ReadOnlySpan<Disturbance> events, double atS, double h)
    {
        double[] x = work.State, trial = work.Trial;
        int n = bus.StateCount;
        double[] k1 = work.Rate1, k2 = work.Rate2, k3 = work.Rate3, k4 = work.Rate4;
        Along(x, k1, h / 2, trial, n);
        if (!BusRates.Fill(bus, work, events, atS + h / 2, atS, trial, k2, out _)) { return false; }
        Along(x, k2, h / 2, trial, n);
        if (!BusRates.Fill(bus, work, events, atS + h / 2, atS, trial, k3, out _)) { return false; }
        Along(x, k3, h, trial, n);
        if (!BusRates.Fill(bus, work, events, atS + h, atS, trial, k4, out _)) { return false; }
        int at = 0;
        for (; at <= n - Vector<double>.Count; at += Vector<double>.Count)
        {
            Vector<double> sum = new Vector<double>(k1, at) + 2 * new Vector<double>(k2, at) + 2 * new Vector<double>(k3, at) + new Vector<double>(k4, at);
            (new Vector<double>(x, at) + h / 6 * sum).CopyTo(x, at);
        }
        for (; at < n; at++) { x[at] += h / 6 * (k1[at] + 2 * k2[at] + 2 * k3[at] + k4[at]); }
        for (int i = 0; i < bus.Forming.Length; i++)
        {
            ref double energy = ref x[bus.Forming[i].Offset + 2];
            energy = Math.Limit(energy, 0, bus.Forming[i].CapacityMwh);
        }
        for (int i = 0; i < bus.Following.Length; i++)
        {
            ref double energy = ref x[bus.Following[i].Offset + 1];
            energy = Math.Limit(energy, 0, bus.Following[i].CapacityMwh);
        }
        return true;
    }

    // A step along rates; several at a time, with the same bits as one by one.
    private static void Along(double[] x, double[] rates, double h, double[] trial, int n)
    {
        int at = 0;
        for (; at <= n - Vector<double>.Count; at += Vector<double>.Count) { (new Vector<double>(x, at) + h * new Vector<double>(rates, at)).CopyTo(trial, at); }
        for (; at < n; at++) { trial[at] = x[at] + h * rates[at]; }
    }

    // At rest when nothing but stored energy moves, no clock runs, and the energy lasts to the horizon.
    private static bool Rests(CampusBus bus, TransientWorkspace work, double[] x, double remainingS, double restPuPerS)
    {
        double[] rates = work.RateEnd;
        if (BusProtection.IsTiming(bus, work)) { return false; }
        if (Math.Abs(rates[0]) > restPuPerS || Math.Abs(rates[1]) > restPuPerS * 100) { return false; }
        for (int k = 0; k < work.RowCount; k++)
        {
            int i = work.Rows[k];
            for (int j = bus.Machines[i].Offset; j < bus.Machines[i].Ceiling + 2; j++)
            {
                if (Math.Abs(rates[j]) > restPuPerS * 100) { return false; }
            }
        }
        for (int i = 0; i < bus.Forming.Length; i++)
        {
            int at = bus.Forming[i].Offset;
            if (Math.Abs(rates[at]) > restPuPerS || Math.Abs(rates[at + 1]) > restPuPerS) { return false; }
            if (!Lasts(x[at + 2], rates[at + 2], bus.Forming[i].CapacityMwh, remainingS)) { return false; }
        }
        for (int i = 0; i < bus.Following.Length; i++)
        {
            int at = bus.Following[i].Offset;
            if (Math.Abs(rates[at]) > restPuPerS * 100 || !Lasts(x[at + 1], rates[at + 1], bus.Following[i].CapacityMwh, remainingS)) { return false; }
        }
        return true;
    }

    private static bool Lasts(double stored, double rate, double capacity, double remainingS) =>
        Math.Abs(rate) < 1e-12 || (stored + rate * remainingS > 0 && stored + rate * remainingS < capacity);

    private static double NextKinkS(ReadOnlySpan<Disturbance> events, double afterS)
    {
        double next = double.PositiveInfinity;
        foreach (ref readonly Disturbance one in events) { next = Math.Min(next, one.NextKinkS(afterS)); }
        return next;
    }

    private static double LastKinkS(ReadOnlySpan<Disturbance> events)
    {
        double last = 0;
        foreach (ref readonly Disturbance one in events) { last = Math.Max(last, one.AtS + one.RampS + one.DurationS); }
        return last;
    }
}
