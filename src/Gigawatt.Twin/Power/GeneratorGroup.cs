namespace Gigawatt.Power;

/// <summary>Identical generating units on one parcel, with what each remembers. They share load equally.</summary>
public sealed class GeneratorGroup
{
    /// <summary>A group that will hold at most <paramref name="most"/> units, none in service yet.</summary>
    public GeneratorGroup(string name, GasTurbineSpec spec, int site, int most)
    {
        Name = name;
        Spec = spec;
        Site = site;
        Units = new GasTurbineState[most];
    }

    /// <summary>Name in the scenario.</summary>
    public string Name { get; }

    /// <summary>What one unit is.</summary>
    public GasTurbineSpec Spec { get; }

    /// <summary>Index of the parcel in the plant's sites.</summary>
    public int Site { get; }

    /// <summary>One state per unit; the first <see cref="Installed"/> are in service.</summary>
    public GasTurbineState[] Units { get; }

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

    /// <summary>Output of the group at the end of the last step.</summary>
    public double OutputMw { get; internal set; }

    /// <summary>Units that could be on the bus: in service, permitted, not failed.</summary>
    public int Usable => Math.Max(0, Math.Min(Installed - Failed, Allowed));

    /// <summary>Puts units into or out of service and sets how many may run; surplus running units leave the bus.</summary>
    public void Resize(int installed, int allowed)
    {
        for (int i = installed; i < Installed; i++)
        {
            Leave(i);
            if (Units[i].Mode == UnitMode.Failed) { Failed--; }
            Units[i] = default;
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
            Units[i] = new GasTurbineState { Mode = UnitMode.Running, SinceS = -Spec.MinRunS };
            Running++;
        }
    }

    /// <summary>A unit fails; returns the output lost at that instant.</summary>
    public double Fail(int unit)
    {
        if (unit >= Installed || Units[unit].Mode == UnitMode.Failed) { return 0; }
        double lostMw = Units[unit].Mode == UnitMode.Running ? OutputMw / Running : 0;
        Leave(unit);
        Units[unit].Mode = UnitMode.Failed;
        Failed++;
        return lostMw;
    }

    /// <summary>A failed unit is ready again.</summary>
    public void Repair(int unit)
    {
        if (unit >= Installed || Units[unit].Mode != UnitMode.Failed) { return; }
        Units[unit].Mode = UnitMode.Off;
        Failed--;
    }

    /// <summary>Starting units whose time has come go on the bus at no load.</summary>
    internal void BringUp(double nowS)
    {
        if (Starting == 0) { return; }
        for (int i = 0; i < Installed; i++)
        {
            if (Units[i].Mode == UnitMode.Starting && Units[i].SinceS <= nowS)
            {
                Units[i] = new GasTurbineState { Mode = UnitMode.Running, SinceS = nowS };
                Starting--;
                Running++;
            }
        }
    }

    /// <summary>Orders one more unit to start, if one can; true when one was ordered.</summary>
    internal bool Start(double nowS)
    {
        if (Running + Starting >= Usable) { return false; }
        for (int i = 0; i < Installed; i++)
        {
            if (Units[i].Mode == UnitMode.Off)
            {
                Units[i] = new GasTurbineState { Mode = UnitMode.Starting, SinceS = nowS + Spec.StartS };
                Starting++;
                return true;
            }
        }
        return false;
    }

    /// <summary>Takes the unit that has run longest off the bus, if it has run its minimum time; the others keep the load.</summary>
    internal bool Stop(double nowS)
    {
        int oldest = -1;
        for (int i = 0; i < Installed; i++)
        {
            if (Units[i].Mode == UnitMode.Running && (oldest < 0 || Units[i].SinceS < Units[oldest].SinceS)) { oldest = i; }
        }
        if (oldest < 0 || nowS - Units[oldest].SinceS < Spec.MinRunS) { return false; }
        Units[oldest] = default;
        Running--;
        if (Running == 0) { OutputMw = 0; }
        return true;
    }

    private void Leave(int unit)
    {
        if (Units[unit].Mode == UnitMode.Running)
        {
            OutputMw -= OutputMw / Running;
            Running--;
            if (Running == 0) { OutputMw = 0; }
        }
        else if (Units[unit].Mode == UnitMode.Starting)
        {
            Starting--;
        }
        if (Units[unit].Mode != UnitMode.Failed) { Units[unit].Mode = UnitMode.Off; }
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
