namespace Gigawatt.Power.Commitment;

/// <summary>Makes schedules of a fleet: the fast one, better ones from it, the exact one.</summary>
internal sealed class Search
{
    private const int MostRepairs = 4;
    private const int MostSweeps = 8;

    private readonly Fleet fleet;
    private readonly HourSupply supply;
    private readonly JointPlan joint;
    private readonly StoragePlan? storage;
    private readonly double[] batteryMw, storedMwh, capMw;

    public Search(Fleet fleet, double carbonUsdPerKg)
    {
        this.fleet = fleet;
        supply = new HourSupply(fleet, carbonUsdPerKg);
        joint = new JointPlan(fleet, supply);
        storage = fleet.Battery is null ? null : new StoragePlan(fleet);
        (batteryMw, storedMwh, capMw) = (new double[fleet.Hours], new double[fleet.Hours], new double[fleet.Hours]);
    }

    public double Work(int[] units) => joint.Work(units);

    /// <summary>The fast rule, repeated with more capacity where a battery or ramps left load unserved.</summary>
    /// <param name="polishes">Whether each unit is then planned once more beside all others.</param>
    public CommitmentSchedule Fast(bool polishes)
    {
        MeritOrder merit = new(fleet, supply);
        byte[] on = new byte[fleet.Hours * fleet.Count];
        storage?.Rest(batteryMw, storedMwh, capMw);
        CommitmentSchedule? best = null;
        for (int repair = 0; repair <= MostRepairs; repair++)
        {
            merit.Commit(on, batteryMw, capMw);
            CommitmentSchedule made = Dispatch(on);
            if (best is null || made.ObjectiveUsd < best.ObjectiveUsd) { best = made; }
            if (!AskForMore(made)) { break; }
        }
        if (polishes)
        {
            Polish(on);
            CommitmentSchedule made = Dispatch(on);
            if (made.ObjectiveUsd < best!.ObjectiveUsd) { best = made; }
        }
        Array.Clear(supply.Extra);
        return best!;
    }

    /// <summary>The fast rule with units for only a share of what is asked: a cap forbids more, and the ladder serves the rest.</summary>
    public CommitmentSchedule Scarce(double askedShare)
    {
        byte[] on = new byte[fleet.Hours * fleet.Count];
        storage?.Rest(batteryMw, storedMwh, capMw);
        new MeritOrder(fleet, supply).Commit(on, batteryMw, capMw, askedShare);
        return Dispatch(on);
    }

    /// <summary>A schedule at most as dear as the one given.</summary>
    public CommitmentSchedule Improve(CommitmentSchedule known, double mostWork) => Improve([.. known.IsOn.Select(isOn => isOn ? (byte)1 : (byte)0)], known, mostWork);

    /// <summary>The better of a known schedule and what a search from a plan of hours finds.</summary>
    public CommitmentSchedule Improve(byte[] start, CommitmentSchedule known, double mostWork)
    {
        CommitmentSchedule best = known;
        byte[] on = [.. start];
        for (int t = 0; t < fleet.Hours && storage is not null; t++)
        {
            (batteryMw[t], storedMwh[t]) = (known.BatteryMw[t], known.StoredMwh[t]);
            capMw[t] = StoragePlan.CapMw(fleet, batteryMw[t], storedMwh[t]);
        }
        int rounds = storage is null && !fleet.HasRamps ? 1 : 3;
        for (int round = 0; round < rounds; round++)
        {
            Sweep(on, mostWork);
            CommitmentSchedule made = Dispatch(on);
            bool isBetter = made.ObjectiveUsd < best.ObjectiveUsd - 1e-7 * Math.Abs(best.ObjectiveUsd);
            if (isBetter) { best = made; }
            if (!AskForMore(made) && !isBetter && round > 0) { break; }
        }
        Array.Clear(supply.Extra);
        return best;
    }

    /// <summary>The cheapest schedule of all, by planning all units together.</summary>
    public CommitmentSchedule Exact(int[] units)
    {
        byte[] on = new byte[fleet.Hours * fleet.Count];
        joint.Solve(units, on, batteryMw, capMw);
        return Dispatch(on);
    }

    private CommitmentSchedule Dispatch(byte[] on)
    {
        storage?.Solve(supply, on, batteryMw, storedMwh, capMw);
        return ScheduleDispatch.Run(fleet, supply, on, batteryMw, storedMwh, capMw);
    }

    private bool AskForMore(CommitmentSchedule made)
    {
        bool asks = false;
        for (int t = 0; t < fleet.Hours; t++)
        {
            if (made.UnservedMw[t] < 1e-6) { continue; }
            supply.Extra[t] += made.UnservedMw[t];
            // What a ramp could not reach must begin an hour earlier.
            if (t > 0 && fleet.HasRamps) { supply.Extra[t - 1] += made.UnservedMw[t]; }
            asks = true;
        }
        return asks;
    }

    // Every unit once, dearest last in the list first: what each hour would cost with the unit switched the other way.
    private void Polish(byte[] on)
    {
        int count = fleet.Count, hours = fleet.Hours;
        UnitPlan plan = new(fleet);
        double[] hourUsd = new double[hours], otherUsd = new double[hours], onUsd = new double[hours];
        byte[] planned = new byte[hours];
        for (int t = 0; t < hours; t++) { hourUsd[t] = supply.Cost(t, on.AsSpan(t * count, count), batteryMw[t], capMw[t]); }
        int[] one = new int[1];
        for (int i = count - 1; i >= 0; i--)
        {
            one[0] = i;
            if (IsRepeat(one, on)) { continue; }
            for (int t = 0; t < hours; t++)
            {
                Span<byte> flags = on.AsSpan(t * count, count);
                byte was = flags[i];
                flags[i] = (byte)(1 - was);
                otherUsd[t] = supply.Cost(t, flags, batteryMw[t], capMw[t]);
                flags[i] = was;
                onUsd[t] = was == 1 ? hourUsd[t] - otherUsd[t] : otherUsd[t] - hourUsd[t];
            }
            if (double.IsPositiveInfinity(plan.Solve(i, onUsd, planned))) { continue; }
            for (int t = 0; t < hours; t++)
            {
                if (on[t * count + i] == planned[t]) { continue; }
                on[t * count + i] = planned[t];
                hourUsd[t] = otherUsd[t];
            }
        }
    }

    private void Sweep(byte[] on, double mostWork)
    {
        byte[] saved = [.. on];
        double cost = Cost(on);
        double spent = 0;
        for (int sweep = 0; sweep < MostSweeps && spent < mostWork * 4; sweep++)
        {
            double before = cost;
            for (int group = 1; group <= 3; group++)
            {
                int[] units = new int[group];
                for (int k = 0; k < group; k++) { units[k] = k; }
                double each = fleet.Count >= group ? joint.Work(units) + fleet.Hours * (1 << group) * 10.0 * fleet.Count : 0;
                double ways = 1;
                for (int k = 0; k < group; k++) { ways = ways * (fleet.Count - k) / (k + 1); }
                if (group > fleet.Count || each * ways > mostWork * (group == 3 ? 8 : 4)) { break; }
                // Larger groups only when smaller ones are at rest.
                if (group > 1 && cost < before - 1e-6) { break; }
                do
                {
                    if (IsRepeat(units, on)) { continue; }
                    spent += joint.Work(units);
                    joint.Solve(units, on, batteryMw, capMw);
                    double reached = Cost(on);
                    if (reached < cost - 1e-6)
                    {
                        cost = reached;
                        on.CopyTo(saved, 0);
                    }
                    else { saved.CopyTo(on, 0); }
                }
                while (Advance(units));
            }
            if (cost >= before - 1e-6) { break; }
        }
    }

    // Twins that run in the same hours need not be tried twice.
    private bool IsRepeat(int[] units, byte[] on)
    {
        foreach (int i in units)
        {
            int before = i - 1;
            if (before < 0 || fleet.Class[before] != fleet.Class[i] || units.Contains(before)) { continue; }
            bool isSame = true;
            for (int t = 0; t < fleet.Hours && isSame; t++) { isSame = on[t * fleet.Count + i] == on[t * fleet.Count + before]; }
            if (isSame) { return true; }
        }
        return false;
    }

    private bool Advance(int[] units)
    {
        for (int k = units.Length - 1; k >= 0; k--)
        {
            if (++units[k] > fleet.Count - units.Length + k) { continue; }
            for (int j = k + 1; j < units.Length; j++) { units[j] = units[j - 1] + 1; }
            return true;
        }
        return false;
    }

    private double Cost(byte[] on)
    {
        double cost = 0;
        for (int t = 0; t < fleet.Hours; t++) { cost += supply.Cost(t, on.AsSpan(t * fleet.Count, fleet.Count), batteryMw[t], capMw[t]); }
        for (int i = 0; i < fleet.Count; i++)
        {
            int state = fleet.FirstState(i);
            for (int t = 0; t < fleet.Hours; t++)
            {
                bool isOn = on[t * fleet.Count + i] == 1;
                if (isOn && state >= fleet.MinUp[i]) { cost += fleet.StartUsd(i, state); }
                int next = fleet.Next(i, state, isOn);
                if (next < 0 || !fleet.MayBe(i, t, isOn, isOn && state >= fleet.MinUp[i])) { return double.PositiveInfinity; }
                state = next;
            }
        }
        return cost;
    }
}
