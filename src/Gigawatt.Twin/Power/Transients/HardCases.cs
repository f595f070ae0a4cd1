
namespace Gigawatt.Power.Transients;

/// <summary>Whether harder cases than the one at hand are harmless, each simulated once and remembered.</summary>
/// <remarks>
/// A case is made harder until it lies on a coarse grid: fewer machines (what they carried comes from a source without inertia), less room to the limit they would
/// run into, fewer battery blocks with less energy or room, a larger step. If the harder case is harmless, so is every case that it stands for; if not, a
/// finer grid is asked, and then the case itself. What is lost (a unit, a block, a utility) is a step of load on the bus that is left. Property tests
/// hold that no case called harmless sheds or trips in the full simulation. Not modelled: feeder faults, two disturbances at once.
/// </remarks>
public sealed class HardCases
{
    private const int Slots = 8192;
    private const double Coarsest = 0.4;
    private const double Finest = 4;
    private readonly long[] keys = new long[Slots];
    private readonly byte[] verdicts = new byte[Slots];
    private readonly MachineRow[] machines;
    private readonly FormingRow[] forming;
    private readonly double[] loads;
    private readonly Disturbance[] step = new Disturbance[1];

    /// <summary>Prepares memory for a bus.</summary>
    public HardCases(CampusBus bus)
    {
        machines = new MachineRow[bus.Machines.Length];
        forming = new FormingRow[bus.Forming.Length];
        loads = new double[bus.LoadMw.Length];
    }

    /// <summary>Simulations run so far for harder cases.</summary>
    public long Simulated { get; private set; }

    /// <summary>Whether the case is harmless because a harder one is.</summary>
    /// <param name="bus">The bus before the disturbance; it is left as it was.</param>
    /// <param name="changeMw">Rise of load or loss of supply; negative for a fall.</param>
    /// <param name="rampS">Time in which it comes.</param>
    /// <param name="lostGroup">Machine group that loses units with it, or -1.</param>
    /// <param name="lostUnits">How many.</param>
    /// <param name="lostForming">Battery group that loses blocks with it, or -1.</param>
    /// <param name="lostBlocks">How many.</param>
    /// <param name="horizonS">Time looked at.</param>
    /// <param name="stepS">Step of the simulation.</param>
    /// <param name="work">Memory of the simulation.</param>
    public bool Cover(
        CampusBus bus, double changeMw, double rampS, int lostGroup, int lostUnits, int lostForming, int lostBlocks, double horizonS, double stepS,
        TransientWorkspace work)
    {
        Array.Copy(bus.Machines, machines, machines.Length);
        Array.Copy(bus.Forming, forming, forming.Length);
        Array.Copy(bus.LoadMw, loads, loads.Length);
        bool hadGrid = bus.HasGrid;
        double importMw = bus.ImportMw;
        bool harmless = false;
        for (double fineness = Coarsest; fineness <= Finest && !harmless; fineness *= 3)
        {
            long key = Harden(bus, changeMw, rampS, lostGroup, lostUnits, lostForming, lostBlocks, fineness);
            if (key == 0) { continue; }
            int slot = (int)((ulong)key % Slots);
            while (keys[slot] != 0 && keys[slot] != key && slot < Slots - 1) { slot++; }
            if (keys[slot] == key) { harmless = verdicts[slot] == 1; }
            else
            {
                Simulated++;
                harmless = Transient.Simulate(bus, step, horizonS, stepS, work, null).Verdict == TransientVerdict.RiddenThrough;
                (keys[slot], verdicts[slot]) = (key, harmless ? (byte)1 : (byte)0);
            }
            Array.Copy(machines, bus.Machines, machines.Length);
            Array.Copy(forming, bus.Forming, forming.Length);
            Array.Copy(loads, bus.LoadMw, loads.Length);
            (bus.HasGrid, bus.ImportMw) = (hadGrid, importMw);
        }
        return harmless;
    }

    // Puts the harder case on the bus; its key, or 0 when nothing is left that could hold a frequency.
    private long Harden(
        CampusBus bus, double changeMw, double rampS, int lostGroup, int lostUnits, int lostForming, int lostBlocks, double fineness)
    {
        bool rises = changeMw > 0;
        double outputCell = 0.2 / fineness, stepCell = 0.04 / fineness, lastsFraction = 0.05;
        long key = rises ? 17 : 19;
        double mva = 0, sourcesMw = 0, wholeMw = 0;
        for (int i = 0; i < machines.Length; i++) { wholeMw += bus.Machines[i].Count * bus.Machines[i].BaseMw; }
        for (int i = 0; i < machines.Length; i++)
        {
            ref MachineRow row = ref bus.Machines[i];
            int count = Fewer(row.Count - (i == lostGroup ? lostUnits : 0), fineness);
            // Small groups only multiply the cases: without them the rest has the harder time.
            if (row.Count * row.BaseMw * 8 * fineness < wholeMw) { count = 0; }
            double output = row.OutputPu;
            double highest = Math.Min(row.RatedPu, row.Kind == GovernorKind.Gast ? row.Governor.Gast!.AmbientLimitPu : double.MaxValue);
            // A rise runs into the limit above, a fall into the stop below.
            double hard = rises ? Math.Min(Up(output, outputCell), Math.Max(output, highest)) : Down(output, outputCell);
            double room = rises ? Down(Math.Max(0, highest - output), outputCell) : Math.Max(0, highest - output);
            key = Mix(key, count);
            if (count == 0)
            {
                row = row with { Count = 0 };
                continue;
            }
            key = Mix(Mix(key, (long)Math.Round(hard * 1000)), rises ? (long)Math.Round(room * 1000) : 0);
            row = row with
            {
                Count = count,
                OutputPu = hard,
                ReferencePu = row.Kind == GovernorKind.Ggov1 ? Ggov1.ReferencePu(row.Governor.Ggov1!, hard) : hard,
                RatedPu = rises ? hard + room : Math.Max(hard, row.RatedPu),
            };
            mva += count * row.BaseMw;
            sourcesMw += count * row.BaseMw * hard;
        }
        double baseMw = mva;
        for (int i = 0; i < forming.Length; i++)
        {
            ref FormingRow row = ref bus.Forming[i];
            int count = Fewer(row.Count - (i == lostForming ? lostBlocks : 0), fineness);
            double set = rises ? Math.Min(Up(row.SetPu, outputCell), row.MaxPu) : Math.Max(Down(row.SetPu, outputCell), row.MinPu);
            double charge = row.CapacityMwh > 0 ? row.StoredMwh / row.CapacityMwh : 0;
            // A twentieth of the capacity outlasts any horizon at full power: more says nothing.
            charge = rises ? Math.Min(charge, lastsFraction) : Math.Max(charge, 1 - lastsFraction);
            key = Mix(Mix(Mix(key, count), (long)Math.Round(set * 1000)), (long)Math.Round(charge * 1000));
            row.Count = count;
            row.SetPu = count > 0 ? set : 0;
            row.StoredMwh = charge * row.CapacityMwh;
            sourcesMw += count * row.BaseMw * row.SetPu;
            if (mva <= 0) { baseMw += count * row.BaseMw; }
        }
        if (baseMw <= 0) { return 0; }
        double hardMw = Up(Math.Abs(changeMw) / baseMw, stepCell) * baseMw;
        key = Mix(Mix(key, (long)Math.Round(hardMw * 100)), (long)Math.Round(rampS * 1000));
        bus.HasGrid = false;
        bus.ImportMw = 0;
        // Jobs are not told apart here: shedding any of them is harm.
        Array.Clear(bus.LoadMw);
        bus.LoadMw[0] = sourcesMw;
        step[0] = new Disturbance(DisturbanceKind.LoadChange, 0, 0, ChangeMw: rises ? hardMw : -hardMw, RampS: rampS);
        return key == 0 ? 1 : key;
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
