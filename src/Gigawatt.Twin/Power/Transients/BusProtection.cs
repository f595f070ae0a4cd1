using Gigawatt.Power.Protection;

namespace Gigawatt.Power.Transients;

/// <summary>Relays between two steps: clocks run, what is due is disconnected.</summary>
internal static class BusProtection
{
    /// <summary>Runs every clock over one step; whether something was disconnected.</summary>
    public static bool Step(CampusBus bus, TransientWorkspace work, double atS, double h, double before, double after, ref Sums sums)
    {
        bool any = false;
        double hz = bus.Spec.NominalHz * (1 + after);
        // Short of every level, with no clock running, no relay has anything to say.
        if (work.HasClock || Math.Abs(after) >= bus.NearestPu) { any = Levels(bus, work, atS, h, before, after, hz, ref sums); }
        for (int i = 0; i < bus.Rates.Length; i++)
        {
            ref readonly RateRow row = ref bus.Rates[i];
            if (work.MachinesOn[row.Machine] == 0) { continue; }
            double rate = Math.Abs(after - work.DeviationAt(atS - row.WindowS, atS, after)) / row.WindowS;
            work.RateClockS[i] = rate >= row.LevelPuPerS ? work.RateClockS[i] + h : 0;
            if (rate < row.LevelPuPerS || work.RateClockS[i] < row.DelayS) { continue; }
            any = true;
            Disconnect(bus, work, DeviceKind.Machine, row.Machine, TripCause.RateOfChange, atS, hz, ref sums);
        }
        for (int i = 0; i < bus.Machines.Length; i++)
        {
            ref readonly MachineRow row = ref bus.Machines[i];
            if (work.MachinesOn[i] == 0 || double.IsInfinity(row.BlowOut)) { continue; }
            double fuel = row.NoLoadFuel + (1 - row.NoLoadFuel) * work.MachinePu[i] / row.RatedPu;
            work.SlowFuel[i] += (fuel - work.SlowFuel[i]) * h / (row.BlowOutS + h);
            if (work.SlowFuel[i] - fuel <= row.BlowOut) { continue; }
            any = true;
            Disconnect(bus, work, DeviceKind.Machine, i, TripCause.LeanBlowOut, atS, hz, ref sums);
        }
        for (int i = 0; i < bus.Forming.Length; i++) { any |= Overload(bus.Forming[i], work, i, h); }
        return any;
    }

    private static bool Levels(CampusBus bus, TransientWorkspace work, double atS, double h, double before, double after, double hz, ref Sums sums)
    {
        bool any = false;
        work.HasClock = false;
        for (int i = 0; i < bus.Sheds.Length; i++)
        {
            if (work.IsShed[i]) { continue; }
            ref readonly ShedRow row = ref bus.Sheds[i];
            work.ShedClockS[i] = FrequencyRelay.Clock(work.ShedClockS[i], -before - row.DepthPu, -after - row.DepthPu, h);
            work.HasClock |= work.ShedClockS[i] > 0;
            if (after > -row.DepthPu || work.ShedClockS[i] < row.DelayS - 1e-9) { continue; }
            work.IsShed[i] = true;
            for (int j = row.First; j < row.First + row.Count; j++)
            {
                int load = bus.ShedLoads[j];
                if (!work.LoadOn[load]) { continue; }
                work.LoadOn[load] = false;
                double lostMw = Math.Max(0, work.Share[load]);
                sums.ShedMw += lostMw;
                sums.HasShed = true;
                any = true;
                Note(work, new Trip(atS, DeviceKind.Load, load, 1, TripCause.LoadShedding, hz, lostMw));
            }
        }
        for (int i = 0; i < bus.Stages.Length; i++)
        {
            ref readonly StageRow row = ref bus.Stages[i];
            if (On(work, row.Kind, row.Index) == 0) { continue; }
            double beyond = row.Beyond(after);
            work.StageClockS[i] = FrequencyRelay.Clock(work.StageClockS[i], row.Beyond(before), beyond, h);
            work.HasClock |= work.StageClockS[i] > 0;
            work.StageWorstS[i] = Math.Max(work.StageWorstS[i], work.StageClockS[i]);
            if (beyond < 0 || work.StageClockS[i] < row.DelayS - 1e-9) { continue; }
            any = true;
            Disconnect(bus, work, row.Kind, row.Index, row.Over ? TripCause.OverFrequency : TripCause.UnderFrequency, atS, hz, ref sums);
        }
        return any;
    }

    /// <summary>Whether a clock is running that may still disconnect something.</summary>
    public static bool IsTiming(CampusBus bus, TransientWorkspace work)
    {
        for (int i = 0; i < bus.Stages.Length; i++)
        {
            if (work.StageClockS[i] > 0 && On(work, bus.Stages[i].Kind, bus.Stages[i].Index) > 0) { return true; }
        }
        for (int i = 0; i < bus.Sheds.Length; i++) { if (work.ShedClockS[i] > 0 && !work.IsShed[i]) { return true; } }
        for (int i = 0; i < bus.Forming.Length; i++) { if (work.OverloadS[i] > 0 && !work.IsDerated[i]) { return true; } }
        return false;
    }

    /// <summary>The bus is dead: every source and load goes with it.</summary>
    public static void Collapse(CampusBus bus, TransientWorkspace work, double atS, double frequencyHz, double loadMw, ref Sums sums)
    {
        for (int i = 0; i < bus.Machines.Length; i++)
        {
            sums.UnitsLost += work.MachinesOn[i];
            work.MachinesOn[i] = 0;
        }
        sums.HasTripped = true;
        Note(work, new Trip(atS, DeviceKind.Bus, 0, 1, TripCause.Collapse, frequencyHz, loadMw));
    }

    private static bool Overload(in FormingRow row, TransientWorkspace work, int i, double h)
    {
        double scale = work.FormingOn[i] * row.BaseMw;
        if (scale == 0) { return false; }
        double power = Math.Min(Math.Max(work.Intercept[i] - work.Slope[i] * work.RateEnd[0], work.Lowest[i]), work.Highest[i]) / scale;
        bool over = power > row.MaxPu * (1 + 1e-6) || power < row.MinPu * (1 + 1e-6) - 1e-9;
        if (work.IsDerated[i])
        {
            // Back below nine tenths the inverter has cooled enough to be asked again.
            if (power < 0.9 * row.MaxPu && power > 0.9 * row.MinPu) { work.IsDerated[i] = false; work.OverloadS[i] = 0; return true; }
            return false;
        }
        work.OverloadS[i] = over ? work.OverloadS[i] + h : 0;
        if (!over || work.OverloadS[i] < row.OverloadS) { return false; }
        work.IsDerated[i] = true;
        return true;
    }

    private static int On(TransientWorkspace work, DeviceKind kind, int index) => kind switch
    {
        DeviceKind.Machine => work.MachinesOn[index],
        DeviceKind.Forming => work.FormingOn[index],
        _ => work.FollowingOn[index],
    };

    private static void Disconnect(
        CampusBus bus, TransientWorkspace work, DeviceKind kind, int index, TripCause cause, double atS, double hz, ref Sums sums)
    {
        int count = On(work, kind, index);
        if (count == 0) { return; }
        double powerMw;
        switch (kind)
        {
            case DeviceKind.Machine:
                powerMw = count * bus.Machines[index].BaseMw * work.MachinePu[index];
                work.MachinesOn[index] = 0;
                sums.UnitsLost += count;
                break;
            case DeviceKind.Forming:
                powerMw = Math.Min(Math.Max(work.Intercept[index] - work.Slope[index] * work.RateEnd[0], work.Lowest[index]), work.Highest[index]);
                work.FormingOn[index] = 0;
                break;
            default:
                powerMw = count * bus.Following[index].BaseMw * work.State[bus.Following[index].Offset];
                work.FollowingOn[index] = 0;
                break;
        }
        sums.TrippedMw += powerMw;
        sums.HasTripped = true;
        Note(work, new Trip(atS, kind, index, count, cause, hz, powerMw));
    }

    private static void Note(TransientWorkspace work, in Trip trip) => work.TripList[work.TripTotal++] = trip;
}
