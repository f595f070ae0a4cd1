using System.Runtime.CompilerServices;
using Gigawatt.Numerics;
using Stream = Gigawatt.Numerics.Stream;

namespace Gigawatt.Power.Adequacy;

/// <summary>Exponential waiting times for one simulation loop, made in blocks.</summary>
/// <remarks>
/// The ziggurat of 256 layers (Marsaglia and Tsang, J. Stat. Software 5(8), 2000): 99 of 100 draws are one multiplication and one comparison;
/// the rest ask for e^−x. Layer (8 bits) and place in it (53 bits) come from different bits of one 64-bit number. Exact, not an approximation.
/// </remarks>
internal sealed class WaitingTimes
{
    private const int Layers = 256;
    private const int Block = 1024;
    private const double TailStart = 7.69711747013104972;
    private const double LayerArea = 3.949659822581572e-3;
    private const double Unit = 1.0 / (1UL << 53);

    // Of each layer its width per step of the 53 bits, and the width of the next one.
    private static readonly double[] Widths = MakeWidths();
    private static readonly double[] Heights = [.. Widths.Select(width => Elementary.Exp(-width))];
    private static readonly Layer[] Ziggurat = [.. Enumerable.Range(0, Layers).Select(i => new Layer(Widths[i] * Unit, Widths[i + 1]))];

    private readonly ulong[] bits = new ulong[Block];
    private readonly double[] ready = new double[Block];
    private readonly int[] slow = new int[Block];
    private readonly ulong[] more = new ulong[Block / 4];
    private Stream stream;
    private Stream others;
    private int moreTaken;

    private readonly record struct Layer(double Step, double NextWidth);

    /// <summary>Goes on with other streams, from their beginning: one for all draws, one for what the few that are not quick ask for besides.</summary>
    public void Begin(Stream draws, Stream rest)
    {
        (stream, others) = (draws, rest);
        (Taken, moreTaken) = (Block, more.Length);
    }

    /// <summary>A waiting time of mean 1.</summary>
    public double Next()
    {
        if (Taken == Block) { Fill(); }
        return ready[Taken++];
    }

    /// <summary>Waiting times of mean 1, made in advance; a loop takes them from <see cref="Taken"/> on and says how far it came.</summary>
    public double[] Ready => ready;

    /// <summary>How many of those made in advance are taken.</summary>
    public int Taken { get; set; }

    /// <summary>Makes new ones; what was left is lost.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Fill()
    {
        Taken = 0;
        stream.FillBits(bits);
        Layer[] layers = Ziggurat;
        ReadOnlySpan<ulong> from = bits;
        Span<double> to = ready.AsSpan(0, from.Length);
        Span<int> left = slow.AsSpan(0, from.Length);
        int count = 0;
        for (int i = 0; i < from.Length; i++)
        {
            ulong drawn = from[i];
            ref readonly Layer layer = ref layers[(byte)drawn];
            double x = (long)(drawn >> 11) * layer.Step;
            to[i] = x;
            // No branch, which one time in forty would be foreseen wrongly.
            left[count] = i;
            count += x < layer.NextWidth ? 0 : 1;
        }
        foreach (int i in left[..count]) { to[i] = Outside((byte)from[i], to[i]); }
    }

    private double Outside(int layer, double x)
    {
        // Beyond the start of the tail an exponential begins anew.
        double before = 0;
        while (true)
        {
            if (x < Widths[layer + 1]) { return before + x; }
            if (layer == 0) { before += TailStart; }
            else if (Heights[layer] + (long)(More() >> 11) * Unit * (Heights[layer + 1] - Heights[layer]) < Elementary.Exp(-x)) { return before + x; }
            ulong drawn = More();
            layer = (byte)drawn;
            x = (long)(drawn >> 11) * Ziggurat[layer].Step;
        }
    }

    private ulong More()
    {
        if (moreTaken == more.Length)
        {
            others.FillBits(more);
            moreTaken = 0;
        }
        return more[moreTaken++];
    }

    private static double[] MakeWidths()
    {
        double[] widths = new double[Layers + 1];
        widths[0] = LayerArea / Elementary.Exp(-TailStart);
        widths[1] = TailStart;
        for (int i = 2; i < Layers; i++) { widths[i] = -Elementary.Log(Elementary.Exp(-widths[i - 1]) + LayerArea / widths[i - 1]); }
        return widths;
    }
}
