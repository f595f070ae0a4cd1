using Gigawatt.Numerics;

namespace Gigawatt.Reliability;

/// <summary>Who mends nodes, when, and how long parts take.</summary>
/// <remarks>
/// Nodes queue for technicians in the order in which they (or their parts) arrive. Work is done in a daily shift and rests outside it. Not modelled:
/// skills, repairs that fail, parts in stock, weekends.
/// </remarks>
public sealed record RepairShopSpec
{
    /// <summary>Technicians of a shift; each mends one node at a time.</summary>
    [Default(Grade.E, "assumption: enough that nodes rarely queue")]
    public int Technicians { get; init => field = Check.AtLeastOne(value); } = 8;

    /// <summary>Length of the daily shift; 24 h means around the clock.</summary>
    [Default(Grade.E, "assumption: around the clock")]
    public double ShiftS { get; init => field = Check.Within(value, 60, 86400); } = 86400;

    /// <summary>Time of day at which the shift begins; the run begins at midnight.</summary>
    [Default(Grade.E, "assumption: eight in the morning")]
    public double ShiftStartS { get; init => field = Check.Within(value, 0, 86400); } = 8 * 3600;

    /// <summary>Mean time until a part comes from the maker, exponential.</summary>
    [Default(Grade.E, "assumption: a week; returns of hardware take days (training clusters publish no figure)")]
    public double PartsS { get; init => field = Check.Positive(value); } = 7 * 86400;
}

/// <summary>Nodes in repair, from failure to spare, one event after the other.</summary>
/// <remarks>All times are whole nanoseconds. Room is made once; sending and returning allocate nothing.</remarks>
public sealed class RepairShop
{
    private const long Day = 86_400_000_000_000;

    private readonly double partsS;
    private readonly long shiftStart;
    private readonly long shift;
    private readonly long[] free;
    private readonly TimeHeap arriving;
    private readonly TimeHeap mending;

    /// <summary>An empty shop.</summary>
    /// <param name="spec">Who mends.</param>
    /// <param name="nodes">Most nodes that can be down at once.</param>
    public RepairShop(RepairShopSpec spec, int nodes)
    {
        partsS = spec.PartsS;
        shiftStart = (long)(spec.ShiftStartS * 1e9);
        shift = (long)(spec.ShiftS * 1e9);
        free = new long[Math.Min(spec.Technicians, nodes)];
        arriving = new TimeHeap(nodes);
        mending = new TimeHeap(nodes);
    }

    /// <summary>Nodes down: waiting for parts, in the queue, or being mended.</summary>
    public int DownNodes => arriving.Count + mending.Count;

    /// <summary>Time of the next event of the shop, in nanoseconds.</summary>
    public long NextNs => Math.Min(arriving.FirstNs, mending.FirstNs);

    /// <summary>Empties the shop for another run.</summary>
    public void Clear()
    {
        arriving.Clear();
        mending.Clear();
        Array.Clear(free);
    }

    /// <summary>A node comes in.</summary>
    /// <param name="atNs">When it can first be worked on: now, or when its part arrives.</param>
    /// <param name="workNs">Hands-on time.</param>
    public void Send(long atNs, long workNs) => arriving.Add(atNs, workNs);

    /// <summary>A node that failed comes in: its part first, if it needs one, then the work; both exponential.</summary>
    /// <param name="nowS">When it failed.</param>
    /// <param name="needsPart">Whether it waits for a part from its maker.</param>
    /// <param name="meanRepairS">Mean hands-on time.</param>
    /// <param name="luck">Stream of the shop.</param>
    public void Send(double nowS, bool needsPart, double meanRepairS, ref Numerics.Stream luck)
    {
        double partS = needsPart ? luck.NextExponential() * partsS : 0;
        Send((long)((nowS + partS) * 1e9), Math.Max(1, (long)(luck.NextExponential() * meanRepairS * 1e9)));
    }

    /// <summary>Lets time pass: nodes queue and come back.</summary>
    public void Pass(double untilS)
    {
        while (DownNodes > 0 && NextNs * 1e-9 <= untilS) { Next(); }
    }

    /// <summary>The event at <see cref="NextNs"/> happens; true when a node comes back as a spare, false when one only joins the queue.</summary>
    public bool Next()
    {
        if (mending.FirstNs <= arriving.FirstNs)
        {
            mending.Take(out _, out _);
            return true;
        }
        arriving.Take(out long atNs, out long workNs);
        int first = 0;
        for (int i = 1; i < free.Length; i++)
        {
            if (free[i] < free[first]) { first = i; }
        }
        free[first] = DoneNs(Math.Max(atNs, free[first]), workNs);
        mending.Add(free[first], 0);
        return false;
    }

    /// <summary>When work begun at a time is done, with rests between the shifts.</summary>
    public long DoneNs(long fromNs, long workNs)
    {
        if (shift >= Day) { return fromNs + workNs; }
        // Time since the beginning of the shift that was last to begin.
        long within = (fromNs - shiftStart) % Day;
        if (within < 0) { within += Day; }
        long begin = fromNs - within, done = Math.Min(within, shift) + workNs;
        long days = (done - 1) / shift;
        return begin + days * Day + (done - days * shift);
    }

    // A heap of times, earliest first, each with a number that belongs to it.
    private sealed class TimeHeap(int room)
    {
        private readonly long[] times = new long[room + 1];
        private readonly long[] values = new long[room + 1];

        public int Count { get; private set; }

        public long FirstNs => Count > 0 ? times[0] : long.MaxValue;

        public void Clear() => Count = 0;

        public void Add(long time, long value)
        {
            int at = Count++;
            while (at > 0 && times[(at - 1) / 2] > time)
            {
                (times[at], values[at]) = (times[(at - 1) / 2], values[(at - 1) / 2]);
                at = (at - 1) / 2;
            }
            (times[at], values[at]) = (time, value);
        }

        public void Take(out long time, out long value)
        {
            (time, value) = (times[0], values[0]);
            Count--;
            (long lastTime, long lastValue) = (times[Count], values[Count]);
            int at = 0;
            for (int child = 1; child < Count; child = 2 * at + 1)
            {
                if (child + 1 < Count && times[child + 1] < times[child]) { child++; }
                if (times[child] >= lastTime) { break; }
                (times[at], values[at]) = (times[child], values[child]);
                at = child;
            }
            (times[at], values[at]) = (lastTime, lastValue);
        }
    }
}
