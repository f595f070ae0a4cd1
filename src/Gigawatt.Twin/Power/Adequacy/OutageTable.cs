using System.Globalization;
using Gigawatt.Numerics;

namespace Gigawatt.Power.Adequacy;

/// <summary>How likely each amount of capacity is to be out, and how often it comes to that: the capacity outage probability table.</summary>
/// <remarks>
/// One unit after the other is folded in, on cumulative values, from no units at all. P[out ≥ x]: P'(x) = p₀ P(x) + Σ pⱼ P(x − cⱼ), with P = 1
/// at x ≤ 0. Frequency of coming to x or more: F'(x) = p₀ F(x) + Σ pⱼ F(x − cⱼ) + Σ νⱼ [P(x − cⱼ) − P(x)], νⱼ the entries of the unit into
/// state j per time. Every term is positive, so small tails keep their digits. Source: Billinton and Allan, Reliability Evaluation of Power
/// Systems, chapters 2 and 3 (recursive method; frequency and duration), written for several states around one full state. Exact when all
/// outages are whole multiples of the grid; else an outage between two points is shared between them so that its mean stays.
/// Not modelled: dependence between groups, transmission, energy limits, planned maintenance.
/// </remarks>
public sealed class OutageTable
{
    /// <summary>A shortage of less than this is rounding and not counted.</summary>
    public const double ToleranceMw = 1e-5;

    private const int MostPoints = 100_000;
    private const double DefaultGridMw = 1;
    private readonly double[] atLeast;
    private readonly double[] enteringPerS;
    private readonly double[] beyondMw;

    private OutageTable(double gridMw, double installedMw, bool isExact, bool hasFrequencies, double[] atLeast, double[] enteringPerS)
    {
        (GridMw, InstalledMw, IsExact, HasFrequencies, this.atLeast, this.enteringPerS) = (gridMw, installedMw, isExact, hasFrequencies, atLeast, enteringPerS);
        beyondMw = new double[atLeast.Length + 1];
        for (int i = atLeast.Length - 1; i >= 0; i--) { beyondMw[i] = beyondMw[i + 1] + gridMw * atLeast[i]; }
    }

    /// <summary>Distance of the points of the table.</summary>
    public double GridMw { get; }

    /// <summary>Output when nothing is out.</summary>
    public double InstalledMw { get; }

    /// <summary>Whether every outage is a whole multiple of the grid, so that nothing was shared between points.</summary>
    public bool IsExact { get; }

    /// <summary>Whether the durations of all states are known, so that frequencies are.</summary>
    public bool HasFrequencies { get; }

    /// <summary>Points of the table, from nothing out to everything out.</summary>
    public int Points => atLeast.Length;

    /// <summary>Capacity out on average.</summary>
    public double MeanOutMw => beyondMw[Math.Min(1, atLeast.Length)];

    /// <summary>The table of groups of units, on a given grid or on the coarsest one that holds every outage exactly.</summary>
    /// <param name="groups">The units.</param>
    /// <param name="gridMw">Distance of the points; null to find it.</param>
    /// <exception cref="CaseException">There are no units, or the grid is too fine for their sum.</exception>
    public static OutageTable Of(IReadOnlyList<UnitGroup> groups, double? gridMw = null)
    {
        if (groups.Count == 0) { throw new CaseException("units", "one generating unit or more", "none"); }
        double gridStepMw = gridMw ?? Grid(groups);
        long points = 1 + groups.Sum(group => group.Count * LargestStep(group, gridStepMw));
        if (points > 10 * MostPoints)
        {
            throw new CaseException("grid", string.Create(CultureInfo.InvariantCulture, $"a grid that needs at most {10 * MostPoints:N0} points"),
                string.Create(CultureInfo.InvariantCulture, $"{gridStepMw} MW, which needs {points:N0}"));
        }
        double[] p = new double[points], f = new double[points];
        p[0] = 1;
        int last = 0;
        foreach (UnitGroup group in groups) { last = Add(group, gridStepMw, p, f, last); }
        return new OutageTable(
            gridStepMw, groups.Sum(group => group.InstalledMw),
            groups.All(group => group.States.All(state => Whole(state.OutMw / gridStepMw))), groups.All(group => group.HasDurations), p, f);
    }

    /// <summary>Probability that <paramref name="outMw"/> or more is out.</summary>
    public double AtLeastFraction(double outMw) => At(atLeast, Point(outMw), 1);

    /// <summary>How often the capacity out comes to <paramref name="outMw"/> or more.</summary>
    public double EnteringPerS(double outMw) => HasFrequencies ? At(enteringPerS, Point(outMw), 0) : double.NaN;

    /// <summary>Probability that the capacity left does not carry a load.</summary>
    public double LossFraction(double loadMw) => At(atLeast, Beyond(loadMw), 1);

    /// <summary>How often capacity falls below a load that stays.</summary>
    public double LossesPerS(double loadMw) => HasFrequencies ? At(enteringPerS, Beyond(loadMw), 0) : double.NaN;

    /// <summary>Load that is not served on average, however many units are missing.</summary>
    /// <remarks>Σ p(x) max(0, L − (C − x)), as the area under P[out &gt; y] beyond the reserve C − L.</remarks>
    public double UnservedMw(double loadMw)
    {
        double reserveMw = InstalledMw - loadMw;
        int point = (int)Math.Floor(reserveMw / GridMw) + 1;
        if (reserveMw < 0) { return -reserveMw + MeanOutMw; }
        return point >= atLeast.Length ? 0 : (point * GridMw - reserveMw) * atLeast[point] + beyondMw[point + 1];
    }

    // A stated amount and the point that stands for it may differ by rounding.
    private int Point(double outMw) => (int)Math.Ceiling((outMw - ToleranceMw) / GridMw);

    private int Beyond(double loadMw) => (int)Math.Floor((InstalledMw - loadMw + ToleranceMw) / GridMw) + 1;

    private static double At(double[] values, int point, double below) => point <= 0 ? below : point >= values.Length ? 0 : values[point];

    private static int Add(UnitGroup group, double gridMw, double[] p, double[] f, int last)
    {
        double sharedFraction = group.CommonCauseFraction * group.States.Sum(state => state.ProbabilityFraction);
        if (sharedFraction == 0) { return AddUnits(group, gridMw, p, f, last); }
        // Either the common cause holds, and the whole group is out, or the rest of the unavailability acts on each unit by itself.
        double[] othersP = p[..], othersF = f[..];
        UnitGroup alone = group with
        {
            CommonCauseFraction = 0,
            States = [.. group.States.Select(state => state with { ProbabilityFraction = state.ProbabilityFraction * (1 - group.CommonCauseFraction) })],
        };
        int lastAfter = AddUnits(alone, gridMw, p, f, last);
        double position = group.InstalledMw / gridMw;
        int step = (int)Math.Round(position);
        double enteringPerS = Finite(sharedFraction / group.States[0].MeanDurationS);
        for (int i = 1; i <= lastAfter; i++)
        {
            double gone = i <= step ? 1 : othersP[i - step], comingPerS = i <= step ? 0 : othersF[i - step];
            f[i] = (1 - sharedFraction) * f[i] + sharedFraction * comingPerS + enteringPerS * (gone - p[i]);
            p[i] = (1 - sharedFraction) * p[i] + sharedFraction * gone;
        }
        return lastAfter;
    }

    private static int AddUnits(UnitGroup group, double gridMw, double[] p, double[] f, int last)
    {
        (int Step, double Probability, double EntriesPerS)[] states = [.. group.States.SelectMany(state => OnGrid(state, gridMw))];
        double full = 1;
        foreach (OutageState state in group.States) { full -= state.ProbabilityFraction; }
        int reach = (int)LargestStep(group, gridMw);
        for (int unit = 0; unit < group.Count; unit++)
        {
            last += reach;
            for (int i = last; i >= 1; i--)
            {
                double atLeast = full * p[i], entering = full * f[i];
                foreach ((int step, double probability, double entriesPerS) in states)
                {
                    double before = i <= step ? 1 : p[i - step];
                    atLeast += probability * before;
                    entering += (i <= step ? 0 : probability * f[i - step]) + entriesPerS * (before - p[i]);
                }
                p[i] = atLeast;
                f[i] = entering;
            }
        }
        return last;
    }

    private static IEnumerable<(int Step, double Probability, double EntriesPerS)> OnGrid(OutageState state, double gridMw)
    {
        double position = state.OutMw / gridMw, lower = Math.Floor(position);
        if (Whole(position))
        {
            yield return ((int)Math.Round(position), state.ProbabilityFraction, Finite(state.EntriesPerS));
            yield break;
        }
        double upperShare = position - lower;
        yield return ((int)lower, state.ProbabilityFraction * (1 - upperShare), Finite(state.EntriesPerS) * (1 - upperShare));
        yield return ((int)lower + 1, state.ProbabilityFraction * upperShare, Finite(state.EntriesPerS) * upperShare);
    }

    private static long LargestStep(UnitGroup group, double gridMw)
    {
        double position = Math.Max(group.AvailableMw, group.States.Count == 0 ? 0 : group.States.Max(state => state.OutMw)) / gridMw;
        return Whole(position) ? (long)Math.Round(position) : (long)Math.Ceiling(position);
    }

    // The greatest common divisor in watts, when it does not make too many points of it.
    private static double Grid(IReadOnlyList<UnitGroup> groups)
    {
        long divisor = 0;
        foreach (double outMw in groups.SelectMany(group => group.States).Select(state => state.OutMw).Concat(groups.Select(group => group.AvailableMw)))
        {
            for (long a = (long)Math.Round(outMw * 1e6), b = divisor; ; (a, b) = (b, a % b))
            {
                if (b == 0)
                {
                    divisor = a;
                    break;
                }
            }
        }
        double sumMw = groups.Sum(group => group.InstalledMw);
        // Of one size alone the grid is that size, with all its digits.
        if (groups.All(group => group.AvailableMw == groups[0].AvailableMw && group.States.All(state => state.OutMw == group.AvailableMw))
            && groups[0].AvailableMw > 0)
        {
            return groups[0].AvailableMw;
        }
        return divisor > 0 && sumMw / (divisor * 1e-6) <= MostPoints ? divisor * 1e-6 : Math.Max(DefaultGridMw, sumMw / MostPoints);
    }

    private static bool Whole(double steps) => Math.Abs(steps - Math.Round(steps)) <= 1e-6;

    private static double Finite(double value) => double.IsFinite(value) ? value : 0;
}
