using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Gigawatt.Numerics;

namespace Gigawatt.Power.Adequacy;

/// <summary>A stay of one unit in a state with less output.</summary>
/// <param name="StartH">When the unit came into the state, or the year began with it there.</param>
/// <param name="EndH">When it returned to full service, or the year ended.</param>
/// <param name="OutMw">Output that is missing meanwhile.</param>
internal readonly record struct Outage(double StartH, double EndH, double OutMw);

/// <summary>The outages of all units in one simulated year, and when they could together leave too little for the load.</summary>
/// <remarks>
/// Units fail and are repaired independently, so each has its year drawn by itself: in full service for an exponential time, in a state for another.
/// A year begins as the long run would have it: one exponential time E of mean 1 tells both whether the unit begins in a state (E below
/// −ln p₀, which has probability 1 − p₀) and, since what is left above is exponential again, how long it else stays in full service.
/// Beside the list, the missing output is added up for every 16 hours that an outage touches, in whole steps rounded up, saturating: where this sum is
/// within the reserve at the highest load of these hours there is no shortage; where it is not, there may be one, and the list tells.
/// Capacities are whole multiples of 2⁻³⁰ MW, so that sums of them are exact in any order.
/// </remarks>
internal sealed class OutageYear
{
    private const int BlockShift = 4;

    /// <summary>Hours that are looked at together.</summary>
    public const int HoursPerBlock = 1 << BlockShift;

    private const int Lanes = 16;
    private const int StepsOfInstalled = 30_000;

    // Read from place Lanes − n on, the first n lanes hold.
    private static readonly short[] FirstLanes = [.. Enumerable.Repeat((short)-1, Lanes), .. Enumerable.Repeat((short)0, Lanes)];

    private readonly Group[] groups;
    private readonly short[] reserve;
    private readonly short[] missing;
    private readonly int[] doubtful;
    private readonly double hours;
    private Outage[] outages;
    private int count;

    // Thresholds are of exponential numbers of mean 1: below the first state 0, below the second state 1, …
    private readonly record struct Group(int Count, double MeanUpH, State[] States, double[] BeginsBelow, double[] EntersBelow);

    private readonly record struct State(double OutMw, double MeanH, short Steps);

    /// <summary>Room for years of units against a load.</summary>
    public OutageYear(IReadOnlyList<UnitGroup> units, AdequacyLoad load)
    {
        InstalledMw = units.Sum(group => group.Count * Rounded(group.AvailableMw));
        hours = load.Hours;
        double stepMw = Math.Max(InstalledMw / StepsOfInstalled, QuantumMw);
        groups = [.. units.Where(group => group.States.Any(state => state.ProbabilityFraction > 0)).Select(group => Of(group, stepMw))];
        int blocks = AllBlocks(load).Length;
        int room = (blocks + Lanes - 1) / Lanes * Lanes;
        // An outage is marked by whole vectors, so it may mark some blocks after the year; nothing is short there.
        missing = new short[room + Lanes];
        doubtful = new int[blocks];
        reserve = new short[room];
        Array.Fill(reserve, short.MaxValue);
        for (int block = 0; block < blocks; block++)
        {
            double peakMw = 0;
            for (int hour = block * HoursPerBlock; hour < Math.Min((block + 1) * HoursPerBlock, load.Hours); hour++) { peakMw = Math.Max(peakMw, load.HourlyMw[hour]); }
            reserve[block] = (short)Math.Limit(Math.Floor((InstalledMw - peakMw) / stepMw), -1, short.MaxValue - 1);
        }
        double expected = units.Sum(group => group.Count * (1 + group.States.Sum(state => state.EntriesPerS) * 3600 * hours));
        outages = new Outage[(int)Math.Min(expected + 10 * Math.Sqrt(expected) + 16, 1 << 20)];
    }

    /// <summary>Output when nothing is out.</summary>
    public double InstalledMw { get; }

    /// <summary>Outages of the year that was drawn last, unit after unit.</summary>
    public ReadOnlySpan<Outage> Outages => outages.AsSpan(0, count);

    /// <summary>Draws a year; returns the numbers, rising, of all blocks of hours in which there may be a shortage.</summary>
    public ReadOnlySpan<int> Draw(WaitingTimes luck)
    {
        count = 0;
        foreach (ref readonly Group group in groups.AsSpan())
        {
            if (group.States.Length == 1)
            {
                OneState(in group, luck);
                continue;
            }
            for (int unit = 0; unit < group.Count; unit++) { SeveralStates(in group, luck); }
        }
        return Doubtful();
    }

    // Nearly all time is spent here: one loop over all outages of all units of the group, with no call in it, so that all stays in registers.
    private void OneState(in Group group, WaitingTimes luck)
    {
        double yearH = hours, upH = group.MeanUpH, beginsBelow = group.BeginsBelow[0], downH = group.States[0].MeanH, outMw = group.States[0].OutMw;
        Vector256<short> steps = Vector256.Create(group.States[0].Steps);
        int unitsLeft = group.Count;
        double startH = yearH;
        while (true)
        {
            ReadOnlySpan<double> times = luck.Ready;
            Span<Outage> list = outages;
            Span<short> sums = missing;
            ReadOnlySpan<short> firstLanes = FirstLanes;
            int taken = luck.Taken, listed = count;
            while (taken + 1 < times.Length && listed < list.Length)
            {
                if (startH >= yearH)
                {
                    if (unitsLeft-- == 0)
                    {
                        luck.Taken = taken;
                        count = listed;
                        return;
                    }
                    startH = (times[taken++] - beginsBelow) * upH;
                    startH = startH > 0 ? startH : 0;
                    continue;
                }
                double endH = startH + times[taken] * downH, endsH = endH < yearH ? endH : yearH;
                list[listed++] = new(startH, endsH, outMw);
                Mark(sums, firstLanes, startH, endsH, steps);
                startH = endH + times[taken + 1] * upH;
                taken += 2;
            }
            count = listed;
            luck.Taken = taken;
            if (listed == list.Length) { Longer(); }
            if (taken + 1 >= times.Length) { luck.Fill(); }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Longer() => Array.Resize(ref outages, 2 * outages.Length);

    private void SeveralStates(in Group group, WaitingTimes luck)
    {
        double drawn = luck.Next();
        double startH = Math.Max(0, drawn - group.BeginsBelow[^1]) * group.MeanUpH;
        int j = drawn < group.BeginsBelow[^1] ? First(group.BeginsBelow, drawn) : First(group.EntersBelow, luck.Next());
        while (startH < hours)
        {
            State state = group.States[j];
            double endH = startH + luck.Next() * state.MeanH;
            if (count == outages.Length) { Longer(); }
            outages[count++] = new(startH, Math.Min(endH, hours), state.OutMw);
            Mark(missing, FirstLanes, startH, Math.Min(endH, hours), Vector256.Create(state.Steps));
            startH = endH + luck.Next() * group.MeanUpH;
            j = First(group.EntersBelow, luck.Next());
        }
    }

    private static int First(double[] below, double drawn)
    {
        int j = 0;
        while (j < below.Length - 1 && drawn >= below[j]) { j++; }
        return j;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mark(Span<short> sums, ReadOnlySpan<short> firstLanes, double startH, double endH, Vector256<short> steps)
    {
        // Hours of a year, so the quick conversion is the exact one.
        int first = double.ConvertToIntegerNative<int>(startH) >> BlockShift, after = (double.ConvertToIntegerNative<int>(endH) >> BlockShift) - first;
        ref short at = ref sums[first];
        for (; after >= Lanes; after -= Lanes, at = ref Unsafe.Add(ref at, Lanes)) { Vector256.AddSaturate(Vector256.LoadUnsafe(ref at), steps).StoreUnsafe(ref at); }
        Vector256<short> held = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(firstLanes), (nuint)(Lanes - 1 - after));
        Vector256.AddSaturate(Vector256.LoadUnsafe(ref at), steps & held).StoreUnsafe(ref at);
    }

    /// <summary>All blocks of hours of a load, for a look that skips nothing.</summary>
    public static int[] AllBlocks(AdequacyLoad load) => [.. Enumerable.Range(0, (load.Hours + HoursPerBlock - 1) / HoursPerBlock)];

    // Finds the blocks with more missing than the reserve, and leaves the sums empty for the next year.
    private ReadOnlySpan<int> Doubtful()
    {
        int found = 0;
        ref short sums = ref MemoryMarshal.GetArrayDataReference(missing);
        ref short allowed = ref MemoryMarshal.GetArrayDataReference(reserve);
        for (int i = 0; i < reserve.Length; i += Lanes)
        {
            Vector256<short> over = Vector256.GreaterThan(Vector256.LoadUnsafe(ref sums, (nuint)i), Vector256.LoadUnsafe(ref allowed, (nuint)i));
            Vector256<short>.Zero.StoreUnsafe(ref sums, (nuint)i);
            for (uint lanes = over.ExtractMostSignificantBits(); lanes != 0; lanes &= lanes - 1) { doubtful[found++] = i + System.Numerics.BitOperations.TrailingZeroCount(lanes); }
        }
        Vector256<short>.Zero.StoreUnsafe(ref sums, (nuint)reserve.Length);
        return doubtful.AsSpan(0, found);
    }

    private static Group Of(UnitGroup group, double stepMw)
    {
        OutageState[] states = [.. group.States.Where(state => state.ProbabilityFraction > 0)];
        double full = 1 - states.Sum(state => state.ProbabilityFraction), entriesPerS = states.Sum(state => state.EntriesPerS);
        double begins = 0, enters = 0;
        return new(
            group.Count, full / entriesPerS / 3600,
            [.. states.Select(state => new State(Rounded(state.OutMw), state.MeanDurationS / 3600, (short)Math.Min(Math.Ceiling(Rounded(state.OutMw) / stepMw), short.MaxValue)))],
            [.. states.Select(state => Below(begins += state.ProbabilityFraction))],
            [.. states.Select(state => Below(enters += state.EntriesPerS / entriesPerS))]);
    }

    // Below this an exponential number of mean 1 is with the given probability.
    private static double Below(double fraction) => fraction < 1 ? -Elementary.Log(1 - fraction) : double.PositiveInfinity;

    private static double QuantumMw => 1.0 / (1L << 30);

    private static double Rounded(double mw) => Math.Round(mw / QuantumMw) * QuantumMw;
}
