using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Power;

/// <summary>Identical generating units on one parcel, with what each remembers. They share load equally.</summary>
public sealed class GeneratorGroup
{
    private const double LongAgoS = -1e12;
    private readonly int works;
    private readonly double[] servicedS;
    private Stream luck;
    private double nowS;

    /// <summary>A group that will hold at most <paramref name="most"/> units, none in service yet.</summary>
    /// <param name="name">Name in the scenario.</param>
    /// <param name="spec">What one unit is.</param>
    /// <param name="site">Index of its parcel.</param>
    /// <param name="most">Most units it will hold.</param>
    /// <param name="startLuck">Where failures to start are drawn from; every start succeeds without it.</param>
    /// <param name="usedS">Equivalent operating time behind every unit when it arrives.</param>
    public GeneratorGroup(string name, GasTurbineSpec spec, int site, int most, Stream? startLuck = null, double usedS = 0)
    {
        Name = name;
        Spec = spec;
        Site = site;
        Units = new GasTurbineState[most];
        HasLuck = startLuck is not null;
        luck = startLuck ?? default;
        UsedS = usedS;
        works = spec.Maintenance?.Works.Count ?? 0;
        servicedS = new double[most * works];
    }

    /// <summary>Name in the scenario.</summary>
    public string Name { get; }

    /// <summary>What one unit is.</summary>
    public GasTurbineSpec Spec { get; }

    /// <summary>Index of the parcel in the plant's sites.</summary>
    public int Site { get; }

    /// <summary>One state per unit; the first <see cref="Installed"/> are in service.</summary>
    public GasTurbineState[] Units { get; }

    /// <summary>Equivalent operating time behind every unit when it arrives.</summary>
    public double UsedS { get; }

    /// <summary>Units in service, failed or not.</summary>
    public int Installed { get; private set; }

    /// <summary>Units that permits allow to run.</summary>
    public int Allowed { get; private set; }

    /// <summary>Units on the bus.</summary>
    public int Running { get; private set; }

    /// <summary>Units ordered to start and not ready yet.</summary>
    public int Starting { get; private set; }

    /// <summary>Units on forced outage.</summary>
    public int Failed { get; private set; }

    /// <summary>Units that failed to start and may not be tried yet.</summary>
    public int Waiting { get; private set; }

    /// <summary>Units out for planned maintenance.</summary>
    public int Maintained { get; private set; }

    /// <summary>Starts that came to the bus.</summary>
    public int StartCount { get; private set; }

    /// <summary>Starts that failed.</summary>
    public int StartFailureCount { get; private set; }

    /// <summary>Planned works finished.</summary>
    public int MaintenanceCount { get; private set; }

    /// <summary>Unit-time on forced outage so far.</summary>
    public double FailedUnitS { get; private set; }

    /// <summary>Output of the group at the end of the last step.</summary>
    public double OutputMw { get; internal set; }

    /// <summary>Fuel of the group in the last step, starts included, lower heating value.</summary>
    public double FuelMw { get; internal set; }

    /// <summary>Nitrogen oxides of the group in the last step.</summary>
    public double NoxKgPerS { get; internal set; }

    /// <summary>Mean ageing of its units, as equivalent time since they were new or renewed; brought up to date once a day.</summary>
    public double AgedS { get; private set; }

    /// <summary>Units that could be on the bus: in service, permitted, not failed, not barred from starting, not in maintenance.</summary>
    public int Usable => Math.Max(0, Math.Min(Installed - Failed - Waiting - Maintained, Allowed));

    private bool HasLuck { get; }

    /// <summary>Puts units into or out of service and sets how many may run; surplus running units leave the bus.</summary>
    public void Resize(int installed, int allowed)
    {
        for (int i = installed; i < Installed; i++)
        {
            Leave(i);
            Free(i);
            Units[i] = default;
        }
        for (int i = Installed; i < installed; i++)
        {
            Units[i] = new GasTurbineState { StoppedS = LongAgoS, EquivalentS = UsedS };
            for (int w = 0; w < works; w++)
            {
                double intervalS = Spec.Maintenance!.Works[w].IntervalS;
                servicedS[i * works + w] = Math.Floor(UsedS / intervalS) * intervalS;
            }
        }
        Installed = installed;
        Allowed = Math.Min(allowed, installed);
        while (Running + Starting > Usable) { Leave(LastIn(Starting > 0 ? UnitMode.Starting : UnitMode.Running)); }
    }

    /// <summary>Every usable unit is found running, free to be stopped: the plant at the start of a run.</summary>
    public void FindRunning()
    {
        for (int i = 0; i < Installed && Running + Starting < Usable; i++)
        {
            if (Units[i].Mode != UnitMode.Off) { continue; }
            Units[i].Mode = UnitMode.Running;
            Units[i].SinceS = -Spec.MinRunS;
            Units[i].CountedS = nowS;
            Running++;
        }
    }

    /// <summary>A unit fails; returns the output lost at that instant. One in maintenance cannot.</summary>
    public double Fail(int unit)
    {
        if (unit >= Installed || Units[unit].Mode is UnitMode.Failed or UnitMode.Maintained) { return 0; }
        bool wasRunning = Units[unit].Mode == UnitMode.Running;
        double lostMw = wasRunning ? OutputMw / Running : 0;
        Leave(unit);
        Free(unit);
        if (wasRunning && Spec.Maintenance is { } rule) { Units[unit].EquivalentS += rule.TripS; }
        Units[unit].Mode = UnitMode.Failed;
        Failed++;
        return lostMw;
    }

    /// <summary>Protection takes running units off the bus; they may be tried again from a time on. Their output goes with them.</summary>
    public void Trip(int count, double atS, double untilS)
    {
        nowS = Math.Max(nowS, atS);
        for (int i = 0; i < count && Running > 0; i++)
        {
            int unit = LastIn(UnitMode.Running);
            Leave(unit);
            if (Spec.Maintenance is { } rule) { Units[unit].EquivalentS += rule.TripS; }
            Units[unit].Mode = UnitMode.Waiting;
            Units[unit].SinceS = untilS;
            // What tripped hot may be started again at once, hot.
            Units[unit].RestS = 0;
            Waiting++;
        }
    }

    /// <summary>Units at rest or starting may not be tried before a time: there is no bus to start on.</summary>
    public void Bar(double untilS)
    {
        for (int i = 0; i < Installed; i++)
        {
            if (Units[i].Mode == UnitMode.Starting) { Leave(i); }
            if (Units[i].Mode != UnitMode.Off) { continue; }
            Units[i].Mode = UnitMode.Waiting;
            Units[i].SinceS = untilS;
            Waiting++;
        }
    }

    /// <summary>A failed unit is ready again.</summary>
    public void Repair(int unit)
    {
        if (unit >= Installed || Units[unit].Mode != UnitMode.Failed) { return; }
        Units[unit].Mode = UnitMode.Off;
        Failed--;
    }

    /// <summary>Equivalent operating time of a unit.</summary>
    public double EquivalentS(int unit, double atS) => Units[unit].EquivalentS
        + (Units[unit].Mode == UnitMode.Running ? Math.Max(0, atS - Units[unit].CountedS) * (Spec.Maintenance?.HourFactor ?? 1) : 0);

    /// <summary>How near a unit's next work is: 1 at its limit; nothing is due without a rule.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="atS">Simulated time.</param>
    /// <param name="work">The work that is nearest.</param>
    /// <returns>Share of the interval gone by.</returns>
    public double DueFraction(int unit, double atS, out int work)
    {
        work = -1;
        double nearest = 0;
        for (int w = 0; w < works; w++)
        {
            double gone = (EquivalentS(unit, atS) - servicedS[unit * works + w]) / Spec.Maintenance!.Works[w].IntervalS;
            if (gone > nearest) { (nearest, work) = (gone, w); }
        }
        return nearest;
    }

    /// <summary>Takes a unit out for planned work, with every smaller work that is due by the same allowance; false when it is not to be had.</summary>
    /// <returns>Whether the unit was taken out.</returns>
    public bool Maintain(int unit, double atS)
    {
        if (unit >= Installed || Spec.Maintenance is not { } rule || Units[unit].Mode is not (UnitMode.Off or UnitMode.Running or UnitMode.Waiting)) { return false; }
        nowS = Math.Max(nowS, atS);
        Leave(unit);
        Free(unit);
        ref GasTurbineState state = ref Units[unit];
        double longestS = 0;
        for (int w = 0; w < works; w++)
        {
            MaintenanceWork work = rule.Works[w];
            int at = unit * works + w;
            if ((state.EquivalentS - servicedS[at]) / work.IntervalS < 1 - rule.AllowanceFraction) { continue; }
            servicedS[at] = state.EquivalentS;
            longestS = Math.Max(longestS, work.OutageS);
            if (work.Renews)
            {
                double agedS = UnitAgeing.AfterOverhaulS(Spec.Ageing, state.EquivalentS - state.RenewedS);
                state.RenewedS = state.EquivalentS - agedS;
            }
        }
        state.Mode = UnitMode.Maintained;
        state.SinceS = atS + longestS;
        Maintained++;
        return true;
    }

    /// <summary>Brings the mean ageing of the group up to date.</summary>
    public void Age(double atS)
    {
        double sumS = 0;
        for (int i = 0; i < Installed; i++) { sumS += EquivalentS(i, atS) - Units[i].RenewedS; }
        AgedS = Installed > 0 ? sumS / Installed : 0;
    }

    /// <summary>Units whose time has come: starting ones go on the bus at no load or fail to, waiting and maintained ones are free.</summary>
    internal void BringUp(double atS)
    {
        FailedUnitS += Failed * Math.Max(0, atS - nowS);
        nowS = atS;
        if (Starting + Waiting + Maintained == 0) { return; }
        for (int i = 0; i < Installed; i++)
        {
            ref GasTurbineState state = ref Units[i];
            if (state.SinceS > atS) { continue; }
            switch (state.Mode)
            {
                case UnitMode.Starting:
                    Starting--;
                    if (HasLuck && luck.NextUniform() < Spec.StartFailureFraction)
                    {
                        StartFailureCount++;
                        Waiting++;
                        state.Mode = UnitMode.Waiting;
                        state.SinceS = atS + Spec.StartRetryS;
                        break;
                    }
                    state.Mode = UnitMode.Running;
                    state.SinceS = state.CountedS = atS;
                    state.EquivalentS += Spec.Maintenance?.StartS ?? 0;
                    StartCount++;
                    Running++;
                    break;
                case UnitMode.Waiting:
                    Free(i);
                    break;
                case UnitMode.Maintained:
                    MaintenanceCount++;
                    Free(i);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Whether one more unit could be ordered to start.</summary>
    internal bool CanStart(double atS) => Running + Starting < Usable && Quickest(atS) >= 0;

    /// <summary>How long the next start would take; nothing when no unit can start.</summary>
    internal double NextStartS(double atS) => Quickest(atS) is var unit && unit < 0 ? 0 : GasTurbine.Start(Spec, atS - Units[unit].StoppedS).LengthS;

    /// <summary>Orders one more unit to start, the one that is ready first; true when one was ordered.</summary>
    internal bool Start(double atS)
    {
        if (Running + Starting >= Usable || Quickest(atS) is var unit && unit < 0) { return false; }
        ref GasTurbineState state = ref Units[unit];
        (state.StartingS, state.StartFuelMwh) = GasTurbine.Start(Spec, atS - state.StoppedS);
        state.Mode = UnitMode.Starting;
        state.SinceS = atS + state.StartingS;
        Starting++;
        return true;
    }

    /// <summary>Takes the unit that has run longest off the bus, if it has run its minimum time; the others keep the load.</summary>
    internal bool Stop(double atS)
    {
        int oldest = -1;
        for (int i = 0; i < Installed; i++)
        {
            if (Units[i].Mode == UnitMode.Running && (oldest < 0 || Units[i].SinceS < Units[oldest].SinceS)) { oldest = i; }
        }
        if (oldest < 0 || atS - Units[oldest].SinceS < Spec.MinRunS) { return false; }
        nowS = atS;
        double outputMw = OutputMw;
        Leave(oldest);
        OutputMw = Running == 0 ? 0 : outputMw;
        return true;
    }

    // A hot unit before a cold one; of equals the first.
    private int Quickest(double atS)
    {
        int best = -1;
        double bestS = double.MaxValue;
        for (int i = 0; i < Installed; i++)
        {
            if (Units[i].Mode != UnitMode.Off || atS - Units[i].StoppedS < Units[i].RestS) { continue; }
            double lengthS = GasTurbine.Start(Spec, atS - Units[i].StoppedS).LengthS;
            if (lengthS < bestS) { (best, bestS) = (i, lengthS); }
        }
        return best;
    }

    private void Leave(int unit)
    {
        ref GasTurbineState state = ref Units[unit];
        if (state.Mode == UnitMode.Running)
        {
            state.EquivalentS = EquivalentS(unit, nowS);
            state.StoppedS = nowS;
            state.RestS = Spec.MinDownS;
            OutputMw -= OutputMw / Running;
            Running--;
            if (Running == 0) { OutputMw = 0; }
            state.Mode = UnitMode.Off;
        }
        else if (state.Mode == UnitMode.Starting)
        {
            Starting--;
            state.Mode = UnitMode.Off;
        }
    }

    // Out of whatever keeps a unit from being usable.
    private void Free(int unit)
    {
        switch (Units[unit].Mode)
        {
            case UnitMode.Failed: Failed--; break;
            case UnitMode.Waiting: Waiting--; break;
            case UnitMode.Maintained: Maintained--; break;
            default: return;
        }
        Units[unit].Mode = UnitMode.Off;
    }

    private int LastIn(UnitMode mode)
    {
        for (int i = Installed - 1; i >= 0; i--)
        {
            if (Units[i].Mode == mode) { return i; }
        }
        return 0;
    }
}
