
namespace Gigawatt.Power.Transients;

/// <summary>A disturbance as the balance of the bus feels it.</summary>
/// <param name="ChangeMw">Rise of load or loss of supply; negative for a fall.</param>
/// <param name="RampS">Time in which it comes.</param>
/// <param name="MachineGroup">Machine group that loses units with it, or -1.</param>
/// <param name="Units">How many.</param>
/// <param name="FormingGroup">Battery group that loses blocks with it, or -1.</param>
/// <param name="Blocks">How many.</param>
public readonly record struct Hit(double ChangeMw, double RampS, int MachineGroup, int Units, int FormingGroup, int Blocks);

/// <summary>What a disturbance that was not ridden through did.</summary>
/// <param name="Verdict">How it ended.</param>
/// <param name="ShedMw">Load dropped by relays.</param>
/// <param name="Dropped">Which loads, one bit each.</param>
/// <param name="LowestHz">Lowest frequency.</param>
/// <param name="HighestHz">Highest frequency.</param>
public readonly record struct Consequence(TransientVerdict Verdict, double ShedMw, ulong Dropped, double LowestHz, double HighestHz);

/// <summary>Whether harder cases than the one at hand are harmless, each simulated once and remembered.</summary>
/// <remarks>
/// A case is made harder until it lies on a coarse grid: fewer machines (what they carried comes from a source without inertia), less room to the limit they would
/// run into, fewer battery blocks with less energy or room, a larger step. If the harder case is harmless, so is every case that it stands for; if not, a
/// finer grid is asked, and then the case itself. Of one bus and ramp only the largest step that was harmless and the smallest that was not are kept: harm is assumed to
/// grow with the step, but for batteries that run out where they were going, which are looked at one by one. What is lost (a unit, a block, a utility) is a step of load on the bus that is left. Property tests
/// hold that no case called harmless sheds or trips in the full simulation. A hard case counts as at rest below 0.006 Hz/s for a second with no clock running. What was not harmless
/// is simulated alone; later cases of the same cell of the middle grid with the same jobs at work share its outcome. Not modelled: feeder faults, two disturbances at once.
/// </remarks>
public sealed class HardCases
{
    private const int Slots = 1 << 16;
    private const double SetCell = 0.1;
    /// <summary>Rate of change below which the bus counts as at rest in a run: 0.006 Hz/s.</summary>
    public const double RestPuPerS = 1e-4;
    private const double Lasts = 0.05;
    private const double ChargeCell = 0.005;
    private const double Coarsest = 0.4;
    private const double Middle = 1.2;
    private const double Finest = 4;
    private readonly long[] keys = new long[Slots];
    private readonly double[] holdsMw = new double[Slots];
    private readonly double[] failsMw = new double[Slots];
    private readonly Dictionary<long, Consequence> consequences = new(Slots / 2);
    private readonly MachineRow[] machines;
    private readonly FormingRow[] forming;
    private readonly double[] loads;
    private readonly Disturbance[] step = new Disturbance[1];
    private readonly Seen[] seen = new Seen[6];

    /// <summary>Prepares memory for a bus.</summary>
    public HardCases(CampusBus bus)
    {
        machines = new MachineRow[bus.Machines.Length];
        forming = new FormingRow[bus.Forming.Length];
        loads = new double[bus.LoadMw.Length];
    }

    /// <summary>Simulations run so far for harder cases.</summary>
    public long Simulated { get; private set; }

    /// <summary>Whether the case is known to be harmless because a harder one is; nothing is simulated.</summary>
    /// <param name="bus">The bus before the disturbance.</param>
    /// <param name="hit">The disturbance.</param>
    public bool Knows(CampusBus bus, in Hit hit)
    {
        bool isWhole = hit.Units == 0 && hit.Blocks == 0;
        double fineness = Coarsest;
        for (int i = 0; i < 3; i++, fineness *= 3)
        {
            double hardMw;
            bool exists;
            long key;
            if (isWhole)
            {
                ref Seen known = ref Look(bus, hit.ChangeMw > 0, fineness, i);
                key = With(known.Key, known.BaseMw, known.SourcesMw, known.RunsOut, hit, fineness, out hardMw, out exists);
            }
            else { key = Harden(bus, hit, fineness, apply: false, out hardMw, out exists); }
            if (exists && Holds(key, hardMw)) { return true; }
        }
        return false;
    }

    /// <summary>Whether the case is harmless because a harder one is, which is simulated if it has to be.</summary>
    /// <param name="bus">The bus before the disturbance; it is left as it was.</param>
    /// <param name="hit">The disturbance.</param>
    /// <param name="horizonS">Time looked at.</param>
    /// <param name="stepS">Step of the simulation.</param>
    /// <param name="work">Memory of the simulation.</param>
    public bool Cover(CampusBus bus, in Hit hit, double horizonS, double stepS, TransientWorkspace work)
    {
        Array.Copy(bus.Machines, machines, machines.Length);
        Array.Copy(bus.Forming, forming, forming.Length);
        Array.Copy(bus.LoadMw, loads, loads.Length);
        bool hadGrid = bus.HasGrid;
        double importMw = bus.ImportMw;
        bool harmless = false;
        // Without batteries a plant lives near its limits, where only the case itself tells: the coarse grid is asked once and no finer one.
        bool hasForming = false;
        foreach (FormingRow row in bus.Forming) { hasForming |= row.Count > 0; }
        for (double fineness = Coarsest; fineness <= (hasForming ? Finest : Middle) && !harmless; fineness *= 3)
        {
            long key = Harden(bus, hit, fineness, apply: false, out double hardMw, out bool exists);
            if (!exists) { continue; }
            int slot = Slot(key);
            if (keys[slot] != key) { (keys[slot], holdsMw[slot], failsMw[slot]) = (key, 0, double.PositiveInfinity); }
            // A larger step that was ridden through speaks for this one, and a smaller one that was not against it.
            if (hardMw > holdsMw[slot] && hardMw < failsMw[slot])
            {
                Harden(bus, hit, fineness, apply: true, out _, out _);
                Simulated++;
                bool held = Transient.Simulate(bus, step, horizonS, stepS, work, null, RestPuPerS).Verdict == TransientVerdict.RiddenThrough;
                if (held) { holdsMw[slot] = hardMw; } else { failsMw[slot] = hardMw; }
                Array.Copy(machines, bus.Machines, machines.Length);
                Array.Copy(forming, bus.Forming, forming.Length);
                Array.Copy(loads, bus.LoadMw, loads.Length);
                (bus.HasGrid, bus.ImportMw) = (hadGrid, importMw);
            }
            harmless = hardMw <= holdsMw[slot];
        }
        return harmless;
    }

    /// <summary>What a case of the same cell of the middle grid, with the same jobs at work, ended in; false when none was simulated.</summary>
    public bool Recall(CampusBus bus, in Hit hit, int load, out Consequence consequence, out long cell)
    {
        cell = Mix(Mix(Harden(bus, hit, Middle, apply: false, out double hardMw, out _), (long)Math.Round(hardMw * 100)), load);
        double grainMw = 0;
        for (int i = 0; i < bus.Machines.Length; i++) { grainMw += 0.05 * bus.Machines[i].Count * bus.Machines[i].BaseMw; }
        for (int i = 1; i < bus.LoadMw.Length && grainMw > 0; i++) { cell = Mix(cell, (long)Math.Round(bus.LoadMw[i] / grainMw)); }
        return consequences.TryGetValue(cell, out consequence);
    }

    /// <summary>Remembers what a case ended in.</summary>
    public void Remember(long cell, in Consequence consequence)
    {
        if (consequences.Count < Slots / 2) { consequences[cell] = consequence; }
    }

    // The harder bus on one of the grids, for whatever hits it that way until its sources change.
    private ref Seen Look(CampusBus bus, bool rises, double fineness, int grid)
    {
        ref Seen known = ref seen[rises ? grid : 3 + grid];
        if (known.Version != bus.Version + 1)
        {
            known.Version = bus.Version + 1;
            known.Key = Bus(bus, rises, new Hit(rises ? 1 : -1, 0, -1, 0, -1, 0), fineness, apply: false, out known.BaseMw, out known.SourcesMw, out known.RunsOut);
        }
        return ref known;
    }

    private struct Seen
    {
        public long Version;
        public long Key;
        public double BaseMw;
        public double SourcesMw;
        public bool RunsOut;
    }

    private bool Holds(long key, double hardMw)
    {
        int slot = Slot(key);
        return keys[slot] == key && hardMw <= holdsMw[slot];
    }

    // Where a key lies or would lie.
    private int Slot(long key)
    {
        int slot = (int)((ulong)key % Slots);
        for (int i = 0; i < Slots && keys[slot] != 0 && keys[slot] != key; i++) { slot = (slot + 1) % Slots; }
        return slot;
    }

    // The key of the harder case; puts it on the bus when told to. There is none when nothing would be left that could hold a frequency, less load than is to fall, or a
    // battery runs out where it was going.
    private long Harden(CampusBus bus, in Hit hit, double fineness, bool apply, out double hardMw, out bool exists)
    {
        bool rises = hit.ChangeMw > 0;
        long key = With(Bus(bus, rises, hit, fineness, apply, out double baseMw, out double sourcesMw, out bool runsOut), baseMw, sourcesMw, runsOut, hit, fineness, out hardMw, out exists);
        if (apply)
        {
            bus.HasGrid = false;
            bus.ImportMw = 0;
            // Jobs are not told apart here: shedding any of them is harm.
            Array.Clear(bus.LoadMw);
            bus.LoadMw[0] = sourcesMw;
            step[0] = new Disturbance(DisturbanceKind.LoadChange, 0, 0, ChangeMw: rises ? hardMw : -hardMw, RampS: hit.RampS);
        }
        return key;
    }

    // The key of a bus with a ramp, the step on the grid of steps, and whether there is such a case.
    private static long With(long busKey, double baseMw, double sourcesMw, bool runsOut, in Hit hit, double fineness, out double hardMw, out bool exists)
    {
        (hardMw, exists) = (0, false);
        if (baseMw <= 0) { return 0; }
        hardMw = Up(Math.Abs(hit.ChangeMw) / baseMw, 0.04 / fineness) * baseMw;
        exists = !runsOut && (hit.ChangeMw > 0 || hardMw <= sourcesMw);
        long key = Mix(busKey, (long)Math.Round(hit.RampS * 1000));
        return key == 0 ? 1 : key;
    }

    // The key of the harder bus; puts it there when told to.
    private static long Bus(CampusBus bus, bool rises, in Hit hit, double fineness, bool apply, out double baseMw, out double sourcesMw, out bool runsOut)
    {
        double outputCell = 0.2 / fineness;
        long key = rises ? 17 : 19;
        double mva = 0, wholeMw = 0;
        sourcesMw = 0;
        runsOut = false;
        for (int i = 0; i < bus.Machines.Length; i++) { wholeMw += bus.Machines[i].Count * bus.Machines[i].BaseMw; }
        for (int i = 0; i < bus.Machines.Length; i++)
        {
            ref MachineRow row = ref bus.Machines[i];
            int count = Fewer(row.Count - (i == hit.MachineGroup ? hit.Units : 0), fineness);
            // Small groups only multiply the cases: without them the rest has the harder time.
            if (row.Count * row.BaseMw * 8 * fineness < wholeMw) { count = 0; }
            key = Mix(key, count);
            if (count == 0)
            {
                if (apply) { row = row with { Count = 0 }; }
                continue;
            }
            double output = row.OutputPu;
            double ambient = row.Kind == GovernorKind.Gast ? row.Governor.Gast!.AmbientLimitPu : 1;
            double highest = Math.Min(row.RatedPu, ambient);
            // A rise runs into the limit above, a fall into the stop below.
            double hard = rises ? Math.Min(Up(output, outputCell), Math.Max(output, ambient)) : Down(output, outputCell);
            double room = rises ? Down(Math.Max(0, highest - output), outputCell) : 0;
            key = Mix(key, (long)Math.Round(hard * 1000) * 4096 + (long)Math.Round(room * 1000));
            mva += count * row.BaseMw;
            sourcesMw += count * row.BaseMw * hard;
            if (!apply) { continue; }
            row = row with
            {
                Count = count,
                OutputPu = hard,
                ReferencePu = row.Kind == GovernorKind.Ggov1 ? Ggov1.ReferencePu(row.Governor.Ggov1!, hard) : hard,
                RatedPu = rises ? hard + room : Math.Max(hard, row.RatedPu),
            };
        }
        baseMw = mva;
        for (int i = 0; i < bus.Forming.Length; i++)
        {
            ref FormingRow row = ref bus.Forming[i];
            int count = Fewer(row.Count - (i == hit.FormingGroup ? hit.Blocks : 0), fineness);
            double set = rises ? Math.Min(Up(row.SetPu, SetCell), row.MaxPu) : Math.Max(Down(row.SetPu, SetCell), row.MinPu);
            // A twentieth of the capacity outlasts any horizon at full power: more of energy or room says nothing. Both are kept: what falls may swing back.
            double wholeMwh = bus.Spec.Forming[i].CapacityMwh;
            double energy = Down(Math.Min(row.StoredMwh / wholeMwh, Lasts), ChargeCell);
            double free = Down(Math.Min(Math.Max(0, row.CapacityMwh - row.StoredMwh) / wholeMwh, Lasts), ChargeCell);
            key = Mix(Mix(key, count), ((long)Math.Round(set * 1000) * 4096 + (long)Math.Round(energy * 1000)) * 4096 + (long)Math.Round(free * 1000));
            sourcesMw += count * row.BaseMw * set;
            // A nearly full battery that charges is helped by a rise, the larger the better, and an empty one that discharges by a fall: no harder step is known.
            runsOut |= count > 0 && (rises ? row.SetPu < 0 && free < Lasts : row.SetPu > 0 && energy < Lasts);
            if (mva <= 0) { baseMw += count * row.BaseMw; }
            if (!apply) { continue; }
            row.Count = count;
            row.SetPu = count > 0 ? set : 0;
            row.StoredMwh = energy * wholeMwh;
            row.CapacityMwh = (energy + free) * wholeMwh;
        }
        return key;
    }

    private static int Fewer(int count, double fineness)
    {
        int cell = Math.Max(1, (int)(count / (4 * fineness)));
        return Math.Max(0, count - count % cell);
    }

    private static double Up(double value, double cell) => Math.Ceiling(value / cell - 1e-9) * cell;

    private static double Down(double value, double cell) => Math.Floor(value / cell + 1e-9) * cell;

    private static long Mix(long key, long part)
    {
        ulong mixed = ((ulong)key ^ (ulong)part) * 0xBF58476D1CE4E5B9;
        return (long)(mixed ^ (mixed >> 29));
    }
}
