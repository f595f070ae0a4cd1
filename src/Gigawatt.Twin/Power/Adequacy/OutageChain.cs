using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Gigawatt.Numerics;

namespace Gigawatt.Power.Adequacy;

/// <summary>All units together as one process of failures and repairs: how fast each kind of event comes, and what each changes.</summary>
/// <remarks>
/// n equal units of which k are down are a birth-death process: the next failure among them comes at rate (n − k) λ, the next repair at k μ, and
/// which unit it is does not matter. Over all groups the next event comes after an exponential time of the summed rate and is of a kind in
/// proportion to its rate: exact, two draws an event however many units there are. The running sums of the rates are what the loop keeps;
/// an event adds a fixed row of changes to them. Rates are rounded to whole multiples of 2⁻⁴⁶ of their largest sum (a relative 1e-11) and
/// capacities to 1e-9 MW, so that these sums never drift and a kind that cannot happen has a rate of exactly zero.
/// </remarks>
internal sealed class OutageChain
{
    private const int Lanes = 4;
    private readonly double[] start;
    private readonly double[] changes;
    private readonly double[] gainMw;
    private readonly Group[] groups;
    private readonly int width;

    private readonly record struct Group(int Count, double OutFraction, double[] UpToFraction, int[] Failing);

    /// <summary>The process of groups of units whose durations are known.</summary>
    public OutageChain(IReadOnlyList<UnitGroup> units)
    {
        int kinds = 2 * units.Sum(group => group.States.Count);
        width = Math.Max(Lanes, (kinds + Lanes - 1) / Lanes * Lanes);
        start = new double[width];
        changes = new double[kinds * width];
        gainMw = new double[kinds];
        groups = new Group[units.Count];
        double quantum = Quantum(units);
        double[] rates = new double[kinds];
        int first = 0;
        for (int g = 0; g < units.Count; g++)
        {
            UnitGroup group = units[g];
            double full = 1 - group.States.Sum(state => state.ProbabilityFraction);
            // Failing into state j is kind 2 j of the group, its repair the next one.
            double[] failing = [.. group.States.Select(state => Rounded(state.EntriesPerS * 3600 / full, quantum))];
            double[] returning = [.. group.States.Select(state => Rounded(3600 / state.MeanDurationS, quantum))];
            double upTo = 0;
            groups[g] = new Group(
                group.Count, 1 - full, [.. group.States.Select(state => upTo += state.ProbabilityFraction)],
                [.. group.States.Select((_, j) => first + 2 * j)]);
            for (int j = 0; j < failing.Length; j++)
            {
                int fails = first + 2 * j, returns = fails + 1;
                rates[fails] = group.Count * failing[j];
                gainMw[fails] = -Rounded(group.States[j].OutMw, QuantumMw);
                gainMw[returns] = -gainMw[fails];
                for (int m = 0; m < failing.Length; m++)
                {
                    changes[fails * width + first + 2 * m] = -failing[m];
                    changes[returns * width + first + 2 * m] = failing[m];
                }
                changes[fails * width + returns] = returning[j];
                changes[returns * width + returns] = -returning[j];
            }
            InstalledMw += group.Count * Rounded(group.AvailableMw, QuantumMw);
            first += 2 * failing.Length;
        }
        for (int kind = 0; kind < kinds; kind++) { Accumulate(changes.AsSpan(kind * width, width)); }
        rates.CopyTo(start, 0);
        Accumulate(start);
    }

    private static double QuantumMw => 1.0 / (1L << 30);

    /// <summary>Output when nothing is out.</summary>
    public double InstalledMw { get; }

    /// <summary>Room that the running sums of the rates take.</summary>
    public int Width => width;

    /// <summary>Draws how the units stand at a moment of the long run; returns the capacity there is.</summary>
    public double Begin(WaitingTimes luck, double[] sums)
    {
        start.CopyTo(sums, 0);
        double capacityMw = InstalledMw;
        foreach (Group group in groups)
        {
            for (int unit = 0; unit < group.Count; unit++)
            {
                double drawn = luck.Uniform();
                if (drawn >= group.OutFraction) { continue; }
                int state = 0;
                while (state < group.Failing.Length - 1 && drawn >= group.UpToFraction[state]) { state++; }
                capacityMw += Happen(group.Failing[state], sums);
            }
        }
        return capacityMw;
    }

    /// <summary>The kind of event that a uniform number picks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Pick(double uniform, double[] sums)
    {
        Vector256<double> at = Vector256.Create(uniform * sums[width - 1]);
        ref double first = ref MemoryMarshal.GetArrayDataReference(sums);
        // A comparison that holds is −1 in every lane.
        Vector256<long> below = Vector256<long>.Zero;
        for (int i = 0; i < width; i += Lanes)
        {
            below -= Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref first, (nuint)i), at).AsInt64();
        }
        return (int)Vector256.Sum(below);
    }

    /// <summary>Lets an event happen; returns the capacity that it gives.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Happen(int kind, double[] sums)
    {
        ref double first = ref MemoryMarshal.GetArrayDataReference(sums);
        ref double change = ref changes[kind * width];
        for (int i = 0; i < width; i += Lanes)
        {
            (Vector256.LoadUnsafe(ref first, (nuint)i) + Vector256.LoadUnsafe(ref change, (nuint)i)).StoreUnsafe(ref first, (nuint)i);
        }
        return gainMw[kind];
    }

    private static double Quantum(IReadOnlyList<UnitGroup> units)
    {
        double most = units.Sum(group => group.Count * group.States.Sum(state =>
            3600 / state.MeanDurationS + state.EntriesPerS * 3600 / (1 - group.States.Sum(one => one.ProbabilityFraction))));
        return most > 0 ? Math.ScaleB(1, Math.ILogB(most) + 1 - 46) : 1;
    }

    private static double Rounded(double value, double quantum) => Math.Round(value / quantum) * quantum;

    private static void Accumulate(Span<double> values)
    {
        for (int i = 1; i < values.Length; i++) { values[i] += values[i - 1]; }
    }
}
