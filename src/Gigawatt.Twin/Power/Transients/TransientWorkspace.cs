namespace Gigawatt.Power.Transients;

/// <summary>The memory of a simulation, to be used again: after the first use of a size nothing is allocated.</summary>
public sealed class TransientWorkspace
{
    internal double[] State = [];
    internal double[] Trial = [];
    internal double[] Rate1 = [];
    internal double[] Rate2 = [];
    internal double[] Rate3 = [];
    internal double[] Rate4 = [];
    internal double[] RateEnd = [];

    internal int[] MachinesOn = [];
    internal int[] Rows = [];
    internal int RowCount;
    internal bool HasClock;
    internal int[] Loads = [];
    internal int LoadCount;
    internal int[] FormingOn = [];
    internal int[] FollowingOn = [];
    internal bool[] LoadOn = [];
    internal bool[] IsApplied = [];
    internal double[] MachinePu = [];
    internal double[] Intercept = [];
    internal double[] Slope = [];
    internal double[] Lowest = [];
    internal double[] Highest = [];
    internal double[] OverloadS = [];
    internal bool[] IsDerated = [];
    internal double[] SlowFuel = [];

    internal double[] StageClockS = [];
    internal double[] StageWorstS = [];
    internal double[] RateClockS = [];
    internal double[] ShedClockS = [];
    internal bool[] IsShed = [];

    internal double[] TimeS = [];
    internal double[] Deviation = [];
    internal int Points;
    internal Trip[] TripList = [];
    internal int TripTotal;
    internal bool OnGrid;
    internal double[] Share = [];

    /// <summary>What protection disconnected in the last simulation, in order.</summary>
    public ReadOnlySpan<Trip> Trips => TripList.AsSpan(0, TripTotal);

    /// <summary>Longest time that each relay stage was beyond its level, in the order of machines, forming and following groups.</summary>
    internal ReadOnlySpan<double> WorstClocksS => StageWorstS;

    internal void Prepare(CampusBus bus, int events, int points)
    {
        int forming = bus.Forming.Length;
        if (State.Length < bus.StateCount)
        {
            State = new double[bus.StateCount];
            Trial = new double[bus.StateCount];
            Rate1 = new double[bus.StateCount];
            Rate2 = new double[bus.StateCount];
            Rate3 = new double[bus.StateCount];
            Rate4 = new double[bus.StateCount];
            RateEnd = new double[bus.StateCount];
        }
        Size(ref MachinesOn, bus.Machines.Length);
        Size(ref Rows, bus.Machines.Length);
        // Rates of machines that are never on stay zero.
        Array.Clear(Rate1);
        Array.Clear(Rate2);
        Array.Clear(Rate3);
        Array.Clear(Rate4);
        Array.Clear(RateEnd);
        HasClock = false;
        Size(ref MachinePu, bus.Machines.Length);
        Size(ref SlowFuel, bus.Machines.Length);
        Size(ref FormingOn, forming);
        Size(ref Intercept, forming);
        Size(ref Slope, forming);
        Size(ref Lowest, forming);
        Size(ref Highest, forming);
        Size(ref OverloadS, forming);
        Size(ref IsDerated, forming);
        Size(ref FollowingOn, bus.Following.Length);
        Size(ref LoadOn, bus.LoadMw.Length);
        Size(ref Share, bus.LoadMw.Length);
        Size(ref Loads, bus.LoadMw.Length);
        Size(ref IsApplied, events);
        Size(ref StageClockS, bus.Stages.Length);
        Size(ref StageWorstS, bus.Stages.Length);
        Size(ref RateClockS, bus.Rates.Length);
        Size(ref ShedClockS, bus.Sheds.Length);
        Size(ref IsShed, bus.Sheds.Length);
        if (TimeS.Length < points)
        {
            TimeS = new double[points];
            Deviation = new double[points];
        }
        int trips = bus.Stages.Length + bus.Rates.Length + bus.LoadMw.Length + bus.Machines.Length + 1;
        if (TripList.Length < trips) { TripList = new Trip[trips]; }
        TripTotal = 0;
        Points = 0;
    }

    // Frequency deviation at an earlier moment, straight between the points; at rest before the first.
    internal double DeviationAt(double atS, double nowS, double now)
    {
        if (Points == 0 || atS <= TimeS[0]) { return Points == 0 ? now : Deviation[0]; }
        int below = 0, above = Points;
        while (above - below > 1)
        {
            int middle = (below + above) / 2;
            if (TimeS[middle] > atS) { above = middle; } else { below = middle; }
        }
        (double t1, double d1) = above < Points ? (TimeS[above], Deviation[above]) : (nowS, now);
        double t0 = TimeS[above - 1], d0 = Deviation[above - 1];
        return t1 > t0 ? d0 + (d1 - d0) * Math.Min(1, (atS - t0) / (t1 - t0)) : d0;
    }

    private static void Size<T>(ref T[] array, int count)
    {
        if (array.Length < count) { array = new T[count]; }
        Array.Clear(array);
    }
}
