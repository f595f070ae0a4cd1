using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Gigawatt.Numerics;

namespace Gigawatt.Power.Transients;

/// <summary>Rates of change of everything on a bus: power of each source, then the acceleration that balances them, then each governor.</summary>
internal static class BusRates
{
    private const double CeilingS = 0.5;
    private const double LimiterReturnS = 0.05;

    /// <summary>Fills the rates; false when no source can hold the load, which is a collapse.</summary>
    public static bool Fill(
        CampusBus bus, TransientWorkspace work, ReadOnlySpan<Disturbance> events, double atS, double stepStartS, double[] state, double[] rates, out PowerFlows flows)
    {
        flows = default;
        double deviation = state[0];
        double voltage = Voltage(events, atS, stepStartS);
        flows.LoadMw = Load(bus, work, events, atS, stepStartS) * voltage * voltage * (1 + bus.Spec.LoadDampingPu * deviation);

        double swing = 0, damping = 0, baseMw = 0, loading = 0;
        for (int k = 0; k < work.RowCount; k++)
        {
            int i = work.Rows[k];
            int on = work.MachinesOn[i];
            if (on == 0) { continue; }
            ref readonly MachineRow row = ref bus.Machines[i];
            double power = MachinePower(row, state, deviation, row.ReferencePu + Shared(row, state));
            work.MachinePu[i] = power;
            flows.MachineMw += on * row.BaseMw * power;
            swing += on * row.SwingMwS;
            damping += on * row.DampingMw;
            if (row.Shares)
            {
                baseMw += on * row.BaseMw;
                loading += on * row.BaseMw * power;
            }
        }
        for (int i = 0; i < bus.Following.Length; i++) { flows.FollowingMw += work.FollowingOn[i] * bus.Following[i].BaseMw * state[bus.Following[i].Offset]; }
        for (int i = 0; i < bus.Forming.Length; i++) { Offer(bus.Forming[i], work, i, state, rates, deviation, voltage); }

        double restMw = flows.MachineMw + flows.FollowingMw - flows.LoadMw - damping * deviation;
        double acceleration = 0;
        if (!work.OnGrid && !Balance(work, bus.Forming.Length, swing, restMw, out acceleration)) { return false; }
        rates[0] = acceleration;
        for (int i = 0; i < bus.Forming.Length; i++)
        {
            double powerMw = Math.Limit(work.Intercept[i] - work.Slope[i] * acceleration, work.Lowest[i], work.Highest[i]);
            flows.FormingMw += powerMw;
            ref readonly FormingRow row = ref bus.Forming[i];
            int on = Math.Max(1, work.FormingOn[i]);
            rates[row.Offset + 2] = EnergyRate(powerMw / on, row.Efficiency);
        }
        if (work.OnGrid) { flows.GridMw = -(restMw + flows.FormingMw); }

        bool shares = baseMw > 0;
        rates[1] = shares ? -bus.Spec.Sharing.IntegralGainPerS * deviation : 0;
        double mean = shares ? loading / baseMw : 0;
        for (int k = 0; k < work.RowCount; k++)
        {
            int i = work.Rows[k];
            ref readonly MachineRow row = ref bus.Machines[i];
            if (work.MachinesOn[i] == 0)
            {
                Array.Clear(rates, row.Offset, row.Ceiling + 2 - row.Offset);
                continue;
            }
            double power = work.MachinePu[i];
            double electrical = power - (row.SwingMwS * acceleration + row.DampingMw * deviation) / row.BaseMw;
            double ceiling = Math.Min(row.RatedPu, double.IsInfinity(row.BlockPu) ? row.RatedPu : state[row.Ceiling]);
            Governor(row, state, rates, deviation, row.ReferencePu + Shared(row, state), electrical, ceiling);
            rates[row.Ceiling] = double.IsInfinity(row.BlockPu) ? 0 : Math.Min(row.PickUpPuPerS, (power + row.BlockPu - state[row.Ceiling]) / CeilingS);
            rates[row.Ceiling + 1] = row.Shares ? bus.Spec.Sharing.LoadShareGainPerS * (mean - power) : 0;
        }
        for (int i = 0; i < bus.Following.Length; i++) { Follow(bus.Following[i], work, i, state, rates, atS, deviation, voltage); }
        return true;
    }

    /// <summary>Power of a machine's shaft, on its turbine's base.</summary>
    public static double MachinePower(in MachineRow row, double[] state, double deviation, double reference) => row.Kind switch
    {
        GovernorKind.Gast => Gast.PowerPu(row.Governor.Gast!, At<GastState>(state, row.Offset), deviation),
        GovernorKind.Ggov1 => Ggov1.PowerPu(row.Governor.Ggov1!, At<Ggov1State>(state, row.Offset), deviation),
        GovernorKind.Degov1 => Degov1.PowerPu(row.Governor.Degov1!, At<Degov1State>(state, row.Offset), deviation),
        _ => LagGovernor.PowerPu(row.Governor.Lag!, At<LagGovernorState>(state, row.Offset), deviation, reference),
    };

    /// <summary>Power that the loads want at nominal voltage and frequency.</summary>
    public static double Load(CampusBus bus, TransientWorkspace work, ReadOnlySpan<Disturbance> events, double atS, double stepStartS)
    {
        for (int k = 0; k < work.LoadCount; k++)
        {
            int i = work.Loads[k];
            work.Share[i] = work.LoadOn[i] ? bus.LoadMw[i] : 0;
        }
        foreach (ref readonly Disturbance one in events)
        {
            if (one.Kind is DisturbanceKind.LoadChange or DisturbanceKind.LoadDip && work.LoadOn[one.Index])
            {
                work.Share[one.Index] += one.ChangeMw * one.Share(atS, stepStartS);
            }
        }
        double sum = 0;
        for (int k = 0; k < work.LoadCount; k++) { sum += Math.Max(0, work.Share[work.Loads[k]]); }
        return sum;
    }

    /// <summary>A governor's state within the flat array.</summary>
    public static ref T At<T>(double[] state, int offset)
        where T : struct => ref Unsafe.As<double, T>(ref MemoryMarshal.GetReference(state.AsSpan(offset, Unsafe.SizeOf<T>() / sizeof(double))));

    private static double Shared(in MachineRow row, double[] state) => row.Shares ? state[1] + state[row.Ceiling + 1] : 0;

    private static double Voltage(ReadOnlySpan<Disturbance> events, double atS, double stepStartS)
    {
        double voltage = 1;
        foreach (ref readonly Disturbance one in events)
        {
            if (one.Kind == DisturbanceKind.FeederFault) { voltage = Math.Min(voltage, 1 - (1 - one.VoltagePu) * one.Share(atS, stepStartS)); }
        }
        return voltage;
    }

    private static void Governor(in MachineRow row, double[] state, double[] rates, double deviation, double reference, double electrical, double ceiling)
    {
        switch (row.Kind)
        {
            case GovernorKind.Gast:
                Gast.Derivatives(row.Governor.Gast!, At<GastState>(state, row.Offset), deviation, reference, ceiling, out At<GastState>(rates, row.Offset));
                break;
            case GovernorKind.Ggov1:
                Ggov1.Derivatives(row.Governor.Ggov1!, At<Ggov1State>(state, row.Offset), deviation, reference, electrical, ceiling, out At<Ggov1State>(rates, row.Offset));
                break;
            case GovernorKind.Degov1:
                Degov1.Derivatives(row.Governor.Degov1!, At<Degov1State>(state, row.Offset), deviation, reference, ceiling, out At<Degov1State>(rates, row.Offset));
                break;
            default:
                LagGovernor.Derivatives(row.Governor.Lag!, At<LagGovernorState>(state, row.Offset), deviation, reference, ceiling, out At<LagGovernorState>(rates, row.Offset));
                break;
        }
    }

    // A grid-forming group's power as a straight line over the acceleration, with its limits; and how its power limits integrate.
    private static void Offer(in FormingRow row, TransientWorkspace work, int i, double[] state, double[] rates, double deviation, double voltage)
    {
        int on = work.FormingOn[i];
        double upper = state[row.Offset], lower = state[row.Offset + 1];
        double filtered = row.SetPu - deviation / row.Droop;
        double slope = row.FilterS / row.Droop;
        double lead = 0;
        double wide = row.Droop + row.Gain;
        double atMax = (row.Droop * row.SetPu + row.Gain * row.MaxPu + upper - deviation) / wide;
        double atMin = (row.Droop * row.SetPu + row.Gain * row.MinPu + lower - deviation) / wide;
        bool isHigh = row.Gain * (row.MaxPu - filtered) + upper < 0;
        bool isLow = row.Gain * (row.MinPu - filtered) + lower > 0;
        if (isHigh || isLow)
        {
            filtered = isHigh ? atMax : atMin;
            slope = row.FilterS / wide;
            double moving = row.Integral * ((isHigh ? row.MaxPu : row.MinPu) - filtered);
            lead = row.FilterS * moving / wide;
        }
        rates[row.Offset] = Stops.Held(upper, row.Integral * (row.MaxPu - filtered), double.NegativeInfinity, 0, LimiterReturnS);
        rates[row.Offset + 1] = Stops.Held(lower, row.Integral * (row.MinPu - filtered), 0, double.PositiveInfinity, LimiterReturnS);
        double scale = on * row.BaseMw;
        double most = Math.Min(row.Current * voltage, work.IsDerated[i] ? row.MaxPu : double.PositiveInfinity);
        double least = Math.Max(-row.Current * voltage, work.IsDerated[i] ? row.MinPu : double.NegativeInfinity);
        double energy = state[row.Offset + 2];
        work.Intercept[i] = scale * (filtered + lead);
        work.Slope[i] = scale * slope;
        work.Highest[i] = energy > 0 ? scale * most : 0;
        work.Lowest[i] = energy < row.CapacityMwh ? scale * least : 0;
    }

    // Root of rest + sum of limited offers − swing · a, which falls with a: Newton's steps between brackets.
    private static bool Balance(TransientWorkspace work, int count, double swing, double restMw, out double acceleration)
    {
        double least = restMw, most = restMw, low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int i = 0; i < count; i++)
        {
            least += work.Lowest[i];
            most += work.Highest[i];
            if (work.Slope[i] <= 0) { continue; }
            low = Math.Min(low, (work.Intercept[i] - work.Highest[i]) / work.Slope[i]);
            high = Math.Max(high, (work.Intercept[i] - work.Lowest[i]) / work.Slope[i]);
        }
        acceleration = 0;
        if (swing > 0) { (low, high) = (least / swing, most / swing); }
        else if (!(low <= high) || most < 0 || least > 0) { return false; }
        double a = Math.Limit(0, low, high);
        for (int round = 0; round < 60; round++)
        {
            double sum = restMw - swing * a, slope = swing;
            for (int i = 0; i < count; i++)
            {
                double offer = work.Intercept[i] - work.Slope[i] * a;
                if (offer >= work.Highest[i]) { sum += work.Highest[i]; }
                else if (offer <= work.Lowest[i]) { sum += work.Lowest[i]; }
                else
                {
                    sum += offer;
                    slope += work.Slope[i];
                }
            }
            if (sum > 0) { low = a; } else { high = a; }
            double next = slope > 0 ? a + sum / slope : (low + high) / 2;
            if (next < low || next > high) { next = (low + high) / 2; }
            if (Math.Abs(next - a) <= 1e-15 + 1e-13 * Math.Abs(a))
            {
                acceleration = next;
                return true;
            }
            a = next;
        }
        acceleration = a;
        return true;
    }

    private static void Follow(in FollowingRow row, TransientWorkspace work, int i, double[] state, double[] rates, double atS, double deviation, double voltage)
    {
        double power = state[row.Offset], energy = state[row.Offset + 1];
        if (work.FollowingOn[i] == 0)
        {
            rates[row.Offset] = rates[row.Offset + 1] = 0;
            return;
        }
        double seen = work.DeviationAt(atS - row.DelayS, atS, deviation);
        double target = row.SetPu - (seen - Math.Limit(seen, -row.DeadBand, row.DeadBand)) / row.Droop;
        double most = energy > 0 ? row.Current * voltage : 0;
        double least = energy < row.CapacityMwh ? -row.Current * voltage : 0;
        rates[row.Offset] = (Math.Limit(target, least, most) - power) / row.LagS;
        rates[row.Offset + 1] = EnergyRate(power * row.BaseMw, row.Efficiency);
    }

    private static double EnergyRate(double powerMw, double efficiency) => -(powerMw > 0 ? powerMw / efficiency : powerMw * efficiency) / 3600;
}
